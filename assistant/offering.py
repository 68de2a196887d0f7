"""Last year's facts offered again: what was planned, the 事務事業, what is still open. Pure: a person takes each over.

Nothing becomes a fact by itself. What a plan became is the person's word (行った, 行わなかった, 別の形で), a cost or an
evidence figure of last year is shown beside but never taken over, and what this year's facts already hold is left out.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal

from assistant.verb_forms import as_done
from corpus import messages
from corpus.errors import Refused
from corpus.items import split_items
from corpus.sheetfile import SheetFile
from corpus.yearfacts import (
    EvidenceNote,
    FactKind,
    Note,
    OpinionNote,
    OtherCityNote,
    PlannedNote,
    ProjectNote,
    YearFacts,
)

OfferGroup = Literal["planned", "projects", "next_steps", "opinions", "other_cities", "evidence"]
OFFER_GROUPS: tuple[OfferGroup, ...] = ("planned", "projects", "next_steps", "opinions", "other_cities", "evidence")
Fate = Literal["done", "not_done", "otherwise", "planned", "again"]
"""What a person says of an offer: 行った, 行わなかった, 別の形で行った, 引き続き予定; ``again``: noted anew."""
FATES: dict[OfferGroup, tuple[Fate, ...]] = {
    "planned": ("done", "not_done", "otherwise"),
    "next_steps": ("done", "planned"),
    "projects": ("again",),
    "opinions": ("again",),
    "other_cities": ("again",),
    "evidence": ("again",),
}

_GOES_ON = re.compile(
    r"(?:引き続き|今後も)?(?:、)?(?:継続|継続実施|現状維持|現状どおり|継続する|同左|同上|なし|特になし)[。．]?"
)
_SAME_DEED = 0.8
"""Share of a plan's letter pairs that a deed written from it keeps (「…を検討する」 → 「…を検討した」)."""


@dataclass(frozen=True)
class Offer:
    """Something of last year's sheet: ``key`` follows from its words, ``text`` is what is offered.

    ``note``: the note of last year it comes from (for an item of 5(4), the planned note that it would be).
    ``cost``: last year's cost of a 事務事業 in 千円, ``figure``: last year's figure of an evidence note.
    """

    key: str
    group: OfferGroup
    direction: int | None
    text: str
    note: Note
    cost: Decimal | None = None
    figure: Decimal | None = None

    @property
    def fates(self) -> tuple[Fate, ...]:
        """What may be said of it."""
        return FATES[self.group]


def last_years(sheet: SheetFile, earlier: Iterable[SheetFile]) -> SheetFile | None:
    """The sheet of the year before, or None."""
    return next((other for other in earlier if other.fiscal_year == sheet.fiscal_year - 1), None)


def offers(sheet: SheetFile, last_year: SheetFile | None) -> list[Offer]:
    """What last year's sheet offers to this year's facts, by group, in last year's order."""
    if last_year is None:
        return []
    known = _Known(sheet.facts)
    facts = last_year.facts
    planned = facts.planned or planned_items(last_year)
    found: list[Offer] = [
        _offer("planned", note.direction, note.text, note) for note in planned if not known.tells(note.text)
    ]
    found += [
        _offer("projects", project.direction, project.name, project)
        for project in facts.projects
        if _plain(project.name) not in known.projects
    ]
    found += [
        _offer("next_steps", project.direction, step, project)
        for project in facts.projects
        if (step := next_step_of(project)) and not known.tells(step)
    ]
    found += [
        _offer("opinions", opinion.direction, opinion.text, opinion)
        for opinion in facts.opinions
        if not opinion.answer and not known.tells(opinion.text)
    ]
    found += [
        _offer("other_cities", other.direction, other.text, other)
        for other in facts.other_cities
        if not known.tells(other.text)
    ]
    found += [
        _offer("evidence", note.direction, note.what, note)
        for note in facts.evidence
        if (_plain(note.what), _plain(note.unit or "")) not in known.evidence
    ]
    # the same words twice are one offer
    return list({offer.key: offer for offer in reversed(found)}.values())[::-1]


