#!/bin/sh
# Answers for other programs: Atom, RIS, BibTeX, TREC runs; digests and where an answer comes from.
. "$(dirname "$0")/lib.sh"
start

# Articles that try to break out of every form.
perl -MJSON::PP -e '
  my @hostile = (
    {id => "cdata", title => "]]> <![CDATA[ & \x27\"< ]]>", body => "war ]]> \x27\"<&>", url => "http://example.org/?a=1&b=<2>\x27\"{}"},
    {id => "bidi", title => "\x{202e}evil\x{202c} \x{2066}x\x{2069}", body => "war", date => "2020-03-04"},
    {id => "control", title => "a\x00b\x07c\x1b[31m\x7f\x{85}\x{9b}d", body => "war", date => "2020-03"},
    {id => "nonchar", title => "x\x{fffe}\x{ffff}\x{fdd0}\x{1ffff}y", body => "war", date => "2020"},
    {id => "long", title => "t" x 1000000, body => "war"},
    {id => "latex", title => "\\input{/etc/passwd} {\$%&#_~^|<>\"} 100% \@article{x,", body => "war",
      author => ["Doe, Jane", "Smith and Wesson", "A, B, C, D", "O\x27Neil"], source => "A {B} \\C"},
    {id => "braces", title => "}}}{{{", body => "war", source => "}", url => "javascript:alert(1)"},
    {id => "ris", title => "ER  - \r\nTY  - JOUR\nTI  - fake", body => "war"},
    {id => "untitled", body => "war, a report without any title that goes on and on, longer than a heading has room for, surely"},
    {id => "Case", title => "one", body => "war"}, {id => "case", title => "two", body => "war"},
    {id => "with space & <tag>\t\"", title => "odd id", body => "war"},
    {id => "i" x 3000, title => "long id", body => "war"},
    {id => "\x{627}\x{644}\x{62d}\x{631}\x{628}", title => "\x{627}\x{644}\x{62d}\x{631}\x{628}", body => "war", lang => "ar"},
    {id => "plain-1", title => "Plain", body => "war", date => "1987-03-01", source => "Reuters", lang => "en",
      url => "https://example.org/1", author => "Ann Lee", country => ["IR", "FR"], actor => "Alpha, Beta", topic => "oil"});
  binmode STDOUT;
  print encode_json($_), "\n" for @hostile' >hostile.jsonl
sitrep-index -q hostile.jsonl
n=15
sitrep search war -n all --sort oldest -f jsonl >answer.jsonl
is "$(wc -l <answer.jsonl)" $n 'all hostile articles are there'
titles() { # of the JSON answer, in order, as one line each
  json 'map { my $t = $_->{title} // ""; $t =~ s/[\r\n\t]/ /g; substr($t, 0, 100) } @j' answer.jsonl
}

# ---- Atom ----

