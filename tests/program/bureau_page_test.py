#!/usr/bin/env python3
"""The page for the bureau in a real Chromium: state, search, whether a dropped package is known and unchanged, exports by two persons. A-8.2, A-8.6

Chromium takes client certificates from a store of the whole machine; here a relay on loopback shows the person's certificate in its place. Pictures go to GUZHENG_PICTURES where it is set."""
import os
import shutil
import socket
import sqlite3
import ssl
import sys
import threading
import unittest
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import central_stand as stand  # noqa: E402
from central_stand import CENTRAL, EVIDENCE, Station, run  # noqa: E402
from webdriver import Chromium  # noqa: E402

PICTURES = os.environ.get('GUZHENG_PICTURES')
LARGE = (4 if os.environ.get('GUZHENG_LONG') else 1) << 30
MEMORY_KIB = 200 << 10


class Relay:
    """Plain HTTP on loopback in front of the server, with somebody's certificate."""

    def __init__(self, server, ca, pem):
        self.server = server
        self.context = ssl.create_default_context(cafile=ca)
        if pem:
            self.context.load_cert_chain(pem)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.url = f'http://127.0.0.1:{self.listener.getsockname()[1]}/'
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            far = self.context.wrap_socket(socket.create_connection(('localhost', self.server.port)), server_hostname='localhost')
        except OSError:
            return client.close()
        threading.Thread(target=stand.pump, args=(far, client), daemon=True).start()
        stand.pump(client, far)


