"""Everything the program says to a person outside of templates, in Japanese, once.

Constants where nothing varies, functions where something does. Sections follow the packages.
"""

from typing import TYPE_CHECKING, Any

from corpus.fiscal import wareki

if TYPE_CHECKING:
    from corpus.importing import ImportedSheet
    from corpus.store import SheetSummary

# --- accounts

BAD_ACCOUNT = "ログイン名が空か、役割が正しくありません。役割は writer、reviewer、admin のいずれかです。"


def password_too_short(shortest: int) -> str:
    return f"パスワードは{shortest}文字以上にしてください。"


def login_in_use(login: str) -> str:
    return f"ログイン名「{login}」はすでに使われています。"


def no_such_user(login: str) -> str:
    return f"ログイン名「{login}」の利用者はいません。"


# --- store

NO_SUCH_SHEET = "そのシートはありません。削除されたか、アドレスが違います。"


def different_sheet(labels: list[str], more: int) -> str:
    rest = f" ほか{more}か所" if more else ""
    return (
        f"同じ施策・年度のシートが、異なる内容で保存されています（違うところ：{'、'.join(labels)}{rest}）。"
        "保存済みのシートはそのままです。置き換えるときは「更新する」（--update）を指定してください。"
    )


def no_such_sheet(measure: str, fiscal_year: int) -> str:
    return f"施策「{measure}」の{wareki(fiscal_year)}のシートはありません。shisaku list で一覧を確認してください。"


def ambiguous_measure(measure: str, municipalities: list[str]) -> str:
    names = "、".join(name or "（自治体名なし）" for name in municipalities)
    return f"「{measure}」に当たる施策が複数あります（{names}）。施策の番号か正確な名称で指定してください。"


def no_such_section(key: str) -> str:
    return f"「{key}」という記述欄はありません。"


def stale_revision(author: str) -> str:
    who = f"{author}さんが" if author else "別の人が"
    return (
        f"編集を始めたあとに、{who}この欄を保存しました。まだ上書きしていません。両方の文章を見比べて選んでください。"
    )


# --- importing

EMPTY_FILE = "ファイルが空です。中身のあるファイルを選んでください。"
UNKNOWN_ENCODING = "文字コードを読み取れません。UTF-8 で保存し直してください。"
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


def no_number(name: str) -> str:
    return f"数値の欄に {name} があります。数値か null を入れてください。"


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
    "string_too_short": "空にできません",
    "int_type": "整数ではありません",
    "bool_type": "true・false・null のいずれでもありません",
    "list_type": "一覧（[ ]）ではありません",
    "dict_type": "項目の組（{ }）ではありません",
    "model_type": "項目の組（{ }）ではありません",
    "model_attributes_type": "項目の組（{ }）ではありません",
}


def field_problem(place: str, reason: str, context: dict[str, object], value: object) -> str:
    if reason.startswith("unknown_section:"):
        return f"記述欄（sections）の「{reason.partition(':')[2]}」は様式にありません。"
    if reason.startswith("duplicate_indicator:"):
        return f"指標の番号（id）「{reason.partition(':')[2]}」が重なっています。"
    if reason.startswith("duplicate_direction:"):
        return f"展開方向の番号「{reason.partition(':')[2]}」が重なっています。"
    if reason == "literal_error":
        problem = f"使えるのは {context.get('expected')} です"
    elif reason in ("greater_than_equal", "less_than_equal"):
        problem = "値が範囲の外です"
    else:
        problem = _FIELD_PROBLEMS.get(reason, "値の種類が違います")
    shown = "" if reason == "missing" or isinstance(value, dict | list) else f"（値：{str(value)[:40]}）"
    return f"{place}：{problem}{shown}。"


# --- index and search


def no_lexical_search(database: str) -> str:
    return (
        f"このデータベース（{database}）では全文検索がまだ使えません。"
        "DATABASE_URL を空にすると、組み込みの SQLite を使います。"
    )


EMBEDDING_NOT_INSTALLED = (
    "EMBEDDING_MODEL のモデルを読むには sentence-transformers が必要です。"
    "pip install shisaku[embedding] で入れるか、EMBEDDING_MODEL を空にしてください。"
)
VECTOR_INDEX_IN_USE = (
    "検索の索引は、動いている別の shisaku が使っています。ことばによる検索はこのまま使えます。"
    "意味による検索も要るときは、そちらの画面を使うか、止めてからもう一度実行してください。"
)


