"""Words of a line that change places: a reader's rewrites of real lines, each of which says something else."""

import csv
from pathlib import Path

import pytest

from assistant.writing.swapped import swapped
from tests.assistant.writing.judge_cases import GOOD, LINES

with Path(__file__).with_name("swapped.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [(row["line"], row["rewrite"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("line", "rewrite"), ROWS)
def test_words_that_changed_places_are_seen(line: str, rewrite: str) -> None:
    assert swapped(rewrite, line)


@pytest.mark.parametrize(("key", "rewrite"), GOOD)
def test_other_words_of_the_same_sense_are_not(key: str, rewrite: str) -> None:
    assert swapped(rewrite, LINES[key]) == []
