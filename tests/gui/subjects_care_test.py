#!/usr/bin/env python3
"""What the subject library asks of an officer (A-4.4, A-5.2b): a file brings a penalty of a known subject, and its unit's notice is opened and
read; two new subjects that are one under two names are compared, rejected, taken back, merged.

    dbus-run-session -- subjects_care_test.py PROGRAM [OUT] [SIZE]
"""
import http.server
import pathlib
import sys
import threading

from stand import Stand, wait_for
from subjects_test import MALL, cell, click, put, tick


class Shops(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_): pass

    def do_GET(self):
        body = {'/fine': '<p>保健品旗舰店</p>', '/bad': '<p>百家乐 真人荷官</p>'}.get(self.path, '').encode()
        self.send_response(200 if body else 404)
        self.send_header('Content-Type', 'text/html; charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def table(folder, site):
    rows = ['名称,地址,网店名称,平台,链接,行政处罚',
            f'{MALL},,,,,罚款一万元',
            f'示例丁保健食品商行（练习）,练习市一区东路7号,丁旗舰店（练习）,练习商城,{site}/fine,',
            f'示例丁保健食品经营部（练习）,练习市一区东路7号,丁二店（练习）,练习商城,{site}/bad,']
    path = folder / '处罚.csv'
    path.write_text('\n'.join(rows) + '\n')
    return path


def import_table(stand, path):
    stand.press('导入主体')
    put(stand, '导入文件', str(path))
    stand.press('读取并预览')
    stand.wait_said('对应情况', '6 列要导入')
    stand.press('开始导入主体')
    stand.wait_said('导入结果数', '共 3 行：新增 2，合并 1，丢弃 0')


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
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Shops)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Stand(program, size=size, out=out) as stand:
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        import_table(stand, table(stand.root, f'http://127.0.0.1:{server.server_address[1]}'))
        compare(stand)
        notices(stand)
        assert stand.process.poll() is None
    server.shutdown()
    print('subjects care done')


if __name__ == '__main__':
    main()
