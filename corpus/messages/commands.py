"""The ``shisaku`` commands."""

from typing import Any

from corpus.fiscal import wareki
from corpus.messages.chatting import class_label

NOT_YET = "まだ使えません。"
NO_SHEETS = "シートはまだありません。shisaku import でファイルを取り込んでください。"
TEXT_OR_FILE = "言葉か、1行に1つ書いたファイルの、どちらか一方を指定してください。"
NO_TERMINAL_FOR_PASSWORD = "パスワードを入力する画面がありません。--password-stdin を付けて標準入力から渡してください。"
STOPPED = "終了しました。"
DATA_FOLDER = "データの置き場所"
DATABASE = "データベース"
VECTOR_INDEX = "検索の索引（ベクトル）"
EMBEDDING = "埋め込み"
LANGUAGE_MODEL = "言語モデル"
WITHOUT_MODEL = "使わない（組み込みの下書きだけで動きます）"


def not_a_fiscal_year(written: str) -> str:
    return f"「{written}」は年度として読めません。2023、令和5年度、R5 のように指定してください。"


def unknown_section(key: str, known: tuple[str, ...]) -> str:
    return f"「{key}」という欄はありません。使えるのは {'、'.join(known)} です。"


def unknown_division(name: str, known: tuple[str, ...]) -> str:
    return f"主管課が「{name}」のシートはありません。ある主管課：{'、'.join(known) or 'なし'}"


def unknown_measure(measure: str) -> str:
    return f"施策「{measure}」はありません。shisaku list で一覧を確認してください。"


def export_not_available(kind: str) -> str:
    return f"{kind} での書き出しは{NOT_YET}json を指定してください。"


FILE_NOT_FOUND = "ファイルがありません"
IS_A_FOLDER = "フォルダーです"
NO_PERMISSION = "読む権限がありません"


def unexpected_command_error(technical: str) -> str:
    return (
        f"予期しない問題が起きたため、止めました。保存済みのシートはそのままです。（{technical[:300]}）\n"
        "同じことが続くときは、環境変数 LOG_LEVEL=DEBUG を付けてもう一度実行し、表示を管理者に伝えてください。"
    )


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


def import_head(file: str, status: str, measure: str | None, fiscal_year: int | None) -> str:
    which = f"（{measure} {wareki(fiscal_year)}）" if measure and fiscal_year else ""
    return f"{file}：{status_label(status)}{which}"


def import_reason(reason: str) -> str:
    return f"  理由：{reason}"


def import_warning(warning: str) -> str:
    return f"  注意：{warning}"


def import_place(label: str, candidates: list[str]) -> str:
    listed = "、".join(candidate[:40] for candidate in candidates)
    return f"  要確認：{label} 候補 {listed or 'なし'}"


def list_line(
    code: str | None, measure: str, fiscal_year: int, division: str | None, filled: int, total: int, to_confirm: int
) -> str:
    name = f"{code} {measure}" if code else measure
    confirm = f" 要確認{to_confirm}" if to_confirm else ""
    return f"{wareki(fiscal_year)} {name}（{division or '課名なし'}） 記入 {filled}/{total}{confirm}"


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
    for place in comparison["years_left"]:
        lines.append(f"[年度が{wareki(against)}のシートのまま] {place['text']} → {place['suggestion']}？")
    for entry in comparison["sentences"]:
        shown = entry["after"] if entry["after"] is not None else entry["before"]
        lines.append(f"[{class_label(entry['class'])}] {shown}")
    return "\n".join(lines)


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
