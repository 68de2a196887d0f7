"""Everything the program says to a person outside of templates, in Japanese, once.

Constants where nothing varies, functions where something does. Sections follow the packages.
"""

from corpus.fiscal import wareki

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
    return f"このデータベース（{database}）では全文検索がまだ使えません。DATABASE_URL を空にすると、組み込みの SQLite を使います。"


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
    return f"EMBEDDING_MODEL のフォルダ「{folder}」は sentence-transformers のモデルとして読めません（{reason[:200]}）。"


def vector_index_broken(reason: str) -> str:
    return f"意味による検索の索引が使えません（{reason[:200]}）。shisaku reindex で作り直せます。"


def vector_index_incomplete(found: int, kept: int) -> str:
    return f"意味による検索の索引が欠けています（{kept}件のうち{found}件しか返りません）。shisaku reindex で作り直せます。"


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
        return f"{wareki(year)}を書く欄は{meant}ですが、ご依頼の言葉は「{title}」を指しています。どちらを下書きしますか。"
    return (
        f"「{title}」の年度と、ご依頼の{wareki(year)}が合いません。開いているシートの「{title}」を下書きしますか。"
        f"{wareki(year)}のシートのことであれば、そのシートを開いてから依頼してください。"
    )
