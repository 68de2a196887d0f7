"""Requests told back: what is about to be done, and what is asked back with the two likeliest readings."""

from collections.abc import Sequence

REQUEST_HELP = "使い方を教えて"


REQUEST_REWORD = "前の下書きの言い方を変えて"
REQUEST_SHORTER = "前の下書きを短くして"


def request_draft(section: str) -> str:
    return f"{section}を下書きして"


def request_direction(number: int) -> str:
    return f"展開方向{number}の"


def request_last_year(section: str, direction: int | None) -> str:
    return f"昨年度の{request_direction(direction) if direction else ''}{section}を見せて"


def which_of_two(options: Sequence[str]) -> str:
    return f"「{options[0]}」、それとも「{options[1]}」、のどちらですか。"


def doubtful_draft(titles: Sequence[str]) -> str:
    names = "と".join(f"「{title}」" for title in titles)
    return f"{names}の下書きのように読めますが、確かではないので、まだ書いていません。"


def number_and_word_differ(titles: Sequence[str]) -> str:
    names = "と".join(f"「{title}」" for title in titles)
    return f"番号と欄の名前が別の欄（{names}）を指しています。"


_READ_AS = {
    "draft": "欄の文章の下書き",
    "revise": "前の下書きの直し",
    "compare": "昨年度の文章との比較",
    "check": "文章に誤りがないかの点検",
    "find": "過去の文章や他の施策の文章の検索",
    "figures": "指標や費用の数値の確認",
    "grade": "評価と達成の度合いの確認",
    "explain": "下書きの根拠の確認",
    "help": "使い方の確認",
}


def model_read(action: str, section: str = "") -> str:
    """How a language model read a request that was carried out, or is about to be asked back. Ends its line."""
    kind = _READ_AS[action]
    return f"言語モデルは、ご依頼を「{section + 'の下書き' if section else kind}」と読みました。\n"


def model_read_only(action: str, section: str = "") -> str:
    """What is said where the model read a request to write: a person decides."""
    return f"{model_read(action, section)}確かではないので、まだ何も書いていません。"


_CHANGES = {
    "shorter": "短くし",
    "longer": "詳しくし",
    "order": "並べ直し",
    "bullets": "箇条書きにし",
    "prose": "文章の形にし",
    "plain": "である調にし",
    "polite": "です・ます調にし",
    "reword": "言い換え",
}


def _item_told(item: int) -> str:
    if item == -1:
        return "最後"
    return f"下から{-item}番目" if item < 0 else f"{item}番目"


def change_told(kind: str, items: Sequence[int], words: str, where: str) -> str:
    """A change of the last draft as a clause; ``where``: 「（6(1) 課題）」 or ""."""
    named = "と".join(_item_told(item) for item in items)
    draft = f"前の下書き{where}"
    match kind:
        case "drop":
            return f"{draft}の{named}を除きます"
        case "swap":
            return f"{draft}の{named}を入れ替えます"
        case "first":
            return f"{draft}の{named}を先頭に移します"
        case "mention":
            return f"{draft}で「{words}」に触れます"
        case _:
            return f"{draft}を{_CHANGES[kind]}ます"


def understood_part(
    action: str, *, year: str, measure: str, section: str, direction: int | None, against: str, topic: str
) -> str:
    """One wish as a clause without its full stop. ``year``, ``against``: 「令和6年度」; "" for what is not named."""
    owner = f"「{measure}」の" if measure else ""
    sheet = f"{owner}{year}シート" if year else f"{owner}シート" if measure else ""
    place = "、".join(part for part in (section, f"展開方向{direction}" if direction else "") if part)
    where = "の".join(part for part in (sheet, place) if part)
    owned = f"{where}の" if where else ""
    match action:
        case "draft":
            return f"{where}を{f'{against}にならって' if against else ''}下書きします"
        case "compare":
            return f"{where}を{against or '前年度'}と比べます"
        case "check":
            return f"{owned}記述と数値を照らし合わせます"
        case "find" if topic:
            return f"{f'{place}から' if place else ''}「{topic[:60]}」に近い文章を探します"
        case "find":
            return f"{owned}文章を出します"
        case "figures":
            return f"{owned}保存された数値を{f'{against}と並べて' if against else ''}調べます"
        case "grade":
            return f"{owned}評価と、数値から分かることを示します"
        case _:
            return "下書きの根拠を示します"


def understood(parts: Sequence[str]) -> str:
    """The clauses as sentences, one behind the other."""
    return "。続けて、".join(parts) + "。"
