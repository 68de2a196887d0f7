"""Where the origins of a drafted sentence lead on the page."""

from decimal import Decimal

from flask import Flask

from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.drafting.stored import origin_row
from corpus.sheetfile import SheetFile
from web.pages.drafts import Ground, OriginView, sentence_view


def sheet(year: int, *counted: int) -> SheetFile:
    evidence = [{"what": "通報", "unit": "件", "figure": Decimal(at - 1980), "year": at} for at in counted]
    whole = {"fiscal_year": year, "measure": {"name": "見本の施策"}, "facts": {"evidence": evidence}}
    return SheetFile.model_validate(whole)


def shown(app: Flask, now: SheetFile, last: SheetFile) -> dict[str, list[OriginView]]:
    draft, _ = draft_section(DraftRequest(now, last, "6.1.results"))
    (told,) = [
        sentence for sentence in draft.sentences if "通報は44件で、令和5年度の43件から1件増加した" in sentence.text
    ]
    ground = Ground(now, 7, {("見本の施策", 2024): 7, ("見本の施策", 2023): 5})
    with app.test_request_context():
        view = sentence_view(told, [origin_row(origin) for origin in told.origins], draft.section, ground)
    return {chip.kind: list(chip.origins) for chip in view.chips}


def test_a_count_of_last_year_leads_to_last_years_facts(app: Flask) -> None:
    chips = shown(app, sheet(2024, 2024), sheet(2023, 2023))
    (before,) = chips["last_year"]
    assert before.title == "見本の施策 令和5年度 その年度の事実"
    assert before.quote.startswith("令和5年度　通報　43件")
    assert (before.link, before.link_label) == ("/sheets/5/facts", "事実の欄へ")
    (now,) = chips["note"]
    assert now.link.startswith("/sheets/7/facts#")


def test_a_count_of_the_year_before_among_this_sheets_facts_leads_there(app: Flask) -> None:
    chips = shown(app, sheet(2024, 2023, 2024), sheet(2023))
    assert "last_year" not in chips
    assert [view.link.split("#")[0] for view in chips["note"]] == ["/sheets/7/facts"] * 2
