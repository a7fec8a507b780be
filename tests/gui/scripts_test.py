#!/usr/bin/env python3
"""设置 → 脚本 through accessibility, mouse and keyboard (A-8.3f, A-8.3e): a new script is made, its steps added, moved, undone, mended where it says what is
wrong; it runs on the practice phone and its result waits for its review; out of that package another script is made; one that meets an unexpected page
stops and says where.

    dbus-run-session -- scripts_test.py PROGRAM [OUT] [SIZE]
"""
import json
import pathlib
import sys

from stand import Atspi, Stand, wait_for


def rows(stand, name):
    node = stand.find(name)
    return [node.get_child_at_index(i).get_name() for i in range(node.get_child_count())]


def script_of(stand, part):
    folder = stand.home / 'guzheng/scripts'
    return next((json.loads(path.read_text()) for path in folder.glob('*.json') if part in path.name), None)


def fill(stand, name, text):
    field = stand.find(name, 'text')
    field.get_component_iface().grab_focus()
    wait_for('focus in ' + name, lambda: field.get_state_set().contains(Atspi.StateType.FOCUSED))
    stand.keys('ctrl+a')
    stand.type(text)


def pick(stand, row, part):
    """A step, from the top of the list by the keyboard."""
    wait_for(f'row {row} to be about {part}', lambda: part in rows(stand, '步骤列表')[row])
    x, y, w, _ = stand.box(stand.find('步骤列表').get_child_at_index(0))
    stand.click_at(x + w / 2, y + 12)
    stand.keys(*['Down'] * row)


def main():
    program, *rest = sys.argv[1:]
    with Stand(program, out=rest[0] if rest else None, size=rest[1] if len(rest) > 1 else '1440x900') as stand:
        stand.open('--page', 'settings')
        stand.press('设置 脚本')
        stand.press('新建脚本')
        wait_for('the new script as a row', lambda: any('新脚本' in row for row in rows(stand, '脚本列表')))
        wait_for('its steps', lambda: len(rows(stand, '步骤列表')) == 2)
        fill(stand, '步骤 对象 应用', 'cn.guzheng.mall')
        # a step that says what is wrong with it, beside itself and in the list
        pick(stand, 1, '取证当前页面')
        stand.press('添加步骤')
        wait_for('a third row', lambda: len(rows(stand, '步骤列表')) == 3)
        stand.wait_said('这一步要改的地方', '缺少')
        assert not stand.find('运行脚本').get_state_set().contains(Atspi.StateType.SENSITIVE), 'what is wrong is not run'
        stand.shot('script-problem')
        fill(stand, '步骤 位置（千分之几）', '500, 1500')
        stand.wait_said('这一步要改的地方', '0 – 1000')
        fill(stand, '步骤 位置（千分之几）', '500, 150')
        wait_for('nothing wrong', lambda: not any(node.get_name() == '这一步要改的地方' and stand.showing(node) for node in stand.all()))
        # by keyboard: up, undone, removed, undone
        pick(stand, 2, '点按')
        stand.keys('alt+Up')
        wait_for('the tap to be first', lambda: '点按' in rows(stand, '步骤列表')[1])
        stand.keys('ctrl+z')
        wait_for('the tap to be second again', lambda: '点按' in rows(stand, '步骤列表')[2])
        stand.keys('Delete')
        wait_for('it to be gone', lambda: len(rows(stand, '步骤列表')) == 2)
        stand.keys('ctrl+z')
        wait_for('it to be back', lambda: len(rows(stand, '步骤列表')) == 3)
        stand.keys('ctrl+s')
        saved = wait_for('it to be saved', lambda: (lambda s: s if s and len(s['steps']) == 2 else None)(script_of(stand, '新脚本')))
        assert saved['target']['app'] == 'cn.guzheng.mall' and saved['steps'][1]['at'] == [500, 150], saved
        stand.shot('script-edited')
        # run: an unattended capture that waits for its review
        stand.wait_enabled('运行脚本', 60)
        stand.press('运行脚本')
        stand.wait_said('脚本运行状态', '共 2 步|待复核', 90)      # the last step may be over before anybody looks
        stand.shot('script-running')
        stand.wait_said('脚本运行状态', '待复核', 90)
        stand.shot('script-done')
        # a session becomes a script
        fill(stand, '生成脚本的理由', 'again next week')
        stand.press('由会话生成脚本')
        made = wait_for('the script out of the package', lambda: script_of(stand, '生成'))
        assert [step['do'] for step in made['steps'] if step['do'] not in ('wait', 'app')] == ['capture', 'tap'], made
        wait_for('it to be shown', lambda: any('生成' in row for row in rows(stand, '步骤列表')[:1]))
        stand.find('脚本以明文保存')
        modes = {oct(path.stat().st_mode & 0o777) for path in (stand.home / 'guzheng/scripts').glob('*.json')}
        assert modes == {'0o600'}, modes
        stand.shot('script-derived')
        # a picture for a step, cut out of a captured page by the keyboard
        pick(stand, len(made['steps']), '点按')
        stand.press('添加步骤')
        wait_for('a step for a picture', lambda: len(rows(stand, '步骤列表')) == len(made['steps']) + 2)
        stand.press('从截图裁取图片')
        fill(stand, '裁取图片的理由', 'a picture to wait for')
        stand.press('打开截图')
        stand.wait_said('裁取画面', '画面 720×1280')
        stand.find('裁取画面').get_component_iface().grab_focus()
        wait_for('focus in the picture', lambda: stand.has_focus('裁取画面'))
        stand.keys('Return', *['Right'] * 12, *['Down'] * 10, 'Return')
        stand.wait_said('裁取说明', '框出 [0-9]+×[0-9]+ 像素')
        fill(stand, '图片名称', 'cart')
        stand.shot('script-crop')
        stand.press('用作这一步的图片')
        cut = wait_for('the picture beside the scripts', lambda: next((stand.home / 'guzheng/scripts').glob('cart*.png'), None))
        assert cut.stat().st_mode & 0o777 == 0o600
        wait_for('the step to name it', lambda: any('cart.png' in row for row in rows(stand, '步骤列表')))
        wait_for('nothing wrong with it', lambda: not any(node.get_name() == '这一步要改的地方' and stand.showing(node) for node in stand.all()))
        stand.shot('script-picture')
        stand.press('移除步骤')
        wait_for('it to be gone again', lambda: len(rows(stand, '步骤列表')) == len(made['steps']) + 1)
        opened = [line for line in (stand.home / 'guzheng/operations.log').read_text().splitlines() if ' op.open ' in line and 'a picture to wait for' in line]
        assert opened, 'opening evidence is logged'
        # an unexpected page: it stops there and says so
        pick(stand, len(made['steps']), '点按')
        where = len(made['steps']) + 1
        stand.press('添加步骤')
        wait_for('one row more', lambda: len(rows(stand, '步骤列表')) == where + 1)
        fill(stand, '步骤 文字', 'no such shop')
        fill(stand, '步骤 最多等待（毫秒）', '500')
        stand.keys('ctrl+s')
        stand.wait_enabled('运行脚本')
        stand.press('运行脚本')
        stand.wait_said('脚本运行状态', f'第 {where} 步（点按）：页面上没有出现文字“no such shop”', 90)
        stand.shot('script-stopped')
    print('scripts: edited, run, derived, stopped where it should')


if __name__ == '__main__':
    main()
