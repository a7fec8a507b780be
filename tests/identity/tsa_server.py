#!/usr/bin/env python3
"""A time-stamp authority of its own for tests: makes a CA and a TSA with openssl in FOLDER and answers POSTs by `openssl ts -reply`.

tsa_server.py FOLDER: writes FOLDER/root.pem and then FOLDER/port (the free loopback port it got), and serves until stdin closes.
Paths: / answers properly; /stale gives the first answer again; /wrong is HTML; /error is HTTP 500; /slow never answers.
"""
import http.server
import os
import subprocess
import sys
import threading
import time

folder = sys.argv[1]
CONFIG = '''
[tsa]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/tsa.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.2
digests = sha256, sha512
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = dn
[dn]
'''.format(folder)


def openssl(*args, **kw):
    return subprocess.run(['openssl', *args], cwd=folder, check=True, capture_output=True, **kw).stdout


def make_authority():
    with open(os.path.join(folder, 'tsa.cnf'), 'w') as f:
        f.write(CONFIG)
    with open(os.path.join(folder, 'serial'), 'w') as f:
        f.write('01\n')
    curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'tsa.cnf']
    openssl('req', '-x509', *curve, '-keyout', 'root.key', '-out', 'root.tmp', '-subj', '/CN=Test TSA root', '-days', '30', '-extensions', 'ca')
    openssl('req', *curve, '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=Test TSA')
    openssl('x509', '-req', '-in', 'tsa.csr', '-CA', 'root.tmp', '-CAkey', 'root.key', '-CAcreateserial', '-out', 'tsa.pem', '-days', '30',
            '-extfile', 'tsa.cnf', '-extensions', 'signer')
    os.rename(os.path.join(folder, 'root.tmp'), os.path.join(folder, 'root.pem'))


class Handler(http.server.BaseHTTPRequestHandler):
    lock = threading.Lock()
    first = None

    def log_message(self, *args):
        pass

    def do_POST(self):
        query = self.rfile.read(int(self.headers['Content-Length']))
        if self.headers['Content-Type'] != 'application/timestamp-query' or self.path == '/error':
            return self.answer(500, 'text/plain', b'no')
        if self.path == '/wrong':
            return self.answer(200, 'text/html', b'<html>log in first</html>')
        if self.path == '/slow':
            time.sleep(60)
            return None
        with Handler.lock:
            with open(os.path.join(folder, 'query'), 'wb') as f:
                f.write(query)
            reply = openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'query')
            Handler.first = Handler.first or reply
        return self.answer(200, 'application/timestamp-reply', Handler.first if self.path == '/stale' else reply)

    def answer(self, code, kind, body):
        self.send_response(code)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


make_authority()
server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
with open(os.path.join(folder, 'port.tmp'), 'w') as f:
    f.write(str(server.server_address[1]))
os.rename(os.path.join(folder, 'port.tmp'), os.path.join(folder, 'port'))
sys.stdin.read()
