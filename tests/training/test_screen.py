#!/usr/bin/env python3
"""The phone's pages through a real adb: one tree is painted, hit and dumped; screenshots are whole and stable."""
import re
import struct
import sys
import unittest
import zlib

from bench import Bench, wait_until

PROGRAM, SERVER_FILE = sys.argv[1:3]


def png_rows(data):
    """Width, height and the raw bytes of a PNG: whole chunks, right sums."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, body, head, ended = 8, b"", None, False
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        chunk = data[at + 8:at + 8 + size]
        assert zlib.crc32(kind + chunk) == struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0]
        head = struct.unpack(">II", chunk[:8]) if kind == b"IHDR" else head
        body += chunk if kind == b"IDAT" else b""
        ended = kind == b"IEND"
        at += size + 12
    assert ended
    return head, zlib.decompress(body)


class Screen(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bench = Bench(PROGRAM)
        cls.phone = cls.bench.phone().connect()

    @classmethod
    def tearDownClass(cls):
        cls.bench.close()

    def setUp(self):
        self.phone.shell("am force-stop cn.guzheng.mall; am start -n cn.guzheng.mall/.MainActivity")
        self.see("为你推荐")

    def see(self, text):
        return wait_until(text, lambda: (x := self.phone.hierarchy()) and text in x and x)

    def tap(self, name):
        xml = self.see(name)
        node = re.search(rf'<node [^>]*(?:text|content-desc|resource-id)="{re.escape(name)}"[^>]*bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"', xml)
        self.assertTrue(node, name)
        left, top, right, bottom = map(int, node.groups())
        self.phone.shell(f"input tap {(left + right) // 2} {(top + bottom) // 2}")

    def still(self):
        """A screenshot of a page at rest: two in a row that agree."""
        last = [b""]

        def same():
            now, before = self.phone.exec_out("screencap", "-p"), last[0]
            last[0] = now
            return now if now == before else None
        return wait_until("a page at rest", same)

    def test_screenshot_is_a_whole_png_and_stable(self):  # A-7.3b
        picture = self.still()
        head, raw = png_rows(picture)
        self.assertEqual(head, (720, 1280))
        self.assertEqual(len(raw), 1280 * (720 * 3 + 1))
        self.assertGreater(len(set(raw)), 100)
        self.phone.shell("screencap -p /sdcard/a.png")
        self.assertEqual(self.phone.exec_out("cat", "/sdcard/a.png"), picture)

    def test_every_page_is_reached(self):  # A-7.3c: the kinds of main information
        self.tap("cn.guzheng.mall:id/banner")
        self.see("练习商城 · 店铺首页")
        self.tap("cn.guzheng.mall:id/licence_entry")
        xml = self.see("营业执照（练习）")
        for name in re.findall(r'text="([^"]*)" resource-id="cn.guzheng.mall:id/licence_value"', xml):
            self.assertIn("（练习）", name)
        self.phone.shell("input keyevent BACK")
        self.tap("祖传秘方降糖茶 三天见效")
        self.see("商品详情")
        self.phone.shell("input swipe 360 1000 360 300 200")
        self.see("cn.guzheng.mall:id/detail_text")
        self.phone.shell("input keyevent APP_SWITCH")
        self.tap("com.android.launcher3:id/task")
        self.tap("客服")
        self.see("在线客服 · 小示")

    def test_hierarchy_is_of_what_is_shown(self):
        xml = self.phone.hierarchy()
        self.assertTrue(xml.startswith("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">"))
        self.assertTrue(xml.endswith("</hierarchy>UI hierchary dumped to: /dev/tty\n"))
        for bounds in re.findall(r'bounds="\[(-?\d+),(-?\d+)\]\[(-?\d+),(-?\d+)\]"', xml):
            left, top, right, bottom = map(int, bounds)
            self.assertTrue(0 <= left < right <= 720 and 0 <= top < bottom <= 1280, bounds)

    def test_text_and_password(self):
        self.tap("我的")
        self.tap("cn.guzheng.mall:id/account")
        self.phone.shell("input text tester")
        self.tap("cn.guzheng.mall:id/password")
        self.phone.shell("input text secret1")
        xml = self.see("•••••••")
        self.assertIn('text="tester"', xml)
        self.assertNotIn("secret1", xml)
        self.assertRegex(xml, r'resource-id="cn.guzheng.mall:id/password"[^>]*password="true"')
        self.tap("cn.guzheng.mall:id/login")
        self.see("练习用户（已登录）")

    def test_challenge_in_the_notification_shade(self):
        self.phone.shell("cmd notification post -t '取证挑战码' challenge '7F3A-91'")
        self.phone.shell("cmd statusbar expand-notifications")
        xml = self.see("7F3A-91")
        self.assertIn("取证挑战码", xml)
        self.phone.shell("cmd statusbar collapse")
        wait_until("the shade to close", lambda: "7F3A-91" not in self.phone.hierarchy())

    def test_live_room_never_idles(self):
        self.tap("cn.guzheng.mall:id/live_entry")
        wait_until("the live room", lambda: b"could not get idle state" in self.phone.shell("uiautomator dump /dev/tty", check=False).stderr)
        self.assertNotEqual(self.phone.exec_out("screencap", "-p"), self.phone.exec_out("screencap", "-p"))

    def test_switches(self):
        phone = self.bench.phone("--hierarchy-fail", "--rotate", "--size", "1080x2400", "--fps", "60").connect()
        self.assertIn(b"could not get idle state", phone.shell("uiautomator dump /dev/tty", check=False).stderr)
        self.assertEqual(png_rows(phone.exec_out("screencap", "-p"))[0], (2400, 1080))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
