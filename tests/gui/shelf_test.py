#!/usr/bin/env python3
"""What an officer does with sealed evidence, through accessibility, mouse and keyboard (A-7.2, A-7.4b, A-AnC, B-5.4.2a, B-5.4.2d, B-5.4.4a):
review an automatic capture, import two files, certificate of verification, scrub; the command line agrees on what came out.

    dbus-run-session -- shelf_test.py PROGRAM EVIDENCE SAMPLE_BAG_TOOL [OUT]
"""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile

from stand import Atspi, Stand, wait_for

JPEG = b'\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01' + bytes(range(256)) * 40 + b'\xff\xd9'


def lay_automatic(stand, tool):
    """A sealed automatic capture in the vault of this home, made by its own practice bureau."""
    desk = stand.home / 'guzheng'
    desk.mkdir(mode=0o700)
    subprocess.run([tool, desk, '--case', 'automatic'], check=True, capture_output=True)
    sealed = desk / 'vault/sealed'
    sealed.mkdir(mode=0o700, parents=True)
    bag = next(p for p in desk.glob('LX-*') if p.is_dir() and '.' not in p.name)
    for path in desk.glob(bag.name + '*'):
        path.rename(sealed / path.name)
    (desk / 'vault').chmod(0o700)
    (desk / 'package.zip').unlink(missing_ok=True)
    return bag.name


def log_lines(stand, kind):
    """Bodies of the operation log's lines of that kind."""
    out = []
    for line in (stand.home / 'guzheng/operations.log').read_text(encoding='utf-8').splitlines():
        if re.search(rf'\b{re.escape(kind)}\b', line):
            out.append(json.loads(line[line.index('{'):]))
    return out


def fill(stand, name, text):
    """Into the field of that name, by keyboard."""
    field = stand.find(name, 'text')
    field.get_component_iface().grab_focus()
    wait_for(f'focus in {name}', lambda: field.get_state_set().contains(Atspi.StateType.FOCUSED))
    stand.keys('ctrl+a')
    stand.type(text)


def review(stand, package):
    """行政处罚法 41: nothing without what was looked at; the record is written, shown and journalled."""
    stand.keys('ctrl+2')
    stand.wait_said('证据包标题', package)
    stand.wait_said('校验结论', '^练习$', 120)
    stand.wait_said('复核结论', '待复核')
    stand.shot('shelf-1-waits')
    stand.press('复核')
    stand.press('复核结果 确认')
    write = stand.find('写入复核记录')
    assert not write.get_state_set().contains(Atspi.StateType.SENSITIVE), 'a review without its reason'
    fill(stand, '复核理由', 'film and shots compared')
    stand.shot('shelf-2-review')
    stand.keys('Return')
    stand.wait_said('复核结论', '确认.*film and shots compared', 120)
    stand.wait_said('证据库消息内容', '已写入')
    stand.shot('shelf-3-reviewed')
    [line] = log_lines(stand, 'op.review')
    assert line['package'] == package and line['result'] == 'confirmed', line


def describe(stand, number, sealing):
    values = {'导入 证明对象': f'what file {number} shows', '导入 来源': 'shop counter', '导入 制作方法': 'photographed', '导入 设备': 'station camera'}
    if sealing:
        stand.choose('照片', 'End')
        stand.find('封存后照片', 'combo box')
        values |= {'导入 封条号': 'F-0001', '导入 封存状态': 'whole'}
    for name, text in values.items():
        fill(stand, name, text)


