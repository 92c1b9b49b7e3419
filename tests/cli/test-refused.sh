#!/bin/sh
# What is no index of ours is refused with a sentence, by both programs, and left as it was.
. "$(dirname "$0")/lib.sh"
start

make_articles 1 20 >articles.jsonl
sitrep-index -q articles.jsonl

# refused PATH PATTERN ABOUT: by every command, and nothing in it changes
refused() {
  path=$1
  pattern=$2
  about=$3
  before=$(find "$path" -type f -exec cksum {} + 2>&1 | sort)
  exits 2 "$about: sitrep-index" sitrep-index --index "$path" articles.jsonl
  like err "^sitrep-index: .*$pattern" "$about: a sentence says so"
  exits 2 "$about: search" sitrep search --index "$path" report
  like err "^sitrep: .*$pattern" "$about: a sentence says so"
  is "$(cat out)" '' "$about: and nothing else is printed"
  exits 2 "$about: facets, show, info" sh -c "sitrep facets --index '$path'; a=\$?
    sitrep show --index '$path' g1; b=\$?; sitrep info --index '$path'; exit \$(((a + b + \$?) / 3))"
  is "$(find "$path" -type f -exec cksum {} + 2>&1 | sort)" "$before" "$about: it is left alone"
}

echo 'Some text' >file
refused file 'file is not a sitrep index' 'a file'
: >empty-file
refused empty-file 'empty-file' 'an empty file'
mkdir folder
echo 'A letter' >folder/letter.txt
refused folder 'folder is not a sitrep index' 'a folder with other things'
cp -r index no-version
rm no-version/iamglass
refused no-version 'no-version' 'an index without its version file'
cp -r index no-table
rm no-table/postlist.glass
refused no-table 'no-table' 'an index without its main table'
cp -r index short-version
head -c 20 index/iamglass >short-version/iamglass
refused short-version 'short-version' 'an index whose version file is cut off'
cp -r index zeros
head -c 4096 /dev/zero >zeros/iamglass
refused zeros 'zeros' 'an index whose version file is overwritten'

# Metadata are entries of the table postlist: key, a tag, value. Blocks have no checksums, so that
# names and values of the same length can be put into them. A database without the key of the
# schema is somebody else's, one with another value an index of another version.
cp -r index foreign
perl -0777 -pi -e 's/sitrep\.schema/sitrep.schemb/g' foreign/postlist.glass
refused foreign 'Xapian database, but no sitrep index' "somebody else's Xapian database"
cp -r index schema
perl -0777 -pi -e 's/(sitrep\.schema[^\x20-\x7e]{0,8})\d/${1}8/gs' schema/postlist.glass
refused schema 'has schema version 8 and this program reads version [0-9]+; build it anew' \
  'an index with another schema'
cp -r index stemmer
perl -0777 -pi -e 's/(sitrep\.stemmer.{0,8}?)libstemmer /${1}oddstemmer /gs' stemmer/postlist.glass
refused stemmer 'was made with oddstemmer .* and this program stems with libstemmer .*build it anew' \
  'an index with another stemmer'

exits 2 'a path that does not exist' sitrep search --index nix report
like err '^sitrep: there is no index at nix; make one with sitrep-index' 'is said, and what to do'
exits 2 'no index at all' env -u SITREP_INDEX sitrep search report
like err 'no index at .*/data/sitrep/index' 'likewise'
exits 2 '--delete where no index is' sitrep-index --index nix --delete g1
like err '^sitrep-index: .*nix' 'is said'
ok 'and none is made' test ! -e nix
exits 2 'an index below a file' sitrep-index --index file/index articles.jsonl
like err '^sitrep-index: .*file' 'is said'

mkdir vacant
exits 2 'search in a folder that is empty' sitrep search --index vacant report
exits 0 'an empty folder' sitrep-index --index vacant articles.jsonl
counts '20 0 0 0 0' 'becomes an index'
exits 0 'an index in which somebody keeps a file' sh -c 'echo mine >vacant/notes.txt && sitrep-index --index vacant --delete g1 --delete g2 &&
  for i in $(seq 3 20); do sitrep-index -q --index vacant --delete g$i; done; sitrep-index --index vacant articles.jsonl'
is "$(cat vacant/notes.txt)" mine 'does not lose it'
rm vacant/notes.txt
mkdir other
echo mine >other/draft.tmp
: >other/empty
exits 2 'a folder with a temporary and an empty file of somebody else' sitrep-index --index other articles.jsonl
is "$(ls other | tr '\n' ' ')$(cat other/draft.tmp)" 'draft.tmp empty mine' 'is left alone'
ln -s vacant link
exits 0 'a link to an index' sitrep search --index link report
exits 0 'is followed by sitrep-index' sitrep-index --index link articles.jsonl
counts '0 0 20 0 0' 'as well'
mkdir elsewhere
ln -s elsewhere new
exits 0 'a link to an empty folder' sitrep-index --index new articles.jsonl
ok 'stays a link' test -L new
ok 'and the index is where it points' test -e elsewhere/iamglass

if [ -d /proc/self ]; then
  exits 2 'a place where nothing can be made' sitrep-index --index /proc/index articles.jsonl
  like err '^sitrep-index: .*(/proc|/proc/index).*(cannot be|No such|denied|permitted)' 'is said'
fi

as_nobody=
[ "$(id -u)" != 0 ] || as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
chmod 755 .
if $as_nobody env HOME=/ sitrep-index --version >out 2>&1; then
  try() { $as_nobody env HOME=/ "$@"; }
  chmod -R a+rX,a-w index
  chmod a+r articles.jsonl
  chmod a-w .
  exits 2 'an index without permission to write' try sitrep-index articles.jsonl
  like err 'index.*[Pp]ermission' 'is said to be that'
  exits 0 'it can be read' try sitrep search report
  chmod 000 index
  exits 2 'an index without permission to read' try sitrep search report
  like err 'index.*[Pp]ermission' 'is said to be that'
  chmod -R u+rwX index .
  # As with a volume of a container: the folder is ours, what it lies in is not.
  mkdir -p kept/index
  chmod 777 kept/index
  chmod 555 kept
  exits 0 'an index in a folder that cannot be written to' try sitrep-index --index kept/index articles.jsonl
  counts '20 0 0 0 0' 'is made'
  exits 0 'and made again' try sitrep-index --index kept/index articles.jsonl
  chmod 755 kept
else
  skip 8 'the program cannot be run as another user'
fi

exits 0 'the index itself' sitrep search report -n 0
like out '^20 articles for report$' 'is whole'
finish
