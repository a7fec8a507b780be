"""From a press of the mouse to the pixels that answer it; see README.md for the method.

  python3 tests/bench/clicks.py                                our pane, direct beside the way through a node's sshd
  python3 tests/bench/clicks.py --right guzheng                A/A
  python3 tests/bench/clicks.py --right guzheng --added-buffer 50     control: the right one gets every byte of the phone 50 ms later
"""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from latency import one_run, percentile
from stand import bin_folder


def first_paintings(paint_log):
    """Monotonic µs at which each new number was painted first; a page that is painted again keeps its number."""
    first = {}
    for line in paint_log.read_text().splitlines():
        counter, when, _ = line.split()
        first.setdefault(int(counter), int(when))
    return sorted(first.values())


def clicks_of(sides, options, env, folder):
    """One side after the other, `--clicks` each: rows of (label, side, whole ms, way to the phone's painting ms, way back ms)."""
    rows = []
    for place, side in enumerate(sorted(sides, key=lambda side: side.place[0])):
        done = subprocess.run([bin_folder() / "bench_clicker", "--clicks", str(options.clicks), "--pane", str(place), "--panes", str(len(sides)),
                               "--find-limit", "90"], env=env, capture_output=True, text=True)
        if done.returncode != 0:
            subprocess.run(["import", "-window", "root", str(folder / "screen.png")], env=env)
            raise SystemExit(f"{done.stderr}: see {folder}/screen.png and the client.log files")
        clicks = [tuple(map(int, line.split()[2:])) for line in done.stdout.splitlines()]
        painted = first_paintings(side.paint_log)
        answered = [(pressed, seen) for pressed, seen in clicks if seen]
        ways = [(pressed, next((at for at in painted if at >= pressed), None), seen) for pressed, seen in answered]
        rows.append({"label": side.label, "side": "left" if side.place[0] == 0 else "right", "clicks": len(clicks), "seen": len(answered),
                     "whole": [(seen - pressed) / 1000 for pressed, seen in answered],
                     "there": [(at - pressed) / 1000 for pressed, at, seen in ways if at and at <= seen],
                     "back": [(seen - at) / 1000 for pressed, at, seen in ways if at and at <= seen]})
    return rows


def show(run, rows):
    for row in rows:
        if not row["whole"]:
            print(f"{run:>3}  {row['label']:<14} {row['side']:<5} no click was answered")
            continue
        print(f"{run:>3}  {row['label']:<14} {row['side']:<5} {row['seen']:>4}/{row['clicks']:<4} {percentile(row['whole'], .5):>8.1f} {percentile(row['whole'], .9):>8.1f}"
              f" {percentile(row['there'], .5):>10.1f} {percentile(row['back'], .5):>10.1f}     load average {os.getloadavg()[0]:.2f}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--left", default="guzheng", choices=["guzheng", "guzheng-ssh"])
    arguments.add_argument("--right", default="guzheng-ssh", choices=["guzheng", "guzheng-ssh", "none"])
    arguments.add_argument("--added-buffer", type=float, default=0, help="ms that the right client's adb bytes are held back")
    arguments.add_argument("--runs", type=int, default=3, help="each with the sides swapped")
    arguments.add_argument("--clicks", type=int, default=60)
    arguments.add_argument("--settle", type=float, default=8, help="seconds between start and measuring")
    arguments.add_argument("--fps", default="30")
    arguments.add_argument("--size", default="720x1280")
    options = arguments.parse_args()
    options.scene = "taps"
    kinds = [(options.left, 0)] + ([(options.right, options.added_buffer)] if options.right != "none" else [])
    print("run  client         side   seen/clicks  p50 ms   p90 ms  to phone p50  back p50")
    work = Path(tempfile.mkdtemp(prefix="guzheng-clicks."))
    collected = {}
    for run in range(1, options.runs + 1):
        rows = one_run(kinds if run % 2 else kinds[::-1], options, work / f"run{run}", clicks_of)
        show(run, rows)
        for row in rows:
            key = row["label"] if options.left != options.right or options.added_buffer else f"{row['label']} {row['side']}"
            collected.setdefault(key, []).append(row)
    print("\nmedian of the runs")
    for label, rows in collected.items():
        print(f"     {label:<20} p50 {statistics.median(percentile(row['whole'], .5) for row in rows):.1f} ms   "
              f"p90 {statistics.median(percentile(row['whole'], .9) for row in rows):.1f} ms")
    shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
