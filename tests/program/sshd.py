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
        (self.folder / "leases").mkdir(parents=True)
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
        config = self.folder / "sshd_config"
        config.write_text(f"""ListenAddress 127.0.0.1:{self.port}
HostKey {self.folder}/host
PidFile none
UsePAM no
StrictModes no
AuthenticationMethods publickey
AuthorizedKeysFile {self.folder}/authorized_keys
PermitRootLogin prohibit-password
AllowTcpForwarding local
PermitOpen 127.0.0.1:{self.stand.adb.port}
PermitTTY no
SetEnv GUZHENG_ADB_PORT={self.stand.adb.port} GUZHENG_NODE_DIR={self.folder}/leases
ForceCommand {ROOT}/installer/node/guzheng-node
""")
        self.process = self.stand.started(Process(["/usr/sbin/sshd", "-D", "-e", "-f", config], self.folder, "sshd"))

        def listens():
            assert self.process.running(), self.process.stderr()
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", self.port)) == 0
        wait_for("sshd", listens)
