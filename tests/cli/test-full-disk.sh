#!/bin/sh
# A full disk: the run says so and ends with 2, the index is as of the last commit, and the same run
# completes it when there is room again.
#
# The disk is a limit to the size of files: a write beyond it fails as one to a full disk does.
. "$(dirname "$0")/lib.sh"
start
# Xapian's compactor loses memory when it cannot write; that is not ours to find.
echo 'leak:libxapian' >suppressions
LSAN_OPTIONS="$LSAN_OPTIONS:suppressions=$work/suppressions:print_suppressions=0"

state() {
  sitrep search --index "$1" -n all --format csv | cut -d, -f 3- | LC_ALL=C sort
  sitrep facets --index "$1" --facet-limit all --format csv
}
limited() { # BLOCKS of 512 bytes, COMMAND...
  (
    ulimit -f "$1"
    shift
    exec "$@"
  )
}

make_articles 1 300 shelled >old.jsonl
make_articles 1 2500 bombed >new.jsonl
sitrep-index -q old.jsonl
state index >old.state
sitrep-index -q --index undisturbed new.jsonl
state undisturbed >new.state

largest=$(find index -type f -printf '%s\n' | sort -n | tail -n 1)
smallest_limit=$((largest / 512 + 16))
# 16 blocks are one of Xapian's: the limit is hit in other tables, at other moments.
for extra in 0 16 48 160 480; do
  limit=$((smallest_limit + extra))
  exits 2 "an update with room for $limit blocks" limited $limit sitrep-index new.jsonl
  like err '^sitrep-index: .*(File too large|No space)' "$limit: a sentence says why"
  state index >index.state
  ok "$limit: the index is as it was" cmp index.state old.state
done
exits 2 'pruning' limited 2 sitrep-index --prune new.jsonl
state index >index.state
ok 'leaves the index as it was, too' cmp index.state old.state
exits 2 'deleting' limited 2 sitrep-index --delete g1 --delete g2
state index >index.state
ok 'likewise' cmp index.state old.state
exits 0 'with room again' sitrep-index new.jsonl
counts '2200 300 0 0 0' 'the update is done'
state index >index.state
ok 'the index is that of an undisturbed run' cmp index.state new.state
is "$(ls -Ad index*)" "$(printf 'index\nindex.state')" 'nothing is left beside it'

for limit in 1 16 64 400; do
  rm -rf index
  exits 2 "a new index with room for $limit blocks" limited $limit sitrep-index new.jsonl
  like err '^sitrep-index: .*(File too large|No space)' "$limit: a sentence says why"
  exits 0 "$limit: with room again" sitrep-index new.jsonl
  state index >index.state
  ok "$limit: the index is that of an undisturbed run" cmp index.state new.state
  is "$(ls -Ad index*)" "$(printf 'index\nindex.state')" "$limit: nothing is left beside it"
done

if [ -c /dev/full ]; then
  for command in 'search bombed' 'search bombed -n all --format json' 'facets bombed' 'show g1' info; do
    exits 2 "$command on a full disk" sh -c "sitrep $command >/dev/full"
    like err '^sitrep: .*could not all be written: No space' "$command: a sentence says so"
  done
  exits 2 'an index run whose summary is lost' sh -c 'sitrep-index new.jsonl >/dev/full'
  like err '^sitrep-index: standard output cannot' 'a sentence says so'
else
  skip 12 'no /dev/full'
fi
finish
