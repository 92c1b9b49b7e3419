#!/bin/sh
# sitrep-index: where articles come from, and what is said of what is none.
. "$(dirname "$0")/lib.sh"
start

# ---- folders ----

mkdir -p folder/sub/deeper folder/.hidden
printf 'First report\n\nThe body about tanks.\n' >folder/one.txt
printf 'Second report\n\nThe body about planes.\n' >folder/sub/two.txt
make_articles 1 2 >folder/sub/deeper/articles.jsonl
printf 'Not read\n' | tee folder/.hidden/file folder/.secret folder/README.md folder/sub/LICENSE \
  folder/sub/Notes.txt folder/Makefile >/dev/null
printf 'code,name,region\n1,Iran,Asia\n2,Chad,Africa\n' >folder/codes.csv
ln -s one.txt folder/link.txt
mkfifo folder/pipe
printf 'Readmission of refugees\n\nIs an article.\n' >folder/Readmission.txt
exits 0 'a folder' sitrep-index folder
counts '5 0 0 0 0' 'is read to the bottom'
like out 'passed over.*: 9 .*folder/' 'what is passed over is counted, and one of it named'
exits 1 'nothing of it' sitrep search '"not read"'
exits 0 'a file whose name begins like README' sitrep search refugees
exits 0 'a file that is passed over in folders' sitrep-index folder/README.md folder/.hidden/file
counts '1 0 1 0 0' 'is read when named'
exits 0 'a link' sitrep-index folder/link.txt
counts '0 0 1 0 0' 'likewise'

# ---- archives and compression ----

