#!/usr/bin/env python3
"""installer/node/guzheng-node by itself: what it says of a made-up /sys, and what a hostile key holder can do with leases. A-8.3f A-8.4"""
import importlib.machinery
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "installer/node/guzheng-node"
loader = importlib.machinery.SourceFileLoader("guzheng_node", str(PROGRAM))
node = importlib.util.module_from_spec(importlib.util.spec_from_loader("guzheng_node", loader))
sys.dont_write_bytecode = True
loader.exec_module(node)


class Supplies(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp())
        self.quiet = node.command
        node.command = lambda *_: None                       # no UPS
        self.addCleanup(lambda: setattr(node, "command", self.quiet))

    def supply(self, name, **values):
        (self.root / name).mkdir()
        for key, value in values.items():
            (self.root / name / key).write_text(value + "\n")

    def source(self):
        return node.power(str(self.root))["source"]

    def test_mains_that_is_online(self):
        self.supply("AC", type="Mains", online="1")
        self.supply("BAT0", type="Battery", status="Unknown", capacity="80")
        self.assertEqual(node.power(str(self.root)), {"source": "mains", "charge": 80, "by": "supply"})

    def test_mains_that_is_away(self):
        self.supply("AC", type="Mains", online="0")
        self.assertEqual(self.source(), "battery")

    def test_a_battery_that_does_not_say_is_unknown(self):
        for status in ("Unknown", "Not charging", ""):
            self.root = Path(tempfile.mkdtemp())
            self.supply("BAT0", type="Battery", status=status)
            self.assertIsNone(self.source(), status)

    def test_a_battery_that_says(self):
        self.supply("BAT0", type="Battery", status="Discharging", capacity="40")
        self.assertEqual((self.source(), node.power(str(self.root))["charge"]), ("battery", 40))

    def test_a_mouse_feeds_no_node(self):
        self.supply("hidpp_battery_0", type="Battery", scope="Device", status="Discharging")
        self.assertIsNone(self.source())

    def test_nothing_there(self):
        self.assertIsNone(self.source())


class Leases(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.held = []

    def tearDown(self):
        for one in self.held:
            one.communicate()
        shutil.rmtree(self.folder)

    def run_node(self, request, **more):
        environment = dict(os.environ, GUZHENG_NODE_DIR=self.folder, SSH_ORIGINAL_COMMAND=request, **more)
        return subprocess.Popen([PROGRAM], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def hold(self, serial, holder, **more):
        one = self.run_node(f"guzheng-node lease {serial} {holder}", **more)
        self.held.append(one)
        return one, json.loads(one.stdout.readline())

    def leases(self):
        out, _ = self.run_node("guzheng-node state").communicate()
        return json.loads(out)["leases"]

    def test_serials_that_look_alike_are_two_phones(self):
        self.assertEqual(self.hold("a:b", "one")[1]["lease"], "held")
        self.assertEqual(self.hold("a_b", "two")[1]["lease"], "held")
        self.assertEqual(self.hold("a:b", "three")[1]["by"]["holder"], "one")

    def test_nothing_is_left_behind(self):
        one, _ = self.hold("a", "one")
        self.held.remove(one)
        one.communicate()
        self.assertEqual(os.listdir(self.folder), [])
        killed, _ = self.hold("b", "two")
        killed.send_signal(signal.SIGKILL)
        self.held.remove(killed)
        killed.communicate()
        self.assertEqual(self.leases(), [])
        self.assertEqual(os.listdir(self.folder), [])

    def test_no_more_than_are_phones(self):
        for n in range(node.MOST_LEASES):
            self.hold(f"p{n}", "greedy")
        refused = self.run_node("guzheng-node lease more greedy")
        _, error = refused.communicate()
        self.assertEqual(refused.returncode, 3)
        self.assertIn("held here already", error)

    def test_the_key_that_sshd_saw_stands_beside_the_name(self):
        key = Path(self.folder).parent / f"auth-{os.getpid()}"
        key.write_text("publickey ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0m5zqk7lI4H9x9r3dQfTtG7x1m8f6q0Z0b7k0d1xYz\n")
        self.addCleanup(key.unlink)
        held = self.hold("a", "anybody", SSH_USER_AUTH=str(key))[1]
        self.assertRegex(held["by"]["key"], r"^SHA256:[A-Za-z0-9+/]{43}$")

    def test_a_folder_of_others_is_refused(self):
        os.chmod(self.folder, 0o755)
        refused = self.run_node("guzheng-node lease a one")
        _, error = refused.communicate()
        self.assertEqual(refused.returncode, 3, "not 1: nobody holds it")
        self.assertIn("0700", error)
        os.chmod(self.folder, 0o700)

    def test_what_is_no_request_runs_nothing(self):
        for request in ("cat /etc/passwd", "guzheng-node lease a;id x", "guzheng-node lease ../x y", "guzheng-node", "'"):
            done = self.run_node(request)
            out, error = done.communicate()
            self.assertEqual((done.returncode, out), (2, ""), request)

    def test_silence_gives_the_phone_back(self):
        code = PROGRAM.read_text().replace("LEASE_SILENCE_S = 30", "LEASE_SILENCE_S = 1")
        impatient = Path(self.folder).parent / f"impatient-{os.getpid()}"
        impatient.write_text(code)
        self.addCleanup(impatient.unlink)
        environment = dict(os.environ, GUZHENG_NODE_DIR=self.folder, SSH_ORIGINAL_COMMAND="guzheng-node lease a one")
        one = subprocess.Popen([sys.executable, impatient], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.assertEqual(json.loads(one.stdout.readline())["lease"], "held")
        self.assertEqual(one.wait(30), 0)
        one.communicate()
        self.assertEqual(self.leases(), [])


class Server(unittest.TestCase):
    def test_the_digest_is_of_the_program_that_listens(self):
        listener = subprocess.Popen([sys.executable, "-c", "import socket,sys\ns=socket.create_server(('127.0.0.1',0))\nprint(s.getsockname()[1],flush=True)\nsys.stdin.read()"],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = int(listener.stdout.readline())
        found = node.listener(port)
        self.assertEqual(found, f"/proc/{listener.pid}")
        listener.communicate()
        for _ in range(50):
            if node.listener(port) is None:
                break
            time.sleep(0.1)
        self.assertIsNone(node.listener(port))


if __name__ == "__main__":
    unittest.main()
