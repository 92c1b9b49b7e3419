#!/bin/sh
# Counts of matches and of every facet equal an independent count of the raw input (archive.pl).
. "$(dirname "$0")/lib.sh"
start

archive() { perl "$here/archive.pl" "$@"; }
# What sitrep answers, as `archive.pl count` prints it.
answer() {
  sitrep facets "$@" --facet-limit all --format json >answer.out
  json 'my @l; for my $f (keys %{$j->{facets}}) { push @l, map { "$f\t$_->{value}\t$_->{label}\t$_->{count}" }
    @{$j->{facets}{$f}{values}} } ("total $j->{total}{value}", sort @l)' answer.out
}
# same "CONDITION;CONDITION..." OPTION...: asks sitrep; `compare` counts all questions together
same() {
  printf '%s\n' "$1" >>questions
  shift
  answer "$@" >"answered/$(wc -l <questions)"
}
compare() { # ABOUT
  archive count raw.jsonl counted <questions
  n=0
  while read -r question; do
    n=$((n + 1))
    ok "$1: $(head -n 1 counted/$n), $(($(wc -l <counted/$n) - 1)) values: $question" \
      diff answered/$n counted/$n
  done <questions
  : >questions
}

mkdir answered counted
: >questions
archive make 7 400 >raw.jsonl
archive make 7 400 | cksum >again
is "$(cksum <raw.jsonl)" "$(cat again)" 'the fixture is always the same'
ok 'and large enough' test "$(wc -c <raw.jsonl)" -gt 100000

all_questions() {
  same '' ''
  same 'word=attack' attack
  same 'word=attack' attacking
  same 'word=hostage;word=bomb' hostages bombed
  same 'word=attack;not=tanker' 'attack NOT tanker'
  same 'not=the' 'NOT the'
  same 'country=IR' --country iran
  same 'country=IR' --country IRN
  same 'country=IR' --country ir
  same 'country=IR' --country Иран
  same 'country=RU' --country 'Russian Federation'
  same 'country=SU' --country 'soviet union'
  same 'country=IR|IQ' --country iran --country iraq
  same 'country=IR|IQ' 'country:(irán OR irak)'
  same 'country=IR;country=IQ' 'country:iran country:iraq'
  same 'country=SV;word=negotiate' negotiated --country el-salvador
  same 'source_country=GB' --source_country uk
  same 'source=Daily Post' --source 'daily post'
  same "source=Le Monde d'hier|Reuters" --source "le monde d'hier" --source REUTERS
  same "source=Wire, The;country=TD" --source 'wire the' --country chad
  same 'actor=Actor 150 of the North' --actor 'actor 150 of the north'
  same 'actor=Actor 001 of the Côte|Actor 002 of the North' --actor 'ACTOR 001 OF THE COTE' \
    --actor 'Actor-002 of the North'
  same 'actor=Actor 004 of the North;word=protest' protest 'actor:"actor 004 of the north"'
  same 'topic=oil & gas' --topic 'oil & gas'
  same 'topic=war;topic=sport' 'topic:war topic:sport'
  same 'event_type=Explosions/Remote violence|Riots' --event_type 'explosions/remote violence' --event_type riots
  same 'sub_event_type=Armed clash|Grenade' 'sub_event_type:grenade OR subevent:"armed clash"'
  same 'author=Ann Lee' --author 'ann lee'
  same 'place=Bogotá' --place bogota
  same "place=N'Djamena|Basra" --place "n'djamena" --place basra
  same 'lang=fr' --lang fr
  same 'lang=fr' --lang French
  same 'lang=en;word=tanker;country=EG|CO;source=AFP|Reuters' tanker --lang en --country egypt \
    --country colombia --source afp --source reuters
  same 'country!=GB' --not-country uk
  same 'country!=GB|IR;word=attack' attack --not-country GB --not-country iran
  same 'topic=war;topic!=oil & gas|sport' --topic war --not-topic 'Oil & Gas' --not-topic sport
  same 'since=1988' --since 1988
  same 'until=1986' --until 1986
  same 'since=1987-03;until=1987-09' --since 1987-03 --until 1987-09
  same 'since=1987-03;until=1987-09' 'date:1987-03..1987-09'
  same 'since=1987;until=1987' date:1987
  same 'since=1988-02-10;until=1989-11-05;word=ceasefire' ceasefire --since 1988-02-10 --until 1989-11-05
  same 'since=1900;until=1950' --until 1950
}

sitrep-index -q raw.jsonl
all_questions
compare 'a new index'

# The same articles by another way: other versions of some, then others, then these, with gaps in
# between. (What is shown for a name is how it was first written; so the order is that of raw.jsonl.)
rm -r index
sitrep-index -q raw.jsonl
archive make 8 300 >other.jsonl
sitrep-index -q --prune other.jsonl
make_articles 1 1500 | sitrep-index -q --prune -
sed 's/"lang":"[a-zA-Z]*"/"lang":"en"/; s/"source":"[^"]*"/"source":"Reuters"/' raw.jsonl >mono.jsonl
sitrep-index -q --prune mono.jsonl
sitrep-index -q --prune raw.jsonl
same '' ''
same 'word=attack' attack
same 'country=IR|IQ;word=bomb' bomb --country iran --country iraq
same 'source=Reuters' --source reuters
same 'actor=Actor 150 of the North' --actor 'actor 150 of the north'
compare 'after updates and pruning'

printf '%s\n' '{"id":"n1","title":"new values","actor":["A new one","Actor 001 of the Côte"],"topic":"new"}' \
  '{"id":"n2","title":"new values","actor":["a new-one","Another"],"source":"NEW"}' | sitrep-index -q -
