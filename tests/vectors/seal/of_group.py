"""Members of a group 并行取证, and the record that names all of them (FORMAT.md 6.4, 9.7). The order is an insider's: signed, sealed and stamped anew."""
import hashlib
import json
import shutil

from case import CANNOT_TELL, INCOMPLETE, WHOLE, vector
from of_beside import seal_of

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
    before = {name: case.digest("sha256", case.bag / f"data/attach/{name}") for name in ("order.json", "order.json.p7s")}
    path.write_text(canonical(order))
    case.tool(0, "sign", "officer1", path)
    digests = {old: case.digest("sha256", case.bag / f"data/attach/{name}") for name, old in before.items()}

    def renamed(lines):
        for old, new in digests.items():
            lines = [line.replace(old, new) for line in lines]
        return lines

    case.journal(renamed)
    heads = sorted((case.bag / "data/attach/tst").glob("[0-9]*.head"))
    for head in heads:
        number = int(head.name[:8])
        line = (case.bag / "data/attach/journal.log").read_bytes().splitlines(keepends=True)[number]
        head.write_text(hashlib.sha256(line).hexdigest() + "\n")
        old = case.digest("sha256", head.with_name(head.name + ".tsr"))
        case.tool(0, "stamp", "tsa", head)
        new = case.digest("sha256", head.with_name(head.name + ".tsr"))
        case.journal(lambda lines: [one.replace(old, new) for one in lines])
    case.tool(0, "stamp", "tsa", case.bag / "data/attach/tst/final.head")
    case.reseal()


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


def neighbour(case, content):
    """A package of that name in the same folder; returns the digest of its seal."""
    seal = case.folder / OTHER / "seal/seal.txt"
    seal.parent.mkdir(parents=True)
    seal.write_text(content)
    return case.digest("sha256", seal)


@vector("group.absent", WHOLE, "whole#group")
def member_of_a_group(case):
    ordered(case)
    record(case)


@vector("并行取证缺组记录", INCOMPLETE, "whole#group")
def member_whose_record_was_taken_away(case): ordered(case)


@vector("组记录待时间戳", INCOMPLETE, "whole#group")
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


@vector(None, WHOLE, "whole#group")
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