def no_embedding_folder(folder: str) -> str:
    return f"EMBEDDING_MODEL のフォルダ「{folder}」がありません。"


def unusable_embedding(folder: str, reason: str) -> str:
    return f"EMBEDDING_MODEL のフォルダ「{folder}」は、モデルとして読めません（{reason[:200]}）。"


def vector_index_broken(reason: str) -> str:
    return f"意味による検索の索引が使えません（{reason[:200]}）。shisaku reindex で作り直せます。"


def vector_index_incomplete(found: int, kept: int) -> str:
    return f"検索の索引が欠けています（{kept}件のうち{found}件しか返りません）。shisaku reindex で作り直せます。"


# --- values to confirm, chat rows

NO_SUCH_MESSAGE = "その発言や下書きはありません。"


def not_a_figure(written: str) -> str:
    return f"「{written[:40]}」は数値として読めません。"


def not_a_choice(chosen: str) -> str:
    return f"「{chosen[:40]}」はこの場所に入れられません。候補から選んでください。"


def no_such_indicator(key: str) -> str:
    return f"指標 {key} はこのシートにありません。"


def at_place(place: str, problem: str) -> str:
    return f"{place}：{problem} どの値もまだ保存していません。"


# --- requests and chat

EXAMPLE_REQUESTS: tuple[str, ...] = (
    "展開方向1の成果実績を下書きして",
    "取組方針を昨年度にならって下書きして",
    "改善余地のある課題を書いて",
    "数字の整合を確認して",
    "取り巻く状況は昨年度と何が変わった？",
    "ひきこもり支援の課題は他の施策でどう書いている？",
)


def _examples() -> str:
    return "\n".join(f"・{example}" for example in EXAMPLE_REQUESTS)


def unclear_request(text: str) -> str:
    shown = f"「{text[:60]}{'…' if len(text) > 60 else ''}」の" if text else ""
    return f"{shown}ご依頼の内容を読み取れませんでした。次のように書いてください。\n{_examples()}"


def help_reply() -> str:
    return (
        "開いているシートについて、記述欄の下書き、前年度との比較、数値との整合の確認、似た文章の検索ができます。"
        f"下書きは編集欄に入れてから直して保存してください。例：\n{_examples()}"
    )


def what_to_do_with(titles: list[str]) -> str:
    names = "、".join(f"「{title}」" for title in titles)
    return f"{names}をどうしますか。「下書きして」「昨年度と比べて」「数字の整合を確認して」のように書いてください。"


def which_section(titles: list[str]) -> str:
    listed = "\n".join(f"・{title}" for title in titles)
    return f"どの欄を下書きしますか。次の欄から選んで、「成果実績を下書きして」のように書いてください。\n{listed}"


def year_and_section_differ(year: int, title: str, others: list[str]) -> str:
    meant = "".join(f"「{other}」" for other in others)
    if meant:
        differ = f"{wareki(year)}を書く欄は{meant}ですが、ご依頼の言葉は「{title}」を指しています。"
        return differ + "どちらを下書きしますか。"
    return (
        f"「{title}」の年度と、ご依頼の{wareki(year)}が合いません。開いているシートの「{title}」を下書きしますか。"
        f"{wareki(year)}のシートのことであれば、そのシートを開いてから依頼してください。"
    )


# --- answers of the chat

FIGURES_TABLE = "数値の表"
REPLY_FAILED = (
    "回答の途中で問題が起きました。ここまでの内容は残っています。シートの文章は変わっていません。"
    "もう一度送っても直らないときは、管理者に時刻を伝えてください。"
)
ORIGINS_EXPLAINED = (
    "下書きの各文には出どころの印が付いています。「数値」は保存された指標やコストの値、「昨年度」は前年度のシートの文章、"
    "「他シート」はほかの施策の文章、「様式」は見出しや記入欄です。印を押すと、元の値や文章を確認できます。"
)
REVISE_NOT_YET = (
    "文章の言い換えや短縮は、まだできません。編集欄で直していただくか、「成果実績を下書きして」のように欄を指定して"
    "下書きし直してください。"
)


