#!/usr/bin/env python3
"""Bad packages, each made from a good one and naming what every reader must say of it.

  vectors.py BIN [NAME...]     all of them, or those named
  vectors.py BIN --part K/N    every Nth of them, from the Kth on (from 1)

BIN holds sample_bag_tool, vector_tool and guzheng-evidence. Three readers look at each package: the program (guzheng-evidence verify),
tests/reader/reader.py, written from FORMAT.md alone, and resources/verify/verify.sh, stock tools only. All three must give the verdict
that the vector names, and the program the rule too. Where stock tools cannot see it, the vector says what verify.sh answers and why; those
are printed at the end and stand in FORMAT.md 10.1 and VERIFY.txt.
"""
import concurrent.futures
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import of_beside  # noqa: F401  each adds its vectors
import of_container  # noqa: F401
import of_content  # noqa: F401
import of_locked  # noqa: F401
import of_group  # noqa: F401
import of_long  # noqa: F401
import of_overrides  # noqa: F401
import of_reviews  # noqa: F401
import of_companions  # noqa: F401
import of_records  # noqa: F401
import of_station  # noqa: F401
import of_time  # noqa: F401
import of_vault  # noqa: F401
from case import CANNOT_TELL, DAMAGED, ROOT, VECTORS, Case, Packages


# ---- all three readers over all of them
def answers(case, bin_folder):
    programs = {"program": [bin_folder / "guzheng-evidence", "verify", "--json"], "reader": [sys.executable, ROOT / "tests/reader/reader.py"],
                "stock": ["bash", ROOT / "resources/verify/verify.sh"]}
    return {name: subprocess.run([*program, case.package, *case.roots], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
            for name, program in programs.items()}


def says(done, rule, code):
    if rule is None:
        return True
    value = json.loads(done.stdout)
    where = {DAMAGED: [f["rule"] for f in value["damage"]], CANNOT_TELL: value["missing"]}.get(code, value["incomplete"] + [f["rule"] for f in value["notes"]])
    return rule in where


def try_one(entry, packages, top):
    name, rule, code, base, stock, change = entry
    folder = top / "cases" / name
    folder.mkdir(parents=True)
    try:
        case = Case(packages, folder, base)
        change(case)
        done = answers(case, packages.bin)
    except subprocess.CalledProcessError as error:
        return f"FAIL {name}: {error} {error.stderr[-300:]}"
    wanted = {"program": code, "reader": code, "stock": stock[0] if stock else code}
    wrong = [who for who in done if done[who].returncode != wanted[who]]
    if not wrong and not says(done["program"], rule, code):
        wrong = ["program"]
    Case.open(folder)
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)
    said = " ".join(f"{who} {answer.returncode}" for who, answer in done.items())
    if not wrong:
        return f"ok   {name}: {said}"
    return f"FAIL {name}: {said}; wanted {wanted} {rule}\n" + "\n".join(f"  -- {who}\n{done[who].stdout[-1800:]}{done[who].stderr[-400:]}" for who in wrong)


def main():
    bin_folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    if chosen[:1] == ["--part"]:
        part, parts = map(int, chosen[1].split("/"))
        entries = VECTORS[part - 1::parts]
    else:
        entries = [v for v in VECTORS if not chosen or v[0] in chosen]
    with tempfile.TemporaryDirectory(prefix="guzheng-vectors-") as top:
        packages = Packages(Path(top), bin_folder)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = []
            for line in pool.map(lambda v: try_one(v, packages, Path(top)), entries):
                print(line, flush=True)
                results.append(line)
        for path in Path(top).rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
    print("what stock tools cannot see:")
    for name, rule, code, _, stock, _ in entries:
        if stock:
            print(f"  {name} ({rule}): {stock[1]}")
    failures = sum(line.startswith("FAIL") for line in results)
    print(f"{len(results)} packages, three readers, {failures} wrong")
    return 1 if failures or not results else 0


if __name__ == "__main__":
    sys.exit(main())
