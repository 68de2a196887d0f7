"""From the command to the first page, on a made data folder: the server in a process of its own.

Baseline in the same run: an interpreter that imports what every page needs (Flask, SQLModel) and ends.
Run with ``make bench``; the ratio is the group's last column.
"""

import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings

CODE = "from web.cli import main; main()"


def serve_until_first_page(root: Path, home: Path) -> set[str]:
    """Start ``shisaku serve``, wait for the address it prints, fetch the login page; the modules are not loaded yet."""
    environment = {**os.environ, "SHISAKU_HOME": str(home), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", CODE, "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[0]
            with urllib.request.urlopen(f"{address}login", timeout=30) as page:
                assert page.status == 200
            return set(loaded_libraries(server.pid))
        finally:
            server.terminate()


def loaded_libraries(pid: int) -> list[str]:
    maps = Path(f"/proc/{pid}/maps")
    return maps.read_text().split() if maps.exists() else []


@pytest.mark.benchmark(group="start")
def test_command_to_first_page(benchmark: Any, city: Settings, root: Path) -> None:
    loaded = benchmark.pedantic(serve_until_first_page, (root, city.home), rounds=5, warmup_rounds=1)
    assert not [path for path in loaded if "/torch/" in path or "/chromadb" in path]


@pytest.mark.benchmark(group="start")
def test_baseline_interpreter_with_imports(benchmark: Any, root: Path) -> None:
    command = [sys.executable, "-c", "import flask, sqlmodel"]
    benchmark.pedantic(subprocess.run, (command,), {"check": True, "cwd": root}, rounds=5, warmup_rounds=1)
