"""Sheets with facts of the year, and the lines that a section makes of them."""

from typing import Any

from assistant.drafting.draft import Draft
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from corpus.sheetfile import SheetFile

DIRECTIONS = [{"number": 1, "name": "見守りの充実"}, {"number": 2, "name": "相談の充実"}]


def sheet(year: int, facts: dict[str, Any] | None = None, **more: Any) -> SheetFile:
    base = {"fiscal_year": year, "measure": {"code": "12", "name": "支え合いの推進"}, "directions": DIRECTIONS}
    return SheetFile.model_validate({**base, "facts": facts or {}, **more})


def draft_of(section: str, now: SheetFile, last: SheetFile | None = None, **more: Any) -> Draft:
    return draft_section(DraftRequest(now, last, section, **more))[0]


def lines_of(section: str, facts: dict[str, Any], **more: Any) -> list[str]:
    return draft_of(section, sheet(2024, facts), **more).text.split("\n")
