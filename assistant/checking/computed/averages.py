"""Averages (20): over years, a person, a household, a time, a day, a month; of stored values and of figures beside."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.checking.computed.context import Operand, Reader, Recipe, Thing, addable, bare_lead
from assistant.checking.computed.judging import Computed, Reading, judged
from assistant.checking.computed.periods import periods_in
from assistant.checking.computed.sums import row_of
from assistant.checking.meanings import content
from assistant.checking.numerals import Figure, base_unit
from assistant.checking.row_names import covered_share
from corpus import messages
from corpus.fiscal import wareki

_PER = re.compile(
    r"(?P<who>[一-龠々ァ-ヴーA-Za-z]{0,10}?)[1一](?P<counter>人|名|世帯|家庭|件|回|日|か月|ヶ月"
    r"|カ月|月|団体|校|施設|か所|箇所|館|社|戸|事業所|事業|本|店舗|店|台|園|棟|組|教室|講座)"
    r"(?:(?:当|あ)たり|当り|につき|平均)(?:(?:の)?平均)?"
)
_LINK = re.compile(
    r"(?:の|、|に(?:すると|して|換算すると|直すと|換算して|は)|(?:で|を)?(?:みる|見る)と|では"
    r"|で|は|換算で(?:は)?|が|も|[ ])*(?P<what>[^、。()]{0,24}?)"
    r"(?:に(?:すると|換算すると)|を(?:みる|見る)と|で(?:みる|見る)と|は|が|も|、|:|で|[(]|[ ])*$"
)
_PERIOD_MEAN = re.compile(
    r"平均(?:値|件数|人数|額|数|利用者数|参加者数|して|する(?:と)?|で(?:は)?|は|が|を?(?:みる"
    r"|見る)と|、|[ ]|年(?:間)?|毎年|およそ|1年当たり|に(?:すると)?|の)*$|(?:[1一]年(?:間)?(?:当"
    r"|あ)たり|年平均|単年度平均|年度平均)[^、。]{0,12}?(?:は|で|、|の)*$"
)
_YEARLY = re.compile("年(?:間|度)?平均|平均|[1一]年(?:当|あ)たり|単年度")
_LEVELLED = re.compile(r"(?:を|で)(?:均|なら|平準化)(?:せば|すと|して|した|する(?:と)?|すれば)")
"""「4か年を均せば年29.8件」: an average without the word."""
_BEHIND = re.compile(r"(?:程度|前後)?(?:が|を|の)平均")
_PEOPLE = re.compile(r"市民|町民|村民|区民|住民|人口|^$")
_CALENDAR = {
    "日": (Decimal(365), Decimal(366)),
    "か月": (Decimal(12),),
    "ヶ月": (Decimal(12),),
    "カ月": (Decimal(12),),
    "月": (Decimal(12),),
}
_MONTHLY = re.compile(r"(?P<month>月平均|[1一]か月平均|毎月平均|月当たり)|(?P<day>[1一]日平均|日平均)")
_COUNTERS = {"名": "人", "家庭": "世帯", "箇所": "か所"}


def averages(reader: Reader) -> Iterator[Computed]:
    """The averages of a sentence."""
    for figure in reader.sentence.figures:
        if figure.unit in ("％", "ポイント", "倍", "位") or figure.upper is not None:
            continue
        found = _per_unit(reader, figure) or _over_years(reader, figure) or _kept_mean(reader, figure)
        if found is not None:
            yield found


def _per_unit(reader: Reader, figure: Figure) -> Computed | None:
    """「市民1人当たりの貸出冊数は5.5冊」, 「1回平均22人」, 「月平均30件」."""
    plain, floor = reader.plain, reader.before(figure)
    lead = reader.label(figure)
    match = next((m for m in reversed(list(_PER.finditer(lead))) if m.end() >= floor), None)
    monthly = None if match else next((m for m in reversed(list(_MONTHLY.finditer(lead))) if m.end() >= floor), None)
    place = match or monthly
    if place is None:
        return None
    link = _LINK.fullmatch(lead, place.end())
    what = (link.start("what"), link.end("what")) if link else None
    if what is None:
        if not re.fullmatch(r"[^。]{0,30}(?:は|が|で|も|、)*", lead[place.end() :]):
            return None
        what = (place.end(), len(lead))
    if _kept_as_such(reader, plain[what[0] : what[1]]):
        return None
    tops = _numerators(reader, figure, what, place.start())
    if match is not None:
        counter = _COUNTERS.get(match["counter"], match["counter"])
        who = match["who"]
    else:
        counter, who = ("か月" if place["month"] else "日"), ""
    readings = []
    sure = len(tops) > 0
    for top, certain in tops:
        bottoms = _denominators(reader, figure, who, counter, top)
        if not bottoms:
            continue
        for number, (names, values, bottom) in enumerate(bottoms):
            quotients = tuple(dict.fromkeys(t / b for t in top.values for b in values if b))
            if quotients:
                how = messages.check_quotient(top.name, names)
                recipe = Recipe((top.thing,), bottom) if top.thing is not None and bottom is not None else None
                readings.append(Reading(quotients, how, top.thing, top.year, number == 0, recipe))
        sure = sure and certain and len(bottoms) == 1
    if not readings:
        return None
    unit = "千円" if figure.unit == "千円" else figure.unit
    return judged(reader, figure, "ratio", readings, sure=sure, unit=unit)


def _kept_as_such(reader: Reader, what: str) -> bool:
    """Whether an average of this kind is itself kept (「1団体当たりの平均会員数」): no computation is meant."""
    words = content(what, reader.record)
    for thing in reader.things:
        name = thing.row.plain_name
        per = "当たり" in name or "あたり" in name or "平均" in name or "/" in thing.row.unit
        if per and words and covered_share(words, name) == 1:
            return True
    return False


def _numerators(reader: Reader, figure: Figure, what: tuple[int, int], start: int) -> list[tuple[Operand, bool]]:
    """What is divided: named behind 「当たりの」, else what the sentence speaks of before it."""
    unit = figure.unit
    things = [thing for thing in reader.in_span(*what, unit) if _divisible(thing) and thing.row.takes(unit)]
    if len(things) == 1:
        return [(operand, True) for operand in _at(reader, figure, things[0])]
    text = reader.plain[what[0] : what[1]]
    if things:
        return [(operand, False) for thing in things for operand in _at(reader, figure, thing)]
    if content(text, reader.record) and not re.fullmatch(r"(?:の)?(?:コスト|費用|経費|負担|額|金額|換算)*", text):
        figures = [f for f in reader.figures_in(0, start) if f.unit == unit]
        return [(reader.stated(figures[-1]), False)] if figures and figure.start - figures[-1].end < 16 else []
    named = [thing for thing in reader.named_in(0, start) if thing.row.takes(unit) and _divisible(thing)]
    stated = [
        f
        for f in reader.figures_in(0, start)
        if f.unit == unit and _is_value(reader, f) and not _PER.search(reader.lead(f))
    ]
    if not named and not stated:
        told = _told_of(reader, figure, start)
        if told is not None:
            return [(operand, True) for operand in _at(reader, figure, told)]
    if stated:
        return [(reader.stated(stated[-1]), True)]
    if named:
        return [(operand, True) for operand in _at(reader, figure, named[-1])]
    rows = [r for known in (reader.sentence.carried, reader.sentence.main) for r in known.rows if r.takes(unit)]
    return [(operand, True) for row in rows[:1] for operand in _at(reader, figure, Thing(row))]


def _told_of(reader: Reader, figure: Figure, start: int) -> Thing | None:
    """「公民館講座は1回当たり平均30人が参加した」: what the clause counts, by its words before and behind."""
    plain = reader.plain
    topic = re.split("[、。]", re.sub("[、 ]*$", "", plain[:start]))[-1]
    behind = re.split("[、。()]", plain[figure.end :])[0]
    first = re.split("[をはがもでに、]", plain[:start])[0]
    for text in (topic, topic + " " + behind, first + " " + behind):
        meant = [thing for thing in reader.meant(text, figure.unit) if _divisible(thing)]
        if len(meant) == 1:
            return meant[0]
    return None


def _is_value(reader: Reader, figure: Figure) -> bool:
    said = reader.said.get(figure.start)
    return said is not None and said.claim.form == "level" and said.claim.series == "actual"


def _divisible(thing: Thing) -> bool:
    return addable(thing.row)


def _at(reader: Reader, figure: Figure, thing: Thing) -> list[Operand]:
    found = [reader.stored(thing, year) for year in reader.years(figure, thing.row)[:1]]
    return [operand for operand in found if operand is not None]


def _denominators(
    reader: Reader, figure: Figure, who: str, counter: str, top: Operand
) -> list[tuple[str, tuple[Decimal, ...], Thing | Decimal | None]]:
    """What it is divided by, each with its name; the likeliest first."""
    if counter in _CALENDAR:
        days = _CALENDAR[counter]
        return [(messages.check_days("・".join(f"{day}" for day in days)), days, days[0])]
    unit = base_unit(counter)[0]
    fitting = [thing for thing in reader.things if thing.row.takes(unit) and thing.row.unit and addable(thing.row)]
    fitting = [thing for thing in fitting if top.thing is None or thing.row is not top.thing.row]
    words = content(who, reader.record)
    if words:
        meant = [thing for thing in fitting if covered_share(words, thing.row.name) == 1]
        if len(meant) > 1:
            shortest = min(len(thing.row.name) for thing in meant)
            meant = [thing for thing in meant if len(thing.row.name) == shortest]
    elif counter == "人" and _PEOPLE.search(who):
        meant = reader.people()
    else:
        meant = _kin(reader, fitting, top, figure)
    year = top.year
    found: list[tuple[str, tuple[Decimal, ...], Thing | Decimal | None]] = []
    for thing in meant:
        value = reader.stored(thing, year if year is not None else reader.years(figure, thing.row)[0])
        if value is not None:
            found.append((value.name, value.values, thing))
    if not found:
        stated = [f for f in reader.figures_in(0, figure.start) if f.unit == unit and _is_value(reader, f)]
        found = [(f.text, (f.value,), None) for f in stated[-1:]]
    return found


def _kin(reader: Reader, fitting: list[Thing], top: Operand, figure: Figure) -> list[Thing]:
    """For 「1回当たり」: the row in 回 that the sentence names, or that counts the same thing as what is divided."""
    named = [thing.row for thing in reader.named_in(0, figure.start)]
    meant = [thing for thing in fitting if any(thing.row is row for row in named)]
    if not meant and top.thing is not None:
        words = content(top.thing.row.name, reader.record)
        scored = [(covered_share(words, thing.row.name), thing) for thing in fitting]
        best = max((score for score, _ in scored), default=0)
        meant = [thing for score, thing in scored if score == best and score >= 0.4]
    if not meant:
        people = [thing for thing in fitting if thing.row.unit in ("人", "世帯")]
        meant = [thing for thing in people if thing.row.kind == "population"]
    return meant if len(meant) == 1 else []


def _over_years(reader: Reader, figure: Figure) -> Computed | None:
    """「令和2～5年度の4年間の平均で29.8件」."""
    lead = bare_lead(reader.lead(figure))
    levelled = _LEVELLED.search(lead) is not None
    if (
        "平均" not in lead
        and not levelled
        and not _PERIOD_MEAN.search(lead)
        and not _BEHIND.match(reader.plain, figure.end)
    ):
        return None
    row, sure = row_of(reader, figure)
    if row is None or ("平均" in row.name and lead.count("平均") < 2):
        return None
    current = reader.record.fiscal_year
    readings = []
    spans = periods_in(lead, reader.record, current)
    if not spans and _YEARLY.search(lead):
        # 「4年間で119件となり、年平均では29.8件」
        spans = periods_in(reader.plain[: reader.before(figure)], reader.record, current)
    for number, years in enumerate(spans):
        values = [row.value(year, "actual") for year in years]
        known = [value for value in values if value is not None]
        if len(known) == len(values) and len(known) > 1:
            shown = [f"{wareki(y)} {v / row.factor:,f}" for y, v in zip(years, known, strict=True)]
            how = messages.check_mean_of_years(row.name, shown)
            mean = sum(known, Decimal(0)) / len(known)
            readings.append(Reading((mean,), how, Thing(row), years[-1], number == 0))
    found = judged(reader, figure, "ratio", readings, sure=sure, unit=figure.unit)
    return replace(found, forced=True) if found is not None and (levelled or "平均" in lead) else found


def _kept_mean(reader: Reader, figure: Figure) -> Computed | None:
    """「到着時間は平均38分」: an average that a note keeps, whose words all stand before the figure."""
    lead = reader.lead(figure)
    if not re.search(r"平均[^、。]{0,14}$", lead):
        return None
    meant = [
        thing
        for thing in reader.things
        if thing.ids is not None and "平均" in thing.row.name and thing.row.unit == figure.unit
        and all(covered_share([word], lead) == 1 for word in content(thing.row.name.replace("平均", ""), reader.record))
    ]  # fmt: skip
    operands = _at(reader, figure, meant[0]) if len(meant) == 1 else []
    readings = [Reading(o.values, o.name, o.thing, o.year) for o in operands]
    return judged(reader, figure, "level", readings, sure=True)
