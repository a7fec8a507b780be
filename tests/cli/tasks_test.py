"""guzheng-evidence tasks, by the real program on a practice desk. Needs GUZHENG_BIN. A-6.2 A-6.3c A-6.4a A-6.4b"""
import os
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = Path(os.environ["GUZHENG_BIN"])


def run(*args):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    return subprocess.run([str(BIN / "guzheng-evidence"), *map(str, args)], stdin=subprocess.DEVNULL, capture_output=True, env=env, encoding="utf-8", timeout=120)


class Tasks(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="guzheng-tasks."))
        self.desk = self.folder / "desk"
        subprocess.run([BIN / "sample_task_book", self.desk], check=True, capture_output=True)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def tasks(self, *args):
        return run("tasks", *args, "--desk", self.desk, "--lang", "en")

    def test_list_and_route(self):
        listed = self.tasks("list")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertRegex(listed.stdout, r"^1\t练习-\d{4}-0001\tspecial\trunning\t.*\t1/1\t普通食品宣称疾病治疗功能专项监测\n$")
        results = self.tasks("list", "--results", "--task", 1)
        self.assertRegex(results.stdout, r"^1\t1-1\tverifying\t\d{4}-\d\d-\d\d working days left 15.*\t练习二科\t示例甲生物科技有限公司\t")
        self.assertEqual(self.tasks("list", "--results", "--overdue").stdout, "")
        self.assertIn("示例甲", self.tasks("list", "--results", "--words", "示例甲").stdout)
        self.assertEqual(self.tasks("list", "--words", "没有").stdout, "")
        route = self.tasks("route", "result", 1).stdout.splitlines()
        self.assertEqual([line.split("\t")[2] for line in route], ["none → judging", "judging → dispatching", "dispatching → verifying"])
        self.assertEqual(self.tasks("route", "result", 9).returncode, 2)

    def test_check_holds_routes_against_signatures_and_the_log(self):
        good = self.tasks("check")
        self.assertEqual((good.returncode, good.stdout), (0, "Routes checked: 2, troubles: 0\n"), good.stderr)
        with sqlite3.connect(self.desk / "tasks.sqlite") as book:
            book.execute("UPDATE result SET due=due+30")
        bad = self.tasks("check")
        self.assertEqual(bad.returncode, 3, bad.stdout)
        self.assertIn("not what its route has made of it", bad.stdout)

    def test_a_notice_comes_in_or_its_mistakes_are_told_by_line(self):
        notice = self.folder / "notice.csv"
        notice.write_text("2027,通知,示例通知\n2027-02-30,休,春节\n")
        bad = self.tasks("calendar", notice)
        self.assertEqual(bad.returncode, 2)
        self.assertIn(":2: bad-date", bad.stderr)
        notice.write_text("2027,通知,示例通知\n2027-01-01~2027-01-03,休,元旦\n")
        good = self.tasks("calendar", notice)
        self.assertEqual(good.returncode, 0, good.stderr)
        self.assertIn("2027\t示例通知", good.stdout)
        self.assertIn("op.task-calendar", (self.desk / "operations.log").read_text())

    def test_forms_are_printed(self):
        sheet = self.folder / "sheet.pdf"
        done = self.tasks("print", 1, "-o", sheet)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = subprocess.run(["pdftotext", "-raw", sheet, "-"], capture_output=True, encoding="utf-8", check=True).stdout.replace(" ", "").replace("\n", "")
        self.assertIn("☑特定性监测（专项监测）", text)
        self.assertIn("普通食品宣称疾病治疗功能专项监测", text)
        self.assertEqual(self.tasks("print", 1, "-o", sheet).returncode, 2)       # nothing is replaced
        self.assertEqual(self.tasks("print", 1, "--form", "report", "-o", self.folder / "r.pdf", "--made-by", "网监").returncode, 2)       # no conclusion
        count = self.tasks("print", 1, "--form", "platform-count", "-o", self.folder / "p.pdf", "--made-by", "网监", "--visit", "练习商城=3")
        self.assertEqual(count.returncode, 0, count.stderr)
        self.assertTrue((self.folder / "p.pdf").is_file())

    def test_usage(self):
        for args in ((), ("dance",), ("print", 1), ("route", "thing", 1), ("list", "--overdue", "--soon")):
            done = run("tasks", *args)
            self.assertEqual(done.returncode, 1, args)


if __name__ == "__main__":
    unittest.main()
