"""Findings of the checker that come from the notes of the year (根拠メモ, 取組実績 …)."""

from corpus.fiscal import wareki
from corpus.yearfacts import FactKind

_KIND_NAMES: dict[FactKind, str] = {
    "done": "取組実績のメモ",
    "planned": "取組予定のメモ",
    "opinions": "意見・要望のメモ",
    "other_cities": "他自治体のメモ",
    "projects": "事務事業",
    "evidence": "根拠メモ",
}
_SHOWN = 40


def check_evidence(what: str, by: str | None, source: str | None) -> str:
    """根拠メモ「…」（志村、地域福祉課業務記録）."""
    known = "、".join(part for part in (by, source) if part)
    return f"根拠メモ「{what}」" + (f"（{known}）" if known else "")


def check_note(kind: FactKind, text: str) -> str:
    """取組実績のメモ「…」."""
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return f"{_KIND_NAMES[kind]}「{shown}」"


def check_project_cost(name: str) -> str:
    return f"事務事業「{name}」の事業費"


def check_note_match(note: str, year: int, stored: str) -> str:
    return f"{note}（{wareki(year)}、{stored}）と一致しています。"


def check_note_mismatch(stated: str, note: str, year: int, stored: str) -> str:
    return f"文中は{stated}ですが、{note}では{stored}です（{wareki(year)}）。"


def check_notes_disagree(stated: str, readings: list[str]) -> str:
    return f"「{stated}」に当たるメモが複数あり、値が違います：{'／'.join(readings)}。どれが正しいか確かめてください。"


def check_note_reading(note: str, stored: str) -> str:
    return f"{note}では{stored}"


def check_project_count(listed: int, stated: str, year: int, difference: str) -> str:
    return (
        f"事務事業のメモは{listed}件ありますが、{wareki(year)}の事務事業数は{stated}です（差 {difference}）。"
        "事務事業の一覧か、施策コストの表を確かめてください。"
    )


def check_projects_missing(listed: int, stated: str) -> str:
    return f"事務事業数は{stated}ですが、事務事業のメモは{listed}件です。まだ全部は入っていません。"


def check_project_count_ok(stated: str) -> str:
    return f"事務事業のメモの件数は事務事業数（{stated}）と一致しています。"


def check_project_sum(sum_of_costs: str, stored: str, year: int, difference: str) -> str:
    return (
        f"事務事業の事業費を足すと{sum_of_costs}ですが、{wareki(year)}の事業費計(A)は{stored}です（差 {difference}）。"
        "事務事業の一覧か、施策コストの表を確かめてください。"
    )


def check_project_sum_ok(stored: str) -> str:
    return f"事務事業の事業費の合計は事業費計(A)（{stored}）と一致しています。"


def check_same_project(name: str, times: int) -> str:
    return f"事務事業「{name}」が{times}回入っています。別の事業か、二重に入れたものか確かめてください。"


def check_note_against_figures(note: str, said: str) -> str:
    return f"{note}が記録された数値と合いません。{said}"


def check_note_cell(note: str, year: int) -> str:
    return f"{note} {wareki(year)}"


CHECK_PROJECT_LIST = "事務事業の一覧"
CHECK_NOTED = "メモの値"
