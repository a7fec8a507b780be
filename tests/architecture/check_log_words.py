#!/usr/bin/env python3
"""Every kind of line that any program writes into the operation log has words in page 操作日志 (A-6.4a: officers read
it). Kinds that only older versions wrote keep theirs. The central server's access log has the same line form and is no station's log:
no window shows it.

    check_log_words.py [--self-test]
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = 'ui/oplog/log_page.cpp'
ELSEWHERE = ('core/central/', 'app/guzheng-central/')
KIND = re.compile(r'"(op\.[a-z0-9-]+)"')


def written(sources):
    out = {}
    for name, text in sources.items():
        if name == PAGE or name.startswith(ELSEWHERE):
            continue
        for kind in KIND.findall(text):
            out.setdefault(kind, name)
    return out


def worded(page):
    table = page[page.index('QString LogModel::kind_word'):]
    table = table[:table.index('};')]
    return set(re.findall(r'\{"(op\.[a-z0-9-]+)", QT_TR_NOOP\("[^"]+"\)\}', table))


def problems(sources):
    kinds, words = written(sources), worded(sources[PAGE])
    return [f'{where}: {kind} has no words in {PAGE}' for kind, where in sorted(kinds.items()) if kind not in words]


def self_test():
    page = 'QString LogModel::kind_word(x) { words[] = { {"op.a", QT_TR_NOOP("甲")}, {"op.b", QT_TR_NOOP("乙")} }; }'
    assert problems({PAGE: page, 'core/x.cpp': 'append("op.a"); append("op.b")'}) == []
    assert problems({PAGE: page, 'core/central/x.cpp': 'append("op.c-d")'}) == []
    assert problems({PAGE: page, 'core/x.cpp': 'append("op.a"); append("op.b"); append("op.c-d")'}) == [f'core/x.cpp: op.c-d has no words in {PAGE}']


def main():
    if '--self-test' in sys.argv:
        self_test()
    sources = {str(p.relative_to(ROOT)): p.read_text() for folder in ('core', 'app', 'ui') for p in sorted((ROOT / folder).rglob('*')) if p.suffix in ('.cpp', '.h')}
    found = problems(sources)
    print('\n'.join(found) or f'{len(written(sources))} kinds, all with words')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
