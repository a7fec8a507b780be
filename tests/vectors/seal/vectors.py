#!/usr/bin/env python3
"""Bad packages, each made from one good package and naming what every reader must say of it.

  vectors.py BIN READER      READER: verify (the program), reader (tests/reader/reader.py) or stock (resources/verify/verify.sh)

BIN holds sample_bag_tool, reseal_tool and guzheng-evidence.
"""
import hashlib
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
VECTORS = []


def vector(rule, code=3, stock=3):
    """`rule`: of the verify program; `code`: verdict of verify and reader; `stock`: of verify.sh, None where stock tools cannot see it."""
    def add(function):
        VECTORS.append((function.__name__, rule, code, stock, function))
        return function
    return add


class Case:
    """A writable copy of the good package, and ways to change it."""

    def __init__(self, good, folder, bin_folder):
        self.good, self.folder, self.bin = good, folder, bin_folder
        for source in good.glob("LX-*"):
            if not source.name.endswith(".handover"):
                shutil.copytree(source, folder / source.name)
        for path in folder.rglob("*"):
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
        self.bag = next(p for p in folder.iterdir() if "." not in p.name)
        self.after = folder / (self.bag.name + ".after")
        self.package = self.bag

    def flip(self, path, at=None):
        data = bytearray(path.read_bytes())
        data[len(data) // 2 if at is None else at] ^= 1
        path.write_bytes(data)

    def zip(self):
        """The good package's export, for cases about the container."""
        self.package = self.folder / "package.zip"
        shutil.copy(self.good / "package.zip", self.package)
        return self.package

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
        subprocess.run([self.bin / "reseal_tool", self.good / "bureau", self.bag, reason], check=True, capture_output=True)

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


# ---- one bit of each kind of file
@vector("manifest.sha256")
def bit_of_segment(case): case.flip(case.bag / "data/main/rec-0001.mp4")


@vector("manifest.sha256")
def bit_of_screenshot(case): case.flip(case.bag / "data/main/shot-0001.png")


@vector("manifest.sha256")
def bit_of_layout(case): case.flip(case.bag / "data/main/shot-0004.xml")


@vector("manifest.sha256")
def bit_of_journal(case): case.flip(case.bag / "data/attach/journal.log", 150)


@vector("manifest.sha256")
def bit_of_beacon_token(case): case.flip(case.bag / "data/attach/tst/beacon.tsr")


@vector("manifest.tag")
def bit_of_manifest(case): case.flip(case.bag / "manifest-md5.txt", 3)


@vector("seal.digest")
def bit_of_signature(case): case.flip(case.bag / "seal/sig-officer1.p7s")


@vector("stamp.form")
def bit_of_seal_stamp(case): case.flip(case.after / "seal.txt.tsr", -5)


# ---- files more, fewer, others
@vector("tree.extra")
def added_file(case): (case.bag / "data/main/shot-0005.png").write_bytes(b"x")


@vector("tree.link")
def symlink(case):
    (case.bag / "data/attach/raw/disk.txt").unlink()
    (case.bag / "data/attach/raw/disk.txt").symlink_to("battery.txt")


@vector("tree.empty-folder")
def empty_folder(case): (case.bag / "data/other").mkdir()


@vector("tree.missing")
def missing_signature(case): (case.bag / "seal/sig-officer2.p7s").unlink()


@vector("seal.digest")
def removed_segment_with_new_lists(case):
    (case.bag / "data/main/rec-0002.mp4").unlink()
    case.rewrite_lists()


@vector("tags.oxum")
def wrong_oxum(case):
    info = case.bag / "bag-info.txt"
    info.write_text(re.sub(r"Payload-Oxum: (\d+)", lambda m: f"Payload-Oxum: {int(m[1]) + 1}", info.read_text()))
    case.rewrite_lists()


@vector("marks.differ")
def practice_taken_from_bag_info(case):
    info = case.bag / "bag-info.txt"
    info.write_text("".join(line for line in info.read_text().splitlines(True) if not line.startswith("Practice")))
    case.rewrite_lists()


# ---- stamps
@vector("stamp.imprint")
def token_over_other_data(case): shutil.copy(case.bag / "data/attach/tst/final.head.tsr", case.after / "seal.txt.tsr")


@vector("stamp.form")
def token_cut_short(case): (case.after / "seal.txt.tsr").write_bytes((case.after / "seal.txt.tsr").read_bytes()[:-9])


@vector("stamp.authority")
def foreign_time_stamp(case):
    subprocess.run([case.bin / "sample_bag_tool", case.folder / "other"], check=True, capture_output=True)
    other = next((case.folder / "other").glob("LX-*.after"))
    # another bureau's whole package, whose root was never given
    shutil.rmtree(case.bag)
    shutil.rmtree(case.after)
    shutil.move(str(other)[:-6], case.bag)
    shutil.move(other, case.after)


@vector("beside.extra", stock=None)                 # verify.sh looks only at the tokens it needs
def stray_token(case): shutil.copy(case.after / "seal.txt.tsr", case.after / "00000003.head.tsr")


# ---- packages whose makers broke a rule, or stayed just within it
def made(case, name):
    """The package is one that the program's own rooms made, with a fresh bureau."""
    folder = case.folder / "made"
    subprocess.run([case.bin / "sample_bag_tool", folder, "--case", name], check=True, capture_output=True)
    case.package = next(p for p in folder.glob("LX-*") if "." not in p.name)
    case.roots = ["--org-ca", folder / "roots/org.pem", "--tsa-ca", folder / "roots/tsa.pem"]


@vector("stamp.stretch")
def three_minutes_without_a_head(case): made(case, "no-heads")


@vector("stamp.stretch")
def three_minutes_and_a_gap_about_something_else(case): made(case, "no-heads-link-lost")


@vector(None, code=6, stock=6)
def three_minutes_and_a_gap_that_says_so(case): made(case, "no-heads-stamp-late")


@vector(None, code=6, stock=6)
def phone_started_again(case): made(case, "phone-started-again")


@vector("film.order", stock=None)                   # stock tools do not read fragments' times
def clock_falls_without_a_lost_link(case): made(case, "clock-falls")


@vector("values", stock=None)
def position_a_millisecond_off(case): made(case, "wrong-position")


@vector(None, code=6, stock=6)
def audio_with_its_text_record(case): made(case, "audio-with-text")


@vector(None, code=6, stock=6)                      # and not whole: see verify_test, stock_test
def audio_without_its_text_record(case): made(case, "audio-alone")


@vector(None, code=6, stock=6)
def black_page_gap(case): made(case, "black-and-locked")


@vector("journal.body", stock=None)
def gap_for_an_unknown_reason(case): made(case, "unknown-gap")


# ---- an insider seals anew with every key; only the stamped heads hold him
@vector("stamp.head")
def journal_cut_and_chained_anew(case):
    case.journal(lambda lines: lines[:20] + lines[-1:])
    case.reseal()


@vector("stamp.head")
def line_changed_and_chained_anew(case):
    case.journal(lambda lines: [re.sub(r'"x":10,', '"x":11,', line) for line in lines])
    case.reseal()


@vector("binding.main")
def segments_swapped_and_sealed_anew(case):
    a, b = case.bag / "data/main/rec-0000.mp4", case.bag / "data/main/rec-0001.mp4"
    one, two = a.read_bytes(), b.read_bytes()
    a.write_bytes(two)
    b.write_bytes(one)
    case.reseal()


@vector("binding.main")
def segment_repeated_and_sealed_anew(case):
    shutil.copy(case.bag / "data/main/rec-0000.mp4", case.bag / "data/main/rec-0003.mp4")
    case.reseal()


@vector("binding.json")
def second_spelling_of_json_sealed_anew(case):
    path = case.bag / "data/attach/node.json"
    path.write_text(path.read_text().replace(",", ", ", 1))
    case.reseal()


@vector("tags.state", stock=None)                   # verify.sh does not compare bag-info with session.close
def state_changed_and_sealed_anew(case): case.reseal("补充说明")


@vector("stamp.anchor")
def head_without_token_sealed_anew(case):
    next((case.bag / "data/attach/tst").glob("[0-9]*.head.tsr")).unlink()
    case.reseal()


@vector("binding.file")
def raw_file_added_and_sealed_anew(case):
    (case.bag / "data/attach/raw/more.txt").write_text("x")
    case.reseal()


# ---- the container; unzip looks away from much of it
@vector("zip.end", stock=None)                      # unzip looks over them; the export record's digest does not
def trailing_bytes(case):
    with case.zip().open("ab") as f:
        f.write(b"tail")


@vector("zip.order")
def duplicate_entry(case): case_zip(case, lambda files: files[:1] + files)


@vector("tree.name")
def traversal_name(case): case_zip(case, lambda files: files + [(files[0][0].split("/")[0] + "/../evil.txt", b"x")])


@vector("tree.twice")
def folded_case_name(case):
    case_zip(case, lambda files: sorted(files + [(n.replace("shot-0001", "SHOT-0001"), c) for n, c in files if n.endswith("shot-0001.png")]))


@vector("zip.directory")
def compressed_entry(case):
    package = case.zip()
    with zipfile.ZipFile(package) as old:
        files = [(n, old.read(n)) for n in old.namelist()]
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in files:
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


@vector("zip.directory", stock=None)
def comment_field_in_directory(case):
    data = bytearray(case.zip().read_bytes())
    data[data.index(b"PK\1\2") + 36] ^= 1          # internal attributes: no stock tool shows them
    case.package.write_bytes(data)


def case_zip(case, change):
    """The package as a ZIP in canonical headers, with other members."""
    package = case.zip()
    with zipfile.ZipFile(package) as old:
        files = change([(n, old.read(n)) for n in old.namelist()])
    import struct
    import zlib
    out, directory = b"", b""
    for name, content in files:
        script = name.split("/", 1)[1] == "verify.sh"
        fields = struct.pack("<HHHHIIIHH", 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<HH", 0x031E, 20) + fields + struct.pack(
            "<HHHII", 0, 0, 0, 0x81ED0000 if script else 0x81A40000, len(out)) + name.encode()
        out += b"PK\3\4" + struct.pack("<H", 20) + fields + name.encode() + content
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(out), 0)
    package.write_bytes(out + directory + end)


