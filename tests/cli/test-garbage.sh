#!/bin/sh
# sitrep-index and garbage: a sentence and an exit status for each, and never a lost article.
. "$(dirname "$0")/lib.sh"
start

good=0
printf '{"id":"g0","title":"An article that stays"}\n' >stays.jsonl
sitrep-index -q stays.jsonl

# garbage REJECTED PATTERN NAME FILE...: with an input that is an article, which must not be lost;
# then alone.
garbage() {
  rejected=$1
  pattern=$2
  about=$3
  shift 3
  good=$((good + 1))
  make_articles $good $good >good.jsonl
  exits 1 "$about" sitrep-index "$@" good.jsonl
  counts "1 0 0 0 $rejected" "$about: is rejected"
  like err "^sitrep-index: $pattern" "$about: a sentence says why"
  unlike err 'INTERNAL|assert|GLib|CRITICAL' "$about: and none says more"
  is "$(sitrep search --format json | perl -ne '/"value":(\d+)/ && print $1')" $((good + 1)) \
    "$about: no article is lost"
  exits 2 "$about, alone" sitrep-index "$@"
}

perl -e 'srand(1); print map { chr(int(rand(256))) } 1 .. 100000' >binary
garbage 1 'binary: it holds binary data' 'a binary file' binary
head -c 5000 /dev/zero >zeros
garbage 1 'zeros: ' 'a file of zeros, which is an empty tar archive, too' zeros
: >empty
garbage 1 'empty: it is empty' 'an empty file' empty
printf ' \n\t\r\n\n' >blank
garbage 1 'blank: it is empty' 'a file of white space' blank
garbage 1 'missing.*: No such file' 'a missing path' missing
garbage 2 'missing2.*: No such file' 'two missing paths' missing missing2
printf '%%PDF-1.4\n%%\342\343\317\323\n1 0 obj\n' >paper.pdf
garbage 1 'paper.pdf: it looks like a PDF' 'a PDF' paper.pdf
printf '<!DOCTYPE html>\n<html><body><p>News</p></body></html>\n' >page.html
garbage 1 'page.html: it looks like an HTML page' 'an HTML page' page.html
printf '[\n{"id":"a","title":"b"}\n]\n' >array.json
garbage 1 'array.json: it looks like a JSON array' 'a JSON array' array.json
printf 'id,title,text\n1,One,Text\n2,Two,Text\n' >table.csv
garbage 1 'table.csv: it looks like a table in CSV' 'a CSV table of articles' table.csv
gzip -c good.jsonl | head -c 40 >cut.gz
garbage 1 'cut.gz.*truncated' 'a compressed file that is cut off' cut.gz
gzip -c empty >empty.gz
garbage 1 'empty.gz: it is empty' 'an empty compressed file' empty.gz
printf 'PK\003\004 no zip at all, just the first bytes of one' >fake.zip
garbage 1 'fake.zip' 'what is no zip' fake.zip
mkdir nothing docs
echo 'read me' >docs/README
exits 0 'folders without an article' sitrep-index nothing docs
like out 'no article' 'are said to hold none'
exits 0 'an empty folder beside an article' sitrep-index nothing good.jsonl
counts '0 0 1 0 0' 'is no harm'
exits 1 '--prune with an empty folder' sitrep-index --prune nothing
counts '0 0 0 0 0' 'removes nothing'
like out 'nothing was pruned' 'and says so'
exits 0 'the article that stays' sitrep search id:g0

# ---- inputs of which a part is read ----

cat >cut.sgm <<'EOF'
<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS NEWID="101">
<DATE>26-FEB-1987 15:01:01.79</DATE>
<TEXT><TITLE>WHOLE</TITLE><BODY>Whole.</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="102">
<TEXT><TITLE>NOT CLOSED</TITLE><BODY>The next begins.
<REUTERS NEWID="103">
<TEXT><TITLE>WHOLE AGAIN</TITLE><BODY>Whole.</BODY></TEXT>
</REUTERS>
<REUTERS NEWID="104">
<TEXT><TITLE>CUT OFF</TITLE><BODY>It ends he
EOF
exits 1 'SGML that is cut off' sitrep-index cut.sgm
counts '2 0 0 0 2' 'is read but for what is broken'
like err '^sitrep-index: cut.sgm, record 2, line 6: .*before it ends' 'a record that is not closed'
like err '^sitrep-index: cut.sgm, record 4, line 11: .*cut off' 'and one that is cut off are named'
is "$(ids title:whole | tr '\n' ' ')" '101 103 ' 'the whole ones are there'

