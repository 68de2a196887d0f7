"""A sentence made ready for claims: its figures, years and mentions at their places, and what each figure speaks of."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.checking import words
from assistant.checking.lazy import lazy
from assistant.checking.meanings import content
from assistant.checking.never_values import BLANK, normalise
from assistant.checking.numerals import Figure, find_figures
from assistant.checking.record import Record, Row
from assistant.checking.subjects import MENTION, Mention, find_mentions, named_in, with_former
from assistant.checking.sums import with_sums
from assistant.checking.topics import find_topics
from assistant.checking.wholes import with_reach
from assistant.checking.years import Year, read_years
from corpus.items import split_items, split_sentences

Strength = Literal["sure", "weak", "open", "sum", "foreign", "none"]
"""How far a subject is known: sure; perhaps; one of several; their sum; something that is not stored; nothing said."""


@dataclass(frozen=True)
class Subject:
    """The rows that a statement may be about."""

    rows: tuple[Row, ...]
    strength: Strength
    topic: bool = False


NOTHING = Subject((), "none")


_FORMER = re.compile("前者|後者")
_LOOKED_BACK = 10
"""Sentences back to which 「前者」 may point."""


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence at ``offset`` in its section, read as far as somebody asks: most state nothing and cost little.

    ``direction``: the heading it stands under. ``last``: the sentence before it in the section; ``before``: in its
    paragraph. ``eventless``: without the years of events.
    """

    offset: int
    text: str
    record: Record
    direction: int | None
    last: "Sentence | None" = None
    before: "Sentence | None" = None
    eventless: bool = False

    @lazy
    def plain(self) -> str:
        """The text in half width."""
        return normalise(self.text)

    @lazy
    def _named(self) -> list[Mention]:
        return with_sums(self.plain, find_mentions(self.plain, self.record, self.direction))

    @lazy
    def figures(self) -> tuple[Figure, ...]:
        """Its figures, without those in names."""
        found = find_figures(self.text, self.record.units)
        return tuple(
            figure
            for figure in found
            if not any(m.start < figure.end and figure.start < m.end for m in self._named)
            and not _of_a_name(self.plain, figure, self.record)
        )

    @lazy
    def years(self) -> tuple[Year, ...]:
        """The years that it names."""
        found = read_years(self.text, self.plain, self.record.fiscal_year, self.figures)
        return tuple(year for year in found if not (self.eventless and year.event))

    def without_events(self) -> "Sentence":
        """The sentence read without the years that only tell when something was done."""
        return replace(self, eventless=True)

    @lazy
    def _reaching(self) -> list[Mention]:
        return with_reach(self.plain, self._named, self.figures)

    @lazy
    def bare(self) -> str:
        """``plain`` with figures, years and mentions blanked."""
        signs = list(self.plain)
        spans = [(figure.start, figure.end, BLANK) for figure in self.figures]
        spans += [(year.start, year.end, BLANK) for year in self.years]
        spans += [(mention.start, mention.end, MENTION) for mention in self._reaching]
        for start, end, sign in spans:
            signs[start:end] = sign * (end - start)
        return "".join(signs)

    @lazy
    def _together(self) -> list[Mention]:
        topics = with_reach(self.plain, find_topics(self.bare, self.record, self._reaching), self.figures)
        return sorted((*self._reaching, *topics), key=lambda mention: mention.end)

    @lazy
    def mentions(self) -> tuple[Mention, ...]:
        """What it names and speaks of, by the place where it ends."""
        spoken = self._spoken_before() if _FORMER.search(self.plain) else ()
        return tuple(with_former(self.plain, self._together, spoken))

    def _spoken_before(self) -> tuple[Row, ...]:
        """The rows that the last of the sentences before it which named any has named."""
        sentence = self.last
        for _ in range(_LOOKED_BACK):
            if sentence is None:
                break
            named = named_in(sentence._together)
            if named:
                return named
            sentence = sentence.last
        return ()

    @lazy
    def _handed(self) -> "_Handed":
        """What it hands on to the next sentence; those before it in the paragraph first, none inside another."""
        waiting = []
        sentence = self.before
        while sentence is not None and "_handed" not in sentence.__dict__:
            waiting.append(sentence)
            sentence = sentence.before
        for earlier in reversed(waiting):
            _ = earlier._handed
        carried = _carry(self)
        main = carried if carried.strength == "sure" else _only_named(self) or self.main
        return _Handed(carried, main)

    @property
    def carried(self) -> Subject:
        """What the sentence before it in the same paragraph spoke of."""
        return self.before._handed.carried if self.before else NOTHING

    @property
    def main(self) -> Subject:
        """The one row that the item (or paragraph) has named last, whatever came between."""
        return self.before._handed.main if self.before else NOTHING

    @lazy
    def year_before(self) -> Year | None:
        """The year that a sentence before it in the paragraph reported last."""
        sentence = self.before
        while sentence is not None:
            reported = current_year(sentence, len(sentence.text)) if sentence.years else None
            if reported is not None:
                return reported
            if "year_before" in sentence.__dict__:
                return sentence.year_before
            sentence = sentence.before
        return None

    @lazy
    def _compares_with(self) -> Year | None:
        bases = [one for one in _compared_with(self) if one.name != "before"]
        return bases[-1] if bases else None

    @property
    def compared(self) -> Year | None:
        """The year that the sentence before in the paragraph has compared with."""
        return self.before._compares_with if self.before else None

    @lazy
    def since(self) -> Year | None:
        """The year that the section has compared with last (「同じ4か年で」)."""
        sentence = self.last
        while sentence is not None:
            if sentence._compares_with is not None:
                return sentence._compares_with
            if "since" in sentence.__dict__:
                return sentence.since
            sentence = sentence.last
        return None

    @lazy
    def _cuts(self) -> list[int]:
        return [match.start() for match in _CUT.finditer(self.bare)]

    def segment_start(self, place: int) -> int:
        """Where the part between 、 or brackets that holds ``place`` begins."""
        cuts = self._cuts
        number = bisect_left(cuts, place)
        return cuts[number - 1] + 1 if number else 0

    def segment_end(self, place: int) -> int:
        """Where that part ends."""
        cuts = self._cuts
        number = bisect_left(cuts, place)
        return cuts[number] if number < len(cuts) else len(self.bare)


