#!/usr/bin/env python3
"""Bad packages, each made from a good one and naming what every reader must say of it.

  vectors.py BIN [NAME...]     all of them, or those named

BIN holds sample_bag_tool, vector_tool and guzheng-evidence. Three readers look at each package: the program (guzheng-evidence verify),
tests/reader/reader.py, written from FORMAT.md alone, and resources/verify/verify.sh, stock tools only. All three must give the verdict
that the vector names, and the program the rule too. Where stock tools cannot see it, the vector says what verify.sh answers and why; those
are printed at the end and stand in FORMAT.md 10.1 and VERIFY.txt.
"""
import concurrent.futures
import hashlib
import json
import re
import shutil
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
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
    """What sample_bag_tool makes, each once."""

    def __init__(self, top, bin_folder):
        self.top, self.bin, self.lock, self.made = top, bin_folder, threading.Lock(), {}

    def __call__(self, name):
        with self.lock:
            lock = self.made.setdefault(name, threading.Lock())
        folder = self.top / name
        with lock:
            if not folder.exists():
                subprocess.run([self.bin / "sample_bag_tool", folder, *(["--case", name] if name != "practice" else [])], check=True, capture_output=True)
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


FLIPPED = {"data/attach/order.json": "manifest.sha256", "data/attach/people.json": "manifest.sha256", "data/attach/env.json": "manifest.sha256",
           "data/attach/device.json": "manifest.sha256", "data/attach/app.json": "manifest.sha256", "data/attach/node.json": "manifest.sha256",
           "data/attach/net.json": "manifest.sha256", "data/attach/values.json": "manifest.sha256", "data/attach/order.json.p7s": "manifest.sha256",
           "data/attach/raw/disk.txt": "manifest.sha256", "data/attach/tst/beacon": "manifest.sha256", "data/attach/tst/final.head": "manifest.sha256",
           "data/attach/tst/final.head.tsr": "manifest.sha256", "bagit.txt": "tags.bagit", "bag-info.txt": "manifest.tag", "VERIFY.txt": "manifest.tag",
           "verify.sh": "manifest.tag", "manifest-sha256.txt": "manifest.tag", "tagmanifest-sha256.txt": "seal.digest", "seal/digests-sm3.txt": "seal.digest",
           "seal/certs/officer2.crt": "seal.digest", "seal/certs/org.crl": "seal.digest", "seal/certs/org.crt": "seal.digest",
           "seal/certs/tsa.crt": "seal.digest", "seal/sig-station.p7s": "seal.digest", "seal/seal.txt": "stamp.imprint"}


def flip_of(path, rule):
    def change(case):
        case.flip(case.bag / path)
    change.__name__ = "bit_of_" + re.sub("[^a-z0-9]", "_", path.rpartition("/")[2].lower())
    vector(rule)(change)


for flipped, expected in FLIPPED.items():
    flip_of(flipped, expected)


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


@vector("marks.differ", base="practice")
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
    case.roots[3] = case.packages("old") / "roots/tsa.pem"          # another's authorities are given


@vector("beside.extra")
def stray_token(case): shutil.copy(case.after / "seal.txt.tsr", case.after / "00000003.head.tsr")


# ---- packages whose makers broke a rule, or stayed just within it
def untouched_case(name, rule, code=DAMAGED, base=None, stock=None):
    def leave(case):
        pass
    leave.__name__ = name
    vector(rule, code, base or name.replace("_", "-"), stock)(leave)


untouched_case("three_minutes_without_a_head", "stamp.stretch", base="no-heads")
untouched_case("three_minutes_and_a_gap_about_something_else", "stamp.stretch", base="no-heads-link-lost")
untouched_case("three_minutes_and_a_gap_that_says_so", None, WHOLE, base="no-heads-stamp-late")
untouched_case("phone_started_again", None, WHOLE)
untouched_case("clock_falls_without_a_lost_link", "film.order", base="clock-falls")
untouched_case("position_a_millisecond_off", "values", base="wrong-position")
untouched_case("audio_with_its_text_record", None, WHOLE, base="audio-with-text")
untouched_case("audio_without_its_text_record", None, INCOMPLETE, base="audio-alone")
untouched_case("black_page_gap", None, WHOLE, base="black-and-locked")
untouched_case("gap_for_an_unknown_reason", "journal.body", base="unknown-gap")

