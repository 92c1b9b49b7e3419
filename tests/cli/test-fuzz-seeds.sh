#!/bin/sh
# Every input that a fuzzer has found, or was started with, passes the parsers without harm. All
# inputs of a target go through one process; when that fails, each goes through its own, to name it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../fuzz" || exit 255
n=0 bad=0
replay() { # TARGET NAME SEED...
  target=$1 name=$2
  shift 2
  n=$((n + 1))
  if output=$("$SITREP_BUILD/tests/fuzz/$target" "$@" 2>&1); then
    echo "ok $n - $name"
  else
    bad=1
    echo "not ok $n - $name"
    echo "$output" | sed 's/^/# /'
    return 1
  fi
}
for target in fuzz_*.c; do
  target=${target%.c}
  seeds=seeds/${target#fuzz_}
  replay "$target" "$seeds ($(ls "$seeds" | wc -l) files)" "$seeds"/* && continue
  for seed in "$seeds"/*; do replay "$target" "$seed" "$seed"; done
done
echo "1..$n"
exit $bad
