"""What a vector is made with: a writable copy of a good package, and ways to change it."""
import hashlib
import shutil
import stat
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WHOLE, DAMAGED, INCOMPLETE, CANNOT_TELL, PRACTICE = 0, 3, 4, 5, 6
VECTORS = []


def vector(rule, code=DAMAGED, base="whole", stock=None):
    """`rule`: of the program's finding, reason, missing thing or note; `code`: the verdict; `base`: the package to start from (a case of
    sample_bag_tool, or "practice"); `stock`: (verdict, why) where stock tools see less."""
    def add(function):
        VECTORS.append((function.__name__, rule, code, base, stock, function))
        return function
    return add


class Packages:
    """What sample_bag_tool makes, each once. "whole#WORD" is one of its own, made when it is asked for: for a vector whose stamps must come soon after the package."""

    def __init__(self, top, bin_folder):
        self.top, self.bin, self.lock, self.made = top, bin_folder, threading.Lock(), {}

    def __call__(self, name):
        with self.lock:
            lock = self.made.setdefault(name, threading.Lock())
        folder = self.top / name
        with lock:
            if not folder.exists():
                subprocess.run([self.bin / "sample_bag_tool", folder, *(["--case", name.partition("#")[0]] if name != "practice" else [])], check=True, capture_output=True)
        return folder


class Case:
    """A writable copy of a good package, and ways to change it."""

    def __init__(self, packages, folder, base):
        self.packages, self.bin, self.good, self.folder = packages, packages.bin, packages(base), folder
        for source in self.good.glob("LX-*"):
            if not source.name.endswith(".handover"):
                shutil.copytree(source, folder / source.name)
        self.open(folder)
        self.bag = next(p for p in folder.iterdir() if "." not in p.name)
        self.id = self.bag.name
        self.after = self.beside("after")
        self.package = self.bag
        self.roots = ["--org-ca", self.good / "roots/org.pem", "--tsa-ca", self.good / "roots/tsa.pem"]

    @staticmethod
    def open(folder):
        for path in folder.rglob("*"):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | stat.S_IWUSR)

    def beside(self, part):
        return self.folder / f"{self.id}.{part}"

    def flip(self, path, at=None):
        data = bytearray(path.read_bytes())
        data[len(data) // 2 if at is None else at] ^= 1
        path.write_bytes(data)

    def zip(self):
        """The good package's export, for cases about the container."""
        self.package = self.folder / "package.zip"
        shutil.copy(self.good / "package.zip", self.package)
        return self.package

    def record(self):
        """The hand-over record beside that export."""
        shutil.copytree(self.good / f"{self.id}.handover", self.beside("handover"))
        self.open(self.folder)
        return self.beside("handover") / "export.json"

    def tool(self, days_ago, *arguments):
        subprocess.run([self.bin / "vector_tool", self.good / "bureau", str(days_ago), *map(str, arguments)], check=True, capture_output=True)

    def rewrite_lists(self):
        """Manifests and tag manifest as an outsider would write them anew; signatures and seal stay."""
        for name, kind in (("manifest-md5.txt", "md5"), ("manifest-sha256.txt", "sha256"), ("seal/digests-sm3.txt", "sm3")):
            files = sorted((str(p.relative_to(self.bag)) for p in (self.bag / "data").rglob("*") if p.is_file()), key=str.encode)
            (self.bag / name).write_text("".join(f"{self.digest(kind, self.bag / f)}  {f}\n" for f in files))
        names = ["VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-md5.txt", "manifest-sha256.txt", "verify.sh"]
        (self.bag / "tagmanifest-sha256.txt").write_text("".join(f"{self.digest('sha256', self.bag / n)}  {n}\n" for n in names))

    @staticmethod
    def digest(kind, path):
        out = subprocess.run(["openssl", "dgst", "-" + kind, "-r", path], capture_output=True, check=True).stdout
        return out.split()[0].decode()

    def reseal(self, reason=""):
        self.tool(0, "reseal", self.bag, reason)

    def rewrite_seal(self):
        """seal.txt as an insider would write it anew without a stamp of that time."""
        files = sorted((str(p.relative_to(self.bag)) for p in (self.bag / "seal").rglob("*") if p.is_file() and p.name != "seal.txt"), key=str.encode)
        (self.bag / "seal/seal.txt").write_text("".join(f"{self.digest('sha256', self.bag / f)}  {f}\n" for f in files + ["tagmanifest-sha256.txt"]))

    def insider(self, names, change, lines=lambda lines: lines):
        """`change` writes the files `names` of data/attach anew; the journal's lines that name them, `lines` of them, the heads' stamps and the seal follow."""
        attach = self.bag / "data/attach"
        before = {name: self.digest("sha256", attach / name) for name in names}
        change()
        digests = {old: self.digest("sha256", attach / name) for name, old in before.items()}

        def renamed(text):
            for old, new in digests.items():
                text = [line.replace(old, new) for line in text]
            return lines(text)

        self.journal(renamed)
        for head in sorted((attach / "tst").glob("[0-9]*.head")):
            line = (attach / "journal.log").read_bytes().splitlines(keepends=True)[int(head.name[:8])]
            head.write_text(hashlib.sha256(line).hexdigest() + "\n")
            old = self.digest("sha256", head.with_name(head.name + ".tsr"))
            self.tool(0, "stamp", "tsa", head)
            new = self.digest("sha256", head.with_name(head.name + ".tsr"))
            self.journal(lambda text: [one.replace(old, new) for one in text])
        self.tool(0, "stamp", "tsa", attach / "tst/final.head")
        self.reseal()

    def journal(self, change):
        """Changes the journal's lines, then numbers and chains them anew. Heads and their tokens stay as they were."""
        path = self.bag / "data/attach/journal.log"
        before, out = "0" * 64, []
        for number, line in enumerate(change(path.read_bytes().decode().splitlines())):
            text = f"{number:08} {before} {line[74:]}\n".encode()
            before = hashlib.sha256(text).hexdigest()
            out.append(text)
        path.write_bytes(b"".join(out))
        (self.bag / "data/attach/tst/final.head").write_text(before + "\n")
