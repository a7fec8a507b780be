"""Bad packages: the export ZIP."""
import struct
import zipfile
import zlib

from case import WHOLE, vector


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
