"""Capture scripts (core/session/script.h) for the tests."""

ORDER = {"order_no": "YC-CS-0001", "task": "程序测试", "case_no": "", "reason": "程序测试", "what": "练习商城页面",
         "legal_basis": "《网络交易监督管理办法》第三十二条", "subject_name": "练习市示例食品有限公司", "credit_code": "",
         "shop": "示例食品店", "platform": "练习商城", "link": "", "ownership": "练习商城"}
KINDS = ("platform-home", "shop-home", "licence", "violation")


def capture(kind, title="测试页面"):
    return {"do": "capture", "kind": kind, "title": title, "proves": "测试", "access": "公开"}


def wait(ms):
    return {"do": "wait", "ms": ms}


def script(*steps, name="程序测试"):
    return {"schema": "guzheng-script/1", "name": name, "order": ORDER, "steps": list(steps)}


def still(seconds):
    """Films for so long and captures nothing in between; one page of each compulsory kind at the start."""
    return script(*(capture(kind) for kind in KINDS), *waits(seconds))


def waits(seconds):
    # in pieces, so that a run can be stopped between them
    whole, rest = divmod(int(seconds * 1000), 5000)
    return [wait(5000)] * whole + ([wait(rest)] if rest else [])


def busy(seconds, every_s=20):
    """Films for so long with a capture now and then."""
    steps, done = [capture(kind) for kind in KINDS], 0
    while done < seconds:
        piece = min(every_s, seconds - done)
        steps += waits(piece) + [capture("other")]
        done += piece
    return script(*steps)
