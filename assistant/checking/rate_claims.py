"""Achievement rates (11): 達成率, 進捗率, 到達度, 目標に対する割合; of which target, from which start."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.checking import words
from assistant.checking.claim_types import Claim, Rate
from assistant.checking.figure_subjects import fitting_ids
from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Figure, unit_fits
from assistant.checking.record import Record, Row
from assistant.checking.referents import subject_at
from assistant.checking.sentences import Sentence, Subject, direct_year
from assistant.checking.subjects import MENTION
from assistant.checking.years import Year

_NAME = (
    r"(?:達成(?:率|度合い?|度|割合|状況|水準)|進捗(?:率|度合い?|度|状況|割合)|到達(?:率|度|割合)|"
    r"(?:対)?目標(?:値)?比(?:率)?)"
)
_OF_TARGET = r"目標(?:値|数値)?(?:に対する|に対しての|に占める)(?:実績(?:値)?の)?(?:割合|比率|率|水準)"
_LINK = (
    r"(?:について)?(?:は|が|も|で|の|を|:|、|=|「|\(|に|と|それぞれ|順に|各々)*[ ]?"
    r"(?:約|およそ|ほぼ|概ね|おおむね|実に|既に|すでに)*[ ]?[(「]?"
)
_LABEL = re.compile(rf"(?P<name>{_NAME}|{_OF_TARGET}){_LINK}$")
_TOPIC = re.compile(rf"(?P<name>{_NAME}|{_OF_TARGET})(?:は|が|も|の|で|を|:|、)")
_BEHIND = re.compile(
    r"(?:程度|強|弱|余り)?の(?:目標)?(?P<name>達成率|達成度|達成割合|達成(?=と(?:な|し)|で(?!き)|"
    r"。|、|$)|進捗率|進捗度?|到達率|到達度|到達)"
)
_TO_TARGET = re.compile(r"目標(?:値)?に(?:対し(?:て)?|対する実績は)(?:は|、)*[ ]?(?:約|ほぼ)?[ ]?$")
_PROGRESS = re.compile("進捗|到達")
_CARRIES = re.compile(
    r"(?:程度)?(?:に?対し(?:て)?|から|より|と|、|・|の|は|が|で|に|へ|も|まで|であり|であった|"
    r"でした|だった|となり|となった|にとどまり|"
    r"(?:やや|わずかに|大きく)|(?:低下|上昇|改善|向上|悪化|増加|減少|伸び|下が|上が|高ま)(?:し(?:て)?(?:い(?:る|"
    r"た))?|た|り|っ(?:た|て))?)*[、 ]?(?:約|ほぼ)?"
)
_FAR = re.compile(r"最終(?:年度)?(?:の)?(?:数値)?目標(?:値)?|計画(?:の)?目標(?:値)?|目標年度の目標")


def with_rates(claims: Sequence[Claim], sentence: Sentence, record: Record) -> list[Claim]:
    """``claims`` with every achievement rate made one, and 「最終目標」 read as the target of the plan's last year."""
    plain = sentence.plain
    if "目標" not in plain and "達成" not in plain and "進捗" not in plain and "到達" not in plain:
        return list(claims)
    found: list[Claim] = []
    last: Claim | None = None
    for claim in claims:
        figure = claim.figure
        if figure is None or figure.unit != "％" or claim.form not in ("level", "other", "achievement_rate", "index"):
            claim = _final_target(claim, sentence)
        else:
            name = _name_at(sentence, figure, last, claim)
            if name is not None:
                claim = last = _rate(claim, figure, name, sentence, record, last)
        found.append(claim)
    return found


def _final_target(claim: Claim, sentence: Sentence) -> Claim:
    """「最終目標の232,000㎡」."""
    head = sentence.plain[: claim.start]
    if claim.form != "level" or claim.series != "target" or claim.year is not None:
        return claim
    match = re.search(rf"(?:{_FAR.pattern})(?:である|の|は|を|:)?[ ]?$", head)
    if match is None:
        return claim
    return replace(claim, year=Year(match.start(), match.start(), None, "end", "target", False))