def open_other_sheet(measure: str) -> str:
    return f"「{measure}」のシートを開いてから、そのシートで依頼してください。いま開いているシートは変えていません。"


def no_such_direction(number: int, numbers: list[int]) -> str:
    known = "、".join(str(entry) for entry in numbers)
    return f"展開方向{number}はこのシートにありません。このシートの展開方向は {known} です。"


def drafting(title: str, last_year: int) -> str:
    return f"「{title}」の下書きです。保存された数値と、{wareki(last_year)}のシートの文章をもとにしています。\n"


def drafting_without_last_year(title: str, last_year: int) -> str:
    return f"「{title}」の下書きです。{wareki(last_year)}のシートが保存されていないため、数値だけをもとにしています。\n"


def drafted(figures: int, fill_in: int, confirm: int, problems: int) -> str:
    parts = [f"数値 {figures}か所は保存された値です。" if figures else "数値は含まれていません。"]
    if fill_in:
        parts.append(f"【要記入】が{fill_in}か所あります。")
    if confirm:
        parts.append(f"【要確認】が{confirm}か所あります。")
    if problems:
        parts.append(f"数値との照合で確認が必要な箇所が{problems}か所あります。")
    return "".join(parts) + "確認して直してから、編集欄に入れて保存してください。"


def checked(title: str, counts: dict[str, int]) -> str:
    where = f"「{title}」" if title else "シート全体"
    if not any(counts.values()):
        return f"{where}の記述に、数値と照らし合わせる箇所はありませんでした。"
    return (
        f"{where}の記述と数値を照らし合わせました。一致 {counts['match']}、不一致 {counts['mismatch']}、"
        f"読み方が分かれるもの {counts['ambiguous']}、照合できる値がないもの {counts['unsupported']}。"
    )


def finding_line(place: str, text: str, message: str) -> str:
    return f"・{place}「{text}」：{message}"


def nothing_to_compare(year: int, stored: list[int]) -> str:
    known = "、".join(wareki(entry) for entry in stored)
    rest = f"保存されている以前の年度は {known} です。" if known else "以前の年度のシートを取り込むと比べられます。"
    return f"{wareki(year)}のシートが保存されていないため、比べられません。{rest}"


def no_text_to_compare(title: str) -> str:
    where = f"「{title}」" if title else "どの記述欄も"
    return f"{where}は、どちらかの年度の文章がまだないため、比べられません。"


_CLASS_LABELS = {
    "same": "同じ",
    "years_only": "年度だけ変更",
    "figures_only": "数値だけ変更",
    "reworded": "書き換え",
    "moved": "移動",
    "new": "追加",
    "dropped": "削除",
    "split": "分割",
    "joined": "統合",
}


def class_label(name: str) -> str:
    return _CLASS_LABELS[name]


def compared(title: str, against: int, sentences: list[dict[str, object]], share: object) -> str:
    counts = {name: sum(entry["class"] == name for entry in sentences) for name in _CLASS_LABELS}
    listed = "、".join(f"{_CLASS_LABELS[name]} {count}" for name, count in counts.items() if count)
    return f"・{title}：{wareki(against)}から {listed}（そのままの割合 {float(str(share)):.0%}）"


def nothing_found(query: str) -> str:
    return f"「{query[:60]}」に近い文章は見つかりませんでした。言葉を変えるか、短くしてみてください。"


def found_passages(query: str, count: int) -> str:
    return f"「{query[:60]}」に近い文章を{count}件見つけました。"


def passage_place(measure: str, fiscal_year: int, section: str) -> str:
    return f"{measure} {wareki(fiscal_year)} {section}"


def no_figures(year: str) -> str:
    return f"{year}に当たる数値は保存されていません。" if year else "数値は保存されていません。"


def figures_found(count: int) -> str:
    return f"保存されている数値です（{count}件）。"


def grade_line(label: str, grade: str | None, meaning: str) -> str:
    return f"{label}：{grade}（{meaning}）" if grade else f"{label}：未記入"


def grade_counts(judged: int, met: int, changed: int, better: int) -> str:
    return (
        f"数値から分かること：目標と比べられる成果指標 {judged}のうち達成 {met}、"
        f"前回の値と比べられる成果指標 {changed}のうち向上 {better}。評価は担当者が判断してください。"
    )


# --- commands

