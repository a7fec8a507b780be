"""Bad packages: files, lists, lines of the journal."""
import re
import shutil

from case import vector


@vector("binding.main", base="audio-with-text")
def sound_page_removed_and_lists_made_anew(case):
    sound = case.bag / "data/main/rec-0000.ogg"
    data = sound.read_bytes()
    pages = [found.start() for found in re.finditer(rb"OggS\0", data)]
    sound.write_bytes(data[:pages[20]] + data[pages[21]:])
    case.rewrite_lists()


# ---- one bit of each kind of file
@vector("manifest.sha256")
def bit_of_segment(case): case.flip(case.bag / "data/main/rec-0001.mp4")


@vector("manifest.sha256")
def bit_of_screenshot(case): case.flip(case.bag / "data/main/shot-0001.png")


@vector("manifest.sha256")
def bit_of_layout(case): case.flip(case.bag / "data/main/shot-0004.xml")


@vector("manifest.sha256")
def bit_of_journal(case): case.flip(case.bag / "data/attach/journal.log", 150)


@vector("manifest.sha256")
def bit_of_beacon_token(case): case.flip(case.bag / "data/attach/tst/beacon.tsr")


@vector("manifest.tag")
def bit_of_manifest(case): case.flip(case.bag / "manifest-md5.txt", 3)


@vector("seal.digest")
def bit_of_signature(case): case.flip(case.bag / "seal/sig-officer1.p7s")


@vector("stamp.form")
def bit_of_seal_stamp(case): case.flip(case.after / "seal.txt.tsr", -5)


FLIPPED = {"data/attach/order.json": "manifest.sha256", "data/attach/people.json": "manifest.sha256", "data/attach/env.json": "manifest.sha256",
           "data/attach/device.json": "manifest.sha256", "data/attach/app.json": "manifest.sha256", "data/attach/node.json": "manifest.sha256",
           "data/attach/net.json": "manifest.sha256", "data/attach/values.json": "manifest.sha256", "data/attach/order.json.p7s": "manifest.sha256",
           "data/attach/raw/disk.txt": "manifest.sha256", "data/attach/tst/beacon": "manifest.sha256", "data/attach/tst/final.head": "manifest.sha256",
           "data/attach/tst/final.head.tsr": "manifest.sha256", "bagit.txt": "tags.bagit", "bag-info.txt": "manifest.tag", "VERIFY.txt": "manifest.tag",
           "verify.sh": "manifest.tag", "manifest-sha256.txt": "manifest.tag", "tagmanifest-sha256.txt": "seal.digest", "seal/digests-sm3.txt": "seal.digest",
           "seal/certs/officer2.crt": "seal.digest", "seal/certs/org.crl": "seal.digest", "seal/certs/org.crt": "seal.digest",
           "seal/certs/tsa.crt": "seal.digest", "seal/sig-station.p7s": "seal.digest", "seal/seal.txt": "stamp.imprint"}


def flip_of(path, rule):
    def change(case):
        case.flip(case.bag / path)
    change.__name__ = "bit_of_" + re.sub("[^a-z0-9]", "_", path.rpartition("/")[2].lower())
    vector(rule)(change)


for flipped, expected in FLIPPED.items():
    flip_of(flipped, expected)


# ---- files more, fewer, others
@vector("tree.extra")
def added_file(case): (case.bag / "data/main/shot-0005.png").write_bytes(b"x")


@vector("tree.link")
def symlink(case):
    (case.bag / "data/attach/raw/disk.txt").unlink()
    (case.bag / "data/attach/raw/disk.txt").symlink_to("battery.txt")


@vector("tree.empty-folder")
def empty_folder(case): (case.bag / "data/other").mkdir()


@vector("tree.missing")
def missing_signature(case): (case.bag / "seal/sig-officer2.p7s").unlink()


@vector("seal.digest")
def removed_segment_with_new_lists(case):
    (case.bag / "data/main/rec-0002.mp4").unlink()
    case.rewrite_lists()


@vector("tags.oxum")
def wrong_oxum(case):
    info = case.bag / "bag-info.txt"
    info.write_text(re.sub(r"Payload-Oxum: (\d+)", lambda m: f"Payload-Oxum: {int(m[1]) + 1}", info.read_text()))
    case.rewrite_lists()


@vector("marks.differ", base="practice")
def practice_taken_from_bag_info(case):
    info = case.bag / "bag-info.txt"
    info.write_text("".join(line for line in info.read_text().splitlines(True) if not line.startswith("Practice")))
    case.rewrite_lists()


# ---- an insider seals anew with every key; only the stamped heads hold him
@vector("stamp.head")
def journal_cut_and_chained_anew(case):
    case.journal(lambda lines: lines[:20] + lines[-1:])
    case.reseal()


@vector("stamp.head")
def line_changed_and_chained_anew(case):
    case.journal(lambda lines: [re.sub(r'"x":10,', '"x":11,', line) for line in lines])
    case.reseal()


@vector("binding.main")
def segments_swapped_and_sealed_anew(case):
    a, b = case.bag / "data/main/rec-0000.mp4", case.bag / "data/main/rec-0001.mp4"
    one, two = a.read_bytes(), b.read_bytes()
    a.write_bytes(two)
    b.write_bytes(one)
    case.reseal()


@vector("binding.main")
def segment_repeated_and_sealed_anew(case):
    shutil.copy(case.bag / "data/main/rec-0000.mp4", case.bag / "data/main/rec-0003.mp4")
    case.reseal()


@vector("binding.json")
def second_spelling_of_json_sealed_anew(case):
    path = case.bag / "data/attach/node.json"
    path.write_text(path.read_text().replace(",", ", ", 1))
    case.reseal()


@vector("tags.state")
def state_changed_and_sealed_anew(case): case.reseal("补充说明")


@vector("stamp.anchor")
def head_without_token_sealed_anew(case):
    next((case.bag / "data/attach/tst").glob("[0-9]*.head.tsr")).unlink()
    case.reseal()


@vector("binding.file")
def raw_file_added_and_sealed_anew(case):
    (case.bag / "data/attach/raw/more.txt").write_text("x")
    case.reseal()