def _name_at(sentence: Sentence, figure: Figure, last: Claim | None, claim: Claim) -> str | None:
    """What the figure is called (達成率, 進捗率): before it, behind it, with the rate before it; None if it is none."""
    plain = sentence.plain
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    lead = sentence.bare[before : figure.start].replace(BLANK, "")
    label = _LABEL.search(lead)
    if label is not None:
        return label["name"]
    behind = _BEHIND.match(plain, figure.end)
    if behind is not None and "目標" in plain[: figure.end + 12]:
        return behind["name"]
    if _TO_TARGET.search(lead) and claim.form == "level" and not any(row.unit == "％" for row in claim.subject.rows):
        return "達成率"
    if last is not None and last.figure is not None and last.rate is not None:
        between = sentence.bare[last.figure.end : figure.start].replace(BLANK, "")
        if not _of_another(sentence, last.figure, figure) and _CARRIES.fullmatch(
            re.sub(rf"\([^()]*\)|{MENTION}", "", between)
        ):
            return last.rate.name
    topic = _TOPIC.search(sentence.bare, 0, figure.start)
    if topic is not None and _in_brackets_of_row(sentence, figure):
        return topic["name"]
    return _listed_under(sentence, figure)


_HEADING = re.compile(
    rf"(?P<name>{_NAME}|{_OF_TARGET})(?:について)?"
    r"(?:(?:は|では|:)、?|を[見み](?:ると|ますと|れば|てみると|てみますと)、?)"
)
_OF_ROW = re.compile(rf"{MENTION}(?:数|額|率)?(?:は|が|で|:|も|では)?、?[ ]?(?:約|ほぼ)?$")


def _listed_under(sentence: Sentence, figure: Figure) -> str | None:
    """「達成率を見ると、Aは97.6％、Bは95.5％」: each figure behind its row, all of them rates."""
    heading = _HEADING.search(sentence.bare, 0, figure.start)
    if heading is None:
        return None
    listed = [other for other in sentence.figures if heading.end() <= other.start <= figure.start]
    every = all(other.unit == "％" and _OF_ROW.search(sentence.bare[: other.start]) for other in listed)
    opened = [m for m in sentence.mentions if m.rows and heading.end() <= m.start < listed[0].start]
    return heading["name"] if every and opened else None


def _of_another(sentence: Sentence, first: Figure, second: Figure) -> bool:
    """Whether something is named between that the second figure may be a value of."""
    between = [m for m in sentence.mentions if first.end <= m.start and m.end <= second.start]
    return any(not m.rows or any(row.unit == "％" for row in m.rows) for m in between)


def _in_brackets_of_row(sentence: Sentence, figure: Figure) -> bool:
    """「…率が最も低いのはA（67.9％）」: right behind a row that is named."""
    return re.search(rf"{MENTION}[(（]$", sentence.bare[: figure.start]) is not None


def _rate(claim: Claim, figure: Figure, name: str, sentence: Sentence, record: Record, last: Claim | None) -> Claim:
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    named = (
        last is not None
        and last.figure is not None
        and any(m.start >= last.figure.end and m.end <= figure.start for m in sentence.mentions)
    )
    carried = (
        last is not None
        and last.rate is not None
        and not named
        and not _LABEL.search(sentence.bare[before : figure.start].replace(BLANK, ""))
    )
    target, target_year = _target(sentence, figure, name)
    start = _start(sentence, figure)
    if carried and last is not None and last.rate is not None and not _in_brackets_of_row(sentence, figure):
        subject = last.subject
        target, target_year, start = last.rate.target, last.rate.target_year, last.rate.start
    else:
        subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
        subject = _named_alone(sentence, figure, subject)
        if target is not None and (not subject.rows or subject.strength != "sure"):
            row = row_of_target(record, target, target_year)
            subject = Subject((row,), "sure", True) if row is not None else subject
    year = direct_year(sentence, figure)
    if year is not None and year.role == "target":
        year = None
    if year is not None and year.role == "base" and not _of_figure(sentence, year, figure):
        year = None
    rate = Rate(name, _PROGRESS.search(name) is not None, target, target_year, start)
    return replace(
        claim,
        form="achievement_rate",
        subject=subject,
        series="actual",
        year=year,
        carried_year=None if start is not None and claim.carried_year == start else claim.carried_year,
        base=None,
        soft=False,
        from_before=False,
        total=False,
        parts=(),
        bound=claim.bound if year is None else None,
        rate=rate,
    )


