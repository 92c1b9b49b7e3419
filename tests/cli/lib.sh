# lib.sh - what the tests of whole programs share. A script begins with
#
#   . "$(dirname "$0")/lib.sh"
#   start
#
# and ends with `finish`. Between them it is in an empty folder of its own, where sitrep and
# sitrep-index of $SITREP_BUILD are found by name and $SITREP_INDEX is "index" there. Every test
# prints a line of TAP.
#
#   exits STATUS NAME COMMAND...    runs it; what it printed is in the files out and err
#   is GOT EXPECTED NAME            two strings are equal
#   like FILE PATTERN NAME          a line of the file matches the extended regular expression
#   unlike FILE PATTERN NAME        none does
#   ok NAME COMMAND...              the command succeeds (test, cmp, grep ...)
#   counts "A C U R J" NAME         the summary in out: added, changed, unchanged, removed, rejected
#   skip N WHY                      counts N tests that cannot run here
#
#   json EXPRESSION [FILE]          prints what Perl makes of JSON (a file, default out): $j is the
#                                   object of the first line, @j those of all lines; the values of
#                                   the expression are printed one a line
#   ids OPTION...                   prints the ids that a search finds, sorted
#   info KEY                        prints a value of `sitrep info`
#   make_articles FROM TO [WORD]    prints articles g1, g2 ... as JSON Lines
#   children="$children $!"         a process to be killed should the script end early
# shellcheck shell=sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
fixtures=$here/../fixtures/cli
children=

bail() {
  echo "Bail out! $*"
  exit 255
}

# A web server ends its own children when it is asked to end, not when it is killed.
clean_up() {
  for child in $children; do kill "$child" 2>/dev/null; done
  for child in $children; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$child" 2>/dev/null && sleep 0.1; done
    kill -9 "$child" 2>/dev/null
  done
  cd / || exit
  chmod -R u+rwx "$work"
  rm -rf "$work"
}

start() {
  SITREP_BUILD=$(cd "${SITREP_BUILD:-$here/../../build}" && pwd) || bail "set SITREP_BUILD"
  for program in sitrep sitrep-index; do
    [ -x "$SITREP_BUILD/$program" ] || bail "$SITREP_BUILD/$program is not there; run make"
  done
  PATH=$SITREP_BUILD:$PATH
  work=$(mktemp -d "${TMPDIR:-/tmp}/sitrep-test.XXXXXX") || bail "no temporary folder"
  work=$(cd "$work" && pwd -P)
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  cd "$work" || bail "no temporary folder"
  export PATH HOME="$work" XDG_DATA_HOME="$work/data" SITREP_INDEX="$work/index" LC_ALL=C.UTF-8
  unset NO_COLOR LANGUAGE COLUMNS
  # A finding of the sanitizers must not look like an exit status of ours.
  export ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}exitcode=99"
  export LSAN_OPTIONS="${LSAN_OPTIONS:+$LSAN_OPTIONS:}exitcode=99"
  export UBSAN_OPTIONS="${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}exitcode=99:print_stacktrace=1"
  n_tests=0
  n_failed=0
}

finish() {
  echo "1..$n_tests"
  [ "$n_failed" = 0 ]
  exit
}

# A line of TAP; "#" would begin a directive.
report() { # "ok" or "not ok", NAME
  n_tests=$((n_tests + 1))
  [ "$1" = ok ] || n_failed=$((n_failed + 1))
  printf '%s %d - %s\n' "$1" "$n_tests" "$(printf '%s' "$2" | tr '#\n' '  ')"
}

note() { # TITLE: then standard input as a comment, its beginning
  printf '#   %s\n' "$1"
  head -c 3000 | tr -d '\000' | sed 's/^/#     /'
  echo '#'
}

exits() {
  wanted=$1
  name=$2
  shift 2
  "$@" >out 2>err
  status=$?
  if [ "$status" = "$wanted" ]; then
    report ok "$name"
    return
  fi
  report 'not ok' "$name"
  printf '%s\n' "$*" | note "exit status $status instead of $wanted of"
  note 'standard output' <out
  note 'standard error' <err
}

is() {
  if [ "$1" = "$2" ]; then
    report ok "$3"
    return
  fi
  report 'not ok' "$3"
  printf '%s\n' "$1" | note got
  printf '%s\n' "$2" | note expected
}

like() {
  if grep -Eq -e "$2" "$1"; then
    report ok "$3"
    return
  fi
  report 'not ok' "$3"
  printf '%s\n' "$2" | note 'no line matches'
  note "in $1" <"$1"
}

unlike() {
  if ! grep -Eq -e "$2" "$1"; then
    report ok "$3"
    return
  fi
  report 'not ok' "$3"
  grep -E -e "$2" "$1" | note "in $1, although nothing should match $2"
}

ok() {
  name=$1
  shift
  if "$@" >ok.out 2>&1; then
    report ok "$name"
    return
  fi
  report 'not ok' "$name"
  printf '%s\n' "$*" | note 'this failed'
  note 'it printed' <ok.out
}

skip() {
  for _ in $(seq "$1"); do
    n_tests=$((n_tests + 1))
    printf 'ok %d # SKIP %s\n' "$n_tests" "$2"
  done
}

counts() {
  # shellcheck disable=SC2086 # five words
  set -- "$2" $1
  is "$(head -n 1 out)" "added $2, changed $3, unchanged $4, removed $5, rejected $6" "$1"
}

json() {
  perl -MJSON::PP -e '
    binmode STDOUT, ":utf8";
    my ($code, $file) = @ARGV;
    utf8::decode($code);
    open(my $in, "<", $file) or die "$file: $!\n";
    our @j = map { decode_json($_) } <$in>;
    our $j = $j[0];
    my @values = eval "no strict; $code";
    die $@ if $@;
    print map { (defined ? $_ : "undef") . "\n" } @values;
  ' "$1" "${2:-out}" 2>&1
}

# JSON::PP would be slow for many.
ids() {
  sitrep search -n all --format jsonl "$@" | perl -ne '/"id":"(.*?)"/ && print "$1\n"' | LC_ALL=C sort
}

info() {
  sitrep info --format json >info.out
  json "\$j->{$1}" info.out
}

make_articles() {
  perl -e '
    my ($from, $to, $word) = @ARGV;
    for my $i ($from .. $to) {
      printf qq({"id":"g%d","title":"Report %d","source":"Paper %d","body":"Troops %s village%d."}\n),
        $i, $i, $i % 7, $word, $i;
    }' "$1" "$2" "${3:-shelled}"
}
