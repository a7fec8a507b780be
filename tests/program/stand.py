"""A test stand as a person would have it: training phone, private adb server, the command-line tool. Standard library only.

Everything runs on the loopback in a private folder with a private HOME; what was started is ended by its process id.
Shared by tests/program, tests/soak and tests/bench.
"""
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/support"))
from ports import free_port  # noqa: E402
# Generous: the machine may be busy with other tests. No assertion is about time.
START_LIMIT_S = 60
RUN_LIMIT_S = 420


def wait_for(what, condition, limit_s=START_LIMIT_S, step_s=0.05):
    """Polls until condition() is true and returns its value; says what it waited for when it never is."""
    end = time.monotonic() + limit_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {limit_s} s for {what}")
        time.sleep(step_s)


def bin_folder(*programs):
    """Where the programs under test are: GUZHENG_BIN, or the development build."""
    folder = Path(os.environ.get("GUZHENG_BIN", ROOT / "build/dev/bin"))
    for name in programs:
        if not (folder / name).exists():
            raise SystemExit(f"{folder / name} is missing: build it, or set GUZHENG_BIN")
    return folder


def adb_request(port, text):
    """One question to an adb server: (ok, answer). The protocol is in the adb sources' OVERVIEW.TXT: length and text."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as link:
        link.sendall(b"%04x" % len(text) + text.encode())
        stream = link.makefile("rb")
        status = stream.read(4)
        size = stream.read(4)
        return status == b"OKAY", stream.read(int(size, 16)).decode() if size else ""


class Process:
    """A program that runs beside the test; its output goes to files."""

    def __init__(self, argv, folder, name, env=None, cwd=None, preexec=None):
        self.stdout_path, self.stderr_path = folder / f"{name}.out", folder / f"{name}.err"
        with open(self.stdout_path, "wb") as out, open(self.stderr_path, "wb") as err:
            self.popen = subprocess.Popen([str(part) for part in argv], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                          env=env, cwd=cwd, preexec_fn=preexec)
        self.pid = self.popen.pid

    def stdout(self):
        return self.stdout_path.read_text(errors="replace")

    def stderr(self):
        return self.stderr_path.read_text(errors="replace")

    def running(self):
        return self.popen.poll() is None

    def signal(self, number):
        if self.running():
            self.popen.send_signal(number)

    def wait(self, limit_s=RUN_LIMIT_S):
        return self.popen.wait(limit_s)

    def end(self):
        if not self.running():
            return
        self.popen.send_signal(signal.SIGCONT)
        self.popen.terminate()
        try:
            self.popen.wait(15)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()


class Phone(Process):
    def __init__(self, program, folder, name, args):
        super().__init__([program, "--port", "0", "--state", folder / f"{name}-state", *args], folder, name)
        pattern = re.compile(r"^listening 127\.0\.0\.1:(\d+)", re.M)

        def port():
            assert self.running(), f"the training phone did not start:\n{self.stdout()}{self.stderr()}"
            return pattern.search(self.stdout() + self.stderr())
        self.port = int(wait_for("the training phone to listen", port).group(1))
        self.serial = f"127.0.0.1:{self.port}"


class AdbServer(Process):
    def __init__(self, folder):
        self.port = free_port()
        home = folder / "home"
        home.mkdir(exist_ok=True)
        env = dict(os.environ, HOME=str(home), ADB_MDNS="0", ADB_MDNS_AUTO_CONNECT="0")
        for name in ("ADB_VENDOR_KEYS", "ANDROID_ADB_SERVER_PORT", "ANDROID_SERIAL"):
            env.pop(name, None)
        super().__init__(["adb", "-P", self.port, "nodaemon", "server"], folder, "adb", env)
        wait_for("the adb server", self._answers)

    def _answers(self):
        assert self.running(), self.stderr()
        with contextlib.suppress(OSError):
            return adb_request(self.port, "host:version")[0]

    def state(self, serial):
        for line in adb_request(self.port, "host:devices")[1].splitlines():
            if line.split("\t")[0] == serial:
                return line.split("\t")[1]
        return None

    def connect(self, phone, state="device"):
        def attached():
            if self.state(phone.serial) == state:
                return True
            adb_request(self.port, f"host:connect:{phone.serial}")
            return self.state(phone.serial) == state
        wait_for(f"{phone.serial} to become {state} (it is {self.state(phone.serial)})", attached, step_s=0.3)


class Stand(contextlib.AbstractContextManager):
    """Phone, adb server and folders of one test. `desk` may be shared by several stands: making keys takes seconds."""

    def __init__(self, phone_args=(), phone=True, state="device", keep=None):
        self.bin = bin_folder("guzheng-phone", "guzheng-evidence")
        self.evidence_program = self.bin / "guzheng-evidence"
        self._keep = keep is not None
        if self._keep:
            Path(keep).mkdir(parents=True, exist_ok=True)
        self.folder = Path(keep).resolve() if self._keep else Path(tempfile.mkdtemp(prefix="guzheng-stand."))
        self.vault, self.desk = self.folder / "vault", self.folder / "desk"
        self.packet_log = self.folder / "packets.log"
        self._processes = []
        try:
            self.adb = self.started(AdbServer(self.folder))
            self.phone = None
            if phone:
                self.phone = self.add_phone(["--packet-log", self.packet_log, *phone_args], state)
        except BaseException:
            self.close()
            raise

    def started(self, process):
        self._processes.append(process)
        return process

    def add_phone(self, args=(), state="device", name="phone"):
        phone = self.started(Phone(self.bin / "guzheng-phone", self.folder, name, args))
        self.adb.connect(phone, state)
        return phone

    def environment(self):
        env = dict(os.environ, HOME=str(self.folder / "home"), TMPDIR=str(self.folder), QT_QPA_PLATFORM="offscreen",
                   LANG="zh_CN.UTF-8")
        env.pop("LC_ALL", None)
        env.pop("LC_MESSAGES", None)
        if os.geteuid() == 0:
            env["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        return env

    def capture_args(self, script, serial=None, adb=None, plain=True, let_pass=()):
        """`plain`: the sealed package stays readable as files, for tests that look into it. `let_pass`: compulsory items that fail here."""
        path = self.folder / "script.json"
        path.write_text(script if isinstance(script, str) else json.dumps(script, ensure_ascii=False), encoding="utf-8")
        return [self.evidence_program, "capture", "--adb", adb or f"127.0.0.1:{self.adb.port}",
                "--serial", serial or (self.phone.serial if self.phone else "nobody"), "--desk", self.desk,
                "--script", path, "--vault", self.vault, "--result", self.folder / "result.json", *(["--leave-plain"] if plain else []),
                *(word for item in let_pass for word in ("--override", f"{item}=试验所需"))]

    def start_capture(self, script, preexec=None, **options):
        return self.started(Process(self.capture_args(script, **options), self.folder, "capture", self.environment(),
                                     preexec=preexec))

    def run(self, *args, limit_s=RUN_LIMIT_S, preexec=None):
        """guzheng-evidence with these arguments, to its end."""
        return subprocess.run([str(self.evidence_program), *map(str, args)], stdin=subprocess.DEVNULL, capture_output=True,
                              env=self.environment(), timeout=limit_s, preexec_fn=preexec, encoding="utf-8", errors="replace")

    def capture(self, script, preexec=None, **options):
        return self.run(*self.capture_args(script, **options)[1:], preexec=preexec)

    def roots(self):
        return ["--org-ca", self.desk / "roots/org.pem", "--tsa-ca", self.desk / "roots/tsa.pem"]

    def open_bags(self):
        return sorted(path for path in (self.vault / "open").glob("*") if path.is_dir())

    def sealed_bags(self):
        return sorted(path for path in (self.vault / "sealed").glob("*") if (path / "seal/seal.txt").exists())

    def close(self):
        for process in reversed(self._processes):
            process.end()
        if not self._keep:
            # sealed packages are read-only
            for folder, _, _ in os.walk(self.folder):
                with contextlib.suppress(OSError):
                    os.chmod(folder, 0o700)
            shutil.rmtree(self.folder, ignore_errors=True)

    def __exit__(self, *_):
        self.close()
