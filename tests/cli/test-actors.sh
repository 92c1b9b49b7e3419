#!/bin/sh
# Actors: found, explained and searched; --actors FILE with a table or a PETRARCH dictionary.
. "$(dirname "$0")/lib.sh"
start

cat >news.jsonl <<'EOF'
{"id":"a","title":"Albanian police raid camp","date":"2023-06-20","lang":"en","body":"TIRANA, June 20 - Albanian police raided the camp of the Mujahedeen-e-Khalq. The MKO protested. The order came from the Green Land Court Council (GLCC)."}
{"id":"b","lang":"en","actor":["Blue Hats"],"body":"Albanian police met the FMLN."}
{"id":"c","lang":"en","body":"The Blue Hats and the Orange Hats of Peru met the FMLN."}
EOF
exits 0 '--describe-only' sitrep-index --describe-only news.jsonl
is "$(json 'join "|", @{$j[0]{actor}}')" \
  'Police Forces of Albania|MEK: Mujahedeen-e-Khalq|GLCC: Green Land Court Council' 'names the actors'
is "$(json 'join "|", @{$j[0]{why}{actor}}')" \
  'title; 1 in text; as Albanian police|2 in text; as Mujahedeen-e-Khalq|1 in text; as Green Land Court Council; defined in the text' 'and why'
is "$(json 'join "|", @{$j[1]{actor}}')" 'Blue Hats' 'stated ones stay alone'
sitrep-index -q news.jsonl
exits 0 'actor:' sitrep search 'actor:"MEK: Mujahedeen-e-Khalq"'
like out '^1 article ' 'is searched'
exits 0 'show --why' sitrep show a --why
like out 'Police Forces of Albania: title; 1 in text; as Albanian police' 'tells why'

printf 'name\tkind\tcountries\tfrom\tto\taliases\nBlue Hats\nOH: Orange Hats\trebel-group\tPE\t1990\t\t?OH\n' >own.tsv
exits 0 '--actors with a table' sitrep-index --describe-only --actors own.tsv news.jsonl
is "$(json 'join "|", @{$j[2]{actor}}')" \
  'Blue Hats|OH: Orange Hats|FMLN: Farabundo Marti National Liberation Front' 'adds its actors'
is "$(json 'join "|", @{$j[1]{actor}}')" 'Blue Hats' 'and leaves stated ones'
exits 0 '--actors when indexing' sitrep-index --actors own.tsv news.jsonl
like out 'changed 1,' 'changes the articles that name them'
exits 0 'their actor' sitrep search 'actor:"blue hats"'
like out '^2 articles ' 'is searched'

printf 'BLUE_HATS_\n+AZURE_HATS_\n\t[PERREB 900101-991231]\nPERU_ [PER]\nORANGE_HATS_ [PEROPP]\n' >phoenix.txt
exits 0 '--actors with a PETRARCH dictionary' sitrep-index --describe-only --actors phoenix.txt news.jsonl
is "$(json 'join "|", @{$j[2]{actor}}')" \
  'Blue Hats|Orange Hats|FMLN: Farabundo Marti National Liberation Front' 'adds its actors, but no countries'

printf 'Blue Hats\tarmy\nOrange Hats\tprotesters\nRed\tprotesters\tNarnia\n\377\n' >bad.tsv
exits 1 'bad lines' sitrep-index --describe-only --actors bad.tsv news.jsonl
like err 'bad\.tsv, line 1: .army. is no kind of actor; write state-forces' 'say where and what to do'
like err 'bad\.tsv, line 3: .Narnia. is no country' 'all of them'
like err 'bad\.tsv, line 4: is not UTF-8' 'also what is no text'
is "$(json 'join "|", @{$j[2]{actor}}')" \
  'Orange Hats|FMLN: Farabundo Marti National Liberation Front' 'and the rest counts'
exits 1 'bad lines when indexing' sitrep-index --actors bad.tsv --rejects rejects.jsonl news.jsonl
like out '^3 lines of the table of actors were not understood$' 'are counted'
like rejects.jsonl '"input":"bad.tsv","line":1,"reason":".army. is no kind' 'and kept with the rejects'
exits 2 'a table that is not there' sitrep-index --describe-only --actors none.tsv news.jsonl
like err 'none\.tsv cannot be read: ' 'ends the run with a reason'
exits 2 'a folder' sitrep-index --describe-only --actors . news.jsonl
like err '\. cannot be read: ' 'likewise'
: >empty.tsv
exits 0 'an empty table' sitrep-index --describe-only --actors empty.tsv news.jsonl
head -c 200000 /dev/urandom >random.tsv
sitrep-index --describe-only --actors random.tsv news.jsonl >out 2>err
status=$?
ok 'random bytes do no harm' test "$status" -le 1
is "$(json 'scalar @j')" 3 'all articles are described'
finish
