"""A private sshd on loopback that stands before a node's adb server, set up as installer/node/README.md says. Standard library only."""
import getpass
import os
import socket
import subprocess
from pathlib import Path

from stand import ROOT, Process, free_port, wait_for


def keygen(path, *more):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", path.name, "-f", str(path), *more], check=True, capture_output=True)
    return path


class Sshd:
    """Ended with its stand. `station_key` is let in."""

    def __init__(self, stand):
        self.stand, self.folder, self.port, self.process = stand, stand.folder / "node", free_port(), None
        self.folder.mkdir(parents=True)
        (self.folder / "leases").mkdir(mode=0o700)
        self.station_key = keygen(self.folder / "station")
        (self.folder / "authorized_keys").write_text(Path(f"{self.station_key}.pub").read_text())
        self.user = getpass.getuser()
        self.new_host_key()

    def new_host_key(self):
        if self.process:
            self.process.end()
        for name in ("host", "host.pub"):
            (self.folder / name).unlink(missing_ok=True)
        keygen(self.folder / "host")
        self.start()

    def fingerprint(self):
        """As whoever looks after the node reads it there."""
        return subprocess.run(["ssh-keygen", "-l", "-f", str(self.folder / "host.pub")], check=True, capture_output=True, text=True).stdout.split()[1]

    def start(self):
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)
        installed = (ROOT / "installer/node/sshd_guzheng.conf").read_text()        # what a node gets, for this user, port and program
        for what, put in (("Match User guzheng", f"Match User {self.user}"), ("127.0.0.1:5037", f"127.0.0.1:{self.stand.adb.port}"),
                          ("/usr/local/bin/guzheng-node", f"{ROOT}/installer/node/guzheng-node")):
            assert what in installed, what
            installed = installed.replace(what, put)
        # HOME: the shell of a node's user has no start-up files worth mention (README.md); whoever runs this may have slow ones
        config = self.folder / "sshd_config"
        config.write_text(f"""ListenAddress 127.0.0.1:{self.port}
HostKey {self.folder}/host
PidFile none
UsePAM no
StrictModes no
AuthorizedKeysFile {self.folder}/authorized_keys
PermitRootLogin prohibit-password
{installed}  SetEnv HOME={self.folder} GUZHENG_ADB_PORT={self.stand.adb.port} GUZHENG_NODE_DIR={self.folder}/leases
""")
        self.process = self.stand.started(Process(["/usr/sbin/sshd", "-D", "-e", "-f", config], self.folder, "sshd"))

        def listens():
            assert self.process.running(), self.process.stderr()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0
        wait_for("sshd", listens)
