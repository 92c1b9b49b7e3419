#!/usr/bin/env python3
"""Evaluation against gold answers: make eval DATA=FOLDER.

FOLDER holds rank/SET/{docs.jsonl,queries.tsv,qrels.txt}, reuters/ with gold-*.tsv, and the scorers
score.py and score_facets.py. Everything is measured through the programs, as a user would."""

import argparse
import glob
import json
import os
import re
import sys
import tempfile

import actors
import boilerplate
import dates
import events
import language
from programs import describe, run

QUERY_DEPTH = 1000


def build_index(build, index, *inputs):
    return run(f"{build}/sitrep-index", "--index", index, *inputs)


def any_of(text):
    """All words of a topic joined by OR, as the baselines did it."""
    words = [word.lower() for word in re.findall(r"[\w.'’]*\w", text)]
    return " OR ".join(w if w.isalnum() else f'"{w}"' for w in words)


def rank_set(build, data, name, scratch):
    folder = f"{data}/rank/{name}"
    index = f"{scratch}/{name}"
    build_index(build, index, f"{folder}/docs.jsonl")
    run_file = f"{scratch}/{name}.run"
    with open(run_file, "w", encoding="utf-8") as out, open(f"{folder}/queries.tsv", encoding="utf-8") as topics:
        for line in topics:
            number, text = line.rstrip("\n").split("\t", 1)
            found = run(f"{build}/sitrep", "search", "--index", index, "-n", str(QUERY_DEPTH),
                        "--format", "jsonl", "--", any_of(text))
            for hit in map(json.loads, found.splitlines()):
                out.write(f"{number} Q0 {hit['id']} {hit['rank']} {hit['score']} sitrep\n")
    print(f"{name:12}", run(sys.executable, f"{data}/score.py", run_file, f"{folder}/qrels.txt", "-c").strip(), flush=True)


def stated_fields(build, data, scratch):
    """Dates and countries that Reuters' editors set must arrive in the index as they are."""
    index = f"{scratch}/reuters"
    print(build_index(build, index, f"{data}/reuters").strip())
    found = run(f"{build}/sitrep", "search", "--index", index, "-n", "all", "--format", "jsonl")
    articles = {hit["id"]: hit for hit in map(json.loads, found.splitlines())}
    for gold, field in (("gold-countries.tsv", "country"), ("gold-dates.tsv", "date")):
        right = wrong = 0
        with open(f"{data}/reuters/{gold}", encoding="utf-8") as lines:
            for line in lines:
                number, values = line.rstrip("\n").split("\t")
                have = articles.get(number, {}).get(field, [])
                have = have if isinstance(have, list) else [have]
                if set(have) == set(values.split("|")):
                    right += 1
                else:
                    wrong += 1
        print(f"reuters {field}: {right} of {right + wrong} as stated")


def countries(build, data, scratch):
    """What an article is about, against the desk's labels (Reuters) and the incidents' countries (MUC)."""
    sets = (("reuters", [f"{data}/reuters"], f"{data}/reuters/gold-countries.tsv"),
            ("muc", sorted(glob.glob(f"{data}/muc34/dev-*.txt")), f"{data}/muc34/gold-countries.tsv"))
    for name, inputs, gold in sets:
        articles = describe(build, scratch, inputs, name)
        for what, fields in (("focus", ["country"]), ("focus or mention", ["country", "mentions_country"])):
            path = f"{scratch}/{name}.tsv"
            with open(path, "w", encoding="utf-8") as out:
                for number, article in articles.items():
                    out.write(number + "\t" + "|".join(c for field in fields for c in article.get(field, [])) + "\n")
            figures = run(sys.executable, f"{data}/score_facets.py", gold, path).split("\n")
            print(f"{name} countries, {what}:", ", ".join(line.replace("\t", " ") for line in figures if line), flush=True)


def rank(build, data, scratch):
    for name in sorted(os.listdir(f"{data}/rank")):
        if os.path.isdir(f"{data}/rank/{name}"):
            rank_set(build, data, name, scratch)


PARTS = {"rank": rank, "stated": stated_fields, "countries": countries, "actors": actors.evaluate,
         "dates": dates.evaluate, "language": language.evaluate, "events": events.evaluate,
         "boilerplate": boilerplate.evaluate}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", choices=PARTS, help="that part alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        for name, evaluate in PARTS.items():
            if options.only in (None, name):
                evaluate(options.build, options.data, scratch)


main()
