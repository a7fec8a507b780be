"""A central server as it runs: the program itself, TLS on loopback at a port of its own, real certificates. Used by central_test.py and the bench."""
import atexit
import base64
import datetime
import hashlib
import http.client
import json
import os
import shutil
import secrets
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../support'))
from ports import free_port  # noqa: E402, F401  for the tests that use this

BIN = os.environ['GUZHENG_BIN']
EVIDENCE = os.path.join(BIN, 'guzheng-evidence')
CENTRAL = os.path.join(BIN, 'guzheng-central')
SAMPLE = os.path.join(BIN, 'central_sample_tool')


def run(*command, status=0, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    assert done.returncode == status, f'{command}: {done.returncode}, expected {status}\n{done.stdout}\n{done.stderr}'
    return done


def private(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as out:
        out.write(text)
    return path


def pem_key(p12, passphrase_file, out):
    """Certificate and key of a PKCS#12 file as PEM, as curl and node want them."""
    run('openssl', 'pkcs12', '-in', p12, '-passin', f'file:{passphrase_file}', '-nodes', '-out', out)
    os.chmod(out, 0o600)
    return out


class Server:
    """One running guzheng-central. `lines`: what it has said so far, each a JSON object."""

    def __init__(self, config, *wrap):
        self.lines, self.rest = [], []
        self.process = subprocess.Popen([*wrap, CENTRAL, 'serve', '--config', config], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.ready.wait(300)
        started = self.of('listening')
        assert started, f'the server did not start: {self.rest} {self.lines}'
        self.port = started[0]['port']

    def _read(self):
        for line in self.process.stderr:
            try:
                self.lines.append(json.loads(line))
                if self.lines[-1].get('event') == 'listening':
                    self.ready.set()
            except ValueError:
                self.rest.append(line)
        self.ready.set()

    def of(self, event):
        return [line for line in self.lines if line.get('event') == event]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.reader.join()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(300)
        self.reader.join()
        assert self.process.returncode == 0, f'{self.process.returncode}: {self.rest} {self.lines[-5:]}'
        assert not self.rest, f'lines that are no JSON: {self.rest}'

    def resident_kib(self, which='VmRSS'):
        with open(f'/proc/{self.process.pid}/status') as status:
            return next(int(line.split()[1]) for line in status if line.startswith(which + ':'))


class Station:
    """A client with one certificate; every answer is noted in `seen` as (method, path, status)."""

    def __init__(self, server, ca, pem=None, seen=None):
        self.server, self.ca, self.pem, self.seen = server, ca, pem, seen if seen is not None else []
        self.context = ssl.create_default_context(cafile=ca)
        if pem:
            self.context.load_cert_chain(pem)

    def open(self):
        return http.client.HTTPSConnection('localhost', self.server.port, context=self.context, timeout=60)

    def ask(self, method, path, headers=None, body=None, connection=None):
        own = connection or self.open()
        own.request(method, path, body=body, headers=headers or {})
        answer = own.getresponse()
        data = answer.read()
        if connection is None:
            own.close()
        self.seen.append((method, path, answer.status))
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, data

    def raw(self):
        """A TLS connection without HTTP on it."""
        plain = socket.create_connection(('localhost', self.server.port), timeout=60)
        return self.context.wrap_socket(plain, server_hostname='localhost')

    def tus(self, method, path, headers=None, body=None, connection=None):
        return self.ask(method, path, {'Tus-Resumable': '1.0.0', **(headers or {})}, body, connection)

    def create(self, length, package, digest, status=201):
        code, headers, data = self.tus('POST', '/v1/uploads', {'Upload-Length': str(length), 'Upload-Metadata': metadata(package, digest), 'Content-Length': '0'})
        assert code == status, (code, data)
        return headers.get('location')

    def patch(self, location, offset, data, **headers):
        return self.tus('PATCH', location, {'Upload-Offset': str(offset), 'Content-Type': 'application/offset+octet-stream', **{k.replace('_', '-'): v for k, v in headers.items()}}, data)

    def send(self, package, data, digest=None):
        digest = digest or hashlib.sha256(data).hexdigest()
        location = self.create(len(data), package, digest)
        code, headers, body = self.patch(location, 0, data)
        assert code == 204 and headers['upload-offset'] == str(len(data)), (code, headers, body)
        return location, digest

    def outcome(self, package, digest):
        """Asks until the package is decided."""
        while True:
            code, headers, body = self.ask('GET', f'/v1/packages/{package}/receipts/{digest}')
            if code != 202:
                return code, json.loads(body)
            assert headers['retry-after']
            threading.Event().wait(0.1)


def end_both(one, other):
    for end in (one, other):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def pump(source, to, most=None, passed=lambda count: None):
    """One way of a relay: hands bytes on until either side ends or more than `most` went, then ends both. True: it was cut. `passed` is told of every piece."""
    left, cut = most, False
    try:
        while not cut and (data := source.recv(16384)):
            passed(len(data))
            to.sendall(data)
            if left is not None:
                left -= len(data)
                cut = left < 0
    except OSError:
        pass
    end_both(source, to)
    return cut


def tell_subject(home, number, unit, gone=0, **body):
    """A subject as a station tells it, straight into the table of records of a server that runs."""
    text = json.dumps({'kind': 'company', 'state': 'open', 'region': '330106', 'entries': {'1': {'name': '练习网店'}}, **body}, ensure_ascii=False, separators=(',', ':'), sort_keys=True)
    with sqlite3.connect(os.path.join(home, 'state/central.sqlite'), timeout=30) as database:
        seq = database.execute('SELECT coalesce(max(seq), 0) + 1 FROM record').fetchone()[0]
        version = database.execute('SELECT coalesce(max(version), 0) + 1 FROM record WHERE id = ?', (number,)).fetchone()[0]
        database.execute('INSERT OR REPLACE INTO record(kind, id, version, seq, unit, station, person, at, gone, body) VALUES(?,?,?,?,?,?,?,?,?,?)', ('subject', number, version, seq, unit, 'LX-03', '甲', 1795800000000, gone, text))


def coded(text):
    """Words as a query holds them: base64url of UTF-8 without padding."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')


def metadata(package, digest):
    return ','.join(f'{key} {base64.b64encode(value.encode()).decode()}' for key, value in (('package', package), ('zip_sha256', digest)))


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'), sort_keys=True)


def signed_order(key, unit, folder, script, **more):
    """What an officer sends to have something captured (PROTOCOL.md section 9), signed by stock openssl; `key`: certificate and key as PEM, `more`: members of the order that are otherwise."""
    def at(hours):
        return (datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))) + datetime.timedelta(hours=hours)).isoformat(timespec='milliseconds')
    text = script if isinstance(script, str) else json.dumps(script, ensure_ascii=False)
    name = script['name'] if isinstance(script, dict) else 'script'
    fields = dict.fromkeys(('order_no', 'task', 'case_no', 'reason', 'what', 'legal_basis', 'subject_name', 'credit_code', 'shop', 'platform', 'link', 'ownership'), '')
    fields.update(order_no='触发-0001', reason='投诉举报', what='店铺首页、证照信息', legal_basis='《电子商务法》第七十五条', subject_name='示例养生旗舰店', link='https://mall.example.com/shop/1')
    order = canonical({'clue': {'content': '店铺宣称保健食品可以治病', 'number': '12315-0001', 'source': 'complaint'}, 'deadline': at(24), 'format': 1, 'id': secrets.token_hex(16), 'issued_at': at(0), 'order': fields,
                       'phone': {'kind': '', 'node': '', 'serial': ''}, 'script': {'name': name, 'sha256': hashlib.sha256(text.encode()).hexdigest()}, 'station': '', 'unit': unit, **more})
    content, p7s = (os.path.join(folder, one) for one in ('order.json', 'order.p7s'))
    with open(content, 'w', encoding='utf-8', newline='') as out:
        out.write(order)
    run('openssl', 'cms', '-sign', '-binary', '-in', content, '-signer', key, '-inkey', key, '-outform', 'DER', '-out', p7s, '-md', 'sha256')
    with open(p7s, 'rb') as file:
        signature = base64.b64encode(file.read()).decode()
    return canonical({'format': 1, 'order': order, 'order_p7s': signature, 'script': text}).encode()


def checksum(data):
    return 'sha256 ' + base64.b64encode(hashlib.sha256(data).digest()).decode()


def remove(folder):
    for where, folders, _ in os.walk(folder):
        for name in folders:
            os.chmod(os.path.join(where, name), 0o700)
    shutil.rmtree(folder)


def chained(path):
    """The lines of an operation log (FORMAT.md 5), held to their numbers and their chain."""
    out, before = [], '0' * 64
    with open(path, 'rb') as file:
        for number, raw in enumerate(file):
            seq, previous, _, kind, body = raw.decode().rstrip('\n').split(' ', 4)
            assert int(seq) == number and previous == before, f'line {number} of {path} breaks the chain'
            before = hashlib.sha256(raw).hexdigest()
            out.append({'kind': kind, 'body': json.loads(body)})
    return out


class Model:
    """What costs seconds and no test changes, made once for a test program: the practice bureau with two sealed packages; a bureau of the certificate tool."""
    made = {}

    @classmethod
    def of(cls, make):
        if make not in cls.made:
            folder = tempfile.mkdtemp(prefix='gz-central-model-')
            atexit.register(remove, folder)
            cls.made[make] = (folder, make(folder))
        return cls.made[make]


def sample_packages(folder):
    return [json.loads(run(SAMPLE, folder, *more).stdout) for more in ((), ('--second',))]


class Practice:
    """The practice bureau with its central server's folder and a sealed practice package on its way to it."""

    def __init__(self):
        model, packages = Model.of(sample_packages)
        self.package, self.another = packages
        self.bureau = os.path.join(model, 'bureau')
        self.folder = tempfile.mkdtemp(prefix='gz-central-')
        self.home = os.path.join(self.folder, 'central')
        run(CENTRAL, 'init', self.home, '--practice', '--bureau', self.bureau, '--address', '127.0.0.1', '--port', '0')
        self.config = os.path.join(self.home, 'central.toml')
        self.ca = os.path.join(self.bureau, 'org.crt')
        self.pem = pem_key(os.path.join(self.bureau, 'station.p12'), os.path.join(self.bureau, 'passphrase.txt'), os.path.join(self.folder, 'station.pem'))
        with open(self.package['zip'], 'rb') as file:
            self.zip = file.read()

    def limit(self, **limits):
        with open(self.config, 'a') as out:
            out.write('\n[limits]\n' + ''.join(f'{key} = {value}\n' for key, value in limits.items()))

    def start(self, *wrap):
        return Server(self.config, *wrap)

    def second(self):
        return self.another

    def remove(self):
        remove(self.folder)


def real_bureau(folder):
    maker = RealBureau.__new__(RealBureau)
    maker.use(folder)
    maker.make()


class RealBureau:
    """A bureau of the certificate tool with two stations and a central server."""

    def __init__(self):
        model, _ = Model.of(real_bureau)
        self.use(tempfile.mkdtemp(prefix='gz-central-'))
        shutil.copytree(model, self.folder, dirs_exist_ok=True)
        run(CENTRAL, 'init', self.home, '--bureau', self.ca_folder, '--host', 'localhost', '--address', '127.0.0.1', '--port', '0', '--ingest-passphrase-file', self.key_pass, '--tsa-root', self.ca)

    def use(self, folder):
        self.folder = folder
        self.ca_folder = os.path.join(folder, 'ca')
        self.root_pass, self.key_pass = (os.path.join(folder, name) for name in ('root.pass', 'key.pass'))
        self.home = os.path.join(folder, 'central')
        self.ca = os.path.join(self.ca_folder, 'station/org.crt')
        self.config = os.path.join(self.home, 'central.toml')

    def make(self):
        private(self.root_pass, 'root passphrase\n')
        private(self.key_pass, 'key passphrase\n')
        self.tool('init', '--bureau', '示例市市场监督管理局', '--root-key', 'p256', '--key-passphrase-file', self.key_pass)
        self.tool('issue', 'station', '--badge', 'LX-03')
        self.tool('issue', 'station', '--badge', 'LX-04')
        self.tool('issue', 'central')
        self.tool('issue', 'server', '--badge', 'localhost')
        self.tool('issue', 'ingest', '--key-passphrase-file', self.key_pass)
        self.tool('issue', 'officer', '--name', '王甲', '--badge', '01', '--key-passphrase-file', self.key_pass)

    def tool(self, act, *more):
        return run(EVIDENCE, 'ca', act, self.ca_folder, *more, '--passphrase-file', self.root_pass, '--lang', 'en')

    def pem(self, station):
        stem = os.path.join(self.ca_folder, f'station/station-{station}')
        return pem_key(stem + '.p12', stem + '.pass', os.path.join(self.folder, station + '.pem'))

    def officer_pem(self):
        people = os.path.join(self.ca_folder, 'station/people')
        name = next(name for name in sorted(os.listdir(people)) if '.sign.' in name and name.endswith('.p12'))
        return pem_key(os.path.join(people, name), self.key_pass, os.path.join(self.folder, 'officer.pem'))

    def start(self):
        return Server(self.config)

    def remove(self):
        remove(self.folder)
