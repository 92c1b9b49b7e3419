#!/bin/sh
# Copies of articles: sitrep copies, and how many there are in what search and the page show.
. "$(dirname "$0")/lib.sh"
start

# A report of an agency in three papers, once with a changed word and once with another head; a
# repeat without date; a form that is filled in 150 times; short texts; others.
perl -MJSON::PP -e '
  my $state = 3;
  sub pick { $state = ($state * 1103515245 + 12345) % 2**31; return int(($state / 2**31) * $_[0]) }
  sub text { join " ", map { "word" . pick(5000) } 1 .. $_[0] }
  sub put { printf "%s\n", JSON::PP->new->utf8->canonical->encode({@_}) }
  my $wire = text(150);
  (my $changed = $wire) =~ s/^((?:\S+ ){70})\S+/$1corrected/;
  put(id => "post", title => "Bridge blown up", date => "1984-03-02", source => "Post", body => $wire);
  put(id => "wire", title => "Rebels blow up bridge", date => "1984-03-01", source => "Agency", body => $wire);
  put(id => "times", title => "A bridge falls", date => "1984-03-02", source => "Times", body => uc $changed);
  put(id => "undated", title => "Bridge", body => "From our correspondent.\n\n$wire");
  put(id => "again", title => "Bridge blown up", date => "1984-03", source => "POST", body => $wire);
  put(id => "form-$_", title => "Weather", date => "1990-01-01", body => "Nothing to report from the stations of the coast " x 6) for 1 .. 150;
  put(id => "short-$_", title => "Brief", body => "One two three four five.") for 1 .. 3;
  put(id => "other-$_", title => "Other <b>matters</b>", date => "1984-03-02", source => "Post", body => text(150)) for 1 .. 30;
  put(id => "quiet-0", title => "No source", date => "1985", body => "$wire " . text(10));
' >raw.jsonl
sitrep-index -q raw.jsonl
copies() { sitrep copies "$@" -f jsonl 2>err | perl -ne '/"id":"(.*?)"/ && print "$1 "'; }

# ---- the command ----

is "$(copies wire)" 'again post times quiet-0 undated ' 'copies are found, the earliest first, a month before its days, undated last'
is "$(copies times)" 'again wire post quiet-0 undated ' 'whichever of them is asked about'
is "$(copies other-1)" '' 'other texts have none'
exits 0 'as text' sitrep copies post
is "$(head -n 1 out)" '5 copies in 3 sources' 'says how many, and in how many sources'
is "$(sed -n 's/.*id \([a-z0-9-]*\))$/\1/p' out | tr '\n' ' ')" 'again wire post times quiet-0 undated ' 'lists them with the article in its place'
like out '^1984-03-01 Rebels blow up bridge \(Agency, id wire\)$' 'with date, title and source'
exits 0 'sources are counted as they are named' sitrep copies times
is "$(head -n 1 out)" '5 copies in 2 sources' 'case aside, and without that of the article itself'
exits 0 'without any source' sitrep copies form-1
is "$(head -n 1 out)" 'at least 100 copies' 'none is told; and a limit is'
is "$(wc -l <out)" 102 'the article itself is listed, too'
like out 'id form-1\)$' 'by its id'
exits 0 'the last of many' sitrep copies form-150
like out 'id form-150\)$' 'has itself in its list'
exits 0 'the limit in JSON' sitrep copies form-1 -f jsonl
is "$(wc -l <out)" 100 'does not count it'
like err '^sitrep: there may be more copies; see COPIES in sitrep\(1\)$' 'and is told'
exits 1 'none' sitrep copies other-1
is "$(cat out)" 'no copies' 'is said'
exits 1 'a short text' sitrep copies short-1
is "$(cat out)" 'the text is too short to tell copies by: less than 30 words' 'is said to be so'
exits 0 'as citations' sitrep copies wire -f ris
is "$(grep -c '^TY' out)" 5 'one each'
exits 1 'none in JSON' sitrep copies other-1 -f jsonl
is "$(cat out)" '' 'is nothing'
for bad in csv atom trec nonsense; do
  exits 2 "-f $bad" sitrep copies wire -f $bad
  like err '^sitrep: --format .*write text' 'is refused with a sentence'
