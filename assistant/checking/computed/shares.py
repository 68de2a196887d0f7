"""Shares (19) of one stored thing in another: 「児童生徒数に占める割合は3.7％」, 「漏水のうち給水管が64.1％」."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.checking.computed.breakdowns import part_thing
from assistant.checking.computed.context import Operand, Reader, Recipe, Thing, bare_lead, same_kind
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.numerals import Figure
from corpus import messages

_WORD = r"(?:割合|比率|構成比率?|占有率|シェア|ウエイト|ウェイト)"
_MARK = r"(?:について)?(?:は|が|も|で|では|:|、|=|が約|[ ])*(?:全体(?:の|で))?"
_LABELLED = re.compile(
    rf"(?P<whole>[^、。]{{1,40}}?)(?:に|の中で)占める(?:、)?(?P<part>[^、。]{{0,30}}?)の?{_WORD}{_MARK}$"
    rf"|(?P<over>[^、。]{{1,40}}?)(?:に対する|に対して?の?|比での?)(?P<of>[^、。]{{0,30}}?)の?{_WORD}{_MARK}$"
)
_AMONG = re.compile(
    rf"(?P<whole>[^、。]{{1,40}}?)の(?:うち|中で)、?(?P<part>[^、。]{{1,30}}?)(?:の占める{_WORD}"
    rf"|の{_WORD})?(?:が|は|で|も|:)+(?:全体の)?$"
)
_SEEN_AS = re.compile(
    r"(?P<whole>[^、。]{1,40}?)(?:で(?:みる|見る)と|では|においては)、?(?P<part>[^、。]{1,24}?)(?:が"
    r"|は)(?:全体の)?$"
)
_OF = re.compile(r"(?P<whole>[^、。]{1,40}?)(?P<all>全体|総額|合計)?の(?:うち(?:の)?)?$")
_ALONE = re.compile(rf"(?P<part>[^、。]{{1,30}}?)(?:の|が占める|の占める|が全体に占める)?{_WORD}{_MARK}$")
_OF_ALL = re.compile(r"(?:^|[、。がはも])(?:全体|総額|その全体|合計)の(?:うち)?$")
_TAKEN_BY = re.compile(
    r"(?:程度|強|弱|余り|近く|以上)?(?:を|は|が)、?(?P<part>(?!占め|超え|上回|下回|担|あ)[^、。]{1,24}?)(?:が占め"
    r"|で占め|で(?:ある|す|あ[っり]|、|構成|賄)|と(?:なっ|なり|な[るっ])|が(?:構成|充)|によ"
    r"|だ|[。)]|$|、(?=(?:約|およそ)?\d))"
)
_WITH = re.compile(r"(?:程度|強|弱|余り|近く)?(?:に当たる|に相当する|にあたる|を占める|の)[ ]?約?$")
_SPLIT = re.compile(r"構成|内訳|財源|割合|内容別|[^、。]別(?:に|で)")
_TAKES = re.compile(
    r"(?:程度|強|弱|余り|近く|以上|前後|超|未満)?(?:を(?:大きく|わずかに|やや|はるかに)?(?:占め|超え|上回|下回|賄|担)|に(?:す|過)ぎ|に(?:は)?満た|に(?:当た|あた"
    r"|相当|とどま|達|上|及|なっ|ま(?:で|たが))|と(?:な|、|い|最|高|低|大|多|少)|で(?:ある|あっ|、|す|し)|である"
    r"|だ|まで|の(?=[^、。]{0,4}\d)|[、。)(]|$)"
)
_CHANGES = re.compile(
    r"(?:程度|前後|強|弱)?(?:の)?[ ]?(?:増|減|上昇|低下|伸び|アップ|ダウン|上回|下回|改善|悪化"
    r"|ポイント|カット)"
)
_COMPARED = re.compile(
    r"(?:程度)?(?:を(?:大きく|わずかに|やや|はるかに)?(?:上回|下回|超え)|に次[いぐ]|より|[とに]比|、|が(?:これに)?続|と続)"
)
_OTHER_SHARE = re.compile(r"(?:^|[、。はがも])(?P<part>[^、。はがも:]{2,24}?)の(?:約)?$")
"""「…を占め、国庫支出金の」21.4％を上回る: the share of another part in the same whole."""
_TOPIC = re.compile(r"[はがも][、 ]?")
_OTHER_RATE = re.compile(
    r"(?:執行率|達成率|進捗率|率|目標(?:値)?|実績(?:値)?|前年度?|昨年度?)(?:は|が|も|の|:|、"
    r"|で)*$"
)


@dataclass(frozen=True)
class _Share:
    """What a share is of: places of the words for the part and for the whole (None: not said here)."""

    part: tuple[int, int] | None
    whole: tuple[int, int] | None
    figure: Figure | None = None


def shares(reader: Reader) -> Iterator[Computed]:
    """The shares of a sentence."""
    whole: Thing | None = None
    for figure in reader.sentence.figures:
        if (
            figure.unit != "％"
            or figure.signed
            or _CHANGES.match(reader.plain, figure.end)
            or _is_a_rate(reader, figure)
        ):
            continue
        said = _said(
            reader, figure, listed=whole is not None or _SPLIT.search(reader.plain[: figure.start]) is not None
        )
        if said is None:
            continue
        found, used = _judged(reader, figure, said, whole)
        whole = used or whole
        if found is not None:
            summed = said.whole is not None and _ADDED.search(reader.plain[: said.whole[0]].rpartition("。")[2][-24:])
            # a share of the sum just told is none of its last part
            yield replace(found, forced=True) if summed else found


def _is_a_rate(reader: Reader, figure: Figure) -> bool:
    """Whether an indicator in ％ is named right before the figure: it is that value."""
    head = bare_lead(reader.plain[: figure.start])
    return any(
        thing.row.unit == "％" and re.fullmatch(r"(?:数|値|の実績)?[はがもで、:の(]*", head[mention.end :]) is not None
        for mention in reader.sentence.mentions
        if mention.end <= len(head)
        for thing in (Thing(row) for row in mention.rows[:1])
    )


def _said(reader: Reader, figure: Figure, *, listed: bool) -> _Share | None:
    """The words of a share at a figure in ％, or None."""
    plain, floor = reader.plain, reader.before(figure)
    lead = reader.label(figure)
    takes = _TAKES.match(plain, figure.end) is not None
    match = _search(_LABELLED, lead, floor)
    if match:
        name, of = ("whole", "part") if match["whole"] else ("over", "of")
        part = match.span(of) if match[of].strip() else _part_before(lead, match.start(name), match.end(name))
        return _Share(part, _after_topic(lead, *match.span(name)))
    match = _search(_AMONG, lead, floor)
    if match:
        return _Share(match.span("part"), _after_topic(lead, *match.span("whole")))
    match = _search(_SEEN_AS, lead, floor) if takes else None
    if match:
        return _Share(match.span("part"), _after_topic(lead, *match.span("whole")))
    taken = _TAKEN_BY.match(plain, figure.end)
    if taken and listed and re.fullmatch(r"[、と]?(?:約|およそ)?", lead[floor:]):
        # 「事業費の34％は国庫支出金、15％は県支出金で」
        return _Share(taken.span("part"), None)
    beside_other = _OTHER_SHARE.search(lead, floor) if listed and _COMPARED.match(plain, figure.end) else None
    if beside_other:
        return _Share(beside_other.span("part"), None)
    match = _search(_OF, lead, floor)
    of_figure = any(other.end == len(lead) - 1 and other.unit not in ("％", "") for other in reader.sentence.figures)
    if match and _OTHER_RATE.search(lead) is None and (takes or taken or of_figure):
        unsaid = match["whole"] in ("", "そ", "その", "こ") or _OF_ALL.search(lead) is not None
        whole = None if unsaid else _after_topic(lead, *match.span("whole"))
        if taken:
            return _Share(taken.span("part"), whole)
        following = next((other for other in reader.sentence.figures if other.start >= figure.end), None)
        beside = following if following is not None and _WITH.fullmatch(plain[figure.end : following.start]) else None
        whole_said = _OF_ALL.search(lead)
        start = whole[0] if whole is not None else whole_said.start() + 1 if whole_said else match.start()
        return _Share(_part_before(lead, start, start), whole, beside)
    match = _search(_ALONE, lead, floor)
    if match and takes and _OTHER_RATE.search(lead) is None:
        return _Share(_after_topic(lead, *match.span("part")), None)
    match = (
        re.search(r"(?:^|[、:は])(?P<part>[^、。はがも:]{1,24}?)(?:が|は|も|:|で|の)?$", lead[floor:])
        if listed and takes
        else None
    )
    if match and _OTHER_RATE.search(lead) is None:
        return _Share((floor + match.start("part"), floor + match.end("part")), None)
    following = next((other for other in reader.sentence.figures if other.start >= figure.end), None)
    if following is not None and plain[figure.end : following.start] in ("の", "に当たる", "に相当する", "、"):
        topic = re.search(r"(?P<part>[^、。]{1,30}?)(?:は|が|も)$", lead[floor:])
        if topic and following.unit not in ("％", "ポイント", ""):
            return _Share((floor + topic.start("part"), floor + topic.end("part")), None, following)
    return None


def _search(pattern: re.Pattern[str], lead: str, floor: int) -> re.Match[str] | None:
    """The pattern at the end of the lead, begun at the clause of the figure; the whole may have its figure there."""
    clause = max(lead.rfind("。") + 1, lead.rfind("、", 0, max(floor - 1, 0)) + 1 if floor else 0)
    starts = [clause, *(clause + found.end() for found in re.finditer("、", lead[clause:]))]
    for start in starts:
        match = pattern.match(lead, start)
        if match and (match.end() == len(lead)):
            return match
    return None


def _after_topic(lead: str, start: int, end: int) -> tuple[int, int]:
    """A noun phrase without the topics that stand before it (「地方債が事業費全体」)."""
    cuts = [found.end() for found in _TOPIC.finditer(lead, start, end) if found.end() < end - 1]
    return (cuts[-1], end) if cuts else (start, end)


def _part_before(lead: str, start: int, end: int) -> tuple[int, int] | None:
    """The topic before the whole (「地方債は48,000千円となり、事業費の」): all that the clause says before it."""
    topics = [
        found for found in re.finditer(r"[^、。はがも「」]*[」]?(?:は|が|も)", lead[: start + 0]) if found.group()
    ]
    if topics:
        last = topics[0] if "、" in lead[topics[-1].end() : start] and len(topics) == 1 else topics[-1]
        return last.start(), last.end() - 1
    inside = list(_TOPIC.finditer(lead, start, end))
    return (start, inside[-1].start()) if inside else None


def _judged(reader: Reader, figure: Figure, said: _Share, last: Thing | None) -> tuple[Computed | None, Thing | None]:
    wholes = _wholes(reader, figure, said, last)
    readings, sure, used = [], True, None
    for whole in wholes[:1]:
        parts = _parts(reader, figure, said, whole)
        for part, certain in parts:
            reading = _reading(part, whole)
            if reading is not None:
                readings.append(reading)
                sure = sure and certain
                used = whole.thing
    return judged(reader, figure, "share", readings[:2], sure=sure, unit="％"), used


def _wholes(reader: Reader, figure: Figure, said: _Share, last: Thing | None) -> list[Operand]:
    if said.whole is not None:
        return _operands(reader, figure, *said.whole)
    among = _AMONG_FIGURE.search(reader.plain, 0, figure.start)
    if among is not None and _OF_ALL.search(reader.label(figure)):
        # 「相談8,214件のうち、認知症に関するものは1,743件と全体の」
        told = [one for one in reader.figures_in(0, figure.start) if one.end == among.start()]
        if told:
            return [reader.stated(told[0])]
    if said.figure is not None and said.part is None:
        # 「通報は44件あり、このうち約1割に当たる5件が」
        before = [one for one in reader.figures_in(0, figure.start) if one.unit == said.figure.unit]
        if before:
            return [reader.stated(before[-1])]
    carried = [row for known in (reader.sentence.carried, reader.sentence.main) for row in known.rows[:1]]
    totals = [
        thing for thing in reader.named_in(0, figure.start) if thing.row.id in ("cost:program_total", "cost:total")
    ]
    part = _things(reader, *said.part) if said.part is not None else []
    if said.part is not None and len(part) != 1:
        kept = part_thing(reader, reader.plain[said.part[0] : said.part[1]])
        part = [kept] if kept is not None else part
    costs = bool(part) and part[0].row.kind == "cost"
    if costs and part[0].row.id in ("cost:personnel", "cost:program_total") and not totals:
        totals = [thing for thing in reader.things if thing.row.id == "cost:total"]
    if last is None and part and not costs:
        totals, costs = _kin(reader, part[0]), True
    if costs and not totals and last is None:
        totals = [Thing(row) for row in carried if row.id in ("cost:program_total", "cost:total")]
        totals = totals or [thing for thing in reader.things if thing.row.id == "cost:program_total"]
    things = ([last] if last is not None else []) or (totals if costs else [])
    return [o for thing in things[-1:] for o in _of(reader, thing, figure)]


def _kin(reader: Reader, part: Thing) -> list[Thing]:
    """The row that a part's name ends on: 貸出冊数 for 「電子図書館の貸出冊数」."""
    kin = [
        thing
        for thing in reader.things
        if thing.ids is None
        and thing.row is not part.row
        and thing.row.unit == part.row.unit
        and part.row.plain_name.endswith(re.split("の", re.sub(r"\([^)]*\)", "", thing.row.plain_name))[-1])
    ]
    return kin if len(kin) == 1 else []


