# Sourced: start_practice_phone BIN WORK starts a training phone and a private adb server that knows only it.
# Sets $serial and $adb_port; appends to the array $pids what the caller must end.
free_port() { python3 -c 'import socket
# above the range that adb servers probe for emulators (5555-5585)
s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

start_practice_phone() {
  local program=$1 work=$2 port i
  serial=PRACTICE0001
  "$program/guzheng-phone" --port 0 --serial "$serial" --state "$work/phone" > "$work/phone.log" 2>&1 &
  pids+=($!)
  for i in $(seq 100); do
    port=$(sed -n 's/^listening 127\.0\.0\.1:\([0-9]*\).*/\1/p' "$work/phone.log")
    [ -n "$port" ] && break
    sleep 0.1
  done
  [ -n "$port" ] || { echo "练习手机没有启动：" >&2; cat "$work/phone.log" >&2; return 2; }

  adb_port=$(free_port)
  mkdir -p "$work/home"
  HOME=$work/home ADB_MDNS=0 ADB_MDNS_AUTO_CONNECT=0 adb -P "$adb_port" nodaemon server > "$work/adb.log" 2>&1 &
  pids+=($!)
  for i in $(seq 100); do
    HOME=$work/home adb -P "$adb_port" connect "127.0.0.1:$port" > "$work/connect.log" 2>&1 || true
    serial_state=$(HOME=$work/home adb -P "$adb_port" devices | awk -v p="127.0.0.1:$port" '$1==p{print $2}')
    [ "$serial_state" = device ] && { serial=127.0.0.1:$port; return 0; }
    sleep 0.2
  done
  echo "adb 服务器没有接上练习手机：" >&2; cat "$work/adb.log" "$work/connect.log" >&2; return 2
}
