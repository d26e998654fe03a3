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

# Floors 0-7 are the library; cli is the program on top of it.
LIB_ROOMS ?= base xml font crypto record office template doc layout html \
             pdf sign archive case
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
HYPHEN_LIBS ?= -lhyphen
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
LIBS = $(HPDF_LIBS) $(HYPHEN_LIBS) $(PKG_LIBS) -lm -pthread

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
more_src := $(sort $(wildcard tests/property/*.c tests/golden/*.c))
test_prog := $(unit_src:%.c=$(B)/%) $(more_src:%.c=$(B)/%)
support_obj := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard tests/support/*.c)))

.PHONY: all deps demo check check-long check-asan check-fault lint golden \
        bench fuzz cover docs install uninstall clean format tests

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

# Certificates and keys of invented people, for tests and the demo.
PKI = build/pki
$(PKI)/done: tests/support/pki.sh
	tests/support/pki.sh $(PKI)

tests: $(test_prog) $(PKI)/done

$(B)/tests/%: $(B)/tests/%.o $(support_obj) $(B)/libnaskah.a
	$(call say,LD $@)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) $(LDHARDEN) -o $@ $^ -lcmocka $(LIBS)

.SECONDARY:

clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
