#!/usr/bin/env python3
"""Checks the rooms of core/ against core/rooms.txt and the call rules of the architecture.

Prints one line per breach: file:line, what was found, and the reason the rule exists. Exit 1 on any breach.
With --self-test it proves on made-up lines that every rule can fail.
"""
import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


class Rule:
    """A pattern that may stand only in some places, with the reason."""

    def __init__(self, name, pattern, allowed, reason, sample):
        self.name, self.pattern, self.allowed, self.reason, self.sample = name, re.compile(pattern), allowed, reason, sample

    def breach(self, path, line):
        if self.pattern.search(line) and not any(path.startswith(a) for a in self.allowed):
            return f'{self.name}: only in {", ".join(self.allowed) or "no place"}. {self.reason}'
        return None


RULES = [
    Rule('Qt Widgets and printing', r'#\s*include\s*<(QtWidgets|QtPrintSupport|Q(Widget|Application|MainWindow|Dialog|Label|PushButton|PrintDialog|PrintPreviewDialog|Printer)\b)',
         ['ui/', 'app/'], 'Widgets elsewhere would pull a window into headless programs.', '#include <QWidget>'),
    Rule('Qt', r'#\s*include\s*<(Q[A-Z]|Qt[A-Z])', ['core/desk/', 'core/report/', 'core/training/', 'ui/', 'app/guzheng'],
         'Rooms without Qt build into the server and can be checked by the thread sanitizer.', '#include <QString>'),
    Rule('FFmpeg', r'#\s*include\s*[<"]lib(av|sw)\w+/', ['core/media/', 'core/training/'],
         'Foreign codecs stay behind the media room.', 'extern "C" { \n#include <libavformat/avformat.h>'),
    Rule('disc images', r'#\s*include\s*[<"](libisofs|libburn)', ['core/vault/disc_image.cpp'], 'One file knows the library that writes discs.',
         '#include <libisofs/libisofs.h>'),
    Rule('SQL', r'#\s*include\s*[<"](sqlite3|mysql|mariadb|SQLiteCpp)', ['core/sql/'], 'One room knows SQL.', '#include <sqlite3.h>'),
    Rule('clock', r'\b(clock_gettime|gettimeofday|system_clock::now|steady_clock::now|QDateTime::currentDateTime|QDateTime::currentMSecsSinceEpoch|std::time\(|\btime\(nullptr\))',
         ['core/base/clock'], 'Evidence times come from one Clock, which tests set by hand.', 'auto t = std::chrono::system_clock::now();'),
    Rule('randomness', r'\b(RAND_bytes|std::random_device|std::mt19937|arc4random|getrandom\(|QRandomGenerator)|core/base/random\.h',
         ['core/base/', 'core/central/leases.cpp', 'core/central/triggers.cpp', 'core/central/uploads.cpp', 'core/identity/', 'core/push/write_push', 'core/records/record_sync', 'core/registry/exchange_changes', 'core/registry/sensitive_key', 'core/seal/', 'core/store/', 'core/sync/work_link.cpp', 'app/guzheng-phone/'], 'Nonces and salts are drawn where they can be audited.', 'std::random_device d;'),
    Rule('event loops', r'\b(QEventLoop|processEvents\(|(?<!\w)sender\(\))', [], 'Nested loops and sender() make order of events a matter of luck.',
         'QEventLoop loop;'),
    Rule('singletons', r'\bstatic\s+\w+(::\w+)*\s*&\s*instance\(\)', [], 'What a class uses is handed to it.', 'static Foo& instance();'),
    Rule('translated text', r'(?<![\w:])tr\("|QCoreApplication::translate\(|QObject::tr\(', ['ui/', 'app/'], 'Sentences for people are made in ui and app.',
         'tr("x")'),
    Rule('ui asks no disk', r'\b(std::filesystem|fs)::(exists|is_\w+|\w*directory_\w+|remove\w*|rename|copy\w*|create_\w+|file_size|status)\b',
         ['core/', 'app/', 'tests/'], 'A disk that hangs would hang the window: the desk looks, ui shows.', 'std::filesystem::exists(path, ec);'),
    Rule('ui does no work', r'#\s*include\s*<(QFile|QTcpSocket|QProcess|QThread|QSqlDatabase|QNetworkAccessManager|QSaveFile|thread|fstream|sys/socket\.h)>',
         ['core/', 'app/', 'tests/'], 'ui/ shows values and forwards acts; the desk works.', '#include <QProcess>'),
]
# A rule that only binds ui/ is written the other way round: it may stand everywhere else.


