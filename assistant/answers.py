"""The answer to each kind of wish, as events. Reads the database through its context; writes nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from assistant.checking.findings import VERDICTS, Finding
from assistant.drafting.draft import DraftSentence, Origin
from assistant.requests import Wish
from corpus import citysettings, messages
from corpus.fiscal import wareki
from corpus.form import GRADE_LABELS, GRADE_TEXTS, SECTION_BY_KEY, SECTION_KEYS, section_label
from corpus.index.search import Hit, Scope, search
from corpus.index.vector import VectorIndex
from corpus.lineage import sheet_of_year
from corpus.listing import list_sheets
from corpus.models import Sheet
from corpus.sheetfile import SheetFile
from corpus.store import get_sheet, load_sheet
from corpus.talk import OriginRow

MOST_PASSAGES = 8


@dataclass(frozen=True)
class Words:
    """Words of the assistant about what it does, not part of any draft."""

    text: str


@dataclass(frozen=True)
class DraftBegun:
    """From here on sentences belong to a draft of this section."""

    section: str
    direction: int | None
    model: str


@dataclass(frozen=True)
class Sentence:
    """The next sentence of the draft."""

    sentence: DraftSentence


@dataclass(frozen=True)
class Attachment:
    """Values to be shown beside the words, as JSON values: ``findings`` (of a draft), ``checked`` (of the sheet),
    ``passages``, ``comparison`` or ``figures``. ``told``: the same in words, for who sees words only.
    """

    name: str
    entries: tuple[dict[str, Any], ...]
    told: str = ""


Event = Words | DraftBegun | Sentence | Attachment


@dataclass(frozen=True)
class ChatContext:
    """What an answer may read: the open sheet (row and value), the measure's earlier sheets, and the search."""

    session: Session
    row: Sheet
    sheet: SheetFile
    earlier: tuple[SheetFile, ...]
    open_index: Callable[[], VectorIndex | None]

    def of_year(self, year: int) -> SheetFile | None:
        """The measure's sheet of an earlier year, or None."""
        return sheet_of_year(self.earlier, year)


