#!/usr/bin/env bash
# 用通用工具核验“固证”证据包。Checks an evidence package with stock tools only; format: FORMAT.md, format number 1.
# 请从办案单位取得本脚本，不要使用有疑问的证据包里自带的那一份。
# Take this script from the bureau, never from the package you doubt.
#
#   verify.sh PACKAGE --org-ca ORG.pem --tsa-ca TSA.pem
#     PACKAGE  证据包文件夹（旁边有 ID.after/）或导出的 package.zip
#   退出码 exit codes: 0 完整 whole · 1 用法 usage · 2 无法执行 could not run · 3 已损坏 damaged
#                      4 不完整 incomplete · 5 无法判断 cannot tell (a root is missing) · 6 练习 practice
set -u
export LC_ALL=C TZ=UTC

usage() { sed -n '2,10s/^# \{0,1\}//p' "$0"; exit "$1"; }
cannot_run() { echo "[could-not-run] $1"; exit 2; }

package='' org_ca='' tsa_ca=''
while [ $# -gt 0 ]; do
  case $1 in
    --org-ca) org_ca=${2:-}; shift $(( $# > 1 ? 2 : 1 )) ;;
    --tsa-ca) tsa_ca=${2:-}; shift $(( $# > 1 ? 2 : 1 )) ;;
    -h|--help) usage 0 ;;
    -*) echo "不认识的选项 unknown option: $1"; usage 1 ;;
    *) [ -z "$package" ] || usage 1; package=$1; shift ;;
  esac
done
[ -n "$package" ] || usage 1
for tool in awk cmp date diff find jq md5sum openssl sha256sum sort split unzip xargs zipinfo; do
  command -v "$tool" >/dev/null || cannot_run "缺少工具 missing tool: $tool"
done
for file in "$org_ca" "$tsa_ca"; do
  [ -z "$file" ] || [ -r "$file" ] || cannot_run "读不到证书 cannot read: $file"
done
[ -e "$package" ] || cannot_run "没有这个文件 no such file: $package"
absolute() { case $1 in /*|'') printf %s "$1" ;; *) printf %s "$PWD/$1" ;; esac; }
package=$(absolute "$package") org_ca=$(absolute "$org_ca") tsa_ca=$(absolute "$tsa_ca")
work=$(mktemp -d) || cannot_run "无法建立临时文件夹 no temporary folder"
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT

damage=0 missing='' incomplete='' practice=''
good() { echo "[ok] $1：$2"; }
bad() { damage=$((damage + 1)); echo "[BAD] $1：$2"; }
check() { local code=$1 yes=$2 no=$3; shift 3; if "$@" >/dev/null 2>"$work/err"; then good "$code" "$yes"; else bad "$code" "$no"; fi; }
lacking() { missing="$missing $1"; echo "[--] $1：$2"; }
late() { incomplete="$incomplete；$1"; echo "[..] $1"; }
verdict() { echo "结论 verdict：$2"; exit "$1"; }
stop_if_damaged() { [ "$damage" -eq 0 ] || verdict 3 "已损坏 damaged：有 $damage 处与封存时不符，见上面标 [BAD] 的各行"; }

# ---- 1 容器 container: nothing is unpacked before its list has been looked at
unpack() {
  zipinfo -s "$package" >"$work/list" 2>/dev/null || { bad zip.form "不是可读的 ZIP 文件"; return; }
  grep -E '^[-dlbcps?][-rwxst]{9} ' "$work/list" >"$work/entries"
  awk '{ method = $6; name = $9; if (substr($1, 1, 1) != "-" || method != "stor" || NF != 9) exit 1
         if (name !~ /^[A-Z][A-Z]-[0-9][0-9]-[0-9]+-[0-9]+(\.(after|receipt|renew|report|review))?(\/[A-Za-z0-9][A-Za-z0-9._-]*)+$/) exit 1
         if (tolower(name) in seen) exit 1; seen[tolower(name)] = 1; if (name <= last) exit 1; last = name }' "$work/entries" ||
    { bad zip.entries "ZIP 中有压缩、重名、乱序或不允许的条目，未解包"; return; }
  [ "$(cut -d/ -f1 <(awk '{ print $9 }' "$work/entries") | cut -d. -f1 | sort -u | wc -l)" -eq 1 ] || { bad zip.entries "ZIP 中不止一个证据包"; return; }
  mkdir "$work/unpacked"
  unzip -q -n "$package" -d "$work/unpacked" </dev/null >/dev/null 2>&1 || { bad zip.crc "ZIP 内容与其校验值不符"; return; }
  good zip.entries "ZIP 中都是原样存放、无重名的文件"
  bag=$(find "$work/unpacked" -mindepth 1 -maxdepth 1 -type d ! -name '*.*')
}
bag=''
if [ -d "$package" ]; then bag=${package%/}; else unpack; fi
stop_if_damaged
[ -n "$bag" ] && [ -f "$bag/bagit.txt" ] || { bad tree.shape "没有证据包文件夹或 bagit.txt"; stop_if_damaged; }
id=${bag##*/} after=$bag.after
cd "$bag" || cannot_run "进不了文件夹 cannot enter $bag"

