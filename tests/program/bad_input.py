"""Everything that goes wrong at an officer's desk: each is told in a clear Chinese sentence, with the documented exit code, and nothing
that was recorded is lost. Exit codes: 0 whole, 1 usage, 2 could not run, 3 damaged, 4 incomplete, 5 cannot tell, 6 practice.
"""
import contextlib
import os
import re
import resource
import signal
import subprocess
import time
import unittest
from pathlib import Path

import scripts
from recording import media_packets, recorded_packets
from stand import Stand, free_port, wait_for

CHINESE_SENTENCE = re.compile("[\u4e00-\u9fff]{4,}")
USAGE, COULD_NOT_RUN, DAMAGED, INCOMPLETE, PRACTICE = 1, 2, 3, 4, 6


class BadInput(unittest.TestCase):
    def stand(self, *args, **options):
        stand = Stand(args, **options)
        self.addCleanup(stand.close)
        return stand

    def assert_said(self, text, *words):
        """A sentence for people, naming what it is about; not a crash, not a number alone."""
        self.assertRegex(text, CHINESE_SENTENCE)
        self.assertTrue(any(word in text for word in words), f"none of {words} in:\n{text}")
        for noise in ("terminate called", "what():", "Segmentation", "std::", "Assertion", "core dumped"):
            self.assertNotIn(noise, text)

    def assert_refused(self, done, code, *words):
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assert_said(done.stderr, *words)

    # --- the way to the phone

    def test_no_adb_server(self):
        stand = self.stand(phone=False)
        self.assert_refused(stand.capture(scripts.still(1), adb=f"127.0.0.1:{free_port()}"), COULD_NOT_RUN, "adb")
        self.assertEqual(stand.sealed_bags(), [])

    def test_something_else_answers_on_the_adb_port(self):
        stand = self.stand(phone=True)
        # the phone's own port speaks another protocol
        self.assert_refused(stand.capture(scripts.still(1), adb=stand.phone.serial), COULD_NOT_RUN, "adb")

    def test_adb_without_devices(self):
        stand = self.stand(phone=False)
        self.assert_refused(stand.capture(scripts.still(1), serial="ABCDEF"), COULD_NOT_RUN, "手机", "设备")

    def test_another_serial(self):
        stand = self.stand()
        done = stand.capture(scripts.still(1), serial="ABCDEF")
        self.assert_refused(done, COULD_NOT_RUN, "ABCDEF")

    def test_unauthorized_phone(self):
        stand = self.stand("--auth", "deny", state="unauthorized")
        self.assert_refused(stand.capture(scripts.still(1)), COULD_NOT_RUN, "授权", "允许")

    # --- the phone goes away in mid-session

    def assert_kept(self, stand, said, sent):
        """All that arrived is kept: sealed as incomplete at once, or left for recover, which then seals it."""
        if stand.open_bags():
            done = stand.run("recover", stand.vault, "--desk", stand.desk, "--leave-plain")
            self.assertIn(done.returncode, (0, INCOMPLETE, PRACTICE), done.stdout + done.stderr)
        bags = stand.sealed_bags()
        self.assertEqual(len(bags), 1, said)
        packets, _ = recorded_packets(bags[0])
        self.assertEqual([pts for pts, _ in packets], [p.pts_us for p in sent[:len(packets)]])
        self.assertLessEqual(len(sent) - len(packets), 2, f"{len(sent)} sent, {len(packets)} kept")
        verified = stand.run("verify", bags[0], *stand.roots())
        self.assertEqual(verified.returncode, PRACTICE, verified.stdout + verified.stderr)
        self.assertIn("不完整", verified.stdout)

    # Stopped first, so that all it sent has arrived; then gone, as when the cable is pulled. A-7.2a
    def test_phone_unplugged(self):
        stand = self.stand("--scene", "scroll")
        capture = stand.start_capture(scripts.still(120))
        wait_for("40 packets", lambda: stand.packet_log.exists() and len(media_packets(stand.packet_log)) > 40 or not capture.running())
        self.assertTrue(capture.running(), capture.stdout() + capture.stderr())
        os.kill(stand.phone.pid, signal.SIGSTOP)
        time.sleep(1)
        os.kill(stand.phone.pid, signal.SIGKILL)
        code = capture.wait()
        said = capture.stdout() + capture.stderr()
        self.assertIn(code, (COULD_NOT_RUN, INCOMPLETE, PRACTICE), said)
        self.assert_said(capture.stderr(), "断", "失去", "连接", "离线")
        self.assert_kept(stand, said, media_packets(stand.packet_log))

    # The stream ends while the phone stays. A-7.2a
    def test_stream_cut(self):
        stand = self.stand("--scene", "scroll", "--cut-after", "8")
        capture = stand.start_capture(scripts.still(60))
        code = capture.wait()
        said = capture.stdout() + capture.stderr()
        self.assertIn(code, (COULD_NOT_RUN, INCOMPLETE, PRACTICE), said)
        self.assert_said(capture.stderr(), "断", "失去", "连接", "中断")
        self.assertEqual(len(stand.sealed_bags()) + len(stand.open_bags()), 1)

    # --- the vault

    def full_in_mid_session(self, stand, capture, fill):
        """Fills up while packets come; what was recorded until then is sealed, at once or by recover, and is a prefix of what was sent."""
        wait_for("40 packets", lambda: not capture.running() or stand.packet_log.exists() and len(media_packets(stand.packet_log)) > 40)
        self.assertTrue(capture.running(), capture.stdout() + capture.stderr())
        fill()
        code = capture.wait()
        said = capture.stdout() + capture.stderr()
        self.assertIn(code, (COULD_NOT_RUN, INCOMPLETE, PRACTICE), said)
        self.assert_said(capture.stderr(), "空间", "磁盘", "写")
        return said

    def assert_prefix_kept(self, stand, said):
        if stand.open_bags():
            done = stand.run("recover", stand.vault, "--desk", stand.desk, "--leave-plain")
            self.assertIn(done.returncode, (0, INCOMPLETE, PRACTICE), done.stdout + done.stderr)
        self.assertEqual(len(stand.sealed_bags()), 1, said)
        packets, _ = recorded_packets(stand.sealed_bags()[0])
        self.assertGreater(len(packets), 30)
        sent = [packet.pts_us for packet in media_packets(stand.packet_log)]
        self.assertEqual([pts for pts, _ in packets], sent[:len(packets)], said)
        verified = stand.run("verify", stand.sealed_bags()[0], *stand.roots())
        self.assertEqual(verified.returncode, PRACTICE, verified.stdout + verified.stderr)
        self.assertIn("不完整", verified.stdout)

    # No file may grow any more (RLIMIT_FSIZE set from outside, SIGXFSZ ignored): works for root and for everybody else. A-7.2a
    def test_a_segment_cannot_grow(self):
        stand = self.stand("--scene", "scroll")
        capture = stand.start_capture(scripts.still(20), preexec=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))

        def fill():
            largest = max(path.stat().st_size for path in stand.open_bags()[0].glob("data/main/rec-*.mp4"))
            resource.prlimit(capture.pid, resource.RLIMIT_FSIZE, (largest + 100_000, largest + 100_000))
        self.assert_prefix_kept(stand, self.full_in_mid_session(stand, capture, fill))

    # A real file system that fills up while recording; only root may mount one, and only where mounting works. Where not, the test above
    # is what stands for it, and this one says that it did not run. A-7.2a
    def test_disk_fills_up(self):
        stand = self.stand("--scene", "scroll")
        stand.vault.mkdir()
        if not self.mounted(stand.vault, "700m"):
            self.skipTest("no file system may be mounted here: test_a_segment_cannot_grow stands for it")
        capture = stand.start_capture(scripts.still(20), let_pass=["workstation.disk"])        # under two gigabytes from the start

        def fill():
            with open(stand.vault / "filler", "wb", buffering=0) as filler:
                for block in (1 << 20, 4096):
                    with contextlib.suppress(OSError):
                        while True:
                            filler.write(bytes(block))
        said = self.full_in_mid_session(stand, capture, fill)
        (stand.vault / "filler").unlink()
        self.assert_prefix_kept(stand, said)

    def mounted(self, folder, size):
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder],
                                               capture_output=True).returncode != 0:
            return False
        self.addCleanup(subprocess.run, ["umount", "-l", folder], capture_output=True)
        return True

    # No room from the start: refused before anything is recorded. A small file system where one may be mounted, else a limit on the size
    # of files: never skipped. A-7.2a
    def test_no_space_at_the_start(self):
        stand = self.stand()
        stand.vault.mkdir()
        preexec = None
        if not self.mounted(stand.vault, "24m"):
            def preexec():
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        self.assert_refused(stand.capture(scripts.still(1), preexec=preexec), COULD_NOT_RUN, "空间", "磁盘")
        self.assertEqual(stand.open_bags() + stand.sealed_bags(), [])

    # A file in the way works for every user; a folder without write permission only for who is not root. A-7.2a
    def test_vault_is_a_file(self):
        stand = self.stand()
        stand.vault.write_text("not a folder")
        self.assert_refused(stand.capture(scripts.still(1)), COULD_NOT_RUN, str(stand.vault))
        self.assertEqual(stand.vault.read_text(), "not a folder")

    def test_vault_may_not_be_written(self):
        stand = self.stand()
        # /proc refuses new entries to root as well
        for path in (Path("/proc/guzheng-vault"), self.read_only_folder(stand)):
            with self.subTest(path):
                stand.vault = path
                self.assert_refused(stand.capture(scripts.still(1)), COULD_NOT_RUN, str(path))

    def read_only_folder(self, stand):
        folder = stand.folder / "locked"
        folder.mkdir()
        if os.geteuid() != 0:
            folder.chmod(0o555)
            return folder / "vault"
        return Path("/sys/guzheng-vault")

    # --- verify

    def sealed(self, stand):
        done = stand.capture(scripts.script(*(scripts.capture(kind) for kind in scripts.KINDS), scripts.wait(3000)))
        self.assertIn(done.returncode, (0, PRACTICE), done.stdout + done.stderr)
        return stand.sealed_bags()[0]

    # A-7.2a B-5.4.4a
    def test_damaged_packages(self):
        stand = self.stand()
        bag = self.sealed(stand)
        package = stand.folder / "package.zip"
        done = stand.run("export", bag, "--desk", stand.desk, "-o", package)
        self.assertEqual(done.returncode, 0, done.stderr)
        whole = package.read_bytes()
        self.assertEqual(stand.run("verify", package, *stand.roots()).returncode, PRACTICE)
        wrong = stand.folder / "wrong.pem"
        wrong.write_text("no certificate")
        with self.subTest("a root that is no certificate"):
            self.assert_refused(stand.run("verify", package, "--org-ca", wrong), COULD_NOT_RUN, "证书", "wrong.pem")
        damages = {"a byte of the film": self.flip(whole, whole.index(b"mdat") + 900), "the last byte": self.flip(whole, len(whole) - 1),
                   "a tail": whole + b"x", "a head": b"x" + whole}
        for name, data in damages.items():
            with self.subTest(name):
                package.write_bytes(data)
                done = stand.run("verify", package, *stand.roots())
                self.assertEqual(done.returncode, DAMAGED, done.stdout + done.stderr)
                self.assert_said(done.stdout + done.stderr, "损坏", "破坏", "改动", "篡改")
        for name, data in {"half a package": whole[:len(whole) // 2]}.items():
            with self.subTest(name):
                package.write_bytes(data)
                done = stand.run("verify", package, *stand.roots())
                self.assertIn(done.returncode, (COULD_NOT_RUN, DAMAGED))
                self.assert_said(done.stdout + done.stderr, "损坏", "破坏", "不是", "截断", "不完整")
        extra = bag / "data/main/extra.txt"
        subprocess.run(["chmod", "-R", "u+w", bag], check=True)
        extra.write_text("x")
        with self.subTest("a file more in the vault"):
            self.assertEqual(stand.run("verify", bag, *stand.roots()).returncode, DAMAGED)
        extra.unlink()
        (bag / "data/main/shot-0001.png").unlink()
        with self.subTest("a file less in the vault"):
            done = stand.run("verify", bag, *stand.roots())
            self.assertEqual(done.returncode, DAMAGED)
            self.assertIn("shot-0001.png", done.stdout + done.stderr)

    @staticmethod
    def flip(data, at):
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]

    def test_wrong_files_given_to_verify(self):
        stand = self.stand(phone=False)
        png, empty, folder = stand.folder / "a.png", stand.folder / "empty", stand.folder / "folder"
        subprocess.run(["convert", "-size", "20x20", "xc:red", png], check=True)
        empty.write_bytes(b"")
        folder.mkdir()
        zip_file = stand.folder / "other.zip"
        subprocess.run(["zip", "-q", "-0", zip_file, "a.png"], cwd=stand.folder, check=True)
        for path in (png, empty, folder, stand.folder / "missing.zip", Path("/dev/null")):
            for command in (["verify", path], ["report", path, "--desk", stand.desk, "-o", stand.folder / "r.pdf"]):
                with self.subTest(path=path.name, command=command[0]):
                    self.assert_refused(stand.run(*command), COULD_NOT_RUN, path.name)
        with self.subTest("some other ZIP"):
            done = stand.run("verify", zip_file)
            self.assertIn(done.returncode, (COULD_NOT_RUN, DAMAGED), done.stdout + done.stderr)
            self.assert_said(done.stdout + done.stderr, "不是证据包", "损坏")

    # --- scripts and usage

    # A-8.3f: the step and the field that are wrong are named, before a phone is touched.
    def test_scripts_with_mistakes(self):
        stand = self.stand()
        good = scripts.script(scripts.wait(100), scripts.capture("licence"))
        mistakes = [("not JSON", "{", ()), ("another schema", dict(good, schema="x/1"), ("schema",)),
                    ("unknown act", dict(good, steps=[scripts.wait(1), {"do": "dance"}]), ("2", "dance")),
                    ("a field missing", dict(good, steps=[scripts.wait(1), {"do": "tap", "x": 1}]), ("2", "y")),
                    ("a field of another type", dict(good, steps=[scripts.wait("long")]), ("1", "ms")),
                    ("an unknown kind", dict(good, steps=[scripts.wait(1), scripts.wait(1), scripts.capture("selfie")]),
                     ("3", "kind"))]
        for name, script, words in mistakes:
            with self.subTest(name):
                done = stand.capture(script)
                self.assertIn(done.returncode, (USAGE, COULD_NOT_RUN), done.stdout + done.stderr)
                self.assertRegex(done.stderr, CHINESE_SENTENCE)
                for word in words:
                    self.assertIn(word, done.stderr)
                self.assertEqual(stand.open_bags() + stand.sealed_bags(), [])

    # A step that cannot be done: the page is kept, the package is sealed as incomplete, the step is named. A-8.3f A-7.2c
    def test_script_step_that_cannot_be_done(self):
        stand = self.stand()
        done = stand.capture(scripts.script(scripts.wait(500), {"do": "tap", "text": "没有这个按钮"}))
        self.assertIn(done.returncode, (COULD_NOT_RUN, INCOMPLETE, PRACTICE), done.stdout + done.stderr)
        self.assert_said(done.stderr, "没有这个按钮")
        self.assertIn("2", done.stderr)
        self.assertEqual(len(stand.sealed_bags()) + len(stand.open_bags()), 1)

    def test_usage(self):
        stand = self.stand(phone=False)
        for args in ([], ["capture"], ["verify"], ["dance"], ["verify", "--no-such-option", "x"]):
            with self.subTest(args):
                self.assertEqual(stand.run(*args).returncode, USAGE)


if __name__ == "__main__":
    unittest.main(verbosity=2)
