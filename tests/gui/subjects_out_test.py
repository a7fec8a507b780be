#!/usr/bin/env python3
"""What the subject library sees and sends outside (A-4.7, A-5.2b, A-5.2c): links that are due are looked at by button, the shop whose page turned bad is moved to the abnormal
library with its reason, and back when it is well again; a check is called off; one begins by itself; a selection is pushed, verified, imported and acknowledged, and a changed file is refused.

    dbus-run-session -- subjects_out_test.py PROGRAM [OUT] [SIZE]
"""
import pathlib
import sqlite3
import sys

from stand import Stand, wait_for
from subjects_care_test import Site, import_table, tab
from subjects_test import cell, click, put, tick


def table(folder, site):
    rows = ['名称,地址,网店名称,平台,链接',
            f'示例丁保健食品商行（练习）,练习市一区东路7号,丁旗舰店（练习）,练习商城,{site}/fine',
            f'示例戊养生经营部（练习）,练习市二区西路9号,戊养生店（练习）,练习商城,{site}/bad']
    path = folder / '网店.csv'
    path.write_text('\n'.join(rows) + '\n')
    return path


def open_patrol(stand):
    stand.press('巡检店铺账号')
    stand.wait_said('检查周期', '主体库每 30 天检查一次，异常库每 7 天一次')


def due(stand):
    return stand.wait_said('到期数', r'主体库 (\d+) 个，异常库 (\d+) 个').groups()


def patrol(stand, home):
    open_patrol(stand)
    stand.wait_said('到期数', '主体库 [1-9]')
    stand.press('开始巡检')
    stand.wait_said('巡检消息内容', '巡检完成')
    stand.wait_said('巡检结果数', '可访问 1，打不开 [1-9][0-9]*，已下架 0，内容可疑 1；移入异常库 [1-9]')
    stand.shot('o1-patrol')
    click(stand, cell(stand, ['戊养生店', '内容可疑', '百家乐', '移入异常库']))
    stand.press('打开巡检的主体')
    stand.wait_said('主体名称', '示例戊养生经营部')
    cell(stand, ['戊养生店', '异常库', '赌博'])
    cell(stand, ['检查：页面出现赌博内容'])
    stand.shot('o2-abnormal')
    wait_for('the line in the log', lambda: ' op.patrol ' in (home / 'operations.log').read_text())
    stand.press('返回主体列表')


def back_again(stand, home, site):
    """The shop mends its page; the abnormal library's own cycle runs out."""
    site.pages['/bad'] = '<p>养生店 正常营业</p>'
    with sqlite3.connect(home / 'subjects' / 'registry.sqlite', timeout=60) as sql:
        sql.execute('UPDATE entry SET checked_ms=checked_ms-8*86400000 WHERE abnormal=1')
    open_patrol(stand)
    stand.wait_said('到期数', '主体库 [0-9]+ 个，异常库 [1-9]')
    tick(stand, '检查主体库')
    stand.press('开始巡检')
    stand.wait_said('巡检结果数', '可访问 1，.*移回 1')
    stand.wait_said('巡检消息内容', '巡检完成')
    click(stand, cell(stand, ['戊养生店', '移回主体库']))
    stand.press('打开巡检的主体')
    stand.wait_said('主体名称', '示例戊养生经营部')
    cell(stand, ['检查：恢复正常'])
    stand.press('返回主体列表')


def called_off(stand, home, site):
    """A shop that does not answer holds a check up; 停下 ends it, and what was not seen stays due."""
    with sqlite3.connect(home / 'subjects' / 'registry.sqlite', timeout=60) as sql:
        sql.execute("UPDATE entry SET checked_ms=checked_ms-60*86400000 WHERE link LIKE '%/fine'")
    site.pages['/fine'] = None
    open_patrol(stand)
    before = wait_for('the shop is due', lambda: due(stand) if due(stand)[0] != '0' else None)
    stand.press('开始巡检')
    stand.wait_said('巡检消息内容', '没有到期的')             # in the abnormal library, which alone is ticked still
    tick(stand, '检查主体库')
    stand.press('开始巡检')
    wait_for('the shop is asked', lambda: site.asked('/fine') > 1)
    stand.press('停下巡检')
    stand.wait_said('巡检消息内容', '巡检已停下')           # the shop is silent still
    site.let_go()
    wait_for('the shop stays due', lambda: due(stand)[0] == before[0])


def daily(stand, site):
    """From the same window: once a day by itself, of which today's is still to come."""
    site.pages['/fine'] = '<p>保健品旗舰店</p>'
    tick(stand, '每天自动巡检')
    stand.wait_said('巡检结果数', '可访问 1，打不开 0')
    stand.wait_said('巡检消息内容', '巡检完成')
    wait_for('nothing is due', lambda: due(stand)[0] == '0')
    stand.shot('o6-daily')
    stand.keys('Escape')


def push(stand, home):
    out, answer = stand.root / 'a.gzpush', stand.root / 'a.ack'
    put(stand, '搜索主体', '示例丁')
    stand.wait_said('匹配数', '^1 个匹配')
    stand.press('推送主体')
    put(stand, '推送给', '示例县局')
    put(stand, '推送文件', str(out))
    stand.shot('o3-push')
    stand.press('签名并写出')
    stand.wait_said('推送消息内容', '已签名写出 1 个主体')
    assert out.stat().st_size > 500
    tab(stand, '接收')
    put(stand, '收到的推送', str(out))
    stand.press('核验推送')
    stand.wait_said('推送情况', '(?s)1 个主体，由 .*发往：示例县局')
    put(stand, '回执写到', str(answer))
    stand.press('导入推送')
    stand.wait_said('接收结果', '新增 0，更新 0，相同 1')
    stand.shot('o4-taken')
    tab(stand, '核对回执')
    put(stand, '收回的回执', str(answer))
    stand.press('核对这份回执')
    stand.wait_said('回执结论', '(?s)已由 .* 导入：新增 0，更新 0，相同 1')
    stand.shot('o5-receipt')
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
    with Site() as site, Stand(program, size=size, out=out) as stand:
        home = pathlib.Path(stand.env['GUZHENG_HOME'])
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        import_table(stand, table(stand.root, site.address), '5 列要导入', '共 2 行：新增 2，合并 0，丢弃 0')
        stand.press('完成导入')
        stand.wait_said('匹配数', '328 个主体')
        patrol(stand, home)
        back_again(stand, home, site)
        called_off(stand, home, site)
        daily(stand, site)
        push(stand, home)
        assert stand.process.poll() is None
    print('subjects out done')


if __name__ == '__main__':
    main()
