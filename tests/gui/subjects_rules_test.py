#!/usr/bin/env python3
"""Rules of the subject library at the window. Marks (A-4.6): what samples propose for data level and data region is shown with its reason, agreed to, refused, and remembered over a
restart; a rule of one's own; then what has no mark is marked, and undone. Code tables (A-4.3): a file with mistakes is shown row by row and imports nothing, a good one is imported
with its source, used by the next import of subjects, undone. A selection is exported: just what was ticked, as the table has it (A-5.4).

    dbus-run-session -- subjects_rules_test.py PROGRAM [OUT] [SIZE] [SCALE]
"""
import csv
import pathlib
import sqlite3
import sys
import tempfile

from stand import Stand, wait_for
from subjects_care_test import import_table
from subjects_test import cell, click, put


def library(home):
    return sqlite3.connect(home / 'subjects' / 'registry.sqlite', timeout=60)


def table(folder):
    """Samples: four of 标识样品 agree, three of 另一品类 do not; five bare ones of the former, in a city of which samples speak."""
    rows = ['名称,主营品类,数据级别,地区,数据地域']
    rows += [f'示例样本{i}商行（练习）,标识样品,内部,,' for i in range(4)]
    rows += [f'示例杂样{i}商行（练习）,另一品类,{level},,' for i, level in enumerate(('公开', '内部', '敏感'))]
    rows += [f'示例待标{i}商行（练习）,标识样品,,,' for i in range(5)]
    rows += ['示例自定商行（练习）,自定品类,,,', '示例杂待商行（练习）,另一品类,,,']
    path = folder / '标识.csv'
    path.write_text('\n'.join(rows) + '\n')
    return path


def levels(home, like):
    with library(home) as sql:
        return [level for (level,) in sql.execute('SELECT sensitivity FROM subject WHERE name LIKE ? ORDER BY id', (like,))]


def marks(stand, home):
    stand.press('标识主体')
    stand.wait_said('标识情况', r'共 340 个主体；[1-9][0-9]* 条：已确认 0，不采用 0')
    row = cell(stand, ['品类“标识样品” → 数据级别 内部', '4 个样本，4 个如此（100%）', '5 个主体还没有标识', '建议'])
    cell(stand, ['品类“另一品类”', '3 个样本，1 个如此（33%）', '样本少或不一致'])
    stand.shot('r1-proposed')
    click(stand, row)
    stand.press('确认标识规则')
    cell(stand, ['标识样品', '确认', '已确认'])
    click(stand, cell(stand, ['品类“另一品类”', '样本少或不一致']))
    stand.press('不采用标识规则')
    cell(stand, ['另一品类', '不采用'])
    put(stand, '标识规则的条件', '自定品类')
    stand.press('添加并确认')
    cell(stand, ['品类“自定品类” → 数据级别 公开', '没有样本，是自定的规则', '1 个主体还没有标识', '已确认'])
    stand.wait_said('标识情况', '已确认 2，不采用 1，.*能标 6 处')
    assert levels(home, '示例待标%') == [0] * 5, 'nothing is marked before it is asked for'
    stand.press('按已确认的标识')
    stand.wait_said('标识消息内容', '已标识 6 个主体')
    stand.wait_said('标识情况', '能标 0 处')
    assert levels(home, '示例待标%') == [2] * 5 and levels(home, '示例自定%') == [1]
    stand.shot('r2-marked')
    stand.press('撤销标识')
    stand.wait_said('标识情况', '能标 6 处')
    wait_for('the marks are taken back', lambda: levels(home, '示例待标%') == [0] * 5)
    stand.press('撤销标识')                               # the rule of one's own, too
    stand.wait_said('标识情况', '已确认 1，不采用 1，')
    stand.keys('Escape')


def remembered(stand):
    stand.open('--page', 'subjects')
    stand.wait_said('匹配数', '340 个主体')
    stand.press('标识主体')
    stand.wait_said('标识情况', '已确认 1，不采用 1，')
    click(stand, cell(stand, ['另一品类', '不采用']))
    stand.press('标识规则恢复待定')
    stand.wait_said('标识情况', '已确认 1，不采用 0，')
    stand.keys('Escape')


def settings(stand):
    stand.keys('ctrl+5')
    stand.press('设置 主体库')


