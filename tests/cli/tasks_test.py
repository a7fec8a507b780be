"""guzheng-evidence tasks, by the real program on a practice desk. Needs GUZHENG_BIN. A-6.2 A-6.3a A-6.3c A-6.4a A-6.4b A-6.5"""
import csv
import datetime
import os
import re
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
        self.assertRegex(listed.stdout, r"^1\t练习-\d{4}-0001\tspecial\trunning\t.*\t1/1\t普通食品宣称疾病治疗功能专项监测\t投诉举报集中反映\n$")
        results = self.tasks("list", "--results", "--task", 1)
        self.assertRegex(results.stdout, r"^1\t1-1\tverifying\t\d{4}-\d\d-\d\d working days left 15.*\t练习二科\t示例甲生物科技有限公司\t")
        self.assertEqual(self.tasks("list", "--results", "--overdue").stdout, "")
        self.assertRegex(results.stdout, r"\t练习-\d{4}-0001 普通食品宣称疾病治疗功能专项监测\n$")
        self.assertIn("示例甲", self.tasks("list", "--results", "--words", "示例甲").stdout)
        number = listed.stdout.split("\t")[1]
        self.assertEqual(self.tasks("list", "--number", number).stdout, listed.stdout)
        self.assertEqual(self.tasks("list", "--results", "--number", number).stdout, results.stdout)
        self.assertEqual(self.tasks("list", "--number", number[:-1]).returncode, 2)        # whole numbers only
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

        years = {line.split("\t")[0]: line.split("\t") for line in self.tasks("calendar").stdout.splitlines()}
        self.assertEqual(years["2027"][1], "notice")
        self.assertEqual(years["2027"][4], "示例通知")
        self.assertEqual(years["2026"][1], "notice")

    def test_a_year_without_notice_is_provisional(self):
        self.assertRegex(self.tasks("calendar").stdout, r"(?m)^\d{4}\tprovisional\t.*\tno notice yet: days may move$")

    # A-6.3a: what is good comes in, what is not is told by row, on the screen and as a file
    def test_a_third_partys_table_comes_in_with_what_was_wrong(self):
        table, told = self.folder / "third.csv", self.folder / "told.csv"
        table.write_text("链接,经营主体,涉嫌违法表现,所属业务领域\n"
                         "https://shop.example/item/1,甲,普通食品宣传疾病治疗功能,食品\n"
                         "\n"
                         "https://shop.example/item/71,乙商行,虚假宣传,广告\n"
                         "item/72,乙商行,虚假宣传,广告\n")
        look = self.tasks("import", 1, table, "--look")
        self.assertEqual(look.returncode, 4, look.stderr)
        self.assertIn("good 1\tentered 0\ttroubles 2", look.stdout)
        done = self.tasks("import", 1, table, "--found-by", "某数据公司", "--report", told)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("good 1\tentered 1\ttroubles 2", done.stdout)
        self.assertIn(":2: known: https://shop.example/item/1", done.stderr)
        self.assertRegex(done.stderr, r":5: bad-cell Link not-a-link: item/72")
        with open(told, encoding="utf-8-sig") as rows:
            self.assertEqual([row["row"] for row in csv.DictReader(rows)], ["2", "5"])
        self.assertIn("乙商行", self.tasks("list", "--results", "--words", "乙商行").stdout)
        self.assertEqual(self.tasks("check").returncode, 0)
        good = self.folder / "good.csv"
        good.write_text("链接,经营主体,涉嫌违法表现,所属业务领域\nhttps://shop.example/item/80,丙,虚假宣传,广告\n")
        self.assertEqual(self.tasks("import", 1, good).returncode, 0)

    # A-6.3c: what was exported as a clue table comes in again and is known
    def test_feedback_goes_out_as_tables(self):
        for form, head in (("clue-table", "经营主体"), ("subject-list", "网络经营主体"), ("report", "项目"), ("platform-count", "电商平台（网站）")):
            file = self.folder / (form + ".csv")
            done = self.tasks("export", 1, "--form", form, "-o", file)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(head, file.read_text(encoding="utf-8-sig").splitlines()[0])
        xlsx = self.folder / "clues.xlsx"
        self.assertEqual(self.tasks("export", 1, "--form", "clue-table", "-o", xlsx).returncode, 0)
        again = self.tasks("import", 1, xlsx)
        self.assertEqual(again.returncode, 4)
        self.assertIn(":2: known:", again.stderr)
        self.assertEqual(self.tasks("export", 1, "--form", "clue-table", "-o", xlsx).returncode, 2)      # nothing is replaced
        visited = self.folder / "visited.csv"
        self.tasks("export", 1, "--form", "platform-count", "-o", visited, "--visit", "练习商城=3", "--visit", "练习集市=2")
        self.assertEqual(visited.read_text(encoding="utf-8-sig").splitlines()[1:], ["1,练习商城,3,1", "2,练习集市,2,0"])

    #
    def test_the_numbering_rule(self):
        shown = self.tasks("rule").stdout
        self.assertRegex(shown, r"^练习-\{年\}-\{序号4\}\t练习-\d{4}-0001\n$")
        self.assertEqual(self.tasks("rule", "{序号3}").returncode, 2)
        done = self.tasks("rule", "网监{年}{月}-{序号3}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(self.tasks("rule").stdout, r"^网监\{年\}\{月\}-\{序号3\}\t网监\d{6}-001\n$")
        self.assertIn("op.task-number-rule", (self.desk / "operations.log").read_text())

    # on the screen, as a table, and printed with its chart
    def test_the_analysis(self):
        shown = self.tasks("analyse", "--by", "violation").stdout.splitlines()
        self.assertEqual(shown[1].split("\t")[:4], ["普通食品宣传疾病治疗功能", "1", "1", "0"])
        self.assertEqual(self.tasks("analyse", "--until", "2020-01-01").stdout.count("\n"), 1)
        self.assertEqual(self.tasks("analyse", "--from", "2026-02-30").returncode, 2)
        self.assertRegex(self.tasks("analyse", "--by", "risk").stdout, r"示例甲生物科技有限公司\t\t低\t5\t在办 1 件 \+5\n")
        xlsx = self.folder / "a.xlsx"
        self.assertEqual(self.tasks("analyse", "--by", "month", "-o", xlsx).returncode, 0)
        self.assertEqual(xlsx.read_bytes()[:2], b"PK")
        pdf = self.folder / "a.pdf"
        done = self.tasks("analyse", "--by", "unit", "-o", pdf)
        self.assertEqual(done.returncode, 0, done.stderr)
        text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout)
        for part in ("监测分析", "按办理单位", "练习二科", "确认违法", "在办1件+5", "合计限于0至100分"):
            self.assertIn(part, text)

    # A-6.4a: one step by hand, and what is in its way
    def test_a_move_is_made_and_refused(self):
        refused = self.tasks("move", "result", 1, "accept")                    # it lies with another unit
        self.assertEqual(refused.returncode, 2)
        self.assertIn("the item lies with another unit", refused.stderr)
        extension = self.folder / "extension.pdf"
        extension.write_bytes(b"%PDF-1.4")
        until = (datetime.date.today() + datetime.timedelta(days=90)).isoformat()
        unmet = self.tasks("move", "result", 1, "extend", "--extension", "assistance", "--until", until)
        self.assertIn("the move needs documents", unmet.stderr)
        done = self.tasks("move", "result", 1, "extend", "--extension", "assistance", "--until", until, "--document", extension)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.split("\t")[1], "verifying")
        self.assertIn("extend", self.tasks("route", "result", 1).stdout)
        self.assertEqual(self.tasks("check").returncode, 0)

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
        for args in ((), ("dance",), ("print", 1), ("route", "thing", 1), ("list", "--overdue", "--soon"), ("move", "result", 1, "create"), ("move", "result", 1), ("import", 1),
                     ("export", 1, "--form", "sheet", "-o", "x.csv"), ("list", "--task", 1, "--number", "x")):
            done = run("tasks", *args)
            self.assertEqual(done.returncode, 1, args)


