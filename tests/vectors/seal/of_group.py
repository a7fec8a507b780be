"""Members of a group 并行取证, and the record that names all of them (FORMAT.md 6.4, 9.7). The order is an insider's: signed, sealed and stamped anew,
within 120 s of its lines where nothing else may be wrong: these have a package of their own."""
import json
import shutil

from case import CANNOT_TELL, INCOMPLETE, WHOLE, vector
from of_beside import receipt, seal_of
from of_records import signed

GROUP = "0123456789abcdef0123456789abcdef"
OTHER = "LX-09-20250101-0001"


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def ordered(case, **change):
    """The order names a group; its line, the last head's stamp and everything after anew."""
    path = case.bag / "data/attach/order.json"
    order = json.loads(path.read_text())
    serial = json.loads((case.bag / "data/attach/device.json").read_text())["serial"]
    order["group"] = {"id": GROUP, "member": 2, "phones": ["ANOTHER-PHONE", serial, "A-THIRD"], **change}

    def anew():
        path.write_text(canonical(order))
        case.tool(0, "sign", "officer1", path)
    case.insider(("order.json", "order.json.p7s"), anew)


def rows(case):
    return [{"fingerprint": "1" * 64, "member": 1, "package": OTHER, "reason": ""},
            {"fingerprint": seal_of(case), "member": 2, "package": case.id, "reason": ""},
            {"fingerprint": "", "member": 3, "package": "", "reason": "手机没有连上"}]


def record(case, members=None, who="officer1", stamped=True, **change):
    people = json.loads((case.bag / "data/attach/people.json").read_text())["officers"][0]
    at = (case.bag / "data/attach/journal.log").read_text().splitlines()[-1].split()[2]
    value = {"at": at, "by": {k: people[k] for k in ("badge", "certificate_sha256", "name")}, "group": GROUP, "members": members or rows(case), **change}
    folder = case.beside("group")
    folder.mkdir()
    path = folder / "group.json"
    path.write_text(canonical(value))
    case.tool(0, "sign", who, path)
    if stamped:
        case.tool(0, "stamp", "tsa", f"{path}.p7s")
    return path


def neighbour(case, content, **change):
    """A package of that name in the same folder; returns the digest of its seal. `change`: its order is in clear, and of the same group but for this."""
    seal = case.folder / OTHER / "seal/seal.txt"
    seal.parent.mkdir(parents=True)
    seal.write_text(content)
    if change:
        order = json.loads((case.bag / "data/attach/order.json").read_text())
        order["group"].update({"member": 1, **change})
        path = case.folder / OTHER / "data/attach/order.json"
        path.parent.mkdir(parents=True)
        path.write_text(canonical(order))
    return case.digest("sha256", seal)


@vector("group.absent", WHOLE, "whole#group-member-of-a-group")
def member_of_a_group(case):
    ordered(case)
    record(case)


@vector("并行取证缺组记录", INCOMPLETE, "whole#group-member-whose-record-was-taken-away")
def member_whose_record_was_taken_away(case): ordered(case)


@vector("组记录待时间戳", INCOMPLETE, "whole#group-member-whose-record-has-no-stamp")
def member_whose_record_has_no_stamp(case):
    ordered(case)
    record(case, stamped=False)


@vector("group")
def record_of_a_group_where_the_order_names_none(case): record(case)


@vector("group", base="whole#group")
def record_of_another_group(case):
    ordered(case)
    record(case, group="f" * 32)


@vector("group", base="whole#group")
def record_with_a_member_fewer_than_the_order(case):
    ordered(case)
    record(case, members=rows(case)[:2])


@vector("beside.fingerprint", base="whole#group")
def record_with_another_fingerprint(case):
    ordered(case)
    record(case, members=[rows(case)[0], {**rows(case)[1], "fingerprint": "2" * 64}, rows(case)[2]])


@vector("beside.fingerprint", base="whole#group")
def record_that_gives_the_package_another_number(case):
    ordered(case)
    own, other = rows(case)[1], rows(case)[0]
    record(case, members=[{**own, "member": 1}, {**other, "member": 2}, rows(case)[2]])


@vector("beside.form", base="whole#group")
def record_of_a_member_missing_without_a_reason(case):
    ordered(case)
    record(case, members=[*rows(case)[:2], {**rows(case)[2], "reason": ""}])


@vector("signer.people", base="whole#group")
def record_signed_by_another_officer(case):
    ordered(case)
    record(case, who="officer2")


@vector("signer.people", base="whole#group")
def record_by_another_officer_who_says_so(case):
    ordered(case)
    people = json.loads((case.bag / "data/attach/people.json").read_text())["officers"][1]
    record(case, who="officer2", by={k: people[k] for k in ("badge", "certificate_sha256", "name")})


@vector("signer.content", base="whole#group")
def record_changed_after_its_signature(case):
    ordered(case)
    path = record(case)
    path.write_text(path.read_text().replace("没有连上", "不在场的"))


