"""guzheng-evidence ca: a bureau set up by three commands, held against openssl. Needs GUZHENG_BIN. A-7.2b"""
import os
import shutil
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

BIN = Path(os.environ["GUZHENG_BIN"])


def openssl(*args, **kw):
    return subprocess.run(["openssl", *map(str, args)], capture_output=True, encoding="utf-8", timeout=120, **kw)


class Bureau(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Path(tempfile.mkdtemp(prefix="guzheng-ca."))
        for name in ("root", "archive", "wang", "li", "export"):
            (cls.home / f"{name}.pass").write_text(f"passphrase of {name}\n")
            (cls.home / f"{name}.pass").chmod(0o600)
        for ca in ("tsa", "other"):
            openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", cls.home / f"{ca}.key", "-out",
                    cls.home / f"{ca}.pem", "-subj", f"/CN={ca}", "-days", "30", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        cls.dir = cls.home / "bureau"
        cls.station = cls.dir / "station"
        # the three commands
        done = cls.ca("init", cls.dir, "--bureau", "某某市市场监督管理局", "--station", "LX-07", "--tsa", "某机构", "http://127.0.0.1:9/tsr", cls.home / "tsa.pem",
                      key="archive")
        assert done.returncode == 0, done.stderr
        for name, badge, who in (("王甲", "执法-01", "wang"), ("李乙", "执法-02", "li")):
            done = cls.ca("issue", cls.dir, "officer", "--name", name, "--badge", badge, key=who)
            assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.home)

    @classmethod
    def run_tool(cls, *args):
        return subprocess.run([str(BIN / "guzheng-evidence"), *map(str, args), "--lang", "en"], stdin=subprocess.DEVNULL, capture_output=True,
                              encoding="utf-8", timeout=300, start_new_session=True)

    @classmethod
    def ca(cls, *args, key=None, root="root"):
        more = ["--passphrase-file", cls.home / f"{root}.pass"] if args[0] not in ("list", "import", "policy") else []
        more += ["--key-passphrase-file", cls.home / f"{key}.pass"] if key else []
        return cls.run_tool("ca", *args, *more)

    def certificate(self, pattern):
        return sorted(self.station.glob(pattern))[0]

    def crl_number(self):
        return int(openssl("crl", "-in", self.station / "org.crl", "-noout", "-crlnumber").stdout.strip().split("=")[1], 16)

    def test_openssl_vouches_for_what_was_issued(self):
        for pattern, usage in (("people/执法-01.sign.*.crt", "Digital Signature, Non Repudiation"), ("people/执法-01.enc.*.crt", "Key Agreement"),
                               ("station-LX-07.crt", "Digital Signature, Non Repudiation"), ("archive.crt", "Key Encipherment")):
            cert = self.certificate(pattern)
            checked = openssl("verify", "-CAfile", self.station / "org.crt", "-CRLfile", self.station / "org.crl", "-crl_check", cert)
            self.assertEqual(checked.returncode, 0, checked.stderr)
            text = openssl("x509", "-in", cert, "-noout", "-text", "-nameopt", "utf8").stdout
            self.assertRegex(text, rf"X509v3 Key Usage: critical\s+{usage}\n")
            self.assertIn("CA:FALSE", text)
        subject = openssl("x509", "-in", self.certificate("people/执法-02.sign.*.crt"), "-noout", "-subject", "-nameopt", "utf8,sname").stdout
        for part in ("CN=李乙", "serialNumber=执法-02", "O=某某市市场监督管理局"):
            self.assertIn(part, subject)
        root = openssl("x509", "-in", self.station / "org.crt", "-noout", "-text").stdout
        self.assertIn("CA:TRUE", root)
        self.assertIn("(3072 bit)", root)

    def test_the_central_server_gets_its_certificates(self):
        """A-8.3e: one that signs receipts, one that proves its host; the stations get the first."""
        folder = self.home / "with-central"
        shutil.copytree(self.dir, folder)
        for args in (("central",), ("server", "--badge", "central.example.cn")):
            done = self.ca("issue", folder, *args)
            self.assertEqual(done.returncode, 0, done.stderr)
        signing = openssl("x509", "-in", folder / "station/central.crt", "-noout", "-text").stdout
        self.assertRegex(signing, r"X509v3 Key Usage: critical\s+Digital Signature, Non Repudiation\n")
        self.assertEqual((folder / "station/central.crt").read_text(), (folder / "central/central.crt").read_text())
        checked = openssl("verify", "-CAfile", folder / "station/org.crt", "-purpose", "sslserver", "-verify_hostname", "central.example.cn", folder / "central/server-central.example.cn.crt")
        self.assertEqual(checked.returncode, 0, checked.stderr)
        self.assertNotIn("Non Repudiation", openssl("x509", "-in", folder / "central/server-central.example.cn.crt", "-noout", "-text").stdout)
        for stem in ("central", "server-central.example.cn"):
            self.assertEqual(stat.S_IMODE((folder / f"central/{stem}.pass").stat().st_mode), 0o600)
            opened = openssl("pkcs12", "-in", folder / f"central/{stem}.p12", "-passin", f"file:{folder}/central/{stem}.pass", "-nodes", "-noout")
            self.assertEqual(opened.returncode, 0, opened.stderr)
        for wrong in ("no host", "x,DNS:evil", "-x", "a..b"):
            self.assertEqual(self.ca("issue", folder, "server", "--badge", wrong).returncode, 2, wrong)

    def test_a_passphrase_file_that_others_may_read_is_refused(self):
        for mode in (0o640, 0o604):
            (self.home / "open.pass").write_text("passphrase of root\n")
            (self.home / "open.pass").chmod(mode)
            done = self.ca("crl", self.dir, root="open")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("chmod 600", done.stderr)
        (self.home / "open.pass").chmod(0o600)
        done = self.ca("crl", self.dir, root="open")
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_keys_are_locked_and_files_are_the_owners(self):
        keys = list(self.dir.rglob("*.p12"))
        self.assertEqual(len(keys), 7)                            # root, archive, station, two for each officer
        p12 = self.certificate("people/执法-01.sign.*.p12")
        self.assertEqual(openssl("pkcs12", "-in", p12, "-noout", "-passin", f"file:{self.home}/wang.pass").returncode, 0)
        self.assertNotEqual(openssl("pkcs12", "-in", p12, "-noout", "-passin", f"file:{self.home}/li.pass").returncode, 0)
        for path in self.dir.rglob("*"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)

    def test_the_policy_names_the_central_system(self):
        """A-7.4c: only with its certificate issued, and only an address that the policy may have."""
        folder = self.home / "central-policy"
        shutil.copytree(self.dir, folder)
        words = ("policy", folder, "--station", "LX-07", "--tsa", "某机构", "http://127.0.0.1:9/tsr", self.home / "tsa.pem", "--central")
        done = self.ca(*words, "https://central.example.cn:8443")
        self.assertEqual(done.returncode, 2)
        self.assertIn("issue central first", done.stderr)
        self.assertEqual(self.ca("issue", folder, "central").returncode, 0)
        done = self.ca(*words, "http://central.example.cn")
        self.assertEqual(done.returncode, 2)
        self.assertIn("central.url is \"http://central.example.cn\"; expected", done.stderr)
        self.assertNotIn("[central]", (folder / "station/policy.toml").read_text())
        done = self.ca(*words, "https://central.example.cn:8443")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('[central]\nurl = "https://central.example.cn:8443"\ncertificate = "central.crt"\n', (folder / "station/policy.toml").read_text())

    def test_the_policy_that_was_written_lets_an_officer_in_and_says_what_is_wrong(self):
        bag = self.home / "bag"
        (bag / "data/attach").mkdir(parents=True, exist_ok=True)
        (bag / "data/attach/people.json").write_text("{}\n")

        def sign(badge, who):
            done = self.run_tool("sign", bag, "--policy", self.station / "policy.toml", "--officer", badge, "--passphrase-file", self.home / f"{who}.pass")
            self.assertEqual(done.returncode, 2, done.stderr)
            return done.stderr

        self.assertIn("holds no evidence package", sign("执法-01", "wang"))      # in; there is nothing to sign
        self.assertIn("no officer of the policy", sign("执法-09", "wang"))
        self.assertIn("wrong passphrase; try again after 1 seconds", sign("执法-01", "li"))
        self.assertRegex(sign("执法-01", "wang"), "wait 1 seconds|holds no evidence package")
        broken = self.home / "broken.toml"
        broken.write_text("version = 1\n[vault]\nmin_free_gib = 0\n")
        done = self.run_tool("sign", bag, "--policy", broken, "--officer", "x")
        self.assertIn("broken.toml:3: vault.min_free_gib is 0; expected", done.stderr)
        self.assertIn("bureau.name is missing", done.stderr)

    def test_revoking_makes_a_new_list_with_a_higher_number(self):
        done = self.ca("issue", self.dir, "officer", "--name", "赵丙", "--badge", "执法-03", key="li")
        self.assertEqual(done.returncode, 0, done.stderr)
        before = self.crl_number()
        self.assertEqual(self.ca("revoke", self.dir, "--badge", "执法-03", "--reason", "key-compromise").returncode, 0)
        self.assertEqual(self.crl_number(), before + 1)
        checked = openssl("verify", "-CAfile", self.station / "org.crt", "-CRLfile", self.station / "org.crl", "-crl_check", self.certificate("people/执法-03.sign.*.crt"))
        self.assertIn("certificate revoked", checked.stderr)
        self.assertIn("Key Compromise", openssl("crl", "-in", self.station / "org.crl", "-noout", "-text").stdout)
        self.assertEqual(openssl("crl", "-in", self.station / "org.crl", "-noout", "-CAfile", self.station / "org.crt").returncode, 0)
        self.assertEqual(self.ca("crl", self.dir).returncode, 0)
        self.assertEqual(self.crl_number(), before + 2)
        self.assertEqual(self.ca("revoke", self.dir, "--badge", "执法-03", "--reason", "left").returncode, 2)
        listed = self.ca("list", self.dir, "--warn-days", "1200").stdout
        self.assertRegex(listed, r"赵丙 执法-03 .*revoked \d{8} key-compromise")
        self.assertRegex(listed, r"王甲 执法-01 .*expires soon, days left 109")

    def test_what_cannot_be_done_is_refused(self):
        self.assertEqual(self.ca("issue", self.dir, "officer", "--name", "王", "--badge", "执法-01", key="li").returncode, 2)      # renew it
        self.assertEqual(self.ca("issue", self.dir, "officer", "--name", "王", "--badge", "../x", key="li").returncode, 2)
        self.assertEqual(self.ca("issue", self.dir, "officer", "--name", "王", "--badge", "9", key="li", root="li").returncode, 2)      # wrong passphrase
        self.assertEqual(self.ca("issue", self.dir, "king", "--badge", "9", key="li").returncode, 1)
        self.assertEqual(self.ca("init", self.dir, "--bureau", "x", key="archive").returncode, 2)      # never over a bureau
        done = self.run_tool("ca", "crl", self.dir)                   # neither file nor terminal
        self.assertIn("neither a file nor a terminal", done.stderr)

    def issued_elsewhere(self, name, subject, usage, extra=""):
        stem = self.home / name
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{stem}.key", "-out", f"{stem}.csr", "-utf8", "-subj", subject)
        Path(f"{stem}.ext").write_text(f"keyUsage=critical,{usage}\nbasicConstraints=critical,CA:{'TRUE' if extra else 'FALSE'}\n")
        done = openssl("x509", "-req", "-in", f"{stem}.csr", "-CA", self.home / "other.pem", "-CAkey", self.home / "other.key", "-CAcreateserial",
                       "-out", f"{stem}.pem", "-days", "20", "-extfile", f"{stem}.ext")
        self.assertEqual(done.returncode, 0, done.stderr)
        return f"{stem}.pem", f"{stem}.key"

    def test_certificates_of_an_existing_pki_are_imported_and_checked(self):
        (self.home / "index").write_text("")
        (self.home / "crlnumber").write_text("01\n")
        (self.home / "ca.cnf").write_text(f"[ca]\ndefault_ca=d\n[d]\ndatabase={self.home}/index\ncrlnumber={self.home}/crlnumber\ndefault_md=sha256\ndefault_crl_days=20\n")
        done = openssl("ca", "-gencrl", "-config", self.home / "ca.cnf", "-cert", self.home / "other.pem", "-keyfile", self.home / "other.key", "-out", self.home / "other.crl")
        self.assertEqual(done.returncode, 0, done.stderr)
        place = self.home / "adopted"
        done = self.ca("init", place, "--bureau", "外部局", "--existing-root", self.home / "other.pem", "--existing-crl", self.home / "other.crl")
        self.assertEqual(done.returncode, 0, done.stderr)
        person = "/CN=外人/serialNumber=W-1"
        good = self.issued_elsewhere("good", person, "digitalSignature,nonRepudiation")
        crypt = self.issued_elsewhere("crypt", person, "keyEncipherment")

        def take(signing, encryption, says):
            done = self.ca("import", place, "officer", "--signing", signing[0], "--signing-key", signing[1], "--encryption", encryption[0],
                           "--encryption-key", encryption[1], key="export")
            self.assertEqual(done.returncode, 2 if says else 0, done.stderr)
            self.assertIn(says, done.stderr)

        take(self.issued_elsewhere("weak", person, "digitalSignature"), crypt, "nonRepudiation")
        take(self.issued_elsewhere("nobadge", "/CN=外人", "nonRepudiation"), crypt, "has no badge")
        take(self.issued_elsewhere("noname", "/serialNumber=1", "nonRepudiation"), crypt, "no common name")
        take(self.issued_elsewhere("ca", person, "nonRepudiation,keyCertSign", "ca"), crypt, "certificate authority")
        take(good, self.issued_elsewhere("two", "/CN=外人/serialNumber=W-2", "keyEncipherment"), "different badges")
        take(good, good, "not for encryption")
        take((good[0], crypt[1]), crypt, "not this certificate's")
        done = openssl("pkcs12", "-export", "-in", good[0], "-inkey", good[1], "-out", self.home / "good.p12", "-passout", f"file:{self.home}/export.pass")
        self.assertEqual(done.returncode, 0, done.stderr)
        done = self.ca("import", place, "officer", "--signing", self.home / "good.p12", "--encryption", crypt[0], "--encryption-key", crypt[1],
                       "--source-passphrase-file", self.home / "export.pass", key="wang")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(openssl("pkcs12", "-in", next((place / "station/people").glob("W-1.sign.*.p12")), "-noout", "-passin", f"file:{self.home}/wang.pass").returncode, 0)
        self.assertIn("imported", self.ca("list", place).stdout)
        self.assertEqual(self.ca("revoke", place, "--badge", "W-1", "--reason", "left").returncode, 2)
        done = self.ca("import", self.dir, "officer", "--signing", good[0], "--encryption", crypt[0])      # of another root
        self.assertIn("does not chain to the bureau's root", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
