"""Relations to a target, a forecast or another year (9): 上回った, 割り込んだ, 届かなかった."""

from dataclasses import replace
from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.judging_changes import PRAISE, difference
from assistant.checking.judging_trends import judge_rows, word_pairs
from assistant.checking.judging_words import judge_achieved
from assistant.checking.readings import polarity
from assistant.checking.record import Record, Row
from assistant.checking.reporting import Place, at, finding
from assistant.checking.words import SAY, opposite
from corpus import messages


def judge_against(claim: Claim, place: Place, record: Record) -> Finding | None:
    """目標を上回った, 前年度を下回った, 目標に届かなかった: numerically; for lower-is-better the doubt is said."""
    return judge_rows(claim, place, record, _judge_row)


def _judge_row(claim: Claim, row: Row, place: Place, record: Record) -> Finding | None:
    word, base_said = claim.word, claim.base
    assert word is not None
    assert base_said is not None
    to_target = base_said.series == "target"
    if to_target and word.sense in ("reach", "short"):
        return judge_achieved(claim, place, record)
    if to_target and word.sense == "above" and polarity(row) == "lower" and PRAISE.match(place.text, claim.end):
        return _judge_praise(claim, place, record)
    pairs = word_pairs(claim, row, record)
    if not pairs:
        return None
    changes = [difference(*pair) for pair in pairs]
    holds = [_holds(claim, change) for change in changes]
    number = holds.index(True) if True in holds else 0
    (now, base), change = pairs[number], changes[number]
    written = place.text[claim.start : claim.end]
    stated = SAY[word.sense] + ("ことはない" if word.negated else "")
    fields = {**at(now), "unit": None, "stated": stated}
    if holds[number]:
        message = messages.check_words_match(written, now.where, now.shown, base.where, base.shown)
        return finding(place, claim, "direction", "match", message, expected=stated, **fields)
    right = SAY["above"] if change > 0 else SAY["below"] if change < 0 else "同じ"
    message = messages.check_words(written, now.where, base.where, now.shown, base.shown, right)
    if polarity(row) == "lower" and to_target and base_said.figure is None:
        message += messages.check_polarity(now.where)
        return finding(place, claim, "direction", "ambiguous", message, expected=right, **fields)
    suggestion = opposite(written) if change != 0 and not word.negated else None
    return finding(place, claim, "direction", "mismatch", message, expected=right, suggestion=suggestion, **fields)


def _holds(claim: Claim, change: Decimal) -> bool:
    """Whether a difference is what the word says; 届く, 達する allow none."""
    word = claim.word
    assert word is not None
    match word.sense:
        case "above":
            return (change > 0) != word.negated
        case "below":
            return (change < 0) != word.negated
        case "reach":
            return change >= 0
        case _:
            return change < 0


def _judge_praise(claim: Claim, place: Place, record: Record) -> Finding | None:
    """「目標を上回る成果」 of a value that is to be low: right if the target is met, else in doubt."""
    word = claim.word
    assert word is not None
    better = replace(claim, word=replace(word, sense="reach"))
    found = judge_achieved(better, place, record)
    if found is None or found.verdict != "mismatch":
        return found
    message = found.message + messages.check_polarity(messages.check_where(claim.subject.rows[0].name, found.year, ""))
    return found.model_copy(update={"verdict": "ambiguous", "message": message, "suggestion": None})