# ---- certificates
untouched_case("signer_expired_before_the_seal", "signer.expired", base="signer-expired")
untouched_case("signer_not_valid_yet", "signer.expired", base="signer-not-yet")
untouched_case("signer_revoked_before_the_seal", "signer.revoked", base="signer-revoked")
untouched_case("signer_revoked_after_the_seal", "signer.revoked-later", WHOLE, base="signer-revoked-later")
untouched_case("revocation_list_was_stale", "signer.crl", base="crl-stale")
untouched_case("revocation_list_not_valid_yet", "signer.crl", base="crl-not-yet")


@vector("signer.revoked-later", WHOLE, "newer-list")
def newer_list_says_revoked_after_the_seal(case): case.roots += ["--crl", case.good / "roots/newer.crl"]


@vector("signer.revoked", base="newer-list-before")
def newer_list_says_revoked_before_the_seal(case): case.roots += ["--crl", case.good / "roots/newer.crl"]


@vector("signer.people")
def certificate_of_another_officer(case):
    shutil.copy(case.bag / "seal/certs/officer1.crt", case.bag / "seal/certs/officer2.crt")
    case.rewrite_seal()


# ---- authorities that have expired since, and renewals (FORMAT.md 9.3); in "old", tsa expired 100 days ago, tsa2 20 days ago
@vector("renewal", CANNOT_TELL, "old")
def authority_expired_and_nothing_renewed(case): pass


@vector(None, WHOLE, "old")
def renewed_twice_in_time(case):
    case.tool(200, "renew", "tsa2", case.bag)
    case.tool(50, "renew", "tsa3", case.bag)


@vector("renewal", CANNOT_TELL, "old")
def renewed_once_and_that_authority_expired_too(case): case.tool(200, "renew", "tsa2", case.bag)


@vector("renewal", CANNOT_TELL, "old")
def renewed_after_the_authority_had_expired(case): case.tool(50, "renew", "tsa3", case.bag)


@vector(None, WHOLE)
def renewed_early(case): case.tool(0, "renew", "tsa2", case.bag)


def renewal(case, change, authority="tsa2", days_ago=0, number="001"):
    """A renewal whose maker wrote another index than the files call for."""
    folder = case.beside("renew") / number
    folder.mkdir(parents=True)
    files = [p for top in (case.bag, case.after) for p in top.rglob("*") if p.is_file()]
    lines = sorted((str(p.relative_to(case.folder)), hashlib.sha512(p.read_bytes()).hexdigest()) for p in files)
    index = folder / "index-sha512.txt"
    index.write_text("".join(f"{digest}  {path}\n" for path, digest in change(lines)))
    case.tool(days_ago, "stamp", authority, index)


@vector(None, WHOLE)
def renewal_made_by_hand(case): renewal(case, lambda lines: lines)


@vector("renew.covers")
def renewal_that_misses_a_file(case): renewal(case, lambda lines: [x for x in lines if not x[0].endswith("shot-0002.png")])


@vector("renew.covers")
def renewal_that_misses_the_seals_stamp(case): renewal(case, lambda lines: [x for x in lines if not x[0].endswith("seal.txt.tsr")])


@vector("renew.digest")
def renewal_with_a_wrong_digest(case): renewal(case, lambda lines: [(p, d[:-1] + ("0" if d[-1] != "0" else "1") if p.endswith("rec-0001.mp4") else d) for p, d in lines])


@vector("renew.missing")
def renewal_of_a_file_that_is_gone(case): renewal(case, lambda lines: sorted(lines + [(case.id + ".after/sig-officer2.p7s", "0" * 128)]))


@vector("renew.form")
def renewal_in_another_order(case): renewal(case, lambda lines: lines[::-1])


@vector("renew.time")
def renewal_older_than_the_seal(case): renewal(case, lambda lines: lines, days_ago=1)


@vector("renew.number")
def renewals_from_two_on(case): renewal(case, lambda lines: lines, number="002")


@vector("stamp.imprint")
def renewal_with_a_changed_index(case):
    case.tool(0, "renew", "tsa2", case.bag)
    case.open(case.folder)
    index = case.beside("renew") / "001/index-sha512.txt"
    index.write_text("".join(x for x in index.read_text().splitlines(True) if ".after/" not in x or "seal.txt.tsr" in x) + "")
    shutil.copy(case.after / "seal.txt.tsr", f"{index}.tsr")


@vector("renew.stamp")
def renewal_without_its_stamp(case):
    case.tool(0, "renew", "tsa2", case.bag)
    (case.beside("renew") / "001/index-sha512.txt.tsr").unlink()


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


