#!/usr/bin/env python3
"""录音 in the window (A-7.3b, 行政诉讼证据规定 12, issue 4): switched on before the start, heard from the desk's loudspeaker while it is recorded (samples arrive at a private
PulseAudio server), switched off and on, asked for its text record until there is one, sealed with it; heard again with the film in 证据库, and muted. A desk without a sound
device says so at the switch and works on.

    dbus-run-session -- sound_test.py PROGRAM [OUT]
"""
import sys

from pulse import Pulse
from stand import Atspi, Stand, wait_for

LOUD, SILENT = 150, 5          # root mean square of what comes out; the chime has some 2000 at full volume
NOTES = (400, 900)             # the live room's chime: 523, 659 and 784 Hz


def start(stand):
    stand.wait_enabled('开始取证')
    stand.press('同时录下手机的声音')
    stand.keys('ctrl+Return')
    stand.wait_said('录制灯', '录制中 00:0')
    stand.wait_challenge()
    stand.wait_said('录音状态', '正在录音。录音还缺文字记录')


def into_the_live_room(stand):
    stand.tap_phone(*stand.bounds('练习商城'))
    stand.tap_phone(*stand.bounds('直播'))         # a room that moves all the time: it is known by its chime


def volume(stand, name, key):
    slider = stand.find(name, 'slider')
    slider.get_component_iface().grab_focus()
    wait_for(f'focus in {name}', lambda: slider.get_state_set().contains(Atspi.StateType.FOCUSED))
    stand.keys(key)


def heard_at_the_desk(stand, pulse):
    stand.wait_said('听手机的声音', '^开$')
    volume(stand, '听手机的声音 音量', 'End')
    wait_for('the chime at the loudspeaker', lambda: pulse.loudness(pulse.heard()) > LOUD)
    sound = pulse.heard()
    assert NOTES[0] < pulse.pitch(sound) < NOTES[1], pulse.pitch(sound)
    stand.shot('sound-2-heard')
    stand.press('听手机的声音')
    stand.wait_said('听手机的声音', '^关$')
    wait_for('silence', lambda: pulse.loudness(pulse.heard(0.5)) < SILENT)
    stand.press('听手机的声音')
    wait_for('the chime again', lambda: pulse.loudness(pulse.heard()) > LOUD)
    volume(stand, '听手机的声音 音量', 'Home')
    wait_for('volume 0', lambda: pulse.loudness(pulse.heard(0.5)) < SILENT)
    print('heard while it is recorded, switched and turned down')


def write_down(stand):
    x, y, w, h = stand.box(stand.find('录音文字记录', 'text'))
    stand.click_at(x + w / 2, y + h / 2)
    stand.type('no voice, only chimes')
    stand.shot('sound-3-writing')
    stand.press('记下文字记录')
    stand.wait_said('录音状态', '录音有文字记录')
    texts = wait_for('the text record on the disk', lambda: [p for p in stand.root.rglob('open/*.texts')])
    wait_for('what was written', lambda: 'only chimes' in texts[0].read_text())


def seal(stand):
    stand.keys('F10')
    stand.wait_said('结束前还缺', '缺主证信息')
    assert '录音' not in stand.said('结束前还缺'), stand.said('结束前还缺')
    stand.shot('sound-4-end')
    stand.type('only the sound is tested')
    stand.keys('Return')
    stand.find('封签指纹')
    wait_for('the sealed package', lambda: any(stand.root.rglob('sealed/*')))
    assert not list(stand.root.rglob('open/*.texts'))


def heard_with_the_film(stand, pulse):
    stand.keys('ctrl+2')
    stand.find('录音声音')
    assert pulse.loudness(pulse.heard(0.5)) < SILENT, 'nothing plays yet'
    volume(stand, '录音声音 音量', 'End')

    def playing():
        if stand.said('播放或暂停') != '正在播放':
            stand.press('播放或暂停')
        return pulse.loudness(pulse.heard()) > LOUD
    wait_for('the chime with the film', playing)
    stand.shot('sound-5-film')
    stand.press('录音声音')
    stand.wait_said('录音声音', '^关$')
    wait_for('muted', lambda: pulse.loudness(pulse.heard(0.5)) < SILENT)
    print('heard with the film, and muted')


def with_a_device(program, out):
    with Stand(program, out=out) as stand:
        pulse = Pulse(stand.root)
        stand.env |= pulse.env
        try:
            stand.open()
            start(stand)
            into_the_live_room(stand)
            heard_at_the_desk(stand, pulse)
            write_down(stand)
            seal(stand)
            heard_with_the_film(stand, pulse)
        finally:
            pulse.end()


def without_a_device(program, out):
    with Stand(program, out=out, env={'PULSE_SERVER': 'unix:/nowhere/native'}) as stand:
        stand.open()
        start(stand)
        stand.wait_said('听手机的声音', '^关：没有声音设备')
        stand.wait_said('录音状态', '正在录音')
        stand.shot('sound-6-no-device')
        stand.press('听手机的声音')                              # tried again: it says so again, and nothing else happens
        stand.wait_said('听手机的声音', '^关：没有声音设备')
        stand.wait_said('录制灯', '录制中')
    print('without a sound device it says so')


def main():
    out = sys.argv[2] if len(sys.argv) > 2 else None
    with_a_device(sys.argv[1], out)
    without_a_device(sys.argv[1], out)
    print('sound done')


if __name__ == '__main__':
    main()
