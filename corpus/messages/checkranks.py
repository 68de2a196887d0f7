"""Findings of the checker about records, ranks, N年ぶり and counts of indicators (claim types 13, 14, 16, 32)."""

from corpus.fiscal import wareki


def check_extreme(stated: str, where: str, values: list[tuple[int, str]], place: str, right: bool) -> str:
    series = "、".join(f"{wareki(year)} {value}" for year, value in values)
    if right:
        return f"「{stated}」は、記録のある年度の中で合っています（{series}）。"
    return f"文中は「{stated}」ですが、{where}は{place}です（{series}）。"


def check_place(high: bool, nth: int) -> str:
    if nth == 1:
        return f"最も{'高い' if high else '低い'}値"
    return f"{'高い' if high else '低い'}方から{nth}番目"


def check_tie(stated: str, where: str, year: int, value: str) -> str:
    same = f"「{stated}」とした{where}は{value}で、{wareki(year)}と同じ値です。"
    return f"{same}並んだことが分かる書き方か確かめてください。"


def check_window(stated: str, first: int) -> str:
    return f"「{stated}」を確かめるだけの年度の記録がありません（記録は{wareki(first)}から）。"


def check_first_in(stated: str, where: str, last: int | None, values: list[tuple[int, str]], right: bool) -> str:
    series = "、".join(f"{wareki(year)} {value}" for year, value in values)
    if right:
        return f"「{stated}」は記録と合っています（{series}）。"
    before = f"前に同じことがあったのは{wareki(last)}です" if last is not None else f"{where}は記録と合いません"
    return f"文中は「{stated}」ですが、{before}（{series}）。"


def check_among(stated: str, values: list[tuple[str, str]], place: str, right: bool) -> str:
    listed = "、".join(f"「{name}」{value}" for name, value in values)
    if right:
        return f"「{stated}」は記録と合っています（{listed}）。"
    return f"文中は「{stated}」ですが、{place}です（{listed}）。"


def check_among_open(stated: str, values: list[tuple[str, str]]) -> str:
    listed = "、".join(f"「{name}」{value}" for name, value in values)
    return f"「{stated}」は、計算の仕方によって順位が変わります（{listed}）。"


def check_rank_note(stated: str, name: str, year: int, stored: str, right: bool) -> str:
    if right:
        return f"記録した「{name}」の{wareki(year)}（{stored}）と一致しています。"
    return f"文中は{stated}ですが、記録した「{name}」の{wareki(year)}は{stored}です。"


def check_tally(stated: str, fact: str, details: list[str], right: bool) -> str:
    facts = fact + (f"（{'、'.join(details)}）" if details else "")
    return f"「{stated}」は記録と合っています。{facts}です。" if right else f"文中は「{stated}」ですが、{facts}です。"


def check_tally_fact(total: int, said: str, count: int) -> str:
    return f"{total}指標のうち{said}は{count}指標"


def check_tally_size(stated: str, total: int) -> str:
    return f"文中は「{stated}」ですが、成果指標は{total}指標です。"


def check_years_back(years: int) -> str:
    return f"{years}年ぶり"


def check_tally_change(name: str, year: int, before: str, now: str) -> str:
    return f"「{name}」は{wareki(year)}の{before}から{now}"


def check_grade_label(label: str, year: str | None) -> str:
    return f"{year}の{label}" if year else label


def check_no_grade(label: str) -> str:
    return f"{label}の評価は記録されていないため、確かめられません。"


def check_grade_reading(label: str, stored: str) -> str:
    return f"{label}は{stored}"


def check_grade_none(stated: str, readings: list[str]) -> str:
    return f"文中の評価は{stated}ですが、{'、'.join(readings)}です。"


def check_grade_moved(stated: str, label: str, before: str, now: str, right: bool) -> str:
    fact = f"{label}の評価は前年度{before}、今年度{now}です。"
    return f"「{stated}」は記録と合っています。{fact}" if right else f"文中は「{stated}」ですが、{fact}"


CHECK_RATE_MIRRORED = "目標値からの超過分を差し引く方法"


def check_rate_wrong(stated: str, readings: str) -> str:
    return f"文中は{stated}ですが、{readings}"
