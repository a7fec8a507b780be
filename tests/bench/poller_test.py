"""Does the poller read what is on the screen? A known pattern is drawn by plain Xlib; what the poller says must have been there, in order,
and not before it was painted. No assertion is about how long that took."""
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "program"))
from display import Xvfb  # noqa: E402

BIN = Path(os.environ["GUZHENG_BIN"])


def pairs(text, word):
    return [tuple(map(int, line.split()[-2:])) for line in text.splitlines() if line.startswith(word)]


class Poller(unittest.TestCase):
    def run_both(self, windows, count):
        with Xvfb() as screen:
            env = dict(os.environ, DISPLAY=screen.display)
            drawers = [subprocess.Popen([BIN / "bench_draw_counter", *map(str, window), str(count), "40"], env=env,
                                        stdout=subprocess.PIPE, text=True) for window in windows]
            poller = subprocess.run([BIN / "bench_poller", "--panes", str(len(windows)), "--seconds", str(count * 0.04 * 0.7)],
                                    env=env, capture_output=True, text=True, timeout=120)
            painted = [pairs(drawer.communicate(timeout=120)[0], "painted") for drawer in drawers]
        self.assertEqual(poller.returncode, 0, poller.stderr)
        return painted, poller.stdout

    # Two panes of different sizes in the same run; the counter wraps in one of them.
    def test_reads_every_number_of_two_panes(self):
        painted, out = self.run_both([(400, 10, 10, 65500), (333, 500, 40, 7)], 150)
        for pane, truth in enumerate(painted):
            seen = [(int(v), int(t)) for _, p, v, t in (line.split() for line in out.splitlines() if line.startswith("seen"))
                    if int(p) == pane]
            self.assertGreater(len(seen), 5)
            # never a number that was not there, never out of order, never before it was painted; a busy machine may let it miss some
            place = {value: number for number, (value, _) in enumerate(truth)}
            places = [place[value] for value, _ in seen]
            self.assertEqual(places, sorted(set(places)))
            when = dict(truth)
            self.assertTrue(all(at >= when[value] for value, at in seen))

    def test_says_when_there_is_nothing_to_read(self):
        with Xvfb() as screen:
            done = subprocess.run([BIN / "bench_poller", "--panes", "1", "--seconds", "1", "--find-limit", "1"],
                                  env=dict(os.environ, DISPLAY=screen.display), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("not found", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
