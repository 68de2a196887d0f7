"""Language models: what is said in the chat, on the page 「言語モデル」, on drafts and in the log of calls."""

NO_CONSENT = (
    "設定されている言語モデルは外部にあり、使ってよいという確認がまだないため、何も送らずにお答えします。"
    "使うには、「言語モデル」のページで送る内容を見て、確認してください。"
)
KEPT_INSIDE = (
    "このシート、または引き継いでいる前の年度のシートに「外部モデルに送らない」の印があるため、"
    "外部の言語モデルには何も送らずにお答えします。"
)
NOT_ALLOWED_ANY_MORE = (
    "書いている間に、市の確認が取り消されたか、シートに「外部モデルに送らない」の印が付いたため、続きは送っていません。"
)
NOT_YOURS_TO_AGREE = "この確認ができるのは、ログインしている人だけです。何も変えていません。"

_FAILURES: dict[str, tuple[str, str]] = {
    "unreachable": (
        "につながりませんでした",
        "続くときは、モデルのサーバーが動いているかを管理者に確かめてください。",
    ),
    "timeout": (
        "の返事が時間内に終わりませんでした",
        "混んでいるときは、しばらく待ってからもう一度頼んでください。",
    ),
    "empty": ("から空の返事が返りました", "続くときは、モデルの設定を管理者に確かめてください。"),
    "endless": ("の返事が終わらないため、打ち切りました", "続くときは、別のモデルを使うことも考えてください。"),
    "broken": (
        "との接続が途中で切れました",
        "もう一度頼むと、はじめから書き直します。続くときは、管理者に時刻を伝えてください。",
    ),
    "stopped": ("を途中で止めました", "もう一度頼むと、はじめから書き直します。"),
}


def model_failed(name: str, outcome: str, kept: int, why: str = "") -> str:
    """``kept``: lines in the model's words that stay. ``outcome``: of ``CallOutcome``, other than done.

    ``why``: what the connection says of it, for who looks after the settings.
    """
    happened, to_do = _FAILURES[outcome]
    rest = f"届いた{kept}行は残し、ほかは組み込みの作文の文です。" if kept else "下書きはすべて組み込みの作文の文です。"
    if why and outcome != "stopped":
        why = f"管理者の方へ：{why}"
    return f"言語モデル「{name}」{happened}。{rest}{why or to_do}"


MODEL_CLOSED = "プログラムを終えるため、言語モデルの返事を待つのをやめました。"


def model_given_up(name: str) -> str:
    return (
        f"言語モデル「{name}」の文は、数値や内容が元の記録と合わないなどの理由で、続けて使えませんでした。"
        "残りの行はモデルに頼まず、組み込みの作文の文のままです。"
    )


def written_by(model: str, written: int, composer: int) -> str:
    """``written``: lines in the model's words; ``composer``: lines that were sent but stay in the composer's."""
    if not written:
        return (
            f"言語モデル「{model}」の文に、元の記録と照らし合わせて使えるものがなかったため、"
            "下書きはすべて組み込みの作文の文です。"
        )
    left = f"{composer}行は、言い換えがないか記録と合わなかったため、組み込みの作文の文です。" if composer else ""
    return f"{written}行を言語モデル「{model}」が言い換えました。{left}数値はどの行も保存された値です。"


def writer_of(model: str) -> str:
    """Who wrote a draft, for its head."""
    return f"言語モデル：{model}"


def written_by_prompts(prompts: str) -> str:
    """``prompts``: 「write@1,mend@1」."""
    return f"プロンプト（版）：{prompts.replace(',', '、')}"


def model_share(by_model: int, sentences: int) -> str:
    """The legend of a draft: how many of its sentences (headings left out) a model wrote."""
    return f"{sentences}文のうち{by_model}文が、このモデルの言い回しです（「言語モデル」の印の文）。"


def origin_model(name: str) -> str:
    """What is said of a sentence in a model's words."""
    called = f"「{name}」" if name else ""
    return f"言語モデル{called}が書いた言い回しです。数値と年度は、保存された値をこのプログラムが入れました。"


def where_it_is(outside: bool) -> str:
    return "外部" if outside else "内部"


_OUTCOMES = {
    "done": "完了",
    "stopped": "中止",
    "unreachable": "接続できず",
    "timeout": "時間切れ",
    "empty": "空の返事",
    "endless": "打ち切り",
    "broken": "途中で切断",
}


def call_outcome(name: str) -> str:
    return _OUTCOMES[name]


_PROMPTS = {
    "write": "下書き",
    "mend": "書き直し",
    "choose": "依頼の読み取り",
    "choose_again": "依頼の読み取り（確かめ）",
    "choose_section": "依頼の欄の読み取り",
    "edit": "選んだ文の書き直し",
}


def call_purpose(prompt: str) -> str:
    """What a call was for; a prompt without a word of its own is called by its name."""
    return _PROMPTS.get(prompt, prompt)


CALL_COLUMNS: tuple[str, ...] = (
    "日時",
    "だれが",
    "施策",
    "年度",
    "モデル",
    "提供元",
    "送り先",
    "場所",
    "プロンプト",
    "送った文字数",
    "受け取った文字数",
    "秒",
    "最初の文字までの秒",
    "結果",
    "送った内容",
    "返事",
)
CALLS_FILE = "言語モデルの記録.csv"
MODEL_AGREED = "使うことを確認しました。次の依頼から、このモデルに送ります。"
MODEL_WITHDRAWN = "確認を取り消しました。これから先は、このモデルに何も送りません。"
MODEL_CHANGED = (
    "画面を開いた後にモデルの設定が変わりました。何も変えていません。今の設定を見て、もう一度決めてください。"
)
KEPT_INSIDE_NOW = "このシートの文章は、外部の言語モデルに送りません。"
LET_OUT_NOW = "このシートの文章を、市が確認した外部の言語モデルに送れるようにしました。"