done
exits 2 'an unknown id' sitrep copies nix
like err 'nix' 'is said'
exits 2 'no id' sitrep copies
like err 'sitrep copies ID' 'is said'
exits 2 'two ids' sitrep copies wire post

# ---- what searches show ----

exits 0 'a search' sitrep search title:rebels
like out '^ +1984-03-01 · Agency · 5 copies in 2 sources$' 'tells how many copies'
exits 0 'of many' sitrep search weather -n 1
like out '· at least 100 copies$' 'and what limits it'
exits 0 'without copies' sitrep search title:matters -n 30
unlike out 'cop(y|ies)' 'it says nothing'
exits 0 'in JSON' sitrep search title:rebels -f json
is "$(json '$j->{results}[0]{copies}, $j->{results}[0]{copies_sources}, $j->{results}[0]{copies_more}')" "$(printf '5\n2\nundef')" 'they are numbers'
exits 0 'in JSON Lines' sitrep search -n all -f jsonl
is "$(json 'scalar grep { $_->{copies} } @j')" 156 'in each line that has copies'
is "$(json 'join " ", map { $_->{copies_more} ? 1 : 0 } grep { $_->{id} =~ /^form-[12]$/ } @j')" '1 1' 'with what limits them'

# ---- the page ----

page() { REQUEST_METHOD=GET QUERY_STRING="$1" sitrep.cgi >body 2>err; }
page 'q=title:rebels'
like body '<a href="\?article=wire&amp;q=title:rebels#copies">5 copies in 2 sources</a>' 'results lead to the copies'
page 'q=title:other'
unlike body '#copies' 'where there are some'
page 'article=wire'
like body '<h2 id="copies">Copies</h2>' 'the article lists them'
is "$(sed -n '/id="copies"/,/<\/ul>/p' body | sed -n 's/^<li><a href="?article=\([a-z0-9-]*\)".*/\1/p' | tr '\n' ' ')" \
  'again wire post times quiet-0 undated ' 'the earliest first'
is "$(sed -n '/id="copies"/,/<\/ul>/p' body | grep -c 'aria-current="page"')" 1 'and marks itself'
page 'article=other-1'
unlike body 'id="copies"' 'one without copies has no list'

# ---- as the index changes ----

sitrep-index -q --delete post --delete undated
is "$(copies wire)" 'again times quiet-0 ' 'what is deleted is no copy any more'
grep '"post"' raw.jsonl | sed 's/"id":"post"/"id":"late"/; s/1984-03-02/1999-01-01/' >late.jsonl
sitrep-index -q late.jsonl
is "$(copies wire)" 'again times quiet-0 late ' 'what is added later is one'
head -n 1 late.jsonl | sed 's/"body":"[^"]*"/"body":"Withdrawn."/' >withdrawn.jsonl
sitrep-index -q withdrawn.jsonl
is "$(copies wire)" 'again times quiet-0 ' 'what is changed is none'
perl -MJSON::PP -e 'print encode_json({id => "odd \"id\" \x{1b}[31m", title => "\x{1b}[31m<script>", source => "<i>", body => join " ", map { "evil$_ <script>" } 1 .. 40}), "\n" for 1; print encode_json({id => "odd2", title => "\x{1b}[31m<script>", source => "<i>", body => join " ", map { "evil$_ <script>" } 1 .. 40}), "\n"' >hostile.jsonl
sitrep-index -q hostile.jsonl
exits 0 'hostile articles' sitrep copies odd2
ok 'command no terminal' sh -c '! grep -q "$(printf "\033")" out'
page 'article=odd2'
unlike body '<script>|<i>' 'and no browser'
finish