@vector("tags.state")
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
@vector("zip.end")
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


@vector("zip.directory")
def comment_field_in_directory(case):
    data = bytearray(case.zip().read_bytes())
    data[data.index(b"PK\1\2") + 36] ^= 1          # internal attributes: no stock tool shows them
    case.package.write_bytes(data)


def case_zip(case, change):
    """The package as a ZIP in canonical headers, with other members."""
    package = case.zip()
    with zipfile.ZipFile(package) as old:
        files = change([(n, old.read(n)) for n in old.namelist()])
    out, directory = b"", b""
    for name, content in files:
        script = name.split("/", 1)[1] == "verify.sh"
        fields = struct.pack("<HHHHIIIHH", 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<HH", 0x031E, 20) + fields + struct.pack(
            "<HHHII", 0, 0, 0, 0x81ED0000 if script else 0x81A40000, len(out)) + name.encode()
        out += b"PK\3\4" + struct.pack("<H", 20) + fields + name.encode() + content
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(out), 0)
    package.write_bytes(out + directory + end)


@vector("zip.header", stock=(WHOLE, "no stock tool shows the local header's own time; nothing but the directory's is used"))
def time_of_a_local_header(case):
    data = bytearray(case.zip().read_bytes())
    data[10] ^= 1
    case.package.write_bytes(data)


@vector("zip.directory")
def bytes_before_the_zip(case):
    data = case.zip().read_bytes()
    case.package.write_bytes(b"MZ" + data)


@vector("zip.end")
def zip_cut_short(case):
    data = case.zip().read_bytes()
    case.package.write_bytes(data[:-30])


@vector("zip.layout")
def zip_bomb_of_overlapping_entries(case):
    """Two thousand names for the bytes of one file, as overlapping bombs do it."""
    package = case.zip()
    with zipfile.ZipFile(package) as old:
        content = max((old.read(n) for n in old.namelist()), key=len)
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(case.id) + 24, 0)
    directory = b""
    for n in range(2000):
        name = f"{case.id}/data/attach/raw/x{n:06}".encode()
        directory += b"PK\1\2" + struct.pack("<HH", 0x031E, 20) + struct.pack("<HHHHIIIHH", 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(name), 0) + \
            struct.pack("<HHHII", 0, 0, 0, 0x81A40000, 0) + name
    first = f"{case.id}/data/attach/raw/x000000".encode()
    body = local[:26] + struct.pack("<HH", len(first), 0) + first + content
    package.write_bytes(body + directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 2000, 2000, len(directory), len(body), 0))


@vector("zip.directory")
def zip_bomb_that_claims_too_much(case):
    data = bytearray(case.zip().read_bytes())
    at = data.index(b"PK\1\2")
    data[at + 20:at + 28] = struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)
    case.package.write_bytes(data)


@vector("tree.foreign")
def absolute_name(case): case_zip(case, lambda files: [("/etc/cron.d/x", b"x")] + files)


@vector("zip.directory")
def symbolic_link_in_zip(case):
    data = bytearray(case.zip().read_bytes())
    at = data.index(b"PK\1\2")
    data[at + 38:at + 42] = struct.pack("<I", 0xA1FF0000)
    case.package.write_bytes(data)


# ---- what lies beside
@vector("beside.export")
def record_of_another_zip(case):
    case.zip()
    record = case.record()
    record.write_text(re.sub(r'"sha256":"[0-9a-f]', lambda m: m[0][:-1] + ("0" if m[0][-1] != "0" else "1"), record.read_text()))


@vector("beside.form")
def record_that_cannot_be_read(case):
    case.zip()
    record = case.record()
    record.write_text(record.read_text()[:-20])


@vector("signer.people")
def record_signed_by_another(case):
    case.zip()
    case.tool(0, "sign", "officer2", case.record())


@vector(None, WHOLE)
def zip_renamed_since_its_record(case):
    case.zip()
    case.record()
    case.package = case.package.rename(case.folder / "证据.zip")


def report(case, seal, days_ago=0):
    edition = case.beside("report") / "001"
    edition.mkdir(parents=True)
    (edition / "report.pdf").write_text(f"%PDF-1.7 /Subject (Guzheng package {case.id} seal {seal})")
    case.tool(days_ago, "sign", "officer1", edition / "report.pdf")
    return edition / "report.pdf"


@vector("beside.fingerprint")
def report_of_other_contents(case): report(case, "0" * 64)


