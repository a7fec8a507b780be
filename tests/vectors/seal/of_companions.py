"""Signatures and stamps about nothing that is there, receipts and copies that are not in their one form."""
import json
import re
import shutil

from case import WHOLE, vector
from of_beside import receipt, report, seal_of


# ---- what is about a file that is not there
def alone(part, name):
    def leave(case):
        path = case.beside(part) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"junk")
    leave.__name__ = "alone_" + re.sub(r"\W+", "_", f"{part}_{name}")
    vector("beside.review" if name.endswith("review.json.p7s") else "beside.extra")(leave)


for _part, _name in (("receipt", "central.txt.p7s"), ("receipt", "central.txt.p7s.tsr"), ("report", "001/report.pdf.p7s"), ("report", "001/copies.json.p7s.tsr"),
                     ("handover", "export.json.p7s"), ("handover", "export.json.p7s.tsr"), ("review", "001/review.json.p7s"), ("enc", "001/parts-sha256.txt.p7s")):
    alone(_part, _name)


@vector("beside.extra")
def report_numbered_000(case):
    edition = report(case, seal_of(case)).parent
    edition.rename(edition.with_name("000"))


# ---- a renewal's second stamp
def renewed(case):
    case.tool(0, "renew", "tsa2", case.bag)
    return next(case.beside("renew").rglob("index-sha512.txt"))


@vector("renew.form")
def renewal_index_without_its_last_lf(case):
    index = renewed(case)
    index.write_text(index.read_text().rstrip("\n"))
    case.tool(0, "stamp", "tsa2", index)


@vector("stamp.form")
def renewal_with_junk_for_its_second_stamp(case): renewed(case).with_name("index-sha512.txt.2.tsr").write_bytes(b"junk")


@vector("stamp.imprint")
def renewal_with_another_stamp_as_its_second(case): shutil.copy(case.after / "seal.txt.tsr", renewed(case).with_name("index-sha512.txt.2.tsr"))


@vector(None, WHOLE)
def renewal_with_its_second_stamp(case):
    index = renewed(case)
    shutil.copy(index.with_name("index-sha512.txt.tsr"), index.with_name("index-sha512.txt.2.tsr"))


# ---- receipts
@vector("receipt.form")
def receipt_at_no_time(case): receipt(case, lambda text: re.sub("Received-At: .*", "Received-At: gestern", text))


@vector("receipt.form")
def receipt_of_no_digest(case): receipt(case, lambda text: re.sub("Zip-SHA256: .*", "Zip-SHA256: xyz", text))


@vector("receipt.form")
def receipt_by_nobody(case): receipt(case, lambda text: re.sub("Received-By: .*", "Received-By: ", text))


@vector("receipt.form")
def receipt_with_a_control_character(case): receipt(case, lambda text: re.sub("Received-By: ", "Received-By: \x01", text))


# ---- copies for showing
def copies(case, change=lambda entry: None, whole=lambda listed: None):
    folder = report(case, seal_of(case)).parent
    shutil.copy(case.bag / "data/main/shot-0001.png", folder / "copy-0001.png")
    entry = {"file": "copy-0001.png", "item": 1, "kind": "标注", "of": "data/main/shot-0001.png", "sha256": case.digest("sha256", folder / "copy-0001.png")}
    change(entry)
    entry["of_sha256"] = case.digest("sha256", case.bag / entry["of"])
    listed = {"copies": [entry], "fingerprint": seal_of(case), "package": case.id}
    whole(listed)
    path = folder / "copies.json"
    path.write_text(json.dumps(listed, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n")
    case.tool(0, "sign", "officer1", path)


@vector(None, WHOLE)
def copy_for_showing(case): copies(case)


@vector("beside.form")
def copy_of_another_kind(case): copies(case, lambda entry: entry.update(kind="原件"))


@vector("beside.copy")
def copy_of_what_is_no_picture_of_the_package(case): copies(case, lambda entry: entry.update(of="data/attach/order.json"))


@vector("beside.form")
def copy_named_twice(case): copies(case, whole=lambda listed: listed["copies"].append(listed["copies"][0]))


@vector("beside.form")
def copies_that_are_no_list(case): copies(case, whole=lambda listed: listed.update(copies=5))


# ---- a package reached through a link
def through_links(case, *parts):
    folder = case.folder / "links"
    folder.mkdir()
    for part in parts:
        (folder / (case.id + part)).symlink_to(case.folder / (case.id + part))
    case.package = folder / case.id


@vector("tree.foreign")
def package_reached_through_a_link(case): through_links(case, "", ".after")
