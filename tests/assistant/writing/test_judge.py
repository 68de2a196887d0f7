import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.judge import judge
from assistant.writing.values import SLOT, Masked, MaskedLine, Slot, SlotKind
from assistant.writing.view import quoted
from tests.assistant.writing.judge_cases import BAD, GOOD, LINES

KINDS: dict[str, SlotKind] = {"F": "figure", "Y": "year", "K": "kept", "M": "mark", "P": "person"}
CONTRARY = (
    ("増加した", "減少した"),
    ("減少した", "増加した"),
    ("上昇した", "低下した"),
    ("低下し", "上昇し"),
    ("改善", "悪化"),
    ("目標を達成した", "目標を達成できなかった"),
    ("届かなかった", "届いた"),
    ("至らなかった", "至った"),
    ("上回", "下回"),
    ("下回", "上回"),
    ("最も高く", "最も低く"),
    ("最も低く", "最も高く"),
    ("不足している", "不足していない"),
    ("定まっていない", "定まっている"),
    ("する。", "した。"),
    ("進める。", "進めた。"),
    ("置く。", "置いた。"),
    ("があった。", "はなかった。"),
    ("が必要である", "は不要である"),
    ("と考えられる", "である"),
    ("おそれがある", "ことがある"),
)
ADDED = ("着実に", "大幅に", "初めて", "前年度に", "おおむね", "全国で", "順調に")


def line_of(text: str) -> tuple[MaskedLine, Masked]:
    line = MaskedLine("A", text, "・", ())
    slots = {name: Slot(name, KINDS[name[0]], "一", "その行の値") for name in SLOT.findall(text)}
    return line, Masked((line,), slots)


def faults(key: str, candidate: str):
    line, masked = line_of(LINES[key])
    return judge(candidate, line, masked, polite=key == "polite")


def exchanged(text: str, first: str, second: str) -> str:
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


def sentences_of(key):
    return re.findall("[^。]+。", LINES[key])


def contrary_lines(pairs=CONTRARY):
    for key, text in LINES.items():
        inside = [place for start, end in quoted(text) for place in range(start, end)]
        for word, other in pairs:
            for match in re.finditer(word, text):
                if match.start() not in inside:
                    yield key, text[: match.start()] + other + text[match.end() :]


def exchanged_lines():
    for key, text in LINES.items():
        for letter in "FYK":
            names = list(dict.fromkeys(re.findall(rf"\[\[{letter}\d\]\]", text)))
            for first, second in pairwise(names):
                yield key, exchanged(text, first, second)


@pytest.mark.parametrize(("key", "candidate"), GOOD)
def test_a_rewrite_that_says_the_same_gets_through(key, candidate):
    assert faults(key, candidate) == ()


@pytest.mark.parametrize(("key", "candidate", "kind"), BAD)
def test_a_rewrite_that_says_something_else_does_not(key, candidate, kind):
    assert kind in {fault.kind for fault in faults(key, candidate)}


@pytest.mark.parametrize("key", LINES)
def test_the_composers_own_words_get_through(key):
    assert faults(key, LINES[key]) == ()


@pytest.mark.parametrize(("key", "candidate"), list(contrary_lines()))
def test_the_contrary_never_gets_through(key, candidate):
    assert faults(key, candidate)


@pytest.mark.parametrize("pair", CONTRARY)
def test_every_word_that_has_a_contrary_stands_in_a_line(pair):
    assert list(contrary_lines([pair]))


@pytest.mark.parametrize(("key", "candidate"), list(exchanged_lines()))
def test_slots_that_changed_places_never_get_through(key, candidate):
    assert faults(key, candidate)


@pytest.mark.parametrize("word", ADDED)
@pytest.mark.parametrize("key", LINES)
def test_a_word_of_praise_or_degree_that_is_added_is_seen(key, word):
    text = LINES[key]
    place = text.find("、") + 1
    assert faults(key, text[:place] + word + text[place:])


@pytest.mark.parametrize("key", [key for key in LINES if len(sentences_of(key)) > 1])
def test_a_sentence_that_is_left_out_is_missed(key):
    sentences = sentences_of(key)
    assert faults(key, "".join(sentences[1:]))
    assert faults(key, "".join(sentences[:-1]))


def test_a_slot_of_another_line_is_unknown():
    first, second = line_of("相談窓口の周知を[[F1]]進める。")[0], line_of("相談は[[F2]]であった。")[0]
    slots = {name: Slot(name, "figure", "3件", "相談") for name in ("F1", "F2")}
    found = judge("相談窓口の周知を[[F1]]、[[F2]]進める。", first, Masked((first, second), slots))
    assert "unknown_slot" in {fault.kind for fault in found}


def test_words_of_what_a_slot_means_may_be_used():
    line = MaskedLine("A", "相談は[[F1]]であった。", "・", ())
    slots = {"F1": Slot("F1", "figure", "3件", "夜間の相談件数")}
    assert judge("夜間の相談は[[F1]]であった。", line, Masked((line,), slots)) == ()
    assert judge("早朝の相談は[[F1]]であった。", line, Masked((line,), slots))


def test_words_that_a_person_gave_may_be_used():
    line, masked = line_of("相談窓口の周知を進める。")
    assert judge("広報紙で相談窓口の周知を進める。", line, masked)
    assert judge("広報紙で相談窓口の周知を進める。", line, masked, allowed="広報紙") == ()


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("相談窓口の周知を進め、[[Y1]]に工事を完了。", "相談窓口の周知を進めて、[[Y1]]に工事を完了。"),
        ("孤立を防ぐことが、相談窓口の開設を進める目的。", "孤立を防ぐことが相談窓口の開設を進める目的。"),
        ("相談窓口の周知を進め，訓練を実施する。", "相談窓口の周知を進めて，訓練を実施する。"),
    ],
)
def test_signs_and_words_of_the_line_itself_are_not_foreign(text, candidate):
    line, masked = line_of(text)
    assert judge(candidate, line, masked) == ()
    assert "foreign" in {fault.kind for fault in judge(f"{candidate}好了。", line, masked)}


def test_what_is_told_to_a_model_holds_no_figure():
    told = [fault.told for key, candidate, _ in BAD for fault in faults(key, candidate)]
    assert told
    assert not [one for one in told if re.search("[0-9０-９①-⑳一二三四五六七八九十百千]", SLOT.sub("", one))]


@given(st.text(max_size=60))
def test_any_text_is_judged_and_what_has_a_digit_never_gets_through(text):
    found = faults("window", text)
    if re.search(r"\d", text):
        assert found
    assert all(fault.told for fault in found)


@given(st.sampled_from(sorted(LINES)), st.integers(0, 200), st.sampled_from("0９③Ⅳ½㌔Aあ。、☆한们"))
def test_a_stray_sign_never_changes_a_figure(key, place, sign):
    text = LINES[key]
    found = faults(key, text[:place] + sign + text[place:])
    if sign not in "Aあ。、":
        assert found
