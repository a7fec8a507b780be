#!/usr/bin/env python3
"""What the central server holds, cared for as an administrator does (A-7.4c, A-8.6): scrub, backup, restore."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import CENTRAL, Station, run  # noqa: E402

PASSPHRASES = ('server', 'central', 'ingest')


class Care(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.package, self.zip = self.place.package['package'], self.place.zip
        self.configure(self.place.config, 0)
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())
        self.station = Station(self.server, self.place.ca, self.place.pem)
        _, self.digest = self.station.send(self.package, self.zip)
        code, self.receipt = self.station.outcome(self.package, self.digest)
        self.assertEqual(code, 200, self.receipt)

    @staticmethod
    def configure(config, every_hours):
        with open(config, encoding='utf-8') as file:
            plain = file.read().split('\n[scrub]')[0]
        with open(config, 'w', encoding='utf-8') as out:
            out.write(plain + f'\n[scrub]\nevery_hours = {every_hours}\nmib_per_second = 1000\n')

    def restart(self, config=None):
        self.server.stop()
        self.server = stand.Server(config or self.place.config)
        self.station = Station(self.server, self.place.ca, self.place.pem)

    def command(self, *words, status=0):
        done = subprocess.run([CENTRAL, *words, '--lang', 'en'], capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def scrub(self, status=0):
        return self.command('scrub', '--config', self.place.config, status=status)

    def copies(self, home=None):
        """The package's file in either store."""
        found = []
        for store in ('store-a', 'store-b'):
            root = os.path.join(home or self.place.home, store, 'objects')
            found += [os.path.join(where, name) for where, _, names in os.walk(root) for name in names if name.endswith(',data')]
        return found

    @staticmethod
    def bend(path):
        os.chmod(path, 0o600)
        with open(path, 'r+b') as file:
            file.seek(1000)
            byte = file.read(1)
            file.seek(1000)
            file.write(bytes([byte[0] ^ 1]))

    def content(self, path):
        with open(path, 'rb') as file:
            return file.read()

    def chained(self, home=None):
        return stand.chained(os.path.join(home or self.place.home, 'state/access.log'))


