"""A sentence made ready for claims: its figures, years and mentions at their places, and what each figure speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.checking import words
from assistant.checking.never_values import BLANK, normalise
from assistant.checking.numerals import Figure, find_figures
from assistant.checking.record import Record, Row
from assistant.checking.subjects import MENTION, REASON, Mention, content, find_mentions, find_topics
from assistant.checking.sums import with_sums
from corpus.fiscal import find_years
from corpus.items import split_items, split_sentences

YearName = Literal["two_before", "before", "this", "after", "start", "end"]
YearRole = Literal["plain", "base", "target", "until"]
Strength = Literal["sure", "weak", "open", "sum", "foreign", "none"]
"""How far a subject is known: sure; perhaps; one of several; their sum; something that is not stored; nothing said."""


@dataclass(frozen=True)
class Year:
    """A year in a sentence: a number, or a name relative to another year. ``behind``: in brackets behind a figure."""

    start: int
    end: int
    year: int | None
    name: YearName | None
    role: YearRole
    behind: bool
    fiscal: bool = True


@dataclass(frozen=True)
class Subject:
    """The rows that a statement may be about."""

    rows: tuple[Row, ...]
    strength: Strength
    topic: bool = False


NOTHING = Subject((), "none")


@dataclass(frozen=True)
class Sentence:
    """A sentence at ``offset`` in its section; ``plain`` is it in half width, ``bare`` with years and figures blanked.

    ``carried``: what the sentence before it in the same paragraph spoke of. ``direction``: the heading it stands under.
    ``main``: the one row that the item (or paragraph) has named last, whatever came between.
    ``year_before``: the year that the sentence before it in the paragraph reported.
    """

    offset: int
    text: str
    plain: str
    bare: str
    figures: tuple[Figure, ...]
    years: tuple[Year, ...]
    mentions: tuple[Mention, ...]
    direction: int | None
    carried: Subject
    main: Subject
    year_before: Year | None

    def segment_start(self, place: int) -> int:
        """Where the part between 、 or brackets that holds ``place`` begins."""
        return max((match.end() for match in _CUT.finditer(self.bare, 0, place)), default=0)

    def segment_end(self, place: int) -> int:
        """Where that part ends."""
        match = _CUT.search(self.bare, place)
        return match.start() if match else len(self.bare)


_CUT = re.compile(r"[、。\n（）()]")
_OTHER_CITIES = re.compile(r"(?:いずれの|どの|全ての|すべての|他の|各|近隣\d*)[市町]{1,2}村?(?:と)?(?:も|は|では|が)")
_COMMON = 6
"""Signs (its particle among them) from which a topic names more than a common noun."""
_DEED_AT = "(?!目標|前年|前回|実績|計画|見込)[一-龠々]{2,6}[がを]"
"""Behind 「1校で」: it tells where something was done (「設置が早まった」)."""
_PREDICATE = re.compile(
    r"[ ]?(?:程度|前後|ほど|くらい|以上|以下|未満|余り|強|弱|超)?[ ]?"
    rf"(?:$|[、。()（）」』\n・/→]|と(?!の)|との(?:差|開|比|乖)|で(?!の|{_DEED_AT})|だ|に(?!関|つ|お)|まで|へ|から|より|"
    r"を(?:上|下|超|達|目|維|記|割|示|[^、。]{0,14}?(?:上回|下回|超え|達成|目指|目標))|の(?:目|実|増|減|低|上|見|水|達|差|伸|改|悪|結|向)|も|は|が(?:目標|実績)|増|減|低|上|下|向|改|悪|"
    r"のまま|の[ ]?(?:約|およそ|ほぼ)?\d|伸|高|縮|拡|不足|マイナス|プラス|及ば|届|であ|という|少|多|悪|好|微|急|程|"
    r"\d|▲|△|[-+])"
)
"""What follows a figure that is itself the statement; 「120人が参加」 is none."""
_BEFORE_WORDS = re.compile(r"[ ]?(?:約|およそ|おおよそ|概ね|おおむね|ほぼ|延べ|のべ|計|合計)[ ]?$")


def read_sentences(text: str, record: Record) -> Iterator[Sentence]:
    """The sentences of a section that can state something (headings cannot), in order."""
    carried = main = NOTHING
    year: Year | None = None
    last_end = 0
    for item in split_items(_unbroken(text)):
        paragraph = "\n\n" in text[last_end : item.start].replace(" ", "").replace("　", "")
        if item.heading or item.mark or paragraph:
            carried, main, year = NOTHING, NOTHING, None
        last_end = item.end
        if item.heading:
            continue
        for start, end in _pieces(item.written):
            written = text[item.start + start : item.start + end]
            sentence = _read(written, item.start + start, record, item.direction, carried, main, year)
            yield sentence
            year = current_year(sentence, len(sentence.text)) or year
            carried = _carry(sentence, record)
            main = carried if carried.strength == "sure" else _only_named(sentence) or main


_LONGEST = 400
"""Characters that are read as one sentence; what no 「。」 ends (a pasted list, a broken file) is cut."""
_PIECE_END = re.compile(r"[^\d.,．，〇一二三四五六七八九十百千万億\s](?=[^\d%％])")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The sentences; one that is too long to read at once in pieces, cut behind a comma and never in a figure."""
    for start, end in split_sentences(text):
        while end - start > _LONGEST:
            half = start + _LONGEST // 2
            comma = text.rfind("、", half, start + _LONGEST) + 1
            places = [comma] if comma else [found.end() for found in _PIECE_END.finditer(text, half, start + _LONGEST)]
            cut = places[-1] if places else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


