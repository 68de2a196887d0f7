"""Drafting a section for the chat: what it needs, what is said around it, and what stands beside it."""

from collections.abc import Iterator, Sequence

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, Event, Words
from assistant.checking.findings import Finding
from assistant.drafting.draft import Draft
from assistant.drafting.plan import DraftRequest
from assistant.wishes import Wish
from corpus import citysettings, messages
from corpus.form import section_label
from corpus.sheetfile import SheetFile

MOST_PASSAGES = 8


def request_for(wish: Wish, context: ChatContext) -> DraftRequest:
    """All that a draft of the wished section is made of; ``wish.section`` must be set."""
    assert wish.section is not None
    return DraftRequest(
        context.sheet,
        context.of_year(_model_year(wish, context.sheet)),
        wish.section,
        wish.direction,
        follow_last_year=wish.against is not None,
        writing=citysettings.writing(context.session),
        tolerance=context.tolerance,
    )


def introduced(wish: Wish, request: DraftRequest, *, named: bool) -> Words:
    """What the draft is made from, and which one it is where several are asked for (``named``)."""
    title, year = place(request) if named else "", _model_year(wish, request.sheet)
    if request.last_year is None:
        return Words(messages.drafting_without_last_year(title, year))
    return Words(messages.drafting(title, year))


def place(drafted: DraftRequest | Draft) -> str:
    """「6(1) 全体総括：成果実績（展開方向1）」."""
    year = drafted.sheet.fiscal_year if isinstance(drafted, DraftRequest) else drafted.fiscal_year
    title = section_label(drafted.section, year)
    return f"{title}（展開方向{drafted.direction}）" if drafted.direction else title


def findings_to_show(draft: Draft, context: ChatContext) -> list[Finding]:
    """What the checker finds in a draft that a person must look at."""
    from assistant.checking import checker_of
    from assistant.drafting.verify import findings_about

    checker = checker_of(context.sheet, context.earlier, context.tolerance)
    return [found for found in findings_about(draft, checker) if found.verdict in ("mismatch", "ambiguous")]


def summed_up(draft: Draft, findings: Sequence[Finding]) -> Iterator[Event]:
    """How many figures and facts the draft holds, what is left to fill in, and what the checker found."""
    fill_in, confirm = draft.text.count("【要記入"), draft.text.count("【要確認")
    # one place may rest on several values (a difference), which are several facts
    notes = len({origin.note for sentence in draft.sentences for origin in sentence.origins if origin.kind == "note"})
    places = len({(fact["start"], fact["end"]) for fact in draft.facts})
    yield Words("\n" + messages.drafted(places, notes, fill_in, confirm, len(findings)))
    if findings:
        yield Attachment("findings", tuple(finding.model_dump(mode="json") for finding in findings))


def beside(draft: Draft, context: ChatContext) -> Iterator[Event]:
    """Passages of other sheets about the same subject."""
    from assistant.retrieval import similar_passages

    found = similar_passages(
        context.session,
        context.sheet,
        draft.section,
        direction=draft.direction,
        limit=MOST_PASSAGES,
        index=context.open_index(),
    )
    if found:
        yield Attachment("passages", tuple(passage.to_object() for passage in found))


def _model_year(wish: Wish, sheet: SheetFile) -> int:
    return wish.against if wish.against is not None else sheet.fiscal_year - 1
