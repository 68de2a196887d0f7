"""Writing a reply's events into its row, so that whoever shows it reads them there."""

from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from assistant.answers import (
    Attachment,
    Beat,
    ChatEvent,
    Done,
    DraftBegun,
    DraftEnded,
    Sentence,
    Status,
    Understood,
    Words,
)
from assistant.drafting.draft import COMPOSER
from assistant.drafting.stored import origin_row
from corpus import talk
from corpus.models import Draft
from corpus.narratives import current_revision


@dataclass
class Recorder:
    """One reply being written. Callers commit behind every event. Sentences follow the last draft begun."""

    session: Session
    message_id: int
    sheet_id: int
    _beside: dict[str, Any] = field(default_factory=dict)
    _draft: Draft | None = None
    _sentences: int = 0

    def write(self, event: ChatEvent) -> None:
        """Add one event to the stored reply."""
        match event:
            case Understood():
                understood = [wish.to_object() for wish in event.wishes]
                talk.set_reply(self.session, self.message_id, understood=understood)
            case Status():
                self._attach("status", [event.text])
            case Words():
                talk.add_text(self.session, self.message_id, event.text)
            case DraftBegun():
                self._begin(event)
            case Sentence():
                self._add(event)
            case DraftEnded():
                self._end(event)
            case Attachment():
                self._attach(event.name, event.entries)
            case Beat():
                talk.set_reply(self.session, self.message_id)
            case Done():
                pass

    def _attach(self, name: str, entries: Any) -> None:
        self._beside[name] = [*self._beside.get(name, []), *entries]
        talk.set_reply(self.session, self.message_id, attachments=self._beside)

    def _begin(self, event: DraftBegun) -> None:
        base = current_revision(self.session, self.sheet_id, event.section)
        self._sentences = 0
        self._draft = talk.begin_draft(
            self.session,
            sheet_id=self.sheet_id,
            message_id=self.message_id,
            section_key=event.section,
            direction=event.direction,
            model=event.model,
            prompts=event.prompts,
            base_revision_id=base.id if base else None,
        )

    def _end(self, event: DraftEnded) -> None:
        assert self._draft is not None
        self._draft.model, self._draft.prompts = event.model, event.prompts
        self.session.add(self._draft)

    def _add(self, event: Sentence) -> None:
        assert self._draft is not None
        sentence = event.sentence
        written = next((origin.text for origin in sentence.origins if origin.kind == "model"), None)
        if written and self._draft.model == COMPOSER:
            # a draft that is stopped on the way says whose words it has
            self._draft.model = written
            self.session.add(self._draft)
        talk.add_sentence(
            self.session,
            self._draft,
            self._sentences,
            sentence.text,
            [origin_row(origin) for origin in sentence.origins],
            heading=sentence.heading,
            joined=not sentence.new_line,
            direction=sentence.direction,
        )
        talk.set_reply(self.session, self.message_id)
        self._sentences += 1
