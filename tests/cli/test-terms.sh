#!/bin/sh
# sitrep terms: the words of an index.
. "$(dirname "$0")/lib.sh"
start

cat >a.jsonl <<'X'
{"id":"1","title":"Tanker","text":"Attack on a tanker. Çuçi's oil."}
{"id":"2","title":"Oil","text":"Attacks, attacks; oil oil oil."}
{"id":"3","title":"Attack","text":"The attack."}
X
exits 0 'an index' sitrep-index --quiet a.jsonl

exits 0 'words with a beginning' sitrep terms attack
is "$(cat out)" ' articles  word
        2  attack
        1  attacks' 'the most frequent first, articles counted once'
exits 0 'in any case, with accents' sitrep terms ÇU
like out '^ +1  cuci$' 'in the spelling of the index'
exits 0 'a pattern' sitrep terms 't*k?r'
like out '^ +1  tanker$' 'is matched as a whole'
exits 0 'words of titles' sitrep terms --title ''
is "$(sed 1d out | tr -s ' ' | tr '\n' ';')" ' 1 attack; 1 oil; 1 tanker;' 'are those of titles'
exits 0 'by letters' sitrep terms --alphabetical -n 3
is "$(sed -n '2,4s/.* //p' out | tr '\n' ' ')" 'a attack attacks ' 'in the order of letters'
like out '^3 of 8 words; -n all lists them all$' 'and what is left out is said'
exits 0 'as CSV' sitrep terms -n 1 --format csv a
is "$(tr -d '\r' <out)" 'articles,word
2,attack' 'a header and rows'
like err '^1 of 3 words' 'what is left out does not spoil the rows'
exits 0 'as JSON' sitrep terms -n 1 --format json a
is "$(json '$j->{rows}[0]{word}, $j->{rows}[0]{articles}, $j->{found}, scalar @{$j->{rows}}' | tr '\n' ' ')" \
  'attack 2 3 1 ' 'an object that says how many there are'
exits 0 'as JSON Lines' sitrep terms --format jsonl attack
is "$(json 'map { $_->{word} } @j' | tr '\n' ' ')" 'attack attacks ' 'a line a word'
exits 1 'nothing' sitrep terms xyz
exits 2 'several words' sitrep terms a b
like err 'one word' 'are refused'
exits 2 'a bad number' sitrep terms -n many a
exits 2 'no UTF-8' sitrep terms "$(printf '\377')"
like err 'UTF-8' 'says so'
exits 2 'no index' sitrep terms --index nowhere a
finish
