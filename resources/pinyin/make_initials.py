#!/usr/bin/env python3
"""Makes initials.txt from Unihan_Readings.txt: the first letter of each Han character's pinyin.

    make_initials.py Unihan_Readings.txt > initials.txt

Source: the Unicode Han Database 15.0.0 as in Debian 12's package unicode-data (/usr/share/unicode/Unihan_Readings.txt.bz2, unpack it first).
First letter: kMandarin, the customary reading for zh-Hans. Others that a name may use (重 c, 单 s, 曾 z): of kTGHZ2013 and kHanyuPinlu, at most two.
"""
import collections
import sys
import unicodedata

WANTED = ('kMandarin', 'kTGHZ2013', 'kHanyuPinlu')


def letter(reading):
    plain = unicodedata.normalize('NFD', reading.strip())[:1].lower()
    return plain if 'a' <= plain <= 'z' else ''


def readings(field, value):
    for word in value.split():
        if field == 'kTGHZ2013':                    # 047.150,048.010:chóng,zhòng
            word = word.split(':', 1)[1]
        for reading in word.split('(', 1)[0].split(','):
            yield reading


def main():
    data = collections.defaultdict(dict)
    with open(sys.argv[1], encoding='utf-8') as lines:
        for line in lines:
            parts = line.rstrip('\n').split('\t')
            if len(parts) == 3 and parts[1] in WANTED:
                data[chr(int(parts[0][2:], 16))][parts[1]] = parts[2]
    first, others = collections.defaultdict(list), collections.defaultdict(list)
    for char in sorted(data):
        fields = data[char]
        if ord(char) > 0xffff and 'kTGHZ2013' not in fields:
            continue                                # beyond the first plane only what the table of common characters names
        letters = [letter(r) for f in WANTED if f in fields for r in readings(f, fields[f])]
        letters = list(dict.fromkeys(l for l in letters if l))
        if not letters:
            continue
        first[letters[0]].append(char)
        for other in letters[1:3]:
            others[other].append(char)
    print('# First letters of pinyin, made by make_initials.py from the Unicode Han Database 15.0.0 (Unihan_Readings.txt, modified: reduced to letters).')
    print('# Copyright (c) 1991-2022 Unicode, Inc. Unicode License, https://www.unicode.org/license.txt: see LICENSE beside.')
    print('# "a 阿…": characters read so first; "+c 重…": characters that may also be read so.')
    for key in sorted(first):
        print(key, ''.join(first[key]))
    for key in sorted(others):
        print('+' + key, ''.join(others[key]))


main()
