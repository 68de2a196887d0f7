"""Findings of the checker about narratives that last year's text was left in."""

from corpus.fiscal import wareki

_SHOWN = 60


def check_quote(section: str, words: str) -> str:
    """5(4) 令和6年度の取組予定「令和4年度は…」."""
    shown = words if len(words) <= _SHOWN else words[:_SHOWN] + "…"
    return f"{section}「{shown}」"


def check_ended_plan(section: str, year: int, sheet_year: int, own: int | None) -> str:
    """A year that has ended as the time of a plan."""
    meant = f"この欄は{wareki(own)}について書く欄です。" if own is not None and own > sheet_year else ""
    return (
        f"{wareki(year)}の予定として書かれていますが、このシートは{wareki(sheet_year)}の評価で、"
        f"{wareki(year)}は終わっています。{meant}以前の文の年度が残っていないか、{section}を確かめてください。"
    )


def check_plan_in_done(section: str, year: int) -> str:
    """The year's own plan in a section that tells what was done."""
    return (
        f"{wareki(year)}に行ったことを書く欄ですが、予定のまま書かれています。"
        f"前年度のシートの取組予定が残っていないか、{section}を確かめてください。"
    )


def check_other_plan_year(section: str, year: int, own: int) -> str:
    """A policy section that speaks of the year before its own."""
    return (
        f"この欄は{wareki(own)}について書く欄ですが、{wareki(year)}のこととして書かれています。"
        f"前年度のシートの文の年度が残っていないか、{section}を確かめてください。"
    )


def check_past_deed(section: str, year: int, own: int) -> str:
    """What was done in a past year, in a section that never names its own year."""
    return (
        f"この欄は{wareki(own)}について書く欄ですが、{wareki(year)}のこととして書かれ、"
        f"{wareki(own)}のことを書いた文がありません。前年度の文の年度が残っていないか、{section}を確かめてください。"
    )


def check_same_section(section: str, year: int, other_year: int, other_section: str) -> str:
    """A whole section that an earlier sheet has word for word."""
    return (
        f"{section}は、{wareki(other_year)}のシートの{other_section}と一字一句同じです。"
        f"{wareki(year)}の文に直したか確かめてください。"
    )


def check_same_sentence(section: str, year: int, other_year: int, figures: list[str]) -> str:
    """A sentence with figures of a year that an earlier sheet has word for word."""
    return (
        f"この文は、数値（{'、'.join(figures)}）も含めて{wareki(other_year)}のシートと一字一句同じです。"
        f"{wareki(year)}の数値に直したか、{section}を確かめてください。"
    )
