"""Statements about several indicators at once (32, 10): all of them, so many of them, those named and no others.

「9指標のうち6指標で目標を達成し」「全ての指標が未達成」「達成したのはAのみ」「A、B及びCは達成し、Dは未達成」「残る3指標は」.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.checking import words
from assistant.checking.achievement_claims import achieved_word
from assistant.checking.bases import base_at
from assistant.checking.claim_types import Claim, Quantity, Tally
from assistant.checking.groups import (
    NUMBER,
    candidates,
    group_of_size,
    outcomes,
    size_of,
    universe_before,
    value_of,
)
from assistant.checking.listed import Listed, listed_before, names_between, unique_rows, within
from assistant.checking.numerals import Figure
from assistant.checking.record import Record, Row
from assistant.checking.sentences import Sentence, Subject, current_year
from assistant.checking.streaks import streak_before
from assistant.checking.tally_words import (
    ALL,
    BEHIND,
    BEHIND_SHORT,
    BOTH,
    COUNT,
    COUNTED,
    EXCEPT,
    HALF,
    LOOK,
    NONE,
    OF_ALL,
    REST_OF,
    SHARE,
    SHARE_OF,
    UNIT,
    WORDS,
)
from assistant.checking.words import Word
from assistant.checking.years import Year


@dataclass(frozen=True)
class _Said:
    """What the text counts: how, how many, and whether of the rest."""

    quantity: Quantity
    start: int
    end: int
    number: int | None = None
    rest: bool = False
    number_end: int = 0
    figure: Figure | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the number stands that is right or wrong."""
        return (self.start, self.number_end) if self.quantity in ("count", "share") and self.number_end else None


def tallies(sentence: Sentence, record: Record) -> Iterator[Claim]:
    """Each statement that counts indicators or is of several that are named."""
    plain = sentence.plain
    if not LOOK.search(plain):
        return
    patterns: tuple[re.Pattern[str], ...] = (words.ACHIEVED, words.AGAINST) if "目標" in plain else (words.ACHIEVED,)
    patterns = WORDS if "指標" in plain or "項目" in plain else patterns
    found = sorted(
        (match for pattern in patterns for match in pattern.finditer(plain)),
        key=lambda match: (match.start(), -match.end()),
    )
    before = 0
    spoken: tuple[Row, ...] = ()
    for match in found:
        if match.start() < before or _in_a_name(sentence, match):
            continue
        word = _word(sentence, match)
        if word is None:
            continue
        claim = _claim(sentence, record, word, before, spoken)
        start, before = before, max(before, match.end(), claim.end if claim is not None else 0)
        if claim is not None:
            yield from _sharing(sentence, record, claim, start)
            spoken = claim.tally.named if claim.tally is not None and claim.tally.named else ()
            yield claim


_SHARED = re.compile(rf"指標(?:の?うち|中)、?(?P<n>{NUMBER})[ ]?{UNIT}[、,]")


def _sharing(sentence: Sentence, record: Record, claim: Claim, before: int) -> Iterator[Claim]:
    """「展開方向1では4指標中2指標、展開方向2では3指標中1指標が…」: the counts that share the word of the last."""
    tally = claim.tally
    if tally is None or tally.quantity != "count":
        return
    for match in _SHARED.finditer(sentence.plain, before, claim.start):
        size = universe_before(sentence, match.start("n"))
        rows = group_of_size(sentence, record, match.start("n"), size_of(size)) if size is not None else None
        if rows is not None:
            number = value_of(match["n"])
            span = match.start("n"), match.end() - 1
            shared = replace(tally, number=number, span=span)
            yield replace(claim, start=span[0], end=span[1], subject=Subject(rows, "sure", True), tally=shared)


def _in_a_name(sentence: Sentence, match: re.Match[str]) -> bool:
    return any(mention.rows and mention.start <= match.start() < mention.end for mention in sentence.mentions)


