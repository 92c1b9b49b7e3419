"""Actors: the organisations that articles of MUC name as perpetrators, and a sample to check by hand.

score(run, describe, build, data, scratch) prints how many of the gold organisations are found, by
data's own scorer. As a program it draws pairs of article and actor at random for a check by hand:

    actors.py BUILD DATA SEED N >sample.tsv       id, actor, why, tab-separated
"""
import glob
import json
import random
import re
import subprocess
import sys
import tempfile

from programs import KEPT, describe, run


def write_predictions(articles, path):
    with open(path, "w", encoding="utf-8") as out:
        for number, article in articles.items():
            names = (name.replace("\t", " ") for name in article.get("actor", []))
            out.write(number + "\t" + "|".join(names) + "\n")


def evaluate(build, data, scratch):
    articles = describe(build, scratch, sorted(glob.glob(f"{data}/muc34/dev-*.txt")), "muc")
    path = f"{scratch}/muc-actors.tsv"
    write_predictions(articles, path)
    found = run(sys.executable, f"{data}/score_facets.py", f"{data}/muc34/gold-actors.tsv", path,
                "--actors", f"{data}/muc34/actor-aliases.tsv")
    print("muc actors:", ", ".join(line.replace("\t", " ") for line in found.split("\n") if line), flush=True)


def read_articles(build, inputs):
    done = subprocess.run([f"{build}/sitrep-index", "--describe-only", *inputs], capture_output=True, text=True, check=False)
    return list(map(json.loads, done.stdout.splitlines()))


def sets(data):
    """Inputs of each set, and whether what they state is taken away."""
    yield "muc", sorted(glob.glob(f"{data}/muc34/dev-*.txt"))
    yield "reuters", [f"{data}/reuters"]
    yield "wikinews", sorted(glob.glob(f"{data}/wikinews/*.csv"))
    yield "sample", ["corpus/sample"]


def wikinews(paths):
    import csv
    csv.field_size_limit(1 << 30)
    for path in paths:
        with open(path, encoding="utf-8", newline="") as rows:
            for number, row in enumerate(csv.DictReader(rows)):
                yield {"id": f"{path.rsplit('/', 1)[1]}-{number}", "title": row["title"], "body": row["text"], "date": row["date"]}


def described(build, name, inputs, scratch):
    articles = wikinews(inputs) if name == "wikinews" else read_articles(build, inputs)
    path = f"{scratch}/{name}.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for article in articles:
            out.write(json.dumps({key: article[key] for key in KEPT if key in article}) + "\n")
    return read_articles(build, ["--format", "jsonl", path])


def main():
    build, data, seed, count = sys.argv[1:5]
    chosen = random.Random(int(seed))
    with tempfile.TemporaryDirectory() as scratch:
        for name, inputs in sets(data):
            articles = described(build, name, inputs, scratch)
            pairs = [(article, i) for article in articles for i in range(len(article.get("actor", [])))]
            print(f"# {name}: {len(articles)} articles, {len(pairs)} pairs", file=sys.stderr)
            for article, i in chosen.sample(pairs, min(len(pairs), int(count) // 4)):
                why = article.get("why", {}).get("actor", [])
                print(name, article["id"], article["actor"][i], re.sub(r"\s+", " ", why[i]), sep="\t")


if __name__ == "__main__":
    main()
