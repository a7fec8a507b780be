"""The main job as a newcomer does it: installer/practice-session BIN OUT end to end, then what came out is checked by stock tools, by
the second reader and by eye-level facts. Needs GUZHENG_BIN. One session serves all the checks.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import stand

HERE = Path(__file__).resolve().parent
ANNEX_B = ["互联网电子数据证据报告", "系统名称", "系统所属单位", "取证单位", "取证时间", "取证指令", "MD5"]


def run(*args, **options):
    return subprocess.run([str(a) for a in args], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                          errors="replace", timeout=stand.RUN_LIMIT_S, **options)


class Headless(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        kept = os.environ.get("GUZHENG_OUT")     # look at what came out, or check a session that was already made
        cls.tmp = None if kept else tempfile.TemporaryDirectory(prefix="guzheng-headless.", ignore_cleanup_errors=True)
        cls.out = Path(kept or cls.tmp.name)
        cls.session = None
        if not (cls.out / "package.zip").exists():
            env = dict(os.environ)
            env.pop("DISPLAY", None)
            cls.session = run(stand.ROOT / "installer/practice-session", stand.bin_folder(), cls.out, env=env)
        cls.org, cls.tsa = cls.out / "roots/org.pem", cls.out / "roots/tsa.pem"

    @classmethod
    def tearDownClass(cls):
        if cls.tmp:
            subprocess.run(["chmod", "-R", "u+w", cls.out], check=False)
            cls.tmp.cleanup()

    def values(self):
        with zipfile.ZipFile(self.out / "package.zip") as package:
            name = next(n for n in package.namelist() if n.endswith("data/attach/values.json"))
            return json.loads(package.read(name))

    def setUp(self):
        if self.session:
            self.assertEqual(self.session.returncode, 0, self.session.stdout + self.session.stderr)

    # The command leaves what it promises and prints where. A-8.3f A-AnC A-AnB
    def test_leaves_package_report_and_roots(self):
        for name in ("package.zip", "report.pdf", "roots/org.pem", "roots/tsa.pem"):
            self.assertTrue((self.out / name).is_file(), name)
            if self.session:
                self.assertIn(str(self.out / name), self.session.stdout)
        if self.session:
            self.assertIn("练习", self.session.stdout)

    # Four captures or more, one of each compulsory kind; the film lasts half a minute. A-7.3b A-7.3c
    def test_holds_every_compulsory_kind_and_thirty_seconds(self):
        values = self.values()
        kinds = [item["kind"] for item in values["items"]]
        self.assertGreaterEqual(len(kinds), 4)
        self.assertLessEqual({"platform-home", "shop-home", "licence", "violation"}, set(kinds))
        self.assertTrue(all(item["proves"] and item["method"] and item["maker"] for item in values["items"]))
        self.assertGreaterEqual(sum(r["duration_us"] for r in values["recordings"]), 30_000_000)
        self.assertGreaterEqual(sum(item["hierarchy"] != "" for item in values["items"]), 4)
        self.assertEqual(values["gaps"], [])

    # Every command of "Verifying with stock tools". A-7.2a A-7.4b B-5.4.4a
    def test_stock_tools_find_it_whole(self):
        done = run(HERE / "stock_tools.sh", self.out / "package.zip", self.org, self.tsa)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    # A test that cannot fail shows nothing: each of these changes is found by the same script. A-7.2a
    def test_stock_tools_find_what_was_changed(self):
        changes = {"data/main/shot-0001.png": "manifest-sha256", "data/attach/journal.log": "manifest-sha256",
                   "bag-info.txt": "tagmanifest", "seal/sig-officer1.p7s": "seal", "seal/seal.txt": "seal"}
        for path, where in changes.items():
            with self.subTest(path), tempfile.TemporaryDirectory() as folder:
                changed = Path(folder) / "package.zip"
                with zipfile.ZipFile(self.out / "package.zip") as old, zipfile.ZipFile(changed, "w") as new:
                    for entry in old.infolist():
                        data = bytearray(old.read(entry))
                        if entry.filename.endswith("/" + path):
                            data[len(data) // 2] ^= 1
                        new.writestr(entry, bytes(data))
                done = run(HERE / "stock_tools.sh", changed, self.org, self.tsa)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(f"NOT WHOLE at: {where}", done.stderr)

    # The second reader, written from FORMAT.md alone, agrees with verify. B-5.4.4a
    def test_second_reader_agrees(self):
        reader = stand.ROOT / "tests/reader/reader.py"
        done = run(sys.executable, reader, self.out / "package.zip", "--org-ca", self.org, "--tsa-ca", self.tsa)
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        verified = run(stand.bin_folder() / "guzheng-evidence", "verify", self.out / "package.zip", "--org-ca", self.org,
                       "--tsa-ca", self.tsa, "--json")
        self.assertEqual(verified.returncode, 6, verified.stdout + verified.stderr)
        fingerprint = json.loads(verified.stdout)["fingerprint"]
        self.assertIn(fingerprint, done.stdout)

    # Without the roots nobody can tell, and verify says so. B-5.4.4a
    def test_verify_without_roots_cannot_tell(self):
        done = run(stand.bin_folder() / "guzheng-evidence", "verify", self.out / "package.zip")
        self.assertEqual(done.returncode, 5, done.stdout + done.stderr)

    # Annex B's labels, the fingerprint and the practice mark can be read and searched in the report; its signature holds. A-AnB A-7.2d
    def test_report_prints_annex_b(self):
        text = run("pdftotext", "-layout", self.out / "report.pdf", "-").stdout
        flat = re.sub(r"\s+", "", text)
        for label in ANNEX_B:
            self.assertIn(label, flat)
        self.assertIn("练习", flat)
        self.assertRegex(flat, r"第1页共\d+页")
        with zipfile.ZipFile(self.out / "package.zip") as package:
            seal = next(n for n in package.namelist() if n.endswith("/seal/seal.txt"))
            import hashlib
            fingerprint = hashlib.sha256(package.read(seal)).hexdigest()
        self.assertIn(fingerprint, flat.lower())
        for item in self.values()["items"]:
            self.assertIn(re.sub(r"\s+", "", item["title"]), flat)
        signature = self.out / "report.pdf.p7s"
        done = run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", self.out / "report.pdf",
                   "-CAfile", self.org, "-purpose", "any", "-out", "/dev/null")
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
