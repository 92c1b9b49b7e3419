#!/bin/sh
# What is cut from articles as boilerplate, by patterns and by learning, and how that is shown.
. "$(dirname "$0")/lib.sh"
start

cat >news.jsonl <<'EOF'
{"id":"a","title":"Raid on camp","lang":"en","source":"Globe Bulletin","body":"Raid on camp\n\nPolice seized computers in Ashraf on Tuesday, the ministry said.\n\nFears grew of diplomatic fallout.\n\nReference\n\nDenial of responsibility! Globe Bulletin is an automatic aggregator of global media.\nDMCA compliant image\n\nLeave a Comment"}
{"id":"b","title":"Вести","lang":"ru","source":"Газета","body":"Войска ушли из города.\n\nПодписывайтесь на наш канал в Telegram"}
{"id":"c","title":"Only boilerplate","lang":"en","body":"Share\nTweet\nLeave a Comment"}
{"id":"d","title":"Nothing to cut","lang":"en","body":"Troops left the town.\nHe declined to comment."}
EOF
exits 0 '--describe-only' sitrep-index --describe-only news.jsonl
cp out described.jsonl
is "$(json '$c = $j[0]{cut}[0]; substr($j[0]{body}, $c->{start}, $c->{end} - $c->{start}) =~ s/\s+$//r, $c->{why}')" \
  'Raid on camp
title' 'a title that is repeated is cut'
is "$(json 'map { $_->{why} } @{$j[0]{cut}}' | tr '\n' ' ')" 'title reference disclaimer protection comments ' \
  'and what stands below, with the reasons'
is "$(json '$b = $j[0]{body}; substr($b, $_->{start}, $_->{end} - $_->{start}) = "" for reverse @{$j[0]{cut}}; $b =~ s/\s+$//r')" \
  'Police seized computers in Ashraf on Tuesday, the ministry said.

Fears grew of diplomatic fallout.' 'nothing else'
like out '"body":"Raid on camp.*Leave a Comment"' 'the body is whole'
is "$(json '$c = $j[1]{cut}[0]; substr($j[1]{body}, $c->{start})')" 'Подписывайтесь на наш канал в Telegram' \
  'offsets count characters, not bytes'
is "$(json 'map { exists $_->{cut} ? 1 : 0 } @j[2, 3]' | tr '\n' ' ')" '0 0 ' 'what is boilerplate throughout, or none, stays'
exits 0 'its own output' sitrep-index --describe-only described.jsonl
ok 'is cleaned the same' cmp out described.jsonl

sitrep-index -q news.jsonl
exits 1 'what was cut' sitrep search DMCA
like out '^0 articles' 'is not found'
exits 0 'what was not' sitrep search '"diplomatic fallout"'
exits 0 'a snippet' sitrep search ashraf
unlike out 'Leave a|Denial' 'has nothing of it'
exits 0 'show' sitrep show a
unlike out 'Leave a Comment|Denial' 'leaves it out'
like out '^\([0-9]+ characters were cut: title, reference, disclaimer, protection, comments; --raw shows them\)$' 'and says so'
exits 0 'show of another' sitrep show d
unlike out 'were cut' 'says nothing'
exits 0 'show --raw' sitrep show a --raw
like out '^Leave a Comment$' 'shows everything'
is "$(grep -A1 '^\[cut: disc' out | cut -c 1-24 | tr '\n' '|')" '[cut: disclaimer]|Denial of responsibility|' 'with reasons'
is "$(grep -c '^\[end of cut\]$' out)" 5 'and where each cut ends'
exits 0 'show --raw --query' sitrep show --raw --query ashraf a
is "$(sitrep show a --format jsonl)" "$(head -n 1 described.jsonl)" 'as JSON it is what --describe-only writes'
sitrep-index described.jsonl >out
like out 'unchanged 4' 'which changes nothing'

# ---- learning
articles() { # FROM TO SOURCE CODA
  perl -e '
    my ($from, $to, $source, $coda) = @ARGV;
    printf qq({"id":"%s%d","lang":"en","source":"%s","body":"Troops left town %d.\\n\\nVillage %d was quiet.\\n\\n%s"}\n),
      lc $source, $_, $source, $_, $_, $coda for $from .. $to' "$@"
}
coda='Written at the Valley Desk'
{
  articles 1 5 Valley "$coda"
  articles 1 4 Hill "$coda"
} >valley.jsonl
exits 0 'five articles of one source' sitrep-index --describe-only valley.jsonl
is "$(json 'join " ", map { scalar @{$_->{cut} // []} } @j')" '1 1 1 1 1 0 0 0 0' \
  'lose the line that they share; four of another do not'
like out '"why":"repeats in the source"' 'with that reason'
export SITREP_INDEX="$work/learnt"
sitrep-index -q valley.jsonl
exits 0 'the line' sitrep search '"valley desk"'
like out '^4 articles' 'is text of the other alone'
articles 6 6 Valley "$coda" >one.jsonl
sitrep-index one.jsonl >out
like out '^added 1' 'one more article, on another day'
exits 0 'has lost it, too:' sitrep show valley6
unlike out 'Valley Desk' 'the index has kept what was learnt'
sitrep-index valley.jsonl one.jsonl >out
like out 'unchanged 10' 'and a second run changes nothing'

# The same articles, whatever the number of workers.
articles 1 3000 Plain "$coda" >many.jsonl
for jobs in 1 3; do sitrep-index -q --jobs $jobs --index jobs$jobs many.jsonl; done
sitrep search --index jobs1 -n all --format jsonl --sort oldest >one.out
sitrep search --index jobs3 -n all --format jsonl --sort oldest >three.out
ok '--jobs does not matter' cmp one.out three.out
is "$(grep -c '"cut"' one.out)" 3000 'all of them were cut'

# ---- hostile
perl -e 'print qq({"id":"nul","body":"Troops left.\\u0000\\r\\n\\u0000Leave a Comment\\r\\n"}\n);
         print qq({"id":"long","body":"), "word " x 4e6, qq(end. Leave a Comment"}\n)' >hostile.jsonl
exits 0 'NUL, CR LF and a line of 20 MB' sitrep-index -q hostile.jsonl
sitrep show nul >out
unlike out 'Leave a Comment' 'are cleaned'
exits 0 'from the end' sitrep show long --format json
like out '"why":"comments"' 'also without line breaks'
finish
