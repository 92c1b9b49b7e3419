#!/bin/sh
# Words beside each other: in titles, texts, names, hyphenated, in indexes of several kinds.
. "$(dirname "$0")/lib.sh"
start
long=$(head -c 200 /dev/zero | tr '\0' x)
cat >articles.jsonl <<EOF
{"id":"p1","title":"Rebel leaders surrender","body":"A US-led force took Port au Prince.","lang":"en"}
{"id":"p2","title":"Force","body":"Rebel groups fought. Their leaders surrendered at the port.","lang":"en"}
{"id":"p3","title":"Surrender","body":"Leaders of the rebels met; two rebel leaders surrendered, the led-by-us force said.","lang":"en"}
{"id":"p4","title":"alpha $long beta","body":"gamma $long $long delta epsilon","lang":"en"}
{"id":"p5","body":"$long alpha beta. Beta $long","lang":"en"}
{"id":"p6","title":"Quiet","lang":"en","actor":["Shining Path","Armed Forces of Peru","Path of Peru"],"body":"Nothing"}
{"id":"p7","title":"Shining path of Peru","lang":"en","actor":["Shining Path Front","Armed"],"body":"Forces"}
{"id":"p8","title":"row row row your boat","body":"row row your boat","lang":"en"}
EOF

found() { # IDS QUERY
  is "$(ids -- "$2" | tr '\n' ' ')" "$1" "$kind: $2"
}

look() {
  found 'p1 p3 ' '"rebel leaders"'
  found 'p1 ' 'title:"rebel leaders"'
  found 'p1 ' '"rebel leaders surrender"'
  found 'p3 ' '"rebel leaders surrendered"'
  found '' 'title:"rebel leaders surrendered"'
  # not from the title into the text, nor backwards
  found '' '"surrender a"'
  found '' '"force rebel"'
  found '' 'title:"force rebel"'
  found '' '"leaders rebel"'
  # a hyphen keeps words together, and leaves them their endings
  found 'p1 ' 'US-led'
  found 'p1 ' 'us-led'
  found 'p1 ' '"US led"'
  found 'p3 ' 'led-by-us'
  found 'p1 p3 ' 'led'
  found 'p1 p3 ' 'rebels-leader-surrendering'
  found '' '"rebels leader surrendering"'
  found 'p1 ' 'port-au-prince'
  found '' 'prince-au-port'
  # a word that is too long for the index keeps its place
  found 'p5 ' '"alpha beta"'
  found 'p4 p5 ' 'alpha beta'
  found '' '"gamma delta"'
  found 'p4 ' '"delta epsilon"'
  found '' 'title:"alpha beta"'
  # names: the whole of one, else a part of one
  found 'p6 ' 'actor:"shining path"'
  found 'p7 ' 'actor:"path front"'
  found 'p7 ' 'actor:"shining path front"'
  found 'p6 ' 'actor:"forces of peru"'
  found 'p6 ' 'actor:"of peru"'
  found '' 'actor:"path armed"'
  found '' 'actor:"peru path"'
  found 'p6 p7 ' 'actor:shining'
  found 'p7 ' '"path of peru"'
  # a word more than once
  found 'p8 ' '"row row row your"'
  found 'p8 ' '"row your boat"'
  found '' '"row row row row"'
  found '' '"your row"'
  # with the rest of a query
  found 'p1 ' '"rebel leaders" -two'
  found 'p3 ' '"rebel leaders" "leaders surrendered"'
  found 'p1 p3 p7 ' '"rebel leaders" OR "path of peru"'
}

kind='in bulk'
sitrep-index -q articles.jsonl
look
found 'p2 p4 p5 p6 p7 p8 ' 'NOT "rebel leaders"'
found 'p1 p2 p4 p5 p6 p7 p8 ' 'NOT "leaders surrendered" OR "their leaders"'

kind='one by one, with gaps'
make_articles 1 30 | sitrep-index -q --prune -
sitrep-index -q articles.jsonl
look

kind='changed'
sed 's/rebel leaders/rebel heads/' articles.jsonl >changed.jsonl
sitrep-index -q changed.jsonl
found 'p1 ' '"rebel leaders"'
found 'p3 ' '"rebel heads surrendered"'
finish
