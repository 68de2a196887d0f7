"""Staff's jottings as official sentences: 「…を112件作成」 → 「…を112件作成した。」.

Only endings change, and only where a rule is sure of the grammar; every other wording stays as it was jotted. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.verb_forms import as_polite
from corpus.dates import show_date
from corpus.fiscal import FULL_WIDTH_DIGITS
from corpus.items import split_sentences

Tense = Literal["past", "future", "state"]
"""past: a deed; future: a plan; state: how things are elsewhere."""

_ACTS = (
    "実施|開催|開始|開設|開講|開所|開園|開館|開校|設置|設立|設定|設計|策定|作成|制定|改定|改正|改訂|改修|改築|更新|整備|建設|新設|"
    "増設|配置|配布|配付|配備|配信|派遣|導入|支援|補助|助成|支給|交付|給付|貸与|訪問|巡回|調査|検討|検証|点検|確認|把握|分析|評価|"
    "試行|運用|運営|管理|委託|締結|協議|調整|連携|周知|啓発|公表|公開|公募|募集|発行|発信|提供|提出|提案|紹介|案内|説明|指導|助言|"
    "育成|養成|認定|指定|採用|増員|拡充|拡大|強化|推進|促進|改善|統合|廃止|着手|再開|継続|追加|変更|延長|移転|撤去|購入|取得|確保|"
    "回収|収集|処理|施工|修繕|表彰|任命|委嘱|選定|決定|報告|要請|対応|協力|企画|活用|掲載|設営|植栽|清掃|譲与|貸付|負担|支出|登録|"
    "検査|測定|測量|診断|研究|受理|受付|選任|交渉|審査|搬送|発送|回覧|上映|展示|植樹|除草|除雪|視察|出展|放送|製作|制作|配送|輸送|解体|補修|舗装|交換|接続|改良|引上げ|引下げ"
)
"""What a division does: 「…の点検」 is something to be carried out (を行った)."""
_CHANGES = (
    "参加|就職|回答|利用|完了|終了|修了|受講|移行|達成|成立|発足|竣工|完成|着工|申請|減少|増加|上昇|低下|発生|解消|入所|入園|卒業|合格|"
    "加入|加盟|転入|転出|来場|来館|可決|議決|稼働|定着|出席|応募|受賞|同席|参画|入居|退所|開通|開業|結成|向上|悪化|縮小|中止|休止"
)
"""What happens: a verb with する, but never 「…の増加を行った」."""
_RAISED = "質問|要望|意見|指摘|声|申出|申し出|問合せ|問い合わせ|提言|陳情|請願|苦情|要請|評価|答申|提案|質疑"
_COUNTED = r"[0-9０-９][0-9０-９,，.．]*(?:[万億千]|か|ヶ|ヵ|箇)?[^\s、。ぁ-ん0-9０-９（）「」]{0,4}"
_PARTICLE = (
    r"(?:を|(?<![ぁ-ん])(?:に|が|で|と|へ|は|も|から|より|まで)|により|によって|として|とともに|(?:など|づくり)[をにが]|"
    r"どおり|とおり|新たに|併せて|[しり](?=[0-9０-９]))"
)
_BETWEEN = rf"(?:(?:延べ|計|約)?{_COUNTED}|毎年度?|毎[月週回日]|随時|順次|通年|全[戸校市域]|本格?|一部|再度?|全て)?"
_ACT_END = re.compile(rf"{_PARTICLE}{_BETWEEN}(?:{_ACTS}|{_CHANGES}|[一-龠ァ-ヶー]化)$")
_ACT_AT_TIMES = re.compile(rf"^(?:毎年度?|毎[月週日]|通年|随時)(?:{_ACTS})$")
_ACT_AGAIN = re.compile(rf"[しりえけせてめべび]、{_COUNTED}(?:{_ACTS}|{_CHANGES})$")
"""「…を設置し、2回開催」: the object stands in the clause before."""
_NOUN_OF_ACT = re.compile(rf"(?:の|への|での|との|による|に係る|に関する)(?:{_ACTS})$")
_RAISED_END = re.compile(rf"(?:と|と|へ|から|について|に関する|に対する)の?(?:一般|代表)?(?:{_RAISED})$")
_COUNT_END = re.compile(
    rf"(?:は|が|も)[^、]*?(?:約|延べ|計|累計|全体の)?(?:{_COUNTED}|のみ|のみの{_COUNTED})(?:以上|程度|強|弱|余り)?$"
)
_STATUS_END = re.compile(r"(?:済み|未設置|未実施|未定|予定|見込み|とおり|のみ)$")
_VERB_END = re.compile(r"(?:[うくぐすつぬぶむる]|[たいだ]|ます|です|ません|べき)$")
_NO_VERB_END = re.compile(
    r"(?:話合い|手伝い|見習い|支払い|見舞い|立会い|違い|集い|願い|問い|扱い|つどい|あいさつ|ふるまい|居場所づくり)$"
)
_BRACKET = re.compile(r"(?P<bracket>（[^（）]*）|\([^()]*\))$")
_RUN = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_HALF = FULL_WIDTH_DIGITS | str.maketrans("．，", ".,")
_LONG_CLAUSE = 24
_BEGINS = re.compile(r"^[・〇○◆■□●◎※\-－\s　]+")
_MONTH = re.compile(r"[0-9０-９一二三四五六七八九十]月(?!まで)")

_ENDINGS: dict[Tense, dict[str, str]] = {
    "past": {"act": "した", "noun": "を行った", "raised": "があった", "count": "であった", "status": "である"},
    "future": {"act": "する", "noun": "を行う", "raised": "がある", "count": "とする", "status": "である"},
    "state": {"act": "している", "noun": "を行っている", "raised": "がある", "count": "である", "status": "である"},
}


@dataclass(frozen=True)
class Phrase:
    """An official sentence without its full stop; ``finished``: it ends as a sentence does, not as a bare noun."""

    text: str
    finished: bool


def official(text: str, tense: Tense) -> tuple[Phrase, ...]:
    """The sentences of a note, each ended officially where a rule is sure, else as jotted."""
    return tuple(_ended(sentence, tense) for sentence in sentences(text))


def sentences(text: str) -> tuple[str, ...]:
    """The note's sentences without item marks and full stops."""
    parts = (text[start:end] for start, end in split_sentences(text))
    bare = (_BEGINS.sub("", part).rstrip("。．. 　") for part in parts)
    return tuple(part for part in bare if part)


