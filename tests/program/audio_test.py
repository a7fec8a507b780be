"""录音 as a person meets it: what the training phone's live room plays is recorded, played by a stock program, and found whole, incomplete or
changed by all three readers alike. A-7.3b, 行政诉讼证据规定 12"""
import json
import os
import re
import subprocess
import sys
import unittest

import scripts
from stand import ROOT, Stand

LIVE = scripts.script({"do": "app", "name": "cn.guzheng.mall"}, *(scripts.capture(kind) for kind in scripts.KINDS), *scripts.waits(2))


class Audio(unittest.TestCase):
    def capture(self, stand, *more):
        done = stand.run(*stand.capture_args(LIVE)[1:], *more)
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        return stand.sealed_bags()[-1], done

    def readers(self, stand, bag):
        roots = [str(part) for part in stand.roots()]
        core = stand.run("verify", bag, *stand.roots(), "--json")
        second = subprocess.run([sys.executable, ROOT / "tests/reader/reader.py", bag, *roots, "--json"], capture_output=True, encoding="utf-8", timeout=300)
        stock = subprocess.run(["bash", ROOT / "resources/verify/verify.sh", bag, *roots], capture_output=True, encoding="utf-8", timeout=300)
        return core, second, stock

    def test_sound_is_recorded_and_its_text_makes_it_whole(self):
        with Stand(["--scene", "live"]) as stand:
            text = stand.folder / "heard.txt"
            text.write_text("（提示音三声，循环）\n", encoding="utf-8")
            bag, _ = self.capture(stand, "--audio-text", text)
            sound = bag / "data/main/rec-0000.ogg"
            heard = subprocess.run(["ffmpeg", "-hide_banner", "-i", sound, "-af", "volumedetect", "-f", "null", "-"], capture_output=True, encoding="utf-8", timeout=120)
            self.assertEqual(heard.returncode, 0, heard.stderr)
            self.assertGreater(float(re.search(r"mean_volume: (-?[0-9.]+) dB", heard.stderr)[1]), -40, heard.stderr)
            values = json.loads((bag / "data/attach/values.json").read_text())
            film, audio = values["recordings"][0], values["recordings"][-1]
            self.assertEqual(audio["path"], "data/main/rec-0000.ogg")
            packets = subprocess.run(["ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", sound],
                                     capture_output=True, encoding="utf-8", timeout=120)
            self.assertEqual(int(packets.stdout), audio["packets"])
            self.assertEqual(audio["duration_us"], audio["packets"] * 20000)
            self.assertLess(abs(audio["first_us"] - film["first_us"]), 60_000_000, "the same clock")
            self.assertIn("（提示音三声，循环）", (bag / "data/main/rec-0000.txt").read_text(encoding="utf-8"))
            answers = self.readers(stand, bag)
            self.assertEqual([a.returncode for a in answers], [6, 6, 6], [a.stdout + a.stderr for a in answers])
            self.assertNotIn("录音没有文字记录", "".join(a.stdout for a in answers))
            # one byte of the sound, or of what was written of it
            for path in (sound, bag / "data/main/rec-0000.txt"):
                whole = path.read_bytes()
                os.chmod(path, 0o600)
                path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
                self.assertEqual([a.returncode for a in self.readers(stand, bag)], [3, 3, 3], path)
                path.write_bytes(whole)

    def test_without_its_text_it_is_incomplete_for_all(self):
        with Stand(["--scene", "live"]) as stand:
            bag, done = self.capture(stand, "--audio")
            self.assertIn("录音没有文字记录", done.stderr)
            answers = self.readers(stand, bag)
            self.assertEqual([a.returncode for a in answers], [6, 6, 6], [a.stdout + a.stderr for a in answers])
            for answer in answers:
                self.assertIn("录音没有文字记录", answer.stdout)

    def test_a_phone_without_sound_says_so(self):
        with Stand(["--no-audio"]) as stand:
            bag, done = self.capture(stand, "--audio")
            self.assertIn("没有取得声音", done.stderr)
            self.assertFalse((bag / "data/main/rec-0000.ogg").exists())
            self.assertIn("手机没有给出声音", (bag / "data/attach/journal.log").read_text(encoding="utf-8"))
            self.assertEqual([a.returncode for a in self.readers(stand, bag)], [6, 6, 6])


if __name__ == "__main__":
    unittest.main(verbosity=2)
