"""横ばい: the threshold that the city set decides, and the message says it."""

from decimal import Decimal

import pytest

from assistant.checking import check_sheet, check_text
from assistant.checking.findings import Finding
from corpus.city import Tolerance
from corpus.sheetfile import SheetFile

WIDE = Tolerance(flat_share=Decimal("0.05"), flat_points=Decimal(2))
TIGHT = Tolerance(flat_share=Decimal(0), flat_points=Decimal(0))
RATE, PEOPLE = "満足している市民の割合は横ばいである。", "利用者数は前年度から横ばいで推移した。"


def _sheet(rate: float = 60.5, people: int = 1030) -> SheetFile:
    indicators = [
        {"id": "1-ア", "kind": "outcome", "name": "満足している市民の割合", "unit": "％", "better": "higher",
         "values": {"2022": {"actual": 60.0}, "2023": {"actual": rate}}},
        {"id": "1-イ", "kind": "outcome", "name": "利用者数", "unit": "人", "better": "higher",
         "values": {"2022": {"actual": 1000}, "2023": {"actual": people}}},
    ]  # fmt: skip
    return SheetFile.model_validate({"fiscal_year": 2023, "measure": {"name": "施策"}, "indicators": indicators})


def _found(text: str, sheet: SheetFile, *tolerance: Tolerance) -> Finding:
    (found,) = check_text(text, "6.1.results", sheet, (), *tolerance)
    return found


@pytest.mark.parametrize(
    ("text", "sheet", "tolerance", "verdict", "says"),
    [
        (RATE, _sheet(rate=60.5), Tolerance(), "match", "変化は0.5ポイントで、0.5ポイント以内"),
        (RATE, _sheet(rate=60.6), Tolerance(), "mismatch", "変化は0.6ポイントで、0.5ポイント以内"),
        (RATE, _sheet(rate=60.6), WIDE, "match", "2ポイント以内"),
        (RATE, _sheet(rate=60.5), TIGHT, "mismatch", "0ポイント以内"),
        (RATE, _sheet(rate=60.0), TIGHT, "match", "0ポイント以内"),
        (PEOPLE, _sheet(people=1020), Tolerance(), "match", "変化は2％で、2％以内"),
        (PEOPLE, _sheet(people=1030), Tolerance(), "mismatch", "変化は3％で、2％以内"),
        (PEOPLE, _sheet(people=1030), WIDE, "match", "5％以内"),
        (PEOPLE, _sheet(people=951), WIDE, "match", "変化は4.9％"),
    ],
)
def test_the_setting_decides_and_is_said(
    text: str, sheet: SheetFile, tolerance: Tolerance, verdict: str, says: str
) -> None:
    found = _found(text, sheet, tolerance)
    assert found.verdict == verdict
    assert says in found.message


def test_the_default_holds_where_nothing_is_given() -> None:
    assert _found(RATE, _sheet(rate=60.6)).verdict == "mismatch"
    assert _found(RATE, _sheet(rate=60.4)).verdict == "match"


def test_a_whole_check_takes_it() -> None:
    sheet = _sheet(rate=61.0).model_copy(update={"sections": {"6.1.results": RATE}})
    verdicts = [
        [found.verdict for found in check_sheet(sheet, tolerance=tolerance).findings if found.section != "table"]
        for tolerance in (Tolerance(), WIDE)
    ]
    assert verdicts == [["mismatch"], ["match"]]


def test_a_flat_streak_says_it_too() -> None:
    entry = {"id": "1-イ", "kind": "outcome", "name": "利用者数", "unit": "人",
             "values": {"2021": {"actual": 1000}, "2022": {"actual": 1010}, "2023": {"actual": 1015}}}  # fmt: skip
    sheet = SheetFile.model_validate({"fiscal_year": 2023, "measure": {"name": "施策"}, "indicators": [entry]})
    (found,) = check_text("利用者数は2年連続で横ばいである。", "6.1.results", sheet)
    assert found.verdict == "match"
    assert "2％以内の変化を横ばい" in found.message