NOT_YET = "まだ使えません。"
NO_SHEETS = "シートはまだありません。shisaku import でファイルを取り込んでください。"
TEXT_OR_FILE = "言葉か、1行に1つ書いたファイルの、どちらか一方を指定してください。"
STOPPED = "終了しました。"
DATA_FOLDER = "データの置き場所"
DATABASE = "データベース"
VECTOR_INDEX = "検索の索引（ベクトル）"
EMBEDDING = "埋め込み"
BUILT_IN = "組み込み"
LANGUAGE_MODEL = "言語モデル"
WITHOUT_MODEL = "使わない（組み込みの下書きだけで動きます）"
LLM_NOT_YET = "LLM_MODEL が設定されていますが、言語モデルでの下書きはまだ使えません。組み込みの下書きを使います。"


def not_a_fiscal_year(written: str) -> str:
    return f"「{written}」は年度として読めません。2023、令和5年度、R5 のように指定してください。"


def unknown_section(key: str, known: tuple[str, ...]) -> str:
    return f"「{key}」という欄はありません。使えるのは {'、'.join(known)} です。"


def export_not_available(kind: str) -> str:
    return f"{kind} での書き出しは{NOT_YET}json を指定してください。"


def cannot_open(reason: str) -> str:
    return f"ファイルを開けません（{reason}）。場所と名前を確認してください。"


def cannot_write(path: str, reason: str) -> str:
    return f"{path} に書き込めません（{reason}）。"


def cannot_listen(host: str, port: int) -> str:
    return f"{host} のポート {port} で待ち受けられません。別のプログラムが使っているなら --port で変えてください。"


def serving(address: str, *, demo: bool) -> str:
    lines = [f"{address} で開いています。終了するには Ctrl+C を押してください。"]
    if demo:
        lines.append("見本市（架空）のデータです。この PC からだけ、ログインなしで使えます。")
    return "\n".join(lines)


_STATUS_LABELS = {
    "created": "取り込みました",
    "updated": "更新しました",
    "unchanged": "変更なし",
    "refused": "取り込みませんでした",
}


def status_label(status: str) -> str:
    return _STATUS_LABELS[status]


def import_line(report: "ImportedSheet") -> str:
    head = f"{report.file}：{status_label(report.status)}"
    if report.measure and report.fiscal_year:
        head += f"（{report.measure} {wareki(report.fiscal_year)}）"
    lines = [head]
    if report.reason:
        lines.append(f"  理由：{report.reason}")
    lines += [f"  注意：{warning}" for warning in report.warnings]
    for place in report.to_confirm:
        candidates = "、".join(str(candidate)[:40] for candidate in place.candidates)
        lines.append(f"  要確認：{place.field} 候補 {candidates or 'なし'} {place.note}")
    return "\n".join(lines)


def list_line(summary: "SheetSummary") -> str:
    code = f"{summary.code} " if summary.code else ""
    confirm = f" 要確認{summary.to_confirm}" if summary.to_confirm else ""
    return (
        f"{wareki(summary.fiscal_year)} {code}{summary.measure}（{summary.lead_division or '課名なし'}）"
        f" 記入 {summary.sections_filled}/{summary.sections_total}{confirm}"
    )


_VERDICT_LABELS = {"match": "一致", "mismatch": "不一致", "ambiguous": "要判断", "unsupported": "照合できる値なし"}


def verdict_label(verdict: str) -> str:
    return _VERDICT_LABELS[verdict]


def check_report(result: Any) -> str:
    counts = result.summary
    lines = [
        f"{result.measure} {wareki(result.fiscal_year)}：一致 {counts.match}、不一致 {counts.mismatch}、"
        f"要判断 {counts.ambiguous}、照合できる値なし {counts.unsupported}"
    ]
    for finding in result.findings:
        if finding.verdict in ("mismatch", "ambiguous"):
            lines.append(f"  [{verdict_label(finding.verdict)}] {finding.section}「{finding.text}」 {finding.message}")
    return "\n".join(lines)


def compare_report(against: int, comparison: dict[str, Any]) -> str:
    lines = [f"{wareki(against)}との比較（そのままの割合 {float(comparison['share_unchanged']):.0%}）"]
    for entry in comparison["sentences"]:
        shown = entry["after"] if entry["after"] is not None else entry["before"]
        lines.append(f"[{class_label(entry['class'])}] {shown}")
    return "\n".join(lines)