_BROKEN = re.compile(
    r"(?<=\d,)\n(?=\d{3}(?!\d))|(?<=\d)\n(?=[.,]\d)|(?<=\d\.)\n(?=\d)"
    r"|(?<=[^\s\d.,]\d)\n(?=\d[\d,]*(?:\.\d+)?[ ]?(?:[%人名件団円千万億回]|ポイント))"
    r"|(?<=[^\s\d.,]\d\d)\n(?=\d[\d,]*(?:\.\d+)?[ ]?(?:[%人名件団円千万億回]|ポイント))"
)


def _unbroken(text: str) -> str:
    """``text``, as long as it was, in which no line breaks inside a figure."""
    signs = list(text)
    for match in _BROKEN.finditer(normalise(text)):
        signs[match.start()] = " "
    return "".join(signs)


def _read(
    text: str,
    offset: int,
    record: Record,
    direction: int | None,
    carried: Subject,
    main: Subject,
    year_before: Year | None,
) -> Sentence:
    plain = normalise(text)
    figures = tuple(find_figures(text, record.units))
    mentions = with_sums(plain, find_mentions(plain, record, direction))
    figures = tuple(
        figure
        for figure in figures
        if not any(m.start < figure.end and figure.start < m.end for m in mentions)
        and not _of_a_name(plain, figure, record)
    )
    years = tuple(_years(text, plain, record, figures))
    signs = list(plain)
    spans = [(part.start, part.end, BLANK) for part in figures] + [(part.start, part.end, BLANK) for part in years]
    for first, last, sign in spans + [(part.start, part.end, MENTION) for part in mentions]:
        signs[first:last] = sign * (last - first)
    bare = "".join(signs)
    topics = find_topics(bare, record, mentions)
    together = sorted((*mentions, *topics), key=lambda mention: mention.end)
    return Sentence(offset, text, plain, bare, figures, years, tuple(together), direction, carried, main, year_before)


def _of_a_name(plain: str, figure: Figure, record: Record) -> bool:
    """「月45時間を超える割合」: the figure stands in a row's name, with the same words behind it."""
    written, behind = plain[figure.start : figure.end], re.sub(r"\s", "", plain[figure.end : figure.end + 6])[:3]
    return len(behind) == 3 and any(written + behind in row.plain_name for row in record.rows)


def _years(text: str, plain: str, record: Record, figures: tuple[Figure, ...]) -> Iterator[Year]:
    found: list[tuple[int, int, int | None, YearName | None, bool]] = [
        (mention.start, mention.end, mention.year, None, mention.fiscal)
        for mention in find_years(text, record.fiscal_year)
    ]
    for match in words.RELATIVE.finditer(plain):
        names: dict[str, YearName] = {name: name for name in ("two_before", "before", "this", "after", "start", "end")}
        found.append((match.start(), match.end(), None, names[match.lastgroup or "this"], True))
    for start, end, year, name, fiscal in sorted(found):
        rest = plain[end:]
        role: YearRole = "plain"
        if re.match(rf"末?(?:の|における|での|に|までの?)?{words.TARGET_WORD}", rest):
            role = "target"
        elif words.BASE_NEXT.match(rest):
            role = "base"
        elif re.match(r"末?(?:まで|に向け|以降|からの)", rest):
            role = "until"
        behind = (
            start > 0
            and plain[start - 1] == "("
            and rest[:1] == ")"
            and any(figure.end == start - 1 for figure in figures)
        )
        yield Year(start, end, year, name, role, behind, fiscal)


def _carry(sentence: Sentence, record: Record) -> Subject:
    """What the next sentence speaks of if it says nothing itself."""
    other = False
    for mention in reversed(sentence.mentions):
        if mention.how == "pronoun":
            return sentence.carried
        if mention.how != "foreign":
            return Subject(mention.rows, _strength(mention), True)
        if mention.topic:
            return Subject((), "foreign")
        other = True
    if other or (not sentence.carried.rows and content(sentence.bare, record)):
        return Subject((), "foreign")
    return sentence.carried


def _only_named(sentence: Sentence) -> Subject | None:
    """The one row that a sentence names, if it turns to something else at its end (「内訳は市街地が…」)."""
    named = {row.id: row for m in sentence.mentions if m.how in ("named", "label", "phrase") for row in m.rows}
    return Subject(tuple(named.values()), "sure") if len(named) == 1 else None


def _strength(mention: Mention) -> Strength:
    if mention.how == "foreign":
        return "foreign"
    if mention.how in ("weak", "sum"):
        return "sum" if mention.how == "sum" else "weak"
    return "sure" if len(mention.rows) == 1 else "open"


