#!/usr/bin/env python3
"""Two central servers over one MariaDB and one S3 service with Object Lock (Ceph RGW), behind nginx (A-8.5): what one server does alone, and that either may die at any moment."""
import hashlib
import json
import os
import re
import shutil
import sys
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '../servers')]
import central_stand as stand  # noqa: E402
import central_sync_test  # noqa: E402
import servers  # noqa: E402
from central_stand import CENTRAL, Station, checksum, private, run  # noqa: E402


class Cloud:
    """Started once for all tests of this program."""
    made = None

    @classmethod
    def of(cls):
        if cls.made is None:
            with ThreadPoolExecutor() as pool:
                ceph, maria = pool.submit(servers.CephRgw), pool.submit(servers.MariaDb)
            cls.made = (ceph.result(), maria.result())
        return cls.made


def tearDownModule():
    for one in Cloud.made or ():
        one.stop()


class Pair:
    """Both servers as one: what is asked of it goes through nginx."""

    def __init__(self, place):
        with ThreadPoolExecutor() as pool:
            self.both = list(pool.map(stand.Server, place.configs))
        self.port = place.balancer.port

    def of(self, event):
        return [line for one in self.both for line in one.of(event)]

    def kill(self):
        for one in self.both:
            one.kill()

    def stop(self):
        for one in self.both:
            if one.process.poll() is None:
                one.stop()


class Place(stand.Practice):
    """The practice bureau with two servers' folders over a database and a pair of buckets of their own."""
    number = 0

    def __init__(self):
        super().__init__()
        self.ceph, self.maria = Cloud.of()
        Place.number += 1
        self.database = f'guzheng_{Place.number}'
        self.maria.sql(f'CREATE DATABASE {self.database}')
        self.buckets = [f'cluster-{Place.number}-{letter}' for letter in 'ab']
        secret, password = private(os.path.join(self.folder, 's3.secret'), self.ceph.SECRET + '\n'), private(os.path.join(self.folder, 'db.pass'), self.maria.PASSWORD + '\n')
        self.ports = [servers.free_port(), servers.free_port()]
        self.configs = []
        for number, port in enumerate(self.ports):
            home = os.path.join(self.folder, f'central-{number}')
            run(CENTRAL, 'init', home, '--practice', '--bureau', self.bureau, '--address', '127.0.0.1', '--port', str(port),
                '--database', f'mariadb://{self.maria.USER}@localhost:{self.maria.port}/{self.database}', '--database-password-file', password, '--database-roots', self.maria.root,
                *(more for bucket in self.buckets for more in ('--s3', f'https://{self.ceph.ACCESS}@localhost:{self.ceph.port}/{bucket}')), '--s3-secret-file', secret, '--s3-roots', self.ceph.root)
            self.configs.append(os.path.join(home, 'central.toml'))
        self.balancer = servers.Balancer(self.ports)

    def start(self):
        return Pair(self)

    def remove(self):
        self.balancer.stop()
        super().remove()

    def get(self, path, **query):
        code, body = self.ceph.get(path, **query)
        assert code == 200, (path, code, body)
        return body

    def stored(self):
        """Every version of every object in both buckets: [(bucket, key)]."""
        out = []
        for bucket in self.buckets:
            out += [(bucket, key) for key in re.findall(r'<Key>([^<]*)</Key>', self.get(f'/{bucket}', versions='').decode())]
        return out


class ClusterFlow(central_sync_test.CentralSync):
    """What a workstation does with one server, it does with both behind nginx."""

    def setUp(self):
        practice, central_sync_test.stand.Practice = central_sync_test.stand.Practice, Place
        try:
            super().setUp()
        finally:
            central_sync_test.stand.Practice = practice

    def sync(self, port=None, status=0, *more):
        """A lease of a server that was killed runs out within a quarter of a minute; a station that comes again then goes on."""
        said = ''
        for _ in range(20):
            try:
                return said + super().sync(port, status, *more)
            except AssertionError as error:
                if status != 0:
                    raise
                last, said = error, said + str(error)
                threading.Event().wait(1)
        raise last

    def test_server_of_another_root_gets_nothing(self):
        self.skipTest('no matter of two servers')

    def test_receipt_of_another_signer_is_not_believed(self):
        self.skipTest('no matter of two servers')