# ---- 2 文件树与清单 tree and lists: what sha256sum prints for the files in byte order is the manifest, byte for byte
digests() { find "$1" -type f -print0 | sort -z | xargs -0 "$2"; }
same_list() { local made=$work/made; eval "$1" >"$made" 2>/dev/null && cmp -s "$made" "$2"; }
check tree.bagit "BagIt 标记正确" "bagit.txt 不是规定的内容" cmp -s bagit.txt <(printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
check manifest.sha256 "data/ 下每个文件的 SHA-256 与清单一致" "data/ 下有文件被改动、增加或缺少（SHA-256）" same_list 'digests data sha256sum' manifest-sha256.txt
check manifest.md5 "每个文件的 MD5 与清单一致" "MD5 清单不符" same_list 'digests data md5sum' manifest-md5.txt
sm3_list() { find data -type f -print0 | sort -z | xargs -0 openssl dgst -sm3 -r | sed 's/ \*/  /'; }
check manifest.sm3 "每个文件的 SM3 与清单一致" "SM3 清单不符" same_list sm3_list seal/digests-sm3.txt
check manifest.tags "说明文件与标签清单一致" "标签文件被改动" \
  same_list 'sha256sum VERIFY.txt bag-info.txt bagit.txt manifest-md5.txt manifest-sha256.txt verify.sh' tagmanifest-sha256.txt
seal_list() { { find seal -type f ! -path seal/seal.txt -print0; printf 'tagmanifest-sha256.txt\0'; } | sort -z | xargs -0 sha256sum; }
check seal.list "seal.txt 与标签清单、签名、证书一致" "seal.txt 列出的文件被改动、增加或缺少" same_list seal_list seal/seal.txt
listed() { cut -c67- manifest-sha256.txt tagmanifest-sha256.txt seal/seal.txt 2>/dev/null; printf 'seal/seal.txt\n'; }
check tree.exact "没有清单以外的文件、链接或空文件夹" "有清单以外的文件、链接或空文件夹" \
  sh -c 'diff "$1" "$2" && [ -z "$(find . -type l -o -type d -empty)" ]' _ <(find . ! -type d | sed 's|^\./||' | sort) <(listed | sort -u)
info() { sed -n "s/^$1: //p" bag-info.txt; }
check bag-info.id "文件夹名就是包号" "文件夹名与 External-Identifier 不同" [ "$(info External-Identifier)" = "$id" ]
oxum=$(find data -type f -printf '%s\n' | awk '{ b += $1 } END { printf "%d.%d", b, NR }')
check bag-info.oxum "字节数和文件数与 Payload-Oxum 一致" "Payload-Oxum 不符" [ "$(info Payload-Oxum)" = "$oxum" ]
stop_if_damaged
fingerprint=$(sha256sum <seal/seal.txt | cut -c1-64)
echo "封签指纹 fingerprint：$fingerprint（应与报告、回执所印一致）"

# ---- 3 时间戳 time stamps
ms() { date -d "$1" +%s%3N 2>/dev/null; }
token_ms() { ms "$(openssl ts -reply -in "$1" -text 2>/dev/null | sed -n 's/^Time stamp: //p')"; }
# token FILE DATA: granted, over DATA, by the given authority, valid at its own time
token_fine() {
  local at; at=$(token_ms "$1"); [ -n "$at" ] || return 1
  openssl ts -reply -in "$1" -text 2>/dev/null | grep -q '^Status: Granted\.$' || return 1
  openssl ts -reply -in "$1" -text 2>/dev/null | grep -q '^Hash Algorithm: sha\(256\|384\|512\)$' || return 1
  [ -z "$tsa_ca" ] || openssl ts -verify -in "$1" -data "$2" -CAfile "$tsa_ca" -attime $((at / 1000)) >/dev/null 2>&1
}
[ -n "$tsa_ca" ] || lacking tsa-ca "没有给出时间戳机构根证书（--tsa-ca），时间戳不能判断"
[ -n "$org_ca" ] || lacking org-ca "没有给出单位根证书（--org-ca），签名不能判断"
now=$(date +%s%3N) sealed=$now
if [ -f "$after/seal.txt.tsr" ]; then
  check stamp.seal "封存时间戳有效" "封存时间戳不是对 seal.txt 的有效时间戳" token_fine "$after/seal.txt.tsr" seal/seal.txt
  sealed=$(token_ms "$after/seal.txt.tsr"); sealed=${sealed:-$now}
  check stamp.now "封存时间不在将来" "封存时间戳的时间在将来" [ "$sealed" -le $((now + 5000)) ]
else
  late 待时间戳
fi

# ---- 4 操作日志 journal: one file a line, digested at once, then the chain compared line by line
journal=data/attach/journal.log tst=data/attach/tst
mkdir "$work/lines" && split -l 1 -d -a 8 "$journal" "$work/lines/"
(cd "$work/lines" && find . -type f | sort | xargs sha256sum | cut -c1-64) >"$work/heads"
chain() {
  [ "$(tail -c 1 "$journal" | od -An -tx1 | tr -d ' ')" = 0a ] &&
  paste -d ' ' "$work/heads" "$journal" | awk -v zeros="$(printf '%064d' 0)" '
    BEGIN { previous = zeros }
    { if ($2 != sprintf("%08d", NR - 1) || $3 != previous || length($4) != 29) { print "line " NR - 1; exit 1 }
      zone = substr($4, 24); if (NR > 1 && (zone != first || $4 < time)) { print "time " NR - 1; exit 1 }
      first = NR == 1 ? zone : first; time = $4; previous = $1; kind[NR] = $5 }
    END { if (kind[1] !~ /^tsa\.(beacon|none)$/ || kind[2] != "session.open" || kind[NR] != "session.close") exit 1 }'
}
check journal.chain "操作日志 $(wc -l <"$journal") 行，链条完整，时间不倒退" "操作日志的链条断开、编号或时间不对" chain
lines() { awk -v k="$1" '$4 == k { sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, ""); print }' "$journal"; }      # bodies of a kind
line_ms() { ms "$(awk -v n="$1" '$1 == n { print $3; exit }' "$journal")"; }
main_listed() { { { lines seg.close; lines shot; } | awk '{ print $1 "  " $2 }'; lines import | jq -r '.sha256 + "  " + .path'; } | sort -k2; }
check journal.main "录像、截图与日志中的指纹一一对应" "录像或截图与日志不符" diff <(main_listed) <(grep ' data/main/' manifest-sha256.txt)
attached() { awk '$5 ~ /^\{/ { sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, ""); print }' "$journal" | jq -r '.files[]? | .sha256 + "  " + .path' | sort -k2; }
check journal.files "指令、人员、环境、设备等附属信息与日志中的指纹一一对应" "附属信息与日志不符" \
  diff <(attached) <(grep ' data/attach/' manifest-sha256.txt | grep -v -e ' data/attach/journal.log$' -e ' data/attach/tst/')

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
  awk -v late="$work/late" -v crashes="$work/crashes" '
    function in_time(a, b,  i) {
      if (time[b] - time[a] <= 120000) return 1
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
head_fine() {       # NAME LINE TOKEN LATE-ALLOWED; sets `stamped`
  [ "$(cat "$tst/$1.head")" = "$(sed -n "$((10#$2 + 1))p" "$work/heads")" ] && [ "$(wc -c <"$tst/$1.head")" -eq 65 ] || return 1
  token_fine "$3" "$tst/$1.head" || return 1
  local at line; at=$(token_ms "$3") line=$(line_ms "$2")
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
beacon_fine() {
  local at line; at=$(token_ms $tst/beacon.tsr) line=$(line_ms 00000000)
  [ "$(lines tsa.beacon)" = "sha256:$(sha256sum <$tst/beacon.tsr | cut -c1-64)" ] && token_fine $tst/beacon.tsr $tst/beacon &&
    [ "$at" -le $((line + 5000)) ] && [ "$at" -ge $((line - 120000)) ] && stamped=$at &&
    [ "$([ "$(jq -r .type data/attach/order.json)" = 导入 ] && sha256sum <$tst/beacon.tsr | cut -c1-8 || lines challenge | jq -r .code)" = "$(sha256sum <$tst/beacon.tsr | cut -c1-8)" ]
}
if [ -f $tst/beacon.tsr ]; then
  check stamp.beacon "开始时间戳有效，取证不早于 $(date -d "@$(($(token_ms $tst/beacon.tsr) / 1000))" +%FT%TZ)" "开始时间戳或其对应的日志行、口令不符" beacon_fine
else
  check stamp.none "没有开始时间戳，日志已写明原因" "没有开始时间戳，日志也没有写明" [ -n "$(lines tsa.none)" ]
fi
heads=0 pending=0 head_bad=''
while read -r number digest; do
  token=$tst/$number.head.tsr
  [ "$digest" = pending ] && token=$after/$number.head.tsr
  if [ "$digest" = pending ] && [ ! -f "$token" ]; then
    pending=$((pending + 1))
    says_late "$number" "$last" || head_bad="$head_bad $number"
    continue
  fi
  [ "$digest" = pending ] || [ "$digest" = "sha256:$(sha256sum <"$token" | cut -c1-64)" ] || head_bad="$head_bad $number"
  keep=$stamped late_allowed=''
  [ "$digest" = pending ] && late_allowed=yes
  head_fine "$number" "$number" "$token" "$late_allowed" 2>/dev/null || head_bad="$head_bad $number"
  [ "$digest" = pending ] && stamped=$keep
  heads=$((heads + 1))
done < <(lines tsa.anchor)
check stamp.heads "过程时间戳 $heads 个，与日志行一一对应" "过程时间戳不符：$head_bad" [ -z "$head_bad" ]
check stamp.listed "每个时间戳文件在日志中都有记载" "有日志没有记载的时间戳文件" \
  diff <(lines tsa.anchor | cut -c1-8 | sort) <(find $tst -name '[0-9]*.head' -printf '%f\n' | cut -c1-8 | sort)
[ "$pending" -eq 0 ] || late "待时间戳（过程 $pending 个）"
if [ -f $tst/final.head.tsr ]; then
  check stamp.final "结束时间戳有效" "结束时间戳与最后一行日志不符" head_fine final "$last" $tst/final.head.tsr ''
  check stamp.order "结束时间戳不晚于封存" "封存早于结束时间戳" [ "$stamped" -le "$sealed" ]
elif [ -f "$after/final.head.tsr" ]; then
  keep=$stamped stamped=0
  check stamp.final "结束时间戳有效（封存后取得）" "结束时间戳与最后一行日志不符" head_fine final "$last" "$after/final.head.tsr" yes
  stamped=$keep
else
  late "待时间戳（结束）"
fi

# ---- 6 签名 signatures, by the certificates that people.json names, with the CRL, at the seal's time
people=data/attach/people.json order=data/attach/order.json
fingerprint_of() { openssl x509 -in "$1" -outform DER 2>/dev/null | sha256sum | cut -c1-64; }
named() { [ "$(fingerprint_of "seal/certs/$1.crt")" = "$(jq -r "$2" $people)" ]; }
signed() {      # WHO SIGNATURE CONTENT
  openssl x509 -in "seal/certs/$1.crt" -noout -ext keyUsage 2>/dev/null | grep -q 'Non Repudiation' &&
  openssl cms -verify -binary -inform DER -in "$2" -content "$3" -nointern -certfile "seal/certs/$1.crt" \
    -CAfile "$work/trust.pem" -crl_check -attime $((sealed / 1000)) -purpose any -out /dev/null
}
check people.station "工作站证书就是人员文件所载" "工作站证书与人员文件不符" named station .station.certificate_sha256
for who in officer1 officer2; do
  check people.$who "$who 的证书就是人员文件所载" "$who 的证书与人员文件不符" named $who ".officers[] | select(.role == \"$who\").certificate_sha256"
done
check people.distinct "三张证书、两个执法证号互不相同" "签名人重复" \
  sh -c '[ "$(jq -r "[.officers[].badge] | unique | length" "$1")" -eq 2 ] && [ "$(jq -r "[.station, .officers[]] | map(.certificate_sha256) | unique | length" "$1")" -eq 3 ]' _ $people
if [ -n "$org_ca" ]; then
  cat "$org_ca" seal/certs/org.crl >"$work/trust.pem"
  sign_check() {
    if signed "$1" "$2" "$3" >/dev/null 2>"$work/err"; then good "signature.$4" "$5签名有效"; return; fi
    local why='签名或证书无效'
    grep -qi revoked "$work/err" && why='证书已被吊销'
    grep -qi expired "$work/err" && why='证书在封存时已过期'
    bad "signature.$4" "$5：$why"
  }
  sign_check station seal/sig-station.p7s tagmanifest-sha256.txt station 工作站
  sign_check officer1 seal/sig-officer1.p7s tagmanifest-sha256.txt officer1 第一执法人员
  sign_check officer1 data/attach/order.json.p7s $order order 取证指令
  [ -f seal/sig-officer2.p7s ] && sign_check officer2 seal/sig-officer2.p7s tagmanifest-sha256.txt officer2 第二执法人员
  [ -f "$after/sig-officer2.p7s" ] && sign_check officer2 "$after/sig-officer2.p7s" tagmanifest-sha256.txt officer2 第二执法人员（封存后）
fi
[ -f seal/sig-officer2.p7s ] || [ -f "$after/sig-officer2.p7s" ] || late 待签

# ---- 复核 review: an automatic capture is no evidence before one has confirmed it (行政处罚法 41); the newest counts
reviewed='' review_bad=''
for record in "$bag".review/[0-9][0-9][0-9]/review.json; do
  [ -f "$record" ] || continue
  [ "$(jq -r '.package + " " + .fingerprint' "$record")" = "$id $fingerprint" ] || review_bad="$review_bad $record"
  reviewed=$(jq -r .result "$record")
  case $reviewed in 确认|不予确认) ;; *) review_bad="$review_bad $record" ;; esac
  openssl cms -cmsout -noout -inform DER -in "$record.p7s" -certsout "$work/reviewer.pem" 2>/dev/null
  [ "$(fingerprint_of "$work/reviewer.pem")" = "$(jq -r .by.certificate_sha256 "$record")" ] || review_bad="$review_bad $record"
  if [ -f "$record.p7s.tsr" ]; then token_fine "$record.p7s.tsr" "$record.p7s" || review_bad="$review_bad $record"; else late 复核记录待时间戳; fi
  [ -z "$org_ca" ] || openssl cms -verify -binary -inform DER -in "$record.p7s" -content "$record" -CAfile "$work/trust.pem" -crl_check \
    -purpose any -out /dev/null 2>/dev/null || review_bad="$review_bad $record"
done
check review.record "复核记录（如有）签名有效，属于本证据包" "复核记录不符：$review_bad" [ -z "$review_bad" ]
if [ "$(jq -r .type $order)" = 自动取证 ]; then
  case $reviewed in 确认) ;; 不予确认) late 复核不予确认 ;; *) late 待复核 ;; esac
fi

# ---- 7 录像 film
if command -v ffprobe >/dev/null; then
  film_bad=''
  while read -r _ path _ packets; do
    case $path in *.mp4) ;; *) continue ;; esac
    count=$(ffprobe -v error -count_packets -select_streams v -show_entries stream=nb_read_packets -of csv=p=0 "$path" 2>/dev/null)
    [ "$count" = "$packets" ] || film_bad="$film_bad $path"
  done < <(lines seg.close)
  check film.packets "录像帧数与日志一致" "录像帧数与日志不符：$film_bad" [ -z "$film_bad" ]
else
  echo "[--] film.packets：没有 ffprobe，未数录像帧数"
fi

# ---- 8 练习标记与状态 marks and state
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

stop_if_damaged
[ -z "$missing" ] || verdict 5 "无法判断 cannot tell：缺少$missing"
[ -z "$practice" ] || verdict 6 "练习 practice：内容与封存时一致，但由练习证书签名，不得作为证据${incomplete:+（另外：${incomplete#；}）}"
[ -z "$incomplete" ] || verdict 4 "不完整 incomplete：内容与封存时一致；${incomplete#；}"
verdict 0 "完整 whole：内容与封存时一致，签名和时间戳有效"
