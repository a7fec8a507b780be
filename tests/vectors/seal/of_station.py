"""Lists of parts by another certificate than the sealed one (FORMAT.md 11.1): a later one of the same station may, with a time stamp."""
import shutil

from case import CANNOT_TELL, DAMAGED, WHOLE, vector
from of_beside import report, seal_of
from of_vault import encrypted, left, parts_list


def signed_by(case, who, days_ago=0):
    """The list's signature by that certificate; its stamp is not here yet."""
    path = parts_list(case)
    case.tool(days_ago, "sign", who, path)
    return path.with_name(path.name + ".p7s")


def stamped(case, signature, days_ago=0):
    case.tool(days_ago, "stamp", "tsa", signature)


# ---- nothing is wrong: what the program writes
@vector(None, CANNOT_TELL)
def list_by_the_renewed_station(case):
    """As the station does it: a package of before, and its later report."""
    encrypted(case)
    report(case, seal_of(case))
    case.tool(0, "encrypt", "renewed", case.bag)
    case.open(case.folder)
    assert parts_list(case, 2).with_suffix(".txt.p7s.tsr").is_file()


@vector(None, WHOLE)
def list_by_the_renewed_station_and_all_plain_files(case):
    left(case)
    stamped(case, signed_by(case, "station-renewed"))


@vector("signer.revoked-later", WHOLE, "station-renewed-revoked-later")
def list_by_a_renewed_station_that_was_revoked_later(case):
    left(case)
    stamped(case, signed_by(case, "station-renewed"))


# ---- only its stamp is missing, and comes late
@vector("parts-stamp", CANNOT_TELL)
def list_by_the_renewed_station_without_its_stamp(case):
    encrypted(case)
    signed_by(case, "station-renewed")


@vector("parts-stamp", CANNOT_TELL)
def plain_files_beside_a_list_by_the_renewed_station_without_its_stamp(case):
    left(case)
    signed_by(case, "station-renewed")


@vector("parts-stamp", CANNOT_TELL)
def older_list_by_the_renewed_station_without_its_stamp(case):
    """Every list is looked at, the newest is another's."""
    encrypted(case)
    shutil.copytree(parts_list(case).parent, parts_list(case, 2).parent)
    signed_by(case, "station-renewed")


# ---- not the station's later certificate
@vector("signer.people")
def list_by_another_station(case):
    encrypted(case)
    stamped(case, signed_by(case, "station-other"))


@vector("signer.people")
def list_by_another_station_without_a_stamp(case):
    encrypted(case)
    signed_by(case, "station-other")


@vector("signer.people")
def list_by_an_officer_with_a_stamp(case):
    encrypted(case)
    stamped(case, signed_by(case, "officer1"))


@vector("signer.people")
def list_by_an_older_certificate_of_the_station(case):
    """Whoever kept a key of before the seal."""
    encrypted(case)
    stamped(case, signed_by(case, "station-earlier"))


@vector("signer.people")
def plain_files_beside_a_list_by_an_older_certificate(case):
    left(case)
    stamped(case, signed_by(case, "station-earlier"))


@vector("signer.people")
def list_by_a_station_whose_name_is_encoded_otherwise(case):
    """The same text in other bytes is another name."""
    left(case)
    stamped(case, signed_by(case, "station-spelled"))


@vector("signer.usage")
def list_by_a_renewed_certificate_that_is_not_for_signing(case):
    left(case)
    stamped(case, signed_by(case, "station-encryption"))


@vector("signer.chain")
def list_by_a_renewed_station_of_another_root(case):
    encrypted(case)
    stamped(case, signed_by(case, "station-renewed-elsewhere"))


# ---- the station's later certificate, not good when it was stamped
@vector("signer.revoked", DAMAGED, "station-renewed-revoked")
def list_by_a_renewed_station_that_had_been_revoked(case):
    encrypted(case)
    stamped(case, signed_by(case, "station-renewed"))


@vector("signer.expired", DAMAGED, "station-renewed-lapsed")
def list_by_a_renewed_station_stamped_too_late(case):
    encrypted(case)
    stamped(case, signed_by(case, "station-renewed", 60))


@vector("stamp.imprint")
def list_by_the_renewed_station_with_the_stamp_of_another(case):
    encrypted(case)
    shutil.copy(case.after / "seal.txt.tsr", f"{signed_by(case, 'station-renewed')}.tsr")


@vector("stamp.imprint")
def list_by_the_renewed_station_stamped_before_it_was_changed(case):
    encrypted(case)
    signature = signed_by(case, "station-renewed")
    stamped(case, signature)
    signed_by(case, "station-renewed")


@vector("signer.content")
def list_by_the_renewed_station_changed_after_its_stamp(case):
    encrypted(case)
    stamped(case, signed_by(case, "station-renewed"))
    part, path = case.bag / "data/main/shot-0001.png.p7m.0000", parts_list(case)
    before = case.digest("sha256", part)
    case.flip(part)
    path.write_text(path.read_text().replace(before, case.digest("sha256", part)))
