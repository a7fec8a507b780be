#!/usr/bin/env python3
"""The phone's shell through a real adb: exit codes, streams apart, the texts of a stock Android, the bad phone's switches."""
import struct
import sys
import unittest

from bench import Bench, read_exactly

PROGRAM, SERVER_FILE = sys.argv[1:3]


class Shell(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bench = Bench(PROGRAM)
        cls.phone = cls.bench.phone().connect()

    @classmethod
    def tearDownClass(cls):
        cls.bench.close()

    def test_v2_keeps_streams_and_codes_apart(self):
        done = self.phone.shell("echo 出; echo err >&2; exit 7", check=False)
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("出\n".encode(), b"err\n", 7))

    def test_v2_packets_on_the_wire(self):
        s = self.phone.open_service("shell,v2,raw:echo a; nosuch; false")
        self.addCleanup(s.close)
        packets = []
        while not packets or packets[-1][0] != 3:
            kind, size = struct.unpack("<BI", read_exactly(s, 5))
            packets.append((kind, read_exactly(s, size)))
        self.assertEqual(packets, [(1, b"a\n"), (2, b"/system/bin/sh: nosuch: inaccessible or not found\n"), (3, b"\x01")])
        self.assertEqual(s.recv(1), b"")

    def test_old_shell_and_exec_are_raw(self):
        for service in ("shell:echo a; nosuch", "exec:echo a; nosuch"):
            s = self.phone.open_service(service)
            self.addCleanup(s.close)
            data = b""
            while piece := s.recv(4096):
                data += piece
            self.assertEqual(data, b"a\n/system/bin/sh: nosuch: inaccessible or not found\n")

    def test_line_forms(self):
        for line, out in {"true && echo yes || echo no": "yes\n", "false && echo yes || echo no": "no\n",
                          "false; echo $?": "1\n", "A=1; echo \"$A '2'\" '$A' \\$A ${A}3": "1 '2' $A $A 13\n",
                          "dumpsys battery | grep level": "  level: 86\n", "nosuch 2>/dev/null; echo $?": "127\n",
                          "echo kept > /data/local/tmp/f; cat /data/local/tmp/f": "kept\n"}.items():
            self.assertEqual(self.phone.shell(line, check=False).stdout.decode(), out, line)

    def test_stock_answers(self):  # A-7.3a: what environment checks read
        text = self.phone.text
        self.assertEqual(text("getprop ro.build.version.release; getprop ro.build.version.sdk"), "14\n34\n")
        self.assertIn("[ro.product.model]: [TrainingPhone]", text("getprop"))
        self.assertEqual(text("settings get global http_proxy"), "null\n")
        self.assertTrue(text("id").startswith("uid=2000(shell)"))
        self.assertEqual(text("pm list packages cn.guzheng"), "package:cn.guzheng.mall\n")
        self.assertTrue(text("pm path cn.guzheng.mall").endswith("/base.apk\n"))
        apk = self.phone.exec_out("cat", text("pm path cn.guzheng.mall").strip().removeprefix("package:"))
        self.assertEqual(apk[:2], b"PK")
        self.assertIn(b"APK Sig Block 42", apk)
        self.assertIn("versionName=1.2.3", text("dumpsys package cn.guzheng.mall"))
        self.assertEqual(text("wm size"), "Physical size: 720x1280\n")
        self.assertIn("Transports: WIFI", text("dumpsys connectivity"))
        self.assertNotIn("Transports: WIFI|VPN", text("dumpsys connectivity"))
        self.assertIn("wlan0", text("ip addr"))
        self.assertIn("mDataConnectionState=0", text("dumpsys telephony.registry"))
        self.assertIn("inputType=0x0", text("dumpsys input_method"))         # no field has the focus
        self.assertIn("showing=false", text("dumpsys window policy"))
        self.assertIn("screenState=SCREEN_STATE_ON", text("dumpsys window policy"))
        text("input keyevent 26")
        self.assertIn("screenState=SCREEN_STATE_OFF", text("dumpsys window policy"))
        text("input keyevent 224")
        self.assertTrue(text("cat /proc/version").startswith("Linux version"))
        self.assertEqual(text("ls /data/misc/user/0/cacerts-added"), "")
        self.assertIn("127.0.0.1", text("cat /system/etc/hosts"))
        denied = self.phone.shell("ls /data/data", check=False)
        self.assertEqual((denied.returncode, denied.stderr), (1, b"ls: /data/data: Permission denied\n"))
        self.assertEqual(self.phone.shell("which su", check=False).returncode, 1)

    def test_clock(self):
        import time
        seconds = float(self.phone.text("date +%s.%3N"))
        self.assertLess(abs(seconds - time.time()), 30)
        late = self.bench.phone("--clock-offset", "-7200").connect()
        self.assertLess(abs(float(late.text("date +%s")) + 7200 - time.time()), 30)

    def test_a_bad_phone_shows(self):
        bad = self.bench.phone("--rooted", "--vpn", "--proxy", "--foreign-ca", "--mobile", "--battery", "9", "--fake-signature").connect()
        self.assertEqual(bad.text("getprop ro.build.tags; getprop ro.debuggable"), "test-keys\n1\n")
        self.assertIn("uid=0(root)", bad.text("su -c id"))
        self.assertIn("Transports: WIFI|VPN", bad.text("dumpsys connectivity"))
        self.assertIn("HttpProxy: [192.168.1.9] 8888", bad.text("dumpsys connectivity"))
        self.assertEqual(bad.text("settings get global http_proxy"), "192.168.1.9:8888\n")
        self.assertIn(".0", bad.text("ls /data/misc/user/0/cacerts-added"))
        self.assertIn("rmnet_data0", bad.text("ip addr"))
        self.assertIn("level: 9", bad.text("dumpsys battery"))
        good_line = [l for l in self.phone.text("dumpsys package cn.guzheng.mall").splitlines() if "signatures=" in l]
        bad_line = [l for l in bad.text("dumpsys package cn.guzheng.mall").splitlines() if "signatures=" in l]
        self.assertNotEqual(good_line, bad_line)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
