#!/usr/bin/env python3
"""巡检 on a phone (A-5.2b): shops of the training phone's mall have no web address; the officer chooses the phone, the shop that is there is found by its name, the one that is not
counts as not found, and what no script is for stays due and says why. Meanwhile the phone is offered to nobody else, a run is called off, and bad scripts are refused.
A second check in a row that does not find it moves it to 异常库, and one that finds it moves it back.

    dbus-run-session -- subjects_phone_test.py PROGRAM [OUT] [SIZE] [SCALE]
"""
import json
import pathlib
import sqlite3
import sys

from stand import Stand, wait_for
from subjects_test import cell, click, tick

SEARCH = {'platform': '练习商城', 'app': 'cn.guzheng.mall',
          'steps': [{'tap': '祖传秘方降糖茶'}, {'type': '{name}'}, {'key': 'enter'}, {'absent': '没有找到'}, {'tap': '{name}'}, {'wait': '证照信息'}]}
HERE, NOT_HERE = '示例养生旗舰店', '示例养生折扣店（练习）'


def library(home):
    return sqlite3.connect(home / 'subjects' / 'registry.sqlite', timeout=60)


def only_mall_due(home):
    """All checks were made just now, but for the mall's: the rest of the practice library has no part in this."""
    with library(home) as sql:
        now = sql.execute('SELECT max(checked_ms) FROM entry').fetchone()[0] + 2 * 3_600_000
        sql.execute('UPDATE entry SET checked_ms=? WHERE platform<>?', (now, '练习商城'))
        sql.execute("UPDATE entry SET checked_ms=? WHERE link LIKE 'http%'", (now,))
        sql.execute("UPDATE entry SET checked_ms=0 WHERE link LIKE 'mall:%' OR link LIKE 'mini:%'")


def due_again(home):
    with library(home) as sql:
        sql.execute("UPDATE entry SET checked_ms=checked_ms-46*86400000 WHERE link LIKE 'mall:%'")


def scripts(stand, home, script, taken=True):
    path = stand.root / 'looks.json'
    path.write_text(json.dumps({'format': 1, 'scripts': [script]}, ensure_ascii=False))
    stand.press('导入手机脚本…')
    stand.name_file('导入手机脚本', path)
    if taken:
        wait_for('the scripts lie in the library', lambda: (home / 'subjects' / 'patrol-phone.json').read_bytes() == path.read_bytes())


def choose_phone(stand):
    wait_for('the training phone can be chosen', lambda: stand.wait_enabled('不用手机'))
    stand.choose('不用手机', 'Down')
    stand.wait_said('手机巡检说明', '这台手机由脚本操作')


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    scale = sys.argv[4] if len(sys.argv) > 4 else None
    with Stand(program, size=size, out=out, scale=scale) as stand:
        home = pathlib.Path(stand.env['GUZHENG_HOME'])
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        only_mall_due(home)
        stand.press('巡检店铺账号')
        stand.wait_said('手机巡检说明', '到期的有 3 个没有网址。手机脚本：练习商城')

        # bad scripts: said, and those that were there stay
        scripts(stand, home, {**SEARCH, 'steps': [{'wait': '首页'}]}, taken=False)
        stand.wait_said('巡检消息内容', '手机脚本没有导入：文件不合要求')
        stand.wait_said('手机巡检说明', '手机脚本：练习商城')

        # a script that waits long for what never comes: there is time to see that the phone is taken, and to call the run off
        scripts(stand, home, {**SEARCH, 'steps': [{'wait': '这个应用里没有的字'}, {'tap': '{name}'}]})
        choose_phone(stand)
        stand.press('开始巡检')
        stand.wait_said('巡检结果数', f'手机上正在看：({HERE}|{NOT_HERE})')
        stand.shot('p1-looking')
        stand.press('停下巡检')
        stand.wait_said('巡检消息内容', '巡检已停下')
        stand.wait_said('巡检结果数', '到期 3，已查 0')

        scripts(stand, home, SEARCH)
        stand.wait_said('手机巡检说明', '这台手机由脚本操作')           # chosen still
        stand.press('开始巡检')
        stand.wait_said('巡检消息内容', '巡检完成')
        stand.wait_said('巡检结果数', '到期 3，已查 2：可访问 1，打不开 1，.*移入异常库 0.*1 个没有网址，仍须在手机上查看')
        cell(stand, [NOT_HERE, '手机上没有找到', '打不开'])
        cell(stand, ['示例养生会员', '没有这个平台的手机脚本', '手机上无法判定'])
        stand.shot('p2-found')

        # the second time in a row
        due_again(home)
        stand.press('开始巡检')
        stand.wait_said('巡检结果数', '到期 3，已查 2：可访问 1，打不开 1，.*移入异常库 1')
        stand.wait_said('巡检消息内容', '巡检完成')
        click(stand, cell(stand, [NOT_HERE, '移入异常库']))
        stand.shot('p3-moved')

        # its name on the mall is another one now: found, and moved back
        with library(home) as sql:
            sql.execute('UPDATE entry SET name=? WHERE name=?', (HERE, NOT_HERE))
            sql.execute('UPDATE entry SET checked_ms=checked_ms-8*86400000 WHERE abnormal=1 AND name=?', (HERE,))
        tick(stand, '检查主体库')
        stand.press('开始巡检')
        stand.wait_said('巡检结果数', '可访问 1，.*移回 1')
        stand.wait_said('巡检消息内容', '巡检完成')
        with library(home) as sql:
            why = [w for (w,) in sql.execute("SELECT why FROM change WHERE why LIKE '检查：%' ORDER BY id")]
        assert why == [f'检查：手机上没有找到“{NOT_HERE}”', '检查：恢复正常'], why
        assert (home / 'operations.log').read_text().count(' op.patrol ') == 4
        assert stand.process.poll() is None
    print('subjects phone done')


if __name__ == '__main__':
    main()
