#!/usr/bin/env python3
"""Rejects malformed rows of corpus/gazetteer/actors.tsv; the head of that file says what is right.

Usage: actors.py [ACTORS.TSV [COUNTRIES.TSV]]; --count prints how many rows, aliases and kinds there
are. Prints FILE:LINE: what is wrong; exit status 1 when there was anything.
"""
import collections
import datetime
import os
import re
import sys
import unicodedata

KINDS = ("state-forces", "rebel-group", "political-militia", "identity-militia", "rioters",
         "protesters", "civilians", "external-other")
LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
           "ı": "i", "ŧ": "t", "ŋ": "n", "ə": "a", "ё": "е", "ـ": "", "ى": "ي", "ی": "ي",
           "ک": "ك", "ة": "ه", "ٱ": "ا"}
FOLDS = re.compile("[a-z\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff"  # Latin, Greek
                   "\u0590-\u06ff\u0750-\u077f]")                 # Hebrew, Arabic
VANISH = set(".'`\u2018\u2019\u02bb\u02bc")


def is_accent(char):
    code = ord(char)
    if 0x300 <= code <= 0x36F:
        return True
    return (0x591 <= code <= 0x6ED and unicodedata.category(char) == "Mn")


def fold_name(text):
    """What fold_name() of corpus/fold.c makes of `text`."""
    cased = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    bare = []
    for char in cased:
        if is_accent(char):
            continue
        if char in LETTERS:
            bare.append(LETTERS[char])
        elif FOLDS.match(char):
            bare += [LETTERS.get(c, c) for c in unicodedata.normalize("NFD", char)
                     if not is_accent(c)]
        else:
            bare.append(char)
    key = []
    for char in "".join(bare):
        if char in VANISH:
            continue
        keep = char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")
        key.append(char if keep else " ")
    return " ".join("".join(key).split())


def read_countries(path):
    """Returns the alpha-2 codes, and the folded names and codes that name countries."""
    codes, names = set(), set()
    for line in open(path, encoding="utf-8"):
        if line.startswith("#"):
            continue
        fields = line.rstrip("\n").split("\t")
        codes.add(fields[0])
        names.update(fold_name(n) for n in [fields[0], fields[1], fields[5]] + fields[6].split("|"))
    names.discard("")
    return codes, names


def split_mark(alias):
    """Returns the mark in front of an alias and the alias without it."""
    mark = re.match("=?[?]?", alias).group()
    return mark, alias[len(mark):]


def parts_of(name):
    """The aliases that a canonical name is by itself."""
    return name.split(": ", 1) if ": " in name else [name]


def scripts_of(word):
    found = set()
    for char in word:
        if char.isalpha():
            found.add(unicodedata.name(char, "?").split()[0])
    return found


