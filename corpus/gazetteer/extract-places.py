#!/usr/bin/env python3
"""extract-places.py > places.tsv: cities and provinces of the world from Debian's libgeonames0.

Run by hand when the data change, never by make; needs the packages libgeonames0 and
libgeonames-common (set GEONAMES_ROOT to a folder into which they were unpacked). The data are
GeoNames' (https://www.geonames.org/, CC BY 4.0): cities of 15,000 people and more, with the first
level of administrative division, and their names in French, Spanish, Russian and Arabic."""

import ctypes
import json
import os
import subprocess
import sys

ROOT = os.environ.get("GEONAMES_ROOT", "")
LANGUAGES = ("en", "fr", "es", "ru", "ar")
# People that a city must have: where conflict news names small towns, elsewhere, and in countries
# whose small towns share their names with half the world.
CONFLICT = set("AF AL AM AO AZ BA BD BF BI BO CD CF CG CI CM CO CR CU CY DZ EC EG EH ER ET GE GN GT GW HN HR HT "
               "IL IQ IR JO KE KG KH KP LA LB LK LR LY MA MD ML MM MZ NE NG NI NP PA PE PH PK PS RS RW SD SL SN SO SS "
               "SV SY TD TG TJ TL TN TR UA UG UZ VE XK YE ZW".split())
RICH = set("AT AU BE CA CH CZ DE DK ES FI FR GB GR HU IE IT JP KR NL NO NZ PL PT SE TW US CN BR IN RU".split())
PEOPLE = {"conflict": 15000, "rich": 100000, "other": 40000}


def read(language):
    """The cities with names in one language: gettext takes it from the environment of a process."""
    if os.environ.get("LANGUAGE") != language:
        done = subprocess.run([sys.executable, __file__, language], check=True, capture_output=True,
                              env={**os.environ, "LANGUAGE": language, "LC_ALL": "C.UTF-8"})
        return json.loads(done.stdout)
    libc = ctypes.CDLL("libc.so.6")
    libc.setlocale(6, b"")
    libc.bindtextdomain(b"geonames", f"{ROOT}/usr/share/locale".encode())
    libc.bind_textdomain_codeset(b"geonames", b"UTF-8")
    path = f"{ROOT}/usr/lib/x86_64-linux-gnu/libgeonames.so.0" if ROOT else "libgeonames.so.0"
    library = ctypes.CDLL(path)
    library.geonames_get_city.restype = ctypes.c_void_p
    getters = []
    for name, kind in (("name", ctypes.c_char_p), ("state", ctypes.c_char_p), ("country_code", ctypes.c_char_p),
                       ("latitude", ctypes.c_double), ("longitude", ctypes.c_double), ("population", ctypes.c_uint)):
        getter = getattr(library, f"geonames_city_get_{name}")
        getter.restype, getter.argtypes = kind, [ctypes.c_void_p]
        getters.append(getter)
    cities = []
    for number in range(library.geonames_get_n_cities()):
        city = library.geonames_get_city(number)
        cities.append(["" if value is None else value.decode() if isinstance(value, bytes) else value for value in
                       (getter(city) for getter in getters)])
    return cities


def wanted(country, people):
    return people >= PEOPLE["conflict" if country in CONFLICT else "rich" if country in RICH else "other"]


def row(kind, country, names, latitude, longitude, people, province):
    others = "|".join(dict.fromkeys(name for name in names[1:] if name != names[0] and "|" not in name))
    return (country, kind != "province", -people, names[0],
            f"{kind}\t{country}\t{names[0]}\t{latitude:.2f}\t{longitude:.2f}\t{people}\t{province}\t{others}")


def main():
    if len(sys.argv) > 1:
        json.dump(read(sys.argv[1]), sys.stdout)
        return
    versions = [read(language) for language in LANGUAGES]
    rows, provinces = [], {}
    for same in zip(*versions):
        _, state, country, latitude, longitude, people = same[0]
        if state:
            province = provinces.setdefault((country, state), [[city[1] for city in same], 0, 0, 0, 0])
            province[4] += people
            if people >= province[3]:
                province[1:4] = latitude, longitude, people
        if wanted(country, people):
            rows.append(row("city", country, [city[0] for city in same], latitude, longitude, people, state))
    for (country, _), (names, latitude, longitude, _, people) in provinces.items():
        rows.append(row("province", country, names, latitude, longitude, people, ""))
    for line in sorted(rows):
        print(line[-1])


main()
