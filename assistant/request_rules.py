"""What a message asks for, by rules: action, section, direction, years. Pure.

Reading order: a message is made readable, what it refuses is taken out, the rest is cut into clauses, and each clause
is read on its own; what it leaves unsaid comes from the wishes before it. What stays open is asked back, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import request_action_words as verbs
from assistant import request_place_words as places
from assistant import request_told as told
from assistant import request_words as frames
from assistant.refusals import Remaining, without_refusals
from assistant.request_actions import action_of
from assistant.request_changes import changes_in, speaks_of_items
from assistant.request_clauses import clauses_of, lists_sections
from assistant.request_context import follow_up, last_of, section_before, without_years
from assistant.request_corrections import corrected
from assistant.request_ear import by_ear
from assistant.request_sought import finds, other_measure, year_before
from assistant.request_targets import HIDDEN, Mentions, Target, mentions, years_in
from assistant.request_text import normalised
from assistant.wishes import Action, Change, Wish
from corpus import messages
from corpus.form import SECTION_BY_KEY, SECTIONS, section_label
from corpus.sheetfile import SheetFile


@dataclass(frozen=True)
class _Asked:
    """What a clause is read against. ``before``: the earlier wishes, of earlier messages and of this one."""

    sheet: SheetFile
    measures: tuple[str, ...]
    before: tuple[Wish, ...]
    chosen: bool
    """Whether something was refused in favour of what is left (「課題はいいから成果だけ」)."""


def read_or_heard(
    text: str, sheet: SheetFile, measures: Iterable[str], before: Sequence[Wish]
) -> tuple[str, list[Wish]]:
    """The wishes that the rules read, and the text that they read: by its sound, where only that makes sense."""
    names = tuple(measures)
    wishes = read_by_rules(text, sheet, names, before)
    if any(wish.action == "unclear" for wish in wishes):
        other = by_ear(unicodedata.normalize("NFKC", text))
        again = read_by_rules(other, sheet, names, before)
        if all(wish.action != "unclear" for wish in again):
            return other, again
    return text, wishes


def read_by_rules(text: str, sheet: SheetFile, measures: Iterable[str], before: Sequence[Wish]) -> list[Wish]:
    """The wishes of a message as the rules alone read it (``assistant.requests.understand``)."""
    plain = frames.GREETING.sub("", normalised(text))
    bare = frames.THANKS.sub("", plain)
    wishes = _understood(bare, text, sheet, tuple(measures), before)
    if bare != plain and wishes[0].action == "unclear":
        # 「成果実績。よろしくお願いします。」: here the courtesy is the order
        return _understood(plain, text, sheet, tuple(measures), before)
    return wishes


def _understood(
    plain: str, text: str, sheet: SheetFile, measures: tuple[str, ...], before: Sequence[Wish]
) -> list[Wish]:
    """The wishes of ``plain``, the readable form of ``text``."""
    remaining = remaining_of(plain, sheet)
    wishes: list[Wish] = []
    for clause in clauses_of(remaining.text, sheet):
        asked = _Asked(sheet, measures, (*before, *wishes), bool(remaining.excluded))
        wishes += _read(mentions(clause, sheet), asked)
    refused = [kind for part in remaining.excluded for kind in _refused(part, sheet)]
    wishes = _once([left for wish in wishes for left in _permitted(wish, refused, sheet)])
    understood = [wish for wish in wishes if wish.action != "unclear"] or [wish for wish in wishes if wish.question]
    if any(wish.question and wish.section is None and wish.action == "unclear" and wish.options for wish in wishes):
        understood = [wish for wish in wishes if wish.action != "unclear" or wish.question]
    if not understood:
        question = messages.unclear_request(text.strip())
        if remaining.excluded:
            question = messages.nothing_done(remaining.excluded)
        years = years_in(plain, sheet.fiscal_year)
        year = next((one.year for one in years if not one.model), None)
        against = next((one.year for one in years if one.model), None)
        options = told.options_for_nothing(sheet, before)
        return [ask_back(question, options, year=year, against=against, unsaid=None if remaining.excluded else "all")]
    if remaining.excluded and understood[0].action != "unclear":
        understood[0] = understood[0].model_copy(update={"note": messages.left_out(remaining.excluded)})
    return understood


def read_as(
    action: Action, named: Mentions, sheet: SheetFile, measures: Iterable[str], before: Sequence[Wish]
) -> list[Wish]:
    """The wishes of a clause that asks for this action; [] where it does not say enough (a change, for ``revise``)."""
    asked = _Asked(sheet, tuple(measures), tuple(before), chosen=False)
    measure, elsewhere = other_measure(named, sheet.measure.name, asked.measures)
    return _wishes_of(action, named, asked, measure, elsewhere)


def remaining_of(plain: str, sheet: SheetFile) -> Remaining:
    """What a message (normalised) still wants, without what it takes back and refuses."""
    return without_refusals(
        corrected(plain, sheet),
        lambda part: action_of(mentions(part, sheet), sheet) is not None,
        lambda part: speaks_of_items(part),
    )


def ask_back(question: str, options: tuple[str, ...], **named: Any) -> Wish:
    """A wish that asks which of two readings is meant; ``named``: what is known of it."""
    whole = f"{question}\n{messages.which_of_two(options)}"
    return Wish(action="unclear", question=whole, options=options, **named)


def _once(wishes: Sequence[Wish]) -> list[Wish]:
    """Each wish once; what a second clause only says again (「まだ長い。もっと削って」) is one wish."""
    kept: list[Wish] = []
    for wish in wishes:
        if not any(wish.model_copy(update={"query": other.query, "note": other.note}) == other for other in kept):
            kept.append(wish)
    return kept


def _refused(part: str, sheet: SheetFile) -> list[tuple[Action, str | None, int | None]]:
    """The wishes that an excluded part speaks of; one that names no action speaks of drafting."""
    if re.search("以外(?:は|を)", part):
        return []
    named = mentions(part, sheet)
    action = action_of(named, sheet) or "draft"
    return [(action, target.section, target.direction) for target in named.targets]


def _permitted(wish: Wish, refused: Sequence[tuple[Action, str | None, int | None]], sheet: SheetFile) -> list[Wish]:
    """``wish``, nothing if it is excluded, or what is left of it where only some directions are."""
    if (wish.action, wish.section, wish.direction) in refused:
        return []
    out = {at for kind, section, at in refused if kind == wish.action and section in (None, wish.section) and at}
    if not out or wish.section is None or wish.action == "unclear":
        return [wish]
    if wish.direction is not None:
        return [] if wish.direction in out else [wish]
    others = [entry.number for entry in sheet.directions if entry.number not in out]
    return [wish.model_copy(update={"direction": number}) for number in others]


def _read(named: Mentions, asked: _Asked) -> list[Wish]:
    sheet = asked.sheet
    action = action_of(named, sheet)
    following = follow_up(named, action, asked.before, sheet)
    if following:
        return following
    measure, elsewhere = other_measure(named, sheet.measure.name, asked.measures)
    if action is None:
        return _read_without_action(named, asked, measure)
    return _wishes_of(action, named, asked, measure, elsewhere)


def _wishes_of(action: Action, named: Mentions, asked: _Asked, measure: str | None, elsewhere: bool) -> list[Wish]:
    """The wishes of a clause whose action is known."""
    sheet, text = asked.sheet, named.text
    common: dict[str, Any] = {"action": action, "measure": measure}
    common["against"] = named.model_years[0] if named.model_years else None
    match action:
        case "draft":
            return _drafts(named, asked, common)
        case "find":
            return finds(named, common | {"year": year_before(named, asked.before)}, elsewhere, sheet.fiscal_year)
        case "compare":
            return _compares(named, asked, common)
        case "figures":
            return _figures(named, common)
        case "check":
            return _checks(named, asked, common)
        case "revise":
            return _revises(named)
        case _:
            note = messages.GRADES_ARE_YOURS if action == "grade" and verbs.GRADING.search(text) else None
            if action == "grade" and note is None and verbs.REASON_ASKED.search(text):
                note = messages.GRADE_REASONS
            if action == "grade":
                # 「総合評価の理由」 names no section
                places = dict.fromkeys((at.direction, at.year) for at in named.targets)
                return [Wish(**common, direction=number, year=year, note=note) for number, year in places]
            query = text if action == "explain" else None
            if action == "explain" and re.search(r"(?:この|その)〓|〓の(?:話|こと|件)", named.rest):
                return [Wish(**common, query=query)]
            return [
                Wish(**common, section=at.section, direction=at.direction, year=at.year, note=note, query=query)
                for at in named.targets
            ]


def _read_without_action(named: Mentions, asked: _Asked, measure: str | None) -> list[Wish]:
    """A clause that names things and says nothing to do."""
    sheet = asked.sheet
    if not named.sections:
        if "手伝って" in named.text:
            return [Wish(action="help")]
        work = _work_of_years(named, sheet)
        if work and verbs.PLEASE.search(named.rest):
            return _drafts(named, asked, {"action": "draft", "measure": measure, "against": None})
        return [Wish(action="unclear", measure=measure, **_years_of(named))]
    past = [year for year in named.named_years if year < sheet.fiscal_year]
    left = _left_beside(named)
    if past and not verbs.ABOUT_TEXT.sub("", left).strip():
        return [
            Wish(action="find", section=at.section, direction=at.direction, year=at.year, measure=measure)
            for at in named.targets
        ]
    if named.model_years and not left:
        return _compares(named, asked, {"action": "compare", "measure": measure, "against": named.model_years[0]})
    # a bare word may be a question as well; whoever types the number of a section wants it
    numbered = places.SECTION_NUMBER.search(named.text) and not re.search(r"[はも]$", named.text.strip())
    if lists_sections(named, sheet):
        return _drafts(named, asked, {"action": "draft", "measure": measure, "against": None})
    if not left and (named.directions or named.named_years or asked.chosen or numbered):
        return _drafts(named, asked, {"action": "draft", "measure": measure, "against": None})
    titles = [_title(key, sheet) for key in named.sections]
    options = told.options_for_sections(named.sections, named.directions[0] if named.directions else None)
    question = messages.what_to_do_with(titles)
    return [ask_back(question, options, measure=measure, unsaid="action", **_years_of(named))]


def _left_beside(named: Mentions) -> str:
    """What a clause says beside sections, directions and years."""
    return frames.SIMPLY.sub("", without_years(named)).strip()


def _years_of(named: Mentions) -> dict[str, int | None]:
    return {
        "year": named.named_years[0] if named.named_years else None,
        "against": named.model_years[0] if named.model_years else None,
    }


def _drafts(named: Mentions, asked: _Asked, common: dict[str, Any]) -> list[Wish]:
    sheet, targets = asked.sheet, named.targets
    if not named.sections:
        keys = _work_of_years(named, sheet)
        earlier = section_before(named, "draft", asked.before)
        if not keys and not earlier:
            question = messages.which_section([_title(section.key, sheet) for section in SECTIONS])
            direction = targets[0].direction
            options = told.options_for_drafts(sheet, asked.before, direction)
            return [ask_back(question, options, direction=direction, unsaid="section", **_years_of(named))]
        keys = keys or {None: str(earlier)}
        targets = tuple(
            Target(keys.get(at.year) or next(iter(keys.values())), at.direction, at.year) for at in named.targets
        )
    if common["against"] == sheet.fiscal_year:
        common = common | {"against": None}
    targets = _of_fitting_years(targets, named, sheet)
    note = messages.LENGTH_NOT_FOLLOWED if verbs.LENGTH.search(named.rest) else None
    wishes: list[Wish] = []
    for at in targets:
        assert at.section is not None
        if at.doubtful:
            titles = [_title(key, sheet) for key in at.doubtful]
            options = (told.draft_request(at.doubtful[0]), told.draft_request(at.doubtful[-1]))
            return [ask_back(messages.number_and_word_differ(titles), options, direction=at.direction)]
        offset = SECTION_BY_KEY[at.section].year_offset
        year = at.year if offset is not None else None
        if year is not None and year != sheet.fiscal_year + (offset or 0):
            if (
                len(named.sections) > 1
                and any(other.year == year and _fits(other.section, year, sheet) for other in targets if other != at)
                and named.named_years.count(year) == 1
                and wishes
            ):
                year = None
            else:
                return [_year_differs(at, year, sheet)]
        wishes.append(
            Wish(**common, section=at.section, direction=at.direction, year=year, note=None if wishes else note)
        )
    return wishes


def _of_fitting_years(targets: Sequence[Target], named: Mentions, sheet: SheetFile) -> tuple[Target, ...]:
    """Of the years named with a section those that it speaks of, where there are any; a year to follow is none."""
    found: dict[Target, None] = {}
    for at in targets:
        others = [one for one in targets if (one.section, one.direction) == (at.section, at.direction)]
        if at.year is None or _fits(at.section, at.year, sheet):
            found[at] = None
        elif any(one.year is not None and _fits(one.section, one.year, sheet) for one in others):
            continue
        else:
            # a year to follow, or that of another section named beside it
            other = at.year in named.model_years or any(_fits(one.section, at.year, sheet) for one in targets)
            found[replace(at, year=None) if other else at] = None
    return tuple(found)


def _fits(section: str | None, year: int, sheet: SheetFile) -> bool:
    offset = SECTION_BY_KEY[section].year_offset if section else None
    return offset is not None and year == sheet.fiscal_year + offset


def _year_differs(at: Target, year: int, sheet: SheetFile) -> Wish:
    assert at.section is not None
    keys = {0: "5.4.done", 1: "5.4.plan", 2: "7.1"}
    meant = keys.get(year - sheet.fiscal_year)
    worked = at.section in keys.values()
    others = [_title(meant, sheet)] if meant and worked else []
    question = messages.year_and_section_differ(year, _title(at.section, sheet), others)
    second = told.draft_request(meant) if meant and worked else told.show_request(at.section, at.direction)
    options = (told.draft_request(at.section), second)
    return ask_back(question, options, direction=at.direction, year=year)


def _work_of_years(named: Mentions, sheet: SheetFile) -> dict[int | None, str]:
    """The 取組 sections that speak of the years named (formats.md: F, F+1, F+2), if the text speaks of 取組 at all."""
    if not places.WEAK_WORK.search(named.rest):
        return {}
    keys = {sheet.fiscal_year: "5.4.done", sheet.fiscal_year + 1: "5.4.plan", sheet.fiscal_year + 2: "7.1"}
    return {year: keys[year] for year in named.named_years if year in keys}


def _compares(named: Mentions, asked: _Asked, common: dict[str, Any]) -> list[Wish]:
    years = _compared_years(named, asked.sheet.fiscal_year)
    last = last_of(asked.before)
    if last and last.action == "figures" and not named.sections and not verbs.ABOUT_TEXT.search(named.rest):
        return [last.model_copy(update=years | {"against": years["against"] or common["against"]})]
    if last and last.action == "find" and last.year and not named.sections and frames.POINTS_BACK.search(named.text):
        # 「それと今年のを比べて」: the text shown is one side
        sides = {last.year, *(named.named_years or named.model_years or (asked.sheet.fiscal_year,))}
        years = {"year": max(sides), "against": min(sides)}
        return [Wish(**common | years, section=last.section, direction=last.direction)]
    if last and last.action == "compare" and not named.year_named:
        years = {"year": last.year, "against": last.against}
    lent = None if named.sections else section_before(named, "compare", asked.before)
    places = dict.fromkeys((at.section or lent, at.direction) for at in named.targets)
    return [Wish(**common | years, section=section, direction=direction) for section, direction in places]


def _compared_years(named: Mentions, fiscal_year: int) -> dict[str, int | None]:
    """``year`` and ``against`` where years stand side by side: the later and the earlier of two named ones.

    A single other year in a comparison is the one compared with.
    """
    years = sorted({*named.named_years, *named.model_years})
    if len(years) >= 2:
        return {"year": years[-1], "against": years[0]}
    if named.named_years and not named.model_years and named.named_years[0] != fiscal_year:
        return {"year": None, "against": named.named_years[0]}
    return _years_of(named)


def _figures(named: Mentions, common: dict[str, Any]) -> list[Wish]:
    years = sorted({*named.named_years, *named.model_years})
    side_by_side = {"year": years[-1], "against": years[0]} if len(years) >= 2 else _years_of(named)
    directions = dict.fromkeys(at.direction for at in named.targets)
    return [Wish(**common | side_by_side, direction=number, query=named.text) for number in directions]


def _checks(named: Mentions, asked: _Asked, common: dict[str, Any]) -> list[Wish]:
    note = None
    lent = None if named.sections else section_before(named, "check", asked.before)
    if not named.sections and lent is None and places.THIS_SECTION.search(named.text):
        note = messages.SECTION_NOT_SAID
    return [
        Wish(**common, section=at.section or lent, direction=at.direction, year=at.year, note=note)
        for at in named.targets
    ]


def _revises(named: Mentions) -> list[Wish]:
    """A wish for each change, of each section and direction named."""
    places = dict.fromkeys((at.section, at.direction) for at in named.targets)
    changes = [_in_words(change, named) for change in changes_in(named.rest)]
    if any(change.words and HIDDEN in change.words for change in changes_in(named.rest)):
        # 「フードパントリーの実績にも触れて」: the section's word belongs to what is to be mentioned
        places = {(None, None): None}
    return [
        Wish(action="revise", section=section, direction=direction, query=named.text, change=change)
        for section, direction in places
        for change in changes
    ]


def _in_words(change: Change, named: Mentions) -> Change:
    """The change with the words of the text where the reading hid some."""
    if not change.words or HIDDEN not in change.words:
        return change
    at = named.rest.index(change.words)
    return change.model_copy(update={"words": named.text[at : at + len(change.words)]})


def _title(key: str, sheet: SheetFile) -> str:
    return section_label(key, sheet.fiscal_year)
