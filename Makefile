# rackrate. `make help` lists what there is to make.
#
# Sources are found, not listed. Everything but src/main.c goes into a private library that the
# program and the unit tests share. Each MODE has objects of its own in build/$(MODE)/.

MODE   = release
PREFIX = /usr/local
CC     = gcc
WERROR =
Q      = @

# What the program needs on Debian 12: to be built, to read and write, to draw.
PACKAGES  = gcc libc6-dev make
PACKAGES += libcsv-dev libyaml-dev libpcre2-dev zlib1g-dev nettle-dev libjansson-dev libxlsxwriter-dev
PACKAGES += gnuplot-nox fonts-dejavu-core
# What only the tests need: unit and case tests; an independent spreadsheet; the checks of the sources.
PACKAGES_CHECK  = libcmocka-dev perl python3 python3-yaml python3-html5lib lp-solve
PACKAGES_OFFICE = libreoffice-calc-nogui python3-openpyxl $(PACKAGES_CHECK)
PACKAGES_LINT   = python3

# Which folder sees which: its own and those to its left. Folders joined by `:` do not see each other.
# Two folders see less or are seen less than that. `make lint` holds every #include against this.
LAYERS       = base < unit < model < input : rating : supply : forecast < ledger < plan : sim < run < report < main
SEES_ONLY    = report=base,unit,model
SEEN_ONLY_BY = input=main

flags_release = -O3 -g
flags_debug   = -O0 -g3
flags_asan    = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
flags_tsan    = -O1 -g -fsanitize=thread
flags_cov     = -O0 -g --coverage
ifeq ($(flags_$(MODE)),)
$(error MODE is one of release, debug, asan, tsan, cov)
endif

# Results are to be the same everywhere: no -ffast-math, no fused multiply-add, no -march.
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
           -Wcast-qual -Wvla $(if $(filter 1,$(WERROR)),-Werror)
CFLAGS   = -std=c11 -D_GNU_SOURCE -Isrc $(flags_$(MODE)) -ffp-contract=off $(WARNINGS) -MMD -MP
LIBS     = -lcsv -lxlsxwriter -lpcre2-8 -lyaml -lz -lnettle -ljansson -lm

BUILD   = build/$(MODE)
PROGRAM = $(BUILD)/rackrate
LIBRARY = $(BUILD)/librackrate.a
SOURCES = $(wildcard src/*.c src/*/*.c)
OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o)
UNIT    = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
BENCH   = $(patsubst %.c,$(BUILD)/%,$(wildcard bench/*.c))
MANUALS = $(wildcard docs/*.[15] docs/*/*.[15])

# An independent reckoning of the same studies, where it is there.
ORACLE = $(wildcard tests/oracle/run)
# Claims that hold for any study, on random ones.
PROPERTIES = $(wildcard tests/properties/run)
# The robustness tests drive the finished program; under a sanitizer unit and case tests are enough.
ROBUST = $(if $(filter release debug,$(MODE)),tests/robust/run)
PICTURES = $(if $(filter release debug,$(MODE)),tests/pictures/run tests/pictures/gallery)
# A finding of a sanitizer has an exit status that is none of the program's own.
export ASAN_OPTIONS = exitcode=99
export UBSAN_OPTIONS = print_stacktrace=1:exitcode=99
export TSAN_OPTIONS = exitcode=99
export RACKRATE = $(PROGRAM)

# These goals install what they need; a plain `make` installs nothing.
wants_packages     = $(PACKAGES) $(PACKAGES_OFFICE)
wants_demo         = $(PACKAGES)
wants_gallery      = $(PACKAGES)
wants_check        = $(PACKAGES) $(PACKAGES_CHECK)
wants_check-office = $(PACKAGES) $(PACKAGES_OFFICE)
wants_lint         = $(PACKAGES_LINT)
WANTED  = $(sort $(foreach goal,$(MAKECMDGOALS),$(wants_$(goal))))
PREPARE = $(if $(WANTED),packages)

all: $(PROGRAM)

$(PROGRAM): $(BUILD)/src/main.o $(LIBRARY)
	@echo "  link     $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(LIBRARY): $(filter-out $(BUILD)/src/main.o,$(OBJECTS))
	@echo "  archive  $@"
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile | $(PREPARE)
	@mkdir -p $(@D)
	@echo "  compile  $<"
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

$(UNIT): LIBS += -lcmocka
$(UNIT) $(BENCH): $(BUILD)/%: $(BUILD)/%.o $(LIBRARY)
	@echo "  link     $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

demo: all
	$(PROGRAM) run studies/black-friday-2014.yml -f
	@echo; echo "Written:"; find reports/black-friday-2014 -type f | sort | sed 's/^/  /'

gallery: all
	tests/pictures/gallery write

check: all $(UNIT)
	CMOCKA_MESSAGE_OUTPUT=TAP prove -j2 -e '' $(UNIT) tests/run-cases $(ORACLE) $(PROPERTIES) $(ROBUST) $(PICTURES)

check-office: all
	prove -e '' tests/office/run tests/office/edited

lint: $(PREPARE)
	@status=0; \
	tests/lint/layers '$(LAYERS)' '$(SEES_ONLY)' '$(SEEN_ONLY_BY)' || status=1; \
	tests/lint/headers || status=1; \
	tests/lint/style || status=1; \
	exit $$status

bench: all $(BENCH)
	@for bench in $(BENCH); do echo "== $$bench"; $$bench || exit 1; done
	@echo "== bench/highs"; bench/highs 2190 4

install: all
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/rackrate
	for page in $(MANUALS); do \
	    install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; done

packages:
	@command -v dpkg-query >/dev/null || { echo "Not Debian: install the likes of $(WANTED)"; exit 0; }; \
	missing=; for package in $(WANTED); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q ' installed$$' || missing="$$missing $$package"; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	[ "$$(id -u)" = 0 ] && sudo= || sudo="sudo "; \
	echo "Missing Debian packages. About to run: $${sudo}apt-get update, then $${sudo}apt-get install$$missing"; \
	[ -z "$$sudo" ] || command -v sudo >/dev/null || { echo "There is no sudo: do it as root, then again."; exit 1; }; \
	$$sudo apt-get -q update; \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $$missing

clean:
	rm -rf build

help:
	@echo "make                the program, build/release/rackrate"
	@echo "make demo           installs what is missing, builds, runs the study of a shop before Black Friday 2014"
	@echo "make gallery        draws the pictures of the README again, into reports/gallery"
	@echo "make check          installs what is missing, runs every test and counts them"
	@echo "make check-office   recalculates every workbook with LibreOffice and compares (after installing it)"
	@echo "make lint           layers, headers and style of the sources"
	@echo "make bench          measures"
	@echo "make install        program and manual pages below PREFIX ($(PREFIX)); DESTDIR is obeyed"
	@echo "make packages       installs all Debian packages that any of these need"
	@echo "make clean          removes build/"
	@echo "MODE=release|debug|asan|tsan|cov (now $(MODE)), WERROR=1: warnings are errors, Q=: show commands"

.PHONY: all demo gallery check check-office lint bench install packages clean help
.SECONDARY:
-include $(wildcard $(BUILD)/src/*.d $(BUILD)/src/*/*.d $(BUILD)/tests/unit/*.d $(BUILD)/bench/*.d)
