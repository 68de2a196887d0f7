"""Ranks among others (16): 「県内3位」 is held against evidence notes counted in 位; without one it is unsupported."""

import re
from decimal import Decimal

from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding
from assistant.checking.meanings import rows_meant
from assistant.checking.never_values import normalise
from assistant.checking.notes import Noted, Notes
from assistant.checking.readings import named_years
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.reporting import Place, finding
from assistant.checking.sentences import Sentence, current_year, direct_year
from assistant.checking.wording import plain_number, written_like
from corpus import messages

_SCOPE = re.compile(r"県内|都内|道内|府内|全国|国内|近隣|管内|類似団体|同規模|政令市|中核市")
_RANK = re.compile(r"(?:の)?(?:順位|ランキング|ランク)|位")


def judge_rank(claim: Claim, place: Place, sentence: Sentence, record: Record, notes: Notes) -> Finding | None:
    """The rank against the one note of its thing, scope and year; None where there is none."""
    figure, said = claim.figure, claim.extreme
    stated = figure.value if figure is not None else Decimal(said.nth) if said is not None else None
    kept = [noted for noted in notes.evidence if noted.row.unit == "位" or "順位" in noted.row.name]
    kept = [noted for noted in kept if _is_meant(noted, claim, sentence, record)]
    if stated is None or len(kept) != 1:
        return None
    noted = kept[0]
    named = direct_year(sentence, figure) if figure is not None else None
    named = named or current_year(sentence, claim.start)
    home = record.fiscal_year
    years = named_years(named, noted.row, home, record, "actual") if named is not None else [home]
    year = next((year for year in years if year in noted.names), None)
    if year is None:
        return None
    value = noted.row.values["actual"][year]
    right = value == stated
    written = place.text[claim.start : claim.end]
    message = messages.check_rank_note(written, noted.names[year], year, plain_number(value) + "位", right)
    return finding(
        place,
        claim,
        "rank",
        "match" if right else "mismatch",
        message,
        indicator=noted.ids.get(year),
        year=year,
        stated=stated,
        expected=value,
        unit=noted.row.unit_label or None,
        suggestion=written_like(value, figure) if figure is not None and not right else None,
    )


def _is_meant(noted: Noted, claim: Claim, sentence: Sentence, record: Record) -> bool:
    """Whether the text speaks of the note's thing, in its scope."""
    name = normalise(noted.row.name)
    head = sentence.plain[: claim.end]
    scopes = _SCOPE.findall(name)
    if set(scopes) != set(_SCOPE.findall(head)):
        return False
    thing = _RANK.sub("", _SCOPE.sub("", name)).strip(" のにおける()、")
    if thing and thing in head:
        return True
    rows = {row.id for row in subject_at(sentence, claim.start, record, None).rows}
    rows |= {row.id for mention in sentence.mentions if mention.end <= claim.start for row in mention.rows}
    if not rows:
        rows = {row.id for row in (*sentence.carried.rows, *sentence.main.rows)}
    meant = {row.id for row in record.rows if row.plain_name == thing} or {row.id for row in rows_meant(thing, record)}
    return bool(thing) and bool(meant) and rows == meant
