# The verifier's part of room seal; core/seal/CMakeLists.txt includes this file.
set(VERIFY_SOURCES
  verify.cpp verify_source.cpp verify_load.cpp verify_digests.cpp verify_der.cpp verify_cms.cpp verify_x509.cpp
  verify_film.cpp verify_sound.cpp verify_bag.cpp parts.cpp parts_source.cpp zip_reader.cpp zip_form.cpp tree.cpp
  check_manifests.cpp check_tags.cpp check_seal.cpp check_journal.cpp check_long.cpp check_bodies.cpp check_pairs.cpp
  check_stamps.cpp check_signers.cpp check_bindings.cpp check_values.cpp check_marks.cpp check_film.cpp check_sound.cpp check_group.cpp later_station.cpp check_beside.cpp check_copies.cpp check_handover.cpp check_import.cpp check_review.cpp import_form.cpp check_receipt.cpp receipt_text.cpp check_renew.cpp check_locked.cpp sha512.cpp)
