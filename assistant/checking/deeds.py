"""Figures of what was done: 「防災訓練には5,930人が参加した」, 「講座を150回開催」; and what is only a part of a row.

A row that counts deeds is stated by the deed; an object that something was done to some times more is not (23, 24, 29).
"""

import re

from assistant.checking.meanings import strange
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, Subject
from assistant.checking.subjects import Mention

_YEARLY = (
    "開催", "実施", "利用", "受講", "発行", "配布", "貸出", "参加", "来場", "来館", "入館", "入場", "受診", "訪問",
)  # fmt: skip
"""What is done anew each year: 「講座を150回開催」 is the year's number, 「協議会を3か所に設置」 are three more."""
_BOUNDED = r"(?:以上|以下|程度|ほど|余り|前後|弱|強|台|超|未満|を超える|を上回る|に上る|にのぼる|に達する)?"
_DOING = re.compile(
    rf"{_BOUNDED}(?:の|が|を|に|で)?(?:市民|方|児童|生徒|者)?(?:が|の|に|から)?"
    r"(?:(?P<doing>[一-龠々]{2})(?:し|が(?:あ|行|寄|得|見)|され|いただ|頂|できた|を(?:受|行|実施))|行(?:っ|い|われ))"
)
_DONE_TO = re.compile(r"(?:の[^、。はがを]{1,8})?(?:に|へ|で)(?!増|拡|縮|抑|減|削|達|上|と|至)[一-龠]{2}")
_THING = re.compile(
    r"(?:^|[、。\n・〇◆]|は)[ ]?(?P<thing>[一-龠々ァ-ヴー]{2,8}|[^、。はがをもに0-9\s・〇◆]{2,14}(?=[にでを]))"
    r"(?:を|[にで](?:は|も)?)、?[ ]?(?:約|およそ|延べ|のべ|計|年間|合計)*[ ]?$"
)
_NARROWED = re.compile(r"(?<!年度)では|には|において|(?<!年度)までに|月(?:に|中|末)|(?:期間|週間|運動)中?に")
"""Beside an object: it was done so often there or then (「秋の運動では立入検査を120件」), not in all."""
_COMMON_UNITS = frozenset({"人", "件", "％", "千円", "回", "日", "ポイント", ""})


def does_as_named(sentence: Sentence, figure: Figure, subject: Subject) -> bool:
    """Whether what they did is what the one row counts (防災訓練参加者数: 「…が参加した」)."""
    doing = _DOING.match(sentence.plain, figure.end)
    if doing is None or not subject.topic or len(subject.rows) != 1 or subject.rows[0].kind == "cost":
        return False
    named = _named(sentence, figure, subject)
    as_object = named is not None and _is_object(sentence, named)
    if as_object and _NARROWED.search(sentence.plain, sentence.segment_start(figure.start), figure.start):
        return False
    return any(deed in subject.rows[0].plain_name and not (as_object and deed not in _YEARLY) for deed in _deeds(doing))


def _deeds(doing: re.Match[str]) -> tuple[str, ...]:
    """The deed as names may call it; 「行った」 is any of two."""
    return (doing["doing"],) if doing["doing"] else ("実施", "開催")


def is_done_to_some(sentence: Sentence, figure: Figure, subject: Subject) -> bool:
    """「協議会を3か所に設置した」: so many were added, the row's value is another."""
    named = _named(sentence, figure, subject)
    return (
        named is not None
        and _is_object(sentence, named)
        and len(sentence.plain[named.end : figure.start].strip()) <= 2
        and _DONE_TO.match(sentence.plain, figure.end) is not None
    )


def only_of_its_unit(sentence: Sentence, figure: Figure, subject: Subject, record: Record) -> bool:
    """「蔵書は33万冊」: a short word of one row's name means it, with a unit that says the same."""
    if not subject.topic or len(subject.rows) != 1 or figure.unit in _COMMON_UNITS:
        return False
    named = _named(sentence, figure, subject)
    if named is None or sentence.plain[named.start : named.end].rstrip("はがも") == "":
        return False
    said = sentence.plain[named.start : named.end + 1]
    opens = sentence.segment_start(named.end) >= named.start or not sentence.plain[: named.start].strip(" ・〇◆")
    return opens and re.search(r"[はがも]$|[はがも].$", said) is not None and not strange(said, subject.rows, record)


