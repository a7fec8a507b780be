"""A TCP proxy that hands on what a server says some milliseconds later: the control that shows that the bench sees added buffering."""
import collections
import socket
import threading
import time


class DelayProxy:
    def __init__(self, target, delay_ms):
        self.target, self.delay = target, delay_ms / 1000
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_copy, args=(client, server), daemon=True).start()
            _Delayed(server, client, self.delay)

    def close(self):
        self.listener.close()


def _copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class _Delayed:
    """Reads at once (so that no back pressure reaches the server), writes `delay` seconds after each read."""

    def __init__(self, source, target, delay):
        self.source, self.target, self.delay = source, target, delay
        self.queue, self.filled = collections.deque(), threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._write, daemon=True).start()

    def _read(self):
        data = b"x"
        while data:
            try:
                data = self.source.recv(65536)
            except OSError:
                data = b""
            with self.filled:
                self.queue.append((time.monotonic() + self.delay, data))
                self.filled.notify()

    def _write(self):
        while True:
            with self.filled:
                while not self.queue:
                    self.filled.wait()
                due, data = self.queue.popleft()
            time.sleep(max(0, due - time.monotonic()))
            try:
                if not data:
                    return self.target.shutdown(socket.SHUT_WR)
                self.target.sendall(data)
            except OSError:
                return
