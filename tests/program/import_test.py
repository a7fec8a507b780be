"""Import, review, copies and report on the command line, and what the other readers say of them. Needs GUZHENG_BIN.
B-5.4.2a B-5.4.2d B-4.3, 行政处罚法 41"""
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(os.environ["GUZHENG_BIN"])


def png(width, height, tint):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes((tint, x % 256, y % 256)[c] for x in range(width) for c in range(3)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def run(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True, timeout=300)


def evidence(*args):
    return run(BIN / "guzheng-evidence", "--lang", "zh", *args)


class Import(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="guzheng-import."))
        cls.desk, cls.vault = cls.folder / "desk", cls.folder / "vault"
        (cls.folder / "IMG_1.PNG").write_bytes(png(200, 300, 80))
        (cls.folder / "IMG_2.JPG").write_bytes(png(300, 200, 160))          # its name says JPEG, its content PNG
        (cls.folder / "录音.m4a").write_bytes(b"\0\0\0\x18ftypM4A " + bytes(range(256)) * 4000)
        (cls.folder / "run.sh").write_text("#!/bin/sh\ntouch /tmp/never\n")
        done = cls.make("good")
        assert done.returncode == 6, done.stdout + done.stderr
        cls.bag = Path(json.loads((cls.folder / "good.json.result").read_text())["package"])
        cls.roots = ["--org-ca", cls.desk / "roots/org.pem", "--tsa-ca", cls.desk / "roots/tsa.pem"]

    @classmethod
    def tearDownClass(cls):
        run("chmod", "-R", "u+w", cls.folder)
        shutil.rmtree(cls.folder)

    @classmethod
    def make(cls, name, change=lambda listed: None, *more):
        said = {"title": "货架", "proves": "标签上的功能宣称", "source": "门店现场", "collector": "练习员甲（练习-0001）", "method": "手机拍摄",
                "device": "示例手机 序列号 SN1", "made_at": "2026-11-20T10:00:00.000+08:00", "access": "公开", "basis": ""}
        sealing = {"seal_no": "封-0007", "seal_state": "完好", "shielding": "飞行模式，屏蔽袋"}
        listed = {"schema": "guzheng-import/1", "write_protection": "存储卡经只读读卡器接入",
                  "order": {"order_no": "LX-DR-0001", "reason": "投诉（练习）", "what": "门店照片与录音", "subject_name": "示例甲公司（练习）"},
                  "items": [{"file": "IMG_1.PNG", "kind": "photo", **said}, {"file": "录音.m4a", "kind": "audio", **said},
                            {"file": "run.sh", "kind": "file", **said}, {"file": "IMG_1.PNG", "kind": "seal-before", **said, **sealing},
                            {"file": "IMG_2.JPG", "kind": "seal-after", **said, **sealing}]}
        change(listed)
        path = cls.folder / f"{name}.json"
        path.write_text(json.dumps(listed, ensure_ascii=False))
        return evidence("import", "--list", path, "--vault", cls.vault, "--desk", cls.desk, "--leave-plain", "--result", f"{path}.result", *more)

    def readers(self, package):
        core = evidence("verify", package, *self.roots, "--json")
        second = run(sys.executable, ROOT / "tests/reader/reader.py", package, *self.roots, "--json")
        stock = run("bash", ROOT / "resources/verify/verify.sh", package, *self.roots)
        return core, second, stock

    def copy(self):
        target = Path(tempfile.mkdtemp(dir=self.folder)) / self.bag.name
        shutil.copytree(self.bag, target)
        shutil.copytree(f"{self.bag}.after", f"{target}.after")
        run("chmod", "-R", "u+w", target)
        return target

    def test_is_whole_for_all_three_readers(self):
        core, second, stock = self.readers(self.bag)
        self.assertEqual((core.returncode, second.returncode, stock.returncode), (6, 6, 6), core.stdout + second.stdout + stock.stdout)
        self.assertEqual(json.loads(core.stdout)["incomplete"], [])
        self.assertEqual(json.loads(second.stdout)["incomplete"], [])
        self.assertNotIn("另外", stock.stdout)
        names = sorted(p.name for p in (self.bag / "data/main").iterdir())
        self.assertEqual(names, ["import-0001.png", "import-0002.m4a", "import-0003.txt", "import-0004.png", "import-0005.png"])
        self.assertEqual((self.bag / "data/main/import-0003.txt").stat().st_mode & 0o111, 0)
        zipped = self.folder / "import.zip"
        self.assertEqual(evidence("export", self.bag, "-o", zipped).returncode, 0)
        self.assertEqual([r.returncode for r in self.readers(zipped)], [6, 6, 6])

    def test_one_changed_byte_is_found_by_all_three_readers(self):
        for path in ("data/main/import-0002.m4a", "data/attach/journal.log", "data/attach/values.json"):
            with self.subTest(path):
                bag = self.copy()
                data = bytearray((bag / path).read_bytes())
                data[len(data) // 2] ^= 1
                (bag / path).write_bytes(data)
                self.assertEqual([r.returncode for r in self.readers(bag)], [3, 3, 3])

    def test_missing_field_is_incomplete_with_its_reason(self):
        def forget(listed):
            del listed["items"][1]["source"]
        refused = self.make("refused", forget)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("第2项未填来源", refused.stderr)
        done = self.make("forgot", forget, "--incomplete-reason", "来源待补查")
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        bag = json.loads((self.folder / "forgot.json.result").read_text())["package"]
        core, second, stock = self.readers(bag)
        for answer in (json.loads(core.stdout), json.loads(second.stdout)):
            self.assertEqual(answer["damage"], [])
            self.assertIn("第2项未填来源", "".join(answer["incomplete"]))
        self.assertIn("第2项未填来源", stock.stdout)

    def test_automatic_review_rules_do_not_hold_up_an_import(self):
        self.assertFalse(json.loads(evidence("verify", self.bag, "--json").stdout)["review"]["needed"])

    @unittest.skipUnless("report" in run(BIN / "guzheng-evidence", "--help").stdout and shutil.which("pdftotext"), "built without the report")
    def test_report_names_source_collector_device_and_seal(self):
        pdf = self.folder / "report.pdf"
        done = evidence("report", self.bag, "--desk", self.desk, "-o", pdf)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        flat = "".join(run("pdftotext", pdf, "-").stdout.split())
        for said in ("导入", "门店现场", "练习员甲", "手机拍摄", "SN1", "封-0007", "屏蔽袋", "存储卡经只读读卡器接入", "扩展名与内容不符", "封存后照片"):
            self.assertIn(said, flat)


if __name__ == "__main__":
    unittest.main()
