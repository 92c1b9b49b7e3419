"""Copies of articles: those of neardup against its gold pairs, and those of Reuters against what their texts share.

Reuters' repeats and corrections have no gold answers. Shingles of five words are compared exactly for all pairs of
articles there, so that what the fingerprints add to that, or lose, is seen; and the share of pairs of the same week, as
repeats of a report are, while daily and weekly forms with new figures are further apart."""

import json
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
import re

from programs import run

SHINGLE = 5
WORDS_MIN = 30


def read(path):
    with open(path, encoding="utf-8") as lines:
        return lines.read().splitlines()


def found_pairs(build, index, ids):
    """All pairs of copies that `sitrep copies` tells, for the articles that a search says have some."""
    hits = run(f"{build}/sitrep", "search", "--index", index, "-n", "all", "--format", "jsonl")
    pairs = set()
    for hit in map(json.loads, hits.splitlines()):
        ids.append(hit["id"])
        if "copies" not in hit:
            continue
        listed = run(f"{build}/sitrep", "copies", "--index", index, "--format", "jsonl", hit["id"])
        copies = [json.loads(line)["id"] for line in listed.splitlines()]
        assert len(copies) == hit["copies"]
        pairs |= {tuple(sorted((hit["id"], other))) for other in copies}
    return pairs


def groups(pairs):
    """How many articles each group has that is joined by pairs."""
    leader = {}

    def find(number):
        while leader.setdefault(number, number) != number:
            number = leader[number]
        return number

    for a, b in pairs:
        leader[find(a)] = find(b)
    return sorted(Counter(find(number) for number in list(leader)).values(), reverse=True)


def shared(articles):
    """Jaccard's coefficient of the shingles of each pair of articles that shares one."""
    shingles, holders, common = {}, defaultdict(list), Counter()
    for number, article in articles.items():
        words = re.findall(r"\w+", article.get("body", "").lower())
        if len(words) >= WORDS_MIN:
            shingles[number] = set(zip(*[words[at:] for at in range(SHINGLE)]))
    for number in sorted(shingles):
        for shingle in shingles[number]:
            holders[shingle].append(number)
    for numbers in holders.values():
        common.update(combinations(numbers, 2))
    return {(a, b): n / (len(shingles[a]) + len(shingles[b]) - n) for (a, b), n in common.items()}


def neardup(build, data, scratch):
    gold = {tuple(sorted(line.split("\t"))) for line in read(f"{data}/neardup/pairs.tsv")}
    path, index = f"{scratch}/neardup.jsonl", f"{scratch}/neardup"
    with open(path, "w", encoding="utf-8") as out:
        for line in read(f"{data}/neardup/articles_1000.txt"):
            number, text = line.split(" ", 1)
            out.write(json.dumps({"id": number, "body": text}) + "\n")
    run(f"{build}/sitrep-index", "--index", index, path)
    pairs = found_pairs(build, index, [])
    right = len(pairs & gold)
    print(f"copies in neardup: {right} of {len(gold)} pairs found, {len(pairs) - right} others", flush=True)


def reuters(build, data, scratch):
    index = f"{scratch}/reuters-copies"
    run(f"{build}/sitrep-index", "--index", index, f"{data}/reuters")
    described = run(f"{build}/sitrep-index", "--describe-only", f"{data}/reuters")
    articles = {article["id"]: article for article in map(json.loads, described.splitlines())}
    pairs = found_pairs(build, index, [])
    sizes = groups(pairs)
    print(f"copies in reuters: {len(pairs)} pairs in {len(sizes)} groups, the largest of {sizes[:5]}")
    alike = shared(articles)
    for low, high in ((0, .3), (.3, .5), (.5, .6), (.6, .7), (.7, .8), (.8, 2)):
        those = [pair for pair, share in alike.items() if low <= share < high]
        print(f"  of {len(those)} pairs that share {low} of their shingles or more, less than {min(high, 1)}: "
              f"{sum(pair in pairs for pair in those)} found" if high <= 1 else
              f"  of {len(those)} pairs that share {low} or more: {sum(pair in pairs for pair in those)} found")
    print(f"  {sum(pair not in alike for pair in pairs)} found that share none")
    days = [abs((date.fromisoformat(articles[a]["date"]) - date.fromisoformat(articles[b]["date"])).days)
            for a, b in pairs]
    print(f"  {sum(n <= 2 for n in days)} of the pairs found are at most two days apart, {sum(n > 2 for n in days)} more",
          flush=True)


def evaluate(build, data, scratch):
    neardup(build, data, scratch)
    reuters(build, data, scratch)
