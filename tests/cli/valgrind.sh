#!/bin/sh
# One run from end to end under valgrind: make, update and prune an index, with rejects, then ask it
# in every form. Exits with 1 when a program reads or writes what it should not, loses memory, or
# does not end as it should. Memory that libraries keep to the end is none of that.
. "$(dirname "$0")/lib.sh"
start
command -v valgrind >/dev/null || bail 'valgrind is not installed'

runs=0
under() { # STATUS COMMAND...
  wanted=$1
  shift
  runs=$((runs + 1))
  # Mismatched frees are valgrind's: it does not see each operator delete of libstdc++ as one.
  valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
    --show-mismatched-frees=no --error-exitcode=99 --log-file="log.$runs.%p" "$@" >out 2>err
  status=$?
  if [ "$status" = "$wanted" ] && [ -z "$(cat log.$runs.*)" ]; then
    return
  fi
  n_failed=$((n_failed + 1))
  echo "valgrind: exit status $status instead of $wanted: $*"
  cat log.$runs.* err
}

make_articles 1 40 >articles.jsonl
printf '{"id":"broken",\n{"id":"nothing"}\n' >>articles.jsonl
printf 'Attentat \340 Beyrouth\n\nLe pr\351sident a \351t\351 bless\351.\n' >latin1.txt
gzip -k articles.jsonl
: >empty
head -c 3000 "$SITREP_BUILD/sitrep" >binary

under 1 sitrep-index --rejects rejects.jsonl "$fixtures/hostile.jsonl" articles.jsonl binary
under 1 sitrep-index --encoding ISO-8859-1 latin1.txt articles.jsonl.gz empty missing "$fixtures/wire.sgm"
make_articles 1 20 bombed >articles.jsonl
under 0 sitrep-index --delete h7 articles.jsonl
under 0 sitrep-index --prune --map headline=title articles.jsonl "$fixtures/hostile.jsonl" "$fixtures/wire.sgm"
under 2 sitrep-index --format nonsense articles.jsonl
under 2 sitrep-index --index binary articles.jsonl
under 0 sitrep search '(attack OR "oil tanker") -bombed' --since 1980 --facets all
under 0 sitrep search tanker --format json --facets all --facet-limit 2 -n 3 --offset 0 --country iran \
  --country el-salvador --source wire --source reuters
under 0 sitrep search bombed -n all --format jsonl
under 0 sitrep search --sort oldest --format csv --lang en
under 0 sitrep search 'title:oil country:iran date:1987' --color always
under 1 sitrep search nothinglikeit --format json --facets all
under 2 sitrep search '(attack country:nonsense'
under 2 sitrep search attack --country Atlantis
under 0 sitrep facets attack --facets country,actor
under 0 sitrep facets --format json
under 0 sitrep facets --format csv
under 0 sitrep facets --format jsonl
under 0 sitrep show h1 7001 --query 'attack "oil tanker"' --color always
under 0 sitrep show h1 h2 --format json
under 2 sitrep show h1 nonsense
under 0 sitrep info
under 0 sitrep info --format json
under 2 sitrep info --index nonsense
for query in '' 'q=(attack+OR+"oil+tanker")+-bombed&country=iran&-source=wire&by=year' 'q=siege+nothinglikeit' \
  'article=h1&q=attack' 'facet=actor&find=a' help 'q=(' 'q=tanker&format=json&facets=all' 'q=oil&format=atom' \
  'article=h1&format=ris' 'style=x' opensearch 'a=%zz&&%'; do
  under 0 env REQUEST_METHOD=GET QUERY_STRING="$query" sitrep.cgi
done
under 0 sitrep search --help
under 2 sitrep nonsense

echo "valgrind: $runs runs, $n_failed with findings"
[ "$n_failed" = 0 ]
