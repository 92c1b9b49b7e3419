"""SQLite's FTS5 as a peer: build DB FILE, update DB FILE, query DB QUERIES PASSES SECONDS. Run as a
program of its own, so that time and memory are its own."""
import json
import sqlite3
import sys
import time

import queries
import timing

FIELDS = ("title", "body", "source", "lang", "country", "actor", "place", "event_type", "topic")
SCHEMA = f"""
PRAGMA journal_mode = off; PRAGMA synchronous = off;
CREATE VIRTUAL TABLE IF NOT EXISTS article
    USING fts5({", ".join(FIELDS)}, tokenize = 'porter unicode61');
CREATE TABLE IF NOT EXISTS meta (id TEXT UNIQUE, date TEXT);
CREATE INDEX IF NOT EXISTS by_date ON meta (date);
"""
HITS = 10
SHOWN = "title, snippet(article, 1, '<', '>', '...', 40)"


def write(path, file):
    with sqlite3.connect(path) as db, open(file, encoding="utf-8") as lines:
        db.executescript(SCHEMA)
        insert = f"INSERT INTO article (rowid, {', '.join(FIELDS)}) VALUES (?{', ?' * len(FIELDS)})"
        fresh = db.execute("SELECT count(*) FROM meta").fetchone()[0] == 0
        for line in lines:
            article = json.loads(line)
            if not fresh:
                delete(db, article["id"])
            row = db.execute("INSERT INTO meta VALUES (?, ?)", (article["id"], article["date"]))
            db.execute(insert, (row.lastrowid, *(text(article[name]) for name in FIELDS)))
    db.close()


def delete(db, article_id):
    for (row,) in db.execute("SELECT rowid FROM meta WHERE id = ?", (article_id,)).fetchall():
        db.execute("DELETE FROM article WHERE rowid = ?", (row,))
        db.execute("DELETE FROM meta WHERE rowid = ?", (row,))


def text(value):
    return value if isinstance(value, str) else "\n".join(value)


def match(query):
    """The query in FTS5's syntax."""
    quoted = [f'"{word}"' for word in query.words]
    words = {"and": " AND ".join(quoted), "or": " OR ".join(quoted),
             "phrase": '"' + " ".join(query.words) + '"',
             "near": f"NEAR({' '.join(quoted)}, {queries.DISTANCE - 1})",
             "prefix": quoted[0] + " *" if quoted else "", "title": ""}[query.operator]
    expression = f"{{title body}} : ({words})"
    if query.operator == "title":
        expression = f"title : {quoted[0]}"
    if query.field:
        expression += f' AND {query.field} : "{query.value}"'
    return expression


def search(query):
    """The ten best with snippets, as one statement for SQLite's own command line."""
    literal = match(query).replace("'", "''")
    return (f"SELECT {SHOWN} FROM article WHERE article MATCH '{literal}' "
            f"ORDER BY rank LIMIT {HITS}")


class Reader:
    def __init__(self, path):
        self.db = sqlite3.connect(path)

    def where(self, query):
        """FROM and WHERE with their parameters."""
        if query.operator == "all":
            return "FROM meta", ()
        if query.since:
            return ("FROM article JOIN meta ON meta.rowid = article.rowid "
                    "WHERE article MATCH ? AND date BETWEEN ? AND ?",
                    (match(query), query.since, query.until))
        return "FROM article WHERE article MATCH ?", (match(query),)

    def timed(self, sql, parameters):
        start = time.perf_counter()
        rows = self.db.execute(sql, parameters).fetchall()
        return (time.perf_counter() - start) * 1e3, rows

    def top(self, query):
        where, parameters = self.where(query)
        order = "date DESC" if query.operator == "all" else "rank"
        row = "meta.rowid" if query.operator == "all" else "article.rowid"
        ms, rows = self.timed(f"SELECT {row} {where} ORDER BY {order} LIMIT {HITS}", parameters)
        return ms, len(rows)

    def count(self, query):
        where, parameters = self.where(query)
        ms, rows = self.timed(f"SELECT count(*) {where}", parameters)
        return ms, rows[0][0]

    def snippets(self, query):
        if query.operator == "all":
            return None
        where, parameters = self.where(query)
        best = self.db.execute(f"SELECT article.rowid {where} ORDER BY rank LIMIT {HITS}",
                               parameters).fetchall()
        wanted = ", ".join(str(row) for row, in best)
        ms, rows = self.timed(f"SELECT {SHOWN} FROM article WHERE article MATCH ? "
                              f"AND rowid IN ({wanted})", (match(query),))
        return ms, len(rows)


def main(command, path, file, passes="1", seconds="1"):
    if command in ("build", "update"):
        return write(path, file)
    reader = Reader(path)
    with open(file, encoding="utf-8") as lines:
        asked = [queries.parse(line) for line in lines]
    modes = {"top": reader.top, "count": reader.count, "snippets": reader.snippets}
    return timing.time_modes(modes, asked, int(passes), float(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
