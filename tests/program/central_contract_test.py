#!/usr/bin/env python3
"""Every path and every status of core/wire/openapi.json is met at a running server, and the server answers with no other."""
import base64
import datetime
import hashlib
import json
import os
import re
import sqlite3
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import CENTRAL, Station, checksum, run  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, '../../core/wire/openapi.json'), encoding='utf-8') as described:
    API = json.load(described)
METHODS = {'get', 'put', 'post', 'delete', 'options', 'head', 'patch'}
PIECE = 'application/offset+octet-stream'


def template_of(path):
    bare = path.split('?')[0]
    for template in API['paths']:
        if re.fullmatch(re.sub(r'\{[^}]*\}', '[^/]+', template), bare):
            return template
    return None


class CentralContract(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.seen = []
        self.server = None
        self.addCleanup(lambda: self.server.stop())
        self.stranger = os.path.join(self.place.folder, 'stranger.pem')
        run('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', self.stranger, '-out', self.stranger + '.crt', '-subj', '/CN=nobody')
        with open(self.stranger, 'a', encoding='utf-8') as out, open(self.stranger + '.crt', encoding='utf-8') as crt:
            out.write(crt.read())

    def start(self, **limits):
        """Anew, with these limits."""
        if self.server:
            self.server.stop()
            with open(self.place.config, encoding='utf-8') as file:
                plain = file.read().split('\n[limits]')[0]
            with open(self.place.config, 'w', encoding='utf-8') as out:
                out.write(plain)
        self.place.limit(**limits)
        self.server = self.place.start()
        self.station = Station(self.server, self.place.ca, self.place.pem, self.seen)
        self.station_id = self.place.package['package'][:5]
        self.nobody = Station(self.server, self.place.ca, None, self.seen)
        self.other = Station(self.server, self.place.ca, self.stranger, self.seen)

    def expect(self, status, answer):
        self.assertEqual(answer[0], status, answer)
        if status >= 400 and answer[2]:
            body = json.loads(answer[2])
            self.assertEqual(body['status'], status)
            self.assertTrue(body['error'])
        return answer

    def guarded(self):
        """One request for each operation that wants a certificate."""
        for path, methods in API['paths'].items():
            for method, operation in methods.items():
                if operation.get('security') != []:
                    yield method.upper(), path.replace('{id}', 'x').replace('{zip_sha256}', 'a' * 64).replace('{index}', '0').replace('{number}', '1')

    def who_may(self):
        for method, path in self.guarded():
            self.expect(401, self.nobody.tus(method, path))
            self.expect(403, self.other.tus(method, path))
        self.expect(200, self.nobody.ask('GET', '/healthz'))
        self.expect(200, self.nobody.ask('GET', '/readyz'))
        self.expect(403, self.nobody.ask('GET', '/metrics'))
        metrics = self.expect(200, self.station.ask('GET', '/metrics'))[2].decode()
        for line in metrics.splitlines():            # the text form, line by line
            self.assertRegex(line, r'^(# (HELP|TYPE) guzheng_\w+ .+|guzheng_\w+(\{(\w+="[^"\\]*",?)+\})? \d+)$')

    def uploads(self):
        package, data = self.place.package['package'], self.place.zip
        digest = hashlib.sha256(data).hexdigest()
        said = {'Upload-Length': str(len(data)), 'Upload-Metadata': stand.metadata(package, digest), 'Content-Length': '0'}
        self.expect(204, self.station.ask('OPTIONS', '/v1/uploads'))
        self.expect(412, self.station.ask('POST', '/v1/uploads', said))
        self.expect(400, self.station.tus('POST', '/v1/uploads', {**said, 'Upload-Length': 'x'}))
        self.expect(400, self.station.tus('POST', '/v1/uploads', {**said, 'Upload-Metadata': 'package !'}))
        self.expect(403, self.station.tus('POST', '/v1/uploads', {**said, 'Upload-Metadata': stand.metadata('LX-99-1', digest)}))
        self.expect(413, self.station.tus('POST', '/v1/uploads', {**said, 'Upload-Length': str((1 << 30) + 1)}))
        location = self.expect(201, self.station.tus('POST', '/v1/uploads', said))[1]['location']
        held = self.expect(201, self.station.tus('POST', '/v1/uploads', said))[1]['location']
        self.expect(429, self.station.tus('POST', '/v1/uploads', said))
        self.expect(404, self.station.tus('HEAD', '/v1/uploads/x'))
        self.expect(412, self.station.ask('HEAD', location))
        self.expect(200, self.station.tus('HEAD', location))
        for status, offset, piece, more in ((400, 'x', b'x', {}), (400, 0, b'x', {'Upload_Checksum': 'md5 eA=='}), (409, 7, b'x', {}), (413, 0, data + b'x', {}), (460, 0, data, {'Upload_Checksum': checksum(b'x')})):
            self.expect(status, self.station.patch(location, offset, piece, **more))
        self.expect(404, self.station.patch('/v1/uploads/x', 0, b'x'))
        self.expect(415, self.station.tus('PATCH', location, {'Upload-Offset': '0', 'Content-Type': 'text/plain'}, b'x'))
        self.expect(412, self.station.ask('PATCH', location, {'Upload-Offset': '0', 'Content-Type': PIECE}, b'x'))
        self.locked(held)
        self.expect(412, self.station.ask('DELETE', held))
        while self.station.tus('DELETE', held)[0] == 423:        # the request that was cut may still hold it
            pass
        self.expect(404, self.station.tus('DELETE', held))
        self.receipts(location, package, data, digest)

    def locked(self, location):
        """Two requests at once; one too slow."""
        raw = self.station.raw()
        raw.sendall(f'PATCH {location} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nContent-Type: {PIECE}\r\nUpload-Offset: 0\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n'.encode())
        self.assertIn(b'100 Continue', raw.recv(1000))
        self.expect(423, self.station.patch(location, 0, b'x'))
        self.expect(423, self.station.tus('DELETE', location))
        answer = raw.recv(4000)
        self.assertTrue(answer.startswith(b'HTTP/1.1 408'), answer)
        self.seen.append(('PATCH', location, 408))
        raw.close()

    def receipts(self, location, package, data, digest):
        address = f'/v1/packages/{package}/receipts/{digest}'
        self.expect(404, self.station.ask('GET', '/v1/log/checkpoint'))
        self.expect(404, self.station.ask('GET', address))
        # a second store that is away decides nothing: the package waits
        objects = os.path.join(self.place.home, 'store-b/objects')
        os.rename(objects, objects + '.away')
        with open(objects, 'w', encoding='utf-8'):
            pass
        self.expect(204, self.station.patch(location, 0, data))
        self.expect(202, self.station.ask('GET', address))
        os.remove(objects)
        os.rename(objects + '.away', objects)
        self.assertEqual(self.station.outcome(package, digest)[0], 200)
        self.expect(404, self.station.ask('GET', f'/v1/packages/{package}x/receipts/{digest}'))
        damaged = bytearray(data)
        damaged[-100] ^= 1
        _, bad = self.station.send(package, bytes(damaged))
        self.assertEqual(self.station.outcome(package, bad)[0], 422)
        self.expect(200, self.station.ask('GET', '/v1/log/checkpoint'))
        self.expect(200, self.station.ask('GET', '/v1/log/entries/0'))
        self.expect(400, self.station.ask('GET', '/v1/log/entries/x'))
        self.expect(404, self.station.ask('GET', '/v1/log/entries/1'))
        self.expect(200, self.station.ask('GET', '/v1/log/proof?index=0'))
        self.expect(200, self.station.ask('GET', '/v1/log/proof?first=0&second=1'))
        self.expect(400, self.station.ask('GET', '/v1/log/proof?first=0'))
        self.expect(404, self.station.ask('GET', '/v1/log/proof?first=1&second=2'))
        self.expect(404, self.station.ask('GET', '/v1/log/proof?index=1'))

    def no_unit(self):
        for method in ('GET', 'POST'):
            self.assertEqual(json.loads(self.expect(403, self.station.ask(method, '/v1/records'))[2])['error'], 'no-unit')

    def people(self):
        """What people are answered; who may what is bureau_test.py's matter."""
        package, data = self.place.package, self.place.zip
        digest = hashlib.sha256(data).hexdigest()
        run(CENTRAL, 'unit', 'set', package['package'][:5], '练习单位', '--config', self.place.config)
        for name, role in (('officer1', 'officer'), ('officer2', 'leader')):
            run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, name + '.crt'), '--role', role, '--unit', '练习单位')
        pem = [stand.pem_key(os.path.join(self.place.bureau, name + '.p12'), os.path.join(self.place.bureau, 'passphrase.txt'), os.path.join(self.place.folder, name + '.pem')) for name in ('officer1', 'officer2')]
        self.person, leader = (Station(self.server, self.place.ca, one, self.seen) for one in pem)
        bureau = '/v1/bureau/'
        said = {'Content-Type': 'application/json'}

        def post(who, path, body):
            return who.ask('POST', bureau + path, said, json.dumps(body).encode())

        for path in ('me', 'state', 'packages', 'packages?number=' + package['package'], 'exports', f'known?zip_sha256={digest}', 'known?fingerprint=' + package['fingerprint']):
            self.expect(200, self.person.ask('GET', bureau + path))
        for path in ('packages?number=x', 'packages?nothing=1', 'known', 'known?fingerprint=ab'):
            self.expect(400, self.person.ask('GET', bureau + path))
        self.expect(404, self.person.ask('GET', bureau + 'known?fingerprint=' + 'b' * 64))
        asked = {'zip_sha256': digest, 'reason': '移送法院'}
        self.expect(400, self.person.ask('POST', bureau + 'exports', {'Content-Type': 'text/plain'}, json.dumps(asked).encode()))
        self.expect(400, post(self.person, 'exports', {**asked, 'reason': ' '}))
        self.expect(404, post(self.person, 'exports', {**asked, 'zip_sha256': 'b' * 64}))
        self.expect(413, post(self.person, 'exports', {**asked, 'reason': 'x' * 9000}))
        number = json.loads(self.expect(201, post(self.person, 'exports', asked))[2])['number']
        self.expect(409, post(self.person, 'exports', asked))
        decision = f'exports/{number}/decision'
        self.expect(403, self.person.ask('GET', f'{bureau}exports/{number}/package'))
        self.expect(403, post(self.person, decision, {'approve': True, 'why': ''}))
        self.expect(400, post(leader, decision, {'approve': False, 'why': ''}))
        self.expect(404, post(leader, 'exports/77/decision', {'approve': True, 'why': ''}))
        self.expect(413, post(leader, decision, {'approve': True, 'why': 'x' * 9000}))
        self.expect(200, post(leader, decision, {'approve': True, 'why': ''}))
        self.expect(409, post(leader, decision, {'approve': True, 'why': ''}))
        self.assertEqual(self.expect(200, self.person.ask('GET', f'{bureau}exports/{number}/package'))[2], data)
        self.expect(404, self.person.ask('GET', bureau + 'exports/77/package'))
        # retention: longer by one, shorter by two
        wanted = {'kind': 'case', 'reason': '诉讼中', 'until': '2039-12-31', 'zip_sha256': digest}
        self.expect(400, post(self.person, 'retention', {**wanted, 'until': '2039-13-31'}))
        self.expect(400, post(self.person, 'retention', {**wanted, 'reason': ' '}))
        self.expect(404, post(self.person, 'retention', {**wanted, 'zip_sha256': 'b' * 64}))
        self.expect(413, post(self.person, 'retention', {**wanted, 'reason': 'x' * 9000}))
        self.assertEqual(json.loads(self.expect(201, post(self.person, 'retention', wanted))[2])['state'], 'lengthened')
        self.expect(403, post(self.person, 'retention', {**wanted, 'kind': 'automatic', 'until': (datetime.date.today() + datetime.timedelta(60)).isoformat()}))
        shorter = json.loads(self.expect(201, post(self.person, 'retention', {**wanted, 'until': '2036-12-31'}))[2])
        self.assertEqual((shorter['state'], shorter['before']['until'][:10]), ('asked', '2040-01-01'))
        self.expect(409, post(self.person, 'retention', {**wanted, 'until': '2037-12-31'}))
        kept = f"retention/{shorter['number']}/decision"
        self.expect(403, post(self.person, kept, {'approve': True, 'why': ''}))
        self.expect(400, post(leader, kept, {'approve': False, 'why': ''}))
        self.expect(404, post(leader, 'retention/77/decision', {'approve': True, 'why': ''}))
        self.expect(413, post(leader, kept, {'approve': True, 'why': 'x' * 9000}))
        self.expect(200, post(leader, kept, {'approve': True, 'why': ''}))
        self.expect(409, post(leader, kept, {'approve': True, 'why': ''}))
        self.assertEqual([one['state'] for one in json.loads(self.expect(200, self.person.ask('GET', bureau + 'retention'))[2])['requests']], ['approved', 'lengthened'])
        row = json.loads(self.person.ask('GET', bureau + 'packages')[2])['packages'][0]
        self.assertEqual((row['plan']['kind'], row['plan']['until'][:10]), ('case', '2037-01-01'))
        acts = [line['body']['act'] for line in stand.chained(os.path.join(self.place.home, 'state/access.log')) if line['kind'] == 'op.central-retention']
        self.assertEqual(acts, ['lengthened', 'asked', 'approved'])
        self.access(pem[1])
        for path in ('exports', decision, 'retention', kept):
            raw = self.person.raw()
            raw.sendall(f'POST {bureau}{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n'.encode())
            answer = raw.recv(4000)
            self.assertTrue(answer.startswith(b'HTTP/1.1 408'), answer)
            self.seen.append(('POST', bureau + path, 408))
            raw.close()
        for path in ('/', '/page/page.css', '/page/package.js'):
            headers = self.expect(200, self.nobody.ask('GET', path))[1]
            self.assertIn("default-src 'none'", headers['content-security-policy'])
        self.expect(404, self.nobody.ask('GET', '/page/other'))

    def access(self, pem):
        """The access log is an auditor's to read; the leader becomes one for that."""
        self.expect(403, self.person.ask('GET', '/v1/bureau/access'))
        run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, 'officer2.crt'), '--role', 'auditor')
        auditor = Station(self.server, self.place.ca, pem, self.seen)
        while len(stand.chained(os.path.join(self.place.home, 'state/access.log'))) <= 110:      # refusals of one address are listed sixty times a minute at most: how many lines there are is a matter of speed
            self.person.ask('GET', '/v1/bureau/me')
        seen, before = [], ''
        while True:
            page = json.loads(self.expect(200, auditor.ask('GET', '/v1/bureau/access' + before))[2])
            self.assertEqual(page['problem'], '')
            seen += [line['number'] for line in page['lines']]
            if page['next'] == 0:
                break
            before = f"?before={page['next']}"
        self.assertEqual(seen, list(range(seen[0], -1, -1)))
        self.assertGreater(len(seen), 100)
        acts = json.loads(self.expect(200, auditor.ask('GET', '/v1/bureau/access?kind=op.central-retention'))[2])['lines']
        self.assertEqual([line['body']['act'] for line in acts], ['approved', 'asked', 'lengthened'])
        mine = json.loads(self.expect(200, auditor.ask('GET', f"/v1/bureau/access?who={acts[0]['body']['by'].encode().hex()}&day={acts[0]['at'][:10]}"))[2])['lines']
        self.assertTrue(mine and all(acts[0]['body']['by'] in (line['body'].get('person'), line['body'].get('by')) for line in mine))
        for question in ('?nothing=1', '?before=1', '?who=LX-03', '?before=x', '?day=today', '?kind='):
            self.expect(400, auditor.ask('GET', '/v1/bureau/access' + question))
        run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, 'officer2.crt'), '--role', 'leader', '--unit', '练习单位')

    def subjects(self):
        """A-5.2a on the server: what stations told, found as a desk finds it, by whom it concerns."""
        coded = stand.coded

        def tell(*what, **body):
            stand.tell_subject(self.place.home, *what, **body)

        def found(who, query, path='/v1/subjects'):
            while True:
                answer = json.loads(self.expect(200, who.ask('GET', f'{path}?{query}'))[2])
                if answer['behind'] == 0:
                    return answer
                threading.Event().wait(0.1)

        def names(answer):
            return [one['name'] for one in answer['subjects']]

        tell('s1', '练习单位', name='杭州甲商店（练习）', credit_code='91330106MA0000001X')
        tell('s2', '练习单位', name='宁波乙商店（练习）', kind='sole-trader', region='330203')
        tell('s3', '别的单位', name='杭州丙商店（练习）')
        for who, path in ((self.station, '/v1/subjects'), (self.person, '/v1/bureau/subjects')):
            self.assertEqual(names(found(who, 'q=' + coded('商店'), path)), ['杭州甲商店（练习）', '宁波乙商店（练习）'])
            self.assertEqual(names(found(who, 'q=' + coded('杭州 9133'), path)), ['杭州甲商店（练习）'])
            self.assertEqual(names(found(who, 'q=' + coded('网店') + '&region=3302&kind=sole-trader&state=open&order=newest', path)), ['宁波乙商店（练习）'])
            for query in ('q=~', 'q=' + base64.urlsafe_b64encode(b'\xff\xff').decode().rstrip('='), 'region=1', 'kind=shop', 'state=x', 'order=best', 'after=x', 'limit=0', 'limit=1000', 'more=1', 'q=' + coded('，。')):
                self.expect(400, who.ask('GET', f'{path}?{query}'))
        page = found(self.station, 'limit=1')
        self.assertEqual((page['count'], page['more'], page['capped']), (2, True, False))
        self.assertEqual(names(found(self.station, f'limit=1&after={page["next"]}')), ['宁波乙商店（练习）'])
        tell('s1', '练习单位', name='温州甲商店（练习）')
        tell('s2', '练习单位', gone=1, name='宁波乙商店（练习）')
        self.assertEqual(names(found(self.station, '')), ['温州甲商店（练习）'])
        self.assertEqual(found(self.station, 'q=' + coded('杭州'))['count'], 0)
        metrics = self.station.ask('GET', '/metrics')[2].decode()
        self.assertIn('guzheng_search_subjects 2\n', metrics)
        self.assertIn('guzheng_search_behind 0\n', metrics)

    def send_raw(self, who, path, length, body=b''):
        """A body of that length is announced; so much of it comes. Nothing: it is waited for later, with all others of its kind (`late`)."""
        raw = who.raw()
        raw.sendall(f'POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n'.encode() + body)
        if not body:
            self.late.append((raw, path))
            return
        self.assertEqual(self.status_of(raw, path), 413)

    def status_of(self, raw, path):
        status = int(raw.recv(4000).split()[1])
        self.seen.append(('POST', path, status))
        raw.close()
        return status

    def triggers(self):
        """A-AnC: what is answered; what it means is central_trigger_test.py's matter."""
        unit, keys = '练习单位', [os.path.join(self.place.folder, name + '.pem') for name in ('officer1', 'officer2')]
        self.officer, self.leader = (Station(self.server, self.place.ca, one, self.seen) for one in keys)
        script, self.late = {'schema': 'guzheng-script/1', 'name': '示例', 'steps': []}, []

        def order(key=keys[0], **more):
            return stand.signed_order(key, unit, self.place.folder, script, **more)

        def post(who, path, body, kind='application/json'):
            return who.ask('POST', path, {'Content-Type': kind}, body if isinstance(body, bytes) else json.dumps(body).encode())

        for who, path in ((self.station, '/v1/triggers'), (self.leader, '/v1/bureau/triggers')):
            signed = order()
            self.expect(400, post(who, path, signed, 'text/plain'))
            self.expect(400, post(who, path, {}))
            self.expect(403, post(who, path, stand.signed_order(keys[0], '别的单位', self.place.folder, script)))
            number = json.loads(self.expect(201, post(who, path, signed))[2])['number']
            self.assertEqual(json.loads(self.expect(201, post(who, path, signed))[2])['number'], number)
            self.expect(409, post(who, path, order(id=json.loads(json.loads(signed)['order'])['id'])))
            self.expect(200, who.ask('GET', path))
            self.expect(200, who.ask('GET', path + '?before=1'))
            self.expect(400, who.ask('GET', path + '?before=x'))
            self.send_raw(who, path, 4 << 20, b'x' * ((3 << 20) + 1))
            self.send_raw(who, path, 100)
        self.one_order(post, number)
        self.work(post)
        self.inbox(post)
        for raw, path in self.late:
            self.assertEqual(self.status_of(raw, path), 408)

    def one_order(self, post, number):
        path = f'/v1/bureau/triggers/{number}'
        self.expect(200, self.officer.ask('GET', path))
        self.expect(404, self.officer.ask('GET', '/v1/bureau/triggers/77'))
        withdrawal = path + '/withdrawal'
        self.expect(400, post(self.officer, withdrawal, {'why': ' '}))
        self.expect(404, post(self.officer, '/v1/bureau/triggers/77/withdrawal', {'why': '误报'}))
        self.expect(200, post(self.leader, withdrawal, {'why': '误报'}))
        self.expect(409, post(self.leader, withdrawal, {'why': '误报'}))
        self.send_raw(self.officer, withdrawal, 9000, b'x' * 9000)
        self.send_raw(self.officer, withdrawal, 100)

    def work(self, post):
        phone = {'kind': '', 'node': '', 'serial': 'phone-1'}
        self.expect(400, post(self.station, '/v1/work', {}))
        run(CENTRAL, 'unit', 'set', self.station_id, '别的单位', '--config', self.place.config)
        self.expect(204, post(self.station, '/v1/work', phone))
        run(CENTRAL, 'unit', 'set', self.station_id, '练习单位', '--config', self.place.config)
        work = json.loads(self.expect(200, post(self.station, '/v1/work', phone))[2])
        lease, outcome = (f'/v1/work/{work["number"]}/{what}' for what in ('lease', 'outcome'))
        self.expect(204, post(self.station, '/v1/work', phone))
        self.expect(400, post(self.station, lease, {}))
        self.expect(404, post(self.station, '/v1/work/77/lease', {'lease': work['lease']}))
        self.expect(409, post(self.station, lease, {'lease': 'x'}))
        self.expect(200, post(self.station, lease, {'lease': work['lease']}))
        done = {'lease': work['lease'], 'package': self.station_id + '-x', 'result': 'captured', 'why': ''}
        self.expect(400, post(self.station, outcome, {**done, 'result': 'perhaps'}))
        self.expect(400, post(self.station, outcome, {**done, 'package': 'LX-99-x'}))
        self.expect(404, post(self.station, '/v1/work/77/outcome', done))
        self.expect(200, post(self.station, outcome, done))
        self.expect(409, post(self.station, outcome, {**done, 'package': self.station_id + '-y'}))
        for path in ('/v1/work', lease, outcome):
            self.send_raw(self.station, path, 9000, b'x' * 9000)
            self.send_raw(self.station, path, 100)

    def inbox(self, post):
        path = '/v1/bureau/reviews'
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite'), timeout=30) as database:      # as if it had come
            database.execute("INSERT INTO automatic_capture VALUES('AA-01-1', ?, 'f', 1, 2, 'refused', 1, 'x', 'y', 'z', '', '', 0, 0)", (self.station_id,))
        for query in ('', '?state=refused', '?before=5'):
            self.assertEqual(len(json.loads(self.expect(200, self.officer.ask('GET', path + query))[2])['captures']), 1)
        self.expect(400, self.officer.ask('GET', path + '?state=x'))
        case = path + '/AA-01-1/case'
        self.expect(404, post(self.officer, path + '/AA-01-2/case', {'case': '1'}))
        self.expect(400, post(self.officer, case, {'case': ' '}))
        self.expect(200, post(self.officer, case, {'case': '市监立〔2026〕1 号'}))
        self.expect(409, post(self.officer, case, {'case': '市监立〔2026〕2 号'}))
        self.send_raw(self.officer, case, 9000, b'x' * 9000)
        self.send_raw(self.officer, case, 100)

    def heads(self):
        """A-7.3d: told once, told again, told otherwise, asked for."""
        package = self.place.package['package']
        path = f'/v1/packages/{package}/heads'
        def report(**more):
            said = {'format': 1, 'head': 'a' * 64, 'late': False, 'package': package, 'seq': 7, 'taken_at': '2026-11-27T14:00:00.000+08:00', **more}
            return json.dumps(said, separators=(',', ':'), sort_keys=True).encode()
        self.expect(404, self.station.ask('GET', path))
        first = self.expect(200, self.station.ask('POST', path, body=report()))[2]
        self.assertEqual(self.expect(200, self.station.ask('POST', path, body=report(late=True)))[2], first)      # the first statement stands
        self.assertIn('another', json.loads(self.expect(409, self.station.ask('POST', path, body=report(head='b' * 64)))[2])['error'])
        for body in (b'', b'{}', report(seq=-1), report(head='A' * 64), report(taken_at='now'), report(more=1), report() + b' ', report(package='LX-99-1')):
            self.expect(400, self.station.ask('POST', path, body=body))
        self.expect(403, self.station.ask('POST', '/v1/packages/LX-99-1/heads', body=report(package='LX-99-1')))
        self.expect(413, self.station.ask('POST', path, body=b'x' * 5000))
        listed = json.loads(self.expect(200, self.station.ask('GET', path))[2])
        self.assertEqual(listed, {'heads': [json.loads(first)], 'more': False})
        self.assertEqual(json.loads(self.expect(200, self.station.ask('GET', path + '?after=7'))[2]), {'heads': [], 'more': False})
        self.expect(400, self.station.ask('GET', path + '?after=x'))
        raw = self.station.raw()
        raw.sendall(f'POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n'.encode())
        answer = raw.recv(4000)
        self.assertTrue(answer.startswith(b'HTTP/1.1 408'), answer)
        self.seen.append(('POST', path, 408))
        raw.close()

    def records(self):
        """What stations keep in common: told, told again, told to an older version, refused, asked for."""
        path = '/v1/records'
        def batch(**more):
            change = {'base': 0, 'body': {'name': '甲'}, 'change': 'a' * 32, 'gone': False, 'id': 's1', 'kind': 'subject', 'made_ms': 1, 'person': '王甲 执法-01', **more}
            return json.dumps({'changes': [change], 'format': 1}, separators=(',', ':'), sort_keys=True, ensure_ascii=False).encode()
        def outcome(body):
            return json.loads(self.expect(200, self.station.ask('POST', path, body=body))[2])['outcomes'][0]
        first = outcome(batch())
        self.assertEqual((first['outcome'], first['version']), ('taken', 1))
        self.assertEqual(outcome(batch()), first)
        self.assertEqual(outcome(batch(change='b' * 32, base=1, body={'name': '乙'}))['version'], 2)
        conflict = outcome(batch(change='c' * 32, base=1, body={'name': '丙'}))
        self.assertEqual((conflict['outcome'], conflict['record']['version'], conflict['record']['body']), ('conflict', 2, {'name': '乙'}))
        self.assertEqual(outcome(batch(change='d' * 32, base=9))['error'], 'base')
        for body in (b'', b'{}', batch(kind='x'), batch(id='../x'), batch() + b' ', batch(more=1)):
            self.expect(400, self.station.ask('POST', path, body=body))
        self.expect(413, self.station.ask('POST', path, body=b'x' * (1 << 20) + b'x'))
        page = json.loads(self.expect(200, self.station.ask('GET', path + '?since=0&kinds=subject.tag&limit=10'))[2])
        self.assertEqual([(record['id'], record['version']) for record in page['records']], [('s1', 2)])
        self.assertEqual(json.loads(self.expect(200, self.station.ask('GET', f'{path}?since={page["since"]}'))[2])['records'], [])
        for query in ('since=x', 'limit=0', 'limit=501', 'kinds=subject.', 'kinds=', 'more=1'):
            self.expect(400, self.station.ask('GET', f'{path}?{query}'))
        refused = [line['body'] for line in stand.chained(os.path.join(self.place.home, 'state/access.log')) if line['kind'] == 'op.central-record-refused']
        self.assertEqual([(line['error'], line['id']) for line in refused], [('base', 's1')])
        raw = self.station.raw()
        raw.sendall(f'POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n'.encode())
        answer = raw.recv(4000)
        self.assertTrue(answer.startswith(b'HTTP/1.1 408'), answer)
        self.seen.append(('POST', path, 408))
        raw.close()

    def troubles(self):
        """A database that has lost its tables: not now, and nothing is refused for it."""
        package, digest = self.place.package['package'], 'a' * 64
        tables = ('person', 'capture_order', 'upload', 'received', 'log_entry', 'log_checkpoint', 'journal_head', 'station_unit', 'record')
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite'), timeout=30) as database:
            for table in tables:
                database.execute(f'ALTER TABLE {table} RENAME TO {table}_away')
        self.expect(503, self.station.tus('POST', '/v1/uploads', {'Upload-Length': '1', 'Upload-Metadata': stand.metadata(package, digest), 'Content-Length': '0'}))
        self.expect(503, self.station.tus('HEAD', '/v1/uploads/x'))
        self.expect(503, self.station.tus('DELETE', '/v1/uploads/x'))
        self.expect(503, self.station.patch('/v1/uploads/x', 0, b'x'))
        said = {'format': 1, 'head': 'a' * 64, 'late': False, 'package': package, 'seq': 8, 'taken_at': '2026-11-27T14:00:00.000+08:00'}
        self.expect(503, self.station.ask('POST', f'/v1/packages/{package}/heads', body=json.dumps(said, separators=(',', ':'), sort_keys=True).encode()))
        told = b'{"changes":[{"base":0,"body":{},"change":"' + b'e' * 32 + b'","gone":false,"id":"s2","kind":"subject","made_ms":1,"person":"x"}],"format":1}'
        self.expect(503, self.station.ask('POST', '/v1/records', body=told))
        for path in ('/v1/records', f'/v1/packages/{package}/receipts/{digest}', f'/v1/packages/{package}/heads', '/v1/log/checkpoint', '/v1/log/entries/0', '/v1/log/proof?index=0', '/v1/subjects'):
            headers = self.expect(503, self.station.ask('GET', path))[1]
            self.assertTrue(headers['retry-after'])
        script = {'schema': 'guzheng-script/1', 'name': '示例', 'steps': []}
        signed = stand.signed_order(os.path.join(self.place.folder, 'officer1.pem'), '练习单位', self.place.folder, script)
        for path, body in (('triggers', signed), ('work', {'kind': '', 'node': '', 'serial': ''}), ('work/1/lease', {'lease': 'x'}), ('work/1/outcome', {'lease': 'x', 'package': '', 'result': 'failed', 'why': 'x'})):
            self.expect(503, self.station.ask('POST', '/v1/' + path, {'Content-Type': 'application/json'}, body if isinstance(body, bytes) else json.dumps(body).encode()))
        self.expect(503, self.station.ask('GET', '/v1/triggers'))
        for method, path in self.guarded():
            if path.startswith('/v1/bureau/'):
                self.expect(503, self.person.ask(method, path))
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite'), timeout=30) as database:
            for table in tables:
                database.execute(f'ALTER TABLE {table}_away RENAME TO {table}')
        self.expect(200, self.station.ask('GET', '/v1/log/checkpoint'))
        staging = os.path.join(self.place.home, 'store-b/staging')
        os.rename(staging, staging + '.away')
        self.assertIn('the second store', json.loads(self.expect(503, self.nobody.ask('GET', '/readyz'))[2])['why'])
        os.rename(staging + '.away', staging)
        self.expect(200, self.nobody.ask('GET', '/readyz'))

    def too_often(self):
        self.start(requests_per_second=1)
        every = list(self.guarded()) + [('GET', '/healthz'), ('GET', '/readyz'), ('GET', '/metrics'), ('GET', '/'), ('GET', '/page/page.css')]
        for method, path in every:
            while self.station.tus(method, path)[0] != 429:
                pass

    def anywhere(self):
        self.start(header_seconds=5)
        met = {self.station.ask('GET', path)[0] for path in ('/nowhere', '/%41')} | {self.station.ask('PUT', '/healthz')[0], self.station.ask('GET', '/healthz', {'X': 'x' * 20000})[0]}
        raw = self.station.raw()
        raw.sendall(b'GET')
        met.add(int(raw.recv(1000).split()[1]))
        raw.close()
        self.assertEqual({str(status) for status in met}, set(API['x-on-any-path']))

    def test_every_path_and_status(self):
        with open(self.place.config, encoding='utf-8') as file:
            text = file.read()
        with open(self.place.config, 'w', encoding='utf-8') as out:
            out.write(text.replace('port = 0\n', 'port = 0\nmetrics_from = ["192.0.2.1"]\n'))
        self.start(open_uploads=2, upload_gib=1, body_seconds=5)
        self.who_may()
        self.uploads()
        self.expect(403, self.station.ask('GET', '/v1/subjects'))    # nobody has said whose station it is
        self.no_unit()
        self.people()
        self.records()
        self.subjects()          # after records: s1 is there then
        self.triggers()
        self.heads()
        self.troubles()
        self.too_often()
        wanted = {(method.upper(), path, int(status)) for path, methods in API['paths'].items() for method, operation in methods.items() for status in operation['responses']}
        met = {(method, template_of(path), status) for method, path, status in self.seen}
        self.assertEqual(met - wanted, set())        # the server answers as described
        self.assertEqual(wanted - met, set())        # and nothing is described that it does not do
        self.anywhere()
        self.assertFalse([line for line in self.server.lines if line['level'] == 'error'])


if __name__ == '__main__':
    unittest.main()