def subject_at(sentence: Sentence, start: int, record: Record, allowed: frozenset[str] | None) -> Subject:
    """What the statement at ``start`` is about. ``allowed``: ids of rows with a fitting unit; None = any.

    The nearest mention or topic on the left decides; without one, the sentence before, the heading, or the only
    row with the unit, and only where the clause says nothing of its own.
    """
    if tells_of_other_cities(sentence, start):
        return Subject((), "foreign")
    own = sentence.segment_start(start)
    between = _BEFORE_WORDS.sub("", sentence.bare[own:start])
    for mention in reversed([mention for mention in sentence.mentions if mention.end <= start + 1]):
        if mention.how == "foreign":
            if mention.topic or mention.end > own:
                return Subject((), "foreign")
            continue
        if mention.how == "pronoun":
            return sentence.carried
        rows = tuple(row for row in mention.rows if allowed is None or row.id in allowed)
        if not rows or (mention.how == "sum" and len(rows) < len(mention.rows)):
            continue
        gap = sentence.bare[max(own, mention.end) : start]
        strength = _strength(mention) if len(rows) == len(mention.rows) else ("sure" if len(rows) == 1 else "open")
        if mention.how == "weak" or _is_anothers(mention, sentence):
            strength = "weak"
        if mention.how == "sum":
            return Subject(rows, "sum", mention.topic and not content(_last_clause(gap), record))
        if content(_last_clause(gap), record):
            return Subject(rows, "weak")
        return Subject(rows, strength, True)
    if sentence.mentions and any(mention.rows for mention in sentence.mentions if mention.end <= start + 1):
        return Subject((), "foreign")
    if content(_last_clause(between), record):
        return Subject((), "foreign")
    if sentence.carried.strength == "foreign":
        return sentence.carried
    if sentence.carried.rows:
        rows = tuple(row for row in sentence.carried.rows if allowed is None or row.id in allowed)
        if rows:
            only = len(rows) == 1 and sentence.carried.strength != "weak"
            return Subject(rows, "sure" if only else sentence.carried.strength)
        return NOTHING
    if allowed is None or content(sentence.bare[:start], record):
        return NOTHING
    return _by_unit(sentence, record, allowed)


def tells_of_other_cities(sentence: Sentence, place: int) -> bool:
    """「いずれの市も…」 before ``place``."""
    return _OTHER_CITIES.search(sentence.plain, 0, place) is not None


def _is_anothers(mention: Mention, sentence: Sentence) -> bool:
    """A common word (「利用者は」) behind a sentence about something else is rather of that."""
    common = mention.how == "phrase" and mention.end - mention.start < _COMMON
    others = {row.id for row in sentence.carried.rows}
    return common and sentence.carried.strength != "none" and not others & {row.id for row in mention.rows}


def _last_clause(text: str) -> str:
    """What stands behind the last reason or circumstance (「…により」) of a clause."""
    cuts = [match.end() for match in REASON.finditer(text)]
    return text[cuts[-1] :] if cuts else text


def _by_unit(sentence: Sentence, record: Record, allowed: frozenset[str]) -> Subject:
    rows = [row for row in record.rows if row.id in allowed]
    under = [row for row in rows if row.direction == sentence.direction and sentence.direction is not None]
    rows = under or rows
    if not rows:
        return NOTHING
    return Subject(tuple(rows), "sure" if len(rows) == 1 else "open")


def states_itself(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is the statement (「12.1％となった」) and not part of another (「120人が参加した」)."""
    return _PREDICATE.match(sentence.plain, figure.end) is not None


def direct_year(sentence: Sentence, figure: Figure) -> Year | None:
    """The year that stands with a figure: in brackets behind it, or before it with no other figure between."""
    for year in sentence.years:
        if year.behind and year.start == figure.end + 1:
            return year
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    near = [year for year in sentence.years if before <= year.start and year.end <= figure.start and not year.behind]
    return near[-1] if near else None


def is_base_figure(sentence: Sentence, figure: Figure) -> bool:
    """Whether what follows makes the figure the one compared with (「14.8％から」「14.8％に比べ」)."""
    rest = sentence.plain[figure.end :]
    rest = re.sub(r"^\([^)]*\)", "", rest)
    return (
        re.match(
            r"から|より|と比|に比|に対し|を[^、。]{0,14}?(?:上回|下回|超え)|も(?:大きく|わずかに)?(?:上回|下回|超え)|と(?:同|の(?:比|差|開き))|には?[^、。]{0,12}(?:及ば|届|満た|達し)",
            rest,
        )
        is not None
    )


def current_year(sentence: Sentence, place: int) -> Year | None:
    """The year that the sentence has last set for what it reports, before ``place``."""
    chosen = None
    for year in sentence.years:
        if year.end > place or year.role != "plain" or year.behind or year.name in ("before", "two_before", "start"):
            continue
        follower = next((figure for figure in sentence.figures if figure.start >= year.end), None)
        if follower is not None and follower.start < place and is_base_figure(sentence, follower):
            continue
        chosen = year
    return chosen
