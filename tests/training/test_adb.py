#!/usr/bin/env python3
"""A real adb server and the training phone: listing, authorisation, files, forward and reverse, several phones."""
import hashlib
import os
import socket
import sys
import threading
import unittest

from bench import Bench, read_exactly, wait_until

PROGRAM, SERVER_FILE = sys.argv[1:3]


class Adb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.bench = Bench(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.bench.close()

    def test_listed_with_its_names(self):  # A-7.2d: it says itself that it is a training phone
        phone = self.bench.phone("--serial", "LISTED01").connect()
        line = next(l for l in self.bench.adb("devices", "-l").splitlines() if l.startswith(phone.address))
        self.assertIn("model:TrainingPhone", line)
        self.assertEqual(phone.serial, "LISTED01")
        self.assertEqual(phone.text("getprop ro.serialno").strip(), "LISTED01")
        self.assertEqual(phone.text("getprop ro.guzheng.training").strip(), "1")
        self.assertIn("practice/training-phone", phone.text("getprop ro.build.fingerprint"))

    def test_files_go_there_and_back(self):
        phone = self.bench.phone().connect()
        sent, back = os.path.join(self.bench.folder, "sent"), os.path.join(self.bench.folder, "back")
        data = os.urandom(3_000_001)
        with open(sent, "wb") as out:
            out.write(data)
        phone.adb("push", sent, "/data/local/tmp/证据.bin")
        phone.adb("pull", "/data/local/tmp/证据.bin", back)
        with open(back, "rb") as read:
            self.assertEqual(hashlib.sha256(read.read()).digest(), hashlib.sha256(data).digest())
        self.assertIn("证据.bin", phone.adb("ls", "/data/local/tmp"))
        refused = phone.adb("push", sent, "/system/app/x", check=False)
        self.assertNotIn("1 file pushed", refused)

    def test_full_storage_refuses_files(self):
        phone = self.bench.phone("--storage-full").connect()
        self.assertNotIn("1 file pushed", phone.adb("push", SERVER_FILE, "/data/local/tmp/x", check=False))
        self.assertIn(" 99%", phone.text("df /data"))

    def test_unknown_key_denied_is_unauthorised(self):
        phone = self.bench.phone("--auth", "deny").connect("unauthorized")
        self.assertNotEqual(phone.shell("id", check=False).returncode, 0)

    def test_approved_key_is_remembered_and_checked(self):
        state = os.path.join(self.bench.folder, "state")
        first = self.bench.phone("--state", state).connect()
        self.bench.adb("disconnect", first.address)
        self.assertEqual(first.stop(), 0)
        keys = os.path.join(state, "adb_keys")
        # Only the remembered key may enter now: its signature over the token is what opens the door.
        self.bench.phone("--auth", "keys", keys).connect("device")
        with open(keys) as read:
            blob = read.read()
        other = os.path.join(self.bench.folder, "other_keys")
        with open(other, "w") as out:
            out.write(blob[:60] + ("A" if blob[60] != "A" else "B") + blob[61:])
        self.bench.phone("--auth", "keys", other).connect("unauthorized")

    def test_two_phones_at_once(self):
        one, two = self.bench.phone("--serial", "ONE", "--battery", "11").connect(), self.bench.phone("--serial", "TWO").connect()
        self.assertIn("level: 11", one.text("dumpsys battery"))
        self.assertIn("level: 86", two.text("dumpsys battery"))
        results = {}
        threads = [threading.Thread(target=lambda p=p: results.update({p.serial: p.text("sleep 0.2; getprop ro.serialno")}))
                   for p in (one, two) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(results, {"ONE": "ONE\n", "TWO": "TWO\n"})

    def test_forward_and_reverse_make_a_loop(self):
        phone = self.bench.phone().connect()
        with socket.create_server(("127.0.0.1", 0)) as host:
            host_port = host.getsockname()[1]

            def echo():
                peer, _ = host.accept()
                with peer:
                    while data := peer.recv(65536):
                        peer.sendall(data.upper())
            worker = threading.Thread(target=echo, daemon=True)
            worker.start()
            phone.adb("reverse", "tcp:8000", f"tcp:{host_port}")
            self.assertIn(f"tcp:8000 tcp:{host_port}", phone.adb("reverse", "--list"))
            local = int(phone.adb("forward", "tcp:0", "tcp:8000"))
            with socket.create_connection(("127.0.0.1", local), timeout=60) as s:
                text = b"practice " * 20_000
                threading.Thread(target=s.sendall, args=(text,), daemon=True).start()
                self.assertEqual(read_exactly(s, len(text)), text.upper())
            phone.adb("reverse", "--remove", "tcp:8000")
            self.assertNotIn("tcp:8000", phone.adb("reverse", "--list"))
        with socket.create_connection(("127.0.0.1", local), timeout=60) as s:
            self.assertEqual(s.recv(1), b"")  # nobody listens on the phone any more

    def test_cut_and_back_again(self):
        phone = self.bench.phone("--cut-after", "4", "--cut-for", "1").connect()
        wait_until("the cut", lambda: self.bench.state(phone.address) != "device")

        def again():
            self.bench.adb("disconnect", phone.address, check=False)  # adb keeps the dead one for a minute otherwise
            self.bench.adb("connect", phone.address, check=False)
            return self.bench.state(phone.address) == "device"
        wait_until("the phone to come back", again)
        self.assertEqual(phone.text("whoami"), "shell\n")

    def test_ends_cleanly_with_streams_open(self):
        phone = self.bench.phone().connect()
        open_shell = phone.open_service("shell,v2,raw:sleep 100")
        self.assertEqual(phone.stop(), 0)
        open_shell.close()

    def test_odd_emulator_ports_are_refused(self):
        import subprocess
        done = subprocess.run([PROGRAM, "--port", "5557"], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertEqual(subprocess.run([PROGRAM, "--size", "7x7"], capture_output=True, timeout=60).returncode, 1)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
