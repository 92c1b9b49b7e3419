#!/bin/sh
# sitrep timeline equals an independent count of what sitrep search prints (recount.pl).
. "$(dirname "$0")/lib.sh"
start
perl "$here/archive.pl" make 7 400 >raw.jsonl
sitrep-index -q raw.jsonl
sitrep search -n all -f jsonl >everything

# Rows without heading and shares, which are compared by themselves.
rows() { tr -d '\r' <out | sed '1d; s/,[^,]*$//'; }
recount() { # SCALE [FROM TO]
  perl "$here/recount.pl" "$1" matches base ${2+"$2" "$3"} >expected
}
# same SCALE FROM TO OPTION...: FROM and TO are the limits that the options set, or "".
same() {
  scale=$1 from=$2 to=$3
  shift 3
  exits 0 "by $scale: $*" sitrep timeline --by "$scale" --format csv "$@"
  rows >got
  sitrep search -n all -f jsonl "$@" >matches
  cp everything base
  if [ -n "$from" ]; then recount "$scale" "$from" "$to"; else recount "$scale"; fi
  ok "counts $(wc -l <matches) articles in $(wc -l <got) rows" cmp got expected
  is "$(awk -F, '{ n += $4 } END { print n + 0 }' got)" "$(wc -l <matches)" 'and every article once'
}

for by in day week month year decade century; do
  same $by '' ''
  same $by '' '' attack
  same $by '' '' hostages --country iran
  same $by 1986-03-01 1988-05-31 'attack OR tanker' --since 1986-03 --until 1988-05
  same $by 1986-01-01 1987-12-31 bombed 'date:1986..1987'
done
same month 1980-01-01 1999-12-31 ceasefire 'date:[1980 TO 1999]'
same week 1986-12-15 1987-01-18 'date:1986-12-15..1987-01-18'
exits 0 'dates under OR set no limits' sitrep timeline --by year -f csv 'date:1985 OR date:1987'
is "$(rows | cut -d, -f1 | tr '\n' ' ')" '1985 1986 1987 ' 'only the matches do'

# ---- shares ----

shares() { # what each row's share is, of a recount and of what was printed
  tr -d '\r' <out | awk -F, 'NR > 1 && $2 != "" { printf "%s %.5f %.5f\n", $1, $5 ? $4 / $5 : 0, $6 }'
}
exits 0 'of all' sitrep timeline attack --by month -f csv
is "$(shares | awk '$2 != $3')" '' 'a share is the count by all articles of the period'
exits 0 'of filters' sitrep timeline attack -hostage --country iran --since 1986 --of filters \
  --by year -f csv
rows >got
sitrep search attack -hostage --country iran --since 1986 -n all -f jsonl >matches
sitrep search --country iran --since 1986 -n all -f jsonl >base
recount year 1986-01-01 1986-12-31
ok 'leaves out words, wanted and unwanted, and nothing else' cmp got expected
is "$(shares | awk '$2 != $3')" '' 'and shares are of that'
exits 0 'of filters' sitrep timeline '(attack OR country:iq) lang:en' --of filters --by year -f csv
rows >got
sitrep search '(attack OR country:iq) lang:en' -n all -f jsonl >matches
sitrep search lang:en -n all -f jsonl >base
recount year
ok 'an alternative to a word is no filter' cmp got expected
exits 0 'of filters' sitrep timeline '(attack NEAR/9 (tanker OR bomb*))^2 has:title -has:place' --of filters --by year -f csv
rows | cut -d, -f1,5 >got
sitrep search 'has:title -has:place' -n all -f jsonl >base
sitrep search 'attack NEAR/9 (tanker OR bomb*) has:title -has:place' -n all -f jsonl >matches
recount year
ok 'what fields there must be is one, distances of words are not' test -s got
is "$(cat got)" "$(cut -d, -f1,5 expected)" 'and nothing of the words is left'
exits 0 'filters alone' sitrep timeline --country iran --of filters --by year -f csv
is "$(shares | awk '$3 != 1')" '' 'are all of themselves'
exits 0 'words alone' sitrep timeline attack --of filters --by year -f csv
cp out of-filters
sitrep timeline attack --by year -f csv >out
ok 'are measured by everything' cmp out of-filters

# ---- the scale that is chosen ----

chosen() { sitrep timeline -f json "$@" | json '"$j->{timeline}{by} " . scalar @{$j->{timeline}{periods}}' /dev/stdin; }
is "$(chosen --since 1987-03-01 --until 1987-04-30)" 'day 61' 'two months: days'
is "$(chosen --since 1900 --until 2001)" 'year 102' 'a century: years'
is "$(chosen --since 1900 --until 2050)" 'decade 16' 'more: decades'
is "$(chosen --since 0001 --until 9999)" 'century 100' 'all of history: centuries'
# dated NAME DATE...: an index of 20 articles of January and June 1990, and some of these dates.
dated() {
  name=$1
  shift
  { seq 20 | sed 's/.*/{"id":"&","body":"x","date":"1990-01-0&"}/; s/-01-0\([0-9][0-9]\)/-06-\1/'
    for date in "$@"; do echo "{\"id\":\"more $date $((more = ${more:-0} + 1))\",\"body\":\"x\",\"date\":\"$date\"}"; done
  } | sitrep-index -q --index "$name" -
}
dated daily 1990-12-30
is "$(chosen --index daily)" 'week 52' 'a year of days: weeks'
dated coarse 1990 1990
is "$(chosen --index coarse)" 'week 25' 'also with a few dates known less exactly'
dated months 1990-02 1990-03 1990-04
is "$(chosen --index months)" 'month 6' 'many of a month: months'
dated years 1990 1990 1991
is "$(chosen --index years)" 'year 2' 'many of a year: years'
exits 2 'too many periods' sitrep timeline --by day --since 0001
like err '^sitrep: --by day would make more than 100000 periods; .*--by month' 'are refused with a way out'
exits 0 'many periods' sitrep timeline --by day --since 1800 -f csv
is "$(rows | head -n 1)" '1800-01-01,1800-01-01,1800-01-01,0,0' 'are not'

