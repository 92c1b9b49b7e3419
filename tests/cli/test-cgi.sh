#!/bin/sh
# sitrep.cgi as a CGI program: status, headers, pages, data, and what hostile requests do.
. "$(dirname "$0")/lib.sh"
start
sitrep-index -q "$fixtures/hostile.jsonl"
make_articles 1 120 >many.jsonl
sitrep-index -q --index many many.jsonl
cat >shown.jsonl <<'END'
{"id":"a1","title":"Embassy siege ends","date":"1980-05-06","source":"Daily Post","country":["GB","IR"],"actor":["Police Forces of the United Kingdom"],"body":"The siege was over.\n\nHostages were freed from the siege."}
{"id":"a2","title":"Siege of a town","date":"1982-06","source":"Le Monde","country":["LB"],"body":"A siege in Lebanon."}
{"id":"a3","title":"حصار المدينة","date":"1982-07-01","lang":"ar","country":["LB","IL"],"body":"siege حصار المدينة"}
{"id":"a4","title":"Peace talks","date":"1990","country":["GB"],"url":"https://example.org/a?b=1&c=2","body":"Nothing of the kind."}
END
sitrep-index -q --index shown shown.jsonl

# ask QUERY_STRING [NAME=VALUE...]: head and body of the reply are in the files head and body
ask() {
  query=$1
  shift
  env REQUEST_METHOD=GET QUERY_STRING="$query" "$@" sitrep.cgi >reply 2>err
  status=$?
  perl -e 'local $/; binmode STDIN; my $r = <STDIN>; my ($h, $b) = split /\r\n\r\n/, $r, 2; $h =~ s/\r\n/\n/g;
    open(my $f, ">", "head"); print $f "$h\n"; open($f, ">", "body"); print $f $b // ""' <reply
}
# replies STATUS NAME QUERY_STRING [NAME=VALUE...]
replies() {
  wanted_status=$1
  wanted_name=$2
  shift 2
  ask "$@"
  is "$(sed -n 's/^Status: //p' head | cut -d' ' -f1) $status" "$wanted_status 0" "$wanted_name: $wanted_status"
}
header() { sed -n "s/^$1: //p" head; }

# ---- heads ----

replies 200 'a search' 'q=attack'
is "$(header Content-Type)" 'text/html; charset=utf-8' 'is HTML'
is "$(header Content-Length)" "$(wc -c <body)" 'says how long it is'
is "$(header Content-Security-Policy)" \
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" \
  'allows no scripts'
is "$(header X-Content-Type-Options) $(header Referrer-Policy) $(header Cache-Control)" 'nosniff same-origin no-cache' \
  'and has the headers that it should have'
etag=$(header ETag)
replies 304 'the same again' 'q=attack' HTTP_IF_NONE_MATCH="$etag"
is "$(wc -c <body) $(header ETag)" "0 $etag" 'is not sent again'
replies 304 'a tag that a server has changed' 'q=attack' HTTP_IF_NONE_MATCH="\"x\", $(echo "$etag" | sed 's/"$/-gzip"/')"
replies 200 'another tag' 'q=attack' HTTP_IF_NONE_MATCH='W/"other"'
sitrep-index -q --delete h7 >/dev/null
replies 200 'the old tag after a commit' 'q=attack' HTTP_IF_NONE_MATCH="$etag"
replies 200 HEAD 'q=attack' REQUEST_METHOD=HEAD
is "$(wc -c <body)" 0 'has no body'
ok 'but its length' test "$(header Content-Length)" -gt 1000
for method in POST PUT DELETE OPTIONS get ''; do
  replies 405 "method '$method'" 'q=attack' REQUEST_METHOD="$method"
  is "$(header Allow)" 'GET, HEAD' 'says what is allowed'
