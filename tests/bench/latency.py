"""Paint-to-pixels latency and CPU per frame of live panes; see README.md for the method.

  python3 tests/bench/latency.py                                  our pane beside ffplay's, three side-swapped runs
  python3 tests/bench/latency.py --right guzheng                  A/A: our pane twice in the same run
  python3 tests/bench/latency.py --right guzheng-ssh              direct beside the way through a node's sshd
  python3 tests/bench/latency.py --right guzheng --added-buffer 50    control: the right one gets every byte 50 ms later
  python3 tests/bench/latency.py --right command --client-command 'scrcpy -s {serial} --no-audio --window-x {x} --window-y {y}'
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "program"))
from clients import Client, Ffplay, Guzheng, GuzhengOverSsh  # noqa: E402
from delay_proxy import DelayProxy  # noqa: E402
from display import Xvfb  # noqa: E402
from stand import AdbServer, Phone, bin_folder  # noqa: E402

HALF = 1640                                     # each client's half of the screen, pixels: room for a pane of about 720x1280
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_ticks(pid):
    """CPU of a process and its children now, by thread: {(pid, thread name): ticks}."""
    ticks, todo = {}, [pid]
    while todo:
        process = todo.pop()
        for task in Path(f"/proc/{process}/task").glob("*"):
            try:
                head, _, rest = (task / "stat").read_text().rpartition(")")
                todo += [int(child) for child in (task / "children").read_text().split()]
            except (OSError, ValueError):
                continue
            fields = rest.split()
            name = head.partition("(")[2]
            ticks[name] = ticks.get(name, 0) + int(fields[11]) + int(fields[12])
    return ticks


class Side:
    """One client with its phone, adb server and place."""

    def __init__(self, kind, buffer_ms, place, options, folder, env):
        self.kind, self.folder, self.buffer_ms = kind, folder, buffer_ms
        folder.mkdir()
        self.paint_log = folder / "paint.log"
        self.label = kind + (f"+{buffer_ms:g}ms" if buffer_ms else "")
        self.phone = self.adb = self.proxy = self.client = None
        self.adb = AdbServer(folder)
        self.phone = Phone(bin_folder() / "guzheng-phone", folder, "phone",
                           ["--scene", getattr(options, "scene", "counter"), "--fps", options.fps, "--size", options.size, "--paint-log", self.paint_log, "--packet-log", folder / "packets.log"])
        self.adb.connect(self.phone)
        port = self.adb.port
        if buffer_ms:
            self.proxy = DelayProxy(port, buffer_ms)
            port = self.proxy.port
        self.place = place
        if kind == "ffplay":
            self.client = Ffplay(place, port, self.phone.serial, folder, env)
        elif kind in ("guzheng", "guzheng-ssh"):
            packets = folder / "packets.log"
            program, ours = bin_folder("guzheng") / "guzheng", GuzhengOverSsh if kind == "guzheng-ssh" else Guzheng
            self.client = ours(program, place, self.adb if kind == "guzheng-ssh" else port, self.phone.serial, folder, env,
                               lambda: packets.exists() and packets.stat().st_size > 1000)
        else:
            self.client = Client(options.client_command, place, port, self.phone.serial, folder, env)

    def painted(self):
        """Counter → monotonic µs of its painting."""
        return {int(line.split()[0]): int(line.split()[1]) for line in self.paint_log.read_text().splitlines()
                if len(line.split()) == 3}

    def close(self):
        for part in (self.client, self.proxy):
            if part:
                part.close()
        for part in (self.phone, self.adb):
            if part:
                part.end()


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def measure(sides, options, env, folder):
    """Polls all panes for options.seconds; rows of results by side."""
    command = [bin_folder() / "bench_poller", "--panes", str(len(sides)), "--seconds", str(options.seconds), "--find-limit", "90"]
    poller = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
    poller.stdout.readline()                                                     # first …
    lines = [poller.stdout.readline().split() for _ in sides]
    if any(not line or line[0] != "pane" for line in lines):
        poller.wait()
        subprocess.run(["import", "-window", "root", str(folder / "screen.png")], env=env)
        raise SystemExit(f"the panes were not found on the screen: see {folder}/screen.png and the client.log files")
    if options.screenshot:
        subprocess.run(["import", "-window", "root", options.screenshot], env=env)
    before, begin = [cpu_ticks(side.client.pid) for side in sides], time.monotonic()
    text = poller.stdout.read()
    elapsed = time.monotonic() - begin
    after = [cpu_ticks(side.client.pid) for side in sides]
    poller.wait()
    panes = [tuple(map(int, line[2:])) for line in lines]
    order = sorted(range(len(sides)), key=lambda index: sides[index].place[0])
    return [result(sides[side], pane, [line.split() for line in text.splitlines()], index, before[side], after[side], elapsed)
            for index, (pane, side) in enumerate(zip(panes, order))], text.splitlines()[-1]


def result(side, pane, lines, index, before, after, elapsed):
    painted = side.painted()
    seen = [(int(line[2]), int(line[3])) for line in lines if line[0] == "seen" and int(line[1]) == index][1:]
    late = [(when - painted[value]) / 1000 for value, when in seen if value in painted]
    used = {name: (after[name] - before.get(name, 0)) / TICKS for name in after}
    cpu = sum(used.values())
    span = [painted_at for painted_at in painted.values() if seen and seen[0][1] - 1e5 <= painted_at <= seen[-1][1]]
    return {"label": side.label, "side": "left" if side.place[0] == 0 else "right", "pane": f"{pane[2] * 10 // 9} px", "frames": len(late),
            "painted": len(span), "p50": percentile(late, 0.5) if late else float("nan"),
            "p90": percentile(late, 0.9) if late else float("nan"), "cpu": 100 * cpu / elapsed,
            "ms_frame": 1000 * cpu / max(1, len(late)), "threads": {n: 1000 * s / max(1, len(late)) for n, s in used.items() if s}}


def one_run(kinds, options, folder, measure=measure):
    """Starts both clients and hands them to `measure`, which gets the sides, the options, the environment and the folder."""
    folder.mkdir()
    sides = []
    with Xvfb(f"{2 * HALF}x1720x24") as screen:
        env = dict(os.environ, DISPLAY=screen.display, HOME=str(folder), SDL_VIDEODRIVER="x11", QT_QPA_PLATFORM="xcb",
                   XDG_CONFIG_HOME=str(folder), XDG_DATA_HOME=str(folder), LANG="zh_CN.UTF-8")
        env.pop("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", None)
        manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for number, (kind, buffer_ms) in enumerate(kinds):
                sides.append(Side(kind, buffer_ms, (number * HALF, 0), options, folder / f"side{number}", env))
            time.sleep(options.settle)
            return measure(sides, options, env, folder)
        finally:
            for side in reversed(sides):
                side.close()
            manager.terminate()
            manager.wait()


def show(run, rows, polls):
    load = os.getloadavg()[0]
    for row in rows:
        print(f"{run:>3}  {row['label']:<14} {row['side']:<5} {row['pane']:>8} {row['frames']:>6}/{row['painted']:<6} {row['p50']:>7.1f} "
              f"{row['p90']:>7.1f} {row['cpu']:>7.1f} {row['ms_frame']:>9.2f}   "
              + " ".join(f"{name} {ms:.2f}" for name, ms in sorted(row["threads"].items(), key=lambda t: -t[1])[:6]))
    print(f"     poller: {polls}; load average {load:.2f}", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--left", default="guzheng", choices=["guzheng", "guzheng-ssh", "ffplay", "command"])
    arguments.add_argument("--right", default="ffplay", choices=["guzheng", "guzheng-ssh", "ffplay", "command", "none"])
    arguments.add_argument("--client-command", help="for `command`; {adb} {serial} {x} {y} {home} are filled in")
    arguments.add_argument("--added-buffer", type=float, default=0, help="ms that the right client's adb bytes are held back")
    arguments.add_argument("--runs", type=int, default=3, help="each with the sides swapped")
    arguments.add_argument("--seconds", type=float, default=30)
    arguments.add_argument("--settle", type=float, default=8, help="seconds between start and measuring")
    arguments.add_argument("--fps", default="30")
    arguments.add_argument("--size", default="720x1280")
    arguments.add_argument("--screenshot", help="file for a picture of the measured screen")
    options = arguments.parse_args()
    kinds = [(options.left, 0)] + ([(options.right, options.added_buffer)] if options.right != "none" else [])
    print("run  client         side      pane   seen/painted  p50 ms  p90 ms   CPU %  ms/frame   by thread (ms/frame)")
    work = Path(tempfile.mkdtemp(prefix="guzheng-latency."))
    collected = {}
    for run in range(1, options.runs + 1):
        rows, polls = one_run(kinds if run % 2 else kinds[::-1], options, work / f"run{run}")
        show(run, rows, polls)
        for row in rows:
            key = row["label"] if options.left != options.right or options.added_buffer else f"{row['label']} {row['side']}"
            collected.setdefault(key, []).append(row)
    print("\nmedian of the runs")
    for label, rows in collected.items():
        middle = {key: statistics.median(row[key] for row in rows) for key in ("p50", "p90", "cpu", "ms_frame")}
        print(f"     {label:<20} p50 {middle['p50']:.1f} ms   p90 {middle['p90']:.1f} ms   CPU {middle['cpu']:.1f} %   "
              f"{middle['ms_frame']:.2f} ms/frame")
    shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
