"""New sheets, and the head, directions and indicators of a sheet."""

from corpus.fiscal import wareki


def years_left_out(last: int, year: int) -> str:
    between = "、".join(wareki(at) for at in range(last + 1, year)[:6]) + ("など" if year - last > 7 else "")
    return (
        f"{between}のシートがないため、{wareki(last)}のシートから作ります。間の年度の実績値と施策コストは空です。"
        "必要なら数値の表に入れてください。"
    )


def actuals_missing(last: int) -> str:
    return (
        f"{wareki(last)}のシートに{wareki(last)}の実績値がまだありません。あとで{wareki(last)}のシートに入れた値は、"
        "自動では引き継がれません。このシートの数値の表にも入れてください。"
    )


def plan_ended(name: str | None, end: int) -> str:
    called = f"「{name}」" if name else ""
    return (
        f"計画{called}の期間は{wareki(end)}までです。新しい計画の名称・期間・目標値が決まっていれば、"
        "「基本情報と指標」で改めてください。前の計画のまま引き継いでいます。"
    )


def year_out_of_range(first: int, last: int) -> str:
    return f"年度は{wareki(first)}（{first}）から{wareki(last)}（{last}）までです。何も作っていません。"


def year_not_later(year: int, last: int) -> str:
    return f"{wareki(year)}のシートは、{wareki(last)}のシートからは作れません。後の年度を指定してください。"


def sheet_exists(measure: str, year: int) -> str:
    return f"「{measure}」の{wareki(year)}のシートは、すでにあります。新しくは作っていません。"


def sheet_rolled(last: int, year: int) -> str:
    return (
        f"{wareki(year)}のシートを作りました。施策の情報・展開方向・指標・目標値と過去の実績値を"
        f"{wareki(last)}から引き継いでいます。{wareki(year)}の実績値・施策コスト・評価・文章は空です。"
    )


def sheet_made(year: int) -> str:
    return f"{wareki(year)}のシートを作りました。続けて、展開方向の目的・手段と指標を入れてください。"


def nothing_earlier(year: int) -> str:
    return f"{wareki(year)}より前のシートがないため、引き継げません。"


NO_SUCH_MEASURE = "その施策はありません。画面を読み込み直してください。"
NO_MEASURE_PICKED = "施策が選ばれていません。シートを作る施策に印を付けてください。何も作っていません。"
YEAR_UNREADABLE = "年度として読めません。「令和7」「R7」「2025」のように入れてください。"
MEASURE_NAME_NEEDED = "名称を入れてください。"
PLAN_ENDS_FIRST = "終了年度が開始年度より前です。"
INDICATOR_NAME_NEEDED = "指標の名称を入れてください。いらない行は、すべての欄を空にしてください。"
INDICATOR_KEEPS_A_NAME = "指標の名称を入れてください。指標をなくすときは、右端の「削除」に印を付けてください。"
ID_UNUSABLE = "番号には、空白と「.」を使えません。"
NOTHING_TO_CHANGE = "変更はありません。保存済みの内容と同じです。"
NOTHING_PASTED = "貼り付けた表に指標の名称がありません。"
SETUP_NOT_SAVED = "まだ保存していません。下の赤い欄を直してください。入力はこの画面に残っています。"
SETUP_ASKS = "まだ保存していません。次の内容を確かめて、もう一度保存してください。入力はこの画面に残っています。"
SETUP_STALE = (
    "入力している間に、ほかの人が同じところを変えました。まだ保存していません。あなたの入力はこの画面に残っています。"
    "ほかの人の入力を見比べて、このまま保存するか、直してください。"
)


def measure_known(code: str | None, name: str, years: list[int]) -> str:
    which = f"番号{code}は" if code else "この名称は"
    listed = wareki(years[0]) if len(years) == 1 else f"{wareki(years[0])}から{wareki(years[-1])}"
    return (
        f"{which}、「{name}」（{listed}のシートがあります）のものです。同じ施策の別の年度のシートにするときは、"
        "下の欄に印を付けてください。別の施策なら、番号を直してください。"
    )


def too_many_directions(most: int) -> str:
    return f"展開方向は{most}までです。"


def id_in_use(indicator_id: str) -> str:
    return f"番号「{indicator_id}」は、ほかの指標が使っています。"


def direction_unknown(number: int) -> str:
    return f"展開方向{number}はありません。"


def direction_in_use(number: int, users: list[str], more: int) -> str:
    rest = f" ほか{more}件" if more > 0 else ""
    return (
        f"展開方向{number}は削除できません。これを指しているものがあります：{'、'.join(users)}{rest}。"
        "先に、これらの展開方向を変えるか、削除してください。"
    )


def ask_removal_of_indicator(indicator_id: str, name: str, figures: int, waiting: int) -> str:
    counted = f"入っている数値{figures}個も一緒に消えます" if figures else "数値は入っていません"
    unsettled = f"（要確認の{waiting}か所も使えなくなります）" if waiting else ""
    return f"指標 {indicator_id}「{name}」を削除します。{counted}{unsettled}。「変更の記録」から元に戻せます。"


def ask_removal_of_direction(number: int, name: str | None) -> str:
    called = f"「{name}」" if name else ""
    return f"展開方向{number}{called}を、目的・手段とともに削除します。「変更の記録」から元に戻せます。"


def ask_new_unit(indicator_id: str, before: str, after: str, figures: int) -> str:
    return (
        f"指標 {indicator_id} の単位を「{before or 'なし'}」から「{after or 'なし'}」に変えます。"
        f"入っている数値{figures}個は換算されません。"
    )


def ask_fewer_decimals(indicator_id: str, decimals: int, figures: int) -> str:
    shown = "整数" if decimals == 0 else f"小数{decimals}桁"
    return (
        f"指標 {indicator_id} を{shown}で書くことにします。これより細かい数値が{figures}個入っていますが、"
        "丸めずにそのまま残します。"
    )


def ask_other_kind(indicator_id: str, label: str, figures: int) -> str:
    return f"指標 {indicator_id} を{label}に変えます。{label}の様式にない行の数値{figures}個は、そのまま残します。"


def setup_saved(count: int) -> str:
    return f"{count}か所を保存しました。"


def rows_pasted(count: int) -> str:
    return f"{count}行を新しい指標の欄に入れました。まだ保存していません。内容を確かめて保存してください。"
