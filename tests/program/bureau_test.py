#!/usr/bin/env python3
"""People of the bureau at a running central server: who may see what, exports by two persons, revocation, the access log. A-8.2, A-8.6"""
import hashlib
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import CENTRAL, Model, RealBureau, Station, run  # noqa: E402

PEOPLE = {'02': ('李乙', 'leader', '一科'), '03': ('张丙', 'leader', '二科'), '04': ('赵丁', 'auditor', ''), '05': ('钱戊', 'administrator', ''), '06': ('孙己', 'reviewer', '一科')}


def bureau_with_people(folder):
    stand.real_bureau(folder)
    place = RealBureau.__new__(RealBureau)
    place.use(folder)
    for badge, (name, _, _) in PEOPLE.items():
        place.tool('issue', 'officer', '--name', name, '--badge', badge, '--key-passphrase-file', place.key_pass)


class Bureau(unittest.TestCase):
    """Practice packages at a practice system: two units, of which one has sent something."""

    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())
        self.package = self.place.package['package']
        station = Station(self.server, self.place.ca, self.place.pem)
        _, self.digest = station.send(self.package, self.place.zip)
        self.assertEqual(station.outcome(self.package, self.digest)[0], 200)
        self.station = station

    def let_in(self, name, role, unit):
        run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, name + '.crt'), '--role', role, *(('--unit', unit) if unit else ()))

    def person(self, name):
        pem = stand.pem_key(os.path.join(self.place.bureau, name + '.p12'), os.path.join(self.place.bureau, 'passphrase.txt'), os.path.join(self.place.folder, name + '.pem'))
        return Station(self.server, self.place.ca, pem)

    def get(self, who, path, status=200):
        code, headers, body = who.ask('GET', '/v1/bureau/' + path)
        self.assertEqual(code, status, body)
        return json.loads(body)

    def post(self, who, path, status, **body):
        code, _, answer = who.ask('POST', '/v1/bureau/' + path, {'Content-Type': 'application/json'}, json.dumps(body).encode())
        self.assertEqual(code, status, answer)
        return json.loads(answer)

    def test_each_sees_what_their_role_and_unit_may(self):
        first, second = self.person('officer1'), self.person('officer2')
        self.assertIn('nobody', self.get(first, 'me', 403)['why'])
        self.let_in('officer1', 'officer', '一科')
        self.let_in('officer2', 'officer', '二科')
        self.assertEqual(self.get(first, 'packages')['packages'], [])           # nobody has said whose the station is
        run(CENTRAL, 'unit', 'set', self.package[:5], '一科', '--config', self.place.config)
        self.assertEqual([one['package'] for one in self.get(first, 'packages')['packages']], [self.package])
        self.assertEqual([one['package'] for one in self.get(first, 'packages?number=' + self.package[:8])['packages']], [self.package])
        self.assertEqual(self.get(first, 'packages?number=ZZ')['packages'], [])
        self.assertEqual([one['package'] for one in self.get(first, 'packages?fingerprint=' + self.place.package['fingerprint'])['packages']], [self.package])
        self.assertEqual(self.get(first, 'packages?before=0')['packages'], [])
        self.assertEqual(self.get(second, 'packages')['packages'], [])           # another unit's is not there
        self.assertEqual(self.get(second, 'state')['stations'], [])
        self.assertEqual(self.get(first, 'state')['stations'][0]['packages'], 1)
        self.assertEqual(self.get(second, 'known?fingerprint=' + self.place.package['fingerprint'])['package'], self.package)      # that it is known is no secret to who holds it
        self.let_in('officer2', 'auditor', '')
        self.assertEqual(len(self.get(second, 'packages')['packages']), 1)
        self.let_in('officer2', 'administrator', '')
        self.assertEqual(self.get(second, 'packages')['packages'], [])
        self.assertEqual(self.get(second, 'state')['stations'][0]['unit'], '一科')
        # neither is let in where the other belongs
        self.assertEqual(self.station.ask('GET', '/v1/bureau/me')[0], 403)
        for method, path in (('GET', '/v1/log/checkpoint'), ('GET', '/v1/log/entries/0'), ('POST', '/v1/uploads')):
            self.assertEqual(first.tus(method, path)[0], 403)
        badge = self.get(first, 'me')['badge']
        run(CENTRAL, 'user', 'remove', badge, '--config', self.place.config)
        self.get(first, 'me', 403)
        listed = run(CENTRAL, 'user', 'list', '--config', self.place.config).stdout
        self.assertNotIn(badge, listed)
        self.assertIn('administrator', listed)

    def test_an_export_takes_two_persons(self):
        asker, leader = self.person('officer1'), self.person('officer2')
        run(CENTRAL, 'unit', 'set', self.package[:5], '一科', '--config', self.place.config)
        self.let_in('officer1', 'leader', '一科')                # a leader's own request, too, needs another
        self.let_in('officer2', 'leader', '二科')
        self.post(leader, 'exports', 404, zip_sha256=self.digest, reason='他科的证据')
        number = self.post(asker, 'exports', 201, zip_sha256=self.digest, reason='移送法院')['number']
        self.post(asker, f'exports/{number}/decision', 403, approve=True, why='')
        self.post(leader, f'exports/{number}/decision', 404, approve=True, why='')
        self.get(asker, f'exports/{number}/package', 403)
        self.let_in('officer2', 'leader', '一科')
        self.assertTrue(self.get(leader, 'exports')['exports'][0]['may_decide'])
        self.post(leader, f'exports/{number}/decision', 400, approve='true', why='一个词，不是决定')
        self.post(leader, f'exports/{number}/decision', 200, approve=True, why='同意')
        self.get(leader, f'exports/{number}/package', 403)
        code, headers, body = asker.ask('GET', f'/v1/bureau/exports/{number}/package')
        self.assertEqual((code, hashlib.sha256(body).hexdigest()), (200, self.digest))
        self.assertIn(self.package + '.zip', headers['content-disposition'])
        # every access stands in the chained log, by name
        self.server.stop()
        lines = stand.chained(os.path.join(self.place.home, 'state', 'access.log'))
        fetched = [line['body'] for line in lines if line['body'].get('path') == f'/v1/bureau/exports/{number}/package']
        self.assertEqual([(line['status'], line.get('person')) for line in fetched][-1], (200, '练习-0001'))
        self.assertEqual(sum(1 for line in fetched if line['status'] == 403), 2)
        changes = [line['body'] for line in lines if line['kind'] == 'op.central-people']
        self.assertEqual([one['act'] for one in changes], ['unit', 'add', 'add', 'add'])

    def test_a_body_that_its_store_cannot_give_is_cut_and_told(self):
        run(CENTRAL, 'unit', 'set', self.package[:5], '一科', '--config', self.place.config)
        asker, leader = self.person('officer1'), self.person('officer2')
        self.let_in('officer1', 'officer', '一科')
        self.let_in('officer2', 'leader', '一科')
        number = self.post(asker, 'exports', 201, zip_sha256=self.digest, reason='移送法院')['number']
        self.post(leader, f'exports/{number}/decision', 200, approve=True, why='')
        # the first store has lost it: the second has it
        for where, _, names in os.walk(os.path.join(self.place.home, 'store-a')):
            for name in names:
                if '.zip' in name:
                    os.chmod(where, 0o700)
                    os.remove(os.path.join(where, name))
        code, _, body = asker.ask('GET', f'/v1/bureau/exports/{number}/package')
        self.assertEqual((code, hashlib.sha256(body).hexdigest()), (200, self.digest))


