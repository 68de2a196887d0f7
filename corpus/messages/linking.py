"""Links over the years: what was renamed, split, merged or moved."""

from collections.abc import Sequence

from corpus.fiscal import wareki

LINK_KIND_LABELS: dict[str, str] = {
    "renamed": "改称",
    "split": "分割",
    "merged": "統合",
    "moved": "移管",
    "new_plan": "新しい計画期間",
    "separate": "つながりなし",
}
LINK_KIND_HINTS: dict[str, str] = {
    "renamed": "名称や番号だけが変わった",
    "split": "前の一つが、いくつかに分かれた",
    "merged": "前のいくつかが、一つにまとまった",
    "moved": "担当や置き場所が移った",
    "new_plan": "計画が新しくなり、番号や名称が付け直された",
    "separate": "名称や番号が同じでも、別のもの",
}
LINK_KIND_UNKNOWN = "つながりの種類が選ばれていません。どのつながりも保存していません。"
LINK_NOTHING_CHOSEN = "つなげる相手が選ばれていません。どのつながりも保存していません。"
LINK_TO_ITSELF = (
    "同じ施策どうしは、もともとつながっています。結び付けるのは、新しい計画期間に移ったことを記録するときだけです。"
    "どのつながりも保存していません。"
)
LINK_COMES_BACK = (
    "このつながりを作ると、施策のつながりがひと回りして、自分自身の前の施策になってしまいます。"
    "結び付ける向きと年度を確かめてください。どのつながりも保存していません。"
)
LINK_OTHER_CITY = "ほかの自治体の施策とは結び付けられません。どのつながりも保存していません。"
LINK_NO_MEASURE = "その施策はありません。画面を読み込み直して、もう一度選んでください。どのつながりも保存していません。"
LINK_NO_INDICATOR = (
    "その指標はこのシートか前の年度のシートにありません。画面を読み込み直して、もう一度選んでください。"
    "どのつながりも保存していません。"
)
LINK_OTHER_KIND = "対象指標と成果指標は結び付けられません。どのつながりも保存していません。"
LINK_SAME_DIVISION = "前の課の名称が、今の課と同じです。どのつながりも保存していません。"
LINK_NO_DIVISION = (
    "このシートには施策統括課が書かれていません。先に課の名称を入れてください。どのつながりも保存していません。"
)
LINK_ADDED = "つながりを保存しました。"
LINK_THERE_ALREADY = "同じつながりがすでに保存されています。変わったところはありません。"
LINK_ENDED = "つながりを解きました。シートの文章や数値は何も変わっていません。"
LINK_GONE = "そのつながりは、すでに解かれています。変わったところはありません。"


def until_year(name: str, year: int) -> str:
    return f"{name}（{wareki(year)}まで）"


def link_note_too_long(most: int) -> str:
    return f"メモは{most}文字までにしてください。どのつながりも保存していません。"


def link_contradicts(name: str) -> str:
    return (
        f"同じ年度から「{name}」について、「つながりなし」と相手のあるつながりの両方は保存できません。"
        "先に今のつながりを解いてください。どのつながりも保存していません。"
    )


def year_span(years: Sequence[int]) -> str:
    first, last = min(years), max(years)
    return wareki(first) if first == last else f"{wareki(first)}から{wareki(last)}まで"


# --- proposals

SUCCESSOR_SAME_NAME = "名称が同じです"
SUCCESSOR_ALIKE = "名称が似ています"
SUCCESSOR_PURPOSE = "施策の目的が似ています"
SUCCESSOR_POLICY = "政策名が同じです"
SUCCESSOR_DIVISION = "施策統括課が同じです"
SUCCESSOR_TAKEN = "ほかの施策もこの施策を引き継いでいるため、分割と思われます"


def successor_reason(reasons: Sequence[str]) -> str:
    return "".join(f"{reason}。" for reason in reasons)


def successor_same_place(key: str) -> str:
    return f"番号（{key}）が同じです"


def successor_same_unit(unit: str) -> str:
    return f"単位（{unit}）が同じです"


