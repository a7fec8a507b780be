#!/usr/bin/env python3
"""The subject library at the window (A-4.2, A-4.3, A-5.2, A-5.3, A-5.4): a foreign table is imported and cleaned, its result read; what came is found
while typing, filtered, tagged in bulk and the tags taken back; a subject's page is opened, edited, an entry moved to the abnormal library, a
phone number read with a reason that is journalled; 发起取证 fills the order in, and the sealed package stands on the subject's page; the
import is taken back as a whole.

    dbus-run-session -- subjects_test.py PROGRAM [OUT] [SIZE]
"""
import pathlib
import re
import sys

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

from stand import Stand, wait_for  # noqa: E402

MALL = '示例甲生物科技有限公司（练习）'
ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'


def credit_code(first17):
    """GB 32100: the check character."""
    total = sum(ALPHABET.index(c) * 3 ** i for i, c in enumerate(first17))
    return first17 + ALPHABET[(31 - total % 31) % 31]


def table(folder):
    """As such tables come: GB18030, full width, spaces, a duplicate, a row with nothing in it, a column that nobody needs."""
    one, two, three = (credit_code(f'9299010{n}MA0000{n}0K') for n in (1, 2, 3))
    rows = [
        '企业名称,统一社会信用代码,住所,平台,店铺名称,网址,联系电话,备注',
        f'示例导入一商行（练习）,{one},练习市一区东路1号,练习商城,导入一号店（练习）,https://shop.practice.invalid/1,10000000001,甲',
        f'  示例导入二(练习)店 ,{two},练习市一区东路2号,练习商城,导入二号店（练习）,https://shop.practice.invalid/2,10000000002,乙',
        f'示例导入一商行（练习）,{one},练习市一区东路1号,练习商城,导入一号店（练习）,https://shop.practice.invalid/1,10000000001,丙',
        ',,,,,,,丁',
        f'示例导入三（练习）,{three.lower()},练习市一区东路3号,练习集市,导入三号店（练习）,https://shop.practice.invalid/3,,戊',
    ]
    path = folder / '网店清单.csv'
    path.write_bytes('\r\n'.join(rows).encode('gb18030') + b'\r\n')
    return path


def put(stand, name, text):
    stand.fill(name, text)


def text_of(stand, name):
    return stand.text_of(name)


def cell(stand, words):
    return stand.row(*words)


def click(stand, node):
    x, y, w, h = stand.box(node)
    stand.click_at(x + w / 3, y + h / 2)


def tick(stand, name):
    x, y, _, h = stand.box(stand.find(name, 'check box'))
    stand.click_at(x + h / 2, y + h / 2)


def import_table(stand, path):
    stand.press('导入主体')
    put(stand, '导入文件', str(path))
    stand.press('读取并预览')
    stand.wait_said('文件情况', r'CSV · GB18030 · 表头在第 1 行，8 列')
    stand.wait_said('对应情况', '7 列要导入，1 列不导入')
    cell(stand, ['示例导入二（练习）店'])
    put(stand, '方案名称', '网店清单')
    stand.press('存方案')
    stand.shot('s1-mapping')
    stand.press('开始导入主体')
    stand.wait_said('导入结果数', '共 5 行：新增 3，合并 1，丢弃 1')
    cell(stand, ['丢弃'])
    cell(stand, ['合并', '示例导入一商行'])
    stand.press('结果 改正')
    cell(stand, ['示例导入二'])
    stand.shot('s2-result')
    stand.press('完成导入')


def browse(stand):
    stand.wait_said('匹配数', '329 个主体')
    put(stand, '搜索主体', '示例导入')
    stand.wait_said('匹配数', '^3 个匹配')
    cell(stand, ['示例导入一商行'])
    put(stand, '搜索主体', 'sldr')                        # pinyin initials
    stand.wait_said('匹配数', '^3 个匹配')
    put(stand, '搜索主体', '导入二号店')                  # a shop's name finds its subject, and the row says why
    stand.wait_said('匹配数', '^1 个匹配')
    cell(stand, ['示例导入二', '店铺账号：导入二号店'])
    stand.press('清空搜索')
    stand.wait_said('匹配数', '329 个主体')
    count = wait_for('a count', lambda: stand.said('筛选 标签 直播基地'))
    tick(stand, '筛选 标签 直播基地')
    stand.wait_said('匹配数', f'^{count} 个匹配')
    stand.shot('s3-browse')
    stand.press('清除筛选')
    stand.wait_said('匹配数', '329 个主体')