class Duties(unittest.TestCase):
    """A bureau of its own, whose policy says who does what. A-6.4a"""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="guzheng-duties."))
        for name in ("root", "archive", "wang", "li"):
            (self.folder / f"{name}.pass").write_text(f"passphrase of {name}\n")
            (self.folder / f"{name}.pass").chmod(0o600)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.folder / "tsa.key", "-out", self.folder / "tsa.pem",
                        "-subj", "/CN=tsa", "-days", "30", "-addext", "keyUsage=critical,keyCertSign,cRLSign"], check=True, capture_output=True)
        bureau = self.folder / "bureau"
        self.made("ca", "init", bureau, "--bureau", "某某市市场监督管理局", "--station", "LX-07", "--tsa", "某机构", "http://127.0.0.1:9/tsr", self.folder / "tsa.pem",
                  "--passphrase-file", self.folder / "root.pass", "--key-passphrase-file", self.folder / "archive.pass")
        for name, badge, who in (("王甲", "执法-01", "wang"), ("李乙", "执法-02", "li")):
            self.made("ca", "issue", bureau, "officer", "--name", name, "--badge", badge, "--passphrase-file", self.folder / "root.pass", "--key-passphrase-file", self.folder / f"{who}.pass")
        self.policy = bureau / "station/policy.toml"
        # a book with a result, as it would lie beside this station's operation log
        subprocess.run([BIN / "sample_task_book", self.folder / "practice"], check=True, capture_output=True)
        state = bureau / "station/login"
        state.mkdir(mode=0o700, exist_ok=True)
        for name in ("tasks.sqlite", "operations.log"):
            shutil.copy(self.folder / "practice" / name, state / name)

    def tearDown(self):
        shutil.rmtree(self.folder)

    def made(self, *args):
        done = run(*args, "--lang", "en")
        self.assertEqual(done.returncode, 0, done.stderr)

    def tasks(self, badge, who, *args):
        return run("tasks", *args, "--policy", self.policy, "--officer", badge, "--passphrase-file", self.folder / f"{who}.pass", "--lang", "en")

    def test_a_move_without_the_duty_is_refused(self):
        text = self.policy.read_text()
        self.assertIn('handler = ["*"]', text)                                     # what `ca` writes lets everybody do everything
        for duty in ("issuer", "monitor", "judge", "dispatcher", "leader"):
            text = text.replace(f'{duty} = ["*"]', f"{duty} = []")
        self.policy.write_text(text.replace('handler = ["*"]', 'handler = ["执法-01", "执法-99"]'))
        listed = self.tasks("执法-02", "li", "duties")
        self.assertEqual(listed.returncode, 0, listed.stderr)
        self.assertEqual([line.split("\t")[3] for line in listed.stdout.splitlines()], ["handler", "-"])
        self.assertIn("执法-99: named in duties.handler", listed.stderr)
        refused = self.tasks("执法-02", "li", "move", "result", 1, "attach", "--package", "LX-07-20261121-0001")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("this move belongs to another duty (monitor or judge or dispatcher or handler); badge 执法-02 has none", refused.stderr)
        self.assertEqual(self.tasks("执法-01", "wang", "rule", "{年}-{序号5}").returncode, 2)      # a leader's
        done = self.tasks("执法-01", "wang", "move", "result", 1, "attach", "--package", "LX-07-20261121-0001")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.policy.write_text(text.replace("leader = []\n", ""))                  # a section that is not whole lets nobody in
        broken = self.tasks("执法-01", "wang", "duties")
        self.assertEqual(broken.returncode, 2)
        self.assertRegex(broken.stderr, r"policy\.toml:\d+: duties\.leader is missing; expected: a list of badges")


if __name__ == "__main__":
    unittest.main()
