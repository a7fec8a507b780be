"""Packages with reviews 复核, and what notices that one was taken away (FORMAT.md 9.2.1, 9.5)."""
import json
import shutil

from case import WHOLE, vector
from of_beside import receipt, seal_of


def review(case, number, result, previous=None):
    people = json.loads((case.bag / "data/attach/people.json").read_text())["officers"][0]
    folder = case.beside("review") / f"{number:03}"
    folder.mkdir(parents=True)
    by = {k: people[k] for k in ("badge", "certificate_sha256", "name", "unit")}
    at = (case.bag / "data/attach/journal.log").read_text().splitlines()[-1].split()[2]
    record = {"at": at, "by": by, "fingerprint": seal_of(case), "package": case.id, "reason": "看过全部录像", "result": result}
    if previous:
        record["previous"] = case.digest("sha256", case.beside("review") / f"{previous:03}/review.json")
    path = folder / "review.json"
    path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n")
    case.tool(0, "sign", "officer1", path)
    case.tool(0, "stamp", "tsa", f"{path}.p7s")


def hand_over(case):
    """A record of hand-over beside the folder, about a ZIP of the same that went elsewhere."""
    case.tool(0, "record", case.bag, case.folder / "out.zip")
    (case.folder / "out.zip").unlink()


@vector(None, WHOLE)
def reviewed_twice(case):
    review(case, 1, "不予确认")
    review(case, 2, "确认", 1)


@vector("beside.review")
def review_that_does_not_name_the_one_before(case):
    review(case, 1, "不予确认")
    review(case, 2, "确认")


@vector("beside.review")
def first_review_taken_away_and_numbered_anew(case):
    review(case, 1, "不予确认")
    review(case, 2, "确认", 1)
    shutil.rmtree(case.beside("review") / "001")
    (case.beside("review") / "002").rename(case.beside("review") / "001")


@vector("beside.missing")
def last_review_taken_away_after_a_receipt(case):
    review(case, 1, "确认")
    review(case, 2, "不予确认", 1)
    files = sorted(p for p in case.beside("review").rglob("*") if p.is_file())
    receipt(case, lambda text: text + "".join(f"File: {case.digest('sha256', p)}  {p.relative_to(case.folder)}\n" for p in files))
    shutil.rmtree(case.beside("review") / "002")


@vector("beside.missing")
def last_review_taken_away_after_a_hand_over(case):
    review(case, 1, "确认")
    review(case, 2, "不予确认", 1)
    hand_over(case)
    shutil.rmtree(case.beside("review") / "002")


@vector(None, WHOLE)
def last_review_taken_away_and_nothing_named_it(case):
    """What no reader can notice (FORMAT.md 9.5): neither a record of hand-over nor a receipt is there."""
    review(case, 1, "确认")
    review(case, 2, "不予确认", 1)
    shutil.rmtree(case.beside("review") / "002")


@vector(None, WHOLE)
def handed_over_with_a_review(case):
    review(case, 1, "确认")
    hand_over(case)


@vector(None, WHOLE)
def received_with_a_review(case):
    review(case, 1, "确认")
    files = sorted(p for p in case.beside("review").rglob("*") if p.is_file())
    receipt(case, lambda text: text + "".join(f"File: {case.digest('sha256', p)}  {p.relative_to(case.folder)}\n" for p in files))
