"""What sitrep-index cuts as boilerplate: heads and tails of boilerplate.txt on bodies of real articles, and real
articles, of which nothing may be cut.

A line of a head or tail counts as found when all of its letters are cut, a line of a body as lost when any is. Each
head or tail is tried on BODIES bodies, each article with a source of its own, so that patterns alone are at work. The
real articles are read in one run, under their sources, so that learning is at work too."""

import csv
import glob
import gzip
import json
import os
import random
import subprocess

BODIES = 5
REAL = 500


def described(build, articles, scratch, name):
    path = f"{scratch}/{name}.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(article) + "\n" for article in articles)
    done = subprocess.run([f"{build}/sitrep-index", "--describe-only", path], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def blocks():
    """The heads and tails: dicts with number, half, lang, place, layout, lines."""
    with open(os.path.join(os.path.dirname(__file__), "boilerplate.txt"), encoding="utf-8") as lines:
        found = []
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("== "):
                found.append(dict(zip(("number", "half", "lang", "place", "layout"), line[3:].split()), lines=[]))
            elif line and not line.startswith("#"):
                found[-1]["lines"].append(line)
    return found


def wikinews(data):
    for path in sorted(glob.glob(f"{data}/wikinews/*.csv")):
        with open(path, encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield {"title": row["title"], "body": row["text"].replace("\r", ""), "source": "Wikinews"}


def read(build, *inputs):
    done = subprocess.run([f"{build}/sitrep-index", "--describe-only", *inputs], capture_output=True, text=True, check=False)
    for article in map(json.loads, done.stdout.splitlines()):
        if article.get("body"):
            yield {key: article[key] for key in ("title", "body", "source") if key in article}


def sentences(data, lang):
    """Bodies of eight sentences each, in lines of two, from the parallel treebanks."""
    texts = []
    for path in glob.glob(f"{data}/ud-pud/**/{lang}_*.gz", recursive=True):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [line[len("# text = "):].strip() for line in lines if line.startswith("# text = ")]
    for i in range(0, len(texts) - 7, 8):
        pairs = [" ".join(texts[k:k + 2]) for k in range(i, i + 8, 2)]
        yield {"title": texts[i][:60], "body": "\n".join(pairs)}


def saudi(data):
    with gzip.open(f"{data}/saudinewsnet-ar/slice3000.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield {"title": row.get("title", "خبر"), "body": row["content"]}


def attach(block, body, number):
    """The article, and of each line of its body the stretch of characters and whether it is boilerplate."""
    title = body.get("title") or "Report"
    glue = {"lines": "\n", "blank": "\n\n", "flat": " "}[block["layout"]]
    own = [line.strip() for line in body["body"].split("\n") if line.strip()]
    marked = [(line, False) for line in own]
    around = [(line.replace("{title}", title), True) for line in block["lines"]]
    marked = around + marked if block["place"] == "head" else marked + around
    text, spans = "", []
    for line, is_boilerplate in marked:
        text += glue if text else ""
        spans.append((len(text), len(text) + len(line), is_boilerplate))
        text += line
    return {"id": str(number), "title": title, "body": text, "source": f"Paper {number}"}, spans


def is_cut(article, start, end, whole):
    cut = [any(c["start"] <= at < c["end"] for c in article.get("cut", []))
           for at in range(start, end) if article["body"][at].isalnum()]
    return bool(cut) and (all(cut) if whole else any(cut))


def figures(found, missed, lost):
    precision = found / (found + lost) if found + lost else 1.0
    recall = found / (found + missed) if found + missed else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({found} lines found, {missed} missed, {lost} of text lost)"


def evaluate(build, data, scratch, verbose=False, halves=("dev", "held")):
    pool = random.Random(4)
    english = list(wikinews(data)) + list(read(build, f"{data}/reuters/reut2-005.sgm"))
    bodies = {"en": english, "de": english, "ar": list(saudi(data))}
    for lang in ("fr", "es", "ru"):
        bodies[lang] = list(sentences(data, lang))
    articles, keys = [], []
    for block in blocks():
        for body in pool.sample(bodies[block["lang"]], BODIES):
            article, spans = attach(block, body, len(articles))
            articles.append(article)
            keys.append((block, spans))
    counts = {half: [0, 0, 0] for half in ("dev", "held")}
    for article, (block, spans) in zip(described(build, articles, scratch, "attached"), keys):
        for start, end, is_boilerplate in spans:
            what = 0 if is_cut(article, start, end, True) else 1
            if not is_boilerplate:
                what = 2 if is_cut(article, start, end, False) else 3
            if what < 3:
                counts[block["half"]][what] += 1
            if verbose and what in (1, 2) and block["half"] in halves:
                print("  ", block["number"], ("found", "missed", "LOST")[what], repr(article["body"][start:end][-200:]))
    for half in halves:
        print(f"boilerplate, {half} half:", figures(*counts[half]), flush=True)
    real(build, data, scratch)


def real(build, data, scratch):
    """Of articles without boilerplate: every stretch that is cut is shown, for a reader to judge."""
    pool = random.Random(5)
    articles = list(wikinews(data))
    articles += pool.sample(list(read(build, *sorted(glob.glob(f"{data}/reuters/*.sgm")))), 2 * REAL - len(articles))
    articles = [dict(article, id=str(n)) for n, article in enumerate(pool.sample(articles, REAL))]
    lost, cuts = 0, {}
    for article in described(build, articles, scratch, "real"):
        lost += sum(is_cut(article, c["start"], c["end"], False) for c in article.get("cut", []))
        for c in article.get("cut", []):
            text = " ".join(article["body"][c["start"]:c["end"]].split())
            cuts[c["why"], text] = cuts.get((c["why"], text), 0) + 1
    print(f"boilerplate, {REAL} real articles: {lost} stretches cut, which are:")
    for (why, text), n in sorted(cuts.items(), key=lambda item: -item[1]):
        print(f"  {n} times, {why}: {text[:160]}")
