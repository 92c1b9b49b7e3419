"""Queries by kind, drawn from the generated articles; the same sets for every engine.

A query is known by its structure, not by any engine's syntax; in files it is one line of
tab-separated columns:

    kind  operator  words (by spaces)  field  value  since  until

Operators: and (one word is an and of one), or, phrase, near (within DISTANCE), prefix, title, all.
A field with a value, or days since and until, narrow what the words find.
"""
import collections
import json
import random
import re
from typing import NamedTuple

DISTANCE = 5
PREFIX_BYTES = 4
SAMPLE = 5000  # articles that are read; the beginning of every size, so queries are the same

# How many of a hundred articles a word is in.
COMMON, MID, RARE = (6, 25), (0.6, 2), (0.04, 0.12)


class Query(NamedTuple):
    kind: str
    operator: str
    words: tuple = ()
    field: str = ""
    value: str = ""
    since: str = ""
    until: str = ""

    def line(self):
        return "\t".join((self.kind, self.operator, " ".join(self.words), *self[3:]))


def parse(line):
    kind, operator, words, *rest = line.rstrip("\n").split("\t")
    return Query(kind, operator, tuple(words.split()), *rest)


class Sample:
    """English articles, their words, and in how many of them each is."""

    def __init__(self, path):
        self.articles = []
        frequencies, titles = collections.Counter(), collections.Counter()
        with open(path, encoding="utf-8") as lines:
            for line, _ in zip(lines, range(SAMPLE)):
                article = json.loads(line)
                if article["lang"] != "en":
                    continue
                article["words"] = re.findall(r"[\w']+", article["body"])
                frequencies.update(set(article["words"]))
                titles.update(set(re.findall(r"[\w']+", article["title"])))
                self.articles.append(article)
        self.bands = {band: self._band(frequencies, band) for band in (COMMON, MID, RARE)}
        self.of_titles = sorted(w for w, n in titles.items() if 2 <= n <= 60 and is_word(w))

    def _band(self, frequencies, band):
        low, high = (share * len(self.articles) / 100 for share in band)
        return {w for w, n in frequencies.items() if low <= n <= high and is_word(w)}


def is_word(word):
    """Neither a name nor a number, and long enough to be a content word."""
    return word.isalpha() and word.islower() and len(word) >= 4


class Maker:
    def __init__(self, sample, seed):
        self.sample, self.random = sample, random.Random(seed)
        self.sorted_bands = {band: sorted(words) for band, words in sample.bands.items()}

    def word(self, band):
        return self.random.choice(self.sorted_bands[band])

    def together(self, *bands):
        """Different words of these bands that stand in one article, and the article."""
        while True:
            article = self.random.choice(self.sample.articles)
            found = []
            for band in bands:
                choices = sorted(self.sample.bands[band] & set(article["words"]) - set(found))
                if not choices:
                    break
                found.append(self.random.choice(choices))
            else:
                return tuple(found), article

    def near(self, distance):
        """Two words in the order in which they stand, `distance` words apart at most."""
        known = self.sample.bands[COMMON] | self.sample.bands[MID]
        while True:
            words = self.random.choice(self.sample.articles)["words"]
            at = self.random.randrange(len(words))
            other = at + self.random.randint(1, distance)
            if other < len(words) and {words[at], words[other]} <= known:
                if words[at] != words[other]:
                    return words[at], words[other]

    # ---- one method a kind ----

    def term_common(self):
        return dict(operator="and", words=(self.word(COMMON),))

    def term_mid(self):
        return dict(operator="and", words=(self.word(MID),))

    def term_rare(self):
        return dict(operator="and", words=(self.word(RARE),))

    def and_2(self):
        return dict(operator="and", words=self.together(COMMON, MID)[0])

    def and_3(self):
        return dict(operator="and", words=self.together(COMMON, COMMON, MID)[0])

    def or_4(self):
        return dict(operator="or", words=self.together(COMMON, MID, MID, MID)[0])

    def phrase(self):
        return dict(operator="phrase", words=self.near(1))

    def near_5(self):
        return dict(operator="near", words=self.near(DISTANCE))

    def prefix(self):
        return dict(operator="prefix", words=(self.word(MID)[:PREFIX_BYTES],))

    def title(self):
        return dict(operator="title", words=(self.random.choice(self.sample.of_titles),))

    def filter(self):
        while True:
            words, article = self.together(MID)
            field = self.random.choice(("country", "country", "actor"))
            if article[field]:
                value = self.random.choice(article[field])
                return dict(operator="and", words=words, field=field, value=value)

    def date(self):
        year, month = self.random.randint(1990, 2016), self.random.randint(1, 12)
        until = year + self.random.randint(0, 3)
        return dict(operator="and", words=(self.word(MID),), since=f"{year}-{month:02}-15",
                    until=f"{until}-12-20")

    def all(self):
        return dict(operator="all")


KINDS = {"term, common": Maker.term_common, "term, mid": Maker.term_mid,
         "term, rare": Maker.term_rare, "AND of 2": Maker.and_2, "AND of 3": Maker.and_3,
         "OR of 4": Maker.or_4, "phrase": Maker.phrase, "NEAR/5": Maker.near_5,
         "prefix": Maker.prefix, "title:": Maker.title, "field filter": Maker.filter,
         "date range": Maker.date, "everything": Maker.all}


def make(path, count, seed=1):
    """`count` queries of each kind (one for everything) from the articles in a file."""
    sample = Sample(path)
    queries = []
    for number, (kind, method) in enumerate(KINDS.items()):
        maker = Maker(sample, seed * 1000 + number)
        for _ in range(1 if kind == "everything" else count):
            queries.append(Query(kind=kind, **method(maker)))
    return queries


def for_sitrep(query):
    """The query in sitrep's own syntax."""
    words = query.words
    text = {"and": " ".join(words), "or": " OR ".join(words), "phrase": f'"{" ".join(words)}"',
            "near": f" NEAR/{DISTANCE} ".join(words), "prefix": "".join(words) + "*",
            "title": "title:" + "".join(words), "all": ""}[query.operator]
    if query.field:
        text += f' {query.field}:"{query.value}"'
    if query.since:
        text += f" date:{query.since}..{query.until}"
    return text
