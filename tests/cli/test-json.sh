#!/bin/sh
# The contract of --format json and jsonl: keys, types, escaping.
. "$(dirname "$0")/lib.sh"
start

# Prints what breaks the contract of one answer; with "facets" as argument, that of sitrep facets.
cat >contract.pl <<'EOF'
use strict;
use warnings;
use JSON::PP;
my $facets_alone = @ARGV;
local $/;
my $text = <STDIN>;
print "not one line\n" if $text !~ /\A\{[^\n]*\}\n\z/;
my $j = decode_json($text);

sub type {
  my $v = shift;
  return 'null' unless defined $v;
  return lc ref $v if ref $v eq 'HASH' || ref $v eq 'ARRAY';
  return 'bool' if JSON::PP::is_bool($v);
  return JSON::PP->new->allow_nonref->encode($v) =~ /^"/ ? 'string' : 'number';
}
sub check {    # where it is, what it is, types of keys that must be there, of those that may
  my ($where, $hash, $must, $may) = @_;
  return print "$where is no object\n" if type($hash) ne 'hash';
  for my $key (sort keys %$must) {
    print "$where lacks $key\n" unless exists $hash->{$key};
  }
  for my $key (sort keys %$hash) {
    my $expected = $must->{$key} || $may->{$key};
    if (!$expected) { print "$where has $key\n" }
    elsif ($expected eq 'strings') {
      print "$where: $key is no list of strings\n"
        if type($hash->{$key}) ne 'array'
        || !@{$hash->{$key}}
        || grep { type($_) ne 'string' || $_ eq '' } @{$hash->{$key}};
    }
    elsif (type($hash->{$key}) ne $expected) { print "$where: $key is no $expected\n" }
    elsif ($expected eq 'string' && $hash->{$key} eq '' && $key !~ /^(query|understood)$/) {
      print "$where: $key is empty\n";
    }
  }
}

check('the answer', $j,
  { query => 'string', understood => 'string', index => 'hash', total => 'hash', facets => 'hash',
    $facets_alone ? () : (offset => 'number', results => 'array') },
  $j->{total}{value} == 0 ? { diagnosis => 'hash' } : {});
check('index', $j->{index}, { uuid => 'string', revision => 'number' });
check('total', $j->{total},
  { value => 'number', exact => 'bool', lower => 'number', upper => 'number' });
print "bounds\n" if $j->{total}{lower} > $j->{total}{value} || $j->{total}{upper} < $j->{total}{value};
print "exact\n" if $j->{total}{exact} xor $j->{total}{lower} == $j->{total}{upper};
my $rank = $facets_alone ? 0 : $j->{offset};
for my $hit (@{$j->{results} || []}) {
  $rank++;
  check("result $rank", $hit, { rank => 'number', score => 'number', id => 'string' },
    { (map { $_ => 'string' } qw(title date source source_country url lang snippet)),
      (map { $_ => 'strings' } qw(author country actor place event_type sub_event_type topic country_label
        source_country_label derived)), why => 'hash' });
  print "rank $hit->{rank} at $rank\n" if $hit->{rank} != $rank;
  print "date $hit->{date}\n" if ($hit->{date} || '1999') !~ /^\d{4}(-\d\d(-\d\d)?)?$/;
  print "labels\n" if @{$hit->{country} || []} != @{$hit->{country_label} || []};
  my $html = $hit->{snippet} || '';
  $html =~ s/<mark>[^<]*<\/mark>//g;
  $html =~ s/&(amp|lt|gt|quot|apos|#39|#x[0-9a-f]+);//g;
  print "snippet $hit->{snippet}\n" if $html =~ /[<>&"']/;
}
for my $name (sort keys %{$j->{facets}}) {
  my $facet = $j->{facets}{$name};
  check("facet $name", $facet, { truncated => 'bool', values => 'array' }, { distinct => 'number' });
  my $last;
  for my $value (@{$facet->{values}}) {
    check("value of $name", $value,
      { value => 'string', label => 'string', count => 'number', selected => 'bool' });
    print "order of $name\n" if defined $last && $value->{count} > $last && !$value->{selected};
    $last = $value->{count};
  }
}
EOF
contract() { # NAME COMMAND...
  about=$1
  shift
  exits 0 "$about" "$@"
  case $2 in facets) facets=facets ;; *) facets= ;; esac
  is "$(perl contract.pl $facets <out 2>&1)" '' "$about: keeps the contract"
}

