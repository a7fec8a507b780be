#!/usr/bin/env python3
"""A time-stamp authority of its own for tests: makes a CA and its TSAs with openssl in FOLDER and answers POSTs by `openssl ts -reply`.

tsa_server.py FOLDER: writes FOLDER/root.pem (of the authority), FOLDER/https.pem (the CA of its HTTPS server) and then FOLDER/port and
FOLDER/https-port (free loopback ports), and serves until stdin closes.
Paths: / answers properly; and what a bad authority does:
  /stale       the first answer again (another nonce)        /imprint   a token over other bytes, nonce as asked
  /past, /future   a good token, an hour off                 /foreign   signed under a root of its own
  /expired     signed by a certificate that has run out      /text      granted, with a status text
  /wrong       HTML          /error   HTTP 500               /slow      never answers
  /late        answers after FOLDER/late seconds (1)         /rejection status 2
  /switch      does what FOLDER/switch says (one of the paths above), read at each request
FOLDER/log gets a line for each request: the path it was answered by.
"""
import datetime
import http.server
import os
import ssl
import subprocess
import sys
import threading
import time

folder = sys.argv[1]
SECTION = '''
[{name}]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/{name}.pem
signer_key = {folder}/{name}.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.2
other_policies = 1.3.6.1.4.1.32473.3
digests = sha256, sha512
accuracy = secs:1
ordering = yes
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
'''
CONFIG = '''
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
extendedKeyUsage = critical,timeStamping
[web]
basicConstraints = critical,CA:FALSE
subjectAltName = IP:127.0.0.1
[req]
distinguished_name = dn
[dn]
'''


def path_of(name):
    return os.path.join(folder, name)


def read(name, otherwise=''):
    try:
        with open(path_of(name)) as f:
            return f.read().strip()
    except FileNotFoundError:
        return otherwise


def openssl(*args, **kw):
    return subprocess.run(['openssl', *args], cwd=folder, check=True, capture_output=True, **kw).stdout


CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-config', 'tsa.cnf']


def make_root(name, subject):
    openssl('req', '-x509', *CURVE, '-keyout', name + '.key', '-out', name + '.tmp', '-subj', subject, '-days', '30', '-extensions', 'ca')


def make_leaf(name, root, subject, extensions, *validity):
    openssl('req', *CURVE, '-keyout', name + '.key', '-out', name + '.csr', '-subj', subject)
    openssl('x509', '-req', '-in', name + '.csr', '-CA', root + '.tmp', '-CAkey', root + '.key', '-CAcreateserial', '-out', name + '.pem',
            '-extfile', 'tsa.cnf', '-extensions', extensions, *(validity or ('-days', '30')))


def make_authority():
    with open(path_of('tsa.cnf'), 'w') as f:
        f.write(CONFIG + ''.join(SECTION.format(name=n, folder=folder) for n in ('tsa', 'foreign', 'expired')))
    with open(path_of('serial'), 'w') as f:
        f.write('01\n')
    make_root('root', '/CN=Test TSA root')
    make_root('foreignroot', '/CN=Test TSA root')                  # the same name, another key
    make_root('https', '/CN=Test HTTPS root')
    name = os.path.basename(folder)
    make_leaf('tsa', 'root', '/CN=Test TSA ' + name, 'signer')
    make_leaf('foreign', 'foreignroot', '/CN=Test TSA ' + name, 'signer')
    make_leaf('expired', 'root', '/CN=Test TSA ' + name, 'signer', '-days', '-1')
    make_leaf('web', 'https', '/CN=127.0.0.1', 'web')
    for done in ('https', 'root'):
        os.rename(path_of(done + '.tmp'), path_of(done + '.pem'))