done
replies 414 'a long query' "q=$(head -c 3000 /dev/zero | tr '\0' a)"
replies 414 'a long address' "q=$(head -c 20000 /dev/zero | tr '\0' '&')"
replies 414 'a longer limit' "q=$(head -c 300 /dev/zero | tr '\0' a)" SITREP_QUERY_LIMIT=200
replies 400 'many parameters' "$(seq -s '&' 300)"
replies 400 'a wrong query' 'q=(siege+AND'
like body '\(siege AND$' 'shows the query'
like body '^ +\^+</pre>' 'and marks the place'
replies 400 'a wrong parameter' 'q=siege&sort=best'
like body 'sort=best: write relevance, newest or oldest' 'is named'
replies 400 'a page too deep' 'q=&page=2000'
like body 'pages lead to the first 10000 articles' 'says where pages end'
replies 404 'no such article' 'article=nonsense'
replies 404 'no such index' 'q=x&index=nonsense'
replies 404 'a path as index' "q=x&index=$work/index"
replies 503 'no index' 'q=x' SITREP_INDEX="$work/secret/place"
is "$(header Retry-After)" 10 'says when to try again'
unlike body 'secret' 'does not tell the world where it should be'
like err 'secret/place' 'but the log'
mkdir foreign
echo text >foreign/file
replies 503 'a folder that is no index' 'q=x' SITREP_INDEX="$work/foreign"
replies 503 'data without index' 'q=x&format=json' SITREP_INDEX="$work/foreign"
is "$(json '$j->{error}{status}' body)" 503 'says so as JSON'
replies 200 'an unknown parameter' 'q=attack&contry=IL'
like body 'passed over: <code>contry</code>' 'is not silently ignored'
replies 200 'several indexes' 'q=siege&index=two' SITREP_INDEXES="one=$work/many:two=$work/shown"
like body '<option selected>two</option>' 'asks the one that is named'
like body 'Embassy' 'and finds what is there'
replies 200 'the first of several' 'q=village1' SITREP_INDEXES="one=$work/many:two=$work/shown"
like body '<h1>1 article</h1>' 'is asked by default'
env REQUEST_METHOD=GET QUERY_STRING= SITREP_INDEXES=nonsense sitrep.cgi >reply 2>err
like reply '^Status: 503' 'a wrong configuration is not served'
like err 'SITREP_INDEXES=nonsense: write NAME=PATH' 'and is explained in the log'
exits 2 'sitrep.cgi without a server' sitrep.cgi
like err 'sitrep.cgi\(8\)' 'says what it is'
replies 200 'a title of its own' '' SITREP_TITLE='News & <Views>'
like body '<title>News &amp; &lt;Views&gt;</title>' 'is shown'

# ---- pages ----

export SITREP_INDEX="$work/shown"
replies 200 'the front page' ''
like body '<dt>Articles</dt><dd>4</dd>' 'says how many articles there are'
like body '1980 – 1990' 'and from when to when'
replies 200 'results' 'q=siege'
like body '<h1>3 articles</h1>' 'are counted'
like body 'Understood as <code dir="auto">siege</code>' 'with the query as understood'
like body '<mark>siege</mark>' 'and matches marked'
like body '<h2 dir="auto" lang="ar">' 'titles have their language'
replies 200 'two of a facet' 'q=siege&country=LB&country=IL'
like body 'siege AND \(country:LB OR country:IL\)' 'are alternatives'
like body '<a href="\?q=siege&amp;country=LB&amp;country=IL&amp;country=GB">United Kingdom</a> <span>1</span>' \
  'and others of the facet are counted without them'
like body '<li class="on">.*<a href="\?q=siege&amp;country=IL">Lebanon</a> <span>2</span>' \
  'what is chosen can be dropped'
replies 200 'an excluded value' 'q=siege&-country=IL'
like body '<h1>2 articles</h1>' 'is excluded'
like body '<li class="off">.*<a href="\?q=siege">Israel</a>' 'and can be taken back'
replies 200 'nothing found' 'q=siege+nothinglikeit'
like body '<h1>No articles</h1>' 'says so'
like body '<th scope="row"><code dir="auto">nothinglikeit</code></th><td>0</td><td><a href="\?q=%28siege%29">3</a>' \
  'and which part of the query is to blame'
