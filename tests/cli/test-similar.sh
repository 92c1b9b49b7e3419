#!/bin/sh
# sitrep similar and sitrep neighbours.
. "$(dirname "$0")/lib.sh"
start

# ---- similar ----

# Ten reports on each of four matters among others, in two languages; common words in all of them.
perl -MJSON::PP -e '
  my %words = (
    oil => [qw(tanker crude refinery barrel pipeline opec supertanker terminal)],
    vote => [qw(ballot election parliament coalition candidate turnout polling constituency)],
    crime => [qw(kidnapped ransom hostage captors gunmen abducted negotiator released)],
    fr => [qw(grève syndicat ouvriers usine salaires manifestation patronat préavis)]);
  my $state = 11;
  sub pick { $state = ($state * 1103515245 + 12345) % 2**31; return int(($state / 2**31) * $_[0]) }
  for my $matter (sort keys %words) {
    for my $i (1 .. 10) {
      my @text = map { $words{$matter}[pick(8)] } 1 .. 12;
      my @fill = $matter eq "fr" ? qw(le la les de des et dans pour avec est une) : qw(the of and in to for with was on that a);
      push @text, map { $fill[pick(@fill)] } 1 .. 40;
      push @text, "unique$matter$i", "misprint$i$matter";
      printf "%s\n", JSON::PP->new->utf8->encode({id => "$matter-$i", title => "Report", date => sprintf("19%02d", 60 + $i),
        lang => $matter eq "fr" ? "fr" : "en", source => "Paper " . ($i % 3), body => join(" ", @text)});
    }
  }
  for my $i (1 .. 150) {
    my ($lang, @fill) = $i % 3 ? ("en", qw(the of and in to for with was on that a)) : ("fr", qw(le la les de des et dans pour avec est une));
    printf "%s\n", JSON::PP->new->utf8->encode({id => "misc-$i", title => "Report", lang => $lang, date => "1970",
      body => join(" ", (map { $fill[pick(@fill)] } 1 .. 40), map { "word" . pick(400) } 1 .. 12)});
  }
  printf qq({"id":"alone","body":"zyxwvut qponm","lang":"en"}\n);
  printf qq({"id":"silent","title":"!","lang":"en","date":"1960-01-01"}\n);
  printf qq({"id":"odd \\"quoted\\" id","body":"tanker crude refinery barrel U.S. N.A.T.O. l\x27armée 1,000 opec pipeline supertanker","lang":"en"}\n);
' >raw.jsonl
sitrep-index -q raw.jsonl
like_it() { sitrep similar "$@" -f jsonl 2>err | perl -ne '/"id":"(.*?)(-\d+)?"/ && print "$1 "'; }
for matter in oil vote crime fr; do
  is "$(like_it $matter-4 -n 7)" "$(for _ in 1 2 3 4 5 6 7; do printf '%s ' $matter; done)" "articles like $matter-4 are of its kind"
done
exits 0 'similar' sitrep similar crime-4 -n all -f json
is "$(json 'scalar grep { $_->{id} eq "crime-4" } @{$j->{results}}')" 0 'leaves out the article itself'
query=$(json '$j->{understood}')
printf '%s\n' "$query" >query
unlike query 'unique|misprint' 'words that no other article has are not in its query'
unlike query '"(the|of|and|in|to)"' 'nor are those that every article has'
is "$(json 'map { $_->{id} } @{$j->{results}}')" \
  "$(sitrep search "$query" -n all -f json | json 'map { $_->{id} } @{$j->{results}}' /dev/stdin)" \
  'the query that it prints finds the same'
exits 0 'similar in French' sitrep similar fr-2 -f json
json '$j->{understood}' >query
unlike query '"(le|la|les|de|des|et)"' 'leaves out the common words of that language, though the index has few of them'
like query '"greve"|"syndicat"|"ouvriers"' 'and asks for the others'
is "$(like_it oil-1 -n 5 --until 1963)" "$(sitrep similar oil-1 -n all -f json --until 1963 | json 'my $n = @{$j->{results}}; "oil " x ($n < 5 ? $n : 5)' /dev/stdin)" \
  'filters narrow it'
exits 0 'filters' sitrep similar oil-1 --since 1966 --source 'paper 1' -f json -n all --facets source
is "$(json 'join " ", map { $_->{date} ge "1966" && $_->{source} eq "Paper 1" ? () : $_->{id} } @{$j->{results}}')" '' 'apply to all'
is "$(json '$j->{facets}{source}{values}[0]{value}')" 'Paper 1' 'facets are counted, too'
exits 0 'an odd id' sitrep similar 'odd "quoted" id' -f json
is "$(json '$j->{results}[0]{id} =~ /^oil/ ? 1 : 0')" 1 'is no hindrance'
is "$(json 'scalar grep { $_->{id} =~ /quoted/ } @{$j->{results}}')" 0 'and is left out like any other'
exits 2 'an article unlike all others' sitrep similar alone
like err '^sitrep: no word of the article alone tells what others it is like$' 'is said to be so'
exits 2 'an article without words' sitrep similar silent
exits 2 'an unknown id' sitrep similar nix
like err 'nix' 'is said'
exits 2 'no id' sitrep similar
like err 'sitrep similar ID' 'is said'
exits 2 'two ids' sitrep similar oil-1 oil-2
exits 0 'text' sitrep similar oil-1 -n 2
like out '^[0-9]+ articles for \(".*" OR ".*"\) AND NOT id:oil-1, 1 to 2 shown$' 'says what was asked'

