"""A division's own manner of writing, read off its past texts: item mark, width of digits, です・ます or 常体.

The composer's own sentences follow it; sentences that are carried on keep their words.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from corpus import city
from corpus.fiscal import ERAS, HALF_WIDTH_DIGITS, era_of, find_years
from corpus.form import ITEM_MARKS
from corpus.items import split_items
from corpus.sheetfile import SheetFile

_POLITE = re.compile(r"(?:ます|です|ました|でした|ません|ましょう)(?:。|$)", re.MULTILINE)
_PLAIN = re.compile(r"(?<!ま)(?:した|する|である|いる|った|ない|れる|ある)(?:。|$)", re.MULTILINE)
_LISTED = re.compile(r"[0-9０-９度年](?:[・、～~〜\-－]|及び|から)$")
"""Behind this a year is the end of a pair (「5・6年度」)."""
_RUN = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
_WIDE = HALF_WIDTH_DIGITS | str.maketrans(".,", "．，")

POLITE_ENDINGS: dict[str, str] = {
    "した": "しました",
    "であった": "でした",
    "である": "です",
    "となった": "となりました",
    "上回った": "上回りました",
    "下回った": "下回りました",
    "至らなかった": "至りませんでした",
    "進める": "進めます",
    "取り組む": "取り組みます",
    "続ける": "続けます",
    "必要である": "必要です",
    "課題である": "課題です",
    "求められる": "求められます",
    "考えられる": "考えられます",
    "できない": "できません",
    "できなかった": "できませんでした",
    "届かなかった": "届きませんでした",
    "なった": "なりました",
    "った": "りました",
    "た": "ました",
    "ある": "あります",
    "いる": "います",
    "いない": "いません",
    "ない": "ありません",
    "占める": "占めます",
    "なっている": "なっています",
}
"""Every ending of the composer's own sentences, 常体 to です・ます."""


Years = Literal["full", "short", "bare"]


@dataclass(frozen=True)
class Manner:
    """``mark``: the sign before an item, "" for paragraphs. ``polite``: です・ます.

    ``wide``, ``wide_single``: full-width digits in figures of several signs, in single digits
    (official writing often has 「６年度」 beside 「12.1％」). ``years``: how fiscal years are written (「令和6年度」,
    「R6年度」, 「6年度」; None: as they stand). ``one_mark``: the city chose ``mark`` for all items, carried ones too.
    """

    mark: str = "・"
    wide: bool = False
    wide_single: bool = False
    polite: bool = False
    years: Years | None = None
    one_mark: bool = False

    def carried_mark(self, mark: str) -> str:
        """The sign before an item of last year's text, which had ``mark``; numbered items keep their numbers."""
        return self.mark if self.one_mark and (mark.strip() == "" or mark.strip() in ITEM_MARKS) else mark

    def words(self, text: str) -> str:
        """Words of the composer's own, with their fiscal years and digits in this manner."""
        return self.digits(in_years(text, self.years) if self.years else text)

    def moved_year(self, written: str, before: str) -> str:
        """A year of last year's text that moved, behind ``before``; the end of a list (「5・6年度」) stays bare."""
        if self.years is None or not written.endswith("年度") or _LISTED.search(before):
            return written
        moved = in_years(written, self.years)
        return written if moved == written else self.digits(moved)

    def ending(self, plain: str) -> str:
        """An ending of ``POLITE_ENDINGS`` in this manner, with its full stop."""
        return (POLITE_ENDINGS[plain] if self.polite else plain) + "。"

    def digits(self, text: str) -> str:
        """``text`` with its digits in this manner's width; its length does not change."""
        return _RUN.sub(lambda run: run[0].translate(_WIDE) if self._is_wide(run[0]) else run[0], text)

    def _is_wide(self, run: str) -> bool:
        return self.wide_single if len(run) == 1 else self.wide


def manner_of(last_year: SheetFile | None, section: str) -> Manner:
    """The manner of last year's text of a section; what that text does not show is taken from the other sections."""
    if last_year is None:
        return Manner()
    own = last_year.text(section)
    every = "\n".join(text for text in last_year.sections.values() if text)
    marks = item_marks(own) or item_marks(every)
    return Manner(
        mark=marks.most_common(1)[0][0] if marks else "・",
        wide=_first(_is_wide(own, single=False), _is_wide(every, single=False)),
        wide_single=_first(_is_wide(own, single=True), _is_wide(every, single=True)),
        polite=_first(_is_polite(own), _is_polite(every)),
    )


def chosen_manner(read: Manner, asked: city.Manner) -> Manner:
    """The manner that was ``read`` off last year's text, with what the city or the division chose instead."""
    if asked.width != "last_year":
        read = replace(read, wide=asked.width == "full", wide_single=asked.width in ("full", "official"))
    if asked.mark != "last_year":
        read = replace(read, mark=asked.mark, one_mark=True)
    if asked.style != "last_year":
        read = replace(read, polite=asked.style == "polite")
    return replace(read, years=asked.years) if asked.years != "last_year" else read


def in_years(text: str, years: Years) -> str:
    """``text`` with its fiscal years of the present era written in full, with the era's letter, or bare.

    Years of an earlier era keep their words: a bare 「30年度」 would be taken for one of the present era.
    """
    written, place = "", 0
    for mention in find_years(text, ERAS[0][2]):
        western = re.match("[0-9０-９]{4}", mention.written)
        if western or not mention.written.endswith("年度") or era_of(mention.year) != ERAS[0]:
            continue
        written, place = written + text[place : mention.start] + _year(mention.year, years), mention.end
    return written + text[place:]


def _year(year: int, years: Years) -> str:
    name, letter, first = era_of(year)
    number = "元" if year == first and years == "full" else str(year - first + 1)
    return {"full": name, "short": letter, "bare": ""}[years] + number + "年度"


def _first(*answers: bool | None) -> bool:
    return next((answer for answer in answers if answer is not None), False)


def item_marks(text: str) -> Counter[str]:
    """How often each sign opens an item of ``text``; "" counts the sentences of unmarked paragraphs."""
    return Counter(item.mark for item in split_items(text) if not item.heading)


def _is_wide(text: str, *, single: bool) -> bool | None:
    """Whether most single digits (or longer runs of digits) are full-width, headings aside; None without any."""
    bodies = "\n".join(item.body for item in split_items(text) if not item.heading)
    runs = [run for run in re.findall("[0-9]+|[０-９]+", bodies) if (len(run) == 1) == single]
    wide = sum(run[0] in "０１２３４５６７８９" for run in runs)
    return None if not runs else 2 * wide > len(runs)


def _is_polite(text: str) -> bool | None:
    polite, plain = len(_POLITE.findall(text)), len(_PLAIN.findall(text))
    return None if polite + plain == 0 else polite > plain
