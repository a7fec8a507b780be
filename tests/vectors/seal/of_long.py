"""Long pages (FORMAT.md 6.3): put in by an insider who seals anew with every key and every stamp."""
import hashlib
import json

from case import WHOLE, vector

PATH = "data/attach/long-0001.json"


def said(case, page, files=None, body=None, where=-1):
    """The file, its line before session.close (or at `where`), the last head stamped again, everything sealed anew."""
    text = (page if isinstance(page, str) else json.dumps(page, ensure_ascii=False, separators=(",", ":"), sort_keys=True)) + "\n"
    (case.bag / PATH).write_text(text)
    files = files or [{"path": PATH, "sha256": hashlib.sha256(text.encode()).hexdigest()}]
    line = json.dumps(body or {"files": files, "no": 1}, separators=(",", ":"), sort_keys=True)

    def put(lines):
        time = lines[where][74:103]
        return lines[:where] + [" " * 74 + f"{time} long {line}"] + lines[where:]

    case.journal(put)
    case.tool(0, "stamp", "tsa", case.bag / "data/attach/tst/final.head")
    case.reseal()


def pages(case, *numbers):
    paths = [f"data/main/shot-{n:04}.png" for n in numbers]
    return [{"path": p, "sha256": case.digest("sha256", case.bag / p)} for p in paths]


def page(case, *numbers, **other):
    return {"no": 1, "overlaps": [{"rows": 300, "shift": 200, "top": 40}] * (len(numbers) - 1), "pages": pages(case, *numbers), "title": "商品详情", **other}


@vector(None, WHOLE, "whole#long")
def long_page(case): said(case, page(case, 1, 2, 3))


@vector("long")
def long_page_backwards(case): said(case, page(case, 3, 1))


@vector("long")
def long_page_of_one(case): said(case, page(case, 2))


@vector("long")
def long_page_of_another_shot(case):
    said(case, page(case, 1, 2, pages=[*pages(case, 1), {"path": "data/main/shot-0002.png", "sha256": "0" * 64}]))


@vector("long")
def long_page_of_a_shot_that_is_not_there(case):
    said(case, page(case, 1, 2, pages=[*pages(case, 1), {"path": "data/main/shot-0099.png", "sha256": "0" * 64}]))


@vector("long")
def long_page_that_did_not_move(case): said(case, page(case, 1, 2, overlaps=[{"rows": 300, "shift": 0, "top": 40}]))


@vector("long")
def long_page_with_an_overlap_too_many(case): said(case, page(case, 1, 2, overlaps=[{"rows": 300, "shift": 200, "top": 40}] * 2))


@vector("long")
def long_page_with_another_key(case): said(case, page(case, 1, 2, note="x"))


@vector("long")
def long_page_counted_from_two(case):
    content = page(case, 1, 2, no=2)
    said(case, content)


@vector("long")
def long_page_second_spelling(case): said(case, json.dumps(page(case, 1, 2), ensure_ascii=False, sort_keys=True))


@vector("binding.file")
def long_page_named_by_another_line(case):
    text = json.dumps(page(case, 1, 2), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
    (case.bag / PATH).write_text(text)
    entry = json.dumps({"files": [{"path": PATH, "sha256": hashlib.sha256(text.encode()).hexdigest()}], "text": "x"}, separators=(",", ":"))
    case.journal(lambda lines: lines[:-1] + [" " * 74 + f"{lines[-1][74:103]} net.change {entry}"] + lines[-1:])
    case.tool(0, "stamp", "tsa", case.bag / "data/attach/tst/final.head")
    case.reseal()
