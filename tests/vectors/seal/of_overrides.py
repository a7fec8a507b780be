"""Items of the environment check that were let pass 仍要取证 (FORMAT.md 5.7): journal and env.json say the same, an insider's hand notwithstanding."""
import json

from case import WHOLE, vector

FAILED = {"compulsory": True, "expected": "≥ 20 %", "found": "12 %", "id": "phone.battery", "raw": "", "title": "电量", "verdict": "fail", "where": "phone"}
SAID = [{"by": "练习员甲 练习-0001", "item": "phone.battery", "reason": "当事人将撤店"}]


def checked(case, item, said):
    """One more item in env.json; the line env.check with its count and `said` of it (None: it says nothing of any)."""
    path = case.bag / "data/attach/env.json"

    def anew():
        env = json.loads(path.read_text())
        env["items"].append(item)
        path.write_text(json.dumps(env, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n")

    def line(text):
        out = []
        for one in text:
            head, brace, body = one.partition("{")
            if " env.check " in head:
                value = json.loads(brace + body)
                value["failed"] += 1
                value.pop("overrides", None)
                value.update({} if said is None else {"overrides": said})
                one = head + json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            out.append(one)
        return out
    case.insider(("env.json",), anew, line)


@vector(None, WHOLE, "whole#overrides-item-let-pass-for-a-reason")
def item_let_pass_for_a_reason(case): checked(case, FAILED | {"override": "当事人将撤店"}, SAID)


@vector(None, WHOLE, "whole#overrides-item-that-failed-in-an-earlier-version")
def item_that_failed_in_an_earlier_version(case): checked(case, FAILED, None)


@vector("binding.value", base="whole#overrides")
def item_let_pass_that_the_journal_does_not_name(case): checked(case, FAILED | {"override": "当事人将撤店"}, [])


@vector("binding.value", base="whole#overrides")
def item_let_pass_in_a_journal_that_says_nothing(case): checked(case, FAILED | {"override": "当事人将撤店"}, None)


@vector("binding.value", base="whole#overrides")
def item_let_pass_for_another_reason(case): checked(case, FAILED | {"override": "另一个理由"}, SAID)


@vector("binding.value", base="whole#overrides")
def item_let_pass_that_held_nothing_up(case): checked(case, FAILED | {"compulsory": False, "override": "当事人将撤店"}, SAID)


@vector("binding.value", base="whole#overrides")
def item_let_pass_by_nobody(case): checked(case, FAILED | {"override": "当事人将撤店"}, [SAID[0] | {"by": ""}])
