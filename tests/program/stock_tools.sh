#!/usr/bin/env bash
# stock_tools.sh PACKAGE.zip ORG.pem TSA.pem: is the package whole, by stock tools alone? Every command that the design's
# "Verifying with stock tools" names, none of this project's programs. Ends at the first thing that is wrong, with its name.
# Prints `fingerprint HEX`, `station|officer1|officer2 HEX` and `ok NAME` lines.
# A-7.2a A-7.4b B-5.4.4a
set -euo pipefail
export LC_ALL=C.UTF-8
zip=$(realpath "$1"); org=$(realpath "$2"); tsa=$(realpath "$3")
work=$(mktemp -d "${TMPDIR:-/tmp}/guzheng-stock.XXXXXX")
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
step=start
trap 'echo "NOT WHOLE at: $step" >&2' ERR
check() { step=$1; shift; "$@" > "$work/last" 2>&1 || { echo "NOT WHOLE at: $step" >&2; cat "$work/last" >&2; exit 1; }; echo "ok $step"; }
seconds_of() { date -u -d "$(openssl ts -reply -in "$1" -text 2>/dev/null | sed -n 's/^Time stamp: //p')" +%s; }

# Container.
step=container
[ "$(unzip -Z1 "$zip" | sort -f | uniq -di | wc -l)" = 0 ]
[ "$(unzip -Z "$zip" | awk '/^[-dl]/ && $6 != "stor"' | wc -l)" = 0 ]
check unzip-test unzip -tq "$zip"
check unzip unzip -n -q "$zip"
id=$(ls -d ??-??-????????-???? | head -1)
after=$work/$id.after
cd "$id"

# Tree and digests.
echo "fingerprint $(sha256sum seal/seal.txt | cut -c1-64)"
check manifest-sha256 sha256sum -c --strict --quiet manifest-sha256.txt
check manifest-md5 md5sum -c --strict --quiet manifest-md5.txt
check tagmanifest sha256sum -c --strict --quiet tagmanifest-sha256.txt
check seal sha256sum -c --strict --quiet seal/seal.txt
listed() {
  cut -c67- manifest-sha256.txt tagmanifest-sha256.txt seal/seal.txt
  printf '%s\n' tagmanifest-sha256.txt seal/seal.txt
}
step=tree
find . ! -type d | sed 's,^\./,,' | LC_ALL=C sort > "$work/there"
listed | LC_ALL=C sort -u > "$work/listed"
check tree diff "$work/there" "$work/listed"
cut -c35- manifest-md5.txt > "$work/md5paths"; cut -c67- manifest-sha256.txt > "$work/shapaths"
check same-payload diff "$work/md5paths" "$work/shapaths"
step=manifest-bytes
find data -type f | LC_ALL=C sort | xargs sha256sum > "$work/manifest"
check manifest-bytes cmp "$work/manifest" manifest-sha256.txt
find data -type f | LC_ALL=C sort | while read -r file; do
  printf '%s  %s\n' "$(openssl dgst -sm3 -r "$file" | cut -c1-64)" "$file"
done > "$work/sm3"
check sm3 cmp "$work/sm3" seal/digests-sm3.txt
step=oxum
oxum="$(find data -type f -printf '%s\n' | awk '{s+=$1; n++} END {print s "." n}')"
check payload-oxum grep -qx "Payload-Oxum: $oxum" bag-info.txt
check identifier grep -qx "External-Identifier: $id" bag-info.txt

# Signatures at the seal's time, with the revocation list.
step=seal-time
T=$(seconds_of "$after/seal.txt.tsr")
cat "$org" seal/certs/org.crl > "$work/t.pem"
for w in station officer1 officer2; do
  if [ "$w" != officer2 ] || [ -e seal/sig-$w.p7s ]; then
    check "signature-$w" openssl cms -verify -binary -inform DER -in seal/sig-$w.p7s -content tagmanifest-sha256.txt -nointern \
      -certfile seal/certs/$w.crt -CAfile "$work/t.pem" -crl_check -attime "$T" -purpose any -out /dev/null
  fi
  step=fingerprint-$w
  print=$(openssl x509 -in seal/certs/$w.crt -noout -fingerprint -sha256 | cut -d= -f2 | tr -d : | tr A-F a-f)
  echo "$w $print"; echo "$print" >> "$work/prints"
  check "people-name-$w" jq -e --arg p "$print" '[.station, .officers[]] | any(.certificate_sha256 == $p)' data/attach/people.json
done
step=distinct-signers
check distinct-signers test "$(sort -u "$work/prints" | wc -l)" = 3
check order-signature openssl cms -verify -binary -inform DER -in data/attach/order.json.p7s -content data/attach/order.json -nointern \
  -certfile seal/certs/officer1.crt -CAfile "$work/t.pem" -crl_check -attime "$T" -purpose any -out /dev/null

