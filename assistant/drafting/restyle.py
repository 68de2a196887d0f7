"""である and です・ます: the endings of a draft's sentences, where the form is certain. Pure."""

import re
from dataclasses import replace

from assistant.drafting.draft import Draft, DraftSentence
from assistant.drafting.jotted import ends_as_verb, polite
from assistant.drafting.lines import Edit, edited, mark_of
from assistant.drafting.proposals import dictionary_form
from assistant.verb_forms import past
from corpus.items import split_sentences

_TAIL = re.compile(r"(?:\s*【[^】]*】|（[^（）]*）|\([^()]*\)|[。．\s])*$")
_IS_POLITE = re.compile(r"(?:ます|です|ました|でした|ません|ませんでした|ましょう)$")
_DENIALS: tuple[tuple[str, str], ...] = (
    ("なければならない", "なければなりません"),
    ("ではない", "ではありません"),
    ("がない", "がありません"),
    ("していない", "していません"),
    ("ていない", "ていません"),
    ("でいない", "でいません"),
    ("できない", "できません"),
    ("できなかった", "できませんでした"),
    ("られない", "られません"),
    ("えない", "えません"),
    ("いえない", "いえません"),
)
_ADJECTIVE = re.compile(
    r"(?:[高低多近遠長短強弱薄厚広狭深浅速遅安良悪]|大き|小さ|少な|厳し|難し|著し|新し|乏し|激し|望まし|やす|にく)(?:い|かった)$"
)


def restyled(draft: Draft, *, to_polite: bool) -> tuple[Draft, tuple[str, ...]]:
    """The draft with its sentences in です・ます (or である), and those left as they are because their form is open."""
    made: list[DraftSentence] = []
    left: list[str] = []
    for sentence in draft.sentences:
        if sentence.heading:
            made.append(sentence)
            continue
        edits, open_ones = _edits(sentence, to_polite=to_polite)
        made.append(edited(sentence, edits))
        left += open_ones
    return replace(draft, sentences=tuple(made)), tuple(left)


def _edits(sentence: DraftSentence, *, to_polite: bool) -> tuple[list[Edit], list[str]]:
    edits, left = list[Edit](), list[str]()
    text = sentence.text
    for start, end in split_sentences(text):
        start = max(start, len(mark_of(sentence))) if start == 0 else start
        tail = _TAIL.search(text, start, end)
        stop = tail.start() if tail else end
        body = text[start:stop]
        # a noun at the end, or a place to fill in, has no manner
        if not body or not ends_as_verb(body):
            continue
        if to_polite == (_IS_POLITE.search(body) is not None):
            continue
        new = as_courteous(body) if to_polite else as_plain(body)
        if new == body:
            left.append(text[start:end].strip())
            continue
        same = next(
            (at for at, (old, now) in enumerate(zip(body, new, strict=False)) if old != now), min(len(body), len(new))
        )
        edits.append(Edit(start + same, stop, new[same:]))
    return edits, left


def as_courteous(body: str) -> str:
    """A sentence's words (no full stop) in です・ます; unchanged where the form is not certain."""
    for plain, courteous in _DENIALS:
        if body.endswith(plain):
            return body.removesuffix(plain) + courteous
    if body.endswith(("でない", "ではない")):
        return re.sub("では?ない$", "ではありません", body)
    denied = re.search(rf"(?:(?P<i>[{''.join(_A_TO_I)}])|(?<=[{_E_ROW}]))(?P<end>ない|なかった)$", body)
    if denied:
        stem = _A_TO_I[denied["i"]] if denied["i"] else ""
        return body[: denied.start()] + stem + ("ません" if denied["end"] == "ない" else "ませんでした")
    if _ADJECTIVE.search(body):
        return body + "です"
    if not body.endswith(("である", "であった")):
        for plain, courteous in _CERTAIN:
            if body.endswith(plain):
                return body.removesuffix(plain) + courteous
    return polite(body)


_THERE_IS = re.compile(r"[がはもに、]い$")
"""The stem of いる (対象者がいます), which no kanji tells from that of a verb in う."""


def as_plain(body: str) -> str:
    """A sentence's words (no full stop) in である; unchanged where the form is not certain."""
    for plain, courteous in _DENIALS:
        if body.endswith(courteous):
            return body.removesuffix(courteous) + plain
    if body.endswith("ありません"):
        return body.removesuffix("ありません") + "ない"
    denied = re.search(r"(?P<stem>[いきぎしちにびみり])ません(?P<past>でした)?$", body)
    if denied:
        told = "なかった" if denied["past"] else "ない"
        stem, head = denied["stem"], body[: denied.start("stem")]
        # 起きる keeps its stem, 書く does not: only the dictionary form tells
        keeps = (
            stem == "し" or _THERE_IS.search(head + stem) or dictionary_form(f"{head}{stem}ます").endswith(f"{stem}る")
        )
        return head + (stem if keeps else _I_TO_A[stem]) + told
    denied = re.search(rf"(?<=[{_E_ROW}])ません(?P<past>でした)?$", body)
    if denied:
        return body[: denied.start()] + ("なかった" if denied["past"] else "ない")
    if body.endswith(("ません", "ませんでした")):
        return body
    if body.endswith("でした"):
        return body.removesuffix("でした") + "であった"
    if body.endswith("です"):
        bare = body.removesuffix("です")
        return bare if _ADJECTIVE.search(bare) or bare.endswith(("ない", "なかった", "たい")) else bare + "である"
    if body.endswith("ました"):
        return _plain_past(body)
    if body.endswith("ます"):
        if _THERE_IS.search(body.removesuffix("ます")):
            return body.removesuffix("ます") + "る"
        return _going_on(body) or dictionary_form(body)
    return body


_CERTAIN: tuple[tuple[str, str], ...] = (
    ("ある", "あります"),
    ("あった", "ありました"),
    ("ていく", "ていきます"),
    ("でいく", "でいきます"),
    ("てきた", "てきました"),
    ("による", "によります"),
    ("らす", "らします"),
    ("つくる", "つくります"),
    ("当たる", "当たります"),
)
"""Endings of which the letters leave no doubt, besides those of ``jotted.polite``."""
_A_TO_I = dict(zip("わかがさたなばまら", "いきぎしちにびみり", strict=True))
_I_TO_A = dict(zip("いきぎしちにびみり", "わかがさたなばまら", strict=True))
_E_ROW = "えけげせぜてでねへべめれ"
_HUMBLE: tuple[tuple[str, str], ...] = (
    ("てまいります", "ていく"),
    ("でまいります", "でいく"),
    ("ております", "ている"),
    ("でおります", "でいる"),
    ("いたします", "する"),
)
_HUMBLE_PAST: tuple[tuple[str, str], ...] = (
    ("ていました", "ていた"),
    ("でいました", "でいた"),
    ("てまいりました", "てきた"),
    ("ておりました", "ていた"),
    ("いたしました", "した"),
)


def _going_on(body: str) -> str | None:
    return next(
        (body.removesuffix(courteous) + plain for courteous, plain in _HUMBLE if body.endswith(courteous)), None
    )


def _plain_past(body: str) -> str:
    for courteous, plain in _HUMBLE_PAST:
        if body.endswith(courteous):
            return body.removesuffix(courteous) + plain
    present = dictionary_form(body.removesuffix("ました") + "ます")
    told = present[:-1] + "った" if present.endswith("ある") else past(present)
    return body if told == present else told
