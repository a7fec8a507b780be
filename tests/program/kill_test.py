"""kill -9 of a capture in mid-session: what stands on disk, to which frame, and what `recover` makes of it. B-5.4.4a A-7.2a

What can be proved, and how
  A packet that the phone has written may still be in a socket or in the adb server when the capture dies; nobody outside can tell such
  a packet from one that the program had and lost. So the exact form stops the phone first (SIGSTOP), waits until everything that it
  sent has gone through, and only then kills the capture: every packet in the phone's log but the one that the stop may have cut in two
  was in the program's hands. A fragment is written when the next packet comes, so the recording must hold all but the last two.
  The live form kills while packets flow. There the recording must be a prefix of what was sent, with equal time stamps, playing to
  within two frames and what the sockets held: the time between the painting of its last frame and the kill is printed, not asserted.
"""
import os
import signal
import subprocess
import time
import unittest
import zipfile

import scripts
from recording import media_packets, read_journal, recorded_packets, same_payload
from stand import RUN_LIMIT_S, Process, Stand, wait_for

TWO_FRAMES = 2
DRAIN_S = 1.0


def monotonic_us():
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


def decoded_frames(path):
    """What a player shows of the file: frames decoded by ffmpeg."""
    done = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames",
                           "-of", "csv=p=0", path], capture_output=True, text=True, timeout=RUN_LIMIT_S)
    return int(done.stdout.strip().strip(",") or 0)


