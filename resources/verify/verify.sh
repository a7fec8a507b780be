#!/usr/bin/env bash
# 用通用工具核验“固证”证据包。Checks an evidence package with stock tools only; format: FORMAT.md, format number 1.
# 请从办案单位取得本脚本，不要使用有疑问的证据包里自带的那一份。
# Take this script from the bureau, never from the package you doubt.
#
#   verify.sh PACKAGE --org-ca ORG.pem --tsa-ca TSA.pem [--crl NEWER.pem]
#     PACKAGE  证据包文件夹（旁边有 ID.after/）或导出的 package.zip
#     NEWER    单位根证书后来签发的吊销列表，用来看签名人的证书后来是否被吊销 a later revocation list of the bureau's root
#   退出码 exit codes: 0 完整 whole · 1 用法 usage · 2 无法执行 could not run · 3 已损坏 damaged
#                      4 不完整 incomplete · 5 无法判断 cannot tell (a root is missing) · 6 练习 practice
set -u
export LC_ALL=C TZ=UTC

usage() { sed -n '2,11s/^# \{0,1\}//p' "$0"; exit "$1"; }
cannot_run() { echo "[could-not-run] $1"; exit 2; }

package='' org_ca='' tsa_ca='' crl=''
while [ $# -gt 0 ]; do
  case $1 in
    --org-ca) org_ca=${2:-}; shift $(( $# > 1 ? 2 : 1 )) ;;
    --tsa-ca) tsa_ca=${2:-}; shift $(( $# > 1 ? 2 : 1 )) ;;
    --crl) crl=${2:-}; shift $(( $# > 1 ? 2 : 1 )) ;;
    -h|--help) usage 0 ;;
    -*) echo "不认识的选项 unknown option: $1"; usage 1 ;;
    *) [ -z "$package" ] || usage 1; package=$1; shift ;;
  esac
done
[ -n "$package" ] || usage 1
for tool in awk cmp date diff find jq md5sum openssl sha256sum sha512sum sort split unzip xargs zipinfo; do
  command -v "$tool" >/dev/null || cannot_run "缺少工具 missing tool: $tool"
done
for file in "$org_ca" "$tsa_ca" "$crl"; do
  [ -z "$file" ] || [ -r "$file" ] || cannot_run "读不到证书 cannot read: $file"
done
[ -e "$package" ] || cannot_run "没有这个文件 no such file: $package"
absolute() { case $1 in /*|'') printf %s "$1" ;; *) printf %s "$PWD/$1" ;; esac; }
package=$(absolute "$package") org_ca=$(absolute "$org_ca") tsa_ca=$(absolute "$tsa_ca") crl=$(absolute "$crl")
[ -z "$crl" ] || [ -z "$org_ca" ] || openssl crl -in "$crl" -noout -verify -CAfile "$org_ca" 2>&1 | grep -q 'verify OK' || cannot_run "--crl 不是所给单位根证书签发的吊销列表 not a list of the given root"
work=$(mktemp -d) || cannot_run "无法建立临时文件夹 no temporary folder"
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT

damage=0 missing='' incomplete='' practice=''
good() { echo "[ok] $1：$2"; }
bad() { damage=$((damage + 1)); echo "[BAD] $1：$2"; }
check() { local code=$1 yes=$2 no=$3; shift 3; if "$@" >/dev/null 2>"$work/err"; then good "$code" "$yes"; else bad "$code" "$no"; fi; }
lacking() { case " $missing " in *" $1 "*) ;; *) missing="$missing $1" ;; esac; echo "[--] $1：$2"; }
note() { echo "[ok] $1：$2"; }
late() { incomplete="$incomplete；$1"; echo "[..] $1"; }
verdict() { echo "结论 verdict：$2"; exit "$1"; }
stop_if_damaged() { [ "$damage" -eq 0 ] || verdict 3 "已损坏 damaged：有 $damage 处与封存时不符，见上面标 [BAD] 的各行"; }

# ---- 1 容器 container: nothing is unpacked before its list has been looked at
# What zipinfo -v tells of each entry, held to the one form that FORMAT.md 9 allows.
one_form() {
  zipinfo -v "$package" 2>/dev/null | awk '
    function want(label, value) { if (index($0, "  " label ":") == 1) { sub(/^[^:]*: +/, ""); if ($0 != value) { print label ": " $0; bad = 1 } } }
    /^Central directory entry #/ { getline; getline; getline; name = $0; sub(/^ +/, "", name)
                                   mode = name ~ /^[^\/]*\/verify\.sh$/ ? "100755" : "100644" }
    { want("file system or operating system of origin", "Unix"); want("version of encoding software", "3.0"); want("compression method", "none (stored)")
      want("minimum file system compatibility required", "MS-DOS, OS/2 or NT FAT"); want("file security status", "not encrypted")
      want("extended local header", "no"); want("file last modified on (DOS date/time)", "1980 Jan 1 00:00:00"); want("length of file comment", "0 characters")
      want("disk number on which file begins", "disk 1"); want("apparent file type", "binary"); want("MS-DOS file attributes (00 hex)", "none") }
    /^  Unix file attributes/ { if (index($0, "(" mode " octal)") == 0) { print name " " $0; bad = 1 } }
    END { exit bad }'
}
# Names and contents fill the file to its last byte: 30 bytes and the name before each content, 46 and the name in the directory, 22 at the
# end. Larger ones have ZIP64 fields besides.
fills_the_file() {
  local size count; size=$(wc -c <"$package") count=$(wc -l <"$work/entries")
  [ "$(tail -c 22 "$package" | od -An -tx1 -N4 | tr -d ' \n')" = 504b0506 ] && [ "$(tail -c 2 "$package" | od -An -tx1 | tr -d ' \n')" = 0000 ] || return 1
  [ "$size" -lt 4294967295 ] && [ "$count" -lt 65535 ] || return 0
  [ "$(awk '{ n += 76 + 2 * length($9) + $4 } END { print n + 22 }' "$work/entries")" -eq "$size" ]
}
unpack() {
  zipinfo -s "$package" >"$work/list" 2>/dev/null || { bad zip.form "不是可读的 ZIP 文件"; return; }
  grep -E '^[-dlbcps?][-rwxst]{9} ' "$work/list" >"$work/entries"
  awk '{ method = $6; name = $9; if (substr($1, 1, 1) != "-" || method != "stor" || NF != 9) exit 1
         if (name !~ /^[A-Z][A-Z]-[0-9][0-9]-[0-9]+-[0-9]+(\.(after|enc|group|receipt|renew|report|review))?(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/) exit 1
         if (tolower(name) in seen) exit 1; seen[tolower(name)] = 1; if (name <= last) exit 1; last = name }' "$work/entries" ||
    { bad zip.entries "ZIP 中有压缩、重名、乱序或不允许的条目，未解包"; return; }
  [ "$(awk '{ print $9 }' "$work/entries" | cut -d/ -f1 | cut -d. -f1 | sort -u | wc -l)" -eq 1 ] || { bad zip.entries "ZIP 中不止一个证据包"; return; }
  fills_the_file || { bad zip.size "ZIP 前后或条目之间有多余的字节，未解包"; return; }
  one_form >"$work/err" || { bad zip.directory "ZIP 目录不是规定的写法：$(head -n 1 "$work/err")"; return; }
  mkdir "$work/unpacked"
  unzip -q -n "$package" -d "$work/unpacked" </dev/null >/dev/null 2>&1 || { bad zip.crc "ZIP 内容与其校验值不符"; return; }
  good zip.entries "ZIP 中都是原样存放、无重名的文件，没有多余的字节"
  bag=$(find "$work/unpacked" -mindepth 1 -maxdepth 1 -type d ! -name '*.*')
}
bag=''
if [ -d "$package" ]; then bag=${package%/}; else unpack; fi
stop_if_damaged
[ -n "$bag" ] && [ -f "$bag/bagit.txt" ] || { bad tree.shape "没有证据包文件夹或 bagit.txt"; stop_if_damaged; }
id=${bag##*/} after=$bag.after parts=$bag.enc
if [ -f "$package" ]; then handover=${package%/*}/$id.handover; else handover=$bag.handover; fi
cd "$bag" || cannot_run "进不了文件夹 cannot enter $bag"

# Content in encrypted parts (the vault's form, FORMAT.md 11): parts, lists and all that lies in clear are looked at; what is in them only the
# program can tell, with a key.
# A plain file that still stands beside its parts counts instead of them; when all stand, the package is judged as any other.
in_parts() { (cd "$bag/.." && find "$id/data" "$id.report" -name '*.p7m.[0-9][0-9][0-9][0-9]' 2>/dev/null | sort); }
without_plain() { while IFS= read -r line; do [ -f "$bag/../${line%.p7m.[0-9][0-9][0-9][0-9]}" ] || printf '%s\n' "$line"; done; }
whole=(! -path 'data/*.p7m.[0-9][0-9][0-9][0-9]')
encrypted='' locked=''
[ -z "$(in_parts)" ] || encrypted=yes
[ -z "$(in_parts | without_plain)" ] || locked=yes
unless_locked() { [ -n "$locked" ] || "$@"; }
named_files() { if [ -n "$encrypted" ]; then sed 's/\.p7m\.[0-9][0-9][0-9][0-9]$//' | sort -u; else sort; fi; }      # of parts the file they hold
has_payload() { [ -f "$1" ] || { [ -n "$locked" ] && [ -n "$(payload_digest "$1")" ]; }; }
payload_digest() { awk -v path="$1" 'substr($0, 67) == path { print substr($0, 1, 64); exit }' manifest-sha256.txt; }
newest_list() { find "$parts" -mindepth 2 -maxdepth 2 -path '*/[0-9][0-9][0-9]/parts-sha256.txt' 2>/dev/null | sort | tail -n 1; }
ends_in_lf() { [ ! -s "$1" ] || [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 0a ]; }      # the tools do not mind, the form does
parts_whole() {      # what sha256sum printed for every part that is there, each file's numbered from 0000 on
  local list; list=$(newest_list); [ -n "$list" ] || return 1
  ends_in_lf "$list" || return 1
  while IFS= read -r line; do [ -f "$bag/../$(sed 's/^.\{66\}//; s/\.p7m\.[0-9]*$//' <<<"$line")" ] || printf '%s\n' "$line"; done <"$list" >"$work/held"
  ! grep -qvE '^[0-9a-f]{64}  .*\.p7m\.[0-9]{4}$' "$list" && { [ ! -s "$work/held" ] || (cd "$bag/.." && sha256sum -c --quiet --strict "$work/held") >/dev/null 2>&1; } &&
    LC_ALL=C sort -c -u -k2 "$list" 2>/dev/null && [ -z "$(comm -13 <(cut -c67- "$list") <(in_parts))" ] &&
    cut -c67- "$list" | awk '{ n = substr($0, length($0) - 3) + 0; of = substr($0, 1, length($0) - 9); if (n != (of == last ? before + 1 : 0)) exit 1; last = of; before = n }'
}
[ -z "$encrypted$(newest_list)" ] || check parts.list "加密的各块与其清单一致" "加密的块被改动、增加、缺少，或没有清单" parts_whole

# ---- 2 文件树与清单 tree and lists: what sha256sum prints for the files in byte order is the manifest, byte for byte
digests() { find "$1" -type f "${whole[@]}" -print0 | sort -z | xargs -0 "$2"; }
same_list() { local made=$work/made; eval "$1" >"$made" 2>/dev/null && cmp -s "$made" "$2"; }
check tree.bagit "BagIt 标记正确" "bagit.txt 不是规定的内容" cmp -s bagit.txt <(printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
plain_as_listed() {
  while IFS= read -r line; do [ ! -f "${line:66}" ] || printf '%s\n' "$line"; done <manifest-sha256.txt >"$work/held"
  [ ! -s "$work/held" ] || sha256sum -c --quiet --strict "$work/held" >/dev/null 2>&1
}
[ -z "$locked" ] || check manifest.sha256 "没有加密的文件与清单一致" "有没有加密的文件被改动" plain_as_listed
unless_locked check manifest.sha256 "data/ 下每个文件的 SHA-256 与清单一致" "data/ 下有文件被改动、增加或缺少（SHA-256）" same_list 'digests data sha256sum' manifest-sha256.txt
unless_locked check manifest.md5 "每个文件的 MD5 与清单一致" "MD5 清单不符" same_list 'digests data md5sum' manifest-md5.txt
sm3_list() { find data -type f "${whole[@]}" -print0 | sort -z | xargs -0 openssl dgst -sm3 -r | sed 's/ \*/  /'; }
unless_locked check manifest.sm3 "每个文件的 SM3 与清单一致" "SM3 清单不符" same_list sm3_list seal/digests-sm3.txt
check manifest.tags "说明文件与标签清单一致" "标签文件被改动" \
  same_list 'sha256sum VERIFY.txt bag-info.txt bagit.txt manifest-md5.txt manifest-sha256.txt verify.sh' tagmanifest-sha256.txt
seal_list() { { find seal -type f ! -path seal/seal.txt -print0; printf 'tagmanifest-sha256.txt\0'; } | sort -z | xargs -0 sha256sum; }
check seal.list "seal.txt 与标签清单、签名、证书一致" "seal.txt 列出的文件被改动、增加或缺少" same_list seal_list seal/seal.txt
listed() { cut -c67- manifest-sha256.txt tagmanifest-sha256.txt seal/seal.txt 2>/dev/null; printf 'seal/seal.txt\n'; }
check tree.exact "没有清单以外的文件、链接或空文件夹" "有清单以外的文件、链接或空文件夹" \
  sh -c 'diff "$1" "$2" && [ -z "$(find . -type l -o -type d -empty)" ]' _ <(find . ! -type d | sed 's|^\./||' | named_files) <(listed | sort -u)
seal_names() {
  find seal -type f ! -path seal/sig-officer2.p7s | sort | cmp -s - <(printf 'seal/%s\n' certs/officer1.crt certs/officer2.crt certs/org.crl certs/org.crt certs/station.crt certs/tsa.crt \
    digests-sm3.txt seal.txt sig-officer1.p7s sig-station.p7s)
}
check tree.seal "seal/ 中的文件齐全" "seal/ 中缺少文件，或有不应有的文件" seal_names
beside() {      # files of the folders beside the bag, as FORMAT.md 1 and 4.5 name them
  local part name
  for part in after enc group receipt renew report review; do
    [ -e "$bag.$part" ] || [ -L "$bag.$part" ] || continue
    [ -d "$bag.$part" ] && [ ! -L "$bag.$part" ] && [ -z "$(find "$bag.$part" -mindepth 1 \( -type d -empty -o ! -type d ! -type f \))" ] || return 1
    while read -r name; do
      case $part/$name in
        after/*) ;;
        *.p7s | *.tsr) of=${name%.*}; [ "$part" != renew ] || of=${of%.2}; [ -f "$bag.$part/$of" ] || [ -f "$bag.$part/$of.p7m.0000" ] || return 1 ;;      # about what is there
      esac
      case $part/$name in report/*.pdf.p7m.[0-9][0-9][0-9][0-9] | report/*.png.p7m.[0-9][0-9][0-9][0-9]) name=${name%.p7m.*} ;; esac
      case $part/$name in
        enc/000/* | renew/000/* | report/000/* | review/000/* | report/[0-9][0-9][0-9]/copy-0000.png) return 1 ;;
        enc/[0-9][0-9][0-9]/parts-sha256.txt) [ -f "$bag.enc/$name.p7s" ] || return 1 ;;
        enc/[0-9][0-9][0-9]/parts-sha256.txt.p7s | enc/[0-9][0-9][0-9]/parts-sha256.txt.p7s.tsr) ;;
        after/seal.txt.tsr | after/seal.txt.2.tsr | after/sig-officer2.p7s | after/sig-officer2.p7s.tsr) ;;
        after/final.head.tsr | after/final.head.2.tsr | after/[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9].head.tsr | after/[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9].head.2.tsr)
          has_payload "data/attach/tst/${name%%.*}.head" && ! has_payload "data/attach/tst/$name" || return 1 ;;
        receipt/central.txt | receipt/central.txt.p7s | receipt/central.txt.p7s.tsr) ;;
        renew/[0-9][0-9][0-9]/index-sha512.txt | renew/[0-9][0-9][0-9]/index-sha512.txt.tsr | renew/[0-9][0-9][0-9]/index-sha512.txt.2.tsr) ;;
        report/[0-9][0-9][0-9]/report.pdf | report/[0-9][0-9][0-9]/report.pdf.p7s | report/[0-9][0-9][0-9]/report.pdf.p7s.tsr) ;;
        report/[0-9][0-9][0-9]/copies.json | report/[0-9][0-9][0-9]/copies.json.p7s | report/[0-9][0-9][0-9]/copies.json.p7s.tsr) ;;
        report/[0-9][0-9][0-9]/copy-[0-9][0-9][0-9][0-9].png) ;;
        group/group.json | group/group.json.p7s | group/group.json.p7s.tsr) ;;
        review/[0-9][0-9][0-9]/review.json | review/[0-9][0-9][0-9]/review.json.p7s | review/[0-9][0-9][0-9]/review.json.p7s.tsr) ;;
        *) return 1 ;;
      esac
    done < <(find "$bag.$part" -type f -printf '%P\n' | named_files)
  done
  [ ! -f "$after/sig-officer2.p7s.tsr" ] || [ -f "$after/sig-officer2.p7s" ] || return 1
  [ ! -f "$after/sig-officer2.p7s" ] || [ ! -f seal/sig-officer2.p7s ]
}
handover_names() {
  [ ! -d "$handover" ] || { [ -f "$package" ] && [ ! -f "$handover/export.json" ]; } ||
    { [ -z "$(find "$handover" -mindepth 1 \( ! -type f -o ! -name export.json ! -name export.json.p7s ! -name export.json.p7s.tsr \))" ] &&
      { [ ! -e "$handover/export.json.p7s" ] || [ -f "$handover/export.json" ]; } && { [ ! -e "$handover/export.json.p7s.tsr" ] || [ -f "$handover/export.json.p7s" ]; }; }
}
check handover.names "移交记录的文件夹里只有应有的文件" "移交记录的文件夹里有不应有的文件" handover_names
check beside.names "包旁的文件夹里只有应有的文件" "包旁的文件夹里有不应有的文件" beside
info() { sed -n "s/^$1: //p" bag-info.txt; }
check bag-info.labels "bag-info.txt 的各项齐全、次序正确" "bag-info.txt 的各项不合规定" \
  cmp -s <(sed 's/: .*//' bag-info.txt) <(printf '%s\n' Source-Organization Capturing-Unit External-Identifier Internal-Sender-Identifier Bagging-Date Bagging-Software \
    Payload-Oxum Package-State Package-Format; grep -q '^Practice: ' bag-info.txt && echo Practice)
check bag-info.id "文件夹名就是包号" "文件夹名与 External-Identifier 不同" [ "$(info External-Identifier)" = "$id" ]
oxum=$(find data -type f "${whole[@]}" -printf '%s\n' | awk '{ b += $1 } END { printf "%d.%d", b, NR }')
unless_locked check bag-info.oxum "字节数和文件数与 Payload-Oxum 一致" "Payload-Oxum 不符" [ "$(info Payload-Oxum)" = "$oxum" ]
stop_if_damaged
fingerprint=$(sha256sum <seal/seal.txt | cut -c1-64)
echo "封签指纹 fingerprint：$fingerprint（应与报告、回执所印一致）"

# ---- 3 时间戳 time stamps
digest_of() { local sum; sum=$(sha256sum <"$1" 2>/dev/null); echo "${sum:0:64}"; }
ms() { date -d "$1" +%s%3N 2>/dev/null; }
now=$(date +%s%3N)
# Renewals say until when the tokens they list must have stood: PATH SECONDS of the first that covers it.
: >"$work/renewed"
# token FILE DATA SHOWN: granted, over DATA (a file, or "sha256:" and its digest), by the given authority, valid at its own time; sets `at` (ms). Whether the authority's
# certificates still stand, or stood when a renewal covered the token, is told apart.
token() {
  at=
  local granted digest imprint when until wanted=${2#sha256:} over=(-digest "${2#sha256:}")
  case $2 in sha256:*) ;; *) wanted=$(digest_of "$2") over=(-data "$2") ;; esac
  read -r granted digest imprint when < <(openssl ts -reply -in "$1" -text 2>/dev/null | awk '
    /^Status: / { granted = $2 } /^Hash Algorithm: / { digest = $3 } /^Time stamp: / { sub(/^Time stamp: /, ""); when = $0 }
    /^Message data:/ { on = 1; next } on && /^ +[0-9a-f]+ - / { hex = substr($0, index($0, " - ") + 3, 48); gsub(/[^0-9a-f]/, "", hex); imprint = imprint hex; next } { on = 0 }
    END { print granted, digest, imprint, when }')
  [ "$granted $digest" = 'Granted. sha256' ] && [ "$imprint" = "$wanted" ] || return 1
  at=$(ms "$when"); [ -n "$at" ] || return 1
  [ "$at" -le $((now + 5000)) ] || { at=; return 1; }
  [ -n "$tsa_ca" ] || return 0
  openssl ts -verify -in "$1" "${over[@]}" -CAfile "$tsa_ca" -attime $((at / 1000)) >/dev/null 2>&1 || { at=; return 1; }
  until=$((now / 1000))
  [ ! -s "$work/renewed" ] || until=$(awk -v path="$3" -v now="$until" '$1 == path { now = $2; exit } END { print now }' "$work/renewed")
  openssl ts -verify -in "$1" "${over[@]}" -CAfile "$tsa_ca" -attime "$until" >/dev/null 2>&1 ||
    lacking renewal "$3 的时间戳机构证书已过期，没有在到期前做的续期时间戳" >>"$work/lacking"
  return 0
}
token_ms() { ms "$(openssl ts -reply -in "$1" -text 2>/dev/null | sed -n 's/^Time stamp: //p')"; }
[ -n "$tsa_ca" ] || lacking tsa-ca "没有给出时间戳机构根证书（--tsa-ca），时间戳不能判断"
[ -n "$org_ca" ] || lacking org-ca "没有给出单位根证书（--org-ca），签名不能判断"
sealed=$now
[ -f "$after/seal.txt.tsr" ] && sealed=$(token_ms "$after/seal.txt.tsr")
sealed=${sealed:-$now}
in_clear() { if [ -n "$locked" ]; then while IFS= read -r line; do [ -f "${line:130}.p7m.0000" ] || printf '%s\n' "$line"; done; else cat; fi; }
renewals() {
  local number=0 folder index before=$sealed when
  while number=$((number + 1)) folder=$bag.renew/$(printf %03d $number); [ -d "$folder" ]; do
    index=$folder/index-sha512.txt
    [ -f "$index" ] && [ -f "$index.tsr" ] || return 1
    when=$(token_ms "$index.tsr"); [ -n "$when" ] && [ "$when" -ge "$before" ] && [ "$when" -le $((now + 5000)) ] || return 1
    before=$when
    ends_in_lf "$index" || return 1
    awk 'length($1) != 128 || substr($0, 129, 2) != "  " || $2 <= last { exit 1 } { last = $2 }' "$index" || return 1
    (cd "$bag/.." && in_clear <"$index" | sha512sum -c --quiet --strict) >/dev/null 2>&1 || return 1
    # the whole bag, the seal's stamp and the renewals before it; nothing that is not of this package
    { find "$id" -type f | named_files; [ ! -f "$id.after/seal.txt.tsr" ] || echo "$id.after/seal.txt.tsr"
      for ((n = 1; n < number; n++)); do find "$id.renew/$(printf %03d $n)" -type f; done; } 2>/dev/null | sort >"$work/must"
    cut -c131- "$index" >"$work/listed"
    [ -z "$(comm -23 "$work/must" "$work/listed")" ] || return 1
    ! grep -qvE "^$id(\.(after|group|receipt|report|review))?/" <(comm -13 "$work/must" "$work/listed") || return 1
    cut -c131- "$index" | awk -v when=$((when / 1000)) -v known="$work/renewed" '
      BEGIN { while ((getline line < known) > 0) { split(line, f, " "); there[f[1]] = 1 } } !($1 in there) { print $1, when }' >"$work/more"
    cat "$work/more" >>"$work/renewed"
  done
  [ "$(find "$bag.renew" -mindepth 1 -maxdepth 1 | wc -l)" -eq $((number - 1)) ]
}
if [ -d "$bag.renew" ]; then
  (cd "$bag/.." && renewals); renewed=$?
  check renew.index "续期时间戳的清单与文件一致" "续期的编号、清单、时间次序或所列文件不符" [ "$renewed" -eq 0 ]
  stop_if_damaged
  for index in "$bag".renew/*/index-sha512.txt; do
    check renew.stamp "续期时间戳 $(basename "$(dirname "$index")") 有效" "续期时间戳无效" token "$index.tsr" "$index" "$id.renew/${index#"$bag".renew/}.tsr"
    [ ! -f "$index.2.tsr" ] || check renew.stamp2 "续期时间戳 $(basename "$(dirname "$index")")（第二机构）有效" "第二机构的续期时间戳无效" \
      token "$index.2.tsr" "$index" "$id.renew/${index#"$bag".renew/}.2.tsr"
  done
fi
if [ -f "$after/seal.txt.tsr" ]; then
  check stamp.seal "封存时间戳有效" "封存时间戳不是对 seal.txt 的有效时间戳" token "$after/seal.txt.tsr" seal/seal.txt "$id.after/seal.txt.tsr"
  check stamp.now "封存时间不在将来" "封存时间戳的时间在将来" [ "$sealed" -le $((now + 5000)) ]
else
  late 待时间戳
fi
[ ! -f "$after/seal.txt.2.tsr" ] || check stamp.seal2 "第二机构的封存时间戳有效" "第二机构的封存时间戳不是对 seal.txt 的有效时间戳" token "$after/seal.txt.2.tsr" seal/seal.txt "$id.after/seal.txt.2.tsr"

if [ -z "$locked" ]; then      # until the end of part 5
# ---- 4 操作日志 journal: one file a line, digested at once, then the chain compared line by line
journal=data/attach/journal.log tst=data/attach/tst
mkdir "$work/lines" && split -l 1 -d -a 8 "$journal" "$work/lines/"
(cd "$work/lines" && find . -type f | sort | xargs sha256sum | cut -c1-64) >"$work/heads"
chain() {
  [ -s "$journal" ] && ends_in_lf "$journal" &&
  paste -d ' ' "$work/heads" "$journal" | awk -v zeros="$(printf '%064d' 0)" '
    BEGIN { previous = zeros }
    { if ($2 != sprintf("%08d", NR - 1) || $3 != previous || length($4) != 29) { print "line " NR - 1; exit 1 }
      zone = substr($4, 24); if (NR > 1 && (zone != first || $4 < time)) { print "time " NR - 1; exit 1 }
      first = NR == 1 ? zone : first; time = $4; previous = $1; kind[NR] = $5
      # what was said at the start; a pause is a gap, and nothing is done to the phone in it (FORMAT.md 5.1, 5.3)
      people = people || $5 == "people"; looked = looked || $5 == "env.check"; torn = torn || $5 == "crash.recover"
      if ($5 == "confirm" && (!people || looked)) { print "confirm " NR - 1; exit 1 }
      pause_gap = $5 == "gap.begin" && $6 ~ /,"reason":"pause[:"]/
      if (pause_gap && !paused) { print "pause " NR - 1; exit 1 }
      gap = gap || pause_gap
      if (paused && $5 == "input" && $6 != "{\"act\":\"reset-video\",\"by\":\"recorder\"}" && $6 !~ /^\{"act":"clipboard",.*"salted":/) { print "pause " NR - 1; exit 1 }
      if (paused && $5 ~ /^(resume|session\.close)$/ && !gap && !torn || ($5 == "pause" && paused) || ($5 == "resume" && !paused)) { print "pause " NR - 1; exit 1 }
      if ($5 == "pause") { paused = 1; gap = torn = 0 }
      if ($5 == "resume") paused = 0 }
    END { if (kind[1] !~ /^tsa\.(beacon|none)$/ || kind[2] != "session.open" || kind[NR] != "session.close") exit 1 }'
}
check journal.chain "操作日志 $(wc -l <"$journal") 行，链条完整，时间不倒退" "操作日志的链条断开、编号或时间不对" chain
mkdir "$work/kinds" && awk -v to="$work/kinds/" '$4 ~ /^[a-z.]+$/ { kind = to $4; sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, ""); print >kind }' "$journal"
lines() { [ ! -f "$work/kinds/$1" ] || printf '%s\n' "$(<"$work/kinds/$1")"; }      # bodies of a kind
# Each statement at the start has its own answer; earlier versions wrote text and who alone (FORMAT.md 5.6).
statements() {
  lines confirm | jq -se --argjson torn "$([ -f "$work/kinds/crash.recover" ] && echo true || echo false)" '
    all(keys == ["text", "who"]) or ((length % 2 == 0 or $torn) and (to_entries | all(
      .key as $n | .value | .no == ($n / 2 | floor) + 1 and (
        if $n % 2 == 0 then .act == "say" and keys == ["act", "no", "text", "title", "who"] and all(.text, .title, .who; type == "string" and . != "")
        else .act == "answer" and (.who | type == "string") and (.text | type == "string") and (
          if .result == "refuses" then keys == ["act", "no", "reason", "result", "text", "who"] and all(.reason, .text, .who; type == "string" and . != "")
          else keys == ["act", "no", "result", "text", "who"] and (
            if .result == "consents" then .text != "" and .who != "" elif .result == "silent" then .who != "" else .result == "absent" and .who == "" end) end) end))))' >/dev/null
}
check journal.statements "开始前的告知各有各的回答" "开始前的告知与回答不成对" statements
# The element under a finger is of a layout no older than ten seconds (FORMAT.md 5.3).
elements() {
  lines input | { grep -F ',"on":{' || :; } | jq -se '
    all(.act == "touch" and .do == "down" and (.on | keys == ["age_ms", "alone", "bounds", "class", "id", "screen", "text"] and all(.age_ms, .bounds[], .screen[]; type == "number")
      and .age_ms >= 0 and .age_ms <= 10000 and (.bounds | length == 4) and (.screen | length == 2) and (.alone | type == "boolean") and all(.class, .id, .text; type == "string") and (.text != "" or (.alone | not))))' >/dev/null
}
check journal.elements "点按处的界面元素取自十秒以内的页面布局" "点按处的界面元素不合规定" elements
main_listed() { { { lines seg.close; lines shot; } | awk '{ print $1 "  " $2 }'; lines import | jq -r '.sha256 + "  " + .path'; } | sort -k2; }
imported() { [ "$(jq -r .type data/attach/order.json 2>/dev/null)" = 导入 ]; }      # FORMAT.md 6.2: no phone, no film
check journal.main "录像、截图与日志中的指纹一一对应" "录像或截图与日志不符" diff <(main_listed) <(grep ' data/main/' manifest-sha256.txt)
attached() { awk '$5 ~ /^\{/ { sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, ""); print }' "$journal" | jq -r '.files[]? | .sha256 + "  " + .path' | sort -k2; }
check journal.files "指令、人员、环境、设备等附属信息与日志中的指纹一一对应" "附属信息与日志不符" \
  diff <(attached) <(grep ' data/attach/' manifest-sha256.txt | grep -v -e ' data/attach/journal.log$' -e ' data/attach/tst/')

# 长页 (FORMAT.md 6.3): which screenshots are one page; that their rows are equal is proved by whoever draws it
long_pages() {
  local no=0 path
  [ "$(attached | grep -c ' data/attach/long-')" -eq "$(lines long | grep -c .)" ] || return 1
  while read -r line; do
    no=$((no + 1)) path=data/attach/long-$(printf %04d $no).json
    [ "$(jq -r '[(keys | join(" ")), .no, (.files | length), .files[0].path] | map(tostring) | join(" ")' <<<"$line")" = "files no $no 1 $path" ] || return 1
    jq -e --argjson no $no 'keys == ["no", "overlaps", "pages", "title"] and .no == $no and (.title | type == "string") and ([.pages, .overlaps] | all(type == "array")) and
      (.pages | length) >= 2 and (.overlaps | length) == (.pages | length) - 1 and all(.overlaps[]; keys == ["rows", "shift", "top"] and all(.[]; type == "number" and . == floor)
      and .rows > 0 and .shift > 0 and .top >= 0) and all(.pages[]; keys == ["path", "sha256"]) and ([.pages[].path] | . == (sort | unique))' "$path" >/dev/null 2>&1 || return 1
    awk -v path="$path" '$4 == "long" && index($0, "\"" path "\"") { exit } $4 == "shot" && $6 ~ /\.png$/ { print $5 "  " $6 }' "$journal" >"$work/taken"
    ! jq -r '.pages[] | .sha256 + "  " + .path' "$path" | grep -qvxFf "$work/taken" || return 1
  done < <(lines long)
}
check journal.long "长页所列截图与日志一致" "长页的说明不合格式，或与截图不符" long_pages

# ---- 5 日志时间戳 heads: every one is the digest of its line, stamped in time, never going back
# What the journal says of late stamps: its stamp-late gaps (first and last line, their times) and its crashes.
awk '{ print $3 }' "$journal" | date -f - +%s%3N >"$work/times" 2>/dev/null || cannot_run "读不出日志的时间 journal times"
paste -d ' ' "$work/times" "$journal" >"$work/timed"
awk '$5 == "gap.begin" && $6 ~ /^\{"gap":[0-9]+,"reason":"stamp-late[:"]/ { split($6, part, /[:,]/); begun[part[2]] = $2; at[part[2]] = $1 }
     $5 == "gap.end" { split($6, part, /[:,]/); if (part[2] in begun) print begun[part[2]], $2, at[part[2]], $1 }' "$work/timed" >"$work/late"
awk '$5 == "crash.recover" { print $2 }' "$work/timed" >"$work/crashes"
last=$(printf %08d $(($(wc -l <"$journal") - 1)))
says_late() {       # FROM TO, numbers of lines
  awk -v a="$1" -v b="$2" '$1 + 0 <= b + 0 && $2 + 0 >= a + 0 { found = 1 } END { exit !found }' "$work/late" ||
  awk -v a="$1" -v b="$2" '$1 + 0 > a + 0 && $1 + 0 <= b + 0 { found = 1 } END { exit !found }' "$work/crashes"
}
mark_late() { case $incomplete in *迟于*) ;; *) late "有时间戳迟于 120 秒" ;; esac; }
# Each screenshot has a head of its line or of one at most 120 s later; nowhere more than 120 s without a head.
stretches() {
  awk -v late="$work/late" -v crashes="$work/crashes" -v stretched="$work/stretched" '
    function in_time(a, b,  i) {
      if (time[b] - time[a] <= 120000) return 1
      print b >stretched      # said or not: not whole
      for (i = 0; i < gaps; i++) if (from[i] <= b && to[i] >= a) return 1
      for (i = 0; i < torn; i++) if (crash[i] > a && crash[i] <= b) return 1
      return 0 }
    BEGIN { gaps = torn = shots = 0
            while ((getline line < late) > 0) { split(line, f, " "); from[gaps] = f[1] + 0; to[gaps++] = f[2] + 0 }
            while ((getline line < crashes) > 0) crash[torn++] = line + 0 }
    { time[NR - 1] = $1 }
    $5 == "tsa.anchor" { head[$6 + 0] = 1 }
    $5 == "shot" && $7 ~ /\.png$/ { shot[shots++] = NR - 1 }
    END { before = 0
          for (i = 0; i < NR; i++) if (i in head || i == NR - 1) { if (!in_time(before, i)) { print "line " i; exit 1 }; before = i }
          for (k = 0; k < shots; k++) { for (i = shot[k]; i < NR && !(i in head); i++); if (i == NR || !in_time(shot[k], i)) { print "shot " shot[k]; exit 1 } } }
  ' "$work/timed"
}
check stamp.stretch "每张截图、每段 120 秒都有时间戳，没有的日志已写明" "有截图或一段超过 120 秒没有时间戳，日志也没有写明" stretches
[ ! -s "$work/stretched" ] || mark_late
head_fine() {       # NAME LINE TOKEN LATE-ALLOWED SHOWN; sets `stamped`
  local line=${times[10#$2]} head
  IFS= read -r -d '' head <"$tst/$1.head"
  [ "$head" = "${line_heads[10#$2]}"$'\n' ] || return 1
  token "$3" "$tst/$1.head" "$5" || return 1
  [ "$at" -ge $((line - 5000)) ] || return 1
  [ "$at" -ge "$stamped" ] || [ -n "$4" ] || return 1
  if [ "$at" -gt $((line + 120000)) ]; then
    [ "$1" != final ] || [ -n "$4" ] || return 1
    mark_late
    [ "$1" = final ] || says_late "$2" "$(awk -v at="$at" -v n="$2" '$1 + 0 <= at + 0 { n = $2 } END { print n }' "$work/timed")" || return 1
  fi
  [ "$at" -le $((now + 5000)) ] || return 1
  stamped=$at
}
stamped=0
mapfile -t times <"$work/times"
mapfile -t line_heads <"$work/heads"
beacon_fine() {
  local line=${times[0]} digest; digest=$(digest_of $tst/beacon.tsr)
  [ "$(lines tsa.beacon)" = "sha256:$digest" ] && token $tst/beacon.tsr $tst/beacon "$id/$tst/beacon.tsr" &&
    [ "$at" -le $((line + 5000)) ] && [ "$at" -ge $((line - 120000)) ] && stamped=$at &&
    { imported || case $(lines challenge) in '{"code":"'"${digest:0:8}"'",'*) ;; *) false ;; esac; }
}
if [ -f $tst/beacon.tsr ]; then
  check stamp.beacon "开始时间戳有效，取证不早于 $(date -d "@$(($(token_ms $tst/beacon.tsr) / 1000))" +%FT%TZ)" "开始时间戳或其对应的日志行、口令不符" beacon_fine
else
  check stamp.none "没有开始时间戳，日志已写明原因" "没有开始时间戳，日志也没有写明" [ -n "$(lines tsa.none)" ]
fi
heads=0 pending=0 head_bad=''
while read -r number digest; do
  file=$tst/$number.head.tsr shown=$id/$file
  [ "$digest" = pending ] && file=$after/$number.head.tsr shown=$id.after/$number.head.tsr
  if [ "$digest" = pending ] && [ ! -f "$file" ]; then
    pending=$((pending + 1))
    says_late "$number" "$last" || head_bad="$head_bad $number"
    continue
  fi
  [ "$digest" = pending ] || [ "$digest" = "sha256:$(digest_of "$file")" ] || head_bad="$head_bad $number"
  keep=$stamped late_allowed=''
  [ "$digest" = pending ] && late_allowed=yes
  head_fine "$number" "$number" "$file" "$late_allowed" "$shown" 2>/dev/null || head_bad="$head_bad $number"
  [ "$digest" = pending ] && stamped=$keep
  heads=$((heads + 1))
done < <(lines tsa.anchor)
check stamp.heads "过程时间戳 $heads 个，与日志行一一对应" "过程时间戳不符：$head_bad" [ -z "$head_bad" ]
check stamp.listed "每个时间戳文件在日志中都有记载" "有日志没有记载的时间戳文件" \
  diff <(lines tsa.anchor | cut -c1-8 | sort) <(find $tst -name '[0-9]*.head' -printf '%f\n' | cut -c1-8 | sort)
[ "$pending" -eq 0 ] || late "待时间戳（过程 $pending 个）"
if [ -f $tst/final.head.tsr ]; then
  check stamp.final "结束时间戳有效" "结束时间戳与最后一行日志不符" head_fine final "$last" $tst/final.head.tsr '' "$id/$tst/final.head.tsr"
  check stamp.order "结束时间戳不晚于封存" "封存早于结束时间戳" [ "$stamped" -le "$sealed" ]
elif [ -f "$after/final.head.tsr" ]; then
  keep=$stamped stamped=0
  check stamp.final "结束时间戳有效（封存后取得）" "结束时间戳与最后一行日志不符" head_fine final "$last" "$after/final.head.tsr" yes "$id.after/final.head.tsr"
  stamped=$keep
else
  late "待时间戳（结束）"
fi

# A second authority's tokens: held to the same, and each may miss.
second_fine() {
  local stamped=0 name number token allowed shown keep line=${times[0]}
  if [ -f $tst/beacon.2.tsr ]; then
    token $tst/beacon.2.tsr $tst/beacon "$id/$tst/beacon.2.tsr" || return 1
    [ "$at" -le $((line + 5000)) ] && [ "$at" -ge $((line - 120000)) ] || return 1
    stamped=$at
  fi
  while read -r name number; do
    token=$tst/$name.head.2.tsr allowed='' shown=$id/$tst/$name.head.2.tsr
    [ -f "$token" ] || { token=$after/$name.head.2.tsr allowed=yes shown=$id.after/$name.head.2.tsr; }
    [ -f "$token" ] || continue
    keep=$stamped
    head_fine "$name" "$number" "$token" "$allowed" "$shown" || return 1
    [ -z "$allowed" ] || stamped=$keep
  done < <(lines tsa.anchor | awk '{ print $1, $1 }' | sort; echo "final $last")
  if [ -f "$after/seal.txt.2.tsr" ]; then
    at=$(token_ms "$after/seal.txt.2.tsr")
    [ "$at" -ge $((times[10#$last] - 5000)) ] && [ "$at" -le $((now + 5000)) ] || return 1
  fi
}
seconds=$(find $tst "$after" -name '*.2.tsr' 2>/dev/null | wc -l)
[ "$seconds" -eq 0 ] || check stamp.second "第二机构的时间戳 $seconds 个有效" "第二机构的时间戳不符" second_fine

elif [ -d "$after" ]; then     # heads that were pending: the manifest gives their digests
  while read -r file; do
    name=${file##*/} head=data/attach/tst/${name%%.*}.head
    check stamp.late "后来取得的时间戳 $name 有效" "后来取得的时间戳 $name 无效" token "$file" "sha256:$(payload_digest "$head")" "$id.after/$name"
  done < <(find "$after" -name '*.head*.tsr' | sort)
fi

# ---- 6 签名 signatures, by the certificates that people.json names, with the CRL, at the seal's time
people=data/attach/people.json order=data/attach/order.json
fingerprint_of() { openssl x509 -in "$1" -outform DER 2>/dev/null | sha256sum | cut -c1-64; }
named() { [ "$(fingerprint_of "seal/certs/$1.crt")" = "$(jq -r "$2" $people)" ]; }
may_sign() { openssl x509 -in "$1" -noout -ext keyUsage 2>/dev/null | grep -q 'Non Repudiation'; }
# When a list says that this certificate was revoked, in ms: its date, or the earlier one from which its key was not safe.
revoked_ms() {      # CERTIFICATE CRL
  openssl crl -in "$2" -noout -text 2>/dev/null | awk -v serial="$(openssl x509 -in "$1" -noout -serial | cut -d= -f2)" '
    / Serial Number: / { on = $3 == serial } on && / Revocation Date: / { sub(/.*Date: /, ""); print } on && /Invalidity Date/ { getline; sub(/^ +/, ""); print }' |
    while read -r when; do ms "$when"; done | sort -n | head -n 1
}
# A detached signature without what it is over: one signer, whose certificate is inside, signed these attributes (their SET; the last item is the
# signature's value), SHA-256, content type and signing time among them. Writes the signer's certificate.
item() { tail -c +$(($2 + 1)) "$1" | head -c "$3"; }
# Digest of the Nth sequence in a certificate's body as it is encoded: the second is the issuer's name, the fourth the subject's.
name_of() {      # CERTIFICATE N
  local at length
  read -r at length < <(openssl asn1parse -in "$1" 2>/dev/null | awk -v wanted="$2" '/:d=2 / && /cons: SEQUENCE/ && ++n == wanted { gsub(/[^0-9]+/, " "); split($0, f, " "); print f[1], f[3] + f[4]; exit }')
  [ -n "${length:-}" ] && openssl x509 -in "$1" -outform DER | item /dev/stdin "$at" "$length" | sha256sum
}
signed_alone() {      # SIGNATURE CERTIFICATE-OUT
  local shown serial issuer_at issuer_size attributes_at attributes_size value_at value_size issuer n
  shown=$(openssl cms -cmsout -print -noout -inform DER -in "$1" 2>/dev/null) || return 1
  [ "$(grep -c 'd.issuerAndSerialNumber' <<<"$shown")" -eq 1 ] && grep -q 'eContent: <ABSENT>' <<<"$shown" && grep -q 'eContentType: pkcs7-data' <<<"$shown" &&
    grep -q 'object: signingTime' <<<"$shown" && grep -q 'object: messageDigest' <<<"$shown" && grep -A2 'object: contentType' <<<"$shown" | grep -q 'OBJECT:pkcs7-data' || return 1
  openssl cms -cmsout -inform DER -in "$1" -outform DER 2>/dev/null | cmp -s - "$1" || return 1
  read -r serial issuer_at issuer_size attributes_at attributes_size value_at value_size < <(openssl asn1parse -inform DER -in "$1" 2>/dev/null | awk '
    !match($0, /^ *[0-9]+:d=[0-9]+ +hl=[0-9]+ l= *[0-9]+ (prim|cons): /) { next }
    { where = substr($0, 1, RLENGTH); gsub(/[^0-9]+/, " ", where); split(where, f, " "); offset = f[1]; depth = f[2] + 0; head = f[3]; size = f[4] }
    depth == 3 { serial = issuer = at = value = "" } depth == 5 { value = "" }
    depth == 6 && / cons: SEQUENCE/ && issuer == "" { issuer = offset; issuer_length = head + size }
    depth == 6 && / prim: INTEGER / && serial == "" { serial = $0; sub(/.*:/, "", serial) }
    depth == 5 && / cons: cont \[ 0 \]/ { at = offset + 0; length_of = head + size }
    depth == 5 && / prim: OCTET STRING/ { value = offset + head; value_length = size }
    END { if (serial != "" && at != "" && value != "") print serial, issuer, issuer_length, at, length_of, value, value_length }')
  [ -n "${value_size:-}" ] && [ "$(wc -c <"$1")" -eq $((value_at + value_size)) ] || return 1
  { printf '\061'; item "$1" $((attributes_at + 1)) $((attributes_size - 1)); } >"$work/attributes"
  item "$1" "$value_at" "$value_size" >"$work/value"
  openssl cms -cmsout -noout -inform DER -in "$1" -certsout "$work/inside.pem" 2>/dev/null || return 1
  awk -v to="$work/inside." '/^-----BEGIN/ { n++ } { print >(to n) }' "$work/inside.pem"
  issuer=$(item "$1" "$issuer_at" "$issuer_size" | sha256sum)
  for ((n = 1; ; n++)); do
    [ -f "$work/inside.$n" ] || return 1
    [ "$(openssl x509 -in "$work/inside.$n" -noout -serial 2>/dev/null | sed 's/^serial=0*//')" = "$(sed 's/^0*//' <<<"$serial")" ] || continue
    [ "$(name_of "$work/inside.$n" 2)" = "$issuer" ] && openssl x509 -in "$work/inside.$n" -noout -pubkey >"$work/key.pem" 2>/dev/null &&
      openssl dgst -sha256 -verify "$work/key.pem" -signature "$work/value" "$work/attributes" >/dev/null 2>&1 && mv "$work/inside.$n" "$2" && rm -f "$work"/inside.* && return 0
  done
}
# sign_check SIGNATURE CONTENT CODE WHAT SECONDS LATER [CERTIFICATE]: CONTENT: "" where it is encrypted; the signature then is checked in itself. LATER: "" for what
# belongs to the sealing, "stamped" or "seen" for later ones.
sign_check() {
  local named_by=() signer=$work/signer.pem why='签名或证书无效' newer
  [ -z "${7:-}" ] || named_by=(-nointern -certfile "$7")
  verify_cms() { openssl cms -verify -binary -inform DER -in "$1" -content "$2" "${named_by[@]}" -CAfile "$work/trust.pem" -attime "$3" -purpose any -signer "$signer" \
    -out /dev/null "${@:4}" >/dev/null 2>"$work/err"; }
  if [ -z "$2" ]; then
    rm -f "$work"/inside.*
    signed_alone "$1" "$signer" || { bad "signature.$3" "$4：签名的写法不合规定，或签名值不对"; return; }
    verify_cms() { openssl verify -CAfile "$work/trust.pem" -attime "$3" -purpose any "${@:4}" "$signer" >"$work/err" 2>&1; }
  fi
  [ -n "$org_ca" ] || return 0
  if ! verify_cms "$1" "$2" "$5" -crl_check; then
    if grep -q 'certificate revoked' "$work/err"; then
      why='证书在签名前已被吊销'
      [ -z "$2" ] || openssl cms -verify -noverify -binary -inform DER -in "$1" -content "$2" "${named_by[@]}" -signer "$signer" -out /dev/null >/dev/null 2>&1
      newer=$(revoked_ms "$signer" seal/certs/org.crl)
      if [ -n "$newer" ] && [ "$newer" -gt $(($5 * 1000 + 999)) ] && verify_cms "$1" "$2" "$5"; then note signer.revoked-later "$4：证书后来被吊销，签名仍然成立"; why=''; fi
    elif grep -qiE 'CRL' "$work/err"; then
      why='包内的吊销列表在当时不在有效期内'
      if [ "$6" = seen ]; then      # judged now: by the newest list, where that is valid now
        if [ -n "$crl" ] && cat "$org_ca" "$crl" >"$work/newest.pem" && verify_cms "$1" "$2" "$5" -crl_check -CAfile "$work/newest.pem"; then why=''
        elif [ -n "$crl" ] && grep -q 'certificate revoked' "$work/err"; then why='证书已被吊销（较新的吊销列表）'
        elif grep -q 'certificate has expired' "$work/err"; then lacking signature-time "$4：签名没有时间戳，证书现已过期"; return
        else lacking crl "$4：需要现在有效的吊销列表（--crl）"; return; fi
      elif [ -n "$6" ] && verify_cms "$1" "$2" "$5"; then
        if [ -n "$crl" ] && [ "$(ms "$(openssl crl -in "$crl" -noout -lastupdate | cut -d= -f2)")" -ge $(($5 * 1000)) ]; then why=''
        else lacking crl "$4：需要较新的吊销列表（--crl）"; return; fi
      fi
    elif grep -q 'certificate has expired' "$work/err"; then
      why='证书在签名时已过期'
      [ "$6" != seen ] || { lacking signature-time "$4：签名没有时间戳，证书现已过期"; return; }
    elif grep -q 'not yet valid' "$work/err"; then why='证书在签名时尚未生效'
    fi
    [ -z "$why" ] || { bad "signature.$3" "$4：$why"; return; }
  fi
  may_sign "$signer" || { bad "signature.$3" "$4：证书不是用于签名的"; return; }
  openssl cms -cmsout -print -noout -inform DER -in "$1" 2>/dev/null | grep -q 'd.issuerAndSerialNumber' || { bad "signature.$3" "$4：签名的写法不合规定"; return; }
  if [ -n "$crl" ]; then
    newer=$(revoked_ms "$signer" "$crl")
    if [ -n "$newer" ] && [ "$newer" -le $(($5 * 1000 + 999)) ]; then bad "signature.$3" "$4：证书在签名前已被吊销（较新的吊销列表）"; return; fi
    [ -z "$newer" ] || note signer.revoked-later "$4：证书后来被吊销，签名仍然成立"
  fi
  good "signature.$3" "$4签名有效"
}
if [ -z "$locked" ]; then
check people.station "工作站证书就是人员文件所载" "工作站证书与人员文件不符" named station .station.certificate_sha256
for who in officer1 officer2; do
  check people.$who "$who 的证书就是人员文件所载" "$who 的证书与人员文件不符" named $who ".officers[] | select(.role == \"$who\").certificate_sha256"
done
check people.distinct "三张证书、两个执法证号互不相同" "签名人重复" \
  sh -c '[ "$(jq -r "[.officers[].badge] | unique | length" "$1")" -eq 2 ] && [ "$(jq -r "[.station, .officers[]] | map(.certificate_sha256) | unique | length" "$1")" -eq 3 ]' _ $people
named_people() {      # badge and name of each officer's certificate are those of people.json, and no key is there twice
  local who
  for who in station officer1 officer2; do
    openssl x509 -in "seal/certs/$who.crt" -noout -subject -nameopt multiline,utf8,-esc_msb -pubkey >"$work/subject-$who" || return 1
    sed '/^-----BEGIN/,$!d' "$work/subject-$who" | sha256sum
  done | sort -u | wc -l | grep -qx 3 || return 1
  for who in officer1 officer2; do
    sed -n 's/^ *\(serialNumber\|commonName\) *= //p' "$work/subject-$who" | sort
    echo --
  done | cmp -s - <(jq -r '.officers[] | ([.badge, .name] | sort[]), "--"' $people)
}
check people.names "姓名、执法证号与证书一致，三把密钥互不相同" "姓名、执法证号与证书不符，或有人共用密钥" named_people
fi
# without its stamp and without its last line one sees only that a locked package is there now
sealing=''
[ -z "$locked" ] || [ -f "$after/seal.txt.tsr" ] || sealing=seen
[ -z "$org_ca" ] || cat "$org_ca" seal/certs/org.crl >"$work/trust.pem"
sealed_s=$((sealed / 1000))
for who in station officer1; do
  [ -f "seal/sig-$who.p7s" ] || { bad "signature.$who" "缺少签名"; continue; }
  sign_check "seal/sig-$who.p7s" tagmanifest-sha256.txt "$who" "$who " "$sealed_s" "$sealing" "seal/certs/$who.crt"
done
[ ! -f data/attach/order.json.p7s ] || sign_check data/attach/order.json.p7s $order order 取证指令的 "$sealed_s" '' seal/certs/officer1.crt
[ ! -f seal/sig-officer2.p7s ] || sign_check seal/sig-officer2.p7s tagmanifest-sha256.txt officer2 'officer2 ' "$sealed_s" "$sealing" seal/certs/officer2.crt
if [ -f "$after/sig-officer2.p7s" ]; then
  signed_s=$((now / 1000)) signed_how=seen signed_until=$(awk -v path="$id.after/sig-officer2.p7s" '$1 == path { print $2; exit }' "$work/renewed")
  [ -z "$signed_until" ] || signed_s=$signed_until signed_how=stamped
  if [ -f "$after/sig-officer2.p7s.tsr" ]; then
    second_stamp() { token "$after/sig-officer2.p7s.tsr" "$after/sig-officer2.p7s" "$id.after/sig-officer2.p7s.tsr" && [ "$at" -ge "$sealed" ] && signed_s=$((at / 1000)) signed_how=stamped; }
    check stamp.officer2 "第二签名的时间戳有效" "第二签名的时间戳无效，或早于封存" second_stamp
  else
    late 待时间戳
  fi
  sign_check "$after/sig-officer2.p7s" tagmanifest-sha256.txt officer2 'officer2（封存后）' "$signed_s" "$signed_how" seal/certs/officer2.crt
fi
[ -f seal/sig-officer2.p7s ] || [ -f "$after/sig-officer2.p7s" ] || late 待签

# ---- 7 包旁的报告、回执、移交记录 beside: each signed, about this package, stamped where there is a stamp
fingerprint_in() { grep -aqF "$fingerprint" "$1"; }
beside_signed() {      # FILE CODE WHAT [CERTIFICATE]
  [ -f "$1.p7s" ] || { bad "beside.$2" "$3没有签名"; return; }
  local when=$((now / 1000)) how=seen until shown=$id.${1#"${1%"$id".*}$id."}
  until=$(awk -v path="$shown.p7s" '$1 == path { print $2; exit }' "$work/renewed")
  [ -z "$until" ] || when=$until how=stamped
  if [ -f "$1.p7s.tsr" ]; then
    check "stamp.$2" "$3签名的时间戳有效" "$3签名的时间戳无效" token "$1.p7s.tsr" "$1.p7s" "$shown.p7s.tsr"
    [ -z "$at" ] || when=$((at / 1000)) how=stamped
    [ -n "$locked" ] || [ -z "$at" ] || [ "$at" -ge $((times[10#$last] - 5000)) ] || bad "stamp.$2" "$3签名的时间戳早于封存"
  fi
  if [ -f "$1" ]; then
    sign_check "$1.p7s" "$1" "$2" "$3" "$when" "$how" "${4:-}"
  else
    sign_check "$1.p7s" '' "$2" "$3" "$when" "$how"
    echo "[--] content.$2：$3内容已加密，是不是所签的内容没有核对"
  fi
}
# TIME BEFORE: the one spelling of a time; not before BEFORE (ms) nor in the future. Sets `said` (ms).
time_form() { [[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}[+-][0-9]{2}:[0-9]{2}$ ]] && said=$(ms "$1") && [ -n "$said" ]; }
time_fits() { time_form "$1" && [ "$said" -ge "$2" ] && [ "$said" -le $((now + 5000)) ]; }
closed=0      # of a locked package no line is known
[ -n "$locked" ] || closed=$((times[10#$last] - 5000))
# RECORD: the certificate that signed it is the one in `by`, with that name and badge.
signed_by() {
  [ -n "$org_ca" ] || return 0
  [ "$(fingerprint_of "$work/signer.pem")" = "$(jq -r .by.certificate_sha256 "$1")" ] &&
    openssl x509 -in "$work/signer.pem" -noout -subject -nameopt multiline,utf8,-esc_msb | sed -n 's/^ *\(serialNumber\|commonName\) *= //p' | sort |
      cmp -s - <(jq -r '.by | [.badge, .name] | sort[]' "$1")
}
# A list of parts is signed with the sealed station certificate, or with a later one of the same name, which counts with a time stamp only (FORMAT.md 11.1).
later_of_station() {
  local name; name=$(name_of seal/certs/station.crt 4)
  [ -n "$name" ] && [ "$(name_of "$1" 4)" = "$name" ] &&
    [ "$(ms "$(openssl x509 -in "$1" -noout -startdate | cut -d= -f2)")" -ge "$(ms "$(openssl x509 -in seal/certs/station.crt -noout -startdate | cut -d= -f2)")" ]
}
list_signed() {
  local by=$work/list-signer.pem what="加密块的清单 ${1##*.enc/} 的"
  if openssl cms -verify -noverify -binary -inform DER -in "$1.p7s" -content "$1" -signer "$by" -out /dev/null >/dev/null 2>&1 &&
    [ "$(fingerprint_of "$by")" != "$(fingerprint_of seal/certs/station.crt)" ]; then
    later_of_station "$by" || { bad signature.parts "$what：不是本包的工作站证书签名的，也不是它后来续发的"; return; }
    [ -f "$1.p7s.tsr" ] || lacking parts-stamp "$what：由续发的工作站证书签名，没有时间戳"
  else
    by=seal/certs/station.crt
  fi
  beside_signed "$1" parts "$what" "$by"
}
while read -r list; do
  list_signed "$list"
done < <(find "$parts" -name parts-sha256.txt 2>/dev/null | sort)
report_of_this() { grep -aq 'Guzheng package .\{89\}' "$1" && ! grep -ao 'Guzheng package .\{0,90\}' "$1" | grep -avq "^Guzheng package $id seal $fingerprint"; }
while read -r pdf; do
  [ ! -f "$pdf" ] || check beside.report "报告 ${pdf##*.report/} 所印的是本包的指纹" "报告 ${pdf##*.report/} 是别的包或别的内容的" report_of_this "$pdf"
  beside_signed "$pdf" report "报告 ${pdf##*.report/} "
done < <(find "$bag.report" -type f 2>/dev/null | named_files | grep '\.pdf$')
copies_fine() {      # each copy and its original have the digests that the signed list names, and no copy is there that it does not name
  local list=$1 folder=${1%/*}
  cmp -s <(jq -cS . "$list") "$list" && jq -e --arg id "$id" --arg seal "$fingerprint" '.package == $id and .fingerprint == $seal and
    all(.copies[]; (.kind == "标注" or .kind == "遮盖") and (.of | startswith("data/main/")))' "$list" >/dev/null || return 1
  cmp -s <(jq -r '.copies[].file' "$list" | sort) <(cd "$folder" && find . -name 'copy-*.png*' -printf '%P\n' | named_files) || return 1
  [ -z "$locked" ] || { ! jq -r '.copies[] | .of_sha256 + "  " + .of' "$list" | grep -qvxFf manifest-sha256.txt; return; }
  [ "$(jq '.copies | length' "$list")" -eq 0 ] || { (cd "$folder" && jq -r '.copies[] | .sha256 + "  " + .file' "$list" | sha256sum -c --quiet --strict) &&
    jq -r '.copies[] | .of_sha256 + "  " + .of' "$list" | sha256sum -c --quiet --strict; } >/dev/null 2>&1
}
while read -r list; do
  check beside.copies "展示用副本 ${list##*.report/} 与原件一致" "展示用副本 ${list##*.report/} 不合格式，或与副本、原件不符" copies_fine "$list"
  beside_signed "$list" copies "展示用副本 ${list##*.report/} 的"
done < <(find "$bag.report" -name copies.json 2>/dev/null | sort)
copies_listed() { local copy; while read -r copy; do [ -f "${copy%/*}/copies.json" ] || return 1; done < <(find "$bag.report" -name 'copy-*.png*' 2>/dev/null); }
check beside.copies "没有清单以外的副本" "有副本而没有副本清单" copies_listed
# DIGEST SP SP path of what a receipt or a hand-over record names beside the bag: it is still there.
still_there() {
  cat >"$work/there"
  ! grep -qvE "^[0-9a-f]{64}  $id\.(after|group|review)/" "$work/there" && sort -c -u -k2 "$work/there" 2>/dev/null || return 1
  [ ! -s "$work/there" ] || (cd "$bag/.." && sha256sum -c --quiet --strict "$work/there" >/dev/null 2>&1)
}
receipt=$bag.receipt/central.txt
tokens_there() {      # those in the bag by its manifest, those beside it as they are
  ! grep "  $id/" "$work/tokens" | sed "s|  $id/|  |" | grep -qvxFf manifest-sha256.txt &&
    { ! grep -q "  $id\.after/" "$work/tokens" || (cd "$bag/.." && grep "  $id\.after/" "$work/tokens" | sha256sum -c --quiet --strict >/dev/null 2>&1); }
}
receipt_fine() {
  cmp -s <(sed '7,$d; s/: .*//' "$receipt") <(printf '%s\n' Receipt-Format Package Fingerprint Received-By Received-At Zip-SHA256) &&
  [ "$(sed -n '1s/.*: //p' "$receipt")" = 1 ] && [ "$(sed -n '2s/^[^:]*: //p' "$receipt")" = "$id" ] && [ "$(sed -n '3s/^[^:]*: //p' "$receipt")" = "$fingerprint" ] || return 1
  [ -n "$(sed -n '4s/^[^:]*: //p' "$receipt")" ] && time_form "$(sed -n '5s/^[^:]*: //p' "$receipt")" && [[ $(sed -n '6s/^[^:]*: //p' "$receipt") =~ ^[0-9a-f]{64}$ ]] || return 1
  ! grep -q '[[:cntrl:]]' "$receipt" && cmp -s <(jq -Rr . "$receipt") "$receipt" || return 1
  sed -n '7,$s/^Token: //p' "$receipt" >"$work/tokens"
  sed -n '7,$s/^File: //p' "$receipt" >"$work/received"
  case $(sed -n '7,$s/: .*//p' "$receipt" | uniq | tr '\n' ' ') in '' | 'Token ' | 'File ' | 'Token File ') ;; *) return 1 ;; esac
  still_there <"$work/received" && ! grep -qE "  $id\.after/.*\.tsr$" "$work/received" || return 1
  [ "$(wc -l <"$receipt")" -eq $((6 + $(wc -l <"$work/tokens") + $(wc -l <"$work/received"))) ] && tokens_there &&
    [ -z "$(comm -23 <(grep '  data/attach/tst/.*\.tsr$' manifest-sha256.txt | cut -c67- | sed "s|^|$id/|" | sort) <(cut -c67- "$work/tokens" | sort))" ] &&
    ! grep -qvE "  $id(/|\.after/).*\.tsr$" "$work/tokens"
}
if [ -f "$receipt" ]; then
  check receipt.content "归集系统的回执与本包的指纹和时间戳一致" "回执不合格式，或与本包的指纹、时间戳不符" receipt_fine
  beside_signed "$receipt" receipt 回执的
fi
record=$handover/export.json
record_fine() {
  cmp -s <(jq -cS . "$record") "$record" && [ "$(jq -r .package "$record")" = "$id" ] && [ "$(jq -r .fingerprint "$record")" = "$fingerprint" ] || return 1
  jq -e '(keys - ["beside"]) == ["at", "by", "bytes", "file", "fingerprint", "medium", "package", "sha256", "to"] and all(.at, .file, .medium, .sha256, .to; type == "string") and
    .file != "" and (.bytes | type == "number" and . >= 0 and . == floor) and (.by | type == "object" and keys == ["badge", "certificate_sha256", "name"] and all(.[]; type == "string" and . != "")) and
    ((has("beside") | not) or (.beside | type == "array" and all(.[]; keys == ["path", "sha256"])))' "$record" >/dev/null || return 1
  [[ $(jq -r .sha256 "$record") =~ ^[0-9a-f]{64}$ ]] && time_fits "$(jq -r .at "$record")" "$closed" || return 1
  jq -r '.beside[]? | .sha256 + "  " + .path' "$record" | still_there || return 1
  [ ! -f "$package" ] || [ "$(jq -r .file "$record")" != "${package##*/}" ] ||
    { [ "$(jq -r .sha256 "$record")" = "$(sha256sum <"$package" | cut -c1-64)" ] && [ "$(jq -r .bytes "$record")" -eq "$(wc -c <"$package")" ]; }
}
if [ -f "$record" ]; then
  check handover.content "移交记录与本包一致，同名 ZIP 就是移交的那一个" "移交记录不合格式，或与本包、同名 ZIP 不符" record_fine
  beside_signed "$record" handover 移交记录的
  check handover.signer "移交记录由其所载的人签名" "移交记录不是其所载的人签名的" signed_by "$record"
fi
# 复核 review: an automatic capture is no evidence before one has confirmed it (行政处罚法 41); the newest counts
reviewed='' number=0 before=$closed
review_fine() {      # RECORD NUMBER; each names the one before it
  [ "$(jq -r 'if has("previous") then .previous else "" end' "$1")" = "$([ "$2" -eq 1 ] || digest_of "$bag.review/$(printf %03d $(($2 - 1)))/review.json")" ] &&
  cmp -s <(jq -cS . "$1") "$1" && [ "$(jq -r '.package + " " + .fingerprint' "$1")" = "$id $fingerprint" ] &&
  jq -e '(keys - ["previous"]) == ["at", "by", "fingerprint", "package", "reason", "result"] and all(.at, .reason; type == "string" and . != "") and (.result == "确认" or .result == "不予确认") and
    (.by | type == "object" and keys == ["badge", "certificate_sha256", "name", "unit"] and all(.badge, .certificate_sha256, .name; type == "string" and . != ""))' "$1" >/dev/null &&
  time_fits "$(jq -r .at "$1")" "$before" && before=$said
}
not_before_seal() { [ ! -f "$1" ] || [ ! -f "$after/seal.txt.tsr" ] || [ "$(token_ms "$1")" -ge "$sealed" ]; }
while read -r record; do
  number=$((number + 1))
  check review.number "复核记录编号连续" "复核记录的编号不连续" [ "$record" = "$bag.review/$(printf %03d $number)/review.json" ]
  check review.content "复核记录 $number 属于本包" "复核记录 $number 不合格式，或不是本包的，或没有指明前一份" review_fine "$record" "$number"
  beside_signed "$record" review "复核记录 $number 的"
  check review.signer "复核记录 $number 由其所载的人签名" "复核记录 $number 不是其所载的人签名的" signed_by "$record"
  check review.order "复核记录 $number 的时间戳不早于封存" "复核记录 $number 的时间戳早于封存" not_before_seal "$record.p7s.tsr"
  [ -f "$record.p7s.tsr" ] || late 复核记录待时间戳
  reviewed=$(jq -r .result "$record")
done < <(find "$bag.review" -name review.json 2>/dev/null | sort)
if [ -z "$locked" ] && [ "$(jq -r .type "$order")" = 自动取证 ]; then
  case $reviewed in 确认) ;; 不予确认) late 复核不予确认 ;; *) late 待复核 ;; esac
fi
# 组 group: one order, several phones, a package each (FORMAT.md 6.4, 9.7)
record=$bag.group/group.json
group_said() {       # what the order promised; with the phone that it gives this member
  { cat "$order"; if [ -f data/attach/device.json ]; then cat data/attach/device.json; else echo null; fi; } | jq -es '.[1] as $device | .[0] | (has("group") | not) or (.group | type == "object" and
    keys == ["id", "member", "phones"] and (.id | type == "string" and test("\\A[0-9a-f]{32}\\z")) and (.phones | type == "array" and length >= 2 and length <= 16 and all(.[]; type == "string" and . != "") and
    (unique | length) == length) and (.member | type == "number" and . >= 1 and . == floor) and .member <= (.phones | length) and ($device == null or $device.serial == .phones[.member - 1]))' >/dev/null
}
group_fine() {
  cmp -s <(jq -cS . "$record") "$record" && jq -e --arg id "$id" --arg seal "$fingerprint" 'keys == ["at", "by", "group", "members"] and (.group | type == "string" and test("\\A[0-9a-f]{32}\\z")) and
    (.by | type == "object" and keys == ["badge", "certificate_sha256", "name"] and all(.[]; type == "string" and . != "")) and (.members | type == "array" and length >= 2 and length <= 16 and
    [.[].member] == [range(1; length + 1)] and all(.[]; keys == ["fingerprint", "member", "package", "reason"] and all(.fingerprint, .package, .reason; type == "string") and
      (if .package == "" then .fingerprint == "" and .reason != "" else .reason == "" and (.fingerprint | test("\\A[0-9a-f]{64}\\z")) and (.package | test("\\A[A-Z]{2}-[0-9]{2}-[0-9]{8}-[0-9]{4}\\z")) end)) and
    ([.[].package | select(. != "")] | (unique | length) == length) and any(.[]; .package == $id and .fingerprint == $seal))' "$record" >/dev/null && time_fits "$(jq -r .at "$record")" "$closed" || return 1
  [ -n "$locked" ] || jq -es --arg id "$id" '.[1] as $record | .[0].group | . != null and .id == $record.group and (.phones | length) == ($record.members | length) and
    $record.members[.member - 1].package == $id' "$order" "$record" >/dev/null
}
# What a member that lies in the same folder says of itself, as far as it lies in clear: the same record, an order of the same group.
alike() {            # PACKAGE NUMBER
  local there=$bag/../$1
  [ ! -e "$there.group/group.json" ] || cmp -s "$there.group/group.json" "$record" || return 1
  [ ! -e "$there/$order" ] || [ ! -f "$order" ] ||
    jq -es --argjson member "$2" '.[1].group != null and .[1].group == (.[0].group | .member = $member)' "$order" "$there/$order" >/dev/null 2>&1
}
neighbours() {       # a member that lies in the same folder is the one that the record names; one that does not is only told
  local package seal number
  while read -r number package seal; do
    [ "$package" != "$id" ] || continue
    [ ! -d "${bag%/*}" ] || [ -f "$1" ] || [ -e "$bag/../$package" ] || echo "[--] group.absent：同组的证据包 $package 不在旁边"
    [ ! -e "$bag/../$package" ] || [ "$(digest_of "$bag/../$package/seal/seal.txt")" = "$seal" ] || return 1
    [ ! -e "$bag/../$package" ] || alike "$package" "$number" || return 1
  done < <(jq -r '.members[] | select(.package != "") | "\(.member) \(.package) \(.fingerprint)"' "$record")
}
[ -n "$locked" ] || check group.order "取证指令所载的组与所用的手机一致" "取证指令所载的组不合格式，或不是用所载的手机取的" group_said
if [ -f "$record" ]; then
  check group.content "组记录与取证指令和本包一致" "组记录不合格式，或与取证指令、本包不符" group_fine
  beside_signed "$record" group 组记录的 seal/certs/officer1.crt
  check group.signer "组记录由签发取证指令的人签名" "组记录不是其所载的人签名的" signed_by "$record"
  stop_if_damaged
  check group.member "同组的证据包没有被换掉" "同组的证据包被换成了别的" neighbours "$package"
  [ -f "$record.p7s.tsr" ] || late 组记录待时间戳
elif [ -z "$locked" ] && jq -e 'has("group")' "$order" >/dev/null; then
  late 并行取证缺组记录
fi
[ ! -s "$work/lacking" ] || { sort -u "$work/lacking"; missing="$missing renewal"; }
stop_if_damaged
[ -z "$locked" ] || verdict 5 "无法判断 cannot tell：看得到的都与封存时一致；内容已加密，须由持有密钥的人用程序核验 the content is encrypted（content-key${missing:+；缺少$missing}）"

# ---- 8 JSON: one spelling (as jq -cS writes it, whole numbers only); what the values say of journal and recording
attach=data/attach
spelling() {
  local files=() name
  for name in order people env device app node net values; do [ ! -f $attach/$name.json ] || files+=($attach/$name.json); done
  for name in $attach/long-*.json; do [ ! -f "$name" ] || files+=("$name"); done
  awk '$4 !~ /^(tsa\.beacon|tsa\.anchor|seg\.close|shot)$/ { sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, ""); print }' "$journal" >"$work/bodies"
  cat "${files[@]}" "$work/bodies" | cmp -s - <(jq -cS objects "${files[@]}" "$work/bodies" 2>/dev/null) &&
    jq -en '[inputs | .. | numbers] | all(. == floor)' "${files[@]}" "$work/bodies" >/dev/null 2>&1
}
check json.spelling "各 JSON 都是唯一的写法" "有 JSON 不是唯一的写法" spelling
body() { lines "$1" | head -n 1; }
state_said() {      # bag-info, session.close and the package's name say the same
  local state; state=$(info Package-State)
  [ "$(info Internal-Sender-Identifier)" = "${id:0:5}" ] && [ "$(info Package-Format)" = 1 ] &&
  { body session.close; body session.open; body order.recv
    if imported; then echo '{}'; cat $attach/order.json; echo '{}'; else body device.attest; cat $attach/order.json $attach/device.json; fi; } | jq -es --arg state "$state" --arg id "$id" '
    (if .[0].state == "complete" then $state == "完整" and .[0].reasons == [] else $state == "不完整：" + (.[0].reasons | join("；")) end) and
    .[1].package == $id and .[1].station == $id[0:5] and .[1].format == 1 and .[2].order_no == .[4].order_no and
    ([.[3, 5] | [.marks, .model, .serial]] | .[0] == .[1])' >/dev/null
}
check journal.state "日志、标签和附属信息互相一致" "日志、标签或附属信息互相矛盾" state_said
let_pass() {        # each compulsory item that failed was let pass, for a reason, and nothing else was (FORMAT.md 5.7)
  [ -f $attach/env.json ] && [ -n "$(body env.check)" ] || return 0
  { body env.check; cat $attach/env.json; } | jq -es '
    def holds: .compulsory == true and .verdict == "fail";
    .[0] as $line | .[1].items as $items | if $line | has("overrides") | not then all($items[]; has("override") | not) else (
      all($line.overrides[]; keys == ["by", "item", "reason"] and all(.[]; type == "string" and . != "")) and
      [$items[] | select(holds) | [.id, .override]] == [$line.overrides[] | [.item, .reason]] and
      all($items[] | select(holds | not); has("override") | not)) end' >/dev/null
}
check binding.overrides "环境检测不符而仍取证的各项都有理由" "环境检测不符的必检项与“仍要取证”的记录不一致" let_pass
gap_words='["black-page","link-lost","no-key-frame","no-picture-change","no-sound","pause","phone-locked","queue-full","record-failed","stamp-late"]'
gaps_said() {      # begun and ended, numbered from 1, for a word of FORMAT.md 5.5, and the same in values.json
  { lines gap.begin | jq -cs .; lines gap.end | jq -cs .; jq -c .gaps $attach/values.json; } | jq -es --argjson words "$gap_words" '
    ([.[0][].gap] == [range(1; (.[0] | length) + 1)]) and ([.[1][].gap] | sort) == [.[0][].gap] and ([.[2][] | [.gap, .reason]] == [.[0][] | [.gap, .reason]]) and
    all(.[0][]; (.reason | split(": ")[0]) as $w | $words | index($w) != null)' >/dev/null
}
check journal.gaps "中断都有规定的原因，与证据清单一致" "有中断的原因不合规定，或与证据清单不符" gaps_said
import_complete() {
  jq -e '.items as $i | ($i | length) > 0 and all($i[]; all(.title, .proves, .source, .collector, .method, .device, .made_at; . != "") and (.access == "公开" or .basis != "") and
    ((.kind | startswith("seal-") | not) or (.seal_no != "" and .seal_state != ""))) and any($i[]; .kind == "seal-before") == any($i[]; .kind == "seal-after")' $attach/values.json >/dev/null &&
    jq -e '.write_protection != ""' $attach/order.json >/dev/null && [ -f $attach/people.json ] && [ -f $attach/env.json ]
}
complete_said() {
  [ "$(info Package-State)" != 完整 ] || { imported && [ -f $tst/beacon.tsr ] && import_complete; } || { [ -f $tst/beacon.tsr ] && [ "$(ls $attach/{order,people,env,device,app,node,net,values}.json 2>/dev/null | wc -l)" -eq 8 ] &&
    jq -e '(["platform-home", "shop-home", "licence", "violation"] - [.items[].kind] == []) and all(.items[]; .proves != "" and .method != "" and .made_at != "" and .maker != "")' \
      $attach/values.json >/dev/null; }
}
check values.complete "完整的包有四类必备内容，各项要素齐全" "声称完整，但缺少必备内容或要素" complete_said

# ---- 9 录像 film
# One line a segment (S number-of-open number-of-close packets origin path), then one line a packet (P pts).
film_lines() {
  paste -d ' ' <(awk '$4 == "seg.open" { print $1 }' "$journal") <(lines seg.open | jq -r '[(.origin_us | tostring), .path] | join(" ")') | while read -r opened origin path; do
    case $path in *.mp4) ;; *) continue ;; esac
    read -r closed packets < <(awk -v path="$path" '$4 == "seg.close" && $6 == path { print $1, $8 }' "$journal")
    echo "S $opened $closed $packets $origin $path"
    [ ! -s "$path" ] || ffprobe -v error -select_streams v -show_entries packet=pts:stream=time_base -of csv=p=0 "$path" </dev/null 2>/dev/null | sed 's/,*$//; s/^/P /'
  done
}
# Packets as the journal counts them, times that rise, jumps of more than 2 s within gaps of the film, a new clock only after link-lost;
# frames of the shots and positions of the items (FORMAT.md 5.2, 6.1, 8).
film_fine() {
  awk -v gaps="$work/gaps" -v shots="$work/shots" -v items="$work/items" -v crashes="$work/crashes" '
    function in_gap(a, b,  i) { for (i = 0; i < n; i++) if (word[i] !~ /^(stamp-late|pause|black-page|phone-locked|no-sound)$/ && from[i] <= b && to[i] >= a) return 1; return 0 }
    function new_start(a, b,  i) { for (i = 0; i < n; i++) if (word[i] == "link-lost" && from[i] < b && to[i] > a && to[i] < b) return 1; return 0 }
    function wrong(what) { print what; bad = 1 }
    function end_segment() {
      if (path == "") return
      if (count == 0 && packets == 0 && torn > opened) { path = ""; return }
      if (count != packets || count == 0) wrong(path ": " count " packets")
      if (base != "1/1000000") wrong(path ": time base " base)
      if (seen) offset += (origin > last_before ? origin : last_before) - origin_before
      place[path] = offset; began[path] = origin; origin_before = origin; last_before = last; open_before = opened; seen = 1; path = ""
    }
    BEGIN { n = 0; torn = -1
      while ((getline line < gaps) > 0) { split(line, f, " "); from[n] = f[1] + 0; to[n] = f[2] + 0; word[n++] = f[3] }
      while ((getline line < crashes) > 0) torn = line + 0 }
    $1 == "S" { end_segment(); opened = $2 + 0; closed = $3 + 0; packets = $4 + 0; origin = $5; path = $6; count = 0; base = ""; next }
    $2 ~ /\// { base = $2; next }
    { pts = $2 + origin
      if (count == 0) {
        if ($2 != 0) wrong(path ": does not begin at 0")
        if (seen && pts <= last && !new_start(open_before, opened)) wrong(path ": goes back")
        if (seen && pts - last > 2000000 && !in_gap(open_before, opened)) wrong(path ": a jump without a gap")
      } else {
        if (pts <= last) wrong(path ": does not rise")
        if (pts - last > 2000000 && !in_gap(opened, closed)) wrong(path ": a jump without a gap")
      }
      last = pts; count++; key = sprintf("%.0f", pts); frame[path, key] = 1; any[key] = 1 }
    END { end_segment()
      length_ms = seen ? int((offset + last_before - origin_before) / 1000) : 0
      while ((getline line < shots) > 0) { split(line, f, " "); before[f[1]] = f[2]; after[f[1]] = f[3]; segment[f[1]] = f[4]
        if (f[4] != "-" && (!((f[4], f[2]) in frame) || !(f[3] in any))) wrong(f[1] ": no such frame") }
      while ((getline line < items) > 0) { split(line, f, "\t"); if (!(f[1] in before)) { wrong(f[1] ": no shot"); continue }
        if (f[2] != before[f[1]] || f[3] != after[f[1]] || (f[4] == "" ? "-" : f[4]) != segment[f[1]]) wrong(f[1] ": not as the journal has it")
        if (segment[f[1]] == "-") { if (f[5] + 0 < 0 || f[5] + 0 > length_ms) wrong(f[1] ": position") }
        else if (f[5] != int((place[f[4]] + f[2] - began[f[4]]) / 1000)) wrong(f[1] ": position " f[5]) }
      exit bad }' "$work/film"
}
awk '$4 == "gap.begin" { split($5, p, /[:,]/); begun[p[2]] = $1; word = $0; sub(/.*"reason":"/, "", word); sub(/[":].*/, "", word); words[p[2]] = word }
     $4 == "gap.end" { split($5, p, /[:,]/); if (p[2] in begun) print begun[p[2]], $1, words[p[2]] }' "$journal" >"$work/gaps"
lines shot | awk '{ print $2, $3, $4, $5 }' >"$work/shots"
jq -r '.items[] | [.path, (.before_us | tostring), (.after_us | tostring), .segment, (.position_ms | tostring)] | join("\t")' $attach/values.json >"$work/items" 2>/dev/null
# Sound (FORMAT.md 8.1): pages that follow each other without a hole, as many packets as the journal counts, as long as the values say; and its text record.
sound_fine() {
  local number=0 path closed name said codec width height origin
  while read -r codec width height origin path; do
    case $path in *.ogg) ;; *) continue ;; esac
    [ "$path $codec $width $height" = "$(printf 'data/main/rec-%04d.ogg opus 0 0' "$number")" ] || return 1
    number=$((number + 1)) name=${path##*/}
    [ -f "$path" ] || continue
    [ ! -f "${path%.ogg}.txt" ] || awk -v name="录音：$name" '!body && $0 == name { of = 1 } body && /[^ \t\r]/ { what = 1 } $0 == "内容：" && of { body = 1 } END { exit !(of && what) }' "${path%.ogg}.txt" || return 1
    read -r closed < <(awk -v path="$path" '$4 == "seg.close" && $6 == path { print $8 }' "$journal")
    [ -s "$path" ] || { [ "$closed" = 0 ] && [ -s "$work/crashes" ] && continue; return 1; }
    said=$(jq -r --arg path "$path" '.recordings[] | select(.path == $path) | "\(.first_us) \(.duration_us) \(.width) \(.height)"' $attach/values.json)
    command -v ffprobe >/dev/null || continue
    ffprobe -v error -show_entries packet=pts,duration -of csv=p=0 "$path" </dev/null 2>/dev/null | awk -F, -v packets="$closed" -v said="$said" -v origin="$origin" '
      $1 !~ /^-?[0-9]+$/ { next }
      count++ { if ($1 != end) hole = 1 }
      count == 1 { from = $1 }
      { end = $1 + $2 }
      END { exit !(!hole && count == packets && count > 0 && said == sprintf("%s %.0f 0 0", origin, int((end - from) * 125 / 6))) }' || return 1
  done < <(lines seg.open | jq -r '[.codec, (.width | tostring), (.height | tostring), (.origin_us | tostring), .path] | join(" ")')
}
values_fine() {
  local values=$attach/values.json
  cmp -s <(jq -r '(.items[] | .path, (.hierarchy // "" | select(. != ""))), .recordings[].path' $values | sort) <(find data/main -type f "${whole[@]}" ! -name 'rec-*.txt' | sort) &&
  cmp -s <(jq -r '.recordings[] | "\(.path) \(.bytes) \(.packets)"' $values | sort) <(lines seg.close | cut -c67- | sort) &&
  jq -e --arg id "$id" '. as $v | .package == $id and all(.checklist | to_entries[]; .key as $k | .value == ([$v.items[] | select(.kind == $k)] | length))' $values >/dev/null
}
check values.files "证据清单与文件、录像一致" "证据清单与文件、录像不符" values_fine
if imported; then
  check import.items "导入各件与日志一致" "导入各件与日志不符" cmp -s <(lines import | jq -cS 'del(.sha256)') <(jq -cS '.items[] | del(.maker, .no)' $attach/values.json)
elif command -v ffprobe >/dev/null; then
  film_lines >"$work/film"
  check film.order "录像的帧数、时间、截图所在的帧和位置与日志一致" "录像与日志或证据清单不符" film_fine
else
  lacking ffprobe "没有 ffprobe，录像没有检查"
fi

check sound.form "录音各段的包数、时长和文字记录与日志、证据清单一致" "录音与日志、证据清单或文字记录不符" sound_fine

# ---- 10 练习标记与状态 marks and state
grep -q '^Practice: ' bag-info.txt && practice=yes
marks=$(for f in order people device values; do jq -r '.practice == true' data/attach/$f.json; done; lines session.open | jq -r .practice; lines device.attest | jq -r .practice)
check marks.practice "练习标记处处一致" "练习标记前后矛盾" [ "$(printf '%s\n' "$marks" | sort -u)" = "$([ -n "$practice" ] && echo true || echo false)" ]
for ca in "$org_ca" "$tsa_ca"; do
  [ -n "$ca" ] && openssl x509 -in "$ca" -noout -subject -nameopt RFC2253,-esc_msb,utf8 2>/dev/null | grep -q 'OU=练习' && practice=yes
done
state=$(info Package-State)
case $state in
  完整) [ ! -s "$work/crashes" ] || late "记录曾中断后恢复" ;;
  不完整：?*) late "$state" ;;
  *) bad bag-info.state "Package-State 既不是完整，也不是写明原因的不完整" ;;
esac

for audio in data/main/rec-*.ogg; do
  [ ! -f "$audio" ] || [ -f "${audio%.ogg}.txt" ] || { late 录音没有文字记录; break; }
done
for text in data/main/rec-*.txt; do
  [ ! -f "$text" ] || [ -f "${text%.txt}.ogg" ] || bad binding.audio "有文字记录而没有录音：$text"
done

stop_if_damaged
[ -z "$missing" ] || verdict 5 "无法判断 cannot tell：缺少$missing"
[ -z "$practice" ] || verdict 6 "练习 practice：内容与封存时一致，但由练习证书签名，不得作为证据${incomplete:+（另外：${incomplete#；}）}"
[ -z "$incomplete" ] || verdict 4 "不完整 incomplete：内容与封存时一致；${incomplete#；}"
verdict 0 "完整 whole：内容与封存时一致，签名和时间戳有效"
