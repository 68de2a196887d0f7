"""Findings of the checker."""

from corpus.fiscal import wareki


def check_where(name: str, year: int | None, series: str) -> str:
    """「福祉…の割合」の令和5年度の実績値."""
    when = f"{wareki(year)}の" if year is not None else ""
    return f"「{name}」の{when}{series or '額・数'}"


def check_match(where: str, stored: str) -> str:
    return f"{where}（{stored}）と一致しています。"


def check_mismatch(stated: str, where: str, stored: str, difference: str) -> str:
    gap = f"（差 {difference}）" if difference else ""
    return f"文中は{stated}ですが、{where}は{stored}です{gap}。"


def check_other_year(stated: str, where: str, others: list[str]) -> str:
    return f"{where}の記録はありません。文中の{stated}は{'、'.join(others)}の値です。年度を確かめてください。"


def check_also_year(other: str) -> str:
    return f"文中の値は{other}の値です。"


def check_unit(stated: str, where: str, stored: str) -> str:
    return f"文中は{stated}ですが、{where}は{stored}です。単位が違います。"


def check_no_record(where: str) -> str:
    return f"{where}の記録がないため、確かめられません。"


def check_unsupported(stated: str) -> str:
    return f"「{stated}」に当たる数値は、このシートに記録されていません。出典を確かめてください。"


def check_part(stated: str, where: str, stored: str) -> str:
    return f"「{stated}」は{where}（{stored}）そのものを述べたものか決められないため、確かめられません。"


def check_plan(stated: str) -> str:
    return f"「{stated}」は予定や見込みの値で、記録された目標値・見込み値に同じ値はありません。"


def check_plan_match(where: str, stored: str) -> str:
    return f"予定・目標として述べた値は、{where}（{stored}）と一致しています。"


def check_ambiguous(stated: str, readings: list[str]) -> str:
    return f"「{stated}」がどの数値を指すのか決められません。読み方：{'／'.join(readings)}。"


def readings_of(message: str) -> tuple[str, tuple[str, ...]]:
    """A message of ``check_ambiguous`` as its sentence and its readings; any other message as it is, with none."""
    said, mark, listed = message.partition("読み方：")
    if not mark:
        return message, ()
    depth, readings = 0, [""]
    for sign in listed.rstrip("。"):
        depth += (sign == "「") - (sign == "」")
        if sign == "／" and not depth:
            readings.append("")
        else:
            readings[-1] += sign
    return said, tuple(readings)


def check_reading(where: str, stored: str, fits: bool) -> str:
    return f"{where}は{stored}（{'一致' if fits else '不一致'}）"


def check_change(stated: str, where: str, base: str, value: str, base_value: str, change: str) -> str:
    fact = f"{change[:-1]}っています" if change.endswith("回る") else f"{change}です"
    return f"文中は「{stated}」ですが、{where}は{value}、{base}は{base_value}で、{fact}。"


def check_change_match(where: str, base: str, value: str, base_value: str) -> str:
    return f"{where}（{value}）と{base}（{base_value}）から計算した値と一致しています。"


def check_previous_survey(year: int) -> str:
    return f"前年度は実績値がないため、{wareki(year)}と比べています。"


def check_times_more(times: str) -> str:
    return f"元の値の{times}になったと読めば一致しますが、「増」は増えた分を指すのが普通です"


def check_percent_not_points(points: str, rate: str) -> str:
    return f"割合どうしの差は「ポイント」で表します。差は{points}、率にすると{rate}です。"


def check_points_not_unit(unit: str) -> str:
    return f"この指標の単位は{unit}なので、差を「ポイント」で表すことはできません。"


def check_words_match(stated: str, where: str, value: str, base: str, base_value: str) -> str:
    return f"「{stated}」は、{where}（{value}）と{base}（{base_value}）に合っています。"


def check_flat(change: str, threshold: str) -> str:
    moved = f"変化は{change}で、" if change else ""
    return f"{moved}{threshold}以内の変化を横ばいとしています（市の設定）。"


def check_polarity(where: str) -> str:
    return f"{where}は低いほど良い指標です。数値の上下なのか良し悪しなのか、言い方を確かめてください。"


def check_achievement(stated: str, details: list[str], right: bool) -> str:
    facts = "、".join(details)
    return f"「{stated}」は記録と合っています（{facts}）。" if right else f"文中は「{stated}」ですが、{facts}です。"


def check_target_detail(where: str, value: str, target: str, reached: bool) -> str:
    return f"{where}は実績値{value}、目標値{target}で{'達成' if reached else '未達成'}"


def check_flag_detail(where: str, reached: bool) -> str:
    return f"{where}の評価欄は{'達成' if reached else '未達成'}"


def check_near_target(percent: str) -> str:
    return f"目標値との差が{percent}％以内を「おおむね達成」としています。"


def check_rate_rule(rule: str, value: str) -> str:
    return f"{rule}で計算すると{value}です。"


CHECK_RATE_FORWARD = "実績値÷目標値"
CHECK_RATE_INVERSE = "目標値÷実績値"
CHECK_RATE_PROGRESS = "基準からの進み具合"


def check_grade(label: str, stated: str, stored: str) -> str:
    if stated == stored:
        return f"{label}の評価（{stored}）と一致しています。"
    return f"文中は{stated}ですが、{label}の評価は{stored}です。"


def check_cell(label: str, year: int | None, row: str) -> str:
    return f"{label} {wareki(year)} {row}".replace("  ", " ").strip() if year is not None else f"{label} {row}".strip()


def check_named_sum(stated: str, parts: str, total: str, right: bool) -> str:
    if right:
        return f"{parts}の合計（{total}）と一致しています。"
    return f"文中の合計は{stated}ですが、{parts}を足すと{total}です。"


def check_streak(stated: str, count: int | None, values: list[tuple[int, str]], right: bool) -> str:
    series = "、".join(f"{wareki(year)} {value}" for year, value in values)
    times = f"{count}年連続" if count is not None else "毎年"
    if right:
        return f"{times}の「{stated}」は記録（{series}）と合っています。"
    return f"文中は{times}の「{stated}」ですが、記録（{series}）と合いません。"


def check_streak_short(stated: str, count: int | None) -> str:
    times = f"{count}年連続" if count is not None else "毎年"
    return f"{times}の「{stated}」を確かめるだけの実績値が記録されていません。"


def check_share(stated: str, part: str, part_value: str, whole: str, whole_value: str, share: str, right: bool) -> str:
    fact = f"{part}（{part_value}）は{whole}（{whole_value}）の{share}"
    return f"{fact}で、文中の値と一致しています。" if right else f"文中は{stated}ですが、{fact}です。"
