#!/usr/bin/env python3
"""A second, independent reader of evidence packages, written from core/seal/FORMAT.md alone.

  reader.py PACKAGE [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--json]

Python's standard library only; certificates, CMS and time stamps are checked by the `openssl` program. Exit codes:
0 whole, 1 usage, 2 could not run, 3 damaged, 4 incomplete, 5 cannot tell, 6 practice.
"""
import argparse
import datetime
import hashlib
import itertools
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import locked

BESIDE = ("after", "enc", "group", "handover", "receipt", "renew", "report", "review")
ID = re.compile(r"[A-Z]{2}-[0-9]{2}-[0-9]{8}-[0-9]{4}")
COMPONENT = re.compile(r"[a-z0-9][a-z0-9._-]*|VERIFY\.txt|[0-9]{8}\.head(\..*)?")
RESERVED = {"aux", "con", "prn", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10)}
TAGS = ["VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-md5.txt", "manifest-sha256.txt", "verify.sh"]
SEAL = {"seal/certs/" + n for n in ("station.crt", "officer1.crt", "officer2.crt", "org.crt", "tsa.crt", "org.crl")} | {
    "seal/digests-sm3.txt", "seal/sig-station.p7s", "seal/sig-officer1.p7s"}
JSONS = ["order", "people", "env", "device", "app", "node", "net", "values"]
KINDS = set("""tsa.beacon tsa.none tsa.anchor seg.open seg.close shot session.open order.recv people env.check device.attest
app.attest challenge clock.sample input app.foreground net.change pts.bump gap.begin gap.end pause resume note confirm
long crash.recover import session.close""".split())
PAYLOAD = re.compile(r"data/main/(rec-[0-9]{4}\.(mp4|ogg|txt)|shot-[0-9]{4}\.(png|xml)|import-[0-9]{4}\.(" + "3gp|amr|avi|bin|bmp|docx|flac|gif|heic|jpg|m4a|mkv|mov|mp3|mp4|ogg|pdf|png|pptx|tif|txt|wav|webp|xlsx|zip" + r"))|data/attach/(journal\.log|salts\.p7m|order\.json\.p7s|"
                     r"(order|people|env|device|app|node|net|values|long-[0-9]{4})\.json|raw/.+|tst/beacon(\.2?\.?tsr|\.tsr)?|tst/([0-9]{8}|final)\.head(\.tsr|\.2\.tsr)?)")


GAPS = {"black-page", "link-lost", "no-key-frame", "no-picture-change", "no-sound", "pause", "phone-locked", "queue-full", "record-failed", "stamp-late"}
NOT_OF_FILM = {"black-page", "no-sound", "pause", "phone-locked", "stamp-late"}


TURNED = bytes(int(f"{i:08b}"[::-1], 2) for i in range(256))


