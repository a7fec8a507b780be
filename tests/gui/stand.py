"""A private stand for the window: display, window manager, accessibility bus, home. Ends what it started, by process id.

Run the test program under `dbus-run-session --` so that the accessibility bus is private too.
"""
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

PATIENCE = int(os.environ.get('GUZHENG_PATIENCE', 90))      # seconds; generous: tests run beside others on two cores


def wait_for(what, probe, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            found = probe()
        except Exception:                # an object that died while we looked
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f'did not come within {patience} s: {what}')


class Stand:
    def __init__(self, program, size='1440x900', out=None, scale=None, home=None, env=None):
        self.temp = tempfile.TemporaryDirectory(prefix='gz-gui-')
        self.root = pathlib.Path(self.temp.name)
        self.home = pathlib.Path(home) if home else self.root / 'home'
        self.home.mkdir(exist_ok=True)
        self.out = pathlib.Path(out or self.root)
        self.out.mkdir(parents=True, exist_ok=True)
        self.program = program
        self.started = []
        self.size = size
        self.env = dict(os.environ, HOME=str(self.home), GUZHENG_HOME=str(self.home / 'guzheng'), XDG_DATA_HOME=str(self.home / 'data'),
                        XDG_CONFIG_HOME=str(self.home / 'config'), QT_LINUX_ACCESSIBILITY_ALWAYS_ON='1', QT_QPA_PLATFORM='xcb',
                        LANG='C.UTF-8', NO_AT_BRIDGE='0', **(env or {}))
        if scale:
            self.env['QT_SCALE_FACTOR'] = str(scale)
        self.app = None
        self.glances = 0

    def __enter__(self):
        read, write = os.pipe()
        self._start(['Xvfb', '-displayfd', str(write), '-screen', '0', self.size + 'x24', '-nolisten', 'tcp', '-noreset'], pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as pipe:
            self.env['DISPLAY'] = ':' + pipe.readline().strip()
        os.environ['DISPLAY'] = self.env['DISPLAY']
        config = self.root / 'openbox.xml'
        config.write_text('<openbox_config xmlns="http://openbox.org/3.4/rc"><applications><application class="*"><decor>no</decor>'
                          '<maximized>yes</maximized></application></applications></openbox_config>')
        self._start(['openbox', '--sm-disable', '--config-file', str(config)])
        time.sleep(0.5)
        return self

    def __exit__(self, kind, *_):
        if kind:
            self._last_words()
            self.shot('failure')
        for process in reversed(self.started):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(10)
        self.temp.cleanup()

    def _last_words(self):
        """What the window's program said, and whether it still runs: in the test's own output."""
        log = self.root / (pathlib.Path(self.program).name + '.log')
        if log.exists():
            print('the program said:', log.read_bytes()[-3000:].decode(errors='replace'), flush=True)
        if self.app is not None:
            print('the program ended with', self.process.poll(), flush=True)

    def _start(self, args, **options):
        process = subprocess.Popen(args, env=self.env, stdout=subprocess.DEVNULL, stderr=open(self.root / (pathlib.Path(args[0]).name + '.log'), 'ab'), **options)
        self.started.append(process)
        return process

    def open(self, *args):
        Atspi.get_desktop(0).get_child_count()     # the registry runs before the program looks for it: one that comes too late is never told of the window
        self.process = self._start([str(self.program), *args])
        self.app = wait_for('the window on the accessibility bus', self._find_app)
        wait_for('a window', lambda: self.app.get_child_count() > 0)
        return self

    def _find_app(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            try:
                ours = child and child.get_process_id() == self.process.pid
            except Exception:                # one that has just gone, and is still listed
                continue
            if ours:
                child.set_cache_mask(Atspi.Cache.NONE)      # what is, not what was
                return child
        return None

    # -- looking
    def all(self, node=None):
        node = node or self.app
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child:
                yield from self.all(child)

    def seen(self, node=None, top=True):
        """What is on the screen. Hidden pages are left out unentered: each look at a node costs round trips to the program."""
        node = node or self.app
        yield node
        for i in range(node.get_child_count()):
            child = node.get_child_at_index(i)
            if child and (top or self.showing(child)):
                yield from self.seen(child, False)

    def glance(self):
        """For who looks again and again: mostly what is on the screen; whatever the toolkit says of parents, nothing is missed for good."""
        self.glances += 1
        return self.all() if self.glances % 5 == 0 else self.seen()

    @staticmethod
    def showing(node):
        return node.get_state_set().contains(Atspi.StateType.SHOWING)

    def find(self, name, role=None, patience=PATIENCE):
        def probe():
            for node in self.glance():
                if node.get_name() == name and self.showing(node) and (role is None or node.get_role_name() == role):
                    return node
        return wait_for(f'“{name}”', probe, patience)

    def said(self, name):
        return self.find(name).get_description()

    def wait_said(self, name, pattern, patience=PATIENCE):
        return wait_for(f'“{name}” says {pattern}', lambda: re.search(pattern, self.said(name) or ''), patience)

    def wait_enabled(self, name, patience=PATIENCE):
        node = self.find(name)
        wait_for(f'“{name}” enabled', lambda: node.get_state_set().contains(Atspi.StateType.SENSITIVE), patience)
        return node

    def wait_challenge(self):
        """Until the challenge has left the phone's screen: the shade over it takes every tap before."""
        wait_for('the challenge was shown', lambda: any(re.search('挑战码 .* 已显示', node.get_name() or '') for node in self.glance()))

    def has_focus(self, name):
        return any(node.get_name() == name and node.get_state_set().contains(Atspi.StateType.FOCUSED) for node in self.all())

    # -- acting, as a person does
    def keys(self, *keys):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], env=self.env, check=True)
        time.sleep(0.25)

    def type(self, text):
        subprocess.run(['xdotool', 'type', '--delay', '40', text], env=self.env, check=True)
        time.sleep(0.3)

    def box(self, node):
        box = node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)
        scale = float(self.env.get('QT_SCALE_FACTOR', 1))         # Qt tells logical pixels
        return box.x * scale, box.y * scale, box.width * scale, box.height * scale

    def click_at(self, x, y):
        subprocess.run(['xdotool', 'mousemove', str(int(x)), str(int(y))], env=self.env, check=True)
        time.sleep(0.1)
        subprocess.run(['xdotool', 'click', '1'], env=self.env, check=True)
        time.sleep(0.3)

    def press(self, name):
        node = self.wait_enabled(name)
        self.into_view(node)
        x, y, w, h = self.box(node)
        self.click_at(x + w / 2, y + h / 2)

    def into_view(self, node):
        """A part that has scrolled out of its area counts as shown too: the wheel is turned over the area until the part's middle is within."""
        for _ in range(60):
            x, y, w, h = self.box(node)
            middle = y + h / 2
            area, outer = None, node.get_parent()
            while outer and outer.get_role_name() not in ('application', 'frame', 'window'):
                ax, ay, aw, ah = self.box(outer)
                if ah > 0 and not ay <= middle <= ay + ah:
                    area = (ax, ay, aw, ah)
                    break
                outer = outer.get_parent()
            if not area:
                return
            ax, ay, aw, ah = area
            subprocess.run(['xdotool', 'mousemove', str(int(ax + aw / 2)), str(int(ay + ah / 2))], env=self.env, check=True)
            subprocess.run(['xdotool', 'click', '5' if middle > ay else '4'], env=self.env, check=True)
            time.sleep(0.1)

    def fill(self, name, text):
        """All at once, past the keyboard."""
        self.find(name, 'text').get_editable_text_iface().set_text_contents(text)

    def type_into(self, name, text):
        """A field that listens to the keyboard only."""
        self.find(name, 'text').get_component_iface().grab_focus()
        wait_for(f'focus in {name}', lambda: self.has_focus(name))
        self.type(text)

    def text_of(self, name):
        node = self.find(name, 'text').get_text_iface()
        return node.get_text(0, node.get_character_count())

    def name_file(self, title, path):
        """Qt's own file dialog: its field for the name has the focus."""
        def dialog():
            return next((n for n in self.glance() if n.get_name() == title and n.get_role_name() in ('dialog', 'file chooser') and self.showing(n)), None)

        def field():
            return next((n for n in self.all(dialog()) if n.get_role_name() == 'text' and n.get_state_set().contains(Atspi.StateType.FOCUSED)), None)
        wait_for(f'the dialog {title}', dialog)
        wait_for('its field', field).get_editable_text_iface().set_text_contents(str(path))
        self.keys('Return')
        wait_for(f'the dialog {title} has gone', lambda: not dialog())

    def row(self, *words):
        """A row of a list, or a cell of a table, that says all these words."""
        return wait_for(f'a row with {words}', lambda: [n for n in self.glance() if n.get_role_name() in ('table cell', 'list item') and self.showing(n)
                                                        and all(word in (n.get_name() or '') for word in words)])[0]

    def click_row(self, *words):
        x, y, w, h = self.box(self.row(*words))
        self.click_at(x + w / 3, y + h / 2)

    # -- one capture, from the order that is filled in to the sealed package
    def start_capture(self):
        self.wait_enabled('开始取证')
        self.keys('ctrl+Return')
        self.wait_said('录制灯', '录制中 00:0')
        self.wait_challenge()

    def seal_one_page(self):
        """One of the compulsory kinds only, so that it is incomplete and needs its reason."""
        self.keys('F8')
        self.wait_said('主证 平台首页', '1 张')
        self.keys('F10')
        wait_for('the reason', lambda: self.has_focus('不完整原因'))
        self.type('test')
        self.keys('Return')
        self.find('封签指纹')

    def sealed_package(self):
        """The first package in the vault of this home, by its id."""
        sealed = pathlib.Path(self.env['GUZHENG_HOME']) / 'vault' / 'sealed'
        return wait_for('the sealed package', lambda: next(p.name for p in sorted(sealed.iterdir()) if p.is_dir() and '.' not in p.name))

    def choose(self, shown, *keys):
        """In the box that shows this word: Qt names a box by its choice. `keys` go to the one that is wanted."""
        x, y, w, h = self.box(self.find(shown, 'combo box'))
        self.click_at(x + w / 2, y + h / 2)
        self.keys(*keys, 'Return')

    def shot(self, name):
        path = self.out / f'{name}.png'
        subprocess.run(['import', '-window', 'root', str(path)], env=self.env, check=True)
        return path

    # -- the practice phone behind the window, by its own adb server
    def adb_server(self):
        def probe():
            for entry in pathlib.Path('/proc').glob('[0-9]*'):
                try:
                    words = (entry / 'cmdline').read_bytes().split(b'\0')
                    parent = int((entry / 'stat').read_text().rsplit(')', 1)[1].split()[1])
                except (OSError, IndexError):
                    continue
                if parent == self.process.pid and words[0].endswith(b'adb') and b'nodaemon' in words:
                    return words[words.index(b'-L') + 1].decode()
        return wait_for('the private adb server', probe)

    def adb(self, *args, timeout=30):
        return subprocess.run(['adb', '-L', self.adb_server(), *args], env=self.env, capture_output=True, text=True, timeout=timeout).stdout

    def hierarchy(self):
        return self.adb('exec-out', 'uiautomator', 'dump', '/dev/tty')

    def bounds(self, text, patience=PATIENCE):
        """Middle of the first element on the phone that shows `text`, in phone pixels."""
        def probe():
            for node in re.findall(r'<node [^>]*>', self.hierarchy()):
                shown = re.search(r' text="([^"]*)"', node).group(1)
                if text in shown:
                    x1, y1, x2, y2 = map(int, re.search(r'bounds="\[(\d+),(\d+)\]\[(\d+),(\d+)\]"', node).groups())
                    return (x1 + x2) / 2, (y1 + y2) / 2
        return wait_for(f'“{text}” on the phone', probe, patience)

    def wait_on_phone(self, text):
        self.bounds(text)

    def tap_phone(self, x, y, width=720, height=1280):
        """A mouse click in the live pane where the phone shows (x, y): the pane's letterbox undone."""
        left, top, w, h = self.box(self.pane())
        margin = 14 * float(self.env.get('QT_SCALE_FACTOR', 1))
        scale = min((w - 2 * margin) / width, (h - 2 * margin) / height)
        self.click_at(left + w / 2 + (x - width / 2) * scale, top + h / 2 + (y - height / 2) * scale)

    def pane(self):
        # card title and pane carry the same words; the pane takes the focus
        for node in self.all():
            if node.get_name() == '手机画面' and node.get_state_set().contains(Atspi.StateType.FOCUSABLE):
                return node
        raise AssertionError('no live pane')