class ClusterDeaths(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.remove)
        self.pair = self.place.start()
        self.addCleanup(lambda: self.pair.stop())
        self.one, self.other = (Station(server, self.place.ca, self.place.pem) for server in self.pair.both)
        self.package, self.zip = self.place.package['package'], self.place.zip
        self.digest = hashlib.sha256(self.zip).hexdigest()

    def go_on(self, station, location, offset, data):
        """As a client does: it comes again while the upload is held, and asks where it stands."""
        for _ in range(120):
            code, headers, body = station.patch(location, offset, data, Upload_Checksum=checksum(data))
            if code not in (423, 503):
                return code, headers, body
            threading.Event().wait(0.5)
        raise AssertionError((code, body))

    def check_kept(self, station, packages=1):
        """A-7.4c: each package once in both stores, byte-equal, under a lock that the service keeps; one entry, one receipt."""
        code, receipt = station.outcome(self.package, self.digest)
        self.assertEqual(code, 200, receipt)
        entry = json.loads(receipt['entry'])
        self.assertEqual([store['name'] for store in entry['stores']], ['s3-a', 's3-b'])
        name = [key for bucket, key in self.place.stored() if self.digest in key]
        self.assertEqual(len(name), 2, self.place.stored())
        self.assertEqual(len(self.place.stored()), 2 * packages, self.place.stored())             # nothing is left of uploads
        for bucket in self.place.buckets:
            self.assertEqual(self.place.get(f'/{bucket}/{name[0]}'), self.zip)
            self.assertIn(b'<Mode>COMPLIANCE</Mode>', self.place.get(f'/{bucket}/{name[0]}', retention=''))
        checkpoints = {json.loads(one.ask('GET', '/v1/log/checkpoint')[2])['checkpoint'] for one in (self.one, self.other) if one.server.process.poll() is None}
        self.assertEqual(len(checkpoints), 1)
        self.assertIn(f'Size: {packages}\n', checkpoints.pop())
        return receipt

    def test_killed_in_the_middle_of_an_upload_the_other_goes_on(self):
        """A-8.5: what was acknowledged by the one is there at the other."""
        location = self.one.create(len(self.zip), self.package, self.digest)
        third = len(self.zip) // 3
        self.assertEqual(self.one.patch(location, 0, self.zip[:third])[0], 204)
        self.assertEqual(self.other.tus('HEAD', location)[1]['upload-offset'], str(third))
        self.assertEqual(self.other.patch(location, third, self.zip[third:third + 1000])[0], 204)
        self.assertEqual(self.one.tus('HEAD', location)[1]['upload-offset'], str(third + 1000))
        connection = self.one.open()                 # a request that stops in its middle
        connection.putrequest('PATCH', location)
        for key, value in {'Tus-Resumable': '1.0.0', 'Upload-Offset': str(third + 1000), 'Content-Type': 'application/offset+octet-stream', 'Content-Length': str(len(self.zip) - third - 1000)}.items():
            connection.putheader(key, value)
        connection.endheaders(self.zip[third + 1000:2 * third])
        while self.other.patch(location, third + 1000, b'')[0] != 423:
            threading.Event().wait(0.05)             # until the one holds it
        self.pair.both[0].kill()
        connection.close()
        code, headers, _ = self.other.tus('HEAD', location)
        self.assertEqual(code, 200)
        offset = int(headers['upload-offset'])
        self.assertGreaterEqual(offset, third + 1000)
        code, headers, body = self.go_on(self.other, location, offset, self.zip[offset:])
        self.assertEqual((code, headers.get('upload-offset')), (204, str(len(self.zip))), body)
        self.check_kept(self.other)
        self.pair.both[0] = stand.Server(self.place.configs[0])
        again = Station(self.pair.both[0], self.place.ca, self.place.pem)
        self.assertEqual(again.outcome(self.package, self.digest)[1], self.other.outcome(self.package, self.digest)[1])

    def test_killed_before_it_decided_the_other_decides(self):
        """Whole and acknowledged, then killed: the receipt comes from the other, and there is one."""
        self.one.send(self.package, self.zip)
        self.pair.both[0].kill()
        self.check_kept(self.other)

    def test_both_at_once_and_a_database_that_is_killed(self):
        """A-8.6: two packages by two servers make one log; a database that ends in between costs time and nothing else."""
        second = self.place.second()
        with open(second['zip'], 'rb') as file:
            data = file.read()
        location = self.one.create(len(self.zip), self.package, self.digest)
        half = len(self.zip) // 2
        self.assertEqual(self.one.patch(location, 0, self.zip[:half])[0], 204)
        self.place.maria.kill()
        self.assertEqual(self.one.tus('HEAD', location)[0], 503)
        self.place.maria.start()
        code, headers, body = self.go_on(self.one, location, half, self.zip[half:])
        self.assertEqual(code, 204, body)
        other = hashlib.sha256(data).hexdigest()
        where = self.other.create(len(data), second['package'], other)
        self.assertEqual(self.go_on(self.other, where, 0, data)[0], 204)
        code, receipt = self.one.outcome(second['package'], other)
        self.assertEqual(code, 200, receipt)
        self.check_kept(self.other, 2)
        indexes = {self.one.outcome(*which)[1]['index'] for which in ((self.package, self.digest), (second['package'], other))}
        self.assertEqual(indexes, {0, 1})


