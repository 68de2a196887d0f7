"""Drafting as LangChain runnables with typed input and output: gather → write.

``gather`` takes an order and gives all that a writer may use; ``write`` streams sentences. The composer is the writer;
a chat model takes its place behind the same types.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from langchain_core.runnables import Runnable, RunnableGenerator, RunnableLambda

from assistant.drafting.compose import compose
from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.plan import DraftRequest
from corpus.sheetfile import SheetFile

Sentences = tuple[DraftSentence, ...]


@dataclass(frozen=True)
class DraftOrder:
    """What to draft: ``section`` of ``sheet``, one direction's block of it or all, and the sheet to carry on."""

    sheet: SheetFile
    last_year: SheetFile | None
    section: str
    direction: int | None = None
    follow_last_year: bool = False


def gather(order: DraftOrder) -> DraftRequest:
    """The writer's material for an order."""
    return DraftRequest(
        sheet=order.sheet,
        last_year=order.last_year,
        section=order.section,
        direction=order.direction,
        follow_last_year=order.follow_last_year,
    )


def _write(requests: Iterator[DraftRequest]) -> Iterator[Sentences]:
    for request in requests:
        for sentence in compose(request):
            yield (sentence,)


def draft_chain(writer: Callable[[Iterator[DraftRequest]], Iterator[Sentences]] = _write) -> Runnable[DraftOrder, Any]:
    """``DraftOrder`` → sentences: ``stream`` gives them one by one as 1-tuples, ``invoke`` all of them."""
    gathered = RunnableLambda(gather).with_types(input_type=DraftOrder, output_type=DraftRequest)
    return (gathered | RunnableGenerator(writer)).with_types(input_type=DraftOrder)


def draft_section(order: DraftOrder) -> Draft:
    """A whole draft at once."""
    sentences: Sentences = draft_chain().invoke(order)
    return Draft(order.section, order.direction, order.sheet.fiscal_year, sentences)
