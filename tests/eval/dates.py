"""Dates derived from text and address alone, against those that are known.

muc        datelines with a year of two digits, against gold-dates.tsv
reuters    datelines without a year, against gold-dates.tsv: as they are, and with an address that
           tells the year, which measures days and months
wikinews   texts of 2019 begin with their date, those of 2020 do not: what is derived there is wrong
           unless it happens to be right
saudi      addresses; what is known is the day on which the article was fetched, so a date is right
           when it is that day or one of the week before"""

import csv
import datetime
import glob
import gzip
import json

from programs import run

FETCHED_WITHIN = 7


def gold_of(path):
    with open(path, encoding="utf-8") as lines:
        return dict(line.rstrip("\n").split("\t") for line in lines)


def describe(build, scratch, name, articles):
    """What is derived for each article, by id: (date, why)."""
    path = f"{scratch}/{name}.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for article in articles:
            out.write(json.dumps(article) + "\n")
    found = {}
    for article in map(json.loads, run(f"{build}/sitrep-index", "--describe-only", "--format", "jsonl", path).splitlines()):
        if "date" in article.get("derived", []):
            found[article["id"]] = (article["date"], article["why"]["date"][0])
    return found


def is_right(date, known):
    return date == known


def is_coarse(date, known):
    return len(date) < 10 and known.startswith(date)


def was_fetched_soon(date, known):
    if len(date) < 10:
        return False
    days = datetime.date.fromisoformat(known) - datetime.date.fromisoformat(date)
    return 0 <= days.days <= FETCHED_WITHIN


def report(name, found, known, articles, right=is_right):
    """Shares of what is known; `stray` counts dates of articles without a known one."""
    exact = sum(1 for key, (date, _) in found.items() if key in known and right(date, known[key]))
    coarse = sum(1 for key, (date, _) in found.items() if key in known and is_coarse(date, known[key]))
    stray = sum(1 for key in found if key not in known)
    wrong = len(found) - stray - exact - coarse
    total = len(known)
    print(f"dates {name}: {len(found) - stray} of {total} found ({(len(found) - stray) / total:.4f}), exact {exact} ({exact / total:.4f}), "
          f"right but coarser {coarse}, wrong {wrong} ({wrong / total:.4f}), of {articles - total} without a date {stray} found", flush=True)


def wire(build, paths):
    """Articles as their readers give them."""
    described = run(f"{build}/sitrep-index", "--describe-only", *paths)
    return [json.loads(line) for line in described.splitlines()]


def words_of(article, **more):
    return {key: article[key] for key in ("id", "title", "body", "lang") if key in article} | more


def muc(build, data, scratch):
    articles = wire(build, sorted(glob.glob(f"{data}/muc34/dev-*.txt")))
    found = describe(build, scratch, "muc", map(words_of, articles))
    report("muc", found, gold_of(f"{data}/muc34/gold-dates.tsv"), len(articles))


def reuters(build, data, scratch):
    articles = wire(build, [f"{data}/reuters"])
    known = {article["id"]: article["date"] for article in articles}
    gold = gold_of(f"{data}/reuters/gold-dates.tsv")
    print(f"dates reuters: {sum(1 for key in gold if known[key] == gold[key])} of {len(gold)} stated dates read")
    report("reuters", describe(build, scratch, "reuters", map(words_of, articles)), known, len(articles))
    by_year = (words_of(article, url=f"https://wire.example/1987/{article['id']}") for article in articles)
    report("reuters, year by address", describe(build, scratch, "reuters", by_year), known, len(articles))


def wikinews(build, data, scratch):
    csv.field_size_limit(1 << 30)
    for year in ("2019", "2020"):
        with open(f"{data}/wikinews/wikinews_{year}.csv", encoding="utf-8", newline="") as lines:
            rows = {row["url"]: row for row in csv.DictReader(lines)}
        articles = ({"id": url, "title": row["title"], "body": row["text"], "lang": "en"} for url, row in rows.items())
        known = {url: row["date"] for url, row in rows.items()}
        report(f"wikinews {year}", describe(build, scratch, "wikinews", articles), known, len(rows))


def saudi(build, data, scratch):
    with gzip.open(f"{data}/saudinewsnet-ar/slice3000.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {row["url"]: row for row in map(json.loads, lines)}
    known = {url: row["date_extracted"][:10] for url, row in rows.items()}
    for name, keys in (("saudi", ("title", "url")), ("saudi, without addresses", ("title",))):
        articles = ({"id": url, "body": row["content"]} | {key: row[key] for key in keys} for url, row in rows.items())
        report(name, describe(build, scratch, "saudi", articles), known, len(rows), was_fetched_soon)


def evaluate(build, data, scratch):
    for part in (muc, reuters, wikinews, saudi):
        part(build, data, scratch)