def codes(stand, home):
    cell(stand, ['地区 GB/T 2260', '随程序内置'])
    bad, good = stand.root / 'bad.csv', stand.root / 'gbt4754.csv'
    bad.write_text('代码,名称\nF52,零售业\nF5292,\nF52,又是零售业\n')
    good.write_text('门类,大类,中类,小类,类别名称\nF,,,,批发和零售业\n,52,,,零售业\n,,529,,货摊、无店铺及其他零售业\n,,,5292,互联网零售\n')
    stand.press('导入代码表…')
    put(stand, '代码表文件路径', str(stand.root / 'nowhere.csv'))
    stand.press('读取代码表')
    stand.wait_said('代码表消息内容', '没有找到文件')
    put(stand, '代码表文件路径', str(bad))
    stand.press('读取代码表')
    stand.wait_said('代码表情况', '2 行有错，一行也不导入；其余 1 个代码没有问题')
    cell(stand, ['第 3 行：缺名称（代码：F5292）'])
    cell(stand, ['第 4 行：代码 F52 重复'])
    stand.shot('r3-codes-bad')
    put(stand, '代码表文件路径', str(good))
    stand.press('读取代码表')
    stand.wait_said('代码表情况', '4 个代码，没有错误。与现用的相比：新增 4，改名 0，没有了 0')
    cell(stand, ['F5292  互联网零售'])
    stand.shot('r4-codes-good')
    stand.press('导入这张代码表')
    cell(stand, ['行业 GB/T 4754', '4 个代码 · gbt4754.csv'])
    stand.wait_said('主体库设置消息内容', '已导入 行业 GB/T 4754，4 个代码')
    stand.shot('r5-settings')
    assert (home / 'subjects' / 'codes' / 'industry.csv').exists()
    stand.press('撤销代码表')
    wait_for('it is gone', lambda: not (home / 'subjects' / 'codes' / 'industry.csv').exists())
    stand.press('导入代码表…')
    put(stand, '代码表文件路径', str(good))
    stand.press('读取代码表')
    stand.wait_said('代码表情况', '4 个代码，没有错误')
    stand.press('导入这张代码表')
    cell(stand, ['行业 GB/T 4754', '4 个代码'])


def used(stand, home):
    path = stand.root / '行业.csv'
    path.write_text('名称,行业\n示例行业商行（练习）,互联网零售\n')
    import_table(stand, path, '2 列要导入', '共 1 行：新增 1，合并 0，丢弃 0')
    stand.press('完成导入')
    with library(home) as sql:
        assert sql.execute("SELECT industry FROM subject WHERE name LIKE '示例行业%'").fetchall() == [('F5292',)]


def export(stand, home):
    """Three are found, two are ticked: two rows."""
    put(stand, '搜索主体', '示例杂样')
    stand.wait_said('匹配数', '^3 个匹配')
    click(stand, cell(stand, ['示例杂样0']))
    stand.keys('space', 'Down', 'Down', 'space')
    stand.wait_said('已选主体', '已选 2 个')
    stand.shot('r6-ticked')
    path = stand.root / '选中.csv'
    stand.press('导出主体')
    put(stand, '导出文件', str(path))
    stand.shot('r7-export')
    stand.press('开始导出')
    stand.wait_said('导出消息内容', '已导出 2 个主体')
    with open(path, encoding='utf-8-sig', newline='') as file:
        rows = list(csv.DictReader(file))
    assert [row['名称'] for row in rows] == ['示例杂样0商行（练习）', '示例杂样2商行（练习）'], rows
    assert {row['主营品类'] for row in rows} == {'另一品类'}
    assert not any('电话' in name or '证件' in name for name in rows[0])
    stand.press('开始导出')                               # nothing is written over
    stand.wait_said('导出消息内容', '没有导出')
    whole = stand.root / '全部.xlsx'
    stand.find('导出找到的全部', 'radio button')
    click(stand, stand.find('导出找到的全部', 'radio button'))
    put(stand, '导出文件', str(whole))
    stand.press('开始导出')
    stand.wait_said('导出消息内容', '已导出 3 个主体')
    assert whole.read_bytes()[:2] == b'PK'
    stand.keys('Escape')
    wait_for('the line in the log', lambda: '"act":"export"' in (home / 'operations.log').read_text() or 'export' in (home / 'operations.log').read_text())


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x1300'       # settings' cards below each other, none scrolled away
    scale = sys.argv[4] if len(sys.argv) > 4 else None
    with tempfile.TemporaryDirectory(prefix='gz-gui-home-') as place:
        with Stand(program, size=size, out=out, scale=scale, home=place) as stand:
            home = pathlib.Path(stand.env['GUZHENG_HOME'])
            stand.open('--page', 'subjects')
            stand.wait_said('匹配数', '326 个主体')
            import_table(stand, table(stand.root), '5 列要导入', '共 14 行：新增 14，合并 0，丢弃 0')
            stand.press('完成导入')
            stand.wait_said('匹配数', '340 个主体')
            marks(stand, home)
            assert stand.process.poll() is None
        with Stand(program, size=size, out=out, scale=scale, home=place) as stand:
            remembered(stand)
            export(stand, home)
            settings(stand)
            codes(stand, home)
            stand.keys('ctrl+6')
            used(stand, home)
            assert stand.process.poll() is None
    print('subjects rules done')


if __name__ == '__main__':
    main()
