#!/usr/bin/env python3
"""No two rooms define the same name: the linker would silently take one of them, or refuse only once a program needs both.

  check_symbols.py BUILD_FOLDER/core     looks at every libroom_*.a below it, as nm tells
  check_symbols.py --self-test FOLDER    shows first that a clash would be found
"""
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

STRONG = "TDBR"       # inline functions, templates and vtables are weak: the same in every room, by design


def defined(archive):
    return subprocess.run(["nm", "--demangle", "--defined-only", "--format=posix", archive], capture_output=True, text=True, check=True).stdout


def names(listing):
    for line in listing.splitlines():
        parts = line.rsplit(None, 3)          # name, kind, address, size; a name has blanks
        if len(parts) == 4 and len(parts[1]) == 1 and parts[1] in STRONG:
            yield parts[0]


def clashes(listings):
    """Name -> rooms that define it, where there are several."""
    found = defaultdict(set)
    for room, listing in listings.items():
        for name in names(listing):
            found[name].add(room)
    return {name: sorted(rooms) for name, rooms in found.items() if len(rooms) > 1}


def self_test():
    one = "guzheng::host_of(std::string const&) T 0000000000000000 0000000000000010\n"
    weak = "guzheng::Box::~Box() W 0000000000000000 0000000000000010\n"
    local = "guzheng::(anonymous namespace)::twice() t 0000000000000000 0000000000000010\n"
    assert list(names(one)) == ["guzheng::host_of(std::string const&)"]
    assert clashes({"a": one + weak + local, "b": weak + local + one}) == {"guzheng::host_of(std::string const&)": ["a", "b"]}
    assert clashes({"a": one, "b": weak + local}) == {}


def main():
    arguments = sys.argv[1:]
    if arguments and arguments[0] == "--self-test":
        self_test()
        arguments = arguments[1:]
    archives = sorted(Path(arguments[0]).rglob("libroom_*.a"))
    if len(archives) < 2:
        sys.exit(f"no rooms are built below {arguments[0]}")
    found = clashes({path.stem.removeprefix("libroom_"): defined(path) for path in archives})
    for name, rooms in sorted(found.items()):
        print(f"{name}: defined in {', '.join(rooms)}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
