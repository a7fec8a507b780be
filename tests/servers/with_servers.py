#!/usr/bin/env python3
"""with_servers.py KIND[,KIND] -- PROGRAM ARG…: starts the servers (rgw, mariadb, groonga), says in the environment where they are, runs the program, ends them."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import servers  # noqa: E402


def main():
    kinds, dashes, *command = sys.argv[1:]
    assert dashes == '--' and command, __doc__
    running, environment = [], dict(os.environ)
    try:
        for kind in kinds.split(','):
            running.append(servers.KINDS[kind]())
            environment.update(running[-1].environment())
        return subprocess.run(command, env=environment).returncode
    finally:
        for one in running:
            one.stop()


if __name__ == '__main__':
    sys.exit(main())