class ClusterBackup(unittest.TestCase):
    """A-7.4c, A-8.2: a database and buckets that lie elsewhere, backed up beside servers that work, and brought back."""

    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.remove)
        self.pair = self.place.start()
        self.addCleanup(lambda: self.pair.stop())
        self.station = Station(self.pair.both[0], self.place.ca, self.place.pem)
        _, self.digest = self.station.send(self.place.package['package'], self.place.zip)
        self.receipt = self.kept(self.place.package['package'], self.digest, 'first.json')
        self.medium = os.path.join(self.place.folder, 'medium')

    def kept(self, package, digest, name):
        code, receipt = self.station.outcome(package, digest)
        self.assertEqual(code, 200, receipt)
        with open(os.path.join(self.place.folder, name), 'w', encoding='utf-8') as out:
            json.dump(receipt, out)
        return receipt

    def command(self, *words, status=0):
        done = run(CENTRAL, *words, '--lang', 'en', status=status)
        return done.stdout + done.stderr

    def restore(self, name, *more, status=0):
        return self.command('restore', self.medium, os.path.join(self.place.folder, name), '--s3-secret-file', os.path.join(self.place.folder, 's3.secret'), *more, status=status)

    def database(self, name):
        self.place.maria.sql(f'CREATE DATABASE {name}')
        return ['--database', f'mariadb://{self.place.maria.USER}@localhost:{self.place.maria.port}/{name}', '--database-password-file', os.path.join(self.place.folder, 'db.pass'), '--database-roots', self.place.maria.root]

    def served(self, name):
        """The restored folder served with its passphrases put back: it gives the same receipt."""
        home = os.path.join(self.place.folder, name)
        for one in ('server', 'central', 'ingest'):
            shutil.copy(os.path.join(os.path.dirname(self.place.configs[0]), 'keys', one + '.pass'), os.path.join(home, 'keys'))
        server = stand.Server(os.path.join(home, 'central.toml'))
        try:
            station = Station(server, self.place.ca, self.place.pem)
            code, receipt = station.outcome(self.place.package['package'], self.digest)
            self.assertEqual((code, receipt['receipt'] if 'receipt' in receipt else receipt), (200, self.receipt['receipt'] if 'receipt' in self.receipt else self.receipt))
            self.assertIn('Size: 1\n', json.loads(station.ask('GET', '/v1/log/checkpoint')[2])['checkpoint'])
        finally:
            server.stop()

    def test_restored_elsewhere_it_proves_its_log(self):
        said = self.command('backup', self.medium, '--config', self.place.configs[0])
        self.assertIn('objects 1', said)
        self.assertIn('stays in the two buckets', said)
        state = os.path.join(self.medium, 'states', os.listdir(os.path.join(self.medium, 'states'))[0])
        with open(os.path.join(state, 'objects.sha256'), encoding='utf-8') as file:
            self.assertRegex(file.read(), f'^{self.digest}  case/.*{self.digest}.zip\n$')
        second = self.place.second()
        with open(second['zip'], 'rb') as file:
            _, other = self.station.send(second['package'], file.read())
        self.kept(second['package'], other, 'later.json')         # received after the backup
        self.pair.stop()

        first, later = (os.path.join(self.place.folder, name) for name in ('first.json', 'later.json'))
        self.assertIn('secret access keys are needed', self.command('restore', self.medium, os.path.join(self.place.folder, 'none'), status=2))
        into = self.database('guzheng_restored')
        said = self.restore('again', *into, '--checkpoint', first)
        self.assertIn('the two buckets, where they were', said)
        self.assertIn('The log continues that of the checkpoint', said)
        self.served('again')
        self.assertIn('holds rows already', self.restore('twice', *into, status=2))
        self.assertIn('THE BACKUP IS OLDER', self.restore('older', '--checkpoint', later, status=4))
        self.served('older')                         # SQLite out of MariaDB

        bucket, name = next((bucket, key) for bucket, key in self.place.stored() if self.digest in key)
        self.assertEqual(self.place.ceph.ask('DELETE', f'/{bucket}/{name}')[0], 204)
        self.assertIn('ONLY ONE OF BOTH BUCKETS', self.restore('single', '--checkpoint', first, status=4))


if __name__ == '__main__':
    unittest.main()
