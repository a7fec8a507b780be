#!/usr/bin/env python3
"""A thousand desks that ask the central server, each over a connection of its own: central_desks.py [DESKS [SECONDS [PROCESSES]]]

Each desk keeps one TLS connection with the station's certificate and asks once a second for its package's receipt (half of them) or the newest checkpoint (the others); its first
question comes at a moment of its own within that second. After all are connected and one package is received, SECONDS are measured. Latency is from the first byte of
the question sent to the last of the answer read, in the asking process (its own wait for a core included: it shares the machine with the server). Prints JSON: answers
by status, p50/p99/most in ms, the server's CPU in per cent of one core and its highest resident memory. GUZHENG_BIN as for tests/program.
"""
import asyncio
import json
import multiprocessing
import os
import random
import resource
import ssl
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'program'))
import central_stand as stand  # noqa: E402


async def answer_of(reader):
    head = (await reader.readuntil(b'\r\n\r\n')).decode()
    length = next((int(line.split(':')[1]) for line in head.split('\r\n') if line.lower().startswith('content-length:')), 0)
    await reader.readexactly(length)
    return int(head.split(' ', 2)[1])


async def desk(number, port, context, paths, ready, begin, end, seen):
    reader, writer = await asyncio.open_connection('localhost', port, ssl=context)
    ready.append(number)
    question = f'GET {paths[number % len(paths)]} HTTP/1.1\r\nHost: localhost\r\n\r\n'.encode()
    while time.monotonic() < begin.value or begin.value == 0:
        await asyncio.sleep(0.05)
    await asyncio.sleep(random.random())
    due = time.monotonic()
    while due < end.value:
        asked = time.monotonic()
        writer.write(question)
        seen.append((await answer_of(reader), time.monotonic() - asked))
        due += 1
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    writer.close()


def desks(first, count, port, ca, pem, paths, counted, begin, end, out):
    async def all_of_them():
        context = ssl.create_default_context(cafile=ca)
        context.load_cert_chain(pem)
        ready, seen, tasks = [], [], []
        for number in range(first, first + count):
            tasks.append(asyncio.create_task(desk(number, port, context, paths, ready, begin, end, seen)))
            if number % 20 == 19:
                await asyncio.sleep(0.05)        # not all handshakes in one moment
        while len(ready) < count:
            await asyncio.sleep(0.05)
            for task in tasks:
                if task.done() and task.exception():
                    raise task.exception()
        with counted.get_lock():
            counted.value += count
        await asyncio.gather(*tasks)
        return seen
    out.put(asyncio.run(all_of_them()))


def cpu_seconds(pid):
    fields = open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def main():
    count, seconds, processes = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 1000), (2, 20), (3, 2)))
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    place = stand.Practice()
    place.limit(connections=2 * count + 64, connections_of_one_address=2 * count + 64, requests_per_second=10 * count)
    server = place.start()
    try:
        station = stand.Station(server, place.ca, place.pem)
        _, digest = station.send(place.package['package'], place.zip)
        assert station.outcome(place.package['package'], digest)[0] == 200
        paths = [f"/v1/packages/{place.package['package']}/receipts/{digest}", '/v1/log/checkpoint']
        counted, begin, end, out = multiprocessing.Value('i', 0), multiprocessing.Value('d', 0), multiprocessing.Value('d', 0), multiprocessing.Queue()
        share = [count // processes + (at < count % processes) for at in range(processes)]
        workers = [multiprocessing.Process(target=desks, args=(sum(share[:at]), share[at], server.port, place.ca, place.pem, paths, counted, begin, end, out)) for at in range(processes)]
        connecting = time.monotonic()
        for worker in workers:
            worker.start()
        while counted.value < count:
            assert all(worker.is_alive() for worker in workers), 'a desk could not connect'
            time.sleep(0.05)
        connected = time.monotonic() - connecting
        before = cpu_seconds(server.process.pid)
        end.value = time.monotonic() + 1 + seconds
        begin.value = time.monotonic() + 1
        seen = [one for _ in workers for one in out.get()]
        used = cpu_seconds(server.process.pid) - before
        for worker in workers:
            worker.join()
        times = sorted(took for _, took in seen)
        by_status = {}
        for status, _ in seen:
            by_status[status] = by_status.get(status, 0) + 1
        print(json.dumps({'desks': count, 'seconds': seconds, 'connected_in_seconds': round(connected, 1), 'answers': by_status, 'p50_ms': round(times[len(times) // 2] * 1000, 2),
                          'p99_ms': round(times[len(times) * 99 // 100] * 1000, 2), 'most_ms': round(times[-1] * 1000, 2), 'server_cpu_percent': round(100 * used / seconds, 1),
                          'server_resident_kib': server.resident_kib('VmHWM'), 'load': os.getloadavg()[0]}, indent=1))
    finally:
        server.stop()
        place.remove()


if __name__ == '__main__':
    main()
