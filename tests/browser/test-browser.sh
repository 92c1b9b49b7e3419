#!/bin/sh
# The search page in a browser: see browser.py.
. "$(dirname "$0")/../cli/lib.sh"
. "$(dirname "$0")/../cli/server.sh"
start
if [ -z "$lighttpd" ] || ! /usr/bin/python3 -c "import selenium" 2>/dev/null; then
  skip 1 'lighttpd or python3-selenium is not installed'
  finish
fi
sitrep-index -q "$here/../../corpus/sample"
/usr/bin/python3 "$here/../cli/hostile.py" articles >hostile.jsonl
sitrep-index -q --index hostile hostile.jsonl "$here/../fixtures/cli/hostile.jsonl"
serve SITREP_INDEX="$work/hostile"
hostile=$address
serve
/usr/bin/python3 "$here/browser.py" "$address" "$hostile"