# ---- forms ----

exits 0 'text' sitrep timeline attack --by year
like out '^[0-9]+ articles for attack, by year$' 'tells what is counted'
like out '^year +articles +all +share +bar: articles$' 'and what the columns are'
like out '^1987 +[0-9]+ +[0-9]+ +[0-9.]+%  █+$' 'a line a period'
like out '^undated +[0-9]+$' 'and what has no place in it'
exits 0 'text' sitrep timeline attack --by day
like out '^less exact +[0-9]+$' 'or none so exact'
exits 0 '--share' sitrep timeline attack --by year --share
is "$(perl -Mutf8 -CSD -ne 'print length($1), "\n" if /%  (█+)/' out | sort -n | tail -n 1)" 30 'draws the largest share longest'
bar() { perl -Mutf8 -CSD -ne 'print "$1 ", length($2), "\n" if /([0-9.]+)%  (█+)/' out | sort -n; }
is "$(bar | awk '$2 < last { print } { last = $2 }')" '' 'and smaller ones shorter'
exits 0 'json' sitrep timeline attack --by year -f json --digest
is "$(json '$j->{understood}, $j->{timeline}{by}, $j->{timeline}{of}, length $j->{digest}{sha256}' | tr '\n' ' ')" \
  'attack year all 64 ' 'says what was asked'
is "$(json 'my $n = $j->{timeline}{coarse} + $j->{timeline}{undated}; $n += $_->{count} for @{$j->{timeline}{periods}}; $n - $j->{total}{value}')" \
  0 'all counts make up the total'
is "$(json 'map { "$_->{period},$_->{from},$_->{to},$_->{count},$_->{of}" } @{$j->{timeline}{periods}}')" \
  "$(sitrep timeline attack --by year -f csv | tr -d '\r' | sed '1d; s/,[^,]*$//' | grep -v ,,)" \
  'periods are those of CSV'
exits 0 'jsonl' sitrep timeline attack --by year -f jsonl
is "$(json 'map { "$_->{period} $_->{count}" } @j')" \
  "$(sitrep timeline attack --by year -f csv | tr -d '\r' | awk -F, 'NR > 1 { print $1, $4 }')" 'has a line a period'
exits 1 'nothing found' sitrep timeline nothinglikeit
is "$(cat out)" '0 articles for nothinglikeit, by day' 'draws nothing'
exits 1 'nothing found between dates' sitrep timeline nothinglikeit --since 1987 --until 1988 --by year -f csv
is "$(rows | cut -d, -f1-4)" '1987,1987-01-01,1987-12-31,0
1988,1988-01-01,1988-12-31,0' 'is zeros'
for wrong in '--by hour' '--by' '--of some' '--format atom' '--format trec'; do
  # shellcheck disable=SC2086 # option and value
  exits 2 "$wrong" sitrep timeline attack $wrong
  like err '^sitrep: ' 'is refused with a sentence'
done

# ---- odd dates ----

printf '%s\n' '{"id":"1","date":"0001-01-01","body":"x"}' '{"id":"2","date":"9999-12-31","body":"x"}' \
  '{"id":"3","date":"2000-02-29","body":"x"}' '{"id":"4","body":"x"}' | sitrep-index -q --index odd -
for by in month year decade; do
  exits 2 "the whole calendar by day" sitrep timeline --index odd --by day
  exits $([ $by = month ] && echo 2 || echo 0) "the whole calendar by $by" sitrep timeline --index odd --by $by -f csv
done
exits 0 'the whole calendar' sitrep timeline --index odd -f csv
is "$(rows | sed -n '1p; 21p; 100,$p')" '0001-0099,0001-01-01,0099-12-31,1,1
2000-2099,2000-01-01,2099-12-31,1,1
9900-9999,9900-01-01,9999-12-31,1,1
undated,,,1,' 'fits into a hundred centuries'
exits 0 'the last week of all' sitrep timeline --index odd --by week 'date:9999-12' -f csv
is "$(rows | tail -n 1)" '9999-W52,9999-12-27,9999-12-31,1,1' 'ends with the calendar'
printf '%s\n' '{"id":"none","body":"x"}' | sitrep-index -q --index undated -
exits 0 'no dates at all' sitrep timeline --index undated -f csv
is "$(rows)" 'undated,,,1,' 'are undated'

# An index that articles were deleted from counts what is left, also in `all`.
exits 0 'three are deleted' sitrep-index -q --delete a1 --delete a2 --delete a3
sitrep search -n all -f jsonl >everything
ok 'three are gone' test "$(wc -l <everything)" = 397
same month '' '' attack
finish
