#!/usr/bin/env python3
"""Fits the weights by which indexer/places_weigh.c takes a country for an article's subject.

    fit-places.py --build BUILD --data DATA >indexer/places_weights.inc     (make fit-places)

The features of every candidate (describe_places.h) of the Reuters and MUC development sets, labelled
by their gold answers, are fitted by logistic regression: Newton's method with an L2 penalty. The two
sets weigh the same whatever their sizes, since neither is what a user's archive looks like. Five-fold
cross-validation by article prints what weights do on articles they were not fitted to; the weights
written are those of all. What the source states (Reuters' PLACES) is not seen. Needs numpy."""

import argparse
import collections
import glob
import json
import subprocess
import sys

import numpy as np

KEPT = ("id", "title", "body", "date", "source", "lang")
FOLDS = 5
PENALTY = 1.0
NEWTON_STEPS = 30
# As in places_weigh.c: of the F1 of either set, 0.3 to 0.5 costs less than 0.006; 0.45 lies between the best of Reuters
# (0.35) and of MUC (0.55).
THRESHOLD = np.log(0.45 / 0.55)
LOW_THRESHOLD = np.log(0.35 / 0.65)


def articles(build, paths):
    """Articles without anything that tells their countries, as JSON Lines."""
    done = subprocess.run([f"{build}/sitrep-index", "--describe-only", "-q", *paths], capture_output=True, text=True,
                          check=True)
    for line in done.stdout.splitlines():
        article = json.loads(line)
        yield json.dumps({key: article[key] for key in KEPT if key in article})


def gold_of(path):
    with open(path, encoding="utf-8") as lines:
        return {number: set(values.split("|")) for number, values in
                (line.rstrip("\n").split("\t") for line in lines)}


class Set:
    """Candidates of one corpus: features, labels, articles, and labels that no candidate stands for."""

    def __init__(self, build, name, paths, gold):
        text = "\n".join(articles(build, paths)) + "\n"
        done = subprocess.run([f"{build}/tests/eval/dump_features", "--names"], input=text, capture_output=True,
                              text=True, check=True)
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        self.name, self.gold, self.names = name, gold, rows[0][2:]
        rows = [row for row in rows[1:] if row[0] in gold]
        self.ids = [row[0] for row in rows]
        self.codes = [row[1] for row in rows]
        self.x = np.array([[float(value) for value in row[2:]] for row in rows])
        self.y = np.array([row[1] in gold[row[0]] for row in rows], dtype=float)
        # A stable hash, so that folds do not change from run to run.
        self.fold = np.array([sum(map(ord, number)) * 7919 % 10007 % FOLDS for number in self.ids])

    def score(self, focus, keep=None):
        """Micro precision, recall, F1 and macro F1 of the rows that are taken for subjects."""
        right, wrong, missed = collections.Counter(), collections.Counter(), collections.Counter()
        found = collections.defaultdict(set)
        for number, code, yes in zip(self.ids, self.codes, focus):
            if yes:
                found[number].add(code)
        for number, codes in self.gold.items():
            if keep is not None and number not in keep:
                continue
            right.update(codes & found[number])
            wrong.update(found[number] - codes)
            missed.update(codes - found[number])
        tp, fp, fn = (sum(c.values()) for c in (right, wrong, missed))
        macro = [2 * right[c] / (2 * right[c] + wrong[c] + missed[c]) for c in set(right) | set(missed)]
        return tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn), sum(macro) / len(macro)

    def chosen(self, logit):
        """The rows over the threshold; in an article without one the best, when it is not far below."""
        best = {}
        for row, number in enumerate(self.ids):
            if number not in best or logit[row] > logit[best[number]]:
                best[number] = row
        rows = logit > THRESHOLD
        for row in best.values():
            rows[row] |= logit[row] > LOW_THRESHOLD
        return rows


def fit(x, y, weight):
    beta = np.zeros(x.shape[1])
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-x @ beta))
        penalty = np.full(x.shape[1], PENALTY)
        penalty[0] = 0
        gradient = x.T @ (weight * (y - p)) - penalty * beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return beta


def fit_sets(sets, chosen):
    """Weights from the rows of each set for which chosen(set) is true; each set weighs as much."""
    xs, ys, ws = [], [], []
    for one in sets:
        rows = chosen(one)
        xs.append(one.x[rows])
        ys.append(one.y[rows])
        ws.append(np.full(rows.sum(), 5000.0 / rows.sum()))
    return fit(np.vstack(xs), np.concatenate(ys), np.concatenate(ws))


def report(what, values):
    print(f"{what:28} P {values[0]:.4f} R {values[1]:.4f} F1 {values[2]:.4f} macro F1 {values[3]:.4f}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--data", required=True)
    options = parser.parse_args()
    sets = [Set(options.build, "reuters", [f"{options.data}/reuters"], gold_of(f"{options.data}/reuters/gold-countries.tsv")),
            Set(options.build, "muc", sorted(glob.glob(f"{options.data}/muc34/dev-*.txt")),
                gold_of(f"{options.data}/muc34/gold-countries.tsv"))]
    logit = {one.name: np.zeros(len(one.y)) for one in sets}
    for fold in range(FOLDS):
        beta = fit_sets(sets, lambda one: one.fold != fold)
        for one in sets:
            rows = one.fold == fold
            logit[one.name][rows] = one.x[rows] @ beta
    beta = fit_sets(sets, lambda one: one.fold >= 0)
    for one in sets:
        report(f"{one.name}, all candidates", one.score(np.ones(len(one.y), dtype=bool)))
        report(f"{one.name}, cross-validated", one.score(one.chosen(logit[one.name])))
        report(f"{one.name}, fitted to all", one.score(one.chosen(one.x @ beta)))
        report(f"{one.name}, ideal choice", one.score(one.y > 0))
    print("/* Written by make fit-places: see tests/eval/fit-places.py. */")
    for name, value in zip(sets[0].names, beta):
        print(f"[FEATURE_{name}] = {value:.3f},")


if __name__ == "__main__":
    main()
