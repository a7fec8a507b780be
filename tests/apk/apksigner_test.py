#!/usr/bin/env python3
"""verify_apk held against Debian's apksigner: same packages, same Android versions, same verdict, same certificate. A-7.3a

Packages are made here and signed by apksigner itself with every scheme, then tampered with and stripped.
"""
import json
import os
import re
import struct
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

TOOL = os.environ["APK_TOOL"]
SDKS = (23, 24, 28, 31)          # before v2, with v2, with v3, and a newer one


def run(*args):
    return subprocess.run(list(map(str, args)), capture_output=True, text=True)


def manifest():
    """A binary AndroidManifest.xml with nothing but <manifest package="cn.example.app"/>, as aapt would write it."""
    words = ["manifest", "package", "cn.example.app"]
    data, offsets = b"", []
    for word in words:
        offsets.append(len(data))
        data += struct.pack("<H", len(word)) + word.encode("utf-16-le") + b"\0\0"
    data += b"\0" * (-len(data) % 4)
    pool_head = 28 + 4 * len(words)
    pool = struct.pack("<HHIIIIII", 1, 28, pool_head + len(data), len(words), 0, 0, pool_head, 0) + struct.pack(f"<{len(words)}I", *offsets) + data
    attribute = struct.pack("<IIIHBBI", 0xffffffff, 1, 2, 8, 0, 3, 2)
    start = struct.pack("<HHIIIIIHHHHHH", 0x102, 16, 36 + len(attribute), 1, 0xffffffff, 0xffffffff, 0, 20, 20, 1, 0, 0, 0) + attribute
    end = struct.pack("<HHIIIII", 0x103, 16, 24, 1, 0xffffffff, 0xffffffff, 0)
    body = pool + start + end
    return struct.pack("<HHI", 3, 8, 8 + len(body)) + body


