#!/bin/sh
# sitrep.cgi by FastCGI: one process answers many requests, and sees what becomes of the index.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/server.sh"
start
if [ -z "$lighttpd" ]; then
  skip 1 'lighttpd is not installed'
  finish
fi
make_articles 1 30 >articles.jsonl
sitrep-index -q articles.jsonl

# A request and the same by CGI, with the address that the server gives it.
same() { # QUERY_STRING
  get "?$1"
  env REQUEST_METHOD=GET QUERY_STRING="$1" HTTP_HOST="127.0.0.1:$port" SCRIPT_NAME=/ sitrep.cgi |
    perl -0777 -pe 's/^.*?\r\n\r\n//s' >expected
  ok "by FastCGI and CGI the same: $1" cmp body expected
}

serve
for page in '' 'q=' 'q=report&page=2' 'q=report&country=IL' 'article=g3&q=village3' 'facet=source' help opensearch \
  'q=(' 'q=report&format=json' 'q=report&format=csv' 'q=report&format=nonsense'; do
  same "$page"
done
get '?q=report'
is "$status $(grep -c '^content-security-policy: default-src' head)" '200 1' 'headers pass the server'
is "$(sed -n 's/^content-length: //p' head)" "$(wc -c <body)" 'the length is right'
etag=$(sed -n 's/^etag: //p' head)
get '?q=report' "If-None-Match: $etag"
is "$status $(wc -c <body)" '304 0' 'what the client has is not sent again'
get '?q=report' 'method: HEAD'
is "$status $(wc -c <body)" '200 0' 'HEAD has no body'
get '?q=report' 'method: POST'
is "$status" 405 'POST is refused'
get "?q=$(head -c 3000 /dev/zero | tr '\0' a)"
is "$status" 414 'a long query is refused'
get '?q=%'
is "$status" 400 'a lone percent sign is a query without words'
for _ in $(seq 20); do get '?q=report&format=json'; done
is "$(json 'scalar @{$j->{results}}' body)" 30 'after many requests answers are the same'

make_articles 31 40 >more.jsonl
sitrep-index -q more.jsonl
for _ in 1 2 3 4; do get '?q=report&format=json' && json '$j->{total}{value}' body; done >totals
is "$(sort -u totals)" 40 'a commit is seen at once'
make_articles 1 5 >few.jsonl
sitrep-index -q --index other few.jsonl
mv index old
get '?q=report'
is "$status" 503 'a missing index is said to be missing'
get '?q=report&format=json'
is "$(json '$j->{error}{status}' body)" 503 'also as JSON'
mv other index
for _ in 1 2 3 4; do get '?q=report&format=json' && json '$j->{total}{value}' body; done >totals
is "$(sort -u totals)" 5 'another index in its place is seen at once'

# An index that cannot be read to the end: opening it waits for ever.
cp -r index slow
rm slow/postlist.glass
mkfifo slow/postlist.glass
serve SITREP_INDEX="$work/slow" SITREP_TIME_LIMIT=1
get '?q=x'
is "$status" 503 'what takes too long is given up'
like body 'took too long' 'and the page says so'
like head '^retry-after: 60' 'and when to try again'
get '?q=x'
is "$status" 503 'so is the next'
get '?help'
is "$status" 200 'and the server goes on'
env REQUEST_METHOD=GET QUERY_STRING=q=x SITREP_INDEX="$work/slow" SITREP_TIME_LIMIT=1 sitrep.cgi >out 2>err
is "$? $(head -n 1 out | tr -d '\r') $(grep -c 'took too long' out)" '0 Status: 503 Service Unavailable 1' \
  'as CGI it is given up, too'
like err 'given up at the time limit' 'and the log says so'
finish
