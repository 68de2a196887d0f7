"""The city's own terms."""

TERMS_NO_TABLE = "貼り付けた内容を表として読めません。Excel の2列（市のことば・意味）をそのままコピーしてください。"


def term_unfit(word: str) -> str:
    return (
        f"「{word[:20]}」の行を保存できません。市のことばと意味はどちらも必要で、60文字までです（記号だけのことばは使えません）。"
        "何も保存していません。"
    )


def term_for_itself(word: str) -> str:
    return f"「{word}」の意味が同じことばになっています。どちらかを直してください。何も保存していません。"


def term_twice(word: str, one: str, other: str) -> str:
    return f"「{word}」の意味が2つあります（「{one}」と「{other}」）。どちらか1つにしてください。何も保存していません。"


def too_many_terms(most: int) -> str:
    return f"市のことばは{most}語までです。何も保存していません。"


def terms_row_short(number: int) -> str:
    return f"表の{number}行目は、市のことばと意味の2列になっていません。何も保存していません。"


def terms_saved(count: int, added: int) -> str:
    return f"保存しました。市のことばは{count}語です" + (f"（表から{added}語を追加）。" if added else "。")
