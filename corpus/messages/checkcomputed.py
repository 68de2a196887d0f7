"""Findings on statements whose figure is computed: sums, breakdowns, shares, averages, budget execution."""


def check_term(where: str, value: str) -> str:
    return f"{where}（{value}）"


def check_computed(stated: str, how: str, value: str, right: bool) -> str:
    if right:
        return f"{how}は{value}で、文中の値と一致しています。"
    return f"文中は{stated}ですが、{how}は{value}です。"


def check_readings_differ(stated: str, readings: list[str]) -> str:
    both = "／".join(readings)
    return f"「{stated}」は読み方によって合う場合と合わない場合があります。{both}どちらかを書き添えてください。"


def check_sum_of(terms: list[str]) -> str:
    return f"{'と'.join(terms)}の合計"


def check_sum_of_years(name: str, values: list[str]) -> str:
    return f"「{name}」の実績値の合計（{'、'.join(values)}）"


def check_mean_of_years(name: str, values: list[str]) -> str:
    return f"「{name}」の実績値の平均（{'、'.join(values)}）"


def check_same_in(year: str) -> str:
    return f"同じ計算による{year}の値"


def check_less(whole: str, part: str) -> str:
    return f"{whole}から{part}を引いた額"


def check_quotient(top: str, bottom: str) -> str:
    return f"{top}÷{bottom}"


def check_share_of(part: str, whole: str) -> str:
    return f"{whole}に対する{part}の割合"


def check_parts_of(whole: str, total: str, right: bool) -> str:
    if right:
        return f"内訳の合計（{total}）は{whole}と一致しています。"
    return f"内訳を足すと{total}ですが、全体は{whole}です。どの数値が違うのか確かめてください。"


def check_more_than_whole(part: str, whole: str) -> str:
    return f"内数の{part}が、全体の{whole}を超えています。"


def check_computed_words(stated: str, first: str, second: str, right: bool) -> str:
    if right:
        return f"「{stated}」は、値{first}と比べる値{second}に合っています。"
    return f"文中は「{stated}」ですが、値は{first}、比べる値は{second}です。"


def check_days(days: str) -> str:
    return f"{days}（日数・月数）"
