"""The checker on whole sheets of ten narratives, and a sentence. Baseline: splitting the texts and finding their digits.

``extra_info`` gives µs a sentence and ms a sheet (medians); the count of sentences is that of ``split_sentences``.
"""

import re
from typing import Any

import pytest

from assistant.checking import Checker, checker_of
from corpus.form import SECTION_KEYS
from corpus.importers.json import read_json_lines
from corpus.items import split_sentences
from corpus.sheetfile import ReadSheet, SheetFile
from web.serving import SAMPLE

Made = list[tuple[Checker, SheetFile]]
_YEAR = 2023


@pytest.fixture(scope="module")
def made() -> Made:
    """The sample sheets of 令和5年度, with those of the years before."""
    read = [one for _, one in read_json_lines(SAMPLE.read_text("utf-8")) if isinstance(one, ReadSheet)]
    sheets = [one.sheet for one in read]
    years = [sheet for sheet in sheets if sheet.fiscal_year == _YEAR]
    return [
        (checker_of(sheet, [one for one in sheets if one.measure.code == sheet.measure.code]), sheet) for sheet in years
    ]


def check_all(made: Made) -> int:
    return sum(len(checker.check(sheet.text(key), key)) for checker, sheet in made for key in SECTION_KEYS)


def find_digits(made: Made) -> int:
    texts = [sheet.text(key) for _, sheet in made for key in SECTION_KEYS]
    return sum(len(re.findall(r"[0-9０-９]+", text[a:b])) for text in texts for a, b in split_sentences(text))


@pytest.mark.benchmark(group="check")
def test_sheets(benchmark: Any, made: Made) -> None:
    assert benchmark(check_all, made) > len(made)
    if benchmark.stats is None:  # run as a test, without measuring
        return
    median = benchmark.stats.stats.median
    sentences = sum(len(split_sentences(sheet.text(key))) for _, sheet in made for key in SECTION_KEYS)
    benchmark.extra_info["ms a sheet"] = round(median * 1000 / len(made), 1)
    benchmark.extra_info["µs a sentence"] = round(median * 1e6 / sentences)


@pytest.mark.benchmark(group="check")
def test_baseline_digits(benchmark: Any, made: Made) -> None:
    assert benchmark(find_digits, made) > 0
