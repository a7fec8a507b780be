"""Parallel capture as a person runs it: two phones, one command, a package each, and what they saw compared. A-7.3e"""
import json
import subprocess
import sys
import unittest

import scripts
from stand import ROOT, Stand

# To the end of the page, where it stops whatever the machine makes of a fling.
MALL = [{"do": "app", "name": "cn.guzheng.mall"}, {"do": "wait", "text": "练习商城", "limit_ms": 20000},
        *[{"do": "swipe", "from": [360, 1000], "to": [360, 200], "ms": 600}, scripts.wait(1000)] * 3]
PAGES = [scripts.capture("platform-home", "平台首页"), *(scripts.capture(kind, kind) for kind in scripts.KINDS[1:])]
READERS = ([sys.executable, ROOT / "tests/reader/reader.py"], ["bash", ROOT / "resources/verify/verify.sh"])


class Parallel(unittest.TestCase):
    def capture(self, stand, script, phones, *more):
        args = stand.capture_args(script)[1:]
        at = args.index("--serial")
        return stand.run(*args[:at], *args[at + 2:], *(word for phone in phones for word in ("--phone", phone.serial)), *more)

    def verified(self, stand, bag):
        """By all three readers, which answer alike."""
        done = stand.run("verify", "--json", bag, *stand.roots())
        codes = [subprocess.run([*map(str, reader), str(bag), *map(str, stand.roots())], stdin=subprocess.DEVNULL, capture_output=True).returncode for reader in READERS]
        self.assertEqual(codes, [done.returncode] * 2, done.stdout)
        return done.returncode, json.loads(done.stdout)

    def test_two_phones_make_a_group(self):
        with Stand() as stand:
            other = stand.add_phone(["--persona", "regular"], name="other")
            done = self.capture(stand, scripts.script(*MALL, *PAGES), [stand.phone, other])
            self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
            result = json.loads((stand.folder / "result.json").read_text())
            self.assertTrue(result["recorded"])
            self.assertEqual([m["phone"] for m in result["members"]], [stand.phone.serial, other.serial])
            home = result["comparison"]["pages"][0]
            price = next(r for r in home["rows"] if r["aspect"] == "price" and r["what"].startswith("益生菌冻干粉"))
            self.assertEqual([c["text"] for c in price["cells"]], ["¥79.00", "¥88.00"])
            self.assertIn("≠ 平台首页 价格 益生菌冻干粉 20 袋：1 ¥79.00｜2 ¥88.00 ≠", done.stdout)
            bags = stand.sealed_bags()
            self.assertEqual(sorted(m["package"] for m in result["members"]), [str(b) for b in bags])
            for number, bag in enumerate(bags):
                code, said = self.verified(stand, bag)
                self.assertEqual(code, 6, said)
                self.assertEqual(sorted(r["state"] for r in said["group"]["rows"]), ["here", "this"])
            # without its record a member says what misses; the other is told as lost
            bags[1].with_name(bags[1].name + ".group").rename(stand.folder / "taken")
            self.assertIn("并行取证缺组记录", self.verified(stand, bags[1])[1]["incomplete"])
            self.assertEqual(stand.run("group", *bags, "--desk", stand.desk).returncode, 0)
            self.assertEqual(self.verified(stand, bags[1])[1]["group"]["rows"][0]["state"][:4], "here" if bags[1].name != result["members"][0]["id"] else "this")
            self.assertEqual(stand.run("group", *bags, "--desk", stand.desk).returncode, 2, "a record is never replaced")
            bags[1].rename(stand.folder / bags[1].name)
            code, said = self.verified(stand, bags[0])
            self.assertEqual((code, sorted(r["state"] for r in said["group"]["rows"])), (6, ["absent", "this"]))

    def test_a_phone_that_cannot_begin_leaves_the_others(self):
        with Stand() as stand:
            bad = stand.add_phone(["--rooted"], name="bad")
            done = self.capture(stand, scripts.script(*MALL, *PAGES), [bad, stand.phone])
            self.assertEqual(done.returncode, 4, done.stdout + done.stderr)
            self.assertIn("手机 1：停止，其余继续", done.stderr)
            self.assertIn("phone.root", done.stderr)
            (bag,) = stand.sealed_bags()
            code, said = self.verified(stand, bag)
            self.assertEqual((code, [r["state"] for r in said["group"]["rows"]]), (6, ["unsealed", "this"]))

    def test_wrong_usage(self):
        with Stand(phone=False) as stand:
            args = stand.capture_args(scripts.still(1))[1:]
            at = args.index("--serial")
            none = [*args[:at], *args[at + 2:]]
            for wrong in ([], ["--phone", "A"], ["--serial", "A", "--phone", "A", "--phone", "B"], ["--serial", "A", "--lag", "60"], ["--phone", "A", "--phone", "B", "--lag", "1"]):
                self.assertEqual(stand.run(*none, *wrong).returncode, 1, wrong)
            self.assertEqual(stand.run(*none, "--phone", "A", "--phone", "B").returncode, 2)
            self.assertEqual(stand.open_bags(), [])


if __name__ == "__main__":
    unittest.main()
