"""Ranks among the sheet's own rows (16): 「3指標の中で達成率が最も低いのは…」「財源では県支出金が最も多く」."""

import re
from dataclasses import replace

from assistant.checking.claim_types import Claim, Extreme
from assistant.checking.extreme_words import Said
from assistant.checking.groups import group_before, outcomes
from assistant.checking.meanings import rows_meant
from assistant.checking.record import Record, Row
from assistant.checking.sentences import Sentence, Subject, current_year
from assistant.checking.subjects import MENTION
from assistant.checking.words import Word

_CLEFT = re.compile(r"(?:かった|い|きい|きかった|さい|さかった)?(?:指標|もの|項目|財源)?(?:の)?(?:は|が)、?")
_ENDS = re.compile(r"(?:であり|であ[るっ]|で、|です|でし|だ|。|\(|、|と(?:な|、)|の\d|$)")
_GROUP = re.compile(r"指標(?:の|で|を|別)|財源|内訳|歳入|費目|(?:支出金|地方債|一般財源)[^。]*のうち")
_SOURCES = frozenset({"cost:national", "cost:prefectural", "cost:bonds", "cost:other", "cost:general"})
_BY_SOURCE = re.compile(r"財源|内訳|事業費の(?:うち|中)")
_BESIDE_NEXT = re.compile(r"(?:[ ]?[\d,億万千百円]+)?(?:に次[いぐ])")
"""Behind a row: another one is next to it."""
_NEXT = re.compile(r"(?:次いで|次に|続いて)(?:多い|大きい|高い)?(?:のは|のが)?、?")


def among_claim(sentence: Sentence, record: Record, said: Said) -> Claim | None:
    """What is the most among rows: named behind 「最も高いのは」 or before 「最も高い」; None without a group."""
    plain = sentence.plain
    cleft = _CLEFT.match(plain, said.end)
    rows = _behind(sentence, record, cleft.end()) if cleft and cleft.group().endswith(("は、", "は", "が")) else ()
    if (
        not rows
        and cleft is not None
        and re.match(r"(?:かった|い|きい|さい)", plain[said.end :])
        and cleft.group()[-2:-1] == "の"
    ):
        return None
    if not rows:
        named = [
            m
            for m in sentence.mentions
            if m.end <= said.start and m.how not in ("pronoun", "weak") and not _BESIDE_NEXT.match(plain, m.end)
        ]
        carried = sentence.carried if not named else None
        rows = named[-1].rows if named else carried.rows if carried is not None and carried.strength == "sure" else ()
    if len(rows) != 1:
        return None
    group = _group(sentence, record, said, rows[0])
    if len(group) < 2 or rows[0] not in group:
        return None
    word = Word(said.start, said.end, said.side, False, True)
    return Claim(
        "among",
        said.start,
        said.end,
        Subject((rows[0], *(row for row in group if row is not rows[0])), "sure", True),
        word=word,
        carried_year=current_year(sentence, said.start),
        extreme=Extreme(said.nth, None, said.metric, said.sign),
    )


def next_claim(sentence: Sentence, record: Record, first: Claim) -> Claim | None:
    """「次いでその他が…」: the second of the same group."""
    match = _NEXT.search(sentence.plain, first.end)
    if match is None or first.extreme is None or first.extreme.nth != 1:
        return None
    rows = _behind(sentence, record, match.end())
    if len(rows) != 1 or rows[0] not in first.subject.rows:
        return None
    others = tuple(row for row in first.subject.rows if row is not rows[0])
    extreme = replace(first.extreme, nth=2)
    return replace(
        first, start=match.start(), end=match.end(), subject=Subject((rows[0], *others), "sure", True), extreme=extreme
    )


def _behind(sentence: Sentence, record: Record, place: int) -> tuple[Row, ...]:
    """The row that the noun phrase at ``place`` names."""
    mention = next((m for m in sentence.mentions if m.rows and place <= m.start), None)
    end = _ENDS.search(sentence.bare, place)
    if mention is not None and (end is None or mention.start < end.end() or _leads(sentence, place, mention.start)):
        return mention.rows
    chunk = sentence.bare[place : end.start() if end else len(sentence.bare)]
    return rows_meant(chunk.replace(MENTION, ""), record)


def _leads(sentence: Sentence, place: int, start: int) -> bool:
    """「森林環境譲与税基金からの繰入れを含むその他」: words that describe the mention."""
    return re.search("[、。]", sentence.bare[place:start]) is None


def _group(sentence: Sentence, record: Record, said: Said, row: Row) -> tuple[Row, ...]:
    plain = sentence.plain
    if row.id in _SOURCES:
        told = {r.id for m in sentence.mentions for r in m.rows} & _SOURCES
        if not _BY_SOURCE.search(plain) and len(told) < 2 and not _NEXT.search(plain):
            return ()
        return tuple(other for other in record.rows if other.id in _SOURCES)
    if row.kind != "outcome":
        return ()
    group = group_before(sentence, record, said.start)
    if group is not None:
        return group if row in group else ()
    if said.metric != "rate" or not _GROUP.search(plain):
        return ()
    rows = outcomes(record, sentence.direction)
    return rows if row in rows else outcomes(record, None)
