"""Drafting as a LangChain runnable with typed input and output: ``DraftRequest`` in, sentences out as they are made.

The composer is the writer; a chat model takes its place behind the same types.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from langchain_core.runnables import Runnable, RunnableGenerator

from assistant.checking.findings import Finding
from assistant.drafting.compose import compose, compose_at
from assistant.drafting.desk import Desk, set_desk
from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.plan import DraftRequest
from assistant.drafting.verify import confirmed

Sentences = tuple[DraftSentence, ...]
Writer = Callable[[Iterator[DraftRequest]], Iterator[Sentences]]


def write(requests: Iterator[DraftRequest]) -> Iterator[Sentences]:
    """The composer as a writer: each sentence as a 1-tuple (LangChain joins chunks with ``+``)."""
    for request in requests:
        for sentence in compose(request):
            yield (sentence,)


def draft_chain(writer: Writer = write) -> Runnable[DraftRequest, Any]:
    """``DraftRequest`` → sentences: ``stream`` gives them one by one as 1-tuples, ``invoke`` all of them."""
    return RunnableGenerator(writer).with_types(input_type=DraftRequest)


def draft_section(request: DraftRequest) -> tuple[Draft, list[Finding]]:
    """A whole draft at once, and the checker's findings about its text.

    A mismatch is among them only where a fact of the year says so.
    """
    desk = set_desk(request)
    sentences: Sentences = draft_chain(partial(_write_at, desk)).invoke(request)
    draft = Draft(request.section, request.direction, request.sheet.fiscal_year, sentences)
    return confirmed(draft, desk.checker)


def _write_at(desk: Desk, requests: Iterator[DraftRequest]) -> Iterator[Sentences]:
    """The composer at a desk that is set already."""
    for request in requests:
        for sentence in compose_at(desk, request):
            yield (sentence,)
