"""A real Chromium without a window, spoken to by WebDriver (W3C) over chromedriver. Used by bureau_page_test.py."""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../support'))
from ports import free_port  # noqa: E402

ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'


class Chromium:
    def __init__(self, width=1280, height=900, language='zh-CN'):
        self.folder = tempfile.mkdtemp(prefix='gz-chromium-')
        port = free_port()
        self.base = f'http://127.0.0.1:{port}'
        self.driver = subprocess.Popen(['chromedriver', f'--port={port}'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, 'HOME': self.folder, 'LANGUAGE': language})
        arguments = ['--headless=new', f'--window-size={width},{height}', f'--lang={language}', f'--user-data-dir={self.folder}/profile', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
                     '--disable-background-networking', '--disable-component-update', '--force-device-scale-factor=1']
        if os.getuid() == 0:
            arguments.append('--no-sandbox')
        options = {'binary': shutil.which('chromium'), 'args': arguments, 'prefs': {'intl.accept_languages': language}}
        for _ in range(300):
            try:
                self.session = self._call('POST', '/session', {'capabilities': {'alwaysMatch': {'browserName': 'chrome', 'goog:chromeOptions': options}}})['sessionId']
                return
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.1)
        raise AssertionError('chromedriver did not start')

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, data=None if body is None else json.dumps(body).encode(), headers={'Content-Type': 'application/json'})
        try:
            with urllib.request.urlopen(request, timeout=300) as answer:
                return json.load(answer)['value']
        except urllib.error.HTTPError as error:
            raise AssertionError(f'{method} {path}: {error.read().decode()[:500]}') from None

    def ask(self, method, path, body=None):
        return self._call(method, f'/session/{self.session}{path}', body)

    def go(self, url):
        self.ask('POST', '/url', {'url': url})

    def run(self, script, *values):
        return self.ask('POST', '/execute/sync', {'script': script, 'args': list(values)})

    def find(self, css):
        return self.ask('POST', '/element', {'using': 'css selector', 'value': css})[ELEMENT]

    def click(self, css):
        self.ask('POST', f'/element/{self.find(css)}/click', {})

    def type(self, css, text):
        self.ask('POST', f'/element/{self.find(css)}/value', {'text': text})

    def clear(self, css):
        self.ask('POST', f'/element/{self.find(css)}/clear', {})

    def text(self, css):
        return self.ask('GET', f'/element/{self.find(css)}/text')

    def wait(self, what, seconds=120):
        """Until `what()` is true; its value."""
        end = time.monotonic() + seconds
        while True:
            try:
                if found := what():
                    return found
            except AssertionError as error:
                if time.monotonic() > end:
                    raise error
            if time.monotonic() > end:
                raise AssertionError('it did not come: ' + self.run('return document.body.innerText'))
            time.sleep(0.1)

    def wait_text(self, css, part, seconds=120):
        return self.wait(lambda: part in self.text(css), seconds)

    def screenshot(self, path):
        with open(path, 'wb') as out:
            out.write(base64.b64decode(self.ask('GET', '/screenshot')))

    def complaints(self):
        """What the page's console said of errors, policy breaches among them."""
        return [entry for entry in self.ask('POST', '/se/log', {'type': 'browser'}) if entry['level'] == 'SEVERE']

    def resident_kib(self):
        """Resident memory of the page's process, the largest of the browser's renderers."""
        most = 0
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{pid}/cmdline', 'rb') as file:
                    line = file.read()
                if b'--type=renderer' not in line or self.folder.encode() not in line:
                    continue
                with open(f'/proc/{pid}/status') as status:
                    most = max(most, next(int(row.split()[1]) for row in status if row.startswith('VmRSS:')))
            except (OSError, StopIteration):
                continue
        return most

    def close(self):
        try:
            self._call('DELETE', f'/session/{self.session}')
        finally:
            self.driver.terminate()
            self.driver.wait()
            shutil.rmtree(self.folder, ignore_errors=True)
