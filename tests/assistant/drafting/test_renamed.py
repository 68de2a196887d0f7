"""An indicator that a person's link says was renamed: drafts, the checker and the table see one series."""

from typing import Any

import pytest

from assistant.checking import check_sheet, check_text
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from assistant.facts import standings
from corpus.lineage import IndicatorTie, Ties, as_continued, matches
from corpus.sheetfile import SheetFile

OLD, NEW = "マニュアルを整備した避難所の数", "協議会を設置しマニュアルを整備した避難所数"


def sheet(year: int, name: str, actuals: dict[int, int], text: str = "", unit: str = "か所") -> SheetFile:
    values: dict[str, Any] = {str(at): {"actual": value, "target": 30} for at, value in actuals.items()}
    entry = {"id": "2-ア", "kind": "outcome", "direction": 2, "label": "ア", "name": name, "unit": unit}
    return SheetFile.model_validate(
        {
            "fiscal_year": year,
            "measure": {"code": "41", "name": "災害に強いまちづくり"},
            "directions": [{"number": 2, "name": "避難所の備え"}],
            "indicators": [{**entry, "better": "higher", "decimals": 0, "values": values}],
            "sections": {"6.1.results": text},
        }
    )


# the new sheet prints no past value: only over the link is it known
LATER = sheet(2022, NEW, {2022: 15})
EARLIER = sheet(2021, OLD, {2020: 10, 2021: 12}, f"・{OLD}は12か所となり、前年度から2か所増加した。")


def linked(later: SheetFile = LATER, earlier: SheetFile = EARLIER, kind: str = "renamed") -> SheetFile:
    tie = IndicatorTie(1, "2-ア", later.fiscal_year, 1, "2-ア", kind)
    return as_continued(earlier, later, matches(later, 1, 1, earlier.fiscal_year, Ties((), (tie,))))


def test_the_figures_know_last_year_over_the_link_only() -> None:
    (alone,) = standings(LATER, "outcome", earlier=[EARLIER])
    assert alone.previous is None
    (found,) = standings(LATER, "outcome", earlier=[linked()])
    assert found.change is not None
    assert (found.change.base_year, found.change.printed) == (2021, "3か所")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (f"{NEW}は、前年度の12か所であった。", "match"),
        (f"{NEW}は、前年度の11か所であった。", "mismatch"),
        (f"{NEW}は、前年度から3か所増加した。", "match"),
        (f"{NEW}は、前年度から4か所増加した。", "mismatch"),
        (f"{OLD}は、令和3年度は12か所であった。", "match"),
    ],
)
def test_the_checker_judges_what_is_said_of_last_year(text: str, verdict: str) -> None:
    def verdicts(earlier: SheetFile) -> set[str]:
        return {finding.verdict for finding in check_text(text, "6.1.results", LATER, [earlier])}

    assert verdict in verdicts(linked())
    assert verdicts(EARLIER) <= {"unsupported", "ambiguous"}, "without the link nothing is known of last year"


def test_a_changed_past_is_found_over_the_link() -> None:
    later = sheet(2022, NEW, {2021: 13, 2022: 15})
    assert not [f for f in check_sheet(later, [EARLIER]).findings if f.section == "table" and f.verdict == "mismatch"]
    (found,) = [f for f in check_sheet(later, [linked(later)]).findings if f.verdict == "mismatch"]
    assert (found.indicator, found.year, found.stated, found.expected) == ("2-ア", 2021, 13, 12)


def test_a_draft_carries_last_years_sentence_under_the_new_name() -> None:
    alone, _ = draft_section(DraftRequest(LATER, EARLIER, "6.1.results"))
    assert "3か所" not in alone.text
    made, findings = draft_section(DraftRequest(LATER, linked(), "6.1.results"))
    assert f"{NEW}は15か所となり、前年度から3か所増加した。" in made.text
    assert OLD not in made.text
    assert not [finding for finding in findings if finding.verdict == "mismatch"]


@pytest.mark.parametrize("kind", ["split", "merged"])
def test_over_a_split_or_merge_no_value_is_taken(kind: str) -> None:
    seen = linked(kind=kind)
    (found,) = standings(LATER, "outcome", earlier=[seen])
    assert found.previous is None
    made, _ = draft_section(DraftRequest(LATER, seen, "6.1.results"))
    assert "12か所" not in made.text
    assert "15か所" in made.text
