"""What stays of a sentence whose figures the composer tells anew, and what this year's values rule out."""

from typing import Any

import pytest

from assistant.checking import check_text
from assistant.drafting.carry import Ground, carry
from assistant.drafting.remnants import clauses, denied_subject, has_turned, remnant
from corpus.sheetfile import SheetFile


def sheet(year: int, values: dict[int, tuple[float | None, float | None]]) -> SheetFile:
    entry: dict[str, Any] = {"id": "1-ア", "kind": "outcome", "direction": 1, "unit": "％", "decimals": 1}
    entry |= {"name": "活動に参加している市民の割合", "better": "higher"}
    entry["values"] = {at: {"actual": actual, "target": target} for at, (actual, target) in values.items()}
    other = {**entry, "id": "1-イ", "name": "相談した市民の割合", "values": {}}
    return SheetFile.model_validate(
        {"fiscal_year": year, "measure": {"name": "見本の施策"}, "indicators": [entry, other]}
    )


LAST = sheet(2023, {2022: (14.8, None), 2023: (12.1, 16.0)})
NOW = sheet(2024, {2023: (12.1, None), 2024: (11.0, 16.5)})


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("目標を達成したが、地域に偏りがある。", ["目標を達成したが、", "地域に偏りがある。"]),
        ("12.1％で、目標を下回り、課題がある。", ["12.1％で、", "目標を下回り、", "課題がある。"]),
        ("市では、調査により、課題を把握した。", ["市では、調査により、課題を把握した。"]),
        ("計画（見直し、改定）を進め、周知した。", ["計画（見直し、改定）を進め、", "周知した。"]),
        ("相談、訪問及び見守りを行う。", ["相談、訪問及び見守りを行う。"]),
        ("ただし、目標には及ばない。", ["ただし、目標には及ばない。"]),
        ("市民の参加が相次ぎ、広がった。", ["市民の参加が相次ぎ、", "広がった。"]),
    ],
)
def test_clauses(sentence: str, parts: list[str]) -> None:
    assert [sentence[start:end] for start, end in clauses(sentence)] == parts


@pytest.mark.parametrize(
    ("sentence", "tail", "before", "figures"),
    [
        ("割合は12.1％で目標を下回ったが、地域に偏りがある。", "地域に偏りがある。", (), False),
        ("割合は12.1％であり、全体の約37％を占める。", "全体の約【要記入】％を占める。", (), False),
        ("新たな団体からの申出が相次ぎ、割合は12.1％となった。", None, ("新たな団体からの申出が相次ぎ",), False),
        ("訪問を21件行い、割合は12.1％となった。", None, (), True),
        ("割合は12.1％で、目標を下回った。", None, (), False),
        ("割合は12.1％で、過去最低となったほか、若者の申出が減った。", "若者の申出が減った。", (), False),
        ("割合は12.1％となり、減少した。", None, (), False),
    ],
)
def test_what_says_nothing_of_the_figures_is_left(
    sentence: str, tail: str | None, before: tuple[str, ...], figures: bool
) -> None:
    text = "前の文である。活動に参加している市民の" + sentence
    start = text.index("活動")
    ground = Ground(NOW, LAST, "6.1.results", True, tuple(check_text(text, "6.1.results", LAST)))
    found = remnant(text, carry(text, start, len(text), ground), ground)

    assert (found.tail.text if found.tail else None) == tail
    assert tuple(words.removeprefix("活動に参加している市民の") for words in found.before) == before
    assert found.figures is figures


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("活動に参加している市民の割合は調査を行わない年度に当たる。", "1-ア"),
        ("参加している市民の割合については、調査を実施していない。", "1-ア"),
        ("「活動に参加している市民の割合」の実績値は集計中である。", "1-ア"),
        ("参加している市民の割合は、調査によれば増えていない。", None),
        ("市民の割合は調査を行わない年度に当たる。", None),
        ("相談した市民の割合は調査を行わない年度に当たる。", None),
        ("参加している市民の割合は隔年で調査している。", None),
    ],
)
def test_a_value_that_is_stored_now_is_not_denied(sentence: str, subject: str | None) -> None:
    assert denied_subject(sentence, NOW) == subject


@pytest.mark.parametrize(("actual", "turned"), [(11.0, False), (13.0, True), (12.1, True), (None, False)])
def test_an_indicator_turns_when_its_change_has_another_sign(actual: float | None, turned: bool) -> None:
    assert has_turned("1-ア", sheet(2024, {2023: (12.1, None), 2024: (actual, None)}), LAST) is turned
    assert has_turned("cost:total", NOW, LAST) is False
