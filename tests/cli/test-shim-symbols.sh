#!/bin/sh
# test-shim-symbols.sh [LIBSHIM.A] - what the library exports under C names is what shim/*.h declares:
# the internal helpers are mangled and collide with nobody's C function.
set -eu
export LC_ALL=C

lib=${1:-${SITREP_BUILD:?names the folder with libshim.a}/libshim.a}
shim=$(cd "$(dirname "$0")/../../shim" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The preprocessor drops the comments, which name functions, too.
for header in "$shim"/*.h; do
  [ "${header##*/}" = throw_test.h ] || printf '#include "%s"\n' "$header"
done | "${CC:-cc}" -x c -E -P - >"$work/headers"
grep -oE '\<shim_[A-Za-z0-9_]+ *\(' "$work/headers" | tr -d ' (' | sort -u >"$work/declared"

# Text symbols, weak ones among them, that are neither of C++ nor the compiler's own.
nm -g --defined-only "$lib" | awk 'NF == 3 && $2 ~ /^[TtWwi]$/ && $3 !~ /^_(Z|_)/ { print $3 }' |
  sort >"$work/all"
sort -u "$work/all" >"$work/defined"

comm -23 "$work/declared" "$work/defined" | sed 's/^/declared, not defined: /' >"$work/difference"
comm -13 "$work/declared" "$work/defined" | sed 's/^/defined, not declared: /' >>"$work/difference"
uniq -d "$work/all" | sed 's/^/defined twice: /' >>"$work/difference"
if [ ! -s "$work/declared" ]; then
  echo "no declaration was found in $shim" >>"$work/difference"
fi
echo 1..1
if [ -s "$work/difference" ]; then
  echo "not ok 1 - the library exports what the headers declare"
  sed 's/^/# /' "$work/difference"
  exit 1
fi
echo "ok 1 - $(wc -l <"$work/declared") functions are declared and defined"
