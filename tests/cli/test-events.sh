#!/bin/sh
# Types of events: derived, indexed, searched, counted, explained; stated ones kept.
. "$(dirname "$0")/lib.sh"
start

cat >news.jsonl <<'EOF'
{"id":"a","title":"Gun battle near the border","lang":"en","body":"Soldiers clashed with rebels near the border, and seven soldiers were killed."}
{"id":"b","title":"Shares up","lang":"en","body":"The takeover battle for the company went on, and its shares rose 3 pct after a price war."}
{"id":"c","lang":"es","body":"Los secuestradores liberaron a los rehenes, y estalló un coche bomba."}
{"id":"d","lang":"en","event_type":"Protests","body":"A suicide bomber killed twenty people."}
{"id":"e","event_type":"Riots","sub_event_type":"Mob violence","notes":"On 3 May, rebels ambushed an army patrol."}
EOF
exits 0 '--describe-only' sitrep-index --describe-only news.jsonl
cp out described.jsonl
is "$(json '"@{$j[0]{event_type}}", "@{$j[0]{sub_event_type}}"')" "Battles
Armed clash" 'a battle'
like out '"event_type":\["gun battle in title, .*soldiers were killed.*; [0-9.]+"\]' 'and the words that tell it'
is "$(json 'exists $j[1]{event_type} ? 1 : 0')" 0 'business news has none'
is "$(json 'join "|", @{$j[2]{event_type}}')" 'Explosions/Remote violence|Violence against civilians' 'several'
is "$(json 'join "|", @{$j[2]{sub_event_type}}')" \
  'Remote explosive/landmine/IED|Abduction/forced disappearance' 'and their sub-types, in Spanish'
is "$(json '"@{$j[3]{event_type}}", exists $j[3]{sub_event_type} ? 1 : 0')" "Protests
0" 'a stated type stays, and gets no sub-type of another'
is "$(json '"@{$j[4]{event_type}} @{$j[4]{sub_event_type}}"')" 'Riots Mob violence' "ACLED's own fields are read"
exits 0 'its own output' sitrep-index --describe-only described.jsonl
ok 'is described the same' cmp out described.jsonl

sitrep-index -q news.jsonl
exits 0 'a type' sitrep search event_type:battles
like out '^1 article ' 'is searched'
exits 0 'a sub-type' sitrep search 'sub_event_type:"armed clash"'
like out '^1 article ' 'is searched'
exits 0 'as an option' sitrep search --sub_event_type 'mob violence'
like out '^1 article ' 'too'
exits 0 'facets' sitrep facets --facets event_type,sub_event_type --format csv
like out '^event_type,Battles,Battles,1' 'count types'
like out '^sub_event_type,Armed clash,Armed clash,1' 'and sub-types'
exits 0 'show --why' sitrep show a --why
like out '^Type of event +Battles: gun battle in title, .*; [0-9.]+$' 'tells the words'
like out '^Event sub-type +Armed clash: ' 'of the sub-type as well'
exits 0 'show --why' sitrep show e --why
like out '^Event sub-type +Mob violence$' 'of a stated one nothing'
finish
