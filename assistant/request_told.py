"""How wishes are told back: what is about to be done, and the likeliest readings of what was not understood. Pure."""

from collections.abc import Sequence

from assistant.request_context import next_section
from assistant.wishes import Wish
from corpus import messages
from corpus.fiscal import wareki
from corpus.form import SECTION_BY_KEY, SECTIONS, section_label
from corpus.sheetfile import SheetFile


def explained(wishes: Sequence[Wish], sheet: SheetFile) -> str:
    """One sentence for what was understood (「令和6年度シートの6(1) 全体総括：成果実績、展開方向1を下書きします。」).

    "" where nothing is done: what is asked back speaks for itself.
    """
    parts = [_part(wish, sheet) for wish in wishes if wish.action not in ("unclear", "help")]
    return messages.understood(list(dict.fromkeys(parts))) if parts else ""


def _part(wish: Wish, sheet: SheetFile) -> str:
    # the titles of 取組 sections name their year, which is that of the sheet they stand in
    stored = wish.action in ("find", "compare", "check", "figures", "grade") and wish.year is not None
    own = wish.year if stored and wish.year is not None else sheet.fiscal_year
    section = section_label(wish.section, own) if wish.section else ""
    if wish.change:
        place = "、".join(part for part in (section, f"展開方向{wish.direction}" if wish.direction else "") if part)
        where = f"（{place}）" if place else ""
        return messages.change_told(wish.change.kind, wish.change.items, wish.change.words or "", where)
    unbound = wish.action in ("find", "figures") and wish.year is None
    return messages.understood_part(
        wish.action,
        year="" if unbound else wareki(own),
        measure=wish.measure or "",
        section=section,
        direction=wish.direction,
        against=wareki(wish.against) if wish.against is not None else "",
        topic=(wish.query or "") if wish.action == "find" else "",
    )


def draft_request(key: str) -> str:
    """The message that asks for a draft of the section, as the form names it."""
    section = SECTION_BY_KEY[key]
    return messages.request_draft(f"{section.number}{section.asked_as[0]}")


def show_request(key: str, direction: int | None = None) -> str:
    """The message that asks for last year's text of the section."""
    return messages.request_last_year(SECTION_BY_KEY[key].asked_as[0], direction)


def options_for_sections(keys: Sequence[str], direction: int | None = None) -> tuple[str, ...]:
    """The two likeliest messages where sections are named and nothing else: drafting, and seeing last year's."""
    if len(keys) > 1:
        return (draft_request(keys[0]), draft_request(keys[1]))
    lead = messages.request_direction(direction) if direction else ""
    return (lead + draft_request(keys[0]), show_request(keys[0], direction))


def options_for_drafts(sheet: SheetFile, before: Sequence[Wish], direction: int | None = None) -> tuple[str, ...]:
    """The two likeliest drafts: the next section of the form, and the first ones that are still empty."""
    following = next_section(before)
    empty = [section.key for section in SECTIONS if not sheet.text(section.key)]
    keys = [key for key in (following, *empty, "6.1.results", "6.1.issues") if key]
    lead = messages.request_direction(direction) if direction else ""
    return tuple(lead + draft_request(key) for key in list(dict.fromkeys(keys))[:2])


def options_for_nothing(sheet: SheetFile, before: Sequence[Wish]) -> tuple[str, ...]:
    """What to offer where nothing at all was understood: the likeliest draft, and how to use the chat."""
    return (options_for_drafts(sheet, before)[0], messages.REQUEST_HELP)
