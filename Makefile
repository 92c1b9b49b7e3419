# sitrep: `make demo` and `make check` do everything on a fresh Debian 12, packages included.
#   make          build the programs            make check    all tests
#   make demo     build, index the sample corpus, answer a query
#   make serve    the search page, on this machine: [PORT=8080] [SITREP_INDEX=DIR]
#   make lint     clang-format, clang-tidy, cppcheck, arrows between folders
#   make bench    benchmarks (make bench-page: the page)          make eval DATA=DIR [ONLY=countries]   evaluation against gold answers
#   make install  [DESTDIR=] [PREFIX=/usr/local]           make clean
# Variables: V=1 shows commands, B=DIR builds elsewhere, CC, CXX, CFLAGS, LDFLAGS,
# SANITIZE=address,undefined, WERROR=1, SKIP_PACKAGES=1 never calls apt.

B ?= build
PREFIX ?= /usr/local
DESTDIR ?=
CC = gcc
CXX = g++
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$(1)' '$(2)')

VERSION := 0.1.0
PACKAGES := libxapian-dev libstemmer-dev libicu-dev libcld2-dev libglib2.0-dev libpcre2-dev libjansson-dev \
  libarchive-dev libmimalloc-dev libfcgi-dev gcc g++ pkg-config make
CHECK_PACKAGES := libcmocka-dev clang libclang-rt-dev clang-format clang-tidy cppcheck valgrind perl python3 mandoc \
  lighttpd chromium chromium-driver python3-selenium w3m libxml2-utils
# One word in five languages: reports of every decade since 1945 answer it.
demo_query := curfew OR "couvre-feu" OR "toque de queda" OR "комендантский час" OR "حظر التجول"
demo_facets := -n 3 --facets lang,country --facet-limit 5
PKGS := glib-2.0 icu-uc icu-i18n jansson libarchive libpcre2-8
SANITIZE ?=
# Stems of two versions must not meet in one index: its metadata name the one that made it.
STEMMER_VERSION := $(shell dpkg-query -W -f='$${source:Upstream-Version}' libstemmer-dev 2>/dev/null)

ifneq ($(filter-out clean packages check-packages demo serve check,$(or $(MAKECMDGOALS),all)),)
  PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
  PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
endif

CFLAGS ?= -O2 -g
warn := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wno-missing-field-initializers $(if $(WERROR),-Werror)
san := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
base := $(san) -fPIE -fstack-protector-strong -I$(B) -DSITREP_VERSION='"$(VERSION)"' \
  -DSITREP_STEMMER_VERSION='"$(or $(STEMMER_VERSION),2)"'
all_cflags = -std=c17 -D_GNU_SOURCE $(warn) -Wstrict-prototypes -Wmissing-prototypes $(base) \
  $(PKG_CFLAGS) $(CFLAGS)
all_cxxflags = -std=c++17 $(warn) $(base) $(CFLAGS)
all_ldflags = $(san) -pie -Wl,--as-needed -Wl,-z,relro $(LDFLAGS)
libs = -lxapian -lcld2 -lstemmer $(PKG_LIBS) -lm

objects = $(patsubst %.c,$(B)/%.o,$(filter %.c,$(1))) $(patsubst %.cc,$(B)/%.o,$(filter %.cc,$(1)))

