"""Types of events: make eval DATA=FOLDER ONLY=events.

No corpus states them as a desk would, so four figures stand beside each other: agreement with the
types that the sample's reports state (one or two each, so precision is a lower bound), in the half
of them that the words were not chosen by; the share of business wire that gets any; the share of
Latin American reports with an incident, and without one, that gets any; and of general news."""

import csv
import glob
import json

import programs

TYPES = ("Battles", "Explosions/Remote violence", "Protests", "Riots", "Violence against civilians",
         "Strategic developments")


def figures(pairs):
    """Precision, recall and F1 of (derived, stated) sets."""
    right = sum(len(have & want) for have, want in pairs)
    derived, stated = (sum(len(pair[i]) for pair in pairs) for i in (0, 1))
    precision, recall = right / max(derived, 1), right / max(stated, 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f} ({right} of {derived} derived, {stated} stated)"


def agreement(describe):
    stated = {}
    for path in sorted(glob.glob("corpus/sample/*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            stated.update((article["id"], set(article["event_type"])) for article in map(json.loads, lines))
    articles = describe(["corpus/sample"], "sample")
    held = sorted(stated)[1::2]
    pairs = {key: (set(articles[key].get("event_type", [])), stated[key]) for key in stated}
    print("sample event types, the half held back:", figures([pairs[key] for key in held]))
    for kind in TYPES:
        print(f"  {kind}:", figures([(have & {kind}, want & {kind}) for have, want in (pairs[key] for key in held)]))


def share(what, articles):
    some = sum("event_type" in article for article in articles)
    print(f"{what} with an event type: {some} of {len(articles)}, {100 * some / max(len(articles), 1):.1f} %", flush=True)


def wikinews(data, scratch):
    """The CSV files as JSON Lines."""
    csv.field_size_limit(1 << 30)
    path = f"{scratch}/wikinews-events.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for table in sorted(glob.glob(f"{data}/wikinews/*.csv")):
            with open(table, encoding="utf-8", newline="") as rows:
                for row in csv.DictReader(rows):
                    out.write(json.dumps({"id": row["url"], "title": row["title"], "body": row["text"]}) + "\n")
    return path


def evaluate(build, data, scratch):
    def described(inputs, name):
        return programs.describe(build, scratch, inputs, name)

    agreement(described)
    share("reuters", list(described([f"{data}/reuters"], "reuters-events").values()))
    articles = described(sorted(glob.glob(f"{data}/muc34/dev-*.txt")), "muc-events")
    with open(f"{data}/muc34/gold-countries.tsv", encoding="utf-8") as lines:
        incidents = {line.split("\t")[0] for line in lines}
    share("muc reports of an incident", [articles[key] for key in articles if key in incidents])
    share("muc reports of none", [articles[key] for key in articles if key not in incidents])
    share("wikinews", list(described([wikinews(data, scratch)], "wikinews").values()))
