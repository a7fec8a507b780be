"""Bad packages: stamps, certificates, renewals, packages whose makers broke a rule."""
import hashlib
import shutil

from case import CANNOT_TELL, DAMAGED, INCOMPLETE, WHOLE, vector


def untouched_case(name, rule, code=DAMAGED, base=None, stock=None):
    def leave(case):
        pass
    leave.__name__ = name
    vector(rule, code, base or name.replace("_", "-"), stock)(leave)


# ---- stamps
@vector("stamp.imprint")
def token_over_other_data(case): shutil.copy(case.bag / "data/attach/tst/final.head.tsr", case.after / "seal.txt.tsr")


@vector("stamp.form")
def token_cut_short(case): (case.after / "seal.txt.tsr").write_bytes((case.after / "seal.txt.tsr").read_bytes()[:-9])


@vector("stamp.authority")
def foreign_time_stamp(case):
    case.roots[3] = case.packages("old") / "roots/tsa.pem"          # another's authorities are given


# Tokens of the given authorities, dated in the future: everything here is judged by a clock that can be wrong only by seconds.
untouched_case("beacon_and_end_in_the_future", "stamp.time", base="future")


@vector("stamp.time", base="unsigned")
def second_signature_stamped_in_the_future(case):
    shutil.copy(case.bag / "tagmanifest-sha256.txt", case.after / "sig-officer2")
    case.tool(0, "sign", "officer2", case.after / "sig-officer2")
    (case.after / "sig-officer2").unlink()
    case.tool(-400, "stamp", "tsa", case.after / "sig-officer2.p7s")


@vector("stamp.time", base="unstamped")
def seal_stamped_in_the_future_by_the_second_authority(case):
    shutil.copy(case.bag / "seal/seal.txt", case.after.parent / "seal.txt")
    case.tool(-400, "stamp", "tsa2", case.after.parent / "seal.txt")
    case.after.mkdir(exist_ok=True)
    shutil.move(case.after.parent / "seal.txt.tsr", case.after / "seal.txt.2.tsr")
    (case.after.parent / "seal.txt").unlink()


@vector("beside.extra")
def stray_token(case): shutil.copy(case.after / "seal.txt.tsr", case.after / "00000003.head.tsr")


# ---- packages whose makers broke a rule, or stayed just within it
untouched_case("three_minutes_without_a_head", "stamp.stretch", base="no-heads")
untouched_case("three_minutes_and_a_gap_about_something_else", "stamp.stretch", base="no-heads-link-lost")
untouched_case("three_minutes_and_a_gap_that_says_so", "有时间戳迟于 120 秒", INCOMPLETE, base="no-heads-stamp-late")
untouched_case("pause_with_its_gap", None, WHOLE, base="paused")
untouched_case("input_in_a_pause", "journal.pause", base="paused-input")
untouched_case("reset_by_the_officer_in_a_pause", "journal.pause", base="paused-reset")
untouched_case("pause_without_its_gap", "journal.pause", base="paused-no-gap")
untouched_case("gap_of_a_pause_outside_of_any", "journal.pause", base="pause-gap-alone")
untouched_case("element_under_a_tap_and_a_link", None, WHOLE, base="element")
untouched_case("element_of_an_old_layout", "journal.body", base="element-old")
untouched_case("element_where_a_finger_is_lifted", "journal.body", base="element-lifted")
untouched_case("element_without_its_screen", "journal.body", base="element-no-screen")
untouched_case("element_whose_text_is_none", "journal.body", base="element-no-text")
untouched_case("statement_after_the_environment", "journal.order", base="confirm-late")
untouched_case("statements_each_with_its_answer", None, WHOLE, base="statements")
untouched_case("statements_of_an_earlier_version", None, WHOLE, base="statements-old")
untouched_case("statements_of_two_versions", "journal.pairs", base="statements-mixed")
untouched_case("statement_without_an_answer", "journal.pairs", base="statements-unanswered")
untouched_case("one_answer_for_two_statements", "journal.pairs", base="statements-one-answer")
untouched_case("two_answers_to_one_statement", "journal.pairs", base="statements-answer-twice")
untouched_case("refusal_without_its_reason", "journal.body", base="statements-no-reason")
untouched_case("answer_of_somebody_who_was_not_there", "journal.body", base="statements-absent-answers")
untouched_case("failed_item_let_pass", None, WHOLE, base="let-pass")
untouched_case("failed_item_that_nobody_let_pass", "binding.value", base="let-pass-unsaid")
untouched_case("failed_item_let_pass_twice", "binding.value", base="let-pass-twice")
untouched_case("failed_item_let_pass_for_no_reason", "binding.value", base="let-pass-no-reason")
untouched_case("failed_item_let_pass_for_two_reasons", "binding.value", base="let-pass-other-reason")
untouched_case("item_let_pass_that_did_not_fail", "binding.value", base="let-pass-nothing")
untouched_case("phone_started_again", None, WHOLE)
untouched_case("clock_falls_without_a_lost_link", "film.order", base="clock-falls")
untouched_case("position_a_millisecond_off", "values", base="wrong-position")
untouched_case("audio_with_its_text_record", None, WHOLE, base="audio-with-text")
untouched_case("audio_of_a_phone_that_falls_silent", None, WHOLE, base="audio-falls-silent")
untouched_case("sound_page_removed", "sound.form")
untouched_case("sound_page_removed_and_counted", "sound.form")
untouched_case("sound_cut_short", "sound.packets")
untouched_case("sound_longer_than_it_is", "values")
untouched_case("sound_torn_page", "sound.form")
untouched_case("sound_that_is_none", "sound.form")
untouched_case("sound_with_anothers_text", "sound.text")
untouched_case("sound_with_an_empty_text", "sound.text")
untouched_case("audio_without_its_text_record", None, INCOMPLETE, base="audio-alone")
untouched_case("black_page_gap", None, WHOLE, base="black-and-locked")
untouched_case("gap_for_an_unknown_reason", "journal.body", base="unknown-gap")

