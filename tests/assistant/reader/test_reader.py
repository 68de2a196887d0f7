"""The learnt reader: its cues, its likelihoods, and how they are joined with what the rules read."""

import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.reader import train
from assistant.reader.choose import chosen
from assistant.reader.features import Message, message_of, section_cues, whole_cues
from assistant.reader.labelled import MEASURES, SHEET, Labelled, read_table, told
from assistant.reader.likely import ACTIONS, Likely, judged, likely, read_weights, tables_digest
from assistant.request_rules import read_or_heard
from assistant.requests import understand
from assistant.wishes import Action, Wish
from corpus.form import SECTION_KEYS

ROOT = Path(__file__).parents[3]


def message(text: str, before: Sequence[Wish] = ()) -> Message:
    read, rules = read_or_heard(text, SHEET, MEASURES, before)
    return message_of(text, read, SHEET, before, rules)


def sure(action: Action, *sections: str, share: float = 0.99) -> Likely:
    """A reader that is sure of an action and its sections."""
    return Likely(
        {one: share if one == action else 0.01 for one in ACTIONS},
        0.0,
        {key: share if key in sections else 0.01 for key in SECTION_KEYS},
    )


def joined(text: str, judgement: Likely) -> list[str]:
    asked = message(text)
    return [" ".join(told(wish)[:3]) for wish in chosen(asked, judgement, SHEET, MEASURES, asked.rules or ())]


@given(st.text(max_size=400))
@settings(max_examples=60)
def test_any_text_has_cues_and_likelihoods(text: str) -> None:
    asked = message(text)
    cues = [*whole_cues(asked), *(cue for key in SECTION_KEYS for cue in section_cues(asked, key))]
    assert not any("\n" in cue for cue in cues)
    found = likely(asked)
    shares = [*found.actions.values(), found.several, *found.sections.values()]
    assert all(0 <= share <= 1 for share in shares)
    assert understand(text, SHEET, MEASURES)


def test_greetings_and_widths_are_no_cues() -> None:
    plain = whole_cues(message("6(1)の課題を書いて"))
    greeted = whole_cues(message("お疲れさまです。６（１）の課題を書いて"))
    assert {cue for cue in plain if cue[:2] == "t:"} == {cue for cue in greeted if cue[:2] == "t:"}


def test_what_is_refused_is_told_of_its_section() -> None:
    asked = message("課題は書かなくていいので、成果を書いて")
    assert "p:refused" in section_cues(asked, "6.1.issues")
    assert "p:refused" not in section_cues(asked, "6.1.results")


def test_rules_that_saw_a_message_are_no_cue() -> None:
    asked = replace(message("課題を書いて"), rules=None)
    assert not any(cue.startswith("s:rules") for cue in whole_cues(asked))
    assert "s:no rules" in whole_cues(asked)


def test_where_both_agree_the_rules_wishes_stand() -> None:
    assert joined("展開方向2の課題を書いて", sure("draft", "6.1.issues")) == ["draft 6.1.issues 2"]


def test_the_likelier_reading_is_carried_out_by_the_rules() -> None:
    text = "5(3)の案、そちらで展開方向1を起こしてもらえると"
    assert joined(text, sure("draft", "5.3")) == ["draft 5.3 1"]
    assert joined("達成度はなんでDなん", sure("grade")) == ["grade - -"]


def test_a_doubtful_draft_is_asked_back_with_the_two_likeliest() -> None:
    asked = message("課題を書いて")
    judgement = sure("draft", "6.1.results", share=0.7)
    (wish,) = chosen(asked, judgement, SHEET, MEASURES, asked.rules or ())
    assert wish.action == "unclear"
    assert len(wish.options) == 2
    assert "まだ書いていません" in (wish.question or "")
    for option in wish.options:
        assert [one.action for one in understand(option, SHEET, MEASURES)] == ["draft"]


def test_rules_that_agree_need_less() -> None:
    assert joined("課題を書いて", sure("draft", "6.1.issues", share=0.9)) == ["draft 6.1.issues -"]


@pytest.mark.parametrize("text", ["課題", "課題は書かないで", "昨年度のは？"])
def test_a_message_that_says_nothing_to_do_is_never_a_draft(text: str) -> None:
    assert [line.split()[0] for line in joined(text, sure("draft", "6.1.issues"))] == ["unclear"]


def test_one_order_is_one_wish() -> None:
    assert joined("課題の案をお願いします。展開方向2です。", sure("draft", "6.1.issues")) == ["draft 6.1.issues 2"]


def test_a_text_shown_and_a_draft_of_the_same_section_are_two_wishes() -> None:
    judgement = replace(sure("draft", "5.1"), several=0.9, actions=sure("draft").actions | {"find": 0.95})
    assert joined("去年の5(1)を見せて、今年の5(1)を書いて", judgement) == ["find 5.1 -", "draft 5.1 -"]


@pytest.mark.parametrize("text", ["言い方を変えて。表現を直して", "", "。", "。。。よろしく", "ABC"])
def test_something_is_always_understood(text: str) -> None:
    assert understand(text, SHEET, MEASURES, [Wish(action="draft", section="7.1")])


def test_a_message_too_long_to_be_looked_at_is_left_to_the_rules() -> None:
    text = "いつもお世話になっております。" * 25 + "令和5年度の課題を見せてください"
    assert [told(wish)[:4] for wish in understand(text, SHEET, MEASURES)] == [("find", "6.1.issues", "-", "2023")]


def test_the_weights_are_those_of_the_tables() -> None:
    assert read_weights().digest == tables_digest(train.TABLES), "python -m assistant.reader.train"


def test_no_measured_message_is_learnt_from() -> None:
    def rows(paths: Sequence[Path]) -> set[tuple[tuple[str, ...], str]]:
        return {
            (row.before, "".join(unicodedata.normalize("NFKC", row.text).split()))
            for path in paths
            for row in read_table(path)
        }

    measured = rows([ROOT / "tests" / "assistant" / "requests" / "measured.tsv"])
    assert not measured & rows(sorted(train.TABLES.glob("*.tsv")))


def test_learning_from_a_table_and_keeping_what_was_learnt(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="learning needs scikit-learn, reading does not")
    rows = read_table(train.TABLES / "developed.tsv")[:80]
    examples = [train.example(row, rules_count=False) for row in rows]
    weights = train.learn(examples)
    train.write(weights, tmp_path / "weights.npz", "digest")
    kept = read_weights(tmp_path / "weights.npz")
    assert kept.digest == "digest"
    assert kept.cues == weights.cues
    right = sum(
        max(found.actions, key=lambda action: found.actions[action]) == one.expected[0][0]
        for one in examples
        for found in [judged(one.message, kept)]
    )
    assert right >= 0.95 * len(examples)
    counted = train.count(examples, kept)
    assert counted.messages == 80
    assert counted.right > 60


def test_reading_imports_no_scikit_learn() -> None:
    asked = (
        "import sys; from assistant.requests import understand; from assistant.reader.labelled import SHEET\n"
        "assert 'numpy' not in sys.modules and 'sudachipy' not in sys.modules\n"
        "understand('課題を書いて', SHEET)\n"
        "assert 'sklearn' not in sys.modules and 'scipy' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_table_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("before\tmessage\texpected\n甲 ▷ 乙\t丙\tdraft 7.1 2 2026 - - ; help - - - - -\n", encoding="utf-8")
    assert read_table(path) == [
        Labelled(
            ("甲", "乙"),
            "丙",
            (("draft", "7.1", "2", "2026", "-", "-"), ("help", "-", "-", "-", "-", "-")),
        )
    ]
