#!/usr/bin/env python3
"""scrcpy's server side in every served version, read by hand from localabstract through a real adb server."""
import hashlib
import os
import socket
import struct
import sys
import threading
import time
import unittest

from bench import Bench, read_exactly, wait_until

PROGRAM, SERVER_FILE = sys.argv[1:3]
V3 = ["3.0", "3.0.1", "3.0.2", "3.1", "3.2", "3.3", "3.3.1", "3.3.2", "3.3.3", "3.3.4"]
V4 = ["4.0", "4.1"]
JAR = "/data/local/tmp/scrcpy-server.jar"


class Session:
    """A client made of sockets. `sizes` holds what the stream says of its size, `packets` (pts, config, key, data)."""

    def __init__(self, phone, version, scid=0x1234abcd, **options):
        self.version, self.major = version, int(version.split(".")[0])
        options = {"tunnel_forward": "true", "audio": "false", **options}
        line = " ".join(f"{k}={v}" for k, v in options.items())
        self.shell = phone.open_service(f"shell,v2,raw:CLASSPATH={JAR} app_process / com.genymobile.scrcpy.Server {version} "
                                        f"scid={scid:08x} {line}")
        self.said = b""
        threading.Thread(target=self.drain, daemon=True).start()
        name = f"localabstract:scrcpy_{scid:08x}"
        self.video = wait_until("the server's socket", lambda: phone.open_service(name))
        self.audio = phone.open_service(name) if options["audio"] == "true" else None
        self.control = phone.open_service(name)
        self.sizes, self.packets = [], []
        assert read_exactly(self.video, 1) == b"\0", "the dummy byte"
        self.name = read_exactly(self.video, 64)
        assert read_exactly(self.video, 4) == b"h264"
        if self.major == 3:
            self.sizes.append(struct.unpack(">II", read_exactly(self.video, 8)))

    def drain(self):
        try:
            while piece := self.shell.recv(4096):
                self.said += piece
        except OSError:
            pass

    def next(self):
        word, size = struct.unpack(">QI", read_exactly(self.video, 12))
        if self.major == 4 and word >> 63:
            self.sizes.append((word & 0xFFFFFFFF, size))
            return None
        top = 62 if self.major == 4 else 63
        packet = (word & ((1 << 61) - 1), bool(word >> top & 1), bool(word >> (top - 1) & 1), read_exactly(self.video, size))
        self.packets.append(packet)
        return packet

    def until(self, what, check, limit=400):
        for _ in range(limit):
            self.next()
            if check():
                return
        raise AssertionError(f"{limit} packets passed without: {what}")

    def size(self):
        return self.sizes[-1]

    def touch(self, action, x, y, size=None, pointer=1):
        w, h = size or self.size()
        self.control.sendall(struct.pack(">BBqiiHHHII", 2, action, pointer, x, y, w, h, 0xFFFF if action != 1 else 0, 0, 0))

    def tap(self, x, y, size=None):
        self.touch(0, x, y, size)
        self.touch(1, x, y, size)

    def close(self):
        for s in (self.video, self.audio, self.control, self.shell):
            if s is not None:
                s.close()


def bounds(xml, name):
    import re
    node = re.search(rf'<node [^>]*(?:text|content-desc|resource-id)="{re.escape(name)}"[^>]*bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"', xml)
    assert node, f"{name} is not on the screen"
    left, top, right, bottom = map(int, node.groups())
    return (left + right) // 2, (top + bottom) // 2


