"""Which sections, directions and years a message names, each with its place. Pure, over normalised text.

Section words and directions are read once and put out of sight, so that 「近隣市との比較」 asks for no comparison.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant import request_place_words as places
from assistant.request_text import normalised
from corpus.fiscal import find_years
from corpus.form import SECTION_BY_KEY, SECTION_KEYS, SECTIONS
from corpus.sheetfile import SheetFile

HIDDEN = "〓"


@dataclass(frozen=True)
class Named:
    """Sections that one mention may mean (a number alone can mean two), and where it stands."""

    start: int
    end: int
    keys: tuple[str, ...]
    numbered: bool


@dataclass(frozen=True)
class NamedYear:
    """A fiscal year; ``model``: to follow or to compare with (「昨年度にならって」), else the subject.

    ``followed``: a text is to follow it; ``bracketed``: it stands in brackets behind its section.
    """

    start: int
    end: int
    year: int
    model: bool
    bracketed: bool = False
    followed: bool = False


@dataclass(frozen=True)
class NamedDirections:
    """Directions of one mention (「展開方向1と2」); ``leads``: it stands before what it limits."""

    start: int
    end: int
    numbers: tuple[int, ...]
    leads: bool


@dataclass(frozen=True)
class Target:
    """What is asked about: section, direction and year, each None where it is not named.

    ``doubtful``: the mention's number and word contradict each other (「6(1)の要因」).
    """

    section: str | None = None
    direction: int | None = None
    year: int | None = None
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mentions:
    """All that ``text`` names; ``rest`` is the text with it put out of sight, sign for sign."""

    text: str
    rest: str
    targets: tuple[Target, ...]
    named_years: tuple[int, ...]
    model_years: tuple[int, ...]
    follows: bool = False

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections named, in order, each once."""
        return tuple(dict.fromkeys(target.section for target in self.targets if target.section))

    @property
    def year_named(self) -> bool:
        """Whether a year is named, in whatever role."""
        return bool(self.named_years or self.model_years)

    @property
    def directions(self) -> tuple[int, ...]:
        """The directions named, each once."""
        return tuple(dict.fromkeys(target.direction for target in self.targets if target.direction))


def mentions(text: str, sheet: SheetFile) -> Mentions:
    """What ``text`` (normalised) names about the open ``sheet``; at least one target."""
    directions, years, found = _read(text, sheet)
    named = _without_sources(text, found)
    rest = text
    for start, end in [(one.start, one.end) for one in named] + [(one.start, one.end) for one in directions]:
        rest = _hide(rest, start, end)
    asked = [year for year in years if not year.model]
    return Mentions(
        text,
        rest,
        tuple(_targets(named, directions, asked, sheet.fiscal_year)),
        tuple(year.year for year in asked),
        tuple(year.year for year in years if year.model),
        any(year.followed for year in years),
    )


def named_sections(text: str, sheet: SheetFile) -> list[Named]:
    """Every section that ``text`` (normalised) names, also those that another one is only to rest on."""
    return _read(text, sheet)[2]


def _read(text: str, sheet: SheetFile) -> tuple[list[NamedDirections], list[NamedYear], list[Named]]:
    directions = list(_directions(text, sheet))
    years = years_in(text, sheet.fiscal_year)
    masked = text
    for start, end in [(one.start, one.end) for one in directions] + [(one.start, one.end) for one in years]:
        masked = _hide(masked, start, end)
    return directions, years, _sections(places.NOT_SECTIONS.sub(lambda m: "　" * len(m.group()), masked))


