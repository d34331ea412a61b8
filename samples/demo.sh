#!/bin/sh
# A session on the invented assessments beside this file, in a ledger of its own.
# Run it with `make demo`, which puts `kaitei` on PATH.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
export KAITEI_DB="sqlite:///$work/kaitei.db"

# Prints the command, then runs it.
run() {
    printf '$ %s\n' "$*"
    "$@"
    echo
}

# The same for `validate`, whose status 1 says that it found something.
run_findings() {
    printf '$ %s\n' "$*"
    "$@" || [ $? -eq 1 ]
    echo
}

run kaitei import samples/kasumino/*.txt samples/minatogawa/*.txt
run kaitei list

# TODO: show (as of two dates), changes, and `run_findings kaitei validate …` go here.
