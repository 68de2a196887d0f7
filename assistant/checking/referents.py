"""What a statement is about: the row that stands nearest before it, is carried over, or is named behind it."""

import re

from assistant.checking.clauses import REASON, is_left_behind, own_words
from assistant.checking.meanings import content, strange
from assistant.checking.never_values import BLANK
from assistant.checking.record import Record
from assistant.checking.row_names import covered_share
from assistant.checking.sentences import NOTHING, Sentence, Subject, strength_of
from assistant.checking.subjects import MENTION, Mention

_OTHER_CITIES = re.compile(r"(?:いずれの|どの|全ての|すべての|他の|各|近隣\d*)[市町]{1,2}村?(?:と)?(?:も|は|では|が)")
_GENERIC = re.compile(
    r"[・〇◆ ]*(?:延べ)?(?:利用|参加|登録|来場|入場|受講|対象|会員|申請|相談|実施|開催|回答|"
    r"職員|団体|事業|施設|児童|講座|活動|補助)?者?"
    r"(?:件|人|回)?数?(?:は|が|も|を|では|には)?"
)
"""Words for anybody and anything: who they are was said before."""
_SOMEBODY = re.compile(r"[・〇◆ ]*(?:延べ)?[一-龠々]{1,3}者数?(?:は|が|も|には|では)?")
_KIN = 0.4
"""Share of an earlier topic's words that a row must have to be of the same thing (公民館講座: 開催回数, 参加者数)."""
_COMMON = 6
"""Signs (its particle among them) from which a topic names more than a common noun."""
SIDE = re.compile(r"の(?:方|ほう)(?=[はがもで])")
"""Behind a row: it is still the row that is meant (「国庫支出金の方は」)."""
_BEFORE_WORDS = re.compile(r"[ ]?(?:約|およそ|おおよそ|概ね|おおむね|ほぼ|延べ|のべ|計|合計)[ ]?$")


def subject_at(sentence: Sentence, start: int, record: Record, allowed: frozenset[str] | None) -> Subject:
    """What the statement at ``start`` is about. ``allowed``: ids of rows with a fitting unit; None = any.

    The nearest mention or topic on the left decides; without one, the sentence before, the heading, or the only
    row with the unit, and only where the clause says nothing of its own.
    """
    if tells_of_other_cities(sentence, start):
        return Subject((), "foreign")
    own = sentence.segment_start(start)
    between = _BEFORE_WORDS.sub("", sentence.bare[own:start])
    before = [mention for mention in sentence.mentions if mention.end <= start + 1]
    for mention in reversed(before):
        if mention.reach is not None and mention.reach <= start:
            continue
        if mention.how == "foreign":
            left = not mention.topic and is_left_behind(sentence.bare[mention.end : start])
            aside = left or (mention.topic and _is_added(sentence, mention))
            if (mention.topic or mention.end > own or _holds(sentence, mention, own)) and not aside:
                return Subject((), "foreign")
            continue
        if mention.how == "pronoun":
            if not any(other.rows and other.end <= mention.start for other in sentence.mentions):
                return sentence.carried
            continue
        if _in_a_reason(sentence, mention, start):
            continue
        rows = tuple(row for row in mention.rows if allowed is None or row.id in allowed)
        if not rows or (mention.how == "sum" and len(rows) < len(mention.rows)):
            continue
        if len(rows) > 1 and mention.how == "open":
            rows = tuple(row for row in rows if sentence.direction and row.direction == sentence.direction) or rows
        side = SIDE.match(sentence.plain, mention.end)
        gap = own_words(sentence.bare[max(own, side.end() if side else mention.end) : start])
        strength = strength_of(mention) if len(rows) == len(mention.rows) else ("sure" if len(rows) == 1 else "open")
        if mention.how == "weak" or _is_anothers(mention, sentence, record):
            strength = "weak"
        if mention.how == "sum":
            return Subject(rows, "sum", mention.topic and not content(gap, record))
        if strange(gap, rows, record):
            return Subject(rows, "weak")
        return Subject(rows, strength, True)
    if any(mention.rows and not _is_aside(sentence, mention, own) for mention in before):
        return Subject((), "foreign")
    behind = _named_behind(sentence, start, record, allowed)
    if behind is not None:
        return behind
    if strange(own_words(between), sentence.carried.rows, record):
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


