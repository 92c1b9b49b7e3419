"""Groonga as a peer: build DB FILE, update DB FILE, query DB QUERIES PASSES SECONDS.
Speaks to one groonga process through its standard input and output; the times are those that
Groonga reports."""
import json
import subprocess
import sys

import queries
import timing

LISTS = ("source", "lang", "country", "actor", "place", "event_type", "topic")
WORDS = ("title", "body")
FACETS = "country,actor"
HITS = 10


def schema():
    yield "table_create Articles TABLE_HASH_KEY ShortText"
    yield "column_create Articles date COLUMN_SCALAR Int32"
    yield ("table_create Words TABLE_PAT_KEY ShortText --default_tokenizer TokenBigram "
           "--normalizer NormalizerAuto")
    for name in WORDS:
        yield f"column_create Articles {name} COLUMN_SCALAR LongText"
        yield f"column_create Words articles_{name} COLUMN_INDEX|WITH_POSITION Articles {name}"
    yield "table_create Days TABLE_PAT_KEY Int32"
    yield "column_create Days articles_date COLUMN_INDEX Articles date"
    for name in LISTS:
        kind = "COLUMN_SCALAR" if name in ("source", "lang") else "COLUMN_VECTOR"
        yield f"table_create V_{name} TABLE_PAT_KEY ShortText"
        yield f"column_create Articles {name} {kind} V_{name}"
        yield f"column_create V_{name} articles_{name} COLUMN_INDEX Articles {name}"


def day(iso):
    return int(iso.replace("-", ""))


class Groonga:
    def __init__(self, path, create=False):
        command = ["groonga", "--log-path", "/dev/null", "--working-directory", "/",
                   *(["-n"] if create else []), path]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        encoding="utf-8")

    def ask(self, command):
        """The answer's body and the milliseconds it took."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        status, _, seconds, *message = answer[0]
        if status != 0:
            raise RuntimeError(f"groonga: {command[:200]}: {message}")
        return answer[1], seconds * 1e3

    def load(self, file):
        self.process.stdin.write("load --table Articles\n[\n")
        with open(file, encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                article = json.loads(line)
                article["_key"] = article.pop("id")
                article["date"] = day(article["date"])
                self.process.stdin.write((",\n" if number else "") + json.dumps(article))
        self.process.stdin.write("\n]\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer[0][0] != 0:
            raise RuntimeError(f"groonga: load: {answer[0]}")

    def close(self):
        self.process.stdin.close()
        self.process.stdout.read()
        if self.process.wait() != 0:
            raise RuntimeError("groonga failed")


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def condition(query):
    """The query as a filter; None when there is nothing like it."""
    matches = [f"({' || '.join(f'{column} @ {quote(word)}' for column in WORDS)})"
               for word in query.words]
    words = {"and": " && ".join(matches), "or": " || ".join(matches),
             "phrase": " || ".join(f"{column} @ {quote(' '.join(query.words))}"
                                   for column in WORDS),
             "near": " || ".join(f"{column} *N{queries.DISTANCE - 1} {quote(' '.join(query.words))}"
                                 for column in WORDS),
             "title": f"title @ {quote(query.words[0])}" if query.words else "",
             "all": "true", "prefix": ""}[query.operator]
    if not words:
        return None
    if query.field:
        words = f"({words}) && {query.field} @ {quote(query.value)}"
    if query.since:
        words = f"({words}) && between(date, {day(query.since)}, 'include', " \
                f"{day(query.until)}, 'include')"
    return words


class Reader:
    def __init__(self, path):
        self.groonga = Groonga(path)
        self.groonga.ask("cache_limit 0")

    def select(self, query, arguments):
        wanted = condition(query)
        if wanted is None:
            return None
        escaped = wanted.replace("\\", "\\\\").replace("'", "\\'")
        body, ms = self.groonga.ask(f"select Articles --filter '{escaped}' {arguments}")
        return ms, body[0][0][0]

    def top(self, query):
        order = "-date" if query.operator == "all" else "-_score"
        return self.select(query, f"--output_columns _key,_score --sort_keys {order} "
                                  f"--limit {HITS}")

    def count(self, query):
        return self.select(query, "--limit 0 --output_columns _key")

    def facets(self, query):
        return self.select(query, f"--limit 0 --output_columns _key --drilldown {FACETS} "
                                  f"--drilldown_sort_keys -_nsubrecs --drilldown_limit {HITS}")


def main(command, path, file, passes="1", seconds="1"):
    if command in ("build", "update"):
        groonga = Groonga(path, create=command == "build")
        for line in schema() if command == "build" else ():
            groonga.ask(line)
        groonga.load(file)
        return groonga.close()
    with open(file, encoding="utf-8") as lines:
        asked = [queries.parse(line) for line in lines]
    reader = Reader(path)
    modes = {"top": reader.top, "count": reader.count, "facets": reader.facets}
    timing.time_modes(modes, asked, int(passes), float(seconds))
    return reader.groonga.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
