#!/bin/sh
# Dates that sitrep-index derives and reads: --describe-only, the index, sitrep show --why.
. "$(dirname "$0")/lib.sh"
start

cat >news.jsonl <<'EOF'
{"id":"url","url":"https://a.example/2023/06/20/bomb","body":"KABUL, June 19 - A bomb went off in Kabul."}
{"id":"line","body":"LIMA, 14 de mayo de 1988 (EFE) - El presidente habló ante el Congreso de la República."}
{"id":"head","body":"Опубликовано 12 июня 2021 г.\n\nПрезидент заявил, что переговоры будут продолжены."}
{"id":"none","body":"WASHINGTON, Feb 26 - The dollar fell, as it had in 1986."}
{"id":"year","url":"https://a.example/1987/story","body":"WASHINGTON, Feb 26 - The dollar fell, as it had in 1986."}
{"id":"month","url":"https://a.example/2019/04/story/","body":"It rained in Kabul, the army said."}
{"id":"stated","date":"12 juin 2023","url":"https://a.example/2020/01/01/x","body":"PARIS, 3 mars 2001 (AFP) - Le président a parlé."}
{"id":"unclear","lang":"en","body":"Published on 03/04/2023\n\nIt rained in Kabul."}
{"id":"arabic","date":"١٢ حزيران/يونيو ٢٠٢٣","body":"قال الرئيس إن المحادثات ستستمر."}
{"id":"future","body":"KABUL, 20 June 9998 (AP) - It rained."}
EOF
touch -d 2001-02-03 news.jsonl
exits 0 '--describe-only' sitrep-index --describe-only news.jsonl
cp out described.jsonl
date_of() { json "map { \$_->{date} } grep { \$_->{id} eq '$1' } @j" described.jsonl; }
why_of() { json "map { \$_->{why}{date}[0] } grep { \$_->{id} eq '$1' } @j" described.jsonl; }
is "$(date_of url)" 2023-06-20 'an address tells the day'
is "$(why_of url)" URL 'and the reason says so'
is "$(date_of line)" 1988-05-14 'a dateline does'
is "$(why_of line)" dateline 'with its reason'
is "$(date_of head)" 2021-06-12 'the head of the text does'
is "$(why_of head)" 'head of the text' 'with its reason'
is "$(date_of none)" undef 'a day without a year is no date, nor is that of the file'
is "$(date_of year)" 1987-02-26 'unless the address tells the year'
is "$(why_of year)" 'dateline; year from the URL' 'which the reason tells'
is "$(date_of month)" 2019-04 'a month is a month'
is "$(date_of stated)" 2023-06-12 'what is stated stays, and is read in French'
is "$(why_of stated)" undef 'without a reason'
is "$(date_of arabic)" 2023-06-12 'and in Arabic'
is "$(date_of unclear)" 2023 'of 03/04 the year alone is certain'
is "$(why_of unclear)" 'head of the text; day or month first is unclear' 'and why is said'
is "$(date_of future)" undef 'no date is in the future'
exits 0 'its own output' sitrep-index --describe-only described.jsonl
ok 'is described the same' cmp out described.jsonl

sitrep-index -q news.jsonl
exits 0 'show --why' sitrep show year --why
like out '^Date +1987-02-26: dateline; year from the URL$' 'tells why'
is "$(ids date:2019-04 | tr '\n' ' ')" 'month ' 'derived dates are searched'
is "$(ids date:2019-04..2021-06 | tr '\n' ' ')" 'head month ' 'by ranges too'
is "$(ids date:..1990 | tr '\n' ' ')" 'line year ' 'with one end too'
sitrep-index described.jsonl >out
like out 'unchanged 10' 'an export changes nothing'
finish
