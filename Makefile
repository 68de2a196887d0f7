# make install: .venv with everything; make run: the sample city in the browser; make test; make check
PYTHON ?= python3
EXTRAS ?= dev,embedding,openai
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: install run test check format bench clean

install: $(VENV)/installed

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[$(EXTRAS)]"
	touch $@

run: install
	$(BIN)/shisaku demo --port $(PORT)

test: install
	$(BIN)/pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install
	$(BIN)/pytest tests/bench --benchmark-enable --benchmark-only

clean:
	rm -rf $(VENV) build *.egg-info
