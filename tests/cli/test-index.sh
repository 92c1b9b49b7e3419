#!/bin/sh
# sitrep-index: what a run adds, changes, leaves, removes.
. "$(dirname "$0")/lib.sh"
start

cat >news.jsonl <<'EOF'
{"id":"n1","title":"Shelling of the port","body":"Shells hit the port at dawn.","date":"2001-02-03"}
{"url":"http://example.org/two?a=1&b=2","title":"Raid on a depot","body":"Raiders burned the depot."}
{"title":"Ceasefire holds","body":"Neither an id nor an address."}
EOF

# ---- added, unchanged, changed ----

exits 0 'a first run' sitrep-index news.jsonl
counts '3 0 0 0 0' 'adds all'
like out "^$work/index holds 3 articles" 'the summary says what the index holds'
is "$(cat err)" '' 'nothing is on standard error'
ids >ids
is "$(sed -n '1p;2p' ids)" 'http://example.org/two?a=1&b=2
n1' 'ids are those given, else the URL'
like ids '^sha256:[0-9a-f]{24}$' 'or derived from the content'

before=$(info revision)
exits 0 'the same run again' sitrep-index news.jsonl
counts '0 0 3 0 0' 'finds all unchanged'
is "$(info revision)" "$before" 'and makes no new revision'
identity=$(info uuid)

sed 's/dawn/dusk/' news.jsonl >changed.jsonl
exits 0 'a run with one article changed' sitrep-index changed.jsonl
counts '0 1 2 0 0' 'replaces it'
exits 1 'its old words are gone' sitrep search dawn
exits 0 'its new words are there' sitrep search dusk
is "$(ids | wc -l)" 3 'there are as many articles as before'
ok 'the revision rose' test "$(info revision)" -gt "$before"
is "$(info uuid)" "$identity" 'the index is still the same one'

sed 's/Neither an id/No id/' changed.jsonl >edited.jsonl
exits 0 'an article without id or URL is edited' sitrep-index edited.jsonl
counts '1 0 2 0 0' 'that makes another article'

exits 0 'an article with fewer fields' sh -c \
  'printf "%s\n" "{\"id\":\"n1\",\"title\":\"Shelling of the port\"}" | sitrep-index -'
counts '0 1 0 0 0' 'is another version'
exits 1 'and its old date is gone' sitrep search date:2001
exits 0 '--quiet' sitrep-index --quiet changed.jsonl
is "$(cat out err)" '' 'prints nothing'

# ---- several inputs, standard input, the same id twice ----

rm -r index
exits 0 'standard input' sitrep-index - <news.jsonl
counts '3 0 0 0 0' 'is read'
exits 0 'several inputs, one of them twice' sitrep-index news.jsonl - news.jsonl <<'EOF'
{"id":"n2","title":"One more"}
EOF
counts '1 0 6 0 0' 'are all read'

rm -r index
cat >twice.jsonl <<'EOF'
{"id":"t","title":"first version","actor":"Alpha"}
{"id":"u","title":"another article","actor":"Gamma"}
{"id":"t","title":"second version","actor":"Beta"}
{"id":"t","title":"third version","actor":"Beta"}
EOF
exits 0 'an id that comes three times' sitrep-index twice.jsonl
counts '2 0 0 0 0' 'is one article'
like out '^2 articles had the id of another' 'the summary tells of the others'
exits 0 'the last one' sitrep search title:third
is "$(sitrep facets --facets actor --format csv | tr -d '\r' | tail -n +2)" 'actor,Beta,Beta,1
actor,Gamma,Gamma,1' 'alone stands, in facets too'
exits 0 'again, now that the index has them' sitrep-index twice.jsonl
is "$(ids | tr '\n' ' ')" 't u ' 'they stay one article'
exits 0 'and again the last one' sitrep search title:third
exits 1 'stands alone' sitrep search title:first OR title:second

# ---- much input at once, which is added in another way ----

rm -r index
printf '%s\n' '{"id":"t","title":"third version","actor":"Beta"}' '{"id":"v","title":"old","actor":"Alpha"}' \
  '{"id":"w","title":"deleted","actor":"Delta"}' '{"id":"x","title":"stays","actor":"Epsilon"}' | sitrep-index -q -
sitrep-index -q --delete w
before=$(info revision)
identity=$(info uuid)
{
  cat twice.jsonl
  echo '{"id":"v","title":"new","actor":"Alpha"}'
  for i in $(seq 18); do
    printf '{"id":"p%s","title":"Padded","actor":"Zeta","ignored":"' "$i"
    head -c 2000000 /dev/zero | tr '\0' x
    echo '"}'
  done
} >large.jsonl
exits 0 'a large addition' sitrep-index large.jsonl
like out '^added 19, changed [12], ' 'is counted'
like out '^2 articles had the id of another' 'the summary tells of ids that came again'
exits 0 'the last of them' sitrep search title:third
exits 1 'stands alone' sitrep search title:first OR title:second OR title:old OR title:deleted
is "$(sitrep facets --facets actor --format csv | tr -d '\r' | tail -n +2 | cut -d, -f 2,4 | tr '\n' ' ')" \
  'Zeta,18 Alpha,1 Beta,1 Epsilon,1 Gamma,1 ' 'in facets, too'
