"""guzheng-evidence as a person at a terminal meets it. Needs GUZHENG_BIN. B-5.4.4a"""
import json
import os
import re
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = Path(os.environ["GUZHENG_BIN"])
SECTIONS = {"zh": ["名称", "用法", "说明", "选项", "退出状态", "示例"],
            "en": ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES"]}


def run(*args, **environment):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    env.update(environment)
    return subprocess.run([str(BIN / "guzheng-evidence"), *map(str, args)], stdin=subprocess.DEVNULL, capture_output=True, env=env,
                          encoding="utf-8", timeout=120)


def subcommands():
    return [name for name in ("verify", "export", "renew", "ca", "sign", "stamp", "review", "import", "capture", "script", "recover", "report", "tasks", "vault", "scrub", "doctor", "backup", "restore") if f"guzheng-evidence {name}" in run(name, "--help", "--lang", "en").stdout.split("EXAMPLES")[0]]


class Evidence(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="guzheng-cli."))
        subprocess.run([BIN / "sample_bag_tool", cls.folder / "good"], check=True, capture_output=True)
        cls.bag = next(p for p in (cls.folder / "good").glob("LX-*") if "." not in p.name)
        cls.package = cls.folder / "good/package.zip"
        cls.roots = ["--org-ca", cls.folder / "good/roots/org.pem", "--tsa-ca", cls.folder / "good/roots/tsa.pem"]

    @classmethod
    def tearDownClass(cls):
        for path in cls.folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(cls.folder)

    def test_manual_pages_have_every_section_in_both_languages(self):
        for language, sections in SECTIONS.items():
            for name in [None, *subcommands()]:
                text = run(*([name] if name else []), "--help", "--lang", language).stdout
                for section in sections:
                    self.assertRegex(text, rf"(?m)^{section}$", f"{name} {language}")
                for code in range(7):
                    self.assertRegex(text, rf"(?m)^  {code}  ")

    def test_stamp_fetches_what_is_missing(self):        # A-7.4b: 待时间戳
        with tempfile.TemporaryDirectory(prefix="guzheng-cli.") as name:
            folder = Path(name)
            subprocess.run([BIN / "sample_bag_tool", folder / "late", "--late"], check=True, capture_output=True)
            bag = next(p for p in (folder / "late").glob("LX-*") if "." not in p.name)
            before = run("stamp", bag, "--list", "--lang", "en")
            self.assertEqual(before.returncode, 4, before.stderr)
            self.assertIn("seal: time stamp to come", before.stdout)
            self.assertRegex(before.stdout, r"beginning: .* s after it")
            done = run("stamp", bag, "--desk", folder / "late", "--lang", "en")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, r"(?m)^  seal: \S+ .*, -?[0-9.]+ s after it$")
            self.assertTrue((bag.parent / (bag.name + ".after") / "seal.txt.tsr").is_file())
            self.assertIn("No package lacks", run("stamp", bag, "--desk", folder / "late", "--lang", "en").stdout)
            roots = ["--org-ca", folder / "late/roots/org.pem", "--tsa-ca", folder / "late/roots/tsa.pem"]
            said = json.loads(run("verify", bag, *roots, "--json").stdout)
            self.assertEqual(said["incomplete"], ["待签"])
            self.assertEqual(run("stamp", folder, "--lang", "en").returncode, 2)
            for path in folder.rglob("*"):
                if path.is_dir():
                    path.chmod(0o700)

    def test_manual_pages_name_every_option_the_program_takes(self):
        for name in subcommands():
            page = run(name, "--help").stdout
            source = (Path(__file__).parents[2] / f"app/guzheng-evidence/cmd_{name}.cpp").read_text()
            for option in re.findall(r'add_(?:option|flag)\("([^"]+)"', source):
                for spelling in option.split(","):
                    self.assertIn(spelling, page, f"{name} {spelling}")

    def test_language_follows_option_then_environment_and_is_chinese_otherwise(self):
        for args, env, wanted in (([], {}, "结论"), ([], {"LANG": "C.UTF-8"}, "结论"), ([], {"LANG": "en_US.UTF-8"}, "Verdict"),
                                  (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "结论"), (["--lang", "en"], {}, "Verdict")):
            self.assertIn(wanted, run("verify", self.package, *args, **env).stdout)

    def test_usage_errors_are_1_and_say_something(self):
        for args in ([], ["dance"], ["verify"], ["verify", "a", "b"], ["verify", "a", "--no-such"], ["export", "a"], ["--lang", "fr", "verify", "a"]):
            done = run(*args)
            self.assertEqual(done.returncode, 1, args)
            self.assertIn("--help", done.stderr)

    def test_practice_package_is_6_and_json_agrees(self):
        done = run("verify", self.package, *self.roots, "--json")
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        value = json.loads(done.stdout)
        self.assertEqual((value["verdict"], value["practice"], value["id"], value["damage"]), ("practice", True, self.bag.name, []))
        self.assertIn(value["fingerprint"], run("verify", self.bag, *self.roots).stdout)

    def test_missing_roots_are_5_and_the_option_is_named(self):
        done = run("verify", self.package)
        self.assertEqual(done.returncode, 5)
        self.assertIn("--org-ca", done.stdout)
        self.assertIn("--tsa-ca", done.stdout)
        self.assertNotIn("--org-ca", run("verify", self.package, *self.roots[:2]).stdout)

    def test_damage_is_3_with_what_where_and_what_next(self):
        changed = self.folder / "changed.zip"
        data = bytearray(self.package.read_bytes())
        data[data.index(b"mdat") + 40] ^= 1
        changed.write_bytes(data)
        done = run("verify", changed, *self.roots)
        self.assertEqual(done.returncode, 3)
        for words in ("已损坏", "data/main/rec-0000.mp4", "封存后被改动", "下一步"):
            self.assertIn(words, done.stdout)
        rules = {finding["rule"] for finding in json.loads(run("verify", changed, *self.roots, "--json").stdout)["damage"]}
        self.assertIn("manifest.sha256", rules)

    def test_certificate_is_one_plain_page_in_both_languages(self):
        value = json.loads(run("verify", self.package, *self.roots, "--json").stdout)
        for name in ("certificate.txt", "certificate.html"):
            out = self.folder / name
            self.assertEqual(run("verify", self.package, *self.roots, "--certificate", out).returncode, 6)
            page = out.read_text()
            for words in (value["fingerprint"], self.bag.name, "练习员甲", "练习时间戳", "不能证明什么", "What cannot be proved", "guzheng-evidence 0."):
                self.assertIn(words, page, name)
            self.assertLess(page.index("核验证明"), page.index("Certificate of verification"))
            self.assertEqual(run("verify", self.package, *self.roots, "--certificate", out).returncode, 2, "an existing file is not overwritten")
        self.assertNotRegex(page, r"<script|src=|href=|url\(")
        damaged = self.folder / "damaged.zip"
        data = bytearray(self.package.read_bytes())
        data[data.index(b"mdat") + 41] ^= 1
        damaged.write_bytes(data)
        self.assertEqual(run("verify", damaged, *self.roots, "--certificate", self.folder / "damaged.txt").returncode, 3)
        self.assertIn("data/main/rec-0000.mp4", (self.folder / "damaged.txt").read_text())

    def test_renew_lists_and_stamps_everything_and_refuses_what_is_damaged(self):
        desk, bag = self.folder / "renew-desk", self.folder / "renewing" / self.bag.name
        shutil.copytree(self.bag, bag)
        shutil.copytree(f"{self.bag}.after", f"{bag}.after")
        roots = ["--org-ca", self.folder / "good/roots/org.pem", "--tsa-ca", self.folder / "good/roots/tsa.pem"]
        for number in ("001", "002"):
            done = run("renew", bag, "--desk", desk, *roots)
            self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
            self.assertTrue(Path(f"{bag}.renew/{number}/index-sha512.txt.tsr").is_file())
        both = self.folder / "both.pem"
        both.write_text((self.folder / "good/roots/tsa.pem").read_text() + (desk / "roots/tsa.pem").read_text())
        value = json.loads(run("verify", bag, *roots[:2], "--tsa-ca", both, "--json").stdout)
        self.assertEqual((value["verdict"], value["renewals"], value["damage"]), ("practice", 2, []))
        picture = bag / "data/main/shot-0001.png"
        picture.chmod(0o600)
        picture.write_bytes(picture.read_bytes()[:-1] + b"x")
        self.assertEqual(run("renew", bag, "--desk", desk, *roots).returncode, 3)
        self.assertFalse(Path(f"{bag}.renew/003").exists())

    def test_what_is_no_package_is_2(self):
        text = self.folder / "note.txt"
        text.write_text("hello")
        for path in (text, self.folder / "nowhere", "/dev/null", self.folder / "good/roots"):
            done = run("verify", path, *self.roots)
            self.assertEqual(done.returncode, 2, path)
            self.assertIn(Path(path).name, done.stderr)
            self.assertIn("没有被改动", done.stderr)
        self.assertEqual(run("verify", self.package, "--org-ca", text).returncode, 2)

    def test_export_writes_the_same_zip_and_never_overwrites(self):
        out = self.folder / "again.zip"
        done = run("export", self.bag, "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(out.read_bytes(), self.package.read_bytes())
        self.assertEqual(run("export", self.bag, "-o", out).returncode, 2)
        self.assertEqual(out.read_bytes(), self.package.read_bytes())
        self.assertEqual(run("export", self.folder, "-o", self.folder / "no.zip").returncode, 2)
        self.assertFalse((self.folder / "no.zip").exists())

    def test_export_with_a_desk_leaves_a_signed_record_beside_the_zip(self):
        place = self.folder / "medium"
        place.mkdir()
        done = run("export", self.bag, "-o", place / "package.zip", "--desk", self.folder / "desk", "--to", "法制科", "--medium", "光盘")
        self.assertEqual(done.returncode, 0, done.stderr)
        record = json.loads((place / f"{self.bag.name}.handover/export.json").read_text())
        self.assertEqual((record["to"], record["medium"], record["package"]), ("法制科", "光盘", self.bag.name))
        self.assertTrue((self.folder / "desk/roots/org.pem").is_file())


if __name__ == "__main__":
    unittest.main(verbosity=2)