def bring(stand):
    """Two files by keyboard; one is a photo of a seal without its counterpart, so that the package is 不完整 and needs its reason."""
    files = [stand.root / 'sealed-phone.jpg', stand.root / 'talk.txt']
    files[0].write_bytes(JPEG)
    files[1].write_text('a conversation\n')
    stand.keys('ctrl+i')
    stand.find('导入前还缺')
    for path in files:
        fill(stand, '文件路径', str(path))
        stand.keys('Return')
        wait_for('the file in the list', lambda: any(path.name in (n.get_name() or '') for n in stand.all(stand.find('要导入的文件'))))
        describe(stand, files.index(path) + 1, path.suffix == '.jpg')
    fill(stand, '写保护措施', 'read-only card')
    stand.wait_said('导入前还缺', '缺封存前照片')            # B-5.4.2d
    stand.press('导入 填写 告知')                            # the party is there (行政处罚法 55): each statement with its own answer
    box = stand.find('当事人在场，导入时当场告知', 'check box')
    box.get_component_iface().grab_focus()
    stand.keys('space')
    for keys in (['Down'], ['Down'] * 3, ['Down'] * 4):      # seen; there without a word; nobody
        stand.choose('请选择回答…', *keys)
    stand.find('出示执法证 回答人', 'text').get_editable_text_iface().set_text_contents('店长')
    stand.find('权利告知 回答人', 'text').get_editable_text_iface().set_text_contents('店长')
    stand.shot('shelf-4-statements')
    button = stand.find('导入并封存')
    assert not button.get_state_set().contains(Atspi.StateType.SENSITIVE), 'incomplete without a reason'
    fill(stand, '导入不完整的原因', 'the first photo was not taken')
    stand.shot('shelf-4-import')
    stand.wait_enabled('导入并封存').get_component_iface().grab_focus()
    stand.keys('space')
    stand.wait_said('证据库消息内容', '已导入并封存')
    [line] = log_lines(stand, 'op.import')
    assert line['files'] == 2 and line['result'] == 'incomplete', line
    sealed = stand.home / 'guzheng/vault/sealed'
    assert (sealed / line['package'] / 'seal/seal.txt').exists()
    stand.wait_said('证据包标题', line['package'])
    for path in files:
        assert path.exists(), 'an original went'
    return line['package']


def certificate(stand, package):
    stand.wait_said('校验结论', '^练习$', 120)
    stand.shot('shelf-4-imported')
    stand.press('核验证明')
    stand.find('核验证明正文')
    target = stand.root / 'certificate.pdf'
    stand.find('核验证明存到', 'text').get_editable_text_iface().set_text_contents(str(target))
    stand.shot('shelf-5-certificate')
    stand.press('存为 PDF')
    stand.wait_said('核验证明消息内容', '已存到')
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    [line] = log_lines(stand, 'op.certificate')
    assert line['sha256'] == digest and line['package'] == package, line
    said = subprocess.run(['pdftotext', target, '-'], capture_output=True, text=True, check=True).stdout
    assert re.search(r'[0-9a-f]{64}', said), said          # the fingerprint without ligatures
    flat = ''.join(unicodedata.normalize('NFKC', said).split())
    for words in ('核验证明', package, '不得作为证据', 'Certificateofverification'):
        assert words in flat, (words, said)
    pages = subprocess.run(['pdfinfo', target], capture_output=True, text=True, check=True).stdout
    assert re.search(r'Pages:\s+1\b', pages), pages
    if stand.out != stand.root:
        shutil.copy(target, stand.out / 'shelf-certificate.pdf')
    stand.press('存为 PDF')                            # never over a file
    stand.wait_said('核验证明消息内容', '已有同名文件')
    assert hashlib.sha256(target.read_bytes()).hexdigest() == digest
    stand.keys('Escape')


def care(stand, packages):
    stand.press('证据库体检')
    stand.wait_said('副本状态', '没有副本')
    fill(stand, '复查原因', 'spring check')
    stand.press('开始复查')
    stand.wait_said('证据库体检消息内容', '复查完成：2 个证据包，修复 0 个，损坏或不见 0 个', 120)
    stand.shot('shelf-6-care')
    opened = {line['package'] for line in log_lines(stand, 'op.open') if line['what'] == 'scrub' and line['reason'] == 'spring check'}
    assert opened == set(packages), opened                # one line for each that was opened
    stand.keys('Escape')


def focus(stand, name):
    stand.find(name).get_component_iface().grab_focus()
    wait_for('the focus on ' + name, lambda: stand.has_focus(name))


def drawn(stand, pattern):
    wait_for(f'a canvas that says {pattern}', lambda: re.search(pattern, stand.find('标注画面').get_description()))


