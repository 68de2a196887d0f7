"""What people said, in official words: 「市議会では、…について質問があり、…と答弁した。」. Nothing is added. Pure."""

import re

from assistant.drafting.jotted import Phrase, ends_as_verb, names_month, official, sentences
from corpus.dates import show_date
from corpus.form import mark_fill_in
from corpus.yearfacts import OpinionNote

_COUNCIL = re.compile(r"(?<![協審])議会|定例会|本会議|常任委員会|予算委員会|決算委員会")
_NOUNS = "質問|要望|意見|指摘|声|申出|申し出|問合せ|問い合わせ|提言|陳情|請願|苦情|提案|質疑|要請"
_RAISED = re.compile(rf"(?:{_NOUNS})$")
_RAISED_SAID = re.compile(r"(?:が|も)(?:あった|ある|出た)$")
_TOLD_AS_RAISED = re.compile(
    r"(?:提出|寄せら?|出|示|聞か|な)(?:され|れ)(?:た|ている|てきた)$"
    r"|(?:指摘|要望|意見|質問|提言|評価|声)を(?:受けた|得た|得ている|いただいた)$"
)
_COUNTED = re.compile(rf"(?:{_NOUNS}|電話|相談|投稿|はがき)が[^、]*[0-9０-９]+[件人通]$")
_ASKED_FOR = re.compile(r"(?:求める|求めている|望む)$")
_DEMAND = re.compile(
    r"(?:(?:て|で)(?:もらいたい|いただきたい|ください|下さい)|ほしい|欲しい|たい|べき(?:だ|である)?|必要(?:だ|である|がある)?|"
    r"お願いする|不足している|足りない|(?:求める|望む|要望|要望する)(?:声|意見)?)$"
)
_COURTEOUS = re.compile(r"(?:です|ます|ません|ました|でした|ください|下さい|[ねよか？！])$")
_ANSWERED = re.compile(r"(?:、)?と(?:の)?(?P<verb>答弁|回答|説明|返答|答え)(?:した|る|た|する|があった)?$")


_PROMISED = "しており、その実施が求められる"
"""An answered demand is an issue as far as the answer is still to be kept."""


def opinion(note: OpinionNote) -> tuple[Phrase, ...]:
    """「…から、…との要望があった」 for each sentence of an opinion; the answer stands behind the last one."""
    said = sentences(note.text)
    if not said:
        return ()
    phrases: list[str] = []
    for place, sentence in enumerate(said):
        opening = _opening(note) if place == 0 else "また、"
        phrases.append(opening + _said(sentence))
    answer = _answer(note)
    if answer and phrases[-1].endswith("があった"):
        phrases[-1] = phrases[-1].removesuffix("があった") + "があり、" + answer
    elif answer:
        phrases.append("これに対し、" + answer)
    return tuple(Phrase(phrase, True) for phrase in phrases)


def demands(note: OpinionNote) -> tuple[Phrase, ...]:
    """The opinion as an issue, where a sentence of it asks for something, with its answer behind the last one.

    What to do about one without an answer is left to a person.
    """
    asked = [part for part in sentences(note.text) if _DEMAND.search(part) and not _TOLD_AS_RAISED.search(part)]
    opening = _opening(note, date=False)
    raised = [f"{opening if place == 0 else 'また、'}{_raised(sentence)}があ" for place, sentence in enumerate(asked)]
    answer = _answer(note)
    if not answer:
        return tuple(Phrase(f"{words}り、{mark_fill_in('対応')}が求められる", True) for words in raised)
    return tuple(
        Phrase(f"{words}り、{answer.removesuffix('した')}{_PROMISED}" if place == len(raised) else f"{words}った", True)
        for place, words in enumerate(raised, 1)
    )


def _opening(note: OpinionNote, *, date: bool = True) -> str:
    """「令和6年9月の市議会では、」「令和7年1月に自治会から、」; nothing that the note says itself."""
    when = show_date(note.date) if date and note.date and not names_month(note.text, note.date) else ""
    if not note.who or note.who in note.text:
        return f"{when}に、" if when else ""
    if _COUNCIL.search(note.who):
        return f"{when}の{note.who}では、" if when else f"{note.who}では、"
    return f"{when}に{note.who}から、" if when else f"{note.who}から、"


def _said(sentence: str) -> str:
    if _TOLD_AS_RAISED.search(sentence):
        return sentence
    return f"{sentence}あった" if _COUNTED.search(sentence) else f"{_raised(sentence)}があった"


def _raised(sentence: str) -> str:
    """The sentence as something that was raised: 「…を求める要望」「…との意見」「…について一般質問」."""
    said = _RAISED_SAID.sub("", sentence)
    if _RAISED.search(said):
        return said
    if _ASKED_FOR.search(sentence):
        return f"{sentence}要望"
    noun = "要望" if _DEMAND.search(sentence) else "意見"
    if not ends_as_verb(sentence) or _COURTEOUS.search(sentence):
        return f"{_quoted(sentence)}との{noun}"
    return f"{sentence}との{noun}"


def _answer(note: OpinionNote) -> str:
    answer = (note.answer or "").strip().rstrip("。")
    if not sentences(answer):
        return ""
    said = _ANSWERED.search(answer)
    verb = said["verb"] if said else "答弁" if note.who and _COUNCIL.search(note.who) else "回答"
    verb = "回答" if verb == "答え" else verb
    body = answer[: said.start()] if said else answer
    parts = sentences(body)
    if len(parts) == 1:
        told = parts[0] if said else official(parts[0], "future")[0].text
        if ends_as_verb(told) and not _COURTEOUS.search(told):
            return f"{told}と{verb}した"
    return f"{_quoted('。'.join(parts))}と{verb}した"


def _quoted(words: str) -> str:
    return f"『{words}』" if re.search("[「」]", words) else f"「{words}」"
