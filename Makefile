# The front door. Everything is built by Meson; these words are all there is to remember.
#
#   make run     builds, makes the sample group in ./demo if it is not there, serves it
#   make test    builds with sanitizers and runs every test
#   make check   layers, purity, style, format, analysers, headers, the threaded tests under TSan
#   make fuzz    a minute of fuzzing for each parser (SECONDS_EACH=60)
#   make bench   measures against peers; ONLY=http for one row; writes bench.json
#   make crash   10,000 power cuts and 10,000 kills
#   make cover   test coverage by gcovr
#   make build   the release binary: build/release/comity

LISTEN ?= 127.0.0.1:8080
SECONDS_EACH ?= 60
ONLY ?=
# Sound on the page of the floor, where Debian's janus is installed; JANUS= for none.
JANUS ?= $(shell command -v janus)
NINJA = ninja -C
COMITY = build/release/comity

.PHONY: run build test check fuzz bench crash cover deps deps-test dist clean

run: deps build
	@tools/make-demo $(COMITY) examples/wgec demo
	@exec $(COMITY) serve demo --demo --listen $(LISTEN) $(if $(JANUS),--janus $(JANUS))

deps:
	@tools/deps run

deps-test:
	@tools/deps test

# The binary itself is put at build/release/comity for those who rely on the name.
build: deps build/release/build.ninja
	@$(NINJA) build/release src/main/comity >build/release/build.log 2>&1 || \
		{ tail -n 60 build/release/build.log; exit 1; }
	@ln -sf src/main/comity $(COMITY)

build/release/build.ninja:
	@meson setup build/release --buildtype=release -Dhardening=true >/dev/null

build/asan/build.ninja:
	@meson setup build/asan -Db_sanitize=address,undefined -Db_lundef=false >/dev/null

build/tsan/build.ninja:
	@meson setup build/tsan --werror -Db_sanitize=thread -Db_lundef=false >/dev/null

build/clang/build.ninja:
	@CC=clang meson setup build/clang --werror >/dev/null

test: deps-test build/asan/build.ninja
	@tools/run-tests build/asan

check: deps-test build/tsan/build.ninja build/clang/build.ninja
	@tools/run-checks

fuzz: deps-test
	@tools/run-fuzz $(SECONDS_EACH) $(ONLY)

bench: deps-test build
	@tools/run-bench $(ONLY)

crash: deps-test build/asan/build.ninja
	@$(NINJA) build/asan >/dev/null
	@tools/run-crash build/asan 10000

cover: deps-test
	@tools/run-cover

dist:
	@git archive --format=tar.gz --prefix=comity/ -o comity.tar.gz HEAD && echo comity.tar.gz

clean:
	rm -rf build
