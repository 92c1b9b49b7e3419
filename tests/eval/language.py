"""Languages found, against those that are known: sentences of ud-pud in five languages, joined to the
length of an article and to shorter ones, also in capitals; Saudi, English and Latin American papers.
"und" is what is said when it is not sure: it is counted apart from what is wrong."""

import csv
import glob
import gzip
import json

from programs import run

LENGTHS = (15, 5, 2, 1)  # sentences


def sentences(data, folder):
    (path,) = glob.glob(f"{data}/ud-pud/{folder}/*.conllu.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.split(" = ", 1)[1].strip() for line in lines if line.startswith("# text = ")]


def pud(data, length, write=str):
    for code, folder in (("ar", "Arabic"), ("en", "English"), ("es", "Spanish"), ("fr", "French"), ("ru", "Russian")):
        text = sentences(data, folder)
        for at in range(0, len(text) - length + 1, length):
            yield code, write(" ".join(text[at:at + length]))


def saudi(data):
    with gzip.open(f"{data}/saudinewsnet-ar/slice3000.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield "ar", row["content"]


def wikinews(data):
    csv.field_size_limit(1 << 30)
    for path in glob.glob(f"{data}/wikinews/*.csv"):
        with open(path, encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield "en", row["text"]


def muc(data):
    with open(f"{data}/rank/muc-topics/docs.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield "en", row["body"]


def report(build, scratch, name, texts):
    known = dict(enumerate(texts))
    path = f"{scratch}/language.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for number, (_, text) in known.items():
            out.write(json.dumps({"id": str(number), "body": text}) + "\n")
    described = run(f"{build}/sitrep-index", "--describe-only", "--format", "jsonl", path)
    found = {int(article["id"]): article["lang"] for article in map(json.loads, described.splitlines())}
    wrong = [(known[number][0], code) for number, code in found.items() if code not in (known[number][0], "und")]
    unsure = sum(1 for code in found.values() if code == "und")
    right = len(found) - len(wrong) - unsure
    most = max(set(wrong), key=wrong.count) if wrong else None
    print(f"language {name}: {right} of {len(found)} right ({right / len(found):.4f}), {unsure} und, {len(wrong)} wrong"
          + (f" (most often {most[0]} as {most[1]}, {wrong.count(most)})" if most else ""), flush=True)


def evaluate(build, data, scratch):
    for length in LENGTHS:
        report(build, scratch, f"ud-pud, {length} sentences", pud(data, length))
    report(build, scratch, "ud-pud, 15 sentences in capitals", pud(data, 15, str.upper))
    for name, part in (("saudi", saudi), ("wikinews", wikinews), ("muc, in capitals", muc)):
        report(build, scratch, name, part(data))