# ---- what lies beside
@vector("beside.export", stock=None)
def record_of_another_zip(case):
    handover = next(case.good.glob("LX-*.handover"))
    shutil.copytree(handover, case.folder / handover.name)
    case.zip()
    record = case.folder / handover.name / "export.json"
    record.write_text(re.sub(r'"sha256":"[0-9a-f]', lambda m: m[0][:-1] + ("0" if m[0][-1] != "0" else "1"), record.read_text()))


@vector("beside.fingerprint", stock=None)
def report_of_other_contents(case):
    edition = case.folder / (case.bag.name + ".report/001")
    edition.mkdir(parents=True)
    (edition / "report.pdf").write_text(f"%PDF-1.7 /Subject (Guzheng package {case.bag.name} seal {'0' * 64})")
    (edition / "report.pdf.p7s").write_bytes((case.bag / "seal/sig-station.p7s").read_bytes())


@vector(None, code=6, stock=6)
def zip_with_its_record(case):
    handover = next(case.good.glob("LX-*.handover"))
    shutil.copytree(handover, case.folder / handover.name)
    case.zip()


# ---- no damage, but not whole either
@vector(None, code=6, stock=6)
def untouched(case): pass


@vector(None, code=6, stock=6)
def untouched_zip(case): case.zip()