class BureauPage(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.server = self.place.start()
        self.addCleanup(lambda: self.server.stop())
        self.package = self.place.package['package']
        station = Station(self.server, self.place.ca, self.place.pem)
        _, digest = station.send(self.package, self.place.zip)
        self.assertEqual(station.outcome(self.package, digest)[0], 200)
        run(CENTRAL, 'unit', 'set', self.package[:5], '网络交易监督管理科', '--config', self.place.config)
        for name, role in (('officer1', 'officer'), ('officer2', 'leader')):
            run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, name + '.crt'), '--role', role, '--unit', '网络交易监督管理科')
        self.export_it()

    def export_it(self):
        """A plain export of the package, as an officer hands it over; one that was changed; one with a file too many; one of which a file is gone."""
        desk = os.path.join(self.place.folder, 'desk')
        shutil.copytree(self.place.bureau, os.path.join(desk, 'bureau'))
        made = os.path.dirname(self.place.bureau)
        bag = os.path.join(self.place.folder, self.package)
        for name in os.listdir(made):
            if name == self.package or name.startswith(self.package + '.'):
                run('cp', '-a', os.path.join(made, name), self.place.folder)
        self.zip = os.path.join(self.place.folder, 'export.zip')
        run(EVIDENCE, 'export', bag, '-o', self.zip, '--desk', desk, '--reason', '移送', '--lang', 'en')
        self.names = zipfile.ZipFile(self.zip).namelist()
        self.shot = next(name for name in self.names if name.endswith('shot-0001.png'))
        self.changed = os.path.join(self.place.folder, 'changed.zip')
        with open(self.zip, 'rb') as source:
            data = bytearray(source.read())
        data[data.index(self.shot.encode()) + len(self.shot) + 200] ^= 1
        with open(self.changed, 'wb') as out:
            out.write(data)
        self.more, self.less = (os.path.join(self.place.folder, name) for name in ('more.zip', 'less.zip'))
        with zipfile.ZipFile(self.zip) as source, zipfile.ZipFile(self.more, 'w') as more, zipfile.ZipFile(self.less, 'w') as less:
            for name in self.names:
                more.writestr(name, source.read(name))
                if name != self.shot:
                    less.writestr(name, source.read(name))
            more.writestr(f'{self.package}/data/main/shot-0009.png', b'x')

    def browser(self, officer, **more):
        pem = officer and stand.pem_key(os.path.join(self.place.bureau, officer + '.p12'), os.path.join(self.place.bureau, 'passphrase.txt'), os.path.join(self.place.folder, officer + '.pem'))
        relay = Relay(self.server, self.place.ca, pem)
        self.addCleanup(relay.listener.close)
        page = Chromium(**more)
        self.addCleanup(page.close)
        page.go(relay.url)
        return page

    def picture(self, page, name):
        if PICTURES:
            os.makedirs(PICTURES, exist_ok=True)
            page.screenshot(os.path.join(PICTURES, name + '.png'))

    def drop(self, page, path, title):
        page.run('document.getElementById("verdict").hidden = true; document.getElementById("file").value = ""')
        page.type('#file', path)
        page.wait(lambda: not page.run('return document.getElementById("verdict").hidden'), 600)
        self.assertIn(title, page.text('#verdict h3'))
        return page.text('#verdict')

    def test_as_an_officer_uses_it(self):
        page = self.browser('officer1')
        page.wait_text('#cards', '已收到的证据包')
        self.assertIn('练习员甲 · 执法人员 · 网络交易监督管理科', page.text('#person'))
        self.assertIn(self.package[:5], page.text('#stations'))
        self.assertIn('Size: 1', page.text('#checkpoint'))
        self.picture(page, 'page-state')
        page.click('#tab-find')
        page.wait_text('#packages', self.package)
        page.type('#number', 'ZZ')
        page.click('#question button')
        page.wait_text('#packages', '没有这样的证据包')
        page.clear('#number')
        page.type('#number', self.package[:8].lower())
        page.click('#question button')
        page.wait_text('#packages', self.place.package['fingerprint'])
        self.picture(page, 'page-find')

        page.click('#tab-check')
        self.assertIn(self.place.package['fingerprint'], self.drop(page, self.zip, '没有改动'))
        self.picture(page, 'page-check-good')
        said = self.drop(page, self.changed, '已被改动')
        self.assertIn('内容被改动：' + self.shot.split('/', 1)[1], said)
        self.assertIn('它的封签本系统收到过', said)
        self.picture(page, 'page-check-changed')
        self.assertIn('多出，不在封签之内', self.drop(page, self.more, '已被改动'))
        self.assertIn('缺少：' + self.shot.split('/', 1)[1], self.drop(page, self.less, '已被改动'))
        self.drop(page, self.place.package['zip'], '收到过这个文件')
        cut = os.path.join(self.place.folder, 'cut.zip')
        with open(self.zip, 'rb') as source, open(cut, 'wb') as out:
            out.write(source.read()[:-40])
        self.drop(page, cut, '不是证据包，或文件不完整')
        self.drop(page, self.place.ca, '不是证据包')
        self.drop(page, self.place.another['zip'], '没有收到过这个文件')

        # asked with a reason; who asked cannot approve; a leader of the unit does
        page.click('#tab-find')
        page.wait_text('#packages', self.package)
        page.click('#packages td button')
        page.wait(lambda: page.run('return document.getElementById("reason").open'))
        page.type('#reason_text', '移送法院，案号（练习）1 号')
        self.picture(page, 'page-ask')
        page.click('#reason_ok')
        page.wait_text('#requests', '待批准')
        self.assertEqual(page.run('return document.querySelectorAll("#requests td button").length'), 0)
        leader = self.browser('officer2')
        leader.wait_text('#cards', '已收到的证据包')
        leader.click('#tab-exports')
        leader.wait_text('#requests', '移送法院')
        self.picture(leader, 'page-exports')
        leader.click('#requests button.main')
        leader.wait_text('#requests', '已批准')
        page.click('#tab-exports')
        page.wait_text('#requests', '下载')
        got = page.ask('POST', '/execute/async', {'script': '''const done = arguments[0];
            fetch(`/v1/bureau/exports/1/package`).then((a) => a.blob()).then((b) => gzPackage.digest(b)).then(done);''', 'args': []})
        self.assertEqual(got, self.place.package['zip_sha256'])
        self.retention(page, leader)
        page.click('#tab-exports')
        page.wait_text('#requests', '下载')
        page.click('#language')
        page.wait_text('#requests', 'approved')
        page.click('#tab-check')
        self.drop(page, self.zip, 'unchanged')
        self.picture(page, 'page-check-en')
        for one in (page, leader):
            wrong = [entry for entry in one.complaints() if '404' not in entry['message']]
            self.assertEqual(wrong, [])              # nothing ran into the page's own policy

    def plan(self, page, day, reason):
        page.run('document.querySelector("#packages tbody").replaceChildren()')            # a row that is drawn anew under the pointer takes no click
        page.click('#tab-find')
        page.wait_text('#packages', self.package)
        page.click('#packages button.keep')
        page.wait(lambda: page.run('return document.getElementById("plan").open'))
        page.run(f'document.getElementById("plan_until").value = "{day}"')
        page.type('#plan_reason', reason)
        self.picture(page, 'page-plan')
        page.click('#plan_ok')

    def retention(self, page, leader):
        """Longer at once; shorter when a leader approves; what happened is the auditor's to read."""
        self.plan(page, '2039-12-31', '诉讼中')
        page.wait_text('#plans', '已延长')
        self.plan(page, '2036-12-31', '诉讼结束')
        page.wait_text('#plans', '待批准')
        self.assertEqual(page.run('return document.querySelectorAll("#plans td button").length'), 0)
        leader.click('#tab-keeping')
        leader.wait_text('#plans', '诉讼结束')
        self.picture(leader, 'page-keeping')
        leader.click('#plans button.main')
        leader.wait_text('#plans', '已批准')
        page.click('#tab-find')
        page.wait_text('#packages', '2036-12-31')
        self.assertEqual(page.run('return document.querySelectorAll("#tab-access").length'), 0)
        run(CENTRAL, 'user', 'add', '--config', self.place.config, '--certificate', os.path.join(self.place.bureau, 'officer2.crt'), '--role', 'auditor')
        leader.run('location.reload()')
        leader.wait(lambda: leader.run('return document.querySelectorAll("#tab-access").length') == 1)
        leader.click('#tab-access')
        leader.wait_text('#access_chain', '首尾相扣')
        leader.wait_text('#access_lines', '/v1/bureau/retention')
        self.picture(leader, 'page-access')
        leader.run('document.getElementById("access_kind").value = "op.central-retention"')
        leader.click('#access_question button')
        leader.wait(lambda: leader.run('return document.querySelectorAll("#access_lines tbody tr").length') == 3)
        self.assertIn('诉讼结束', leader.text('#access_lines'))

    def test_subjects_are_found(self):
        """A-5.2a on the server: by two characters, by filters, and only those of the person's unit."""
        unit = '网络交易监督管理科'
        for number, (name, more) in enumerate([('杭州西湖茶叶商行（练习）', {'credit_code': '91330106MA0000001X', 'address': '杭州市西湖区龙井路 1 号', 'entries': {'1': {'name': '龙井茶叶旗舰店'}}}),
                                               ('宁波海曙水产经营部（练习）', {'kind': 'sole-trader', 'region': '330203', 'state': 'revoked', 'address': '宁波市海曙区中山路 8 号'}), ('杭州别处商行（练习）', {'unit_of': '别的单位'})]):
            stand.tell_subject(self.place.home, f's{number}', more.pop('unit_of', unit), name=name, **more)
        for number in range(60):
            stand.tell_subject(self.place.home, f'm{number}', unit, name=f'温州鹿城网络商店{number:03}（练习）', region='330302')
        page = self.browser('officer1')
        page.wait_text('#cards', '已收到的证据包')
        page.click('#tab-subjects')
        page.wait_text('#subjects_found', '62 个主体')
        page.click('#more_subjects')
        page.wait(lambda: page.run('return document.querySelectorAll("#subject_rows tbody tr").length') == 62)
        for words, region, state, there, away in (('茶叶', '', '', '西湖茶叶', '宁波'), ('水产', '33', 'revoked', '吊销', '西湖'), ('9133', '', '', '91330106MA0000001X', '宁波'), ('商行', '', '', '西湖茶叶', '杭州别处')):
            for field, text in (('words', words), ('region', region)):
                page.clear('#' + field)
                if text:
                    page.type('#' + field, text)
            page.run(f'document.getElementById("standing").value = "{state}"')
            page.click('#wanted button')
            page.wait_text('#subjects_found', '1 个主体')
            self.assertIn(there, page.text('#subject_rows'))
            self.assertNotIn(away, page.text('#subject_rows'))
        self.picture(page, 'page-subjects')
        page.clear('#words')
        page.type('#words', '没有')
        page.click('#wanted button')
        page.wait_text('#subject_rows', '没有这样的主体')
        page.clear('#words')
        page.click('#wanted button')
        page.wait_text('#subjects_found', '62 个主体')
        self.picture(page, 'page-subjects-all')
        page.click('#language')
        page.wait_text('#subjects_found', '62 subjects')
        self.assertEqual([entry for entry in page.complaints() if '404' not in entry['message']], [])

    def test_automatic_captures_and_their_orders(self):
        """A-AnC: what waits for its review, what became of orders; a case is filed, an order withdrawn."""
        unit = '网络交易监督管理科'
        with sqlite3.connect(os.path.join(self.place.home, 'state/central.sqlite'), timeout=30) as database:      # as if they had come
            for number, state, review in ((1, 'review', 0), (2, 'confirmed', 1), (3, 'expired', 0)):
                database.execute('INSERT INTO automatic_capture VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)', (f'{self.package[:5]}-20261128-000{number}', self.package[:5], str(number) * 64, 1795795200000 + number, 1798387200000,
                                 state, review, '李乙（02）' if review else '', '2026-11-28T10:00:00.000+08:00' if review else '', '逐页看过，与录像一致' if review else '', '', ''))
        pem = stand.pem_key(os.path.join(self.place.bureau, 'officer1.p12'), os.path.join(self.place.bureau, 'passphrase.txt'), os.path.join(self.place.folder, 'officer1.pem'))
        order = stand.signed_order(pem, unit, self.place.folder, {'schema': 'guzheng-script/1', 'name': '示例', 'steps': []})
        self.assertEqual(Station(self.server, self.place.ca, pem).ask('POST', '/v1/bureau/triggers', {'Content-Type': 'application/json'}, order)[0], 201)
        page = self.browser('officer1')
        page.wait_text('#cards', '已收到的证据包')
        page.click('#tab-captures')
        page.wait_text('#orders', '排队')
        said = page.text('#reviews')
        for word in ('待复核', '已确认', '逾期未复核', '李乙（02）', '逐页看过，与录像一致'):
            self.assertIn(word, said)
        self.picture(page, 'page-captures')
        page.click('#reviews tbody tr:nth-child(2) button')
        page.wait(lambda: page.run('return document.getElementById("reason").open'))
        page.type('#reason_text', '市监立〔2026〕1 号')
        page.click('#reason_ok')
        page.wait_text('#reviews', '市监立〔2026〕1 号')
        page.click('#orders button')
        page.wait(lambda: page.run('return document.getElementById("reason").open'))
        page.type('#reason_text', '误报')
        page.click('#reason_ok')
        page.wait_text('#orders', '已撤回')
        page.click('#language')
        page.wait_text('#reviews', 'waits for its review')
        self.picture(page, 'page-captures-en')
        self.assertEqual([entry for entry in page.complaints() if '404' not in entry['message']], [])

    def test_a_large_file_needs_no_more_memory(self):
        page = self.browser('officer1')
        page.wait_text('#cards', '已收到的证据包')
        page.click('#tab-check')
        self.drop(page, self.place.ca, '不是证据包')
        before = page.resident_kib()
        large = os.path.join(self.place.folder, 'large.zip')
        with open(large, 'wb') as out:
            out.truncate(LARGE)
        most, done = [before], threading.Event()

        def watch():
            while not done.wait(0.2):
                most.append(page.resident_kib())
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            said = self.drop(page, large, '不是证据包')
        finally:
            done.set()
            watcher.join()
        import hashlib
        with open(large, 'rb') as file:
            self.assertIn(hashlib.file_digest(file, 'sha256').hexdigest(), said)
        print(f'{LARGE >> 20} MiB digested, resident {before} KiB before, {max(most)} KiB at most', flush=True)
        self.assertLess(max(most) - before, MEMORY_KIB)

    def test_without_a_certificate_it_says_what_to_do(self):
        page = self.browser(None, width=1600)
        page.wait_text('#trouble', '没有出示证书')
        self.assertEqual(page.run('return document.querySelectorAll("#cards .card").length'), 0)
        self.picture(page, 'page-nobody')


if __name__ == '__main__':
    unittest.main()
