#!/usr/bin/env bash
# Runs every command of "Verifying with stock tools", and verify.sh, on a package the program's rooms made.
# B-5.4.4a: integrity can be verified without our software. A-7.4b: digests, stamps.
#   stock_test.sh SAMPLE_BAG_TOOL VERIFY_SH
set -euo pipefail
tool=$1 verify=$2
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

"$tool" "$work/made" >"$work/said" 2>"$work/log" || { cat "$work/log"; fail "sample"; }
id=$(basename "$(sed -n 1p "$work/said")") fingerprint=$(sed -n 2p "$work/said")
org=$work/made/roots/org.pem tsa=$work/made/roots/tsa.pem

# ---- the commands, one by one
cp "$work/made/package.zip" "$work/E.zip"
[ "$(sha256sum <"$work/E.zip" | cut -c1-64)" = "$(jq -r .sha256 "$work/made/$id.handover/export.json")" ] || fail "export record"
cd "$work"
unzip -tq E.zip && unzip -n -q E.zip </dev/null && cd "$id"
[ "$(sha256sum seal/seal.txt | cut -c1-64)" = "$fingerprint" ] || fail fingerprint
sha256sum -c --quiet --strict manifest-sha256.txt
md5sum -c --quiet --strict manifest-md5.txt
sha256sum -c --quiet --strict tagmanifest-sha256.txt
sha256sum -c --quiet --strict seal/seal.txt
diff <(find . ! -type d | sed 's|^\./||' | LC_ALL=C sort) \
     <({ cut -c67- manifest-sha256.txt tagmanifest-sha256.txt seal/seal.txt; echo seal/seal.txt; } | LC_ALL=C sort -u)
T=$(date -d "$(openssl ts -reply -in "../$id.after/seal.txt.tsr" -text 2>/dev/null | sed -n 's/^Time stamp: //p')" +%s)
cat "$org" seal/certs/org.crl >"$work/t.pem"
for w in station officer1 officer2; do
  openssl cms -verify -binary -inform DER -in "seal/sig-$w.p7s" -content tagmanifest-sha256.txt -nointern \
    -certfile "seal/certs/$w.crt" -CAfile "$work/t.pem" -crl_check -attime "$T" -purpose any -out /dev/null
  openssl x509 -in "seal/certs/$w.crt" -noout -fingerprint -sha256
done | sort | uniq -d | grep -q . && fail "two signers share a certificate"
openssl ts -verify -in "../$id.after/seal.txt.tsr" -data seal/seal.txt -CAfile "$tsa" -attime "$T"
for token in data/attach/tst/*.tsr; do openssl ts -verify -in "$token" -data "${token%.tsr}" -CAfile "$tsa"; done
openssl cms -verify -binary -inform DER -in data/attach/order.json.p7s -content data/attach/order.json -nointern \
  -certfile seal/certs/officer1.crt -CAfile "$work/t.pem" -crl_check -attime "$T" -purpose any -out /dev/null
packets=$(ffprobe -v error -count_packets -select_streams v -show_entries stream=nb_read_packets -of csv=p=0 data/main/rec-0000.mp4)
grep -q "data/main/rec-0000.mp4 [0-9]* $packets\$" data/attach/journal.log || fail "packets"
while read -r digest path; do
  [ "$(openssl dgst -sm3 -r "$path" | cut -c1-64)" = "$digest" ] || fail "SM3 of $path"
done <seal/digests-sm3.txt
cmp verify.sh "$verify"
cd "$work"

# ---- verify.sh: the verdict, and its code
expect() {     # CODE WHAT ARGS...
  local wanted=$1 what=$2 code=0; shift 2
  bash "$verify" "$@" >"$work/out" 2>&1 || code=$?
  [ "$code" -eq "$wanted" ] || { cat "$work/out"; fail "$what: exit $code, wanted $wanted"; }
}
roots=(--org-ca "$org" --tsa-ca "$tsa")
expect 6 "the ZIP" E.zip "${roots[@]}"
expect 6 "the folder" "$id" "${roots[@]}"
expect 5 "no roots" E.zip
expect 1 "no package" "${roots[@]}"
expect 2 "no such file" nothing.zip "${roots[@]}"
expect 3 "another bureau's root" E.zip --org-ca "$tsa" --tsa-ca "$tsa"

# ---- one changed byte anywhere is damage
chmod -R u+w "$id" "$id.after"
for file in data/main/rec-0001.mp4 data/attach/journal.log data/attach/tst/final.head bag-info.txt manifest-md5.txt \
            seal/sig-officer1.p7s seal/digests-sm3.txt seal/certs/org.crl seal/seal.txt; do
  cp "$id/$file" "$work/kept"
  byte=$(od -An -tu1 -j40 -N1 "$id/$file" | tr -d ' ')
  printf "\\$(printf %o $((byte ^ 1)))" | dd of="$id/$file" bs=1 seek=40 conv=notrunc status=none
  expect 3 "changed $file" "$id" "${roots[@]}"
  cp "$work/kept" "$id/$file"
done
echo more >"$id/data/main/extra.png"; expect 3 "an extra file" "$id" "${roots[@]}"; rm "$id/data/main/extra.png"
mkdir "$id/data/empty"; expect 3 "an empty folder" "$id" "${roots[@]}"; rmdir "$id/data/empty"
mv "$id/data/main/shot-0002.png" .; expect 3 "a missing file" "$id" "${roots[@]}"; mv shot-0002.png "$id/data/main/"
mv "$id/seal/sig-officer2.p7s" .; expect 3 "a removed signature" "$id" "${roots[@]}"; mv sig-officer2.p7s "$id/seal/"
expect 6 "the folder put right again" "$id" "${roots[@]}"
(cd "$id" && zip -q -r ../deflated.zip . ) ; expect 3 "a ZIP of another make" deflated.zip "${roots[@]}"

# ---- 待签 and 待时间戳 are said
"$tool" "$work/late" --late >/dev/null 2>&1
expect 6 "late" "$work/late/package.zip" --org-ca "$work/late/roots/org.pem" --tsa-ca "$work/late/roots/tsa.pem"
grep -q 待签 "$work/out" && grep -q 待时间戳 "$work/out" || { cat "$work/out"; fail "待签 待时间戳"; }
echo "all stock commands agree"
