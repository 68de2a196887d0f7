"""The house itself: nothing heavy at import, everything documented, nothing loaded from outside."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from corpus import messages
from corpus.form import COST_BY_KEY, SECTION_KEYS
from corpus.importers.json import read_json
from corpus.settings import Settings
from corpus.sheetfile import CostEntry
from web.cli import cli

ROOT = Path(__file__).parents[1]
HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "tokenizers",
    "chromadb",
    "sudachipy",
    "onnxruntime",
    "openpyxl",
)
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("module", ["web.cli", "web.app", "assistant.chat", "assistant.comparing", "corpus.index.lazy"])
def test_nothing_heavy_is_imported_at_start(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert name.upper() in README
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("name", list(cli.commands))
def test_every_command_is_documented(name: str) -> None:
    assert f"shisaku {name}" in README


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    headings = re.findall(r"^## \[?([0-9.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == version


def test_a_message_has_one_home() -> None:
    homes: dict[str, str] = {}
    for path in (ROOT / "corpus/messages").glob("[a-z]*.py"):
        for name in re.findall(r"^(?:def )?([A-Za-z]\w*)(?=\(| =|:)", path.read_text("utf-8"), re.MULTILINE):
            assert homes.setdefault(name, path.name) == path.name, name
    assert set(homes) <= set(dir(messages))


def test_the_form_and_the_sheet_file_name_the_same_rows() -> None:
    assert set(COST_BY_KEY) == set(CostEntry.model_fields)
    assert len(SECTION_KEYS) == 10


def test_the_documented_sheet_file_is_one() -> None:
    text = (ROOT / "docs/sheet-file.md").read_text("utf-8")
    example = re.search(r"```json\n(.+?)```", text, re.DOTALL)
    assert example
    assert read_json(example[1]).sheet.indicators[0].decimals == 1
    words = set(re.findall(r"`([a-z_0-9.]+)`", text))
    assert set(SECTION_KEYS) | set(CostEntry.model_fields) <= words


def test_pages_load_nothing_from_outside() -> None:
    loading = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import""")
    for path in (*(ROOT / "web/templates").rglob("*.html"), *(ROOT / "web/static").glob("*.*")):
        assert not loading.search(path.read_text("utf-8")), path


def test_dependencies_are_pinned_for_make_and_docker() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    assert {re.split(r"[<>=\[]", name)[0].lower() for name in wanted} <= pinned
    assert "://" not in (ROOT / "constraints.txt").read_text("utf-8")
