# awaitlab: how everything is built, tested and installed.
#
#   make            build build/awaitlab
#   make run        install what is missing, build, run the first example
#   make test       install what the tests need, build, run everything
#   make help       all targets
#
# Four variants live side by side and never disturb each other:
#
#   release    build/             what users get
#   debug      build/debug/       for a debugger, assertions on
#   sanitize   build/sanitize/    address and undefined-behaviour sanitizers, assertions on
#   coverage   build/coverage/    counts which lines the tests reach
#
# `make VARIANT=debug TARGET` runs any target in a variant. Sources are found by wildcard, header dependencies are
# written by the compiler, and a change of compiler flags or of the list of sources rebuilds what it concerns.
# Your own CC, CFLAGS, CPPFLAGS, LDFLAGS, PREFIX and DESTDIR are respected; V=1 shows whole commands.

VERSION := 0.1.0

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

ifeq ($(origin CC),default)
CC := gcc
endif
HOSTCC  ?= $(CC)
PREFIX  ?= /usr/local
DESTDIR ?=
VARIANT ?= release
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)

# Whoever calls make without -j still gets all cores.
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += --jobs=$(JOBS)
endif

# Several goals are several wishes, one after the other: `make clean test` must not do both at once.
ifneq ($(word 2,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

# Quiet by default: one word and the file. V=1 prints the commands instead.
ifdef V
say = @:
Q   =
else
say = @printf '  %-8s %s\n'
Q   = @
endif

# ---- variants ------------------------------------------------------------------------------------------------------

OUT_release  := build
OUT_debug    := build/debug
OUT_sanitize := build/sanitize
OUT_coverage := build/coverage
OUT_fuzz     := build/fuzz

# -fno-plt: calls into shared libraries go straight through the table of addresses, without a trampoline.
FLAGS_release  := -O2 -fno-plt -DNDEBUG
FLAGS_debug    := -Og -g3
# -fno-sanitize-recover: a finding ends the program, so that no test can pass over it.
SANITIZERS     := -fsanitize=address,undefined -fno-sanitize-recover=all
FLAGS_sanitize := -O1 -g -fno-omit-frame-pointer $(SANITIZERS)
FLAGS_coverage := -O0 -g --coverage

# Fuzzing takes libFuzzer where clang can link it (its runtime is a package of its own: libclang-rt-14-dev), and gcc
# with tests/fuzz/driver.c elsewhere. Debian calls the compiler clang only with the package clang; clang-14 alone does.
LIBFUZZER_TRIAL := int LLVMFuzzerTestOneInput(const char *d, long n) { return d && n < 0; }
ifeq ($(VARIANT),fuzz)
CLANG ?= $(shell for name in clang $$(cd /usr/bin && ls -rv clang-[0-9]* 2>/dev/null); do \
    command -v "$$name" && break; done)
HAVE_LIBFUZZER := $(if $(CLANG),$(shell echo '$(LIBFUZZER_TRIAL)' | \
    $(CLANG) -fsanitize=fuzzer,address,undefined -x c - -o /dev/null 2>/dev/null && echo yes))
endif
ifneq ($(HAVE_LIBFUZZER),)
FLAGS_fuzz  := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_LINK   := -fsanitize=fuzzer,address,undefined
FUZZ_DRIVER :=
CC          := $(CLANG)
else
FLAGS_fuzz  := $(FLAGS_sanitize)
FUZZ_LINK   :=
FUZZ_DRIVER := tests/fuzz/driver.c
endif

OUT := $(OUT_$(VARIANT))
ifeq ($(OUT),)
$(error VARIANT=$(VARIANT) is not one of release, debug, sanitize, coverage)
endif

# ---- warnings ------------------------------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic
# A name that hides another one, and a macro that is tested before anybody defined it.
WARNINGS += -Wshadow -Wundef
# Numbers that change their value or sign on the way: sizes and offsets are the program's daily bread.
WARNINGS += -Wconversion -Wsign-conversion
# Every function is either static or declared in a header; () is not a parameter list.
WARNINGS += -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition
# A case that runs into the next says so.
WARNINGS += -Wimplicit-fallthrough
# Format strings are literals and agree with their arguments; casts keep const.
WARNINGS += -Wformat=2 -Wcast-qual -Wwrite-strings
# In ISO C "??=" in a string is another way to write "#". C# has that operator, so this must not pass: write "?\?=".
WARNINGS += -Werror=trigraphs
# Variable-length arrays would make the C stack depend on input.
WARNINGS += -Wvla
# Continuous integration adds WERROR=1; a new compiler's new warning should not stop a user's build.
ifdef WERROR
WARNINGS += -Werror
endif

# ---- sources -------------------------------------------------------------------------------------------------------

sources_below = $(sort $(shell find $(1) -name '*.c' 2>/dev/null))

SIM_SOURCES   := $(call sources_below,sim)
CLI_SOURCES   := $(call sources_below,cli)
CORLIB        := $(sort $(shell find sim/corlib -name '*.cs' 2>/dev/null))
RULE_PAGES    := $(sort $(wildcard sim/watch/pages/*.md))
LESSONS       := $(sort $(filter-out lessons/README.md,$(wildcard lessons/*.md)))
UNIT_SOURCES  := $(sort $(wildcard tests/unit/*.c))
UNIT_SUPPORT  := $(sort $(wildcard tests/unit/support/*.c))
FUZZ_SOURCES  := $(sort $(wildcard tests/fuzz/fuzz_*.c))
BATS_FILES    := $(sort $(wildcard tests/*.bats))

SIM_OBJECTS     := $(SIM_SOURCES:%.c=$(OUT)/%.o) $(OUT)/gen/corlib_text.o $(OUT)/gen/corlib_index.o $(OUT)/gen/rule_pages.o
CLI_OBJECTS     := $(CLI_SOURCES:%.c=$(OUT)/%.o) $(OUT)/gen/lesson_texts.o
SUPPORT_OBJECTS := $(UNIT_SUPPORT:%.c=$(OUT)/%.o)
UNIT_PROGRAMS   := $(UNIT_SOURCES:tests/unit/%.c=$(OUT)/unit/%)
FUZZ_PROGRAMS   := $(FUZZ_SOURCES:tests/fuzz/%.c=$(OUT_fuzz)/%)
PROGRAM         := $(OUT)/awaitlab

# ---- libraries -----------------------------------------------------------------------------------------------------

# A library is wanted when a source includes its header, and not before. Row: header, pkg-config name, Debian package.
# A dash means header only: nothing to link.
LIBRARY_TABLE := \
    jansson.h,jansson,libjansson-dev \
    readline/readline.h,readline,libreadline-dev \
    curses.h,ncursesw,libncurses-dev \
    ncurses.h,ncursesw,libncurses-dev \
    cmark.h,libcmark,libcmark-dev \
    utf8proc.h,libutf8proc,libutf8proc-dev \
    uthash.h,-,uthash-dev \
    utlist.h,-,uthash-dev \
    utarray.h,-,uthash-dev \
    xxhash.h,-,libxxhash-dev

comma := ,
column = $(word $(2),$(subst $(comma), ,$(1)))
INCLUDED := $(sort $(shell find sim cli -name '*.[ch]' -exec \
    sed -n 's/^[ \t]*\#[ \t]*include[ \t]*<\([^>]*\)>.*/\1/p' {} + 2>/dev/null))
WANTED   := $(foreach row,$(LIBRARY_TABLE),$(if $(filter $(call column,$(row),1),$(INCLUDED)),$(row)))
PKG_NAMES     := $(sort $(filter-out -,$(foreach row,$(WANTED),$(call column,$(row),2))))
LIB_PACKAGES  := $(sort $(foreach row,$(WANTED),$(call column,$(row),3)))

# Asked for only while something is compiled or linked: on a fresh machine `make run` installs pkg-config first.
PKG_CFLAGS = $(if $(PKG_NAMES),$(shell pkg-config --cflags $(PKG_NAMES)))
LIBS       = $(if $(PKG_NAMES),$(shell pkg-config --libs $(PKG_NAMES))) -lm

# ---- packages ------------------------------------------------------------------------------------------------------

BUILD_PACKAGES := gcc libc6-dev $(if $(PKG_NAMES),pkg-config) $(LIB_PACKAGES)
TEST_PACKAGES  := bats bats-support bats-assert bats-file libcmocka-dev tmux jq procps python3-jsonschema

# ---- compiling -----------------------------------------------------------------------------------------------------

STANDARD := -std=c17
COMPILE   = $(CC) $(STANDARD) $(WARNINGS) $(FLAGS_$(VARIANT)) -MMD -MP
# The simulator is plain ISO C: no POSIX, no terminal, no files. Only the program and the tests may ask for more.
SIM_FLAGS   = -Isim
CLI_FLAGS   = -Icli -Isim -D_GNU_SOURCE -DAWAITLAB_VERSION='"$(VERSION)"' $(PKG_CFLAGS)
TEST_FLAGS  = -Isim -Icli -Itests/unit -D_GNU_SOURCE

all: $(PROGRAM)                         ## build build/awaitlab (the default)

# remember FILE,TEXT: a file that changes exactly when the text does; whatever depends on it is then made again.
remember = @mkdir -p $(dir $(1)); printf '%s\n' '$(subst ','\'',$(2))' | cmp -s - $(1) || \
    printf '%s\n' '$(subst ','\'',$(2))' > $(1)

$(OUT)/flags: FORCE
	$(call remember,$@,$(CC) $(STANDARD) $(WARNINGS) $(FLAGS_$(VARIANT)) $(CPPFLAGS) $(CFLAGS) $(VERSION))
$(OUT)/sources: FORCE
	$(call remember,$@,$(SIM_SOURCES) $(CLI_SOURCES) $(LDFLAGS))
build/gen/corlib.list: FORCE
	$(call remember,$@,$(CORLIB))
build/gen/rule_pages.list: FORCE
	$(call remember,$@,$(RULE_PAGES))
build/gen/lessons.list: FORCE
	$(call remember,$@,$(LESSONS))

$(OUT)/sim/%.o: sim/%.c $(OUT)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(SIM_FLAGS) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

$(OUT)/cli/%.o: cli/%.c $(OUT)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(CLI_FLAGS) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

$(OUT)/tests/%.o: tests/%.c $(OUT)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(TEST_FLAGS) $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# The archive is made anew each time: a source that was removed must not survive in it.
$(OUT)/libsim.a: $(SIM_OBJECTS) $(OUT)/sources
	$(say) AR $@
	@rm -f $@
	$(Q)$(AR) rcs $@ $(SIM_OBJECTS)

# Everything of the program except main(), so that unit programs can reach canvas, commands and renderers.
$(OUT)/libcli.a: $(filter-out $(OUT)/cli/main.o,$(CLI_OBJECTS)) $(OUT)/sources
	$(say) AR $@
	@rm -f $@
	$(Q)$(AR) rcs $@ $(filter-out $(OUT)/cli/main.o,$(CLI_OBJECTS))

$(PROGRAM): $(CLI_OBJECTS) $(OUT)/libsim.a
	$(say) LINK $@
	$(Q)$(CC) $(FLAGS_$(VARIANT)) $(CFLAGS) $(LDFLAGS) $(CLI_OBJECTS) $(OUT)/libsim.a $(LIBS) -o $@

# ---- text that is built into the program ---------------------------------------------------------------------------

# tools/embed.c turns files into one C array. It runs while building, so it is compiled without any variant's flags.
build/tools/embed: tools/embed.c
	$(say) HOSTCC $<
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -O1 $(STANDARD) $(WARNINGS) $< -o $@

# embed TARGET,HEADER,TYPE,ARRAY,COUNT,FOLDER,FILES: lessons and documentation pages can go the same way.
define embed
$(1): build/tools/embed $(7)
	$$(say) EMBED $(6)
	@mkdir -p $$(@D)
	$$(Q)build/tools/embed $(2) $(3) $(4) $(5) $(6) $(7) > $$@
endef

build/gen/corlib_text.c: build/gen/corlib.list
$(eval $(call embed,build/gen/corlib_text.c,corlib/corlib.h,CorlibFile,corlib_files,corlib_file_count,sim/corlib,$(CORLIB)))

build/gen/lesson_texts.c: build/gen/lessons.list
$(eval $(call embed,build/gen/lesson_texts.c,lesson/course.h,LessonText,lesson_texts,lesson_text_count,lessons,$(LESSONS)))

build/gen/rule_pages.c: build/gen/rule_pages.list
$(eval $(call embed,build/gen/rule_pages.c,watch/pages.h,RulePage,rule_pages,rule_page_count,sim/watch/pages,$(RULE_PAGES)))

# tools/index_types.c has our own lexer and parser in it, so these are compiled once more for the machine that builds.
INDEX_SOURCES := tools/index_types.c build/gen/corlib_text.c sim/lang/token.c sim/lang/features.c $(sort $(wildcard sim/base/*.c)) \
    $(sort $(wildcard sim/lang/lexer*.c sim/lang/parser*.c))
INDEX_OBJECTS := $(patsubst %.c,build/host/%.o,$(INDEX_SOURCES:build/%=%))

build/host/%.o: %.c
	$(say) HOSTCC $<
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -O1 $(STANDARD) $(WARNINGS) -Isim -MMD -MP -c $< -o $@
build/host/gen/%.o: build/gen/%.c
	$(say) HOSTCC $<
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -O0 $(STANDARD) $(WARNINGS) -Wno-overlength-strings -Isim -MMD -MP -c $< -o $@

build/tools/index_types: $(INDEX_OBJECTS)
	$(say) HOSTLINK $@
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(INDEX_OBJECTS) -lm -o $@

build/gen/corlib_index.c: build/tools/index_types
	$(say) INDEX sim/corlib
	@mkdir -p $(@D)
	$(Q)build/tools/index_types > $@

# Long string literals are the point of these files, so the one warning about them is off.
$(OUT)/gen/%.o: build/gen/%.c $(OUT)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Wno-overlength-strings $(SIM_FLAGS) -Icli $(CPPFLAGS) $(CFLAGS) -c $< -o $@

# ---- running -------------------------------------------------------------------------------------------------------

run:                                    ## install what is missing, build, run the first example
	+@$(MAKE) deps
	+@$(MAKE) all
	$(PROGRAM) run --stats docs/examples/cache-first.cs

debug:                                  ## build build/debug/awaitlab
	+@$(MAKE) VARIANT=debug all

deps:                                   ## install missing packages for building (Debian, needs root or sudo)
	@tools/install-packages $(BUILD_PACKAGES)

deps-test:                              ## install missing packages for building and testing
	@tools/install-packages $(BUILD_PACKAGES) $(TEST_PACKAGES)

# ---- tests ---------------------------------------------------------------------------------------------------------

# The stages follow one another whatever -j says; a failed build is a failed test, so the last line never lies.
# $(1): what to run, $(2): what to build for it.
define run_tests
	+@$(MAKE) deps-test && $(MAKE) VARIANT=$(VARIANT) $(2) || { echo '0 passed, 1 failed'; exit 1; }
	@AWAITLAB='$(abspath $(PROGRAM))' tests/run --build $(OUT) --jobs $(JOBS) $(1)
endef

TESTS ?= tests/include_directions $(UNIT_PROGRAMS) tests/conformance/run tests/check/run tests/errors/run tests/oracle/corpus_test $(BATS_FILES)

unit-programs: $(UNIT_PROGRAMS)
test-programs: $(PROGRAM) $(UNIT_PROGRAMS) build/oracle/generate

test:                                   ## everything; TESTS='tests/cli.bats' runs only that
	$(call run_tests,$(TESTS),test-programs)

unit:                                   ## the cmocka programs in tests/unit/
	$(call run_tests,$(UNIT_PROGRAMS),unit-programs)

bats:                                   ## the command line tests in tests/*.bats
	$(call run_tests,$(BATS_FILES),all)

conformance:                            ## C# programs against what real .NET printed
	$(call run_tests,tests/conformance/run,all)

sanitize:                               ## all tests under address and undefined-behaviour sanitizers
	+@$(MAKE) VARIANT=sanitize test

coverage:                               ## all tests, then which lines they reached
	@find build/coverage -name '*.gcda' -delete 2>/dev/null || true
	+@$(MAKE) VARIANT=coverage test
	@if command -v gcovr >/dev/null; then \
	    gcovr --root . --object-directory build/coverage --filter sim/ --filter cli/ \
	        --html-details build/coverage/index.html --print-summary && \
	    echo 'line by line: build/coverage/index.html'; \
	else echo 'coverage: the report needs gcovr (apt-get install gcovr); the counts are in build/coverage'; fi

golden:                                 ## write the expected screens anew; read the diff before you commit it
	+@$(MAKE) deps-test
	+@$(MAKE) all
	@AWAITLAB='$(abspath $(PROGRAM))' AWAITLAB_GOLDEN=update bats --filter-tags golden tests

# ORACLE='044-pooled-operation' asks only about named programs; ORACLE_PROGRAMS and ORACLE_SEED choose the random ones.
screenshots: $(PROGRAM)                 ## draw the pictures of docs/screens anew
	@AWAITLAB='$(abspath $(PROGRAM))' tests/screenshots

oracle: all build/oracle/generate       ## conformance and random programs beside a real .NET SDK, where one is installed
	@AWAITLAB='$(abspath $(PROGRAM))' ORACLE_PROGRAMS='$(ORACLE_PROGRAMS)' ORACLE_SEED='$(ORACLE_SEED)' \
	    ORACLE_RECORD='$(ORACLE_RECORD)' tests/oracle/run $(ORACLE)

# The generator of random programs is a tool of the tests, compiled for the machine that builds.
ORACLE_SOURCES := $(sort $(wildcard tests/oracle/generator/*.c))
ORACLE_SUPPORT := $(sort $(wildcard tests/oracle/generator/support/*.cs))
ORACLE_OBJECTS := $(ORACLE_SOURCES:tests/oracle/generator/%.c=build/oracle/%.o) build/oracle/support_text.o

$(eval $(call embed,build/oracle/support_text.c,support.h,SupportFile,support_files,support_file_count,tests/oracle/generator/support,$(ORACLE_SUPPORT)))

build/oracle/%.o: tests/oracle/generator/%.c
	$(say) HOSTCC $<
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -O1 $(STANDARD) $(WARNINGS) -D_GNU_SOURCE -MMD -MP -c $< -o $@
build/oracle/%.o: build/oracle/%.c
	$(say) HOSTCC $<
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -O1 $(STANDARD) $(WARNINGS) -Wno-overlength-strings -Itests/oracle/generator -MMD -MP -c $< -o $@
build/oracle/generate: $(ORACLE_OBJECTS)
	$(say) HOSTLINK $@
	$(Q)$(HOSTCC) $(ORACLE_OBJECTS) -o $@

$(OUT)/unit/%: $(OUT)/tests/unit/%.o $(SUPPORT_OBJECTS) $(OUT)/libcli.a $(OUT)/libsim.a
	$(say) LINK $@
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS_$(VARIANT)) $(CFLAGS) $(LDFLAGS) $^ $(LIBS) -lcmocka -o $@
# Kept although only a step on the way, so that the next build need not compile them again.
.PRECIOUS: $(OUT)/tests/%.o

# ---- measuring -----------------------------------------------------------------------------------------------------

bench: all build/bench/measure build/bench/keys build/bench/back build/bench/frame  ## wall time and memory beside real .NET (timings are never part of test)
	@AWAITLAB='$(abspath $(PROGRAM))' tests/bench/run

build/bench/back: tests/bench/back.c $(OUT)/libsim.a
	$(say) LINK $@
	@mkdir -p $(@D)
	$(Q)$(CC) -O2 $(STANDARD) $(WARNINGS) -D_GNU_SOURCE -I. -Isim $^ $(LIBS) -o $@

build/bench/%: tests/bench/%.c
	$(say) HOSTCC $<
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) -O2 $(STANDARD) $(WARNINGS) -D_GNU_SOURCE $< -o $@

# ---- fuzzing -------------------------------------------------------------------------------------------------------

FUZZ_SECONDS ?= 60

fuzz:                                   ## build build/fuzz/NAME from tests/fuzz/fuzz_*.c
	+@$(MAKE) VARIANT=fuzz fuzz-programs

fuzz-programs: $(FUZZ_PROGRAMS)

fuzz-run: fuzz                          ## run each fuzz target for FUZZ_SECONDS (60)
	@tests/fuzz/run $(FUZZ_SECONDS) $(FUZZ_PROGRAMS)

$(OUT_fuzz)/fuzz_%: $(OUT_fuzz)/tests/fuzz/fuzz_%.o $(FUZZ_DRIVER:%.c=$(OUT_fuzz)/%.o) $(OUT_fuzz)/libcli.a \
    $(OUT_fuzz)/libsim.a
	$(say) LINK $@
	$(Q)$(CC) $(FLAGS_fuzz) $(FUZZ_LINK) $(CFLAGS) $(LDFLAGS) $^ $(LIBS) -o $@

# ---- installing ----------------------------------------------------------------------------------------------------

BINDIR = $(DESTDIR)$(PREFIX)/bin
MANDIR = $(DESTDIR)$(PREFIX)/share/man/man1
DOCDIR = $(DESTDIR)$(PREFIX)/share/doc/awaitlab
EXAMPLES := $(sort $(wildcard docs/examples/*.cs))
# Where each shell looks for completions of programs that were installed below PREFIX.
BASHDIR = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
ZSHDIR  = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
FISHDIR = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

install: all                            ## install below PREFIX (/usr/local), DESTDIR for packagers
	install -d '$(BINDIR)' '$(DOCDIR)/examples'
	install -m 755 $(PROGRAM) '$(BINDIR)/awaitlab'
	install -m 644 README.md LICENSE '$(DOCDIR)'
	$(if $(EXAMPLES),install -m 644 $(EXAMPLES) '$(DOCDIR)/examples')
	install -D -m 644 docs/awaitlab.1 '$(MANDIR)/awaitlab.1'
	install -d '$(BASHDIR)' '$(ZSHDIR)' '$(FISHDIR)'
	$(PROGRAM) completion bash > '$(BASHDIR)/awaitlab'
	$(PROGRAM) completion zsh > '$(ZSHDIR)/_awaitlab'
	$(PROGRAM) completion fish > '$(FISHDIR)/awaitlab.fish'

uninstall:                              ## remove what install put there
	rm -f '$(BINDIR)/awaitlab' '$(MANDIR)/awaitlab.1' '$(BASHDIR)/awaitlab' '$(ZSHDIR)/_awaitlab' '$(FISHDIR)/awaitlab.fish'
	rm -rf '$(DOCDIR)'

# ---- keeping house -------------------------------------------------------------------------------------------------

OWN_C   = $(shell find sim cli tests tools -name '*.[ch]')
SCRIPTS = .ci/run tools/install-packages tests/run tests/include_directions tests/conformance/run tests/check/run tests/errors/run \
          tests/oracle/run tests/oracle/build tests/oracle/generate tests/oracle/corpus_test \
          tests/dotnet.bash tests/helper.bash tests/bench/run tests/bench/grade tests/fuzz/run $(BATS_FILES)

format:                                 ## clang-format over all C
	clang-format -i $(OWN_C)

# Each tool that is installed has its say; one that is missing is named, so that silence means clean.
lint:                                   ## format, shell scripts, include directions, compiler warnings as errors
	@tests/include_directions | grep '^not ok' && exit 1 || true
	@if command -v clang-format >/dev/null; then clang-format --dry-run -Werror $(OWN_C); \
	 else echo 'lint: clang-format is not installed, formatting not checked'; fi
	@if command -v shellcheck >/dev/null; then shellcheck -x $(SCRIPTS); \
	 else echo 'lint: shellcheck is not installed, scripts not checked'; fi
	+@$(MAKE) VARIANT=debug WERROR=1 all

docs: all                               ## write the pages that the program makes of its own lists
	$(PROGRAM) manual commands > docs/commands.md
	$(PROGRAM) manual man > docs/awaitlab.1
	$(PROGRAM) manual rules > docs/rules.md

tags:                                   ## an index of names for editors
	ctags -R sim cli tests tools

clean:                                  ## remove build/
	rm -rf build tags

help:                                   ## this list
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | \
	    awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'
	@echo
	@echo '  VARIANT=release|debug|sanitize|coverage  V=1  WERROR=1  JOBS=N  PREFIX=DIR  DESTDIR=DIR'

FORCE:
.PHONY: all run debug deps deps-test unit-programs test-programs test unit bats conformance sanitize coverage golden screenshots oracle bench \
        fuzz fuzz-programs fuzz-run install uninstall format lint docs tags clean help FORCE

-include $(shell find $(OUT)/sim $(OUT)/cli $(OUT)/tests $(OUT)/gen build/host build/oracle -name '*.d' 2>/dev/null)