def _word(sentence: Sentence, match: re.Match[str]) -> Word | None:
    """The word as a statement; a noun (「達成は6指標」) states too. Of 上回る only what is said of a target or year."""
    plain = sentence.plain
    of_values = match.re is words.TREND or match.lastgroup in ("above", "below", "compared")
    if of_values and not _OF_INDICATORS.search(_BRACKETED.sub("", plain)):
        # of rows that are named, these words are read with the trends and relations
        return None
    word = words.word_at(plain, match, len(plain))
    if match.re is words.AGAINST and word.sense in ("above", "below"):
        base = base_at(sentence, match.start())
        if base is None or base.figure is not None:
            return None
    if match.re is words.AGAINST and word.sense in ("reach", "short") and "目標" not in plain[: match.start()]:
        return None
    if match.re is words.TREND and word.sense == "flat":
        return word if word.fact else None
    noun = _behind_match(sentence, match.end()) is not None or _COUNTED_NOUN.match(plain, match.end()) is not None
    if word.fact:
        return word
    told = noun and not words.PLAN.search(re.split("[、。は]", plain[match.end() :], maxsplit=1)[0])
    if match.re is words.ACHIEVED and not told:
        return achieved_word(sentence, match)
    return word if told else None


_OF_INDICATORS = re.compile("指標|項目")
_BRACKETED = re.compile(r"\([^()]*\)")
"""「（低いほど望ましい指標）」 tells of one row and counts none."""
_COUNTED_NOUN = re.compile(rf"(?:は|が|:|した(?:成果)?指標は)?[ ]?(?:{NUMBER})[ ]?{UNIT}")


_WIDER = re.compile(
    r"計画(?:全体|に掲げ|の成果指標)|政策(?!評価)|プラン|ビジョン|戦略|市全体|全庁|全施策|[0-9]+施策|"
    r"事業(?:の|に)|他市|県の|国の"
)
"""The indicators are those of more than this sheet."""


def _claim(sentence: Sentence, record: Record, word: Word, before: int, spoken: tuple[Row, ...]) -> Claim | None:
    plain = sentence.plain
    if re.match(r"[率度](?!でき)", plain[word.end :]) or _WIDER.search(plain, 0, word.start):
        return None
    head = plain[before : word.start]
    year = current_year(sentence, word.start)
    said = _counted(sentence, head, word, before)
    if said is not None:
        return _of_count(sentence, record, word, said, year, spoken, before)
    listed = listed_before(sentence, record, before, word.start)
    said_before = listed is not None and any(one.search(sentence.bare, listed.start, listed.end) for one in WORDS)
    if listed is not None and len(listed.rows) > 1 and not said_before:
        return _made(sentence, word, listed.end, word.end, listed.rows, Tally("all", named=listed.rows), year)
    behind = _behind_match(sentence, word.end)
    if behind is not None and word.end < behind.end():
        return _behind(sentence, record, word, behind, year)
    return None


def _made(
    sentence: Sentence, word: Word, start: int, end: int, rows: tuple[Row, ...], tally: Tally, year: Year | None
) -> Claim:
    return Claim(
        "tally",
        start,
        end,
        Subject(rows, "sure", True),
        word=word,
        carried_year=year,
        base=base_at(sentence, word.start) if word.sense in ("above", "below", "up", "down", "flat") else None,
        streak=streak_before(sentence.plain, word.start),
        tally=tally,
    )