def _hide(text: str, start: int, end: int) -> str:
    return text[:start] + HIDDEN * (end - start) + text[end:]


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern, section) of all words for sections; longer ones win (中期的な取組方針 is not 取組方針)."""
    words = sorted(((normalised(word), s.key) for s in SECTIONS for word in s.asked_as), key=lambda pair: -len(pair[0]))
    spelled = ((re.escape(word).replace("取組", "取り?組み?の?"), key) for word, key in words)
    phrases = ((re.compile(pattern), key) for pattern, key in places.SECTION_PHRASES)
    return (*phrases, *((re.compile(pattern), key) for pattern, key in spelled))


def _sections(masked: str) -> list[Named]:
    """The sections named, in the order of the text; a number and the word behind it are one mention."""
    found: list[Named] = []
    for match in places.SECTION_NUMBER.finditer(masked):
        keys = tuple(section.key for section in SECTIONS if section.number == f"{match[1]}({match[2]})")
        chosen = next(
            (
                key
                for pattern, key in places.WHICH_OF_NUMBER
                if key in keys and re.match(pattern, masked[match.end() :])
            ),
            None,
        )
        if chosen:
            keys = (chosen,)
        if keys:
            found.append(Named(match.start(), match.end(), keys, numbered=True))
    for named in found:
        masked = _hide(masked, named.start, named.end)
    for pattern, key in _words():
        for match in list(pattern.finditer(masked)):
            if HIDDEN not in match.group():
                found.append(Named(match.start(), match.end(), (key,), numbered=False))
                masked = _hide(masked, match.start(), match.end())
    return _joined(masked, sorted(found, key=lambda named: named.start))


def _joined(masked: str, found: Sequence[Named]) -> list[Named]:
    joined: list[Named] = []
    for named in found:
        last = joined[-1] if joined else None
        between = masked[last.end : named.start] if last else ""
        shared = tuple(key for key in last.keys if key in named.keys) if last else ()
        ranged = bool(last) and bool(places.RANGE.fullmatch(between))
        if last and ranged and ((last.numbered and named.numbered) or masked[named.end :].startswith("まで")):
            first, final = SECTION_KEYS.index(last.keys[0]), SECTION_KEYS.index(named.keys[-1])
            joined[-1] = Named(last.start, named.end, SECTION_KEYS[first : final + 1] or named.keys, numbered=False)
        elif last and last.numbered and not named.numbered and shared and places.OF_SAME_MENTION.fullmatch(between):
            joined[-1] = Named(last.start, named.end, shared, numbered=False)
        elif last and last.numbered and not named.numbered and not shared and between in ("", "の"):
            joined[-1] = Named(last.start, named.end, (*last.keys, *named.keys), numbered=True)
        elif (
            last
            and named.numbered
            and not last.numbered
            and between in ("", "(", " ")
            and set(last.keys) & set(named.keys)
        ):
            joined[-1] = Named(last.start, named.end, last.keys, numbered=False)
        elif last and last.keys == named.keys and between.strip(" ・、(") in ("", "の"):
            joined[-1] = Named(last.start, named.end, last.keys, last.numbered)
        elif last and not named.numbered and not last.numbered and between == "の":
            # 「成果の要因」 is the reason
            joined[-1] = Named(last.start, named.end, named.keys, numbered=False)
        else:
            joined.append(named)
    return _told_apart(joined)


def _told_apart(named: Sequence[Named]) -> list[Named]:
    """Without numbers of several sections where words say which of them (「6(1)について、課題を」)."""
    said = {one.keys[0] for one in named if len(one.keys) == 1}
    return [one for one in named if not (one.numbered and len(one.keys) > 1 and said & set(one.keys))]


def _without_sources(text: str, named: list[Named]) -> list[Named]:
    """Without sections that another one is only to rest on (「課題を踏まえて方針を書いて」)."""
    left = [
        one
        for one in named
        if not (places.SOURCE.match(text, one.end) and any(other.start > one.end for other in named))
        and not (places.CERTAIN_SOURCE.match(text, one.end) and any(other.keys != one.keys for other in named))
        and not places.AIMED_AT.match(text, one.end)
    ]
    return left or named


def _directions(text: str, sheet: SheetFile) -> Iterator[NamedDirections]:
    known = [entry.number for entry in sheet.directions]
    any_named = False
    for match in places.DIRECTION.finditer(text):
        digits = match.group().translate(places.KANJI_NUMBERS)
        numbers = [int(digit) for digit in re.findall("[1-9]", digits)]
        if re.search("[~-]", match.group()) and len(numbers) == 2:
            numbers = list(range(numbers[0], numbers[1] + 1))
        any_named = True
        yield _direction(text, match.start(), match.end(), numbers)
    if any_named:
        return
    for match in places.EACH_DIRECTION.finditer(text):
        yield _direction(text, match.start(), match.end(), known)
    for entry in sheet.directions:
        name = normalised(entry.name or "")
        if name and name not in text:
            part = places.PART_OF_NAME.search(text)
            others = [other.name or "" for other in sheet.directions if other.number != entry.number]
            if part and part[1] in name and not any(part[1] in normalised(other) for other in others):
                yield _direction(text, part.start(1), part.end(), [entry.number])
        elif name:
            yield _direction(text, text.index(name), text.index(name) + len(name), [entry.number])


def _direction(text: str, start: int, end: int, numbers: Sequence[int]) -> NamedDirections:
    leads = bool(re.match(r"\s*(?:の分|分)?(?:の|に関する|における|について、?|は(?![書作不要い、]))", text[end:]))
    return NamedDirections(start, end, tuple(dict.fromkeys(numbers)), leads)


def _targets(
    named: Sequence[Named], directions: Sequence[NamedDirections], years: Sequence[NamedYear], fiscal_year: int
) -> Iterator[Target]:
    """Each section with its directions and years.

    Directions before a section hold for it and those behind it; directions behind sections (「成果は展開方向1」) hold
    for all before them that have none yet.
    """
    if not named:
        said = tuple(dict.fromkeys(number for one in directions for number in one.numbers))
        for said_number in said or (None,):
            for said_year in tuple(year.year for year in years) or (None,):
                yield Target(None, said_number, said_year)
        return
    of: dict[int, list[int]] = {at: [] for at in range(len(named))}
    for mention in directions:
        before = [at for at, one in enumerate(named) if one.end <= mention.start]
        behind = [at for at, one in enumerate(named) if one.start >= mention.end]
        follows = _next_to(mention.end, named, behind, directions)
        if before and not (mention.leads and follows):
            open_ones = [at for at in before if not of[at]] or [before[-1]]
            for at in open_ones:
                of[at] += mention.numbers
        else:
            stop = next((other.start for other in directions if other.start > mention.start and other.leads), None)
            for at in behind:
                if stop is None or named[at].start < stop or at == behind[0]:
                    of[at] += mention.numbers
    for at, one in enumerate(named):
        doubtful = one.keys if one.numbered and len({SECTION_BY_KEY[key].number for key in one.keys}) > 1 else ()
        own_years: tuple[int | None, ...] = _years_of(at, named, years) or (None,)
        # 「5(4)の今年度分」: of the two sections of the number the one of the year
        fitting = tuple(key for key in one.keys if _speaks_of(key, own_years, fiscal_year)) or one.keys
        numbers: tuple[int | None, ...] = tuple(dict.fromkeys(of[at])) or (None,)
        for key in one.keys[:1] if doubtful else fitting if one.numbered else one.keys:
            for number in numbers:
                for year in own_years:
                    yield Target(key, number, year, doubtful)


def _speaks_of(key: str, years: Sequence[int | None], fiscal_year: int) -> bool:
    offset = SECTION_BY_KEY[key].year_offset
    return offset is not None and fiscal_year + offset in years


def _next_to(end: int, named: Sequence[Named], behind: Sequence[int], directions: Sequence[NamedDirections]) -> bool:
    """Whether the next thing named behind ``end`` is a section."""
    first = min((named[at].start for at in behind), default=None)
    return first is not None and not any(end <= other.start < first for other in directions)


def _years_of(at: int, named: Sequence[Named], years: Sequence[NamedYear]) -> tuple[int, ...]:
    """The years before a section since the last section that has some; behind it, if none stand before any."""
    for place in range(at, -1, -1):
        since = named[place - 1].end if place else 0
        found = tuple(dict.fromkeys(year.year for year in years if since <= year.start < named[place].end))
        # 「7(1)(令和8年度)」: a year in brackets or right behind belongs to the section before it
        if found and not (place and _behind(named[place - 1], years, found)):
            return found
    own = [year.year for year in years if year.start >= named[at].end]
    return tuple(dict.fromkeys(own)) if at == len(named) - 1 else ()


def _behind(before: Named, years: Sequence[NamedYear], found: Sequence[int]) -> bool:
    return any(year.year in found and (year.bracketed or year.start == before.end) for year in years)


def years_in(text: str, fiscal_year: int) -> list[NamedYear]:
    """The years that ``text`` names, in order; those to follow or to compare with marked."""
    spans = [(mention.start, mention.end, mention.year) for mention in find_years(text, fiscal_year)]
    for pattern, offset in places.RELATIVE_YEARS:
        spans += [(m.start(), m.end(), fiscal_year + offset) for m in re.finditer(pattern, text)]
    for pattern, first in places.SHORT_YEARS:
        spans += [(m.start(), m.end(), first + int(m[1])) for m in re.finditer(pattern, text)]
    for match in places.YEARS_AGO.finditer(text):
        spans.append((match.start(), match.end(), fiscal_year - int(match[1].translate(places.KANJI_NUMBERS))))
    years: list[NamedYear] = []
    for start, end, year in sorted(spans, key=lambda span: (span[0], -span[1])):
        if years and start < years[-1].end:
            continue
        behind = text[end:]
        followed = bool(places.MODEL_YEAR.match(behind))
        model = followed or bool(places.OTHER_YEAR.match(behind))
        if re.fullmatch(r"[0-9]{2}年度?", text[start:end]) and year > fiscal_year + 10:
            year = 2000 + int(text[start : start + 2])
        years.append(NamedYear(start, end, year, model, bracketed=text[:start].endswith("("), followed=followed))
    return years
