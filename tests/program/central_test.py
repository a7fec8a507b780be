#!/usr/bin/env python3
"""The central server as stations meet it (A-7.4c, A-8.1, A-8.6; core/wire/PROTOCOL.md section 5): the running program, TLS on loopback, real certificates and packages."""
import hashlib
import json
import os
import random
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import Station, checksum, run  # noqa: E402


def chained(home):
    return stand.chained(os.path.join(home, 'state/access.log'))


class CentralUploads(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())
        self.station = Station(self.server, self.place.ca, self.place.pem)
        self.package, self.zip = self.place.package['package'], self.place.zip

    def curl(self, *more):
        done = run('curl', '-sS', '-i', '--cacert', self.place.ca, '--cert', self.place.pem, '-H', 'Tus-Resumable: 1.0.0', *more)
        head, _, body = done.stdout.replace('\r', '').partition('\n\n')
        if head.startswith('HTTP/1.1 100'):
            head, _, body = body.partition('\n\n')
        lines = head.splitlines()
        return int(lines[0].split()[1]), dict(line.lower().split(': ', 1) for line in lines[1:]), body

    def check_receipt(self, receipt, digest):
        """Held to what was sent by openssl and a tree of our own here, not by the server's code."""
        text = receipt['receipt']
        self.assertIn(f'Zip-SHA256: {digest}\n', text)
        self.assertIn(f"Package: {self.package}\n", text)
        entry = json.loads(receipt['entry'])
        self.assertEqual(entry['zip_sha256'], digest)
        self.assertEqual(entry['verdict'], 'practice')
        self.assertEqual(len({store['name'] for store in entry['stores']}), 2)          # A-7.4c: two stores
        self.assertEqual(entry['receipt_sha256'], hashlib.sha256(text.encode()).hexdigest())
        for what, signature in (('receipt', 'receipt_p7s'), ('checkpoint', 'checkpoint_p7s')):
            content, p7s = (os.path.join(self.place.folder, name) for name in ('content', 'p7s'))
            with open(content, 'wb') as out:
                out.write(receipt[what].encode())
            with open(p7s, 'wb') as out:
                out.write(stand.base64.b64decode(receipt[signature]))
            run('openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-in', p7s, '-content', content, '-CAfile', self.place.ca, '-purpose', 'any', '-out', '/dev/null')
        node = hashlib.sha256(b'\0' + receipt['entry'].encode()).digest()
        size = int(receipt['checkpoint'].split('Size: ')[1].split('\n')[0])
        index, last = receipt['index'], size - 1
        for one in receipt['proof']:
            other = bytes.fromhex(one)
            if index % 2 == 1 or index == last:
                node = hashlib.sha256(b'\1' + other + node).digest()
                while index % 2 == 0 and index:
                    index, last = index // 2, last // 2
            else:
                node = hashlib.sha256(b'\1' + node + other).digest()
            index, last = index // 2, last // 2
        self.assertIn(f'Root: {node.hex()}\n', receipt['checkpoint'])

    def stored(self):
        """Every stored object of both stores: name → bytes."""
        out = {}
        for store in ('store-a', 'store-b'):
            root = os.path.join(self.place.home, store, 'objects')
            for where, _, names in os.walk(root):
                for name in names:
                    if name.endswith(',data'):
                        with open(os.path.join(where, name), 'rb') as file:
                            out[os.path.join(store, os.path.relpath(where, root), name)] = file.read()
        return out

    def test_curl_uploads_a_package_and_gets_its_receipt(self):
        """A-7.4c, A-8.1: by hand, with stock tools."""
        base = f'https://localhost:{self.server.port}'
        digest = hashlib.sha256(self.zip).hexdigest()
        code, headers, _ = self.curl('-X', 'POST', '-H', f'Upload-Length: {len(self.zip)}', '-H', f'Upload-Metadata: {stand.metadata(self.package, digest)}', base + '/v1/uploads')
        self.assertEqual(code, 201)
        location = base + headers['location']
        middle = len(self.zip) // 3
        first, second = (os.path.join(self.place.folder, name) for name in ('first', 'second'))
        with open(first, 'wb') as out:
            out.write(self.zip[:middle])
        with open(second, 'wb') as out:
            out.write(self.zip[middle:])
        octets = ['-H', 'Content-Type: application/offset+octet-stream']
        code, headers, body = self.curl('-X', 'PATCH', *octets, '-H', 'Upload-Offset: 0', '-H', 'Expect: 100-continue', '--data-binary', f'@{first}', location)
        self.assertEqual((code, headers['upload-offset']), (204, str(middle)), body)
        code, headers, _ = self.curl('--head', location)
        self.assertEqual((code, headers['upload-offset'], headers['upload-length']), (200, str(middle), str(len(self.zip))))
        code, headers, _ = self.curl('-X', 'PATCH', *octets, '-H', f'Upload-Offset: {middle}', '-H', f'Upload-Checksum: {checksum(self.zip[middle:])}', '--data-binary', f'@{second}', location)
        self.assertEqual((code, headers['upload-offset']), (204, str(len(self.zip))))
        code, receipt = self.station.outcome(self.package, digest)
        self.assertEqual(code, 200, receipt)
        self.check_receipt(receipt, digest)
        stored = self.stored()
        self.assertEqual(len(stored), 2)
        for name, data in stored.items():
            self.assertEqual(data, self.zip, name)

    def test_same_bytes_again_get_the_same_receipt(self):
        """A-8.6: replayed as a whole it changes nothing."""
        _, digest = self.station.send(self.package, self.zip)
        code, first = self.station.outcome(self.package, digest)
        self.assertEqual(code, 200, first)
        again, _ = self.station.send(self.package, self.zip)
        while True:                                  # the second upload is decided by itself
            code, _, _ = self.station.tus('DELETE', again)
            if code != 423:
                break
            threading.Event().wait(0.05)
        self.assertEqual(code, 204)
        self.assertEqual(self.station.outcome(self.package, digest)[1], first)
        self.assertEqual(len(self.stored()), 2)
        checkpoint = json.loads(self.station.ask('GET', '/v1/log/checkpoint')[2])
        self.assertIn('Size: 1\n', checkpoint['checkpoint'])

    def test_log_grows_and_proves_it(self):
        """A-8.6: what was signed once is proven to stand at the beginning of the later log."""
        _, digest = self.station.send(self.package, self.zip)
        self.assertEqual(self.station.outcome(self.package, digest)[0], 200)
        old = json.loads(self.station.ask('GET', '/v1/log/checkpoint')[2])['checkpoint']
        second = self.place.second()
        with open(second['zip'], 'rb') as file:
            data = file.read()
        _, other = self.station.send(second['package'], data)
        code, receipt = self.station.outcome(second['package'], other)
        self.assertEqual((code, receipt['index']), (200, 1), receipt)
        code, _, body = self.station.ask('GET', '/v1/log/proof?first=1&second=2')
        proof = json.loads(body)['proof']
        self.assertEqual((code, len(proof)), (200, 1))
        old_root = bytes.fromhex(old.split('Root: ')[1].split('\n')[0])
        new_root = hashlib.sha256(b'\1' + old_root + bytes.fromhex(proof[0])).hexdigest()
        self.assertIn(f'Root: {new_root}\n', receipt['checkpoint'])
        code, _, entry = self.station.ask('GET', '/v1/log/entries/1')
        self.assertEqual((code, entry.decode()), (200, receipt['entry']))

    def test_damaged_package_is_refused_with_its_reason(self):
        """A-8.1: a byte is another; what was announced is what came, so it is the package that is damaged."""
        data = bytearray(self.zip)
        data[len(data) // 2] ^= 1
        _, digest = self.station.send(self.package, bytes(data))
        code, body = self.station.outcome(self.package, digest)
        self.assertEqual((code, body['error']), (422, 'tampered'), body)
        self.assertEqual(self.stored(), {})
        _, right = self.station.send(self.package, self.zip)
        self.assertEqual(self.station.outcome(self.package, right)[0], 200)             # a refusal decides nothing about the package

    def test_other_bytes_than_announced_are_refused(self):
        """A-7.4b: the digest that was announced counts."""
        wrong = hashlib.sha256(b'something else').hexdigest()
        self.station.send(self.package, self.zip, wrong)
        code, body = self.station.outcome(self.package, wrong)
        self.assertEqual((code, body['error']), (422, 'tampered'), body)
        self.assertIn(wrong, body['why'])
        self.assertEqual(self.stored(), {})

    def test_piece_with_a_wrong_checksum_leaves_nothing(self):
        location = self.station.create(len(self.zip), self.package, hashlib.sha256(self.zip).hexdigest())
        code, _, body = self.station.patch(location, 0, self.zip, Upload_Checksum=checksum(b'other'))
        self.assertEqual(code, 460, body)
        self.assertEqual(self.station.tus('HEAD', location)[1]['upload-offset'], '0')
        code, headers, _ = self.station.patch(location, 0, self.zip, Upload_Checksum=checksum(self.zip))
        self.assertEqual((code, headers['upload-offset']), (204, str(len(self.zip))))

    def test_killed_server_goes_on_where_it_stood(self):
        """A-7.4c: kill -9 at ten random moments of one upload; what was acknowledged is there, the package is received once and byte-equal."""
        chance = random.Random(7)
        digest = hashlib.sha256(self.zip).hexdigest()
        location = self.station.create(len(self.zip), self.package, digest)
        offset = 0
        for number in range(10):
            piece = self.zip[offset:offset + max(1, len(self.zip) // 12)]
            if number % 2 == 0:                      # acknowledged, then killed
                code, headers, body = self.station.patch(location, offset, piece)
                self.assertEqual(code, 204, body)
                least = int(headers['upload-offset'])
                self.server.kill()
            else:                                    # killed in the middle of a request
                least = offset
                raw = self.station.raw()
                cut = chance.randrange(len(piece))
                raw.sendall(f'PATCH {location} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n'
                            f'Content-Length: {len(piece)}\r\n\r\n'.encode() + piece[:cut])
                self.server.kill()
                raw.close()
            self.server = self.place.start()
            self.station = Station(self.server, self.place.ca, self.place.pem)
            code, headers, _ = self.station.tus('HEAD', location)
            self.assertEqual(code, 200)
            offset = int(headers['upload-offset'])
            self.assertGreaterEqual(offset, least)
            self.assertLessEqual(offset, least + len(piece))
        code, headers, body = self.station.patch(location, offset, self.zip[offset:])
        self.assertEqual(code, 204, body)
        self.server.kill()                           # whole, and perhaps not decided
        self.server = self.place.start()
        self.station = Station(self.server, self.place.ca, self.place.pem)
        code, receipt = self.station.outcome(self.package, digest)
        self.assertEqual((code, receipt.get('index')), (200, 0), receipt)
        self.check_receipt(receipt, digest)
        self.assertEqual(set(self.stored().values()), {self.zip})
        self.assertEqual(len(self.stored()), 2)

    def test_cut_connection_keeps_what_came(self):
        """A client that vanishes in the middle of a piece goes on from what the server says."""
        digest = hashlib.sha256(self.zip).hexdigest()
        location = self.station.create(len(self.zip), self.package, digest)
        raw = self.station.raw()
        raw.sendall(f'PATCH {location} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n'
                    f'Content-Length: {len(self.zip)}\r\n\r\n'.encode() + self.zip[:len(self.zip) // 2])
        raw.close()
        while not [line for line in self.server.of('request') if 'cut' in line.get('why', '')]:
            threading.Event().wait(0.01)
        offset = int(self.station.tus('HEAD', location)[1]['upload-offset'])
        cut = next(line for line in self.server.of('request') if 'cut' in line.get('why', ''))
        self.assertEqual(offset, cut.get('received', 0))                                # every byte that was read is kept
        self.assertLessEqual(offset, len(self.zip) // 2)
        while True:
            code, _, body = self.station.patch(location, offset, self.zip[offset:])
            if code != 423:                          # the request that was cut may still hold the upload
                break
        self.assertEqual(code, 204, body)
        self.assertEqual(self.station.outcome(self.package, digest)[0], 200)

    def test_given_up_upload_is_gone(self):
        location = self.station.create(100, self.package, 'a' * 64)
        self.assertEqual(self.station.patch(location, 0, b'x' * 40)[0], 204)
        self.assertEqual(self.station.tus('DELETE', location)[0], 204)
        self.assertEqual(self.station.tus('HEAD', location)[0], 404)
        self.assertEqual(os.listdir(os.path.join(self.place.home, 'store-a/staging')), [])

    def test_running_request_ends_before_the_server_does(self):
        """SIGTERM: the piece that is under way is taken, a new connection is not."""
        digest = hashlib.sha256(self.zip).hexdigest()
        location = self.station.create(len(self.zip), self.package, digest)
        raw = self.station.raw()
        half = len(self.zip) // 2
        raw.sendall(f'PATCH {location} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n'
                    f'Content-Length: {len(self.zip)}\r\nExpect: 100-continue\r\n\r\n'.encode())
        self.assertIn(b'100 Continue', raw.recv(1000))                                  # the request runs from here on
        raw.sendall(self.zip[:half])
        self.server.process.terminate()
        while not self.server.of('stopping'):
            threading.Event().wait(0.01)
        raw.sendall(self.zip[half:])
        answer = raw.recv(4000)
        self.assertTrue(answer.startswith(b'HTTP/1.1 204'), answer)
        self.assertIn(b'Connection: close', answer)
        raw.close()
        self.server.stop()
        self.server = self.place.start()
        self.station = Station(self.server, self.place.ca, self.place.pem)
        self.assertEqual(self.station.outcome(self.package, digest)[0], 200)


class CentralRefusals(unittest.TestCase):
    def setUp(self):
        self.place = stand.RealBureau()
        self.addCleanup(self.place.remove)
        with open(self.place.config, 'a', encoding='utf-8') as out:
            out.write('\n[limits]\nheader_seconds = 5\nbody_seconds = 5\nopen_uploads = 3\nupload_gib = 1\nconnections_of_one_address = 20\n')
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())
        self.ours = Station(self.server, self.place.ca, self.place.pem('LX-03'))
        self.theirs = Station(self.server, self.place.ca, self.place.pem('LX-04'))

    def logged(self, status, word):
        """The refusal stands in the chained log, with its reason. Ends the server: what it noted is written then."""
        self.server.stop()
        lines = [line for line in chained(self.place.home) if line['kind'] == 'op.central-refused']
        self.assertTrue([line for line in lines if line['body']['status'] == status and word in line['body'].get('why', '')], lines)

    def test_no_certificate(self):
        """A-8.3e: nobody is let in without one; health says nothing about evidence."""
        nobody = Station(self.server, self.place.ca)
        code, _, body = nobody.ask('GET', '/v1/log/checkpoint')
        self.assertEqual((code, json.loads(body)['error']), (401, 'no-certificate'))
        self.assertEqual(nobody.ask('GET', '/healthz')[0], 200)
        self.assertEqual(nobody.ask('GET', '/readyz')[0], 200)
        self.logged(401, 'no certificate')

    def test_certificate_of_another_root(self):
        key = os.path.join(self.place.folder, 'stranger.pem')
        run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', key + '.crt', '-subj', '/C=CN/O=示例市市场监督管理局/CN=LX-03 取证工作站', '-utf8')
        with open(key, 'a', encoding='utf-8') as out, open(key + '.crt', encoding='utf-8') as crt:
            out.write(crt.read())
        code, _, body = Station(self.server, self.place.ca, key).ask('GET', '/v1/log/checkpoint')
        self.assertEqual((code, json.loads(body)['error']), (403, 'not-allowed'))
        self.logged(403, "is not one of this bureau's")

    def test_officer_is_no_station(self):
        """That a certificate is one of the bureau's is not enough."""
        self.assertEqual(Station(self.server, self.place.ca, self.place.officer_pem()).ask('GET', '/v1/log/checkpoint')[0], 403)
        self.logged(403, "no station's")

    def test_revoked_certificate_counts_for_open_connections(self):
        """A-8.3e: revoked at once, also for the next request of a connection that is open."""
        connection = self.ours.open()
        self.assertEqual(self.ours.ask('GET', '/v1/log/checkpoint', connection=connection)[0], 404)
        self.place.tool('revoke', '--badge', 'LX-03', '--reason', 'key-compromise')
        new = os.path.join(self.place.home, 'keys/org.crl.new')
        with open(os.path.join(self.place.ca_folder, 'station/org.crl'), 'rb') as source, open(new, 'wb') as out:
            out.write(source.read())
        os.rename(new, os.path.join(self.place.home, 'keys/org.crl'))
        code, _, body = self.ours.ask('GET', '/v1/log/checkpoint', connection=connection)
        self.assertEqual(code, 403, body)
        self.assertIn('revoked', json.loads(body)['why'])
        connection.close()
        self.assertEqual(self.theirs.ask('GET', '/v1/log/checkpoint')[0], 404)
        self.logged(403, 'revoked')

    def test_other_stations_upload_is_not_there(self):
        """A-8.3e: seen, written to, ended by nobody else; and no upload for another's package."""
        location = self.ours.create(100, 'LX-03-20261127-0001', 'a' * 64)
        self.assertEqual(self.theirs.tus('HEAD', location)[0], 404)
        self.assertEqual(self.theirs.patch(location, 0, b'x' * 100)[0], 404)
        self.assertEqual(self.theirs.tus('DELETE', location)[0], 404)
        self.assertEqual(self.ours.tus('HEAD', location)[1]['upload-offset'], '0')
        self.theirs.create(100, 'LX-03-20261127-0001', 'a' * 64, status=403)
        self.logged(403, 'no package of LX-04')

    def test_names_that_climb(self):
        for path in ('/v1/uploads/../../etc/passwd', '/v1/uploads/..', '/v1/uploads/.', '/v1/log/entries/..', '/../central.toml', '/v1/packages/../receipts/' + 'a' * 64, '/v1/uploads//x'):
            self.assertIn(self.ours.tus('GET' if 'uploads' not in path else 'HEAD', path)[0], (404, 405), path)
        for path in ('/v1/uploads/%2e%2e%2fx', '/v1/uploads/a%00b', '/v1/uploads/a\\b'):
            self.assertEqual(self.ours.tus('HEAD', path)[0], 400, path)
        for name in ('../LX-03-1', 'LX-03-../../x', 'LX-03-a/b', 'LX-03-' + 'x' * 100, ''):
            self.ours.create(100, name, 'a' * 64, status=400)
        self.logged(400, 'path holds another character')

    def test_bodies_and_headers_that_are_too_large(self):
        location = self.ours.create(100, 'LX-03-20261127-0001', 'a' * 64)
        self.assertEqual(self.ours.patch(location, 0, b'x' * 101)[0], 413)
        code, _, _ = self.ours.tus('PATCH', location, {'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream', 'Transfer-Encoding': 'chunked'}, b'ff\r\n' + b'x' * 255 + b'\r\n0\r\n\r\n')
        self.assertEqual(code, 413)
        self.assertEqual(self.ours.tus('HEAD', location)[1]['upload-offset'], '0')
        self.ours.create((1 << 30) + 1, 'LX-03-20261127-0002', 'b' * 64, status=413)
        raw = self.ours.raw()
        raw.sendall(b'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Large: ' + b'x' * 20000 + b'\r\n\r\n')
        self.assertTrue(raw.recv(4000).startswith(b'HTTP/1.1 431'))
        raw.close()
        self.logged(431, 'header is larger')

    def test_requests_that_are_none(self):
        for sent in (b'GET\r\n\r\n', b'GET /v1/log/\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n', b'\x16\x03\x01\x02\x00' * 8 + b'\r\n\r\n', b'GET /healthz HTTP/1.1\r\nContent-Length: -1\r\n\r\n', b'GET /healthz HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n'):
            raw = self.ours.raw()
            raw.sendall(sent)
            self.assertTrue(raw.recv(4000).startswith(b'HTTP/1.1 400'), sent)
            raw.close()
        self.assertEqual(self.ours.ask('GET', '/healthz')[0], 200)
        self.logged(400, 'no HTTP request')

    def test_slow_peers_are_cut(self):
        """A header that does not end, a body that creeps, a handshake that never comes: each is given up, and others are served meanwhile."""
        header, body, silent = self.ours.raw(), self.ours.raw(), stand.socket.create_connection(('localhost', self.server.port))
        location = self.ours.create(100_000, 'LX-03-20261127-0001', 'a' * 64)
        header.sendall(b'GET /healthz HTTP/1.1\r\nX: ')
        body.sendall(f'PATCH {location} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: 100000\r\n\r\n'.encode())
        ended = threading.Event()

        def creep():
            try:
                while not ended.wait(0.05):
                    body.sendall(b'x')
                    header.sendall(b'x')
            except OSError:
                pass
        creeping = threading.Thread(target=creep)
        creeping.start()
        self.assertEqual(self.ours.ask('GET', '/healthz')[0], 200)
        self.assertTrue(header.recv(4000).startswith(b'HTTP/1.1 408'))
        self.assertTrue(body.recv(4000).startswith(b'HTTP/1.1 408'))
        self.assertEqual(silent.recv(10), b'')
        ended.set()
        creeping.join()
        for one in (header, body, silent):
            one.close()
        self.assertGreater(int(self.ours.tus('HEAD', location)[1]['upload-offset']), 0)                # what crept in is kept
        self.logged(408, 'too slowly')

    def test_too_many_connections_and_uploads(self):
        held = [stand.socket.create_connection(('localhost', self.server.port)) for _ in range(20)]
        one_more = stand.socket.create_connection(('localhost', self.server.port))
        with self.assertRaises(OSError):
            self.ours.context.wrap_socket(one_more, server_hostname='localhost')
        for one in held:
            one.close()
        while True:                                  # the server notices
            try:
                if self.ours.ask('GET', '/healthz')[0] == 200:
                    break
            except OSError:
                pass
        for number in range(3):
            self.ours.create(100, f'LX-03-20261127-000{number}', f'{number}' * 64)
        self.ours.create(100, 'LX-03-20261127-0009', '9' * 64, status=429)
        self.theirs.create(100, 'LX-04-20261127-0009', '9' * 64)                        # others are not hindered
        self.logged(0, 'too many connections')

    def test_old_tls_is_refused(self):
        done = subprocess.run(['curl', '-sS', '--tls-max', '1.1', '--tlsv1.0', '--ciphers', 'DEFAULT@SECLEVEL=0', '--cacert', self.place.ca, f'https://localhost:{self.server.port}/healthz'], capture_output=True, text=True)
        self.assertEqual(done.returncode, 35, done.stderr)                              # no handshake
        self.logged(0, 'TLS')

    def test_plain_http_is_refused(self):
        plain = stand.socket.create_connection(('localhost', self.server.port))
        plain.sendall(b'GET /healthz HTTP/1.1\r\n\r\n')
        self.assertNotIn(b'200', plain.recv(4000))
        plain.close()
        self.logged(0, 'TLS')

    def test_flood_of_refusals_is_counted(self):
        """The chained log grows by 60 lines a minute of one address at most; the rest are counted."""
        nobody = Station(self.server, self.place.ca)
        connection = nobody.open()
        for _ in range(150):
            self.assertEqual(nobody.ask('GET', '/v1/log/checkpoint', connection=connection)[0], 401)
        connection.close()
        metrics = nobody.ask('GET', '/metrics')[2].decode()
        self.assertIn('guzheng_requests_total{method="GET",route="/v1/log/checkpoint",status="401"} 150\n', metrics)
        self.server.stop()
        lines = [line for line in chained(self.place.home) if line['kind'] == 'op.central-refused']
        self.assertLessEqual(len(lines), 120)        # a minute may have ended meanwhile
        self.assertGreaterEqual(len(lines), 60)


class CentralConfiguration(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)

    def check(self, change, *words):
        with open(self.place.config, encoding='utf-8') as file:
            right = file.read()
        with open(self.place.config, 'w', encoding='utf-8') as out:
            out.write(change(right))
        done = run(stand.CENTRAL, 'check-config', '--config', self.place.config, status=2)
        for word in words:
            self.assertIn(word, done.stderr)
        with open(self.place.config, 'w', encoding='utf-8') as out:
            out.write(right)

    def test_mistakes_are_told_with_their_lines(self):
        run(stand.CENTRAL, 'check-config', '--config', self.place.config)
        self.check(lambda text: text.replace('port = 0', 'port = 70000') + '\n[limits]\nheder_seconds = 3\n', 'central.toml:11: listen.port is 70000; expected: a whole number from 0 to 65535',
                   'limits.heder_seconds is not known here')
        self.check(lambda text: text.replace('keys/org.crl', 'keys/none.crl'), 'bureau.crl there is no file')
        self.check(lambda text: text.replace('[[store]]\nfolder = "store-b"\n', ''), 'expected: two sections [[store]]')
        self.check(lambda text: text.replace('"store-b"', '"store-a"'), 'is that of the first store')
        self.check(lambda text: text.replace('[keep', '[keep') + '\n[keep]\ncase_months = 12\n', 'keep.case_months is 12; expected: a whole number from 36 to 1200')
        self.check(lambda text: text.replace('practice = true', 'practice = false'), 'is a practice certificate')
        self.check(lambda text: text + '\n= no toml', 'is no TOML')

    def test_passphrase_that_others_may_read(self):
        os.chmod(os.path.join(self.place.home, 'keys/central.pass'), 0o644)
        done = run(stand.CENTRAL, 'serve', '--config', self.place.config, status=2)
        self.assertIn('central.pass', done.stderr)

    def test_one_server_at_a_time(self):
        server = self.place.start()
        self.addCleanup(server.stop)
        done = run(stand.CENTRAL, 'serve', '--config', self.place.config, status=2)
        self.assertIn('another process holds the store', done.stderr)

    def test_folder_that_is_there_is_left_alone(self):
        done = run(stand.CENTRAL, 'init', self.place.home, '--practice', '--bureau', self.place.bureau, status=2)
        self.assertIn('not empty', done.stderr)


if __name__ == '__main__':
    unittest.main()