class CentralScrub(Care):
    def test_stopped_server(self):
        self.assertIn('another process holds the store', self.scrub(2))
        self.server.stop()
        self.assertIn('objects 1, bytes read ' + str(2 * len(self.zip)), self.scrub())
        for one in self.copies():
            for harm in (os.remove, self.bend):
                harm(one)
                said = self.scrub()
                self.assertIn('Repaired from the other store: ', said)
                self.assertIn('The evidence log was audited', said)
                self.assertEqual(self.content(one), self.zip)
        first, second = self.copies()
        stray = os.path.join(self.place.home, 'store-b/objects/case/stray,data')
        shutil.copy(first, stray)
        self.assertIn('No receipt names it, left alone: case/stray  store-b', self.scrub(4))
        self.assertTrue(os.path.exists(stray))
        self.bend(first)
        os.remove(second)
        bent = self.content(first)
        said = self.scrub(3)
        self.assertIn('LOST OR DAMAGED IN BOTH STORES', said)
        self.assertIn('store-a: altered, store-b: missing', said)
        self.assertEqual(self.content(first), bent)
        self.assertFalse(os.path.exists(second))
        lines = self.chained()
        self.assertEqual(len([line for line in lines if line['kind'] == 'op.central-scrub']), 7)
        self.assertEqual(lines[-1]['body']['lost'], 1)
        chinese = subprocess.run([CENTRAL, 'scrub', '--config', self.place.config, '--lang', 'zh'], capture_output=True, text=True)
        self.assertIn('两份都已不是原来的证据，没有改动任何一份', chinese.stderr)

    def test_running_server(self):
        """By itself, on its schedule, while it serves; its outcome in metrics and in the chained log."""
        first, _ = self.copies()
        self.bend(first)
        self.configure(self.place.config, 1)
        self.restart()
        while not self.server.of('scrubbed'):
            self.assertEqual(self.station.ask('GET', '/healthz')[0], 200)
        self.assertEqual(self.content(first), self.zip)
        metrics = self.station.ask('GET', '/metrics')[2].decode()
        for line in ('guzheng_scrub_repaired 1', 'guzheng_scrub_lost 0', 'guzheng_scrub_objects 1', f'guzheng_scrub_bytes {2 * len(self.zip)}', 'guzheng_scrub_log_holds 1'):
            self.assertIn(line + '\n', metrics)
        self.assertEqual(self.station.ask('GET', '/readyz')[0], 200)
        self.restart()                               # not due again
        self.assertIn('guzheng_scrub_repaired 1\n', self.station.ask('GET', '/metrics')[2].decode())
        self.server.stop()
        self.assertFalse(self.server.of('scrubbed'))
        kinds = [(line['kind'], line['body'].get('why')) for line in self.chained()]
        self.assertEqual(kinds.count(('op.central-scrub-found', 'altered')), 1)

    def test_log_that_does_not_hold(self):
        """Told loudly, and the server is not ready any more: what it would sign continues a log that was bent."""
        self.server.stop()
        database = os.path.join(self.place.home, 'state/central.sqlite')
        second = self.place.second()
        self.restart()
        _, other = self.station.send(second['package'], self.content(second['zip']))
        self.assertEqual(self.station.outcome(second['package'], other)[0], 200)
        self.server.stop()
        bent = stand.sqlite3.connect(database)
        bent.execute("UPDATE log_entry SET entry = replace(entry, 'LX-0', 'LX-9') WHERE number = 0")
        bent.commit()
        bent.close()
        self.assertIn('THE EVIDENCE LOG DOES NOT HOLD', self.scrub(3))
        self.restart()
        code, _, body = self.station.ask('GET', '/readyz')
        self.assertEqual(code, 503)
        self.assertIn('the evidence log', json.loads(body)['why'])
        self.assertIn('guzheng_scrub_log_holds 0\n', self.station.ask('GET', '/metrics')[2].decode())


class CentralImport(Care):
    def import_from(self, folder, *more, status=0):
        return self.command('import', folder, '--config', self.place.config, *more, status=status)

    def test_packages_on_a_medium(self):
        """A-8.1, A-8.6: as if they had been uploaded; twice is once; what is damaged is refused."""
        medium, receipts = (os.path.join(self.place.folder, name) for name in ('medium', 'receipts'))
        os.mkdir(medium)
        second = self.place.second()
        shutil.copy(self.place.package['zip'], os.path.join(medium, 'first.zip'))                     # is there already
        model = os.path.dirname(self.place.bureau)
        for name in os.listdir(model):               # a package in vault form, with what lies beside it
            if name == second['package'] or name.startswith(second['package'] + '.'):
                run('cp', '-a', os.path.join(model, name), medium)
        self.assertIn('another process holds the store', self.import_from(medium, status=2))
        self.server.stop()
        said = self.import_from(medium, '--receipts', receipts)
        self.assertIn(self.package + '  received, number 0 of the evidence log', said)
        self.assertIn(second['package'] + '  received, number 1 of the evidence log', said)
        self.assertEqual(json.loads(self.content(os.path.join(receipts, self.package + '.receipt.json'))), self.receipt)
        self.assertIn('received 2, refused 0, not decided 0', self.import_from(medium))
        self.assertEqual(len(self.copies()), 4)
        damaged = os.path.join(medium, 'damaged.zip')
        shutil.copy(self.place.package['zip'], damaged)
        self.bend(damaged)
        with open(os.path.join(medium, 'other.zip'), 'wb') as out:
            out.write(b'no package')
        said = self.import_from(medium, status=3)
        self.assertIn('received 2, refused 2', said)
        self.assertIn('other.zip  refused: ', said)
        self.assertEqual(len(self.copies()), 4)
        self.restart()
        self.assertEqual(self.station.outcome(second['package'], second['zip_sha256'])[0], 200)       # the station that asks later has its receipt
        self.assertIn('Size: 2\n', json.loads(self.station.ask('GET', '/v1/log/checkpoint')[2])['checkpoint'])
        self.server.stop()
        self.assertEqual([line['body']['result'] for line in self.chained() if line['kind'] == 'op.central-import'], ['received'] * 5 + ['refused', 'received', 'refused'])
        self.assertIn('unnamed 0', self.scrub())


