"""Packages in the vault form (FORMAT.md 11) before readers without a key: content cannot be told, everything else can."""
import json
import shutil

from case import CANNOT_TELL, vector
from of_beside import receipt, report, seal_of, sign_later
from of_reviews import hand_over, review


def lock(case, which="stamped"):
    case.tool(0, "encrypt", which, case.bag)
    case.open(case.folder)
    return case.beside("enc") / "001/parts-sha256.txt"


def sign(case, who, path):
    case.tool(0, "sign", who, path)
    case.tool(0, "stamp", "tsa", f"{path}.p7s")


def copies(case):
    """A report with an annotated copy, both signed."""
    folder = report(case, seal_of(case)).parent
    (folder / "copy-0001.png").write_bytes(b"a picture with arrows")
    one = {"file": "copy-0001.png", "item": 1, "kind": "标注", "of": "data/main/shot-0001.png", "of_sha256": case.digest("sha256", case.bag / "data/main/shot-0001.png"),
           "sha256": case.digest("sha256", folder / "copy-0001.png")}
    path = folder / "copies.json"
    path.write_text(json.dumps({"copies": [one], "fingerprint": seal_of(case), "package": case.id}, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n")
    case.tool(0, "sign", "officer1", path)
    case.tool(0, "stamp", "tsa", f"{path}.p7s")
    return path


# ---- nothing is wrong, and nobody can say so without the key
@vector(None, CANNOT_TELL)
def locked(case): lock(case)


@vector(None, CANNOT_TELL)
def locked_and_its_list_not_stamped(case): lock(case, "unstamped")


@vector(None, CANNOT_TELL, "unstamped")
def locked_and_not_stamped(case): lock(case)


@vector(None, CANNOT_TELL, "unsigned")
def locked_with_everything_beside(case):
    copies(case)
    receipt(case)
    review(case, 1, "不予确认")
    review(case, 2, "确认", 1)
    sign_later(case, "officer2")
    hand_over(case)
    case.tool(0, "renew", "tsa2", case.bag)
    lock(case)


# ---- the parts and their list
@vector("parts.digest")
def locked_part_changed(case):
    lock(case)
    case.flip(case.bag / "data/main/shot-0001.png.p7m.0000")


@vector("parts.missing")
def locked_part_taken_away(case):
    lock(case)
    (case.bag / "data/attach/order.json.p7m.0000").unlink()


@vector("parts.extra")
def locked_part_added(case):
    lock(case)
    shutil.copy(case.bag / "data/attach/order.json.p7m.0000", case.bag / "data/attach/order.json.p7m.0001")


@vector("beside.signature")
def locked_list_without_its_signature(case):
    lock(case)
    lock_list = case.beside("enc") / "001/parts-sha256.txt.p7s"
    lock_list.with_suffix(".p7s.tsr").unlink()
    shutil.copytree(case.beside("enc") / "001", case.beside("enc") / "002")      # a whole one before it
    (case.beside("enc") / "002/parts-sha256.txt.p7s").unlink()


@vector("signer.people")
def locked_list_signed_by_an_officer(case):
    path = lock(case, "unstamped")
    case.tool(0, "sign", "officer1", path)


@vector("stamp.imprint")
def locked_list_with_the_stamp_of_another(case):
    path = lock(case)
    shutil.copy(case.after / "seal.txt.tsr", f"{path}.p7s.tsr")


@vector("beside.extra")
def locked_list_with_a_strange_file(case): lock(case).with_name("more.txt").write_text("x")


# The manifest form has an LF on each line, the last too; the station signed this one.
@vector("parts.list")
def locked_list_without_its_last_lf(case):
    path = lock(case)
    path.write_text(path.read_text().rstrip("\n"))
    sign(case, "station", path)


@vector("parts.list")
def locked_list_with_a_digest_in_capitals(case):
    path = lock(case)
    text = path.read_text()
    path.write_text(text[:64].upper() + text[64:])
    sign(case, "station", path)


@vector("signer.content")
def locked_older_list_changed(case):
    path = lock(case)
    shutil.copytree(path.parent, path.parent.parent / "002")
    path.write_text(path.read_text()[:-5] + "\n")


@vector("beside.extra")
def locked_signature_of_a_list_that_is_not_there(case):
    path = lock(case)
    (path.parent.parent / "002").mkdir()
    shutil.copy(f"{path}.p7s", path.parent.parent / "002/parts-sha256.txt.p7s")


# Older lists are superseded as a whole: FORMAT.md 11 says why their numbers may have gaps.
@vector(None, CANNOT_TELL)
def locked_lists_with_a_gap(case):
    path = lock(case)
    shutil.copytree(path.parent, path.parent.parent / "003")


@vector("tree.empty-folder")
def locked_with_an_empty_folder(case):
    lock(case)
    (case.bag / "data/empty").mkdir()


# ---- lists and seal
@vector("seal.digest")
def locked_certificate_exchanged(case):
    lock(case)
    shutil.copy(case.bag / "seal/certs/officer1.crt", case.bag / "seal/certs/officer2.crt")


# ---- what lies beside
@vector("signer.content")
def locked_review_changed_after_signing(case):
    review(case, 1, "确认")
    lock(case)
    path = case.beside("review") / "001/review.json"
    path.write_text(path.read_text().replace("看过", "没看"))


@vector("beside.review")
def locked_review_that_does_not_name_the_one_before(case):
    review(case, 1, "不予确认")
    review(case, 2, "确认")
    lock(case)


@vector("receipt.token")
def locked_receipt_that_leaves_a_token_out(case):
    receipt(case, lambda text: "".join(x for x in text.splitlines(True) if "final.head.tsr" not in x))
    lock(case)


@vector("receipt.token")
def locked_receipt_that_knows_another_token(case):
    receipt(case)
    path = case.beside("receipt") / "central.txt"
    token = next(line for line in path.read_text().splitlines() if line.endswith("final.head.tsr"))
    path.write_text(path.read_text().replace(token, token[:7] + ("0" if token[7] != "0" else "1") + token[8:]))
    case.tool(0, "sign", "station", path)
    case.tool(0, "stamp", "tsa", f"{path}.p7s")
    lock(case)


@vector("beside.copy")
def locked_copy_of_another_picture(case):
    path = copies(case)
    other = case.digest("sha256", case.bag / "data/attach/order.json")
    path.write_text(path.read_text().replace(case.digest("sha256", case.bag / "data/main/shot-0001.png"), other))
    case.tool(0, "sign", "officer1", path)
    case.tool(0, "stamp", "tsa", f"{path}.p7s")
    lock(case)


@vector("beside.signature")
def locked_report_without_its_signature(case):
    report(case, seal_of(case))
    lock(case)
    (case.beside("report") / "001/report.pdf.p7s").unlink()


# A signature over a locked report is checked in itself, by all three: its form, its value, its signer. None has its stamp to help it.
def locked_report_signature(case, change):
    report(case, seal_of(case))
    lock(case)
    path = case.beside("report") / "001/report.pdf.p7s"
    path.with_name(path.name + ".tsr").unlink(missing_ok=True)
    path.write_bytes(change(path.read_bytes()))


def turned(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


@vector("signer.form")
def locked_report_signature_is_garbage(case): locked_report_signature(case, lambda _: b"garbage")


@vector("signer.form")
def locked_report_signature_value_changed(case): locked_report_signature(case, lambda data: turned(data, -20))


@vector("signer.form")
def locked_report_signature_digest_changed(case):
    message_digest = bytes.fromhex("06092a864886f70d010904312204 20".replace(" ", ""))
    locked_report_signature(case, lambda data: turned(data, data.index(message_digest) + len(message_digest)))


@vector("signer.form")
def locked_report_signature_names_another_issuer(case):
    locked_report_signature(case, lambda data: turned(data, data.rindex(bytes.fromhex("0603550403")) + 10))


@vector("signer.form")
def locked_report_signature_with_bytes_behind(case): locked_report_signature(case, lambda data: data + b"\0")


# Without its stamp all can tell that an officer signed something, and not what.
@vector(None, CANNOT_TELL)
def locked_report_signature_not_stamped(case): locked_report_signature(case, lambda data: data)


# A sound signature over something else: only its stamp tells without a key.
@vector(None, CANNOT_TELL)
def locked_report_with_the_signature_of_the_seal(case):
    locked_report_signature(case, lambda _: (case.bag / "seal/sig-station.p7s").read_bytes())


@vector("stamp.imprint")
def locked_report_with_another_signature_than_was_stamped(case):
    path = report(case, seal_of(case))
    case.tool(0, "stamp", "tsa", f"{path}.p7s")
    lock(case)
    path.with_name("report.pdf.p7s").write_bytes((case.bag / "seal/sig-station.p7s").read_bytes())


# Its signer is held to what any signer beside the bag is held to.
@vector("crl", CANNOT_TELL, "short-list")
def locked_report_signed_after_the_list_had_expired(case):
    report(case, seal_of(case))
    lock(case)


@vector(None, CANNOT_TELL, "short-list")
def locked_report_signed_after_the_list_and_a_newer_one_given(case):
    path = report(case, seal_of(case))
    case.tool(20, "stamp", "tsa", f"{path}.p7s")
    lock(case)
    case.roots += ["--crl", case.good / "roots/newer.crl"]


@vector(None, CANNOT_TELL, "signer-revoked-later")
def locked_report_whose_signer_was_revoked_later(case):
    report(case, seal_of(case))
    lock(case)


@vector("signer.revoked", base="newer-list")
def locked_report_signed_after_its_signer_was_revoked(case):
    report(case, seal_of(case))
    lock(case)
    case.roots += ["--crl", case.good / "roots/newer.crl"]


@vector("beside.copy")
def locked_copies_exchanged(case):
    copies(case)
    lock(case)
    part = case.beside("report") / "001/copy-0001.png.p7m.0000"
    part.rename(part.with_name("copy-0002.png.p7m.0000"))


@vector("signer.content")
def locked_report_changed_beside_its_parts(case):
    report(case, seal_of(case))
    path = case.beside("report") / "001/report.pdf"
    before = path.read_bytes()
    lock(case)
    path.write_bytes(before + b"x")


@vector("beside.missing")
def locked_review_taken_away_after_a_hand_over(case):
    review(case, 1, "确认")
    review(case, 2, "不予确认", 1)
    hand_over(case)
    lock(case)
    shutil.rmtree(case.beside("review") / "002")


@vector("renew.missing", base="unsigned")
def locked_later_signature_taken_away_after_a_renewal(case):
    sign_later(case, "officer2")
    case.tool(0, "renew", "tsa2", case.bag)
    lock(case)
    (case.after / "sig-officer2.p7s").unlink()
    (case.after / "sig-officer2.p7s.tsr").unlink()


@vector("signer.people", base="unsigned")
def locked_second_signature_by_the_first_officer(case):
    sign_later(case, "officer1")
    lock(case)


@vector("beside.extra")
def locked_strange_token_beside(case):
    lock(case)
    shutil.copy(case.after / "seal.txt.tsr", case.after / "99999999.head.tsr")