def read_arrows(text):
    rooms = {}
    for raw in text.splitlines():
        line = raw.split('#')[0].strip()
        if not line:
            continue
        head, _, targets = line.partition(':')
        rooms[head.replace('[qt]', '').strip()] = set(targets.split()) | {'base'}
    return rooms


def room_breach(path, include, rooms):
    """core/A/x.cpp may include core/B/… only along an arrow A: B."""
    parts = path.split('/')
    if parts[0] == 'ui' and include.startswith('core/'):
        target = include.split('/')[1]
        if target not in ('desk', 'base'):
            return f'ui includes {include}: ui uses desk and plain values only, so that a page can be tested without evidence underneath.'
        return None
    if parts[0] != 'core' or len(parts) < 3 or not include.startswith('core/'):
        if parts[0] == 'core' and include.startswith(('ui/', 'app/', 'tests/')):
            return f'{path} includes {include}: core knows no window and no program.'
        return None
    here, target = parts[1], include.split('/')[1]
    if here == target:
        return None
    if here not in rooms:
        return f'room {here} is not in core/rooms.txt.'
    if target not in rooms[here]:
        return f'room {here} includes {include}, but core/rooms.txt has no arrow {here}: {target}. Add the arrow only if the data really goes that way.'
    return None


def check_line(path, line, rooms):
    found = [b for b in (r.breach(path, line) for r in RULES) if b]
    match = INCLUDE.match(line)
    if match:
        b = room_breach(path, match.group(1), rooms)
        if b:
            found.append(b)
    return found


def acyclic(rooms):
    state, cycles = {}, []

    def visit(room, trail):
        if state.get(room) == 'done':
            return
        if room in trail:
            cycles.append(' → '.join(trail + [room]))
            return
        for target in sorted(rooms.get(room, set()) - {room}):
            if target not in rooms:
                cycles.append(f'{room}: {target} is no room')
            else:
                visit(target, trail + [room])
        state[room] = 'done'

    rooms = {k: v - {'base'} if k == 'base' else v for k, v in rooms.items()}
    for room in rooms:
        visit(room, [])
    return cycles


def self_test(rooms):
    bad = []
    for rule in RULES:
        where = 'ui/x.cpp' if 'ui/' not in rule.allowed else 'core/session/x.cpp'
        if not any(check_line(where, l, rooms) for l in rule.sample.splitlines()):
            bad.append(f'rule "{rule.name}" let its sample through')
    if not check_line('core/custody/x.cpp', '#include "core/session/session.h"', rooms):
        bad.append('an arrow that is not there was let through')
    if check_line('core/session/x.cpp', '#include "core/custody/journal.h"', rooms):
        bad.append('an allowed arrow was refused')
    if not acyclic({'base': set(), 'a': {'b'}, 'b': {'a'}}):
        bad.append('a cycle was let through')
    return bad


def main():
    root = Path(__file__).resolve().parents[2]
    rooms = read_arrows((root / 'core/rooms.txt').read_text())
    breaches = acyclic(rooms)
    if '--self-test' in sys.argv:
        breaches += self_test(rooms)
    for top in ('core', 'ui', 'app'):
        for file in sorted((root / top).rglob('*')):
            if file.suffix not in ('.h', '.cpp'):
                continue
            path = file.relative_to(root).as_posix()
            for number, line in enumerate(file.read_text(encoding='utf-8').splitlines(), 1):
                code = line.split('//')[0] if '#include' not in line else line
                breaches += [f'{path}:{number}: {b}' for b in check_line(path, code, rooms)]
    for room in sorted(p.name for p in (root / 'core').iterdir() if p.is_dir()):
        if room not in rooms:
            breaches.append(f'core/{room} is a folder but no room of core/rooms.txt')
    for b in breaches:
        print(b)
    print(f'{len(rooms)} rooms, {len(RULES)} rules, {len(breaches)} breaches')
    return 1 if breaches else 0


if __name__ == '__main__':
    sys.exit(main())
