#!/bin/sh
# The examples of sitrep-query(7): what it lists is understood, what it refuses is refused, what it
# gives as examples finds articles of the sample, and what it shows as run prints that.
. "$(dirname "$0")/lib.sh"
start
page=$here/../../searcher/sitrep-query.7
sitrep-index -q "$here/../../corpus/sample"

# KIND, tab, query; a query in a list is "refused" or "asked", one displayed is "found".
perl -CSD -ne '
  sub plain { my $t = shift; $t =~ s/\\\(dq/"/g; $t =~ s/\\\(aq/\x27/g; $t =~ s/\\-/-/g;
              $t =~ s/\\&//g; $t =~ s/\\e/\\/g; $t }
  $refused = /What is refused/ if /^\.S[sh] /;
  if (/^\.It Li (.*?)(?: Ta .*)?$/) {
    print $refused ? "refused" : "asked", "\t", plain($_), "\n" for split / , /, $1;
  }
  print "found\t", plain($1), "\n" if /^\.Dl (.*)/;
' "$page" >examples
while IFS="$(printf '\t')" read -r kind query; do
  sitrep search -n 1 -- "$query" >out 2>err
  status=$?
  case $kind in
  refused) ok "refused: $query" test $status = 2 ;;
  found) ok "finds: $query" test $status = 0 ;;
  *) ok "understood: $query" test $status -le 1 ;;
  esac
done <examples
ok 'there are many' test "$(wc -l <examples)" -gt 80

# Displays that begin with a command: each is run and compared.
perl -CSD -ne '
  if (/^\.Bd -literal/) { $in = 1; next }
  if (/^\.Ed/) { close $out if $out; undef $out; $in = 0; next }
  next unless $in;
  s/\\e/\\/g; s/\\-/-/g; s/\\\(dq/"/g; s/\\&//g;
  if (s/^\$ //) { $n++; open $out, ">:utf8", "run-$n.sh"; $command = 1 }
  next unless $out;
  print $out $_;
  if ($command && !/\\$/) { close $out; open $out, ">:utf8", "run-$n.expected"; $command = 0 }
' "$page"
for command in run-*.sh; do
  COLUMNS=80 sh "$command" >printed 2>&1
  sed 's/ *$//' printed >got
  is "$(cat got)" "$(cat "${command%.sh}.expected")" "as shown: $(head -n 1 "$command")"
done
finish
