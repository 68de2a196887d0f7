"""Findings of the checker about the figures themselves: what is stated, what is stored, the difference, where to look.

``where``: 「福祉…の割合」の令和5年度の実績値, as ``check_where`` says it.
"""

from corpus.fiscal import wareki


def check_year_row(row: str, year: int) -> str:
    """令和5年度の事業費計(A)."""
    return f"{wareki(year)}の{row}"


def check_sum(where: str, stored: str, parts: str, expected: str, difference: str) -> str:
    return (
        f"{where}は{stored}ですが、{parts}を足すと{expected}です（差 {difference}）。"
        f"{parts}と合計のどちらが違うか、施策コストの表を確かめてください。"
    )


def check_sum_ok(where: str, parts: str, stored: str) -> str:
    return f"{where}（{stored}）は{parts}の合計と一致しています。"


def check_flag(flag: str, computed: str, where: str, value: str, other: str, difference: str) -> str:
    gap = f"（差 {difference}）" if difference else ""
    figures = f"{where}は{value}、{other}{gap}"
    return f"評価欄は「{flag}」ですが、{figures}で、これらからは「{computed}」です。評価欄を確かめてください。"


def check_flag_ok(flag: str, where: str, value: str, other: str) -> str:
    return f"評価欄の「{flag}」は、{where}（{value}）と{other}に合っています。"


def check_flag_alone(flag: str, where: str) -> str:
    return f"評価欄は「{flag}」ですが、{where}の記録がないため、確かめられません。実績値の表を確かめてください。"


def check_flag_target(target: str) -> str:
    return f"目標値は{target}"


def check_flag_before(year: int, value: str) -> str:
    return f"{wareki(year)}は{value}"


def check_over_hundred(where: str, value: str) -> str:
    return f"{where}が{value}で、100％を超えています。割合か、入力を確かめてください。"


def check_far_value(where: str, value: str, beside: list[tuple[int, str]]) -> str:
    near = "、".join(f"{wareki(year)} {other}" for year, other in beside)
    return f"{where}は{value}で、前後の年度（{near}）と桁が違います。桁や小数点の入力を確かめてください。"


def check_target_direction(
    name: str, better: str, before: tuple[int, str], after: tuple[int, str], difference: str
) -> str:
    return (
        f"「{name}」は{better}指標ですが、目標値が{wareki(before[0])}の{before[1]}から{wareki(after[0])}の{after[1]}へ"
        f"逆に動いています（差 {difference}）。目標値の表か、望ましい方向の設定を確かめてください。"
    )


def check_future_actual(where: str, value: str, year: int, sheet_year: int) -> str:
    return (
        f"{where}に{value}が入っていますが、{wareki(year)}は{wareki(sheet_year)}のシートではまだ終わっていない年度です。"
        "年度の列を確かめてください。"
    )


def check_changed_past(where: str, sheet_year: int, before: str, now: str, difference: str) -> str:
    return (
        f"{where}は、{wareki(sheet_year)}のシートでは{before}でしたが、このシートでは{now}です（差 {difference}）。"
        "確定値への修正か、入力の誤りかを確かめてください。"
    )