printf '%s\n' '{"id":"j1","title":"whole line"}' '{"id":"j2","title":' '{"id":"j3","title":"whole line"} x' \
  '[]' '17' 'null' '{}' '{"id":"j4","title":"whole line"}' >cut.jsonl
printf '{"id":"j5","title":"cut o' >>cut.jsonl
exits 1 'JSON Lines that are cut off' sitrep-index cut.jsonl
counts '2 0 0 0 7' 'are read but for what is broken'
is "$(ids '"whole line"' | tr '\n' ' ')" 'j1 j4 ' 'the whole lines are there'

printf '{"id":"b1","title":"bad \377\376 bytes \303"}\n{"id":"b2","title":"nul \\u0000 byte"}\n' >bytes.jsonl
printf '{"id":"b3","title":"raw \000 nul"}\n{"id":"b4","title":"half \\ud83d pair"}\n' >>bytes.jsonl
exits 0 'invalid UTF-8, NUL and halves of surrogate pairs' sitrep-index bytes.jsonl
counts '4 0 0 0 0' 'are read'
exits 0 'their words' sitrep search 'bad bytes' --format json
ok 'are found, and the answer is UTF-8' perl -MJSON::PP -e 'local $/; decode_json(<STDIN>)' <out

perl -e 'print "{\"id\":\"d1\",\"title\":", "[" x 100000, "]" x 100000, "}\n",
  "{\"id\":\"d2\",\"title\":\"deep\",\"actor\":", "[" x 500, "\"Alpha\"", "]" x 500, "}\n",
  "{\"id\":\"d3\",\"title\":\"wide\",\"actor\":[", join(",", map { "\"Actor $_\"" } 1 .. 5000), "]}\n",
  "{\"id\":\"", "i" x 5000, "\",\"title\":\"long id\"}\n",
  "{\"id\":\"d5\",\"title\":\"", "w" x 5000, "\",\"body\":\"long word\"}\n"' >odd.jsonl
exits 1 'nesting, width and length beyond reason' sitrep-index odd.jsonl
counts '4 0 0 0 1' 'are read where they can be'
is "$(ids '"long id"' | wc -c)" 5001 'an id of 5,000 bytes is kept'
exits 0 'and shown by it' sitrep show "$(ids '"long id"')"
is "$(sitrep facets title:wide --facets actor --facet-limit all --format csv | wc -l)" 5001 \
  'all of 5,000 actors are counted'

# Through a pipe, so that no disk is filled. It is not indexed but must not take memory either.
exits 1 'a line of 200 MB' sh -c \
  '{ head -c 200000000 /dev/zero | tr "\0" a; echo; } | sitrep-index - good.jsonl'
counts '0 0 1 0 1' 'is rejected'
like err 'standard input.*line 1: .* longer than 32 MiB' 'as too long'
exits 1 'a JSON line of 200 MB before others' sh -c \
  '{ printf "{\"id\":\"l1\",\"title\":\""; head -c 200000000 /dev/zero | tr "\0" a; echo "\"}"
     echo "{\"id\":\"l2\",\"title\":\"behind the long line\"}"; } | sitrep-index -'
counts '1 0 0 0 1' 'is rejected alone'
exits 0 'what stands behind it' sitrep search '"behind the long line"'
exits 0 'an article with a word of 2 MB' sh -c \
  '{ printf "{\"id\":\"l3\",\"title\":\"longword\",\"body\":\""; head -c 2000000 /dev/zero | tr "\0" a
     echo "\"}"; } | sitrep-index -'
exits 0 'is found' sitrep search longword

# ---- a file that cannot be read ----

echo 'Secret' >secret.txt
mkdir closed
echo 'Secret' >closed/inside.txt
chmod 000 secret.txt closed
as_nobody=
[ "$(id -u)" != 0 ] || as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
chmod 755 . && chmod -R a+rwX index
if $as_nobody sitrep-index --version >out 2>&1; then
  garbage_index() { $as_nobody sitrep-index "$@"; }
  exits 1 'a file and a folder without permission' garbage_index secret.txt closed good.jsonl
  counts '0 0 1 0 2' 'are rejected'
  like err 'secret.txt.*Permission denied' 'the file is named'
  like err 'closed.*Permission denied' 'the folder, too'
else
  skip 4 'the program cannot be run as another user'
fi
chmod 700 secret.txt closed

exits 0 'after all that' sitrep-index stays.jsonl
counts '0 0 1 0 0' 'the first article is unchanged'
is "$(ids id:g0)" g0 'and found'
finish
