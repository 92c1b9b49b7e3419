"""The engines that are compared: how each is built, updated and asked. All of them are driven as
processes; a peer that is not installed says what is missing."""
import glob
import json
import os
import shutil
import sys

import measure
import queries
import sqlite_peer

HERE = os.path.dirname(os.path.abspath(__file__))


class Engine:
    name = ""
    package = ""  # what apt-get installs, when it is missing
    environment = None

    def __init__(self, folder, build):
        self.folder = os.path.join(folder, self.name)
        self.build_folder = build
        self.index = os.path.join(self.folder, "index")

    def missing(self):
        """Why the engine cannot take part; None when it can."""
        return None

    def prepare(self, text):
        """Empties the folder; what is done here is not measured."""
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)

    def build(self, text):
        return self.run(self.program("build", self.index, text), sample_memory=True)

    def update(self, text):
        return self.run(self.program("update", self.index, text))

    def query(self, asked, passes, seconds):
        """What bench_queries.c prints, of all queries."""
        path = self.query_file(asked)
        return self.run(self.program("query", self.index, path, str(passes), str(seconds))).output

    def cold(self):
        """Name -> argv of a query, for whole processes that answer one query."""
        return {"search": lambda query: self.program("search", self.index,
                                                     self.query_file([query]))}

    # ---- for the classes below ----

    def program(self, *arguments):
        raise NotImplementedError

    def run(self, argv, **options):
        return measure.run(argv, environment=self.environment, **options)

    def query_file(self, asked):
        path = os.path.join(self.folder, f"{asked[0].kind}-{len(asked)}.tsv".replace("/", "-"))
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(self.query_line(query) + "\n" for query in asked)
        return path

    def query_line(self, query):
        return query.line()


class Sitrep(Engine):
    name = "sitrep"

    def missing(self):
        for program in ("sitrep-index", "sitrep", "tests/bench/bench_queries"):
            if not os.path.exists(os.path.join(self.build_folder, program)):
                return f"{self.build_folder}/{program} is not built"
        return None

    def path(self, program):
        return os.path.join(self.build_folder, program)

    def index_command(self, text):
        return [self.path("sitrep-index"), "--quiet", "--index", self.index, text]

    def build(self, text):
        return self.run(self.index_command(text), sample_memory=True)

    def update(self, text):
        return self.run(self.index_command(text))

    def query(self, asked, passes, seconds):
        return self.run([self.path("tests/bench/bench_queries"), self.index,
                         self.query_file(asked), str(passes), str(seconds)]).output

    def query_line(self, query):
        return query.kind + "\t" + queries.for_sitrep(query)

    def articles(self):
        info = self.run([self.path("sitrep"), "info", "--index", self.index, "--format", "json"])
        return json.loads(info.output)["articles"]

    def cold(self):
        def ask(command, *options):
            return lambda query: [self.path("sitrep"), command, "--index", self.index,
                                  queries.for_sitrep(query), *options]
        json_ = ("--format", "json")
        return {"search": ask("search", "-n", "10", *json_),
                "search, all facets": ask("search", "-n", "10", "--facets", "all", *json_),
                "facets alone": ask("facets", *json_)}


class Sqlite(Engine):
    name = "SQLite"

    def program(self, *arguments):
        return [sys.executable, "-B", os.path.join(HERE, "sqlite_peer.py"), *arguments]

    def cold(self):
        """SQLite's own command line, not Python's start-up."""
        if shutil.which("sqlite3") is None:
            return {}
        return {"search": lambda query: ["sqlite3", self.index, sqlite_peer.search(query)]}


class Lucene(Engine):
    name = "Lucene"
    package = "liblucene8-java openjdk-17-jdk-headless"
    JARS = ("core", "analyzers-common", "facet", "highlighter", "queries", "memory")

    def missing(self):
        for program in ("java", "javac"):
            if shutil.which(program) is None:
                return f"there is no {program}"
        for jar in self.JARS:
            if not self.jar(jar):
                return f"there is no lucene-{jar} 8 in /usr/share/java"
        return None

    def jar(self, name):
        return glob.glob(f"/usr/share/java/lucene-{name}-8*.jar")[:1]

    def class_path(self):
        return ":".join([self.classes(), *(path for jar in self.JARS for path in self.jar(jar))])

    def classes(self):
        return os.path.join(os.path.dirname(self.folder), "classes")

    def prepare(self, text):
        super().prepare(text)
        if not os.path.exists(self.classes()):
            sources = glob.glob(os.path.join(HERE, "lucene", "*.java"))
            self.run(["javac", "-d", self.classes(), "-cp", self.class_path(), *sources])

    def program(self, *arguments):
        return ["java", "-Xmx512m", "-cp", self.class_path(), "LucenePeer", *arguments]


