"""The graph of an answer: understand → gather → plan → write → verify → reply, and from there to the next wish.

What the rules do not understand goes to a model by way of choose. It goes round ``write`` once a sentence and round
``reply`` once an event, so what is made can be shown at once, one thread alone uses the caller's session, and whoever
stops asking for events stops the work between two of them.
"""

import os
from collections.abc import Iterator
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypedDict

from assistant import answers
from assistant.answers import (
    Beat,
    ChatContext,
    ChatEvent,
    Done,
    DraftBegun,
    Event,
    Sentence,
    Status,
    Understood,
    Words,
)
from assistant.answers import draft as drafts
from assistant.answers import model as models
from assistant.answers import revise as revisions
from assistant.answers.revise import Revision
from assistant.answers.selection import answer_selection
from assistant.drafting.draft import COMPOSER, Draft, DraftSentence
from assistant.drafting.plan import DraftRequest
from assistant.request_told import explained
from assistant.requests import understand
from assistant.wishes import Wish
from assistant.writing.choosing import Chosen, choose, needs_choice
from assistant.writing.loop import Ended, Item
from corpus import messages
from corpus.listing import list_sheets

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph
    from langgraph.runtime import Runtime


class ChatState(TypedDict, total=False):
    """What the nodes hand on. ``events``: what the last node has to say.

    ``alone``: one wish is the whole message. ``choice``: how a model reads a message that the rules did not.
    ``wishes``: those still to be answered. ``wish``: the one being answered; ``work``: what its draft is made of, None
    where it asks for none; ``pen``: the sentences to come, and what a model has to say between them; ``writer``: the
    composer or a model, by these ``prompts``; ``written``: the sentences that came; ``answer``: the other events to
    come; ``made``: the drafts of this reply.
    """

    text: str
    alone: bool
    choice: Iterator[Chosen | None] | None
    events: tuple[ChatEvent, ...]
    wishes: tuple[Wish, ...]
    wish: Wish
    work: DraftRequest | Revision | None
    pen: Iterator[Item] | None
    writer: str
    prompts: str
    written: tuple[DraftSentence, ...]
    answer: Iterator[Event]
    made: tuple[Draft, ...]


@cache
def chat_graph() -> "CompiledStateGraph[Any, Any, Any, Any]":
    """The graph of an answer; compiled at the first message, for LangGraph takes most of a second to import."""
    # no tracing service is ever told anything, whatever the surroundings say
    os.environ["LANGSMITH_TRACING_V2"] = "false"
    from langgraph.graph import END, START, StateGraph

    graph = StateGraph(ChatState, context_schema=ChatContext)
    for name, node in _NODES.items():
        graph.add_node(name, node)
    graph.add_edge(START, "understand")
    graph.add_conditional_edges("understand", _after_understand, ["choose", "gather", "reply"])
    graph.add_conditional_edges("choose", _after_understand, ["choose", "gather"])
    graph.add_conditional_edges("gather", _after_gather, ["plan", "reply"])
    graph.add_conditional_edges("plan", _after_plan, ["write", "reply"])
    graph.add_conditional_edges("write", _after_write, ["write", "verify"])
    graph.add_edge("verify", "reply")
    graph.add_conditional_edges("reply", _after_reply, {"reply": "reply", "gather": "gather", "end": END})
    return graph.compile()


def _understand(state: ChatState, runtime: "Runtime[ChatContext]") -> ChatState:
    context = runtime.context
    if context.selection is not None:
        answer = answer_selection(context.selection, state["text"], context)
        begun: ChatState = {"wishes": (), "choice": None, "work": None, "made": (), "answer": answer}
        return begun | {"events": (Status(messages.STATUS_REWRITING),)}
    names = sorted({summary.measure for summary in list_sheets(context.session)})
    wishes = tuple(understand(state["text"], context.sheet, names, context.before))
    if needs_choice(wishes):
        pen, _ = models.pen_for(context)
        if pen is not None:
            choice = choose(state["text"], context.sheet, names, context.before, wishes, pen)
            context.running.append(choice)
            status = Status(messages.status_choosing(pen.model.name))
            return {"wishes": wishes, "choice": choice, "made": (), "events": (status,)}
    return _understood(wishes, context)


def _understood(wishes: tuple[Wish, ...], context: ChatContext, *more: Event) -> ChatState:
    """What was read from the message, and said first."""
    told = explained(wishes, context.sheet)
    said = (Words(f"{told}\n"),) if told else ()
    events = (Understood(wishes), *more, *said, _first_status(wishes[0]))
    return {"wishes": wishes, "choice": None, "events": events, "made": (), "alone": len(wishes) == 1}


def _choose(state: ChatState, runtime: "Runtime[ChatContext]") -> ChatState:
    """The model's reading of a request that nothing else understood; a sign of life while it is waited for."""
    assert state["choice"] is not None
    item = next(state["choice"])
    if item is None:
        return {"events": (Beat(),)}
    first, *others = item.wishes
    failed = (models.notice(str(item.failure), "model"),) if item.failure else ()
    noted = (Words(f"{first.note}\n"),) if first.note else ()
    return _understood((first.model_copy(update={"note": None}), *others), runtime.context, *failed, *noted)


def _after_understand(state: ChatState) -> str:
    if state["choice"] is not None:
        return "choose"
    return "gather" if state["wishes"] else "reply"


def _first_status(wish: Wish) -> Status:
    writes = wish.action in ("draft", "revise")
    return Status(messages.STATUS_GATHERING if writes else messages.status_answering(wish.action))


