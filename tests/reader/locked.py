"""The vault form without a key (FORMAT.md 11): what can be told of a package whose content is encrypted."""
import hashlib
import re

PART = re.compile(r"(.+)\.p7m\.([0-9]{4})")
LIST = re.compile(r"enc/[0-9]{3}/parts-sha256\.txt")


class Locked(bytes):
    """A file that is there in encrypted parts only: no byte of it is known, its digest where a sealed list names it."""
    def __new__(cls, sha256=""):
        self = super().__new__(cls)
        self.sha256 = sha256
        return self


def digest_of(content):
    return content.sha256 if isinstance(content, Locked) else hashlib.sha256(content).hexdigest()


def lines_of(raw):
    """Digest and path of each line of a list in manifest form; None where it is none."""
    lines = raw.decode("utf-8", "replace").split("\n")
    pairs = [(line[66:], line[:64]) for line in lines[:-1]]
    form = lines[-1] == "" and all(re.fullmatch(r"[0-9a-f]{64}  \S+", line) for line in lines[:-1])
    return dict(pairs) if form and [p for p, _ in pairs] == sorted({p for p, _ in pairs}, key=str.encode) else None


def item(der, at):
    """Tag, begin and end of the content of the item at `at`."""
    size, head = der[at + 1], 2
    if size & 0x80:
        head += size & 0x7F
        size = int.from_bytes(der[at + 2:at + head], "big")
    return der[at], at + head, at + head + size


def items(der, at, end):
    """Tag, begin, begin of the content and end of each item of a constructed one."""
    found = []
    while at < end:
        tag, begin, stop = item(der, at)
        if stop > end:
            raise IndexError("an item reaches past the one that holds it")
        found.append((tag, at, begin, stop))
        at = stop
    return found


def inside(der, *path):
    """The items of the item that `path` leads to, the first number into the outermost."""
    found = items(der, *item(der, 0)[1:])
    for number in path:
        found = items(der, *found[number][2:])
    return found


def signed_alone(reader, p7s):
    """What a detached signature says without its content (RFC 5652): its signer's certificate in PEM, when the signature fits its signed attributes.
    None: it does not."""
    try:
        signed = inside(p7s, 1, 0)               # SignedData: version, digest algorithms, content, [0] certificates, signers
        certificates = [p7s[at:end] for tag, _, begin, stop in signed if tag == 0xA0 for _, at, _, end in items(p7s, begin, stop)]
        (signer,) = items(p7s, *signed[-1][2:])
        version, name, digest, attributes, algorithm, value = items(p7s, *signer[2:])      # and no unsigned attributes
        issuer, serial = (p7s[at:end] for _, at, _, end in items(p7s, *name[2:]))
        if (attributes[0], value[0]) != (0xA0, 0x04):
            return None
        for der in certificates:
            body = [one for one in inside(der, 0) if one[0] != 0xA0]         # serial, algorithm, issuer, …
            if [der[one[1]:one[3]] for one in (body[2], body[0])] != [issuer, serial]:
                continue
            key = reader.openssl("x509", "-inform", "DER", "-noout", "-pubkey", data=der).stdout
            attributes_set = b"\x31" + p7s[attributes[1] + 1:attributes[3]]
            fits = reader.openssl("dgst", "-sha256", "-verify", reader.path_of(key), "-signature", reader.path_of(p7s[value[2]:value[3]]), reader.path_of(attributes_set))
            return reader.openssl("x509", "-inform", "DER", data=der).stdout if fits.returncode == 0 else None
    except (IndexError, ValueError):
        pass
    return None


def take_parts(reader):
    """Holds the parts against the newest list and puts Locked files in their place. False: this is no vault form."""
    every = {f"{reader.id}/{p}": c for p, c in reader.files.items()} | {f"{reader.id}.{p}": c for p, c in reader.beside.items()}
    parts = {p: c for p, c in every.items() if PART.fullmatch(p)}
    if not parts and not any(p.startswith("enc/") for p in reader.beside):
        return False
    lists = sorted(p for p in reader.beside if LIST.fullmatch(p) and p + ".p7s" in reader.beside)
    listed = lines_of(reader.beside[lists[-1]]) if reader.need(lists, "parts.list", "no signed list of parts") else {}
    if not reader.need(listed is not None, "parts.form", "list of parts"):
        listed = {}
    numbers = {}
    for path in sorted(set(listed) | set(parts)):
        part = PART.fullmatch(path)
        if not reader.need(part, "parts.form", path):
            continue
        numbers.setdefault(part[1], []).append(int(part[2]))
        if path not in parts:
            reader.need(part[1] in every, "parts.missing", path)
        elif reader.need(path in listed, "parts.extra", path) and part[1] not in every:      # a plain file counts instead of its parts
            reader.need(hashlib.sha256(parts[path]).hexdigest() == listed[path], "parts.digest", path)
    sealed = lines_of(reader.files.get("manifest-sha256.txt", b"")) or {}
    for path, found in numbers.items():
        inside, _, rest = path.partition("/")
        report = re.fullmatch(re.escape(reader.id) + r"\.report/[0-9]{3}/[^/]+\.(pdf|png)", path)
        reader.need(found == list(range(len(found))), "parts.number", path)
        reader.need(report or inside == reader.id and rest.startswith("data/"), "parts.form", path)
    for path in parts:
        of = PART.fullmatch(path)[1]
        store, start = (reader.files, len(reader.id) + 1) if path.startswith(reader.id + "/") else (reader.beside, len(reader.id) + 1)
        del store[path[start:]]
        store.setdefault(of[start:], Locked(sealed.get(of[start:], "")))
    return any(isinstance(c, Locked) for c in [*reader.files.values(), *reader.beside.values()])