replies 200 'results with words explained' 'q=hostage'
like body '<dt><code dir="auto">hostage</code></dt><dd><bdi>hostages</bdi> 1' 'say what a word matches'
replies 200 'results with a timeline' 'q=siege&by=year'
like body '<a href="\?q=siege&amp;since=1980&amp;until=1980"><title>1980: 1 of 1, 100%' 'have bars that narrow'
like body 'Not drawn:|key">share of all' 'and shares'
replies 200 'a search from a date to a date' 'q=&since=1982&until=1982'
like body '<h1>2 articles</h1>' 'narrows'
replies 200 'all values of a facet' 'facet=country&find=KING&q='
like body 'United Kingdom' 'has those that hold a text'
unlike body '>Lebanon<' 'and no others'
replies 200 'an article' 'article=a1&q=siege'
like body '<mark id="m1"><a href="#m2"' 'leads from match to match'
like body '<mark id="m2"><a href="#m1"' 'and from the last to the first'
is "$(grep -c '<p dir="auto">' body)" 2 'has its paragraphs'
like body '<link rel="canonical" href="\?article=a1">' 'and a permanent address'
replies 200 'an article with others' 'article=a2'
like body '<h2>Similar articles</h2>' 'leads to similar ones'
like body '<h2>Published around then</h2>' 'and to those of the time'
replies 200 'an article with URL' 'article=a4'
like body '<a rel="noopener noreferrer external" href="https://example.org/a\?b=1&amp;c=2">' 'links to the original'
replies 200 'the help page' 'help'
like body '<a href="\?q=siege\+-hostages">' 'has examples to click'
replies 200 'the help page without index' 'help' SITREP_INDEX=nowhere
replies 200 'the style sheet' "$(sed -n 's/.*href="?\(style=[^"]*\)".*/\1/p' body)"
is "$(header Content-Type), $(header Cache-Control)" 'text/css; charset=utf-8, public, max-age=31536000, immutable' \
  'is kept by browsers'
replies 200 'the OpenSearch description' opensearch HTTP_HOST=example.org:81 SCRIPT_NAME=/cgi-bin/sitrep.cgi HTTPS=on
like body 'template="https://example.org:81/cgi-bin/sitrep.cgi\?q=\{searchTerms\}"' 'has the address'
replies 200 'a hostile host' opensearch HTTP_HOST='a"><b>' SERVER_NAME=real
like body 'template="http://real/' 'is not believed'

export SITREP_INDEX="$work/many"
replies 200 'the first page' 'q=village+OR+report'
like body 'Page 1 of 12' 'of many'
like body '<a rel="next" href="\?q=village\+OR\+report&amp;page=2">' 'leads to the next'
unlike body 'rel="prev"' 'and to none before'
replies 200 'the last page' 'q=report&page=5&n=25'
like body '<a rel="prev" href="\?q=report&amp;page=4&amp;n=25">' 'leads back'
like body '<ol class="hits" start="101">' 'counts on'
is "$(grep -c '<li><article>' body)" 20 'and has the rest'
replies 200 'pages end' 'q=report' SITREP_DEPTH_LIMIT=30
like body 'Page 1 of 3<' 'at the limit'
like body 'first 30 articles' 'and the page says so'

# ---- a text browser ----

if command -v w3m >/dev/null; then
  ask 'q=siege&country=LB' SITREP_INDEX="$work/shown"
  w3m -dump -T text/html -cols 72 body >text
  like text 'Understood as siege AND country:LB' 'a text browser shows what was understood'
  like text 'Remove: Country Lebanon' 'what was chosen'
  like text '^ 1\. ' 'the results, numbered'
  like text 'Exclude Israel' 'and what narrows them'
else
  skip 4 'no w3m'
fi

# ---- data ----

replies 200 'JSON' 'q=report&format=json'
is "$(header Content-Type)" application/json 'is JSON'
is "$(json 'scalar @{$j->{results}}' body)" 120 'has all articles'
sitrep search report -n all --format json >cli.json
ok 'and is what the command line prints' cmp body cli.json
replies 200 'some of JSON' 'q=report&format=json&n=7&page=2&facets=source&facet_limit=2'
is "$(json '($j->{results}[0]{rank}, scalar @{$j->{results}}, scalar @{$j->{facets}{source}{values}})' body | tr '\n' ' ')" \
  '8 7 2 ' 'has the rows asked for'
replies 200 'CSV' 'q=report&format=csv'
is "$(wc -l <body) $(header Content-Disposition)" '121 attachment; filename="sitrep.csv"' 'has all, to be saved'
replies 200 'JSON Lines' 'q=report&format=jsonl'
is "$(wc -l <body)" 120 'has all'
replies 200 'a facet as CSV' 'facet=source&format=csv'
is "$(wc -l <body)" 8 'has all values'
replies 200 'a timeline' 'q=report&by=year'
replies 200 'a timeline as CSV' 'q=report&by=auto&format=csv'
sitrep timeline report --format csv >cli.csv
ok 'is what the command line prints' cmp body cli.csv
replies 200 'a feed' 'q=report&format=atom&n=3' HTTP_HOST=example.org SCRIPT_NAME=/s
is "$(grep -c '<entry' body)" 3 'has entries'
like body '<link rel="self" type="application/atom\+xml" href="http://example.org/s\?q=report&amp;n=3&amp;format=atom"/>' 'its address'
like body 'href="http://example.org/s\?article=g' 'and those of the articles'
replies 200 'citations' 'q=report&format=ris'
is "$(grep -c '^TY  - ' body)" 120 'are of all articles'
replies 200 'a citation' 'article=g1&format=bibtex'
is "$(grep -c '^@' body) $(header Content-Disposition)" '1 attachment; filename="sitrep.bib"' 'is of one'
replies 400 'an article as CSV' 'article=g1&format=csv'
replies 400 'a facet as a feed' 'facet=source&format=atom'
replies 200 'a facet in JSON' 'q=report&source=paper+1&format=json&n=1&facets=source' HTTP_HOST=h SCRIPT_NAME=/s
is "$(json 'grep { $_ } map { $_->{toggle_url} } @{$j->{facets}{source}{values}}' body | sort | head -n 2 | tr '\n' ' ')" \
  'http://h/s?q=report&n=1&facets=source&format=json http://h/s?q=report&source=paper+1&source=Paper+0&n=1&facets=source&format=json ' \
  'has addresses that choose or drop each value'
replies 200 'an article as JSON' 'article=g1&format=json'
sitrep show g1 --format json >cli.json
ok 'is what the command line prints' cmp body cli.json
replies 200 'HEAD of data' 'q=report&format=csv' REQUEST_METHOD=HEAD
is "$(wc -c <body)" 0 'has no body'
for wrong in 'q=(' 'q=x&sort=best' 'q=x&contry=IL' 'format=xml' 'format=json&facets=nonsense' 'format=json&facet_limit=-1' \
  'article=nonsense'; do
  case $wrong in
  format=*) ask "q=x&$wrong" ;;
  *) ask "$wrong&format=json" ;;
  esac
  is "$(json '$j->{error}{status}' body) $(header Content-Type)" "$(header Status | cut -d' ' -f1) application/json" \
    "an error is JSON with its status: $wrong"
