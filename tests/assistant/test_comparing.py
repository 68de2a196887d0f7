"""What became of each sentence between two years, which words changed, and which years were left standing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.comparing import compare_texts, word_differences
from corpus.items import split_items


def classes(before: str, after: str) -> list[str]:
    found = compare_texts(before, after, before_year=2022, after_year=2023)
    return [entry.change for entry in found.sentences]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("・相談窓口を開設した。", "・相談窓口を開設した。", ["same"]),
        ("・参加者は１２人であった。", "・参加者は12人であった。", ["same"]),
        ("・令和4年度は研修を行った。", "・令和5年度は研修を行った。", ["years_only"]),
        ("・R4に研修を行った。", "・令和５年度に研修を行った。", ["years_only"]),
        ("・令和4年度は12回行った。", "・令和5年度は15回行った。", ["figures_only"]),
        ("・参加者は1,234人であった。", "・参加者は987人であった。", ["figures_only"]),
        (
            "・市内全域でCSWの事業展開を継続し、課題の解決へつなげた。",
            "・市内全域でCSWの事業展開を継続し、課題の解決へつなげる。",
            ["reworded"],
        ),
        (
            "・避難行動要支援者名簿システムによる要支援者名簿作成をひきつづき行った。",
            "・避難行動要支援者名簿システムによる要支援者名簿作成をひきつづき行っていくとともに名簿を活用した訓練等を実施する。",
            ["reworded"],
        ),
        ("・第3次計画を推進する。", "・第4次計画を推進する。", ["reworded"]),
        ("・参加者が12人に増加した。", "・参加者が10人に減少した。", ["reworded"]),
        ("・道路の舗装を更新した。", "・図書館の開館時間を見直した。", ["dropped", "new"]),
        ("・支援を実施した。\n・道路を補修した。", "・道路を補修した。", ["dropped", "same"]),
        ("", "・道路を補修した。", ["new"]),
        ("・道路を補修した。", "", ["dropped"]),
        ("", "", []),
        (
            "・道路を補修した。\n・橋を点検した。\n・公園を整備した。",
            "・公園を整備した。\n・道路を補修した。\n・橋を点検した。",
            ["moved", "same", "same"],
        ),
        (
            "①展開方向１\n・道路を補修した。\n②展開方向２\n・橋を点検した。",
            "①展開方向１\n②展開方向２\n・道路を補修した。\n・橋を点検した。",
            ["moved", "same"],
        ),
        (
            "・窓口を開設し、相談を受けた。また、訪問を12回行った。",
            "・窓口を開設し、相談を受けた。\n・また、訪問を15回行った。",
            ["split"],
        ),
        ("・名簿を作成した。\n・訓練を実施した。", "・名簿を作成した。訓練を実施した。", ["joined"]),
        (
            "・欠員のある民生委員を支える。\n・研修を行う。\n・研修を行う。",
            "・研修を行う。\n・欠員が増えている民生委員を支える必要がある。\n・研修を行う。",
            ["same", "reworded", "same"],
        ),
    ],
)
def test_classes(before: str, after: str, expected: list[str]) -> None:
    assert classes(before, after) == expected


def test_object_has_the_keys_of_the_contract() -> None:
    found = compare_texts(
        "・窓口を開設した。\n・訪問した。",
        "・窓口を開設した。\n・新しい計画を作る。",
        before_year=2022,
        after_year=2023,
    )
    assert found.to_object() == {
        "against": 2022,
        "sentences": [
            {"class": "same", "before": "窓口を開設した。", "after": "窓口を開設した。", "unchanged_years": 1},
            {"class": "dropped", "before": "訪問した。", "after": None, "unchanged_years": 0},
            {"class": "new", "before": None, "after": "新しい計画を作る。", "unchanged_years": 0},
        ],
        "share_unchanged": 0.5,
    }
    detailed = found.to_object(details=True)
    assert detailed["sentences"][0]["segments"] == [
        {"operation": "equal", "before": "窓口を開設した。", "after": "窓口を開設した。"}
    ]
    assert detailed["years_left"] == []


@pytest.mark.parametrize(
    ("history", "years"),
    [
        ({}, 1),
        ({2021: "・窓口を開設した。"}, 2),
        ({2021: "・別の文。", 2020: "・窓口を開設した。"}, 1),
        ({2021: "窓口を開設した。\nほかの文。", 2020: "・窓口を開設した。", 2018: "・窓口を開設した。"}, 3),
        ({2022: "・窓口を開設した。", 2023: "・窓口を開設した。"}, 1),
    ],
)
def test_unchanged_years_counts_back_without_a_gap(history: dict[int, str], years: int) -> None:
    found = compare_texts(
        "・窓口を開設した。", "・窓口を開設した。", before_year=2022, after_year=2023, history=history
    )
    assert found.sentences[0].unchanged_years == years


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("・令和4年度は研修を予定している。", "・令和4年度は研修を予定している。", [("令和4年度", "令和5年度")]),
        ("・R4は12回実施した。", "・R4は15回実施した。", [("R4", "R5")]),
        ("・４年度も継続する。", "・４年度も継続する。", [("４年度", "５年度")]),
        ("・令和4年度に計画を策定する。", "・令和4年度に計画を策定する。", [("令和4年度", "令和5年度")]),
        ("・令和5年度に計画を策定する。", "・令和5年度に計画を策定する。", [("令和5年度", "令和6年度")]),
        ("・令和4年度は研修を行った。", "・令和5年度は研修を行った。", []),
        ("・令和4年度に協定を締結した。", "・令和4年度に協定を締結した。", []),
        ("・令和4年度に策定した計画を推進する。", "・令和4年度に策定した計画を推進する。", []),
        ("・令和2年度は大型連休に相談会を行った。", "・令和2年度は大型連休に相談会を行った。", []),
        ("・令和6年度までに整備する。", "・令和6年度までに整備する。", []),
        ("・令和4年度から補助を行っている。", "・令和4年度から補助を行っている。", []),
        ("・令和4年4月に改正された。", "・令和4年4月に改正された。", []),
        ("・令和4年度は令和3年度に引き続き増加した。", "・令和5年度は令和4年度に引き続き増加した。", []),
        ("・道路を補修した。", "・令和4年度は図書館の利用が増加した。", []),
    ],
)
def test_years_left_standing(before: str, after: str, left: list[tuple[str, str]]) -> None:
    found = compare_texts("・前の文。\n" + before, "・前の文。\n" + after, before_year=2022, after_year=2023)
    assert [(place.text, place.suggestion) for place in found.years_left] == left
    for place in found.years_left:
        assert ("・前の文。\n" + after)[place.start : place.end] == place.text


def test_against_a_later_year_marks_nothing() -> None:
    found = compare_texts("令和5年度は実施した。", "令和5年度は実施した。", before_year=2023, after_year=2022)
    assert found.years_left == ()


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("参加者は12人であった。", "参加者は15人であった。", [("12", "15")]),
        ("課題の解決へつなげた。", "課題の解決へつなげる。", [("つなげた", "つなげる")]),
        ("登録者が増加した。", "登録者数が大きく増加した。", [("が", "数が大きく")]),
        ("支援を充実する。", "支援を充実する。", []),
        ("支援を充実する。", "支援の充実を図る。", [("を充実する", "の充実を図る")]),
    ],
)
def test_word_differences(before: str, after: str, changes: list[tuple[str, str]]) -> None:
    found = word_differences(before, after)
    assert [(entry.before, entry.after) for entry in found if entry.operation != "equal"] == changes


sentences = st.lists(
    st.sampled_from(
        [
            "・相談窓口を開設した。",
            "・令和4年度は12回実施した。",
            "・令和5年度は12回実施した。",
            "・令和5年度は15回実施した。",
            "道路を補修した。橋を点検した。",
            "道路を補修した。",
            "①展開方向１「見守り」",
            "②展開方向２",
            "",
            "・",
            "・避難行動要支援者名簿を更新し、訓練を実施した。",
            "・避難行動要支援者名簿を更新した。",
        ]
    ),
    max_size=8,
).map("\n".join)
texts = st.one_of(sentences, st.text(alphabet="・。、\n①②「」展開方向令和年度4５人参加支援 　するた%", max_size=60))


@settings(max_examples=150)
@given(texts, texts)
def test_every_sentence_is_in_exactly_one_entry(before: str, after: str) -> None:
    found = compare_texts(before, after, before_year=2022, after_year=2023)
    old = [item.body for item in split_items(before) if not item.heading]
    new = [item.body for item in split_items(after) if not item.heading]
    assert sorted(place for entry in found.sentences for place in entry.before_items) == list(range(len(old)))
    assert [place for entry in found.sentences for place in entry.after_items] == list(range(len(new)))
    for entry in found.sentences:
        assert (entry.before is None) == (entry.change == "new")
        assert (entry.after is None) == (entry.change == "dropped")
        assert "".join(segment.before for segment in entry.segments) == (entry.before or "")
        assert "".join(segment.after for segment in entry.segments) == (entry.after or "")
    assert 0 <= found.share_unchanged <= 1


@settings(max_examples=100)
@given(texts)
def test_a_text_against_itself_is_the_same(text: str) -> None:
    found = compare_texts(text, text, before_year=2022, after_year=2023)
    assert {entry.change for entry in found.sentences} <= {"same"}
    assert found.share_unchanged == (1 if found.sentences else 0)
