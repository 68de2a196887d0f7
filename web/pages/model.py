"""The page of the language model: which is set, the city's consent, what would be sent, and the log of its calls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.writing.values import HIDDEN, SLOT, LanguageModel
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import SECTION_KEYS, section_label
from corpus.listing import SheetSummary
from corpus.model_tables import ModelConsent
from corpus.modelcalls import LoggedCall
from prompts import Prompted
from web.pages.choices import Option
from web.pages.writing import moment

SHOWN_CALLS = 100
_HIDDEN = re.compile(rf"{SLOT.pattern}|{HIDDEN}+")


@dataclass(frozen=True)
class ConsentView:
    """A consent that was given: to which model, by whom, when; ``withdrawn``: until when it held, "" while it holds."""

    model: str
    address: str
    who: str
    agreed: str
    withdrawn: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of a message; ``hidden``: a slot or what stands for a figure."""

    text: str
    hidden: bool


@dataclass(frozen=True)
class OutgoingView:
    """A message as it would be sent: the instruction and the material, ``size`` characters together."""

    number: int
    purpose: str
    prompt: str
    size: str
    system: str
    user: tuple[Stretch, ...]


@dataclass(frozen=True)
class Example:
    """The messages of a draft: those of ``section`` of a sheet. ``kept_inside``: nothing of the sheet is sent."""

    sheet_id: int
    title: str
    section: str
    kept_inside: bool
    messages: tuple[OutgoingView, ...]
    sheets: tuple[Option, ...]
    sections: tuple[Option, ...]


@dataclass(frozen=True)
class CallView:
    """A call of the log; ``sheet_id`` None: it was about no sheet. ``asked`` and ``answered``: "" where not kept."""

    at: str
    who: str
    sheet_id: int | None
    sheet: str
    purpose: str
    prompt: str
    model: str
    where: str
    sent: str
    received: str
    seconds: str
    first: str
    done: bool
    outcome: str
    asked: str
    answered: str


@dataclass(frozen=True)
class ModelPage:
    """The page ``/model``. ``model`` None: none is set.

    ``consent``: the one that holds for it; ``past``: all that were given; ``calls``: the newest of ``total``.
    """

    model: LanguageModel | None
    consent: ConsentView | None
    may_decide: bool
    past: tuple[ConsentView, ...]
    example: Example | None
    keeps_contents: bool
    calls: tuple[CallView, ...]
    total: int
    done: str = ""
    problem: str = ""

    @property
    def where(self) -> str:
        """「外部」 or 「内部」."""
        return messages.where_it_is(self.model.outside) if self.model else ""


def consent_view(consent: ModelConsent) -> ConsentView:
    """A consent in words."""
    withdrawn = moment(consent.withdrawn_at) if consent.withdrawn_at else ""
    return ConsentView(consent.model, consent.address, consent.actor_name, moment(consent.agreed_at), withdrawn)


def example(
    prompted: Sequence[Prompted], summaries: Sequence[SheetSummary], sheet_id: int, section: str, *, kept_inside: bool
) -> Example:
    """The messages of a draft of ``section`` of a sheet, which is one of ``summaries``; those of its year to choose."""
    chosen = next(summary for summary in summaries if summary.sheet_id == sheet_id)
    sheets = [summary for summary in summaries if summary.fiscal_year == chosen.fiscal_year]
    return Example(
        sheet_id,
        f"{chosen.measure} {wareki(chosen.fiscal_year)}",
        section_label(section, chosen.fiscal_year),
        kept_inside,
        tuple(_outgoing(number, one) for number, one in enumerate(prompted, 1)),
        tuple(Option(str(one.sheet_id), _name(one), one.sheet_id == sheet_id) for one in sheets),
        tuple(Option(key, section_label(key, chosen.fiscal_year), key == section) for key in SECTION_KEYS),
    )


def _name(summary: SheetSummary) -> str:
    return f"{summary.code or ''} {summary.measure}（{wareki(summary.fiscal_year)}）".strip()


def _outgoing(number: int, prompted: Prompted) -> OutgoingView:
    name = f"{prompted.prompt}@{prompted.version}"
    purpose = messages.call_purpose(prompted.prompt)
    return OutgoingView(number, purpose, name, f"{prompted.size:,}", prompted.system, _stretches(prompted.user))


def _stretches(text: str) -> tuple[Stretch, ...]:
    found, place = list[Stretch](), 0
    for match in _HIDDEN.finditer(text):
        found += [Stretch(text[place : match.start()], False), Stretch(match[0], True)]
        place = match.end()
    found.append(Stretch(text[place:], False))
    return tuple(stretch for stretch in found if stretch.text)


def call_view(logged: LoggedCall) -> CallView:
    """A call of the log in words."""
    call = logged.call
    year = wareki(logged.fiscal_year) if logged.fiscal_year is not None else ""
    return CallView(
        at=moment(call.at),
        who=call.actor_name,
        sheet_id=call.sheet_id,
        sheet=f"{logged.measure or ''} {year}".strip(),
        purpose=messages.call_purpose(call.prompt),
        prompt=f"{call.prompt}@{call.version}",
        model=call.model,
        where=messages.where_it_is(call.outside),
        sent=f"{call.sent:,}",
        received=f"{call.received:,}",
        seconds=f"{call.seconds:.1f}",
        first="" if call.first_seconds is None else f"{call.first_seconds:.1f}",
        done=call.outcome == "done",
        outcome=messages.call_outcome(call.outcome),
        asked=call.asked or "",
        answered=call.answered or "",
    )
