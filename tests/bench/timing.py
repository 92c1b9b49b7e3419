"""Times queries in one process as bench_queries.c does, for the peers that are driven from Python,
and prints the same lines."""
import statistics
import time


def by_kind(queries):
    sets = {}
    for query in queries:
        sets.setdefault(query.kind, []).append(query)
    return sets


def time_modes(modes, queries, passes, seconds):
    """Modes: name -> ask(query), which returns (milliseconds, found), or None when the engine does
    not take such queries."""
    for mode, ask in modes.items():
        for kind, set_ in by_kind(queries).items():
            if None in [ask(query) for query in set_]:  # also warms up
                print(mode, kind, "-", "no such query", sep="\t")
                continue
            end = time.monotonic() + seconds
            rounds = [[ask(query) for query in set_]]
            while len(rounds) < passes and time.monotonic() < end:
                rounds.append([ask(query) for query in set_])
            for samples in zip(*rounds):
                ms = statistics.median(ms for ms, _ in samples)
                print(mode, kind, f"{ms:.4f}", samples[0][1], sep="\t")
