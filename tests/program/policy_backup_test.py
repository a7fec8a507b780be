"""Backup and restore of a station with a policy: its own keys, never a practice desk's. Needs GUZHENG_BIN.
A-7.4b"""
import shutil
import sqlite3
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

    def assert_library_is_back(self, desk):
        """Whole by SQLite's own check, with what was written last, its key, and found again by an index that is made anew. A-5.2a A-7.4b"""
        kept = sorted(one.name for one in (desk / "subjects").iterdir() if one.is_file())
        self.assertEqual(kept, ["registry.sqlite"], "the index is made from the library")
        self.assertEqual((desk / "subjects.key").read_bytes(), (Desk.home / "state/subjects.key").read_bytes())
        with sqlite3.connect(desk / "subjects/registry.sqlite") as library:
            self.assertEqual(library.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            self.assertEqual(library.execute("SELECT address FROM subject ORDER BY id").fetchall(), [("练习市1号",), ("练习市3号",)])
        with sqlite3.connect(desk / "tasks.sqlite") as book:
            self.assertEqual(book.execute("SELECT x FROM probe").fetchall(), [(7,)])
        # read by the program again: where the restored state folder is the policy's
        state = Desk.home / "state"
        state.rename(Desk.home / "state.lost")
        shutil.copytree(desk, state)
        try:
            Desk.must("subjects", "index", *Desk.wang)
            self.assertIn("练习市3号", Desk.must("subjects", "search", "练习市3号", *Desk.wang).stdout)
        finally:
            shutil.rmtree(state)
            (Desk.home / "state.lost").rename(state)

    def test_its_own_keys_and_back(self):
        self.sealed()
        table = Desk.home / "subjects.csv"
        table.write_text("名称,地址,联系电话\n示例甲（练习）店,练习市1号,13800000001\n示例乙（练习）店,练习市2号,\n")
        Desk.must("subjects", "import", table, *Desk.wang)
        self.assertTrue((Desk.home / "state/subjects/registry.sqlite").exists(), "under a policy the library lies in its state folder")
        desk, file = Desk.home / "practice", Desk.home / "station.gzbackup"
        done = Desk.tool("backup", Desk.vault, "-o", file, "--desk", desk)
        self.assertNotEqual(done.returncode, 0, "a practice desk's keys are not this vault's")
        self.assertNotIn("Backed up", done.stdout)
        self.assertFalse(file.exists())

        # the window is open and writes: what lies in the write-ahead log alone is in the copy too
        live = sqlite3.connect(Desk.home / "state/subjects/registry.sqlite")
        live.execute("PRAGMA wal_autocheckpoint=0")
        live.execute("UPDATE subject SET address='练习市3号' WHERE id=2")
        live.commit()
        with sqlite3.connect(Desk.home / "state/tasks.sqlite") as book:
            book.execute("CREATE TABLE probe(x)")
            book.execute("INSERT INTO probe VALUES(7)")
        done = Desk.must("backup", Desk.vault, "-o", file, *Desk.wang)
        live.close()
        self.assertIn("Backed up", done.stdout)
        self.assertFalse(list((Desk.home / "state").glob(".snapshots-*")), "no copy in plain stays behind")
        published = self.station / "archive.crt"
        key = next(one.with_suffix(".p12") for one in (Desk.home / "bureau").rglob("*.crt")
                   if one.read_bytes() == published.read_bytes() and one.with_suffix(".p12").exists())
        to = Desk.home / "restored"
        done = Desk.tool("restore", file, "--to", to, "--key", key, "--certificate", published, "--passphrase-file", Desk.home / "archive.pass",
                         "--org-ca", self.station / "org.crt")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 packages, damaged 0", done.stdout)
        self.assertEqual((to / "desk/policy/policy.toml").read_bytes(), Desk.policy.read_bytes())
        self.assert_library_is_back(to / "desk")
        self.assertFalse((to / "desk/bureau").exists(), "no practice bureau is made in its place")
        for part in self.station.rglob("*"):
            if part.is_file():
                self.assertTrue((to / "desk/policy" / part.relative_to(self.station)).exists(), part)
        self.assertIn("op.restore", (to / "desk/operations.log").read_text())



def load_tests(loader, tests, pattern):
    return loader.loadTestsFromTestCase(PolicyBackup)      # not the base's own a second time


if __name__ == "__main__":
    unittest.main()
