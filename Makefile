PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

# Many tests start `kaitei` as a process: compiled once, it starts in half the time.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: install demo gallery test test-long check format benchmark compare growth mutations reliability fuzz clean

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q -c constraints.txt -e '.[dev]'
	touch $@

# A terminal session on the invented assessments of samples/.
demo: $(INSTALLED)
	PATH="$(CURDIR)/$(BIN):$$PATH" sh samples/demo.sh

test: $(INSTALLED)
	$(BIN)/pytest -n 2 -m "not long"

# Status 5 says that no test is marked `long`, which is no failure.
test-long: $(INSTALLED)
	$(BIN)/pytest -n 2 -m long || [ $$? -eq 5 ]

check: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict

# Time of import and as-of beside a plain loop; prints only.
benchmark: $(INSTALLED)
	$(BIN)/python -m benchmarks.import_and_as_of

# Kaitei beside SQLite by hand, git and others that keep the same assessments; a quarter of an hour.
compare: $(INSTALLED)
	$(BIN)/python -m benchmarks.keeping --assessments 1 200 --rounds 9 --write docs/comparison.md

# How Kaitei grows from a city to the country; three quarters of an hour.
growth: $(INSTALLED)
	$(BIN)/python -m benchmarks.keeping --assessments 200 2000 --rounds 7 --only kaitei,sqlite,kaitei-postgresql --write docs/growth.md

# What the validator finds of faults planted in invented assessments; a quarter of a minute a document.
mutations: $(INSTALLED)
	$(BIN)/python -m benchmarks.mutations 20

# Processes killed, disks filled, files cut short, writers at once; a quarter of an hour. Prints only.
reliability: $(INSTALLED)
	$(BIN)/python -m benchmarks.reliability

# The pictures of docs/gallery.md, of the samples; needs chromium and the fonts of fonts-noto-cjk.
gallery: $(INSTALLED)
	$(BIN)/python -m samples.gallery

# Hurt documents, names and files of our own, each for so many seconds; what broke a promise stays in build/fuzz.
FUZZ_SECONDS ?= 300
fuzz: $(INSTALLED)
	$(BIN)/pip install -q -c constraints.txt -e '.[fuzz]' || echo 'atheris cannot be installed here' >&2
	$(BIN)/python -m tests.fuzzing --seconds $(FUZZ_SECONDS)

format: $(INSTALLED)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf .venv build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
