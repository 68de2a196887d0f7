"""Reading sheet files, and text extracted from a PDF."""

import re

from corpus.fiscal import wareki

EMPTY_FILE = "ファイルが空です。中身のあるファイルを選んでください。"
UNKNOWN_ENCODING = "文字コードを読み取れません。UTF-8 で保存し直してください。"
TABLE_ENCODING = (
    "文字コードを読み取れません。CSV を UTF-8 か Shift_JIS（Excel の「CSV（コンマ区切り）」）で保存し直してください。"
)
UTF_16 = (
    "文字コードが UTF-16（Unicode）のようです。メモ帳の「名前を付けて保存」などで UTF-8 を選び、保存し直してください。"
)
SHIFT_JIS = "文字コードが Shift_JIS のようです。メモ帳の「名前を付けて保存」などで UTF-8 を選び、保存し直してください。"
JSON_TOO_DEEP = "JSON の入れ子が深すぎて読めません。シートファイル（shisaku-sheet/1）ではないようです。"
NUMBER_TOO_LONG = "JSON の中に、桁が多すぎて読めない数値があります。"
NOT_A_SHEET_OBJECT = "シートファイルではありません。全体が { } で囲まれた1枚のシートである必要があります。"
_READABLE = "読み取れるのは .json、.jsonl、.txt です。"


def unknown_suffix(suffix: str, known: tuple[str, ...]) -> str:
    return f"この種類のファイル（{suffix or '拡張子なし'}）は取り込めません。{_READABLE}"


def import_not_available(suffix: str) -> str:
    return f"{suffix} の取り込みはまだ使えません。{_READABLE}"


def file_too_large(size: int, most: int) -> str:
    return (
        f"ファイルが大きすぎます（{size / 1_000_000:.1f} MB、上限 {most / 1_000_000:.0f} MB）。"
        "シート1枚は通常 0.1 MB 以下です。別のファイルを選んでいないか確認してください。"
    )


def not_a_text_file(kind: str) -> str:
    what = f"中身は {kind} 形式です" if kind else "中身が文字ではありません"
    return f"文字のファイルとして読めません（{what}）。拡張子とファイルの種類を確認してください。"


def broken_json(line: int, column: int) -> str:
    return f"JSON として読めません（{line}行目 {column}文字目）。途中で切れているか、記号が抜けています。"


def key_twice(key: str) -> str:
    return f"項目「{key}」が同じ場所に2回あります。どちらか1つにしてください。"


def unknown_format(found: object, known: str) -> str:
    if found is None:
        return f'項目 format がありません。シートファイルは "format": "{known}" で始まります。'
    return f"項目 format の値 {str(found)[:40]!r} は読めません。読めるのは {known} です。"


def wrong_fields(lines: list[str], more: int) -> str:
    rest = f"（ほか{more}件）" if more > 0 else ""
    return "シートの内容に誤りがあります。" + " ".join(lines) + rest


_FIELD_PROBLEMS = {
    "missing": "必要な項目がありません",
    "extra_forbidden": "知らない項目です（つづりを確認してください）",
    "not_a_number": "数値ではありません（引用符で囲まず、数値か null を入れてください）",
    "number_out_of_range": "数値の大きさか桁数が範囲を超えています",
    "not_a_year": "年度ではありません（西暦4桁の文字列、1950～2100）",
    "not_a_text": "文字ではありません",
    "unusable_characters": "使えない制御文字が含まれています",
    "not_a_date": "日付ではありません（2023、2023-06、2023-06-15 のどれかの形）",
    "not_a_part": "その場所に入る内容ではありません",
    "empty_text": "空にできません",
    "string_too_short": "空にできません",
    "too_short": "空にできません",
    "int_type": "整数ではありません",
    "bool_type": "true・false・null のいずれでもありません",
    "list_type": "一覧（[ ]）ではありません",
    "dict_type": "項目の組（{ }）ではありません",
    "model_type": "項目の組（{ }）ではありません",
    "model_attributes_type": "項目の組（{ }）ではありません",
}


