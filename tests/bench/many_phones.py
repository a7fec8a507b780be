#!/usr/bin/env python3
"""Several phones side by side under one order: frames shown, packets recorded, latency, CPU and memory; see README.md for the method.

  dbus-run-session -- /usr/bin/python3 tests/bench/many_phones.py PROGRAM [--phones 8] [--fps 15] [--seconds 20] [--screenshot FILE]

PROGRAM is `guzheng`; guzheng-phone and bench_poller are looked for beside it, bench_poller else in GUZHENG_BIN.
"""
import argparse
import contextlib
import os
import pathlib
import statistics
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / 'training'), str(TESTS / 'gui')]
from bench import Bench  # noqa: E402
from stand import Atspi, Stand, wait_for  # noqa: E402

TICKS = os.sysconf('SC_CLK_TCK')


def resident_mib(pid):
    for line in pathlib.Path(f'/proc/{pid}/status').read_text().splitlines():
        if line.startswith('VmRSS:'):
            return int(line.split()[1]) / 1024
    return float('nan')


def cpu_seconds(pid):
    fields = pathlib.Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def share(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))] if values else float('nan')


def lines_of(path, fields):
    return [line.split() for line in path.read_text().splitlines() if len(line.split()) == fields]


class Painted:
    """One phone's own word: number → µs of its painting; packets that it sent, without configuration."""

    def __init__(self, folder, number):
        self.paint, self.packets = folder / f'paint-{number}', folder / f'packets-{number}'

    def arguments(self):
        return ['--paint-log', str(self.paint), '--packet-log', str(self.packets)]

    def numbers(self):
        return {int(counter): int(when) for counter, when, _ in lines_of(self.paint, 3)}

    def sent(self):
        return sum(1 for line in lines_of(self.packets, 4) if line[2] != 'config')


def recorded(vault):
    """Packets of each open bag: each is a fragment of its own in the film."""
    return [sum(film.read_bytes().count(b'moof') for film in sorted((bag / 'data/main').glob('rec-*.mp4'))) for bag in sorted((vault / 'open').iterdir()) if bag.is_dir()]


def belongs_to(seen, phones):
    """Which phone a pane shows: that whose paintings lie shortly before what was seen."""
    def distance(numbers):
        late = [when - numbers[value] for value, when in seen if value in numbers]
        return statistics.median(late) if late and statistics.median(late) > 0 else float('inf')
    return min(range(len(phones)), key=lambda i: distance(phones[i]))


def measure(stand, options, phones, pid):
    poller = next(p for p in (pathlib.Path(options.program).parent / 'bench_poller', pathlib.Path(os.environ.get('GUZHENG_BIN', '.')) / 'bench_poller') if p.exists())
    process = subprocess.Popen([str(poller), '--panes', str(options.phones), '--seconds', str(options.seconds), '--find-limit', '120', '--step-us', '2000'],
                               env=stand.env, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().startswith('first'), 'the panes were not found'
    for _ in range(options.phones):
        process.stdout.readline()
    if options.screenshot:
        subprocess.run(['import', '-window', 'root', options.screenshot], env=stand.env)
    begin, used = time.monotonic(), cpu_seconds(pid)
    text = process.stdout.read().splitlines()
    elapsed, used = time.monotonic() - begin, cpu_seconds(pid) - used
    process.wait()
    numbers = [phone.numbers() for phone in phones]
    rows = []
    for pane in range(options.phones):
        seen = [(int(line.split()[2]), int(line.split()[3])) for line in text if line.startswith(f'seen {pane} ')][1:]
        phone = belongs_to(seen, numbers)
        late = [(when - numbers[phone][value]) / 1000 for value, when in seen if value in numbers[phone]]
        span = sum(1 for when in numbers[phone].values() if seen[0][1] - 1e5 <= when <= seen[-1][1]) if seen else 0
        rows.append((phone, len(late), span, share(late, .5), share(late, .9)))
    return rows, 100 * used / elapsed, text[-1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('program')
    arguments.add_argument('--phones', type=int, default=8)
    arguments.add_argument('--fps', default='15')
    arguments.add_argument('--seconds', type=float, default=20)
    arguments.add_argument('--settle', type=float, default=8)
    arguments.add_argument('--screen', default='1920x1200')
    arguments.add_argument('--screenshot')
    options = arguments.parse_args()
    program = pathlib.Path(options.program).resolve()
    with contextlib.closing(Bench(str(program.parent / 'guzheng-phone'))) as bench, Stand(program, size=options.screen, out=os.environ.get('GUZHENG_SHOTS')) as stand:
        phones = [Painted(pathlib.Path(bench.folder), i) for i in range(options.phones)]
        for phone in phones:
            bench.phone('--scene', 'counter', '--fps', options.fps, *phone.arguments()).connect()
        stand.open('--adb', f'127.0.0.1:{bench.port}', '--vault', str(stand.root / 'vault'))
        stand.press('并行取证')
        marks = wait_for('all phones in the list', lambda: (lambda all: all if len(all) == options.phones else None)(
            [n for n in stand.all() if n.get_role_name() == 'check box' and (n.get_name() or '').startswith('参加 ')]))
        for mark in marks:                         # no more than one row of cards is marked beforehand
            if not mark.get_state_set().contains(Atspi.StateType.CHECKED):
                stand.press(mark.get_name())
        stand.wait_enabled('开始并行取证')
        stand.press('开始并行取证')
        wait_for('all are recorded', lambda: len(recorded(stand.root / 'vault')) == options.phones and all(count > 5 for count in recorded(stand.root / 'vault')), 120)
        time.sleep(options.settle)
        rows, cpu, polls = measure(stand, options, phones, stand.process.pid)
        kept, sent = sum(recorded(stand.root / 'vault')), sum(phone.sent() for phone in phones)
        print(f'{options.phones} phones x {options.fps} fps, load average {os.getloadavg()[0]:.2f}, {polls}')
        print('phone  shown/painted      %   p50 ms   p90 ms')
        for phone, shown, painted, p50, p90 in sorted(rows):
            print(f'{phone:>5}  {shown:>6}/{painted:<6} {100 * shown / max(1, painted):>6.1f} {p50:>8.1f} {p90:>8.1f}')
        shown, painted = sum(row[1] for row in rows), sum(row[2] for row in rows)
        print(f'  all  {shown:>6}/{painted:<6} {100 * shown / max(1, painted):>6.1f} {"":>8} {max(row[4] for row in rows):>8.1f} (most)')
        print(f'packets: {kept} in the films when the phones had sent {sent} (one a phone is always on its way); CPU of the window {cpu:.0f} % of a core; resident {resident_mib(stand.process.pid):.0f} MiB')


if __name__ == '__main__':
    main()
