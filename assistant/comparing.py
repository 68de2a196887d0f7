"""Comparing two years' texts of a section: what stayed, what changed and how, and which years were left standing.

Pure: two texts in, a ``Comparison`` out. The sentences are those of ``corpus.items`` (headings left out); every one of
either text is in exactly one entry of the comparison.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from assistant.alignment import Change, Match, Sentence, align, plain, sentences_of
from assistant.drafting.years import move_years
from corpus.fiscal import YearMention, find_years
from corpus.tokens import words

Operation = Literal["equal", "delete", "insert", "replace"]

_MOST_WORDS = 2_000
"""Words of a sentence up to which differences are sought word by word; a longer one is shown as replaced."""
_DEED = re.compile(r"[ 　]*(?:に|中に|当初|末)(?!は)")
_FIXED_DATE = re.compile(r"[ 　]*(?:末?まで|末|以降|以来|から|より|を目[途標処]|を期限|[)）]年(?!度))")
_PAST = re.compile(r"(?:した|された|った|いた|済)")


@dataclass(frozen=True)
class Segment:
    """A stretch of a sentence: ``equal`` in both, or ``before`` became ``after`` (either may be empty)."""

    operation: Operation
    before: str
    after: str


@dataclass(frozen=True)
class SentenceChange:
    """What became of a sentence. ``before`` is None for a new one, ``after`` for a dropped one.

    A ``split`` sentence has its parts in ``after``, a ``joined`` one in ``before``, a line each. ``unchanged_years``:
    for how many sheets before this one the sentence has stood word for word (1: only since the one compared with), 0
    if it changed. ``before_items`` and ``after_items`` count the sentences of each text from 0, headings left out.
    """

    change: Change
    before: str | None
    after: str | None
    unchanged_years: int
    segments: tuple[Segment, ...]
    before_items: tuple[int, ...]
    after_items: tuple[int, ...]

    def to_object(self, *, details: bool = False) -> dict[str, Any]:
        """The JSON object of the contract; ``details`` adds the differences by word."""
        found: dict[str, Any] = {
            "class": self.change,
            "before": self.before,
            "after": self.after,
            "unchanged_years": self.unchanged_years,
        }
        if details:
            found["segments"] = [vars(segment) for segment in self.segments]
        return found


@dataclass(frozen=True)
class YearLeft:
    """A year of the earlier sheet that was left standing: ``text`` is this year's text from ``start`` to ``end``.

    ``year`` is the fiscal year that it names, ``suggestion`` the year that it would name had it moved on with the
    sheet, written in the same manner.
    """

    start: int
    end: int
    text: str
    year: int
    suggestion: str


@dataclass(frozen=True)
class Comparison:
    """What changed between two years' texts, in the order of this year's; dropped sentences stand where they stood.

    ``against``: the fiscal year compared with; ``share_unchanged``: the part (0 to 1) of this year's sentences that
    stood word for word in the earlier text, 0 when there are none.
    """

    against: int
    sentences: tuple[SentenceChange, ...]
    share_unchanged: float
    years_left: tuple[YearLeft, ...]

    def to_object(self, *, details: bool = False) -> dict[str, Any]:
        """The JSON object of ``shisaku compare --json``; ``details`` adds segments and years left standing."""
        found: dict[str, Any] = {
            "against": self.against,
            "sentences": [entry.to_object(details=details) for entry in self.sentences],
            "share_unchanged": self.share_unchanged,
        }
        if details:
            found["years_left"] = [vars(place) for place in self.years_left]
        return found


def compare_texts(
    before: str, after: str, *, before_year: int, after_year: int, history: Mapping[int, str] | None = None
) -> Comparison:
    """Compare the text of fiscal year ``before_year``'s sheet with that of ``after_year``'s.

    ``history``: earlier texts of the section by the fiscal year of their sheet, to count for how many years a sentence
    has stood; the count ends at the first year without it.
    """
    old, new = sentences_of(before, before_year), sentences_of(after, after_year)
    matches = align(old, new)
    standing = _standing(history or {}, before_year)
    entries = tuple(_entry(match, old, new, standing) for match in _in_order(matches))
    kept = sum(entry.change in ("same", "moved") for entry in entries)
    left = [
        place
        for match in matches
        for place in _years_left(match, old, new, before_year=before_year, after_year=after_year)
    ]
    return Comparison(
        before_year,
        entries,
        round(kept / len(new), 4) if new else 0.0,
        tuple(sorted(left, key=lambda place: place.start)),
    )


def word_differences(before: str, after: str) -> tuple[Segment, ...]:
    """The differences of two sentences by Sudachi's words; the segments joined give each sentence again.

    Full and half width count as the same word. Single particles or signs between two changes go with them.
    """
    old, new = [word.surface for word in words(before)], [word.surface for word in words(after)]
    if len(old) > _MOST_WORDS or len(new) > _MOST_WORDS:
        return (Segment("equal" if before == after else "replace", before, after),)
    matcher = SequenceMatcher(None, [plain(word) for word in old], [plain(word) for word in new], autojunk=False)
    found: list[Segment] = []
    codes = matcher.get_opcodes()
    for number, (operation, b1, b2, a1, a2) in enumerate(codes):
        segment = Segment(operation, "".join(old[b1:b2]), "".join(new[a1:a2]))
        between = 0 < number < len(codes) - 1 and operation == "equal"
        if between and len(segment.before) == 1 and not segment.before.isdigit():
            segment = Segment("replace", segment.before, segment.after)
        if found and found[-1].operation != "equal" and segment.operation != "equal":
            last = found.pop()
            segment = Segment("replace", last.before + segment.before, last.after + segment.after)
        found.append(segment)
    return tuple(found)


def _in_order(matches: Sequence[Match]) -> list[Match]:
    """This year's order; a dropped sentence follows the one that stood before it."""
    after_of = {place: match.after[0] for match in matches if match.after for place in match.before}
    follows, place = {}, -1.0
    for match in sorted((match for match in matches if match.before), key=lambda match: match.before):
        if match.after:
            place = after_of[match.before[0]]
        else:
            follows[match.before] = place
    return sorted(
        matches,
        key=lambda match: (match.after[0], 0, ()) if match.after else (follows[match.before], 1, match.before),
    )


