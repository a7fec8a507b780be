"""Soak: a session by script against the training phone's scrolling scene for as long as is asked, then: packets recorded = packets sent,
time stamps equal, payloads equal, resident memory flat.

  python3 tests/soak/soak.py --seconds 600          the ten-minute form (GUZHENG_BIN or build/dev/bin)
  python3 tests/soak/soak.py --seconds 40           what ctest runs

Memory: resident size of the capture process is sampled twice a second; the median of the last quarter may not be more than 20 MB above
that of the second quarter (the first quarter is warming up). The bound is about memory, no assertion is about time.
A-7.3b A-7.4b
"""
import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "program"))
import scripts  # noqa: E402
from recording import media_packets, read_journal, recorded_packets, same_payload  # noqa: E402
from stand import Stand  # noqa: E402

GROWTH_LIMIT_KB = 20 * 1024
failures = []


def check(what, holds):
    print(f"{'ok  ' if holds else 'FAIL'} {what}")
    if not holds:
        failures.append(what)


def resident_kb(pid):
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def sample_memory(capture, limit_s):
    samples, end = [], time.monotonic() + limit_s
    while capture.running():
        if time.monotonic() > end:
            raise AssertionError(f"the session did not end within {limit_s} s")
        samples.append(resident_kb(capture.pid))
        time.sleep(0.5)
    return [sample for sample in samples if sample]


def compare_packets(stand, bag, drained):
    recorded, segments = recorded_packets(bag)
    sent = media_packets(stand.packet_log)
    # What the phone sent after the session had said "end" belongs to nobody; it is counted and must lie behind the last one recorded.
    after = len(sent) - len(recorded)
    print(f"segments {len(segments)}, packets sent {len(sent)}, recorded {len(recorded)}, sent after the end {after}")
    check("packets were recorded", len(recorded) > 0)
    check("time stamps equal to the device's", [pts for pts, _ in recorded] == [p.pts_us for p in sent[:len(recorded)]])
    check(f"packets recorded = packets sent (at most {drained} more while the session was ending)", 0 <= after <= drained)
    check("payloads equal", all(same_payload(data, packet) for (_, data), packet in zip(recorded, sent)))
    check("no torn tail", all(segment.torn_bytes == 0 for segment in segments))
    lines = read_journal(bag / "data/attach/journal.log")
    closed = [line.body.split() for line in lines if line.kind == "seg.close"]
    check("journal's packet counts", [int(c[3]) for c in closed] == [len(segment.fragments) for segment in segments])
    # A starved machine may keep the phone from painting for over two seconds: that silence is journalled as a gap of no packets.
    reasons = [line.json()["reason"] for line in lines if line.kind == "gap.begin"]
    lost = [line.json()["packets"] for line in lines if line.kind == "gap.end"]
    print(f"gaps: {reasons or 'none'}")
    check("no gap but silences of the phone", all(r.startswith("no-picture-change") for r in reasons) and not any(lost))
    return recorded


def compare_memory(samples):
    quarter = max(1, len(samples) // 4)
    second, last = statistics.median(samples[quarter:2 * quarter]), statistics.median(samples[-quarter:])
    print(f"resident memory, {len(samples)} samples: second quarter {second / 1024:.1f} MB, last quarter {last / 1024:.1f} MB, "
          f"largest {max(samples) / 1024:.1f} MB")
    check("resident memory flat (growth under 20 MB)", last - second < GROWTH_LIMIT_KB)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seconds", type=int, default=40)
    options.add_argument("--keep", help="folder to leave everything in")
    options.add_argument("--fps", type=int, default=30)
    args = options.parse_args()
    with Stand(["--scene", "scroll", "--fps", args.fps], keep=args.keep) as stand:
        capture = stand.start_capture(scripts.busy(args.seconds))
        samples = sample_memory(capture, args.seconds * 2 + 300)
        said = capture.stdout() + capture.stderr()
        check(f"the session ended well (exit code {capture.popen.returncode})", capture.popen.returncode in (0, 6))
        bags = stand.sealed_bags()
        check("one sealed package", len(bags) == 1)
        if not bags:
            print(said)
            return 1
        # two seconds of frames: sealing waits for the last time stamps, and the machine may be busy
        recorded = compare_packets(stand, bags[0], drained=args.fps * 2)
        check("recorded for as long as asked", recorded and recorded[-1][0] - recorded[0][0] >= args.seconds * 1_000_000)
        compare_memory(samples)
        verified = stand.run("verify", bags[0], *stand.roots())
        check("verify: practice, nothing else", verified.returncode == 6)
        if verified.returncode != 6:
            print(verified.stdout, verified.stderr)
    print("soak:", "FAILED: " + "; ".join(failures) if failures else "passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
