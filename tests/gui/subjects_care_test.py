#!/usr/bin/env python3
"""What the subject library asks of an officer (A-4.4, A-4.7, A-5.2b, A-5.2c): a file brings a penalty of a known subject, and its unit's notice is opened and
read; two new subjects that are one under two names are compared, rejected, taken back, merged; links that are due are looked at by button and
the bad one is moved to the abnormal library; a selection is pushed, verified, imported and acknowledged.

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


def patrol(stand, home):
    stand.press('巡检店铺账号')
    stand.wait_said('检查周期', '主体库每 30 天检查一次，异常库每 7 天一次')
    stand.wait_said('到期数', '主体库 [1-9]')
    stand.press('开始巡检')
    stand.wait_said('巡检消息内容', '巡检完成', 180)
    stand.wait_said('巡检结果数', '可访问 1，.*内容可疑 1；移入异常库 1')
    click(stand, cell(stand, ['丁二店', '内容可疑', '百家乐', '移入异常库']))
    stand.shot('c4-patrol')
    stand.press('打开巡检的主体')
    stand.keys('Escape')
    stand.wait_said('主体名称', '示例丁保健食品')
    cell(stand, ['丁二店', '异常库'])
    wait_for('the line in the log', lambda: ' op.patrol ' in (home / 'operations.log').read_text())
    stand.press('返回主体列表')


def tab(stand, name):
    x, y, w, h = stand.box(stand.find(name, 'page tab'))
    stand.click_at(x + w / 2, y + h / 2)


def push(stand, home):
    out, answer = stand.root / 'a.gzpush', stand.root / 'a.ack'
    put(stand, '搜索主体', '示例丁')
    stand.wait_said('匹配数', '^1 个匹配')
    stand.press('推送主体')
    put(stand, '推送给', '示例县局')
    put(stand, '推送文件', str(out))
    stand.shot('c5-push')
    stand.press('签名并写出')
    stand.wait_said('推送消息内容', '已签名写出 1 个主体')
    assert out.stat().st_size > 500
    tab(stand, '接收')
    put(stand, '收到的推送', str(out))
    stand.press('核验推送')
    stand.wait_said('推送情况', '1 个主体，由 .*发往：示例县局')
    put(stand, '回执写到', str(answer))
    stand.press('导入推送')
    stand.wait_said('接收结果', '新增 0，更新 0，相同 1')
    stand.shot('c6-taken')
    tab(stand, '核对回执')
    put(stand, '收回的回执', str(answer))
    stand.press('核对这份回执')
    stand.wait_said('回执结论', '已由 .* 导入：新增 0，更新 0，相同 1')
    wait_for('three lines in the log', lambda: (home / 'operations.log').read_text().count(' op.push ') == 3)
    out.write_bytes(out.read_bytes().replace('示例丁'.encode(), '示例戊'.encode(), 1))
    tab(stand, '接收')
    stand.press('核验推送')
    stand.wait_said('推送消息内容', '签名之后被改动过')
    stand.keys('Escape')


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Shops)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Stand(program, size=size, out=out) as stand:
        home = pathlib.Path(stand.env['GUZHENG_HOME'])
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        import_table(stand, table(stand.root, f'http://127.0.0.1:{server.server_address[1]}'))
        compare(stand)
        notices(stand)
        patrol(stand, home)
        push(stand, home)
        assert stand.process.poll() is None
    server.shutdown()
    print('subjects care done')


if __name__ == '__main__':
    main()
