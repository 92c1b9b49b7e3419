#!/bin/sh
# What sitrep-index derives from texts: --describe-only, the index, and sitrep show --why.
. "$(dirname "$0")/lib.sh"
start

cat >news.jsonl <<'EOF'
{"id":"a","title":"Bomb hits Kabul","date":"2010-05-03","lang":"en","body":"KABUL, May 3 - A bomb hit Kabul. The Afghan army left the capital of Afghanistan, the White House said."}
{"id":"b","title":"Talks","lang":"en","country":["FR"],"body":"In Kabul, Afghan officials met the French president. Afghan and French troops left."}
{"id":"c","title":"American Airlines","lang":"en","body":"American Airlines told us of a nice reading."}
{"id":"d","lang":"en","body":"Gunmen clashed in San Miguel, El Salvador, with Salvadoran soldiers."}
EOF
exits 0 '--describe-only' sitrep-index --describe-only news.jsonl
cp out described.jsonl
is "$(json 'map { $_->{id} } @j' | tr '\n' ' ')" 'a b c d ' 'writes an object a line, in order'
is "$(json '"@{$j[0]{country}}"')" AF 'with the countries that an article is about'
is "$(json '"@{$j[0]{mentions_country}}"')" US 'and those that it mentions'
is "$(json '"@{$j[0]{place}}"')" Kabul 'and its places'
like out '"why":\{"country":\["title; dateline; 3 in text; [01]\.[0-9]+"\]' 'and why'
like out '"geo":\[\{"place":"Kabul","country":"AF","lat":34\.5[0-9]*,"lon":69\.[0-9]+\}\]' 'and where'
is "$(json '"@{$j[1]{country}}"')" FR 'what is stated stays'
is "$(json '"@{$j[1]{mentions_country}}"')" AF 'and is no mention beside it'
is "$(json 'exists $j[2]{country} ? 1 : 0')" 0 'no country is no field'
is "$(json '"@{$j[3]{place}}"')" 'San Miguel, El Salvador' 'a name that several countries have says which'
ok 'makes no index' test ! -e index
exits 0 'its own output' sitrep-index --describe-only described.jsonl
ok 'is described the same' cmp out described.jsonl
exits 0 'standard input' sitrep-index --describe-only --format jsonl - <news.jsonl
ok 'is described too' cmp out described.jsonl
exits 2 'with --delete' sitrep-index --describe-only --delete a news.jsonl
like err 'touches no index' 'is refused'
exits 2 'with --prune' sitrep-index --describe-only --prune news.jsonl
if [ -e /dev/full ]; then
  sitrep-index --describe-only news.jsonl >/dev/full 2>err
  is $? 2 'a full disk is an error'
  like err 'standard output' 'that is said'
fi

sitrep-index -q news.jsonl
exits 0 'show --why' sitrep show a --why
like out '^Country +Afghanistan: title; dateline; 3 in text; [01]\.[0-9]+$' 'tells why'
like out '^Mentions +United States: 1 in text; 0\.[0-9]+$' 'of mentions too'
like out '^Place +Kabul: title; dateline; 1 in text \(Afghanistan, 34\.5[0-9] 69\.[0-9]+\)$' 'and where'
exits 0 'a stated field' sitrep show b --why
like out '^Country +France$' 'has no reason'
exits 0 'mentions_country:' sitrep search mentions_country:us
like out '^1 article ' 'is searched'
exits 0 'mentions:' sitrep search 'mentions:"United States" country:af'
like out '^1 article ' 'and by its other name'
exits 0 'a place' sitrep search 'place:"san miguel"'
like out '^1 article ' 'is searched'
sitrep-index described.jsonl >out
like out 'unchanged 4' 'an export changes nothing'
finish
