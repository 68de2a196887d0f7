"""The city's own terms: found in a text by the longest one, refused where they mean nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import Refused
from corpus.terms import MOST_TERMS, Term, check_terms, holds_term, make_term, pieces, read_terms

TERMS = (
    Term(term="しょうがいしゃ", meaning="障害者"),
    Term(term="ふくふく", meaning="福祉"),
    Term(term="ふくふく窓口", meaning="福祉総合相談窓口"),
    Term(term="バス", meaning="路線バス"),
    Term(term="ABC", meaning="学習支援"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ふくふく窓口を開設した。", [("ふくふく窓口", "福祉総合相談窓口")]),
        ("ふくふく便り", [("ふくふく", "福祉")]),
        ("しょうがいしゃのふくふく窓口", [("しょうがいしゃ", "障害者"), ("ふくふく窓口", "福祉総合相談窓口")]),
        ("ふくふく\n窓口", [("ふくふく\n窓口", "福祉総合相談窓口")]),
        ("ﾊﾞｽに乗る", [("ﾊﾞｽ", "路線バス")]),
        ("ａｂｃ事業、ABCD事業、ABC2", [("ａｂｃ", "学習支援"), ("ABC", "学習支援")]),
        ("バスケット、マイクロバス", []),
        ("障害者", []),
        ("", []),
    ],
)
def test_terms_in_a_text(text: str, found: list[tuple[str, str]]) -> None:
    cut = pieces(text, TERMS)
    assert [(text[piece.start : piece.end], piece.meaning) for piece in cut if piece.meaning] == found
    assert holds_term(text, TERMS) is bool(found)


@given(st.text(alphabet="ふくふく窓口しょうがいしゃﾊﾞｽバ ABCdｇ１㍿\n。", max_size=60))
def test_pieces_give_the_text_again(text: str) -> None:
    assert "".join(text[piece.start : piece.end] for piece in pieces(text, TERMS)) == text


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ([("取組", "取組")], "「取組」の意味が同じことば"),
        ([("ＡＢＣ", "abc")], "「ＡＢＣ」の意味が同じことば"),
        ([("甲", "乙"), ("甲", "丙")], "「甲」の意味が2つあります（「乙」と「丙」）"),
        ([("", "乙")], "市のことばと意味はどちらも必要"),
        ([("甲", " ")], "市のことばと意味はどちらも必要"),
        ([("・", "乙")], "記号だけのことば"),
        ([("あ" * 61, "乙")], "60文字まで"),
        ([(f"甲{number}", "乙") for number in range(MOST_TERMS + 1)], f"{MOST_TERMS}語まで"),
    ],
)
def test_what_is_refused(terms: list[tuple[str, str]], problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        check_terms([make_term(term, meaning) for term, meaning in terms])


def test_the_same_row_is_kept_once() -> None:
    assert check_terms([TERMS[0], TERMS[1], TERMS[0]]) == TERMS[:2]


def test_a_pasted_table() -> None:
    assert read_terms("市のことば\t意味\n\n ひなたバス \tコミュニティバス\n") == (
        Term(term="ひなたバス", meaning="コミュニティバス"),
    )
    with pytest.raises(Refused, match="表の2行目"):
        read_terms("甲,乙\n丙")
