#!/bin/sh
# Several at once: a second writer is told so, readers see one commit or another and nothing between.
. "$(dirname "$0")/lib.sh"
start
mkfifo pipe

# ---- two writers ----

second_writer() { # ABOUT
  sitrep-index pipe >first.out 2>first.err &
  pid=$!
  children=$pid
  exec 7>pipe # returns when the first one has opened it, with the lock of the index taken
  exits 2 "$1: a second writer" sitrep-index other.jsonl
  like err '^sitrep-index: another sitrep-index is writing to .*index; ' "$1: a sentence says why"
  exits 2 "$1: --delete" sitrep-index --delete g1
  exits 0 "$1: a reader is not hindered" sitrep info
  make_articles 1 500 >&7
  exec 7>&-
  wait $pid
  is $? 0 "$1: the first writer does not notice"
  exits 0 "$1: then the second one" sitrep-index other.jsonl
}

printf '{"id":"other","title":"Of another writer"}\n' >other.jsonl
second_writer 'a new index'
is "$(ids | wc -l)" 501 'both are in the index'
second_writer 'an update'
is "$(ids | wc -l)" 501 'both are in the index'

# ---- readers while a writer commits ----

# Each article has one source and one of two words, so that the counts of either add up.
rm -r index
make_articles 1 500 shelled >a.jsonl
make_articles 1 1500 bombed >b.jsonl
make_articles 1001 3000 shelled >c.jsonl
sitrep-index -q a.jsonl
(
  for _ in 1 2; do
    for input in b c a; do sitrep-index -q --prune $input.jsonl || echo "$input" >>writer.failed; done
    # As many small commits as can be made: what readers look at is taken away most often.
    for i in $(seq 15); do
      make_articles 1 $i bombed | sitrep-index -q - || echo "$i" >>writer.failed
    done
  done
  : >finished
) &
writer=$!
children=$writer
n=0
while [ ! -e finished ] || [ $n -lt 20 ]; do
  n=$((n + 1))
  sitrep search 'shelled OR bombed' -n 3 --format json --facets source,lang >>answers 2>>errors ||
    echo "search: $?" >>errors
  sitrep search shelled -n all --format jsonl >>results 2>>errors || [ $? = 1 ] ||
    echo "search -n all: $?" >>errors
  sitrep info --format json >>infos 2>>errors || echo "info: $?" >>errors
  sitrep show g1001 g1 >shown 2>show.errors || grep -v 'holds no article with id' show.errors >>errors
done
wait $writer
is "$(cat writer.failed 2>/dev/null)" '' 'the writer never failed'
is "$(cat errors)" '' "no reader failed"
cat >check.pl <<'EOF'
use JSON::PP;
my ($last, %totals) = (0);
while (<STDIN>) {
  my $j = decode_json($_);
  my $total = $j->{total}{value};
  $totals{$total}++;
  print "$total is no state\n" unless $total =~ /^(500|1500|2000)$/;
  for my $facet (qw(source lang)) {
    my $sum = 0;
    $sum += $_->{count} for @{$j->{facets}{$facet}{values}};
    print "$facet adds up to $sum of $total\n" if $sum != $total;
  }
  print "revision $j->{index}{revision} after $last\n" if $j->{index}{revision} < $last;
  $last = $j->{index}{revision};
  print scalar(@{$j->{results}}), " results\n" if @{$j->{results}} != 3 || !$j->{total}{exact};
}
EOF
is "$(perl check.pl <answers)" '' 'every answer is one of the commits, and its counts add up'
is "$(json '(grep { $_->{id} !~ /^g\d+$/ } @j) + 0' results)" 0 'every result is whole'
is "$(json 'my %u; $u{$_->{uuid}}++ for @j; scalar keys %u' infos)" 1 'the index is always the same'
is "$(json '(grep { $_->{articles} !~ /^(500|1500|2000)$/ } @j) + 0' infos)" 0 \
  'and holds what a commit holds'
is "$(wc -l <answers)" "$n" 'there is an answer to each question'
finish
