"""guzheng-evidence vault, scrub, doctor, backup, restore, and reading what is encrypted, by the real program (A-7.4a, A-7.4b, A-8.6)."""
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = Path(os.environ["GUZHENG_BIN"])


def run(*args):
    return subprocess.run([str(BIN / "guzheng-evidence"), *map(str, args), "--lang", "en"], stdin=subprocess.DEVNULL, capture_output=True,
                          encoding="utf-8", timeout=300)


def flip(path, at):
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


class VaultCommands(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="guzheng-vault-cli."))
        self.desk, self.vault = self.folder / "desk", self.folder / "vault"
        subprocess.run([BIN / "sample_bag_tool", self.desk], check=True, capture_output=True)
        (self.vault / "sealed").mkdir(parents=True, mode=0o700)
        self.vault.chmod(0o700)
        bag = next(p for p in self.desk.glob("LX-*") if "." not in p.name)
        self.id = bag.name
        for part in self.desk.glob(self.id + "*"):
            if not part.name.endswith(".handover"):
                shutil.move(str(part), self.vault / "sealed" / part.name)
        self.bag = self.vault / "sealed" / self.id
        self.roots = ["--org-ca", self.desk / "roots/org.pem", "--tsa-ca", self.desk / "roots/tsa.pem"]

    def tearDown(self):
        for path in self.folder.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(self.folder)

    def did(self, code, *args):
        done = run(*args)
        self.assertEqual(done.returncode, code, f"{args}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def operations(self):
        lines = (self.desk / "operations.log").read_text().splitlines()
        return [(line.split(" ", 4)[3], json.loads(line.split(" ", 4)[4])) for line in lines]

    def test_evidence_at_rest(self):
        desk = ["--desk", self.desk]
        self.assertIn("plain", self.did(0, "vault", self.vault, *desk))
        self.did(0, "vault", self.vault, *desk, "--second-copy", self.folder / "copy", "--encrypt", "--catch-up")
        self.assertTrue(all(".p7m." in p.name for p in (self.bag / "data").rglob("*") if p.is_file()))
        subprocess.run(["sha256sum", "-c", "--strict", "--quiet", f"{self.id}.enc/001/parts-sha256.txt"], cwd=self.vault / "sealed", check=True)

        self.assertIn("encrypted", self.did(5, "verify", self.bag, *self.roots))
        self.assertIn("--reason", self.did(2, "verify", self.bag, *self.roots, *desk))
        self.did(6, "verify", self.bag, *self.roots, *desk, "--reason", "hearing")
        self.did(2, "export", self.bag, "-o", self.folder / "p.zip")
        self.did(0, "export", self.bag, "-o", self.folder / "p.zip", *desk, "--to", "court", "--reason", "ordered by the court")
        self.did(6, "verify", self.folder / "p.zip", *self.roots)
        opened = [body for kind, body in self.operations() if kind == "op.open"]
        self.assertEqual([(o["what"], o["reason"], o["package"]) for o in opened],
                         [("verify", "hearing", self.id), ("export", "ordered by the court", self.id)])
        self.assertTrue(all(o["who"] for o in opened))

        self.did(0, "scrub", self.vault, *desk, "--reason", "review")
        flip(self.bag / "data/attach/order.json.p7m.0000", 900)
        self.assertIn("data/attach/order.json.p7m.0000", self.did(3, "verify", self.bag, *self.roots))
        self.assertIn("repaired", self.did(0, "scrub", self.vault, *desk))
        self.assertIn("op.repair", [kind for kind, _ in self.operations()])
        self.did(0, "doctor", self.vault, *desk)

        shutil.rmtree(self.folder / "copy/sealed" / (self.id + ".enc"))
        self.assertIn("--catch-up", self.did(4, "doctor", self.vault, *desk, "--offline"))
        self.did(0, "vault", self.vault, *desk, "--catch-up", "--rebuild")
        flip(self.desk / "operations.log", 30)
        self.did(3, "doctor", self.vault, *desk, "--offline")

    # A-7.2a, A-8.6: one head a day, stamped once the day's first command is through; stock tools read it; what was cut off is found
    def test_operation_log_is_stamped(self):
        desk, log, stamps = ["--desk", self.desk], self.desk / "operations.log", self.desk / "operations.stamps"
        self.did(0, "vault", self.vault, *desk)
        self.assertFalse(stamps.exists(), "nothing was done yet")
        self.did(0, "vault", self.vault, *desk, "--encrypt")
        head, token = sorted(stamps.iterdir())
        self.assertEqual(token.name, head.name + ".tsr")
        subprocess.run(["openssl", "ts", "-verify", "-data", head, "-in", token, "-CAfile", self.desk / "roots/tsa.pem"], check=True, capture_output=True)
        line = log.read_bytes().splitlines(keepends=True)[int(head.name[9:17])]
        self.assertEqual(head.read_text(), hashlib.sha256(line).hexdigest() + "\n")
        self.assertIn("op.log-stamp", [kind for kind, _ in self.operations()])
        self.did(0, "verify", "--help")
        self.did(6, "verify", self.bag, *self.roots, *desk, "--reason", "again")
        self.assertEqual(sorted(stamps.iterdir()), [head, token])
        self.assertIn("Operation log " + head.name[:8], self.did(0, "stamp", self.vault, *desk, "--list"))
        self.assertIn("[good] operation log's time stamp", self.did(4, "doctor", self.vault, *desk, "--offline"))
        token.rename(self.folder / "token")
        self.assertIn("taken away", self.did(3, "doctor", self.vault, *desk, "--offline"))
        (self.folder / "token").rename(token)
        log.write_bytes(b"")
        self.assertIn("no longer in the log", self.did(3, "doctor", self.vault, *desk, "--offline"))

    # A-7.4c, A-8.1: until when it must be kept is told; what the second copy lacks is told by the command that left it so
    def test_retention_and_a_second_copy_that_does_not_follow_are_told(self):
        desk = ["--desk", self.desk]
        self.assertRegex(self.did(0, "vault", self.vault, *desk), r"to be kept until 20\d\d-\d\d-\d\d, case evidence")
        self.assertRegex(self.did(4, "doctor", self.vault, *desk, "--offline"), r"\[good\] retention  " + self.id + r"  case evidence, to be kept until 20")
        self.did(0, "vault", self.vault, *desk, "--second-copy", self.folder / "copy")
        (self.folder / "copy").rename(self.folder / "away")
        self.assertIn("the second copy did not follow", self.did(0, "vault", self.vault, *desk, "--encrypt"))
        self.assertIn("medium is away", [body for kind, body in self.operations() if kind == "op.encrypt"][0]["copy"])

    def test_backup_and_restore(self):
        desk, backup = ["--desk", self.desk], self.folder / "station.gzbackup"
        self.did(0, "vault", self.vault, *desk, "--encrypt")
        self.did(0, "backup", self.vault, "-o", backup, *desk)
        self.did(2, "backup", self.vault, "-o", backup, *desk)
        archive = next(self.desk.rglob("archive.p12"))
        key = ["--key", archive, "--certificate", next(self.desk.rglob("archive.crt")), "--passphrase-file", self.desk / "bureau/passphrase.txt"]
        self.did(0, "restore", backup, "--to", self.folder / "new", *key, "--org-ca", self.desk / "roots/org.pem")
        self.assertEqual(len(list((self.folder / "new/desk/operations.stamps").glob("*.head.tsr"))), 1)
        self.did(6, "verify", self.folder / "new/vault/sealed" / self.id, *self.roots, "--desk", self.folder / "new/desk", "--reason", "after restoring")
        self.did(2, "restore", backup, "--to", self.folder / "new", *key)
        flip(backup, backup.stat().st_size // 2)
        self.did(2, "restore", backup, "--to", self.folder / "other", *key)
        self.assertFalse((self.folder / "other").exists())


if __name__ == "__main__":
    unittest.main()