def answer(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """The events of the answer to one wish."""
    if wish.note:
        yield Words(wish.note)
    if wish.action == "unclear":
        yield Words(wish.question or messages.unclear_request(""))
    elif wish.measure is not None and wish.action != "find":
        yield Words(messages.open_other_sheet(wish.measure))
    elif wish.direction is not None and context.sheet.directions and context.sheet.direction(wish.direction) is None:
        yield Words(messages.no_such_direction(wish.direction, [entry.number for entry in context.sheet.directions]))
    else:
        yield from _ANSWERS[wish.action](wish, context)
    yield Words("\n")


def _draft(wish: Wish, context: ChatContext) -> Iterator[Event]:
    from assistant.checking import checker_of
    from assistant.drafting.draft import Draft
    from assistant.drafting.pipeline import draft_chain
    from assistant.drafting.plan import DraftRequest
    from assistant.drafting.verify import findings_about

    assert wish.section is not None
    sheet = context.sheet
    model_year = wish.against if wish.against is not None else sheet.fiscal_year - 1
    last_year = context.of_year(model_year)
    title = _place(wish, sheet)
    if last_year is None:
        yield Words(messages.drafting_without_last_year(title, model_year))
    else:
        yield Words(messages.drafting(title, model_year))
    tolerance = citysettings.tolerance(context.session)
    request = DraftRequest(
        sheet,
        last_year,
        wish.section,
        wish.direction,
        follow_last_year=wish.against is not None,
        writing=citysettings.writing(context.session),
        tolerance=tolerance,
    )
    sentences: list[DraftSentence] = []
    for (sentence,) in draft_chain().stream(request):
        if not sentences:
            yield DraftBegun(wish.section, wish.direction, "composer")
        sentences.append(sentence)
        yield Sentence(sentence)
    draft = Draft(wish.section, wish.direction, sheet.fiscal_year, tuple(sentences))
    findings = [
        finding
        for finding in findings_about(draft, checker_of(sheet, context.earlier, tolerance))
        if finding.verdict in ("mismatch", "ambiguous")
    ]
    fill_in, confirm = draft.text.count("【要記入"), draft.text.count("【要確認")
    # one place may rest on several values (a difference), which are several facts
    notes = len({origin.note for sentence in sentences for origin in sentence.origins if origin.kind == "note"})
    places = len({(fact["start"], fact["end"]) for fact in draft.facts})
    yield Words("\n" + messages.drafted(places, notes, fill_in, confirm, len(findings)))
    if findings:
        yield Attachment("findings", tuple(finding.model_dump(mode="json") for finding in findings))
    yield from _passages_beside(wish.section, wish.direction, context)


def _passages_beside(section: str, direction: int | None, context: ChatContext) -> Iterator[Event]:
    from assistant.retrieval import similar_passages

    assert context.row.id is not None
    found = similar_passages(
        context.session,
        context.sheet,
        section,
        direction=direction,
        limit=MOST_PASSAGES,
        index=context.open_index(),
    )
    if found:
        yield Attachment("passages", tuple(passage.to_object() for passage in found))


def _check(wish: Wish, context: ChatContext) -> Iterator[Event]:
    from assistant.checking import check_sheet
    from assistant.placing import placed_all

    sheet, tolerance = context.sheet, citysettings.tolerance(context.session)
    grading = citysettings.grading(context.session)
    result = check_sheet(sheet, context.earlier, grading=grading, tolerance=tolerance)
    findings = [one for one in placed_all(result.findings, sheet) if wish.section in (None, one.section)]
    keys = SECTION_KEYS if wish.section is None else (wish.section,)
    wrong = Counter(_finding_place(one.section, context) for one in findings if one.verdict == "mismatch")
    yield Words(
        messages.checked(
            section_label(wish.section, sheet.fiscal_year) if wish.section else "",
            {verdict: sum(one.verdict == verdict for one in findings) for verdict in VERDICTS},
            wrong,
            [section_label(key, sheet.fiscal_year) for key in keys if not sheet.text(key)],
        )
    )
    shown = tuple(one for one in findings if one.verdict != "match")
    if shown:
        told = [one for verdict in ("mismatch", "ambiguous") for one in shown if one.verdict == verdict]
        lines = "".join("\n" + _finding_line(one, context) for one in told)
        yield Attachment("checked", tuple(one.model_dump(mode="json") for one in shown), lines)


def _finding_line(finding: Finding, context: ChatContext) -> str:
    place = _finding_place(finding.section, context)
    return messages.finding_line(place, finding.text, finding.message, finding.suggestion or "")


def _finding_place(section: str, context: ChatContext) -> str:
    return section_label(section, context.sheet.fiscal_year) if section in SECTION_KEYS else messages.FIGURES_TABLE


def _compare(wish: Wish, context: ChatContext) -> Iterator[Event]:
    from assistant.comparing import compare_texts

    own = context.sheet.fiscal_year
    year = wish.year if wish.year is not None else own
    against = wish.against if wish.against is not None else year - 1
    after = context.sheet if year == own else context.of_year(year)
    before = context.sheet if against == own else context.of_year(against)
    if before is None or after is None:
        stored = [sheet.fiscal_year for sheet in context.earlier]
        yield Words(messages.nothing_to_compare(year if after is None else against, stored))
        return
    compared = []
    for key in (wish.section,) if wish.section else SECTION_KEYS:
        if not after.text(key) or not before.text(key):
            continue
        history = {sheet.fiscal_year: sheet.text(key) for sheet in context.earlier if sheet.fiscal_year < year}
        comparison = compare_texts(
            before.text(key), after.text(key), before_year=against, after_year=year, history=history
        )
        compared.append({"section": key, "label": section_label(key, year), **comparison.to_object()})
    if not compared:
        yield Words(messages.no_text_to_compare(section_label(wish.section, year) if wish.section else ""))
        return
    for entry in compared:
        yield Words(messages.compared(entry["label"], against, entry["sentences"], entry["share_unchanged"]) + "\n")
    yield Attachment("comparison", tuple(compared))


def _find(wish: Wish, context: ChatContext) -> Iterator[Event]:
    if wish.query is None and wish.section is not None:
        yield from _show(wish, context)
        return
    query = wish.query or ""
    if wish.section and query in SECTION_BY_KEY[wish.section].asked_as:
        hits = _hits(_own_words(wish.section, wish.direction, context), wish.section, wish, context)
    else:
        hits = _hits(query, wish.section, wish, context)
        if wish.section and all(hit.weak for hit in hits):
            hits = _hits(query, None, wish, context)
    if not hits:
        yield Words(messages.nothing_found(query))
        return
    clear = [hit for hit in hits if not hit.weak]
    yield Words(messages.passages_found(query, len(clear)) if clear else messages.passages_weak(query, len(hits)))
    shown = clear or hits
    for hit in shown:
        place = messages.passage_place(hit.measure, hit.fiscal_year, section_label(hit.section, hit.fiscal_year))
        yield Words(f"\n・{hit.text}（{place}）")
    yield Attachment("passages", tuple(hit.to_object() | {"sheet_id": hit.sheet_id} for hit in shown))


def _own_words(section: str, direction: int | None, context: ChatContext) -> str:
    """What a passage must be like where only the section is named: this measure's newest text, else its subject."""
    from assistant.retrieval import subject

    newest = _newest_first(context.earlier)
    texts = (sheet.text(section) for sheet in (context.sheet, *newest))
    return next((text for text in texts if text), "") or subject(context.sheet, direction)


def _hits(query: str, section: str | None, wish: Wish, context: ChatContext) -> list[Hit]:
    """Passages like ``query`` outside the open sheet, up to the year and of the measure named; of other measures only,
    if those are meant.
    """
    measure = _measure_id(wish.measure, context) if wish.measure else None
    scope = Scope(
        section=section,
        measure=measure,
        last_year=wish.year,
        exclude_sheet=context.row.id,
        exclude_measure=context.row.measure_id if wish.elsewhere else None,
    )
    if wish.year is not None:
        # the search prefers passages of a year that the question names
        query = f"{query} {wareki(wish.year)}"
    return search(context.session, query, scope=scope, limit=MOST_PASSAGES, index=context.open_index())


def _measure_id(name: str, context: ChatContext) -> int | None:
    """The measure whose newest sheet of this name is, of the same city if it has one."""
    named = [entry for entry in list_sheets(context.session) if entry.measure == name]
    newest = sorted(named, key=lambda entry: (entry.municipality == context.sheet.municipality, entry.fiscal_year))
    return get_sheet(context.session, newest[-1].sheet_id).measure_id if newest else None


def _show(wish: Wish, context: ChatContext) -> Iterator[Event]:
    """A section as it stands: of the year and measure named, without a year the newest that is written."""
    assert wish.section is not None
    year = wish.year if wish.year is not None else wish.against
    sheets = _other_sheets(wish.measure, context) if wish.measure else [*context.earlier, context.sheet]
    newest = _newest_first(sheets)
    written = [sheet for sheet in newest if sheet.text(wish.section) and year in (None, sheet.fiscal_year)]
    if written:
        found = written[0]
        title = section_label(wish.section, found.fiscal_year)
        text = found.text(wish.section)
        yield Words(messages.section_as_it_stands(found.measure.name, found.fiscal_year, title, text))
        return
    asked = year if year is not None else context.sheet.fiscal_year
    name = wish.measure or context.sheet.measure.name
    yield Words(messages.no_section_text(name, asked, section_label(wish.section, asked)))


def _newest_first(sheets: Sequence[SheetFile]) -> list[SheetFile]:
    """Of several of a year (a merged measure's) the last, which is the main one, first."""
    return sorted(sheets, key=lambda sheet: sheet.fiscal_year)[::-1]


def _other_sheets(measure: str, context: ChatContext) -> list[SheetFile]:
    """The sheets of another measure of the same city, up to the year of the open one."""
    own = context.sheet
    return [
        load_sheet(context.session, get_sheet(context.session, summary.sheet_id))
        for summary in list_sheets(context.session)
        if (summary.municipality, summary.measure) == (own.municipality, measure)
        and summary.fiscal_year <= own.fiscal_year
    ]


def _figures(wish: Wish, context: ChatContext) -> Iterator[Event]:
    from assistant.asked_figures import answer_figures

    found = answer_figures(
        wish.query or "",
        context.sheet,
        context.earlier,
        direction=wish.direction,
        year=wish.year,
        against=wish.against,
    )
    yield Words("\n".join(found.lines))
    if found.rows:
        yield Attachment("figures", found.rows)


def _grade(wish: Wish, context: ChatContext) -> Iterator[Event]:
    from assistant.facts import standings

    sheet = context.sheet
    lines = []
    for name, label in GRADE_LABELS.items():
        grade = getattr(sheet.grades, name)
        lines.append(messages.grade_line(label, grade, GRADE_TEXTS[name][grade] if grade else ""))
    outcomes = standings(sheet, "outcome", earlier=context.earlier)
    judged = [standing for standing in outcomes if standing.achieved is not None]
    met = sum(bool(standing.achieved and standing.achieved.good) for standing in judged)
    changed = [standing for standing in outcomes if standing.change is not None and standing.change.good is not None]
    better = sum(bool(standing.change and standing.change.good) for standing in changed)
    lines.append(messages.grade_counts(len(judged), met, len(changed), better))
    yield Words("\n".join(lines))


def _explain(wish: Wish, context: ChatContext) -> Iterator[Event]:
    if re.search("評価|達成度|時系列", wish.query or ""):
        yield Words(messages.GRADE_REASONS)
        yield from _grade(wish, context)
    else:
        yield Words(messages.ORIGINS_EXPLAINED)


def _revise(wish: Wish, context: ChatContext) -> Iterator[Event]:
    yield Words(messages.REVISE_NOT_YET)


def _help(wish: Wish, context: ChatContext) -> Iterator[Event]:
    yield Words(messages.help_reply())


_ANSWERS: dict[str, Callable[[Wish, ChatContext], Iterator[Event]]] = {
    "draft": _draft,
    "check": _check,
    "compare": _compare,
    "find": _find,
    "figures": _figures,
    "grade": _grade,
    "explain": _explain,
    "revise": _revise,
    "help": _help,
}


def _place(wish: Wish, sheet: SheetFile) -> str:
    assert wish.section is not None
    title = section_label(wish.section, sheet.fiscal_year)
    return f"{title}（展開方向{wish.direction}）" if wish.direction else title


def origin_row(origin: Origin) -> OriginRow:
    """An origin of the composer as the database keeps it."""
    return OriginRow(
        kind=origin.kind,
        start=origin.start,
        end=origin.end,
        row=f"cost:{origin.cost}" if origin.cost else origin.note or origin.indicator,
        series=origin.series,
        value=origin.value,
        measure=origin.measure,
        fiscal_year=origin.year if origin.kind == "figure" else origin.fiscal_year,
        section_key=origin.section,
        text=origin.text,
    )
