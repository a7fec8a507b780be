#!/usr/bin/env python3
"""One large upload into the central server and into nginx's DAV, side by side in one run: central_upload.py [MIB [ROUNDS]]

Both get the same file of random bytes by the same curl over TLS with the same certificates, from page cache to the same file system, on loopback, turn about (ROUNDS each, one before
that does not count). Ours takes it by one PATCH of tus; the answer comes when all bytes are on the disk (fdatasync) and the upload is an object whose SHA-256 was
read back. nginx takes it by one PUT and knows no digest, so `sha256sum` of the stored file is counted to its time; it syncs nothing. Both times are told with and
without what follows the bytes. The digest that is announced to us is another one, so the package is refused when it is whole and nothing is verified: the time to a
receipt is tests/central's and the ingest's matter. Prints JSON: MiB/s (median of the rounds), the ratio, resident memory of our server (highest) and of nginx's workers
(as after the last round). GUZHENG_BIN as for tests/program; nginx must be installed.
"""
import json
import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'program'))
import central_stand as stand  # noqa: E402

NGINX = """daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.err; worker_processes 2;
events {{ worker_connections 64; }}
http {{
  access_log off; client_max_body_size 0; client_body_temp_path {folder}/temp; proxy_temp_path {folder}/temp; fastcgi_temp_path {folder}/temp; uwsgi_temp_path {folder}/temp; scgi_temp_path {folder}/temp;
  server {{
    listen 127.0.0.1:{port} ssl; server_name localhost;
    ssl_certificate {pem}; ssl_certificate_key {pem}; ssl_client_certificate {ca}; ssl_verify_client on; ssl_protocols TLSv1.2 TLSv1.3;
    root {folder}/dav; dav_methods PUT DELETE;
  }}
}}
"""


class Nginx:
    def __init__(self, place):
        self.folder = os.path.join(place.folder, 'nginx')
        for name in ('dav', 'temp'):
            os.makedirs(os.path.join(self.folder, name))
        os.chmod(place.folder, 0o755)
        pem = stand.pem_key(os.path.join(place.home, 'keys/server.p12'), os.path.join(place.home, 'keys/server.pass'), os.path.join(place.folder, 'server.pem'))
        self.port = stand.free_port()
        config = stand.private(os.path.join(self.folder, 'nginx.conf'), 'user root;\n' * (os.getuid() == 0) + NGINX.format(folder=self.folder, port=self.port, pem=pem, ca=place.ca))
        self.process = subprocess.Popen(['nginx', '-c', config, '-e', os.path.join(self.folder, 'nginx.err')], stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                stand.socket.create_connection(('127.0.0.1', self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError('nginx did not start: ' + open(os.path.join(self.folder, 'nginx.err')).read())

    def resident_kib(self):
        children = open(f'/proc/{self.process.pid}/task/{self.process.pid}/children').read().split()
        return sum(next(int(line.split()[1]) for line in open(f'/proc/{pid}/status') if line.startswith('VmHWM:')) for pid in children)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def curl(place, file, method, url, *headers):
    """Seconds by curl's own clock."""
    more = [part for header in headers for part in ('-H', header)]
    done = stand.run('curl', '-sS', '-T', file, '-X', method, '--cacert', place.ca, '--cert', place.pem, '-o', '/dev/null', '-w', '%{http_code} %{time_total}', *more, url)
    status, seconds = done.stdout.split()
    assert status in ('201', '204'), (status, url)
    return float(seconds)


def ours(place, server, station, large, size):
    location = station.create(size, place.package['package'], os.urandom(32).hex())
    seconds = curl(place, large, 'PATCH', f'https://localhost:{server.port}{location}', 'Tus-Resumable: 1.0.0', 'Upload-Offset: 0', 'Content-Type: application/offset+octet-stream')
    while True:                              # refused, and its bytes are gone, before the next one comes
        code, headers, _ = station.tus('HEAD', location)
        if code == 404 or station.tus('DELETE', location)[0] in (204, 404):
            return seconds
        time.sleep(0.1)


def peers(place, nginx, large):
    put = curl(place, large, 'PUT', f'https://localhost:{nginx.port}/large')
    begun = time.monotonic()
    stand.run('sha256sum', os.path.join(nginx.folder, 'dav/large'))
    digest = time.monotonic() - begun
    os.remove(os.path.join(nginx.folder, 'dav/large'))
    return put, digest


def main():
    size = int(sys.argv[1] if len(sys.argv) > 1 else '2048') << 20
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else '3')
    place = stand.Practice()
    server = place.start()
    nginx = Nginx(place)
    try:
        large = os.path.join(place.folder, 'large')
        with open(large, 'wb') as out:
            for _ in range(size >> 20):
                out.write(os.urandom(1 << 20))
        station = stand.Station(server, place.ca, place.pem)
        before = server.resident_kib('VmHWM')
        mine, put, digest = [], [], []
        for at in range(rounds + 1):
            seconds = ours(place, server, station, large, size)
            theirs = peers(place, nginx, large)
            if at > 0:
                mine.append(seconds)
                put.append(theirs[0])
                digest.append(theirs[1])
        rate = {name: round(size / 2**20 / statistics.median(seconds), 1) for name, seconds in
                (('guzheng', mine), ('nginx_put', put), ('nginx_put_and_sha256sum', [a + b for a, b in zip(put, digest)]))}
        print(json.dumps({'bytes': size, 'rounds': rounds, 'mib_a_second': rate, 'seconds': {'guzheng': mine, 'nginx_put': put, 'sha256sum': [round(d, 3) for d in digest]},
                          'ratio_to_put': round(rate['guzheng'] / rate['nginx_put'], 2), 'ratio_to_put_and_sha256sum': round(rate['guzheng'] / rate['nginx_put_and_sha256sum'], 2),
                          'resident_before_kib': before, 'resident_after_kib': server.resident_kib('VmHWM'), 'nginx_resident_kib': nginx.resident_kib(), 'load': os.getloadavg()[0]}, indent=1))
    finally:
        nginx.stop()
        server.stop()
        place.remove()


if __name__ == '__main__':
    main()