is "$(info articles)" 22 'the index has them all'
is "$(info uuid)" "$identity" 'it is still the same index'
after=$(info revision)
ok "and its revision rose (from $before to $after)" test "$after" -gt "$before"
sed 's/"title":"new"/"title":"newest"/' large.jsonl >larger.jsonl
exits 0 'another one' sitrep-index larger.jsonl
ok "makes another revision ($after, then $(info revision))" test "$(info revision)" -gt "$after"
is "$(ls -Ad index*)" index 'nothing is left beside it'
rm large.jsonl larger.jsonl

# ---- workers ----

make_articles 1 1500 >many.jsonl
cat twice.jsonl >>many.jsonl
for jobs in 1 2 5; do
  mkdir scratch
  exits 0 "--jobs $jobs" sitrep-index --index jobs$jobs --jobs $jobs --memory 1 --scratch scratch many.jsonl
  is "$(ls -A scratch)" '' 'leaves nothing in --scratch'
  rmdir scratch
  sitrep search --index jobs$jobs -n all --format csv >jobs$jobs.csv
  sitrep facets --index jobs$jobs --facet-limit all --format csv >>jobs$jobs.csv
done
ok 'the index is the same, whatever their number' cmp jobs1.csv jobs2.csv
ok 'and order' cmp jobs1.csv jobs5.csv
few_files() (ulimit -n 80 && exec sitrep-index --index few --memory 1 many.jsonl)
exits 0 'with few open files, parts are merged in many levels' few_files
sitrep search --index few -n all --format csv >few.csv
sitrep facets --index few --facet-limit all --format csv >>few.csv
ok 'to the same index' cmp jobs1.csv few.csv
for wrong in '--jobs -1' '--jobs x' '--jobs 100000' '--memory -1' '--memory x'; do
  # shellcheck disable=SC2086 # option and value
  exits 2 "$wrong" sitrep-index $wrong news.jsonl
  like err '^sitrep-index: .*--(jobs|memory)' 'is refused'
done

# ---- deleting ----

rm -r index
sitrep-index -q news.jsonl
exits 0 '--delete' sitrep-index --delete n1
counts '0 0 0 1 0' 'removes an article'
exits 1 'which is not found any more' sitrep search shelling
exits 2 '--delete with an unknown id alone' sitrep-index --delete n1
like err 'n1.*no article' 'says so'
counts '0 0 0 0 1' 'and counts it as rejected'
exits 1 '--delete with an unknown and a known id' sitrep-index --delete nix \
  --delete 'http://example.org/two?a=1&b=2'
counts '0 0 0 1 1' 'deletes the known one'
is "$(ids | wc -l)" 1 'one is left'
exits 0 '--delete and an input' sitrep-index --delete "$(ids)" news.jsonl
counts '3 0 0 1 0' 'delete first, then read'

# ---- pruning ----

rm -r index
mkdir folder
make_articles 1 3 >folder/a.jsonl
make_articles 4 6 >folder/b.jsonl
sitrep-index -q folder
rm folder/a.jsonl
exits 0 'a run without --prune' sitrep-index folder
counts '0 0 3 0 0' 'removes nothing'
exits 0 'a run with --prune' sitrep-index --prune folder
counts '0 0 3 3 0' 'removes what is not in the input'
is "$(ids | tr '\n' ' ')" 'g4 g5 g6 ' 'and nothing else'

make_articles 1 3 >folder/a.jsonl
exits 0 '--prune that adds, too' sitrep-index --prune folder/a.jsonl
counts '3 0 0 3 0' 'replaces what was there'
sitrep-index -q folder
exits 1 '--prune with a path that is missing' sitrep-index --prune folder/a.jsonl folder/nix.jsonl
counts '0 0 3 0 1' 'removes nothing'
like out 'nothing was pruned' 'and says so'
head -c 300 folder/b.jsonl | gzip >cut.gz
head -c 60 cut.gz >cut.jsonl.gz
exits 1 '--prune with an archive that breaks off' sitrep-index --prune folder/a.jsonl cut.jsonl.gz
is "$(ids | wc -l)" 6 'removes nothing'
printf '<REUTERS NEWID="1">\n<TEXT><TITLE>cut off' >cut.sgm
exits 1 '--prune with SGML that breaks off' sitrep-index --prune folder/a.jsonl cut.sgm
is "$(ids | wc -l)" 6 'removes nothing'
printf '{"id":"g1","title":"cut off' >cut.jsonl
exits 1 '--prune with a record that is broken' sitrep-index --prune cut.jsonl folder/a.jsonl
is "$(ids | wc -l)" 6 'removes nothing'
exits 2 '--prune without an input' sitrep-index --prune
is "$(ids | wc -l)" 6 'removes nothing'
like err 'say what to index' 'and asks for one'
exits 2 '--prune with nothing but --delete' sitrep-index --prune --delete g1
is "$(ids | wc -l)" 6 'removes nothing'

# ---- where the index is ----

rm -r index
exits 0 '--index' sitrep-index --index some/where/else news.jsonl
ok 'is made, with the folders above it' test -d some/where/else
ok 'and not the one of the environment' test ! -e index
exits 0 'it answers' sitrep search --index some/where/else raid
exits 0 '$SITREP_INDEX' sitrep-index news.jsonl
ok 'is used without --index' test -d index
exits 0 'without both' env -u SITREP_INDEX sitrep-index news.jsonl
ok 'it is in the data folder of the user' test -d data/sitrep/index
exits 0 'where it is found' env -u SITREP_INDEX sitrep search raid
is "$(ls -A some/where data/sitrep | tr '\n' ' ')" 'data/sitrep: index  some/where: else ' \
  'nothing is left beside an index'
finish
