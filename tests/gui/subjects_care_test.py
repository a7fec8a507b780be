#!/usr/bin/env python3
"""What the subject library asks of an officer (A-4.4, A-5.2b): a file brings a penalty of a known subject, and its unit's notice is opened and
read; two new subjects that are one under two names are compared, rejected, taken back, merged.

    dbus-run-session -- subjects_care_test.py PROGRAM [OUT] [SIZE]
"""
import contextlib
import http.server
import pathlib
import sys
import threading

from stand import Stand, wait_for
from subjects_test import MALL, cell, click, put, tick


class Site:
    """Shops' pages on loopback. A page that is None answers only when it is let go."""

    def __init__(self):
        self.pages = {'/fine': '<p>保健品旗舰店</p>', '/bad': '<p>百家乐 真人荷官</p>'}
        self.seen = []
        self.gate = threading.Event()

    def __enter__(self):
        site = self

        class Shops(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_): pass

            def do_GET(self):
                site.seen.append(self.path)
                page = site.pages.get(self.path, '')
                if page is None:
                    site.gate.wait(60)
                    page = site.pages.get(self.path) or ''       # as it is by then
                body = page.encode()
                with contextlib.suppress(BrokenPipeError):       # whoever asked has been called off
                    self.send_response(200 if body else 404)
                    self.send_header('Content-Type', 'text/html; charset=utf-8')
                    self.send_header('Content-Length', str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Shops)
        self.server.daemon_threads = True
        self.address = f'http://127.0.0.1:{self.server.server_address[1]}'
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.let_go()
        self.server.shutdown()

    def asked(self, path):
        return self.seen.count(path)

    def let_go(self):
        self.gate.set()


def table(folder, site):
    rows = ['名称,地址,网店名称,平台,链接,行政处罚',
            f'{MALL},,,,,罚款一万元',
            f'示例丁保健食品商行（练习）,练习市一区东路7号,丁旗舰店（练习）,练习商城,{site}/fine,',
            f'示例丁保健食品经营部（练习）,练习市一区东路7号,丁二店（练习）,练习商城,{site}/bad,']
    path = folder / '处罚.csv'
    path.write_text('\n'.join(rows) + '\n')
    return path


def tab(stand, name):
    x, y, w, h = stand.box(stand.find(name, 'page tab'))
    stand.click_at(x + w / 2, y + h / 2)


def import_table(stand, path, columns, counts):
    stand.press('导入主体')
    put(stand, '导入文件', str(path))
    stand.press('读取并预览')
    stand.wait_said('对应情况', columns)
    stand.press('开始导入主体')
    stand.wait_said('导入结果数', counts)


def compare(stand):
    """From the result of the import."""
    stand.press('比对导入的主体')
    stand.wait_said('比对进度', '1 对待判断')
    stand.wait_said('左边 名称', '不同：示例丁保健食品')
    stand.wait_said('右边 地址', '^练习市一区东路7号$')
    stand.wait_said('不同之处', '处不同')
    stand.shot('c1-compare')
    stand.press('不是同一主体')
    stand.wait_said('比对进度', '没有待判断')
    stand.press('撤销比对')
    stand.wait_said('比对进度', '1 对待判断')
    stand.press('是同一个，留左边的')
    stand.wait_said('比对消息内容', '已合并到')
    stand.wait_said('比对进度', '没有待判断')
    stand.keys('Escape')
    stand.press('完成导入')
    stand.wait_said('匹配数', '327 个主体')


def notices(stand):
    stand.wait_said('主体通知', '1 条未读')
    stand.press('主体通知')
    click(stand, cell(stand, [MALL, '罚款一万元', '未读']))
    stand.shot('c2-notices')
    stand.press('标为已读')
    stand.wait_said('通知数', '列出 0 条，未读共 0 条')
    tick(stand, '已读的也列出')
    click(stand, cell(stand, [MALL, '已读']))
    stand.shot('c3-read')
    stand.press('打开通知的主体')
    stand.wait_said('主体名称', MALL)
    cell(stand, ['处罚：罚款一万元'])
    stand.press('返回主体列表')
    stand.wait_said('主体通知', '0 条未读')


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    with Site() as site, Stand(program, size=size, out=out) as stand:
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        import_table(stand, table(stand.root, site.address), '6 列要导入', '共 3 行：新增 2，合并 1，丢弃 0')
        compare(stand)
        notices(stand)
        assert stand.process.poll() is None
    print('subjects care done')


if __name__ == '__main__':
    main()
