"""Records over the stored years (13, 16): 「過去最高となった」「計画期間で2番目に少ない」「最も低かった令和3年度」."""

import re
from collections.abc import Iterator

from assistant.checking import words
from assistant.checking.among_claims import among_claim, next_claim
from assistant.checking.claim_types import Claim, Extreme, Window
from assistant.checking.extreme_words import (
    ANY,
    MOST,
    NEW,
    OUTSIDE,
    TIED,
    Said,
    said_at,
    width_before,
    without_windows,
    year_behind,
)
from assistant.checking.meanings import content
from assistant.checking.never_values import BLANK
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import NOTHING, Sentence, Subject, current_year
from assistant.checking.subjects import MENTION
from assistant.checking.words import Sense, Word
from assistant.checking.years import Year

_JOINED = re.compile(
    r"[)）]?(?:に|へ|まで)?(?:増え|増加し|減り|減少し|上昇し|低下し|伸び|達し|上がり|下がり)?て?"
    r"(?:と(?:なり|なって|、)?|で(?:あり)?|が|は|を記録し|、|の|に|(?:と|に)?なった)*、?[ ]?"
    r"(?:の?(?:中|うち|間)?(?:で|に|では)?(?:は|も)?|おいて|通じて|を)*[、 ]?(?:\([^()]*\)では?)?(?:中の|"
    r"中で|の中で(?:は)?)?[ ]?"
)
"""Between a figure and 最高, the window left out: the figure is what is the highest."""
_NOT_YET = re.compile(
    r"[^、。]{0,10}?(?:を?目指|めざ|見込|予測|想定|予想|可能性|恐れ|おそれ|ため(?:に|、)|(?:する|"
    r"なる)よう|べき|目標と|求め)"
)
_DENIED = re.compile(
    r"(?:値|水準|記録|実績)?(?:(?:の|を)?更新(?:は|を)?|を?上回|に(?:は)?)?"
    r"(?:では?な|とは(?:な|い)|(?:に)?は?(?:及ば|届か|至ら|達し(?:て(?:い|お)な|な|ず))|(?:なら|でき|し)(?:な|ず))"
)
_NOUN = re.compile(
    rf"(?:かった|きかった|さかった|い|きい|さい|きな|さな|の)[ ]?(?!{MENTION})"
    r"(?P<noun>[^、。はがをにでとも\s()「」0-9]{1,12})"
)
_NEUTRAL_NOUN = re.compile("水準|値|数値|結果|実績|状況|状態|年|月|もの|数字|成果|方|順|更新|記録|達成")


