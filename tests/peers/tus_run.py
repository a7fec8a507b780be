#!/usr/bin/env python3
"""An independent tus client (tus-js-client, npm) uploads a sealed package to the central server, with cut lines, and the package is received.

Arguments: BIN (folder of the programs), WORK (a folder in the build tree that keeps node_modules between runs).
"""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ['GUZHENG_BIN'] = sys.argv[1]
sys.path.insert(0, os.path.join(HERE, '..', 'program'))
sys.path.insert(0, HERE)
import central_stand as stand  # noqa: E402
import run as peers  # noqa: E402


def upload(place, server, package, chunk, cuts, work):
    done = subprocess.run(['node', 'client.mjs', f'https://localhost:{server.port}/v1/uploads', place.ca, place.pem, package['zip'], package['package'], package['zip_sha256'], str(chunk), str(cuts)],
                          cwd=work, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said['cutsLeft'] == 0, f'not every line was cut: {said}'
    assert said['retried'] >= cuts, said
    code, receipt = stand.Station(server, place.ca, place.pem).outcome(package['package'], package['zip_sha256'])
    assert code == 200, receipt
    return said


def main():
    work = os.path.abspath(sys.argv[2])
    peers.install(work, os.path.join(HERE, 'tus'), ('package.json', 'package-lock.json', 'client.mjs'))
    place = stand.Practice()
    try:
        server = place.start()
        try:
            chunk = max(1, place.package['bytes'] // 7)
            print('in one piece:', upload(place, server, place.package, 1 << 30, 0, work))
            print('cut five times:', upload(place, server, place.second(), chunk, 5, work))
        finally:
            server.stop()
    finally:
        place.remove()


if __name__ == '__main__':
    main()
