"""Packages handed over as a folder and as a disc image: read back by other programs, checked with what lies on the medium itself.
Needs GUZHENG_BIN. B-5.4.4 A-7.4"""
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
from import_test import BIN, evidence, run


class HandOver(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Path(tempfile.mkdtemp(prefix="guzheng-handover."))
        cls.desk = cls.home / "one"
        subprocess.run([BIN / "sample_bag_tool", cls.desk], check=True, capture_output=True)
        cls.bag = next(p for p in cls.desk.glob("LX-*") if "." not in p.name)
        cls.roots = ["--org-ca", cls.desk / "roots/org.pem", "--tsa-ca", cls.desk / "roots/tsa.pem"]

    @classmethod
    def tearDownClass(cls):
        run("chmod", "-R", "u+w", cls.home)
        shutil.rmtree(cls.home)

    def assert_checks_out(self, folder):
        """With what lies in the folder and stock tools only."""
        top = sorted(p.name for p in folder.iterdir())
        self.assertEqual(top, [f"{self.bag.name}.handover", f"{self.bag.name}.zip", "SHA256SUMS", "VERIFY.txt", "verify.sh"])
        sums = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
        self.assertEqual(sums.returncode, 0, sums.stdout + sums.stderr)
        listed = {line[66:] for line in (folder / "SHA256SUMS").read_text().splitlines()}
        there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {"SHA256SUMS"}
        self.assertEqual(listed, there, "everything is listed, and nothing else")
        package = folder / f"{self.bag.name}.zip"
        record = json.loads((folder / f"{self.bag.name}.handover/export.json").read_text())
        self.assertEqual(record["sha256"], hashlib.sha256(package.read_bytes()).hexdigest())
        self.assertEqual((record["to"], record["medium"], record["file"]), ("某某区人民法院", "光盘一张", package.name))
        stock = run("bash", folder / "verify.sh", package, *self.roots)
        self.assertEqual(stock.returncode, 6, stock.stdout + stock.stderr)
        self.assertNotIn("[BAD]", stock.stdout)

    def export(self, *args):
        return evidence("export", *args, "--desk", self.desk, "--to", "某某区人民法院", "--medium", "光盘一张")

    def test_folder(self):
        folder = self.home / "移交"
        done = self.export(self.bag, "--folder", folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assert_checks_out(folder)
        log = [line for line in (self.desk / "operations.log").read_text().splitlines() if "op.export" in line]
        self.assertIn("某某区人民法院", log[-1])
        self.assertIn(hashlib.sha256((folder / f"{self.bag.name}.zip").read_bytes()).hexdigest(), log[-1])
        before = sorted(folder.rglob("*"))
        again = self.export(self.bag, "--folder", folder)
        self.assertEqual(again.returncode, 2, "a full folder is never written into")
        self.assertIn("is there already", again.stderr)
        self.assertEqual(before, sorted(folder.rglob("*")))
        self.assertEqual([p.name for p in self.home.glob("移交*")], ["移交"], "nothing half made stays")

    def test_nothing_of_the_users_is_touched(self):
        """What lies beside the place is not ours, whatever its name."""
        for name in ("neben.making", "neben.iso.folder", "neben.iso.making"):
            (self.home / name).mkdir()
            (self.home / name / "keep").write_text("mine")
        self.assertEqual(self.export(self.bag, "--folder", self.home / "neben").returncode, 0)
        self.assertEqual(self.export(self.bag, "--image", self.home / "neben.iso").returncode, 0)
        for name in ("neben.making", "neben.iso.folder", "neben.iso.making"):
            self.assertEqual((self.home / name / "keep").read_text(), "mine")

    def test_into_an_empty_folder_that_is_there(self):
        """As a medium's mount point is: it cannot be replaced, only filled."""
        folder = self.home / "stick"
        folder.mkdir()
        inode = folder.stat().st_ino
        done = self.export(self.bag, "--folder", folder)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(folder.stat().st_ino, inode)
        self.assert_checks_out(folder)

    def test_relative_places(self):
        for place, name in (("--folder", "relative"), ("--image", "relative.iso")):
            done = subprocess.run([BIN / "guzheng-evidence", "export", self.bag, place, name, "--desk", self.desk, "--to", "某某区人民法院", "--medium",
                                   "光盘一张"], cwd=self.home, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertTrue((self.home / name).exists())

    def test_a_changed_package_is_not_handed_over(self):
        hurt = self.home / "hurt"
        subprocess.run(["cp", "-a", self.desk, hurt], check=True)
        bag = hurt / self.bag.name
        run("chmod", "-R", "u+w", hurt)
        info = bag / "bag-info.txt"
        info.write_bytes(info.read_bytes() + b"x")
        done = evidence("export", bag, "--folder", self.home / "hurt-out", "--desk", self.desk, "--to", "法院", "--medium", "硬盘")
        self.assertEqual(done.returncode, 2)
        self.assertIn("damaged", done.stderr)
        self.assertFalse((self.home / "hurt-out").exists())

    def test_a_hand_over_names_receiver_and_medium(self):
        for more in (("--to", "法院"), ("--medium", "硬盘"), ()):
            done = evidence("export", self.bag, "--folder", self.home / "nobody", "--desk", self.desk, *more)
            self.assertEqual(done.returncode, 2, more)
            self.assertIn("receiver", done.stderr)
        self.assertFalse((self.home / "nobody").exists())

    # The image is read by libarchive, which shares nothing with the library that wrote it.
    def test_disc_image(self):
        image = self.home / "evidence.iso"
        done = self.export(self.bag, "--image", image, "--volume", "LX_2026")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(hashlib.sha256(image.read_bytes()).hexdigest(), done.stdout)
        self.assertFalse(Path(f"{image}.folder").exists(), "only the image was asked for")
        self.assertIn(b"LX_2026", image.read_bytes()[0x8000:0x8800])
        out = self.home / "read"
        out.mkdir()
        read = run("bsdtar", "-xf", image, "-C", out)
        self.assertEqual(read.returncode, 0, read.stderr)
        self.assert_checks_out(out)
        self.assertEqual({p.stat().st_mode & 0o222 for p in out.rglob("*") if p.is_file()}, {0})
        before = image.read_bytes()
        again = self.export(self.bag, "--image", image)
        self.assertEqual(again.returncode, 2)
        self.assertEqual(before, image.read_bytes())

    # Two encrypted packages of a vault in one folder: opened with a reason, each told in the log.
    def test_several_encrypted_packages(self):
        vault, desk, bags = self.home / "vault", self.home / "second", []
        roots = ["--org-ca", desk / "roots/org.pem", "--tsa-ca", desk / "roots/tsa.pem"]
        (self.home / "note.txt").write_text("一份材料\n")
        said = {"title": "材料", "proves": "宣称", "source": "门店", "collector": "练习员甲", "method": "拷贝", "device": "示例手机",
                "made_at": "2026-11-20T10:00:00.000+08:00", "access": "公开", "basis": ""}
        for number in (1, 2):
            listed = self.home / f"list-{number}.json"
            listed.write_text(json.dumps({"schema": "guzheng-import/1", "write_protection": "只读", "items": [{"file": "note.txt", "kind": "document", **said}],
                                          "order": {"order_no": f"ZL-{number}", "reason": "投诉", "what": "材料", "subject_name": "示例公司"}}, ensure_ascii=False))
            done = evidence("import", "--list", listed, "--vault", vault, "--desk", desk, "--result", self.home / "result.json")
            self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
            bags.append(Path(json.loads((self.home / "result.json").read_text())["package"]))
            self.assertFalse(list(bags[-1].glob("data/**/*.txt")), "an import is encrypted once it is sealed")
        folder = self.home / "several"
        whom = ["--to", "某某区人民法院", "--medium", "移动硬盘一块"]
        refused = evidence("export", *bags, "--desk", desk, "--folder", folder, *whom)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--reason", refused.stderr)
        done = evidence("export", *bags, "--desk", desk, "--folder", folder, "--reason", "移送法院", *whom)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for bag in bags:
            verified = evidence("verify", folder / f"{bag.name}.zip", *roots)
            self.assertEqual(verified.returncode, 6, verified.stdout + verified.stderr)
            acts = [line.split(" ")[3] for line in (desk / "operations.log").read_text().splitlines() if bag.name in line]
            self.assertEqual(acts, ["op.import", "op.encrypt", "op.open", "op.export"])

    def test_what_cannot_be_handed_over_is_refused_and_leaves_nothing(self):
        folder = self.home / "refused"
        cases = {"nobody signs": evidence("export", self.bag, "--folder", folder),
                 "twice the same": self.export(self.bag, self.bag, "--folder", folder),
                 "two into one ZIP": self.export(self.bag, self.bag, "-o", self.home / "both.zip"),
                 "no package": self.export(self.home, "--folder", folder),
                 "a disc's name": self.export(self.bag, "--image", self.home / "bad.iso", "--volume", "证据")}
        for why, done in cases.items():
            with self.subTest(why):
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertEqual(self.export(self.bag).returncode, 1, "no place was named")
        self.assertEqual([p.name for p in self.home.glob("*making*")], [])
        for name in ("refused", "both.zip", "bad.iso"):
            self.assertFalse((self.home / name).exists(), name)

    # A file of the vault that changes under the export ends it, and no half folder stays.
    def test_damaged_package_is_not_handed_over_as_good(self):
        copy = self.home / "copy" / self.bag.name
        shutil.copytree(self.bag, copy)
        run("chmod", "-R", "u+w", copy)
        (copy / "data/main/link").symlink_to("/etc/hostname")
        done = self.export(copy, "--folder", self.home / "damaged")
        self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
        self.assertFalse((self.home / "damaged").exists())


if __name__ == "__main__":
    unittest.main()
