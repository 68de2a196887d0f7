"""Figures typed or pasted into the tables, and the trail of changes."""


def misplaced_comma(written: str) -> str:
    return f"「{written[:40]}」はカンマの位置が3桁ごとではありません。小数点なら「.」にしてください。"


def two_figures(written: str) -> str:
    shown = " ".join(written.split())[:40]
    return f"「{shown}」は空白で区切られた別々の数値に見えます。1つの数値なら、空白を取ってください。"


def excel_error(written: str) -> str:
    if set(written) == {"#"}:
        return "「###」はExcelの列の幅が足りないときの表示で、数値ではありません。列を広げてからコピーしてください。"
    return f"「{written}」はExcelの計算エラーで、数値ではありません。元の表を確かめてください。"


def exponent_form(written: str) -> str:
    return f"「{written[:40]}」は桁が略された表示です。Excelで列を広げ、すべての桁を表示してからコピーしてください。"


def not_known_yet(written: str) -> str:
    what_to_do = "まだ決まっていない値は空のままにし、調査しない年度は「―」にしてください。"
    return f"「{written}」は数値ではありません。{what_to_do}"


def in_brackets(written: str) -> str:
    return f"「{written[:40]}」のかっこは、マイナスか内数か決められません。マイナスなら「▲」を付けてください。"


def not_a_flag(written: str, words: list[str]) -> str:
    return f"「{written[:40]}」は{'・'.join(words)}のどちらとも読めません。○、×、「―」か空にしてください。"


def no_such_cell(path: str) -> str:
    return f"この場所（{path[:80]}）は、今のシートの表にありません。指標が変わったか、なくなりました。"


def other_unit(written: str, unit: str) -> str:
    row = f"この行の単位は{unit}です。" if unit else "この行には単位がありません。"
    return f"「{written[:40]}」は単位が違います。{row}"


def other_scale(written: str, unit: str, value: str) -> str:
    return f"この行の単位は{unit}です。「{written[:40]}」は{value}{unit}になります。"


def more_decimals(written: str, decimals: int, others: bool) -> str:
    shown = f"小数{decimals}桁" if decimals else "整数"
    why = "この行のほかの値は" if others else "この行の表示は"
    return f"{why}{shown}です（{written}）。桁を確かめてください。そのまま保存もできます。"


def unlike_negative(value: str) -> str:
    return f"マイナスの値です（{value}）。この行のほかの値はマイナスではありません。"


def negative_cost(value: str) -> str:
    return f"マイナスの値です（{value}）。入力を確かめてください。"


def far_from_others(value: str, others: str) -> str:
    return f"ほかの値（{others}）と桁が違います（{value}）。入力を確かめてください。"


def offer_sum(parts: str, value: str) -> str:
    return f"空いています。{parts}の合計は{value}です。"


def offer_flag(word: str) -> str:
    return f"空いています。数値からは「{word}」です。"


def offered_parts(row: str) -> str:
    return "財源内訳" if row == "program_total" else "事業費計(A)と人件費計(B)"


def cells_saved(count: int, settled: int) -> str:
    parts = [f"{count}か所を保存しました。"] if count else []
    parts += [f"要確認の値を{settled}か所確定しました。"] if settled else []
    return "".join(parts) or "変わったところはありません。保存済みの数値と同じです。"


def errors_not_saved(count: int) -> str:
    return (
        f"読めない値が{count}か所あるため、まだ何も保存していません。"
        "入力はすべてこの画面に残っています。印のある欄を直して、もう一度保存してください。"
    )


def stale_cells(count: int) -> str:
    return (
        f"入力している間に、ほかの人が{count}か所を変えました。まだ何も保存していません。"
        "下の一覧で両方の値を見比べてください。そのままもう一度保存すると、あなたの値になります。"
    )


UNREADABLE_FORM = (
    "送られた入力を読み取れませんでした。何も保存していません。"
    "前の画面に戻り、読み込み直してから、もう一度保存してください。"
)


def act_undone(count: int) -> str:
    return f"{count}か所を元の値に戻しました。この取り消しも、一覧から取り消せます。"


def undo_overtaken(reason: str) -> str:
    why = "この変更のあとに、同じ場所がまた変えられています。先に新しい変更を確かめてください。"
    return f"取り消しませんでした。{why}（{reason}）"


NOTHING_TO_UNDO = "この変更のあとに同じ値に戻されていたため、変わったところはありません。"

_ACTS = {
    "sheet.edit": "入力",
    "sheet.paste": "表の貼り付け",
    "sheet.confirm": "要確認の値の確定",
    "sheet.undo": "取り消し",
    "sheet.created": "シートの作成",
    "sheet.updated": "取り込みによる更新",
    "sheet.rolled": "前年度からの作成",
    "facts.edit": "その年度の事実の記入",
    "facts.import": "その年度の事実の取り込み",
    "grade.choose": "評価の選択",
    "sheet.kept_inside": "「外部モデルに送らない」を付けた",
    "sheet.let_out": "「外部モデルに送らない」を外した",
}


def act_label(action: str) -> str:
    return _ACTS.get(action, action)


def undo_of(moment: str, action: str) -> str:
    return f"{moment} の「{act_label(action)}」の取り消し"
