"""A renamed indicator: the proposal is accepted with a click, and the draft then speaks of last year's value."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.serving import follow
from tests.browser.test_whole_way import ask, import_files

MakeObject = Callable[..., dict[str, Any]]
OLD, NEW = "就職につながった人の数", "就労支援により就職した人の数"


def test_a_proposal_is_accepted_and_the_draft_knows_last_year(
    page: Page, address: str, make_object: MakeObject, tmp_path: Path
) -> None:
    before, after = make_object(2022), make_object(2023, sections={})
    entry = after["indicators"][2]
    entry["name"] = NEW
    # the sheet prints one past value of it (令和3年度), but not last year's
    del entry["values"]["2022"]
    file = tmp_path / "sheets.jsonl"
    file.write_text("\n".join(json.dumps(sheet, ensure_ascii=False) for sheet in (before, after)), "utf-8")
    import_files(page, address, file)
    follow(page.get_by_role("row", name=re.compile("令和5年度")).get_by_role("link", name="地域福祉の推進"))
    expect(ask(page, "展開方向2の成果実績を下書きして")).not_to_contain_text("令和4年度の52人")

    follow(page.get_by_role("navigation", name="シートのページ").get_by_role("link", name="年度間のつながり"))
    proposal = page.locator(".proposal")
    expect(proposal).to_have_count(1)
    expect(proposal).to_contain_text(f"令和4年度までの「{OLD}」の実績")
    expect(proposal).to_contain_text("前年度の値として使われます")
    proposal.get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="つながりを保存しました")).to_be_visible()
    expect(page.locator(".proposal")).to_have_count(0)
    expect(page.get_by_role("row", name=re.compile(f"{NEW}.*結び付けた"))).to_be_visible()

    follow(page.get_by_role("link", name="文章", exact=True))
    reply = ask(page, "展開方向2の成果実績を下書きして")
    expect(reply.locator(".draft")).to_contain_text(NEW)
    expect(reply.locator(".draft")).to_contain_text(re.compile("令和4年度(?:の?52人)?から11人増加"))

    follow(page.get_by_role("link", name="年度間のつながり"))
    page.get_by_role("button", name=re.compile("つながりを解く")).click()
    expect(page.locator(".proposal")).to_have_count(1)
    expect(page.get_by_text("解かれたつながり（1）")).to_be_visible()


def test_by_hand_what_changes_is_shown_before_it_is_saved(
    page: Page, address: str, make_object: MakeObject, tmp_path: Path
) -> None:
    sheets = [
        make_object(2022, measure={"code": None, "name": "見守り活動"}),
        make_object(2023, measure={"code": None, "name": "居場所づくり"}),
    ]
    file = tmp_path / "sheets.jsonl"
    file.write_text("\n".join(json.dumps(sheet, ensure_ascii=False) for sheet in sheets), "utf-8")
    import_files(page, address, file)
    follow(page.get_by_role("link", name="居場所づくり"))
    sheet = page.url
    follow(page.get_by_role("link", name="年度間のつながり"))
    page.locator("summary", has_text=re.compile("^施策$")).click()
    form = page.locator("details[open] form")
    form.get_by_label("前の年度の施策").select_option(label="見守り活動（令和4年度まで）")
    form.get_by_label("どう変わったか").select_option("split")
    form.get_by_label("メモ").fill("組織改正")
    form.get_by_role("button", name="変わることを確かめる").click()
    expect(page.get_by_role("region", name="このつながりで変わること")).to_contain_text(
        "施策コストは、合計や按分をしない"
    )
    page.get_by_role("button", name="このつながりを保存する").click()
    expect(page.get_by_role("row", name=re.compile("居場所づくり.*見守り活動.*分割"))).to_contain_text("組織改正")
    page.goto(sheet)
    follow(page.get_by_role("link", name="‹ 令和4年度「見守り活動」"))
    expect(page.get_by_role("heading", name="見守り活動")).to_be_visible()
    page.wait_for_load_state("networkidle")
