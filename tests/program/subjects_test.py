"""The subject library on the command line: preview, import, killed and gone on with, taken back, results as files. A-4.2 A-4.3, no window, no phone.
Needs GUZHENG_BIN."""
import os
import random
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = Path(os.environ["GUZHENG_BIN"])
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(n):
    """A credit code under a region that nobody has, with its check character."""
    text = f"91990106{100000000 + n}"
    return text + ALPHABET[(31 - sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(text)) % 31) % 31]


class Subjects(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="guzheng-subjects."))
        self.addCleanup(shutil.rmtree, self.folder)

    def command(self, *args):
        return [str(BIN / "guzheng-evidence"), "--lang", "zh", "subjects", *map(str, args), "--desk", str(self.folder / "desk")]

    def subjects(self, *args):
        return subprocess.run(self.command(*args), capture_output=True, text=True, timeout=400)

    def file(self, name, text, encoding="utf-8"):
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def test_marks_from_samples(self):
        """A-4.6: what marked subjects agree on marks the others, in one batch that is taken back."""
        marked = [f"样本{i}商行（练习）,{code(i)},保健食品,内部" for i in range(4)] + [f"样本{i}商行（练习）,{code(i)},茶叶,{'公开' if i % 2 else '内部'}" for i in range(4, 8)]
        bare = [f"待标{i}商行（练习）,{code(20 + i)},{'保健食品' if i < 3 else '茶叶'}," for i in range(5)]
        table = self.file("样本.csv", "名称,统一社会信用代码,主营品类,数据级别\n" + "\n".join(marked + bare) + "\n")
        self.assertEqual(self.subjects("import", table).returncode, 0)
        shown = self.subjects("marks", "show").stdout
        self.assertIn("品类 保健食品  数据级别 内部  样本 4 / 4  可用", shown)
        self.assertIn("样本 2 / 4  样本少或不一致，不用", shown)
        self.assertIn("已标识主体 3，批次 2", self.subjects("marks", "apply", "--reason", "按样本").stdout)
        self.assertIn("样本 7 / 7", self.subjects("marks", "show").stdout)
        self.assertIn("恢复 3", self.subjects("undo", 2).stdout)
        self.assertIn("样本 4 / 4", self.subjects("marks", "show").stdout)
        self.assertEqual(self.subjects("marks", "guess").returncode, 2)

    def test_import_search_result_and_undo(self):
        table = self.file("主体.csv", "企业名称,统一社会信用代码,住所,联系电话\n" + "".join(f"示例{i}号（练习）商店,{code(i)},浙江省杭州市西湖区{i}号,\n" for i in range(50))
                          + f"测试,{code(51)},,\n 示例０号(练习)商店 ,,,13800138000\n", "gb18030")
        shown = self.subjects("preview", table, "--rows", 2)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn("gb18030", shown.stdout)
        self.assertIn("企业名称 → 主体名称", shown.stdout)
        done = self.subjects("import", table, "-o", self.folder / "结果.xlsx", "--progress")
        self.assertEqual(done.returncode, 4, done.stderr)          # a row was dropped
        self.assertIn("剔除 1", done.stdout)
        self.assertIn("导入 ", done.stderr)
        self.assertTrue((self.folder / "结果.xlsx").read_bytes().startswith(b"PK"))
        result = self.subjects("result", 1)
        self.assertIn("垃圾数据", result.stdout)
        self.assertNotIn("13800138000", result.stdout)
        found = self.subjects("search", "示例7号")
        self.assertIn(code(7), found.stdout)
        again = self.subjects("import", table)
        self.assertIn("新增 0", again.stdout)
        undone = self.subjects("undo", 1, "--reason", "文件发错")
        self.assertEqual(undone.returncode, 0, undone.stderr)
        self.assertIn("已撤回", self.subjects("list").stdout)
        self.assertIn("主体总数 0", self.subjects("list").stdout)
        log = (self.folder / "desk/operations.log").read_text()
        self.assertEqual(log.count("op.subjects"), 3)

    def test_what_cannot_be_imported(self):
        missing = self.subjects("import", self.folder / "none.csv")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("none.csv", missing.stderr)
        bad = self.file("p.json", '{\n "schema": "guzheng-profile/1",\n "name": "x",\n "columns": [{"from": "a", "to": "nmae"}]\n}')
        refused = self.subjects("import", self.file("a.csv", "a\n1\n"), "--profile", bad)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("p.json:4:", refused.stderr)
        self.assertEqual(self.subjects("import").returncode, 1)
        self.assertIn("主体总数 0", self.subjects("list").stdout)

    def test_profile_and_code_table(self):
        made = self.subjects("profile", self.file("a.csv", "单位,名称,行业\nx,示例甲（练习）店,零售业\n"), "-o", self.folder / "p.json")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertIn('"to": "industry"', (self.folder / "p.json").read_text())
        self.assertEqual(self.subjects("table", "industry", self.file("gbt4754.csv", "代码,名称\nF52,零售业\n")).returncode, 0)
        rules = self.file("r.json", '{"schema":"guzheng-cleaning/1","name":"x","rules":[{"id":"i","do":"code","fields":["industry"],"table":"industry"}]}')
        done = self.subjects("import", self.folder / "a.csv", "--profile", self.folder / "p.json", "--rules", rules)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("改正 1", done.stdout)

    def kill_at_work(self, table, sign):
        """Starts an import and sends it a signal when it has told of rows that were read."""
        with subprocess.Popen(self.command("import", table, "--progress"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            for line in running.stderr:
                words = line.split()
                if words[0] == "导入" and int(words[words.index("行") + 1]) > 8000:
                    running.send_signal(sign)
                    break
            out, _ = running.communicate(timeout=400)
            return running.returncode, out

    def test_killed_goes_on_and_called_off_leaves_nothing(self):
        count = 40_000
        rows = [f"示例{i}号（练习）商店,{code(i)},浙江省杭州市西湖区{i}号\n" for i in range(count)]
        random.Random(7).shuffle(rows)
        table = self.file("many.csv", "企业名称,统一社会信用代码,住所\n" + "".join(rows))
        status, _ = self.kill_at_work(table, signal.SIGKILL)
        self.assertEqual(status, -signal.SIGKILL)
        listed = self.subjects("list").stdout
        self.assertIn("中断", listed)
        there = int(listed.split("主体总数 ")[1])
        self.assertTrue(0 < there < count, listed)
        done = self.subjects("resume")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"共 {count}，新增 {count}，", done.stdout)
        self.assertIn(f"主体总数 {count}", self.subjects("list").stdout)
        self.assertEqual(self.subjects("undo", 1).returncode, 0)
        status, _ = self.kill_at_work(table, signal.SIGINT)
        self.assertEqual(status, 2)
        self.assertIn("主体总数 0", self.subjects("list").stdout)


if __name__ == "__main__":
    unittest.main()
