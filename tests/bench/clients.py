"""Clients whose windows the bench measures. Each gets an adb server of its own that knows one phone, a place on the screen, and answers
with the process whose CPU counts (with its children)."""
import os
import shlex
import socket
import subprocess
import threading
import time

from sshd import Sshd
from stand import AdbServer

SERVER_PATH = "/data/local/tmp/bench-server.jar"
SCRCPY_VERSION = "3.3.3"


class Client:
    """A window of a program started by a command line. {adb} {adb_host} {adb_port} {serial} {x} {y} {home} are filled in."""

    def __init__(self, command, place, adb_port, serial, folder, env):
        words = dict(adb=f"127.0.0.1:{adb_port}", adb_host="127.0.0.1", adb_port=adb_port, serial=serial, x=place[0], y=place[1],
                     home=folder)
        self.env = dict(env, ADB_SERVER_SOCKET=f"tcp:127.0.0.1:{adb_port}", ANDROID_SERIAL=serial)
        self.log = open(folder / "client.log", "wb")
        self.place = place
        self.popen = subprocess.Popen(shlex.split(command.format(**words)), env=self.env, stdin=subprocess.PIPE,
                                      stdout=self.log, stderr=self.log)
        self.pid = self.popen.pid

    def close(self):
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(20)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
        self.log.close()


class Guzheng(Client):
    """Our own window, driven by its keys: placed by the window manager, Ctrl+Enter starts the practice session that the form suggests.
    `started()` tells that the phone is being recorded."""

    COMMAND = "{program} --adb {{adb}} --vault {{home}}/vault --lang zh"
    SIZE = (1620, 1700)
    PRESS_AGAIN_US = 10_000_000                 # a start that takes longer than this would be measured from a press too late
    pressed_us = -PRESS_AGAIN_US

    def __init__(self, program, place, adb_port, serial, folder, env, started):
        super().__init__(self.COMMAND.format(program=program), place, adb_port, serial, folder,
                         dict(env, GUZHENG_HOME=str(folder / "desk")))
        window = self._until("the window", self._window)
        self._xdotool("windowmove", window, *place)
        self._xdotool("windowsize", window, *self.SIZE)
        self._until("the session", lambda: started() or self._press_start(window))
        self.window = window

    def _xdotool(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], env=self.env, capture_output=True, text=True).stdout.split()

    def _window(self):
        return next(iter(self._xdotool("search", "--all", "--onlyvisible", "--pid", self.pid, "--name", ".")), None)

    def _press_start(self, window):
        now = time.monotonic_ns() // 1000
        if now - self.pressed_us < self.PRESS_AGAIN_US:
            return
        self.pressed_us = now                                  # the last one counts: a press before the window is ready does nothing
        self._xdotool("windowactivate", "--sync", window, "key", "ctrl+Return")

    def _until(self, what, condition, limit_s=120, step_s=0.2):
        end = time.monotonic() + limit_s
        while not (value := condition()):
            if self.popen.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{what} did not come: see {self.log.name}")
            time.sleep(step_s)
        return value


class GuzhengOverSsh(Guzheng):
    """The same window; its phone hangs on a node behind a real sshd (installer/node/sshd_guzheng.conf), which is the only phone it sees.
    sshd's processes are not the client's: its CPU holds libssh's part alone."""

    NODE = "bench"

    def __init__(self, program, place, adb, serial, folder, env, started):
        self.adb, self.folder, self.parts = adb, folder / "site", []
        self.folder.mkdir()
        here = folder / "here"
        here.mkdir()
        try:
            without_phones = self.started(AdbServer(here))
            self.sshd = Sshd(self)
            self._enter(program.parent / "guzheng-evidence", folder / "desk", env)
            super().__init__(program, place, without_phones.port, serial, folder, env, started)
        except BaseException:
            self._end_site()
            raise

    def started(self, process):                     # as Sshd wants it of its stand
        self.parts.append(process)
        return process

    def _enter(self, evidence, desk, env):
        def node(*words):
            subprocess.run([evidence, "node", *map(str, words), "--desk", desk], env=env, check=True, capture_output=True, text=True)
        node("add", self.NODE, "--host", "127.0.0.1", "--port", self.sshd.port, "--user", self.sshd.user, "--key", self.sshd.station_key,
             "--adb-port", self.adb.port, "--place", self.NODE)
        node("trust", self.NODE, "--fingerprint", self.sshd.fingerprint())

    def _end_site(self):
        for part in reversed(self.parts):
            part.end()

    def close(self):
        super().close()
        self._end_site()


