"""From 开始取证 (Ctrl+Enter) to the first pixels of the phone in the pane; see README.md for the method.

  python3 tests/bench/first_pixels.py [--way guzheng|guzheng-ssh] [--runs N]
"""
import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from latency import HALF, Side  # it also puts tests/program on the path
from display import Xvfb
from stand import bin_folder


def one(way, options, folder):
    """ms from the last press that was needed to the first readable picture."""
    folder.mkdir()
    with Xvfb(f"{HALF}x1720x24") as screen:
        env = dict(os.environ, DISPLAY=screen.display, HOME=str(folder), QT_QPA_PLATFORM="xcb", XDG_CONFIG_HOME=str(folder),
                   XDG_DATA_HOME=str(folder), LANG="zh_CN.UTF-8")
        manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        poller = subprocess.Popen([bin_folder() / "bench_poller", "--panes", "1", "--seconds", "0", "--find-limit", "120"], env=env,
                                  stdout=subprocess.PIPE, text=True)
        side = None
        try:
            side = Side(way, 0, (0, 0), options, folder / "side", env)
            word, first = poller.stdout.readline().split()
            assert word == "first", word
            return (int(first) - side.client.pressed_us) / 1000
        finally:
            if side:
                side.close()
            poller.terminate()
            poller.wait()
            manager.terminate()
            manager.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--way", default="guzheng", choices=["guzheng", "guzheng-ssh"])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--fps", default="30")
    arguments.add_argument("--size", default="720x1280")
    options = arguments.parse_args()
    work = Path(tempfile.mkdtemp(prefix="guzheng-first."))
    times = []
    for run in range(options.runs):
        times.append(one(options.way, options, work / f"run{run}"))
        print(f"{options.way}: {times[-1]:.0f} ms     load average {os.getloadavg()[0]:.2f}", flush=True)
    print(f"{options.way}: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms of {len(times)}")
    shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
