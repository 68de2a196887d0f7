"""One chat message in, events out: what was understood, words, drafted sentences, what belongs beside them.

The flow is a LangGraph graph: understand → gather → plan → write → verify → reply, and from there to the next wish.
It goes round ``write`` once a sentence and round ``reply`` once an event, so what is made can be shown at once, one
thread alone uses the caller's session, and whoever stops asking for events stops the work between two of them.
``converse`` only reads the database; ``record_reply`` writes the events into the reply's row while they come, so that
whoever shows the reply reads it there, and whoever stops it writes that there.
"""

import logging
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypedDict

from sqlmodel import Session

from assistant import answers
from assistant.answers import (
    Attachment,
    Beat,
    ChatContext,
    ChatEvent,
    Done,
    DraftBegun,
    DraftEnded,
    Event,
    OpenIndex,
    OpenPen,
    Sentence,
    Status,
    Understood,
    Words,
    no_index,
    no_pen,
)
from assistant.answers import draft as drafts
from assistant.answers import model as models
from assistant.answers import revise as revisions
from assistant.answers.revise import Revision
from assistant.answers.selection import answer_selection
from assistant.drafting.draft import COMPOSER, Draft, DraftSentence
from assistant.drafting.plan import DraftRequest
from assistant.recording import Recorder
from assistant.request_told import explained
from assistant.requests import understand
from assistant.wishes import Wish
from assistant.writing.logged import log_call
from assistant.writing.loop import Ended, Item
from assistant.writing.values import Call, unlogged
from corpus import messages, talk
from corpus.accounts import Actor
from corpus.errors import ShisakuError
from corpus.listing import list_sheets
from corpus.models import Message, Sheet
from corpus.store import get_sheet

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph
    from langgraph.runtime import Runtime

log = logging.getLogger(__name__)

MOST_STEPS = 100_000
"""Steps of one answer; a sentence of a draft is one."""


class ChatState(TypedDict, total=False):
    """What the nodes hand on. ``events``: what the last node has to say.

    ``alone``: one wish is the whole message. ``wishes``: those still to be answered. ``wish``: the one being answered;
    ``work``: what its draft is made of, None where it asks for none; ``pen``: the sentences to come, and what a model
    has to say between them; ``writer``: the composer or a model; ``written``: the sentences that came; ``answer``: the
    other events to come; ``made``: the drafts of this reply.
    """

    text: str
    alone: bool
    events: tuple[ChatEvent, ...]
    wishes: tuple[Wish, ...]
    wish: Wish
    work: DraftRequest | Revision | None
    pen: Iterator[Item] | None
    writer: str
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
    graph.add_conditional_edges(
        "understand", lambda state: "gather" if state["wishes"] else "reply", ["gather", "reply"]
    )
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
        return {
            "wishes": (),
            "work": None,
            "made": (),
            "answer": answer,
            "events": (Status(messages.STATUS_REWRITING),),
        }
    names = sorted({summary.measure for summary in list_sheets(context.session)})
    wishes = tuple(understand(state["text"], context.sheet, names, context.before))
    told = explained(wishes, context.sheet)
    said = (Words(f"{told}\n"),) if told else ()
    events = (Understood(wishes), *said, _first_status(wishes[0]))
    return {"wishes": wishes, "events": events, "made": (), "alone": len(wishes) == 1}


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
            return {"pen": sentences, "writer": COMPOSER, "events": (*told, writing)}
        items = models.write(work, pen, runtime.context)
        name = pen.model.name
        return {"pen": items, "writer": name, "events": (*told, Status(messages.status_model(name)))}
    assert work is not None
    stock = Stock(work.request, runtime.context.earlier, work.passages)
    revised = revise_all(work.draft, work.changes, stock)
    if revised.draft == work.draft:
        return {"pen": None, "answer": iter((revisions.unchanged(revised.notes),)), "events": ()}
    begun = revisions.introduced(revised.draft, revised.notes)
    return {"pen": iter(revised.draft.sentences), "writer": work.draft.model, "events": (begun, writing)}


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
    begun = () if state["written"] else (DraftBegun(drafted.section, drafted.direction, state["writer"]),)
    if isinstance(item, Ended):
        writer, told = models.ended(item, state["writer"])
        return {"writer": writer, "events": told}
    return {"written": (*state["written"], item), "events": (*begun, Sentence(item))}


def _after_write(state: ChatState) -> str:
    return "verify" if state["pen"] is None else "write"


def _verify(state: ChatState, runtime: "Runtime[ChatContext]") -> ChatState:
    """The checker reads what was written; what it finds is shown, for a person decides."""
    context, work = runtime.context, state["work"]
    drafted = work.draft if isinstance(work, Revision) else work
    assert drafted is not None
    year = context.sheet.fiscal_year
    draft = Draft(drafted.section, drafted.direction, year, state["written"], state["writer"])
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
    "gather": _gather,
    "plan": _plan,
    "write": _write,
    "verify": _verify,
    "reply": _reply,
}


