"""Chat messages as the page shows them: words, drafts with the origin of every sentence, and what stands beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from assistant.drafting.draft import COMPOSER, DraftSentence
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import SECTION_KEYS, section_label
from corpus.index.addresses import Address
from corpus.index.passages import text_hash
from corpus.models import Draft, Message
from corpus.sheetfile import SheetFile
from corpus.talk import OriginRow
from web.pages.asked import FigureTable, figure_tables
from web.pages.comparison import Piece
from web.pages.drafts import DraftView, Ground, Places, SentenceView, draft_view, sentence_view
from web.pages.marks import ShownFinding, show_stored_findings
from web.pages.search import passage_address
from web.pages.writing import moment


@dataclass(frozen=True)
class PassageView:
    """A similar passage of another sheet or year; ``address``: where it stands, "" in a reply that did not keep it."""

    measure: str
    when: str
    section: str
    text: str
    address: str


@dataclass(frozen=True)
class ComparedView:
    """The comparison of a section as a reply keeps it: (class, label, before, after) a sentence."""

    label: str
    key: str
    rows: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class SuggestionView:
    """Other words for a passage marked in an editor: where it stood, its differences by word as ``pieces``, and what
    else is ``told`` of it: who put it so, and how long it was and is.
    """

    key: str
    label: str
    start: int
    before: str
    after: str
    pieces: tuple[Piece, ...]
    told: str


@dataclass(frozen=True)
class NoticeView:
    """What a person must know about a reply. ``to_model``: with a way to the page of the language model."""

    text: str
    to_model: bool


@dataclass(frozen=True)
class ReplyView:
    """The inside of a bubble: ``parts`` are words (str) and drafts in their order.

    ``findings`` are about a draft; ``checked`` about the stored sheet, where they have their places. ``status``: what
    the assistant is doing; ``options``: messages to choose from; ``grounds``: sentences whose grounds were asked for.
    ``selections``: (section, words) of the passages that a question is about; ``suggestions``: what is said for them;
    ``notices``: what a person must know, each once.
    """

    parts: tuple[str | DraftView, ...]
    findings: tuple[ShownFinding, ...]
    checked: tuple[ShownFinding, ...]
    passages: tuple[PassageView, ...]
    comparisons: tuple[ComparedView, ...]
    figures: tuple[FigureTable, ...]
    running: bool
    status: str = ""
    options: tuple[str, ...] = ()
    grounds: tuple[SentenceView, ...] = ()
    selections: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[SuggestionView, ...] = ()
    notices: tuple[NoticeView, ...] = ()

    @property
    def to_look_at(self) -> tuple[ShownFinding, ...]:
        """Of ``checked`` what a person should look at: mismatches, then what can be read in more than one way."""
        return tuple(found for verdict in ("mismatch", "ambiguous") for found in self._of(verdict))

    @property
    def not_checked(self) -> tuple[ShownFinding, ...]:
        """Of ``checked`` what nothing stored speaks to."""
        return self._of("unsupported")

    def _of(self, verdict: str) -> tuple[ShownFinding, ...]:
        return tuple(found for found in self.checked if found.verdict == verdict)


@dataclass(frozen=True)
class MessageView:
    """A message of the conversation."""

    id: int
    mine: bool
    author: str
    at: str
    state: str
    reply: ReplyView

    @property
    def running(self) -> bool:
        """Whether more of it is to come."""
        return self.state in ("waiting", "running")


def message_view(
    message: Message,
    drafts: Sequence[Draft],
    sheet: SheetFile,
    sheet_id: int | None = None,
    places: Places = MappingProxyType({}),
) -> MessageView:
    """A message with its drafts, as stored now. ``sheet``: the one that the conversation is about; ``places``: the
    sheets that origins name.
    """
    reply = reply_view(message, drafts, Ground(sheet, sheet_id, places))
    return MessageView(
        message.id or 0, message.role == "user", message.author_name, moment(message.created_at), message.state, reply
    )


def reply_view(message: Message, drafts: Sequence[Draft], ground: Ground) -> ReplyView:
    """What a message says and what stands beside it."""
    beside, sheet, sheet_id = message.attachments, ground.sheet, ground.sheet_id
    year, running = sheet.fiscal_year, message.state in ("waiting", "running")
    return ReplyView(
        parts=tuple(_parts(message.text, drafts, ground)),
        findings=show_stored_findings(beside.get("findings", []), year, sheet_id),
        checked=show_stored_findings(beside.get("checked", []), year, sheet_id),
        passages=tuple(_passage(entry) for entry in beside.get("passages", [])),
        comparisons=tuple(_compared(entry) for entry in beside.get("comparison", [])),
        figures=figure_tables(beside.get("figures", []), sheet),
        running=running,
        status=str((beside.get("status") or [messages.STATUS_READING])[-1]) if running else "",
        options=tuple(str(entry["text"]) for entry in beside.get("options", [])),
        grounds=tuple(_ground(entry, ground) for entry in beside.get("grounds", [])),
        selections=tuple(
            (section_label(str(entry["section"]), year), str(entry["text"])) for entry in beside.get("selection", [])
        ),
        suggestions=tuple(_suggestion(entry, year) for entry in beside.get("suggestion", [])),
        notices=tuple(dict.fromkeys(_notice(entry) for entry in beside.get("notices", []))),
    )


def _parts(text: str, drafts: Sequence[Draft], ground: Ground) -> Iterator[str | DraftView]:
    place = 0
    for draft in drafts:
        if words := text[place : draft.text_offset].strip():
            yield words
        yield draft_view(draft, ground)
        place = max(place, draft.text_offset)
    if words := text[place:].strip():
        yield words


def _passage(entry: dict[str, Any]) -> PassageView:
    year, key = entry.get("fiscal_year"), str(entry.get("section") or "")
    place = section_label(key, year) if key in SECTION_KEYS else key
    when = wareki(year) if isinstance(year, int) else ""
    text, sheet_id, address = str(entry.get("text") or ""), entry.get("sheet_id"), ""
    if isinstance(sheet_id, int):
        address = passage_address(Address(sheet_id, key, text_hash(text)), sheet_id)
    return PassageView(str(entry.get("measure") or ""), when, place, text, address)


def _compared(entry: dict[str, Any]) -> ComparedView:
    rows = tuple(
        (str(row["class"]), messages.class_label(row["class"]), row.get("before") or "", row.get("after") or "")
        for row in entry.get("sentences", [])
    )
    return ComparedView(str(entry.get("label", "")), str(entry.get("section", "")), rows)


def _notice(entry: dict[str, Any]) -> NoticeView:
    return NoticeView(str(entry["text"]), entry.get("link") == "model")


def _suggestion(entry: dict[str, Any], year: int) -> SuggestionView:
    """Other words for a marked passage, as the reply keeps them."""
    from assistant.comparing import word_differences

    key, before, after, model = (str(entry[name]) for name in ("section", "before", "after", "model"))
    pieces: list[Piece] = []
    for segment in word_differences(before, after):
        if segment.operation == "equal":
            pieces.append(Piece("same", segment.after))
        else:
            kinds = (("cut", segment.before), ("added", segment.after))
            pieces += [Piece(kind, text) for kind, text in kinds if text]
    author = messages.SUGGESTED_BY_RULES if model == COMPOSER else messages.suggested_by(model)
    told = author + messages.suggested_length(len(before.replace("\n", "")), len(after.replace("\n", "")))
    return SuggestionView(key, section_label(key, year), int(entry["start"]), before, after, tuple(pieces), told)


def _ground(entry: dict[str, Any], ground: Ground) -> SentenceView:
    """A sentence whose grounds were asked for, as the reply keeps it."""
    kept = [dict(origin) for origin in entry.get("origins", [])]
    origins = [OriginRow(**origin | {"value": _decimal(origin.get("value"))}) for origin in kept]
    sentence = DraftSentence(str(entry["text"]), False, entry.get("direction"), ())
    return sentence_view(sentence, origins, str(entry.get("section", "")), ground)


def _decimal(written: object) -> Decimal | None:
    return None if written is None else Decimal(str(written))
