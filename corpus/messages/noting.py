"""Facts of the year: typing them in, offering last year's again, tables of them."""


def not_a_date(written: str) -> str:
    return f"「{written[:40]}」は時期として読めません。「令和6年6月」「R6.6.15」「6月」のように書いてください。"


def fiscal_year_unread(written: str) -> str:
    return f"「{written[:40]}」は年度として読めません。「令和5年度」「R5」「2023」のように書いてください。"


def direction_not_here(written: str) -> str:
    return f"「{written[:40]}」に当たる展開方向がこのシートにありません。"


def note_lacks(field: str) -> str:
    return f"{field}が空です。"


def in_field(field: str, problem: str) -> str:
    return f"{field}：{problem}"


def note_too_long(most: int) -> str:
    return f"1件の文字数が上限（{most:,}字）を超えています。保存していません。"


def too_many_lines(most: int) -> str:
    return f"一度に入れられるのは{most}件までです。分けて入れてください。まだ1件も保存していません。"


def too_many_notes(most: int) -> str:
    return f"1枚のシートの事実メモは{most:,}件までです。まだ1件も保存していません。"


NOTE_GONE = "このメモは、ほかの人が先に削除しました。あなたの内容はここに残っています。"
NOTE_CHANGED = (
    "入力している間に、ほかの人がこのメモを変えました。まだ上書きしていません。"
    "今の内容とあなたの内容を見比べて、残すほうを選んでください。"
)
NOTE_CHANGED_NOT_DELETED = "ほかの人がこのメモを変えたため、削除していません。今の内容を確かめてください。"
NO_SUCH_NOTE = "そのメモはありません。ほかの人が削除したか、アドレスが違います。画面を読み込み直してください。"
NO_FIGURE_THERE = "このメモには、根拠メモにできる数値がありません。"
NOTE_SAVED = "保存しました。"
NOTE_UNCHANGED = "変更はありません。"
NOTE_DELETED = "削除しました。"
NOTE_BACK = "元に戻しました。"
NO_OFFER_CHOSEN = "昨年度から入れるものが選ばれていません。"
OFFER_NEEDS_FIGURE = "根拠メモは、今年度の数値を書いてから入れてください。"


def notes_added(count: int) -> str:
    return f"{count}件を追加しました。"


def offer_needs_words(plan: str) -> str:
    return f"「{plan}」は「別の形で行った」を選んでいます。何を行ったかを書き直してください。まだ何も入れていません。"


def not_done(plan: str) -> str:
    return f"「{plan}」は行わなかった。"


def done_otherwise(plan: str, deed: str) -> str:
    return f"「{plan}」に代えて、{deed}"


def projects_counted(listed: int, costed: int, stated: str | None) -> str:
    costs = "" if costed == listed else f"（うち事業費の記入は{costed}本）"
    if stated is None:
        return f"事務事業を{listed}本記入しています{costs}。シートの事務事業数は未記入です。"
    return f"シートの事務事業数{stated}本のうち、{listed}本を記入しています{costs}。"


def projects_summed(total: str, stated: str | None, gap: str | None, over: bool) -> str:
    if stated is None:
        return f"事業費の合計は{total}千円です。シートの事業費計(A)は未記入です。"
    if gap is None:
        return f"事業費の合計は{total}千円で、シートの事業費計(A)と一致しています。"
    rest = "千円多くなっています" if over else "千円足りません"
    return f"事業費の合計は{total}千円です。シートの事業費計(A) {stated}千円より{gap}{rest}。"


# --- tables of notes

_TABLE_FILES = "読み取れるのは .csv、.tsv、.txt（タブ区切り）、.xlsx、.json です。"
TABLE_EMPTY = "表に、見出しの下の行がありません。"
TABLE_LOCKED = (
    "Excel の旧形式（.xls）か、パスワードで保護されたファイルのようです。"
    "パスワードを外し、.xlsx で保存し直してください。"
)
TABLE_BROKEN = "Excel のファイルとして開けません。壊れているか、ほかの種類のファイルです。"
TABLE_UNPACKS_TOO_LARGE = "展開すると大きくなりすぎるファイルです。必要な表だけを新しいファイルに写してください。"
NO_HEADER = (
    "見出しの行が見つかりません。"
    "「事務事業名」「事業費（千円）」「取組実績」「意見・要望」「数値」などの列名のある行が必要です。"
)
KIND_UNCLEAR = "何の表か、列名からは決まりません。表の種類を選ぶか、「種類」の列を加えてください。"
ROW_TOO_WIDE = (
    "列の数が見出しより多くなっています。桁区切りのコンマで列が分かれていないか確かめてください"
    "（コンマのある数値は引用符で囲むか、コンマを外します）。"
)
UNIT_ASSUMED = "事業費の単位が書かれていないため、千円として読みました。"
DIRECTIONS_FILLED_DOWN = "展開方向の空欄は、すぐ上の行と同じ展開方向として読みました。"
NOTES_NOT_AN_OBJECT = "事実の JSON は、種類ごとの一覧（{ }）か、kind の付いた一覧（[ ]）です。"
PLAN_IS_OLD = "確認の画面を開いたあとに、シートが変わりました。今の内容で比べ直しました。もう一度確かめてください。"
NOTHING_TO_IMPORT = "新しい行も変わる行もありません。何も変更していません。"
NOTHING_STORED = "何も取り込んでいません。"


def unknown_table(suffix: str) -> str:
    return f"この種類のファイル（{suffix or '拡張子なし'}）は表として読めません。{_TABLE_FILES}"


def csv_broken(line: int) -> str:
    return f'CSV として読めません（{line}行目付近）。引用符（"）の数が合っているか確認してください。'


def too_many_rows(most: int) -> str:
    return f"行が多すぎます（上限 {most:,}行）。施策1つ分の表に分けてください。"


def at_row(place: str, problem: str) -> str:
    return f"{place}：{problem}"


_LISTS = {
    "done": "取組実績",
    "planned": "取組予定",
    "opinions": "意見・要望",
    "other_cities": "他自治体",
    "projects": "事務事業",
    "evidence": "根拠メモ",
}


def at_place_in_list(kind: str, place: int) -> str:
    return f"{_LISTS[kind]}の{place}件目"


def rows_refused(lines: list[str], more: int) -> str:
    rest = f"（ほか{more}件）" if more > 0 else ""
    return "読めない行があります。" + " ".join(lines) + rest + NOTHING_STORED


def not_calculated() -> str:
    return "数式の計算結果がファイルにありません。Excel で開いて上書き保存してから、もう一度選んでください。"


def cell_error(written: str) -> str:
    return f"数式のエラー（{written[:20]}）が入っています。"


def project_twice(name: str, first: str) -> str:
    return f"事務事業「{name[:30]}」が{first}にもあります。どちらか1つにしてください。"


def total_row_agrees(total: str) -> str:
    return f"合計の行（{total}千円）は取り込みません。読んだ行の合計と一致しています。"


def total_row_differs(total: str, read: str) -> str:
    return f"合計の行（{total}千円）は取り込みません。読んだ行の合計は{read}千円で、一致しません。"


def unknown_kind(written: str) -> str:
    return (
        f"種類「{written[:20]}」は、取組実績・取組予定・意見・要望・他自治体・事務事業・根拠メモのどれでもありません。"
    )


def notes_imported(new: int, changed: int) -> str:
    parts = [f"{new}件を追加"] * bool(new) + [f"{changed}件を変更"] * bool(changed)
    return "し、".join(parts or ["0件を追加"]) + "しました。"
