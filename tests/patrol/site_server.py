#!/usr/bin/env python3
"""Shops' pages for tests: serves on a free loopback port, prints it, and ends when stdin closes.
/fine /gone /bad /gbk /big as their names say; /hop/N redirects to /hop/N-1, /hop/0 is fine; /file redirects to file:///etc/passwd;
/cut ends in the middle; /slow never answers; /switch is /fine while the file named in argv[1] exists, else 503."""
import http.server
import os
import sys
import threading
import time


class Site(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_): pass

    def answer(self, body, status=200, kind="text/html; charset=utf-8", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        if path == "/switch":
            path = "/fine" if os.path.exists(sys.argv[1]) else "/down"
        if path in ("/fine", "/hop/0"): self.answer("<p>旗舰店</p>".encode())
        elif path.startswith("/hop/"): self.answer(b"", 302, Location=f"/hop/{int(path[5:]) - 1}")
        elif path == "/file": self.answer(b"", 302, Location="file:///etc/passwd")
        elif path == "/bad": self.answer("<p>百家乐 真人荷官</p>".encode())
        elif path == "/gbk": self.answer("<p>百家乐 真人荷官</p>".encode("gbk"), kind="text/html; charset=GBK")
        elif path == "/big":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                for _ in range(4096): self.wfile.write(b"x" * 16384)
            except OSError: pass
        elif path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"half")
        elif path == "/slow": time.sleep(60)
        elif path == "/down": self.answer(b"", 503)
        else: self.answer(b"", 404)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