@vector(None, WHOLE)
def report_of_this_package(case): report(case, case.digest("sha256", case.bag / "seal/seal.txt"))


@vector("signer.content")
def report_changed_after_signing(case):
    with report(case, case.digest("sha256", case.bag / "seal/seal.txt")).open("a") as f:
        f.write("more")


@vector("beside.signature")
def report_without_its_signature(case): Path(f"{report(case, case.digest('sha256', case.bag / 'seal/seal.txt'))}.p7s").unlink()


@vector("crl", CANNOT_TELL, "short-list")
def report_signed_after_the_list_had_expired(case): report(case, case.digest("sha256", case.bag / "seal/seal.txt"))


@vector(None, WHOLE, "short-list")
def report_signed_after_the_list_and_a_newer_one_given(case):
    report(case, case.digest("sha256", case.bag / "seal/seal.txt"))
    case.tool(20, "stamp", "tsa", case.beside("report") / "001/report.pdf.p7s")
    case.roots += ["--crl", case.good / "roots/newer.crl"]


def receipt(case, change=lambda text: text, sign="station"):
    folder = case.beside("receipt")
    folder.mkdir()
    tokens = sorted(str(p.relative_to(case.folder)) for top in (case.bag, case.after) for p in top.rglob("*.tsr"))
    text = (f"Receipt-Format: 1\nPackage: {case.id}\nFingerprint: {case.digest('sha256', case.bag / 'seal/seal.txt')}\nReceived-By: 示例市证据归集系统\n"
            f"Received-At: 2026-11-21T14:40:00.000+08:00\nZip-SHA256: {case.digest('sha256', case.good / 'package.zip')}\n")
    text += "".join(f"Token: {case.digest('sha256', case.folder / t)}  {t}\n" for t in tokens)
    (folder / "central.txt").write_text(change(text))
    case.tool(0, "sign", sign, folder / "central.txt")
    case.tool(0, "stamp", "tsa", folder / "central.txt.p7s")


@vector(None, WHOLE)
def received(case): receipt(case)


@vector("beside.fingerprint")
def receipt_of_another_package(case): receipt(case, lambda text: re.sub(r"Fingerprint: .", lambda m: m[0][:-1] + ("0" if m[0][-1] != "0" else "1"), text))


@vector("receipt.token")
def receipt_that_knows_another_token(case): receipt(case, lambda text: re.sub(r"Token: .", lambda m: m[0][:-1] + ("0" if m[0][-1] != "0" else "1"), text))


@vector("receipt.token")
def receipt_that_leaves_a_token_out(case): receipt(case, lambda text: "".join(x for x in text.splitlines(True) if "final.head.tsr" not in x))


@vector("receipt.form")
def receipt_without_a_line(case): receipt(case, lambda text: text.replace("Receipt-Format: 1\n", ""))


@vector("signer.content")
def receipt_changed_after_signing(case):
    receipt(case)
    path = case.beside("receipt") / "central.txt"
    path.write_text(path.read_text().replace("示例市", "另一市"))


@vector("receipt.token")
def seal_stamp_exchanged_after_the_receipt(case):
    receipt(case)
    (case.after / "seal.txt.tsr").unlink()
    shutil.copy(case.bag / "seal/seal.txt", case.after / "seal.txt")
    case.tool(0, "stamp", "tsa", case.after / "seal.txt")
    (case.after / "seal.txt").unlink()


# ---- the second signature
def sign_later(case, who, days_ago=0):
    shutil.copy(case.bag / "tagmanifest-sha256.txt", case.after / "sig-officer2")
    case.tool(days_ago, "sign", who, case.after / "sig-officer2")
    (case.after / "sig-officer2").unlink()
    case.tool(days_ago, "stamp", "tsa", case.after / "sig-officer2.p7s")


@vector("待签", INCOMPLETE, "unsigned")
def second_signature_not_there_yet(case): pass


@vector(None, WHOLE, "unsigned")
def second_signature_came_later(case): sign_later(case, "officer2")


@vector("signer.people", base="unsigned")
def second_signature_later_by_the_first_officer(case): sign_later(case, "officer1")


@vector("stamp.time", base="unsigned")
def second_signature_stamped_before_the_seal(case): sign_later(case, "officer2", 1)


@vector("signer.form")
def second_signature_twice(case): sign_later(case, "officer2")


@vector("待签", INCOMPLETE, "unsigned")
def later_signature_taken_away(case):
    """Nothing tells that it was ever there: a receipt or a renewal would."""
    sign_later(case, "officer2")
    (case.after / "sig-officer2.p7s").unlink()
    (case.after / "sig-officer2.p7s.tsr").unlink()


