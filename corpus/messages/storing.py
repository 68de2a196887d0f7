"""Accounts, stored sheets, values to confirm, the rows of the chat."""

from corpus.fiscal import wareki

BAD_ACCOUNT = "ログイン名が空か、役割が正しくありません。役割は writer、reviewer、admin のいずれかです。"


def password_too_short(shortest: int) -> str:
    return f"パスワードは{shortest}文字以上にしてください。"


def login_in_use(login: str) -> str:
    return f"ログイン名「{login}」はすでに使われています。"


def no_such_user(login: str) -> str:
    return f"ログイン名「{login}」の利用者はいません。"


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


NO_SUCH_MESSAGE = "その発言や下書きはありません。"


def not_a_figure(written: str) -> str:
    return f"「{written[:40]}」は数値として読めません。"


def not_a_choice(chosen: str) -> str:
    return f"「{chosen[:40]}」はこの場所に入れられません。候補から選んでください。"


def sources_exceed_total(fiscal_year: int, sources: str, total: str) -> str:
    return (
        f"{wareki(fiscal_year)}の財源内訳の合計（{sources}千円）が、事業費計(A)（{total}千円）を超えます。"
        "同じ数値を2つの欄に入れていないか確認してください。どの値もまだ保存していません。"
    )


NOTHING_SAVED = "どの値もまだ保存していません。"
NO_SUCH_ACT = "その変更の記録はありません。"
ALREADY_UNDONE = "その変更はすでに取り消されています。"
CHANGED_MEANWHILE = (
    "ほかの人が同時にこのシートを保存しました。どの値もまだ保存していません。"
    "画面を読み込み直して、もう一度入力してください。"
)
NAME_IS_IDENTITY = (
    "番号のない施策の名称は、ここでは変えられません。名称の変わった施策は新しいシートとして作り、"
    "「年度間のつながり」で前の施策と結び付けてください。"
)


def no_such_place(path: str) -> str:
    return f"「{path}」という場所はこのシートにありません。どの値もまだ保存していません。"


def stale_places(labels: list[str], more: int) -> str:
    rest = f" ほか{more}か所" if more > 0 else ""
    return (
        f"入力している間に、ほかの人が同じ場所を変えました（{'、'.join(labels)}{rest}）。"
        "上書きはしていません。今の値を確かめて、もう一度入力してください。"
    )


def at_place(place: str, problem: str) -> str:
    return f"{place}：{problem} どの値もまだ保存していません。"


# --- database


def cannot_make_home(path: str) -> str:
    return f"データの置き場所（SHISAKU_HOME）{path} を作れません。場所と書き込みの権限を確認してください。"


def cannot_open_database(address: str) -> str:
    return (
        f"データベース（{address}）を開けません。ファイルが壊れているか、データベースではないか、ほかの処理が使っています。"
        "何も変更していません。"
    )
