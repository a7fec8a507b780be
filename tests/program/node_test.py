"""A phone at a node, through real sshd: entered, trusted, held, captured, and the node's state in the evidence. A-8.3f A-8.4 A-7.3a"""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import scripts
from sshd import Sshd
from stand import Stand


class Node(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stand = Stand()
        cls.sshd = Sshd(cls.stand)
        cls.desk = ["--desk", cls.stand.desk]
        done = cls.node("add", "一号机房", "--host", "127.0.0.1", "--port", cls.sshd.port, "--user", cls.sshd.user, "--key", cls.sshd.station_key,
                        "--adb-port", cls.stand.adb.port, "--place", "三楼机房")
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        cls.stand.close()

    @classmethod
    def node(cls, act, name, *more):
        return cls.stand.run("node", act, name, *more, *cls.desk)

    def trust(self):
        done = self.node("trust", "一号机房", "--fingerprint", self.sshd.fingerprint())
        self.assertEqual(done.returncode, 0, done.stderr)

    def capture(self):
        args = self.stand.capture_args(scripts.still(1))[1:]
        at = args.index("--adb")
        return self.stand.run(*args[:at], "--node", "一号机房", *args[at + 2:])

    def log(self):
        return (self.stand.desk / "operations.log").read_text()

    def test_from_the_first_look_at_its_key_to_sealed_evidence(self):
        unknown = self.node("state", "一号机房")
        self.assertEqual(unknown.returncode, 2)
        self.assertIn(self.sshd.fingerprint(), unknown.stderr)
        shown = self.node("trust", "一号机房")
        self.assertEqual(shown.returncode, 1)
        self.assertIn(self.sshd.fingerprint(), shown.stdout)
        wrong = self.node("trust", "一号机房", "--fingerprint", "SHA256:" + "A" * 43)
        self.assertEqual(wrong.returncode, 2)
        self.assertEqual(self.node("state", "一号机房").returncode, 2, "nothing was trusted")
        self.trust()
        self.assertIn(self.sshd.fingerprint(), self.log())
        state = self.node("state", "一号机房")
        self.assertEqual(state.returncode, 0, state.stderr)
        self.assertEqual(json.loads(state.stdout)["format"], 1)
        history = self.node("history", "一号机房").stdout.splitlines()
        self.assertTrue(history[0].endswith("key-unknown"), history)
        self.assertIn("\tanswered\t", history[-1])

        done = self.capture()
        self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
        bag = self.stand.sealed_bags()[-1]
        verified = self.stand.run("verify", bag, *self.stand.roots(), "--json")
        self.assertEqual(verified.returncode, 6, verified.stdout + verified.stderr)
        node = json.loads((bag / "data/attach/node.json").read_text())
        self.assertEqual((node["name"], node["place"]), ("一号机房", "三楼机房"))
        self.assertIn(f"ssh {self.sshd.user}@127.0.0.1:{self.sshd.port}", node["way"])
        rows = {row["id"]: row for row in json.loads((bag / "data/attach/env.json").read_text())["items"] if row["where"] == "node"}
        self.assertEqual(rows["node.clock"]["verdict"], "pass", rows["node.clock"])
        self.assertEqual(rows["node.state"]["verdict"], "pass")
        self.assertEqual(rows["node.host-key"]["verdict"], "pass")
        self.assertIn(self.sshd.fingerprint(), rows["node.host-key"]["found"])
        self.assertIn("SHA-256", rows["node.adb"]["found"])
        raw = json.loads((bag / rows["node.state"]["raw"]).read_text())
        # asked while the phone was taken: nobody's lease is in it but perhaps this session's own
        self.assertIn([lease["serial"] for lease in raw["leases"]], ([], [self.stand.phone.serial]))

        holder = subprocess.Popen(["ssh", "-F", "/dev/null", "-i", str(self.sshd.station_key), "-o", "StrictHostKeyChecking=no", "-o",
                                   f"UserKnownHostsFile={self.sshd.folder}/ssh_known", "-p", str(self.sshd.port), f"{self.sshd.user}@127.0.0.1",
                                   f"lease {self.stand.phone.serial} 别的席位"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            self.assertIn("held", holder.stdout.readline())
            refused = self.capture()
            self.assertEqual(refused.returncode, 2)
            self.assertIn("别的席位", refused.stderr)
        finally:
            holder.stdin.close()
            holder.wait(60)
            holder.stdout.close()

        self.sshd.new_host_key()
        changed = self.capture()
        self.assertEqual(changed.returncode, 2)
        self.assertIn("another host key", changed.stderr)
        again = self.node("trust", "一号机房", "--fingerprint", self.sshd.fingerprint())
        self.assertEqual(again.returncode, 2, "a changed key cannot be confirmed")
        self.assertEqual(self.node("forget-key", "一号机房").returncode, 2, "not without a reason")
        gone = self.node("forget-key", "一号机房", "--reason", "机器重装，机房已核对")
        self.assertEqual(gone.returncode, 0, gone.stderr)
        self.assertRegex(gone.stdout, "ssh-ed25519 SHA256:")
        self.trust()
        self.assertEqual(self.node("state", "一号机房").returncode, 0)
        for word in ("forget-key", "key-gone", "机房已核对"):
            self.assertIn(word, self.log())
        self.station_key_of_others()

    def station_key_of_others(self):
        self.sshd.station_key.chmod(0o644)
        refused = self.node("state", "一号机房")
        self.sshd.station_key.chmod(0o600)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("chmod 600", refused.stderr)

    def test_a_key_with_a_passphrase_is_opened_once(self):
        """A-8.3f: the station's key may have a passphrase; it comes from a file or the terminal, never from the command line."""
        locked = self.sshd.folder / "locked"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "长口令 of the station", "-f", str(locked)], check=True, capture_output=True)
        with (self.sshd.folder / "authorized_keys").open("a") as let_in:
            let_in.write(Path(f"{locked}.pub").read_text())
        right, wrong = self.sshd.folder / "right", self.sshd.folder / "wrong"
        for file, text in ((right, "长口令 of the station\n"), (wrong, "another\n")):
            file.write_text(text)
            file.chmod(0o600)
        done = self.node("add", "有口令", "--host", "127.0.0.1", "--port", self.sshd.port, "--user", self.sshd.user, "--key", locked,
                         "--adb-port", self.stand.adb.port)
        self.assertEqual(done.returncode, 0, done.stderr)
        shown = self.node("trust", "有口令", "--fingerprint", self.sshd.fingerprint())      # a host's key is asked for without a login
        self.assertEqual(shown.returncode, 0, shown.stderr)
        for more, said in (([], "a passphrase is needed"), (["--ssh-passphrase-file", wrong], "not that of the SSH key")):
            refused = self.stand.run("node", "state", "有口令", *more, *self.desk, preexec=os.setsid)      # no terminal to ask at
            self.assertEqual(refused.returncode, 2, more)
            self.assertIn(said, refused.stderr)
        opened = self.node("state", "有口令", "--ssh-passphrase-file", right)
        self.assertEqual(opened.returncode, 0, opened.stderr)
        args = self.stand.capture_args(scripts.still(1))[1:]
        at = args.index("--adb")
        for more, code in (([], 2), (["--ssh-passphrase-file", right], 6)):
            done = self.stand.run(*args[:at], "--node", "有口令", *more, *args[at + 2:], preexec=os.setsid)
            self.assertEqual(done.returncode, code, done.stderr)
        # the other test's node has the same address, and is to be unknown
        self.assertEqual(self.node("forget-key", "有口令", "--reason", "试验").returncode, 0)
        for path in self.stand.folder.rglob("*"):
            if path.is_file() and path != right:
                self.assertNotIn("长口令 of the station".encode(), path.read_bytes(), path)

    def test_a_node_is_not_changed_by_chance(self):
        more = ("--host", "127.0.0.1", "--user", "x", "--key", "k")
        for name in ("二号机房",):
            self.assertEqual(self.node("add", name, *more).returncode, 0)
            self.assertEqual(self.node("add", name, *more).returncode, 2)
            self.assertEqual(self.node("add", name, *more, "--replace").returncode, 0)
            self.assertIn('"act":"change"', self.log())
            self.assertEqual(self.node("remove", name).returncode, 0)

    def test_bad_entries_are_refused_with_their_field(self):
        for more, word in ((("--host", "-oProxyCommand=x", "--user", "u", "--key", "k"), "host"), (("--host", "h", "--user", "", "--key", "k"), "user"),
                           (("--host", "h", "--user", "u"), "key")):
            done = self.node("add", "坏节点", *more)
            self.assertNotEqual(done.returncode, 0, more)
            self.assertIn(word, done.stderr)
        self.assertNotIn("坏节点", self.stand.run("node", "list", *self.desk).stdout)
        missing = self.node("state", "没有的节点")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("一号机房", missing.stderr)


if __name__ == "__main__":
    unittest.main()
