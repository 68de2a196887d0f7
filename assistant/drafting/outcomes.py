"""What came of a deed or what was counted, as 6(1) tells it: 5(4) tells the deed itself. Nothing is added. Pure.

「研修を2回実施し、46人が参加した。」 → 「研修を2回実施したところ、46人が参加した。」
「受託施設を6か所から8か所に増やした。」 → 「受託施設は6か所から8か所に増えた。」
「購入費を142件補助した。」 → 「購入費の補助は142件であった。」
A deed of which nothing is said to have come has no outcome. A count stands beside that of the year before, if noted.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.alignment import plain
from assistant.drafting.jotted import Phrase
from assistant.drafting.proposals import stem_class
from assistant.facts import format_figure, with_unit
from corpus.fiscal import wareki
from corpus.yearfacts import EvidenceNote

_CLAUSES = re.compile(r"(?P<deed>.*[きぎしちにびみりいえけげせぜてでねべめれ])、(?P<came>[^、]+)$")
_CAME = re.compile(
    r"^(?:[^がは]*[一-龠々ァ-ヶー人件）」])(?:が|は)[^。]*(?:た|である)$|^(?:[^、]*との)(?:指摘|意見|要望|声|評価)があった$"
)
_NEXT = re.compile(r"^(?:うち)?(?P<told>(?P<about>[^、。は]{8,})は[^。]*[0-9０-９][^。]*)$")
_CHANGED = re.compile(
    r"^(?P<what>[^、]+)を(?P<way>[0-9０-９][^、]*から[0-9０-９][^、]*に)(?P<act>増やし|減らし|広げ|引き上げ|引き下げ)た$"
)
_CHANGES = {
    "増やし": "増えた",
    "減らし": "減った",
    "広げ": "広がった",
    "引き上げ": "引き上げられた",
    "引き下げ": "引き下げられた",
}
_COUNTED = re.compile(
    r"^(?P<what>[^、]+)を(?:新たに|延べ)?"
    r"(?P<count>[0-9０-９][0-9０-９,，.．]*(?:か所|か国|[^、。0-9０-９ぁ-ん]{1,3}))(?P<act>[一-龠]{2})した$"
)
_RESULTS = {"であった": "となった", "増えた": "増加した", "減った": "減少した"}
_PAST_OF_STEM = {
    **dict.fromkeys("ちりい", "った"),
    **dict.fromkeys("びみに", "んだ"),
    "き": "いた",
    "ぎ": "いだ",
}
_ASIDE = re.compile(r"（[^（）]*）$")


def outcome(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """What came of the deed that ``phrases`` tell; () where they do not say."""
    told = list(phrases)
    if not told:
        return ()
    made = [found for found in (_of_sentence(told[0].text),) if found]
    made += [_as_result(match["told"]) for phrase in told[1:] if (match := _NEXT.match(phrase.text)) is not None]
    return tuple(Phrase(text, True) for text in made)


def _as_result(sentence: str) -> str:
    """「離職は5人であった」 → 「離職は5人となった」: 5(4) has the former."""
    for told, result in _RESULTS.items():
        if sentence.endswith(told):
            return sentence.removesuffix(told) + result
    return sentence


def _of_sentence(sentence: str) -> str | None:
    aside = _ASIDE.search(sentence)
    body, tail = (sentence[: aside.start()], aside[0]) if aside else (sentence, "")
    changed = _CHANGED.match(body)
    if changed is not None:
        return f"{changed['what']}は{changed['way']}{_CHANGES[changed['act']]}{tail}"
    counted = _COUNTED.match(body)
    if counted is not None:
        return f"{counted['what']}の{counted['act']}は{counted['count']}であった{tail}"
    two = _CLAUSES.match(body)
    past = past_of_stem(two["deed"]) if two is not None else None
    if two is None or past is None or not _CAME.match(two["came"]):
        return None
    return f"{past}ところ、{two['came']}{tail}"


def past_of_stem(words: str) -> str | None:
    """「実施し」 → 「実施した」, 「開き」 → 「開いた」, 「始め」 → 「始めた」; None where the form is not certain."""
    kind = stem_class(words)
    if kind == "other":
        return words + "た"
    ending = _PAST_OF_STEM.get(words[-1])
    return words[:-1] + ending if ending is not None else None


def compared(note: EvidenceNote, year: int, before: EvidenceNote | None) -> str:
    """「通報は52件で、令和5年度の44件から8件増加した」; without ``before`` 「通報は52件であった」."""
    what = " ".join(note.what.strip().rstrip("。").split())
    number = with_unit(format_figure(note.figure, None), note.unit or "")
    when = "" if note.year == year else f"{wareki(note.year)}の"
    if before is None:
        return f"{when}{what}は{number}であった"
    since = f"{wareki(before.year)}の{with_unit(format_figure(before.figure, None), before.unit or '')}"
    change: Decimal = note.figure - before.figure
    if change == 0:
        return f"{when}{what}は{number}で、{wareki(before.year)}と同数であった"
    by = with_unit(format_figure(abs(change), None), "ポイント" if note.unit in ("％", "%") else note.unit or "")
    return f"{when}{what}は{number}で、{since}から{by}{'増加' if change > 0 else '減少'}した"


def year_before(note: EvidenceNote, others: Iterable[EvidenceNote]) -> EvidenceNote | None:
    """The count of the same thing of the fiscal year before, in the same unit."""
    same = (
        other
        for other in others
        if other.year == note.year - 1 and other.unit == note.unit and plain(other.what) == plain(note.what)
    )
    return next(same, None)
