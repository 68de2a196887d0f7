"""Targets met or missed, said of one indicator (10): 達成した, 未達成, 達成に至らず; of which year, of which target."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.checking import words
from assistant.checking.claim_types import Base, Claim, Streak
from assistant.checking.meanings import content
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Sentence, Subject, current_year
from assistant.checking.streaks import streak_before
from assistant.checking.trend_claims import told_of
from assistant.checking.words import Word
from assistant.checking.years import Year

_SOME = re.compile(r"一部|多く|ほとんど|半数")
_NEARLY = re.compile(r"(?:おおむね|概ね|ほぼ)[ ]?(?:目標(?:値)?(?:を|は))?[ ]?$")
_COUNTS = re.compile(r"\d+(?:つの)?(?:指標|項目)|のうち")
_DENIED = re.compile(
    r"(?:に|には|とは|まで)?は?(?:至(?:ら|りませ|って(?:い|お)(?:な|ら|りませ))|届(?:か|きませ)|"
    r"及(?:ば|びませ)|なら(?:な|ず)|なりませ)|"
    r"(?:(?:は|が)?でき|(?:は|が)?出来|(?:は)?し(?:て(?:は)?(?:い|お)?)?|しえ|し得)(?:な|ず|"
    r"ませ|らず|りませ)|(?:で|と)は(?:な|ありませ)|を(?:逃|果たせ)"
)
_REPORTED = re.compile(
    r"(?:を|が|の)?(?:維持|継続|確認|果た(?!せ))|済|状態|(?:で|だ|と(?:な|の結果|いう結果|、)|"
    r"[)）、。・/]|$|見込みどおり)|ぶり|"
    r"(?:し|でき|出来)(?:た|て|、|ま)|する(?:結果|形|水準|状況|に至っ|こと(?:が|は)(?:でき|"
    r"出来)(?:た|て|、|ま)|こととなっ)"
)
_ATTRIBUTE = re.compile(
    r"(?:し|でき|出来)?(?:て(?:い|お)(?:る|ない)|た|る|なかった|かった|ない|い|ている)?(?:のは、?)?(?=[「『一-龠ァ-ヴ])[「『]?"
)
"""Between the word and the name that it describes."""
_HEDGED = re.compile(
    r"[^、。]{0,8}(?:わけ|訳)で|[^、。]{0,4}とは(?:言|い)(?:え|い切)|[^、。]{0,3}か(?:どうか|"
    r"否か)|[^、。]{0,4}としても"
)
_AGAIN = re.compile(
    r"(?P<which>前年度?|昨年度?|前回(?:調査|実績)?|(?:令和|R)?(?:[0-9]{1,2}|元)年度)(?:\([^()]*\))?(?:に(?:引き?)?続(?:き|いて)|と?同様(?:に)?|と同じく)"
    r"[、 ]?(?:も)?[、 ]?(?:目標(?:値)?(?:を|は|も))?[、 ]?$"
)
_TURN = re.compile(r"が、|ものの|一方|その後|以降|けれど|から、|に対し、?(?:今|本|令和)")
_OWN = re.compile(r"(?!に(?:引|続|比|対|至|向))(?:末)?(?:は|に|には|も|において|では|の(?:数値|成果)?目標|、)")


def achievements(sentence: Sentence, record: Record, figures: list[Claim]) -> Iterator[Claim]:
    """10: 達成した, 未達成 of a row that is named, carried, or has its figure there."""
    for match in words.ACHIEVED.finditer(sentence.plain):
        word = achieved_word(sentence, match)
        if word is None:
            continue
        claim = _claim(sentence, record, figures, word)
        if claim is not None:
            yield claim


def achieved_word(sentence: Sentence, match: re.Match[str]) -> Word | None:
    """The word with its denial, where it reports; None where it is meant, or part of another (達成率)."""
    plain = sentence.plain
    word = words.word_at(plain, match, len(plain))
    rest = plain[match.end() :]
    if _HEDGED.match(rest):
        return None
    denied = _DENIED.match(rest)
    clause = re.split(r"、|。|が、|ものの", rest[denied.end() :] if denied else rest, maxsplit=1)[0]
    meant = words.PLAN.search(clause) is not None
    if denied is not None:
        return replace(word, negated=True, fact=True) if not meant else None
    if not word.fact and _REPORTED.match(rest) and not meant:
        return replace(word, fact=True)
    return word if word.fact else None


def _claim(sentence: Sentence, record: Record, figures: list[Claim], word: Word) -> Claim | None:
    plain = sentence.plain
    own = sentence.segment_start(word.start)
    thing = re.search(r"([^はがもで]*)[をが]$", sentence.bare[own : word.start])
    if thing and content(thing.group(1), record):
        return None
    nearly = _NEARLY.search(plain[: word.start]) is not None
    if not nearly and (_COUNTS.search(plain[: word.start]) or _SOME.search(plain[own : word.start])):
        return None
    told = told_of(sentence, record, figures, word)
    subject = subject_at(sentence, word.start, record, None) if told.whole else told.subject
    subject = _described(sentence, word) or subject
    if subject.strength != "sure" or not subject.rows:
        return None
    target = re.search(words.TARGET_WORD, plain[: word.start])
    if target is None and not subject.topic and word.sense == "reach":
        return None
    denial = _DENIED.match(plain, word.end) if word.negated else None
    again = _AGAIN.search(plain, 0, word.start)
    return Claim(
        "achieved",
        word.start,
        denial.end() if denial is not None else word.end,
        subject,
        word=word,
        year=_own_year(sentence, word),
        carried_year=None if again else current_year(sentence, word.start),
        base=_target(sentence, word),
        streak=Streak(2, True) if again and again["which"][1] == "年" else streak_before(plain, word.start),
        nearly=nearly,
    )


def _described(sentence: Sentence, word: Word) -> Subject | None:
    """The row that the word describes: 「目標を達成した「交通事故件数」は」 speaks of the name behind it."""
    denial = _DENIED.match(sentence.plain, word.end) if word.negated else None
    behind = _ATTRIBUTE.match(sentence.plain, denial.end() if denial else word.end)
    if behind is None:
        return None
    named = next((mention for mention in sentence.mentions if mention.start == behind.end()), None)
    if named is None or len(named.rows) != 1 or named.how not in ("named", "label"):
        return None
    return Subject(named.rows, "sure", topic=True)


def _own_year(sentence: Sentence, word: Word) -> Year | None:
    """The year that is said to have met it: 「令和5年度は6件で達成した」「前年度に達成した」; none behind a turn."""
    plain = sentence.plain
    for year in reversed(sentence.years):
        if year.end <= word.start and plain[year.end : word.start] in ("に", "は", "には", "も"):
            return year
        if year.end > word.start or year.behind or year.role not in ("plain", "target"):
            continue
        if year.name not in (None, "before", "two_before", "this") or not _OWN.match(plain, year.end):
            return None
        if _TURN.search(plain, year.end, word.start) or _compared(sentence, year, word):
            return None
        return None if year.role == "target" else year
    return None


def _compared(sentence: Sentence, year: Year, word: Word) -> bool:
    """「前年度は29.6％、今年度は…」: a figure of the year stands alone, the word is of a later one."""
    between = [figure for figure in sentence.figures if year.end <= figure.start < word.start]
    return year.name in ("before", "two_before") and len(between) > 1


def _target(sentence: Sentence, word: Word) -> Base | None:
    """The target of another year that is named: 「令和6年度の目標を達成した」「最終目標を前倒しで達成した」."""
    plain = sentence.plain
    said = list(re.finditer(words.TARGET_WORD, plain[: word.start]))
    if not said or _TURN.search(plain, said[-1].end(), word.start):
        return None
    last = said[-1]
    year = next((y for y in reversed(sentence.years) if y.end <= last.start() <= y.end + 3), None)
    if year is not None and (year.role == "target" or year.name == "end"):
        far = year.year is not None or year.name == "end"
        return Base("target", year) if far else None
    if last.group().startswith("最終"):
        return Base("target", Year(last.start(), last.start(), None, "end", "target", False))
    return None