# Time stamps: seal, beacon, every head.
stamp() { check "stamp-$1" openssl ts -verify -in "$2" -data "$3" -CAfile "$tsa" -attime "$T"; }
stamp seal "$after/seal.txt.tsr" seal/seal.txt
stamp beacon data/attach/tst/beacon.tsr data/attach/tst/beacon
heads=0
for head in data/attach/tst/*.head; do
  token=$head.tsr; [ -e "$token" ] || token=$after/$(basename "$head").tsr
  stamp "$(basename "$head")" "$token" "$head"
  heads=$((heads + 1))
done
step=heads
check heads test "$heads" -ge 2

# The journal: chain, heads, anchors.
journal=data/attach/journal.log
step=chain
prev=$(printf '0%.0s' $(seq 64)); n=0
while IFS= read -r line; do
  [ "${line:0:8}" = "$(printf %08d "$n")" ] && [ "${line:9:64}" = "$prev" ] || { echo "NOT WHOLE at: journal line $n" >&2; exit 1; }
  prev=$(printf '%s\n' "$line" | sha256sum | cut -c1-64)
  [ ! -e "data/attach/tst/$(printf %08d "$n").head" ] || [ "$(cat "data/attach/tst/$(printf %08d "$n").head")" = "$prev" ] ||
    { echo "NOT WHOLE at: head of line $n" >&2; exit 1; }
  n=$((n + 1))
done < "$journal"
echo "ok journal-chain of $n lines"
check final-head grep -qx "$prev" data/attach/tst/final.head
check line-0-is-the-beacon test "$(head -1 "$journal" | cut -d' ' -f4,5)" = "tsa.beacon sha256:$(sha256sum data/attach/tst/beacon.tsr | cut -c1-64)"
step=challenge
check challenge test "$(grep -m1 ' challenge ' "$journal" | cut -d' ' -f5- | jq -r .code)" = "$(sha256sum data/attach/tst/beacon.tsr | cut -c1-8)"

# Every main file is in the journal once, with its digest; attached files are named by theirs.
step=journal-main
{ grep ' shot ' "$journal" | cut -d' ' -f5,7; grep ' seg.close ' "$journal" | cut -d' ' -f5,7; } | sed 's/ /  /' | LC_ALL=C sort -k2 > "$work/in-journal"
grep '  data/main/' manifest-sha256.txt | LC_ALL=C sort -k2 > "$work/in-manifest"
check journal-names-main diff "$work/in-journal" "$work/in-manifest"
step=journal-attach
grep -E ' (order.recv|people|env.check|device.attest|app.attest|net.change|crash.recover|session.close) ' "$journal" | cut -d' ' -f5- |
  jq -r '(.files // [])[] | .sha256 + "  " + .path' | LC_ALL=C sort -k2 > "$work/in-journal"
grep '  data/attach/' manifest-sha256.txt | grep -v -e 'journal.log$' -e '/tst/' | LC_ALL=C sort -k2 > "$work/in-manifest"
check journal-names-attached diff "$work/in-journal" "$work/in-manifest"

# The film: as many packets as the journal says, readable to the end.
for film in data/main/rec-*.mp4; do
  step=film-$film
  packets=$(ffprobe -v error -count_packets -select_streams v -show_entries stream=nb_read_packets -of csv=p=0 "$film" | tr -d ,)
  said=$(grep ' seg.close ' "$journal" | awk -v p="$film" '$6 == p {print $8}')
  check "packets-$(basename "$film")" test "$packets" = "$said"
  check "plays-$(basename "$film")" ffmpeg -v error -xerror -i "$film" -f null -
done

# What stock tools cannot read: values (jq).
check values-main jq -e --rawfile m manifest-sha256.txt '
  ([.items[] | .path, .hierarchy] + [.recordings[].path] | map(select(. != "")) | sort) ==
  ($m | split("\n") | map(.[66:]) | map(select(startswith("data/main/"))) | sort)' data/attach/values.json
check values-package jq -e --arg id "$id" '.package == $id' data/attach/values.json
check practice-marks jq -es 'map(has("practice")) | unique | length == 1' \
  data/attach/order.json data/attach/people.json data/attach/device.json data/attach/values.json
check order-issuer jq -e --slurpfile people data/attach/people.json \
  '.issuer.certificate_sha256 as $c | $people[0].officers | any(.certificate_sha256 == $c)' data/attach/order.json
check canonical-json bash -c 'for f in data/attach/*.json; do jq -cS . "$f" | cmp - "$f" || exit 1; done'
