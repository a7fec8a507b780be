"""Unattended capture by script as a person meets it: checked, run, stopped by a page it does not expect, made out of a session and run again; what it
took waits for its review and is kept 30 days. A-8.3f A-8.3e"""
import json
import unittest

import scripts
from stand import Stand

MALL = {"app": "cn.guzheng.mall", "mark": "示例养生旗舰店"}


def about(*steps):
    return {**scripts.script(*steps, name="按文字取证"), "target": MALL}


def journal(bag, kind):
    lines = (bag / "data/attach/journal.log").read_text().splitlines()
    return [line.split(" ", 4)[4] for line in lines if line.split(" ", 4)[3] == kind]


class Script(unittest.TestCase):
    def test_check_names_lines_and_steps(self):
        with Stand(phone=False) as stand:
            path = stand.folder / "a.json"
            path.write_text(json.dumps(about({"do": "tap"}, {"do": "tap", "picture": "没有.png"}), ensure_ascii=False, indent=1))
            done = stand.run("script", "--check", path)
            self.assertEqual(done.returncode, 1)
            self.assertIn("第 1 步：缺少 ", done.stderr)
            path.write_text(json.dumps(about({"do": "text", "secret": "登录口令"}, {"do": "tap", "picture": "没有.png"}), ensure_ascii=False, indent=1))
            done = stand.run("script", "--check", path)
            self.assertEqual(done.returncode, 1)
            self.assertIn("第 2 步：脚本旁边没有能读取的图片 没有.png", done.stderr)
            path.write_text(json.dumps(about({"do": "text", "secret": "登录口令"}), ensure_ascii=False))
            done = stand.run("script", "--check", path)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("登录口令", done.stdout)

    def test_an_unexpected_page_stops_it_and_waits_for_review(self):
        with Stand() as stand:
            done = stand.capture(about({"do": "wait", "text": "练习商城"}, scripts.capture("platform-home"), {"do": "assert", "absent": "热门搜索", "text": "没有这个店"}, scripts.capture("licence")))
            self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
            self.assertIn("第 3 步（核对）：页面上没有出现文字“没有这个店”", done.stderr)
            self.assertIn("待复核", done.stdout)
            bag = stand.sealed_bags()[-1]
            self.assertTrue(any("取证脚本停止：第 3 步（核对）" in note for note in journal(bag, "note")))
            self.assertIn("取证脚本未能执行完：第 3 步（核对）", (bag / "bag-info.txt").read_text())
            items = json.loads((bag / "data/attach/values.json").read_text())["items"]
            self.assertEqual([item["title"] for item in items], ["测试页面", "脚本停止时的页面"])
            verified = stand.run("verify", bag, *stand.roots(), "--json")
            self.assertIn("待复核", "".join(json.loads(verified.stdout)["incomplete"]))
            self.assertIn("自动取证", stand.run("vault", stand.vault).stdout)

    def test_a_session_becomes_a_script_that_does_it_again(self):
        with Stand() as stand:
            tea = "祖传秘方降糖茶"
            first = stand.capture(about({"do": "wait", "text": tea}, scripts.capture("platform-home", "平台首页"), {"do": "tap", "text": tea}, {"do": "wait", "text": "热门搜索"},
                                        scripts.capture("other", "搜索"), {"do": "tap", "text": "降糖茶"}, {"do": "wait", "text": "件商品"}, scripts.capture("violation", "结果")))
            self.assertEqual(first.returncode, 6, first.stdout + first.stderr)
            made = stand.folder / "made.json"
            done = stand.run("script", "--from", stand.sealed_bags()[-1], "-o", made)
            self.assertEqual(done.returncode, 0, done.stderr)
            script = json.loads(made.read_text())
            taps = [step for step in script["steps"] if step["do"] == "tap"]
            self.assertEqual([tap.get("text") for tap in taps], [tea, "降糖茶"], script["steps"])
            self.assertEqual(script["target"], {"app": "cn.guzheng.mall"})
            self.assertEqual(stand.run("script", "--check", made).returncode, 0)
            again = stand.run("script", "--from", stand.sealed_bags()[-1], "-o", made)
            self.assertEqual(again.returncode, 2, "nothing is overwritten")
            second = stand.capture(script)
            self.assertEqual(second.returncode, 6, second.stdout + second.stderr)
            bags = stand.sealed_bags()[-2:]
            kinds = [[item["kind"] for item in json.loads((bag / "data/attach/values.json").read_text())["items"]] for bag in bags]
            self.assertEqual(kinds[0], kinds[1])
            for bag in bags:
                self.assertEqual(stand.run("verify", bag, *stand.roots()).returncode, 6)

    def test_a_secret_comes_from_a_file_of_its_own(self):
        with Stand() as stand:
            script = about({"do": "note", "text": "登录"}, {"do": "text", "secret": "登录口令"})
            args = stand.capture_args(script)[1:]
            done = stand.run(*args)
            self.assertEqual((done.returncode, stand.open_bags(), stand.sealed_bags()), (2, [], []), done.stderr)
            self.assertIn("登录口令", done.stderr)
            key = stand.folder / "key"
            key.write_text("hunter2-hunter2\n")
            key.chmod(0o600)
            # the page has no password field under the cursor: the secret is not typed, and the script says so
            done = stand.run(*args, "--secret", f"登录口令={key}")
            self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
            self.assertIn("第 2 步（输入）", done.stderr)
            self.assertIn("登录口令", done.stderr)
            bag = stand.sealed_bags()[-1]
            self.assertEqual([line for line in journal(bag, "input") if '"text"' in line], [])
            for path in bag.rglob("*"):
                self.assertFalse(path.is_file() and b"hunter2" in path.read_bytes(), path)


if __name__ == "__main__":
    unittest.main()
