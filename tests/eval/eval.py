#!/usr/bin/env python3
"""Evaluation against gold answers: make eval DATA=FOLDER.

FOLDER holds rank/SET/{docs.jsonl,queries.tsv,qrels.txt}, reuters/ with gold-*.tsv, and the scorers
score.py and score_facets.py. Everything is measured through the programs, as a user would."""

import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import actors
import boilerplate
import events
from dates import dates
from language import language

QUERY_DEPTH = 1000


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


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


KEPT = ("id", "title", "body", "date", "source", "lang")


def describe(build, scratch, inputs, name):
    """The articles described from their words alone: what the source states of countries, topics and
    actors is taken away first. Returns them by id."""
    stated = run(f"{build}/sitrep-index", "--describe-only", *inputs)
    path = f"{scratch}/{name}.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for article in map(json.loads, stated.splitlines()):
            out.write(json.dumps({key: article[key] for key in KEPT if key in article}) + "\n")
    described = run(f"{build}/sitrep-index", "--describe-only", "--format", "jsonl", path)
    return {article["id"]: article for article in map(json.loads, described.splitlines())}


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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", choices=("rank", "stated", "countries", "actors", "dates", "language", "events", "boilerplate"),
                        help="that part alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        if options.only in (None, "rank"):
            for name in sorted(os.listdir(f"{options.data}/rank")):
                if os.path.isdir(f"{options.data}/rank/{name}"):
                    rank_set(options.build, options.data, name, scratch)
        if options.only in (None, "stated"):
            stated_fields(options.build, options.data, scratch)
        if options.only in (None, "countries"):
            countries(options.build, options.data, scratch)
        if options.only in (None, "actors"):
            actors.score(run, describe, options.build, options.data, scratch)
        if options.only in (None, "dates"):
            dates(run, options.build, options.data, scratch)
        if options.only in (None, "language"):
            language(run, options.build, options.data, scratch)
        if options.only in (None, "events"):
            events.evaluate(options.data, scratch, lambda inputs, name: describe(options.build, scratch, inputs, name))
        if options.only in (None, "boilerplate"):
            boilerplate.report(options.build, options.data, scratch)


main()
