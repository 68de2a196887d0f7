"""Drafts in the chat: every sentence with what it rests on, and what its places to fill in wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from assistant.drafting.draft import COMPOSER, DraftSentence, Origin
from assistant.drafting.draft import Draft as DraftValue
from assistant.drafting.lines import lines_of
from assistant.drafting.stored import draft_of, origin_of
from assistant.explaining import Gap, gaps, row_name
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import SECTION_KEYS, SERIES_LABELS, section_label
from corpus.index.addresses import Address
from corpus.index.passages import text_hash
from corpus.models import Draft, SentenceOrigin
from corpus.sheetfile import SheetFile
from corpus.talk import OriginRow, draft_text
from web.pages.facts import list_id
from web.pages.search import passage_address
from web.pages.writing import cell_anchor, figure, note_anchor

Places = Mapping[tuple[str, int], int]
"""The sheets that origins name: (measure, fiscal year) → id of the sheet."""
Origins = Sequence[SentenceOrigin | OriginRow]

ORIGIN_KINDS: dict[str, str] = {
    "figure": "数値",
    "note": "その年度の事実",
    "last_year": "昨年度",
    "other_sheet": "他シート",
    "model": "言語モデル",
    "form": "様式",
    "gap": "要記入",
}


@dataclass(frozen=True)
class OriginView:
    """What a sentence or figure rests on, or what it waits for. ``quote``: the passage it follows.

    ``link``: where that stands, or is entered (an address or an anchor of the sheet's page, "" if it is gone), said as
    ``link_label``.
    """

    title: str
    detail: str = ""
    quote: str = ""
    link: str = ""
    link_label: str = ""


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
    """A sentence, item or heading of a draft; ``number``: which item begins with it (1つ目, 2つ目), 0: none."""

    pieces: tuple[TextPiece, ...]
    heading: bool
    joined: bool
    chips: tuple[OriginChip, ...]
    number: int = 0


@dataclass(frozen=True)
class DraftView:
    """A draft in a reply; ``text`` is what goes into the editor of section ``key``.

    ``writer``: the language model that wrote of it, "" for a draft of the composer's; ``share``: how much it wrote;
    ``prompts``: by which prompts.
    """

    id: int
    key: str
    label: str
    sentences: tuple[SentenceView, ...]
    text: str
    writer: str = ""
    share: str = ""
    prompts: str = ""


@dataclass(frozen=True)
class Ground:
    """Where origins lead: the open sheet with its id (None: no links), and the sheets that they name."""

    sheet: SheetFile
    sheet_id: int | None
    places: Places


def draft_view(draft: Draft, ground: Ground) -> DraftView:
    """A draft with the origins of every sentence."""
    label = section_label(draft.section_key, ground.sheet.fiscal_year)
    if draft.direction is not None:
        label += f"（展開方向{draft.direction}）"
    value = draft_of(draft, ground.sheet.fiscal_year)
    numbers = _numbers(value)
    sentences = tuple(
        replace(sentence_view(written, row.origins, value.section, ground), number=numbers.get(place, 0))
        for place, (written, row) in enumerate(zip(value.sentences, draft.sentences, strict=True))
    )
    if draft.model == COMPOSER:
        return DraftView(draft.id or 0, draft.section_key, label, sentences, draft_text(draft))
    told = [written for written in value.sentences if not written.heading]
    by_model = sum(any(origin.kind == "model" for origin in written.origins) for written in told)
    return DraftView(
        draft.id or 0,
        draft.section_key,
        label,
        sentences,
        draft_text(draft),
        messages.writer_of(draft.model),
        messages.model_share(by_model, len(told)),
        messages.written_by_prompts(draft.prompts) if draft.prompts else "",
    )


def _numbers(draft: DraftValue) -> dict[int, int]:
    """The place of the first sentence of each item → its number as a person counts."""
    numbers: dict[int, int] = {}
    place = 0
    for line in lines_of(draft):
        if line.kind == "item":
            numbers[place] = len(numbers) + 1
        place += len(line.sentences)
    return numbers


def sentence_view(sentence: DraftSentence, origins: Origins, section: str, ground: Ground) -> SentenceView:
    """A sentence of a draft of ``section`` with what it rests on; ``origins`` are those of the sentence as stored."""
    pieces, place = list[TextPiece](), 0
    figures = [origin for origin in origins if origin.kind == "figure" and origin.start is not None]
    for origin in sorted(figures, key=lambda origin: origin.start or 0):
        start, end = origin.start or 0, origin.end or 0
        if start < place or end <= start:
            continue
        pieces.append(TextPiece(sentence.text[place:start]))
        pieces.append(TextPiece(sentence.text[start:end], _cell(origin)))
        place = end
    pieces.append(TextPiece(sentence.text[place:]))
    found: dict[str, dict[OriginView, None]] = {}
    missing = gaps(sentence, section, ground.sheet)
    for origin in origins:
        # where something is to be filled in, what that is says more than 「様式」
        if not (missing and origin.kind == "form"):
            found.setdefault(origin.kind, {})[_origin(origin, ground, heading=sentence.heading)] = None
    for gap in missing:
        found.setdefault("gap", {})[_gap(gap, section, ground)] = None
    chips = tuple(OriginChip(kind, ORIGIN_KINDS.get(kind, kind), tuple(views)) for kind, views in found.items())
    kept = tuple(piece for piece in pieces if piece.text)
    return SentenceView(kept, sentence.heading, not sentence.new_line, chips)


def _cell(origin: SentenceOrigin | OriginRow) -> str:
    if origin.row is None or origin.fiscal_year is None:
        return ""
    return cell_anchor(origin.row, origin.fiscal_year, origin.series)


def _origin(stored: SentenceOrigin | OriginRow, ground: Ground, *, heading: bool) -> OriginView:
    origin = origin_of(stored)
    if origin.kind == "figure":
        name, unit, decimals = row_name(origin.indicator, origin.cost, ground.sheet)
        named = f"施策コスト {name}" if origin.cost else f"{origin.indicator}「{name}」"
        series = SERIES_LABELS[origin.series] if origin.series and not origin.cost else ""
        value = "" if origin.value is None else figure(origin.value, decimals) + unit
        title = " ".join(part for part in (named, wareki(origin.year) if origin.year else "", series) if part)
        cell = _cell(stored)
        return OriginView(title, value, link=f"#{cell}" if cell else "", link_label="表の値へ")
    year, quote = wareki(origin.fiscal_year) if origin.fiscal_year is not None else "", origin.text or ""
    if origin.kind == "note":
        link = ""
        if ground.sheet_id is not None and ground.sheet.facts.find(origin.note or "") is not None:
            link = url_for("facts.show", sheet_id=ground.sheet_id, _anchor=note_anchor(origin.note or ""))
        return OriginView(f"{year}の事実", quote=quote, link=link, link_label="事実の欄へ")
    if origin.kind in ("last_year", "other_sheet"):
        known = origin.section in SECTION_KEYS and origin.fiscal_year is not None
        place = section_label(origin.section or "", origin.fiscal_year or 0) if known else ""
        noted = origin.section == "facts"
        title = " ".join(part for part in (origin.measure or "", year, "その年度の事実" if noted else place) if part)
        label = "事実の欄へ" if noted else "その文へ"
        return OriginView(title, quote=quote, link=_text_address(origin, ground, heading), link_label=label)
    if origin.kind == "form":
        return OriginView(messages.ORIGIN_FORM, quote=quote)
    return OriginView(messages.origin_model(quote))


def _text_address(origin: Origin, ground: Ground, heading: bool) -> str:
    """Where a quoted sentence stands in the sheet that it is from; a heading leads to its section."""
    sheet_id = ground.places.get((origin.measure or "", origin.fiscal_year or 0))
    if sheet_id is not None and origin.section == "facts":
        return url_for("facts.show", sheet_id=sheet_id)
    if sheet_id is None or origin.section not in SECTION_KEYS:
        return ""
    if heading or not origin.text:
        return url_for("sheets.show", sheet_id=sheet_id, _anchor=f"section-{origin.section}")
    return passage_address(Address(sheet_id, origin.section, text_hash(origin.text)), sheet_id)


def _gap(gap: Gap, section: str, ground: Ground) -> OriginView:
    title, detail = messages.missing(gap.what), messages.where_to_enter(gap.where)
    if ground.sheet_id is None:
        return OriginView(title, detail)
    if gap.where == "figures":
        anchor = cell_anchor(gap.indicator or "", gap.year or ground.sheet.fiscal_year, gap.series)
        link = url_for("figures.show", sheet_id=ground.sheet_id, _anchor=anchor)
        return OriginView(title, detail, link=link, link_label="数値を入れる")
    if gap.where == "facts":
        anchor = list_id(gap.kind or "done", gap.direction).replace("list-", "line-", 1)
        link = url_for("facts.show", sheet_id=ground.sheet_id, _anchor=anchor)
        return OriginView(title, detail, link=link, link_label="事実を書き留める")
    return OriginView(title, detail, link=f"#section-{section}", link_label="この欄へ")