class Ffplay(Client):
    """FFmpeg's own player on the raw H.264 stream that the phone sends with raw_stream=true: an independent decoder and window. The bench
    itself carries the bytes from the adb server to its standard input, so that its CPU is display alone. Without packet bounds its parser
    must see the next picture before it shows one: a frame's time is inherent in this peer."""

    COMMAND = ("ffplay -loglevel error -nostats -an -left {x} -top {y} -x 720 -y 1280 -noborder -fflags nobuffer -flags low_delay "
               "-probesize 32 -analyzeduration 0 -framedrop -sync ext -vf setpts=0 -f h264 -i pipe:0")

    def __init__(self, place, adb_port, serial, folder, env):
        # without this SDL paints through OpenGL in software (llvmpipe): 24 ms CPU a frame
        super().__init__(self.COMMAND, place, adb_port, serial, folder, dict(env, SDL_RENDER_DRIVER="software",
                                                                               SDL_FRAMEBUFFER_ACCELERATION="0"))
        self.stream = RawStream(adb_port, serial)
        threading.Thread(target=self._feed, daemon=True).start()

    def _feed(self):
        try:
            while data := self.stream.video.recv(65536):
                self.popen.stdin.write(data)
                self.popen.stdin.flush()
        except OSError:
            pass

    def close(self):
        self.stream.close()
        super().close()


class RawStream:
    """scrcpy's server asked for bare H.264, over an adb server."""

    def __init__(self, adb_port, serial):
        self.port, self.serial = adb_port, serial
        scid = f"{int.from_bytes(os.urandom(4), 'big') & 0x7fffffff:08x}"
        self.push(b"bench")
        self.shell = self.service(f"shell,v2,raw:CLASSPATH={SERVER_PATH} app_process / com.genymobile.scrcpy.Server {SCRCPY_VERSION} "
                                  f"scid={scid} log_level=info tunnel_forward=true audio=false control=false raw_stream=true")
        threading.Thread(target=self._drain, daemon=True).start()
        self.video = self._open(f"localabstract:scrcpy_{scid}")

    def _open(self, name):
        for _ in range(100):
            try:
                return self.service(name)
            except ConnectionError:
                time.sleep(0.1)
        raise ConnectionError(f"{name} did not open")

    def service(self, name):
        link = socket.create_connection(("127.0.0.1", self.port))
        for text in (f"host:transport:{self.serial}", name):
            link.sendall(b"%04x" % len(text) + text.encode())
            answer = link.recv(4, socket.MSG_WAITALL)
            if answer != b"OKAY":
                link.close()
                raise ConnectionError(f"{text}: {answer}")
        return link

    def push(self, data):
        link = self.service("sync:")
        path = f"{SERVER_PATH},33188".encode()
        link.sendall(b"SEND" + len(path).to_bytes(4, "little") + path + b"DATA" + len(data).to_bytes(4, "little") + data
                     + b"DONE" + int(time.time()).to_bytes(4, "little"))
        if link.recv(8, socket.MSG_WAITALL)[:4] != b"OKAY":
            raise ConnectionError("push refused")
        link.close()

    def _drain(self):
        try:
            while self.shell.recv(4096):
                pass
        except OSError:
            pass

    def close(self):
        for link in (self.video, self.shell):
            link.close()
