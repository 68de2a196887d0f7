"""4.3: a fact of the year offered as the cause of an indicator's movement."""

from typing import Any

import pytest

from assistant.drafting.draft import Draft
from assistant.drafting.pipeline import draft_section
from assistant.drafting.plan import DraftRequest
from corpus.city import Manner, Writing
from corpus.sheetfile import SheetFile

OPENED = {"direction": 1, "text": "第五小学校区に二つ目の学童クラブを開所した。", "date": "2024-04"}


def sheet(done: list[dict[str, Any]], *, now: float, name: str = "学童クラブ待機児童数") -> SheetFile:
    values = {2023: {"target": 20, "actual": 38}, 2024: {"target": 12, "actual": now}}
    entry = {"id": "1-ア", "kind": "outcome", "direction": 1, "name": name, "unit": "人", "better": "lower"}
    return SheetFile.model_validate(
        {
            "fiscal_year": 2024,
            "measure": {"name": "見本の施策"},
            "directions": [{"number": 1, "name": "預かり"}],
            "indicators": [entry | {"values": values}],
            "facts": {"done": done},
        }
    )


def reasons(found: SheetFile, writing: Writing | None = None) -> Draft:
    request = DraftRequest(found, None, "4.3", writing=writing or Writing())
    return draft_section(request)[0]


def test_what_was_opened_may_be_why_it_became_better() -> None:
    draft = reasons(sheet([OPENED], now=26))
    told = "令和6年4月に、第五小学校区に二つ目の学童クラブを開所した"
    assert draft.text.endswith(f"改善は、{told}ことなどによるものと考えられる。【要確認：要因】")
    assert "【要記入" not in draft.text
    (note,) = [origin for origin in draft.sentences[-1].origins if origin.kind == "note"]
    assert draft.sentences[-1].text[note.start : note.end] == told
    assert note.note == "done-1"


def test_what_hardly_moved_has_no_cause() -> None:
    assert "考えられる。【要確認：要因】" not in reasons(sheet([OPENED], now=38)).text


def test_what_met_its_target_needs_no_word_on_what_is_explained() -> None:
    assert "達成した。令和6年4月に、第五小学校区" in reasons(sheet([OPENED], now=12)).text


def test_a_polite_division_offers_politely() -> None:
    polite = Writing(manner=Manner(style="polite", width="full"))
    assert reasons(sheet([OPENED], now=26), polite).text.endswith("によるものと考えられます。【要確認：要因】")


@pytest.mark.parametrize(
    ("done", "now", "name"),
    [
        ([OPENED], 45, "学童クラブ待機児童数"),
        ([{"direction": 1, "text": "学童クラブの指針を印刷した。"}], 26, "学童クラブ待機児童数"),
        ([{"direction": 1, "text": "学童クラブ1か所を廃止した。"}], 26, "学童クラブ待機児童数"),
        ([{**OPENED, "direction": 2}], 26, "学童クラブ待機児童数"),
        ([{"direction": 1, "text": "利用者数を数える機器を設置した。"}], 26, "相談の利用者数"),
        ([{"direction": 1, "text": "学童クラブの開所には至らなかった。"}], 26, "学童クラブ待機児童数"),
        ([], 26, "学童クラブ待機児童数"),
    ],
    ids=["got worse", "nothing begun", "a loss", "another direction", "only how it is counted", "not done", "no note"],
)
def test_what_does_not_fit_is_not_offered(done: list[dict[str, Any]], now: float, name: str) -> None:
    text = reasons(sheet(done, now=now, name=name)).text
    assert "【要記入：要因】" in text
    assert "によるものと考えられる。【要確認" not in text


def test_a_loss_may_be_why_it_became_worse() -> None:
    done = [{"direction": 1, "text": "人手の不足により、学童クラブ1か所を休止した。", "date": "2024-06"}]
    assert (
        "学童クラブ1か所を休止したことなどによるものと考えられる。【要確認：要因】" in reasons(sheet(done, now=45)).text
    )


def test_a_note_explains_one_indicator_only() -> None:
    found = sheet([OPENED], now=26)
    other = found.indicators[0].model_copy(update={"id": "1-イ", "name": "学童クラブの空き"})
    text = reasons(found.model_copy(update={"indicators": [*found.indicators, other]})).text
    assert text.count("開所したことなど") == 1
    assert text.count("【要記入：要因】") == 1