rm -r index
gzip -c folder/sub/deeper/articles.jsonl >articles.jsonl.gz
exits 0 'a gzip file' sitrep-index articles.jsonl.gz
counts '2 0 0 0 0' 'is unpacked'
exits 0 'gzip on standard input' sitrep-index - <articles.jsonl.gz
counts '0 0 2 0 0' 'likewise'
tar -cf folder.tar folder/one.txt folder/sub folder/.secret folder/README.md
exits 0 'a tar archive' sitrep-index folder.tar
counts '2 0 2 0 0' 'is an input for each file'
like out 'passed over.*: 4 .*folder.tar: folder' 'in it, too, documentation is passed over'
gzip folder.tar
exits 0 'a compressed tar archive' sitrep-index folder.tar.gz
counts '0 0 4 0 0' 'likewise'
perl -MIO::Compress::Zip=:all -e '
  my $zip = IO::Compress::Zip->new("folder.zip", Name => "a/one.txt") or die $ZipError;
  $zip->print("Zipped report\n\nThe body about mines.\n");
  $zip->newStream(Name => "a/list.jsonl");
  $zip->print(qq({"id":"z1","title":"zipped"}\n{"id":"z2","ti\n{"id":"z3","title":"zipped, too"}\n));
  $zip->newStream(Name => "a/README.txt");
  $zip->print("not read\n");
  $zip->close;'
exits 1 'a zip archive with a broken record' sitrep-index --rejects rejects.jsonl folder.zip
counts '3 0 0 0 1' 'is read but for that'
is "$(json '$j->{input}' rejects.jsonl)" 'folder.zip: a/list.jsonl' 'whose place is said'
exits 0 'a zip archive' sitrep search mines

# ---- formats ----

rm -r index
cat >mixed.jsonl <<'EOF'
{"ID":"m1","Headline":"Alias of title","text":["First paragraph.","Second one."],"published":"3 March 1999","countries":"Iran, Islamic Republic of","actors":["Alpha","Beta"],"keywords":[{"name":"war"},17]}
{"id":"m2","title":"Strings where lists may stand","country":"IRN","actor":"Alpha","source":"A paper"}
EOF
exits 0 'JSON Lines' sitrep-index mixed.jsonl
sitrep show m1 --format json >m1
is "$(json '$j->{title}, $j->{date}, "@{$j->{country}} @{$j->{actor}} @{$j->{topic}}", $j->{body}' m1)" \
  'Alias of title
1999-03-03
IR Alpha Beta war 17
First paragraph.

Second one.' 'other names of fields, lists and strings, dates and countries are read'
is "$(ids --country iran --actor alpha | tr '\n' ' ')" 'm1 m2 ' 'a string stands for a list of one'

printf '%s\n' '{"key":"k1","hl":"Mapped","lead":"The lead.","rest":"The rest.","title":"Other"}' >theirs
exits 0 '--map' sitrep-index --map key=id --map hl=title --map lead=body -m rest=body theirs
sitrep show k1 --format json >k1
is "$(json '"$j->{title}|$j->{body}"' k1 | tr '\n' '/')" 'Mapped|The lead.//The rest./' \
  'says what their fields are'
exits 2 '--map to no field of ours' sitrep-index --map hl=nix theirs
like err 'map hl=nix.*THEIRS=OURS' 'is refused'
exits 2 '--map without =' sitrep-index --map hl theirs
exits 0 '--format text' sitrep-index --format text theirs
exits 0 'reads anything as one text' sitrep search '"lead"' title:mapped
exits 2 '--format nix' sitrep-index --format nix theirs
like err "no format called 'nix'" 'is refused'
exits 1 '--format jsonl' sitrep-index --format jsonl folder/one.txt mixed.jsonl
like err 'one.txt.*no JSON' 'reads nothing else'

exits 0 'a value that is not understood' sitrep-index - <<'EOF'
{"id":"v","title":"Odd values","date":"31 February 2001","country":["Atlantis","Chad"]}
EOF
like out '^2 values were not understood; the first: standard input, article v: ' 'is said'
sitrep show v --format json >v
is "$(json '$j->{date}, @{$j->{country}}' v | tr '\n' ' ')" 'undef Atlantis TD ' \
  'the date is left out, the country kept'
exits 0 'and found' sitrep search --country atlantis
exits 0 'the output of show' sh -c 'sitrep show v m1 m2 --format jsonl | sitrep-index -'
counts '0 0 3 0 0' 'can be read again, and is the same'

# ---- encodings ----

rm -r index
printf 'Attentat \340 Beyrouth\n\nLe pr\351sident a \351t\351 bless\351 pr\350s de la fronti\350re.\n' >latin1.txt
exits 0 'Latin-1' sitrep-index latin1.txt
like out '^2 lines were not UTF-8 and were read as windows-1252' 'is converted, and that is said'
exits 0 'it is found' sitrep search 'blessé frontiere'
like out 'Le président a été blessé près de la frontière\.' 'and shown'
printf '%b' '\0315\0340 \0361\0345\0342\0345\0360\0345 \0361\0362\0360\0340\0355\0373 ' \
  '\0357\0360\0356\0350\0347\0356\0370\0353\0356 ' \
  '\0355\0340\0357\0340\0344\0345\0355\0350\0345 \0355\0340 ' \
  '\0342\0356\0345\0355\0355\0363\0376 \0341\0340\0347\0363\n' >cp1251.txt
exits 0 'windows-1251' sitrep-index cp1251.txt
like out 'read as windows-1251' 'is recognised'
exits 0 'it is found' sitrep search нападение базу
exits 0 '--encoding' sitrep-index --encoding ISO-8859-2 latin1.txt
like out 'read as ISO-8859-2' 'is taken instead'
exits 0 'which makes other letters' sitrep search '"ŕ Beyrouth"'
exits 2 '--encoding nix' sitrep-index --encoding nix latin1.txt
like err 'nix.*no encoding|no encoding.*nix' 'is refused'
printf '{"id":"u1","title":"caf\303\251 en ruines"}\n{"id":"u2","title":"caf\351 en ruines"}\n' >both.jsonl
exits 0 'UTF-8 and Latin-1 in one file' sitrep-index both.jsonl
is "$(ids café | tr '\n' ' ')" 'u1 u2 ' 'are both read'
printf '\377\376T\000i\000t\000l\000e\000 \000\351\000t\000\351\000\n\000' >utf16.txt
exits 0 'UTF-16 with a mark' sitrep-index utf16.txt
exits 0 'is read' sitrep search 'title:été'
printf '\357\273\277{"id":"bom","title":"marked"}\r\n{"id":"crlf","title":"marked"}\r\n' >bom.jsonl
exits 0 'a byte order mark and CRLF' sitrep-index bom.jsonl
is "$(ids marked | tr '\n' ' ')" 'bom crlf ' 'are no part of the text'

# ---- rejects ----

cat >broken.jsonl <<'EOF'
{"id":"r1","title":"whole"}
{"id":"r2","title":"cut

["r4"]
{"id":"r5","url":"http://example.org/"}
{"id":"r6","title":"whole"}
EOF
exits 1 'broken records' sitrep-index --rejects rejects.jsonl broken.jsonl missing.jsonl
counts '2 0 0 0 4' 'are counted'
is "$(json 'map { "$_->{input} $_->{record} $_->{line}" } @j[0..2]' rejects.jsonl)" \
  'broken.jsonl 2 2
broken.jsonl 3 4
broken.jsonl 4 5' '--rejects says where each is'
is "$(json '$j[3]{input}, exists $j[3]{record}, exists $j[3]{line}' rejects.jsonl | tr '\n' ' ')" \
  'missing.jsonl   ' 'an input as a whole has neither record nor line'
is "$(json 'scalar grep { $_->{reason} =~ /^\S.{10}/ && keys %$_ <= 4 } @j' rejects.jsonl)" 4 \
  'each has a reason'
is "$(grep -c '^sitrep-index: broken.jsonl, record [234], line [245]: ' err)" 3 \
  'standard error says the same'
exits 0 'a run without rejects' sitrep-index --rejects rejects.jsonl both.jsonl
ok 'leaves the file empty' test -f rejects.jsonl -a ! -s rejects.jsonl
for i in $(seq 30); do echo '{'; done >thirty.jsonl
exits 1 'many rejects' sitrep-index --format jsonl --rejects rejects.jsonl thirty.jsonl both.jsonl
is "$(grep -c 'record' err)" 20 'twenty are shown'
like err 'further rejects are counted' 'and it is said that there are more'
is "$(wc -l <rejects.jsonl)" 30 'the file has them all'
exits 2 '--rejects where nothing can be written' sitrep-index --rejects nix/rejects both.jsonl
like err 'nix/rejects cannot be written' 'is refused'
if [ -c /dev/full ]; then
  exits 2 '--rejects on a full disk' sitrep-index --rejects /dev/full broken.jsonl
  like err 'rejects could not all be written' 'is told'
else
  skip 2 'no /dev/full'
fi
finish
