"""The commands at the desk of a policy: officers of a bureau, a real time-stamp server, its second copy, its disk limit. Needs GUZHENG_BIN.
A-7.2b A-7.4b B-5.4.2a"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
BIN = Path(os.environ["GUZHENG_BIN"])


class PolicyDesk(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Path(tempfile.mkdtemp(prefix="guzheng-policy-desk."))
        (cls.home / "tsa").mkdir()
        cls.tsa = subprocess.Popen([sys.executable, ROOT / "tests/identity/tsa_server.py", cls.home / "tsa"], stdin=subprocess.PIPE)
        for name in ("root", "archive", "wang", "li"):
            file = cls.home / f"{name}.pass"
            file.write_text(f"passphrase of {name}\n")
            file.chmod(0o600)
        for _ in range(600):
            if (cls.home / "tsa/port").exists() and (cls.home / "tsa/port").read_text().strip():
                break
            time.sleep(0.1)
        port = (cls.home / "tsa/port").read_text().strip()
        bureau = cls.home / "bureau"
        cls.must("ca", "init", bureau, "--bureau", "某某市市场监督管理局", "--station", "LX-07", "--tsa", "某机构", f"http://127.0.0.1:{port}/",
                 cls.home / "tsa/root.pem", "--passphrase-file", cls.home / "root.pass", "--key-passphrase-file", cls.home / "archive.pass")
        for name, badge, who in (("王甲", "执法-01", "wang"), ("李乙", "执法-02", "li")):
            cls.must("ca", "issue", bureau, "officer", "--name", name, "--badge", badge, "--passphrase-file", cls.home / "root.pass",
                     "--key-passphrase-file", cls.home / f"{who}.pass")
        cls.policy = bureau / "station/policy.toml"
        text = cls.policy.read_text()
        text = cls.set(text, "min_free_gib", "1\nsecond_copy = " + json.dumps(str(cls.home / "copy")))
        text = cls.set(text, "state", json.dumps(str(cls.home / "state")))
        cls.policy.write_text(text + '\n[device]\nnode_trust = ["执法-02"]\n')
        (cls.home / "copy").mkdir()
        cls.vault = cls.home / "vault"
        cls.vault.mkdir(mode=0o700)
        cls.wang = ["--policy", cls.policy, "--officer", "执法-01", "--passphrase-file", cls.home / "wang.pass"]

    @classmethod
    def tearDownClass(cls):
        cls.tsa.stdin.close()
        cls.tsa.wait(20)
        subprocess.run(["chmod", "-R", "u+w", cls.home], check=False)
        shutil.rmtree(cls.home)

    @staticmethod
    def set(text, key, value):
        """Puts `key = value` in the place of the line that has it; a line that is not there fails the test."""
        lines, found = [], False
        for line in text.split("\n"):
            if line.startswith(key + " =") and not found:
                line, found = f"{key} = {value}", True
            lines.append(line)
        assert found, f"{key} is not in the policy that ca wrote:\n{text}"
        return "\n".join(lines)

    @classmethod
    def tool(cls, *args):
        return subprocess.run([str(BIN / "guzheng-evidence"), *map(str, args), "--lang", "en"], stdin=subprocess.DEVNULL, capture_output=True,
                              encoding="utf-8", timeout=300, start_new_session=True)

    @classmethod
    def must(cls, *args):
        done = cls.tool(*args)
        assert done.returncode == 0, f"{args}\n{done.stdout}{done.stderr}"
        return done

    @staticmethod
    def import_list(file):
        said = {"title": "材料", "proves": "宣称", "source": "门店", "collector": "王甲", "method": "拷贝", "device": "示例手机", "made_at": "2026-11-20T10:00:00.000+08:00",
                "access": "公开", "basis": ""}
        return json.dumps({"schema": "guzheng-import/1", "write_protection": "只读", "items": [{"file": str(file), "kind": "document", **said}],
                           "order": {"order_no": "ZL-1", "reason": "投诉", "what": "材料", "subject_name": "示例公司"}}, ensure_ascii=False)

    def log(self):
        return (self.home / "state/operations.log").read_text()

    def acts(self):
        return [(line.split(" ", 4)[3], json.loads(line.split(" ", 4)[4])) for line in self.log().splitlines()]

    def test_from_import_to_scrub(self):
        file = self.home / "note.txt"
        file.write_text("一份材料\n")
        listed = self.home / "list.json"
        listed.write_text(self.import_list(file))
        done = self.tool("import", "--list", listed, "--vault", self.vault, *self.wang, "--second", "执法-02", "--second-passphrase-file", self.home / "li.pass",
                         "--result", self.home / "result.json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        result = json.loads((self.home / "result.json").read_text())
        self.assertFalse(result["practice"])
        bag = Path(result["package"])
        # encrypted as soon as it was sealed, for the policy's recipients, and on the policy's second copy
        self.assertIn("Encrypted: " + bag.name, done.stdout)
        self.assertFalse(list(bag.glob("data/**/*.txt")), "nothing lies in plain bytes")
        self.assertTrue(list((self.home / "copy").rglob("*.p7m.0000")), "the second copy is where the policy says")
        self.assertEqual([line.split(" ")[3] for line in self.log().splitlines() if bag.name in line], ["op.import", "op.encrypt"])
        self.assertEqual([(kind, body["badge"]) for kind, body in self.acts() if kind == "op.login"], [("op.login", "执法-01"), ("op.login", "执法-02")])
        done = self.must("vault", self.vault, "--encrypt", *self.wang)
        self.assertIn("Nothing lies in plain bytes", done.stdout)

        # verified with the desk's own roots; not opened without a reason
        refused = self.tool("verify", bag, *self.wang)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--reason", refused.stderr)
        verified = self.tool("verify", bag, *self.wang, "--crl", self.policy.parent / "org.crl", "--reason", "核对", "--json")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        self.assertEqual(json.loads(verified.stdout)["verdict"], "whole")
        self.assertIn("核对", self.log())
        self.assertEqual(self.acts()[-1], ("op.verify", {"fingerprint": result["fingerprint"], "package": bag.name, "verdict": "whole", "who": self.acts()[-1][1]["who"]}))
        self.check_acts_on_the_vault(bag)

        # opened with a reason only, which the policy's operation log keeps
        done = self.must("scrub", self.vault, *self.wang, "--reason", "年度复查")
        self.assertIn(bag.name + "  good  whole", done.stdout)
        self.assertIn("年度复查", self.log())
        self.assertIn(bag.name, self.log().split("op.open")[1].split("\n")[0], "which package was opened, not only that some were")

        done = self.must("stamp", self.vault, *self.wang)
        self.assertIn("No package lacks a time stamp", done.stdout)
        done = self.tool("renew", bag, *self.wang)
        self.assertIn("Renewed: ", done.stdout)
        self.assertEqual(done.returncode, 0, "it looked at everything before it renewed: " + done.stdout + done.stderr)
        verified = self.tool("verify", bag, *self.wang, "--reason", "续期后核对")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        done = self.tool("review", bag, "--result", "confirmed", "--reason", "逐一对照", *self.wang)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        # every act on the encrypted package stands in the log twice: why it was opened, and what was done (B-5.4.4)
        acts = [line.split(" ", 4) for line in self.log().splitlines() if bag.name in line]
        for kind, why in (("op.renew", "续期"), ("op.review", "复核")):
            at = next(i for i, act in enumerate(acts) if act[3] == kind)
            self.assertEqual(acts[at - 1][3], "op.open")
            self.assertIn(why, acts[at - 1][4])
        done = self.tool("doctor", self.vault, *self.wang)
        self.assertIn("[good] operation log", done.stdout)
        self.assertIn("某机构", done.stdout)
        self.assertNotEqual(done.returncode, 3, done.stdout)
        self.check_report(bag)
        self.check_renewed_station(bag)
        self.check_newer_list(bag)

    def known_names(self):
        database = sqlite3.connect(self.vault / "catalogue.sqlite")
        try:
            return database.execute("SELECT id, names FROM package ORDER BY id").fetchall()
        finally:
            database.close()

    # B-5.4.4: what is opened for a list, and what is done to catalogue and copy, leaves its line
    def check_acts_on_the_vault(self, bag):
        def new(*args):
            before = len(self.acts())
            self.must("vault", self.vault, *args, *self.wang)
            return [(kind, {k: v for k, v in body.items() if k != "who"}) for kind, body in self.acts()[before:] if kind != "op.login"]
        self.assertEqual(new("--rebuild"), [("op.catalogue", {"result": "made anew"})])
        names = self.known_names()
        self.assertEqual(new(), [])
        self.assertEqual(self.known_names(), names, "a list opened the package and kept its order without a line in the log")
        copy = self.home / "copy/sealed"
        subprocess.run(["chmod", "-R", "u+w", copy], check=True)
        shutil.rmtree(copy / f"{bag.name}.enc")
        self.assertEqual(new("--catch-up"), [("op.copy", {"package": bag.name})])
        self.assertEqual(new("--second-copy", self.home / "copy"), [("op.copy", {"place": str(self.home / "copy")})])

    # A-7.4b: a report beside an encrypted package is encrypted too
    def check_report(self, bag):
        if "report    " not in self.tool("--help").stdout:
            return
        done = self.tool("report", bag, *self.wang, "--reason", "出具报告")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("op.report", [kind for kind, body in self.acts() if body.get("package") == bag.name])
        names = sorted(path.name for path in bag.parent.glob(f"{bag.name}.report/001/*"))
        self.assertIn("report.pdf.p7m.0000", names)
        self.assertNotIn("report.pdf", names)
        verified = self.tool("verify", bag, *self.wang, "--reason", "出具后核对")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    # A-7.4b: after `ca renew` the station is the same one: reports of older packages are encrypted, with a time stamp over the list; without an authority they wait
    def check_renewed_station(self, bag):
        if "report    " not in self.tool("--help").stdout:
            return
        sealed, now = bag / "seal/certs/station.crt", self.policy.parent / "station-LX-07.crt"
        self.assertEqual(self.digest_of(sealed), self.digest_of(now))
        self.must("ca", "renew", self.home / "bureau", "--badge", "LX-07", "--passphrase-file", self.home / "root.pass")
        self.assertNotEqual(self.digest_of(sealed), self.digest_of(now))
        offline = self.home / "bureau/station/offline.toml"
        offline.write_text(self.set(self.policy.read_text(), "url", '"http://127.0.0.1:9/"'))
        away = ["--policy", offline, *self.wang[2:]]
        done = self.tool("report", bag, *away, "--reason", "续发证书后出具")
        edition = bag.parent / f"{bag.name}.report/002"
        self.assertTrue((edition / "report.pdf").is_file(), done.stdout + done.stderr)
        self.assertIn("encrypt again when a time-stamp authority answers", done.stdout + done.stderr)
        self.assertFalse((edition / "report.pdf.p7m.0000").exists())
        lists = bag.parent / f"{bag.name}.enc"
        before = sorted(path.name for path in lists.iterdir())
        done = self.must("vault", self.vault, "--encrypt", *self.wang)
        self.assertIn("Encrypted: " + bag.name, done.stdout)
        self.assertFalse((edition / "report.pdf").exists())
        newest = sorted(set(path.name for path in lists.iterdir()) - set(before))
        self.assertEqual(len(newest), 1)
        self.assertEqual(sorted(path.name for path in (lists / newest[0]).iterdir()), ["parts-sha256.txt", "parts-sha256.txt.p7s", "parts-sha256.txt.p7s.tsr"])
        self.assertTrue((self.home / f"copy/sealed/{bag.name}.enc/{newest[0]}/parts-sha256.txt.p7s.tsr").is_file(), "the second copy follows")
        verified = self.tool("verify", bag, *self.wang, "--reason", "续发证书后核对", "--json")
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        done = self.must("scrub", self.vault, *self.wang, "--reason", "续发证书后复查")
        self.assertIn(bag.name + "  good  whole", done.stdout)

    @staticmethod
    def digest_of(certificate):
        return subprocess.run(["openssl", "x509", "-in", certificate, "-noout", "-fingerprint", "-sha256"], capture_output=True, text=True, check=True).stdout

    # B-4.2: the desk's own list is newer than the package's; --crl still goes before it
    def check_newer_list(self, bag):
        older = self.home / "older.crl"
        shutil.copy(self.policy.parent / "org.crl", older)
        self.must("ca", "revoke", self.home / "bureau", "--badge", "执法-02", "--reason", "left", "--passphrase-file", self.home / "root.pass")
        def notes(*more):
            return json.loads(self.tool("verify", bag, *self.wang, "--reason", "吊销后核对", "--json", *more).stdout)["notes"]
        self.assertIn("revoked", json.dumps(notes()))
        self.assertNotIn("revoked", json.dumps(notes("--crl", older)))

    def test_nobody_without_the_right_passphrase(self):
        before = self.log() if (self.home / "state/operations.log").exists() else ""
        for command in (["scrub", self.vault, "--reason", "x"], ["vault", self.vault, "--encrypt"], ["doctor", self.vault], ["stamp", self.vault]):
            done = self.tool(*command, "--policy", self.policy, "--officer", "执法-09", "--passphrase-file", self.home / "wang.pass")
            self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
            self.assertIn("no officer of the policy has this badge", done.stderr)
        done = self.tool("scrub", self.vault, "--desk", self.home / "d", *self.wang)
        self.assertEqual(done.returncode, 1, "a desk and a policy at once")
        self.assertFalse((self.home / "d").exists())
        now = self.log() if (self.home / "state/operations.log").exists() else ""
        kinds = [line.split(" ")[3] for line in now[len(before):].splitlines()]
        self.assertEqual(kinds, ["op.login-failed"] * 4, "each attempt is told, and nothing was opened")

    def test_who_answers_for_a_nodes_host_key(self):
        """A-8.3f: an unknown host key is for an authorised officer, and so is the way out of a changed one."""
        li = ["--policy", self.policy, "--officer", "执法-02", "--passphrase-file", self.home / "li.pass"]
        self.must("node", "add", "三号", "--host", "127.0.0.1", "--port", "1", "--user", "guzheng", "--key", self.home / "none", *self.wang)
        for act in (["trust", "三号", "--fingerprint", "SHA256:x"], ["forget-key", "三号", "--reason", "重装"]):
            refused = self.tool("node", *act, *self.wang)
            self.assertEqual(refused.returncode, 2, refused.stderr)
            self.assertIn("node_trust", refused.stderr)
        away = self.tool("node", "trust", "三号", "--fingerprint", "SHA256:x", *li)        # she may: it is the node that does not answer
        self.assertEqual(away.returncode, 2)
        self.assertNotIn("node_trust", away.stderr)
        self.must("node", "forget-key", "三号", "--reason", "重装", *li)

    def test_every_command_explains_the_policy(self):
        for command in ("stamp", "review", "import", "renew", "vault", "scrub", "doctor", "backup"):
            done = self.tool(command, "--help")
            self.assertEqual(done.returncode, 0)
            for option in ("--policy FILE", "--officer BADGE", "--passphrase-file FILE"):
                self.assertIn(option, done.stdout, command)


if __name__ == "__main__":
    unittest.main()