shim_src := $(filter-out shim/throw_test.cc,$(wildcard shim/*.cc))
corpus_src := $(wildcard corpus/*.c)
indexer_main := indexer/sitrep-index.c
searcher_main := searcher/sitrep.c searcher/sitrep-cgi.c
indexer_src := $(filter-out $(indexer_main),$(wildcard indexer/*.c))
searcher_src := $(filter-out $(searcher_main),$(wildcard searcher/*.c))
unit_tests := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(wildcard tests/unit/test_*.c))

cli_tests := $(wildcard tests/cli/test-*.sh)
fuzz_replays := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

programs := $(B)/sitrep-index $(B)/sitrep $(B)/sitrep.cgi

all: $(programs)

# ---- programs -------------------------------------------------------------------------------

$(B)/sitrep-index: $(call objects,$(indexer_main)) $(B)/libindexer.a $(B)/libcorpus.a $(B)/libshim.a
$(B)/sitrep: $(B)/searcher/sitrep.o $(B)/libsearcher.a $(B)/libcorpus.a $(B)/libshim.a
$(B)/sitrep.cgi: $(B)/searcher/sitrep-cgi.o $(B)/libsearcher.a $(B)/libcorpus.a $(B)/libshim.a
# A search takes some milliseconds: loading and relocating whole libraries for the little that it
# needs of them would be a part of that which can be felt. (Of Xapian Debian has no static library.)
$(B)/sitrep $(B)/sitrep.cgi: libs = -lxapian -Wl,-Bstatic -lstemmer -lglib-2.0 -lpcre2-8 -ljansson -Wl,-Bdynamic \
  -licuuc -lm
$(B)/sitrep.cgi: fcgi = -Wl,-Bstatic -lfcgi -Wl,-Bdynamic
# Indexing allocates millions of small strings: mimalloc saves a tenth of its time.
$(B)/sitrep-index: alloc = $(if $(SANITIZE),,-lmimalloc)
$(programs):
	$(call say,LINK,$@)
	$(Q)$(CXX) $(all_ldflags) -o $@ $^ $(alloc) $(fcgi) $(libs)

$(B)/libshim.a: $(call objects,$(shim_src))
$(B)/libcorpus.a: $(call objects,$(corpus_src))
$(B)/libindexer.a: $(call objects,$(indexer_src))
$(B)/libsearcher.a: $(call objects,$(searcher_src))
$(B)/lib%.a:
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

# The list of sources is an input of a library too: a file that goes must leave it.
$(B)/%.o: %.c | $(B)/.flags
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D) && $(CC) $(all_cflags) -MMD -MP -c -o $@ $<
$(B)/%.o: %.cc | $(B)/.flags
	$(call say,CXX,$<)
	$(Q)mkdir -p $(@D) && $(CXX) $(all_cxxflags) -MMD -MP -c -o $@ $<

$(B)/.flags:
	$(Q)mkdir -p $(B) && touch $@

# The gazetteers are compiled into the programs: nothing is parsed when they start.
# $(call compiled,NAME,INPUT,FOR,MODULES): NAME.inc is what compile-NAME makes of INPUT, for corpus/FOR.c.
define compiled
$(B)/compile-$(1): $(patsubst %,$(B)/corpus/%.o,gazetteer/compile-$(1) $(4))
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(all_ldflags) -o $$@ $$^ $$(PKG_LIBS)
$(B)/$(1).inc: $(wildcard $(2)/*.tsv) $(filter %.tsv,$(2)) $(B)/compile-$(1)
	$$(call say,GEN,$$@)
	$$(Q)$(B)/compile-$(1) $(2) $$@
$(B)/corpus/$(3).o: $(B)/$(1).inc
endef
word_modules := names text_words analysis words fold
$(eval $(call compiled,countries,corpus/gazetteer/countries.tsv,country,fold))
$(eval $(call compiled,places,corpus/gazetteer,places,gazetteer/inflect $(word_modules)))
$(eval $(call compiled,actors,corpus/gazetteer/actors.tsv,actors_builtin,gazetteer/inflect actor_files actor_petrarch \
  actor_list actors country $(word_modules)))
$(eval $(call compiled,forces,corpus/gazetteer/forces.tsv,forces,country $(word_modules)))
$(eval $(call compiled,events,corpus/gazetteer/events.tsv,events,gazetteer/inflect $(word_modules)))

# The patterns of boilerplate as text: the program reads them in a millisecond when it starts.
$(B)/boilerplate.inc: corpus/gazetteer/boilerplate.tsv
	$(call say,GEN,$@)
	$(Q)mkdir -p $(B) && sed -e '/^#/d' -e '/^$$/d' -e 's/[\"]/\\&/g' -e 's/.*/"&",/' $< >$@
$(B)/indexer/boilerplate.o: $(B)/boilerplate.inc

# The style sheet of the page stands in the program, under a name that changes with it.
$(B)/page_style.inc: searcher/style.css
	$(call say,GEN,$@)
	$(Q)mkdir -p $(B)
	$(Q)sed 's/^ *//; /^\/\*.*\*\/$$/d; /^$$/d; s/ { /{/g; s/ {$$/{/; s/; }/}/g; s/\([:;,]\) /\1/g' $< >$@.css
	$(Q){ printf '#define PAGE_STYLE_NAME "%.12s"\n#define PAGE_STYLE_BYTES \\\n' "$$(sha256sum <$@.css)"; \
	  od -An -v -td1 -w16 $@.css | sed 's/  *\(-*[0-9][0-9]*\)/\1,/g; s/$$/ \\/'; echo; } >$@
$(B)/searcher/page.o: $(B)/page_style.inc

# ---- packages -------------------------------------------------------------------------------

# $(call install,PACKAGES): installs those that are missing, as root or through sudo.
install = @missing=; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | \
    grep -q 'ok installed' || missing="$$missing $$p"; done; \
  if [ -n "$$missing" ] && [ -z "$(SKIP_PACKAGES)" ]; then \
    echo "installing$$missing"; sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
    $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
      --no-install-recommends $$missing >$(B)/apt.log 2>&1 || { tail -n 20 $(B)/apt.log; \
      echo "these packages could not be installed:$$missing"; exit 1; }; fi

packages:
	@mkdir -p $(B)
	$(call install,$(PACKAGES))
check-packages: packages
	$(call install,$(CHECK_PACKAGES))

# ---- demo -----------------------------------------------------------------------------------

demo_index := $(B)/demo-index

demo: packages
	@$(MAKE) --no-print-directory all
	@echo; echo '$$ sitrep-index corpus/sample'
	@$(B)/sitrep-index --index $(demo_index) corpus/sample
	@printf "\n$$ sitrep search '%s' %s\n" '$(demo_query)' '$(demo_facets)'
	@$(B)/sitrep search --index $(demo_index) '$(demo_query)' $(demo_facets)
	@echo; echo 'Go on with the same index:'
	@echo; echo '  export SITREP_INDEX=$(abspath $(demo_index)) PATH=$(abspath $(B)):$$PATH'
	@echo "  sitrep search '\"prime minister\" OR president' --country chile"
	@echo '  sitrep facets --since 1990 --facets actor,event_type'
	@echo '  sitrep show 1976-entebbe-raid --query hostages'
	@echo; echo 'or index your own articles: sitrep-index --index DIR PATH...   (README.md tells more)'
	@echo; echo 'The same on a page, at http://127.0.0.1:$(PORT)/:  make serve'

# The page of the demo's index, or of another one, until it is interrupted.
PORT ?= 8080
serve: packages
	$(call install,lighttpd)
	@$(MAKE) --no-print-directory all
	@[ -n "$$SITREP_INDEX" ] || [ -d $(demo_index) ] || $(B)/sitrep-index --index $(demo_index) corpus/sample
	@echo 'The page is at http://127.0.0.1:$(PORT)/ until you press Ctrl-C.'
	@SITREP_INDEX="$${SITREP_INDEX:-$(abspath $(demo_index))}" SITREP_CGI=$(abspath $(B)/sitrep.cgi) \
	  SITREP_PORT=$(PORT) SITREP_SOCKET=$$(mktemp -d)/sitrep exec $$(command -v lighttpd || \
	  echo /usr/sbin/lighttpd) -D -f searcher/lighttpd.conf

# ---- tests ----------------------------------------------------------------------------------

# The tests against one build: TAP from cmocka and from the scripts, counted by prove.
run_tests = CMOCKA_MESSAGE_OUTPUT=TAP SITREP_BUILD=$(abspath $(B)) prove -j2 $(if $(V),-v) --exec '' \
  $(unit_tests) $(cli_tests)

test: $(programs) $(unit_tests) $(fuzz_replays)
	$(Q)$(run_tests)

# Everything: gcc and the tests; clang with sanitizers and the same tests; valgrind; lint.
check: check-packages
	@$(MAKE) --no-print-directory WERROR=1 test
	@$(MAKE) --no-print-directory WERROR=1 B=$(B)/sanitized CC=clang CXX=clang++ CFLAGS='-O1 -g' \
	  SANITIZE=address,undefined test
	@$(MAKE) --no-print-directory browser
	@$(MAKE) --no-print-directory valgrind
	@$(MAKE) --no-print-directory lint
	@echo; echo 'All checks passed.'

# The page in headless Chromium. What npm has is looked for, and done without where it is not.
browser: $(programs) $(B)/npm.done
	$(Q)npm=$(abspath $(B))/node_modules; AXE=$$(ls $$npm/axe-core/axe.min.js 2>/dev/null) \
	  VALIDATE=$$npm/.bin/html-validate SITREP_BUILD=$(abspath $(B)) \
	  prove $(if $(V),-v) --exec '' tests/browser/test-browser.sh
$(B)/npm.done:
	$(Q)npm install --prefix $(B) --no-save --no-audit --no-fund --silent axe-core@4 html-validate@9 \
	  >$(B)/npm.log 2>&1 || echo 'axe-core and html-validate could not be installed from npm'
	$(Q)touch $@

valgrind: $(programs)
	$(Q)SITREP_BUILD=$(abspath $(B)) tests/cli/valgrind.sh

$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/libindexer.a $(B)/libsearcher.a $(B)/libcorpus.a \
		$(B)/libshim.a $(B)/shim/throw_test.o
	$(call say,LINK,$@)
	$(Q)$(CXX) $(all_ldflags) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(libs) -lcmocka

# What tests of queries share.
shared := query_random fixture brute brute_text brute_word
$(patsubst %,$(B)/tests/unit/test_query_%,random table brute compile): $(shared:%=$(B)/tests/unit/%.o)

# Fuzz targets without a fuzzer: they replay files given as arguments.
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/replay.o $(B)/libindexer.a $(B)/libsearcher.a $(B)/libcorpus.a \
		$(B)/libshim.a
	$(call say,LINK,$@)
	$(Q)$(CXX) $(all_ldflags) -o $@ $^ $(libs)

# make fuzz TARGET=readers SECONDS=600 [NEW=DIR]: libFuzzer, with the committed seeds.
TARGET ?= readers
SECONDS ?= 60
NEW ?= $(B)/fuzz/corpus-$(TARGET)
fuzz:
	@$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang CXX=clang++ CFLAGS='-O1 -g' \
	  SANITIZE=address,undefined,fuzzer-no-link libs
	$(Q)clang $(all_cflags) -O1 -g -fsanitize=address,undefined,fuzzer -c -o $(B)/fuzz/$(TARGET).o \
	  tests/fuzz/fuzz_$(TARGET).c
	$(Q)clang++ -fsanitize=address,undefined,fuzzer -o $(B)/fuzz/fuzz_$(TARGET) \
	  $(B)/fuzz/$(TARGET).o $(addprefix $(B)/fuzz/,libindexer.a libsearcher.a libcorpus.a libshim.a) $(libs)
	$(Q)mkdir -p $(NEW)
	$(Q)$(B)/fuzz/fuzz_$(TARGET) -artifact_prefix=$(NEW)/ -max_total_time=$(SECONDS) -rss_limit_mb=4096 -timeout=20 \
	  $(NEW) tests/fuzz/seeds/$(TARGET)
libs: $(addprefix $(B)/,libindexer.a libsearcher.a libcorpus.a libshim.a)

# ---- lint -----------------------------------------------------------------------------------

generated := $(addprefix $(B)/,countries.inc places.inc actors.inc forces.inc events.inc boilerplate.inc page_style.inc)
c_files := $(wildcard shim/*.cc shim/*.hh */*.h */*.c corpus/gazetteer/*.c tests/*/*.c tests/*/*.h)
# Not what is a few lines around megabytes of numbers that the linters would chew for minutes.
tidy_files := $(filter-out corpus/places.c corpus/actors_builtin.c corpus/events.c,$(corpus_src)) $(indexer_src) \
  $(searcher_src) $(indexer_main) $(searcher_main)

lint: $(generated)
	$(call say,LINT,arrows)
	$(Q)tests/lint/arrows.sh
	$(call say,LINT,actors)
	$(Q)python3 tests/lint/actors.py
	$(call say,LINT,clang-format)
	$(Q)clang-format --dry-run -Werror $(c_files)
	$(call say,LINT,man pages)
	$(Q)mandoc -T lint -W warning $(man_pages)
	$(call say,LINT,cppcheck)
	$(Q)cppcheck --quiet --error-exitcode=1 --std=c17 --inline-suppr -j2 \
	  --enable=warning,performance,portability --library=gtk --suppressions-list=tests/lint/cppcheck \
	  -I$(B) $(tidy_files)
	@$(MAKE) --no-print-directory -j2 tidy

# A stamp a file: what was clean and has not changed is not looked at again.
tidy := $(patsubst %,$(B)/tidy/%.ok,$(tidy_files) $(shim_src))
tidy: $(tidy)
$(B)/tidy/%.c.ok: %.c .clang-tidy $(generated)
	$(call say,TIDY,$<)
	$(Q)mkdir -p $(@D) && clang-tidy --quiet $< -- $(all_cflags) 2>$@.err || { cat $@.err; exit 1; }
	$(Q)touch $@
$(B)/tidy/%.cc.ok: %.cc .clang-tidy
	$(call say,TIDY,$<)
	$(Q)mkdir -p $(@D) && clang-tidy --quiet $< -- $(all_cxxflags) 2>$@.err || { cat $@.err; exit 1; }
	$(Q)touch $@

# ---- measuring ------------------------------------------------------------------------------

# make bench [DATA=DIR] [SIZE=small|medium|large]; make bench-quick takes two minutes.
bench_programs := $(B)/tests/bench/generate $(B)/tests/bench/bench_queries
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(B)/libsearcher.a $(B)/libcorpus.a $(B)/libshim.a
	$(call say,LINK,$@)
	$(Q)$(CXX) $(all_ldflags) -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(alloc) $(libs)
# What describing costs beside indexing, in one thread, on DATA/reuters or the sample.
$(B)/tests/bench/bench_describe: $(B)/libindexer.a
$(B)/tests/bench/bench_describe: alloc = -lmimalloc
bench-describe: all $(B)/tests/bench/bench_describe
	$(Q)$(B)/sitrep-index --describe-only $(if $(DATA),$(DATA)/reuters,corpus/sample) | \
	  $(B)/tests/bench/bench_describe $(B)/sitrep-index $(or $(PASSES),3)
bench: all $(bench_programs)
	$(Q)python3 tests/bench/bench.py --build $(B) $(if $(DATA),--data $(DATA)) --size $(or $(SIZE),small)
bench-quick: all $(bench_programs)
	$(Q)python3 tests/bench/bench.py --build $(B) --quick $(if $(DATA),--data $(DATA))
# The search page beside Omega's and a trivial one; apt-get install lighttpd apache2-utils xapian-omega.
bench-page: all $(B)/tests/bench/trivial_cgi
	$(if $(DATA),,$(error make bench-page needs DATA=, the folder with reuters/))
	$(Q)python3 tests/bench/bench_page.py --build $(B) --data $(DATA)
$(B)/tests/bench/trivial_cgi: $(B)/tests/bench/trivial_cgi.o
	$(call say,LINK,$@)
	$(Q)$(CC) $(all_ldflags) -o $@ $^
eval: all
	$(if $(DATA),,$(error make eval needs DATA=, the folder with the corpora and gold answers))
	$(Q)python3 tests/eval/eval.py --build $(B) --data $(DATA) $(if $(ONLY),--only $(ONLY))
$(B)/tests/eval/%: $(B)/tests/eval/%.o $(B)/libindexer.a $(B)/libcorpus.a $(B)/libshim.a
	$(call say,LINK,$@)
	$(Q)$(CXX) $(all_ldflags) -o $@ $^ $(libs)
# Fits the weights by which countries are taken for an article's subject, and prints their table.
fit-places: all $(B)/tests/eval/dump_features
	$(if $(DATA),,$(error make fit-places needs DATA=, the folder with the corpora and gold answers))
	$(Q)python3 tests/eval/fit-places.py --build $(B) --data $(DATA)

# ---- install --------------------------------------------------------------------------------

man_pages := indexer/sitrep-index.1 searcher/sitrep.1 searcher/sitrep-query.7 searcher/sitrep.cgi.8

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/cgi-bin \
	  $(addprefix $(DESTDIR)$(PREFIX)/share/man/man,1 7 8)
	install -m 755 $(filter-out %.cgi,$(programs)) $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(filter %.cgi,$(programs)) $(DESTDIR)$(PREFIX)/lib/cgi-bin
	install -m 644 $(filter %.1,$(man_pages)) $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(filter %.7,$(man_pages)) $(DESTDIR)$(PREFIX)/share/man/man7
	install -m 644 $(filter %.8,$(man_pages)) $(DESTDIR)$(PREFIX)/share/man/man8

clean:
	rm -rf $(B)

-include $(shell test -d $(B) && find $(B) -name '*.d')

.SECONDARY:
.DELETE_ON_ERROR:
.PHONY: all demo serve test check browser valgrind fuzz libs lint tidy bench bench-page bench-quick bench-describe eval \
  fit-places install clean packages check-packages
