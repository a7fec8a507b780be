"""Backup and restore of a station with a policy: its own keys, never a practice desk's. Needs GUZHENG_BIN.
A-7.4b"""
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import policy_desk_test  # noqa: E402

Desk = policy_desk_test.PolicyDesk


class PolicyBackup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        Desk.setUpClass()
        cls.station = Desk.policy.parent

    @classmethod
    def tearDownClass(cls):
        Desk.tearDownClass()

    def sealed(self):
        note = Desk.home / "note.txt"
        note.write_text("一份材料\n")
        listed = Desk.home / "list.json"
        listed.write_text(Desk.import_list(note))
        done = Desk.must("import", "--list", listed, "--vault", Desk.vault, *Desk.wang, "--second", "执法-02",
                         "--second-passphrase-file", Desk.home / "li.pass", "--result", Desk.home / "result.json")
        return done

    def test_its_own_keys_and_back(self):
        self.sealed()
        desk, file = Desk.home / "practice", Desk.home / "station.gzbackup"
        done = Desk.tool("backup", Desk.vault, "-o", file, "--desk", desk)
        self.assertNotEqual(done.returncode, 0, "a practice desk's keys are not this vault's")
        self.assertNotIn("Backed up", done.stdout)
        self.assertFalse(file.exists())

        done = Desk.must("backup", Desk.vault, "-o", file, *Desk.wang)
        self.assertIn("Backed up", done.stdout)
        published = self.station / "archive.crt"
        key = next(one.with_suffix(".p12") for one in (Desk.home / "bureau").rglob("*.crt")
                   if one.read_bytes() == published.read_bytes() and one.with_suffix(".p12").exists())
        to = Desk.home / "restored"
        done = Desk.tool("restore", file, "--to", to, "--key", key, "--certificate", published, "--passphrase-file", Desk.home / "archive.pass",
                         "--org-ca", self.station / "org.crt")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 packages, damaged 0", done.stdout)
        self.assertEqual((to / "desk/policy/policy.toml").read_bytes(), Desk.policy.read_bytes())
        self.assertFalse((to / "desk/bureau").exists(), "no practice bureau is made in its place")
        for part in self.station.rglob("*"):
            if part.is_file():
                self.assertTrue((to / "desk/policy" / part.relative_to(self.station)).exists(), part)
        self.assertIn("op.restore", (to / "desk/operations.log").read_text())



def load_tests(loader, tests, pattern):
    return loader.loadTestsFromTestCase(PolicyBackup)      # not the base's own a second time


if __name__ == "__main__":
    unittest.main()
