"""Real servers for tests, from Debian's packages: each in a private folder, on loopback at a free port, ended with the test. Used by program tests and by with_servers.py."""
import base64
import datetime
import functools
import hashlib
import hmac
import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse
import uuid

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../support'))
from ports import free_port  # noqa: E402


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise RuntimeError(f'{command}: {done.returncode}\n{done.stdout}\n{done.stderr}')
    return done.stdout


def program(name):
    for folder in ('/usr/bin', '/usr/sbin', '/sbin'):
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    raise RuntimeError(f'{name} is not installed; installer/packages/test.txt names its package')


def certificate(folder):
    """A root of its own and a certificate for localhost: (root.crt, server.crt, server.key)."""
    root, key, crt, csr = (os.path.join(folder, name) for name in ('root', 'server.key', 'server.crt', 'server.csr'))
    curve = ('-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes')
    run('openssl', 'req', '-x509', *curve, '-keyout', root + '.key', '-out', root + '.crt', '-subj', '/CN=test root', '-days', '30', '-addext', 'basicConstraints=critical,CA:TRUE')
    run('openssl', 'req', *curve, '-keyout', key, '-out', csr, '-subj', '/CN=localhost')
    extensions = os.path.join(folder, 'extensions')
    write(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
    run('openssl', 'x509', '-req', '-in', csr, '-CA', root + '.crt', '-CAkey', root + '.key', '-CAcreateserial', '-out', crt, '-days', '30', '-extfile', extensions)
    return root + '.crt', crt, key


def write(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w') as out:
        out.write(text)
    return path


def wait_for(condition, what, processes=(), logs=(), tries=1200):
    for _ in range(tries):
        if condition():
            return
        for process in processes:
            if process.poll() is not None:
                raise RuntimeError(f'{what}: {process.args[0]} ended with {process.returncode}\n' + tail(logs))
        threading.Event().wait(0.05)
    raise RuntimeError(f'{what} did not come up\n' + tail(logs))


def tail(logs):
    out = ''
    for log in logs:
        if os.path.exists(log):
            with open(log, errors='replace') as file:
                out += f'--- {log}\n' + file.read()[-4000:]
    return out


def accepts(port):
    try:
        socket.create_connection(('127.0.0.1', port), timeout=1).close()
        return True
    except OSError:
        return False


class Stand:
    """A private folder with processes in it."""

    def __init__(self, kind):
        self.folder = tempfile.mkdtemp(prefix=f'gz-{kind}-')
        self.processes = []

    def spawn(self, *command, log, **more):
        with open(os.path.join(self.folder, log), 'ab') as out:
            process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, **more)
        self.processes.append(process)
        return process

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class CephRgw(Stand):
    """One monitor, one object store in memory, one gateway over TLS: S3 with versions and Object Lock as a cloud has it. No manager is needed."""
    ACCESS, SECRET = 'GUZHENGTESTKEY', 'c2VjcmV0IG9mIHRoZSB0ZXN0cw'

    def __init__(self):
        super().__init__('ceph')
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def _start(self):
        f, fsid, mon = self.folder, str(uuid.uuid4()), free_port()
        self.port = free_port()
        self.root, crt, key = certificate(f)
        conf = self.conf = write(os.path.join(f, 'ceph.conf'), f"""[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{mon}/0]
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data = {f}/mon
mon data avail crit = 1
mon data avail warn = 1
osd data = {f}/osd
osd objectstore = memstore
memstore device bytes = 2147483648
osd max object name len = 256
osd max object namespace len = 64
mon max pg per osd = 1000
keyring = {f}/keyring
admin socket =
run dir = {f}
log file = {f}/$name.log
pid file =
ms bind ipv4 = true
ms bind ipv6 = false
public addr = 127.0.0.1
cluster addr = 127.0.0.1
[client.rgw]
rgw data = {f}/rgw
rgw enable apis = s3
rgw dns name =
rgw crypt require ssl = true
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = testkey-1=YmluCmJvb3N0CmJvb3N0LWJ1aWxkCmNlcGguY29uZgo=
rgw lifecycle work time = 00:00-00:01
rgw frontends = beast ssl_endpoint=127.0.0.1:{self.port} ssl_certificate={crt} ssl_private_key={key}
""")
        ring, secrets = os.path.join(f, 'keyring'), {}
        for name in ('mon.', 'client.admin', 'osd.0', 'client.rgw'):
            secrets[name] = base64.b64encode(bytes([1, 0, *[0] * 8, 16, 0]) + os.urandom(16)).decode()
        write(ring, f"""[mon.]
key = {secrets['mon.']}
caps mon = "allow *"
[client.admin]
key = {secrets['client.admin']}
caps mon = "allow *"
caps osd = "allow *"
caps mds = "allow *"
caps mgr = "allow *"
[client.rgw]
key = {secrets['client.rgw']}
caps mon = "allow rwx"
caps osd = "allow rwx"
[osd.0]
key = {secrets['osd.0']}
caps mon = "allow profile osd"
caps osd = "allow *"
""")
        for name in ('mon', 'osd', 'rgw'):
            os.mkdir(os.path.join(f, name))
        here = {**os.environ, 'CEPH_CONF': conf}
        monmap = os.path.join(f, 'monmap')
        run(program('monmaptool'), '--create', '--fsid', fsid, '--addv', 'a', f'[v2:127.0.0.1:{mon}/0]', monmap, env=here)
        run(program('ceph-mon'), '-c', conf, '--mkfs', '-i', 'a', '--monmap', monmap, '--keyring', ring, env=here)
        self.spawn(program('ceph-mon'), '-c', conf, '-f', '-i', 'a', '--public-addrv', f'[v2:127.0.0.1:{mon}/0]', log='mon.out', env=here)
        osd = str(uuid.uuid4())
        self.ceph('osd', 'new', osd, '0')            # its uuid is said here and again at mkfs, or the monitor takes it for another's
        self.ceph('osd', 'crush', 'add', 'osd.0', '1', 'root=default')
        run(program('ceph-osd'), '-c', conf, '-i', '0', '--mkfs', '--osd-uuid', osd, env=here)
        self.spawn(program('ceph-osd'), '-c', conf, '-f', '-i', '0', log='osd.out', env=here)
        run(program('radosgw-admin'), '-c', conf, '-n', 'client.rgw', 'user', 'create', '--uid', 'guzheng', '--display-name', 'guzheng', '--access-key', self.ACCESS, '--secret-key', self.SECRET, env=here)
        self.gateway = self.spawn(program('radosgw'), '-c', conf, '-f', '-n', 'client.rgw', log='rgw.out', env=here)
        wait_for(lambda: accepts(self.port), 'Ceph RGW', self.processes, [os.path.join(f, name) for name in ('mon.out', 'osd.out', 'rgw.out')])
        self.endpoint = f'https://localhost:{self.port}'

    def ceph(self, *command):
        return run(program('ceph'), '-c', self.conf, '--connect-timeout', '60', *command)

    def get(self, path, **query):
        return self.ask('GET', path, **query)

    def ask(self, method, path, **query):
        """What is answered without a body, signed here by a second hand: (status, body)."""
        def mac(key, text):
            return hmac.new(key, text.encode(), hashlib.sha256).digest()
        time = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
        day, empty, host = time[:8], hashlib.sha256(b'').hexdigest(), f'localhost:{self.port}'
        asked = urllib.parse.urlencode(sorted(query.items()), quote_via=urllib.parse.quote)
        names = 'host;x-amz-content-sha256;x-amz-date'
        canonical = '\n'.join([method, urllib.parse.quote(path), asked, f'host:{host}', f'x-amz-content-sha256:{empty}', f'x-amz-date:{time}', '', names, empty])
        scope = f'{day}/us-east-1/s3/aws4_request'
        key = functools.reduce(mac, [day, 'us-east-1', 's3', 'aws4_request'], ('AWS4' + self.SECRET).encode())
        signature = mac(key, '\n'.join(['AWS4-HMAC-SHA256', time, scope, hashlib.sha256(canonical.encode()).hexdigest()])).hex()
        line = http.client.HTTPSConnection('localhost', self.port, context=ssl.create_default_context(cafile=self.root), timeout=60)
        line.request(method, urllib.parse.quote(path) + ('?' + asked if asked else ''), headers={
            'x-amz-date': time, 'x-amz-content-sha256': empty, 'Authorization': f'AWS4-HMAC-SHA256 Credential={self.ACCESS}/{scope},SignedHeaders={names},Signature={signature}'})
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, body

    def environment(self):
        return {'GUZHENG_S3_ENDPOINT': self.endpoint, 'GUZHENG_S3_ROOT': self.root, 'GUZHENG_S3_ACCESS': self.ACCESS, 'GUZHENG_S3_SECRET': self.SECRET}


class MariaDb(Stand):
    """One mariadbd with TLS on a port of its own. `restart` and `kill` leave its data."""
    USER, PASSWORD, NAME = 'guzheng', 'a password "of\\the tests', 'guzheng'

    def __init__(self):
        super().__init__('mariadb')
        try:
            self.root, self.crt, self.key = certificate(self.folder)
            self.port, self.socket = free_port(), os.path.join(self.folder, 'socket')
            self.data = os.path.join(self.folder, 'data')
            self.base = [program('mariadbd'), '--no-defaults', f'--datadir={self.data}', f'--socket={self.socket}', f'--pid-file={self.folder}/pid', '--bind-address=127.0.0.1', f'--port={self.port}',
                         f'--ssl-ca={self.root}', f'--ssl-cert={self.crt}', f'--ssl-key={self.key}', '--require-secure-transport=ON', '--innodb-buffer-pool-size=64M', '--innodb-log-file-size=16M',
                         '--performance-schema=OFF', '--skip-name-resolve', '--lc-messages-dir=/usr/share/mysql', *self._who()]
            run(program('mariadb-install-db'), '--no-defaults', f'--datadir={self.data}', '--auth-root-authentication-method=normal', '--skip-test-db', *self._who())
            self.start()
            self.sql(f"CREATE DATABASE {self.NAME}; CREATE USER '{self.USER}'@'%' IDENTIFIED BY '{self.PASSWORD.replace(chr(92), chr(92) * 2)}'; GRANT ALL ON `{self.NAME}%`.* TO '{self.USER}'@'%'; GRANT PROCESS ON *.* TO '{self.USER}'@'%'")
        except BaseException:
            self.stop()
            raise

    @staticmethod
    def _who():
        return ('--user=root',) if os.geteuid() == 0 else ()

    def start(self):
        self.server = self.spawn(*self.base, log='mariadb.out')
        wait_for(lambda: accepts(self.port), 'MariaDB', [self.server], [os.path.join(self.folder, 'mariadb.out')])

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def sql(self, text):
        return run(program('mariadb'), '--no-defaults', f'--socket={self.socket}', '-u', 'root', '-N', '-e', text)

    def environment(self):
        return {'GUZHENG_MARIADB_PORT': str(self.port), 'GUZHENG_MARIADB_ROOT': self.root, 'GUZHENG_MARIADB_USER': self.USER, 'GUZHENG_MARIADB_PASSWORD': self.PASSWORD, 'GUZHENG_MARIADB_NAME': self.NAME,
                'GUZHENG_MARIADB_SOCKET': self.socket}


class Balancer(Stand):
    """nginx that hands TLS through untouched to several servers: certificates, the stations' too, are between them and the application."""

    def __init__(self, ports):
        super().__init__('nginx')
        try:
            self.port = free_port()
            # never left aside: with two servers that were both missed once, nginx would send everybody away for a while
            servers = ''.join(f'    server 127.0.0.1:{port} max_fails=0;\n' for port in ports)
            module = '/usr/lib/nginx/modules/ngx_stream_module.so'
            write(os.path.join(self.folder, 'nginx.conf'), f"""load_module {module};
worker_processes 1;
daemon off;
pid {self.folder}/pid;
error_log {self.folder}/error.log warn;
events {{ worker_connections 1024; }}
stream {{
  upstream central {{
{servers}  }}
  server {{
    listen 127.0.0.1:{self.port};
    proxy_pass central;
    proxy_connect_timeout 2s;
    proxy_next_upstream on;
  }}
}}
""")
            self.spawn(program('nginx'), '-p', self.folder, '-c', 'nginx.conf', '-e', f'{self.folder}/error.log', log='nginx.out')
            wait_for(lambda: accepts(self.port), 'nginx', self.processes, [os.path.join(self.folder, 'nginx.out'), os.path.join(self.folder, 'error.log')])
        except BaseException:
            self.stop()
            raise

    def stop(self):
        for process in self.processes:               # the worker ends with the master only when that is asked to
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait()
        super().stop()


class Groonga(Stand):
    """One groonga that answers over HTTP on a port of its own. `start` and `kill` leave its database."""

    def __init__(self):
        super().__init__('groonga')
        try:
            self.port, self.database = free_port(), os.path.join(self.folder, 'db')
            run(program('groonga'), '-n', self.database, 'shutdown')
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        log = os.path.join(self.folder, 'groonga.log')
        self.server = self.spawn(program('groonga'), '-s', '--protocol', 'http', '--bind-address', '127.0.0.1', '-p', str(self.port), '-t', '2', '--log-path', log, self.database, log='groonga.out')
        wait_for(lambda: accepts(self.port), 'Groonga', [self.server], [os.path.join(self.folder, 'groonga.out'), log])

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()

    def environment(self):
        return {'GUZHENG_GROONGA_URL': f'http://127.0.0.1:{self.port}'}


KINDS = {'rgw': CephRgw, 'mariadb': MariaDb, 'groonga': Groonga}
