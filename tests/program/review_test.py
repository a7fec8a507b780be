"""No report of an automatic capture before its review; copies for showing beside an edition. Needs GUZHENG_BIN.
行政处罚法 41, A-AnC, B-4.3"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from import_test import BIN, ROOT, evidence, run

WITH_REPORT = "report" in run(BIN / "guzheng-evidence", "--help").stdout and shutil.which("pdftotext")


class Sample(unittest.TestCase):
    case = []

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="guzheng-review."))
        subprocess.run([BIN / "sample_bag_tool", self.folder, *self.case], check=True, capture_output=True)
        self.bag = next(p for p in self.folder.glob("LX-*") if "." not in p.name)
        self.roots = ["--org-ca", self.folder / "roots/org.pem", "--tsa-ca", self.folder / "roots/tsa.pem"]

    def tearDown(self):
        run("chmod", "-R", "u+w", self.folder)
        shutil.rmtree(self.folder)

    def readers(self):
        core = evidence("verify", self.bag, *self.roots, "--json")
        second = run(sys.executable, ROOT / "tests/reader/reader.py", self.bag, *self.roots, "--json")
        stock = run("bash", ROOT / "resources/verify/verify.sh", self.bag, *self.roots)
        return core, second, stock


class Review(Sample):
    case = ["--case", "automatic"]

    def review(self, result="confirmed", reason="录像与截图逐一对照（练习）", *more):
        return evidence("review", self.bag, "--result", result, "--reason", reason, "--desk", self.folder, *more)

    def assert_waits(self, word):
        core, second, stock = self.readers()
        self.assertEqual((core.returncode, second.returncode, stock.returncode), (6, 6, 6), core.stdout + second.stdout + stock.stdout)
        for said in ("".join(json.loads(core.stdout)["incomplete"]), "".join(json.loads(second.stdout)["incomplete"]), stock.stdout):
            self.assertIn(word, said)

    def assert_damaged(self):
        answers = self.readers()
        self.assertEqual([a.returncode for a in answers], [3, 3, 3], [a.stdout + a.stderr for a in answers])

    def test_waits_until_it_is_confirmed_and_the_newest_counts(self):
        self.assert_waits("待复核")
        done = self.review()
        self.assertEqual(done.returncode, 0, done.stderr)
        core, second, stock = self.readers()
        self.assertEqual((core.returncode, second.returncode, stock.returncode), (6, 6, 6), core.stdout + second.stdout + stock.stdout)
        self.assertEqual(json.loads(core.stdout)["incomplete"] + json.loads(second.stdout)["incomplete"], [])
        said = json.loads(core.stdout)["review"]
        self.assertTrue(said["needed"] and said["confirmed"] and said["by"] and said["at"])
        self.assertEqual(self.review("refused", "画面不清").returncode, 0)
        self.assert_waits("复核不予确认")
        zipped = self.folder / "again.zip"
        self.assertEqual(evidence("export", self.bag, "-o", zipped).returncode, 0)
        self.bag = zipped
        self.assert_waits("复核不予确认")

    def test_a_review_needs_a_reason_and_a_whole_package(self):
        self.assertEqual(self.review(reason="  ").returncode, 2)
        shot = self.bag / "data/main/shot-0001.png"
        shot.chmod(0o600)
        shot.write_bytes(shot.read_bytes() + b"x")
        refused = self.review()
        self.assertEqual(refused.returncode, 2)
        self.assertIn("not what was sealed", refused.stderr)
        self.assertFalse(Path(f"{self.bag}.review").exists())

    def test_a_changed_review_is_found(self):
        self.review("refused", "画面不清")
        record = Path(f"{self.bag}.review/001/review.json")
        record.write_text(record.read_text().replace("不予确认", "确认"))
        self.assert_damaged()

    def test_a_review_without_its_signature_is_found(self):
        self.review()
        Path(f"{self.bag}.review/001/review.json.p7s").unlink()
        Path(f"{self.bag}.review/001/review.json.p7s.tsr").unlink()
        self.assert_damaged()

    def test_a_review_signed_by_another_officer_than_it_names_is_found(self):
        self.review("confirmed", "甲", "--practice-officer", "1")
        self.review("confirmed", "乙", "--practice-officer", "2")
        for name in ("review.json.p7s", "review.json.p7s.tsr"):
            shutil.copy(f"{self.bag}.review/001/{name}", f"{self.bag}.review/002/{name}")
        self.assert_damaged()

    @unittest.skipUnless(WITH_REPORT, "built without the report")
    def test_no_report_before_the_review(self):
        pdf = self.folder / "report.pdf"
        refused = evidence("report", self.bag, "--desk", self.folder, "-o", pdf)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("待复核", refused.stderr)
        self.assertFalse(pdf.exists())
        self.review()
        done = evidence("report", self.bag, "--desk", self.folder, "-o", pdf)
        self.assertEqual(done.returncode, 0, done.stderr)
        flat = "".join(run("pdftotext", "-layout", pdf, "-").stdout.split())
        self.assertIn("录像与截图逐一对照（练习）", flat)
        self.review("refused", "画面不清")
        self.assertEqual(evidence("report", self.bag, "--desk", self.folder, "-o", self.folder / "again.pdf").returncode, 2)


@unittest.skipUnless(WITH_REPORT, "built without the report")
class Copies(Sample):
    def print_copies(self):
        listed = {"schema": "guzheng-copies/1", "copies": [
            {"item": 1, "kind": "标注", "marks": [{"shape": "frame", "x": 10, "y": 10, "w": 60, "h": 40}, {"shape": "arrow", "x": 5, "y": 90, "x2": 40, "y2": 55},
                                                 {"shape": "text", "x": 20, "y": 60, "text": "此处"}]},
            {"item": 2, "kind": "遮盖", "marks": [{"shape": "box", "x": 0, "y": 0, "w": 50, "h": 30}]}]}
        path = self.folder / "copies.json"
        path.write_text(json.dumps(listed, ensure_ascii=False))
        return evidence("report", self.bag, "--desk", self.folder, "--copies", path)

    def test_copies_stand_beside_the_edition_and_no_original_changes(self):
        before = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in (self.bag / "data/main").iterdir()}
        done = self.print_copies()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(before, {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in (self.bag / "data/main").iterdir()})
        edition = Path(f"{self.bag}.report/001")
        # digests stand in their lines, words in theirs: poppler tells them apart by these two ways of reading
        flat = "".join((run("pdftotext", "-layout", edition / "report.pdf", "-").stdout + run("pdftotext", edition / "report.pdf", "-").stdout).split())
        for copy, word in (("copy-0001.png", "标注副本"), ("copy-0002.png", "遮盖副本")):
            self.assertIn(hashlib.sha256((edition / copy).read_bytes()).hexdigest()[:16], flat)
            self.assertIn(word, flat)
        core, second, stock = self.readers()
        self.assertEqual((core.returncode, second.returncode, stock.returncode), (6, 6, 6), core.stdout + second.stdout + stock.stdout)
        data = bytearray((edition / "copy-0001.png").read_bytes())
        data[-20] ^= 1
        (edition / "copy-0001.png").write_bytes(data)
        core, second, _ = self.readers()
        self.assertEqual((core.returncode, second.returncode), (3, 3))
        self.assertIn("beside.copy", core.stdout)


if __name__ == "__main__":
    unittest.main()
