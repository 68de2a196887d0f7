"""Which action a clause asks for. Pure, over what ``request_targets`` read."""

import re

from assistant import request_action_words as verbs
from assistant import request_place_words as places
from assistant import request_words as frames
from assistant.request_changes import changes_in
from assistant.request_targets import HIDDEN, Mentions
from assistant.request_text import normalised
from assistant.wishes import Action
from corpus.form import COST_ROWS
from corpus.sheetfile import SheetFile

_TELLING = 4
"""So many signs of an indicator's name in a row speak of it."""


def action_of(named: Mentions, sheet: SheetFile) -> Action | None:
    """The action that the clause asks for; None where its words ask for none (a bare section, small talk)."""
    rest, sections = verbs.OLD_DRAFT.sub("", _without_model(named)), named.sections
    writes = bool(verbs.WRITE.search(rest)) and not (verbs.ASKS.search(rest) and not verbs.ORDERED.search(rest))
    commands = bool(verbs.IMPERATIVE_WRITE.search(rest))
    if verbs.HELP.search(rest) and not sections and (not commands or "頼め" in rest):
        return "help"
    graded = bool(verbs.GRADE.search(rest))
    if _asks_for_grounds(rest):
        return "grade" if graded else "explain"
    if sections and verbs.IN_LENGTH.search(rest) and not verbs.LAST_DRAFT.search(rest):
        return "draft"
    if _revises(named):
        return "revise"
    about_text = verbs.ABOUT_FIGURES.search(rest) or verbs.ABOUT_TEXT.search(rest)
    if graded and not writes and not (verbs.CHECK.search(rest) and about_text):
        return "grade"
    compares = _compares(named)
    if writes and re.search(r"(下書き|草案|案)(と|を|の)[^。]{0,10}(比較|比べ|違い)", rest):
        return "compare"
    if writes and not sections and verbs.MAKES_TABLE.search(rest):
        return "figures"
    wants_draft = commands or re.search(r"(?:案|たたき台|下書き)を?(?:くだ|下さ|ほし|欲し|お願|おねが|たの|頼)", rest)
    if writes and (wants_draft or not verbs.STRONG_SEEK.search(rest)):
        return "draft"
    if sections and named.follows and verbs.PLEASE.search(rest) and not verbs.SHOW.search(rest):
        return "draft"
    if sections and named.follows and re.search(rf"{HIDDEN}[をで]?$", rest.strip("。?! ")):
        return "draft"
    if _seeks(named, compares):
        return "find"
    figured = names_figure(named.rest, sheet)
    if compares and named.year_named and (sections or about_text) and verbs.SAME.search(rest):
        return "compare"
    if verbs.CHECK.search(rest):
        return "check"
    if compares:
        textual = bool(verbs.ABOUT_TEXT.search(rest)) or bool(sections)
        return "figures" if figured and not textual else "compare"
    if sections and verbs.SHOW.search(rest) and not verbs.ABOUT_FIGURES.search(rest):
        return "find"
    if figured or verbs.FIGURES.search(rest):
        if verbs.CHECK_WEAK.search(rest) and not figured and not verbs.ABOUT_FIGURES.search(rest):
            return "check"
        return "figures"
    if verbs.CHECK_WEAK.search(rest):
        return "check"
    if sections and verbs.PLEASE.search(rest) and not verbs.OUTSIDE.search(rest):
        return "draft"
    asks = re.search(r"(?:か|の|い|ね)$", rest)
    return "draft" if sections and named.follows and not asks else None


def names_figure(text: str, sheet: SheetFile) -> bool:
    """Whether ``text`` names an indicator of the sheet (by a telling part, or its label 「1-イ」) or a cost."""
    if any(word in text for row in COST_ROWS for word in row.asked_as):
        return True
    for entry in sheet.indicators:
        name = re.sub(r"\(.*?\)$", "", normalised(entry.name))
        if name in text or (entry.id and re.search(rf"(?<![0-9]){re.escape(normalised(entry.id))}", text)):
            return True
        parts = (name[at : at + _TELLING] for at in range(len(name) - _TELLING + 1))
        if any(part in text and len(re.findall("[一-龠ァ-ヶ]", part)) >= 2 for part in parts):
            return True
    return False


def _revises(named: Mentions) -> bool:
    """Whether the draft made last is to be changed; writing a named section in some length is drafting."""
    changes = changes_in(named.rest)
    if not changes:
        return False
    kinds = {change.kind for change in changes}
    if kinds == {"reword"} and frames.AGAIN.search(named.rest):
        return False
    again = verbs.LAST_DRAFT.search(named.rest)
    if named.model_years and not kinds & {"shorter", "longer", "drop", "swap", "first", "mention"}:
        return False
    if verbs.HELP.search(named.rest) and not named.sections:
        return False
    otherwise = re.search(r"(?:違う|別の|他の|ほかの)(?:書き方|言い方|言い回し)", named.rest)
    if verbs.STRONG_SEEK.search(named.rest) and not otherwise and not kinds & {"drop", "swap", "first"}:
        return False
    if named.year_named and not again:
        return False
    commands = verbs.IMPERATIVE_WRITE.search(named.rest)
    if commands and named.sections:
        return bool(again)
    if commands and kinds == {"mention"}:
        return True
    if "order" in kinds:
        return True
    figures_shown = verbs.ABOUT_FIGURES.search(named.rest) and verbs.SHOW.search(named.rest)
    return not figures_shown


def _compares(named: Mentions) -> bool:
    return bool(verbs.COMPARE.search(named.rest))


def _asks_for_grounds(rest: str) -> bool:
    """Whether a clause asks what a text rests on; an order in it may only tell which (「書いてくれた文の根拠は」)."""
    grounds = list(verbs.ORIGIN.finditer(rest))
    orders = list(verbs.IMPERATIVE_WRITE.finditer(rest))
    if not grounds or not orders:
        return bool(grounds)
    return orders[-1].start() < grounds[-1].start() and bool(verbs.QUESTION_END.search(rest))


def _without_model(named: Mentions) -> str:
    """The clause without the words that only name the manner of a year to follow (「昨年度の書きぶりにならって」)."""
    return places.MODEL_MANNER.sub("", named.rest) if named.follows else named.rest


def _seeks(named: Mentions, compares: bool) -> bool:
    rest = _without_model(named)
    if not verbs.SEEK.search(rest):
        return False
    if compares:
        # 「昨年度と書き方はどう違う」 compares
        return bool(re.search(r"探し|さがし|検索|似た|類似|参考に(?:なる|でき|見)", rest)) or bool(
            places.ELSEWHERE.search(rest)
        )
    if verbs.CHECK.search(rest) and not re.search(r"探し|さがし|検索", rest):
        return False
    shows_figures = verbs.ABOUT_FIGURES.search(rest) and HIDDEN not in rest
    return not shows_figures or bool(verbs.STRONG_SEEK.search(rest))