def _offer(group: OfferGroup, direction: int | None, text: str, note: Note) -> Offer:
    key = f"{group}-{sha256(f'{direction}|{text}'.encode()).hexdigest()[:12]}"
    cost = note.cost if isinstance(note, ProjectNote) and group == "projects" else None
    return Offer(key, group, direction, text, note, cost, note.figure if isinstance(note, EvidenceNote) else None)


def planned_items(last_year: SheetFile) -> list[PlannedNote]:
    """The items of last year's 取組予定 as planned notes, for a sheet that has no planned ones."""
    return [
        PlannedNote(text=item.body.strip(), direction=item.direction)
        for item in split_items(last_year.text("5.4.plan"))
        if not item.heading and item.body.strip()
    ]


def next_step_of(project: ProjectNote) -> str | None:
    """The next step of a 事務事業 with its name; None where it only goes on (「継続」), which is no deed."""
    step = (project.next_step or "").strip()
    return None if not step or _GOES_ON.fullmatch(step) else f"{project.name}：{step}"


def taken_over(offer: Offer, fate: Fate, words: str, figure: Decimal | None = None, **more: Any) -> dict[str, Any]:
    """The note (a value with its ``kind``) that an offer becomes; ``words``: its text as the person left it.

    ``figure``: this year's, for an evidence note; ``more``: ``year`` and ``by`` of an evidence note.
    Raises ``Refused`` for a fate that it cannot have, for 別の形で without new words, for evidence without figure.
    """
    words = words.strip() or offer.text
    if fate not in offer.fates:
        raise Refused(messages.not_a_choice(fate))
    kind: FactKind = "done"
    match fate:
        case "done":
            text = as_done(words)
        case "planned":
            kind, text = "planned", words
        case "not_done":
            text = messages.not_done(_unended(offer.text))
        case "otherwise":
            if _plain(words) == _plain(offer.text):
                raise Refused(messages.offer_needs_words(_unended(offer.text)))
            text = messages.done_otherwise(_unended(offer.text), words)
        case "again":
            return _again(offer, words, figure, more)
    return {"kind": kind, "direction": offer.direction, "text": text}


def _again(offer: Offer, words: str, figure: Decimal | None, more: dict[str, Any]) -> dict[str, Any]:
    note, own = offer.note, {"direction": offer.direction}
    match note:
        case ProjectNote():
            return {"kind": "projects", **own, "name": words}
        case OpinionNote():
            return {"kind": "opinions", **own, "who": note.who, "text": words, "date": note.date}
        case OtherCityNote():
            return {"kind": "other_cities", **own, "city": note.city, "text": words, "date": note.date}
        case EvidenceNote():
            if figure is None:
                raise Refused(messages.OFFER_NEEDS_FIGURE)
            named = {"what": words, "unit": note.unit, "source": note.source}
            return {"kind": "evidence", **own, **named, "figure": figure, **more}
    raise AssertionError("a planned note has other fates")


class _Known:
    """What this year's facts already hold, in plain words."""

    def __init__(self, facts: YearFacts) -> None:
        texts = [note.text for kind in ("done", "planned", "opinions", "other_cities") for note in getattr(facts, kind)]
        self.texts = [_plain(text) for text in texts]
        self.deeds = [_pairs(_plain(note.text)) for note in facts.done]
        self.projects = {_plain(project.name) for project in facts.projects}
        self.evidence = {(_plain(note.what), _plain(note.unit or "")) for note in facts.evidence}

    def tells(self, text: str) -> bool:
        """Whether a note has this text, quotes it (「…」は行わなかった), or is a deed written from it."""
        wanted = _plain(text)
        quoted = f"「{_plain(_unended(text))}」"
        if any(wanted == known or quoted in known for known in self.texts):
            return True
        # a deed ends otherwise than a plan (する → した)
        pairs = _pairs(wanted[:-2])
        return len(pairs) >= 7 and any(len(pairs & deed) >= _SAME_DEED * len(pairs) for deed in self.deeds)


def _pairs(plain: str) -> frozenset[str]:
    """Neighbouring letters; one figure is as good as another (3地区 was planned, 4地区 were done)."""
    plain = re.sub(r"\d+", "0", plain)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _unended(text: str) -> str:
    return text.strip().rstrip("。．.")


def _plain(text: str) -> str:
    return re.sub(r"[\s。．.]+$|\s", "", unicodedata.normalize("NFKC", text))