def tag(stand):
    put(stand, '搜索主体', '示例导入')
    stand.wait_said('匹配数', '^3 个匹配')
    click(stand, cell(stand, ['示例导入一商行']))
    stand.keys('space', 'Down', 'space')
    stand.wait_said('已选主体', '已选 2 个')
    stand.press('成批加标签')
    tick(stand, '标签 监管 重点监管')
    tick(stand, '标签 品类 食品')
    stand.shot('s4-tags')
    stand.press('应用标签')
    cell(stand, ['重点监管', '食品'])
    tick(stand, '筛选 标签 重点监管')
    stand.wait_said('匹配数', '^2 个匹配')
    stand.press('撤销上一步')
    stand.wait_said('匹配数', '^0 个匹配')
    stand.press('清除筛选')
    stand.wait_said('匹配数', '^3 个匹配')
    stand.press('取消选择')


def subject_page(stand, home):
    put(stand, '搜索主体', MALL)
    stand.wait_said('匹配数', '^1 个匹配')
    stand.wait_said('摘要 名称', MALL)
    stand.find('搜索主体', 'text').get_component_iface().grab_focus()
    stand.keys('Return')
    stand.wait_said('主体名称', MALL)
    cell(stand, ['示例养生旗舰店', '练习商城'])
    cell(stand, ['投诉：服用后无效果'])
    before = stand.said('主体 地址')
    stand.press('修改主体')
    put(stand, '修改主体 地址', '练习市二区新路 2 号')
    put(stand, '修改主体 修改原因 *', '搬迁')
    stand.press('修改主体 保存')
    stand.wait_said('主体 地址', '新路')
    cell(stand, ['修改主体', '原因：搬迁', '地址：' + before])
    stand.press('撤销主体修改')
    stand.wait_said('主体 地址', re.escape(before))
    click(stand, cell(stand, ['示例养生折扣店']))
    stand.press('移入或移出异常库')
    put(stand, '移入异常库 原因 *', '店铺打不开')
    stand.press('移入异常库 移入')
    cell(stand, ['示例养生折扣店', '异常库', '店铺打不开'])
    assert stand.said('敏感信息') == '已隐藏'
    stand.press('查看敏感信息')
    put(stand, '查看敏感信息 原因 *', '核实举报')
    stand.press('查看敏感信息 查看')
    stand.wait_said('敏感信息', '电话 10000000000')
    lines = [line for line in (home / 'operations.log').read_text().splitlines() if ' op.sensitive ' in line]
    assert len(lines) == 1 and '核实举报' in lines[0] and '10000000000' not in lines[0], lines
    stand.shot('s5-subject')


def capture(stand, home):
    click(stand, cell(stand, ['示例养生旗舰店', '练习商城']))
    stand.keys('ctrl+e')
    wait_for('the order is filled in', lambda: text_of(stand, '主体') == MALL)
    assert text_of(stand, '店铺') == '示例养生旗舰店', text_of(stand, '店铺')
    assert text_of(stand, '平台') == '练习商城'
    assert text_of(stand, '链接') == 'mall://shop/1'
    assert text_of(stand, '信用代码').startswith('9199')
    stand.shot('s6-order')
    stand.start_capture()
    stand.seal_one_page()
    package = stand.sealed_package()
    stand.keys('ctrl+6')
    click(stand, cell(stand, ['取证：' + package]))
    stand.keys('Return')
    stand.wait_said('校验结论', '练习')
    stand.keys('ctrl+6')
    stand.press('返回主体列表')


def take_back(stand):
    stand.press('清空搜索')
    stand.press('导入主体')
    cell(stand, ['网店清单.csv'])
    stand.press('看导入结果')
    stand.wait_said('导入结果数', '新增 3')
    stand.press('撤销这次导入')
    stand.wait_said('导入主体消息内容', '已撤销这次导入：去掉 3 个主体')
    stand.press('完成导入')
    stand.wait_said('匹配数', '326 个主体')
    put(stand, '搜索主体', '示例导入')
    stand.wait_said('匹配数', '^0 个匹配')


def main():
    program = pathlib.Path(sys.argv[1])
    out = sys.argv[2] if len(sys.argv) > 2 else None
    size = sys.argv[3] if len(sys.argv) > 3 else '1440x900'
    with Stand(program, size=size, out=out) as stand:
        home = pathlib.Path(stand.env['GUZHENG_HOME'])
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        import_table(stand, table(stand.root))
        browse(stand)
        tag(stand)
        subject_page(stand, home)
        capture(stand, home)
        take_back(stand)
        assert stand.process.poll() is None
    print('subjects done')


if __name__ == '__main__':
    main()
