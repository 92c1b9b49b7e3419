#!/usr/bin/env python3
"""Measures sitrep beside its peers and prints one table; see README.md beside it."""
import argparse
import contextlib
import functools
import glob
import json
import math
import os
import platform
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import engines
import measure
import queries
import report

SIZES = {"small": 10_000, "medium": 100_000, "large": 1_000_000}
UPDATE = 100  # articles; half of them are new
WAYS = {"top": "Ten best, in process, ms (p50 / p95 / p99)",
        "count": "Exact count, in process, ms",
        "facets": "Exact count and facets (sitrep: all; peers: country and actor), in process, ms",
        "snippets": "Articles and snippets of the ten best, in process, ms",
         "compile": "Parsing and compiling a query, in process, ms",
         "timeline": "Exact count by month, in process, ms",
         "similar": "Ten articles like the best, in process, ms"}
COLD_KINDS = ("AND of 2", "AND of 3", "OR of 4")
MB = 1e6


def say(text):
    print(f"[{text}]", file=sys.stderr, flush=True)


class Bench:
    """One size: all engines, all runs, all figures."""

    def __init__(self, args, articles, scratch):
        self.args, self.articles, self.scratch = args, articles, scratch
        self.notes, self.figures, self.samples = [], {}, {}
        self.text = os.path.join(scratch, "articles.jsonl")
        self.engines = self.choose()

    def choose(self):
        chosen = []
        for kind in engines.ALL:
            engine = kind(self.scratch, self.args.build)
            if engine.name.lower() not in self.args.engines:
                continue
            if engine.name == "Omega" and self.articles > engine.SLICE and not self.args.omega:
                self.note("Omega: left out, its scriptindex takes minutes; --omega")
                continue
            why = engine.missing()
            if why is None:
                chosen.append(engine)
            elif engine.name == "sitrep":
                sys.exit(f"bench: {why}; make bench builds it")
            else:
                self.note(f"{engine.name}: {why}; apt-get install {engine.package}")
        return chosen

    # ---- inputs ----

    def generate(self, path, *ranges):
        """Articles of the ranges (count, first, revision) into a file."""
        with open(path, "wb") as out:
            for numbers in ranges:
                subprocess.run([os.path.join(self.args.build, "tests/bench/generate"),
                                *map(str, numbers), str(self.args.seed)], stdout=out, check=True)

    def update_file(self, run):
        path = os.path.join(self.scratch, f"update-{run}.jsonl")
        half = UPDATE // 2
        self.generate(path, (half, self.articles, 0), (half, self.articles // 2, run + 1))
        return path

    @functools.cached_property
    def text_bytes(self):
        """Bytes of titles and texts: the share that they have at the beginning, of the whole."""
        with open(self.text, "rb") as lines:
            sample = [line for line, _ in zip(lines, range(2000))]
        articles = map(json.loads, sample)
        texts = sum(len((a["title"] + a["body"]).encode()) for a in articles)
        return texts / sum(map(len, sample)) * os.path.getsize(self.text)

    # ---- measuring ----

    def keep(self, row, engine, value):
        self.figures.setdefault(row, {}).setdefault(engine.name, []).append(value)

    def measure_all(self):
        say(f"{self.articles:,} articles")
        self.generate(self.text, (self.articles, 0, 0))
        self.queries = queries.make(self.text, self.args.queries)
        for run in range(self.args.runs):
            for engine in list(self.engines):
                self.guarded(engine, self.measure_build, run)
            for engine in list(self.engines):
                self.guarded(engine, self.measure_queries)
            self.measure_cold()
            for engine in list(self.engines):
                self.guarded(engine, self.measure_update, run)

    def guarded(self, engine, function, *arguments):
        """A peer that fails leaves the comparison; a failure of sitrep ends it."""
        say(f"{engine.name}: {function.__name__.replace('measure_', '')}")
        try:
            function(engine, *arguments)
        except measure.Failed as failure:
            self.drop(engine, failure)

    def drop(self, engine, failure):
        if engine.name == "sitrep":
            raise failure
        self.note(f"{engine.name}: left out, it failed: {failure}")
        self.engines.remove(engine)

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)

    def measure_build(self, engine, run):
        if engine.name == "Omega" and run > 0:
            return  # slow, and steady enough
        engine.prepare(self.text)
        usage = engine.build(self.text)
        size = measure.bytes_of(engine.index)
        self.keep("whole process, s", engine, usage.seconds)
        self.keep("processor time, s", engine, usage.cpu_seconds)
        self.keep("ms an article", engine, usage.seconds * 1e3 / self.articles)
        self.keep("peak memory, MB", engine, usage.peak_bytes / MB)
        self.keep("index, MB", engine, size / MB)
        self.keep("index : text", engine, size / self.text_bytes)
        self.check_articles(engine, self.articles)

    def check_articles(self, engine, expected):
        if engine.name == "sitrep" and engine.articles() != expected:
            raise measure.Failed(f"the index holds {engine.articles()} articles, not {expected}")

    def measure_update(self, engine, run):
        if engine.name == "Omega" and run > 0:
            return
        usage = engine.update(self.update_file(run))
        self.keep(f"{UPDATE} articles, whole process, s", engine, usage.seconds)
        self.check_articles(engine, self.articles + UPDATE // 2)

    def measure_queries(self, engine):
        output = engine.query(self.queries, self.args.passes, self.args.seconds)
        sets = {}
        for line in output.splitlines():
            way, kind, ms, found = line.split("\t")
            if ms == "-":
                if engine.name == "sitrep" and way == "top":
                    self.note(f"{engine.name}: {kind}: {found.split('   ')[0]}")
                continue
            sets.setdefault((way, kind), []).append((float(ms), float(found)))
        for key, samples in sets.items():
            self.samples.setdefault(key, {}).setdefault(engine.name, []).append(samples)

    def measure_cold(self):
        """Whole processes, the page cache warm; the engines take turns at each query."""
        asked = [query for query in self.queries if query.kind in COLD_KINDS]
        asked = asked[::max(1, len(asked) // self.args.cold)][:self.args.cold]
        commands = [(engine, name, argv) for engine in self.engines
                    for name, argv in engine.cold().items()]
        commands += self.bare_commands()
        say("whole processes that answer one query")
        for number, query in enumerate([asked[0], *asked]):
            for engine, name, argv in commands:
                if engine not in self.engines or engine.name == "Lucene" and number % 5 != 1:
                    continue  # Lucene takes a second each: one query in five is enough
                try:
                    usage = measure.run(argv(query), engine.environment, keep_output=False,
                                        accept=(0, 1))
                except measure.Failed as failure:
                    self.drop(engine, failure)
                    continue
                if number > 0:
                    self.keep_cold(name, engine, usage.seconds * 1e3)

    def keep_cold(self, name, engine, ms):
        self.samples.setdefault(("cold", name), {}).setdefault(engine.name, []).append([(ms, 0)])

    def bare_commands(self):
        """What ours can be held against: a process that does nothing, one that opens the index."""
        ours, bare = self.engines[0], [("empty process", ["/bin/true"])]
        if shutil.which("xapian-delve"):
            bare.append(("xapian-delve on our index", ["xapian-delve", ours.index]))
        return [(ours, name, lambda query, argv=argv: argv) for name, argv in bare]

    # ---- the table ----

    def median_samples(self, way, kind, engine):
        """Of each query the median over the runs; None without figures."""
        runs = self.samples.get((way, kind), {}).get(engine)
        if not runs:
            return None
        if way == "cold":
            return [ms for run in runs for ms, _ in run]
        return [statistics.median(run[i][0] for run in runs) for i in range(len(runs[0]))]

    def found(self, kind, engine):
        runs = self.samples.get(("count", kind), {}).get(engine)
        return statistics.fmean(found for _, found in runs[0]) if runs else None

    def spreads(self, way, kinds):
        """Engine -> Spread over the kinds."""
        spreads = {}
        for engine in self.names():
            lists = [self.median_samples(way, kind, engine) for kind in kinds]
            if lists and None not in lists:
                spreads[engine] = report.Spread(sum(lists, []))
        return spreads

    def names(self):
        return [engine.name for engine in self.engines]

    def table(self):
        table = report.Table(self.names())
        table.heading("Building")
        for row, values in self.figures.items():
            if row.startswith(str(UPDATE)):
                table.heading("Updating")
            table.add(row, {name: report.Figure(v) for name, v in values.items()})
        table.heading("Whole process for one query, ms (p50 / p95 / p99)")
        for kind in dict.fromkeys(kind for way, kind in self.samples if way == "cold"):
            table.add(kind, self.cold_spreads(kind))
        for way, title in WAYS.items():
            table.heading(title)
            for kind in queries.KINDS:
                table.add(kind, self.spreads(way, [kind]))
            table.add("all that all answer", self.spreads(way, self.common_kinds(way)))
        table.heading("Articles found by a query, mean: do the engines do the same work?")
        for kind in queries.KINDS:
            found = {name: self.found(kind, name) for name in self.names()}
            table.add(kind, {n: report.Figure([f]) for n, f in found.items() if f is not None})
        return table

    def print_table(self):
        if not self.figures:
            return
        print(f"\n{self.articles:,} articles, {self.text_bytes / MB:,.0f} MB of text, median of "
              f"{self.args.runs} run{'s' if self.args.runs > 1 else ''}\n")
        print(self.table(), *self.notes, sep="\n", flush=True)

    def cold_spreads(self, kind):
        """Our searches with facets stand beside the peers' without: they have none to show."""
        spreads = self.spreads("cold", [kind])
        if kind.startswith("search,"):
            spreads.update({name: spread for name, spread in self.spreads("cold", ["search"]).items()
                            if name != "sitrep"})
        return spreads

    def common_kinds(self, way):
        """Kinds that every engine answers in this way which answers any; not those that are apart."""
        answering = {name for way_, kind in self.samples if way_ == way
                     for name in self.samples[way_, kind]}
        return [kind for kind in queries.KINDS if kind != "everything"
                and answering == set(self.samples.get((way, kind), {}))]


# ---- real texts ----

def measure_data(args, scratch):
    """Our engine on the sample corpus and on Reuters: no peer reads these formats."""
    root = os.path.dirname(os.path.dirname(engines.HERE))
    corpora = {"sample": ([os.path.join(root, "corpus", "sample")], "curfew OR ceasefire")}
    reuters = sorted(glob.glob(os.path.join(args.data, "reuters", "*.sgm"))) if args.data else []
    if reuters:
        corpora["Reuters"] = (reuters, "oil tanker OR missile")
    for name, (paths, query) in corpora.items():
        ours = engines.Sitrep(os.path.join(scratch, name), args.build)
        usages = []
        for _ in range(args.runs):
            ours.prepare(None)
            usages.append(ours.run([*ours.index_command(paths[0]), *paths[1:]], accept=(0, 1),
                                   sample_memory=True))
        bytes_ = sum(map(measure.bytes_of, paths))
        commands = ours.cold()
        asked = queries.Query(name, "and", (query,))
        cold = {command: [measure.run(commands[command](asked), keep_output=False,
                                      accept=(0, 1)).seconds * 1e3
                          for _ in range(args.cold)] for command in commands}
        print(f"{name}: {ours.articles():,} articles indexed in "
              f"{report.Figure([u.seconds for u in usages])} s, "
              f"{report.Figure([u.peak_bytes / MB for u in usages])} MB of memory, index "
              f"{measure.bytes_of(ours.index) / MB:.1f} MB, "
              f"{measure.bytes_of(ours.index) / bytes_:.2f} of the files; "
              + "; ".join(f"{command} {report.Figure(ms)} ms" for command, ms in cold.items()))


def print_growth(benches):
    """Exponents between the smallest and the largest size: 1 is in proportion, 0 is constant."""
    if len(benches) < 2:
        return
    first, last = benches[0], benches[-1]
    width = math.log(last.articles / first.articles)
    names = ["sitrep", *(name for name in first.names()[1:] if name in last.names())]
    table = report.Table(names, ratios=False)
    table.heading(f"Growth from {first.articles:,} to {last.articles:,} articles: exponents "
                  "(of p50 and p95 for queries)")
    rows = {row: {name: (report.Figure(values).values, report.Figure(last.figures[row][name]).values)
                  for name, values in by_engine.items() if name in last.figures.get(row, {})}
            for row, by_engine in first.figures.items()}
    for way in [*WAYS, "cold"]:
        for kind in dict.fromkeys(k for w, k in first.samples if w == way):
            small, big = first.spreads(way, [kind]), last.spreads(way, [kind])
            rows[f"{way}: {kind}"] = {name: (small[name].values[:2], big[name].values[:2])
                                      for name in small if name in big}
    for row, by_engine in rows.items():
        table.add(row, {name: Exponent(small, big, width)
                        for name, (small, big) in by_engine.items()})
    print(f"\n{table}")


class Exponent(report.Figure):
    def __init__(self, small, big, width):
        self.values = [math.log(b / s) / width if s > 0 and b > 0 else 0.0
                       for s, b in zip(small, big)]


# ---- the command ----

def machine():
    model = "unknown processor"
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")),
                     model)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (f"{os.cpu_count()} x {model}, {memory:.0f} GB, Linux {platform.release()}, load "
            f"{os.getloadavg()[0]:.1f} at the end")


def versions(args):
    found = [subprocess.run([os.path.join(args.build, "sitrep"), "--version"],
                            capture_output=True, text=True).stdout.strip(),
             f"SQLite {sqlite3.sqlite_version}"]
    jars = glob.glob("/usr/share/java/lucene-core-8*.jar")
    found += [os.path.basename(jars[0])[:-4]] if jars else []
    for command in (["groonga", "--version"], ["scriptindex", "--version"]):
        with contextlib.suppress(OSError):
            found.append(subprocess.run(command, capture_output=True,
                                        text=True).stdout.splitlines()[0].split(" [")[0])
    return ", ".join(found)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default="build", help="where make built the programs")
    parser.add_argument("--data", help="folder with reuters/; indexed too when given")
    parser.add_argument("--size", default="small",
                        help="small, medium, large (10,000, 100,000, 1,000,000 articles), a number, "
                             "or several with commas, which gives growth exponents too")
    parser.add_argument("--quick", action="store_true",
                        help="one run, few queries, sitrep, SQLite and Lucene: under two minutes")
    parser.add_argument("--runs", type=int, default=3, help="runs, of which the median counts")
    parser.add_argument("--queries", type=int, default=100, help="queries of each kind")
    parser.add_argument("--passes", type=int, default=5, help="times each query is asked in a run")
    parser.add_argument("--seconds", type=float, default=2,
                        help="no pass over the queries of a kind begins after that")
    parser.add_argument("--cold", type=int, default=60, help="whole processes to time")
    parser.add_argument("--engines", default="sitrep,sqlite,lucene,groonga,omega")
    parser.add_argument("--omega", action="store_true",
                        help="index more than 10,000 articles with scriptindex: minutes")
    parser.add_argument("--scratch", help="folder to work in (default: the system's for that)")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.quick:
        args.size, args.runs, args.queries, args.passes, args.seconds = "small", 1, 30, 3, 0.5
        args.cold, args.engines = 20, "sitrep,sqlite,lucene"
    args.build = os.path.abspath(args.build)
    args.engines = {"sitrep", *args.engines.lower().split(",")}
    unknown = args.engines - {engine.name.lower() for engine in engines.ALL}
    if unknown:
        parser.error(f"no such engine: {', '.join(sorted(unknown))}")
    try:
        args.sizes = sorted(SIZES.get(size) or int(size) for size in args.size.split(","))
    except ValueError:
        parser.error(f"--size {args.size}: small, medium, large or a number")
    if args.sizes[0] < 1000:
        parser.error("--size: too few articles to draw queries from; 1000 at least")
    return args


def measure_size(bench):
    """Prints the table also when it is interrupted: of what was measured until then."""
    try:
        bench.measure_all()
    except (KeyboardInterrupt, SystemExit):
        bench.note("Interrupted: some runs are missing.")
        bench.print_table()
        raise
    bench.print_table()


def main():
    args = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: ended"))
    benches = []
    for articles in args.sizes:
        with tempfile.TemporaryDirectory(prefix="sitrep-bench-", dir=args.scratch) as scratch:
            benches.append(Bench(args, articles, scratch))
            measure_size(benches[-1])
    print_growth(benches)
    print()
    with tempfile.TemporaryDirectory(prefix="sitrep-bench-", dir=args.scratch) as scratch:
        measure_data(args, scratch)
    print(f"{machine()}\n{versions(args)}")


if __name__ == "__main__":
    try:
        main()
    except measure.Failed as failure:
        sys.exit(f"bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
