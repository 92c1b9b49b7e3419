#!/bin/sh
# A word that is in every article of an index whose document numbers have gaps: Xapian 1.4 takes
# the list of all documents for damaged there, unless it is asked in another way.
. "$(dirname "$0")/lib.sh"
start

make_articles 1 500 shelled | sitrep-index -q -
make_articles 1 1500 bombed >b.jsonl
make_articles 1001 3000 shelled >c.jsonl
sitrep-index -q --prune b.jsonl
sitrep-index -q --prune c.jsonl

for query in shelled 'shelled OR bombed' 'lang:en' 'lang:en troops' 'title:report' 'troops -bombed' \
  '"troops shelled"' '"troops shelled" report troops' 'troops-shelled lang:en' 'source:paper' \
  ''; do
  exits 0 "$query" sitrep search -n 3 --facets lang "$query"
  like out '^2,000 articles' "$query: all are counted"
done
for order in newest oldest; do
  exits 0 "sorted: $order" sitrep search -n 1 --sort $order troops
done
exits 1 'words of every article, not beside each other' sitrep search '"shelled troops" troops report'
exits 1 'nothing is left of the rest' sitrep search 'bombed OR -troops'
finish