class Checker:
    def __init__(self, path, countries_path):
        self.path = path
        self.line = 0
        self.bad = 0
        self.codes, self.country_names = read_countries(countries_path)
        self.names = {}                            # folded canonical name -> line
        self.uses = collections.defaultdict(list)  # folded alias -> [(line, mark, alias)]
        self.kinds = collections.Counter()
        self.aliases = 0

    def complain(self, what, line=None):
        print(f"{self.path}:{line or self.line}: {what}")
        self.bad += 1

    def check_text(self, text):
        if unicodedata.normalize("NFC", text) != text:
            self.complain("not in Unicode's form NFC")
        for char in text:
            if char != "\t" and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp"):
                self.complain(f"control or invisible character U+{ord(char):04X}")
                break
        if "\u00a0" in text:
            self.complain("no-break space")

    def check_value(self, what, text):
        if text != text.strip() or "  " in text:
            self.complain(f"{what} {text!r} has stray blanks")
        if not fold_name(text):
            self.complain(f"{what} {text!r} has no letter or digit")
        for word in re.findall(r"\w+", text):
            if len(scripts_of(word) & {"LATIN", "CYRILLIC", "GREEK"}) > 1:
                self.complain(f"{what} {text!r} mixes alphabets in one word")

    def check_years(self, start, end):
        this_year = datetime.date.today().year
        for what, year in (("from", start), ("to", end)):
            if year and not (re.fullmatch("[0-9]{4}", year) and int(year) <= this_year):
                self.complain(f"{what} {year!r} is no year")
                return
        if end and int(end) < 1945:
            self.complain(f"ended in {end}; the file begins in 1945")
        if start and end and start > end:
            self.complain(f"ends in {end} before it begins in {start}")

    def check_alias(self, mark, alias, seen, has_context):
        self.check_value("alias", alias)
        key = fold_name(alias)
        if alias[:1] in "?=":
            self.complain(f"alias {mark + alias!r}: the marks are ?, = and =?")
        if key in seen:
            self.complain(f"alias {alias!r} repeats {seen[key]!r}")
        seen[key] = alias
        if "=" in mark and alias != alias.upper():
            self.complain(f"alias {alias!r} is marked = but is not in capitals")
        if "?" in mark and not has_context:
            self.complain(f"alias {alias!r} is marked ? but no country or other alias can support it")
        if not mark and len(key) < 3 and key.isascii():
            self.complain(f"alias {alias!r} is too short to stand without = or ?")
        if "?" not in mark and "=" not in mark and key in self.country_names:
            self.complain(f"alias {alias!r} is the name or code of a country")
        self.uses[key].append((self.line, mark, alias))
        self.aliases += 1

    def check_row(self, fields):
        name, kind, countries, start, end, aliases = fields
        self.check_value("name", name)
        if "|" in name or name[:1] in "?=":
            self.complain(f"name {name!r} holds a mark")
        if name.count(":") > 1 or (":" in name and not re.match(r"[^: ]+(?: [^: ]+)*: [^: ]", name)):
            self.complain(f"name {name!r} should be 'ACRONYM: Name' or have no colon")
        key = fold_name(name)
        if key in self.names:
            self.complain(f"name {name!r} repeats line {self.names[key]}")
        self.names[key] = self.line

        if kind not in KINDS:
            self.complain(f"kind {kind!r} is none of ACLED's eight")
        self.kinds[kind] += 1
        codes = countries.split("|") if countries else []
        for code in codes:
            if code not in self.codes:
                self.complain(f"country {code!r} is not in countries.tsv")
        if len(set(codes)) < len(codes):
            self.complain("a country is repeated")
        self.check_years(start, end)

        listed = [split_mark(a) for a in aliases.split("|")] if aliases else []
        marked = {fold_name(a): (m, a) for m, a in listed if m}
        parts = [marked.get(fold_name(p), ("", p)) for p in parts_of(name)]
        part_keys = {fold_name(p) for _, p in parts}
        for mark, alias in listed:
            if not mark and fold_name(alias) in part_keys:
                self.complain(f"alias {alias!r} is part of the name: leave it out or mark it")
        if len(marked) < sum(1 for m, _ in listed if m):
            self.complain("a marked alias is repeated")
        everything = parts + [(m, a) for m, a in listed if fold_name(a) not in part_keys]
        has_context = bool(codes) or any("?" not in m for m, _ in everything)
        seen = {}
        for mark, alias in everything:
            self.check_alias(mark, alias, seen, has_context)

    def check_file(self):
        in_head = True
        with open(self.path, "rb") as file:
            data = file.read()
        if not data.endswith(b"\n"):
            self.complain("the last line has no end", data.count(b"\n") + 1)
        for self.line, raw in enumerate(data.split(b"\n")[:-1], 1):
            try:
                text = raw.decode("utf-8")
            except UnicodeDecodeError:
                self.complain("not UTF-8")
                continue
            self.check_text(text)
            if text.startswith("#"):
                continue
            if in_head and self.line == 1:
                self.complain("the file begins with comments that document it")
            in_head = False
            fields = text.split("\t")
            if len(fields) != 6:
                self.complain(f"{len(fields)} fields in place of 6")
            else:
                self.check_row(fields)
        for uses in self.uses.values():
            if len(uses) > 1 and not all("?" in mark for _, mark, _ in uses):
                lines = ", ".join(str(line) for line, _, _ in uses)
                self.complain(f"alias {uses[0][2]!r} is shared by lines {lines}: mark each with ?",
                              uses[0][0])


def main():
    args = [a for a in sys.argv[1:] if a != "--count"]
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    folder = os.path.join(root, "corpus", "gazetteer")
    checker = Checker(args[0] if args else os.path.relpath(os.path.join(folder, "actors.tsv")),
                      args[1] if len(args) > 1 else os.path.join(folder, "countries.tsv"))
    checker.check_file()
    if "--count" in sys.argv:
        print(f"{len(checker.names)} rows, {checker.aliases} aliases,",
              ", ".join(f"{kind} {checker.kinds[kind]}" for kind in KINDS))
    return 1 if checker.bad else 0


if __name__ == "__main__":
    sys.exit(main())
