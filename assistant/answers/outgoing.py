"""What would be sent to a language model for a draft, for a person to look at before anything is."""

from assistant.answers.context import ChatContext
from assistant.answers.draft import request_for
from assistant.answers.model import with_passages
from assistant.wishes import Wish
from prompts import Prompted


def outgoing(context: ChatContext, section: str, *, outside: bool) -> tuple[Prompted, ...]:
    """The messages of a draft of ``section`` of the open sheet as they would be sent at first to a model that is
    ``outside`` the city's network or not; none where no line of it would be. Nothing is sent.
    """
    from assistant.drafting.compose import compose_at
    from assistant.drafting.desk import set_desk
    from assistant.writing.loop import preview

    request = with_passages(request_for(Wish(action="draft", section=section), context), context, outside=outside)
    desk = set_desk(request)
    return preview(desk, request, tuple(compose_at(desk, request)))
