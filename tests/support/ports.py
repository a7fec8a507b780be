"""A loopback port for a program that is told its port before it listens."""
import random
import socket


def free_port():
    """Free now, and outside of the range that the kernel gives to outgoing connections and to whoever asks for port 0: with several tests at a time, a port from
    that range is taken by another before the program listens on it. Also outside of 5555 to 5585, where every adb server looks for emulators."""
    with open('/proc/sys/net/ipv4/ip_local_port_range') as file:
        end = min(int(file.read().split()[0]), 32768)
    while True:
        port = random.randrange(10000, max(end, 20000))
        with socket.socket() as probe:
            try:
                probe.bind(('127.0.0.1', port))
                return port
            except OSError:
                continue
