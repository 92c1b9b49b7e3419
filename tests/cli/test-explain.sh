#!/bin/sh
# What is said of a query: sitrep search --explain, cuts, and why nothing is found.
. "$(dirname "$0")/lib.sh"
start

cat >a.jsonl <<'X'
{"id":"1","title":"Tanker","text":"Attackers attacked the oil tanker.","lang":"en","source":"Times"}
{"id":"2","title":"Price","text":"The attack on oil prices; prices fell.","lang":"en","source":"Post"}
{"id":"3","title":"Minister","text":"The prime minister.","lang":"en"}
X
exits 0 'an index' sitrep-index --quiet a.jsonl

exits 0 'an explanation' sitrep search --explain -n 1 'attack oil -"prime minister" source:p*'
is "$(sed -n '1,6p' out)" '1 article for attack AND oil AND NOT "prime minister" AND source:p*
  attack      attack 1, attacked 1, attackers 1
  oil         oil 2
  "prime"     prime 1
  "minister"  minister 1
  source:p*   Post 1' 'each word with its forms and their counts, in the order of the query'
exits 0 'of facets' sitrep facets --explain --facets source oil
like out '^  oil  oil 2$' 'likewise'
exits 0 'as JSON' sitrep search --explain --format json 'attack*' --expand-limit 2
is "$(json '$j->{explain}[0]{part}, $j->{explain}[0]{found}, $j->{explain}[0]{cut} ? 1 : 0, $j->{cut}, map { "$_->{form}=$_->{count}" } @{$j->{explain}[0]{forms}}' | tr '\n' ' ')" \
  'attack* 3 1 1 attack=1 attacked=1 ' 'all of it'
exits 0 'without being asked' sitrep search --format json oil
is "$(json 'exists $j->{explain} ? 1 : 0, exists $j->{cut} ? 1 : 0, exists $j->{diagnosis} ? 1 : 0' | tr '\n' ' ')" \
  '0 0 0 ' 'nothing is explained'

# ---- cuts ----
exits 0 'a pattern over the limit' sitrep search 'attack*' --expand-limit 1
like out '^1 part of the query matches more words than are looked for' 'is said to be cut'
exits 0 'at the limit' sitrep search 'attack*' --expand-limit 3
unlike out 'more words' 'is not'
exits 0 'without limit' sitrep search 'attack*' --expand-limit all
unlike out 'more words' 'is not either'
exits 0 'in rows' sitrep search 'attack*' --expand-limit 1 --format csv
like err 'more words' 'it is said beside them'
exits 0 'in facets' sitrep facets 'attack*' --expand-limit 1
like out 'more words' 'too'
exits 2 'a limit of nothing' sitrep search 'attack*' --expand-limit 0
like err 'expand-limit' 'is refused'

# ---- nothing found ----
exits 1 'nothing' sitrep search tanker prices
like out '^  tanker +1 +1$' 'what each part finds alone, and what the others find'
like out '^  prices +1 +1$' 'for all of them'
exits 1 'a phrase' sitrep search '"minister prime"'
like out '^  all of them, but elsewhere: 1 article$' 'whose words are there'
exits 1 'a misspelt word' sitrep search ministr
is "$(cat out)" '0 articles for ministr
Did you mean: minister (1 article)' 'is suggested'
exits 0 'the suggestion' sitrep search "$(sed -n 's/^Did you mean: \(.*\) (.*/\1/p' out)"
exits 1 'in a longer query' sitrep search '"prime ministr" -oil' --format json
is "$(json '$j->{diagnosis}{suggestion}{query}, $j->{diagnosis}{suggestion}{total}, scalar @{$j->{diagnosis}{parts}}' | tr '\n' ' ')" \
  '"prime minister" AND NOT oil 1 2 ' 'in JSON'
exits 1 'no likeness' sitrep search xyzxyzxyz
unlike out 'Did you mean' 'no suggestion'

# ---- expressions that run wild ----
printf '{"id":"9","text":"%s"}\n' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab >b.jsonl
exits 0 'a hard word' sitrep-index --quiet b.jsonl
exits 2 'an expression that takes for ever' timeout 20 sitrep search '/(a|aa|a?a)+[c-z]/'
like err 'too many steps' 'is given up'
exits 2 'no time at all' sitrep search '"aaa bbb" OR "the oil"' --time-limit 0.0000001
like err 'takes longer than it may' 'is not enough'
exits 0 'time enough' sitrep search '"the oil"' --time-limit 600
exits 2 'time that is none' sitrep search oil --time-limit -1
# Each of these matches nearly every short word of the index.
exits 0 'many patterns near each other' timeout 60 sitrep search --count \
  'oil OR a* NEAR *a* NEAR t* NEAR o* NEAR *t* NEAR p* NEAR *i* NEAR *e*'
exits 2 'more than may be' sitrep search 'near5:(a b c d e f g h i)'
like err 'at most 8' 'are refused'
finish