class CentralBackup(Care):
    def setUp(self):
        super().setUp()
        self.medium = os.path.join(self.place.folder, 'medium')
        self.restored = os.path.join(self.place.folder, 'restored')

    def backup(self, status=0):
        return self.command('backup', self.medium, '--config', self.place.config, status=status)

    def restore(self, *more, status=0, into=None):
        return self.command('restore', self.medium, into or self.restored, *more, status=status)

    def outside(self, receipt):
        path = os.path.join(self.place.folder, 'outside.json')
        with open(path, 'w', encoding='utf-8') as out:
            json.dump(receipt, out)
        return path

    def send_second(self):
        second = self.place.second()
        _, digest = self.station.send(second['package'], self.content(second['zip']))
        code, receipt = self.station.outcome(second['package'], digest)
        self.assertEqual(code, 200, receipt)
        return second['package'], digest, receipt

    def serve_restored(self):
        for name in PASSPHRASES:
            shutil.copy(os.path.join(self.place.home, f'keys/{name}.pass'), os.path.join(self.restored, 'keys'))
        self.restart(os.path.join(self.restored, 'central.toml'))

    def test_wrecked_and_restored(self):
        """Backed up while it runs, wrecked, restored: receipts and proofs as before, and uploads go on."""
        open_one = self.station.create(1000, self.package, 'b' * 64)                   # is under way
        self.station.patch(open_one, 0, b'x' * 500)
        self.assertIn('objects 1, copied 1', self.backup())
        self.assertEqual(self.station.ask('GET', '/healthz')[0], 200)
        self.server.stop()
        # the medium holds no passphrase, and stock tools can check it
        for where, _, names in os.walk(self.medium):
            for name in names:
                self.assertFalse(name.endswith('.pass'), name)
                self.assertEqual(os.stat(os.path.join(where, name)).st_mode & 0o077, 0, name)
        state = os.listdir(os.path.join(self.medium, 'states'))[0]
        run('sha256sum', '-c', f'states/{state}/objects.sha256', cwd=self.medium)
        saved = os.path.join(self.place.folder, 'saved')
        os.rename(os.path.join(self.place.home, 'keys'), saved)
        stand.remove(self.place.home)
        os.makedirs(os.path.join(self.place.home))
        os.rename(saved, os.path.join(self.place.home, 'keys'))
        said = self.restore('--checkpoint', self.outside(self.receipt), '--root', self.place.ca)
        self.assertIn('The log continues that of the checkpoint from outside (1 entries)', said)
        self.assertIn('put back the passphrase files', said)
        done = subprocess.run([CENTRAL, 'serve', '--config', os.path.join(self.restored, 'central.toml')], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn('server.pass', done.stderr)
        self.serve_restored()
        self.assertEqual(self.station.outcome(self.package, self.digest), (200, self.receipt))
        self.assertEqual(json.loads(self.station.ask('GET', '/v1/log/proof?index=0')[2])['checkpoint'], self.receipt['checkpoint'])
        self.assertEqual([self.content(one) for one in self.copies(self.restored)], [self.zip] * 2)
        self.assertEqual(self.station.tus('HEAD', open_one)[0], 404)                   # is begun anew
        _, _, receipt = self.send_second()
        self.assertEqual(receipt['index'], 1)
        proof = json.loads(self.station.ask('GET', '/v1/log/proof?first=1&second=2')[2])['proof']
        node = hashlib.sha256(b'\1' + bytes.fromhex(self.receipt['checkpoint'].split('Root: ')[1].split('\n')[0]) + bytes.fromhex(proof[0])).hexdigest()
        self.assertIn(f'Root: {node}\n', receipt['checkpoint'])
        self.server.stop()
        kinds = [line['kind'] for line in self.chained(self.restored)]                 # one chain, through backup and restore
        self.assertIn('op.central-restore', kinds)
        self.assertEqual(run(CENTRAL, 'scrub', '--config', os.path.join(self.restored, 'central.toml')).returncode, 0)

    def test_later_backups_copy_what_is_new(self):
        self.backup()
        package, digest, receipt = self.send_second()
        self.assertIn('objects 2, copied 1', self.backup())
        kept = [os.path.join(where, name) for where, _, names in os.walk(os.path.join(self.medium, 'objects')) for name in names if name.endswith(',data')]
        self.assertEqual(len(kept), 2)
        self.bend(kept[0])
        self.assertIn('copied 0, damaged in the backup and copied again 1', self.backup())
        states = sorted(os.listdir(os.path.join(self.medium, 'states')))
        self.assertEqual(len(states), 3)
        self.bend(self.copies()[0])                  # a copy that is damaged is not backed up: the other is
        other = os.path.join(self.place.folder, 'medium2')
        self.assertIn('copied 2', self.command('backup', other, '--config', self.place.config))
        # an older state than the checkpoint is told
        said = self.restore('--state', states[0], '--checkpoint', self.outside(receipt), status=4)
        self.assertIn('THE BACKUP IS OLDER THAN THE CHECKPOINT: entries 1 to 1', said)
        said = self.restore('--checkpoint', self.outside(receipt), into=self.restored + '2')
        self.assertIn('(2 entries)', said)
        self.assertIn('Not held to a checkpoint', self.restore(into=self.restored + '3'))
        self.server.stop()
        self.assertEqual([line['body']['copied'] for line in self.chained() if line['kind'] == 'op.central-backup'], [1, 1, 0, 2])

    def test_backup_that_was_bent(self):
        self.backup()
        state = os.path.join(self.medium, 'states', os.listdir(os.path.join(self.medium, 'states'))[0])
        for number, path in enumerate(('central.sqlite', 'keys/ingest.p12', 'manifest.json')):
            right = self.content(os.path.join(state, path))
            self.bend_anywhere(os.path.join(state, path))
            self.assertIn('THE BACKUP DOES NOT HOLD', self.restore(status=3, into=self.restored + str(number)))
            self.assertFalse(os.path.exists(os.path.join(self.restored + str(number), 'central.toml')))
            with open(os.path.join(state, path), 'wb') as out:
                out.write(right)
        # a signature over something else proves no checkpoint
        self.assertIn('not', self.restore('--checkpoint', self.outside({'checkpoint': self.receipt['checkpoint'], 'checkpoint_p7s': self.receipt['receipt_p7s']}), status=2, into=self.restored + 'x'))
        kept = next(os.path.join(where, name) for where, _, names in os.walk(os.path.join(self.medium, 'objects')) for name in names if name.endswith(',data'))
        self.bend(kept)
        self.assertIn('NOT RESTORED', self.restore(status=3))

    @staticmethod
    def bend_anywhere(path):
        os.chmod(path, 0o600)
        with open(path, 'r+b') as file:
            file.seek(200)
            byte = file.read(1)
            file.seek(200)
            file.write(bytes([byte[0] ^ 1]))

    def test_refused(self):
        self.assertIn('another medium', self.command('backup', os.path.join(self.place.home, 'store-a/objects/x'), '--config', self.place.config, status=2))
        self.assertIn('not empty', self.command('backup', self.place.home, '--config', self.place.config, status=2))
        self.assertIn('no backup of a central server', self.restore(status=2))
        self.backup()
        self.assertIn('not empty', self.restore(status=2, into=self.place.home))
        self.assertIn('holds no state', self.restore('--state', 'yesterday', status=2))


if __name__ == '__main__':
    unittest.main()
