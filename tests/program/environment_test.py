"""The environment check as a person meets it: a bad phone of each kind is refused by its item's name, nothing is left behind, and an
officer lets it pass for a reason that the evidence keeps. A-7.3a"""
import json
import re
import unittest

import scripts
from stand import Stand

MALL = [{"do": "app", "name": "cn.guzheng.mall"}]
# the training phone's switch → the compulsory items that fail by it, and no others
BAD = {("--battery", "49"): {"phone.battery"}, ("--storage-full",): {"phone.storage"}, ("--vpn",): {"phone.vpn"}, ("--proxy",): {"phone.proxy"},
       ("--foreign-ca",): {"phone.cacerts"}, ("--bad-hosts",): {"phone.hosts"}, ("--offline",): {"phone.network"}, ("--clock-offset", "120"): {"phone.clock"},
       ("--emulator",): {"phone.emulator"}, ("--rooted",): {"phone.root", "phone.boot"}, ("--wifi-proxy",): {"phone.proxy"},
       ("--root-manager",): {"phone.root"}, ("--root-shell",): {"phone.root", "phone.user"}}
# what is worth knowing and holds nothing up
NOTED = {"--manual-time": "phone.auto-time", "--mock-location": "phone.position", "--resized": "phone.screen", "--own-keys": "phone.identity"}


class Environment(unittest.TestCase):
    def failed(self, done):
        return set(re.findall(r"环境检测不符：(\S+)", done.stderr))

    def test_each_switch_fails_its_own_item(self):
        with Stand(phone=False) as stand:
            for number, (switch, items) in enumerate(BAD.items()):
                with self.subTest(switch=switch):
                    phone = stand.add_phone(switch, name=f"phone{number}")
                    done = stand.capture(scripts.still(1), serial=phone.serial)
                    self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                    self.assertEqual(self.failed(done), items, done.stderr)
                    self.assertEqual((stand.open_bags(), stand.sealed_bags()), ([], []))
                    phone.end()

    def test_what_is_worth_knowing_is_noted(self):
        with Stand(list(NOTED)) as stand:
            done = stand.capture(scripts.script(*MALL, *(scripts.capture(kind) for kind in scripts.KINDS)))
            self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
            rows = json.loads((stand.sealed_bags()[-1] / "data/attach/env.json").read_text())["items"]
            verdicts = {row["id"]: row["verdict"] for row in rows}
            self.assertEqual({item: verdicts[item] for item in NOTED.values()}, dict.fromkeys(NOTED.values(), "note"))

    def test_let_pass_for_a_reason(self):
        with Stand(["--battery", "9", "--vpn"]) as stand:
            args = stand.capture_args(scripts.script(*MALL, *(scripts.capture(kind) for kind in scripts.KINDS)))[1:]
            one = stand.run(*args, "--override", "phone.battery=来不及充电")
            self.assertEqual((one.returncode, self.failed(one)), (2, {"phone.vpn"}), one.stderr)
            self.assertEqual(stand.open_bags(), [])
            both = stand.run(*args, "--override", "phone.battery=来不及充电", "--override", "phone.vpn=只有这条=线路")
            self.assertEqual(both.returncode, 6, both.stdout + both.stderr)
            bag = stand.sealed_bags()[-1]
            line = next(text for text in (bag / "data/attach/journal.log").read_text().splitlines() if " env.check " in text)
            self.assertEqual([(o["item"], o["reason"]) for o in json.loads(line.split(" ", 4)[4])["overrides"]],
                             [("phone.battery", "来不及充电"), ("phone.vpn", "只有这条=线路")])
            verified = stand.run("verify", bag, *stand.roots())
            self.assertEqual(verified.returncode, 6, verified.stdout)

    def test_wrong_overrides_are_usage_errors(self):
        with Stand() as stand:
            for wrong in ("phone.battery", "phone.battery=", "phone.batery=x", "phone.model=x"):
                done = stand.run(*stand.capture_args(scripts.still(1))[1:], "--override", wrong)
                self.assertEqual(done.returncode, 1, wrong + done.stdout + done.stderr)
            self.assertEqual(stand.open_bags(), [])

    def test_a_falsely_signed_app(self):
        with Stand(["--fake-signature"]) as stand:
            script = scripts.script(*MALL, *(scripts.capture(kind) for kind in scripts.KINDS))
            done = stand.capture(script)
            if done.returncode == 2:         # it was in front already
                self.assertEqual(self.failed(done), {"app.signature"})
                done = stand.run(*stand.capture_args(script)[1:], "--override", "app.signature=取证的正是仿冒应用")
            self.assertEqual(done.returncode, 6, done.stdout + done.stderr)
            self.assertIn("应用验真", done.stderr)
            app = json.loads((stand.sealed_bags()[-1] / "data/attach/app.json").read_text())
            row = {item["id"]: item for item in app["items"]}["app.signature"]
            self.assertEqual(row["verdict"], "fail")
            self.assertIn("58eab54b93ce9586187e37b63b5d7c0cbf00ddd1f792d4a3dc3209d25029539d", row["found"])


if __name__ == "__main__":
    unittest.main()