def _counted(sentence: Sentence, head: str, word: Word, before: int) -> _Said | None:
    """The quantity right before the word."""
    count = COUNT.search(head)
    if count is not None and _is_a_count(sentence, count, before):
        number = value_of(count["n"])
        rest = count["rest"] is not None
        start = before + count.start()
        if count["every"]:
            return _Said("all", start, word.end, number, rest)
        written = COUNTED.match(sentence.plain, before + count.start("n"))
        return _Said("count", start, word.end, number, rest, written.end() if written and not rest else 0)
    for figure in sentence.figures:
        if figure.unit == "％" and before <= figure.start < word.start and _is_share(sentence, figure, word):
            return _Said("share", figure.start, word.end, None, False, figure.end, figure)
    every = ALL.search(head)
    if every is not None:
        return _Said("all", before + every.start(), word.end, None, every["rest"] is not None)
    half = HALF.search(head)
    if half is not None and (half["half"] or half["most"]):
        return _Said("most" if half["most"] else "half", before + half.start(), word.end)
    if BOTH.search(head) and not listed_names(sentence, before, word.start):
        both = BOTH.search(head)
        assert both is not None
        return _Said("all", before + both.start(), word.end)
    others = REST_OF.search(head)
    if others is not None:
        return _Said("all", before + others.start(), word.end)
    none = NONE.match(sentence.plain, word.end)
    if none is not None and "指標" in sentence.plain:
        return _Said("count", word.start, none.end(), 0)
    return None


def _is_share(sentence: Sentence, figure: Figure, word: Word) -> bool:
    """「7割の指標で」「指標の約7割が」."""
    rest = sentence.plain[figure.end : word.start]
    if SHARE_OF.fullmatch(rest):
        return True
    return OF_ALL.search(sentence.plain[: figure.start]) is not None and SHARE.fullmatch(rest) is not None


def listed_names(sentence: Sentence, start: int, end: int) -> list[Row]:
    """The rows that the sentence names in ``[start:end]``."""
    return [row for m in sentence.mentions if m.rows and start <= m.start and m.end <= end + 1 for row in m.rows]


def _is_a_count(sentence: Sentence, match: re.Match[str], before: int) -> bool:
    """Whether so many indicators are meant: called so here, or earlier in the sentence; 「3件増加」 is none."""
    written = match.group()
    if "指標" in written or "項目" in written:
        return True
    return "指標" in sentence.plain[: before + match.start()] and re.search(r"うち|中|指標", sentence.plain) is not None


def _universe(sentence: Sentence, record: Record, said: _Said, place: int) -> tuple[tuple[Row, ...] | None, bool]:
    """The rows that are counted over, and whether a number of them is named that no group has."""
    size = universe_before(sentence, said.start)
    if said.quantity == "all" and said.number is not None and not said.rest:
        return group_of_size(sentence, record, place, said.number), False
    if size is not None:
        group = group_of_size(sentence, record, place, size_of(size))
        return group, group is None
    found = candidates(sentence, record, place)
    return (found[0] if found else None), False


def _of_count(
    sentence: Sentence,
    record: Record,
    word: Word,
    said: _Said,
    year: Year | None,
    spoken: tuple[Row, ...],
    before: int,
) -> Claim | None:
    plain = sentence.plain
    rows, wrong_size = _universe(sentence, record, said, word.start)
    named = unique_rows(listed_names(sentence, before, said.start))
    if said.quantity == "all" and not (named or said.rest) and "指標" not in plain[before : word.start]:
        named = unique_rows(listed_names(sentence, 0, said.start))  # 「AとBは…及ばず、ともに未達成となった」
    except_ = EXCEPT.search(plain, before, said.start + 8) if named else None
    if said.rest or except_ is not None:
        left_out = named or spoken or unique_rows(listed_names(sentence, 0, said.start)) or sentence.carried.rows
        if said.rest and said.quantity == "count" and not left_out:
            return None if rows is None else _made(sentence, word, said.start, said.end, rows, _tally(said), year)
        groups = candidates(sentence, record, word.start)
        rests = [
            tuple(row for row in group if not within((row,), left_out)) for group in groups if within(left_out, group)
        ]
        rest = next((rest for rest in rests if said.number is None or len(rest) == said.number), None)
        if rest is not None:
            return _made(sentence, word, said.start, said.end, rest, Tally("all"), year)
        if rows is None or said.quantity != "count":
            return None
        return _made(sentence, word, said.start, said.end, rows, _tally(said), year)
    size = universe_before(sentence, said.start)
    if said.quantity == "count" and size is None and not _ANY_OF_THEM.search(plain, before, said.start):
        listed = listed_before(sentence, record, before, said.start) or _one(sentence, named)
        if listed is not None and len(listed.rows) == said.number:
            return _made(sentence, word, said.start, said.end, listed.rows, Tally("all", named=listed.rows), year)
    if said.quantity == "all" and named:
        listed = listed_before(sentence, record, before, said.start)
        group = listed.rows if listed is not None else named
        if said.number in (None, len(group)) and len(group) > 1:
            return _made(sentence, word, said.start, said.end, group, Tally("all", named=group), year)
        if said.number is None and len(group) == 1 and "指標" not in plain[said.start : word.start]:
            return None
    if rows is None:
        if wrong_size and size is not None and "成果指標" in plain:
            every = outcomes(record, None)
            return _made(sentence, word, size.start(), size.end(), every, Tally("count", wrong_size=True), year)
        return None
    if said.quantity == "count" and said.number is not None and said.number > len(rows):
        return None
    claim = _made(sentence, word, said.start, said.end, rows, _tally(said), year)
    return replace(claim, figure=said.figure)


