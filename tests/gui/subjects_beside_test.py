#!/usr/bin/env python3
"""A check by the command line, as cron runs it, while the window has the subject library open (A-5.2b): nothing is refused and nothing is lost. The window takes the findings in at
once, also what it finds lying there when it starts; the history names who ran the check; the window itself can be started while a check runs.

    dbus-run-session -- subjects_beside_test.py PROGRAM EVIDENCE [OUT] [SIZE]
"""
import pathlib
import signal
import sqlite3
import subprocess
import sys

from stand import Stand, wait_for
from subjects_care_test import Site, import_table
from subjects_test import cell


def table(folder, site):
    rows = ['名称,地址,网店名称,平台,链接',
            f'示例丁保健食品商行（练习）,练习市一区东路7号,丁旗舰店（练习）,练习商城,{site}/fine',
            f'示例戊养生经营部（练习）,练习市二区西路9号,戊养生店（练习）,练习商城,{site}/bad']
    path = folder / '网店.csv'
    path.write_text('\n'.join(rows) + '\n')
    return path


class Desk:
    def __init__(self, stand, evidence):
        self.stand, self.evidence = stand, evidence
        self.home = pathlib.Path(stand.env['GUZHENG_HOME'])

    def patrol(self):
        done = subprocess.run([self.evidence, 'patrol', '--desk', self.home], env=self.stand.env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def sql(self, text, *values):
        with sqlite3.connect(self.home / 'subjects' / 'registry.sqlite', timeout=60) as sql:
            return sql.execute(text, values).fetchall()

    def shop(self, path):
        return self.sql("SELECT reach, abnormal, checked_ms FROM entry WHERE link LIKE ?", '%' + path)[0]

    def spool(self):
        folder = self.home / 'subjects' / 'patrol-spool'
        return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []


def main():
    program, evidence = pathlib.Path(sys.argv[1]), sys.argv[2]
    out = sys.argv[3] if len(sys.argv) > 3 else None
    size = sys.argv[4] if len(sys.argv) > 4 else '1440x900'
    with Site() as site, Stand(program, size=size, out=out) as stand:
        desk = Desk(stand, evidence)
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '326 个主体')
        import_table(stand, table(stand.root, site.address), '5 列要导入', '共 2 行：新增 2，合并 0，丢弃 0')
        stand.press('完成导入')
        stand.wait_said('匹配数', '328 个主体')
        stand.press('巡检店铺账号')
        stand.wait_said('到期数', '主体库 [1-9]')

        # both at once: the window has the library, the check runs
        done = desk.patrol()
        assert '工作站开着' in done.stdout, done.stdout
        stand.wait_said('巡检消息内容', r'命令行巡检（.*）的结果已记入：检查 [1-9][0-9]*，移入异常库 [1-9]')
        stand.shot('b1-taken-in')
        assert desk.spool() == [], desk.spool()
        reach, abnormal, first = desk.shop('/bad')
        assert abnormal == 1 and first > 0
        why = desk.sql("SELECT who, why FROM change WHERE why LIKE '检查：页面出现赌博%'")
        assert len(why) == 1, why
        assert (desk.home / 'operations.log').read_text().count(' op.patrol ') == 1

        # the window still writes, and undoes nothing of it
        stand.wait_said('到期数', '主体库 [0-9]+ 个')
        stand.keys('Escape')

        # a check that is under way while the window is closed and started again: started, the window opens the library; ended, the check hands its findings over
        desk.sql('UPDATE entry SET checked_ms=checked_ms-60*86400000, abnormal=abnormal WHERE link LIKE ?', site.address + '%')
        site.pages['/fine'] = None
        running = subprocess.Popen([evidence, 'patrol', '--desk', desk.home], env=stand.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_for('the shop is asked', lambda: site.asked('/fine') > 1)
        stand.process.send_signal(signal.SIGTERM)
        stand.process.wait(60)
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '328 个主体')
        site.pages['/fine'] = '<p>保健品旗舰店</p>'
        site.let_go()
        said, complained = running.communicate(timeout=300)
        assert running.returncode == 0, said + complained
        wait_for('the findings are taken in', lambda: desk.shop('/fine')[2] > first and desk.spool() == [])

        # what was left while nobody looked is taken in at the start
        stand.process.send_signal(signal.SIGTERM)
        stand.process.wait(60)
        number, no, name, link = desk.sql('SELECT subject, no, name, link FROM entry WHERE link LIKE ?', '%/fine')[0]
        left = desk.home / 'subjects' / 'patrol-spool' / '000000000000001-1-1.done'
        left.write_text('{"failures":2,"format":1,"who":"张三 J-9","why":"巡检"}\n'
                        f'{{"at_ms":{desk.shop("/fine")[2] + 5},"link":"{link}","name":"{name}","no":{no},"reach":"gone","subject":{number},"why":"页面显示“店铺已关闭”"}}\n')
        stand.open('--page', 'subjects')
        stand.wait_said('匹配数', '328 个主体')
        wait_for('it is taken in', lambda: desk.shop('/fine')[1] == 1 and desk.spool() == [])
        told = desk.sql('SELECT who, why FROM change ORDER BY id DESC LIMIT 1')
        assert told == [('张三 J-9', '检查：页面显示“店铺已关闭”')], told
        stand.fill('搜索主体', '示例丁')
        cell(stand, ['示例丁保健食品商行'])
        assert stand.process.poll() is None
    print('subjects beside done')


if __name__ == '__main__':
    main()
