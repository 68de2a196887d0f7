"""A draft in the words of a language model for the chat: whether it may be asked, and what is said of it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.answers.context import ChatContext
from assistant.answers.events import Attachment, DraftEnded, Event
from assistant.checking.findings import Finding
from assistant.drafting.draft import COMPOSER, Draft, DraftSentence
from assistant.drafting.plan import DraftRequest, Passage
from assistant.writing.values import Call, Pen
from corpus import messages
from corpus.errors import ShisakuError
from corpus.modeluse import keeps_inside, model_use
from corpus.store import get_sheet
from prompts import Prompted

if TYPE_CHECKING:
    from assistant.writing.loop import Ended, Item

MOST_PASSAGES = 2
"""Passages of other sheets that a model is shown."""


def notice(text: str, link: str | None = None) -> Attachment:
    """What a person must know about the model. ``link``: 「model」 for the page of the language model."""
    entry: dict[str, Any] = {"text": text, **({"link": link} if link else {})}
    return Attachment("notices", (entry,), told=f"{text}\n")


def pen_for(context: ChatContext) -> tuple[Pen | None, tuple[Event, ...]]:
    """The model that may be asked about the open sheet, or None and why the composer writes instead."""
    try:
        pen = context.open_pen()
    except ShisakuError as error:
        return None, (notice(str(error), "model"),)
    if pen is None:
        return None, ()
    use = model_use(context.session, context.row, **_of(pen))
    if use == "allowed":
        return _while_allowed(pen, context), ()
    return None, (notice(messages.KEPT_INSIDE if use == "kept_inside" else messages.NO_CONSENT, "model"),)


def _while_allowed(pen: Pen, context: ChatContext) -> Pen:
    """The model, for as long as it may be asked: a person may withdraw that while a draft is being written."""
    withheld: list[Prompted] = []

    def speak(prompted: Prompted) -> Iterator[str | None]:
        from assistant.writing.speaking import ModelFailed

        if model_use(context.session, context.row, **_of(pen)) != "allowed":
            withheld.append(prompted)
            raise ModelFailed(messages.NOT_ALLOWED_ANY_MORE, "stopped")
        yield from pen.speak(prompted)

    def log(call: Call) -> None:
        # what was not sent is no call
        if not withheld:
            context.tell_call(call)

    return replace(pen, speak=speak, log=log)


def _of(pen: Pen) -> dict[str, Any]:
    model = pen.model
    return {"model": model.name, "provider": model.provider, "address": model.address, "outside": model.outside}


def write(work: DraftRequest, pen: Pen, context: ChatContext) -> "Iterator[Item]":
    """The draft in the model's words; ``Ended`` is the last item."""
    from assistant.drafting.compose import compose_at
    from assistant.drafting.desk import set_desk
    from assistant.writing.loop import rewritten

    request = with_passages(work, context, outside=pen.model.outside)
    desk = set_desk(request)
    items = rewritten(desk, request, tuple(compose_at(desk, request)), pen)
    context.running.append(items)
    return items


def with_passages(work: DraftRequest, context: ChatContext, *, outside: bool) -> DraftRequest:
    """The request with passages of other sheets that show how such things are put; none of a sheet kept inside."""
    from assistant.retrieval import similar_passages

    index = context.open_index()
    found = similar_passages(
        context.session, context.sheet, work.section, direction=work.direction, limit=MOST_PASSAGES, index=index
    )
    shown = [
        one
        for one in found
        if not (outside and keeps_inside(context.session, get_sheet(context.session, one.sheet_id)))
    ]
    passages = tuple(Passage(one.measure, one.fiscal_year, one.section, one.text) for one in shown)
    return replace(work, passages=passages)


def ended(how: "Ended", writer: str) -> tuple[DraftEnded, tuple[Event, ...]]:
    """Who wrote a draft after all that the model ``writer`` was asked for, and what else is said about it."""
    tally = how.tally
    used = tally.written + tally.mended
    model = writer if used else COMPOSER
    made = DraftEnded(model, ",".join(how.prompts) if used else "")
    if how.failure is not None:
        failed = messages.model_failed(writer, how.failure.outcome, used, str(how.failure))
        told = notice(failed, "model")
    elif how.given_up:
        told = notice(messages.model_given_up(writer), "model")
    else:
        composer = tally.fallen + tally.copied
        told = notice(messages.written_by(writer, used, composer))
    return made, (told,)


def whole(work: DraftRequest, context: ChatContext) -> tuple[Draft, list[Finding], tuple[str, ...]]:
    """A draft at once, by the model if it may be asked; the checker's findings, and what is said about it."""
    from assistant.checking import checker_of
    from assistant.drafting.pipeline import draft_section
    from assistant.drafting.verify import findings_about
    from assistant.writing.loop import Ended

    pen, told = pen_for(context)
    notices = [event.told.strip() for event in told if isinstance(event, Attachment)]
    if pen is None:
        return *draft_section(work), tuple(notices)
    sentences: list[DraftSentence] = []
    by = DraftEnded(pen.model.name)
    for item in write(work, pen, context):
        if isinstance(item, Ended):
            by, told = ended(item, by.model)
            notices += [event.told.strip() for event in told if isinstance(event, Attachment)]
        elif item is not None:
            sentences.append(item)
    draft = Draft(work.section, work.direction, work.sheet.fiscal_year, tuple(sentences), by.model, by.prompts)
    checker = checker_of(context.sheet, context.earlier, context.tolerance)
    return draft, findings_about(draft, checker), tuple(notices)
