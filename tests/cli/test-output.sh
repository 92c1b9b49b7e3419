#!/bin/sh
# sitrep search: CSV, text and colour; how many, in which order.
. "$(dirname "$0")/lib.sh"
start
esc=$(printf '\033')
sitrep-index -q "$fixtures/hostile.jsonl"

# ---- CSV ----

# Reads RFC 4180 strictly and prints the cells of one row, one a line, after checking all.
cat >csv.pl <<'EOF'
my ($row) = @ARGV;
local $/;
my $text = <STDIN>;
my @rows;
while ($text ne '') {
  my @cells;
  while (1) {
    if ($text =~ s/\A"((?:[^"]|"")*)"//) { my $c = $1; $c =~ s/""/"/g; push @cells, $c }
    elsif ($text =~ s/\A([^",\r\n]*)//) { push @cells, $1 }
    last unless $text =~ s/\A,//;
  }
  $text =~ s/\A\r\n// or die "row " . @rows . " does not end with CRLF: " . substr($text, 0, 40) . "\n";
  push @rows, \@cells;
}
for (@rows) { die "a row has " . @$_ . " cells and not " . @{$rows[0]} . "\n" if @$_ != @{$rows[0]} }
print defined $row ? map { "$_\n" } @{$rows[$row]} : scalar(@rows) . "\n";
EOF
exits 0 'CSV' sitrep search attack --format csv --sort newest
is "$(perl csv.pl <out 2>&1)" 9 'is a heading and a row for each article, as RFC 4180 has it'
is "$(perl csv.pl 0 <out 2>&1 | tr '\n' ' ')" 'rank score id title date source source_country author url lang country mentions_country actor place event_type sub_event_type topic snippet ' \
  'the heading names the fields'
is "$(perl csv.pl 3 <out 2>&1)" "3
0
h1
<script>alert(\"title\")</script> & 'attack'
2020-03-04
Post, \"Daily\"
GB
O'Neil, Ann
http://example.org/?a=1&b=<2>
en
IR|IQ|SU

Alpha \"A\" Front|Beta, Gamma & Co|Delta=1
Bogotá|Ain Issa
Battles

a;b|c
Rebels <b>attacked</b> the town & \"fled\"; <img src=x onerror=alert(1)> A second line, with a comma. A third &lt;line&gt;." \
  'cells hold commas, quotes and several values'
unlike out "$esc|<mark>" 'neither escapes nor marks are in it'
exits 1 'CSV without results' sitrep search nothinglikeit --format csv
is "$(perl csv.pl <out 2>&1)" 1 'is the heading'
exits 0 'CSV of facets' sitrep facets --format csv --facets source,actor
is "$(perl csv.pl <out 2>&1; perl csv.pl 0 <out | tr '\n' ' ')" '6
facet value label count ' 'has a heading, too'
is "$(perl csv.pl 2 <out | tr '\n' ' ')" 'source Post, "Daily" Post, "Daily" 1 ' 'and the same quoting'
if localedef -i de_DE -f UTF-8 ./de_DE.UTF-8 2>/dev/null; then
  exits 0 'CSV under a locale with decimal commas' env LOCPATH="$work" LC_ALL=de_DE.UTF-8 \
    sitrep search attack --format csv
  is "$(perl csv.pl 1 <out | sed -n '2p' | tr '0-9' '#')" \
    "$(sitrep search attack --format csv | perl csv.pl 1 | sed -n '2p' | tr '0-9' '#')" 'has decimal points'
else
  skip 2 'there are no sources of locales'
fi

# ---- text ----

exits 0 'text' sitrep search attack --sort newest
unlike out "$esc" 'on a pipe has no escape sequences'
is "$(head -n 6 out)" '8 articles for attack

 1. Day of another year
    2021-01-01
    An attack by attackers who had attacked before, attacking again.
    id h5' 'begins with the count; title, date, snippet and id follow'
like out '^    2020-03-04 · Post, "Daily" · Iran, Iraq, Soviet Union · Alpha "A" Front,$' \
  'then source, countries and actors'
is "$(grep -A 1 ' [0-9]\. A report without' out)" ' 8. A report without a title about an attack on a convoy, long enough that its
    begin…' 'an article without a title is headed by its beginning'
ok 'no control character is in it' perl -0777 -ne 'exit !!/[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]/' out
ok 'no line is wider than 80 columns' perl -CS -ne 'chomp; exit 1 if length > 80' out
exits 1 'nothing found' sitrep search nothinglikeit
is "$(cat out)" '0 articles for nothinglikeit' 'says 0'
exits 0 'one article' sitrep search id:h1
is "$(head -n 1 out)" '1 article for id:h1' 'is singular'

exits 0 '--color always' sitrep search attack --color always
like out "$esc\[[0-9;]*mattackers$esc\[0m" 'highlights the matches'
sed "s/$esc\[[0-9;]*m//g" out >plain
sitrep search attack >never
ok 'and prints the same text' cmp plain never
exits 0 'words of title and stem' sitrep search 'title:months flanks OR attacking' --color always
like out "$esc\[[0-9;]*mYear" 'a title without a match is only bold'
like out "$esc\[[0-9;]*mflank$esc\[0m" 'another form of a word is highlighted'
exits 0 'a phrase' sitrep search '"attackers who had"' --color always
like out "attack by $esc\[0m$esc\[[0-9;]*mattackers who had$esc\[0m attacked before" \
  'is highlighted as one, and nothing else'
exits 0 '--color always' env NO_COLOR=1 sitrep search attack --color always
like out "$esc" 'stands above NO_COLOR'
exits 0 '--color never' sitrep search attack --color never
unlike out "$esc" 'has none'
exits 0 '--color auto' sitrep search attack --color auto
unlike out "$esc" 'has none on a pipe'
if script -qec true /dev/null </dev/null >terminal 2>&1; then
  script -qec 'sitrep search attack' /dev/null </dev/null >terminal 2>&1
  like terminal "$esc\[" 'a terminal gets colours'
  NO_COLOR=1 script -qec 'sitrep search attack' /dev/null </dev/null >terminal 2>&1
  unlike terminal "$esc\[" 'but not with NO_COLOR'
  TERM=xterm script -qec "sitrep-index $fixtures/hostile.jsonl" /dev/null </dev/null >terminal 2>&1
  like terminal 'unchanged 8' 'sitrep-index runs on a terminal'
else
  skip 3 'no script(1)'
fi

# ---- how many ----

make_articles 1 3000 | sitrep-index -q --index many -
SITREP_INDEX=$work/many
exits 0 '-n all' sitrep search troops -n all --format jsonl
is "$(json '$_{$_->{id}}++ for @j; scalar(@j), scalar(keys %_), $j[2999]{rank}' | tr '\n' ' ')" \
  '3000 3000 3000 ' 'streams every match once'
exits 0 '-n all' sh -c 'sitrep search troops -n all --format jsonl | head -n 1'
is "$(wc -l <out)" 1 'may be cut short by the reader'
exits 0 '-n all as text' sitrep search troops -n all
is "$(grep -c '^    id g' out)" 3000 'has them all, too'
exits 0 'without -n' sitrep search troops --format jsonl
is "$(wc -l <out)" 10 'there are ten'
exits 0 '-n 3' sitrep search troops -n 3
is "$(grep -c '^    id g' out)" 3 'prints three'
is "$(head -n 1 out)" '3,000 articles for troops, 1 to 3 shown' 'and says so'
exits 0 '--number and --offset' sitrep search troops --number 3 --offset 2998
like out '^3,000 articles for troops, 2,?999 to 3,?000 shown$' 'print what is left'
exits 0 '-n 0' sitrep search troops -n 0
is "$(cat out)" '3,000 articles for troops' 'prints the count alone'
exits 1 '-n 0 of nothing' sitrep search nothinglikeit -n 0
for n in 0 1 7 50 100; do sitrep search troops --format jsonl -n 7 --offset $((n * 7)); done >pages
sitrep search troops --format jsonl -n all >all
is "$(json 'map { "$_->{rank} $_->{id}" } @j' pages | sort -n)" \
  "$(json 'map { "$_->{rank} $_->{id}" } grep { my $p = int(($_->{rank} - 1) / 7); grep { $_ == $p } 0, 1, 7, 50, 100 } @j' all)" \
  'pages make up the whole'
exits 0 'an estimate' sitrep search 'troops OR shelled' --estimate -n 1
like out '^(about )?[0-9,]+ articles( \([0-9,]+ to [0-9,]+\))? for troops OR shelled' 'says so'
for wrong in '-n x' '-n -1' '-n 1.5' '-n' '--offset -1' '--offset x' '--sort best' '--format xml' \
  '--color sometimes' '--facet-limit x' '--since tomorrow' '--until 2001-02-30' '--nonsense'; do
  # shellcheck disable=SC2086 # option and value
  exits 2 "$wrong" sitrep search troops $wrong
  like err '^sitrep: ' 'is refused with a sentence'
done
exits 0 'a word that is left out' sitrep search troops -village7
like out '^2,999 articles for troops AND NOT village7' 'is no option'
exits 0 'behind --, too' sitrep search -n 1 -- -village7 troops
like out '^2,999 articles' 'likewise'

# ---- in which order ----

SITREP_INDEX=$work/index
order() { sitrep search --format jsonl "$@" | perl -ne '/"id":"(.*?)"/ && print "$1 "'; }
is "$(order attack --sort newest)" 'h5 =h8 h1 h3 h4 h7 h2 h6 ' 'newest: undated ones are last'
is "$(order attack --sort oldest)" 'h7 h4 h3 h1 =h8 h5 h2 h6 ' 'oldest: undated ones are last, too'
is "$(order attack --sort oldest -n 2 --offset 5)" 'h5 h2 ' 'pages keep the order'
is "$(order)" 'h5 =h8 h1 h3 h4 h7 h2 h6 ' 'everything is shown newest first'
is "$(order --country iran)" 'h1 ' 'a filter is enough'
is "$(order 'attack' --sort relevance)" "$(order attack)" 'relevance is the default'
is "$(order 'convoy OR flank attack' -n 2)" 'h4 h6 ' 'rare words count more, short articles first'
printf '%s\n' '{"id":"t1","title":"Nothing","body":"The siege went on."}' \
  '{"id":"t2","title":"The siege","body":"Nothing went on."}' | sitrep-index -q --index titles -
is "$(order --index titles siege)" 't2 t1 ' 'a title counts more than a text'
finish