class RealPeople(unittest.TestCase):
    def test_a_revoked_certificate_is_refused_at_once(self):
        model, _ = Model.of(bureau_with_people)
        place = RealBureau.__new__(RealBureau)
        place.use(stand.tempfile.mkdtemp(prefix='gz-central-'))
        stand.shutil.copytree(model, place.folder, dirs_exist_ok=True)
        self.addCleanup(place.remove)
        run(CENTRAL, 'init', place.home, '--bureau', place.ca_folder, '--host', 'localhost', '--address', '127.0.0.1', '--port', '0', '--ingest-passphrase-file', place.key_pass, '--tsa-root', place.ca)
        server = place.start()
        self.addCleanup(lambda: server.stop())
        people = os.path.join(place.ca_folder, 'station/people')
        stems = {badge: next(name[:-4] for name in sorted(os.listdir(people)) if badge in name and '.sign.' in name and name.endswith('.crt')) for badge in PEOPLE}
        for badge, (_, role, unit) in PEOPLE.items():
            run(CENTRAL, 'user', 'add', '--config', place.config, '--certificate', os.path.join(people, stems[badge] + '.crt'), '--role', role, *(('--unit', unit) if unit else ()))
        pem = stand.pem_key(os.path.join(people, stems['02'] + '.p12'), place.key_pass, os.path.join(place.folder, '02.pem'))
        person = Station(server, place.ca, pem)
        held = person.open()
        self.assertEqual(person.ask('GET', '/v1/bureau/me', connection=held)[0], 200)
        place.tool('revoke', '--badge', '02', '--reason', 'key-compromise')
        stand.shutil.copy(os.path.join(place.ca_folder, 'station/org.crl'), os.path.join(place.home, 'keys/org.crl'))
        code, _, body = person.ask('GET', '/v1/bureau/me', connection=held)      # the connection is the old one
        self.assertEqual(code, 403)
        self.assertIn('revoked', json.loads(body)['why'])


if __name__ == '__main__':
    unittest.main()
