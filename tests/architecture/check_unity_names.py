#!/usr/bin/env python3
"""Names in the nameless namespaces of one target are unique, and none repeats a type of a public header.

The tested and the released programs are unity builds: several .cpp files are one translation unit, so two files that each call a
constant `kPiece` or a struct `Secret` no longer build there, while they do file by file. This finds it in a second, without a compiler.
It reads types, constants and functions that begin a line; what is nested or made by a macro it does not see.
--self-test proves that each kind is found.
"""
import re
import sys
from collections import defaultdict
from pathlib import Path

TYPE = re.compile(r'^(?:struct|class|enum(?: class)?)\s+(\w+)[^;]*\{')
CONSTANT = re.compile(r'^(?:inline |static )?(?:constexpr|const)\s+[\w:<>, *]+?\s[*&]?(\w+)(?:\[\w*\])?\s*[={]')
MORE_CONSTANTS = re.compile(r',\s*(k[A-Z]\w*)\s*[={]')
FUNCTION = re.compile(r'^(?!return|else|case)(?:[\w:<>,&*\[\]]+\s)+[*&]?(\w+)\(([^()]*)\)\s*(?:noexcept\s*)?\{')
USING = re.compile(r'^using\s+(\w+)\s*=')


def spelt(parameters):
    """The types of a parameter list, without names and defaults: what tells two overloads apart."""
    types = [re.sub(r'\s*=.*', '', p).strip() for p in parameters.split(',')]
    return ', '.join(re.sub(r'(?<=[\w&*>])\s+\w+$|(?<=[&*])\w+$', '', t) for t in types)


def nameless_names(lines):
    """Names that begin a line between `namespace {` and its closing brace: (name, line number)."""
    inside = False
    for number, line in enumerate(lines, 1):
        if re.match(r'^namespace \{', line):
            inside = True
        elif re.match(r'^\}\s*// namespace$|^\}$', line) and inside and '// namespace' in line:
            inside = False
        elif inside:
            for pattern in (TYPE, CONSTANT, USING):
                if match := pattern.match(line):
                    yield match.group(1), number
            if CONSTANT.match(line):
                yield from ((name, number) for name in MORE_CONSTANTS.findall(line))
            if match := FUNCTION.match(line):
                yield f'{match.group(1)}({spelt(match.group(2))})', number


def target_of(path):
    parts = path.split('/')
    return '/'.join(parts[:2]) if parts[0] in ('core', 'app') and len(parts) > 2 else parts[0]


def public_types(files):
    """Types of headers of core/base, which every file includes: name → where."""
    found = {}
    for path, lines in files:
        if path.startswith('core/base/') and path.endswith('.h'):
            found.update({m.group(1): f'{path}:{n}' for n, line in enumerate(lines, 1) if (m := TYPE.match(line))})
    return found


def breaches(files):
    seen, public, out = defaultdict(dict), public_types(files), []
    for path, lines in files:
        if not path.endswith('.cpp'):
            continue
        for name, number in nameless_names(lines):
            where = f'{path}:{number}'
            first = seen[target_of(path)].setdefault(name, where)
            if first.split(':')[0] != path:
                out.append(f'{where}: {name} is also at {first}: in a unity build both stand in one file. Give one a name that says what it is.')
            if name in public:
                out.append(f'{where}: {name} is also the type at {public[name]}: whoever includes it no longer knows which is meant.')
    return out


def self_test():
    one = ('core/vault/a.cpp', ['namespace {', 'constexpr int kA = 1, kPiece = 2;', 'bool same(const T& a, int b) {', '}', 'struct Row {',
                                'using Name = int;', '}  // namespace'])
    bad = []
    for line, name in (('constexpr std::uint64_t kPiece = 3;', 'kPiece'), ('bool same(const T& x, int y = 1) {', 'same'), ('struct Row {', 'Row'),
                       ('struct Secret {', 'Secret'), ('using Name = long;', 'Name')):
        other = ('core/vault/b.cpp', ['namespace {', line, '}  // namespace'])
        header = ('core/base/secret.h', ['class Secret {'])
        if not any(name in b for b in breaches([header, one, other])):
            bad.append(f'self-test: {line} was let through')
    if breaches([one, ('core/vault/b.cpp', ['namespace {', 'bool same(const U& a, int b) {', '}  // namespace', 'constexpr int kPiece = 1;'])]):
        bad.append('self-test: an overload or a name outside was refused')
    if breaches([one, ('core/seal/a.cpp', one[1])]):
        bad.append('self-test: the same name in another target was refused')
    return bad


def main():
    root = Path(__file__).resolve().parents[2]
    files = [(f.relative_to(root).as_posix(), f.read_text(encoding='utf-8').splitlines())
             for top in ('core', 'ui', 'app') for f in sorted((root / top).rglob('*')) if f.suffix in ('.h', '.cpp')]
    found = breaches(files) + (self_test() if '--self-test' in sys.argv else [])
    print('\n'.join(found + [f'{len(files)} files, {len(found)} breaches']))
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