def _parts(reader: Reader, figure: Figure, said: _Share, whole: Operand) -> list[tuple[Operand, bool]]:
    """The part, each with whether it is sure."""
    if said.part is None:
        told = [_counted(reader, said.figure)] if said.figure is not None else []
        return told or _just_stated(reader, figure, said, whole)
    just = _just_stated(reader, figure, said, whole)
    if just and said.whole is not None and _is_summed(reader, said.part, said.whole[0]):
        # 「地方債は462,300千円で、両者を合わせると793,920千円となり、事業費の」
        return just
    named = reader.named_in(*said.part)
    if whole.thing is not None and (not named or named[-1].row is whole.thing.row):
        part = part_thing(reader, reader.plain[said.part[0] : said.part[1]], whole.thing.row)
        if part is not None:
            return [(o, True) for o in _of(reader, part, figure, whole.year)]
    found = [(o, True) for o in _operands(reader, figure, *said.part, year=whole.year) if same_kind(o.unit, whole.unit)]
    if said.figure is not None and not found:
        found.append(_counted(reader, said.figure))
    return found or _just_stated(reader, figure, said, whole)


_ON = re.compile(
    r"(?:で(?:あり|ある)?|と(?:なり|なって(?:おり|いて))|に(?:達し|上り|のぼり|及び|とどまり))?(?:、|\()"
    r"(?:これは|この額は|その額は|当該)?|で|と"
)
"""Between an amount and the share that it is (「合わせて114,815千円で、事業費の40.6％」)."""


