#!/bin/sh
# sitrep show and sitrep info.
. "$(dirname "$0")/lib.sh"
start
esc=$(printf '\033')
sitrep-index -q "$fixtures/hostile.jsonl"

exits 0 'show' sitrep show h1
is "$(head -n 1 out)" "<script>alert(\"title\")</script> & 'attack'" 'begins with the title'
like out '^Date +2020-03-04$' 'then come the fields'
like out '^Country +Iran, Iraq, Soviet Union$' 'countries by their names'
like out '^Language +en \(derived\)$' 'what was derived is marked'
like out '^A second line, with a comma\.$' 'and the whole text'
unlike out "$esc" 'without escape sequences'
exits 0 'a hostile article' sitrep show h2
ok 'sends no control character' perl -0777 -ne 'exit !!/[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]/' out
exits 0 'several' sitrep show h3 h4
is "$(grep -E '^(Month|Year)$' out | tr '\n' ' ')" 'Month Year ' 'come in the order asked for'
exits 0 '--format json' sitrep show h1 =h8 --format json
is "$(json 'map { $_->{id} } @j' | tr '\n' ' ')" 'h1 =h8 ' 'is an object a line'
is "$(json '$j->{body}')" 'Rebels <b>attacked</b> the town & "fled"; <img src=x onerror=alert(1)>
A second line, with a comma.
A third &lt;line&gt;.' 'with the whole text, as it is'
is "$(json '"@{$j->{country}}", $j->{source_country}, "@{$j->{derived}}"')" 'IR IQ SU
GB
lang' 'countries are codes, and derived fields are named'
cp out json.out
exits 0 '--format jsonl' sitrep show h1 =h8 --format jsonl
ok 'is the same' cmp out json.out
exits 2 'an unknown id' sitrep show nix
like err '^sitrep: .*nix' 'is said'
exits 2 'an unknown id among others' sitrep show h3 nix
like out '^Month$' 'those before are printed'
exits 2 'no id' sitrep show
like err 'sitrep show ID' 'is said'
exits 2 '--format csv' sitrep show h1 --format csv
exits 0 '--query' sitrep show h5 --query attack --color always
is "$(grep -o "$esc\[1;31m[a-z]*" out | sed 's/.*m//' | tr '\n' ' ')" 'attack attackers attacked attacking ' \
  'highlights every form'
sed "s/$esc\[[0-9;]*m//g" out >plain
sitrep show h5 >out
ok 'and prints the same text' cmp plain out
exits 0 '--query without colour' sitrep show h5 --query attack
unlike out "$esc" 'has none'
exits 2 '--query with an error' sitrep show h5 --query '(attack'
like err 'never closed' 'is refused'
is "$(cat out)" '' 'before anything is printed'

exits 0 'info' sitrep info
like out '^Articles +8$' 'says how many articles there are'
like out '^Languages +en 7' 'their languages'
like out '^Dates +1999-12-31 to 2021-01-01$' 'first and last date'
like out "^Index +$work/index$" 'where it is'
like out '^Size +[0-9.]+.*B$' 'its size'
like out '^UUID +[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' 'its identity'
like out '^Revision +[1-9][0-9]*$' 'and revision'
like out '^Stemmer +libstemmer [0-9]' 'the stemmer'
like out '^Schema +[0-9]' 'and the schema'
exits 0 'info as JSON' sitrep info --format json
is "$(json '$j->{articles}, $j->{first_date}, $j->{last_date}, $j->{index}')" "8
1999-12-31
2021-01-01
$work/index" 'says the same'
is "$(json 'join " ", sort keys %$j')" 'articles bytes first_date index languages last_date revision schema stemmer terms uuid xapian xapian_uuid' \
  'under these keys'
is "$(json '$n += $_->{count} for @{$j->{languages}}; $n')" 8 'languages add up'
ok 'bytes are those on disk' test "$(json '$j->{bytes}')" -ge "$(find index -name '*.glass' -printf '%s\n' | paste -sd+ | sed 's/^/$((/; s/$/))/' | xargs -I{} sh -c 'echo {}')"
if command -v xapian-delve >/dev/null; then
  is "$(json '$j->{terms}')" "$(xapian-delve -a -1 index | tail -n +2 | wc -l)" 'terms are those of xapian-delve'
else
  skip 1 'no xapian-delve'
fi
before=$(info revision)
sitrep-index -q --delete h2
is "$(info articles)" 7 'a deletion is seen'
ok 'and the revision rose' test "$(info revision)" -gt "$before"
for id in h1 h3 h4 h5 h6 h7 =h8; do sitrep-index -q --delete $id; done
exits 0 'info of an index without articles' sitrep info
like out '^Articles +0$' 'says so'
exits 0 'as JSON' sitrep info --format json
is "$(json 'exists $j->{first_date}, scalar @{$j->{languages}}' | tr '\n' ' ')" ' 0 ' 'dates are left out'
exits 1 'search in it' sitrep search --facets all --sort oldest --since 1990
exits 1 'everything in it' sitrep search
finish
