"""Statements that no stored figure speaks to, against the notes of the year: evidence, told figures, project costs.

Called only for what indicators and cost rows leave ``unsupported``, so a note never hides a contradiction with them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.alignment import Sentence as MaskedSentence
from assistant.alignment import likeness, sentences_of
from assistant.checking.claim_types import Claim
from assistant.checking.findings import Finding, Kind
from assistant.checking.never_values import normalise
from assistant.checking.notes import Noted, Notes
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.phrases import Phrase, closeness, is_meant, is_shortened, may_be_meant, overlap, phrase_at
from assistant.checking.readings import named_years
from assistant.checking.record import Record
from assistant.checking.reporting import Place, finding
from assistant.checking.sentences import Sentence, Subject
from assistant.checking.tolerance import fits
from assistant.checking.wording import with_unit, written_like
from corpus import messages

Judge = Callable[[Claim, Place, Record], Finding | None]

_ALIKE, _SAME_SENTENCE = 0.4, 0.6
"""Likeness (and shared words) from which a sentence may tell what a note tells, and another figure in it is wrong."""
_SAME_CLAUSE, _SAME_NAME = 0.75, 0.6
"""Share of the words at both figures, and of a 事務事業's name, from which they are of the same thing."""
_PLAN_SECTIONS = frozenset({"5.4.plan", "7.1", "7.2"})
_PLANNED_FOR = {"5.4.plan": 1, "7.1": 2}
"""Years after the sheet's that a section's plans are for."""
_REPORTED = re.compile(r"(?:[しいっんれきえけせてじ]た|だった|であ[るっ]|ました|でした|ている|ております|した)")
_COST_WORD = re.compile(
    r"(?:事業)?(?:」)?(?:の|に係る|に要した|にかかった)?(?:事業費|決算額|経費|費用|コスト)?(?:の決算額)?"
    r"(?:については|として|は|が|に|も|:|、|\(|（)*[ ]?約?[ ]?"
)


@dataclass(frozen=True)
class _Reading:
    """What one note makes of a figure. ``right``: it has the same; ``finding``: with the words for that."""

    noted: Noted
    year: int
    right: bool
    finding: Finding


def judge_by_notes(
    claim: Claim, place: Place, sentence: Sentence, record: Record, notes: Notes, judge: Judge
) -> Finding | None:
    """The finding by the notes for a figure that nothing else speaks to, or None where no note fits."""
    figure = claim.figure
    if figure is None or figure.upper is not None or not notes:
        return None
    if claim.total and _OTHERS_TOO.search(sentence.plain, sentence.segment_start(claim.start), claim.start):
        return None
    cost = _by_project(claim, place, sentence, record, notes)
    if cost is not None:
        return cost.finding
    phrase = phrase_at(sentence.text, figure, sentence.figures, record.fiscal_year)
    kept = [noted for noted in notes.evidence_with(phrase.words) if _takes(noted, figure)]
    meant = [noted for noted in kept if is_meant(phrase, noted.phrase)]
    most = max((closeness(phrase, noted.phrase) for noted in meant), default=0)
    meant = [noted for noted in meant if closeness(phrase, noted.phrase) == most]
    exact = _judged(meant, claim, place, record, judge, phrase)
    short: list[_Reading] = []
    if not exact:
        named = [noted for noted in kept if is_shortened(phrase, noted.phrase) and _same_part(noted, sentence)]
        short = _judged(named, claim, place, record, judge, phrase)
        short = [reading for reading in short if reading.right] or short
    told = _told(claim, place, sentence, record, notes, phrase)
    readings = exact or short
    told_right = [reading for reading in told if reading.right]
    if readings:
        wrong = [reading for reading in readings if not reading.right]
        against = [*readings, *told_right] if len(wrong) == len(readings) else readings
        return _decided(claim, place, against)
    loose = [noted for noted in kept if may_be_meant(phrase, noted.phrase) or _is_elided(noted, figure, sentence)]
    right = [reading for reading in _judged(loose, claim, place, record, judge, phrase) if reading.right]
    return _decided(claim, place, told_right or right or told)


_NOUN = re.compile(r"(?P<noun>[一-龠々ァ-ヴー]{3,}?)[数率額]?(?:は|が|も|を|:)、?(?:約|およそ)?[ ]?$")


