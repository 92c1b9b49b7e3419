"""The programs as the evaluations call them."""

import json
import subprocess
import sys


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


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