@vector("renew.missing", base="unsigned")
def later_signature_taken_away_after_a_renewal(case):
    sign_later(case, "officer2")
    case.tool(0, "renew", "tsa2", case.bag)
    (case.after / "sig-officer2.p7s").unlink()
    (case.after / "sig-officer2.p7s.tsr").unlink()


@vector("stamp.imprint")
def signature_taken_away_by_an_insider(case):
    (case.bag / "seal/sig-officer2.p7s").unlink()
    case.rewrite_seal()


# ---- no damage, but not whole either
@vector(None, WHOLE)
def untouched(case): pass


@vector(None, WHOLE)
def untouched_zip(case): case.zip()


@vector(None, WHOLE)
def zip_with_its_record(case):
    case.zip()
    case.record()


@vector(None, PRACTICE, "practice")
def practice(case): pass


@vector(None, PRACTICE, "practice")
def practice_zip(case): case.zip()


@vector("待时间戳", INCOMPLETE, "unstamped")
def seal_not_stamped_yet(case): pass


@vector("缺少证照公示信息", INCOMPLETE, "incomplete")
def incomplete_with_its_reason(case): pass


@vector("开始时没有取得时间戳", INCOMPLETE, "no-beacon")
def begun_without_an_authority(case): pass


@vector("org-root", CANNOT_TELL)
def organisations_root_not_given(case): case.roots = case.roots[2:]


@vector("tsa-root", CANNOT_TELL)
def authoritys_root_not_given(case): case.roots = case.roots[:2]


@vector("org-root", CANNOT_TELL, "practice")
def no_root_given(case): case.roots = []


@vector("manifest.sha256")
def changed_and_no_root_given(case):
    case.roots = []
    case.flip(case.bag / "data/main/shot-0001.png")


# ---- all three readers over all of them
def answers(case, bin_folder):
    programs = {"program": [bin_folder / "guzheng-evidence", "verify", "--json"], "reader": [sys.executable, ROOT / "tests/reader/reader.py"],
                "stock": ["bash", ROOT / "resources/verify/verify.sh"]}
    return {name: subprocess.run([*program, case.package, *case.roots], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
            for name, program in programs.items()}


def says(done, rule, code):
    if rule is None:
        return True
    value = json.loads(done.stdout)
    where = {DAMAGED: [f["rule"] for f in value["damage"]], CANNOT_TELL: value["missing"]}.get(code, value["incomplete"] + [f["rule"] for f in value["notes"]])
    return rule in where


def try_one(entry, packages, top):
    name, rule, code, base, stock, change = entry
    folder = top / "cases" / name
    folder.mkdir(parents=True)
    try:
        case = Case(packages, folder, base)
        change(case)
        done = answers(case, packages.bin)
    except subprocess.CalledProcessError as error:
        return f"FAIL {name}: {error} {error.stderr[-300:]}"
    wanted = {"program": code, "reader": code, "stock": stock[0] if stock else code}
    wrong = [who for who in done if done[who].returncode != wanted[who]]
    if not wrong and not says(done["program"], rule, code):
        wrong = ["program"]
    Case.open(folder)
    for path in folder.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o700)
    shutil.rmtree(folder)
    said = " ".join(f"{who} {answer.returncode}" for who, answer in done.items())
    if not wrong:
        return f"ok   {name}: {said}"
    return f"FAIL {name}: {said}; wanted {wanted} {rule}\n" + "\n".join(f"  -- {who}\n{done[who].stdout[-1800:]}{done[who].stderr[-400:]}" for who in wrong)


def main():
    bin_folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    entries = [v for v in VECTORS if not chosen or v[0] in chosen]
    with tempfile.TemporaryDirectory(prefix="guzheng-vectors-") as top:
        packages = Packages(Path(top), bin_folder)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = []
            for line in pool.map(lambda v: try_one(v, packages, Path(top)), entries):
                print(line, flush=True)
                results.append(line)
        for path in Path(top).rglob("*"):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
    print("what stock tools cannot see:")
    for name, rule, code, _, stock, _ in entries:
        if stock:
            print(f"  {name} ({rule}): {stock[1]}")
    failures = sum(line.startswith("FAIL") for line in results)
    print(f"{len(results)} packages, three readers, {failures} wrong")
    return 1 if failures or not results else 0


if __name__ == "__main__":
    sys.exit(main())