# ---- neighbours ----

# Many of one day, days beside each other, gaps of years, every precision, deleted ones between.
perl -e '
  my $state = 5;
  sub pick { $state = ($state * 1103515245 + 12345) % 2**31; return int(($state / 2**31) * $_[0]) }
  for my $i (1 .. 500) {
    my $y = pick(4) ? 2000 + pick(3) : 1950 + pick(60);
    my ($m, $d) = (1 + pick(12), 1 + pick(28));
    my $p = pick(12);
    my $date = $p == 0 ? "" : $p == 1 ? $y : $p == 2 ? sprintf("%d-%02d", $y, $m)
      : $p == 3 ? "2001-09-11" : $p == 4 ? ("2000-12-31", "2001-01-01", "2001-01")[pick(3)] : sprintf("%d-%02d-%02d", $y, $m, $d);
    printf qq({"id":"n%d","title":"Title %d","body":"text"%s%s}\n), $i, $i,
      $date ? qq(,"date":"$date") : "", pick(9) ? sprintf(qq(,"source":"Paper %s"), pick(3) ? "A" : "B") : "";
  }' >news.jsonl
sitrep-index -q --index news news.jsonl
sitrep-index -q --index news --delete n77 --delete n78 --delete n300
SITREP_INDEX=$work/news
sitrep search -n all --sort oldest -f jsonl | perl -MJSON::PP -ne '
  my $a = decode_json($_); print join("\t", $a->{id}, $a->{date} // "", $a->{source} // ""), "\n" if $a->{date}' >order
# What stands around an article in that list.
around() { # ID N [SAME]
  perl -e '
    my ($id, $n, $same) = @ARGV;
    open(my $in, "<", "order") or die;
    my @rows = map { chomp; [split /\t/, $_, -1] } <$in>;
    my ($own) = grep { $_->[0] eq $id } @rows;
    exit unless $own && (!$same || $own->[2] ne "");
    @rows = grep { $_->[2] eq $own->[2] } @rows if $same;
    my ($at) = grep { $rows[$_][0] eq $id } 0 .. $#rows;
    for my $i ($at - $n .. $at + $n) { print "$rows[$i][0]\n" if $i >= 0 && $i < @rows && $i != $at }' "$@"
}
wrong=
for id in $(cut -f1 order | awk 'NR % 9 == 1') $(awk -F'\t' '$2 ~ /^(2000-12-31|2001-01-01|2001-01|2001|2000)$/ { print $1 }' order | head -n 20); do
  for n in 1 4; do
    sitrep neighbours "$id" -n $n -f jsonl 2>&1 | perl -ne '/"id":"(.*?)"/ && print "$1\n"' >got
    around "$id" $n >expected
    cmp -s got expected || wrong="$wrong $id/$n"
    sitrep neighbours "$id" -n $n --same-source -f jsonl 2>&1 | perl -ne '/"id":"(.*?)"/ && print "$1\n"' >got
    around "$id" $n 1 >expected
    cmp -s got expected || wrong="$wrong $id/$n/same"
  done
done
is "$wrong" '' 'neighbours are what stands beside an article in the order of time'
first=$(head -n 1 order | cut -f1) last=$(tail -n 1 order | cut -f1)
exits 0 'the first' sitrep neighbours "$first" -n 100 -f jsonl
is "$(json 'map { $_->{id} } @j')" "$(around "$first" 100)" 'has only later ones'
exits 0 'the last' sitrep neighbours "$last"
is "$(tail -n 1 out | grep -c "id $last)")" 1 'stands last in its list'
is "$(wc -l <out)" 4 'with the three before it'
id=$(sed -n 200p order | cut -f1)
exits 0 'text' sitrep neighbours "$id" -n 2
is "$(sed 's/.*id \(.*\))$/\1/' out | tr '\n' ' ')" "$(sed -n 198,202p order | cut -f1 | tr '\n' ' ')" 'prints them in order of time'
like out '^[0-9-]+ +Title [0-9]+ \((Paper [AB], )?id n[0-9]+\)$' 'with date, title and source'
exits 0 'as citations' sitrep neighbours "$id" -n 2 -f bibtex
is "$(grep -c '^@' out)" 4 'one each'
undated=$(perl -ne 'print "$1\n" if /"id":"(.*?)"/ && !/"date"/' news.jsonl | head -n 1)
exits 1 'an article without a date' sitrep neighbours "$undated"
is "$(wc -l <out)" 1 'has none'
nosource=$(awk -F'\t' '$3 == "" { print $1 }' order | head -n 1)
exits 1 'one without a source' sitrep neighbours "$nosource" --same-source -f jsonl
is "$(cat out)" '' 'has none of the same'
for bad in '-n 0' '-n 101' '-n all' '-f csv' '-f atom'; do
  # shellcheck disable=SC2086 # option and value
  exits 2 "$bad" sitrep neighbours "$id" $bad
  like err '^sitrep: .*(write|text)' 'is refused with a sentence'
done
exits 2 'an unknown id' sitrep neighbours nix
exits 2 'no id' sitrep neighbours
finish