is "$(sitrep facets '"new values"' --facets actor,source,topic --format csv | tr -d '\r' | cut -d, -f 2,4)" \
  'value,count
NEW,1
A new one,2
'"$(sitrep facets '"new values"' --facets actor --format csv | grep -i -o 'actor,actor[^,]*' | cut -d, -f 2)"',1
Another,1
new,1' 'values that an update brings are counted'

# What every article has, in an index with gaps of several hundred articles.
make_articles 1 2500 | sed 's/^{/{"date":"2020-03-04","author":"Ann Lee",/' >all.jsonl
sitrep-index -q --index gaps all.jsonl
sed -n '7~50!p' all.jsonl >most.jsonl
sitrep-index -q --index gaps --prune most.jsonl
for question in 'troops' 'lang:en' 'troops lang:en' 'lang:en troops NOT village7' 'troops OR shelled' \
  '"troops shelled"' 'title:report' 'NOT village8' '' 'date:2020' 'date:2020-03..' 'date:2020-03-04' \
  'author:ann' 'author:"ann lee"' 'troops NOT nothinglikeit' 'lang:en NOT (village8 OR nothinglikeit)' \
  'lang:en date:2020' 'troops OR lang:en' '"troops shelled" lang:en' 'shelled troops author:lee date:2020'; do
  exits 0 "what all have: $question" sitrep search --index gaps "$question" --format json --facets all -n 1
  is "$(json '$j->{total}{value}')" "$(case $question in
    *village8*) echo $(($(wc -l <most.jsonl) - 1)) ;;
    *) wc -l <most.jsonl ;;
  esac)" 'is counted'
done
for option in '--lang en' '--sort newest' '--lang en --sort newest' '--lang en -n all'; do
  # shellcheck disable=SC2086 # option and value
  exits 0 "what all have: $option" sitrep search --index gaps $option
done

# ---- which facets, and how many values ----

facets() { sitrep search attack -n 0 --format json "$@" >out && json 'sort keys %{$j->{facets}}' | tr '\n' ' '; }
is "$(facets --facets country)" 'country ' '--facets with one'
is "$(facets --facets actor,country,source)" 'actor country source ' 'with several'
is "$(facets --facets 'country, actor')" 'actor country ' 'with spaces'
is "$(facets --facets all)" 'actor author country event_type lang mentions_country place source source_country sub_event_type topic ' 'with all'
exits 2 '--facets nix' sitrep search attack --facets country,nix
like err 'nix: write all, or some of .*country' 'is refused'
exits 2 '--facets title' sitrep search attack --facets title
exits 0 'facets without --facets' sitrep facets attack --format json
is "$(json 'scalar keys %{$j->{facets}}')" 11 'are all'
exits 0 '--facet-limit' sitrep facets attack --facet-limit 3 --facets actor,topic,lang --format json
is "$(json 'map { my $f = $j->{facets}{$_}; scalar(@{$f->{values}}) . " " . ($f->{truncated} ? "cut" : "whole") }
  qw(actor topic lang)')" '3 cut
3 cut
2 whole' 'cuts, and says so'
answer attack >attack.txt
is "$(json 'map { "$_->{value} $_->{count}" } @{$j->{facets}{topic}{values}}')" \
  "$(awk -F'\t' '$1 == "topic" { print $4, $2 }' attack.txt | sort -k1,1nr -k2 | head -n 3 |
    sed 's/^\([0-9]*\) \(.*\)/\2 \1/')" 'to the most frequent'
exits 0 '--facet-limit 0' sitrep facets attack --facet-limit 0 --facets topic --format json
is "$(json 'scalar(@{$j->{facets}{topic}{values}}), $j->{facets}{topic}{truncated}' | tr '\n' ' ')" '0 1 ' 'is none'
rarest=$(awk -F'\t' '$1 == "actor" { print $4 "\t" $2 }' attack.txt | sort -n | head -n 1 | cut -f 2)
exits 0 'values that are chosen' sitrep facets attack --facet-limit 1 --facets actor --actor "$rarest" \
  --actor 'actor 001 of the cote' --format json
is "$(json 'join "; ", map { $_->{selected} ? lc($_->{value}) : "other" } @{$j->{facets}{actor}{values}}' |
  tr -- '- ' '  ' | sed 's/ô/o/g')" "actor 001 of the cote; $(printf '%s' "$rarest" | tr 'A-Z-' 'a-z ' | sed 's/[ôÔ]/o/')" \
  'are listed, however rare they are'
exits 0 'facets as text' sitrep facets attack --facets lang,topic --facet-limit 2 --lang french
like out '^\* fr +[0-9]+  █' 'marks what is chosen, with a bar'
like out '^  and [0-9]+ more; --facet-limit all shows them$' 'and says what was cut'
exits 1 'facets of nothing' sitrep facets nothinglikeit
is "$(cat out)" '0 articles for nothinglikeit' 'are none'

# ---- values that are no whole ones, and errors ----

is "$(ids --source monde)" "$(ids --source "le monde d'hier")" 'a word of a source finds it'
is "$(ids --source "monde d'hier" | wc -l)" "$(ids --source monde | wc -l)" 'several words, too'
exits 1 'words that no value has side by side' sitrep search --source 'monde le'
exits 2 '--country Atlantis' sitrep search --country Atlantis
is "$(cat err)" "sitrep: 'Atlantis' is no country known here; write its name or ISO code" 'is refused'
exits 2 '--lang Klingonese' sitrep search --lang Klingonese
like err "^sitrep: 'Klingonese' is no language" 'is refused'
exits 1 'a country that no article has' sitrep search --country japan
exits 2 'an empty value' sitrep search --source ''
finish