def _named_years(years: Sequence[int]) -> str:
    return "、".join(wareki(year) for year in years)


def successor_equal_actuals(years: Sequence[int]) -> str:
    return f"両方のシートに載る過去の実績値が同じです（{_named_years(years)}）"


def successor_other_actuals(years: Sequence[int]) -> str:
    return f"ただし、{_named_years(years)}の実績値は違います"


def successor_shared_indicators(shared: int, of: int) -> str:
    return f"指標{of}個のうち{shared}個が同じです"


def successor_measure_ended(last_year: int, reasons: Sequence[str]) -> str:
    return f"{wareki(last_year)}を最後にシートがありません。{successor_reason(reasons)}"


def successor_new_plan(earlier: str | None, now: str | None) -> str:
    return f"計画が「{earlier or '前の計画'}」から「{now or '新しい計画'}」に変わりました。施策の番号は同じです。"


def successor_other_name(earlier: str) -> str:
    return f"計画が変わり、番号は同じですが、前の名称は「{earlier}」で、今の名称と大きく違います。"


def successor_division(earlier: str, now: str, last_year: int) -> str:
    return (
        f"施策統括課が「{earlier}」（{wareki(last_year)}）から「{now}」に変わりました。"
        f"今年度のほかのシートに「{earlier}」はありません。"
    )


# --- what a link will change, said before it is saved


def link_effect_sheets(name: str, years: Sequence[int], *, whole: bool) -> str:
    sheets = f"{year_span(years)}の「{name}」のシート（{len(years)}枚）"
    if whole:
        return f"{sheets}の文章と数値が、この施策の前年度までのものとして使われます。"
    return (
        f"{sheets}の文章が、この施策の前年度までのものとして使われます。施策コストは、合計や按分をしないため、つながりません。"
        "指標は、結び付けたものだけがつながります。"
    )


def link_effect_no_sheets(name: str) -> str:
    return f"「{name}」には、これより前の年度のシートがありません。つなげても、使われる文章や数値はありません。"


def link_effect_cut(years: Sequence[int]) -> str:
    return (
        f"この施策の番号で保存されている{year_span(years)}のシート（{len(years)}枚）は、"
        "前年度までのものとして使われなくなります。シートはそのまま残ります。"
    )


LINK_EFFECT_NONE = "前年度までのものとして使われるシートは変わりません。"


def link_effect_series(name: str, until: int, shown: str) -> str:
    values = f"（{shown}）" if shown else ""
    return f"{wareki(until)}までの「{name}」の実績{values}が、前年度の値として使われます。"


def link_effect_part(name: str) -> str:
    return f"前年度の文章の「{name}」は読み取られますが、合計や按分をしないため、値はつながりません。"


def link_effect_unit(earlier: str, now: str) -> str:
    units = f"{earlier or 'なし'}と{now or 'なし'}"
    return f"単位が違うため（{units}）、値はつながりません。結び付けたことだけが記録されます。"


def link_effect_separate(name: str, until: int) -> str:
    return f"{wareki(until)}までの「{name}」の値は、前年度の値として使われなくなります。"


def link_effect_division(earlier: str, now: str, year: int) -> str:
    return (
        f"シート一覧を「{earlier}」で絞り込むと、「{now}」の施策も見つかります。"
        f"{wareki(year)}からのシートには「旧：{until_year(earlier, year - 1)}」と添えます。"
    )


def division_was(name: str, until: int) -> str:
    return f"旧：{until_year(name, until)}"


def division_became(name: str, year: int) -> str:
    return f"現：{name}（{wareki(year)}から）"


LINK_EFFECT_NO_VALUES = "前年度の値として使われている指標はありません。つながりがないことだけが記録されます。"
INDICATOR_STATES: dict[str, str] = {
    "same": "自動（名称が同じ）",
    "linked": "結び付けた",
    "part": "結び付けた（値はつながらない）",
    "none": "つながりなしとした",
    "open": "前年度の指標なし",
}
LINK_TABLE_LABELS: dict[str, str] = {"measure": "施策", "indicator": "指標", "division": "課"}
LINK_TO_NOTHING = "（つながりなし）"