def converse(
    session: Session,
    sheet: Sheet,
    text: str,
    open_index: OpenIndex = no_index,
    *,
    before: Sequence[Wish] = (),
    reply_id: int | None = None,
    selection: dict[str, Any] | None = None,
    open_pen: OpenPen = no_pen,
    tell_call: Callable[[Call], None] = unlogged,
) -> Generator[ChatEvent]:
    """The events of the answer to ``text`` about ``sheet``. Reads only; closing the iterator stops the work.

    ``before``: the wishes of the earlier messages, oldest first; ``reply_id``: the stored reply that is being made;
    ``open_pen``: the language model, asked only where the city agreed to it; ``tell_call`` is told its calls.
    """
    context = ChatContext(session, sheet, open_index, tuple(before), reply_id, open_pen, tell_call, selection)
    steps = chat_graph().stream(
        {"text": text}, context=context, stream_mode="updates", config={"recursion_limit": MOST_STEPS}
    )
    try:
        for step in steps:
            for update in step.values():
                yield from update["events"]
    finally:
        # the graph keeps what it had under way until it is collected; a model must not go on writing for nobody
        for work in context.running:
            work.close()


@dataclass(frozen=True)
class Reply:
    """An answer as a whole: what was understood, and all its words with the drafts in their places."""

    understood: tuple[Wish, ...]
    text: str

    def to_object(self) -> dict[str, Any]:
        """The JSON object of ``shisaku ask --json``."""
        return {"understood": [wish.to_object() for wish in self.understood], "reply": self.text}


def reply_to(
    session: Session,
    sheet: Sheet,
    text: str,
    open_index: OpenIndex = no_index,
    open_pen: OpenPen = no_pen,
    tell_call: Callable[[Call], None] = unlogged,
) -> Reply:
    """The whole answer to a message, as the command line gives it."""
    wishes: tuple[Wish, ...] = ()
    parts: list[str] = []
    for event in converse(session, sheet, text, open_index, open_pen=open_pen, tell_call=tell_call):
        match event:
            case Understood():
                wishes = event.wishes
            case Words():
                parts.append(event.text)
            case Sentence():
                starts_line = event.sentence.new_line and parts and not parts[-1].endswith("\n")
                parts.append(("\n" if starts_line else "") + event.sentence.text)
            case Attachment():
                parts.append(event.told)
            case Status() | DraftBegun() | DraftEnded() | Beat() | Done():
                pass
    return Reply(wishes, "".join(parts).strip())


def record_reply(
    session: Session,
    message_id: int,
    open_index: OpenIndex = no_index,
    open_pen: OpenPen = no_pen,
    *,
    keep_contents: bool = False,
) -> bool:
    """Make the reply to a stored message and write it into its row as it comes; False if somebody else makes it.

    Commits after every event, so that readers follow, and looks before each whether somebody stopped the reply. A
    failure keeps what was written and says so in the reply. ``keep_contents``: the log of the model's calls keeps what
    was sent and answered.
    """
    if not talk.claim_reply(session, message_id):
        return False
    state = "done"
    try:
        _record(session, message_id, open_index, open_pen, keep_contents)
    except ShisakuError as error:
        session.rollback()
        talk.add_text(session, message_id, f"\n{error}")
    except Exception:
        session.rollback()
        log.exception("reply %s failed", message_id)
        talk.add_text(session, message_id, f"\n{messages.REPLY_FAILED}")
        state = "failed"
    talk.end_reply(session, message_id, state)
    session.commit()
    return True


def _record(session: Session, message_id: int, open_index: OpenIndex, open_pen: OpenPen, keep_contents: bool) -> None:
    reply = talk.get_message(session, message_id)
    question, conversation = talk.question_of(session, reply)
    sheet = get_sheet(session, conversation.sheet_id)
    recorder = Recorder(session, message_id, conversation.sheet_id)
    calls: list[Call] = []
    events = converse(
        session,
        sheet,
        question.text,
        open_index,
        before=_wishes_before(session, reply),
        reply_id=message_id,
        selection=next(iter(question.attachments.get("selection", [])), None),
        open_pen=open_pen,
        tell_call=calls.append,
    )

    def log() -> None:
        while calls:
            asker = Actor(question.author_id, question.author_name)
            log_call(session, calls.pop(0), asker, conversation.sheet_id, message_id, keep_contents=keep_contents)
        session.commit()

    with closing(events):
        for event in events:
            if not talk.is_running(session, message_id):
                break
            recorder.write(event)
            log()
    log()


def _wishes_before(session: Session, reply: Message) -> list[Wish]:
    """What the earlier messages of the conversation asked for."""
    stored = (wish for earlier in talk.earlier_replies(session, reply) for wish in earlier.understood)
    return [Wish.model_validate(wish) for wish in stored]
