"""A check beside another program that has the subject library: its findings wait in the spool, and the next program that opens the library takes them in, once. A-5.2b"""
import fcntl
import http.server
import sqlite3
import threading
import unittest

from stand import Stand


class Shop(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_): pass

    def do_GET(self):
        body = '<p>百家乐 真人荷官</p>'.encode()
        self.send_response(200)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class PatrolBeside(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Shop)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def test_findings_wait_for_whoever_has_the_library(self):
        with Stand(phone=False) as stand:
            table = stand.folder / 'subjects.csv'
            table.write_text(f'名称,网店名称,平台,链接\n示例甲（练习）,甲店,练习商城,http://127.0.0.1:{self.server.server_address[1]}/bad\n')
            self.assertEqual(stand.run('subjects', 'import', table, '--desk', stand.desk).returncode, 0)
            library = stand.desk / 'subjects'
            spool = library / 'patrol-spool'

            def entry():
                with sqlite3.connect(library / 'registry.sqlite') as sql:
                    return sql.execute('SELECT checked_ms>0, abnormal FROM entry').fetchone()

            with open(library / 'registry.lock') as lock:              # as another program would have it
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.assertEqual(stand.run('subjects', 'list', '--desk', stand.desk).returncode, 2, 'the library is another program\'s')
                done = stand.run('patrol', '--desk', stand.desk)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertIn('已检 1', done.stdout)
                self.assertIn('→ 异常库', done.stdout)
                self.assertIn('patrol-spool', done.stderr)
                self.assertEqual(entry(), (0, 0), 'nothing is written behind the other\'s back')
                self.assertEqual([p.suffix for p in spool.iterdir()], ['.done'])
                self.assertEqual(oct(spool.stat().st_mode & 0o777), '0o700')
            listed = stand.run('patrol', '--list', '--desk', stand.desk)
            self.assertEqual(listed.returncode, 0, listed.stderr)
            self.assertEqual(listed.stdout.strip(), '', 'nothing is due any more')
            self.assertEqual(entry(), (1, 1))
            self.assertEqual(list(spool.iterdir()), [])
            with sqlite3.connect(library / 'registry.sqlite') as sql:
                self.assertEqual(sql.execute("SELECT count(*) FROM change WHERE why LIKE '检查：页面出现赌博%'").fetchone(), (1,))

            # what is no findings file is put aside and told, and holds nothing up
            (spool / '1.done').write_text('{"format":7}\n')
            told = stand.run('subjects', 'list', '--desk', stand.desk)
            self.assertEqual(told.returncode, 0)
            self.assertIn('1.bad', told.stderr)


if __name__ == '__main__':
    unittest.main()
