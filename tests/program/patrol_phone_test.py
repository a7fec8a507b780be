"""Entries without a web address are looked at on the training phone by a script: found, judged by what the page says, or not found; a script that does not
fit says nothing of the entry; what is found by typing its name; into the abnormal library with the reason, and back. A-5.2b A-5.2c"""
import json
import sqlite3
import unittest

from stand import Stand

SUBJECTS = """名称,网店名称,平台
示例甲（练习）,示例养生旗舰店,练习商城
示例乙（练习）,没有这家店（练习）,练习商城
示例丙（练习）,丙小程序（练习）,练习集市
"""
SCRIPT = {"platform": "练习商城", "app": "cn.guzheng.mall", "steps": [{"wait": "练习商城"}, {"scroll": "{name}"}]}
SEARCH = {"platform": "练习商城", "app": "cn.guzheng.mall",
          "steps": [{"tap": "祖传秘方降糖茶"}, {"type": "{name}"}, {"key": "enter"}, {"absent": "没有找到"}, {"tap": "{name}"}, {"wait": "证照信息"}]}


class PatrolPhone(unittest.TestCase):
    def patrol(self, stand, scripts, *more):
        path = stand.folder / "looks.json"
        path.write_text(json.dumps({"format": 1, "scripts": scripts}, ensure_ascii=False))
        return stand.run("patrol", "--phone", stand.phone.serial, "--adb", f"127.0.0.1:{stand.adb.port}", "--phone-script", path, "--desk", stand.desk, *more)

    def test_found_not_found_and_bad(self):
        with Stand() as stand:
            table = stand.folder / "subjects.csv"
            table.write_text(SUBJECTS)
            self.assertEqual(stand.run("subjects", "import", table, "--desk", stand.desk).returncode, 0)
            wrong = self.patrol(stand, [{**SCRIPT, "steps": [{"wait": "练习商城"}]}])
            self.assertEqual(wrong.returncode, 2, wrong.stdout)
            self.assertIn("{name}", wrong.stderr)
            # of another platform: nothing can be said; a text that never comes: the script is wrong, not the shop
            unfit = self.patrol(stand, [{**SCRIPT, "steps": [{"wait": "这个应用里没有的字"}, {"scroll": "{name}"}]}])
            self.assertEqual(unfit.returncode, 0, unfit.stderr)
            self.assertIn("已检 0", unfit.stdout)
            self.assertEqual(unfit.stderr.count("手机上无法判定"), 3, unfit.stderr)
            self.assertIn("does not fit the app", unfit.stderr)

            done = self.patrol(stand, [SCRIPT])
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("已检 2  正常 1  打不开 1", done.stdout)
            self.assertIn("手机上没有找到“没有这家店（练习）”", done.stdout)
            self.assertIn("移入异常库 0", done.stdout, "not after one failure")
            self.assertIn("1 个应用、小程序或账号没有网址", done.stderr)
            listed = stand.run("patrol", "--list", "--desk", stand.desk).stdout
            self.assertIn("丙小程序", listed)
            self.assertNotIn("养生旗舰店", listed)

            # the same rules as for pages of the web judge what the phone shows
            rules = stand.folder / "rules.json"
            rules.write_text(json.dumps({"format": 1, "failures": 2, "gone": ["店铺不存在"], "bad": [{"finding": "违禁宣传", "least": 1, "words": ["全场三折起"]}]}, ensure_ascii=False))
            table.write_text("名称,网店名称,平台\n示例丁（练习）,示例养生旗舰店,练习商城\n")
            self.assertEqual(stand.run("subjects", "import", table, "--desk", stand.desk).returncode, 0)
            bad = self.patrol(stand, [SCRIPT], "--rules", rules)
            self.assertIn("违禁宣传", bad.stdout, bad.stderr)
            self.assertIn("移入异常库 1", bad.stdout)

    def days_pass(self, stand, days):
        """All checks were so many days earlier: the entries' own times, not the chained history."""
        with sqlite3.connect(stand.desk / "subjects" / "registry.sqlite") as sql:
            sql.execute("UPDATE entry SET checked_ms=checked_ms-? WHERE checked_ms>0", (days * 86_400_000,))

    def test_searched_by_typing_moved_in_and_back(self):
        with Stand() as stand:
            table = stand.folder / "subjects.csv"
            table.write_text("名称,网店名称,平台\n示例甲（练习）,示例养生旗舰店,练习商城\n示例乙（练习）,没有这家店（练习）,练习商城\n")
            self.assertEqual(stand.run("subjects", "import", table, "--desk", stand.desk).returncode, 0)
            wrong = self.patrol(stand, [{**SEARCH, "steps": [{"type": "{name}"}, {"absent": "{name}"}]}])
            self.assertEqual(wrong.returncode, 2, wrong.stdout)
            self.assertIn("no step looks for {name}", wrong.stderr)
            # nothing has the focus: what is typed goes nowhere, and that is the script's fault, not the shop's
            nowhere = self.patrol(stand, [{**SEARCH, "steps": [{"wait": "练习商城"}, {"type": "{name}"}, {"wait": "{name}"}]}])
            self.assertIn("已检 0", nowhere.stdout, nowhere.stderr)
            self.assertIn("no field of the page took", nowhere.stderr)

            done = self.patrol(stand, [SEARCH])
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("已检 2  正常 1  打不开 1", done.stdout, done.stderr)
            self.assertIn("手机上没有找到“没有这家店（练习）”", done.stdout)
            self.days_pass(stand, 46)
            again = self.patrol(stand, [SEARCH])
            self.assertIn("已检 2  正常 1  打不开 1", again.stdout, again.stderr)
            self.assertIn("移入异常库 1", again.stdout, "two failures in a row")
            listed = stand.run("patrol", "--list", "--desk", stand.desk).stdout
            self.assertEqual(listed.strip(), "", "nothing is due")

            # what the shop's page says is judged by the same rules
            rules = stand.folder / "rules.json"
            rules.write_text(json.dumps({"format": 1, "failures": 2, "gone": [], "bad": [{"finding": "违禁宣传", "least": 1, "words": ["降糖茶"]}]}, ensure_ascii=False))
            self.days_pass(stand, 46)
            bad = self.patrol(stand, [SEARCH], "--rules", rules)
            self.assertIn("内容违规 1", bad.stdout, bad.stderr)
            self.assertIn("页面出现违禁宣传内容（降糖茶） → 异常库", bad.stdout)
            # its own cycle of seven days; well again by the rules that ship
            self.days_pass(stand, 8)
            well = self.patrol(stand, [SEARCH])
            self.assertIn("移回 1", well.stdout, well.stderr)
            self.assertIn("← 移回", well.stdout)
            history = sqlite3.connect(stand.desk / "subjects" / "registry.sqlite").execute("SELECT why FROM change WHERE why LIKE '检查：%' ORDER BY id").fetchall()
            self.assertEqual([why for (why,) in history], ["检查：手机上没有找到“没有这家店（练习）”", "检查：页面出现违禁宣传内容（降糖茶）", "检查：恢复正常"])


if __name__ == "__main__":
    unittest.main()
