#!/bin/sh
# Queries on the command line: words, operators, errors with a mark at the place.
. "$(dirname "$0")/lib.sh"
start
cat >articles.jsonl <<'EOF'
{"id":"q1","title":"Oil tanker attacked","body":"The prime minister was told. Five hostages were taken.","date":"1987-03-01","country":"IR","source":"Daily Post"}
{"id":"q2","title":"Ministers meet","body":"A prime example, the minister said. U.S. envoys came.","date":"1987-04","lang":"en"}
{"id":"q3","title":"Kidnapping of a hostage","body":"Kidnapped on Monday; -2 degrees, 10:30.","date":"1990","actor":"Front (Armed Wing)"}
{"id":"q4","title":"Enlèvement à Bogotá","body":"Les otages ont été libérés par l'armée.","lang":"fr","country":["CO"]}
{"id":"q5","title":"Похищение заложников","body":"Заложники освобождены.","lang":"ru"}
EOF
sitrep-index -q articles.jsonl
found() { # IDS NAME ARGUMENT...
  expected=$1
  about=$2
  shift 2
  is "$(ids "$@" | tr '\n' ' ')" "$expected" "$about"
}

found 'q1 q2 q3 q4 q5 ' 'no query finds everything'
found 'q1 q2 q3 q4 q5 ' 'an empty one, too' ''
found 'q1 ' 'several words, all must occur' oil attack
found 'q1 ' 'in one argument or several' 'oil attack' tanker
found 'q1 q2 ' 'a word finds its other forms' minister
found 'q1 ' 'a phrase' '"prime minister"'
found '' 'has no other forms' '"prime ministers"'
found 'q1 q3 ' 'OR' 'kidnapped OR hostage'
found 'q1 q3 ' 'OR between arguments' tanker OR kidnapped
found 'q1 q3 ' 'AND binds tighter than OR' '"prime minister" hostage OR kidnap'
found 'q1 ' 'parentheses' '(kidnapped OR tanker) oil'
found 'q2 ' 'NOT' 'minister NOT oil'
found 'q2 ' 'minus' 'minister -oil'
found 'q2 ' 'minus in an argument of its own, behind --' -- minister -oil
found 'q2 ' 'a query that begins with a minus, behind --' -- -oil minister
found 'q3 q4 q5 ' 'NOT alone' 'NOT minister'
found 'q4 ' 'accents make no difference' bogota liberes
found 'q4 ' 'nor does case' ARMÉE
found 'q5 ' 'Cyrillic stems' заложник
found 'q4 q5 ' 'two languages' 'otage OR заложников'
found 'q1 ' 'field:value' 'country:iran minister'
found 'q1 q4 ' 'a group of values' 'country:(iran OR colombia)'
found 'q3 ' 'a value with signs in it' --actor 'Front (Armed Wing)'
found 'q1 q2 ' 'a range of dates' date:1987-03..1987-05
found 'q1 q2 q3 ' 'an open one' date:1987..
found 'q1 ' 'a date and words' date:1987 oil
found 'q1 q2 ' 'Lucene form' 'date:[1987 TO 1989]'
found 'q1 ' 'a distance' 'told NEAR/3 hostages'
found '' 'that is too short' 'told NEAR/1 hostages'
found 'q1 q3 ' 'a pattern' 'kidnap* OR tank?r'
found 'q3 ' 'a misspelt word' kidnaped~1
found 'q3 ' 'a regular expression' '/kid.*(ing|ed)/'
found 'q1 ' 'an exact form' =hostages
found 'q1 q2 ' 'a weight filters nothing' 'minister^2'
found 'q3 ' 'an id' id:q3
found 'q3 ' 'a time is no field' '10:30'
found '' 'what no article has' nothinglikeit
exits 1 'nothing found' sitrep search nothinglikeit
exits 0 'a query with control characters' sitrep search "$(printf 'oil OR "a\033]0;b\007 c"')"
ok 'does not send them to the terminal' perl -0777 -ne 'exit !!/[\x00-\x09\x0b-\x1f\x7f]/' out
exits 0 'a query of 2,000 words' sitrep search "$(seq -f 'word%g OR' -s ' ' 2000) oil"
like out '^1 article' 'is answered'

# wrong QUERY SENTENCE CARET-LINE NAME
wrong() {
  exits 2 "$4" sitrep search "$1"
  is "$(head -n 1 err | grep -cE "^sitrep: .*$2")" 1 "$4: a sentence says so"
  is "$(sed -n '2p;3p' err)" "  $1
$3" "$4: a mark is at the place"
  is "$(cat out)" '' "$4: and there is no answer"
}
wrong '(oil' 'never closed' '  ^' 'an open parenthesis'
wrong 'oil)' 'never opened' '     ^' 'a closed one'
wrong '"oil tanker' 'never closed' '  ^' 'an open quotation mark'
wrong 'oil AND' 'missing' '         ^' 'AND at the end'
wrong 'OR oil' 'nothing on one side|operator' '  ^^' 'OR at the beginning'
wrong 'colour:red' "no field 'colour'.*country" '  ^^^^^^' 'an unknown field'
wrong 'oil date:1987-02-30' 'no date' '           ^^^^^^^^^^' 'a day that does not exist'
wrong 'date:1990..1987' 'ends before it starts' '  ^^^^^^^^^^^^^^^' 'a range backwards'
wrong 'cease-f*' 'one word' '       ^' 'a pattern of two words'
wrong 'oil NEAR/0 tanker' 'from 1 to 1000' '      ^^^^^^' 'a distance of nothing'
wrong '"a b"~' 'how many words' '       ^' 'a distance without a number'
wrong 'mojahdin~9' '1 or 2' '          ^^' 'nine edits'
wrong '/oil(/' 'regular expression' '  ^^^^^^' 'half a regular expression'
wrong 'oil^' 'weight' '     ^' 'half a weight'
wrong 'été country:Atlantis' 'no country' '      ^^^^^^^^^^^^^^^^' 'an unknown country, behind accents'
wrong 'country:' 'value' '  ^^^^^^^^' 'a field without a value'
exits 2 '--since with what is no date' sitrep search --since tomorrow
like err '^sitrep: .*tomorrow.*(1987|date)' 'is refused'
exits 2 'a range of options backwards' sitrep search --since 1990 --until 1987
like err '^sitrep: .*ends before it starts' 'is refused'
exits 2 'nesting without end' sitrep search "$(head -c 100000 /dev/zero | tr '\0' '(')"
like err 'nested too deeply' 'is refused'
exits 0 'bytes that are no UTF-8' sitrep search "$(printf 'oil OR caf\351')"
LC_ALL=C
exits 0 'a query with accents under LC_ALL=C' sitrep search Bogotá --country México --country Colombie
like out '^1 article for Bogotá' 'is understood as UTF-8'
for flag in --count --explain --digest --estimate; do
  exits 0 "$flag in front of a word with a minus" sitrep search "$flag" -nothinglikeit oil
done
finish
