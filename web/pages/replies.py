"""Chat messages as the page shows them: words, drafts with the origin of every sentence, and what stands beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import url_for

from corpus import messages
from corpus.fiscal import wareki
from corpus.form import COST_BY_KEY, SECTION_KEYS, SERIES_LABELS, section_label
from corpus.index.addresses import Address
from corpus.index.passages import text_hash
from corpus.models import Draft, DraftSentence, Message, SentenceOrigin
from corpus.sheetfile import SheetFile
from corpus.talk import draft_text
from web.pages.marks import ShownFinding, show_stored_findings
from web.pages.search import passage_address
from web.pages.writing import cell_anchor, figure, moment, note_anchor

ORIGIN_KINDS: dict[str, str] = {
    "figure": "数値",
    "note": "その年度の事実",
    "last_year": "昨年度",
    "other_sheet": "他シート",
    "model": "言語モデル",
    "form": "様式",
}


@dataclass(frozen=True)
class OriginView:
    """What a sentence or figure rests on. ``quote``: the passage it follows.

    ``cell``: anchor of the stored figure; ``note``: address of the fact of the year, "" once that is deleted.
    """

    title: str
    detail: str = ""
    cell: str = ""
    quote: str = ""
    note: str = ""


@dataclass(frozen=True)
class OriginChip:
    """The origins of one kind that a sentence has."""

    kind: str
    label: str
    origins: tuple[OriginView, ...]


@dataclass(frozen=True)
class TextPiece:
    """A stretch of a sentence; ``cell``: the anchor of the stored figure that it is, or ""."""

    text: str
    cell: str = ""


@dataclass(frozen=True)
class SentenceView:
    """A sentence, item or heading of a draft."""

    pieces: tuple[TextPiece, ...]
    heading: bool
    joined: bool
    chips: tuple[OriginChip, ...]


@dataclass(frozen=True)
class DraftView:
    """A draft in a reply; ``text`` is what goes into the editor of section ``key``."""

    id: int
    key: str
    label: str
    sentences: tuple[SentenceView, ...]
    text: str


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
class FigureView:
    """A stored figure that was asked for."""

    label: str
    when: str
    series: str
    value: str
    cell: str


@dataclass(frozen=True)
class ReplyView:
    """The inside of a bubble: ``parts`` are words (str) and drafts in their order.

    ``findings`` are about a draft; ``checked`` about the stored sheet, where they have their places.
    """

    parts: tuple[str | DraftView, ...]
    findings: tuple[ShownFinding, ...]
    checked: tuple[ShownFinding, ...]
    passages: tuple[PassageView, ...]
    comparisons: tuple[ComparedView, ...]
    figures: tuple[FigureView, ...]
    running: bool

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
    message: Message, drafts: Sequence[Draft], sheet: SheetFile, sheet_id: int | None = None
) -> MessageView:
    """A message with its drafts, as stored now. ``sheet``: the one that the conversation is about."""
    reply = reply_view(message, drafts, sheet, sheet_id)
    return MessageView(
        message.id or 0, message.role == "user", message.author_name, moment(message.created_at), message.state, reply
    )


def reply_view(message: Message, drafts: Sequence[Draft], sheet: SheetFile, sheet_id: int | None = None) -> ReplyView:
    """What a message says and what stands beside it."""
    beside, year = message.attachments, sheet.fiscal_year
    return ReplyView(
        parts=tuple(_parts(message.text, drafts, sheet)),
        findings=show_stored_findings(beside.get("findings", []), year, sheet_id),
        checked=show_stored_findings(beside.get("checked", []), year, sheet_id),
        passages=tuple(_passage(entry) for entry in beside.get("passages", [])),
        comparisons=tuple(_compared(entry) for entry in beside.get("comparison", [])),
        figures=tuple(_figure(entry, sheet) for entry in beside.get("figures", [])),
        running=message.state in ("waiting", "running"),
    )


def _parts(text: str, drafts: Sequence[Draft], sheet: SheetFile) -> Iterator[str | DraftView]:
    place = 0
    for draft in drafts:
        if words := text[place : draft.text_offset].strip():
            yield words
        yield _draft(draft, sheet)
        place = max(place, draft.text_offset)
    if words := text[place:].strip():
        yield words


def _draft(draft: Draft, sheet: SheetFile) -> DraftView:
    label = section_label(draft.section_key, sheet.fiscal_year)
    if draft.direction is not None:
        label += f"（展開方向{draft.direction}）"
    sentences = tuple(_sentence(sentence, sheet, draft.sheet_id) for sentence in draft.sentences)
    return DraftView(draft.id or 0, draft.section_key, label, sentences, draft_text(draft))


def _sentence(sentence: DraftSentence, sheet: SheetFile, sheet_id: int) -> SentenceView:
    pieces, place = list[TextPiece](), 0
    figures = [origin for origin in sentence.origins if origin.kind == "figure" and origin.start is not None]
    for origin in sorted(figures, key=lambda origin: origin.start or 0):
        start, end = origin.start or 0, origin.end or 0
        if start < place or end <= start:
            continue
        pieces.append(TextPiece(sentence.text[place:start]))
        pieces.append(TextPiece(sentence.text[start:end], _cell(origin)))
        place = end
    pieces.append(TextPiece(sentence.text[place:]))
    origins: dict[str, dict[OriginView, None]] = {}
    for origin in sentence.origins:
        origins.setdefault(origin.kind, {})[_origin(origin, sheet, sheet_id)] = None
    chips = tuple(OriginChip(kind, ORIGIN_KINDS.get(kind, kind), tuple(found)) for kind, found in origins.items())
    kept = tuple(piece for piece in pieces if piece.text)
    return SentenceView(kept, sentence.heading, sentence.joined, chips)


def _cell(origin: SentenceOrigin) -> str:
    if origin.row is None or origin.fiscal_year is None:
        return ""
    return cell_anchor(origin.row, origin.fiscal_year, origin.series)


def _origin(origin: SentenceOrigin, sheet: SheetFile, sheet_id: int) -> OriginView:
    year = wareki(origin.fiscal_year) if origin.fiscal_year is not None else ""
    if origin.kind == "figure":
        name, unit, decimals = _row(origin.row or "", sheet)
        series = SERIES_LABELS.get(origin.series, "") if origin.series else ""  # type: ignore[call-overload]
        if (origin.row or "").startswith("cost:"):
            series = ""
        value = "" if origin.value is None else figure(origin.value, decimals) + unit
        return OriginView(" ".join(part for part in (name, year, series) if part), value, _cell(origin))
    if origin.kind == "note":
        found = sheet.facts.find(origin.row or "")
        link = "" if found is None else url_for("facts.show", sheet_id=sheet_id, _anchor=note_anchor(origin.row or ""))
        return OriginView(f"{year}の事実", quote=origin.text or "", note=link)
    if origin.kind in ("last_year", "other_sheet"):
        place = section_label(origin.section_key, origin.fiscal_year) if origin.section_key in SECTION_KEYS else ""
        title = " ".join(part for part in (origin.measure or "", year, place) if part)
        return OriginView(title, quote=origin.text or "")
    if origin.kind == "form":
        return OriginView("様式の見出し、または人が書き入れる場所です。", quote=origin.text or "")
    return OriginView("言語モデルが書いた言い回しです。", quote=origin.text or "")


def _row(row: str, sheet: SheetFile) -> tuple[str, str, int | None]:
    if row.startswith("cost:"):
        cost = COST_BY_KEY.get(row.removeprefix("cost:"))
        return (f"施策コスト {cost.label}", cost.unit, None) if cost else (row, "", None)
    entry = sheet.indicator(row)
    return (f"{row}「{entry.name}」", entry.unit or "", entry.decimals) if entry else (row, "", None)


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


def _figure(entry: dict[str, Any], sheet: SheetFile) -> FigureView:
    indicator = next((known for known in sheet.indicators if known.name == entry.get("label")), None)
    value = figure(Decimal(str(entry["value"])), indicator.decimals if indicator else None)
    year = entry.get("year")
    when = wareki(year) if isinstance(year, int) else ""
    cell = f"cell-{'_'.join(str(entry.get('cell', '')).split())}" if entry.get("cell") else ""
    return FigureView(str(entry["label"]), when, str(entry.get("series", "")), value + str(entry.get("unit", "")), cell)