exits 0 'the fixture' sitrep-index "$fixtures/hostile.jsonl"
counts '8 0 0 0 0' 'is indexed'

contract 'a word' sitrep search attack --format json
is "$(json '$j->{query}, $j->{understood}, $j->{offset}, "@{$j->{total}}{qw(value lower upper exact)}"')" \
  'attack
attack
0
8 8 8 1' 'the head says what was asked, and how many match'
is "$(json '$j->{index}{uuid}, $j->{index}{revision}')" "$(info uuid)
$(info revision)" 'index is that of info'
is "$(json 'scalar keys %{$j->{facets}}')" 0 'without --facets there are none'
json '$r = (grep { $_->{id} eq "h1" } @{$j->{results}})[0]; $r->{title}, $r->{snippet}, $r->{date},
  $r->{source}, $r->{source_country}, $r->{url}, $r->{lang}, map { "@$_" } @{$r}{qw(country
  country_label actor author place event_type topic)}' >h1
is "$(cat h1)" "<script>alert(\"title\")</script> & 'attack'
Rebels &lt;b&gt;<mark>attacked</mark>&lt;/b&gt; the town &amp; &quot;fled&quot;; \
&lt;img src=x onerror=alert(1)&gt; A second line, with a comma. A third &amp;lt;line&amp;gt;.
2020-03-04
Post, \"Daily\"
GB
http://example.org/?a=1&b=<2>
en
IR IQ SU
Iran Iraq Soviet Union
Alpha \"A\" Front Beta, Gamma & Co Delta=1
O'Neil, Ann
Bogotá Ain Issa
Battles
a;b c" 'all fields of an article are there, and the snippet is HTML'
is "$(json '$r = (grep { $_->{id} eq "h7" } @{$j->{results}})[0]; delete $r->{derived}; join " ", sort keys %$r')" \
  'date id lang rank score title' 'absent fields are left out'
is "$(json '$r = (grep { $_->{id} eq "h5" } @{$j->{results}})[0]; $r->{snippet}')" \
  'An <mark>attack</mark> by <mark>attackers</mark> who had <mark>attacked</mark> before, <mark>attacking</mark> again.' \
  'every form of the stem is marked'
is "$(json 'join " ", map { $_->{score} > 0 ? "yes" : "no" } @{$j->{results}}' | tr ' ' '\n' | sort -u)" yes \
  'each result has a score'
is "$(json 'join " ", grep { $_ > 1 } map { $j->{results}[$_]{score} < $j->{results}[$_+1]{score} ? 9 : 0 } 0..6')" \
  '' 'the highest comes first'
ok 'nothing in it can command a terminal' perl -0777 -ne 'exit !!/[\x00-\x09\x0b-\x1f\x7f]|\\u00(0|1|7f|[89])/i' out
sed 's/\\u00[01].//g' out >plain.out
is "$(cmp out plain.out)" '' 'nor when the JSON is decoded'

contract 'no result asked for' sitrep search attack --format json -n 0
is "$(json 'scalar @{$j->{results}}, $j->{total}{value}' | tr '\n' ' ')" '0 8 ' 'counts all the same'
contract 'a page' sitrep search attack --format json -n 2 --offset 3
is "$(json '$j->{offset}, map { $_->{rank} } @{$j->{results}}' | tr '\n' ' ')" '3 4 5 ' 'has its ranks'
contract 'an offset beyond the end' sitrep search attack --format json --offset 8
is "$(json 'scalar @{$j->{results}}, $j->{total}{value}' | tr '\n' ' ')" '0 8 ' 'has none'
contract 'all facets' sitrep search attack --format json --facets all
is "$(json 'sort keys %{$j->{facets}}' | tr '\n' ' ')" \
  'actor author country event_type lang mentions_country place source source_country sub_event_type topic ' 'are there'