_CUT = re.compile(r"[、。\n（）()]")
_DEED_AT = "(?!目標|前年|前回|実績|計画|見込)[一-龠々]{2,6}[がを]"
"""Behind 「1校で」: it tells where something was done (「設置が早まった」)."""
_GIVEN = (
    "(?:[一-龠々ァ-ヴー]{2,10}[をが]|交付|配布|支給|送付|貸与|助成|補助|派遣|訪問|委託|依頼|案内|通知|説明|実施|聞き取|"
    "発送|指導)"
)
"""Behind 「5団体に」: they got something; their number is another's."""
_PREDICATE = re.compile(
    r"[ ]?(?:程度|前後|ほど|くらい|以上|以下|以内|未満|余り|強|弱|超|台の?(?:前半|後半)?)?[ ]?"
    rf"(?:$|[、。()（）」』\n・/→]|の?うち|の内訳|発生|の(?:半|過半|大半)|を(?:加え|足し|合わせ|合計)|と(?!の)|との(?:差|開|比|乖)|で(?!の|{_DEED_AT})|だ|に(?!関|つ|お|{_GIVEN})|まで|へ|から|より|"
    r"を(?:上|下|超|達|目|維|記|割|切[りるっ]|示|底|ピーク|境|最|基準|起点|[^、。]{0,14}?(?:上回|下回|超え|達成|目指|目標))|の(?:大台|目|実|増|減|低|上|見|水|達|差|伸|改|悪|結|向)|も|は|が(?:目標|実績|計画期間|過去|最|あ[りるっ])|あ[りるっ]|い(?:る|た|ます)|お(?:り|ります)|を(?:備え|有し|数え|擁し|確保|保有)|増|減|低|上|下|向|改|悪|"
    r"のまま|の[ ]?(?:約|およそ|ほぼ)?\d|伸|高|縮|拡|不足|マイナス|プラス|及ば|届|であ|という|少|多|悪|好|微|急|程|"
    r"\d|▲|△|[-+])"
)
"""What follows a figure that is itself the statement; 「120人が参加」 is none."""


def read_sentences(text: str, record: Record) -> Iterator[Sentence]:
    """The sentences of a section that can state something (headings cannot), in order."""
    last: Sentence | None = None
    before: Sentence | None = None
    last_end = 0
    for item in split_items(_unbroken(text)):
        paragraph = "\n\n" in text[last_end : item.start].replace(" ", "").replace("　", "")
        if item.heading or item.mark or paragraph:
            before = None
        last_end = item.end
        if item.heading:
            continue
        for start, end in _pieces(item.written):
            written = text[item.start + start : item.start + end]
            last = before = Sentence(item.start + start, written, record, item.direction, last, before)
            yield last


@dataclass(frozen=True)
class _Handed:
    """What a sentence hands on: its subject, and the row named last."""

    carried: Subject
    main: Subject


_STARTS = re.compile(r"[ ]?(?:程度)?(?:から(?!成|構成)|より|と比|に比)")


def _compared_with(sentence: Sentence) -> list[Year]:
    """The years that a sentence measures from: 「令和2年度から」, 「令和2年度の5,120世帯から」."""
    if not sentence.years:
        return []
    values = [figure for figure in sentence.figures if _STARTS.match(sentence.plain, figure.end)]
    started = [direct_year(sentence, figure) for figure in values]
    return [one for one in sentence.years if one.role == "base" or one in started]


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


_NEAR_BREAK = re.compile(r"[\d.,．，]\n[\d.,．，]")
"""Where a line break may stand inside a figure at all."""