def _standing(history: Mapping[int, str], before_year: int) -> list[set[str]]:
    """The sentences of each year before ``before_year``, backwards without a gap."""
    years, year = [], before_year - 1
    while year in history:
        years.append({sentence.exact for sentence in sentences_of(history[year], year)})
        year -= 1
    return years


def _entry(
    match: Match, old: Sequence[Sentence], new: Sequence[Sentence], standing: Sequence[set[str]]
) -> SentenceChange:
    before = "\n".join(old[place].item.body for place in match.before) if match.before else None
    after = "\n".join(new[place].item.body for place in match.after) if match.after else None
    years = 0
    if match.change in ("same", "moved"):
        exact = new[match.after[0]].exact
        years = 1 + next((count for count, texts in enumerate(standing) if exact not in texts), len(standing))
    segments = word_differences(before or "", after or "")
    return SentenceChange(match.change, before, after, years, segments, match.before, match.after)


def _years_left(
    match: Match, old: Sequence[Sentence], new: Sequence[Sentence], *, before_year: int, after_year: int
) -> list[YearLeft]:
    """Years that should have moved on with the sheet: those of the earlier sheet (its year and the two after it).

    Only where the earlier sentence names them in the same place. A dated deed (「令和4年度に協定を締結した」) and the
    date when something begins or is due (「令和4年度から」「令和6年度までに」) stay true and are left alone.
    """
    step = after_year - before_year
    if step <= 0 or not match.before or not match.after:
        return []
    earlier = "\n".join(old[place].item.body for place in match.before)
    named = {mention.year for mention in find_years(earlier, before_year)}
    left = []
    for place in match.after:
        item = new[place].item
        start = item.end - len(item.body)
        kept = _kept_places(earlier, item.body) if len(match.after) == 1 else set(range(len(item.body)))
        moved = {edit.start: edit.written for edit in move_years(item.body, before_year, step).edits}
        for mention in find_years(item.body, before_year):
            stands = mention.year in named and kept.issuperset(range(mention.start, mention.end))
            if stands and mention.start in moved and not _stays_true(item.body, mention, after_year):
                place_in_text = (start + mention.start, start + mention.end)
                left.append(YearLeft(*place_in_text, mention.written, mention.year, moved[mention.start]))
    return left


def _kept_places(before: str, after: str) -> set[int]:
    """The places of ``after`` that are unchanged words of ``before``."""
    kept, place = set[int](), 0
    for segment in word_differences(before, after):
        if segment.operation == "equal":
            kept |= set(range(place, place + len(segment.after)))
        place += len(segment.after)
    return kept


def _stays_true(body: str, mention: YearMention, after_year: int) -> bool:
    following = body[mention.end :]
    if mention.year < after_year and _DEED.match(following) and _PAST.search(following):
        return True
    return bool(_FIXED_DATE.match(following))
