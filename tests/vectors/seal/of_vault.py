"""Packages as the vault keeps them (FORMAT.md 11), and no key: everything that can be seen is held, and nobody can say more."""
import shutil

from case import CANNOT_TELL, WHOLE, vector
from of_beside import report, seal_of


def encrypted(case):
    case.tool(0, "encrypt", "-", case.bag)
    case.open(case.folder)
    return case.bag


def parts_list(case, number=1): return case.beside("enc") / f"{number:03}/parts-sha256.txt"


def signed_anew(case, change, who="station"):
    """The list as somebody with that key would write it."""
    path = parts_list(case)
    path.write_text(change(path.read_text()))
    case.tool(0, "sign", who, path)


@vector(None, CANNOT_TELL)
def vault_form_untouched(case): encrypted(case)


@vector(None, CANNOT_TELL)
def vault_form_with_a_report(case):
    report(case, seal_of(case))
    encrypted(case)


@vector(None, CANNOT_TELL)
def vault_form_whose_list_is_stamped(case):
    encrypted(case)
    case.tool(0, "stamp", "tsa", f"{parts_list(case)}.p7s")


@vector("stamp.imprint")
def vault_form_whose_list_has_another_stamp(case):
    encrypted(case)
    shutil.copy(case.after / "seal.txt.tsr", f"{parts_list(case)}.p7s.tsr")


@vector("parts.digest")
def vault_form_with_a_changed_part(case): case.flip(encrypted(case) / "data/main/shot-0001.png.p7m.0000")


@vector("parts.digest")
def vault_form_with_a_changed_report(case):
    report(case, seal_of(case))
    encrypted(case)
    case.flip(case.beside("report") / "001/report.pdf.p7m.0000")


@vector("parts.missing")
def vault_form_without_a_part(case): (encrypted(case) / "data/main/shot-0001.png.p7m.0000").unlink()


@vector("parts.extra")
def vault_form_with_one_part_more(case):
    part = encrypted(case) / "data/main/shot-0001.png.p7m.0000"
    shutil.copy(part, part.with_name("shot-0001.png.p7m.0001"))


@vector("parts.list")
def vault_form_whose_list_leaves_a_part_out(case):
    """A second part named without the first: signed by the station itself."""
    encrypted(case)
    signed_anew(case, lambda text: text.replace("shot-0001.png.p7m.0000", "shot-0001.png.p7m.0001"))


@vector("signer.people")
def vault_form_whose_list_another_signed(case):
    encrypted(case)
    signed_anew(case, lambda text: text, "officer1")


@vector("signer.content")
def vault_form_changed_with_its_list(case):
    """A part and its digest changed by somebody without the station's key."""
    part, path = encrypted(case) / "data/main/shot-0001.png.p7m.0000", parts_list(case)
    before = case.digest("sha256", part)
    case.flip(part)
    path.write_text(path.read_text().replace(before, case.digest("sha256", part)))


@vector("beside.signature")
def vault_form_whose_list_is_not_signed(case):
    encrypted(case)
    parts_list(case).with_suffix(".txt.p7s").unlink()


@vector("parts.list")
def vault_form_without_its_list(case):
    encrypted(case)
    shutil.rmtree(case.beside("enc"))


@vector("beside.extra")
def vault_form_with_something_beside_its_list(case):
    encrypted(case)
    parts_list(case).with_name("more.txt").write_text("x")


@vector("beside.extra")
def vault_form_with_a_list_numbered_000(case):
    encrypted(case)
    shutil.copytree(parts_list(case).parent, case.beside("enc") / "000")


def left(case, *names):
    """Plain files beside their parts, as where an encryption was stopped."""
    kept = case.folder / "kept"
    shutil.copytree(case.bag / "data", kept / "data")
    encrypted(case)
    for name in names or sorted(str(p.relative_to(kept)) for p in kept.rglob("*") if p.is_file()):
        shutil.copy(kept / name, case.bag / name)
    shutil.rmtree(kept)


@vector(None, CANNOT_TELL)
def vault_form_with_a_plain_file_left_beside(case): left(case, "data/main/shot-0001.png")


@vector("manifest.sha256")
def vault_form_with_a_changed_plain_file_left_beside(case):
    left(case, "data/main/shot-0001.png")
    case.flip(case.bag / "data/main/shot-0001.png")


@vector("tree.extra")
def vault_form_with_a_plain_file_too_many(case): (encrypted(case) / "data/main/shot-0009.png").write_bytes(b"x")


@vector(None, WHOLE)
def vault_form_with_all_plain_files_left_beside(case):
    left(case)
    case.tool(0, "stamp", "tsa", f"{parts_list(case)}.p7s")


@vector("signer.people")
def plain_files_beside_a_list_that_another_signed(case):
    left(case)
    signed_anew(case, lambda text: text, "officer1")


@vector("manifest.tag")
def vault_form_with_changed_tags(case): case.flip(encrypted(case) / "bag-info.txt")


@vector("seal.digest")
def vault_form_with_a_changed_signature(case): case.flip(encrypted(case) / "seal/sig-officer1.p7s")


@vector("stamp.imprint")
def vault_form_whose_seal_another_wrote(case):
    encrypted(case)
    (case.bag / "seal/sig-officer2.p7s").unlink()
    case.rewrite_seal()


@vector("tree.extra")
def vault_form_with_a_file_more(case): (encrypted(case) / "more.txt").write_text("x")


@vector("tree.missing")
def vault_form_that_lost_a_file_and_its_parts(case):
    """The station's own list no longer names it: the manifest does."""
    (encrypted(case) / "data/main/shot-0001.png.p7m.0000").unlink()
    signed_anew(case, lambda text: "".join(x for x in text.splitlines(True) if "shot-0001.png" not in x))


@vector("tree.link")
def vault_form_with_a_link_for_a_part(case):
    part = encrypted(case) / "data/main/shot-0001.png.p7m.0000"
    part.rename(case.folder / "part")
    part.symlink_to(case.folder / "part")


@vector(None, CANNOT_TELL, "unstamped")
def vault_form_whose_seal_is_not_stamped_yet(case): encrypted(case)