_ANY_OF_THEM = re.compile(r"など|等の|ほか")


def _tally(said: _Said) -> Tally:
    return Tally(said.quantity, said.number, span=said.span)


def _one(sentence: Sentence, named: tuple[Row, ...]) -> Listed | None:
    mention = next((m for m in sentence.mentions if m.rows == named), None)
    return Listed(mention.start, mention.end, named) if mention is not None and len(named) == 1 else None


def _behind_match(sentence: Sentence, place: int) -> re.Match[str] | None:
    """What stands behind a word as its count or names: to the end of the clause, of a list at least to its first 、."""
    plain = sentence.plain
    found = BEHIND.match(plain, place)
    listing = found is not None and _listing(sentence.bare[found.start("names") : found.end("names")])
    return found if listing else BEHIND_SHORT.match(plain, place)


def _listing(names: str) -> bool:
    """Whether a long stretch is a list of names, and not another clause."""
    if re.search("指標|項目|達成", names):
        return False
    return "、" not in names or not re.search("が、|し、|り、|て、|た、|く、|ず、|を|ものの", names)


def _behind(sentence: Sentence, record: Record, word: Word, match: re.Match[str], year: Year | None) -> Claim | None:
    """「目標を達成したのはAのみ」「達成は6指標」「未達成の指標は、AとBの2指標」."""
    plain = sentence.plain
    if any(
        0 <= figure.start - match.start("names") <= 1 < match.end("names") - figure.start for figure in sentence.figures
    ):
        return None  # 「増加は1,825人にとどまった」 counts no indicators
    names = names_between(sentence, record, match.start("names"), match.end("names"))
    number = value_of(match["n"]) if match["n"] else None
    universe = universe_before(sentence, word.start)
    half: Quantity | None = "half" if match["half"] else "most" if match["most"] else None
    if names is None and number is None and half is None:
        return None
    cleft = re.match(r"[^、。]{0,8}(?:の|もの|指標|項目)(?:は|が)|(?:は|:)", plain[word.end :]) is not None
    if names and not match["only"] and not cleft:
        return None
    if (number is not None or half is not None) and not (
        universe or "指標" in match.group() or "指標" in plain[: word.start]
    ):
        return None
    if universe is None:
        universe = universe_before(sentence, match.end("names"))
    size = size_of(universe) if universe else None
    rows = group_of_size(sentence, record, word.start, size) if size else None
    if rows is None and size is None:
        groups = candidates(sentence, record, word.start)
        rows = next((group for group in groups if within(names or (), group)), None)
    if rows is None or not within(names or (), rows):
        return None
    negated = words.NEGATED.match(plain[word.end :]) is not None
    meant = Word(word.start, word.end, word.sense, negated, True)
    if not names and (number is not None or half is not None):
        tally = Tally(half or "count", number, span=match.span("n") if number is not None else None)
        return _made(sentence, meant, word.start, match.end(), rows, tally, year)
    if not names:
        return None
    return _made(sentence, meant, word.start, match.end(), rows, Tally("exactly", number, names), year)