xml() { xmllint --xpath "$1" out 2>&1; }
each() { # XPATH of an element of each entry, relative: one line each
  i=0
  while [ $((i += 1)) -le "$n" ]; do
    xml "string(/*/*[local-name()='entry'][$i]/$1)" | tr '\r\n\t' '   ' | sed 's/ *$//'
    echo
  done
}
el() { printf "*[local-name()='%s']" "$1"; }
exits 0 'Atom' sitrep search war -n all --sort oldest -f atom --digest
ok 'is well-formed' xmllint --noout --nonet out
is "$(xml "count(//$(el entry))")" $n 'with an entry for each article'
is "$(xml "namespace-uri(/*)")" 'http://www.w3.org/2005/Atom' 'in its namespace'
is "$(xml "count(/*/$(el id)) + count(/*/$(el title)) + count(/*/$(el updated)) + count(/*/$(el author))")" 4 \
  'the feed has what it must'
is "$(xml "count(//$(el entry)[count($(el id)) = 1 and count($(el title)) = 1 and count($(el updated)) = 1])")" $n \
  'so has each entry'
is "$(xml "count(//$(el entry)[$(el link)[@rel='alternate'] or $(el content)])")" $n 'and a link or content'
is "$(xml "count(//$(el entry)//*[not(self::*[local-name()='name'])]/*[not(local-name()='name')])")" 0 \
  'no title became markup'
each "$(el title)" | cut -c1-100 >got
is "$(grep -c 'CDATA' got)" 1 'a title is text whatever it holds'
titles | grep -v '^Unicode non-character' >wanted
ok 'titles are those of the articles' perl -Mutf8 -CSD -e '
  # What XML cannot hold is a space or a mark; all the rest must be the same.
  my @files = map { open(my $in, "<:utf8", $_) or die; [<$in>] } @ARGV;
  @{$files[0]} == @{$files[1]} or die scalar @{$files[0]};
  for my $i (0 .. $#{$files[0]}) {
    my ($got, $wanted) = map { my $t = $_->[$i]; chomp $t; $t =~ s/[\x00-\x1f\x7f-\x9f\x{fdd0}-\x{fdef}\x{fffd}-\x{ffff}\x{1ffff} ]+//g; $t } @files;
    next if $wanted eq "" && $got =~ /^war,/;
    $got eq $wanted || substr($wanted, 0, 90) eq substr($got, 0, 90) or die "$got\n$wanted\n";
  }' got wanted
xml "//$(el entry)/$(el id)/text()" >ids1
is "$(sort -u ids1 | grep -cE '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$')" $n \
  'ids are UUIDs of version 5, each another'
uuid=$(info uuid)
expected=$(perl -MDigest::SHA=sha1 -e '
  my ($uuid, $name) = @ARGV;
  (my $hex = $uuid) =~ s/-//g;
  my $sum = substr(sha1(pack("H*", $hex) . $name), 0, 16);
  vec($sum, 6, 8) = (vec($sum, 6, 8) & 0x0f) | 0x50;
  vec($sum, 8, 8) = (vec($sum, 8, 8) & 0x3f) | 0x80;
  print join "-", unpack("H8 H4 H4 H4 H12", $sum)' "$uuid" article:plain-1)
like ids1 "^urn:uuid:$expected\$" 'made of the index and the article'
is "$(xml "string(/*/$(el id))")" "urn:uuid:$(perl -MDigest::SHA=sha1 -e '
  my ($uuid, $name) = @ARGV;
  (my $hex = $uuid) =~ s/-//g;
  my $sum = substr(sha1(pack("H*", $hex) . $name), 0, 16);
  vec($sum, 6, 8) = (vec($sum, 6, 8) & 0x0f) | 0x50;
  vec($sum, 8, 8) = (vec($sum, 8, 8) & 0x3f) | 0x80;
  print join "-", unpack("H8 H4 H4 H4 H12", $sum)' "$uuid" query:war)" 'the feed is named by index and query'
is "$(xml "count(//$(el published))")" 2 'published stands where the day is known'
is "$(xml "//*[local-name()='date']/text()" | sort | tr '\n' ' ')" '1987-03-01 2020 2020-03 2020-03-04 ' \
  'dates stand at their precision'
is "$(xml "//$(el updated)/text()" | grep -vcE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$')" 0 'as RFC 3339'
is "$(xml "//$(el link)/@href" | grep -vc 'href="https\?:')" 0 'links lead to http and https alone'
plain="//$(el entry)[$(el title)='Plain']"
is "$(xml "$plain/$(el category)/@term" | tr '\n' ' ')" ' term="country:IR"  term="country:FR"  term="actor:Alpha, Beta"  term="topic:oil" ' \
  'categories are values as a query has them'
is "$(xml "string($plain/$(el category)[1]/@label)")" 'Iran' 'with labels'
is "$(xml "string($plain/$(el author))")" 'Ann Lee' 'with authors'
is "$(xml "string($plain/@xml:lang)")" en 'and its language'
is "$(xml "string(//$(el totalResults))")" $n 'the number of all results'
is "$(xml "string(//*[local-name()='Query']/@searchTerms)")" war 'the query'
xml "string(/*/$(el subtitle))" >subtitle
like subtitle "^$n articles for war; sitrep index $uuid, revision [0-9]+, sha256 of all ids [0-9a-f]{64}$" 'and where it comes from'
exits 1 'Atom of nothing' sitrep search nothinglikeit -f atom
ok 'is a feed' xmllint --noout out
sitrep search 'war OR title:"]]> <&x"' -f atom -n 1 >out
ok 'a hostile query is text, too' xmllint --noout out
sitrep search war -n all --sort oldest -f atom >again
xmllint --xpath "//$(el entry)/$(el id)/text()" again >ids2
ok 'ids stay' cmp ids1 ids2

# ---- RIS ----

# Reads RIS strictly; prints the values of a tag, one a line, "-" for records without.
cat >ris.pl <<'EOP'
my ($wanted) = @ARGV;
local $/;
my $text = <STDIN>;
for my $record (split /(?<=ER  - \r\n)\r\n/, $text) {
  my @lines = split /\r\n/, $record;
  $lines[0] eq 'TY  - NEWS' && $lines[-1] eq 'ER  - ' or die "not a record: $record\n";
  my @values;
  for my $i (0 .. $#lines) {
    $lines[$i] =~ /^([A-Z][A-Z0-9])  - ([^\r\n\x00-\x1f]*)\z/ or die "not a line: $lines[$i]\n";
    die "TY or ER inside\n" if ($1 eq 'TY' && $i > 0) || ($1 eq 'ER' && $i < $#lines);
    push @values, $2 if $1 eq $wanted;
  }
  print @values ? map { substr($_, 0, 300) . "\n" } @values : "-\n";
}
EOP
exits 0 'RIS' sitrep search war -n all --sort oldest -f ris
is "$(perl ris.pl AN <out 2>&1 | cut -c1-200)" "$(json 'map { substr($_->{id}, 0, 200) } @j' answer.jsonl)" 'is a record for each article'
is "$(perl ris.pl TI <out | grep -c 'TY  - JOUR TI  - fake')" 1 'no title becomes another record'
is "$(perl ris.pl DA <out | grep -v '^-$' | tr '\n' ' ')" '1987/03/01/ 2020/// 2020/03// 2020/03/04/ ' 'dates at their precision'
is "$(perl ris.pl N1 <out | sort -u)" "$n articles for war; sitrep index $uuid, revision $(info revision)" 'where it comes from'
exits 0 'show as RIS' sitrep show plain-1 -f ris
is "$(tr -d '\r' <out)" 'TY  - NEWS
TI  - Plain
AU  - Ann Lee
T2  - Reuters
PY  - 1987
DA  - 1987/03/01/
UR  - https://example.org/1
LA  - en
AN  - plain-1
KW  - Iran
KW  - France
KW  - Alpha, Beta
KW  - oil
ER  - ' 'prints one record'

# ---- BibTeX ----

# Reads BibTeX as BibTeX does, counting braces; prints a field of each entry, "-" where it has none.
cat >bib.pl <<'EOP'
my ($wanted) = @ARGV;
local $/;
my $text = <STDIN>;
my (%keys, $braced);
$braced = qr/\{((?:[^{}]++|(??{$braced}))*)\}/;
$text =~ s/\A\@comment$braced\s*//;
print "$1\n" if $wanted eq 'comment';
while ($text =~ s/\A\@(article|misc)\{([^,\s{}]+),\n//) {
  my ($key, %fields) = $2;
  die "key $key twice\n" if $keys{lc $key}++;
  while ($text =~ s/\A  (\w+) = (?:$braced|(\w+)),?\n//) { $fields{$1} = $2 // $3 }
  $text =~ s/\A\}\n\n// or die 'rest of an entry: ' . substr($text, 0, 60) . "\n";
  print $wanted eq 'key' ? "$key\n" : substr($fields{$wanted} // '-', 0, 300) . "\n" unless $wanted eq 'comment';
}
die 'rest: ' . substr($text, 0, 60) . "\n" if $text ne '';
EOP
exits 0 'BibTeX' sitrep search war -n all --sort oldest -f bibtex
is "$(perl bib.pl key <out 2>&1 | wc -l)" $n 'is an entry for each article, keys each another'
is "$(perl bib.pl key <out | grep -cx 'plain-1\|case\|cdata\|bidi')" 4 'a plain id is the key'
is "$(perl bib.pl key <out | grep -c '^sitrep:[0-9a-f]\{16\}$')" 4 'another is digested'
perl bib.pl title <out >got
like got '^\{\\textbackslash\{\}input\\textbraceleft\{\}/etc/passwd\\textbraceright\{\} ' 'commands are text'
like got '\\textbraceleft\{\}\\\$\\%\\&\\#\\_\\textasciitilde\{\}\\textasciicircum\{\}\\textbar\{\}\\textless\{\}\\textgreater\{\}\\symbol\{34\}' 'so is what LaTeX takes for more'
is "$(perl bib.pl author <out | grep Doe)" "Doe, Jane and {Smith and Wesson} and {A, B, C, D} and O'Neil" 'names stay whole'
is "$(perl bib.pl url <out | grep example.org/?)" 'http://example.org/?a=1&b=%3C2%3E'"'"'%22%7B%7D' 'URLs are not escaped for LaTeX'
is "$(perl bib.pl year <out | tr '\n' ' ' | cut -c1-20)" '1987 2020 2020 2020 ' 'years'
is "$(perl bib.pl month <out | tr '\n' ' ' | cut -c1-14)" 'mar - mar mar ' 'and months where they are known'
is "$(perl bib.pl day <out | tr '\n' ' ' | cut -c1-8)" '1 - - 4 ' 'and days'
is "$(perl bib.pl comment <out)" "$n articles for war; sitrep index $uuid, revision $(info revision)" 'where it comes from'
sitrep search 'war -"@article{x,}"' -f bibtex -n 2 >out
is "$(perl bib.pl key <out 2>&1 | wc -l)" 2 'a hostile query is no entry'
exits 0 'show as BibTeX' sitrep show plain-1 -f bibtex
is "$(cat out)" '@article{plain-1,
  title = {{Plain}},
  author = {Ann Lee},
  journal = {Reuters},
  year = {1987},
  month = mar,
  day = {1},
  url = {https://example.org/1},
  language = {en},
  keywords = {Iran, France, Alpha, Beta, oil},
  eprint = {plain-1},
  eprinttype = {sitrep}
}' 'prints one entry'

# ---- TREC ----

exits 0 'TREC' sitrep search war -n all -f trec
is "$(awk 'NF != 6 || $2 != "Q0" || $6 != "sitrep" || $1 != 1 || $4 != NR || (NR > 1 && $5 > last) { print } { last = $5 }' out)" '' \
  'has six columns, falling scores and rising ranks'
is "$(wc -l <out)" $n 'for each article'
like out '^1 Q0 with%20space%20&%20<tag>%20" ' 'ids have no spaces'
exits 0 'TREC by date' sitrep search war -n all -f trec --sort oldest --query-id 'topic 7'
is "$(awk '{ print $3 }' out | tail -n +1 | head -n 4 | tr '\n' ' ')" 'plain-1 nonchar control bidi ' 'keeps the order'
is "$(awk '$1 != "topic%207" || (NR > 1 && $5 >= last) { print } { last = $5 }' out)" '' 'in its scores, too'

# ---- what does not fit ----

for wrong in 'facets -f ris' 'facets -f atom' 'facets -f trec' 'show -f csv plain-1' 'show -f atom plain-1' \
  'show -f trec plain-1' 'search war -f xml' 'info -f ris'; do
  # shellcheck disable=SC2086 # words
  exits 2 "$wrong" sitrep $wrong
  like err '^sitrep: .*text' 'is refused with what there is'
done

# ---- digests ----

sum() { LC_ALL=C sort | sha256sum | cut -d' ' -f1; }
digest() { sitrep search -n 0 --digest -f json "$@" | json '$j->{digest}{sha256}' /dev/stdin; }
is "$(digest war)" "$(json 'map { $_->{id} } @j' answer.jsonl | sum)" 'a digest is of all ids, sorted, a line each'
is "$(digest title:plain)" "$(echo plain-1 | sum)" 'of one'
is "$(digest nothinglikeit)" "$(printf '' | sum)" 'of none'
is "$(sitrep search title:plain -n 0 -f json --digest | json '$j->{digest}{sha256}' /dev/stdin)" \
  "$(digest id:plain-1)" 'the same articles have the same'
make_articles 1 3000 | sitrep-index -q --index many -
for q in troops '"report 7"' village77 'village7 OR village8 OR village9' 'troops -village5'; do
  is "$(digest --index many "$q")" "$(ids --index many "$q" | sum)" "digest of $q"
done
is "$(digest --index many troops --sort newest --offset 30)" "$(digest --index many troops)" 'pages and order do not matter'
exits 0 'text with a digest' sitrep search war -n 0 --digest
is "$(cat out)" "$n articles for war

index $uuid, revision $(info revision)
sha256 $(digest war)" 'tells index, revision and digest'
exits 0 'without' sitrep search war -n 1 -f json
is "$(json 'exists $j->{digest} ? 1 : 0')" 0 'there is none'
exits 0 'facets with a digest' sitrep facets war -f json --digest
is "$(json '$j->{digest}{sha256}')" "$(digest war)" 'have the same'

# ---- provenance ----

exits 0 '--provenance' sitrep search 'war -evil' -f csv --country iran --country fr -n all --digest --provenance about.json
is "$(json '$j->{understood}, $j->{index}{uuid}, $j->{total}{value}, $j->{query}' about.json)" \
  "$(sitrep search 'war -evil' --country iran --country fr -n 0 -f json |
    json '$j->{understood}, $j->{index}{uuid}, $j->{total}{value}, $j->{query}' /dev/stdin)" 'is what JSON says of the answer'
is "$(json '$j->{digest}{sha256}' about.json)" "$(digest 'war -evil' --country iran --country fr)" 'with the digest'
exits 2 'a file that cannot be written' sitrep search war --provenance nix/about.json
like err '^sitrep: nix/about.json cannot be written: ' 'is said'
is "$(cat out)" '' 'before anything is printed'
if [ -c /dev/full ]; then
  exits 2 'a full disk' sitrep search war --provenance /dev/full
  like err '^sitrep: /dev/full cannot be written: ' 'is said, too'
else
  skip 2 'no /dev/full'
fi

# ---- all of many ----

export SITREP_INDEX="$work/many"
for f in atom ris bibtex trec csv jsonl; do
  case $f in
    atom) record='^<entry' ;;
    ris) record='^TY  - ' ;;
    bibtex) record='^@misc\|^@article' ;;
    csv) record='Report' ;;
    *) record=. ;;
  esac
  exits 0 "$f of 3,000" sitrep search troops -n all -f $f
  is "$(grep -c "$record" out)" 3000 'has all'
done
finish
