"""The web application: accounts, errors, pages."""

from corpus.fiscal import wareki

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


def suggestion_taken(text: str, suggestion: str) -> str:
    return f"「{text}」を「{suggestion}」に直して保存しました。前の文章は「履歴」に残っています。"


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


NOTHING_TYPED = "「書き入れる」を選びましたが、何も書かれていません。"
SECTION_SAVED = "保存しました。"
SUGGESTION_GONE = (
    "直せませんでした。この欄の文章か数値が、画面を開いた後に変わっています。何も変えていません。"
    "前の画面に戻り、読み込み直して、もう一度確かめてください。"
)
SUGGESTION_GONE_SHOWN = (
    "直しませんでした。この欄の文章か数値が、画面を開いた後に変わっていました。何も変えていません。"
    "今の文章と数値で確かめた結果を下に表示しています。だれが変えたかは「履歴」と「変更の記録」で分かります。"
)
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
    rest = f"残りは{left}か所です。" if left else "要確認の値はもうありません。"
    return f"{count}か所を確定しました。{rest}"


def stood_unchanged(years: int) -> str:
    return f"{years + 1}年度続けて同じ文" if years > 1 else "昨年度と同じ文"


def year_left(text: str, suggestion: str) -> str:
    return f"「{text}」が昨年度の文のまま残っています。今年度の文であれば「{suggestion}」です。"


def nothing_last_year(year: int) -> str:
    return f"{wareki(year)}のシートに、この欄の文章がありません。以前の年度のシートを取り込むと比べられます。"


def check_polarity_unknown(where: str) -> str:
    return f"{where}は、高いほど良いのか低いほど良いのか記録がないため、達成かどうかを決められません。"


def check_words(stated: str, where: str, base: str, value: str, base_value: str, right: str) -> str:
    return f"文中は「{stated}」ですが、{where}は{value}、{base}は{base_value}です（正しくは「{right}」）。"


def check_parts(stated: str, total: str, right: bool) -> str:
    if right:
        return f"「{stated}」は、並べた額の合計と一致しています。"
    return f"文中は{stated}ですが、並べた額を足すと{total}です。"