def copies(stand, program, package):
    """B-4.3: frame, arrow and text on a copy of a shot, all by keyboard; the report prints it with its original's digest, the shot stays."""
    desk = stand.home / 'guzheng'
    edition = desk / 'vault/sealed' / (package + '.report') / '001'
    stand.keys('ctrl+f')
    stand.type(package)
    stand.wait_said('证据包标题', package)
    stand.wait_said('校验结论', '^练习$', 120)
    stand.press('标注副本')
    drawn(stand, '画面 .*标记 0 个')
    save = stand.find('保存标注副本')
    assert not save.get_state_set().contains(Atspi.StateType.SENSITIVE), 'a copy without a mark'
    focus(stand, '标注画面')
    stand.keys('Return', 'Down', 'Down', 'Down', 'Right', 'Right', 'Right', 'Right', 'Return')
    drawn(stand, '标记 1 个')
    stand.press('标注工具 箭头')
    wait_for('the focus on the canvas', lambda: stand.has_focus('标注画面'))
    stand.keys('Return', 'Up', 'Up', 'Up', 'Up', 'Up', 'Left', 'Left', 'Return')
    drawn(stand, '标记 2 个')
    stand.press('标注工具 文字')
    wait_for('the focus on the words', lambda: stand.has_focus('标注文字'))
    stand.type('claim')
    stand.keys('Return', 'Down', 'Down', 'Return', 'Return', 'ctrl+z')
    drawn(stand, '标记 3 个')
    stand.shot('shelf-7-copy')
    stand.press('保存标注副本')
    wait_for('the new edition', lambda: (edition / 'copies.json.p7s').exists(), 180)
    stand.shot('shelf-8-copied')
    [copy] = json.loads((edition / 'copies.json').read_text(encoding='utf-8'))['copies']
    manifest = (desk / 'vault/sealed' / package / 'manifest-sha256.txt').read_text()
    assert copy['kind'] == '标注' and f"{copy['of_sha256']}  {copy['of']}\n" in manifest, copy
    zipped = stand.root / 'copies.zip'
    subprocess.run([program, 'export', desk / 'vault/sealed' / package, '-o', zipped, '--desk', desk, '--to', 'court', '--medium', 'disk', '--reason', 'test'],
                   check=True, capture_output=True)
    with zipfile.ZipFile(zipped) as exported:
        assert hashlib.sha256(exported.read(f'{package}.report/001/{copy["file"]}')).hexdigest() == copy['sha256']
        assert hashlib.sha256(exported.read(f'{package}/{copy["of"]}')).hexdigest() == copy['of_sha256'], 'the shot is as it was'
        (stand.root / 'copies.pdf').write_bytes(exported.read(f'{package}.report/001/report.pdf'))
    said = ''.join(subprocess.run(['pdftotext', stand.root / 'copies.pdf', '-'], capture_output=True, text=True, check=True).stdout.split())
    assert '标注副本' in said and copy['of_sha256'][:16] in said, said[:3000]


def agree(stand, program, packages):
    """The command line says the same of what the window made."""
    desk = stand.home / 'guzheng'
    said = {}
    for package in packages:
        done = subprocess.run([program, 'verify', desk / 'vault/sealed' / package, '--org-ca', desk / 'roots/org.pem', '--tsa-ca', desk / 'roots/tsa.pem',
                               '--desk', desk, '--reason', 'test', '--json'], capture_output=True, text=True)
        assert done.returncode == 6, done.stdout + done.stderr
        said[package] = json.loads(done.stdout)
    automatic, imported = (said[p] for p in packages)
    assert automatic['review']['confirmed'] and automatic['incomplete'] == [], automatic
    zipped = stand.root / 'imported.zip'
    subprocess.run([program, 'export', desk / 'vault/sealed' / packages[1], '-o', zipped, '--desk', desk, '--to', 'court', '--medium', 'disk', '--reason', 'test'],
                   check=True, capture_output=True)
    with zipfile.ZipFile(zipped) as exported:
        journal = exported.read(next(name for name in exported.namelist() if name.endswith('journal.log'))).decode()
    answers = [json.loads(line.split(' ', 4)[4]) for line in journal.splitlines() if line.split(' ')[3] == 'confirm'][1::2]
    assert [(a['result'], a['who']) for a in answers] == [('consents', '店长'), ('silent', '店长'), ('absent', '')], answers
    assert any('封存前照片' in reason for reason in imported['incomplete']) and any('first photo' in r for r in imported['incomplete']), imported


def main():
    program, evidence, tool = sys.argv[1:4]
    out = sys.argv[4] if len(sys.argv) > 4 else None
    with Stand(program, out=out, size='1280x720') as stand:
        package = lay_automatic(stand, pathlib.Path(tool))
        stand.open()
        stand.wait_enabled('开始取证')
        review(stand, package)
        packages = [package, bring(stand)]
        certificate(stand, packages[1])
        care(stand, packages)
        copies(stand, evidence, package)
        assert stand.process.poll() is None
        agree(stand, evidence, packages)
        subprocess.run(['chmod', '-R', 'u+w', str(stand.home)], check=True)
    print('shelf done')


if __name__ == '__main__':
    main()
