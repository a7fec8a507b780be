"""A private adb server and any number of training phones, for tests. Standard library only.

Everything lives in a temporary folder and on ports that the system chose; only processes started here are ended.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../support"))
from ports import free_port  # noqa: E402

LONG = 60  # seconds: waits end much earlier, but a loaded machine must not fail a test


def wait_until(what, check, limit=LONG):
    end = time.monotonic() + limit
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {limit} s in vain for: {what}")


class Phone:
    def __init__(self, bench, program, arguments):
        self.bench = bench
        self.err = open(os.path.join(bench.folder, f"phone-{len(bench.phones)}.err"), "w+b")
        self.process = subprocess.Popen([program, "--port", "0", *arguments], stdout=subprocess.PIPE, stderr=self.err)
        line = self.process.stdout.readline().decode()
        assert line.startswith("listening 127.0.0.1:"), f"the phone said {line!r}: {self.errors()}"
        self.address = line.split()[1]
        self.serial = line.split()[3]

    def errors(self):
        self.err.flush()
        self.err.seek(0)
        return self.err.read().decode(errors="replace")

    def connect(self, state="device"):
        self.bench.adb("connect", self.address)
        wait_until(f"{self.address} to be {state}", lambda: self.bench.state(self.address) == state)
        return self

    def shell(self, command, check=True):
        done = subprocess.run([*self.bench.adb_command, "-s", self.address, "shell", command], env=self.bench.env,
                              capture_output=True, timeout=LONG)
        assert not check or done.returncode == 0, (command, done)
        return done

    def text(self, command):
        return self.shell(command).stdout.decode()

    def exec_out(self, *command):
        return subprocess.run([*self.bench.adb_command, "-s", self.address, "exec-out", *command], env=self.bench.env,
                              capture_output=True, timeout=LONG, check=True).stdout

    def adb(self, *arguments, check=True):
        return self.bench.adb("-s", self.address, *arguments, check=check)

    def hierarchy(self):
        return self.exec_out("uiautomator", "dump", "/dev/tty").decode()

    def open_service(self, service):
        """A device service as a socket, or None when the phone refuses it."""
        s = self.bench.server_socket()
        for request in ("host:transport:" + self.address, service):
            s.sendall(b"%04x" % len(request.encode()) + request.encode())
            if read_exactly(s, 4) != b"OKAY":
                s.close()
                return None
        return s

    def stop(self):
        self.process.terminate()
        code = self.process.wait(timeout=LONG)
        self.process.stdout.close()
        return code


def read_exactly(s, count):
    data = b""
    while len(data) < count:
        piece = s.recv(count - len(data))
        if not piece:
            raise EOFError(f"the stream ended after {len(data)} of {count} bytes")
        data += piece
    return data


class Bench:
    def __init__(self, program):
        self.program = program
        self.folder = tempfile.mkdtemp(prefix="guzheng-phone-test-")
        self.phones = []
        self.port = free_port()
        self.env = dict(os.environ, HOME=self.folder, ANDROID_SDK_HOME=self.folder, ADB_MDNS="0",
                        ADB_MDNS_AUTO_CONNECT="0", ANDROID_ADB_SERVER_PORT=str(self.port))
        for name in ("ADB_SERVER_SOCKET", "ANDROID_SERIAL", "ADB_VENDOR_KEYS"):
            self.env.pop(name, None)
        self.adb_command = [shutil.which("adb") or "adb", "-P", str(self.port)]
        self.log = open(os.path.join(self.folder, "adb.log"), "wb")
        self.server = subprocess.Popen([*self.adb_command, "nodaemon", "server"], env=self.env, stdout=self.log, stderr=self.log,
                                       stdin=subprocess.DEVNULL)
        wait_until("the adb server", self.answers)

    def answers(self):
        try:
            self.server_socket().close()
            return True
        except OSError:
            return False

    def server_socket(self):
        s = socket.create_connection(("127.0.0.1", self.port), timeout=LONG)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def adb(self, *arguments, check=True):
        done = subprocess.run([*self.adb_command, *arguments], env=self.env, capture_output=True, timeout=LONG)
        assert not check or done.returncode == 0, (arguments, done)
        return done.stdout.decode(errors="replace")

    def state(self, address):
        for line in self.adb("devices").splitlines():
            if line.startswith(address + "\t"):
                return line.split("\t")[1]
        return None

    def phone(self, *arguments):
        made = Phone(self, self.program, arguments)
        self.phones.append(made)
        return made

    def close(self):
        for phone in self.phones:
            if phone.process.poll() is None:
                phone.stop()
            phone.err.close()
        self.server.terminate()
        self.server.wait(timeout=LONG)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
