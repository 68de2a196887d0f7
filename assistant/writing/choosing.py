"""A request that neither the rules nor the learnt cues understand, read by a language model as a typed action.

The model only names an action, and for a draft a section; years, directions, measures and figures are read by the rules
from the message itself. It is asked twice in different words, and believed where both answers agree: a weak model that
always names the same thing, or whatever stands first, does not. What only shows something is carried out, and it is
said how the request was read; what writes is asked back with the model's reading as the first choice.
"""

import re
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

from assistant import request_told as told
from assistant.reader.features import LONGEST, Message, message_of
from assistant.request_context import last_of
from assistant.request_rules import ask_back, read_as, read_or_heard
from assistant.wishes import Action, Wish
from assistant.writing.hearing import Hearing
from assistant.writing.hiding import hidden
from assistant.writing.personal import persons_of
from assistant.writing.speaking import ModelFailed
from assistant.writing.values import Pen
from corpus import messages
from corpus.form import SECTION_BY_KEY
from corpus.sheetfile import SheetFile
from prompts import Prompted, load_prompt

LONGEST_ANSWER = 400
"""Characters: a meaning and a label; what is longer is no answer."""
ACTION_LABELS: dict[str, Action] = {
    "figures": "figures",
    "grade": "grade",
    "mistakes": "check",
    "edit": "revise",
    "write": "draft",
    "changes": "compare",
    "look": "find",
    "source": "explain",
    "manual": "help",
    "other": "unclear",
}
SECTION_LABELS: dict[str, str | None] = {
    "reasons": "4.3",
    "surroundings": "5.1",
    "voices": "5.2",
    "neighbours": "5.3",
    "done": "5.4.done",
    "plans": "5.4.plan",
    "results": "6.1.results",
    "problems": "6.1.issues",
    "policy": "7.1",
    "future": "7.2",
    "none": None,
}
_LABEL = re.compile(r"^[ \t*]*label[ \t*]*[:：][ \t*]*[\"“`]?([a-z]+)[\"”`]?[ \t*.。]*$", re.MULTILINE | re.IGNORECASE)
_BARE = re.compile(r"\s*[\"“`]?([a-z]+)[\"”`]?[.。]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Chosen:
    """How a message is to be taken: ``wishes`` as they were where the model understood nothing.

    ``action`` and ``section`` as the model read them (``unclear``, None: it did not). ``failure``: why none came.
    """

    wishes: tuple[Wish, ...]
    action: Action = "unclear"
    section: str | None = None
    failure: ModelFailed | None = None


def needs_choice(wishes: Sequence[Wish]) -> bool:
    """Whether a message is asked back because it was not understood, or only doubtfully; nothing else is left open.

    Not where the person refused everything, or contradicts themselves (a year and a section that do not go together):
    there the question itself says what is to be settled.
    """
    return bool(wishes) and all(wish.action == "unclear" and wish.unsaid is not None for wish in wishes)


def choose(
    text: str, sheet: SheetFile, measures: Iterable[str], before: Sequence[Wish], wishes: Sequence[Wish], pen: Pen
) -> Generator[Chosen | None]:
    """None while the model is waited for, then how the message is to be taken.

    ``wishes``: what ``understand`` made of it (``needs_choice``). Nothing of the sheet is sent, and of the message no
    figure and no person's datum. Closing it stops the call; all calls are told to the pen's log.
    """
    names = tuple(measures)
    if len(text) > LONGEST:
        yield Chosen(tuple(wishes))
        return
    shown = " ".join(hidden(text, persons_of(sheet)).split())
    read, rules = read_or_heard(text, sheet, names, before)
    message = message_of(text, read, sheet, before, rules)
    try:
        action = yield from _action(shown, wishes[0], pen)
        section = None
        if action == "draft" and not message.named.sections:
            section = yield from _section(shown, pen)
    except ModelFailed as failure:
        yield Chosen(tuple(wishes), failure=failure)
        return
    taken = _taken(action, section, message, sheet, names, wishes)
    yield Chosen(taken, action, section) if taken else Chosen(tuple(wishes), action, section)


def _action(shown: str, wish: Wish, pen: Pen) -> Generator[None, None, Action]:
    """The action that both questions are answered with; ``unclear`` where they are not."""
    if wish.unsaid == "section":
        # the rules heard that something is to be drafted
        return "draft"
    found: Action = "unclear"
    for name in ("choose", "choose_again"):
        answer = yield from _answer(load_prompt(name).filled(message=shown), pen)
        action = ACTION_LABELS.get(label_in(answer) or "", "unclear")
        if action == "unclear" or found not in ("unclear", action):
            return "unclear"
        found = action
    return found


def _section(shown: str, pen: Pen) -> Generator[None, None, str | None]:
    """The section that a text is wanted for, if the model sees one."""
    titles = {label: SECTION_BY_KEY[key].title for label, key in SECTION_LABELS.items() if key}
    sections = "\n".join(f"{label}: {title}" for label, title in titles.items())
    answer = yield from _answer(load_prompt("choose_section").filled(sections=sections, message=shown), pen)
    return SECTION_LABELS.get(label_in(answer) or "")


def _answer(prompted: Prompted, pen: Pen) -> Generator[None, None, str]:
    """What the model says, "" if it does not come to an end. Raises ``ModelFailed``."""
    hearing = Hearing(pen, prompted)
    said: list[str] = []
    try:
        for piece in hearing:
            said.append(piece or "")
            if sum(map(len, said)) > LONGEST_ANSWER:
                return ""
            yield None
    finally:
        hearing.end()
    if hearing.failure:
        raise hearing.failure
    return "".join(said)


def label_in(answer: str) -> str | None:
    """The one label of an answer; None where it has none, or several.

    >>> label_in("meaning: it is too long\\nlabel: edit")
    'edit'
    """
    bare = _BARE.fullmatch(answer)
    labels = {label.lower() for label in _LABEL.findall(answer)} or ({bare[1].lower()} if bare else set())
    return labels.pop() if len(labels) == 1 else None


def _taken(
    action: Action,
    section: str | None,
    message: Message,
    sheet: SheetFile,
    measures: Sequence[str],
    wishes: Sequence[Wish],
) -> tuple[Wish, ...]:
    """The wishes of the model's reading; none where it makes no sense here."""
    match action:
        case "unclear":
            return ()
        case "draft":
            return _draft_offered(section, message, wishes[0])
        case "revise":
            if last_of(message.before, ("draft", "revise")) is None:
                return ()
            options = (messages.REQUEST_REWORD, messages.REQUEST_SHORTER)
            return (ask_back(messages.model_read_only("revise"), options),)
        case _:
            built = read_as(action, message.named, sheet, measures, message.before)
            if not built or any(wish.action != action for wish in built):
                return ()
            note = messages.model_read(action) + (built[0].note or "")
            return (built[0].model_copy(update={"note": note}), *built[1:])


def _draft_offered(section: str | None, message: Message, asked: Wish) -> tuple[Wish, ...]:
    """The question whether the draft is wanted that the model reads the message as."""
    keys = message.named.sections or ((section,) if section else ())
    if not keys:
        return ()
    direction = message.named.directions[0] if message.named.directions else None
    lead = messages.request_direction(direction) if direction else ""
    first = lead + told.draft_request(keys[0])
    others = (*asked.options, told.show_request(keys[0], direction))
    second = next(option for option in others if option != first)
    question = messages.model_read_only("draft", SECTION_BY_KEY[keys[0]].title)
    return (ask_back(question, (first, second), direction=direction, year=asked.year),)