def reindexed(count: int) -> str:
    return f"索引を作り直しました（{count}件の文）。"


def user_added(login: str) -> str:
    return f"利用者「{login}」を追加しました。"


def password_changed(login: str) -> str:
    return f"利用者「{login}」のパスワードを変えました。"


def user_active(login: str, active: bool) -> str:
    return f"利用者「{login}」を{'使えるようにしました' if active else '使えなくしました'}。"


def user_line(login: str, name: str, role: str, active: bool) -> str:
    return f"{login}（{name}） {role}{'' if active else ' 停止中'}"


def database_state(version: str, sheets: int) -> str:
    return f"使えます（表の版 {version}、シート {sheets}枚）"


def broken(reason: str) -> str:
    return f"使えません（{reason[:200]}）"


def index_state(count: int) -> str:
    return f"使えます（{count}件）"


# --- web: accounts and errors

DEMO_USER = "デモ利用者"
DEMO_ONLY_HERE = (
    "デモは、それを動かしているパソコンのブラウザーからだけ使えます。"
    "http://localhost で始まるアドレスで開いてください。ほかのパソコンから使うときは shisaku serve で動かします。"
)
SIGN_IN_NEEDED = (
    "ログインしていないか、ログインの期限が切れました。入力した文章はこの画面に残っています。"
    "別のタブでログインしてから、もう一度操作してください。"
)
WRONG_PASSWORD = "ログイン名かパスワードが違います。"
FORM_TOO_OLD = (
    "画面を開いたあとにログインし直したため、安全のため受け付けませんでした。何も変更していません。"
    "入力した内容はこの画面に残っています。もう一度同じボタンを押すか、前の画面に戻ってください。"
)


def too_many_guesses(minutes: int) -> str:
    stopped = "パスワードの間違いが続いたため、このログイン名での受付を止めています。"
    return f"{stopped}{minutes}分ほど待ってからお試しください。"


def weak_secret_key(shortest: int) -> str:
    wanted = f"{shortest}文字以上の推測できない文字列にするか、空にしてください（自動で作ります）。"
    return f"SECRET_KEY が短いか、見本のままです。{wanted}"


_ERROR_TITLES = {
    400: "受け付けられませんでした",
    401: "ログインが必要です",
    403: "この場所からは使えません",
    404: "見つかりません",
    405: "その操作はできません",
    409: "先に変更されています",
    413: "ファイルが大きすぎます",
    422: "実行しませんでした",
    429: "しばらくお待ちください",
    501: "まだ使えません",
}


def error_title(status: int) -> str:
    return _ERROR_TITLES.get(status, "エラーが起きました" if status >= 500 else "受け付けられませんでした")


def error_message(status: int) -> str:
    if status == 404:
        return "そのページはありません。アドレスが違うか、なくなりました。シート一覧から開き直してください。"
    if status == 405:
        return "このアドレスは、その方法では開けません。シート一覧から操作し直してください。"
    return "要求を処理できませんでした。何も変更していません。前の画面に戻ってやり直してください。"


def upload_too_large(most_mb: int) -> str:
    return (
        f"送られた内容が上限（{most_mb} MB）を超えています。何も取り込んでいません。"
        "ファイルを分けて送るか、別のファイルを選んでいないか確認してください。"
    )


def unexpected_error(error_id: str) -> str:
    return (
        "プログラムの誤りで処理が止まりました。保存済みの内容は何も変わっていません。"
        f"もう一度試しても同じときは、管理者にこの番号を伝えてください：{error_id}"
    )


# --- checking


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


def check_reading(where: str, stored: str, fits: bool) -> str:
    return f"{where}は{stored}（{'一致' if fits else '不一致'}）"


def check_change(stated: str, where: str, base: str, value: str, base_value: str, change: str) -> str:
    fact = f"{change[:-1]}っています" if change.endswith("回る") else f"{change}です"
    return f"文中は「{stated}」ですが、{where}は{value}、{base}は{base_value}で、{fact}。"


def check_change_match(where: str, base: str, value: str, base_value: str) -> str:
    return f"{where}（{value}）と{base}（{base_value}）から計算した値と一致しています。"