# ---- certificates
untouched_case("signer_expired_before_the_seal", "signer.expired", base="signer-expired")
untouched_case("signer_not_valid_yet", "signer.expired", base="signer-not-yet")
untouched_case("signer_revoked_before_the_seal", "signer.revoked", base="signer-revoked")
untouched_case("signer_revoked_after_the_seal", "signer.revoked-later", WHOLE, base="signer-revoked-later")
untouched_case("revocation_list_was_stale", "signer.crl", base="crl-stale")
untouched_case("revocation_list_not_valid_yet", "signer.crl", base="crl-not-yet")


@vector("signer.revoked-later", WHOLE, "newer-list")
def newer_list_says_revoked_after_the_seal(case): case.roots += ["--crl", case.good / "roots/newer.crl"]


@vector("signer.revoked", base="newer-list-before")
def newer_list_says_revoked_before_the_seal(case): case.roots += ["--crl", case.good / "roots/newer.crl"]


@vector("signer.people")
def certificate_of_another_officer(case):
    shutil.copy(case.bag / "seal/certs/officer1.crt", case.bag / "seal/certs/officer2.crt")
    case.rewrite_seal()


# ---- authorities that have expired since, and renewals (FORMAT.md 9.3); in "old", tsa expired 100 days ago, tsa2 20 days ago
@vector("renewal", CANNOT_TELL, "old")
def authority_expired_and_nothing_renewed(case): pass


@vector(None, WHOLE, "old")
def renewed_twice_in_time(case):
    case.tool(200, "renew", "tsa2", case.bag)
    case.tool(50, "renew", "tsa3", case.bag)


@vector("renewal", CANNOT_TELL, "old")
def renewed_once_and_that_authority_expired_too(case): case.tool(200, "renew", "tsa2", case.bag)


@vector("renewal", CANNOT_TELL, "old")
def renewed_after_the_authority_had_expired(case): case.tool(50, "renew", "tsa3", case.bag)


@vector(None, WHOLE)
def renewed_early(case): case.tool(0, "renew", "tsa2", case.bag)


def renewal(case, change, authority="tsa2", days_ago=0, number="001"):
    """A renewal whose maker wrote another index than the files call for."""
    folder = case.beside("renew") / number
    folder.mkdir(parents=True)
    files = [p for top in (case.bag, case.after) for p in top.rglob("*") if p.is_file()]
    lines = sorted((str(p.relative_to(case.folder)), hashlib.sha512(p.read_bytes()).hexdigest()) for p in files)
    index = folder / "index-sha512.txt"
    index.write_text("".join(f"{digest}  {path}\n" for path, digest in change(lines)))
    case.tool(days_ago, "stamp", authority, index)


@vector(None, WHOLE)
def renewal_made_by_hand(case): renewal(case, lambda lines: lines)


@vector("renew.covers")
def renewal_that_misses_a_file(case): renewal(case, lambda lines: [x for x in lines if not x[0].endswith("shot-0002.png")])


@vector("renew.covers")
def renewal_that_misses_the_seals_stamp(case): renewal(case, lambda lines: [x for x in lines if not x[0].endswith("seal.txt.tsr")])


@vector("renew.digest")
def renewal_with_a_wrong_digest(case): renewal(case, lambda lines: [(p, d[:-1] + ("0" if d[-1] != "0" else "1") if p.endswith("rec-0001.mp4") else d) for p, d in lines])


@vector("renew.missing")
def renewal_of_a_file_that_is_gone(case): renewal(case, lambda lines: sorted(lines + [(case.id + ".after/sig-officer2.p7s", "0" * 128)]))


@vector("renew.form")
def renewal_in_another_order(case): renewal(case, lambda lines: lines[::-1])


@vector("renew.time")
def renewal_older_than_the_seal(case): renewal(case, lambda lines: lines, days_ago=1)


@vector("renew.number")
def renewals_from_two_on(case): renewal(case, lambda lines: lines, number="002")


@vector("stamp.imprint")
def renewal_with_a_changed_index(case):
    case.tool(0, "renew", "tsa2", case.bag)
    case.open(case.folder)
    index = case.beside("renew") / "001/index-sha512.txt"
    index.write_text("".join(x for x in index.read_text().splitlines(True) if ".after/" not in x or "seal.txt.tsr" in x) + "")
    shutil.copy(case.after / "seal.txt.tsr", f"{index}.tsr")


@vector("renew.stamp")
def renewal_without_its_stamp(case):
    case.tool(0, "renew", "tsa2", case.bag)
    (case.beside("renew") / "001/index-sha512.txt.tsr").unlink()
