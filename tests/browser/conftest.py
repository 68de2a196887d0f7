"""A real headless Chromium against the real server, both on loopback."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.database import make_engine, upgrade
from corpus.settings import Settings
from tests.browser.serving import follow, served
from tests.browser.test_whole_way import import_files
from web.app import create_app

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REQUIRED = os.environ.get("SHISAKU_REQUIRE_BROWSER") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        if REQUIRED:
            pytest.fail(f"{CHROMIUM} is required here and missing")
        pytest.skip(f"{CHROMIUM} is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def address(settings: Settings) -> Iterator[str]:
    """The demo mode of the application on an empty database, at a free port of this machine."""
    engine = make_engine(settings)
    upgrade(engine)
    engine.dispose()
    with served(create_app(settings, demo=True)) as address:
        yield address + "/"


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page of a 1366×768 notebook; what the console complains of, or loads from elsewhere, fails the test.

    It closes before the server at ``address`` does, which would complain of the connections it cuts.
    """
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="ja-JP", accept_downloads=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        # Chromium reports every refused save (409) as an error, although the page handles it
        lambda message: (
            complaints.append(message.text) if message.type == "error" and "409" not in message.text else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if "://localhost:" in request.url or request.url[:5] in ("data:", "blob:")
            else complaints.append(request.url)
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def waiting_sheet(page: Any, address: str, make_object: Callable[..., dict[str, Any]], tmp_path: Path) -> str:
    """``page`` shows a sheet without texts but with a note, two written years behind it; its address."""
    done = [{"id": "n1", "direction": 1, "text": "見守り協定の研修を2回実施。", "date": "2024-10"}]
    lines = [make_object(2022), make_object(2023), make_object(2024, sections={}, facts={"done": done})]
    file = tmp_path / "福祉.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    import_files(page, address, file)
    follow(page.get_by_role("row", name=re.compile("令和6年度")).get_by_role("link", name="地域福祉の推進"))
    return page.url
