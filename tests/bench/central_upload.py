#!/usr/bin/env python3
"""Resident memory and rate of the central server while one large upload comes in: central_upload.py [MIB]

One PATCH by curl over TLS with a station's certificate, of a file of zeros (what is in it does not matter: another digest is announced, so it is refused when it is whole
and nothing is verified). Prints one line of JSON: bytes, seconds of the PATCH as curl tells them, the server's highest resident memory before and after. GUZHENG_BIN as for tests/program.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'program'))
import central_stand as stand  # noqa: E402


def main():
    size = int(sys.argv[1] if len(sys.argv) > 1 else '2048') << 20
    place = stand.Practice()
    server = place.start()
    try:
        large = os.path.join(place.folder, 'large')
        with open(large, 'wb') as out:
            out.truncate(size)
        station = stand.Station(server, place.ca, place.pem)
        location = station.create(size, place.package['package'], 'a' * 64)
        before = server.resident_kib('VmHWM')
        done = stand.run('curl', '-sS', '-T', large, '-X', 'PATCH', '--cacert', place.ca, '--cert', place.pem, '-H', 'Tus-Resumable: 1.0.0', '-H', 'Upload-Offset: 0',
                         '-H', 'Content-Type: application/offset+octet-stream', '-w', '%{http_code} %{time_total}', f'https://localhost:{server.port}{location}')
        status, seconds = done.stdout.split()
        assert status == '204', done.stdout
        after = server.resident_kib('VmHWM')
        print(json.dumps({'bytes': size, 'seconds': float(seconds), 'mib_a_second': round(size / 2**20 / float(seconds), 1), 'resident_before_kib': before, 'resident_after_kib': after}))
    finally:
        server.stop()
        place.remove()


if __name__ == '__main__':
    main()
