#!/bin/sh
# Every input that a fuzzer has found, or was started with, passes the parsers without harm.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../fuzz" || exit 255
n=0 bad=0
for target in fuzz_*.c; do
  name=${target#fuzz_} name=${name%.c}
  for seed in seeds/"$name"/*; do
    n=$((n + 1))
    if output=$("$SITREP_BUILD/tests/fuzz/fuzz_$name" "$seed" 2>&1); then
      echo "ok $n - $seed"
    else
      bad=1
      echo "not ok $n - $seed"
      echo "$output" | sed 's/^/# /'
    fi
  done
done
echo "1..$n"
exit $bad
