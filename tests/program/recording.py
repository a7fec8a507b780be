"""Reads what a session recorded, without any of the product's code: fragmented MP4, journal, the phone's packet log."""
import hashlib
import itertools
import json
import re
import struct
from dataclasses import dataclass, field


@dataclass
class Fragment:
    pts: int               # in the segment's time scale
    size: int
    data: bytes


@dataclass
class Segment:
    path: str
    timescale: int = 0
    fragments: list = field(default_factory=list)
    whole_bytes: int = 0   # up to the end of the last whole fragment
    torn_bytes: int = 0    # what stands behind it


def boxes(data, begin, end):
    """(type, content begin, box end, box begin) of each whole box."""
    at = begin
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1 and at + 16 <= end:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        if size < head or at + size > end:
            return
        yield kind.decode("latin-1"), at + head, at + size, at
        at += size


def child(data, begin, end, *path):
    for name in path:
        found = next(((b, e) for kind, b, e, _ in boxes(data, begin, end) if kind == name), None)
        if found is None:
            raise AssertionError(f"no box {name}")
        begin, end = found
    return begin, end


def read_timescale(data, begin, end):
    at, _ = child(data, begin, end, "trak", "mdia", "mdhd")
    return struct.unpack_from(">I", data, at + (20 if data[at] == 1 else 12))[0]


def read_fragment(data, moof, begin, end):
    """The one sample of a fragment: decode time, composition offset, size, place."""
    traf = child(data, begin, end, "traf")
    at, _ = child(data, *traf, "tfhd")
    flags = int.from_bytes(data[at + 1:at + 4], "big")
    at += 8 + 8 * bool(flags & 1) + 4 * bool(flags & 2) + 4 * bool(flags & 8)
    default_size = struct.unpack_from(">I", data, at)[0] if flags & 0x10 else None
    at, _ = child(data, *traf, "tfdt")
    time = struct.unpack_from(">Q" if data[at] == 1 else ">I", data, at + 4)[0]
    at, _ = child(data, *traf, "trun")
    version, flags = data[at], int.from_bytes(data[at + 1:at + 4], "big")
    count = struct.unpack_from(">I", data, at + 4)[0]
    assert count == 1, f"a fragment of {count} packets"
    at += 8
    offset = struct.unpack_from(">i", data, at)[0] if flags & 1 else None
    at += 4 * bool(flags & 1) + 4 * bool(flags & 4) + 4 * bool(flags & 0x100)
    size = struct.unpack_from(">I", data, at)[0] if flags & 0x200 else default_size
    at += 4 * bool(flags & 0x200) + 4 * bool(flags & 0x400)
    shift = struct.unpack_from(">i" if version else ">I", data, at)[0] if flags & 0x800 else 0
    assert offset is not None and size is not None
    return Fragment(time + shift, size, data[moof + offset:moof + offset + size])


def read_segment(path):
    data = path.read_bytes()
    segment, pending = Segment(str(path)), None
    for kind, begin, end, start in boxes(data, 0, len(data)):
        if kind == "moov":
            segment.timescale = read_timescale(data, begin, end)
        elif kind == "moof":
            pending = read_fragment(data, start, begin, end)
            continue
        elif kind == "mdat" and pending:
            segment.fragments.append(pending)
            pending = None
        segment.whole_bytes = end
    segment.torn_bytes = len(data) - segment.whole_bytes
    return segment


@dataclass
class Line:
    seq: int
    time: str
    kind: str
    body: str

    def json(self):
        return json.loads(self.body)


LINE = re.compile(rb"(\d{8}) ([0-9a-f]{64}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d) ([a-z.]+) (\S.*)\n", re.S)


def read_journal(path, torn=False):
    """Every line with the chain checked. `torn`: the last one may be half a line."""
    lines, head = [], b"0" * 64
    for raw in path.read_bytes().splitlines(keepends=True):
        if torn and not raw.endswith(b"\n"):
            break
        match = LINE.fullmatch(raw)
        assert match, f"line {len(lines)} of {path} is no journal line: {raw[:120]!r}"
        assert int(match[1]) == len(lines) and match[2] == head, f"the chain breaks at line {len(lines)}"
        head = hashlib.sha256(raw).hexdigest().encode()
        lines.append(Line(int(match[1]), match[3].decode(), match[4].decode(), match[5].decode()))
    return lines


def recorded_packets(bag, torn=False):
    """(device PTS in µs, packet's bytes) of the whole recording in order, and the segments. Bumped stamps are undone."""
    lines = read_journal(bag / "data/attach/journal.log", torn)
    origin = {line.json()["path"]: line.json()["origin_us"] for line in lines if line.kind == "seg.open"}
    bumps = {(b["path"], b["packet"]): b for b in (line.json() for line in lines if line.kind == "pts.bump")}
    packets, segments = [], []
    for path in sorted((bag / "data/main").glob("rec-*.mp4")):
        name = f"data/main/{path.name}"
        segment = read_segment(path)
        segments.append(segment)
        assert not segment.fragments or segment.timescale == 1_000_000, f"{path}: time scale {segment.timescale}"
        for number, fragment in enumerate(segment.fragments):
            pts = fragment.pts + origin[name]
            bump = bumps.get((name, number))
            packets.append((bump["from_us"] if bump else pts, fragment.data))
    return packets, segments


def nal_units(sample):
    """The NAL units of an MP4 sample (4-byte lengths)."""
    units, at = [], 0
    while at + 4 <= len(sample):
        size = struct.unpack_from(">I", sample, at)[0]
        units.append(sample[at + 4:at + 4 + size])
        at += 4 + size
    assert at == len(sample), "a packet does not end with its last NAL unit"
    return units


@dataclass
class SentPacket:
    pts_us: int            # the device's time stamp; it is CLOCK_MONOTONIC at the moment of painting
    size: int
    key: bool
    config: bool
    digest: str            # SHA-256 of the payload as it went over the wire (Annex B)


def read_packet_log(path):
    """guzheng-phone --packet-log: `pts_us size key|config sha256` for each packet that went out whole. Half a last line is left out."""
    packets = []
    for line in path.read_bytes().decode().splitlines(keepends=True):
        if line.endswith("\n"):
            pts, size, kind, digest = line.split()
            packets.append(SentPacket(int(pts), int(size), kind == "1", kind == "config", digest))
    return packets


def media_packets(path):
    return [packet for packet in read_packet_log(path) if not packet.config]


def same_payload(sample, sent):
    """Does an MP4 sample hold just the bytes of the packet sent? MP4 writes lengths where Annex B has start codes of three or four bytes: the
    one thing that it does not keep, so every way to write them is tried that gives the right size."""
    units = nal_units(sample)
    spare = sent.size - sum(len(unit) + 3 for unit in units)       # how many start codes are long
    if not 0 <= spare <= len(units) or len(units) > 64:
        return False
    for long_ones in itertools.combinations(range(len(units)), spare):
        digest = hashlib.sha256()
        for number, unit in enumerate(units):
            digest.update((b"\0\0\0\1" if number in long_ones else b"\0\0\1") + unit)
        if digest.hexdigest() == sent.digest:
            return True
    return False
