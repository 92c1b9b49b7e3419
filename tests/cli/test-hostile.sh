#!/bin/sh
# The search page under attack: see hostile.py.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/server.sh"
start
if [ -z "$lighttpd" ]; then
  skip 2 'lighttpd is not installed'
  finish
fi
python3 "$here/hostile.py" articles >articles.jsonl
sitrep-index -q --rejects rejects articles.jsonl
serve
ok 'a thousand attacks find no way in' python3 "$here/hostile.py" attack "$port"
like ok.out '^1[0-9]{3} requests, 0 with faults' 'all of them were made'
get '?q=siege'
is "$status" 200 'and the server is well'
finish