@vector("group.order", base="whole#group")
def captured_with_another_phone_than_the_order_gives(case):
    ordered(case, phones=["ANOTHER-PHONE", "NOT-THIS-ONE", "A-THIRD"])
    record(case)


@vector("group.order", base="whole#group")
def order_with_a_member_too_many(case):
    ordered(case, member=4)
    record(case)


@vector("beside.extra", base="whole#group")
def record_with_another_file_beside_it(case):
    ordered(case)
    record(case).with_name("note.txt").write_text("x")


@vector(None, WHOLE, "whole#group-neighbour-as-the-record-names-it")
def neighbour_as_the_record_names_it(case):
    ordered(case)
    digest = neighbour(case, "its seal\n")
    record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])


@vector("group.member", base="whole#group")
def neighbour_put_in_the_place_of_another(case):
    ordered(case)
    digest = neighbour(case, "its seal\n")
    record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])
    (case.folder / OTHER / "seal/seal.txt").write_text("another seal\n")


@vector("group.member", base="whole#group")
def neighbour_without_its_seal(case):
    ordered(case)
    digest = neighbour(case, "its seal\n")
    record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])
    shutil.rmtree(case.folder / OTHER / "seal")


@vector(None, WHOLE, "whole#group-neighbour-whose-order-and-record-are-of-the-group")
def neighbour_whose_order_and_record_are_of_the_group(case):
    ordered(case)
    digest = neighbour(case, "its seal\n", member=1)
    path = record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])
    shutil.copytree(path.parent, case.folder / f"{OTHER}.group")


@vector("group.member", base="whole#group")
def neighbour_whose_order_is_of_another_group(case):
    ordered(case)
    digest = neighbour(case, "its seal\n", id="e" * 32)
    record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])


@vector("group.member", base="whole#group")
def neighbour_whose_order_gives_it_another_number(case):
    ordered(case)
    digest = neighbour(case, "its seal\n", member=3)
    record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])


@vector("group.member", base="whole#group")
def neighbour_with_another_record(case):
    ordered(case)
    digest = neighbour(case, "its seal\n", member=1)
    path = record(case, members=[{**rows(case)[0], "fingerprint": digest}, *rows(case)[1:]])
    there = case.folder / f"{OTHER}.group"
    there.mkdir()
    (there / "group.json").write_text(path.read_text().replace("没有连上", "不在场的"))


@vector(None, WHOLE, "whole#group-stamp-of-the-record-that-came-late-and-differs")
def stamp_of_the_record_that_came_late_and_differs(case):
    ordered(case)
    path = record(case, members=[rows(case)[1] | {"member": 1, "fingerprint": "1" * 64, "package": OTHER}, *rows(case)[1:]])
    (path.with_name(path.name + ".p7s.tsr")).unlink()
    case.tool(0, "stamp", "tsa", f"{path}.p7s")


def handed_over(case, change=lambda files: None):
    """A record of hand-over that names the group's record and what belongs to it; `change`s them afterwards."""
    ordered(case)
    path = record(case)
    files = sorted(path.parent.iterdir(), key=lambda p: str(p).encode())
    beside = [{"path": str(p.relative_to(case.folder)), "sha256": case.digest("sha256", p)} for p in files]
    signed(case, case.record(), lambda r: r.update(at=json.loads(path.read_text())["at"], beside=beside, file="other.zip", fingerprint=seal_of(case)))
    change(path)


@vector("group.absent", WHOLE, "whole#group-handed-over-with-its-record")
def handed_over_with_its_record(case): handed_over(case)


@vector("beside.missing", base="whole#group")
def handed_over_with_a_record_that_was_taken_away(case): handed_over(case, lambda path: shutil.rmtree(path.parent))


@vector("beside.missing", base="whole#group")
def handed_over_with_a_record_that_was_signed_anew(case):
    handed_over(case, lambda path: case.tool(0, "sign", "officer1", path))


@vector("beside.missing", base="whole#group")
def received_with_a_record_that_was_taken_away(case):
    ordered(case)
    path = record(case)
    files = sorted(path.parent.iterdir(), key=lambda p: str(p).encode())
    receipt(case, lambda text: text + "".join(f"File: {case.digest('sha256', p)}  {p.relative_to(case.folder)}\n" for p in files))
    shutil.rmtree(path.parent)


@vector(None, CANNOT_TELL, "whole#group")
def locked_member(case):
    ordered(case)
    record(case)
    case.tool(0, "encrypt", "stamped", case.bag)


@vector("beside.fingerprint", base="whole#group")
def locked_member_with_another_fingerprint(case):
    ordered(case)
    record(case, members=[rows(case)[0], {**rows(case)[1], "fingerprint": "2" * 64}, rows(case)[2]])
    case.tool(0, "encrypt", "stamped", case.bag)