is "$(json 'map { "$_->{value} $_->{label} $_->{count}" } @{$j->{facets}{country}{values}}')" \
  'IQ Iraq 1
IR Iran 1
SU Soviet Union 1' 'countries are codes with labels'
contract 'a facet that is selected' sitrep search attack --format json --facets country --country iran
is "$(json 'map { $_->{value} . ($_->{selected} ? " yes" : " no") } @{$j->{facets}{country}{values}}')" \
  'IQ no
IR yes
SU no' 'says so'
contract 'everything' sitrep search --format json
is "$(json '"[$j->{query}] [$j->{understood}] $j->{total}{value}"')" '[] [] 8' 'is an empty query'
contract 'an estimate' sitrep search attack --format json --estimate -n 1
contract 'facets alone' sitrep facets attack --format json
contract 'one of them' sitrep facets --format json --facets topic --facet-limit 1
is "$(json '$j->{facets}{topic}{truncated}, $j->{facets}{topic}{distinct}, scalar @{$j->{facets}{topic}{values}}' | tr '\n' ' ')" \
  '1 2 1 ' 'is cut, and says so'
exits 1 'nothing found' sitrep search nothinglikeit --format json --facets all
is "$(perl contract.pl <out)" '' 'keeps the contract, too'
is "$(json '$j->{total}{value}, scalar @{$j->{results}}, $j->{total}{exact}' | tr '\n' ' ')" '0 0 1 ' \
  'and says 0'
exits 2 'an error' sitrep search '(attack' --format json
is "$(cat out)" '' 'prints no JSON'

# ---- what was understood asks the same again ----

for query in 'attack' 'attack town' 'attack OR town flank' 'attack -town' '(town OR flank) attack' \
  '"rebels attacked"' 'country:iran' 'source:"post, daily"' 'date:2020-03' 'date:2020..2021' \
  'title:attack' 'NOT attack' 'attack NOT (town OR flank)' 'actor:"beta, gamma & co"' 'url:http://example.org/?a=1&b=<2>' \
  'id:=h8' 'lang:english' '"or" OR town' 'date:[2020 TO *] attack' 'topic:(c OR "a;b")' 'Bogotá OR attack' 'U.S. OR attack'; do
  sitrep search "$query" --since 1990 --country iran --country cn -n 0 --format json >first
  understood=$(json '$j->{understood}' first)
  sitrep search "$understood" -n 0 --format json >second
  is "$(json '"$j->{understood} $j->{total}{value}"' second)" "$understood $(json '$j->{total}{value}' first)" \
    "understood: $query"
done

# ---- jsonl ----

exits 0 'jsonl' sitrep search attack --format jsonl
sitrep search attack --format json >json.out
is "$(json 'JSON::PP->new->canonical->encode(\@j)')" \
  "$(json 'JSON::PP->new->canonical->encode($j->{results})' json.out)" 'is the results alone, one a line'
exits 1 'jsonl without results' sitrep search nothinglikeit --format jsonl
is "$(cat out)" '' 'is empty'
exits 0 'facets as jsonl' sitrep facets attack --format jsonl --facets country,lang
is "$(json 'map { "$_->{facet} $_->{value} $_->{label} $_->{count}" } @j')" \
  "$(sitrep facets attack --format csv --facets country,lang | tr -d '\r' | tail -n +2 | tr , ' ')" \
  'is what CSV is'
exits 0 'facets of nothing' sitrep facets --format jsonl --facets source_country --country iran
finish
