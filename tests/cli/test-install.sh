#!/bin/sh
# --help and --version of everything, wrong usage, and what `make install` puts where.
. "$(dirname "$0")/lib.sh"
start

version=$(sed -n 's/^VERSION := //p' "$here/../../Makefile")
for program in sitrep sitrep-index sitrep.cgi; do
  exits 0 "$program --version" $program --version
  is "$(cat out err)" "$program $version" 'prints it'
done
exits 0 'sitrep --help' sitrep --help
for command in search facets show info; do
  like out "sitrep $command " "tells of $command"
done
for command in 'sitrep-index --help' 'sitrep-index -h' 'sitrep -h' 'sitrep help' 'sitrep search --help' \
  'sitrep facets --help' 'sitrep show --help' 'sitrep info --help' 'sitrep search -h'; do
  # shellcheck disable=SC2086 # command and option
  exits 0 "$command" $command
  like out '^Usage:' 'prints the usage'
  is "$(cat err)" '' 'and nothing else'
done
sitrep-index --help >out
for word in jsonl reuters muc text 'Exit status' SITREP_INDEX; do
  like out "$word" "sitrep-index --help tells of $word"
done
sitrep search --help >out
for option in index country actor source lang since until sort number offset facets format color; do
  like out "  (-[a-z], )?--$option=" "sitrep search --help tells of --$option"
done
exits 2 'sitrep alone' sitrep
like err '^Usage:' 'prints the usage'
exits 2 'an unknown command' sitrep nonsense
like err "^sitrep: .*'nonsense'" 'is named'
exits 2 'an unknown option of sitrep' sitrep --nonsense
for command in 'sitrep search' 'sitrep facets' 'sitrep show' 'sitrep info' sitrep-index; do
  # shellcheck disable=SC2086 # command
  exits 2 "$command --nonsense" $command --nonsense
  like err '^sitrep(-index)?: .*--nonsense' 'is named'
  is "$(cat out)" '' 'on standard error'
done
exits 2 'sitrep-index alone' sitrep-index
like err 'say what to index' 'says what it needs'
ok 'none of that has made an index' test ! -e index -a ! -e data

# `make install` builds nothing here: what is installed is what is tested.
export MAKEFLAGS=
exits 0 'make install' make -C "$here/../.." --no-print-directory -o all B="$SITREP_BUILD" \
  DESTDIR="$work/root" PREFIX=/usr install
is "$(cd root && find . -type f -printf '%m %p\n' | LC_ALL=C sort)" '644 ./usr/share/man/man1/sitrep-index.1
644 ./usr/share/man/man1/sitrep.1
644 ./usr/share/man/man7/sitrep-query.7
644 ./usr/share/man/man8/sitrep.cgi.8
755 ./usr/bin/sitrep
755 ./usr/bin/sitrep-index
755 ./usr/lib/cgi-bin/sitrep.cgi' 'installs programs and man pages, and nothing else'
exits 0 'an installed program' root/usr/bin/sitrep --version
exits 0 'make install without PREFIX' make -C "$here/../.." --no-print-directory -o all \
  B="$SITREP_BUILD" DESTDIR="$work/local" install
ok 'goes to /usr/local' test -x local/usr/local/bin/sitrep -a -f local/usr/local/share/man/man7/sitrep-query.7

if command -v mandoc >/dev/null; then
  for page in man1/sitrep-index.1 man1/sitrep.1 man7/sitrep-query.7 man8/sitrep.cgi.8; do
    exits 0 "$page" mandoc -T lint -W error "root/usr/share/man/$page"
    mandoc -T utf8 "root/usr/share/man/$page" | sed 's/.\x08//g' >page.txt
    ok 'says something' test "$(wc -l <page.txt)" -gt 50
  done
  mandoc -T utf8 root/usr/share/man/man1/sitrep-index.1 | sed 's/.\x08//g' >page.txt
  sitrep-index --help | grep -oE '^  (-., )?--[a-z-]+' | grep -oE -e '--[a-z-]+' >options
  is "$(while read -r option; do grep -q -e "$option" page.txt || echo "$option"; done <options)" '' \
    'sitrep-index(1) knows every option'
  mandoc -T utf8 root/usr/share/man/man1/sitrep.1 | sed 's/.\x08//g' >page.txt
  for command in search facets show info; do sitrep $command --help; done |
    grep -oE '^  (-., )?--[a-z_-]+' | grep -oE -e '--[a-z_-]+' | sort -u >options
  is "$(while read -r option; do grep -q -e "$option" page.txt || echo "$option"; done <options)" '' \
    'sitrep(1) knows every option'
else
  skip 10 'no mandoc'
fi
finish
