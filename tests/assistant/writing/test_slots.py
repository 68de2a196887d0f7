"""Lines with slots and back: nothing is lost, no figure shows, and every figure keeps its origins."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.numerals import find_figures
from assistant.drafting.compose import compose
from assistant.drafting.draft import Draft, DraftSentence, Origin, join
from assistant.drafting.lines import Line, lines_of
from assistant.drafting.plan import DraftRequest
from assistant.writing.hiding import has_digit
from assistant.writing.slots import fill, filled, masked, normal_slots
from assistant.writing.values import SLOT, Masked, MaskedLine
from corpus.form import SECTION_KEYS
from corpus.sheetfile import SheetFile
from tests.assistant.drafting.samples import ALL_PAIRS, NOW

WAITING = [name for name, (now, _) in ALL_PAIRS.items() if name.endswith(" 2024") and not any(now.sections.values())]
MODEL = "small-model"
LAST_YEAR = Origin("last_year", measure="地域福祉", fiscal_year=2023, section="5.1", text="昨年度の文")


def line(*texts: str, origins: tuple[Origin, ...] = (LAST_YEAR,), direction: int | None = None) -> Line:
    """An item of these sentences, the first with ``origins``."""
    made = [
        DraftSentence(text, False, direction, origins if number == 0 else (LAST_YEAR,), number == 0)
        for number, text in enumerate(texts)
    ]
    return Line("item", 0, tuple(made))


def one(text: str, *origins: Origin, sheet: SheetFile = NOW) -> tuple[MaskedLine, Masked]:
    made = masked([line(text, origins=origins or (LAST_YEAR,))], sheet)
    return made.lines[0], made


def cell(text: str, part: str, **more: Any) -> Origin:
    """The origin of the figure that ``part`` of ``text`` is."""
    start = text.index(part)
    known = {"indicator": "1-ア", "year": 2024, "series": "actual", "value": Decimal("13.0")} | more
    return Origin("figure", start, start + len(part), **known)


@pytest.mark.parametrize(
    ("text", "seen", "put"),
    [
        ("・令和6年度に相談窓口を置いた。", "[[Y1]]に相談窓口を置いた。", ["令和6年度"]),
        ("・平成28年度から令和元年度まで続けた。", "[[Y1]]から[[Y2]]まで続けた。", ["平成28年度", "令和元年度"]),
        ("（1）Ｒ６は、２０２４年度である。", "[[Y1]]は、[[Y2]]である。", ["Ｒ６", "２０２４年度"]),
        ("同年度は前年度を下回った。", "同年度は前年度を下回った。", []),
        ("24時間受け付ける。", "[[K1]]受け付ける。", ["24時間"]),
        ("第3次計画を第五地区で進める。", "[[K1]]計画を[[K2]]地区で進める。", ["第3次", "第五"]),
        ("「65歳以上の参加者数」を示す。", "「[[K1]]の参加者数」を示す。", ["65歳以上"]),
        ("二十六件の意見があった。", "[[K1]]の意見があった。", ["二十六件"]),
        ("令和6年9月12日に開催した。", "[[Y1]]に開催した。", ["令和6年9月12日"]),
        (
            "担当の山田会長に電話（０３－１２３４－５６７８）した。",
            "担当の[[P1]]会長に電話（[[P2]]）した。",
            ["山田", "０３－１２３４－５６７８"],
        ),
        ("進めた。【要確認：令和6年度も同様か】", "進めた。[[M1]]", ["【要確認：令和6年度も同様か】"]),
        ("【要記入】人が参加した。", "[[M1]]人が参加した。", ["【要記入】"]),
        ("【子育て】を支える。", "【子育て】を支える。", []),
        ("この①の[[F1]]は[[K2]]である。", "この[[K1]]の[[F[[K2]]]]は[[K[[K3]]]]である。", ["①", "1", "2"]),
        ("ＣＯ２を２．５％減らし、㎡で示す。", "[[K1]]を[[K2]]減らし、㎡で示す。", ["ＣＯ２", "２．５％"]),
    ],
)
def test_what_a_model_sees(text: str, seen: str, put: list[str]) -> None:
    shown, made = one(text)
    assert shown.text == seen
    assert [made.slots[name].text for name in shown.slots] == put
    assert shown.mark + fill(shown.text, made)[0] == text


def test_a_stored_figure_keeps_its_cells_and_loses_the_words_around() -> None:
    text = "・「活動に参加している市民の割合」は調査を行った4回続けて低下した。"
    cells = [
        cell(text, "調査を行った4回続けて", year=year, value=Decimal(value))
        for year, value in [(2024, 1), (2023, 2), (2022, 3)]
    ]
    shown, made = one(text, *cells)
    assert shown.text == "「活動に参加している市民の割合」は調査を行った[[F1]]続けて低下した。"
    assert made.slots["F1"].text == "4回"
    assert made.slots["F1"].origins == tuple(replace(found, start=None, end=None) for found in cells)
    back, origins = fill(shown.text, made)
    assert back == text[1:]
    assert {back[found.start : found.end] for found in origins} == {"4回"}
    assert [found.year for found in origins] == [2024, 2023, 2022]


def test_equal_words_and_meaning_share_a_slot_and_others_do_not() -> None:
    first, second = "令和6年度は12.9％である。", "令和6年度の目標は12.9％である。"
    lines = [
        line(first, origins=(cell(first, "12.9％"),)),
        line(first, origins=(cell(first, "12.9％"),)),
        line(second, origins=(cell(second, "12.9％", series="target"),)),
    ]
    made = masked(lines, NOW)
    assert [shown.text for shown in made.lines] == [
        "[[Y1]]は[[F1]]である。",
        "[[Y1]]は[[F1]]である。",
        "[[Y1]]の目標は[[F2]]である。",
    ]
    assert [shown.key for shown in made.lines] == ["A", "B", "C"]


def test_more_lines_than_keys() -> None:
    with pytest.raises(ValueError, match="3 lines for 2 keys"):
        masked([line("進めた。")] * 3, NOW, keys="AB")


def test_the_person_in_charge_is_a_persons_name_wherever_it_stands() -> None:
    shown, _ = one("東　花の取組を続ける。", sheet=NOW.model_copy(update={"lead_person": "東 花"}))
    assert shown.text == "[[P1]]の取組を続ける。"


def test_no_person_shows_in_what_a_slot_means() -> None:
    text = "東　花が山田会長と2回開いた。【要確認：東花の考え】"
    sheet = NOW.model_copy(update={"lead_person": "東 花"})
    shown, made = one(text, replace(NOTE, start=0, end=16), sheet=sheet)
    assert shown.text == "[[P1]]が[[P2]]会長と[[F1]]開いた。[[M1]]"
    assert made.slots["F1"].meaning == "今年度の記録「＿が＿会長と＿回開いた」の数"
    assert made.slots["M1"].meaning == "職員が「＿の考え」を確かめる箇所の印"


def test_no_person_of_an_earlier_sheet_shows_in_what_a_slot_means() -> None:
    text = "前任の新田凪が3件の相談に応じた。"
    before = NOW.model_copy(update={"lead_person": "新田凪"})
    made = masked([line(text, origins=(replace(NOTE, start=0, end=len(text)),))], NOW, earlier=(before,))
    assert made.lines[0].text == "前任の[[P1]]が[[F1]]の相談に応じた。"
    assert made.slots["F1"].meaning == "今年度の記録「前任の＿が＿件の相談に応じた」の数"


def test_a_name_is_not_cut_in_what_a_slot_means() -> None:
    text = "佐藤花子の提案により始めた取組について地域の話合いを2回開いた。"
    for more in range(14):
        own = "あ" * more + text
        _, made = one(own, replace(NOTE, start=0, end=len(own)))
        assert not set("佐藤花") & set(made.slots["F1"].meaning)


NAME = "活動に参加している市民の割合"


@pytest.mark.parametrize(
    ("figure", "cells", "meaning"),
    [
        ("13.0％", [{"year": 2023}], f"指標『{NAME}』の評価年度の前年度の実績値（単位：％）"),
        ("13.0％", [{"year": 2026, "series": "target"}], f"指標『{NAME}』の評価年度の翌々年度の目標値（単位：％）"),
        (
            "3.5ポイント",
            [{"value": Decimal("13.0")}, {"series": "target", "value": Decimal("16.5")}],
            f"指標『{NAME}』の評価年度の実績値と目標値との差（下回る分）",
        ),
        (
            "0.9ポイント",
            [{"value": Decimal("13.0")}, {"year": 2023, "value": Decimal("12.1")}],
            f"指標『{NAME}』の評価年度の実績値と前年度の実績値との差（増えた分）",
        ),
        (
            "78.8％",
            [{"value": Decimal("13.0")}, {"series": "target", "value": Decimal("16.5")}],
            f"指標『{NAME}』の評価年度の実績値の目標値に対する割合",
        ),
        (
            "14日",
            [{"value": Decimal(486)}, {"series": "target", "value": Decimal(500), "year": 2026}],
            f"指標『{NAME}』の評価年度の実績値と翌々年度の目標値との差（下回る分）",
        ),
        ("1,234千円", [{"indicator": None, "cost": "total"}], "「トータルコスト」の評価年度の額（単位：千円）"),
        (
            "9.3％",
            [{"indicator": None, "cost": "personnel"}, {"indicator": None, "cost": "total"}],
            "「人件費計」の「トータルコスト」に占める割合",
        ),
        (
            "4年連続で",
            [{"year": year, "value": Decimal(year)} for year in (2024, 2023, 2022, 2021)],
            f"指標『{NAME}』の実績で、同じ結果が続いた年数",
        ),
        ("2件", [{}, {"series": "target"}, {"indicator": "2-ア"}], "成果指標を数えた数"),
        ("13.0％", [{"indicator": "gone"}], "指標の評価年度の実績値"),
    ],
)
def test_what_a_stored_figure_means(figure: str, cells: list[dict[str, Any]], meaning: str) -> None:
    text = f"・{figure}であった。"
    _, made = one(text, *(cell(text, figure, **more) for more in cells))
    assert made.slots["F1"].meaning == meaning


def test_the_actual_of_the_year_is_told_with_its_target_and_the_year_before() -> None:
    entry = NOW.indicators[1]
    assert (entry.name, entry.better) == (NAME, "higher")
    values: dict[int, Any] = {2023: {"actual": 14.0}, 2024: {"target": 16.5, "actual": 13.0}}
    sheet = NOW.model_copy(update={"indicators": [type(entry).model_validate(entry.model_dump() | {"values": values})]})
    text = "・13.0％であった。"
    _, made = one(text, cell(text, "13.0％", indicator=entry.id), sheet=sheet)
    assert made.slots["F1"].meaning.endswith("（単位：％）。目標値を下回る（未達成）、前年度より低い")


@pytest.mark.parametrize(
    ("year", "meaning"),
    [
        ("令和6年度", "評価年度"),
        ("令和5年度", "評価年度の前年度"),
        ("令和7年度", "評価年度の翌年度"),
        ("R8", "評価年度の翌々年度"),
        ("令和2年度", "計画初年度"),
        ("令和9年度", "計画最終年度"),
        ("平成30年度", "その他の年（評価年度より前）"),
        ("令和20年度", "その他の年（評価年度より後）"),
        ("令和7年3月", "評価年度のうちの年月"),
        ("令和6年4月1日", "評価年度のうちの日付"),
        ("令和6年", "暦年"),
        ("令和4～6年度", "年度の範囲"),
    ],
)
def test_what_a_year_means(year: str, meaning: str) -> None:
    sheet = SheetFile.model_validate(
        {"fiscal_year": 2024, "measure": {"name": "福祉"}, "plan": {"start": 2020, "end": 2027}}
    )
    _, made = one(f"{year}の取組。", sheet=sheet)
    assert made.slots["Y1"].meaning == meaning


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("65歳以上の人", "K1", "書き換えない語句（数と「歳以上」）"),
        ("4月1日の時点", "K1", "書き換えない語句（日付）"),
        ("6か月の間", "K1", "書き換えない語句（数と「か月」）"),
        ("【要記入：要因】による", "M1", "職員が「要因」を書き込む箇所の印"),
        ("【要記入：近隣5市の状況】による", "M1", "職員が「近隣＿市の状況」を書き込む箇所の印"),
        ("【要記入】による", "M1", "職員が書き込む箇所の印"),
        ("進めた。【要確認】", "M1", "職員が確かめる箇所の印"),
        ("山田会長の話", "P1", "人の氏名"),
        ("a@example.jpへ", "P1", "メールアドレス"),
    ],
)
def test_what_other_slots_mean(text: str, name: str, meaning: str) -> None:
    _, made = one(text)
    assert made.slots[name].meaning == meaning


NOTED = "・令和6年9月に研修を2回実施し、32事業者から46人が参加した。"
NOTE = Origin("note", 1, len(NOTED), measure="福祉", fiscal_year=2024, section="facts", text="研修を2回", note="done-1")


def test_a_figure_of_a_note_has_the_note_and_its_words() -> None:
    shown, made = one(NOTED, NOTE)
    assert shown.text == "[[Y1]]に研修を[[F1]]実施し、[[F2]]から[[F3]]が参加した。"
    assert made.slots["F1"].meaning == "今年度の記録「＿に研修を＿回実施し」の数"
    assert made.slots["F3"].meaning == "今年度の記録「＿事業者から＿人が参加した」の数"
    assert [slot.origins for slot in made.slots.values() if slot.kind == "figure"] == [
        (replace(NOTE, start=None, end=None),)
    ] * 3


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("[[F1]]％増えた。", "12.9％増えた。"),
        ("[[F1]]で、[[F2]]人が参加した。", "12.9％で、46人が参加した。"),
        ("[[F2]]人員が足りない。", "46人人員が足りない。"),
        ("令和[[Y1]]年度に始めた。", "令和6年度に始めた。"),
        ("令和[[Y1]]に始めた。", "令和6年度に始めた。"),
        ("第[[K1]]計画", "第3次計画"),
    ],
)
def test_a_unit_that_a_model_doubles_stands_once(words: str, text: str) -> None:
    own = "令和6年度は12.9％で、46人が第3次計画に参加した。"
    _, made = one(own, cell(own, "12.9％"), cell(own, "46人"))
    assert fill(words, made)[0] == text


def test_a_doubled_unit_of_the_composer_stays() -> None:
    own = "5年年賀を46人人員に配った。"
    shown, made = one(own, cell(own, "5年"), cell(own, "46人"))
    assert fill(shown.text, made)[0] == own


def test_an_unknown_slot() -> None:
    shown, made = one("12件の相談。")
    with pytest.raises(KeyError):
        fill("[[F9]]の相談。", made)
    with pytest.raises(KeyError):
        filled("[[F9]]の相談。", shown, made, MODEL)


def test_the_models_words_as_sentences() -> None:
    text = "・令和6年度は12.9％で、前年度を下回った。"
    made = masked([line(text, "窓口を増やした。【要確認：年度】", origins=(cell(text, "12.9％"),), direction=2)], NOW)
    words = "窓口を増やした。[[M1]][[Y1]]の値は「低い。」とされる[[F1]]で、前年度を下回った。"
    first, second = filled(words, made.lines[0], made, MODEL)
    assert (first.text, second.text) == (
        "・窓口を増やした。【要確認：年度】",
        "令和6年度の値は「低い。」とされる12.9％で、前年度を下回った。",
    )
    assert (first.new_line, second.new_line, first.direction, second.direction) == (True, False, 2, 2)
    assert first.origins == (Origin("model", text=MODEL), Origin("form"), LAST_YEAR)
    (figure,) = (found for found in second.origins if found.kind == "figure")
    assert second.text[figure.start : figure.end] == "12.9％"
    assert LAST_YEAR in second.origins
    assert Origin("model", text=MODEL) in second.origins


def test_offsets_behind_the_item_mark() -> None:
    text = "・令和6年度は12.9％である。"
    made = masked([line(text, origins=(cell(text, "12.9％"),))], NOW)
    (sentence,) = filled("値は[[F1]]（[[Y1]]）である。", made.lines[0], made, MODEL)
    (figure,) = (found for found in sentence.origins if found.kind == "figure")
    assert sentence.text == "・値は12.9％（令和6年度）である。"
    assert sentence.text[figure.start : figure.end] == "12.9％"


def test_a_sentence_of_one_note_comes_from_it_as_a_whole() -> None:
    shown, made = one(NOTED, NOTE)
    (sentence,) = filled("[[Y1]]の[[F1]]の研修に、[[F2]]の[[F3]]が参加した。", shown, made, MODEL)
    (note,) = (found for found in sentence.origins if found.kind == "note")
    assert (note.start, note.end, note.note) == (1, len(sentence.text), "done-1")


def test_figures_of_two_notes_keep_their_own() -> None:
    text = "新規受理は239件、作成は46件であった。"
    notes = (replace(NOTE, start=0, end=9, note="e-1"), replace(NOTE, start=9, end=len(text), note="e-2"))
    shown, made = one(text, *notes)
    (sentence,) = filled("作成は[[F2]]、新規受理は[[F1]]であった。", shown, made, MODEL)
    told = {found.note: sentence.text[found.start : found.end] for found in sentence.origins if found.kind == "note"}
    assert told == {"e-1": "239件", "e-2": "46件"}


def test_a_note_without_any_figure_is_still_told() -> None:
    text = "訪問の負担が軽くなった。12.9％である。"
    shown, made = one(text, replace(NOTE, start=0, end=12), cell(text, "12.9％"))
    for sentence in filled("負担が軽くなった。値は[[F1]]である。", shown, made, MODEL):
        assert "done-1" in {found.note for found in sentence.origins}


def test_no_words_are_no_sentence() -> None:
    shown, made = one("進めた。")
    assert filled("　", shown, made, MODEL) == ()


@pytest.mark.parametrize(
    "garbled",
    [
        "[[F1]]", "［［Ｆ１］］", "[F1]", "【F1】", "[[F1]", "[F1]]", "[[ F1 ]]", "`[[f1]]`", "[[Ｆ１]]", "［F1］",
        "\\[\\[F1\\]\\]", "{{F1}}", "〔F1〕", "[[F 1]]", "［[F1]］", "{F1}",
    ],
)  # fmt: skip
def test_garbled_slots(garbled: str) -> None:
    assert normal_slots(f"値は{garbled}％で、") == "値は[[F1]]％で、"


def test_a_mark_in_brackets_twice() -> None:
    assert normal_slots("進めた。【[[M1]]】") == "進めた。[[M1]]"


@pytest.mark.parametrize(
    "text",
    [
        "【[[K1]]】の「[[F1]]」（[[K2]]）は[[Y10]]の[[M1]][[P1]]",
        "F1",
        "【要記入：要因】",
        "[注]と［参考］、【F】、[F1234]",
        "(F1)",
    ],
)
def test_what_is_no_garbled_slot_stays(text: str) -> None:
    assert normal_slots(text) == text


SIGNS = "令和平成元年度月日第次版６5０①ⅤＦF[[KM]]【要記確認：】「」（）。、件人％▲・〇-～一二十百千円山田氏さん@.はがの"


@st.composite
def drafted(draw: st.DrawFn) -> list[Line]:
    """Lines of any text, some parts of which stored cells or notes give."""
    lines = []
    for _ in range(draw(st.integers(1, 3))):
        sentences = []
        for number in range(draw(st.integers(1, 2))):
            text = draw(st.text(st.sampled_from(SIGNS), min_size=1, max_size=24))
            origins = []
            for kind in draw(st.lists(st.sampled_from(["figure", "note"]), max_size=2)):
                start = draw(st.integers(0, len(text) - 1))
                end = draw(st.integers(start + 1, len(text)))
                more: dict[str, Any] = {"note": "n"} if kind == "note" else {"indicator": "1-ア", "value": Decimal(1)}
                origins.append(Origin(kind, start, end, **more))
            sentences.append(DraftSentence(text, False, 1, tuple(origins) or (LAST_YEAR,), number == 0))
        lines.append(Line("item", 0, tuple(sentences)))
    return lines


@given(drafted())
def test_masked_and_filled_gives_the_text_again(lines: list[Line]) -> None:
    made = masked(lines, NOW)
    for shown, own in zip(made.lines, lines, strict=True):
        assert shown.mark + fill(shown.text, made)[0] == own.text
        assert not has_digit(SLOT.sub("", shown.text))
        for found in fill(shown.text, made)[1]:
            assert found.start is not None
            assert found.end is not None
    assert not any(has_digit(slot.meaning) or find_figures(slot.meaning) for slot in made.slots.values())


@given(st.text(st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), st.sampled_from(SIGNS))))
def test_no_text_shows_a_digit(text: str) -> None:
    made = masked([line(text)], NOW)
    assert made.lines[0].mark + fill(made.lines[0].text, made)[0] == text
    assert not has_digit(SLOT.sub("", made.lines[0].text))


@pytest.mark.parametrize("name", WAITING)
def test_every_line_of_a_waiting_sheet_comes_back(name: str) -> None:
    now, last = ALL_PAIRS[name]
    for section in SECTION_KEYS:
        composed = tuple(compose(DraftRequest(now, last, section)))
        lines = lines_of(Draft(section, None, now.fiscal_year, composed))
        for start in range(0, len(lines), 6):
            made = masked(lines[start : start + 6], now, earlier=(last,) if last else ())
            for shown, own in zip(made.lines, lines[start : start + 6], strict=True):
                bare = SLOT.sub("", shown.text)
                assert not has_digit(bare)
                assert find_figures(bare) == []
                assert normal_slots(shown.text) == shown.text
                assert shown.mark + fill(shown.text, made)[0] == own.text
                again = filled(shown.text, shown, made, MODEL)
                assert join(again) == own.text
                assert figures(again) == figures(own.sentences)
            for slot in made.slots.values():
                assert not has_digit(slot.meaning)
                assert find_figures(slot.meaning) == []


def figures(sentences: tuple[DraftSentence, ...]) -> set[tuple[Any, ...]]:
    """The cells that the sentences are made of."""
    return {
        (found.indicator, found.cost, found.year, found.series, found.value)
        for sentence in sentences
        for found in sentence.origins
        if found.kind == "figure"
    }


def test_all_eight_sheets_wait() -> None:
    assert len(WAITING) == 8