def ends_as_verb(words: str) -> bool:
    """Whether ``words`` end in a verb or adjective, so that a full stop may follow."""
    bracket = _BRACKET.search(words)
    body = words[: bracket.start()] if bracket else words
    return _VERB_END.search(body) is not None and _NO_VERB_END.search(body) is None


def ends_as_act(words: str) -> bool:
    """Whether ``words`` end in a noun that する makes a verb, with its object before it: 「会議を開催」."""
    clause = words[words.rfind("、") + 1 :]
    return _ACT_END.search(clause) is not None or _ACT_AGAIN.search(words) is not None


def _ended(sentence: str, tense: Tense) -> Phrase:
    sentence = _joined_clauses(sentence)
    if ends_as_verb(sentence):
        return Phrase(sentence, True)
    bracket = _BRACKET.search(sentence)
    body, tail = (sentence[: bracket.start()], bracket["bracket"]) if bracket else (sentence, "")
    clause = body[body.rfind("、") + 1 :]
    endings = _ENDINGS[tense]
    if ends_as_act(body):
        return Phrase(body + endings["act"] + tail, True)
    if _RAISED_END.search(clause):
        return Phrase(body + endings["raised"] + tail, True)
    if _NOUN_OF_ACT.search(clause):
        return Phrase(body + endings["noun"] + tail, True)
    if _COUNT_END.search(clause):
        return Phrase(body + endings["count"] + tail, True)
    if _STATUS_END.search(clause):
        return Phrase(body + endings["status"] + tail, True)
    return Phrase(sentence, False)


