"""Claims against a target, a forecast or another year (9): 上回った, 割り込んだ, 届かなかった, クリアした."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from assistant.checking import words
from assistant.checking.bases import base_at
from assistant.checking.claim_types import Base, Claim
from assistant.checking.record import Record
from assistant.checking.sentences import Sentence, Subject, current_year
from assistant.checking.streaks import streak_before
from assistant.checking.subjects import Mention
from assistant.checking.trend_claims import Told, told_of
from assistant.checking.words import Sense, Word

_SIZES = frozenset({"change", "index", "multiple", "share", "achievement_rate", "other"})
"""Forms whose figure a relation right behind bounds (「8割を超えた」)."""

_VERB = (
    r"(?:っ|ん|し|い|り|み)?(?:た|だ)",
    r"(?:っ|ん|し|い|み)?[てで](?:い(?:る|た|ま)|お(?:り|ら|る)|き(?:た|て|ま)|しま[いうっ]|、|推移)",
    r"(?:り|し|み|け)?(?:まし|ます|、)|(?:こと|の)[がも]でき|し(?:つつ|ながら)|り(?=[一-龠]|[ ]?約?\d)",
    r"(?:る|む)(?=結果|実績|水準|値|形|状[況態]|数値|成果|増|伸|ペース|もの[のとで]|一方|など|[がも]、|とともに|ほか|。)",
    r"(?:る|む)(?=[ ]?約?\d)",
    r"(?:る|む)(?=こと(?:と|が(?:でき|出来)|にな))",
    r"られ(?:た|て|まし)",
    r"[。)」]|$",
)
_REPORTS = re.compile("|".join(_VERB))
_DENIED = re.compile(
    r"(?:[らりれえけかばびさたきめ]|[っんしい]?[てで][はも]?(?:い|お)|でき|出来|し)?(?:な(?:い(?!よう|ために|場|限)|"
    r"か)|ず[、に]|ず(?:。|$)|らず|ませ|ん(?:。|$))|"
    r"(?:[っんしい]?[てで])?は?(?:い|お)(?:な|ら|りませ)|(?:る|む)(?:に|まで)(?:は)?(?:至|いた)(?:ら|って(?:い|"
    r"お)(?:な|ら))|(?:る|む)こと[はがも]?(?:でき|出来)?(?:な|ず|ませ)"
)
_NOUN_BEHIND = re.compile(
    r"(?:[っんしいみりえ]?[てで](?:いる|いた)|[っんし]?た|る|む)(?P<noun>[一-龠々ァ-ヴー「『A-Za-z])"
)
_TELLS = re.compile(
    r"結果|実績|水準|値|形|状[況態]|数値|成果|増|伸|ペース|一方|要因|原因|理由|背景|傾向|点|中(?![学心])|反面|割合|"
    r"程度|年度|上(?!昇)"
)
_TO_IT = re.compile(r"(?:の?(?:水準|値|実績))?(?:\([^()]*\)|\))?(?:に|まで)[はも]?")
_FACING = re.compile(r"\)?に対し")
_MEANT = re.compile(
    r"(?:[っんし]?[てで]い)?(?:る|く|た)?(?:こと[がをも]?|もの?と|と|よう|の?が)?[、 ]?(?:見込|見通し|予[想測定]|想定|"
    r"推計|期待|懸念|目指|図[るり]|"
    r"可能性|おそれ|恐れ|場合|よう(?!や)|たい|べき|必要|求め|努|[をに]目標)|[るられ]?(?:こと)?(?:の)?な(?:い|"
    r"く)(?:よう|ために)|[せれ]ば"
)


def against(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """9: relations that report, with what they compare with in the same clause."""
    plain = sentence.plain
    for match in words.AGAINST.finditer(plain):
        found = _read(sentence, match)
        base = _base(sentence, match)
        if found is None or base is None:
            continue
        word, of = found
        if match.group()[0] in "収抑" and (base.series != "target" or base.figure is None):
            continue
        if any(claim.form in _SIZES and claim.end < word.start <= claim.end + 4 for claim in figures):
            continue
        told = told_of(sentence, record, figures, word)
        if told.figure is not None and base.figure is not None and told.figure.start == base.figure.start:
            # 「計画策定時の5.8点に及ばない」: the year of what is compared with is not that of the value
            told = Told(told.subject, None, told.whole, told.figure)
        if of is not None:
            told = Told(Subject(of.rows, "sure" if len(of.rows) == 1 else "open", True))
        if told.subject.strength in ("sure", "open"):
            yield Claim(
                "against",
                word.start,
                word.end,
                told.subject,
                word=word,
                year=told.year,
                carried_year=current_year(sentence, word.start),
                base=base,
                streak=streak_before(plain, word.start),
                whole=told.whole,
            )


def _read(sentence: Sentence, match: re.Match[str]) -> tuple[Word, Mention | None] | None:
    """The relation as a word, and the mention behind it that it describes (「前年度を上回った有収率は」)."""
    plain = sentence.plain
    rest = plain[match.end() :]
    sense = cast(Sense, match.lastgroup)
    denied = _DENIED.match(rest)
    if match.lastgroup == "compared":
        size = re.search("[高低多少長短](?=い|く|か|な).*", match.group())
        start = match.start() + (size.start() if size else 0)
        side: Sense = "above" if plain[start] in "高多長" else "below"
        noun = re.match(r"[一-龠々ァ-ヴ]", rest) is not None and not _TELLS.match(rest)
        plan = words.PLAN.search(re.split("[、。]", rest, maxsplit=1)[0])
        return None if noun or plan else (Word(start, match.end(), side, False, True), None)
    if _MEANT.match(rest):
        return None
    behind = _NOUN_BEHIND.match(rest)
    of: Mention | None = None
    if behind is not None:
        at = match.end() + behind.start("noun")
        of = next((mention for mention in sentence.mentions if mention.start == at and mention.rows), None)
        if of is None and not _TELLS.match(plain, at):
            return None
    if of is None and denied is None and not _REPORTS.match(rest):
        return None
    if denied is not None and _MEANT.match(rest[denied.end() :]):
        return None
    negated = denied is not None
    if sense in ("reach", "short"):
        sense, negated = ("short" if negated != (sense == "short") else "reach"), False
    return Word(match.start(), match.end(), sense, negated, True), of


def _is_reached(sentence: Sentence, place: int) -> bool:
    """「目標には至らなかった」, and not 「達成には至らなかった」: it is a figure, a series or a year's value."""
    plain = sentence.plain
    ends = [figure.end for figure in sentence.figures] + [year.end for year in sentence.years]
    ends += [found.end() for found in words.SERIES.finditer(plain, 0, place)]
    return any(end <= place and _TO_IT.fullmatch(plain, end, place) for end in ends)


def _base(sentence: Sentence, match: re.Match[str]) -> Base | None:
    """What the relation compares with, named in its clause (or in the brackets before it)."""
    base = base_at(sentence, match.start())
    if base is None or base.foreign or (match.group()[0] == "至" and not _is_reached(sentence, match.start())):
        return None
    own = sentence.segment_start(match.start())
    if sentence.plain[own - 1 : own] == ")":
        own = sentence.segment_start(max(sentence.plain.rfind("(", 0, own), 0))
    near = (
        (base.figure is not None and base.figure.start >= own)
        or (base.year is not None and base.year.start >= own)
        or words.SERIES.search(sentence.plain, own, match.start()) is not None
        or (base.figure is not None and base.series != "actual" and _FACING.match(sentence.plain, base.figure.end))
    )
    if not near:
        return None
    said = [found.end() for found in words.SERIES.finditer(sentence.plain, own, match.start())]
    beside = [figure for figure in sentence.figures if said and said[-1] <= figure.start < match.start()]
    return replace(base, figure=beside[-1]) if base.figure is None and beside else base
