"""Signed records whose fields do not say what they must: reviews (FORMAT.md 9.5) and hand-overs (9)."""
import json

from case import WHOLE, vector
from of_reviews import review


def signed(case, path, change, who="officer1", stamp=True):
    record = json.loads(path.read_text())
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n")
    case.tool(0, "sign", who, path)
    if stamp:
        case.tool(0, "stamp", "tsa", f"{path}.p7s")


def of_both(rule, name, change):
    """The same fault in a review and in a record of hand-over."""
    def reviewed(case):
        review(case, 1, "确认")
        signed(case, case.beside("review") / "001/review.json", change)

    def handed_over(case):
        case.zip()
        signed(case, case.record(), change)
    reviewed.__name__, handed_over.__name__ = "review_" + name, "record_" + name
    code = () if rule else (WHOLE,)
    vector(rule, *code)(reviewed)
    vector(rule, *code)(handed_over)


of_both(None, "signed_anew", lambda r: None)
of_both("signer.people", "with_another_name", lambda r: r["by"].update(name="张三"))
of_both("signer.people", "with_another_badge", lambda r: r["by"].update(badge="Z-9"))
of_both("stamp.time", "of_2099", lambda r: r.update(at="2099" + r["at"][4:]))
of_both("stamp.time", "of_2001", lambda r: r.update(at="2001" + r["at"][4:]))
of_both("stamp.time", "of_no_time", lambda r: r.update(at="gestern"))
of_both("beside.form", "with_one_key_more", lambda r: r.update(more="x"))
of_both("beside.form", "with_one_key_more_of_its_signer", lambda r: r["by"].update(more="x"))
of_both("beside.form", "without_its_signer", lambda r: r.pop("by"))
of_both("beside.form", "of_no_name", lambda r: r["by"].update(name=""))


def of_record(rule, name, change):
    def handed_over(case):
        case.zip()
        signed(case, case.record(), change)
    handed_over.__name__ = "record_" + name
    vector(rule)(handed_over)


of_record("beside.form", "whose_file_is_a_number", lambda r: r.update(file=5))
of_record("beside.form", "without_its_medium", lambda r: r.pop("medium"))
of_record("beside.form", "without_its_bytes", lambda r: r.pop("bytes"))
of_record("beside.form", "whose_bytes_are_text", lambda r: r.update(bytes=str(r["bytes"])))
of_record("beside.form", "of_no_digest", lambda r: r.update(file="other.zip", sha256="xyz"))
of_record("beside.export", "of_other_bytes", lambda r: r.update(bytes=r["bytes"] + 1))
