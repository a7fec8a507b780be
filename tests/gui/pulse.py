"""A private PulseAudio server whose one loudspeaker plays into nothing, and what came out of it: its monitor is recorded and measured."""
import array
import math
import os
import signal
import subprocess
import time


class Pulse:
    RATE = 48_000

    def __init__(self, folder):
        self.folder = folder / 'pulse'
        self.folder.mkdir(mode=0o700)
        socket = self.folder / 'native'
        self.env = {'PULSE_SERVER': f'unix:{socket}', 'PULSE_RUNTIME_PATH': str(self.folder), 'PULSE_STATE_PATH': str(self.folder)}
        self.process = subprocess.Popen(
            ['pulseaudio', '-n', '--daemonize=no', '--use-pid-file=no', '--exit-idle-time=-1', '--disable-shm=yes', '-L',
             f'module-null-sink sink_name=quiet rate={self.RATE}', '-L', f'module-native-protocol-unix socket={socket} auth-anonymous=1'],
            env=dict(os.environ, HOME=str(self.folder), XDG_RUNTIME_DIR=str(self.folder), **self.env), stdout=subprocess.DEVNULL, stderr=open(self.folder / 'log', 'wb'))
        end = time.monotonic() + 60
        while not socket.exists():
            assert self.process.poll() is None and time.monotonic() < end, (self.folder / 'log').read_text()
            time.sleep(0.1)

    def heard(self, seconds=1.5):
        """Samples of the left channel that came out meanwhile."""
        want = int(seconds * self.RATE) * 4
        with subprocess.Popen(['parec', '-d', 'quiet.monitor', '--raw', '--format=s16le', f'--rate={self.RATE}', '--channels=2', '--latency-msec=50'],
                              env=dict(os.environ, HOME=str(self.folder), **self.env), stdout=subprocess.PIPE) as recorder:
            data = recorder.stdout.read(want)
            recorder.send_signal(signal.SIGTERM)
        return array.array('h', data[:len(data) // 4 * 4])[::2]

    @staticmethod
    def loudness(samples):
        return math.sqrt(sum(s * s for s in samples) / max(1, len(samples)))

    def pitch(self, samples):
        """Of the loudest tenth of a second, in hertz."""
        tenth = self.RATE // 10
        best = max((samples[i:i + tenth] for i in range(0, len(samples) - tenth + 1, tenth // 2)), key=self.loudness)
        return sum(a < 0 <= b for a, b in zip(best, best[1:])) * 10

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
