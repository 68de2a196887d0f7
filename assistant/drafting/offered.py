"""4.3: a fact of the year as the likely cause of an indicator's movement, in place of 【要記入：要因】. Pure.

Only where the note and the indicator's name share a word of some length, and never as more than what is thought:
「…したことなどによるものと考えられる。【要確認：要因】」. What was begun or widened explains what became better; what
became worse only a note that tells of a loss.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.desk import Desk
from assistant.drafting.draft import DraftSentence
from assistant.drafting.jotted import half_width
from assistant.drafting.note_lines import NoteLine, note_lines
from assistant.drafting.statements import name
from assistant.facts import Standing
from corpus.form import mark_confirm, mark_fill_in

_LEAST_SHARED = 4
"""So many signs without kana endings in a row (「学童クラブ」) make a word that tells what both are about."""
_RUNS = re.compile("[一-龠々ァ-ヶー]+")
_MEASURED = re.compile("(?:者|人|件|日|回|世帯|所|校|団体)?(?:数|率|割合|額|量)$")
_ASKED = re.compile(r"^(?P<mark>[・◆〇○●◎■□※－\- 　]*)[^【】。]*" + re.escape(mark_fill_in("要因")) + "[^【】。]*。")
_LOSS = re.compile("廃止|休止|中止|終了|閉[鎖店館所]|廃業|撤退|減[少っりら]|不足|欠員|見送|延期|縮小|遅れ|取りやめ")
_GAIN = re.compile(
    "新設|増設|増員|開始|始め|開[設所講園館校]|設置|設け|設立|結成|配置|導入|創設|拡[大充]|広げ|増や|増え|引き上げ|改め|整備"
)
_DEED = re.compile("(?<!なかっ)た。$")
_MOST = 70


def with_offered_causes(
    desk: Desk, stands: Sequence[Standing], sentences: Sequence[DraftSentence]
) -> list[DraftSentence]:
    """The sentences of a block, each place for a cause with the note that may tell it; a note serves once."""
    made: list[DraftSentence] = []
    about: Standing | None = None
    for sentence in sentences:
        if sentence.new_line:
            about = None
        about = next((stand for stand in stands if name(stand) in sentence.text), about)
        asked = _ASKED.match(sentence.text)
        note = _cause(desk, about) if asked is not None and about is not None else None
        used = note is not None and any(origin.note == note.note for one in made for origin in one.origins)
        if note is None or asked is None or used:
            made.append(sentence)
            continue
        told = desk.manner.digits(half_width(note.sentences[0].removesuffix("。")))
        opening = asked["mark"] + _movement(about)
        start = len(opening)
        ending = desk.manner.ending("考えられる")
        text = f"{opening}{told}ことなどによるものと{ending}{mark_confirm('要因')}{sentence.text[asked.end() :]}"
        origin = desk.note_origin(note, start, start + len(told))
        made.append(replace(sentence, text=text, origins=(*sentence.origins, origin)))
    return made


def _movement(stand: Standing | None) -> str:
    """What is explained where the target went otherwise: 「目標は達成できていない。改善は、…したことなどによる…」."""
    good = stand.change.good if stand is not None and stand.change is not None else None
    if stand is None or stand.met is None or good is None or stand.met == good:
        return ""
    return "改善は、" if good else "悪化は、"


def _cause(desk: Desk, stand: Standing) -> NoteLine | None:
    """The deed of the year with the longest word of the indicator's name that fits the way that it went."""
    if stand.change is None or stand.change.good is None or stand.flat or not stand.change.value:
        return None
    tells = _GAIN if stand.change.good else _LOSS
    notes = [
        note
        for note in note_lines("5.4.done", desk.sheet)
        if note.gathering is None
        and note.direction in (None, stand.direction)
        and _DEED.search(note.sentences[0])
        and len(note.sentences[0]) <= _MOST
        and tells.search(note.sentences[0])
        and (stand.change.good is False or not _LOSS.search(note.sentences[0]))
    ]
    best = max(notes, key=lambda note: _shared(stand.name, note.sentences[0]), default=None)
    return best if best is not None and _shared(stand.name, best.sentences[0]) >= _LEAST_SHARED else None


def _shared(indicator: str, note: str) -> int:
    """The length of the longest word of the indicator's name, without how it is counted, that the note has."""
    runs = [_MEASURED.sub("", run) for run in _RUNS.findall(indicator)]
    parts = (run[start:end] for run in runs for start in range(len(run)) for end in range(start + 1, len(run) + 1))
    return max((len(part) for part in parts if part in note), default=0)
