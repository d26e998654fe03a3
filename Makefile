# naskah: make demo | make check | make lint | make bench | make install
# Everything made lies under build/. See README.md.

PROFILE ?= release
PREFIX ?= /usr/local
CC ?= cc
PKG_CONFIG ?= pkg-config

B := build/$(PROFILE)

# V=1 shows the commands.
ifndef V
Q = @
say = @echo '  $(1)'
endif
VERSION := $(shell cat VERSION)
datadir = $(PREFIX)/share/naskah
bindir = $(PREFIX)/bin
mandir = $(PREFIX)/share/man

# Floors 0 to 8 are the library; cli is the program on top of it.
LIB_ROOMS ?= base xml font crypto record office template doc layout html \
             pdf cos sign archive case
PROGRAM_ROOMS ?= cli

STD = -std=c11 -D_POSIX_C_SOURCE=200809L -Isrc
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wformat=2 \
       -Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wwrite-strings \
       -Wpointer-arith -Wconversion -Werror=implicit-function-declaration \
       -Werror=incompatible-pointer-types -Werror=int-conversion \
       -Werror=return-type -Werror=format-security -Werror=switch -Werror=vla
ifdef WERROR
WARN += -Werror
endif
HARDEN = -fstack-protector-strong -fPIE
LDHARDEN = -pie -Wl,-z,relro,-z,now,-z,noexecstack

CFLAGS_release = -O2 -g -D_FORTIFY_SOURCE=2
CFLAGS_debug = -O0 -g3
CFLAGS_asan = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
              -fno-omit-frame-pointer
CFLAGS_cover = -O0 -g --coverage
CFLAGS_fuzz = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
              -fno-sanitize-recover=all
ifeq ($(PROFILE),fuzz)
CC := clang
endif

PKGS = libxml-2.0 harfbuzz harfbuzz-subset libsodium libpng libqrencode zlib \
       libcrypto sqlite3
HPDF_LIBS ?= -lhpdf
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
LIBS = $(HPDF_LIBS) $(PKG_LIBS) -pthread

ALL_CFLAGS = $(STD) $(WARN) $(HARDEN) $(CFLAGS_$(PROFILE)) $(CFLAGS) \
             $(PKG_CFLAGS) -pthread
# What is generated: text files as C strings.
gen := $(B)/gen/archive_schema.inc
DEFS = -I$(B)/gen -DNK_VERSION='"$(VERSION)"' -DNK_DATADIR='"$(datadir)"'

