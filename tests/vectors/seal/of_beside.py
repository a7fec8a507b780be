"""Packages with something beside them: reports, receipts, reviews, hand-over records, later signatures; and those that nothing is wrong with."""
import json
import re
import shutil
from pathlib import Path

from case import CANNOT_TELL, INCOMPLETE, PRACTICE, WHOLE, vector


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


def seal_of(case): return case.digest("sha256", case.bag / "seal/seal.txt")


@vector("stamp.time")
def report_stamped_in_the_future(case): case.tool(-400, "stamp", "tsa", f"{report(case, seal_of(case))}.p7s")


@vector("stamp.time")
def report_stamped_before_the_seal(case): case.tool(1, "stamp", "tsa", f"{report(case, seal_of(case))}.p7s")


@vector("stamp.time")
def receipt_stamped_in_the_future(case):
    receipt(case)
    case.tool(-400, "stamp", "tsa", case.beside("receipt") / "central.txt.p7s")


@vector("stamp.time")
def record_stamped_in_the_future(case):
    case.zip()
    case.tool(-400, "stamp", "tsa", f"{case.record()}.p7s")


@vector("beside.extra")
def unsigned_file_beside_a_report(case): report(case, seal_of(case)).with_name("more.txt").write_text("x")


@vector("beside.extra")
def unsigned_file_beside_a_record(case):
    case.zip()
    (case.record().parent / "more.txt").write_text("x")


@vector("beside.fingerprint")
def report_that_names_no_package(case):
    path = report(case, seal_of(case))
    path.write_text("%PDF-1.7 of nothing")
    case.tool(0, "sign", "officer1", path)


@vector("beside.extra")
def copy_that_no_list_names(case): report(case, seal_of(case)).with_name("copy-0001.png").write_bytes(b"x")


@vector("beside.signature")
def copies_without_their_signature(case):
    path = report(case, seal_of(case)).with_name("copies.json")
    path.write_text(json.dumps({"copies": [], "fingerprint": seal_of(case), "package": case.id}, separators=(",", ":")) + "\n")


@vector(None, WHOLE, "short-list")
def report_without_a_stamp_and_a_list_valid_now(case):
    report(case, seal_of(case))
    case.roots += ["--crl", case.good / "roots/newer.crl"]


# ---- the second signature
@vector("signature-time", CANNOT_TELL, "officer2-expired")
def second_signature_without_a_stamp_by_an_expired_certificate(case):
    sign_later(case, "officer2", 0)
    (case.after / "sig-officer2.p7s.tsr").unlink()


@vector(None, WHOLE, "officer2-expired")
def second_signature_stamped_before_its_certificate_expired(case): sign_later(case, "officer2", 90)


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
