"""What came of deeds, and counts beside those of the year before."""

from decimal import Decimal

import pytest

from assistant.drafting.jotted import official
from assistant.drafting.outcomes import compared, outcome, past_of_stem, year_before
from corpus.yearfacts import EvidenceNote


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("研修を2回実施、46人が参加。", ["研修を2回実施したところ、46人が参加した"]),
        (
            "養成講座を開き、26人が資格を取得（累計169人）",
            ["養成講座を開いたところ、26人が資格を取得した（累計169人）"],
        ),
        ("委託単価を改め、事業者が3社から5社に増えた。", ["委託単価を改めたところ、事業者が3社から5社に増えた"]),
        ("受託施設を6か所から8か所に増やした。", ["受託施設は6か所から8か所に増えた"]),
        ("処理機の購入費を142件補助。", ["処理機の購入費の補助は142件であった"]),
        ("窓口を3か所開設した。", ["窓口の開設は3か所であった"]),
        ("計画を策定した。参加支援の協力事業所は11事業所に増えた。", ["参加支援の協力事業所は11事業所に増加した"]),
        (
            "訓練を検証、参加者から記載が足りないとの指摘。",
            ["訓練を検証したところ、参加者から記載が足りないとの指摘があった"],
        ),
        ("貸出制度を設け、118か所に貸し出した。", []),
        ("計画を策定した。", []),
        ("訓練を実施した。参加者は12人であった。", []),
    ],
)
def test_the_outcome_of_a_deed(note: str, told: list[str]) -> None:
    assert [phrase.text for phrase in outcome(official(note, "past"))] == told


@pytest.mark.parametrize(
    ("stem", "past"),
    [
        ("実施し", "実施した"),
        ("開き", "開いた"),
        ("始め", "始めた"),
        ("用い", "用いた"),
        ("行い", "行った"),
        ("組み", "組んだ"),
    ],
)
def test_the_past_of_a_clause(stem: str, past: str) -> None:
    assert past_of_stem(stem) == past


def note(year: int, figure: int, unit: str | None = "件", what: str = "通報") -> EvidenceNote:
    return EvidenceNote(figure=Decimal(figure), unit=unit, what=what, year=year)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (None, "通報は52件であった"),
        (44, "通報は52件で、令和5年度の44件から8件増加した"),
        (60, "通報は52件で、令和5年度の60件から8件減少した"),
        (52, "通報は52件で、令和5年度と同数であった"),
    ],
)
def test_a_count_stands_beside_that_of_the_year_before(before: int | None, told: str) -> None:
    assert compared(note(2024, 52), 2024, note(2023, before) if before is not None else None) == told


def test_only_the_same_count_in_the_same_unit_is_compared() -> None:
    now = note(2024, 52)
    others = [note(2022, 1), note(2023, 2, "人"), note(2023, 3, what="相談"), note(2023, 4, what="通　報")]
    assert year_before(now, others) == others[3]
    assert year_before(now, others[:3]) is None
