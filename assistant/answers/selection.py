"""The answer to a question about a passage marked in an editor: other words for it, as a suggestion."""

from collections.abc import Iterator
from typing import Any

from assistant.answers import model as models
from assistant.answers.context import ChatContext
from assistant.answers.draft import request_for
from assistant.answers.events import Attachment, Beat, Event, Status, Words
from assistant.wishes import Wish
from assistant.writing.selected import Selected
from corpus import messages


def answer_selection(selection: dict[str, Any], text: str, context: ChatContext) -> Iterator[Event]:
    """What is suggested for the marked passage that a question keeps; ``text``: what is asked for."""
    from assistant.drafting.widen import Stock
    from assistant.writing.selection import Suggestion, suggest
    from assistant.writing.selection_rules import read_wish

    passage = Selected(selection["section"], selection["start"], selection["end"], selection["written"])
    pen, told = models.pen_for(context)
    yield from told
    if pen is not None:
        yield Status(messages.status_model(pen.model.name))
    request = request_for(Wish(action="draft", section=passage.section), context)
    answers = suggest(read_wish(text), passage, Stock(request, context.earlier), pen)
    context.running.append(answers)
    for answer in answers:
        if answer is None:
            yield Beat()
        else:
            yield Words(answer.note)
            if isinstance(answer, Suggestion):
                yield _attached(answer)


def _attached(suggestion: Any) -> Attachment:
    passage = suggestion.passage
    entry = {
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "before": passage.text,
        "after": suggestion.after,
        "model": suggestion.model,
        "prompts": list(suggestion.prompts),
    }
    return Attachment("suggestion", (entry,), messages.suggestion_told(passage.text, suggestion.after))