class Apksigner(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temp = tempfile.TemporaryDirectory()
        cls.root = Path(cls.temp.name)
        cls.keys = {name: cls.make_key(name, *how) for name, how in {
            "rsa": ("RSA", "-pkeyopt", "rsa_keygen_bits:2048"), "rsa4096": ("RSA", "-pkeyopt", "rsa_keygen_bits:4096"),
            "ec": ("EC", "-pkeyopt", "ec_paramgen_curve:P-256"), "other": ("EC", "-pkeyopt", "ec_paramgen_curve:P-256")}.items()}
        cls.plain = cls.root / "plain.apk"
        with zipfile.ZipFile(cls.plain, "w") as apk:
            apk.writestr("AndroidManifest.xml", manifest(), zipfile.ZIP_DEFLATED)
            apk.writestr("classes.dex", os.urandom(2_500_000), zipfile.ZIP_STORED)       # more chunks than one
            apk.writestr("assets/店铺.txt", "名称" * 5000, zipfile.ZIP_DEFLATED)
            apk.writestr("META-INF/services/x", "y", zipfile.ZIP_DEFLATED)
            apk.writestr("assets/" + "long/" * 20 + "name.txt", "a name over 72 bytes", zipfile.ZIP_DEFLATED)

    @classmethod
    def tearDownClass(cls):
        cls.temp.cleanup()

    @classmethod
    def make_key(cls, name, algorithm, *options):
        pem, key, cert = (cls.root / f"{name}.{end}" for end in ("pem", "pk8", "crt"))
        assert run("openssl", "genpkey", "-algorithm", algorithm, *options, "-out", pem).returncode == 0
        assert run("openssl", "pkcs8", "-topk8", "-nocrypt", "-in", pem, "-outform", "DER", "-out", key).returncode == 0
        assert run("openssl", "req", "-new", "-x509", "-key", pem, "-subj", f"/CN={name}", "-days", "9000", "-out", cert).returncode == 0
        return ["--key", key, "--cert", cert]

    def signed(self, name, schemes, signers=("rsa",), min_sdk=21, more=()):
        out = self.root / f"{name}.apk"
        flags = [f"--v{n}-signing-enabled={'true' if n in schemes else 'false'}" for n in (1, 2, 3, 4)]
        keys = []
        for n, signer in enumerate(signers):
            keys += (["--next-signer"] if n else []) + self.keys[signer]
        done = run("apksigner", "sign", "--min-sdk-version", min_sdk, *flags, *more, "--out", out, *keys, self.plain)
        self.assertEqual(done.returncode, 0, done.stderr)
        return out

    def ours(self, apk, sdk):
        return json.loads(run(TOOL, apk, sdk).stdout)

    def theirs(self, apk, sdk):
        done = run("apksigner", "verify", "--print-certs", "--min-sdk-version", sdk, "--max-sdk-version", sdk, apk)
        return re.findall(r"certificate SHA-256 digest: ([0-9a-f]{64})", done.stdout) if done.returncode == 0 else None

    def agree(self, apk, sdks=SDKS):
        """[our answer for each version]: they take what we take, by the same certificates."""
        out = []
        for sdk in sdks:
            mine, other = self.ours(apk, sdk), self.theirs(apk, sdk)
            self.assertEqual("certificates" in mine, other is not None, f"{apk.name} on {sdk}: {mine}")
            self.assertEqual(sorted(mine.get("certificates", [])), sorted(other or []), f"{apk.name} on {sdk}: {mine}")
            out.append(mine)
        return out

    def schemes(self, apk, sdks=SDKS):
        return [answer.get("scheme", answer.get("error")) for answer in self.agree(apk, sdks)]

    def test_v1_alone(self):
        self.assertEqual(self.schemes(self.signed("v1", [1])), ["v1"] * 4)

    def test_v1_with_sha1_of_old_androids(self):
        self.assertEqual(self.schemes(self.signed("v1-old", [1], min_sdk=16), [23]), ["v1"])

    def test_v1_by_an_elliptic_key(self):
        self.assertEqual(self.schemes(self.signed("v1-ec", [1], ["ec"]), [23, 28]), ["v1"] * 2)

    def test_v2_alone(self):
        self.assertEqual(self.schemes(self.signed("v2", [2], min_sdk=24), [24, 28]), ["v2"] * 2)

    def test_v2_with_sha512(self):
        self.assertEqual(self.schemes(self.signed("v2-512", [2], ["rsa4096"], min_sdk=24), [24]), ["v2"])

    def test_v2_with_the_verity_tree(self):
        apk = self.signed("v2-verity", [2], ["ec"], min_sdk=24, more=["--verity-enabled"])
        self.assertEqual(self.schemes(apk, [24]), ["v2"])

    def test_all_schemes(self):
        for key in ("rsa", "ec"):
            with self.subTest(key=key):
                self.assertEqual(self.schemes(self.signed("all-" + key, [1, 2, 3], [key])), ["v1", "v2", "v3", "v3"])

    def test_two_signers(self):
        answers = self.agree(self.signed("two", [1, 2], ["rsa", "ec"]), [23, 24])
        self.assertEqual([len(a["certificates"]) for a in answers], [2, 2])

    def test_another_maker_has_another_certificate(self):
        mine, other = (self.agree(self.signed("maker-" + key, [1, 2, 3], [key]), [28])[0]["certificates"] for key in ("ec", "other"))
        self.assertNotEqual(mine, other)

    def test_a_key_that_was_changed(self):
        lineage = self.root / "lineage"
        done = run("apksigner", "rotate", "--out", lineage, "--old-signer", *self.keys["rsa"], "--new-signer", *self.keys["ec"])
        self.assertEqual(done.returncode, 0, done.stderr)
        apk = self.signed("rotated", [1, 2, 3], ["rsa", "ec"], more=["--lineage", lineage])
        answers = self.agree(apk, [24, 28])
        self.assertNotEqual(answers[0]["certificates"], answers[1]["certificates"])

    def test_content_that_was_changed(self):
        for name, schemes, sdk in (("v1", [1], 23), ("v2", [2], 24), ("v3", [1, 2, 3], 28)):
            with self.subTest(scheme=name):
                data = bytearray(self.signed("tampered-" + name, schemes, min_sdk=24 if name == "v2" else 21).read_bytes())
                at = data.index(b"classes.dex") + 1000
                data[at] ^= 1
                apk = self.root / f"tampered-{name}.apk"
                apk.write_bytes(data)
                self.assertEqual(self.schemes(apk, [sdk]), ["tampered"])

    def test_an_entry_that_was_added(self):
        apk = self.signed("added", [1])
        with zipfile.ZipFile(apk, "a") as more:
            more.writestr("assets/more.txt", "more")
        self.assertEqual(self.schemes(apk, [23]), ["tampered"])

    def block_of(self, data):
        end = data.index(b"APK Sig Block 42") + 16
        size = struct.unpack_from("<Q", data, end - 24)[0]
        return end - size - 8, end

    def test_a_signing_block_that_was_taken_away(self):
        data = bytearray(self.signed("stripped", [1, 2, 3]).read_bytes())
        begin, end = self.block_of(data)
        record = data.rindex(b"PK\5\6")
        struct.pack_into("<I", data, record + 16, struct.unpack_from("<I", data, record + 16)[0] - (end - begin))
        apk = self.root / "stripped.apk"
        apk.write_bytes(data[:begin] + data[end:])
        self.assertEqual(self.schemes(apk, [23, 24, 28]), ["v1", "tampered", "tampered"])

    def test_a_v3_signature_that_was_taken_away(self):
        data = bytearray(self.signed("v3-stripped", [1, 2, 3]).read_bytes())
        begin, end = self.block_of(data)
        at = data.index(struct.pack("<I", 0xf05368c0), begin, end)
        struct.pack_into("<I", data, at, 0x12345678)
        apk = self.root / "v3-stripped.apk"
        apk.write_bytes(data)
        self.assertEqual(self.schemes(apk, [24, 28]), ["v2", "tampered"])

    def test_no_signature_at_all(self):
        answers = self.agree(self.plain, [23, 28])
        self.assertEqual([a["error"] for a in answers], ["not-found"] * 2)

    def test_the_practice_app(self):
        for name in ("mall.apk", "mall-fake.apk"):
            self.agree(Path(__file__).parents[2] / "resources/training" / name, [28, 31])


if __name__ == "__main__":
    unittest.main()
