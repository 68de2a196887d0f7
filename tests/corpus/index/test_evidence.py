"""Words of a query in a passage, and whether they are enough."""

from typing import Any

import pytest
from sqlmodel import Session

from corpus.index.asked import asked
from corpus.index.evidence import WEAK_SHARE, Evidence, evidence_for
from corpus.terms import make_term


@pytest.mark.parametrize(
    ("text", "wanted", "marked"),
    [
        ("居住の支援に関する計画を策定する。", ["居住", "支援"], ["居住", "支援"]),
        ("居住支援の窓口を設けた。", ["居住", "支援"], ["居住支援"]),
        ("取組みを進める。取組を見直す。", ["取り組み"], ["取組み", "取組"]),
        ("ＡＩを使う。", ["ai"], ["ＡＩ"]),
        ("道路を直す。", ["河川"], []),
        ("", ["河川"], []),
    ],
)
def test_words_are_found_in_any_spelling(text: str, wanted: list[str], marked: list[str]) -> None:
    spans, share = Evidence(dict.fromkeys(wanted, 0.5)).of(text)
    assert [text[start:end] for start, end in spans] == marked
    assert (share > 0) == bool(marked)


def test_a_term_of_the_city_is_one_word() -> None:
    text = "新設したふくふく窓口で相談を受けた。"
    spans, _ = Evidence({"ふくふく窓口": 1.0}, (make_term("ふくふく窓口", "福祉の総合相談"),)).of(text)
    assert [text[start:end] for start, end in spans] == ["ふくふく窓口"]


@pytest.fixture
def texts(session: Session, put_sheet: Any) -> list[str]:
    written = [
        f"・{what}を進める。" for what in ("道路の舗装", "河川の改修", "図書館の改修", "公園の整備", "住宅の耐震化")
    ]
    put_sheet("20基盤", 2023, {"7.1": "\n".join(written)})
    return written


@pytest.mark.parametrize(
    ("query", "text", "weak"),
    [
        ("河川の改修", "河川の改修を進める。", False),
        ("河川", "河川の改修を進める。", False),
        ("河川の氾濫を知らせる防災無線", "河川の改修を進める。", True),
        # 進める stands everywhere and tells nothing
        ("カレー作りを進める", "河川の改修を進める。", True),
        ("カレー", "河川の改修を進める。", True),
        ("、。", "河川の改修を進める。", True),
    ],
)
def test_rare_words_tell_more(session: Session, texts: list[str], query: str, text: str, weak: bool) -> None:
    _, share = evidence_for(asked(session, query)).of(text)
    assert 0 <= share <= 1
    assert (share < WEAK_SHARE) == weak


def test_without_passages_nothing_is_told_apart(session: Session) -> None:
    _, share = evidence_for(asked(session, "河川の改修")).of("河川の改修を進める。")
    assert share == pytest.approx(1.0)