class Stream(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bench = Bench(PROGRAM)
        cls.phone = cls.bench.phone().connect()
        cls.phone.adb("push", SERVER_FILE, JAR)

    @classmethod
    def tearDownClass(cls):
        cls.bench.close()

    def open(self, version, phone=None, **options):
        session = Session(phone or self.phone, version, **options)
        self.addCleanup(session.close)
        return session

    def test_headers_of_every_version(self):
        for version in V3 + V4:
            with self.subTest(version):
                session = Session(self.phone, version)
                try:
                    for _ in range(6):
                        session.next()
                    self.assertEqual(session.name.rstrip(b"\0"), b"TrainingPhone")
                    self.assertEqual(session.sizes, [(720, 1280)])
                    config, first = session.packets[0], session.packets[1]
                    self.assertEqual(config[:3], (0, True, False))
                    self.assertEqual(config[3][:5], b"\0\0\0\1\x67")       # Annex B, SPS
                    self.assertEqual(first[1:3], (False, True))
                    stamps = [p[0] for p in session.packets if not p[1]]
                    self.assertEqual(stamps, sorted(set(stamps)))
                    self.assertTrue(any(not p[2] and not p[1] for p in session.packets))
                finally:
                    session.close()

    def test_other_versions_are_refused(self):
        for version in ("2.7", "3.3.5", "4.2", "x"):
            done = self.phone.shell(f"CLASSPATH={JAR} app_process / com.genymobile.scrcpy.Server {version} tunnel_forward=true", check=False)
            self.assertEqual((done.returncode, done.stdout), (1, b""))
            self.assertIn(b"does not match the client", done.stderr)
        self.assertNotEqual(self.phone.shell("CLASSPATH=/data/local/tmp/nosuch app_process / com.genymobile.scrcpy.Server 3.3.3", check=False).returncode, 0)

    def test_audio_is_opus_with_rising_times(self):                        # issue 4.3: audio heard and recorded
        for version, config_bit in (("3.3.3", 63), ("4.1", 62)):
            with self.subTest(version):
                session = self.open(version, audio="true")
                try:
                    self.assertEqual(read_exactly(session.audio, 4), b"opus")
                    head, body = read_exactly(session.audio, 12), b""
                    word, size = struct.unpack(">QI", head)
                    self.assertEqual(word >> config_bit, 1)
                    self.assertTrue(read_exactly(session.audio, size).startswith(b"OpusHead\x01\x02"))
                    stamps = []
                    for _ in range(10):
                        word, size = struct.unpack(">QI", read_exactly(session.audio, 12))
                        self.assertEqual(word >> 61, 0)
                        read_exactly(session.audio, size)
                        stamps.append(word)
                    self.assertEqual({b - a for a, b in zip(stamps, stamps[1:])}, {20000})
                    session.next()
                finally:
                    session.close()

    def test_a_pinch_is_told_and_taps_nothing(self):                       # A-8.3g
        session = self.open("4.1")
        try:
            session.next(), session.next()
            w, h = session.size()
            before = self.phone.hierarchy()
            for action, spread in ((0, 50), (2, 75), (2, 100), (1, 100)):
                for pointer, side in ((1, -1), (2, 1)):
                    session.touch(action, w // 2 + side * spread, h // 2, pointer=pointer)
            session.control.sendall(b"\x05")                                # expand notifications
            shown = wait_until("the pinch's notification", lambda: (x := self.phone.hierarchy()) and "双指缩放" in x and x)
            self.assertIn("200 %", shown)
            session.control.sendall(b"\x07")
            wait_until("the page as it was", lambda: "双指缩放" not in (x := self.phone.hierarchy()) and x and len(x) > 0)
            self.assertEqual("launcher3:id/icon" in before, "launcher3:id/icon" in self.phone.hierarchy(), "nothing was tapped")
        finally:
            session.close()

    def test_touch_opens_the_app_and_stale_sizes_are_dropped(self):
        session = self.open("4.0")
        session.next(), session.next()
        self.phone.shell("am force-stop cn.guzheng.mall")
        icon = bounds(wait_until("the desktop", lambda: (x := self.phone.hierarchy()) and "launcher3:id/icon" in x and x), "练习商城")
        session.tap(*icon, size=(1280, 720))                                # not the size shown
        time.sleep(0.5)
        self.assertIn("launcher3:id/icon", self.phone.hierarchy())

    def test_touch_scroll_and_reset(self):
        session = self.open("3.3.4")
        session.next(), session.next()
        self.phone.shell("am force-stop cn.guzheng.mall")
        icon = bounds(wait_until("the desktop", lambda: (x := self.phone.hierarchy()) and "launcher3:id/icon" in x and x), "练习商城")
        session.tap(*icon)
        wait_until("the app", lambda: "cn.guzheng.mall:id/tab_bar" in self.phone.hierarchy())
        before = self.phone.exec_out("screencap", "-p")
        session.touch(0, 360, 900)
        for y in range(880, 380, -20):
            session.touch(2, 360, y)
        session.touch(1, 360, 380)
        wait_until("the page to move", lambda: self.phone.exec_out("screencap", "-p") != before)
        keys = len([p for p in session.packets if p[2]])
        session.control.sendall(b"\x11")                                    # RESET_VIDEO
        session.until("a key frame", lambda: len([p for p in session.packets if p[2]]) > keys)
        self.assertTrue(any(p[1] for p in session.packets[1:]), "a new config packet comes first")

    def test_rotation(self):
        for version in ("3.3.3", "4.1"):
            with self.subTest(version):
                phone = self.bench.phone().connect()
                phone.adb("push", SERVER_FILE, JAR)
                session = self.open(version, phone)
                for _ in range(3):
                    session.next()
                session.control.sendall(b"\x0b")
                configs = 1
                session.until("the new parameter sets", lambda: len([p for p in session.packets if p[1]]) > configs)
                self.assertEqual(session.sizes[-1], (1280, 720) if version == "4.1" else (720, 1280))
                self.assertIn('rotation="1"', phone.hierarchy())

    def test_clipboard_paste_of_chinese(self):
        session = self.open("3.3.3")
        session.next(), session.next()
        self.phone.shell("am force-stop cn.guzheng.mall; am start -n cn.guzheng.mall/.MainActivity")
        entry = bounds(wait_until("the front page", lambda: (x := self.phone.hierarchy()) and "search_entry" in x and x), "cn.guzheng.mall:id/search_entry")
        session.tap(*entry)
        wait_until("the search field", lambda: 'search_input" class="android.widget.EditText"' in self.phone.hierarchy())
        text = "灵芝孢子粉".encode()
        session.control.sendall(struct.pack(">BQBI", 9, 77, 1, len(text)) + text)
        self.assertEqual(read_exactly(session.control, 9), struct.pack(">BQ", 1, 77))     # the acknowledgement
        wait_until("the pasted text", lambda: 'text="灵芝孢子粉"' in self.phone.hierarchy())
        session.control.sendall(struct.pack(">BI", 1, 3) + b"abc")
        wait_until("the typed text", lambda: 'text="灵芝孢子粉abc"' in self.phone.hierarchy())
        session.control.sendall(b"\x08\x00")
        self.assertEqual(read_exactly(session.control, 5 + len(text)), struct.pack(">BI", 0, len(text)) + text)

    def test_max_size_and_fps(self):
        session = self.open("4.1", max_size=640, max_fps=10)
        session.next(), session.next()
        self.assertEqual(session.size(), (360, 640))

    def test_counter_and_logs_agree(self):
        folder = self.bench.folder
        paint, sent = os.path.join(folder, "paint"), os.path.join(folder, "sent")
        phone = self.bench.phone("--scene", "counter", "--paint-log", paint, "--packet-log", sent).connect()
        phone.adb("push", SERVER_FILE, JAR)
        session = self.open("3.3.3", phone, video_codec_options="i-frame-interval=1")
        for _ in range(60):
            session.next()
        lines = wait_until("the packet log", lambda: (l := open(sent).read().splitlines()) and len(l) >= 60 and l)
        for line, (pts, config, key, data) in zip(lines, session.packets):
            kind = "config" if config else "1" if key else "0"
            self.assertEqual(line, f"{pts} {len(data)} {kind} {hashlib.sha256(data).hexdigest()}")
        painted = {int(l.split()[2]): int(l.split()[0]) for l in open(paint).read().splitlines()}
        counters = [painted[pts] for pts, config, _, _ in session.packets if not config]
        self.assertEqual(counters, sorted(counters))
        self.assertGreater(len([p for p in session.packets if p[2]]), 1, "key frames come by the clock")

    def test_taps_are_counted_on_the_screen(self):
        paint = os.path.join(self.bench.folder, "taps")
        phone = self.bench.phone("--scene", "taps", "--paint-log", paint).connect()
        phone.adb("push", SERVER_FILE, JAR)
        session = self.open("3.3.3", phone)
        session.next()
        for count in range(1, 4):
            session.tap(200, 900, (720, 1280))
            wait_until(f"{count} taps painted", lambda: open(paint).read().splitlines()[-1].split()[0] == str(count))

    def test_closing_the_shell_stops_the_server(self):
        session = Session(self.phone, "3.3.3", scid=0x77)
        session.next()
        session.shell.shutdown(socket.SHUT_RDWR)
        with self.assertRaises(EOFError):            # an end, not a silence
            for _ in range(1000):
                session.next()
        session.close()

    def test_secure_page_is_black(self):
        phone = self.bench.phone("--secure-page").connect()
        phone.shell("am start -n cn.guzheng.mall/.MainActivity")
        wait_until("the app", lambda: "tab_bar" in phone.hierarchy())
        self.assertLess(len(phone.exec_out("screencap", "-p")), 20_000)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