@vector(None, code=5, stock=5)
def roots_not_given(case): case.roots = []


def read(reader, case, bin_folder, roots):
    roots = getattr(case, "roots", roots)
    program = {"verify": [bin_folder / "guzheng-evidence", "verify", "--json"], "reader": [sys.executable, ROOT / "tests/reader/reader.py"],
               "stock": ["bash", ROOT / "resources/verify/verify.sh"]}[reader]
    return subprocess.run([*program, case.package, *roots], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")


def main():
    bin_folder, reader = Path(sys.argv[1]), sys.argv[2]
    failures = 0
    with tempfile.TemporaryDirectory(prefix="guzheng-vectors-") as top:
        good = Path(top) / "good"
        good.mkdir()
        subprocess.run([bin_folder / "sample_bag_tool", good], check=True, capture_output=True)
        roots = ["--org-ca", good / "roots/org.pem", "--tsa-ca", good / "roots/tsa.pem"]
        for name, rule, code, stock, change in VECTORS:
            folder = Path(top) / name
            folder.mkdir()
            case = Case(good, folder, bin_folder)
            change(case)
            done = read(reader, case, bin_folder, roots)
            wanted = code if reader != "stock" else 6 if stock is None else stock
            right = done.returncode == wanted and (reader != "verify" or rule is None or f'"rule":"{rule}"' in done.stdout)
            failures += not right
            print(f"{'ok  ' if right else 'FAIL'} {name}: {done.returncode}")
            if not right:
                print(f"     wanted {wanted} {rule}\n{done.stdout[-1500:]}{done.stderr[-500:]}")
        for path in Path(top).rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
    print(f"{len(VECTORS)} packages, {failures} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