def _gather(state: ChatState, runtime: "Runtime[ChatContext]") -> ChatState:
    """Take the next wish and what its answer is made of."""
    context, (wish, *left) = runtime.context, state["wishes"]
    noted: tuple[Event, ...] = (Words(wish.note),) if wish.note else ()
    begun: ChatState = {"wish": wish, "wishes": tuple(left), "work": None, "written": (), "events": noted}
    refusal = tuple(answers.refused(wish, context))
    if refusal:
        return begun | {"answer": iter(refusal)}
    if wish.action == "draft":
        work = drafts.request_for(wish, context)
        return begun | {
            "work": work,
            "events": (
                *noted,
                drafts.introduced(wish, work, named=not state["alone"]),
                Status(messages.STATUS_PLANNING),
            ),
        }
    if wish.action == "revise":
        # several changes of one draft make one new draft
        same = list(takewhile(lambda other: _revises_too(other, wish), left))
        revision = revisions.revision_for((wish, *same), context, state["made"])
        begun = begun | {"wishes": tuple(left[len(same) :])}
        if revision is None:
            return begun | {"answer": revisions.no_draft(wish, context)}
        return begun | {"work": revision, "events": (*noted, Status(messages.STATUS_REVISING))}
    return begun | {"answer": answers.answer(wish, context)}


def _revises_too(other: Wish, wish: Wish) -> bool:
    same = other.section in (None, wish.section) and other.direction in (None, wish.direction)
    return other.action == "revise" and not other.note and other.measure is None and same


def _after_gather(state: ChatState) -> str:
    return "reply" if state["work"] is None else "plan"


def _plan(state: ChatState, runtime: "Runtime[ChatContext]") -> ChatState:
    """Decide what is written, in which order; a revision is a plan over what was written before."""
    from assistant.drafting import compose
    from assistant.drafting.desk import set_desk
    from assistant.drafting.revise import Stock, revise_all

    work, writing = state["work"], Status(messages.STATUS_WRITING)
    if isinstance(work, DraftRequest):
        pen, told = models.pen_for(runtime.context)
        if pen is None:
            sentences = compose.compose_at(set_desk(work), work)
            return {"pen": sentences, "writer": COMPOSER, "prompts": "", "events": (*told, writing)}
        items = models.write(work, pen, runtime.context)
        name = pen.model.name
        status = Status(messages.status_model(name))
        return {"pen": items, "writer": name, "prompts": "", "events": (*told, status)}
    assert work is not None
    stock = Stock(work.request, runtime.context.earlier, work.passages)
    revised = revise_all(work.draft, work.changes, stock)
    if revised.draft == work.draft:
        return {"pen": None, "answer": iter((revisions.unchanged(revised.notes),)), "events": ()}
    begun = revisions.introduced(revised.draft, revised.notes)
    again = iter(revised.draft.sentences)
    return {"pen": again, "writer": work.draft.model, "prompts": work.draft.prompts, "events": (begun, writing)}


def _after_plan(state: ChatState) -> str:
    return "reply" if state["pen"] is None else "write"


_END: Any = object()


def _write(state: ChatState) -> ChatState:
    """One sentence, or a sign of life while a model is waited for."""
    assert state["pen"] is not None
    item, work = next(state["pen"], _END), state["work"]
    if item is _END:
        return {"pen": None, "events": (Status(messages.STATUS_VERIFYING),)}
    if item is None:
        return {"events": (Beat(),)}
    drafted = work.draft if isinstance(work, Revision) else work
    assert drafted is not None
    # a new draft is the composer's until a sentence in a model's words comes
    by = (work.draft.model, work.draft.prompts) if isinstance(work, Revision) else (COMPOSER, "")
    begun = () if state["written"] else (DraftBegun(drafted.section, drafted.direction, *by),)
    if isinstance(item, Ended):
        made, told = models.ended(item, state["writer"])
        return {"writer": made.model, "prompts": made.prompts, "events": (made, *told)}
    return {"written": (*state["written"], item), "events": (*begun, Sentence(item))}


def _after_write(state: ChatState) -> str:
    return "verify" if state["pen"] is None else "write"


def _verify(state: ChatState, runtime: "Runtime[ChatContext]") -> ChatState:
    """The checker reads what was written; what it finds is shown, for a person decides."""
    context, work = runtime.context, state["work"]
    drafted = work.draft if isinstance(work, Revision) else work
    assert drafted is not None
    year = context.sheet.fiscal_year
    draft = Draft(drafted.section, drafted.direction, year, state["written"], state["writer"], state["prompts"])
    found = drafts.findings_to_show(draft, context)
    told = tuple(drafts.summed_up(draft, found))
    if isinstance(work, Revision):
        return {"made": (*state["made"], draft), "answer": iter(()), "events": told}
    more = drafts.beside(draft, context)
    return {"made": (*state["made"], draft), "answer": more, "events": (*told, Status(messages.STATUS_BESIDE))}


def _reply(state: ChatState) -> ChatState:
    """One event of what is said beside a draft or in its stead; behind the last one a line's end."""
    event = next(state["answer"], None)
    if event is not None:
        return {"events": (event,)}
    end: tuple[ChatEvent, ...] = (Words("\n"),)
    following = (_first_status(state["wishes"][0]),) if state["wishes"] else (Done(),)
    return {"answer": _NO_MORE, "events": (*end, *following)}


_NO_MORE: Iterator[Event] = iter(())


def _after_reply(state: ChatState) -> str:
    if state["answer"] is not _NO_MORE:
        return "reply"
    return "gather" if state["wishes"] else "end"


_NODES: dict[str, Any] = {
    "understand": _understand,
    "choose": _choose,
    "gather": _gather,
    "plan": _plan,
    "write": _write,
    "verify": _verify,
    "reply": _reply,
}