def _is_elided(noted: Noted, figure: Figure, sentence: Sentence) -> bool:
    """「女性団員は38人」 where 消防団員 are spoken of: the note's name without a word that the paragraph has said."""
    found = _NOUN.search(sentence.plain, max(0, figure.start - 24), figure.start)
    if found is None:
        return False
    noun, name = found["noun"], re.sub(r"(?:\([^)]*\)|[数率額])+$", "", noted.row.plain_name)
    about = sentence.plain + "".join(row.name for row in (*sentence.carried.rows, *sentence.main.rows))
    gap = len(name) - len(noun)
    return gap > 0 and any(
        name.startswith(noun[:cut]) and name.endswith(noun[cut:]) and name[cut : cut + gap] in about
        for cut in range(1, len(noun))
    )


def _decided(claim: Claim, place: Place, readings: Sequence[_Reading]) -> Finding | None:
    """One finding of several readings: notes that disagree leave it open."""
    if not readings:
        return None
    first = readings[0]
    if len({reading.right for reading in readings}) == 1 and (
        first.right or len({reading.finding.expected for reading in readings}) == 1
    ):
        return first.finding
    said = [
        messages.check_note_reading(reading.noted.names[reading.year], _shown(reading.noted, reading.year))
        for reading in readings
    ]
    written = place.text[claim.start : claim.end]
    return first.finding.model_copy(
        update={
            "verdict": "ambiguous",
            "message": messages.check_notes_disagree(written, list(dict.fromkeys(said))),
            "suggestion": None,
            "expected": None,
        }
    )


def _shown(noted: Noted, year: int) -> str:
    return with_unit(noted.row.values["actual"][year], noted.row)


def _takes(noted: Noted, figure: Figure) -> bool:
    """Whether the figure's unit can be the note's; a change of a percentage is written in ポイント, a rate in ％."""
    if figure.unit in ("％", "ポイント", "倍") and noted.row.unit != "":
        return True
    both = figure.unit != "" and noted.row.unit != ""
    return figure.unit == noted.row.unit or (both and unit_fits(noted.row.unit, figure.unit))


def _same_part(noted: Noted, sentence: Sentence) -> bool:
    """A shortened name under the heading of another 展開方向 may be another thing's."""
    return None in (noted.direction, sentence.direction) or noted.direction == sentence.direction


def _judged(
    noted: Sequence[Noted], claim: Claim, place: Place, record: Record, judge: Judge, phrase: Phrase
) -> list[_Reading]:
    """The claim judged as if it named the notes' row; without a note of its year a note says nothing."""
    found = []
    for entry in noted:
        subject = Subject((entry.row,), "sure", True)
        soft = claim.soft and not phrase.qualifiers
        meant = replace(claim, subject=subject, soft=soft, parts=())
        result = judge(meant, place, record)
        if result is None or result.verdict not in ("match", "mismatch") or result.year is None:
            continue
        if result.year not in entry.names:
            continue
        if result.verdict == "mismatch" and not _reports(place, claim):
            continue
        found.append(_reading(entry, result, result.year, result.verdict == "match", claim, place))
    return found


def _reading(noted: Noted, found: Finding, year: int, right: bool, claim: Claim, place: Place) -> _Reading:
    update: dict[str, object] = {"indicator": noted.ids.get(year)}
    if found.kind in ("level", "total"):
        shown = _shown(noted, year)
        update["message"] = (
            messages.check_note_match(noted.names[year], year, shown)
            if right
            else messages.check_note_mismatch(place.text[claim.start : claim.end], noted.names[year], year, shown)
        )
    return _Reading(noted, year, right, found.model_copy(update=update))


def _reports(place: Place, claim: Claim) -> bool:
    """Whether the clause tells what was, so that another figure than the noted one is wrong."""
    if claim.plan:
        return False
    return place.section not in _PLAN_SECTIONS or _REPORTED.search(place.text, claim.end) is not None


def _told(
    claim: Claim, place: Place, sentence: Sentence, record: Record, notes: Notes, phrase: Phrase
) -> list[_Reading]:
    """Figures of other notes whose sentence says the same: all that agree, else those that contradict."""
    figure = claim.figure
    assert figure is not None
    own: MaskedSentence | None = None
    right, wrong = [], []
    for noted in notes.told_with(figure.unit, phrase.words):
        ((year, value),) = noted.row.values["actual"].items()
        if noted.sentence is None:
            continue
        timely = _timely(claim, noted, year, record)
        if timely is None:
            continue
        if own is None:
            own = next(iter(sentences_of(sentence.text, record.fiscal_year)), None)
            if own is None:
                return []
        if fits(figure, value, tolerance=record.tolerance):
            if overlap(phrase.words, noted.phrase.words) >= _ALIKE and likeness(own, noted.sentence) >= _ALIKE:
                right.append(_told_reading(claim, place, noted, year, True))
        elif timely and _tense_fits(noted, place, claim, record) and _same_statement(phrase, own, noted):
            wrong.append(_told_reading(claim, place, noted, year, False))
    return right or wrong