def check_previous_survey(year: int) -> str:
    return f"前年度は実績値がないため、{wareki(year)}と比べています。"


def check_percent_not_points(points: str, rate: str) -> str:
    return f"割合どうしの差は「ポイント」で表します。差は{points}、率にすると{rate}です。"


def check_points_not_unit(unit: str) -> str:
    return f"この指標の単位は{unit}なので、差を「ポイント」で表すことはできません。"


def check_words_match(stated: str, where: str, value: str, base: str, base_value: str) -> str:
    return f"「{stated}」は、{where}（{value}）と{base}（{base_value}）に合っています。"


def check_flat(share: str, points: str) -> str:
    return f"変化が{share}％以内（割合は{points}ポイント以内）を横ばいとしています。"


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


def check_sum(label: str, parts: str, expected: str, stored: str) -> str:
    return f"{label}は{stored}ですが、{parts}を足すと{expected}です。"


def check_sum_ok(label: str, parts: str, stored: str) -> str:
    return f"{label}（{stored}）は{parts}の合計と一致しています。"


def check_flag(flag: str, computed: str, value: str, other: str) -> str:
    return f"評価欄は「{flag}」ですが、実績値{value}と{other}からは「{computed}」です。"


def check_over_hundred(value: str) -> str:
    return f"割合が100％を超えています（{value}）。入力を確かめてください。"


def check_far_value(value: str, neighbour: str) -> str:
    return f"前後の年度（{neighbour}）と桁が違います（{value}）。入力を確かめてください。"


def check_target_direction(earlier: str, later: str, better: str) -> str:
    return f"{better}指標ですが、目標値が{earlier}から{later}へ逆に動いています。"


def check_future_actual(year: int) -> str:
    return f"{wareki(year)}はまだ終わっていない年度ですが、実績値が入っています。"


def check_changed_past(sheet_year: int, before: str, now: str) -> str:
    return f"{wareki(sheet_year)}のシートでは{before}でしたが、このシートでは{now}です。"


# --- web: pages

NOTHING_TYPED = "「書き入れる」を選びましたが、何も書かれていません。"
SECTION_SAVED = "保存しました。"
SECTION_UNCHANGED = "変更はありません。保存済みの文章と同じです。"
MESSAGE_EMPTY = "依頼の内容が空です。文を書いてから送ってください。"
NO_FILE_CHOSEN = "ファイルが選ばれていません。取り込むファイルを選んでください。"
UNKNOWN_ORIGIN = "保存の種類が正しくありません。画面を読み込み直してください。何も保存していません。"
NOTHING_WRITTEN = "この欄にはまだ文章がありません。"


def message_too_long(most: int) -> str:
    return f"依頼が長すぎます（{most}文字まで）。短くして送ってください。"


def section_too_long(most: int) -> str:
    return f"文章が長すぎます（{most}文字まで）。保存していません。入力はこの画面に残っています。"


def values_settled(count: int, left: int) -> str:
    rest = f"残りは{left}か所です。" if left else "確認の要る値はもうありません。"
    return f"{count}か所を確定しました。{rest}"


def stood_unchanged(years: int) -> str:
    return f"{years + 1}年度続けて同じ文" if years > 1 else "昨年度と同じ文"


def year_left(text: str, suggestion: str) -> str:
    return f"「{text}」が昨年度の文のまま残っています。今年度の文であれば「{suggestion}」です。"


def nothing_last_year(year: int) -> str:
    return f"{wareki(year)}のシートに、この欄の文章がありません。以前の年度のシートを取り込むと比べられます。"


def check_polarity_unknown(where: str) -> str:
    return f"{where}は、高いほど良いのか低いほど良いのか記録がないため、達成かどうかを決められません。"


def check_flag_ok(flag: str, value: str, other: str) -> str:
    return f"評価欄の「{flag}」は、実績値{value}と{other}に合っています。"


def check_words(stated: str, where: str, base: str, value: str, base_value: str, right: str) -> str:
    return f"文中は「{stated}」ですが、{where}は{value}、{base}は{base_value}です（正しくは「{right}」）。"


def check_parts(stated: str, total: str, right: bool) -> str:
    if right:
        return f"「{stated}」は、並べた額の合計と一致しています。"
    return f"文中は{stated}ですが、並べた額を足すと{total}です。"


# --- import of text extracted from a PDF

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