def _joined_clauses(sentence: str) -> str:
    """「研修を2回実施、46人が参加」 → 「研修を2回実施し、46人が参加」."""
    place, out = 0, ""
    for match in re.finditer("、", sentence):
        clause = sentence[place : match.start()]
        acts = _ACT_END.search(clause) or _ACT_AT_TIMES.search(clause)
        out += clause + ("し、" if acts and _inside_brackets(sentence, match.start()) == 0 else "、")
        place = match.end()
    return out + sentence[place:]


def _inside_brackets(sentence: str, place: int) -> int:
    before = sentence[:place]
    return sum(before.count(sign) for sign in "（(「『") - sum(before.count(sign) for sign in "）)」』")


def dated(phrases: Sequence[Phrase], date: str | None, text: str, year: int) -> tuple[Phrase, ...]:
    """The note's date in front of its first sentence in words, where the note itself names no month.

    A count of March is the whole fiscal year's: 「令和7年3月に2,064件」 would be wrong, so it stays without the date;
    so does a bare year that is the fiscal ``year`` of the section.
    """
    if not phrases or date is None or date == str(year) or names_month(text, date):
        return tuple(phrases)
    first = phrases[0]
    counts = re.search(_COUNTED, _unnumbered(first.text)) is not None
    if counts and date[5:7] in ("", "03"):
        return tuple(phrases)
    clause = first.text.split("、")[0]
    state = re.search(r"(?:であった|である|とする)$", first.text) is not None and not clause.endswith("し")
    # a comma keeps the date from the verb of a clause inside, or from a second 「に」
    apart = "に" in clause or len(clause) > _LONG_CLAUSE or clause.endswith(("ため", "よう"))
    particle = "時点で、" if state else "に、" if apart else "に"
    return (Phrase(show_date(date) + particle + first.text, first.finished), *phrases[1:])


def _unnumbered(text: str) -> str:
    return re.sub(r"第[0-9０-９]+|(?:令和|平成)[0-9０-９元・～]+年度?", "", text)


def names_month(text: str, date: str) -> bool:
    """Whether ``text`` says when: a month, or the year of ``date``."""
    year = show_date(date[:4])
    return _MONTH.search(text) is not None or year in text.translate(FULL_WIDTH_DIGITS)


def half_width(text: str) -> str:
    """``text`` with half-width digits, and half-width commas and points between them; its length stays."""
    return _RUN.sub(lambda run: run[0].translate(_HALF), text)


def fiscal_year_of(date: str) -> int:
    """The fiscal year of a date: 2025-03 → 2024; a bare year is taken as a fiscal year."""
    year, month = int(date[:4]), int(date[5:7] or 4)
    return year if month >= 4 else year - 1


_POLITE = (
    ("であった", "でした"),
    ("である", "です"),
    ("があった", "がありました"),
    ("行った", "行いました"),
    ("図った", "図りました"),
    ("上回った", "上回りました"),
    ("下回った", "下回りました"),
    ("なった", "なりました"),
    ("至った", "至りました"),
    ("行う", "行います"),
    ("ている", "ています"),
    ("でいる", "でいます"),
    ("がある", "があります"),
    ("する", "します"),
    ("した", "しました"),
    ("図る", "図ります"),
    ("なる", "なります"),
)
_A_TO_I = dict(zip("かさたなまらわば", "きしちにみりいび", strict=True))
_E_ROW = "えけげせぜてでねべめれ"


def polite(sentence: str) -> str:
    """「…を設けた。」 → 「…を設けました。」 where the verb's form is certain; every other sentence as it is."""
    tail = re.search(r"(?:（[^（）]*）)?。?$", sentence)
    body, rest = (sentence[: tail.start()], tail[0]) if tail else (sentence, "")
    if re.search(r"(?:まし|でし)た$|ます$|です$", body):
        return sentence
    for plain, courteous in _POLITE:
        if body.endswith(plain):
            return body.removesuffix(plain) + courteous + rest
    if re.search(rf"[{_E_ROW}][たる]$", body):
        return body[:-1] + ("ました" if body[-1] == "た" else "ます") + rest
    denied = re.search(rf"(?<![しで])[{''.join(_A_TO_I)}]なかった$", body)
    if denied:
        return body[: denied.start()] + _A_TO_I[body[denied.start()]] + "ませんでした" + rest
    return as_polite(body) + rest