def _timely(claim: Claim, noted: Noted, year: int, record: Record) -> bool | None:
    """Whether the note is of the year that the sentence means; None where it is of another one for certain."""
    said = claim.year or claim.carried_year
    if noted.plan:
        return year == record.fiscal_year or None
    if said is None:
        return True if year == record.fiscal_year else None
    years = named_years(said, noted.row, record.fiscal_year, record, "actual")
    if year in years:
        return True
    return False if claim.year is None and year == record.fiscal_year else None


def _same_statement(text: Phrase, own: MaskedSentence, noted: Noted) -> bool:
    note = noted.phrase
    if text.qualifiers != note.qualifiers or overlap(text.near, note.near) < _SAME_CLAUSE:
        return False
    if noted.kind == "projects":
        return len(note.topics & text.words) >= _SAME_NAME * len(note.topics) and bool(note.topics)
    alike_words = overlap(text.words, note.words) >= _SAME_SENTENCE and len(text.words & note.words) >= 3
    return alike_words and noted.sentence is not None and likeness(own, noted.sentence) >= _SAME_SENTENCE


def _tense_fits(noted: Noted, place: Place, claim: Claim, record: Record) -> bool:
    """A plan is held against plans, a deed against reports."""
    if not noted.plan:
        return _reports(place, claim) and place.section not in _PLAN_SECTIONS
    step = _PLANNED_FOR.get(place.section)
    meant = noted.plan_year is None or step is None or noted.plan_year == record.fiscal_year + step
    return step is not None and meant and not _reports(place, claim)


def _told_reading(claim: Claim, place: Place, noted: Noted, year: int, right: bool) -> _Reading:
    figure = claim.figure
    assert figure is not None
    value, shown = noted.row.values["actual"][year], _shown(noted, year)
    kind: Kind = "level" if claim.form == "level" else "change" if figure.unit not in ("％", "倍") else "ratio"
    written = place.text[claim.start : claim.end]
    plain = figure.bound in ("exact", "about") and claim.form == "level"
    message = (
        messages.check_note_match(noted.names[year], year, shown)
        if right
        else messages.check_note_mismatch(written, noted.names[year], year, shown)
    )
    found = finding(
        place,
        claim,
        kind,
        "match" if right else "mismatch",
        message,
        indicator=noted.ids.get(year),
        year=year,
        stated=figure.value,
        expected=value,
        unit=noted.row.unit_label or None,
        suggestion=written_like(value, figure) if not right and plain else None,
    )
    return _Reading(noted, year, right, found)


def _by_project(claim: Claim, place: Place, sentence: Sentence, record: Record, notes: Notes) -> _Reading | None:
    """「…事業の事業費は1,234千円」: the cost noted for the 事務事業 that is named right before the amount."""
    figure = claim.figure
    if figure is None or figure.unit != "千円" or claim.form != "level" or claim.plan or claim.series != "actual":
        return None
    plain = sentence.plain
    for project in sorted(notes.projects, key=lambda project: -len(project.name)):
        ((year, value),) = project.noted.row.values["actual"].items()
        start = plain.rfind(normalise(project.name), 0, figure.start)
        if start < 0 or not _timely(claim, project.noted, year, record):
            continue
        between = plain[start + len(project.name) : figure.start]
        named = next((y for y in sentence.years if y is claim.year), None)
        if named is not None and start < named.start:
            between = between.replace(plain[named.start : named.end], "")
        right = fits(figure, value, tolerance=record.tolerance)
        if not _COST_WORD.fullmatch(between) and not (right and "。" not in between and len(between) <= _NEAR):
            continue
        return _told_reading(claim, place, project.noted, year, right)
    return None


_OTHERS_TOO = re.compile(r"(?:など|等|ほか)の")
"""Before a sum: of more than the one thing that is named."""
_NEAR = 15
"""Signs between the name of a 事務事業 and an amount that is its cost."""