class Groonga(Engine):
    name = "Groonga"
    package = "groonga-bin"

    def missing(self):
        return None if shutil.which("groonga") else "there is no groonga"

    def program(self, command, index, *arguments):
        os.makedirs(index, exist_ok=True)
        return [sys.executable, "-B", os.path.join(HERE, "groonga_peer.py"), command,
                os.path.join(index, "db"), *arguments]

    def cold(self):
        return {}  # its server is what it is made for


class Omega(Engine):
    """Xapian's own programs: scriptindex and the CGI program omega on the command line."""
    name = "Omega"
    package = "xapian-omega xapian-tools"
    OMEGA = "/usr/lib/cgi-bin/omega/omega"
    SLICE = 10000
    SCRIPT = """id : unique=Q boolean=Q field
title : index=S index field
body : index field
date : field date=yyyymmdd
source : boolean=XSOURCE field
lang : boolean=L field
country : boolean=N field
actor : boolean=XACTOR field
place : boolean=XPLACE field
event_type : boolean=XEVENT field
topic : boolean=K field
"""
    TEMPLATE = """$setmap{prefix,title,S}$set{stemmer,english}$msize matches
$hitlist{$field{title}
$snippet{$field{body}}
}"""

    def missing(self):
        for program in ("scriptindex", "xapian-compact", "xapian-delve", self.OMEGA):
            if shutil.which(program) is None:
                return f"there is no {program}"
        return None

    def file(self, name):
        return os.path.join(self.folder, name)

    def prepare(self, text):
        super().prepare(text)
        self.environment = {"OMEGA_CONFIG_FILE": self.file("omega.conf")}
        for folder in ("data", "templates", "log", "slices"):
            os.mkdir(self.file(folder))
        self.index = self.file("data/articles")
        with open(self.file("omega.conf"), "w", encoding="utf-8") as conf:
            conf.write(f"database_dir {self.file('data')}\ntemplate_dir {self.file('templates')}\n"
                       f"log_dir {self.file('log')}\n")
        with open(self.file("templates/bench"), "w", encoding="utf-8") as template:
            template.write(self.TEMPLATE)
        with open(self.file("script"), "w", encoding="utf-8") as script:
            script.write(self.SCRIPT)
        self.write_records(text, self.file("slices/{:04}"))

    def write_records(self, text, pattern):
        """The articles in scriptindex's form, so many a file."""
        self.files, out = [], None
        with open(text, encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % self.SLICE == 0:
                    self.files.append(pattern.format(len(self.files)))
                    if out:
                        out.close()
                    out = open(self.files[-1], "w", encoding="utf-8")
                out.write(record(json.loads(line)))
        out.close()

    def scriptindex(self, index, file):
        return self.run(["scriptindex", "--stemmer=english", index, self.file("script"), file],
                        sample_memory=True)

    def build(self, text):
        if len(self.files) == 1:
            return self.scriptindex(self.index, self.files[0])
        parts = [file + ".index" for file in self.files]
        usages = [self.scriptindex(part, file) for part, file in zip(parts, self.files)]
        usages.append(self.run(["xapian-compact", *parts, self.index], sample_memory=True))
        for part in parts:
            shutil.rmtree(part)
        return measure.Usage(sum(u.seconds for u in usages), sum(u.cpu_seconds for u in usages),
                             max(u.peak_bytes for u in usages), "")

    def update(self, text):
        self.write_records(text, self.file("slices/update{:04}"))
        return self.scriptindex(self.index, self.files[0])

    def query(self, asked, passes, seconds):
        return ""  # it answers one query a process

    def cold(self):
        def ask(query):
            joint = " OR " if query.operator == "or" else " AND "
            return [self.OMEGA, "DB=articles", "FMT=bench", "HITSPERPAGE=10",
                    "P=" + joint.join(query.words)]
        return {"search": ask}


def record(article):
    lines = []
    for name, value in article.items():
        for one in [value] if isinstance(value, str) else value:
            lines.append(f"{name}=" + one.replace("\n", "\n="))
    return "\n".join(lines) + "\n\n"


ALL = (Sitrep, Sqlite, Lucene, Groonga, Omega)
