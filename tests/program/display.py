"""A private X server for one test: its number is chosen by the server itself."""
import contextlib
import os
import subprocess


class Xvfb(contextlib.AbstractContextManager):
    def __init__(self, size="1920x1400x24"):
        read, write = os.pipe()
        self.popen = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
                                      pass_fds=[write], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.display = ":" + answer.readline().strip()
        if self.display == ":":
            raise AssertionError("Xvfb did not start")

    def __exit__(self, *_):
        self.popen.terminate()
        self.popen.wait()