def extremes(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """13, 16: what is the most or least, over years or among rows; what it is said of others is a ``rank``."""
    if not ANY.search(sentence.plain):
        return
    before, window = 0, None
    among: Claim | None = None
    for match in MOST.finditer(sentence.plain):
        if any(m.start <= match.start() < m.end for m in sentence.mentions if m.how in ("named", "label")):
            continue
        said = said_at(sentence, match, before, window)
        # what stands for the other side of 「AでもBでも」 is carried, not read again
        before, window = match.end(), said.window
        found = _claim(sentence, record, figures, said)
        if found is not None:
            yield found
            among = found if found.form == "among" else None
            if among is not None and (second := next_claim(sentence, record, among)) is not None:
                yield second


def _claim(sentence: Sentence, record: Record, figures: list[Claim], said: Said) -> Claim | None:
    plain, rest = sentence.plain, sentence.plain[said.end :]
    if _NOT_YET.match(rest):
        return None
    clause = sentence.bare[sentence.segment_start(said.window_start) : said.start]
    year = year_behind(sentence, said.end)
    by_year = year or (None if said.after else _year_before(sentence, said))
    window = said.window
    if OUTSIDE.search(clause):
        named = [m.rows for m in sentence.mentions if m.rows and m.end <= said.start] or [sentence.carried.rows]
        if len(named[-1]) != 1:
            return None
        end, carried = _end(plain, said), current_year(sentence, said.start)
        return Claim("rank", said.start, end, NOTHING, carried_year=carried, extreme=Extreme(said.nth))
    if window is None and by_year is None and _AT_VALUE.search(sentence.bare[: said.start]) and _A_VALUE.match(rest):
        window = Window("stored")
    if window is None and by_year is None:
        return among_claim(sentence, record, said)
    if _names_another(sentence, record, rest):
        return None
    subject, year_of_figure = _subject(sentence, record, figures, said)
    if len(subject.rows) != 1:
        return None
    sense: Sense = said.side
    denied = _DENIED.match(rest) is not None and year is None
    word = Word(said.start, _end(plain, said), sense, denied, True)
    return Claim(
        "record",
        _begin(plain, said),
        word.end,
        subject,
        word=word,
        year=by_year or (None if said.after else year_of_figure),
        carried_year=None if said.after else current_year(sentence, said.start),
        extreme=Extreme(
            said.nth,
            window or Window("stored"),
            said.metric,
            said.sign,
            new=NEW.match(rest) is not None,
            tied=TIED.match(rest) is not None,
        ),
    )


_AT_VALUE = re.compile(rf"{BLANK}(?:と|で)[、 ]?$")
_A_VALUE = re.compile(r"い?(?:値|水準|数値|実績)(?:を|と|に|で|だ)")
"""「85.7％と最も高い値を示し」: of a row's own years, whatever is not said."""


def _begin(plain: str, said: Said) -> int:
    """From 過去 or 計画期間 right before the word on, so that the statement is seen whole."""
    near = re.search(r"(?:過去|史上)$", plain[: said.start])
    return near.start() if near else said.start


def _end(plain: str, said: Said) -> int:
    ending = re.match(r"(?:かった|[いくさ])", plain[said.end :])
    return said.end + (ending.end() if ending else 0)


def _year_before(sentence: Sentence, said: Said) -> Year | None:
    """「令和4年度が最も多く」: the year that が or は marks right before the word."""
    for year in reversed(sentence.years):
        if year.end <= said.start:
            between = without_windows(sentence.bare[year.end : said.start])
            return (
                year
                if re.fullmatch(rf"(?:の{BLANK}+)?(?:が|は)、?(?:の?(?:中|うち)?で(?:は)?)?[ ]?", between)
                else None
            )
    return None


def _names_another(sentence: Sentence, record: Record, rest: str) -> bool:
    """「最も高い目標」「最も多い意見」: the noun behind is not what is stored."""
    match = _NOUN.match(rest)
    if match is None or _NEUTRAL_NOUN.search(match["noun"]):
        return False
    noun = match["noun"]
    own = any(row.plain_name.endswith(noun) or noun in row.plain_name for row in record.rows)
    return not own and bool(content(noun, record))


def _subject(sentence: Sentence, record: Record, figures: list[Claim], said: Said) -> tuple[Subject, Year | None]:
    """Of what the word is: the figure that it is said of, what stands right behind it, else what the clause names."""
    plain = sentence.plain
    year: Year | None = None
    for claim in reversed(figures):
        if claim.end <= said.start and claim.form in ("level", "change"):
            if _JOINED.fullmatch(without_windows(plain[claim.end : said.start])):
                year = claim.year if claim.year is not None and claim.year.role == "plain" else None
                meant = claim.subject
                if meant.strength == "weak":
                    meant = subject_at(sentence, claim.start, record, frozenset(row.id for row in meant.rows))
                if said.metric != "change":
                    return meant, year
            break
    width = width_before(sentence, said.start) if said.metric == "change" else None
    anchor = min(said.window_start, said.start) if width is None else width
    subject = subject_at(sentence, anchor, record, None)
    if subject.strength in ("sure", "open"):
        return subject, year
    behind = next((m for m in sentence.mentions if said.end <= m.start <= said.end + 3 and len(m.rows) == 1), None)
    if behind is not None and re.fullmatch(r"(?:い|きい|の|とな(?:る|った)|かった)+", plain[said.end : behind.start]):
        return Subject(behind.rows, "sure", True), None
    if subject.strength == "none":
        sure = [
            c for c in figures if c.form in ("level", "change") and c.subject.strength == "sure" and c.end <= said.start
        ]
        if sure and not words.TREND.search(plain, sure[-1].end, said.start):
            return sure[-1].subject, None
    return subject, None
