"""A page on a slow network, in a real browser: what is pressed before its scripts have come is not lost."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.serving import follow
from tests.browser.test_whole_way import import_files


def test_a_button_pressed_before_the_scripts_came_works_once(
    page: Page, address: str, make_object: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "福祉.json"
    file.write_text(json.dumps(make_object(2024, sections={}), ensure_ascii=False), "utf-8")
    import_files(page, address, file)
    follow(page.get_by_role("link", name="地域福祉の推進"))
    held: list[Route] = []
    page.route("**/static/editor.js", lambda route: held.append(route))
    page.goto(page.url, wait_until="commit")
    section = page.locator("[data-section='6.1.results']")
    section.get_by_role("button", name="書く", exact=True).click()
    expect(section.locator("textarea[name=text]")).to_be_hidden()
    ends = time.monotonic() + 10
    while not held and time.monotonic() < ends:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(section.locator("textarea[name=text]")).to_be_visible()
    expect(section.locator("textarea[name=text]")).to_be_focused()
