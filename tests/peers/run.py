#!/usr/bin/env python3
"""Runs the npm clients against a training phone through a private adb server.

Arguments: PHONE (program), SERVER_FILE, WORK (a folder in the build tree that keeps node_modules between runs).
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "training"))
from bench import Bench  # noqa: E402


def install(work, source=HERE, files=("package.json", "package-lock.json", "clients.mjs")):
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} is missing: install the packages of installer/packages/test.txt")
    os.makedirs(work, exist_ok=True)
    for name in files:
        shutil.copy(os.path.join(source, name), work)
    with open(os.path.join(source, "package-lock.json"), "rb") as lock:
        wanted = lock.read()
    mark = os.path.join(work, ".installed")
    if os.path.exists(mark) and open(mark, "rb").read() == wanted:
        return
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=work, check=True)
    with open(mark, "wb") as out:
        out.write(wanted)


def main():
    phone_program, server_file, work = (os.path.abspath(argument) for argument in sys.argv[1:4])
    install(work)
    bench = Bench(phone_program)
    try:
        phone = bench.phone("--serial", "PEERS0001").connect()
        done = subprocess.run(["node", "clients.mjs", str(bench.port), phone.address, server_file], cwd=work, timeout=240)
        if done.returncode != 0:
            sys.exit(f"the clients failed ({done.returncode}); the phone said: {phone.errors()}")
    finally:
        bench.close()


if __name__ == "__main__":
    main()