def verdict(reader):
    """Lists, signatures, the seal's stamp, and what lies beside as far as no plain byte is needed."""
    payload = {p for p in reader.files if p.startswith("data/")}
    sealed = lines_of(reader.files.get("manifest-sha256.txt", b"")) or {}
    for path in payload ^ set(sealed):
        reader.bad("tree.extra" if path in payload else "tree.missing", path)
    for path in payload & set(sealed):           # what still lies in plain bytes is held against the manifest
        reader.need(digest_of(reader.files[path]) == sealed[path], "manifest.sha256", path)
    reader.check_lists()
    reader.check_renewals()
    seal = reader.beside.get("after/seal.txt.tsr")
    stamped = reader.stamp(seal, reader.files.get("seal/seal.txt", b""), reader.id + ".after/seal.txt.tsr") if seal else None
    if second := reader.beside.get("after/seal.txt.2.tsr"):
        reader.stamp(second, reader.files.get("seal/seal.txt", b""), reader.id + ".after/seal.txt.2.tsr")
    reader.at = reader.now if stamped is None else stamped
    tag = reader.files.get("tagmanifest-sha256.txt", b"")
    certificate = {role: reader.files.get(f"seal/certs/{role}.crt", b"") for role in ("station", "officer1", "officer2")}
    for role, crt in certificate.items():
        if (name := f"seal/sig-{role}.p7s") in reader.files:
            reader.signature(reader.files[name], tag, crt, name, None, stamped is None, stamped is not None)
    check_after(reader, tag, certificate["officer2"])
    reader.check_review()
    reader.check_group()
    reader.check_beside()
    reader.missing.append("content-key")
    return ("damaged", 3) if reader.damage else ("cannot-tell", 5)


def check_after(reader, tag, officer2):
    """The second officer's later signature, and tokens of heads that were pending: the manifest gives the heads' digests."""
    if later := reader.beside.get("after/sig-officer2.p7s"):
        token = reader.beside.get("after/sig-officer2.p7s.tsr")
        when = reader.stamp(token, later, reader.id + ".after/sig-officer2.p7s.tsr") if token else reader.renewed.get(reader.id + ".after/sig-officer2.p7s")
        reader.signature(later, tag, officer2, "after/sig-officer2.p7s", reader.now if when is None else when, True, when is not None)
    for path, content in reader.beside.items():
        head = re.fullmatch(r"after/((\d{8}|final)\.head)(\.2)?\.tsr", path)
        if head and f"data/attach/tst/{head[1]}" in reader.files:
            reader.stamp(content, reader.files[f"data/attach/tst/{head[1]}"], f"{reader.id}.{path}")


def list_signer(reader, path, stamped):
    """Whose signature the list's must be (section 11.1): the sealed station certificate in PEM, or None, whoever the root vouches for, where a later
    certificate of the station signed."""
    sealed, signer = reader.files.get("seal/certs/station.crt", b""), reader.path_of(b"")
    done = reader.openssl("cms", "-verify", "-binary", "-inform", "DER", "-in", reader.path_of(reader.beside[path]), "-content", reader.path_of(reader.beside[path[:-4]]),
                          "-noverify", "-signer", signer, "-out", "/dev/null")
    der = lambda *where, data=None: reader.openssl("x509", *where, "-outform", "DER", data=data).stdout
    first, other = der(data=sealed), der("-in", signer)
    if done.returncode or first == other:
        return sealed                            # what is wrong is told with the signature
    begins = lambda one: reader.date(reader.openssl("x509", "-inform", "DER", "-noout", "-startdate", data=one).stdout.decode().partition("=")[2].strip())
    if not reader.need(first and subject(first) == subject(other) and begins(other) >= begins(first), "signer.people", path):
        return sealed
    if not stamped:
        reader.missing.append("parts-stamp")
    return None


def subject(der):
    """The subject's name, byte by byte: Certificate { tbs { [0] version, serial, algorithm, issuer, validity, subject, …"""
    _, at, _, end = [one for one in inside(der, 0) if one[0] != 0xA0][4]
    return der[at:end]
