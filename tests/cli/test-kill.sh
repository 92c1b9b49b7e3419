#!/bin/sh
# kill -9 and Ctrl-C at any moment: the index is as of a commit, and the same run again completes it.
#
# Input comes through a named pipe, so that a run is in the middle of it when the signal arrives,
# however fast the machine is.
. "$(dirname "$0")/lib.sh"
start
mkfifo pipe

# state INDEX: all that it holds, whatever way it came to that
state() {
  sitrep search --index "$1" -n all --format csv | cut -d, -f 3- | LC_ALL=C sort
  sitrep facets --index "$1" --facet-limit all --format csv
  sitrep info --index "$1" --format json >state.out
  json '$j->{terms}, $j->{average_words}' state.out
}

# Articles come in order, g1 first: of those read by an unfinished run of 1..LAST the index must hold
# the first so many in the new version, and of those it had before, OLD of them, the rest in theirs.
is_prefix() { # OLD-WORD OLD NEW-WORD LAST NAME
  ids "$1" >old.ids
  ids "$3" >new.ids
  n=$(wc -l <new.ids)
  ok "$5: it answers" test "$n" -le "$4"
  seq -f g%.0f 1 "$n" | LC_ALL=C sort >expected.ids
  ok "$5: of the new articles it has the first ones ($n)" cmp new.ids expected.ids
  seq -f g%.0f $((n + 1)) "$2" | LC_ALL=C sort >expected.ids
  ok "$5: and of the old ones the rest" cmp old.ids expected.ids
  is "$(info articles)" "$(cat old.ids new.ids | wc -l)" "$5: and nothing else"
}

# ---- a new index ----

make_articles 1 6000 bombed >new.jsonl
sitrep-index -q --index undisturbed new.jsonl
state undisturbed >undisturbed.state

sitrep-index pipe >out 2>err &
pid=$!
children=$pid
exec 7>pipe
make_articles 1 5000 bombed >&7
kill -9 $pid
exec 7>&-
wait $pid 2>/dev/null
exits 0 'kill -9 while the first run reads' sitrep info
is_prefix shelled 0 bombed 5000 'its index'
exits 0 'the run again' sitrep-index new.jsonl
state index >index.state
ok 'gives the index that an undisturbed run gives' cmp index.state undisturbed.state
is "$(ls -Ad index*)" "$(printf 'index\nindex.state')" 'nothing is left beside it'

# What a run leaves that is killed before it has made the first file of an index.
mkdir unborn
: >unborn/flintlock
: >unborn/v.tmp
: >unborn/postlist.glass
: >unborn/termlist.glass
exits 2 'an index that was not yet made' sitrep search --index unborn bombed
like err '^sitrep: ' 'is told to be none'
exits 0 'the run again' sitrep-index --index unborn new.jsonl
counts '6000 0 0 0 0' 'makes it'

# ---- an update ----

rm -r index
make_articles 1 300 shelled | sitrep-index -q -
sitrep-index pipe >out 2>err &
pid=$!
children=$pid
exec 7>pipe
make_articles 1 16000 bombed >&7
# A run commits on its way; one that has done so is the more interesting case.
for _ in $(seq 100); do
  [ "$(info articles)" = 300 ] || break
  sleep 0.1
done
kill -9 $pid
exec 7>&-
wait $pid 2>/dev/null
is_prefix shelled 300 bombed 16000 'kill -9 while an update reads'
make_articles 1 16000 bombed >new.jsonl
sitrep-index -q --index undisturbed new.jsonl
state undisturbed >undisturbed.state
exits 0 'the run again' sitrep-index new.jsonl
state index >index.state
ok 'gives the index that an undisturbed run gives' cmp index.state undisturbed.state

mkdir -p index.sitrep-build/parts index.build
echo mine >index.build/file
exits 0 'a small run' sitrep-index -q new.jsonl
ok 'removes what one has left beside the index that was killed' test ! -e index.sitrep-build
ok 'and nothing else' test -f index.build/file
rm -r index.build

# ---- at any moment, the end included ----

make_articles 1 2000 shelled >shelled.jsonl
make_articles 1 2000 bombed >bombed.jsonl
sitrep-index -q --prune shelled.jsonl
before=shelled
after=bombed
for delay in 0.05 0.1 0.2 0.4; do
  sitrep-index $after.jsonl >out 2>err &
  pid=$!
  children=$pid
  sleep $delay
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  is_prefix $before 2000 $after 2000 "kill -9 of an update after $delay s"
  [ "$n" = 0 ] && continue
  sitrep-index -q $after.jsonl
  was=$before
  before=$after
  after=$was
done
for delay in 0.05 0.1 0.2 0.4; do
  rm -rf index
  sitrep-index bombed.jsonl >out 2>err &
  pid=$!
  children=$pid
  sleep $delay
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  : | sitrep-index -q --format jsonl - # whether there was an index already or not
  is_prefix shelled 0 bombed 2000 "kill -9 of a first run after $delay s"
done
sitrep-index -q --prune bombed.jsonl
rm -r undisturbed
sitrep-index -q --index undisturbed bombed.jsonl
state undisturbed >undisturbed.state
state index >index.state
ok 'after all that, the index is that of an undisturbed run' cmp index.state undisturbed.state
is "$(ls -Ad index*)" "$(printf 'index\nindex.state')" 'nothing is left beside it'

# ---- Ctrl-C ----

interrupt() { # SIGNAL OPTION...: the run of 60,000 articles is in the middle of them
  signal=$1
  shift
  sitrep-index "$@" pipe >out 2>err &
  pid=$!
  children=$pid
  exec 7>pipe
  make_articles 1 5000 bombed >&7
  kill "-$signal" $pid
  # The program looks for it at each article; its reader gets more, until nobody reads on.
  make_articles 5001 60000 bombed >&7 2>/dev/null
  exec 7>&-
  wait $pid
  is $? 130 "$signal: the exit status is 130"
  like err '^sitrep-index: interrupted; ' "$signal: a sentence says so"
}

rm -r index
interrupt INT
is_prefix shelled 0 bombed 60000 'INT'
counts "$n 0 0 0 0" 'the summary counts what is there'
ok 'which is something' test "$n" -gt 0
make_articles 1 $((n + 1000)) bombed >new.jsonl
exits 0 'a run with more' sitrep-index new.jsonl
counts "1000 0 $n 0 0" 'goes on from there'
rm -r undisturbed
sitrep-index -q --index undisturbed new.jsonl
state undisturbed >undisturbed.state
state index >index.state
ok 'gives the index that an undisturbed run gives' cmp index.state undisturbed.state

rm -r index
sitrep-index -q shelled.jsonl
printf '{"id":"other","title":"Not in the input"}\n' | sitrep-index -q -
interrupt TERM --prune
is "$(ids id:other)" other 'an interrupted run prunes nothing'
like out 'nothing was pruned' 'and says so'
finish