def _of_figure(sentence: Sentence, year: Year, figure: Figure) -> bool:
    return re.fullmatch(r"の?[ ]?(?:約)?", sentence.plain[year.end : figure.start]) is not None


def _named_alone(sentence: Sentence, figure: Figure, subject: Subject) -> Subject:
    """The one row of the sentence, where words like 「目標に向けた削減の進捗率」 stand between it and the figure."""
    if subject.strength == "sure":
        return subject
    named = {row.id: row for m in sentence.mentions if m.end <= figure.start for row in m.rows}
    topics = [m for m in sentence.mentions if m.how == "foreign" and m.end <= figure.start]
    if not named and all(_TOPIC.search(sentence.bare, m.start, m.end + 1) for m in topics):
        carried = sentence.carried
        return carried if carried.strength == "sure" and len(carried.rows) == 1 else subject
    if len(named) == 1 and not any(m.topic and not _TOPIC.match(sentence.bare, m.end - 4) for m in topics):
        return Subject(tuple(named.values()), "sure", True)
    return subject


def _target(sentence: Sentence, figure: Figure, name: str) -> tuple[Figure | None, Year | None]:
    """The target that the rate is of, as the text names it: its figure and its year."""
    plain = sentence.plain
    said = list(re.finditer(words.TARGET_WORD, plain[: figure.start]))
    own = [match for match in said if not re.match(r"達成[率度]|比", plain[match.end() :])]
    if not own:
        return None, None
    last = own[-1]
    near = [other for other in sentence.figures if last.end() <= other.start < figure.start and other.unit != "％"]
    stated = (
        near[0]
        if near
        and re.fullmatch(r"(?:値|数値)?(?:である|の|は|を|:|が|として|とする)?[ ]?", plain[last.end() : near[0].start])
        else None
    )
    year = next(
        (
            year
            for year in reversed(sentence.years)
            if year.end <= last.start()
            and re.fullmatch(r"[)）]?(?:末)?の?(?:成果|数値)?[ ]?", plain[year.end : last.start()])
        ),
        None,
    )
    if year is None and _FAR.match(plain, last.start()):
        year = Year(last.start(), last.start(), None, "end", "target", False)
    if year is not None and year.name in ("this", "before", "two_before"):
        year = None
    return stated, year


_STARTS = re.compile(r"(?:値)?[)）]?(?:からの?(?!の?(?:増|減|上|低))|を(?:起点|基準|出発点)と?[しすに])")


def _start(sentence: Sentence, figure: Figure) -> Year | None:
    """The year from which progress is counted: 「計画策定時の241,860㎡から…に向けた進捗率」."""
    plain = sentence.plain
    for year in sentence.years:
        if year.end > figure.start:
            break
        follower = next((other for other in sentence.figures if other.start >= year.end), None)
        stop = follower.end if follower is not None and follower.start - year.end <= 3 else year.end
        starts = _STARTS.match(plain, stop) is not None
        aims = year.name == "start" or re.search("目標|進捗|到達", plain[stop : figure.start]) is not None
        between = [other for other in sentence.figures if stop <= other.start < figure.start]
        told = any(_LABEL.search(sentence.bare[stop : other.start].replace(BLANK, "")) for other in between)
        if stop < figure.start and starts and aims and not told:
            return year if year.name in ("start", None) else None
    return None


def row_of_target(record: Record, figure: Figure, year: Year | None) -> Row | None:
    """The one indicator that has this target, in the year named or any from the sheet's on; None if several do."""
    found: dict[str, Row] = {}
    for row in record.rows:
        for when, value in row.values["target"].items():
            named = year is not None and year.year is not None
            if when != year.year if named and year is not None else when < record.fiscal_year:
                continue
            if unit_fits(row.unit, figure.unit) and value == figure.value:
                found[row.id] = row
    return next(iter(found.values())) if len(found) == 1 else None
