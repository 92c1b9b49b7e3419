#!/usr/bin/env python3
"""Times what the query language can say, on an index that is there.

    language.py --build BUILD --index INDEX [--queries 100] [--passes 5]

Draws queries of each kind from articles of the index, the same every time, and prints the times of
the ten best, of the exact count, of parsing and compiling, all in one process, and of whole
processes that count: these load the vocabulary each for itself. Milliseconds, p50 / p95."""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

ARTICLES = 400
WAYS = ("top", "count", "compile")
COLD = 30  # whole processes for each kind


class Maker:
    def __init__(self, articles, seed):
        self.random = random.Random(seed)
        self.texts = [t for t in (re.findall(r"[a-z]+", a.get("body", "").lower())
                                  for a in articles) if len(t) > 50]

    def words(self, n, distance=1, least=4):
        """Words of that length from one place of an article."""
        while True:
            text = self.random.choice(self.texts)
            at = self.random.randrange(len(text) - n * distance)
            found = [text[at + i * self.random.randint(1, distance)] for i in range(n)]
            if len(set(found)) == n and all(len(word) >= least for word in found):
                return found

    def five_words(self):
        return " ".join(self.words(5, 8))

    def phrase(self):
        return '"' + " ".join(self.words(self.random.choice((2, 2, 3)), least=2)) + '"'

    def near(self):
        one, other = self.words(2, 5)
        return f"{one} NEAR/5 {other}"

    def near_wildcards(self):
        one, other = self.words(2, 5)
        return self.random.choice((f"{one[:3]}* NEAR/5 {other[:3]}*", f"{one} NEAR/5 {other[:2]}*",
                                   f"*{one[2:]} NEAR/10 ({other[:4]}* OR {one[:4]}*)"))

    def wildcard(self):
        word = self.words(1, least=5)[0]
        return self.random.choice((word[:3] + "*", "*" + word[2:], word[:2] + "*" + word[-2:],
                                   word[:2] + "?" + word[3:]))

    def fuzzy(self):
        word = self.words(1, least=5)[0]
        at = self.random.randrange(1, len(word) - 1)
        return self.random.choice((word[:at] + word[at + 1:] + "~", word + "~1",
                                   word[:at] + "x" + word[at:] + "~2"))

    def regex(self):
        one, other = self.words(2, 5, least=5)
        return self.random.choice((f"/{one[:2]}.*({one[-2:]}|{other[-3:]})/", f"/.*{one[1:4]}.*/",
                                   f"/({one}|{other})(s|ed|ing)?/", f"/[^aeiou]+{one[-3:]}/"))

    def at_least(self):
        return f"atleast{self.random.randint(2, 4)}:{self.words(1)[0]}"


KINDS = {"5 words": Maker.five_words, "phrase": Maker.phrase, "NEAR/5": Maker.near,
         "NEAR, wildcards": Maker.near_wildcards, "wildcard": Maker.wildcard,
         "fuzzy": Maker.fuzzy, "regex": Maker.regex, "atleast": Maker.at_least}


def read_articles(sitrep, index):
    found = subprocess.run([sitrep, "search", "--index", index, "--sort", "oldest", "-n", "all",
                            "--format", "jsonl", ""], capture_output=True, check=True, text=True)
    ids = [json.loads(line)["id"] for line in found.stdout.splitlines()]
    step = max(1, len(ids) // ARTICLES)
    shown = subprocess.run([sitrep, "show", "--index", index, "--format", "jsonl", "--",
                            *ids[::step][:ARTICLES]], capture_output=True, check=True, text=True)
    return [json.loads(line) for line in shown.stdout.splitlines()]


def spread(times):
    times = sorted(times)
    return f"{times[len(times) // 2]:8.3f} /{times[int(len(times) * 0.95)]:8.3f}"


def measure(build, index, queries, passes):
    """(way, kind) -> milliseconds of each query."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{kind}\t{query}\n" for kind, query in queries)
        file.flush()
        out = subprocess.run([os.path.join(build, "tests/bench/bench_queries"), index, file.name,
                              str(passes), "20"], capture_output=True, check=True, text=True).stdout
    times = {}
    for line in out.splitlines():
        way, kind, ms, found = line.split("\t")
        if ms == "-":
            sys.exit(f"{kind}: {found}")
        times.setdefault((way, kind), []).append(float(ms))
    return times


def measure_cold(sitrep, index, queries):
    times = []
    for query in queries:
        start = time.perf_counter()
        subprocess.run([sitrep, "search", "--index", index, "--count", "--", query],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append((time.perf_counter() - start) * 1e3)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--index", required=True)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--passes", type=int, default=5)
    args = parser.parse_args()
    sitrep = os.path.join(args.build, "sitrep")
    articles = read_articles(sitrep, args.index)
    queries = [(kind, method(maker)) for number, (kind, method) in enumerate(KINDS.items())
               for maker in [Maker(articles, number)] for _ in range(args.queries)]
    times = measure(args.build, args.index, queries, args.passes)
    print(f"{'':16}" + "".join(f"{way:>19}" for way in (*WAYS, "whole process")))
    for kind in KINDS:
        cold = measure_cold(sitrep, args.index, [q for k, q in queries if k == kind][:COLD])
        rows = [times[way, kind] for way in WAYS] + [cold]
        print(f"{kind:16}" + "".join(f"{spread(row):>19}" for row in rows))


if __name__ == "__main__":
    main()