_BY_REASON = re.compile(
    rf"の?[^、。はがもを{BLANK}{MENTION}]{{0,12}}"
    r"(?:により|によって|による|に伴い|に伴って|を受けて?|もあって?)[、 ]?"
)


def _in_a_reason(sentence: Sentence, mention: Mention, start: int) -> bool:
    """「一般財源は、地方債の活用により0.8％減」: told as the cause, where the sentence has a topic before it."""
    if mention.topic or not _BY_REASON.match(sentence.bare, mention.end, start):
        return False
    earlier = [one for one in sentence.mentions if one.end <= mention.start and one.rows]
    return any(one.topic or sentence.plain[one.end : one.end + 1] in ("は", "も") for one in earlier)


def _is_aside(sentence: Sentence, mention: Mention, own: int) -> bool:
    """A row named in a reason that a comma closes (「バスの増便により、」) is no subject of what follows."""
    if mention.topic or mention.end > own:
        return False
    return REASON.search(sentence.bare[mention.end - 4 : own]) is not None


def _is_added(sentence: Sentence, mention: Mention) -> bool:
    """「経常収支比率は、市税の増収もあって92.4％に」: a circumstance, where the sentence has a row as its topic."""
    if not sentence.plain.startswith(("あって", "あり"), mention.end) or sentence.plain[mention.end - 1] != "も":
        return False
    return any(
        one.rows and one.end <= mention.start and (one.topic or sentence.plain[one.end : one.end + 1] == "は")
        for one in sentence.mentions
    )


def _holds(sentence: Sentence, mention: Mention, own: int) -> bool:
    """「県内全体の就職件数の伸び（4.1％増）」: the statement stands in brackets right behind the mention."""
    return sentence.plain[mention.end : own] == "("


_ATTRIBUTE = re.compile(
    rf"{BLANK}+(?:程度)?(?:(?:とな|に達し|であ|だ|に上|にのぼ|に減|に増|(?:まで|に)(?:低下|上昇|減少|増加)し|にとどま)"
    rf"[っ]?た|の)[ ]?(?={MENTION})"
)
"""Between a figure and the row that it describes: 「44.1％となった」特定健診受診率は."""


def _named_behind(sentence: Sentence, start: int, record: Record, allowed: frozenset[str] | None) -> Subject | None:
    """The row that the sentence names only behind its figures (「目標16.0％に対し実績は12.1％となり、Aは…」)."""
    following = [mention for mention in sentence.mentions if mention.start >= start and mention.how != "weak"]
    first = following[0] if following else None
    if first is None or len(first.rows) != 1 or (allowed is not None and first.rows[0].id not in allowed):
        return None
    describes = _ATTRIBUTE.match(sentence.bare, start)
    if describes is not None and describes.end() == first.start:
        return Subject(first.rows, "sure", True)
    topic = sentence.plain[first.end : first.end + 1] in ("は", "が") or first.topic
    if sentence.carried.rows or not topic or content(sentence.bare[: first.start], record):
        return None
    return Subject(first.rows, "sure", True)


def tells_of_other_cities(sentence: Sentence, place: int) -> bool:
    """「いずれの市も…」 before ``place``."""
    return _OTHER_CITIES.search(sentence.plain, 0, place) is not None


def _is_anothers(mention: Mention, sentence: Sentence, record: Record) -> bool:
    """A common word (「利用者は」) behind something else is rather of that."""
    if mention.how not in ("phrase", "open") or mention.end - mention.start >= _COMMON:
        return False
    written = sentence.plain[mention.start : mention.end]
    if _SOMEBODY.fullmatch(written):
        for other in sentence.mentions:
            if other.topic and other.end <= mention.start and not any(row in other.rows for row in mention.rows):
                said = content(sentence.plain[other.start : other.end], record)
                if all(covered_share(said, row.name) < _KIN for row in mention.rows):
                    return True
    others = {row.id for row in sentence.carried.rows} & {row.id for row in mention.rows}
    return _GENERIC.fullmatch(written) is not None and sentence.carried.strength != "none" and not others


def _by_unit(sentence: Sentence, record: Record, allowed: frozenset[str]) -> Subject:
    rows = [row for row in record.rows if row.id in allowed]
    under = [row for row in rows if row.direction == sentence.direction and sentence.direction is not None]
    rows = under or rows
    if not rows:
        return NOTHING
    return Subject(tuple(rows), "sure" if len(rows) == 1 else "open")
