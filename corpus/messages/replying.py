"""What a reply says while it is made, about a revised draft, and about what a sentence rests on."""

STATUS_READING = "ご依頼を読んでいます…"
STATUS_GATHERING = "昨年度の文章と今年度の数値を集めています…"
STATUS_PLANNING = "書く事柄と順番を決めています…"
STATUS_WRITING = "文章を書いています…"


def status_model(name: str) -> str:
    return f"言語モデル「{name}」が文章を書いています。数値は記号に置き換えて渡し、書けた行から照らし合わせています…"


def status_choosing(name: str) -> str:
    return f"言語モデル「{name}」がご依頼を読んでいます…"


STATUS_REVISING = "前の下書きを直しています…"
STATUS_VERIFYING = "書いた文章を数値と照らし合わせています…"
STATUS_BESIDE = "似た文章を探しています…"
_STATUS_ANSWERING = {
    "check": "シートの記述と数値を照らし合わせています…",
    "compare": "二つの年度の文章を比べています…",
    "find": "文章を探しています…",
    "figures": "保存された数値を調べています…",
    "explain": "下書きの根拠を調べています…",
}
_STATUS_OTHER = "回答を用意しています…"


def status_answering(action: str) -> str:
    return _STATUS_ANSWERING.get(action, _STATUS_OTHER)


# --- revising the last draft

CHANGES_POSSIBLE = (
    "次の直し方ができます。\n"
    "・短くして／詳しくして\n"
    "・2つ目を削除して／1つ目と2つ目を入れ替えて／3つ目を最初にして\n"
    "・達成した指標から順に並べて／展開方向の順に並べて\n"
    "・箇条書きにして／文章にして\n"
    "・である調にして／です・ます調にして\n"
    "・（言葉）に触れて\n"
    "文の言い換えは、編集欄で文を選んで頼めます。"
)


def no_draft_to_revise(title: str) -> str:
    if title:
        return f"「{title}」の下書きがまだありません。先に「{title}を下書きして」と頼んでください。"
    return "直す下書きがまだありません。先に「成果実績を下書きして」のように頼んでください。"


def revised(title: str) -> str:
    return f"「{title}」の下書きを直しました。前の下書きも上に残っています。\n"


def shortened(before: int, after: int) -> str:
    return f"{before}字から{after}字に短くしました。目標に届かなかった指標の記述と【要記入】【要確認】は残しています。"


NOT_SHORTER = "これ以上は短くできません。目標に届かなかった指標の記述や【要記入】【要確認】のある文は残しています。"


def still_over(after: int) -> str:
    return f"{after}字までしか短くできませんでした。目標に届かなかった指標の記述などを残しているためです。"


def lengthened(count: int) -> str:
    return f"保存された記録から{count}文を加えました。"


NOTHING_MORE = "加えられる記録がもう保存されていません。数値や「その年度の事実」を入れると、書ける事柄が増えます。"


def no_such_item(numbers: list[int], count: int) -> str:
    named = "、".join(f"{number}つ目" for number in numbers)
    return f"{named}はありません。この下書きは{count}項目です。"


def which_items(count: int, example: str) -> str:
    return f"どの項目ですか。1つ目から{count}つ目までの番号で「{example}」のように書いてください。"


OTHER_DIRECTION = "見出しの違う項目は入れ替えていません。同じ見出しの中で入れ替えられます。"
FIRST_UNDER_HEADING = "見出しの中の最初に移しました。"
NOTHING_TO_DROP = "すべての項目を削ることはできません。"
ALREADY_SO = "下書きはすでにそのとおりです。"
WHICH_ORDER = (
    "どの順に並べますか。「達成した指標から順に」「未達成の指標から順に」「展開方向の順に」のように書いてください。"
)


def endings_left(sentences: list[str]) -> str:
    listed = "\n".join(f"・{sentence}" for sentence in sentences)
    return f"次の文は、語尾の形を決められないため、そのままにしました。\n{listed}"


def mentioned(words: str, count: int) -> str:
    return f"「{words}」について、保存された記録から{count}文を加えました。"


def nothing_to_mention(words: str) -> str:
    return (
        f"「{words}」について、指標にも「その年度の事実」にも昨年度の文章にも記録がないため、加えていません。"
        "「その年度の事実」に書き留めると、下書きに使われます。"
    )


def already_mentioned(words: str) -> str:
    return f"「{words}」について保存されている記録は、すでに下書きに入っています。"


# --- what a sentence rests on

ORIGIN_FORM = "様式の見出し、または人が書き入れる場所です。"
UNNAMED_GAP = "昨年度の文のこの所に入る今年度の数値"
_WHERE = {
    "figures": "「数値」のページで入れると、下書きに使われます。",
    "facts": "「その年度の事実」に書き留めると、下書きに使われます。",
    "text": "記録から決められないので、編集欄で書き入れてください。",
}


def gap_line(what: str, where: str) -> str:
    return f"{missing(what)}。{_WHERE[where]}"


def missing(what: str) -> str:
    return f"足りないもの：{what}"


def where_to_enter(where: str) -> str:
    return _WHERE[where]


def figure_origin(name: str, year: str, series: str, value: str) -> str:
    return f"数値：{' '.join(part for part in (f'「{name}」', year, series) if part)} {value}".rstrip()


def note_origin(year: str, text: str) -> str:
    return f"{year}の事実：「{text}」"


def text_origin(measure: str, year: str, place: str, text: str) -> str:
    return f"{' '.join(part for part in (measure, year, place) if part)}の文章：「{text}」"


def sentence_asked_about(text: str) -> str:
    return f"「{text.lstrip('・◆〇○●◎■□※－-')}」"


def no_such_sentence(title: str) -> str:
    return f"「{title}」の下書きに、お尋ねの文や数値は見つかりませんでした。"


def grounds_of(title: str, shown: int, count: int) -> str:
    more = f"{count}文のうち、はじめの{shown}文の" if shown < count else ""
    return f"「{title}」の下書きの{more}根拠です。"