def _as_json(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return re.sub(r"[\x00-\x1f\x7f]+", " ", str(value))[:40]


def field_problem(place: str, reason: str, context: dict[str, object], value: object) -> str:
    if reason.startswith("unknown_section:"):
        return f"記述欄（sections）の「{reason.partition(':')[2]}」は様式にありません。"
    if reason.startswith("duplicate_indicator:"):
        return f"指標の番号（id）「{reason.partition(':')[2]}」が重なっています。"
    if reason.startswith("duplicate_direction:"):
        return f"展開方向の番号「{reason.partition(':')[2]}」が重なっています。"
    if reason.startswith("duplicate_note:"):
        return f"事実メモの番号（id）「{reason.partition(':')[2]}」が重なっています。"
    if reason == "literal_error":
        expected = str(context.get("expected")).replace(" or ", "、").replace(", ", "、").replace("'", "")
        problem = f"使えるのは {expected} か null です"
    elif reason in ("greater_than_equal", "less_than_equal"):
        problem = "値が範囲の外です"
    else:
        problem = _FIELD_PROBLEMS.get(reason, "値の種類が違います")
    shown = "" if reason == "missing" or isinstance(value, dict | list) else f"（値：{_as_json(value)}）"
    return f"{place}：{problem}{shown}。"


TEXT_EMPTY = "ファイルに文字がありません。文字を取り出せるPDFから作ったテキストか確認してください。"
NOT_A_SHEET_TEXT = (
    "施策マネジメントシートの文章ではないようです（様式の見出しがほとんど見つかりません）。"
    "施策マネジメントシートのPDFから取り出したテキストを選んでください。"
)
SEVERAL_SHEETS = "複数の施策のシートが1つのテキストに入っています。シート1枚（4ページ）ごとに分けてください。"
NO_FISCAL_YEAR = (
    "評価年度が読み取れません。「○年度の評価結果」「○年度の取組状況」などの見出しがあるページを含めてください。"
)
NO_MEASURE_NAME = "基本施策名が読み取れません。1枚目（施策の目的と指標）を含むテキストを選んでください。"
_PAGE_TITLES = {
    1: "1枚目（施策の目的と指標）",
    2: "2枚目（総事業費・指標等の実績推移）",
    3: "3枚目（施策の現状）",
    4: "4枚目（評価結果、今後の方向性）",
}


def text_too_long(length: int, most: int) -> str:
    return (
        f"テキストが長すぎます（{length:,}字、上限 {most:,}字）。"
        "シート1枚のテキストは通常1万字ほどです。別のファイルを選んでいないか確認してください。"
    )


def page_missing(number: int) -> str:
    return f"{_PAGE_TITLES[number]}が見つかりません。このページの項目は空のままです。"


def years_disagree(chosen: int, others: list[int]) -> str:
    listed = "、".join(wareki(year) for year in others)
    return f"見出しの年度が食い違っています。{wareki(chosen)}の評価として読みました（ほかに{listed}とも読めます）。"


def plan_years_assumed(start: int, end: int) -> str:
    return f"計画期間の記載がないため、表の年度を{wareki(start)}から{wareki(end)}までとして読みました。"


def lines_unread(lines: list[str]) -> str:
    return "どの欄のものか分からない行があります：" + "、".join(f"「{line}」" for line in lines)


FIGURES_NOT_ARRANGED = (
    "指標の数値は、取り出した文字からは並べられませんでした（数値の個数が表の欄と合わないか、読み方が多すぎます）。"
    "候補から選ぶか、シートの表を見て入力してください。"
)


def figure_list(figures: list[str]) -> str:
    return "、".join(figures)


def figures_unread(figures: str) -> str:
    return f"どの欄のものか分からない数値があります：{figures}。シートの表を見て入力してください。"


def zeros_unread(count: int) -> str:
    return f"どの欄のものか分からない 0 が{count}個あります。合計欄の計算式の 0 でなければ入力してください。"


def flag_words_unread(words: list[str]) -> str:
    return f"どの指標のものか分からない判定があります：{'、'.join(words)}"


def directions_unclear(count: int, what: str) -> str:
    return f"展開方向は{count}つですが、{what}の文章の数が合いません。1枚目と見比べてください。"


def indicator_direction_assumed(name: str, number: int) -> str:
    return f"指標「{name}」は、言葉の近さから展開方向{number}のものとして読みました。1枚目と見比べてください。"


def indicator_letter_assumed(name: str, key: str) -> str:
    return f"指標「{name}」の記号は、文字の並びから {key} として読みました。1枚目と見比べてください。"


def unit_unread(name: str) -> str:
    return f"指標「{name}」の単位が読み取れません。"


def confirm_section(title: str) -> str:
    return (
        f"「{title}」の文章は、見出しから離れて取り出されていて、どの欄のものかはっきりしません。"
        "いちばん確からしい文章を入れてあります。シートと見比べて確認してください。"
    )


def confirm_header(title: str) -> str:
    return f"「{title}」に当たる文字が複数あります。シートを見て選んでください。"


def confirm_cell(name: str, year: int, series: str, may_be_dash: bool) -> str:
    rest = "値がない（「-」や空欄の）場合もあります。" if may_be_dash else ""
    return (
        f"「{name}」の{wareki(year)}の{series}は、取り出した文字からは1つに決まりません。{rest}"
        "シートの表を見て選んでください。"
    )


def confirm_cost(row: str, year: int) -> str:
    return (
        f"施策コストの「{row}」（{wareki(year)}）に当たるかどうかが、取り出した文字からは決まりません。"
        "候補の数値がこの行のものであれば選び、そうでなければ空のままにしてください。"
    )


def confirm_better(name: str, proposed: list[str]) -> str:
    meant = {"higher": "高いほど良い", "lower": "低いほど良い"}[proposed[0]]
    return (
        f"「{name}」は、目標値の動きと名称からは「{meant}」指標のようです。様式には書かれていないので確認してください。"
    )


def confirm_flag(name: str, year: int, flag: str) -> str:
    what = {"achieved": "達成・未達成", "improved": "前年度比較"}[flag]
    return (
        f"「{name}」の{wareki(year)}の「{what}」の欄がどれか、取り出した文字からは決まりません。"
        "シートを見て選んでください。"
    )
