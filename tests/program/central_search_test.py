#!/usr/bin/env python3
"""Subjects searched on the central server with a Groonga beside it (A-5.2a, A-8.5): the engine is killed, is away, comes back; nothing else suffers, and what was told meanwhile is found."""
import json
import os
import sys
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../servers'))
import central_stand as stand  # noqa: E402
import servers  # noqa: E402
from central_stand import CENTRAL, Station, run  # noqa: E402


class CentralSearch(unittest.TestCase):
    def setUp(self):
        self.place = stand.Practice()
        self.addCleanup(self.place.remove)
        self.engine = servers.Groonga()
        self.addCleanup(self.engine.stop)
        run(CENTRAL, 'unit', 'set', self.place.package['package'][:5], '甲局', '--config', self.place.config)
        with open(self.place.config, 'a', encoding='utf-8') as out:
            out.write(f'\n[search]\nengine = "groonga"\nurl = "http://127.0.0.1:{self.engine.port}"\n')
        self.start()
        self.addCleanup(lambda: self.server.stop())

    def start(self):
        self.server = self.place.start()
        self.station = Station(self.server, self.place.ca, self.place.pem)

    def tell(self, number, name, **more):
        stand.tell_subject(self.place.home, number, '甲局', name=name, **more)

    def names(self, words):
        """Once the index has seen all."""
        for _ in range(1200):
            status, headers, body = self.station.ask('GET', '/v1/subjects?q=' + stand.coded(words))
            self.assertIn(status, (200, 503), body)
            answer = json.loads(body)
            if status == 200 and answer['behind'] == 0:
                return [one['name'] for one in answer['subjects']]
            if status == 503:
                self.assertEqual(answer['error'], 'search-away')
                self.assertTrue(headers['retry-after'])
            threading.Event().wait(0.1)
        self.fail(f'the index stands still: {self.server.lines[-5:]}')

    def test_an_engine_that_dies_costs_searches_and_nothing_else(self):
        self.tell('s1', '杭州甲商店')
        self.tell('s2', '杭州乙商店')
        self.assertEqual(self.names('商店'), ['杭州甲商店', '杭州乙商店'])
        self.assertEqual(self.names('" || true || "商店'), [])
        self.engine.kill()
        status, _, body = self.station.ask('GET', '/v1/subjects?q=' + stand.coded('商店'))
        self.assertEqual((status, json.loads(body)['error']), (503, 'search-away'))
        for path in ('/healthz', '/readyz', '/metrics'):
            self.assertEqual(self.station.ask('GET', path)[0], 200)
        _, digest = self.station.send(self.place.package['package'], self.place.zip)
        self.assertEqual(self.station.outcome(self.place.package['package'], digest)[0], 200)
        self.tell('s2', '宁波乙商店')
        self.tell('s3', '杭州丙商店')
        self.engine.start()
        self.assertEqual(self.names('商店'), ['杭州甲商店', '宁波乙商店', '杭州丙商店'])
        # the server dies, is away while more is told, and goes on where the index stands
        self.server.kill()
        self.tell('s1', '', gone=1)
        self.tell('s4', '杭州丁商店')
        self.start()
        self.assertEqual(self.names('杭州'), ['杭州丙商店', '杭州丁商店'])
        # a server that starts without its engine serves all else
        self.server.stop()
        self.engine.kill()
        self.start()
        self.assertEqual(self.station.ask('GET', '/readyz')[0], 200)
        self.assertEqual(self.station.ask('GET', '/v1/subjects')[0], 503)
        self.engine.start()
        self.assertEqual(self.names('杭州'), ['杭州丙商店', '杭州丁商店'])


if __name__ == '__main__':
    unittest.main()