_AMONG_FIGURE = re.compile(r"の(?:うち|中で)")
_ADDED = re.compile("合わせ|併せ|あわせ|合計|総額|足し|加え|合算")


def _is_summed(reader: Reader, part: tuple[int, int], whole: int) -> bool:
    """Whether the amount right before the whole is more than the part that the clause names."""
    figures = reader.figures_in(part[1], whole)
    return len(figures) > 1 or (bool(figures) and _ADDED.search(reader.plain, part[0], figures[0].start) is not None)


def _just_stated(reader: Reader, figure: Figure, said: _Share, whole: Operand) -> list[tuple[Operand, bool]]:
    """The figure right before the whole, where the words before it name no single row."""
    of_all = _OF_ALL.search(reader.label(figure)) if said.whole is None else None
    if said.whole is None and of_all is None:
        return []
    start = said.whole[0] if said.whole is not None else reader.plain.rfind("全体", 0, figure.start)
    before = reader.figures_in(0, max(start, 0))
    if not before or not _ON.fullmatch(reader.plain[before[-1].end : start]):
        return []
    operand = reader.stated(before[-1])
    said_of = reader.said.get(before[-1].start)
    right = said_of is not None and said_of.finding is not None and said_of.finding.verdict == "match"
    unjudged = operand.thing is None and (said_of is None or said_of.finding is None)
    return [(operand, right or unjudged)] if same_kind(operand.unit, whole.unit) else []