lib_src := $(foreach r,$(LIB_ROOMS),$(sort $(wildcard src/$(r)/*.c)))
prog_src := $(foreach r,$(PROGRAM_ROOMS),$(sort $(wildcard src/$(r)/*.c)))
lib_obj := $(lib_src:%.c=$(B)/%.o)
prog_obj := $(prog_src:%.c=$(B)/%.o)
unit_src := $(foreach r,$(LIB_ROOMS) $(PROGRAM_ROOMS),\
              $(sort $(wildcard tests/unit/$(r)_*.c)))
more_src := $(sort $(wildcard tests/property/*.c))
test_prog := $(unit_src:%.c=$(B)/%) $(more_src:%.c=$(B)/%)
fault_prog := $(patsubst %.c,$(B)/%,$(sort $(wildcard tests/fault/*.c)))
fuzz_src := $(filter-out tests/fuzz/main.c,$(sort $(wildcard tests/fuzz/*.c)))
fuzz_prog := $(fuzz_src:%.c=$(B)/%)
conform_obj := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tests/conform/*.c)))
support_obj := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tests/support/*.c)))
shell_tests := tests/gates/selftest.sh tests/gates/run-selftest.sh \
               tests/golden/golden.sh $(sort $(wildcard tests/cli/*.sh))
loop_tests := $(filter %archive_faults %base_file,$(test_prog)) \
              $(sort $(wildcard tests/cli/batch-*.sh))
c_files := $(sort $(wildcard src/*.h src/*/*.[ch] tests/*/*.[ch]))

# Replaying needs a main; looking for new inputs brings its own.
ifeq ($(PROFILE),fuzz)
FUZZ_LINK = -fsanitize=fuzzer
else
replay_main = $(B)/tests/fuzz/main.o
endif

CLANG_FORMAT ?= clang-format
CLANG_TIDY ?= clang-tidy
CPPCHECK ?= cppcheck

.PHONY: all deps demo demo-installed check check-installed check-long \
        check-asan check-asan-installed check-loops-installed check-fault \
        fault replay lint lint-installed golden bench bench-installed fuzz \
        docs gallery gallery-installed cover install uninstall clean format tests

all: $(B)/naskah

$(B)/gen/archive_schema.inc: archive/schema.sql
	@mkdir -p $(@D)
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' $< > $@

$(B)/%.o: %.c | $(gen)
	@mkdir -p $(@D)
	$(call say,CC $<)
	$(Q)$(CC) $(ALL_CFLAGS) $(DEFS) -MMD -MP -c -o $@ $<

$(B)/libnaskah.a: $(lib_obj)
	$(call say,AR $@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(B)/naskah: $(prog_obj) $(B)/libnaskah.a
	$(call say,LD $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LDHARDEN) -o $@ $^ $(LIBS)

# ---- Tests ------------------------------------------------------------------

# Certificates and keys of invented people, for tests and the demo.
PKI = build/pki
$(PKI)/done: tests/support/pki.sh
	tests/support/pki.sh $(PKI)

tests: $(test_prog) $(B)/tests/conform/conform $(PKI)/done

# The judge of finished papers: see tests/conform/conform.h.
$(B)/tests/conform/conform: $(conform_obj) $(B)/libnaskah.a
	$(call say,LD $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LDHARDEN) -o $@ $^ $(LIBS)

$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(replay_main) $(support_obj) \
                   $(B)/libnaskah.a
	$(call say,LD $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) $(LDFLAGS) $(LDHARDEN) -o $@ $^ \
	    -lcmocka $(LIBS)

# Allocations fail on demand: see tests/support/oom.h.
$(B)/tests/fault/%: LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

$(B)/tests/%: $(B)/tests/%.o $(support_obj) $(B)/libnaskah.a
	$(call say,LD $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LDHARDEN) -o $@ $^ -lcmocka $(LIBS)

# What runs in one go and is counted in one line. The corpus of every fuzz
# target is replayed with the sanitizers.
check: deps
	$(Q)$(MAKE) --no-print-directory check-installed

check-installed: all tests fault
	$(Q)$(MAKE) --no-print-directory PROFILE=asan replay
	$(Q)NK_REPLAY=build/asan tests/run -b $(B) $(test_prog) $(fault_prog) \
	    $(shell_tests) $(fuzz_prog:$(B)/%=build/asan/%)

# Every unit and property test under the sanitizers, long loops.
check-long: deps
	$(Q)$(MAKE) --no-print-directory PROFILE=asan check-asan-installed
	$(Q)$(MAKE) --no-print-directory check-loops-installed

check-asan: deps
	$(Q)$(MAKE) --no-print-directory PROFILE=asan check-asan-installed

check-asan-installed: all tests
	tests/run -t 900 -b $(B) $(test_prog)

check-loops-installed: all tests
	NK_KILLS=300 NK_LONG=1 tests/run -t 1200 -b $(B) $(loop_tests)

check-fault: deps
	$(Q)$(MAKE) --no-print-directory fault
	tests/run -b $(B) $(fault_prog)

fault: $(fault_prog)

replay: $(fuzz_prog)

# make fuzz T=pdf S=600: look for new inputs with libFuzzer.
S ?= 60
fuzz:
	$(Q)tests/support/deps.sh $(PACKAGES) $(FUZZ_PACKAGES)
	$(Q)$(MAKE) --no-print-directory PROFILE=fuzz build/fuzz/tests/fuzz/$(T)
	@mkdir -p build/fuzz/found/$(T)
	build/fuzz/tests/fuzz/$(T) -max_total_time=$(S) -timeout=10 \
	    build/fuzz/found/$(T) tests/fuzz/corpus/$(T)

golden: all
	NK_BUILD=$(B) tests/golden/golden.sh --rewrite

lint: deps
	$(Q)$(MAKE) --no-print-directory lint-installed

lint-installed: $(B)/libnaskah.a $(B)/naskah
	tests/gates/layers
	tests/gates/sizes
	tests/gates/messages
	tests/gates/words
	tests/gates/symbols $(B)
	tests/gates/docs $(B)
	$(CLANG_FORMAT) -style=file --dry-run -Werror $(c_files)
	$(CPPCHECK) --quiet --std=c11 --error-exitcode=1 -j2 -Isrc $(DEFS) \
	    -DHPDF_MAJOR_VERSION=2 -DHPDF_MINOR_VERSION=3 src
	printf '%s\n' $(lib_src) $(prog_src) | xargs -P2 -I{} \
	    $(CLANG_TIDY) --quiet {} -- $(STD) $(DEFS) $(PKG_CFLAGS) 2>/dev/null

bench: deps
	$(Q)$(MAKE) --no-print-directory bench-installed

bench-installed: $(B)/tests/bench/bench $(B)/naskah $(PKI)/done
	$(B)/tests/bench/bench $(B)/naskah

cover:
	$(Q)$(MAKE) --no-print-directory PROFILE=cover all tests
	tests/run -b build/cover $(test_prog:$(B)/%=build/cover/%)
	cd build/cover && gcov -r -s ../.. $$(find . -name '*.gcda') | \
	    grep -A1 "^File 'src/" || true

format:
	$(CLANG_FORMAT) -style=file -i $(c_files)

# ---- Demo, dependencies, installing -------------------------------------------

demo: deps
	$(Q)$(MAKE) --no-print-directory demo-installed

demo-installed: all $(PKI)/done
	tests/support/demo.sh $(B)/naskah $(PKI) build/demo

# The guides for authors: every example compiles, and nothing is left out.
docs: all
	tests/gates/docs $(B)

# Every paper blank and filled under build/gallery; docs/gallery.md and its
# pictures are written anew.
gallery: deps
	$(Q)$(MAKE) --no-print-directory gallery-installed

gallery-installed: all
	tests/support/gallery.sh $(B)/naskah build/gallery docs

# All from Debian 12. What is there already is left alone.
PACKAGES = build-essential pkg-config libhpdf-dev libxml2-dev libsqlite3-dev \
           zlib1g-dev libharfbuzz-dev hyphen-id \
           fonts-liberation libssl-dev libsodium-dev libpng-dev \
           libqrencode-dev libcmocka-dev openssl qpdf poppler-utils \
           mupdf-tools libnss3-tools man-db clang-format clang-tidy cppcheck \
           netpbm pdftk-java default-jre-headless libpdfbox2-java \
           libactivation-java libjaxb-api-java
FUZZ_PACKAGES = clang libclang-rt-14-dev
deps:
	$(Q)tests/support/deps.sh $(PACKAGES)

install: all
	install -d $(DESTDIR)$(bindir) $(DESTDIR)$(mandir)/man1
	install -m 755 $(B)/naskah $(DESTDIR)$(bindir)/naskah
	install -m 644 docs/naskah.1 $(DESTDIR)$(mandir)/man1/naskah.1
	cd schemas && find . -type f -exec install -D -m 644 {} \
	    $(DESTDIR)$(datadir)/schemas/{} \;
	cd templates && find . -type f -exec install -D -m 644 {} \
	    $(DESTDIR)$(datadir)/templates/{} \;

uninstall:
	rm -f $(DESTDIR)$(bindir)/naskah $(DESTDIR)$(mandir)/man1/naskah.1
	rm -rf $(DESTDIR)$(datadir)

.SECONDARY:

clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
