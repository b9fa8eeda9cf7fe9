# Every target does its own set-up on a fresh Debian 12 machine with a Swift toolchain.

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES := build-essential libprotobuf-c-dev protobuf-c-compiler libusb-1.0-0-dev libsqlite3-dev libxkbcommon-dev \
	xkb-data libqrencode-dev zlib1g-dev libcurl4-openssl-dev libhpdf-dev libzip-dev pkg-config
PACKAGING_PACKAGES := dpkg-dev patchelf
TEST_PACKAGES := $(PACKAGES) $(PACKAGING_PACKAGES) protobuf-compiler python3-venv qemu-system-x86 seabios busybox-static \
	udev kmod cpio testssl.sh chromium poppler-utils zbar-tools libnss3-tools avahi-daemon avahi-utils dbus iproute2 \
	debootstrap lintian systemd-container man-db
BENCH_PACKAGES := $(PACKAGES) nghttp2-client redis-server sqlite3 wrk protobuf-compiler python3-venv qemu-system-x86 \
	seabios busybox-static udev kmod cpio
SWIFT_SOURCES := Package.swift Sources Tests

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: setup ## Show the main job: a scan becomes a customer in the basket
	@swift build --product countertop
	@.build/debug/countertop try

.PHONY: build
build: setup ## Build everything, optimised
	swift build -c release --product countertop

.PHONY: test
test: test-setup ## Run every test, the USB lab included
	@Tests/run

.PHONY: bench
bench: bench-setup ## Measure, and print "name value unit" lines
	@swift build -c release --product countertop-bench --scratch-path .build-bench
	@swift build -c release --package-path Tests/Peers --scratch-path .build-peers
	@.build-bench/release/countertop-bench
	@swift build -c release --product countertop --scratch-path .build-bench
	@Tests/Lab/figures .build-bench/release/countertop

.PHONY: fuzz
fuzz: setup ## Fuzz a decoder: make fuzz TARGET=WireFrames SECONDS=60
	@Tests/Fuzz/run $(TARGET) $(SECONDS)

.PHONY: abuse
abuse: setup ## Misbehave beside a polite till: make abuse SECONDS=30
	@swift build -c release --product countertop
	@Tests/Abuse/abuse.py .build/release/countertop --seconds $(or $(SECONDS),10) --strict

.PHONY: crash
crash: setup ## Kill an edge and cut its tills off, and look for lost scans: make crash ROUNDS=1000
	@swift build -c release --product countertop
	@Tests/Crash/crash.py .build/release/countertop --rounds $(or $(ROUNDS),5000)

.PHONY: package
package: setup ## Build the Debian package: make package MAINTAINER="Name <name@example.com>"
	@$(call install,$(PACKAGING_PACKAGES))
	swift build -c release --product countertop
	@MAINTAINER="$(MAINTAINER)" packaging/build .build/release/countertop .build/package

.PHONY: soak
soak: setup ## Let an edge live for long with all that goes wrong in a store: make soak MINUTES=480
	@swift build -c release --product countertop && swift build -c release --product countertop-soak
	@$(SUDO) Tests/Soak/soak.py .build/release/countertop --minutes $(or $(MINUTES),60)

.PHONY: faults
faults: setup ## Kill and fail the work on a store's files at every write: make faults CALLS=2000, or EVERY=1
	@swift build -c release --product countertop-faults
	@Tests/Faults/sweep.py .build/release/countertop-faults $(if $(EVERY),--every,--calls $(or $(CALLS),500))

.PHONY: model
model: setup ## Compare a store's files with a plain model through faults: make model STEPS=1000000 SEED=1
	@swift build -c release --product countertop-faults
	@.build/release/countertop-faults model $(or $(STEPS),1000000) $(SEED)

.PHONY: power-cuts
power-cuts: setup ## Open a store's files as power cuts leave them: make power-cuts IMAGES=20000 SEED=1
	@swift build -c release --product countertop-faults
	@.build/release/countertop-faults power-cuts $(or $(IMAGES),20000) $(SEED)

.PHONY: damage
damage: setup ## Start on files that a bad disk has damaged: make damage FILES=20000 SEED=1
	@swift build -c release --product countertop-faults
	@.build/release/countertop-faults damage $(or $(FILES),20000) $(SEED)

.PHONY: announce
announce: ## Have Avahi announce the edge of this machine
	$(if $(DESTDIR),,$(SUDO)) install -D -m 644 packaging/avahi/countertop.service \
		$(DESTDIR)/etc/avahi/services/countertop.service

.PHONY: lint
lint: ## Check the style of every Swift file
	swift format lint --strict --recursive --parallel $(SWIFT_SOURCES)

.PHONY: format
format: ## Put every Swift file into the house style
	swift format --in-place --recursive --parallel $(SWIFT_SOURCES)

.PHONY: protos
protos: setup ## Generate Sources/CCountertopProtos from Protos
	Protos/generate Sources/CCountertopProtos

.PHONY: rules
rules: setup ## Make udev/60-countertop.rules from the device table
	@swift build --product countertop
	@.build/debug/countertop udev-rules > udev/60-countertop.rules

.PHONY: setup test-setup bench-setup
setup:
	@$(call install,$(PACKAGES))
test-setup:
	@$(call install,$(TEST_PACKAGES))
bench-setup:
	@$(call install,$(BENCH_PACKAGES))

# Installs what is missing of $(1), and asks for nothing when nothing is.
define install
missing=$$(for package in $(1); do dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	|| echo $$package; done); \
if [ -n "$$missing" ]; then echo "Installing" $$missing; $(SUDO) apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; fi
endef
