"""What is said about a passage that was marked in an editor, to be put in other words."""

STATUS_REWRITING = "選んだ文の書き直し方を考えています…"

NO_SELECTION = "書き直す文が選ばれていません。編集欄で文を選んでから、もう一度頼んでください。"
SELECTION_GONE = "選んだ文の場所が、編集欄の文章と合いません。文を選び直して、もう一度頼んでください。"


def selection_too_long(most: int) -> str:
    return f"編集欄の文章が長すぎます（{most:,}字まで）。"


SELECTIONS_POSSIBLE = (
    "この書き直しは、言語モデルがないとできません。選んだ文には、言語モデルがなくても次のことができます。\n"
    "・短くする\n"
    "・である調、です・ます調にする\n"
    "・（言葉）に触れる（記録にある事柄だけ）"
)
NOT_SHORTER_BY_RULES = (
    "決まった書き換えでは、選んだ文をこれ以上短くできません。"
    "目標に届かなかった指標の記述や【要記入】【要確認】のある文は残しています。"
)
NO_ENDING_TO_CHANGE = "選んだ所に、語尾を改める文がありません。文の終わりの「。」まで選んでください。"
CHANGED_BY_RULES = "選んだ文の書き直しの案です。"
WORDS_TO_MENTION_MISSING = "何に触れるかを、言葉で書いてください。"
REWRITTEN_WRONGLY = "書き直すと記録の数値と合わない文になるため、案を出していません。"


def selection_mentioned(words: str, count: int) -> str:
    return f"「{words}」について、保存された記録から{count}文を加える案です。"


def selection_mentions_already(words: str) -> str:
    return f"「{words}」について保存されている記録は、すでにこの欄の文章に入っています。"


ASK_OTHERWISE = "選ぶ文を短くするか、頼み方を変えてみてください。"
_UNANSWERED = {
    "unreachable": "つながりませんでした",
    "timeout": "返事が時間内に終わりませんでした",
    "empty": "空の返事が返りました",
    "endless": "返事が終わらないため打ち切りました",
    "broken": "接続が途中で切れました",
    "stopped": "途中で止めました",
}


def selection_unanswered(name: str, outcome: str) -> str:
    """``outcome``: how the call of the model ended."""
    return f"言語モデル「{name}」の答えを得られませんでした（{_UNANSWERED[outcome]}）。"


def selection_too_long_to_send(most: int) -> str:
    return f"選んだ所が{most:,}字を超えるため、言語モデルには頼んでいません。"


def selection_by_model(name: str) -> str:
    return f"選んだ文の書き直しの案です。言語モデル「{name}」の言い回しで、数値や固有の名前は元のままです。"


def selection_left_by_model(name: str) -> str:
    return f"言語モデル「{name}」の答えは、数値や内容が元の文と合わなかったため使っていません。"


def unchanged_by_model(name: str) -> str:
    return f"言語モデル「{name}」は、元の文のままでよいと答えました。"


def selection_partly(count: int) -> str:
    return f"ほかの{count}行は、答えが元の文と合わなかったため、そのままにしています。"


def suggestion_told(before: str, after: str) -> str:
    return f"\n元の文：{before}\n書き直し：{after}\n"


SUGGESTED_BY_RULES = "言語モデルを使わない、決まった書き換えです。"


def suggested_by(name: str) -> str:
    return f"言い回しは言語モデル「{name}」です。"


def suggested_length(before: int, after: int) -> str:
    return f"{before}字→{after}字。"
