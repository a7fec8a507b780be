"""Subjects go from one station to another and are acknowledged; links that are due are looked at. As a person does it. A-4.7 A-5.2b A-5.2c"""
import http.server
import json
import os
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

from stand import RUN_LIMIT_S, bin_folder

BIN = bin_folder("guzheng-evidence")
SUBJECTS = """名称,统一社会信用代码,类型,主营品类,网店名称,平台,链接
示例健康品商行（练习）,,个体工商户,保健食品,健康旗舰店,练习商城,{site}/fine
示例关门店（练习）,,个体工商户,保健食品,关门店,练习商城,{site}/gone
示例坏店（练习）,,个体工商户,服装,坏店,练习商城,{site}/bad
"""


class Shops(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_): pass

    def do_GET(self):
        body = {"/fine": "<p>保健品旗舰店</p>", "/bad": "<p>百家乐 真人荷官</p>"}.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Push(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="guzheng-push-")
        self.addCleanup(self.temporary.cleanup)
        self.folder = Path(self.temporary.name)

    def run_at(self, desk, *arguments):
        return subprocess.run([BIN / "guzheng-evidence", "--lang", "zh", *map(str, arguments), "--desk", self.folder / desk], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                              timeout=RUN_LIMIT_S, env={**os.environ, "HOME": str(self.folder)})

    def good(self, desk, *arguments):
        done = self.run_at(desk, *arguments)
        self.assertEqual(done.returncode, 0, f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def stations(self, site="http://127.0.0.1:1"):
        """Two desks of one bureau; the first knows three subjects."""
        self.good("one", "subjects", "list")
        subprocess.run(["cp", "-r", self.folder / "one/bureau", self.folder / "bureau"], check=True)
        (self.folder / "two").mkdir()
        subprocess.run(["cp", "-r", self.folder / "bureau", self.folder / "two/bureau"], check=True)
        table = self.folder / "subjects.csv"
        table.write_text(SUBJECTS.format(site=site))
        self.good("one", "subjects", "import", table, "--reason", "试验")

    def test_a_selection_goes_over_and_is_acknowledged(self):
        self.stations()
        push, answer = self.folder / "a.gzpush", self.folder / "a.ack"
        self.assertEqual(self.run_at("one", "push", "write", push).returncode, 2)      # nothing selected
        self.assertIn("2 个主体", self.good("one", "push", "write", push, "--category", "保健食品", "--to", "示例县局", "--note", "专项"))
        self.assertIn("示例县局", self.good("two", "push", "check", push))
        self.assertIn("新增 2", self.good("two", "push", "take", push, "--answer", answer))
        self.assertIn("示例健康品商行（练习）", self.good("two", "subjects", "search", "健康品"))
        self.assertIn("已由对方导入", self.good("one", "push", "acknowledged", push, "--answer", answer))
        again = self.run_at("two", "push", "take", push)
        self.assertEqual(again.returncode, 2)
        self.assertIn("already", again.stderr)
        text = push.read_text()
        push.write_text(text.replace("健康旗舰店", "别的旗舰店"))
        changed = self.run_at("two", "push", "check", push)
        self.assertEqual(changed.returncode, 2, changed.stdout)
        log = (self.folder / "two/operations.log").read_text()
        self.assertIn("op.push", log)
        stranger = self.run_at("three", "push", "check", self.folder / "a.gzpush")       # another bureau
        self.assertEqual(stranger.returncode, 2)

    def test_links_that_are_due_are_looked_at(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shops)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.stations(f"http://127.0.0.1:{server.server_address[1]}")
        self.assertEqual(self.good("one", "patrol", "--list").count("从未检查"), 3)
        said = self.good("one", "patrol")
        self.assertIn("已检 3", said)
        self.assertIn("移入异常库 2", said)
        self.assertIn("赌博", said)
        self.assertEqual(self.good("one", "patrol", "--list"), "")
        line = [x for x in (self.folder / "one/operations.log").read_text().splitlines() if " op.patrol " in x][-1]
        self.assertEqual(json.loads(line[line.index("{"):])["moved_in"], 2)
        rules = self.folder / "rules.json"
        rules.write_text("{}")
        wrong = self.run_at("one", "patrol", "--rules", rules)
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("rules.json", wrong.stderr)


if __name__ == "__main__":
    unittest.main()