def length(n):
    if n < 0x80:
        return bytes([n])
    body = n.to_bytes((n.bit_length() + 7) // 8, 'big')
    return bytes([0x80 | len(body)]) + body


def with_text(reply):
    """TimeStampResp SEQ { SEQ { status }, token } with a status text in it: allowed by RFC 3161, signed by nobody."""
    head = 2 + (reply[1] & 0x7f if reply[1] & 0x80 else 0)
    status, rest = reply[head:head + 5], reply[head + 5:]          # 30 03 02 01 00
    assert status == b'\x30\x03\x02\x01\x00'
    text = b'\x30\x06\x0c\x04done'
    inner = b'\x30' + length(3 + len(text)) + b'\x02\x01\x00' + text + rest
    return b'\x30' + length(len(inner)) + inner


class Handler(http.server.BaseHTTPRequestHandler):
    lock = threading.Lock()
    first = None

    def log_message(self, *args):
        pass

    def do_POST(self):
        query = self.rfile.read(int(self.headers['Content-Length']))
        path = self.path
        if path == '/switch':
            path = read('switch', '/')
        with open(path_of('log'), 'a') as f:
            f.write(path + '\n')
        if self.headers['Content-Type'] != 'application/timestamp-query' or path == '/error':
            return self.answer(500, 'text/plain', b'no')
        if path == '/wrong':
            return self.answer(200, 'text/html', b'<html>log in first</html>')
        if path == '/slow':
            time.sleep(60)
            return None
        if path == '/late':
            time.sleep(float(read('late', '1')))
        try:
            return self.answer(200, 'application/timestamp-reply', self.reply(path, query))
        except BrokenPipeError:
            return None                                            # nobody waited

    def reply(self, path, query):
        with Handler.lock:
            if path == '/imprint':                                 # nonce as asked, other bytes: the last of the imprint is flipped
                at = query.index(b'\x04\x20') + 33
                query = query[:at] + bytes([query[at] ^ 1]) + query[at + 1:]
            if path == '/rejection':                               # a policy that it does not know: refused in its own words
                at = query.index(b'\x04\x20') + 34
                query = self.with_policy(query, at)
            with open(path_of('query'), 'wb') as f:
                f.write(query)
            section = path[1:] if path in ('/foreign', '/expired') else 'tsa'
            reply = openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', section, '-queryfile', 'query')
            if path in ('/past', '/future'):
                reply = self.moved(reply, -1 if path == '/past' else 1)
            Handler.first = Handler.first or reply
        if path == '/text':
            return with_text(reply)
        return Handler.first if path == '/stale' else reply

    @staticmethod
    def with_policy(query, at):
        head = 2 + (query[1] & 0x7f if query[1] & 0x80 else 0)
        inner = query[head:at] + b'\x06\x03\x2a\x03\x04' + query[at:]
        return b'\x30' + length(len(inner)) + inner

    @staticmethod
    def moved(reply, hours):
        """The token of a good reply with another time in it, signed anew by the authority's own key."""
        with open(path_of('reply'), 'wb') as f:
            f.write(reply)
        openssl('ts', '-reply', '-in', 'reply', '-token_out', '-out', 'token')
        info = openssl('cms', '-verify', '-noverify', '-binary', '-inform', 'DER', '-in', 'token')
        at = info.index(b'\x18\x0f') + 2
        when = datetime.datetime.strptime(info[at:at + 15].decode(), '%Y%m%d%H%M%SZ') + datetime.timedelta(hours=hours)
        with open(path_of('info'), 'wb') as f:
            f.write(info[:at] + when.strftime('%Y%m%d%H%M%SZ').encode() + info[at + 15:])
        token = openssl('cms', '-sign', '-binary', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4', '-cades', '-md', 'sha256',
                        '-outform', 'DER', '-signer', 'tsa.pem', '-inkey', 'tsa.key', '-in', 'info')
        inner = b'\x30\x03\x02\x01\x00' + token
        return b'\x30' + length(len(inner)) + inner

    def answer(self, code, kind, body):
        self.send_response(code)
        self.send_header('Content-Type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(name, context=None):
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with open(path_of(name + '.tmp'), 'w') as f:
        f.write(str(server.server_address[1]))
    os.rename(path_of(name + '.tmp'), path_of(name))


make_authority()
tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(path_of('web.pem'), path_of('web.key'))
serve('https-port', tls)
serve('port')
sys.stdin.read()