done

# ---- hostile archives and requests ----

export SITREP_INDEX="$work/index"
for page in '' 'q=' 'q=attack' 'article=h1&q=attack' 'facet=actor' 'facet=source' 'facet=topic'; do
  replies 200 "a hostile archive: $page" "$page"
  unlike body '<(script|img|b>attacked)|onerror=.*>.*</(script|img)|javascript:' 'has no markup of its own'
done
payload='%22%3E%3Cscript%3Ealert(1)%3C/script%3E'
n=0
for parameter in q country -country actor -actor since until sort page n facet find format article index unknown%22%3E%3Cscript%3E; do
  for rest in '' '&q=attack' '&help' '&format=json'; do
    ask "$parameter=$payload$rest"
    n=$((n + 1))
    if [ "$(header Content-Type)" != application/json ] && grep -q '<script' reply; then echo "$parameter$rest"; fi
  done
done >injected
is "$(cat injected)" '' "no parameter becomes markup ($n requests)"
for value in '%0d%0aSet-Cookie:%20a=b' '%00' '%' '%f' '%ff%fe' '%C0%BC' '../../../../etc/passwd' '%252e%252e/'; do
  for parameter in q article index format facet find country style; do
    ask "$parameter=$value"
    case $(header Status) in
    200* | 400* | 404*) ;;
    *) echo "$parameter=$value: $(cat head)" ;;
    esac
    grep -q '^Set-Cookie' head && echo "$parameter=$value: a header"
    iconv -f UTF-8 -t UTF-8 body >/dev/null 2>&1 || echo "$parameter=$value: not UTF-8"
  done
done >odd
is "$(cat odd)" '' 'odd bytes do no harm'

# ---- every address on a page names what it says ----

export SITREP_INDEX="$work/shown"
: >hrefs
for page in '' 'q=siege' 'q=siege&country=LB&-country=GB&since=1980' 'article=a1&q=siege' 'help' 'facet=country&q=siege'; do
  ask "$page"
  grep -oE 'href="\?[^"]*"' body | sed 's/^href="?//; s/"$//; s/&amp;/\&/g; s/#.*//' >>hrefs
done
sort -u hrefs >unique
while read -r href; do
  ask "$href"
  [ "$(header Status)" = '200 OK' ] || echo "$href: $(header Status)"
  grep -q 'passed over' body && echo "$href: unknown parameter"
done <unique >broken
is "$(cat broken)" '' "all $(wc -l <unique) addresses on six pages lead somewhere"
finish