def deed_subject(sentence: Sentence, figure: Figure, record: Record) -> Subject | None:
    """「講座を150回以上開催」: the one row whose name has the thing and the deed (公民館講座の開催回数)."""
    paid = _paid_from(sentence, figure)
    if paid is not None:
        return paid
    thing = _THING.search(sentence.plain, 0, figure.start)
    doing = _DOING.match(sentence.plain, figure.end)
    if thing is None or doing is None or not set(_deeds(doing)) & set(_YEARLY):
        return None
    rows = tuple(
        row
        for row in record.rows
        if unit_fits(row.unit, figure.unit) and thing["thing"] in row.plain_name
        and any(deed in row.plain_name for deed in _deeds(doing))
    )  # fmt: skip
    return Subject(rows, "sure", True) if len(rows) == 1 else None


_REST = re.compile(r"(?:残り|残る|残額|残余|差額|差し?引き|あと(?!は))(?:の|は|、)*[ ]?$")
_IS_IT = re.compile(
    r"(?:(?:の)?分)?(?:で(?:ある|あっ|あり|す|し|、)|だ|と(?:な|、|い)|に(?:当|相当)|を?占め|[。、)]|$)"
)


def rest_of(sentence: Sentence, figure: Figure) -> Subject | None:
    """「残りの1,039,418千円が一般財源である」: what is left of the costs that were told, named behind the figure."""
    if sentence.plain[figure.end : figure.end + 1] not in ("が", "は"):
        return None
    if _REST.search(sentence.plain, max(0, figure.start - 8), figure.start) is None:
        return None
    behind = next((mention for mention in sentence.mentions if mention.start == figure.end + 1), None)
    if behind is None or len(behind.rows) != 1 or not behind.rows[0].takes(figure.unit):
        return None
    told = any(mention.rows and mention.end <= figure.start for mention in sentence.mentions)
    return Subject(behind.rows, "sure", True) if told and _IS_IT.match(sentence.plain, behind.end) else None


_SHARE_OF = re.compile(r"(?:程度|強|弱|余り|近く)?(?:に(?:当た|あた|相当す)る|の|、|\()約?")
_PAID = re.compile(
    r"で(?:賄|まかな|手当|対応|措置|負担|確保|ある|あり|す|、)|(?:を|から)(?:充|活用|支出)|が(?:占め|充|担)"
)


def _paid_from(sentence: Sentence, figure: Figure) -> Subject | None:
    """「事業費の4割に当たる112,358千円を一般財源で賄い」: the source behind the amount that a share stands before."""
    if figure.unit != "千円" or sentence.plain[figure.end : figure.end + 1] not in ("を", "が", "は"):
        return None
    before = next((other for other in reversed(sentence.figures) if other.end <= figure.start), None)
    source = next((mention for mention in sentence.mentions if mention.start == figure.end + 1), None)
    if before is None or before.unit != "％" or source is None or len(source.rows) != 1:
        return None
    if not _SHARE_OF.fullmatch(sentence.plain, before.end, figure.start) or not _PAID.match(sentence.plain, source.end):
        return None
    return Subject(source.rows, "sure", True) if source.rows[0].kind == "cost" else None


def _named(sentence: Sentence, figure: Figure, subject: Subject) -> Mention | None:
    """The mention right before the figure that names the subject's first row."""
    if not subject.rows:
        return None
    before = [mention for mention in sentence.mentions if mention.end <= figure.start]
    return next((mention for mention in reversed(before) if subject.rows[0] in mention.rows), None)


def _is_object(sentence: Sentence, mention: Mention) -> bool:
    return "を" in sentence.plain[mention.end - 1 : mention.end + 1]