class Kill(unittest.TestCase):
    def session(self, scene="scroll", script=None):
        stand = Stand(["--scene", scene])
        self.addCleanup(stand.close)
        capture = stand.start_capture(script or scripts.still(600))
        return stand, capture

    def recorded(self, stand):
        """Packets whose fragments are on disk now; 0 before the first."""
        bags = stand.open_bags()
        if not bags or not (bags[0] / "data/attach/journal.log").exists():
            return 0
        return len(recorded_packets(bags[0], torn=True)[0])

    def wait_until(self, stand, capture, packets):
        def enough():
            self.assertTrue(capture.running(), f"the capture ended by itself:\n{capture.stdout()}{capture.stderr()}")
            return self.recorded(stand) >= packets
        wait_for(f"{packets} recorded packets", enough, limit_s=180, step_s=0.3)

    def kill(self, capture):
        before = monotonic_us()
        capture.popen.send_signal(signal.SIGKILL)
        capture.popen.wait(30)
        return before

    def check_prefix(self, stand, bag):
        """The recording is a prefix of what was sent, to the microsecond and to the byte. Returns recorded and sent packets."""
        recorded, segments = recorded_packets(bag, torn=True)
        sent = media_packets(stand.packet_log)
        self.assertTrue(recorded)
        self.assertEqual([pts for pts, _ in recorded], [packet.pts_us for packet in sent[:len(recorded)]])
        self.assertTrue(all(same_payload(data, packet) for (_, data), packet in zip(recorded, sent)))
        for segment in segments:
            if segment.fragments:
                self.assertEqual(decoded_frames(segment.path), len(segment.fragments), segment.path)
        return recorded, sent

    def opened(self, stand, bag):
        """What the vault holds encrypted, nothing of it in plain bytes (A-7.4b), as a folder of plain files that was handed over."""
        lying = [path.name for path in (bag / "data").rglob("*") if path.is_file()]
        self.assertTrue(lying and all(".p7m." in name for name in lying), lying)
        packed, folder = stand.folder / f"{bag.name}.zip", stand.folder / "opened"
        done = stand.run("export", bag, "-o", packed, "--desk", stand.desk, "--to", "practice", "--reason", "practice")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with zipfile.ZipFile(packed) as zipped:
            zipped.extractall(folder)
        return folder / bag.name

    def recover(self, stand, recorded):
        """`recover` seals what remains, says what was lost; nothing recorded is lost on the way."""
        journal_before = (stand.open_bags()[0] / "data/attach/journal.log").read_bytes()
        done = stand.run("recover", stand.vault, "--desk", stand.desk)
        said = done.stdout + done.stderr
        self.assertIn(done.returncode, (0, 4, 6), said)
        self.assertEqual(stand.open_bags(), [])
        sealed = stand.sealed_bags()[0]
        self.assertIn(sealed.name, said)
        bag = self.opened(stand, sealed)
        packets, segments = recorded_packets(bag)
        self.assertEqual([pts for pts, _ in packets], [pts for pts, _ in recorded])
        self.assertEqual([segment.torn_bytes for segment in segments], [0] * len(segments))
        whole = journal_before[:journal_before.rfind(b"\n") + 1]
        self.assertTrue((bag / "data/attach/journal.log").read_bytes().startswith(whole), "an older line was rewritten")
        lines = read_journal(bag / "data/attach/journal.log")
        lost = next(line for line in lines if line.kind == "crash.recover").json()
        self.assertTrue(lost["lost"])
        self.assertRegex(said, "[\u4e00-\u9fff]")
        self.assertEqual(lines[-1].json()["state"], "incomplete")
        verified = stand.run("verify", sealed, "--desk", stand.desk, "--reason", "practice")
        self.assertEqual(verified.returncode, 6, verified.stdout + verified.stderr)
        self.assertIn("不完整", verified.stdout)
        print(f"    recover said: {' / '.join(said.split(chr(10)))[:300]}")
        return lines

    # Exact: the phone stands still when the capture dies. A-7.3b
    def test_no_more_than_two_frames_are_lost(self):
        stand, capture = self.session()
        self.wait_until(stand, capture, 40)
        os.kill(stand.phone.pid, signal.SIGSTOP)
        time.sleep(DRAIN_S)
        self.kill(capture)
        bag = stand.open_bags()[0]
        until_kill = media_packets(stand.packet_log)
        # The phone logs a packet when it has gone out whole: it may have been stopped just before it wrote the line.
        os.kill(stand.phone.pid, signal.SIGCONT)
        time.sleep(DRAIN_S)
        recorded, _ = self.check_prefix(stand, bag)
        print(f"    sent {len(until_kill)}, recorded {len(recorded)}, lost {len(until_kill) - len(recorded)}")
        self.assertLessEqual(len(until_kill) - len(recorded), TWO_FRAMES)
        self.recover(stand, recorded)

    def live(self, packets, **options):
        stand, capture = self.session(**options)
        self.wait_until(stand, capture, packets)
        killed = self.kill(capture)
        time.sleep(0.2)
        recorded, sent = self.check_prefix(stand, stand.open_bags()[0])
        painted = [packet for packet in sent if packet.pts_us <= killed]
        print(f"    painted before the kill {len(painted)}, recorded {len(recorded)}; "
              f"last recorded frame painted {(killed - recorded[-1][0]) / 1000:.1f} ms before the kill")
        self.recover(stand, recorded)

    # While packets flow, in the first segment. A-7.3b
    def test_killed_early(self):
        self.live(5)

    # In a later segment: the closed ones are whole, the open one ends at its last fragment. A-7.3b
    def test_killed_in_a_later_segment(self):
        self.live(450)

    # In the middle of captures (screenshot and hierarchy on their way). A-7.3b
    def test_killed_while_capturing(self):
        steps = [step for _ in range(200) for step in (scripts.capture("other"), scripts.wait(50))]
        self.live(60, script=scripts.script(*steps))

    # Killed before the first frame: recover still finds the bag, loses no line and does not fall over. A-7.2a
    def test_killed_before_the_first_frame(self):
        stand, capture = self.session()
        wait_for("a journal", lambda: stand.open_bags() and (stand.open_bags()[0] / "data/attach/journal.log").exists()
                 and (stand.open_bags()[0] / "data/attach/journal.log").stat().st_size > 0, step_s=0.002)
        self.kill(capture)
        bag = stand.open_bags()[0]
        lines = read_journal(bag / "data/attach/journal.log", torn=True)
        done = stand.run("recover", stand.vault, "--desk", stand.desk)
        said = done.stdout + done.stderr
        # Nothing to seal yet (2: could not) or a package without a film (4): the folder stays in either case, with every line.
        self.assertIn(done.returncode, (0, 2, 4, 6), said)
        kept = [*stand.sealed_bags(), *stand.open_bags()]
        self.assertEqual([path.name.removesuffix(".abandoned") for path in kept], [bag.name], said)
        after = read_journal((self.opened(stand, kept[0]) if stand.sealed_bags() else kept[0]) / "data/attach/journal.log", torn=True)
        self.assertEqual([line.body for line in after[:len(lines)]], [line.body for line in lines])
        self.assertRegex(said, "[\u4e00-\u9fff]")
        self.assertIn(str(kept[0]), said)
        again = stand.run("recover", stand.vault, "--desk", stand.desk)
        self.assertEqual(again.returncode, 0, again.stdout + again.stderr)

    # Killed again while what was recovered is being encrypted: the next run brings it to its end, and nothing recorded is lost. A-7.4b
    def test_killed_while_the_recovered_is_encrypted(self):
        stand, capture = self.session()
        self.wait_until(stand, capture, 40)
        self.kill(capture)
        recorded, _ = self.check_prefix(stand, stand.open_bags()[0])
        sealed = stand.vault / "sealed"
        recovering = stand.started(Process([stand.evidence_program, "recover", stand.vault, "--desk", stand.desk], stand.folder, "recover",
                                           stand.environment()))
        wait_for("the encryption", lambda: not recovering.running() or [*sealed.glob("*.enc-making"), *sealed.glob("*.enc")], step_s=0.001)
        self.kill(recovering)
        done = stand.run("vault", stand.vault, "--desk", stand.desk, "--encrypt")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        packets, _ = recorded_packets(self.opened(stand, stand.sealed_bags()[0]))
        self.assertEqual([pts for pts, _ in packets], [pts for pts, _ in recorded])
        self.assertEqual(list(sealed.glob("*.enc-making")), [])

    # A bag that a living program holds is none to recover. A-7.2a
    def test_recover_leaves_a_running_session_alone(self):
        stand, capture = self.session(script=scripts.still(12))
        self.wait_until(stand, capture, 20)
        done = stand.run("recover", stand.vault, "--desk", stand.desk)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(stand.open_bags()), 1)
        self.assertIn(capture.wait(), (0, 6), capture.stdout() + capture.stderr())
        self.assertEqual(len(stand.sealed_bags()), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
