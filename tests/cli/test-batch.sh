#!/bin/sh
# sitrep batch: a list of queries; sitrep search --count and --query-file.
. "$(dirname "$0")/lib.sh"
start

cat >a.jsonl <<'X'
{"id":"1","title":"A","text":"The tanker, the oil.","date":"1987-03-01","source":"Times"}
{"id":"2","title":"B","text":"Oil of Iran.","date":"1987-03","source":"Times"}
{"id":"3","title":"C","text":"Oil again.","date":"1990-01-02","source":"Post"}
{"id":"4","title":"D","text":"Undated wheat."}
X
exits 0 'an index' sitrep-index --quiet a.jsonl

printf '\357\273\277# names\r\n\r\noil\r\n  "the tanker"  \nwheat\nnothing\n' >list.txt
exits 0 'a list' sitrep batch list.txt
is "$(cat out)" ' articles  first       last        query
        3  1987-03     1990-01-02  oil
        1  1987-03-01  1987-03-01  "the tanker"
        1  -           -           wheat
        0  -           -           nothing' 'a row for each query, comments and empty lines passed over'
exits 0 'with filters' sitrep batch list.txt --source times --until 1987
like out '^ +2  1987-03 +1987-03-01  oil$' 'they hold for each'
exits 0 'from standard input' sh -c 'echo oil | sitrep batch -'
like out '3 .*oil$' 'likewise'

printf 'oil\nfoo AND (\n"a, b" OR oil\n@nobodyatall\n' >bad.txt
exits 2 'with bad lines' sitrep batch bad.txt
like out '3 .*"a, b" OR oil$' 'the others are answered'
like err '^sitrep: bad.txt:2: ' 'the line is named'
like err '^sitrep: bad.txt:4: no actor' 'and each other'
like err '2 of 4 queries could not be asked' 'and they are counted'
exits 2 'as CSV' sitrep batch bad.txt --format csv
is "$(tr -d '\r' <out | sed -n '1p;2p;4p')" 'line,articles,first,last,query,cut,error
1,3,1987-03,1990-01-02,oil,0,
3,3,1987-03,1990-01-02,"""a, b"" OR oil",0,' 'cells are quoted'
like out '^2,,,,foo AND \(,,.+' 'a bad line says why'
exits 2 'as JSON' sitrep batch bad.txt --format json
is "$(json 'scalar @{$j->{rows}}, $j->{rows}[0]{articles}, $j->{rows}[1]{line}, defined $j->{rows}[1]{articles} ? 1 : 0' | tr '\n' ' ')" \
  '4 3 2 0 ' 'null where there is no number'
exits 2 'as JSON Lines' sitrep batch bad.txt --format jsonl
is "$(json '$j[2]{query}')" '"a, b" OR oil' 'a line a query'

echo 'o* OR t*' >cut.txt
exits 0 'patterns that are cut' sitrep batch cut.txt --expand-limit 1
like err '^sitrep: cut.txt:1: cut' 'are said'
exits 1 'nothing found at all' sh -c 'echo nothing | sitrep batch -'
exits 1 'an empty list' sh -c ': | sitrep batch -'
exits 2 'no file' sitrep batch nowhere.txt
like err 'nowhere.txt cannot be read' 'says so'
exits 2 'no name' sitrep batch
printf 'oil\377\n' >latin.txt
exits 2 'no UTF-8' sitrep batch latin.txt
like err 'latin.txt is no UTF-8' 'says so'

# ---- --count and --query-file ----
exits 0 'a count' sitrep search --count oil
is "$(cat out)" 3 'is a number alone'
exits 1 'none' sitrep search --count nothing
is "$(cat out)" 0 'is a number, too'
exits 2 'a fault' sitrep search --count '('
is "$(cat out)" '' 'is none'
exits 0 'a cut pattern' sitrep search --count 'o*' --expand-limit 1
is "$(cat out)" 3 'is counted'
like err 'most frequent' 'and said to be cut'
i=0
while [ $i -lt 2500 ]; do
  echo "word$i OR"
  i=$((i + 1))
done >long.txt
echo tanker >>long.txt
exits 0 'a long query from a file' sitrep search --count --query-file long.txt
is "$(cat out)" 1 'is one query'
exits 0 'from standard input' sh -c 'echo oil | sitrep search --count --query-file -'
is "$(cat out)" 3 'likewise'
exits 2 'a query here and there' sitrep search --query-file long.txt oil
like err 'not both' 'is refused'
exits 2 'no such file' sitrep search --query-file nowhere
finish