def _unbroken(text: str) -> str:
    """``text``, as long as it was, in which no line breaks inside a figure."""
    if not _NEAR_BREAK.search(text):
        return text
    signs = list(text)
    for match in _BROKEN.finditer(normalise(text)):
        signs[match.start()] = " "
    return "".join(signs)


def _of_a_name(plain: str, figure: Figure, record: Record) -> bool:
    """「月45時間を超える割合」: the figure stands in a row's name, with the same words behind it."""
    written, behind = plain[figure.start : figure.end], re.sub(r"\s", "", plain[figure.end : figure.end + 6])[:3]
    return len(behind) == 3 and written + behind in record.plain_names


def _carry(sentence: Sentence) -> Subject:
    """What the next sentence speaks of if it says nothing itself."""
    other = False
    for mention in reversed(sentence.mentions):
        if mention.reach is not None and len(sentence.mentions) > 1:
            continue
        if mention.how == "pronoun":
            return sentence.carried
        if mention.how != "foreign":
            return Subject(mention.rows, strength_of(mention), True)
        if mention.topic:
            return Subject((), "foreign")
        other = True
    if other or (not sentence.carried.rows and content(sentence.bare, sentence.record)):
        return Subject((), "foreign")
    return sentence.carried


def _only_named(sentence: Sentence) -> Subject | None:
    """The one row that a sentence names, if it turns to something else at its end (「内訳は市街地が…」)."""
    named = {row.id: row for m in sentence.mentions if m.how in ("named", "label", "phrase") for row in m.rows}
    return Subject(tuple(named.values()), "sure") if len(named) == 1 else None


def strength_of(mention: Mention) -> Strength:
    if mention.how == "foreign":
        return "foreign"
    if mention.how in ("weak", "sum"):
        return "sum" if mention.how == "sum" else "weak"
    return "sure" if len(mention.rows) == 1 else "open"


def states_itself(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is the statement (「12.1％となった」) and not part of another (「120人が参加した」)."""
    return _PREDICATE.match(sentence.plain, figure.end) is not None


_WAS_THEN = re.compile(
    r"(?:程度)?(?:(?:に|まで|と)[^、。0-9はがをも]{0,10}?[んいえれちしっきか])?"
    r"(?:だった|であった|った|した|えた|んだ|いた)"
)
"""Between a figure and the year that it describes: 「19件であった令和2年度」「168件まで減った令和3年度」."""


def direct_year(sentence: Sentence, figure: Figure) -> Year | None:
    """The year that stands with a figure: behind (「12件（令和3年度）」「12件だった令和3年度」), or before it alone."""
    for year in sentence.years:
        if year.behind and year.start == figure.end + 1:
            return year
    was = _WAS_THEN.match(sentence.plain, figure.end)
    if was is not None:
        for year in sentence.years:
            if year.start == was.end():
                return year
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    near = [year for year in sentence.years if before <= year.start and year.end <= figure.start and not year.behind]
    return near[-1] if near else None


def is_base_figure(sentence: Sentence, figure: Figure) -> bool:
    """Whether what follows makes the figure the one compared with (「14.8％から」「14.8％に比べ」)."""
    rest = sentence.plain[figure.end :]
    rest = re.sub(r"^\([^)]*\)", "", rest)
    if words.PROPORTION_NEXT.match(rest):
        return True
    return (
        re.match(
            r"から(?!成|構成)|より|と比|に比|に対し|を(?:底|ピーク|起点|境|基準|基点)に|を[^、。]{0,14}?(?:上回|下回|超[え過]|割り込|クリア|凌|しの)|"
            r"(?:も|さえも?|すら)(?:大きく|わずかに)?(?:上回|下回|超え)|と(?:同|の(?:比|差|開き))|に[はも]?[^、。]{0,12}(?:及(?:ば|んで(?:は)?(?:いな|いませ|お[らり])|びませ)|届|満た|達[しせ]|至ら|至って)",
            rest,
        )
        is not None
    )


_AIMED_AT = re.compile("目標|予算|見込|定員|計画値")
"""Between a year and what is compared with: it is of that year too (「5年度は予算275,600千円に対し258,887千円」)."""


_NEXT_TO = re.compile(r"末?(?:の[^、。はが]{0,16}|\([^()]{0,20}\))?に次[ぎいぐ]")
"""Behind a year: the value spoken of stands next to that year's (「令和2年度（13.9％）に次ぎ」)."""


def current_year(sentence: Sentence, place: int) -> Year | None:
    """The year that the sentence has last set for what it reports, before ``place``."""
    chosen = None
    for year in sentence.years:
        if year.end > place or year.role != "plain" or year.behind or year.name in ("before", "two_before", "start"):
            continue
        follower = next((figure for figure in sentence.figures if figure.start >= year.end), None)
        ahead = follower is not None and follower.start < place and is_base_figure(sentence, follower)
        if ahead and follower is not None and not _AIMED_AT.search(sentence.plain, year.end, follower.start):
            continue
        if _NEXT_TO.match(sentence.plain, year.end):
            continue
        chosen = year
    return chosen
