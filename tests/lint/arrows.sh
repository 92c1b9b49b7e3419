#!/bin/sh
# Includes run one way: indexer -> corpus -> shim and searcher -> corpus -> shim. Only shim/*.cc and
# shim/*.hh include Xapian's or CLD2's headers.
set -u
cd "$(dirname "$0")/../.." || exit 2
bad=0
forbid() { # FOLDER PATTERN WHY
  found=$(grep -nE "^ *# *include *$2" -r "$1" --include='*.c' --include='*.h' --include='*.cc' \
    --include='*.hh') || return 0
  printf '%s\n  %s\n' "$found" "$3"
  bad=1
}
forbid shim '"(\.\./)*(corpus|indexer|searcher)/' 'shim/ knows nothing of the rest'
forbid corpus '"(\.\./)*(indexer|searcher)/' 'corpus/ knows neither indexer nor searcher'
forbid indexer '"(\.\./)*searcher/' 'indexer and searcher never include each other'
forbid searcher '"(\.\./)*indexer/' 'indexer and searcher never include each other'
for folder in corpus indexer searcher; do
  forbid $folder '[<"](xapian|cld2)' 'Xapian and CLD2 are used through shim/ only'
done
if grep -nE '^ *# *include *<(xapian|cld2)' shim/*.h; then
  echo '  headers of shim/ are C: no Xapian, no CLD2'
  bad=1
fi
cpp=$(find corpus indexer searcher tests -name '*.cc' -o -name '*.cpp' -o -name '*.hh')
if [ -n "$cpp" ]; then
  printf '%s\n  C++ stays inside shim/\n' "$cpp"
  bad=1
fi
exit $bad
