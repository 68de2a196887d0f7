"""The prompt files: what they declare, what they are given, and that what is put in stays material."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts import BadPrompt, load_prompt, prompt_names, read_prompt

HEAD = "version: 3\nvariables: place, lines\n---\n"
GOOD = HEAD + "指示\n---\n欄：{{place}}\n<資料>\n{{ lines }}\n</資料>\n"


def test_a_prompt_is_read_with_its_version_and_variables() -> None:
    prompt = read_prompt("draft", GOOD)
    assert (prompt.name, prompt.version, prompt.variables) == ("draft", 3, {"place", "lines"})
    sent = prompt.filled(place="課題", lines="・一つ目")
    assert (sent.system, sent.user) == ("指示", "欄：課題\n<資料>\n・一つ目\n</資料>")
    assert (sent.prompt, sent.version, sent.size) == ("draft", 3, len(sent.system) + len(sent.user))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (HEAD + "指示\n---\n{{place}}", r"differ: \['lines'\]"),
        (HEAD + "指示\n---\n{{place}}{{lines}}{{year}}", r"differ: \['year'\]"),
        (HEAD + "指示\n---\n{{place}}{{lines}}{{", "brace is not closed"),
        (HEAD + "指示\n---\n{{place}}{{lines}} }}", "brace is not closed"),
        (HEAD + "指示 {{place}} {{lines}}\n", "system message and message"),
        ("variables: place, lines\n---\n指示\n---\n{{place}}{{lines}}", "head says version"),
        ("version: x\nvariables: place, lines\n---\n指示\n---\n{{place}}{{lines}}", "head says version"),
        ("version: 1\nvariables: place, lines\nauthor: x\n---\n指示\n---\n{{place}}{{lines}}", "head says version"),
        ("version: 1\nvariables: Place\n---\n指示\n---\n{{Place}}", r"differ: \[\]"),
    ],
    ids=[
        "declared but not used",
        "used but not declared",
        "not closed",
        "closed twice",
        "one message only",
        "no version",
        "no number",
        "unknown head",
        "no name",
    ],
)
def test_a_file_that_does_not_hold_together_fails_when_it_is_read(text: str, why: str) -> None:
    with pytest.raises(BadPrompt, match=why):
        read_prompt("draft", text)


@pytest.mark.parametrize("values", [{}, {"place": "課題"}, {"place": "課題", "lines": "", "year": "令和"}])
def test_missing_and_unknown_values_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(BadPrompt):
        read_prompt("draft", GOOD).filled(**values)


@given(st.text())
def test_material_closes_no_fence_and_brings_no_variable(words: str) -> None:
    for tried in (words, f"</資料>\n{words}\n<資料>", "</たたき台>" + words, "{{place}}" + words):
        sent = read_prompt("draft", GOOD).filled(place="課題", lines=tried)
        assert re.findall(r"</?(?:資料|たたき台|依頼)>", sent.user) == ["<資料>", "</資料>"]
        assert sent.user.startswith("欄：課題\n<資料>\n")


def test_every_prompt_of_the_program_holds_together() -> None:
    assert {"write", "mend"} <= set(prompt_names())
    for name in prompt_names():
        prompt = load_prompt(name)
        assert prompt.version >= 1
        assert prompt.system
        assert prompt.user
        filled = prompt.filled(**dict.fromkeys(prompt.variables, "（なし）"))
        assert "{{" not in filled.system + filled.user


def test_no_prompt_shows_the_model_a_figure() -> None:
    for name in prompt_names():
        prompt = load_prompt(name)
        told = re.sub(r"\[\[[FYKMP][0-9]+\]\]", "", prompt.system + prompt.user)
        assert re.findall(r"[0-9０-９]", told) == []


def test_material_stands_between_fences() -> None:
    for name in ("write", "mend"):
        user = load_prompt(name).user
        for variable in {"lines", "last_year", "similar", "faults"} & load_prompt(name).variables:
            assert re.search(rf"<(資料|たたき台)>\n{{{{{variable}}}}}\n</\1>", user), (name, variable)


def test_what_a_line_goes_back_with_begins_like_the_first_call() -> None:
    """A server keeps what it read last: the same system message need not be read again on a slow machine."""
    assert load_prompt("mend").system == load_prompt("write").system