def ogg_crc(page):
    """RFC 3533: the polynomial of zlib's crc32 the other way round, from 0, its own field taken as 0."""
    raw = zlib.crc32((page[:22] + bytes(4) + page[26:]).translate(TURNED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{raw:032b}"[::-1], 2)


def ogg_pages(data):
    """(flags, granule position, serial, number, bytes, packet) of each page that stands, each with one whole packet; ends where one does not."""
    at = 0
    while len(data) - at >= 27 and data[at:at + 5] == b"OggS\0":
        flags, granule, serial, number, crc, laces = struct.unpack_from("<BqIIIB", data, at + 5)
        lacing = data[at + 27:at + 27 + laces]
        size = 27 + laces + sum(lacing)
        if len(lacing) != laces or laces == 0 or any(x != 255 for x in lacing[:-1]) or lacing[-1] == 255 or at + size > len(data) or ogg_crc(data[at:at + size]) != crc:
            return
        yield flags, granule, serial, number, size, data[at + 27 + laces:at + size]
        at += size


def opus_samples(packet):
    """At 48 kHz (RFC 6716, 3.1); 0: no Opus packet."""
    if not 1 <= len(packet) <= 61440:
        return 0
    kind, code = packet[0] >> 3, packet[0] & 3
    frame = (480, 960, 1920, 2880)[kind & 3] if kind < 12 else (480, 960)[kind & 1] if kind < 16 else (120, 240, 480, 960)[kind & 3]
    frames = (1, 2, 2, packet[1] & 63 if len(packet) > 1 else 0)[code]
    return frames * frame if frames * frame <= 5760 else 0


class CannotRun(Exception):
    pass


class Reader:
    def __init__(self, package, org, tsa, crl=None):
        self.org, self.tsa, self.crl, self.zipped, self.around = org, tsa, crl, None, None
        self.damage, self.incomplete, self.missing, self.notes, self.renewed, self.known = [], [], [], [], {}, {}
        self.now = datetime.datetime.now().timestamp()
        self.files, self.beside, self.entries, self.films = {}, {}, [], {}
        self.temp = tempfile.TemporaryDirectory(prefix="guzheng-reader-")
        self.open(Path(package))
        self.locked = locked.take_parts(self)

    def bad(self, rule, what):
        self.damage.append((rule, what))

    def need(self, condition, rule, what):
        if not condition:
            self.bad(rule, what)
        return bool(condition)

    # ---- section 9: the ZIP, or a folder
    def open(self, package):
        if package.is_dir():
            bag = Path(os.path.abspath(package))           # what the path is called, whatever a link in it leads to
            self.id, self.around = bag.name, bag.parent
            self.open_folder(bag)
        elif package.is_file():
            data = package.read_bytes()
            self.open_zip(data)
            record = Path(os.path.abspath(package)).parent / f"{self.id}.handover/export.json"
            if ID.fullmatch(self.id) and record.is_file():
                said = self.canonical(record.read_bytes())
                if isinstance(said, dict) and said.get("file") == package.name:
                    self.zipped = (hashlib.sha256(data).hexdigest(), len(data))
                for path in sorted(record.parent.iterdir()):
                    self.need(path.is_file(), "beside.extra", path.name)
                    if path.is_file():
                        self.beside["handover/" + path.name] = path.read_bytes()
        else:
            raise CannotRun(f"{package} is not there")

    def open_folder(self, bag):
        if not ID.fullmatch(self.id) and not (bag / "bagit.txt").exists():
            raise CannotRun("no evidence package")
        for part in [""] + ["." + p for p in BESIDE]:
            top = bag.parent / (self.id + part)
            if not top.exists() and not top.is_symlink():
                continue
            if not self.need(top.is_dir() and (not part or not top.is_symlink()), "tree.link", top.name):
                continue
            for folder, folders, names in os.walk(top):
                self.need(folders or names, "tree.empty-folder", folder)
                for name in folders + names:
                    full = Path(folder) / name
                    plain = not full.is_symlink() and (full.is_file() or full.is_dir())
                    self.need(plain, "tree.link", full)
                    if plain and full.is_file():
                        self.add(str(full.relative_to(bag.parent)), full.read_bytes())

    def open_zip(self, data):
        self.id = ""
        if data[:4] != b"PK\3\4" and data[-22:-18] != b"PK\5\6":
            raise CannotRun("no ZIP and so no evidence package")
        if not self.need(len(data) >= 22 and data[-22:-18] == b"PK\5\6", "zip.end", "no end of central directory at the end"):
            return
        count, size, offset = struct.unpack("<H2xII", b"".join([data[-12:-10], data[-12:-10], data[-10:-2]]))
        if count == 0xFFFF or size == 0xFFFFFFFF or offset == 0xFFFFFFFF:
            end64 = data[-98:-42]
            if not self.need(end64[:4] == b"PK\6\6", "zip.end", "no ZIP64 end"):
                return
            count, size, offset = struct.unpack("<24x8xQQQ", end64)
        members, at = [], offset
        while at < offset + size and at + 46 <= len(data):
            crc, _, length, name_n, extra_n = struct.unpack_from("<IIIHH", data, at + 16)
            place, = struct.unpack_from("<I", data, at + 42)
            name = data[at + 46:at + 46 + name_n].decode("utf-8", "replace")
            extra = data[at + 46 + name_n:at + 46 + name_n + extra_n][4:]
            if length == 0xFFFFFFFF and len(extra) >= 16:
                length, extra = struct.unpack("<Q", extra[:8])[0], extra[16:]
            if place == 0xFFFFFFFF and len(extra) >= 8:
                place, = struct.unpack("<Q", extra[:8])
            members.append((name, length, crc, place))
            at += 46 + name_n + extra_n + 0
            if len(members) > 200000:
                break
        # written anew from names and contents: the whole file must come out
        built, directory = 0, b""
        self.need(len(members) == count, "zip.directory", "another number of entries")
        self.id = members[0][0][:19] if members else ""
        names = [m[0] for m in members]
        self.need(names == sorted(names, key=lambda n: n.encode()) and len(set(names)) == len(names), "zip.order", "entries not in order")
        for name, length, crc, place in members:
            big, far = length >= 0xFFFFFFFF, place >= 0xFFFFFFFF
            fields = struct.pack("<HHHHIIIH", 0, 0, 0, 0x21, crc, min(length, 0xFFFFFFFF), min(length, 0xFFFFFFFF), len(name.encode()))
            extra = struct.pack("<HHQQ", 1, 16, length, length) if big else b""
            local = b"PK\3\4" + struct.pack("<H", 45 if big else 20) + fields + struct.pack("<H", len(extra)) + name.encode() + extra
            if not self.need(place == built and data[place:place + len(local)] == local, "zip.header", name):
                return
            content = data[place + len(local):place + len(local) + length]
            self.need(len(content) == length and zlib.crc32(content) == crc, "zip.crc", name)
            built = place + len(local) + length
            extra = (struct.pack("<QQ", length, length) if big else b"") + (struct.pack("<Q", place) if far else b"")
            extra = struct.pack("<HH", 1, len(extra)) + extra if extra else b""
            script = name.split("/", 1)[-1] == "verify.sh"
            directory += (b"PK\1\2" + struct.pack("<HH", 0x031E, 45 if big or far else 20) + fields + struct.pack(
                "<HHHHII", len(extra), 0, 0, 0, 0x81ED0000 if script else 0x81A40000, min(place, 0xFFFFFFFF)) + name.encode() + extra)
            self.need(".handover/" not in name, "tree.foreign", name)
            self.add(name, content)
        end = b""
        if count >= 0xFFFF or len(directory) >= 0xFFFFFFFF or built >= 0xFFFFFFFF:
            end = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 0x031E, 45, 0, 0, count, count, len(directory), built)
            end += b"PK\6\7" + struct.pack("<IQI", 0, built + len(directory), 1)
        end += b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), min(len(directory), 0xFFFFFFFF),
                                       min(built, 0xFFFFFFFF), 0)
        self.need(data[built:] == directory + end, "zip.directory", "central directory or end is not in its one form")

    def add(self, name, content):
        top, _, rest = name.partition("/")
        if top == self.id:
            target = self.files
        elif top.startswith(self.id + ".") and top[len(self.id) + 1:] in BESIDE:
            target, rest = self.beside, top[len(self.id) + 1:] + "/" + rest
        else:
            return self.bad("tree.foreign", name)
        path = rest if target is self.files else rest.partition("/")[2]
        parts = path.split("/")
        good = len(path) <= 100 and all(COMPONENT.fullmatch(p) and p.split(".")[0].lower() not in RESERVED for p in parts)
        self.need(good, "tree.name", name)
        self.need(name.lower() not in self.entries, "tree.twice", name)
        self.entries.append(name.lower())
        target[rest] = content

    # ---- helpers
    def sha(self, path):
        return locked.digest_of(self.files[path]) if path in self.files else ""

    def json(self, name):
        return self.canonical(self.files.get(f"data/attach/{name}.json", b""))

    @staticmethod
    def canonical(raw):
        """The value when `raw` is its own canonical spelling and LF, else None."""
        def once(pairs):
            if len({k for k, _ in pairs}) != len(pairs):
                raise ValueError("key twice")
            return dict(sorted(pairs, key=lambda p: p[0].encode("utf-16-be", "surrogatepass")))

        def whole(text):
            if abs(int(text)) > 2 ** 53 - 1:
                raise ValueError("integer")
            return int(text)

        def refuse(text):
            raise ValueError("number")
        try:
            text = raw.decode("utf-8")
            value = json.loads(text, object_pairs_hook=once, parse_int=whole, parse_float=refuse, parse_constant=refuse)
            return value if json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n" == text else None
        except (ValueError, RecursionError):
            return None

    @staticmethod
    def time(text):
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d", text):
            return None
        try:
            return datetime.datetime.fromisoformat(text).timestamp()
        except ValueError:
            return None

    def path_of(self, content):
        handle, name = tempfile.mkstemp(dir=self.temp.name)
        with os.fdopen(handle, "wb") as f:
            f.write(content)
        return name

    @staticmethod
    def openssl(*args, data=None):
        return subprocess.run(["openssl", *args], input=data, capture_output=True)

    # ---- section 2: lists
    def check_lists(self):
        payload = sorted((p for p in self.files if p.startswith("data/")), key=str.encode)
        sealed = sorted(["tagmanifest-sha256.txt"] + [p for p in self.files if p.startswith("seal/") and p != "seal/seal.txt"], key=str.encode)
        for name, kind, paths in (("manifest-md5.txt", "md5", payload), ("manifest-sha256.txt", "sha256", payload),
                                  ("seal/digests-sm3.txt", "sm3", payload), ("tagmanifest-sha256.txt", "sha256", TAGS),
                                  ("seal/seal.txt", "sha256", sealed)):
            if not self.need(name in self.files, "tree.missing", name):
                continue
            if self.locked and paths is payload:          # its bytes are not known
                continue
            wanted = "".join(f"{self.digest(kind, self.files[p])}  {p}\n" for p in paths if p in self.files).encode()
            if self.files[name] == wanted:
                continue
            listed = {}
            for line in self.files[name].decode("utf-8", "replace").splitlines():
                digest, _, path = line.partition("  ")
                listed[path] = digest
            self.bad("manifest", f"{name} is not what sha256sum would print")
            for path in sorted(set(listed) | set(paths)):
                if path not in self.files:
                    self.bad("tree.missing", path)
                elif path not in listed:
                    self.bad("tree.extra", path)
                elif listed[path] != self.digest(kind, self.files[path]):
                    self.bad("manifest." + kind, path)
        for path in SEAL | set(TAGS):
            self.need(path in self.files, "tree.missing", path)
        known = SEAL | set(TAGS) | {"tagmanifest-sha256.txt", "seal/seal.txt", "seal/sig-officer2.p7s"}
        for path in self.files:
            self.need(path in known or PAYLOAD.fullmatch(path), "tree.extra", path)

    def digest(self, kind, data):
        try:
            return hashlib.new(kind, data).hexdigest()
        except ValueError:        # a Python without SM3
            return self.openssl("dgst", "-" + kind, "-r", data=data).stdout.split()[0].decode()

    # ---- section 3
    def check_info(self):
        self.need(self.files.get("bagit.txt") == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "tags.bagit", "bagit.txt")
        labels = ["Source-Organization", "Capturing-Unit", "External-Identifier", "Internal-Sender-Identifier", "Bagging-Date",
                  "Bagging-Software", "Payload-Oxum", "Package-State", "Package-Format"]
        text = self.files.get("bag-info.txt", b"").decode("utf-8", "replace")
        lines = [line.partition(": ") for line in text.split("\n")[:-1]]
        self.info = {a: c for a, _, c in lines}
        names = [a for a, _, _ in lines]
        self.need(text.endswith("\n") and names in (labels, labels + ["Practice"]) and all(c for _, _, c in lines), "tags.bag-info", "labels")
        self.need(not re.search(r"[\x00-\x09\x0b-\x1f\x7f\ufffd]", text), "tags.bag-info", "control characters")
        size = [len(c) for p, c in self.files.items() if p.startswith("data/")]
        self.need(self.info.get("Payload-Oxum") == f"{sum(size)}.{len(size)}", "tags.oxum", "Payload-Oxum")
        self.need(self.info.get("External-Identifier") == self.id and ID.fullmatch(self.id), "tags.id", "External-Identifier")
        self.need(self.info.get("Internal-Sender-Identifier") == self.id[:5], "tags.id", "Internal-Sender-Identifier")
        self.need(self.info.get("Package-Format") == "1", "tags.bag-info", "Package-Format")
        self.need(self.time(self.info.get("Bagging-Date", "") + "T00:00:00.000+08:00"), "tags.bag-info", "Bagging-Date")
        self.need(self.info.get("Bagging-Software", "").startswith("Guzheng "), "tags.bag-info", "Bagging-Software")
        self.need(self.info.get("Practice", "练习 — 不得作为证据") == "练习 — 不得作为证据", "tags.bag-info", "Practice")
        state = self.info.get("Package-State", "")
        self.complete = state == "完整"
        if not self.complete and self.need(re.fullmatch("不完整：.+", state), "tags.state", state):
            self.incomplete += state[4:].split("；")

    # ---- section 5
    def check_journal(self):
        self.lines, self.bodies, self.zone = [], {}, None
        self.segments, self.shots, self.gaps, self.anchors, self.bumps = [], [], [], [], []
        raw = self.files.get("data/attach/journal.log", b"")
        self.need(raw.endswith(b"\n"), "journal.form", "no LF at the end")
        before, last, zone = "0" * 64, None, None
        for number, line in enumerate(raw.split(b"\n")[:-1]):
            where = f"line {number:08}"
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError:
                self.zone = zone
                return self.bad("journal.form", where)
            m = re.fullmatch(r"(\d{8}) ([0-9a-f]{64}) (\S{29}) (\S+) (\S|\S.*\S)", text)
            if not m or len(line) + 1 > 65536 or re.search("[\x00-\x1f\x7f-\x9f]", text):
                self.zone = zone
                return self.bad("journal.form", where)
            when = self.time(m[3])
            self.need(int(m[1]) == number and m[2] == before, "journal.chain", where)
            self.need(when is not None and (last is None or when >= last) and m[3][-6:] == (zone or m[3][-6:]), "journal.time", where)
            self.need(m[4] in KINDS, "journal.kind", where)
            before, last, zone = hashlib.sha256(line + b"\n").hexdigest(), when or last, m[3][-6:]
            self.lines.append((m[4], m[5], when or 0, before))
            if m[4] not in ("tsa.beacon", "tsa.anchor", "seg.close", "shot"):
                body = self.canonical(m[5].encode() + b"\n")
                if self.need(isinstance(body, dict), "journal.json", where):
                    self.bodies[number] = body
        self.zone = zone
        kinds = [k for k, *_ in self.lines]
        self.need(kinds[:1] in (["tsa.beacon"], ["tsa.none"]) and kinds[1:2] == ["session.open"] and kinds[-1:] == ["session.close"],
                  "journal.order", "first and last lines")
        for once in ("tsa.beacon", "tsa.none", "session.open", "order.recv", "people", "device.attest", "challenge", "session.close"):
            self.need(kinds.count(once) <= 1, "journal.order", once + " twice")
        environment = kinds.index("env.check") if "env.check" in kinds else len(kinds)
        for n in (n for n, k in enumerate(kinds) if k == "confirm"):
            self.need("people" in kinds[:n] and n < environment, "journal.order", f"line {n:08}")
        self.check_statements([self.bodies.get(n, {}) for n, k in enumerate(kinds) if k == "confirm"], "crash.recover" in kinds)
        self.walk_pairs()
        self.check_pauses()

    def check_statements(self, said, torn):
        """Section 5.6: each statement with its own answer."""
        if all(set(body) == {"text", "who"} for body in said):
            return                                       # of an earlier version
        for i, body in enumerate(said):
            act, no, result = body.get("act"), body.get("no"), body.get("result")
            self.need((act, no) == (("say", "answer")[i % 2], i // 2 + 1), "journal.pairs", f"statement {i // 2 + 1}")
            keys = {"act", "no", "text", "who"} | ({"title"} if act == "say" else {"result"} | ({"reason"} if result == "refuses" else set()))
            self.need(set(body) == keys and type(no) is int and all(isinstance(body[k], str) for k in keys - {"no"}), "journal.body", f"statement {i // 2 + 1}")
            filled = {"title", "text", "who"} if act == "say" else {"consents": {"who", "text"}, "refuses": {"who", "text", "reason"}, "silent": {"who"}}.get(result, set())
            self.need(all(body.get(k) for k in filled), "journal.body", f"statement {i // 2 + 1}")
            if act != "say":
                self.need(result in ("consents", "refuses", "silent", "absent") and (result != "absent" or body.get("who") == ""), "journal.body", f"statement {i // 2 + 1}")
        self.need(len(said) % 2 == 0 or torn, "journal.pairs", "the last statement has no answer")

    def check_pauses(self):
        """Section 5.3: a pause is a gap, and nothing is done to the phone in it."""
        since = None
        for n, (kind, *_) in enumerate(self.lines):
            value, where = self.bodies.get(n, {}), f"line {n:08}"
            if kind in ("pause", "resume"):
                self.need((kind == "pause") == (since is None), "journal.pairs", where)
            if since is not None and kind in ("resume", "session.close"):
                begun = any(g["word"] == "pause" and since < g["begin"] < n for g in self.gaps)
                self.need(begun or any(k == "crash.recover" for k, *_ in self.lines[since:n]), "journal.pause", where)
            since = n if kind == "pause" else None if kind == "resume" else since
            if kind == "gap.begin" and str(value.get("reason")).split(": ")[0] == "pause":
                self.need(since is not None, "journal.pause", where)
            if kind == "input" and "on" in value:
                self.check_element(value, where)
            if kind == "input" and since is not None:
                sent = value.get("act") == "clipboard" and "salted" in value
                self.need(sent or (value.get("act"), value.get("by")) == ("reset-video", "recorder"), "journal.pause", where)

    def check_element(self, touch, where):
        """Section 5.3: the element under a finger that is put down, of a layout no older than ten seconds."""
        on = touch["on"]
        whole = lambda values, count: isinstance(values, list) and len(values) == count and all(type(v) is int for v in values)  # noqa: E731
        if self.need((touch.get("act"), touch.get("do")) == ("touch", "down") and isinstance(on, dict)
                     and set(on) == {"age_ms", "alone", "bounds", "class", "id", "screen", "text"}, "journal.body", where):
            self.need(type(on["age_ms"]) is int and 0 <= on["age_ms"] <= 10000 and type(on["alone"]) is bool and whole(on["bounds"], 4) and whole(on["screen"], 2)
                      and all(isinstance(on[k], str) for k in ("class", "id", "text")) and (on["text"] or not on["alone"]), "journal.body", where)

    def walk_pairs(self):
        self.segments, self.shots, self.gaps, self.anchors, self.bumps = [], [], [], [], []
        for number, (kind, body, _, _) in enumerate(self.lines):
            value, where = self.bodies.get(number, {}), f"line {number:08}"
            if kind == "seg.open":
                video = str(value.get("path", "")).endswith(".mp4")
                self.need(not video or all("sha" in s or not s["path"].endswith(".mp4") for s in self.segments), "journal.pairs", where)
                self.need(set(value) == {"codec", "height", "origin_us", "path", "width"}, "journal.body", where)
                self.segments.append({**value, "open": number})
            elif kind == "seg.close":
                m = re.fullmatch(r"([0-9a-f]{64})  (\S+) (0|[1-9]\d*) (0|[1-9]\d*)", body)
                mine = [s for s in self.segments if m and s.get("path") == m[2] and "sha" not in s]
                if self.need(m and mine, "journal.pairs", where):
                    mine[0].update(sha=m[1], bytes=int(m[3]), packets=int(m[4]), close=number)
            elif kind == "shot":
                m = re.fullmatch(r"([0-9a-f]{64})  (\S+) (0|[1-9]\d*) (0|[1-9]\d*) (\S+)", body)
                if self.need(m and int(m[4]) >= int(m[3]), "journal.body", where):
                    self.shots.append((number, m[1], m[2], int(m[3]), int(m[4]), m[5]))
            elif kind == "tsa.anchor":
                m = re.fullmatch(r"(\d{8}) (pending|sha256:([0-9a-f]{64}))", body)
                if self.need(m and int(m[1]) < number, "stamp.anchor", where):
                    self.anchors.append((int(m[1]), m[3]))
            elif kind == "gap.begin":
                self.need(value.get("gap") == len(self.gaps) + 1, "journal.pairs", where)
                word = str(value.get("reason")).split(": ")[0]
                self.need(word in GAPS, "journal.body", where)
                self.gaps.append({"n": value.get("gap"), "reason": value.get("reason"), "begin": number, "word": word})
            elif kind == "gap.end":
                mine = [g for g in self.gaps if g["n"] == value.get("gap") and "end" not in g]
                if self.need(mine, "journal.pairs", where):
                    mine[0].update(end=number, packets=value.get("packets"))
            elif kind == "clock.sample":
                number_or_none = lambda k: value.get(k) is None or isinstance(value.get(k), int)
                self.need(set(value) == {"monotonic_us", "phone_ms", "tsa_came_ms", "tsa_ms", "wall_ms"} and isinstance(value.get("wall_ms"), int)
                          and isinstance(value.get("monotonic_us"), int) and all(map(number_or_none, ("phone_ms", "tsa_came_ms", "tsa_ms")))
                          and (value.get("tsa_ms") is None) == (value.get("tsa_came_ms") is None), "journal.body", where)
            elif kind == "pts.bump":
                self.bumps.append(value)
            elif kind == "session.close":
                self.need(all("sha" in s for s in self.segments) and all("end" in g for g in self.gaps), "journal.pairs", where)
        self.segments = [s for s in self.segments if isinstance(s.get("path"), str) and isinstance(s.get("origin_us"), int)]
        stamped = sorted(a for a, _ in self.anchors if a < len(self.lines))
        for number, _, path, *_ in self.shots:
            head = next((a for a in stamped if a >= number), None)
            self.need(not path.endswith(".png") or head is not None and self.in_time(number, head), "stamp.shot", path)
        heads = [0] + stamped + [len(self.lines) - 1]
        for a, b in zip(heads, heads[1:]):
            self.need(not self.lines or self.in_time(a, b), "stamp.stretch", f"line {b:08}")

    def in_time(self, a, b):
        if self.lines[b][2] - self.lines[a][2] <= 120:
            return True
        self.incomplete.append("有时间戳迟于 120 秒")
        return self.says_late(a, b)

    def says_late(self, a, b):
        """Lines a to b hold a stamp-late gap, or a crash after a."""
        return any(g["word"] == "stamp-late" and g["begin"] <= b and g.get("end", b) >= a for g in self.gaps) or any(
            line[0] == "crash.recover" for line in self.lines[a + 1:b + 1])

    # ---- section 5.7: whoever failed and holds a session up was let pass by somebody, for a reason
    def check_overrides(self, line, items):
        if "overrides" not in line:      # an earlier version, or things made elsewhere: neither lets an item pass
            self.need(not any("override" in i for i in items), "binding.value", "overrides")
            return
        holds = lambda i: i.get("compulsory") is True and i.get("verdict") == "fail"
        said = line["overrides"]
        formed = isinstance(said, list) and all(isinstance(o, dict) and set(o) == {"by", "item", "reason"} and all(isinstance(v, str) and v for v in o.values()) for o in said)
        self.need(formed and [(o["item"], o["reason"]) for o in said] == [(i.get("id"), i.get("override")) for i in items if holds(i)], "binding.value", "overrides")
        self.need(not any("override" in i for i in items if not holds(i)), "binding.value", "override of an item that did not fail")

    # ---- sections 5 and 6: what names what
    def check_bindings(self):
        named, main = [], []
        for value in self.bodies.values():
            files = value.get("files", [])
            for entry in files if isinstance(files, list) else []:
                path = entry.get("path") if isinstance(entry, dict) else None
                self.need(path in self.files and self.sha(path) == entry.get("sha256"), "binding.file", path)
                named.append(path)
        rest = [p for p in self.files if p.startswith("data/attach/") and p != "data/attach/journal.log" and not p.startswith("data/attach/tst/")]
        self.need(sorted(map(str, named)) == sorted(rest), "binding.file", "attached files and the journal's `files` differ")
        for s in self.segments:
            self.need(s.get("sha") == self.sha(s["path"]), "binding.main", s["path"])
            main.append(s["path"])
        for _, digest, path, *_ in self.shots:
            self.need(digest == self.sha(path), "binding.main", path)
            main.append(path)
        self.check_imports(main)
        self.need(sorted(main) == sorted(p for p in self.files if p.startswith("data/main/")), "binding.main", "main files and the journal differ")
        videos = [s["path"] for s in self.segments if s["path"].endswith(".mp4")]
        self.need(videos == [f"data/main/rec-{n:04}.mp4" for n in range(len(videos))], "binding.main", "segments not numbered in order")
        for p in self.files:
            stem = re.fullmatch(r"(data/main/rec-[0-9]{4})\.(ogg|txt)", p)
            if stem and stem[2] == "ogg" and stem[1] + ".txt" not in self.files:
                self.incomplete.append("录音没有文字记录")
            self.need(not stem or stem[2] == "ogg" or stem[1] + ".ogg" in self.files, "binding.main", p)
        self.check_long_pages()
        for suffix in (".png", ".xml"):
            shots = [s[2] for s in self.shots if s[2].endswith(suffix)]
            self.need(shots == sorted(shots), "binding.main", "shots not in order")
        self.need(all(self.json(n) is not None for n in JSONS if f"data/attach/{n}.json" in self.files), "binding.json", "attached JSON")
        one = lambda kind: next((b for n, b in self.bodies.items() if self.lines[n][0] == kind), {})
        opened, closed = one("session.open"), one("session.close")
        self.need(opened.get("package") == self.id and opened.get("station") == self.id[:5] and opened.get("format") == 1 and opened.get("zone") == self.zone, "binding.value", "session.open")
        self.need((closed.get("state") == "complete") == self.complete, "tags.state", "session.close")
        self.need("；".join(map(str, closed.get("reasons", []))) == self.info.get("Package-State", "")[4:] or self.complete, "tags.state", "reasons")
        code = one("challenge").get("code")
        self.need(code is None or code == self.sha("data/attach/tst/beacon.tsr")[:8], "binding.challenge", "challenge")
        self.need(one("order.recv").get("order_no") == (self.json("order") or {}).get("order_no"), "binding.value", "order_no")
        device = self.json("device") or {}
        self.need(all(one("device.attest").get(k) == device.get(k) for k in ("marks", "model", "serial")), "binding.value", "device.attest")
        self.check_overrides(one("env.check"), (self.json("env") or {}).get("items", []))
        marks = ["Practice" in self.info] + ["practice" in v for v in map(self.json, ("order", "people", "device", "values")) if v]
        marks += [bool(one(k).get("practice")) for k in ("session.open", "device.attest") if one(k)]
        self.practice = any(marks)
        self.need(all(marks) or not any(marks), "marks.differ", "practice is said in some places only")
        self.check_values()

    # ---- section 6.2
    def imports(self):
        return [self.bodies[n] for n, line in enumerate(self.lines) if line[0] == "import" and n in self.bodies]

    def is_import(self):
        return (self.json("order") or {}).get("type") == "导入"

    def check_long_pages(self):
        """Section 6.3: screenshots that are one page. That the rows are equal is proved by whoever draws it."""
        long = [(n, self.bodies.get(n, {})) for n, (k, *_) in enumerate(self.lines) if k == "long"]
        for n, body in self.bodies.items():
            for entry in body.get("files", []) if isinstance(body.get("files"), list) else []:
                path = str(entry.get("path")) if isinstance(entry, dict) else ""
                self.need(path.startswith("data/attach/long-") == (self.lines[n][0] == "long"), "binding.file", path)
        for no, (line, body) in enumerate(long, 1):
            name = f"long-{no:04}"
            path = f"data/attach/{name}.json"
            files = body.get("files")
            if not self.need(set(body) == {"files", "no"} and body["no"] == no and isinstance(files, list) and [f.get("path") for f in files] == [path], "long", path):
                continue
            page = self.json(name)
            whole = lambda value, least: type(value) is int and value >= least
            form = isinstance(page, dict) and set(page) == {"no", "overlaps", "pages", "title"} and page["no"] == no and isinstance(page["title"], str)
            form = form and isinstance(page["pages"], list) and isinstance(page["overlaps"], list) and len(page["pages"]) >= 2 and len(page["overlaps"]) == len(page["pages"]) - 1
            form = form and all(isinstance(o, dict) and set(o) == {"rows", "shift", "top"} and whole(o["rows"], 1) and whole(o["shift"], 1) and whole(o["top"], 0) for o in page["overlaps"])
            if not self.need(form, "long", path):
                continue
            taken = {s[2]: s[1] for s in self.shots if s[0] < line and s[2].endswith(".png")}
            paths = [p.get("path") if isinstance(p, dict) and set(p) == {"path", "sha256"} else None for p in page["pages"]]
            self.need(None not in paths and paths == sorted(set(paths)) and all(taken.get(p["path"]) == p["sha256"] for p in page["pages"]), "long", path)

    def check_imports(self, main):
        keys = set("access basis bytes collector device kind made_at method name path proves sha256 source title".split())
        self.need(self.is_import() or not self.imports(), "import.kind", "an import line in another package")
        allowed = re.compile(r"tsa\..*|session\..*|order\.recv|people|env\.check|gap\..*|confirm|crash\.recover|import")
        self.need(not self.is_import() or all(allowed.fullmatch(k) for k, *_ in self.lines), "import.kind", "a phone's line in an import")
        for n, body in enumerate(self.imports()):
            path = str(body.get("path"))
            sealing = {"seal_no", "seal_state", "shielding"} if body.get("kind") in ("seal-before", "seal-after") else set()
            self.need(set(body) == keys | sealing, "journal.body", path)
            self.need(body.get("kind") in ("photo", "audio", "video", "document", "file", "seal-before", "seal-after"), "journal.body", path)
            self.need(path.startswith(f"data/main/import-{n + 1:04}.") and body.get("bytes") == len(self.files.get(path, b"")), "binding.main", path)
            self.need(body.get("sha256") == self.sha(path), "binding.main", path)
            main.append(path)

    def check_import_values(self, values):
        wanted = [{**{k: v for k, v in b.items() if k != "sha256"}, "no": n + 1} for n, b in enumerate(self.imports())]
        items = values.get("items", [])
        self.need([{k: v for k, v in i.items() if k != "maker"} for i in items] == wanted and all(i.get("maker") for i in items), "values", "items")
        self.need(values.get("package") == self.id and values.get("recordings") == [], "values", "package")
        kinds = [i.get("kind") for i in items]
        self.need(all(kinds.count(k) == n for k, n in values.get("checklist", {}).items()) and set(kinds) <= set(values.get("checklist", {})), "values", "checklist")
        self.need([(g.get("gap"), g.get("reason")) for g in values.get("gaps", [])] == [(g["n"], g["reason"]) for g in self.gaps], "values", "gaps")
        if self.complete:
            self.incomplete += ["记录曾中断后恢复" for line in self.lines if line[0] == "crash.recover"]
            filled = all(i.get(k) for i in items for k in ("title", "proves", "source", "collector", "method", "device", "made_at"))
            filled = filled and all(i.get("access") == "公开" or i.get("basis") for i in items)
            filled = filled and all(i.get("seal_no") and i.get("seal_state") for i in items if str(i.get("kind")).startswith("seal-"))
            self.need(items and filled and ("seal-before" in kinds) == ("seal-after" in kinds), "tags.complete", "items")
            self.need((self.json("order") or {}).get("write_protection") and self.lines[0][0] == "tsa.beacon", "tags.complete", "order")
            self.need(all(f"data/attach/{n}.json" in self.files for n in ("order", "people", "env", "values")), "tags.complete", "files")

    def check_values(self):
        values = self.json("values")
        if not isinstance(values, dict):
            return
        if self.is_import():
            return self.check_import_values(values)
        items, records = values.get("items", []), values.get("recordings", [])
        self.need(values.get("package") == self.id, "values", "package")
        paths = [i.get("path") for i in items] + [i["hierarchy"] for i in items if i.get("hierarchy")] + [r.get("path") for r in records]
        self.need(sorted(map(str, paths)) == sorted(p for p in self.files if p.startswith("data/main/") and not re.fullmatch(r"data/main/rec-[0-9]{4}\.txt", p)), "values", "main files")
        shots = {s[2]: s for s in self.shots}
        for item in items:
            shot = shots.get(item.get("path"))
            self.need(shot and self.position_fits(item.get("position_ms"), shot), "values", f"position of {item.get('path')}")
            self.need(shot and (item.get("before_us"), item.get("after_us")) == shot[3:5] and item.get("segment") in (shot[5], "" if shot[5] == "-" else shot[5]),
                      "values", item.get("path"))
        for record in records:
            mine = [s for s in self.segments if s["path"] == record.get("path")]
            self.need(mine and (record.get("bytes"), record.get("packets")) == (mine[0].get("bytes"), mine[0].get("packets")), "values", record.get("path"))
        gaps = [(g["n"], g["reason"], g.get("packets")) for g in self.gaps]
        self.need([(g.get("gap"), g.get("reason"), g.get("packets")) for g in values.get("gaps", [])] == gaps, "values", "gaps")
        kinds = [i.get("kind") for i in items]
        self.need(all(kinds.count(k) == n for k, n in values.get("checklist", {}).items()), "values", "checklist")
        if self.complete:
            self.incomplete += ["记录曾中断后恢复" for line in self.lines if line[0] == "crash.recover"]
            self.need({"platform-home", "shop-home", "licence", "violation"} <= set(kinds), "tags.complete", "kinds")
            self.need(all(i.get(k) for i in items for k in ("proves", "method", "made_at", "maker")), "tags.complete", "items")
            self.need(all(f"data/attach/{n}.json" in self.files for n in JSONS) and self.lines[0][0] == "tsa.beacon", "tags.complete", "files")

    def position_fits(self, said, shot):
        offset, before, places = 0, None, {}
        for s in (s for s in self.segments if s["path"].endswith(".mp4")):
            last = s["origin_us"] + (self.film_of(s["path"])[-1:] or [0])[0]
            if before:
                offset += max(s["origin_us"], before[1]) - before[0]
            places[s["path"]] = offset - s["origin_us"]
            before = (s["origin_us"], last)
        if not isinstance(said, int) or said < 0:
            return False
        if shot[5] == "-":
            return before is None and said == 0 or before is not None and said <= (offset + before[1] - before[0]) // 1000
        return shot[5] in places and said == (places[shot[5]] + shot[3]) // 1000

    # ---- section 7
    def stamp(self, token, content, where):
        """Time of a token over `content`, or None."""
        path, data = self.path_of(token), self.path_of(content)
        text = self.openssl("ts", "-reply", "-in", path, "-text").stdout.decode("utf-8", "replace")
        plain = self.openssl("ts", "-reply", "-in", path, "-token_out", "-out", path + ".p7")
        form = "Status: Granted." in text and "Status description: unspecified" in text and plain.returncode == 0
        m = re.search(r"Time stamp: (.*) GMT", text)
        if not self.need(form and m and "Hash Algorithm: sha256" in text, "stamp.form", where):
            return None
        imprint = locked.digest_of(content)
        over = ["-digest", imprint] if isinstance(content, locked.Locked) else ["-data", data]
        dump = "".join(re.findall(r"[0-9a-f]{2}", "".join(re.findall(r"^ +[0-9a-f]{4} - (.{48})", text.split("Serial number")[0], re.M))))
        if not self.need(dump == imprint, "stamp.imprint", where):
            return None
        fraction = re.search(r"(\.\d+)", m[1])
        when = datetime.datetime.strptime(re.sub(r"\.\d+", "", " ".join(m[1].split())), "%b %d %H:%M:%S %Y").replace(tzinfo=datetime.timezone.utc)
        seconds = when.timestamp() + (float(fraction[1]) if fraction else 0)
        self.need(seconds <= self.now + 5, "stamp.time", where)
        shown = where if where.startswith(self.id + ".") else f"{self.id}/{where}"
        if not self.tsa:
            self.missing.append("tsa-root")
        else:
            until = self.renewed.get(shown, self.now)
            held = self.openssl("ts", "-verify", "-in", path, *over, "-CAfile", self.tsa, "-attime", str(int(until)))
            if held.returncode:
                self.missing.append("renewal")
            done = self.openssl("ts", "-verify", "-in", path, *over, "-CAfile", self.tsa, "-attime", str(int(seconds)))
            self.need(done.returncode == 0, "stamp.authority", where)
            self.check_inside(path + ".p7", where)
        return seconds

    def check_inside(self, token, where):
        """Certificates in a token come from the given root, whole: what is not signed must not be free."""
        pem = self.openssl("pkcs7", "-inform", "DER", "-in", token, "-print_certs").stdout.decode()
        for one in re.findall(r"-----BEGIN.*?END CERTIFICATE-----\n", pem, re.S):
            if one not in self.known:
                self.known[one] = self.openssl("verify", "-partial_chain", "-check_ss_sig", "-no_check_time", "-CAfile", self.tsa, self.path_of(one.encode())).returncode == 0
            self.need(self.known[one], "stamp.form", where)
        same = self.openssl("pkcs7", "-inform", "DER", "-in", token, "-outform", "DER").stdout
        self.need(same == Path(token).read_bytes(), "stamp.form", where)

    def check_stamps(self):
        tst, now = "data/attach/tst/", datetime.datetime.now().timestamp()
        if not self.lines:
            return
        before, second, beacon = None, None, tst + "beacon"
        if self.lines[0][0] == "tsa.beacon":
            token = self.files.get(beacon + ".tsr", b"")
            self.need(self.lines[0][1] == "sha256:" + hashlib.sha256(token).hexdigest(), "stamp.beacon", "line 0")
            self.need(re.fullmatch(rb"[0-9a-f]{64}\n", self.files.get(beacon, b"")), "stamp.beacon", beacon)
            before = self.stamp(token, self.files.get(beacon, b""), beacon + ".tsr")
            self.need(before is None or -5 <= self.lines[0][2] - before <= 120, "stamp.time", beacon)
            if beacon + ".2.tsr" in self.files:
                second = self.stamp(self.files[beacon + ".2.tsr"], self.files.get(beacon, b""), beacon + ".2.tsr")
                self.need(second is None or -5 <= self.lines[0][2] - second <= 120, "stamp.time", beacon + ".2.tsr")
        else:
            self.need(beacon not in self.files and beacon + ".tsr" not in self.files, "stamp.beacon", beacon)
        anchors = dict(self.anchors)
        heads = {int(m[1]) for p in self.files if (m := re.fullmatch(tst + r"(\d{8})\.head", p))}
        self.need(heads == set(anchors), "stamp.anchor", "heads and anchors differ")
        for p in self.files:
            self.need(not (p.startswith(tst) and p.endswith(".tsr")) or re.sub(r"(\.2)?\.tsr$", "", p) in self.files, "stamp.head", p)
        for number in sorted(heads & set(range(len(self.lines)))):
            head = f"{tst}{number:08}.head"
            self.need(self.files[head] == self.lines[number][3].encode() + b"\n", "stamp.head", head)
            late = self.beside.get(f"after/{number:08}.head.tsr")
            token = self.files.get(head + ".tsr")
            if anchors.get(number):
                self.need(token is not None and self.sha(head + ".tsr") == anchors[number], "stamp.anchor", head)
            else:
                self.need(token is None, "stamp.anchor", head)
                if late is None:
                    self.incomplete.append("待时间戳")
                    self.need(self.says_late(number, len(self.lines) - 1), "stamp.pending", head)
            if (token or late) is None:
                continue
            time = self.stamp(token or late, self.files[head], head + ".tsr" if token else f"{self.id}.after/{number:08}.head.tsr")
            if time is None:
                continue
            self.need(self.lines[number][2] - 5 <= time <= now + 5, "stamp.time", head)
            if time - self.lines[number][2] > 120:
                self.incomplete.append("有时间戳迟于 120 秒")
                until = max(n for n in range(number, len(self.lines)) if n == number or self.lines[n][2] <= time)
                self.need(self.says_late(number, until), "stamp.time", head)
            if token:
                self.need(before is None or time >= before, "stamp.time", head)
                before = time
        self.need(not heads or max(heads) < len(self.lines), "stamp.head", "a head of no line")
        self.check_seconds(tst, sorted(heads & set(range(len(self.lines)))), second, now)
        self.check_end(tst, before, now)

    def check_seconds(self, tst, heads, before, now):
        """The second authority's tokens: as the first one's, and each may miss."""
        names = [(f"{n:08}.head", n) for n in heads] + [("final.head", len(self.lines) - 1)]
        for name, number in names:
            line, token, after = self.lines[number][2], self.files.get(f"{tst}{name}.2.tsr"), self.beside.get(f"after/{name}.2.tsr")
            if token is None and after is None:
                continue
            where, final = name + ".2.tsr", name == "final.head"
            time = self.stamp(token or after, self.files.get(tst + name, b""), where)
            if time is None:
                continue
            self.need(line - 5 <= time <= now + 5, "stamp.time", where)
            if time - line > 120:
                until = max(n for n in range(number, len(self.lines)) if n == number or self.lines[n][2] <= time)
                self.need(token is None if final else self.says_late(number, until), "stamp.time", where)
                self.incomplete.append("有时间戳迟于 120 秒")
            if token:
                self.need(before is None or time >= before, "stamp.time", where)
                before = time
        seal = self.beside.get("after/seal.txt.2.tsr")
        if seal is not None and (time := self.stamp(seal, self.files.get("seal/seal.txt", b""), "seal.txt.2.tsr")) is not None:
            self.need(self.lines[-1][2] - 5 <= time <= now + 5, "stamp.time", "seal.txt.2.tsr")

    def check_end(self, tst, before, now):
        head = self.files.get(tst + "final.head")
        if self.need(head == self.lines[-1][3].encode() + b"\n", "stamp.final", "final.head"):
            token = self.files.get(tst + "final.head.tsr")
            late = self.beside.get("after/final.head.tsr")
            if (token or late) is None:
                self.incomplete.append("待时间戳")
            elif (time := self.stamp(token or late, head, tst + "final.head.tsr" if token else self.id + ".after/final.head.tsr")) is not None:
                self.need(self.lines[-1][2] - 5 <= time <= now + 5, "stamp.time", "final.head")
                late = time - self.lines[-1][2] > 120
                self.need(not (token and late), "stamp.time", "final.head")
                if late:
                    self.incomplete.append("有时间戳迟于 120 秒")
                if token:
                    self.need(before is None or time >= before, "stamp.time", "final.head")
                    before = time
        self.at = self.lines[-1][2]
        seal = self.beside.get("after/seal.txt.tsr")
        if seal is None:
            self.incomplete.append("待时间戳")
        elif (time := self.stamp(seal, self.files.get("seal/seal.txt", b""), self.id + ".after/seal.txt.tsr")) is not None:
            self.need((before is None or time >= before) and time + 5 >= self.lines[-1][2] and time <= now + 5, "stamp.time", "seal.txt.tsr")
            self.at = time

    # ---- section 4
    def check_signers(self):
        people = self.json("people") or {}
        officers = people.get("officers") if isinstance(people.get("officers"), list) else []
        signers = {"station": people.get("station") or {}, **{o.get("role"): o for o in officers if isinstance(o, dict)}}
        self.need(list(signers) == ["station", "officer1", "officer2"], "signer.people", "people.json")
        digests = [s.get("certificate_sha256") for s in signers.values()]
        badges = [s.get("badge") for s in list(signers.values())[1:]]
        self.need(len(set(digests)) == 3 and len(set(badges)) == 2 and all(badges), "signer.distinct", "people.json")
        tag = self.files.get("tagmanifest-sha256.txt", b"")
        keys = []
        for role, signer in signers.items():
            crt = self.files.get(f"seal/certs/{role}.crt", b"")
            der = self.openssl("x509", "-outform", "DER", data=crt).stdout
            self.need(hashlib.sha256(der).hexdigest() == signer.get("certificate_sha256"), "signer.people", role)
            text = self.openssl("x509", "-noout", "-subject", "-nameopt", "multiline,utf8,-esc_msb", "-ext", "keyUsage", data=crt).stdout.decode("utf-8", "replace")
            keys.append(self.openssl("x509", "-noout", "-pubkey", data=crt).stdout)
            self.need("Non Repudiation" in text, "signer.usage", role)
            if role != "station":
                badge = re.search(r"serialNumber\s+= (.*)", text)
                self.need(badge and badge[1] == signer.get("badge"), "signer.people", role + "'s badge")
                name = re.search(r"commonName\s+= (.*)", text)
                self.need(name and name[1] == signer.get("name"), "signer.people", role + "'s name")
            name = f"seal/sig-{role}.p7s"
            later = self.beside.get("after/sig-officer2.p7s") if role == "officer2" else None
            if name in self.files:
                self.signature(self.files[name], tag, crt, name)
                self.need(later is None, "signer.form", "two second signatures")
            elif later is not None:
                token, when = self.beside.get("after/sig-officer2.p7s.tsr"), None
                if token is None:
                    self.incomplete.append("待时间戳")
                elif (when := self.stamp(token, later, self.id + ".after/sig-officer2.p7s.tsr")) is not None:
                    self.need(when >= self.at or "after/seal.txt.tsr" not in self.beside, "stamp.time", "sig-officer2.p7s.tsr")
                when = when or self.renewed.get(self.id + ".after/sig-officer2.p7s")
                self.signature(later, tag, crt, "after/sig-officer2.p7s", when or self.now, True, when is not None)
            elif role == "officer2":
                self.incomplete.append("待签")
            else:
                self.bad("signer.missing", name)
        self.need(len(set(keys)) == len(keys), "signer.distinct", "two signers have one key")
        if "data/attach/order.json.p7s" in self.files:
            self.signature(self.files["data/attach/order.json.p7s"], self.files.get("data/attach/order.json", b""),
                           self.files.get("seal/certs/officer1.crt", b""), "order.json.p7s")

    def signature(self, p7s, content, crt, where, at=None, later=False, stamped=True):
        """`crt`: the certificate in PEM, or None: the one inside. `later`: not part of the sealing; `stamped`: others vouch for the time `at`."""
        path, data, at = self.path_of(p7s), self.path_of(content), self.at if at is None else at
        shown = self.openssl("cms", "-cmsout", "-print", "-noout", "-inform", "DER", "-in", path).stdout.decode("utf-8", "replace")
        again = self.openssl("cms", "-cmsout", "-inform", "DER", "-in", path, "-outform", "DER").stdout
        algorithm = re.search(r"signerInfos:.*?digestAlgorithm:\s+algorithm: (\w+)", shown, re.S)
        self.need(again == p7s and shown.count("d.issuerAndSerialNumber") == 1 and "eContent: <ABSENT>" in shown, "signer.form", where)
        self.need(algorithm and algorithm[1] in ("sha256", "sha384", "sha512") and "signingTime" in shown and "messageDigest" in shown, "signer.form", where)
        cert = self.path_of(crt or b"")
        named_by = ["-nointern", "-certfile", cert] if crt is not None else ["-signer", cert]
        if isinstance(content, locked.Locked):      # what it is over is not known; that it is the signer's is
            pem = locked.signed_alone(self, p7s)
            if not self.need(pem and shown.count("pkcs7-data") == 2, "signer.form", where):
                return None
            Path(cert).write_bytes(pem)
        else:
            done = self.openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", path, "-content", data, *named_by, "-noverify", "-out", os.devnull)
            if not self.need(done.returncode == 0, "signer.content", where):
                return None
        if crt is None:                       # the three signers' are looked at with people.json
            self.need("Non Repudiation" in self.openssl("x509", "-in", cert, "-noout", "-ext", "keyUsage").stdout.decode(), "signer.usage", where)
        if not self.org:
            self.missing.append("org-root")
        else:
            self.trust(cert, where, at, later, stamped)
        return self.openssl("x509", "-in", cert, "-outform", "DER").stdout if crt is None else crt

    def trust(self, cert, where, at, later, stamped):
        root, crl = Path(self.org).read_bytes() + b"\n", self.files.get("seal/certs/org.crl", b"")
        ask = lambda pem, *more: self.openssl("verify", "-CAfile", self.path_of(pem), "-attime", str(int(at)), *more, cert)
        done = ask(root + crl, "-crl_check")
        text, after = (done.stdout + done.stderr).decode("utf-8", "replace"), False
        if done.returncode:
            since = self.revoked(cert, crl)
            if "revoked" in text and since is not None and since > at:
                after, done = True, ask(root)
            elif later and "CRL" in text:
                if not stamped:             # judged now: by the newest list, where that is valid now
                    done = ask(Path(self.org).read_bytes() + b"\n" + (Path(self.crl).read_bytes() if self.crl else b""), "-crl_check")
                    if done.returncode and b"CRL" in done.stdout + done.stderr:
                        return self.missing.append("crl")
                elif not self.crl or self.crl_issued() < at:
                    return self.missing.append("crl")
                else:
                    done = ask(root)
            text = (done.stdout + done.stderr).decode("utf-8", "replace")
            if not stamped and "certificate has expired" in text:
                return self.missing.append("signature-time")
        rule = ("signer.revoked" if "certificate revoked" in text else "signer.crl" if "CRL" in text else
                "signer.expired" if "certificate has expired" in text or "certificate is not yet valid" in text else "signer.chain")
        self.need(done.returncode == 0, rule, where)
        newer = self.revoked(cert, Path(self.crl).read_bytes()) if self.crl else None
        self.need(newer is None or newer > at, "signer.revoked", where)
        if after or newer is not None:
            self.notes.append(("signer.revoked-later", where))

    def crl_issued(self):
        return self.date(self.openssl("crl", "-in", self.crl, "-noout", "-lastupdate").stdout.decode().partition("=")[2])

    @staticmethod
    def date(text):
        return datetime.datetime.strptime(" ".join(text.split()), "%b %d %H:%M:%S %Y GMT").replace(tzinfo=datetime.timezone.utc).timestamp()

    def revoked(self, cert, crl):
        """When the list says that the certificate was revoked, or its key no longer safe; None: it does not name it."""
        serial = self.openssl("x509", "-in", cert, "-noout", "-serial").stdout.decode().strip().partition("=")[2]
        text = self.openssl("crl", "-noout", "-text", data=crl).stdout.decode("utf-8", "replace")
        for entry in text.split("Serial Number: ")[1:]:
            if entry.split("\n")[0].strip() == serial:
                dates = re.findall(r"(?:Revocation Date: |Invalidity Date:\s+)(.*)", entry)
                return min(self.date(d) for d in dates)
        return None

    # ---- section 8
    def check_film(self):
        packets, last, before, all_pts = {}, None, None, set()
        recovered = [n for n, line in enumerate(self.lines) if line[0] == "crash.recover"]
        for s in (s for s in self.segments if s["path"].endswith(".mp4")):
            if self.files.get(s["path"]) == b"" and s.get("packets") == s.get("bytes") == 0 and recovered[-1:] > [s["open"]]:
                continue
            pts = self.film_of(s["path"])
            packets[s["path"]] = {s["origin_us"] + p for p in pts}
            all_pts |= packets[s["path"]]
            self.need(pts and len(pts) == s.get("packets") and len(self.files.get(s["path"], b"")) == s.get("bytes"), "film.packets", s["path"])
            anew = before is not None and any(g["word"] == "link-lost" and g["begin"] < s["open"] and before["open"] < g.get("end", -1) < s["open"] for g in self.gaps)
            times = ([last] if last is not None else []) + [s["origin_us"] + p for p in pts]
            for n, (a, b) in enumerate(zip(times, times[1:])):
                across = last is not None and n == 0
                self.need(b > a or across and anew, "film.order", s["path"])
                if b - a > 2_000_000:
                    first, end = (before["open"], s["open"]) if across else (s["open"], s.get("close", 0))
                    self.need(any(g["word"] not in NOT_OF_FILM and g["begin"] <= end and g.get("end", end) >= first for g in self.gaps),
                              "film.gap", s["path"])
            last, before = (times[-1], s) if times else (last, before)
        for value in self.bumps:
            self.need(value.get("to_us") in packets.get(value.get("path"), ()), "film.bump", value.get("path"))
        for number, _, path, before, after, segment in self.shots:
            if segment != "-":
                self.need(before in packets.get(segment, ()) and after in all_pts, "film.shot", path)

    # ---- section 8.1
    def check_sound(self):
        values = self.json("values") or {}
        recordings = {r.get("path"): r for r in values.get("recordings", []) if isinstance(r, dict)}
        recovered = any(line[0] == "crash.recover" for line in self.lines)
        for n, s in enumerate(s for s in self.segments if s["path"].endswith(".ogg")):
            path = s["path"]
            self.need(path == f"data/main/rec-{n:04}.ogg", "sound.order", path)
            self.need((s.get("codec"), s.get("width"), s.get("height")) == ("opus", 0, 0), "sound.format", path)
            data = self.files.get(path)
            if data is None:
                continue
            self.check_text_record(path)
            if data == b"" and s.get("packets") == s.get("bytes") == 0 and recovered:
                continue
            pages = list(ogg_pages(data))
            samples = [opus_samples(packet) for *_, packet in pages[2:]]
            ends = [0, 0] + list(itertools.accumulate(samples))
            good = len(pages) > 2 and all(samples) and [p[0] for p in pages] == [2] + [0] * (len(pages) - 1) and [p[1] for p in pages] == ends
            good = good and [p[3] for p in pages] == list(range(len(pages))) and len({p[2] for p in pages}) == 1 and sum(p[4] for p in pages) == len(data)
            head = pages[0][5] if pages else b""
            good = good and len(head) == 19 and head[:9] == b"OpusHead\1" and head[9] in (1, 2) and head[18] == 0 and pages[1][5].startswith(b"OpusTags")
            self.need(good, "sound.form", path)
            self.need(len(samples) == s.get("packets") and len(data) == s.get("bytes"), "sound.packets", path)
            said = recordings.get(path, {})
            self.need((said.get("first_us"), said.get("duration_us"), said.get("width"), said.get("height")) == (s["origin_us"], sum(samples) * 1_000_000 // 48_000, 0, 0), "values", path)

    def check_text_record(self, path):
        text = self.files.get(path[:-3] + "txt")
        if text is None:
            return
        above, found, below = text.decode("utf-8", "replace").partition("\n内容：\n")
        self.need(found and f"录音：{path[10:]}" in above.split("\n") and below.strip(" \t\r\n"), "sound.text", path)

    def boxes(self, data, start, end, where):
        while start < end:
            if end - start < 8:
                self.bad("film.form", where)
                return
            size, kind = struct.unpack_from(">I4s", data, start)
            head = 8
            if size == 1 and end - start >= 16:
                size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
            if size < head or size > end - start:
                self.bad("film.form", where)
                return
            yield kind, start, start + head, start + size
            start += size

    def film_of(self, path):
        if path not in self.films:
            self.films[path] = self.film(path)
        return self.films[path]

    def film(self, path):
        data, pts, order, due, scale, default = self.files.get(path, b""), [], [], None, None, 0
        find = lambda a, b, kind: next(((c, d) for k, _, c, d in self.boxes(data, a, b, path) if k == kind), (0, 0))
        for kind, top, a, b in self.boxes(data, 0, len(data), path):
            order.append(kind)
            try:
                if kind == b"moov":
                    mdhd = find(*find(*find(a, b, b"trak"), b"mdia"), b"mdhd")[0]
                    scale, = struct.unpack_from(">I", data, mdhd + (20 if data[mdhd] else 12))
                    default, = struct.unpack_from(">I", data, find(*find(a, b, b"mvex"), b"trex")[0] + 20)
                elif kind == b"moof":
                    traf = find(a, b, b"traf")
                    tfhd, tfdt, trun = (find(*traf, k)[0] for k in (b"tfhd", b"tfdt", b"trun"))
                    flags, = struct.unpack_from(">I", data, tfhd)
                    at, sample, size = tfhd + 8, default, None
                    for bit, length in ((1, 8), (2, 4), (8, 4), (16, 4), (32, 4)):
                        if flags & bit:
                            size = struct.unpack_from(">I", data, at)[0] if bit == 16 else size
                            sample = struct.unpack_from(">I", data, at)[0] if bit == 32 else sample
                            at += length
                    time, = struct.unpack_from(">Q" if data[tfdt] else ">I", data, tfdt + 4)
                    flags, count = struct.unpack_from(">II", data, trun)
                    at, shift = trun + 8, 0
                    for bit in (0x1, 0x4, 0x100, 0x200, 0x400, 0x800):
                        if flags & bit:
                            word, = struct.unpack_from(">i" if bit == 0x800 else ">I", data, at)
                            sample = word if bit in (0x4, 0x400) else sample
                            size, shift, at = word if bit == 0x200 else size, word if bit == 0x800 else shift, at + 4
                            self.need(bit != 1 or word == b - top + 8, "film.form", path)
                    self.need(count == 1 and (pts or (time + shift == 0 and not sample & 0x10000)), "film.form", path)
                    pts.append(time + shift)
                    due = size
                elif kind == b"mdat":
                    self.need(due is not None and b - a == due, "film.form", path)
                    due = None
            except (struct.error, IndexError):
                self.bad("film.form", path)
                return pts
        n = len(pts)
        body = order[2:-1] if order[-1:] == [b"mfra"] else order[2:]
        self.need(order[:2] == [b"ftyp", b"moov"] and body == [b"moof", b"mdat"] * n and scale == 1_000_000, "film.form", path)
        return pts

    # ---- beside
    def check_beside(self):
        seal = self.sha("seal/seal.txt").encode()
        for path, content in self.beside.items():
            part, _, name = path.partition("/")
            if part == "after":
                m = re.fullmatch(r"((\d{8}|final)\.head)(\.2)?\.tsr", name)
                known = name in ("seal.txt.tsr", "seal.txt.2.tsr", "sig-officer2.p7s") or (
                    name == "sig-officer2.p7s.tsr" and "after/sig-officer2.p7s" in self.beside) or (
                    m and f"data/attach/tst/{m[1]}" in self.files and f"data/attach/tst/{name}" not in self.files)
                self.need(known, "beside.extra", path)
            elif part == "renew":
                self.need(re.fullmatch(r"\d{3}/index-sha512\.txt(\.2)?(\.tsr)?", name) and not name.endswith(".2"), "beside.extra", path)
            elif part == "report" and (name.startswith("000/") or name.endswith("/copy-0000.png")) or part == "report" and not re.fullmatch(r"\d{3}/((report\.pdf|copies\.json)(\.p7s(\.tsr)?)?|copy-\d{4}\.png)", name):
                self.bad("beside.extra", path)
            elif part == "handover" and not re.fullmatch(r"export\.json(\.p7s(\.tsr)?)?", name):
                self.bad("beside.extra", path)
            elif part == "group" and not re.fullmatch(r"group\.json(\.p7s(\.tsr)?)?", name):
                self.bad("beside.extra", path)
            elif part == "receipt" and name not in ("central.txt", "central.txt.p7s", "central.txt.p7s.tsr"):
                self.bad("beside.extra", path)
            elif part == "enc" and path.endswith("/parts-sha256.txt"):
                self.need(re.fullmatch(r"enc/(?!000)\d{3}/parts-sha256\.txt", path) and path + ".p7s" in self.beside, "beside.signature", path)
            elif part == "enc" and not re.fullmatch(r"enc/(?!000)\d{3}/parts-sha256\.txt\.p7s(\.tsr)?", path):
                self.bad("beside.extra", path)
            elif path.endswith(".tsr"):
                if self.need(path[:-4] in self.beside, "beside.extra", path):
                    when = self.stamp(content, self.beside[path[:-4]], f"{self.id}.{path}")
                    self.need(when is None or not self.lines or when + 5 >= self.lines[-1][2], "stamp.time", path)
            elif path.endswith(".p7s"):
                if self.need(path[:-4] in self.beside, "beside.extra", path):
                    self.later_signature(path, content)
            elif path.endswith("/copies.json") and part == "report":
                listed = self.canonical(content)
                listed = listed if isinstance(listed, dict) else {}
                folder = path[:-len("copies.json")]
                copies = listed.get("copies") if isinstance(listed.get("copies"), list) else None
                if not self.need(copies is not None and all(isinstance(c, dict) for c in copies), "beside.form", path):
                    continue
                self.need((listed.get("package"), str(listed.get("fingerprint")).encode()) == (self.id, seal), "beside.fingerprint", path)
                self.need(path + ".p7s" in self.beside, "beside.signature", path)
                for c in copies:
                    made = self.beside.get(folder + str(c.get("file")), b"")
                    self.need(c.get("kind") in ("标注", "遮盖") and re.fullmatch(r"copy-\d{4}\.png", str(c.get("file"))), "beside.form", path)
                    self.need((isinstance(made, locked.Locked) or locked.digest_of(made) == c.get("sha256")) and str(c.get("of")).startswith("data/main/") and
                              self.sha(str(c.get("of"))) == c.get("of_sha256"), "beside.copy", path)
                there = sorted(p for p in self.beside if p.startswith(folder + "copy-"))
                self.need(there == sorted(folder + str(c.get("file")) for c in copies), "beside.extra", path)
            elif part == "report" and path.endswith(".png"):
                self.need(path[:-len("copy-0000.png")] + "copies.json" in self.beside, "beside.extra", path)
            elif path.endswith(".pdf") and part == "report":
                said = re.findall(rb"Guzheng package (.{19}) seal (.{64})", content, re.S)
                self.need(isinstance(content, locked.Locked) or said and all(a == self.id.encode() and b == seal for a, b in said), "beside.fingerprint", path)
                self.need(path + ".p7s" in self.beside, "beside.signature", path)
            elif path == "receipt/central.txt":
                self.check_receipt(content.decode("utf-8", "replace"))
            elif path == "handover/export.json":
                self.check_record(path, self.canonical(content), seal.decode())

    def check_record(self, path, record, seal):
        """Section 9: the record of a hand-over has these keys and no other."""
        text = lambda value: isinstance(value, str)
        form = isinstance(record, dict) and set(record) - {"beside"} == {"at", "by", "bytes", "file", "fingerprint", "medium", "package", "sha256", "to"}
        form = form and all(text(record[k]) for k in ("at", "file", "medium", "sha256", "to")) and record["file"] != "" and re.fullmatch("[0-9a-f]{64}", record["sha256"])
        form = form and type(record["bytes"]) is int and record["bytes"] >= 0 and self.is_person(record["by"], {"badge", "certificate_sha256", "name"})
        if not self.need(form, "beside.form", path):
            return
        self.need(not self.zipped or (record["sha256"], record["bytes"]) == self.zipped, "beside.export", path)
        self.need((record["package"], record["fingerprint"]) == (self.id, seal), "beside.fingerprint", path)
        self.need(path + ".p7s" in self.beside, "beside.signature", path)
        at = self.time(record["at"])
        self.need(at is not None and (not self.lines or at + 5 >= self.lines[-1][2]) and at <= self.now + 5, "stamp.time", path)
        there = record.get("beside", [])
        named = [(f.get("path"), f.get("sha256")) for f in there if isinstance(f, dict) and set(f) == {"path", "sha256"}] if isinstance(there, list) else [None]
        if self.need(named == sorted(set(named)) and len(named) == len(there), "beside.form", path):
            self.check_received(named)

    @staticmethod
    def is_person(by, keys):
        return isinstance(by, dict) and set(by) == keys and all(isinstance(by[k], str) and by[k] for k in keys - {"unit"})

    def names_signer(self, der, by, where):
        """The certificate that signed is the one of the record, with that name and badge."""
        self.need(hashlib.sha256(der).hexdigest() == by.get("certificate_sha256"), "signer.people", where)
        text = self.openssl("x509", "-inform", "DER", "-noout", "-subject", "-nameopt", "multiline,utf8,-esc_msb", data=der).stdout.decode("utf-8", "replace")
        for field, key in (("commonName", "name"), ("serialNumber", "badge")):
            found = re.search(field + r"\s+= (.*)", text)
            self.need(found and found[1] == by.get(key), "signer.people", f"{where}: {key}")

    def check_received(self, named):
        """What a receipt or a hand-over record names beside the bag is still there."""
        for path, digest in named:
            content = self.beside.get(str(path)[len(self.id) + 1:])
            known = re.match(re.escape(self.id) + r"\.(after|group|review)/", str(path))
            self.need(known and content is not None and hashlib.sha256(content).hexdigest() == digest, "beside.missing", path)

    def later_signature(self, path, content):
        stamp, renewed = self.beside.get(path + ".tsr"), self.renewed.get(f"{self.id}.{path}")
        when = self.token_time(stamp) if stamp else renewed
        crt = locked.list_signer(self, path, stamp is not None) if path.startswith("enc/") else None
        if path.startswith("group/"):
            crt = self.files.get("seal/certs/officer1.crt", b"")
        signer = self.signature(content, self.beside[path[:-4]], crt, path, self.now if when is None else when, True, when is not None)
        if path == "handover/export.json.p7s" and signer:
            record = self.canonical(self.beside["handover/export.json"])
            by = record.get("by") if isinstance(record, dict) else None
            self.names_signer(signer, by if isinstance(by, dict) else {}, path)

    def check_receipt(self, text):
        lines = text.split("\n")
        labels = [line.partition(": ")[0] for line in lines[:-1]]
        values = [line.partition(": ")[2] for line in lines[:-1]]
        known = ["Receipt-Format", "Package", "Fingerprint", "Received-By", "Received-At", "Zip-SHA256"]
        kinds = labels[6:]
        form = not re.search("[\x00-\x09\x0b-\x1f\x7f\ufffd]", text) and labels[:6] == known and kinds == ["Token"] * kinds.count("Token") + ["File"] * kinds.count("File") and lines[-1] == "" and all(values)
        if not self.need(form and values[0] == "1" and self.time(values[4]) and re.fullmatch("[0-9a-f]{64}", values[5]), "receipt.form", "central.txt"):
            return
        self.need(values[1:3] == [self.id, self.sha("seal/seal.txt")], "beside.fingerprint", "central.txt")
        self.need("receipt/central.txt.p7s" in self.beside, "beside.signature", "central.txt")
        files = [v.partition("  ")[::2] for v in values[6 + kinds.count("Token"):]]
        self.need([p for _, p in files] == sorted({p for _, p in files}, key=str.encode) and
                  not any(p.endswith(".tsr") and p.startswith(self.id + ".after/") for _, p in files), "receipt.form", "files not in order, or a token among them")
        self.check_received([(p, d) for d, p in files])
        named = [v.partition("  ")[::2] for v in values[6:6 + kinds.count("Token")]]
        self.need([p for _, p in named] == sorted({p for _, p in named}, key=str.encode), "receipt.form", "tokens not in order")
        for digest, path in named:
            inside, after = path.startswith(self.id + "/"), path.startswith(self.id + ".after/")
            content = (self.files if inside else self.beside).get(path[len(self.id) + 1:], b"") if inside or after else b""
            self.need(path.endswith(".tsr") and locked.digest_of(content) == digest, "receipt.token", path)
        tokens = {f"{self.id}/{p}" for p in self.files if p.startswith("data/attach/tst/") and p.endswith(".tsr")}
        self.need(tokens <= {p for _, p in named}, "receipt.token", "a token is not named")

    # ---- section 9.3
    def token_time(self, token):
        text = self.openssl("ts", "-reply", "-in", self.path_of(token), "-text").stdout.decode("utf-8", "replace")
        m = re.search(r"Time stamp: (\w+ +\d+ [\d:]+)(\.\d+)?( \d+) GMT", text)
        return self.date(m[1] + m[3] + " GMT") + float(m[2] or 0) if m else None

    def check_renewals(self):
        numbers = sorted({p.split("/")[1] for p in self.beside if p.startswith("renew/")})
        self.need(numbers == [f"{n:03}" for n in range(1, len(numbers) + 1)], "renew.number", "renewals not numbered from 001")
        seal = self.beside.get("after/seal.txt.tsr")
        before, must = self.token_time(seal) if seal else None, {f"{self.id}/{p}" for p in self.files}
        must |= {self.id + ".after/seal.txt.tsr"} if seal else set()
        every = {f"{self.id}/{p}": c for p, c in self.files.items()} | {f"{self.id}.{p}": c for p, c in self.beside.items()}
        for number in numbers:
            index = f"renew/{number}/index-sha512.txt"
            text, token = self.beside.get(index, b"").decode("utf-8", "replace"), self.beside.get(index + ".tsr")
            listed = [line.partition("  ")[::2] for line in text.split("\n")[:-1]]
            paths = [p for _, p in listed]
            self.need(text.endswith("\n") and paths == sorted(set(paths), key=str.encode) and all(len(d) == 128 for d, _ in listed), "renew.form", index)
            for digest, path in listed:
                known = path in must or re.match(re.escape(self.id) + r"\.(after|group|receipt|report|review)/", path)
                self.need(known, "renew.form", path)
                if self.need(path in every, "renew.missing", path):
                    self.need(isinstance(every[path], locked.Locked) or hashlib.sha512(every[path]).hexdigest() == digest, "renew.digest", path)
            self.need(must <= set(paths), "renew.covers", index)
            when = self.token_time(token) if self.need(token, "renew.stamp", index) else None
            if when is not None:
                self.need((before is None or when >= before) and when <= self.now + 5, "renew.time", index)
                before = when
                for path in paths:
                    self.renewed.setdefault(path, when)
            must |= {p for p in every if p.startswith(f"{self.id}.renew/{number}/")}
        for number in numbers:
            index = f"renew/{number}/index-sha512.txt"
            for suffix in (".tsr", ".2.tsr"):
                if index + suffix in self.beside:
                    self.stamp(self.beside[index + suffix], self.beside.get(index, b""), f"{self.id}.{index}{suffix}")
    # ---- section 9.5
    def check_review(self):
        editions = sorted({p.split("/")[1] for p in self.beside if p.startswith("review/")})
        self.need(editions == [f"{n + 1:03}" for n in range(len(editions))], "beside.review", "not numbered from 001 by one")
        names = {p.split("/", 2)[2] for p in self.beside if p.startswith("review/") and p.count("/") == 2}
        self.need(names <= {"review.json", "review.json.p7s", "review.json.p7s.tsr"}, "beside.extra", names)
        last, result, reason = 0, None, ""
        for edition in editions:
            path = f"review/{edition}/review.json"
            record = self.canonical(self.beside.get(path, b""))
            record = record if isinstance(record, dict) else {}
            by = record.get("by") if isinstance(record.get("by"), dict) else {}
            before = self.beside.get(f"review/{int(edition) - 1:03}/review.json") if edition.isdigit() else None
            previous = {} if before is None else {"previous": hashlib.sha256(before).hexdigest()}
            self.need({k: v for k, v in record.items() if k == "previous"} == previous, "beside.review", path)
            good = set(record) - {"previous"} == {"at", "by", "fingerprint", "package", "reason", "result"} and self.is_person(record.get("by"), {"badge", "certificate_sha256", "name", "unit"})
            self.need(good and isinstance(record["reason"], str) and record["reason"] and record["result"] in ("确认", "不予确认"), "beside.form", path)
            self.need((record.get("package"), record.get("fingerprint")) == (self.id, self.sha("seal/seal.txt")), "beside.fingerprint", path)
            at = self.time(str(record.get("at")))
            self.need(at is not None and (self.locked or at + 5 >= self.lines[-1][2]) and at <= self.now + 5 and at >= last, "stamp.time", path)
            last, result, reason = at or last, record.get("result"), record.get("reason")
            if not self.need(path + ".p7s" in self.beside, "beside.signature", path):
                continue
            pem = self.openssl("cms", "-cmsout", "-noout", "-inform", "DER", "-in", self.path_of(self.beside[path + ".p7s"]), "-certsout", "/dev/stdout").stdout
            pem = b"-----BEGIN CERTIFICATE" + pem.split(b"-----BEGIN CERTIFICATE")[1] if b"-----BEGIN" in pem else b""
            der = self.openssl("x509", "-outform", "DER", data=pem).stdout
            self.names_signer(der, by, path)
            token, seal = self.beside.get(path + ".p7s.tsr"), self.beside.get("after/seal.txt.tsr")
            if token is None:
                self.incomplete.append("复核记录待时间戳")
            elif seal is not None:
                self.need((self.token_time(token) or 0) >= (self.token_time(seal) or 0), "stamp.time", path)
        if (self.json("order") or {}).get("type") == "自动取证" and result != "确认":
            self.incomplete.append(f"复核不予确认：{reason}" if result else "待复核")

    # ---- sections 6.4 and 9.7
    def check_group(self):
        text, is_hex = lambda v: isinstance(v, str) and v != "", lambda v, n: isinstance(v, str) and re.fullmatch(f"[0-9a-f]{{{n}}}", v)
        order, device = self.json("order") or {}, self.json("device")
        said = None
        if "group" in order:
            said = order["group"] if isinstance(order["group"], dict) else {}
            phones = said.get("phones") if isinstance(said.get("phones"), list) else []
            form = set(said) == {"id", "member", "phones"} and is_hex(said["id"], 32) and 2 <= len(phones) <= 16 and all(map(text, phones)) and len(set(phones)) == len(phones)
            form = form and type(said["member"]) is int and 1 <= said["member"] <= len(phones)
            if not self.need(form and (device is None or device.get("serial") == phones[said["member"] - 1]), "group.order", said):
                return
        path = "group/group.json"
        if path not in self.beside:
            if said:
                self.incomplete.append("并行取证缺组记录")
            return
        if not self.need(path + ".p7s" in self.beside, "beside.signature", path):
            return
        if path + ".p7s.tsr" not in self.beside:
            self.incomplete.append("组记录待时间戳")
        record = self.canonical(self.beside[path])
        form = isinstance(record, dict) and set(record) == {"at", "by", "group", "members"} and is_hex(record["group"], 32) and self.is_person(record["by"], {"badge", "certificate_sha256", "name"})
        rows = record["members"] if form and isinstance(record["members"], list) else []
        for n, row in enumerate(rows, 1):
            form = form and isinstance(row, dict) and set(row) == {"fingerprint", "member", "package", "reason"} and type(row["member"]) is int and row["member"] == n
            form = form and (text(row["reason"]) and row["package"] == row["fingerprint"] == "" or
                             row["reason"] == "" and is_hex(row["fingerprint"], 64) and isinstance(row["package"], str) and ID.fullmatch(row["package"]))
        packages = [row["package"] for row in rows if row["package"]] if form else []
        if not self.need(form and 2 <= len(rows) <= 16 and len(set(packages)) == len(packages), "beside.form", path):
            return
        at = self.time(str(record["at"]))
        self.need(at is not None and (self.locked or at + 5 >= self.lines[-1][2]) and at <= self.now + 5, "stamp.time", path)
        own = [row for row in rows if row["package"] == self.id and row["fingerprint"] == self.sha("seal/seal.txt")]
        self.need(own, "beside.fingerprint", path)
        if not self.locked:
            self.need(said and said["id"] == record["group"] and len(said["phones"]) == len(rows) and own and own[0]["member"] == said["member"], "group", path)
        der = self.openssl("x509", "-outform", "DER", data=self.files.get("seal/certs/officer1.crt", b"")).stdout
        self.names_signer(der, record["by"], path)
        for row in rows:
            if row["reason"]:
                self.notes.append(("group.unsealed", row["member"]))
            elif row["package"] != self.id and self.around:
                there = self.around / row["package"]
                if not there.exists():
                    self.notes.append(("group.absent", row["package"]))
                    continue
                seal = there / "seal/seal.txt"
                self.need(seal.is_file() and hashlib.sha256(seal.read_bytes()).hexdigest() == row["fingerprint"], "group.member", row["package"])
                self.need(self.is_alike(there, said, {**(said or {}), "member": row["member"]}), "group.member", row["package"])

    def is_alike(self, there, said, wanted):
        """What another member says of itself, as far as it lies in clear: the same record, an order of the same group."""
        record, order = there.with_name(there.name + ".group") / "group.json", there / "data/attach/order.json"
        if record.exists() and record.read_bytes() != self.beside["group/group.json"]:
            return False
        try:
            return self.locked or not said or not order.exists() or json.loads(order.read_bytes()).get("group") == wanted
        except (ValueError, AttributeError):
            return False

    # ---- section 10
    def verdict(self):
        if self.locked:
            self.lines = []
            return locked.verdict(self)
        self.check_lists()
        self.check_renewals()
        self.check_info()
        self.check_journal()
        self.at = 0
        if self.lines:
            self.check_bindings()
            self.check_stamps()
            self.check_signers()
            self.check_film()
            self.check_sound()
            self.check_review()
            self.check_group()
        self.check_beside()
        pems = [self.files.get(f"seal/certs/{n}.crt", b"") for n in ("org", "tsa", "officer1")]
        pems += [Path(p).read_bytes() for p in (self.org, self.tsa) if p]
        self.practice = getattr(self, "practice", False) or any(
            re.search("organizationalUnitName += 练习$", self.openssl("x509", "-noout", "-subject", "-nameopt", "multiline,utf8,-esc_msb", data=p).stdout.decode("utf-8", "replace"), re.M)
            for p in pems)
        if self.damage:
            return "damaged", 3
        if self.missing:
            return "cannot-tell", 5
        if self.practice:
            return "practice", 6
        return ("incomplete", 4) if self.incomplete else ("whole", 0)


def main():
    parser = argparse.ArgumentParser(description="Is an evidence package what was sealed? A second reader.")
    parser.add_argument("package")
    parser.add_argument("--org-ca")
    parser.add_argument("--tsa-ca")
    parser.add_argument("--crl")
    parser.add_argument("--json", action="store_true")
    try:
        args = parser.parse_args()
    except SystemExit as end:
        return 1 if end.code else 0
    try:
        reader = Reader(args.package, args.org_ca, args.tsa_ca, args.crl)
        verdict, code = reader.verdict()
    except (CannotRun, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    fingerprint = reader.sha("seal/seal.txt")
    if args.json:
        print(json.dumps({"verdict": verdict, "id": reader.id, "fingerprint": fingerprint, "damage": reader.damage,
                          "incomplete": sorted(set(reader.incomplete)), "missing": sorted(set(reader.missing)), "notes": reader.notes}, ensure_ascii=False, default=str))
    else:
        print(f"{verdict} {reader.id} {fingerprint}")
        for rule, what in reader.damage[:50]:
            print(f"  {rule}: {what}")
        for what in sorted(set(reader.missing + reader.incomplete)):
            print(f"  {what}")
    return code


if __name__ == "__main__":
    sys.exit(main())