def _counted(reader: Reader, figure: Figure) -> tuple[Operand, bool]:
    """A figure beside the share as the part, sure where it is itself stored."""
    operand = reader.stated(figure)
    return operand, operand.thing is not None


def _things(reader: Reader, start: int, end: int) -> list[Thing]:
    return reader.in_span(start, end)


def _operands(reader: Reader, figure: Figure, start: int, end: int, year: int | None = None) -> list[Operand]:
    """What a noun phrase gives: a figure within it or right behind its topic, else the one thing that it names."""
    inside = [other for other in reader.figures_in(start, end) if other.unit not in ("％", "ポイント", "")]
    if inside:
        return [reader.stated(inside[-1])]
    things = reader.in_span(start, end)
    found = [o for thing in things[:1] if len(things) == 1 for o in _of(reader, thing, figure, year)]
    following = next((other for other in reader.sentence.figures if other.start >= end), None)
    beside = following is not None and re.fullmatch(r"[はがも]?[、 (]?(?:約)?", reader.plain[end : following.start])
    if (
        not found
        and following is not None
        and beside
        and following.end <= figure.start
        and following.unit not in ("％", "ポイント", "")
    ):
        return [reader.stated(following)]
    return found


def _of(reader: Reader, thing: Thing, figure: Figure, year: int | None = None) -> Sequence[Operand]:
    years = [year] if year is not None else reader.years(figure, thing.row)
    found = [reader.stored(thing, one) for one in years]
    return [operand for operand in found if operand is not None]


def _reading(part: Operand, whole: Operand) -> Reading | None:
    if not same_kind(part.unit, whole.unit) or part.unit == "％" or not all(whole.values):
        return None
    if part.thing is not None and whole.thing is not None and part.thing.row is whole.thing.row:
        return None
    values = tuple(dict.fromkeys(top * 100 / bottom for top in part.values for bottom in whole.values))
    if values[0] > 100 and part.values[0] > 0 and part.thing is None:
        return None
    how = messages.check_share_of(part.name, whole.name)
    recipe = Recipe((part.thing,), whole.thing, percent=True) if part.thing and whole.thing else None
    return Reading(values, how, part.thing, part.year or whole.year, True, recipe)
