#!/bin/sh
# Articles as Reuters-21578 has them: counts equal an independent count of the raw SGML.
. "$(dirname "$0")/lib.sh"
start
raw=$fixtures/wire.sgm

# What is in the raw records that match a regular expression (in title and text).
cat >count.pl <<'EOF'
my ($file, $pattern) = @ARGV;
my %code = (iran => 'IR', iraq => 'IQ', 'el-salvador' => 'SV', usa => 'US', uk => 'GB', kuwait => 'KW',
  'ivory-coast' => 'CI', 'west-germany' => 'DE', ussr => 'SU');
my %facet = (TOPICS => 'topic', PLACES => 'country', PEOPLE => 'actor', ORGS => 'actor');
local $/;
open my $in, '<', $file or die;
my ($total, %count) = (0);
for my $record (<$in> =~ /<REUTERS .*?<\/REUTERS>/sg) {
  my ($text) = $record =~ /<TEXT.*?>(.*)<\/TEXT>/s;
  $text =~ s/Blah blah blah\.//;
  next unless $text =~ /$pattern/i;
  $total++;
  my %seen;
  for my $element (keys %facet) {
    my ($list) = $record =~ /<$element>(.*?)<\/$element>/s;
    for ($list =~ /<D>(.*?)<\/D>/g) {
      $count{"$facet{$element} " . ($element eq 'PLACES' ? $code{$_} : $_)}++ unless $seen{"$element$_"}++;
    }
  }
}
print "total $total\n", map { "$_ $count{$_}\n" } sort keys %count;
EOF
same() { # PATTERN QUERY
  sitrep facets "$2" --facets topic,country,actor --facet-limit all --format json >out
  json '("total $j->{total}{value}", sort map { my $f = $_; map { "$f $_->{value} $_->{count}" }
    @{$j->{facets}{$f}{values}} } qw(topic country actor))' >answered
  perl count.pl "$raw" "$1" >counted
  ok "$2: $(head -n 1 counted), $(($(wc -l <counted) - 1)) values" diff answered counted
}

exits 0 'the fixture' sitrep-index "$raw"
counts '6 0 0 0 0' 'is indexed'
same . ''
same '\boil\b' oil
same '\btankers?\b' tanker
same '\boil\b.*tanker|tanker.*\boil\b' 'oil AND tanker'
same '\bhostages?\b' '"hostage" OR hostages'
same 'prime\s+minister' '"prime minister"'
same '\bexports?\b|\bguerrillas?\b' 'exported OR guerrilla'
exits 1 'what stands for a text' sitrep search '"blah blah"'

is "$(ids date:1987-03 | tr '\n' ' ')" '7001 7002 7003 7004 ' 'a month'
is "$(sitrep search date:1987-03 --sort oldest -n 2 --format csv | tail -n +2 | cut -d, -f 3,5 | tr '\n' ' ')" \
  '7001,1987-03-03 7002,1987-03-04 ' 'its first articles'
is "$(ids 'oil AND tanker' --country iran)" 7001 'words and a country'
is "$(ids --actor opec | tr '\n' ' ')" '7001 7002 7006 ' 'an organisation'
is "$(ids --country "Côte d'Ivoire")" 7006 'a country by another name'
is "$(ids --country 'Soviet Union')" 7006 'a former one'
is "$(ids author:example)" 7003 'an author'
sitrep show 7001 --format json >7001.json
is "$(json '"$j->{title}|$j->{date}|$j->{source}|$j->{lang}|$j->{body}"' 7001.json)" \
  'MISSILE HITS OIL TANKER IN GULF|1987-03-03|Reuters|en|BAHRAIN, March 3 - A missile struck an oil tanker off
Kharg island <terminal A&B> on Tuesday, shipping sources said.

Iran said Iraq had fired it. The crew left the tanker.' 'an article is as it was sent, without markup'

# ---- the other formats of archives ----

exits 0 'MUC' sitrep-index --index muc "$here/../fixtures/readers/muc.txt"
n=$(grep -c -E '^[A-Z]{3}[0-9]*-MUC[0-9]+-[0-9]+' "$here/../fixtures/readers/muc.txt")
counts "$n 0 0 0 0" 'is an article for each label'
exits 0 'plain text' sitrep-index --index text "$here/../fixtures/readers/article.txt"
counts '1 0 0 0 0' 'is one article'
sitrep search --index text --format jsonl >out
is "$(json '$j->{title}')" "$(head -n 1 "$here/../fixtures/readers/article.txt" | tr -d '\r')" \
  'its first line is the title'
if [ -d "$here/../../corpus/sample" ]; then
  exits 0 'the sample corpus' sitrep-index --index sample "$here/../../corpus/sample"
  lines=$(cat "$here"/../../corpus/sample/*.jsonl | wc -l)
  counts "$lines 0 0 0 0" 'has no broken record'
  unlike out 'not understood|had the id|not UTF-8' 'nor anything else to remark upon'
  exits 0 'what its files say of countries' sitrep facets --index sample --facets country \
    --facet-limit all --format csv
  is "$(tail -n +2 out | tr -d '\r' | awk -F, '{ print $2, $NF }' | LC_ALL=C sort)" \
    "$(cat "$here"/../../corpus/sample/*.jsonl | perl -MJSON::PP -ne '
      my %s; $n{$_}++ for grep { !$s{$_}++ } map { ref $_ ? @$_ : $_ // () } decode_json($_)->{country};
      END { print "$_ $n{$_}\n" for keys %n }' | LC_ALL=C sort)" 'is what is counted'
else
  skip 5 'there is no sample corpus'
fi
finish
