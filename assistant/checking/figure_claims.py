"""Claims that a figure makes: levels, changes, indices, multiples, achievement rates (1 to 6, 11, 17, 21, 23, 24)."""

import re
from dataclasses import replace
from decimal import Decimal

from assistant.checking import words
from assistant.checking.aims import is_aim
from assistant.checking.bands import band_claim
from assistant.checking.bases import SERIES_BEFORE, bound_behind
from assistant.checking.change_claims import change_claim
from assistant.checking.claim_types import Claim
from assistant.checking.deeds import deed_subject, does_as_named, is_done_to_some, only_of_its_unit, rest_of
from assistant.checking.figure_subjects import fitting_ids, hinted, named_with_other_unit, or_main
from assistant.checking.meanings import content
from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Bound, Figure, unit_fits
from assistant.checking.parts import BESIDE, is_said_of, part_words
from assistant.checking.plan_words import is_planned
from assistant.checking.ratio_claims import ratio_claim
from assistant.checking.record import Record
from assistant.checking.referents import subject_at
from assistant.checking.sentences import (
    NOTHING,
    Sentence,
    Subject,
    current_year,
    direct_year,
    is_base_figure,
    states_itself,
)
from assistant.checking.subjects import MENTION
from assistant.checking.years import Year
from corpus.form import Series

_SOFT_AFTER = re.compile(r"[^、。]{0,4}(?:を占め|の内訳|にあたる|に当たる|に相当)")

_TAKES_UP = re.compile(r"(?:程度|強|弱|余り|近く|前後|超)?を占め")
_OF_ANOTHER = re.compile(r"全体|総数|(?:の|うち)(?:約|およそ|おおよそ|ほぼ)?[ ]?$")
"""Before a share: of another whole than the row's (「全体の約37％を占める」)."""
_SHARE_NAME = re.compile(r"(?:割合|比率|シェア)(?:[(（].*)?$")
_RATE_LABEL = re.compile(r"(?:達成率|達成度|進捗率|到達率|達成割合)(?:は|が|も|で|の|:|、|=)*[ ]?(?:約|ほぼ)?[(「]?$")

_OTHER_RATE = re.compile(
    r"(?:執行率|構成比|シェア|占有率|利用率|回収率|回答率)(?:は|が|も|で|の|:|、|=)*[ ]?(?:約|ほぼ)?[(「]?$"
)

_TOTAL = re.compile(r"(?:合計|総額|トータル|(?<![累統会設推集])計)(?:で|は|が|、|:)?(?:約)?$")

_BY_CAUSE = re.compile(r"(?:により|によって|による|に伴い)[ ]?(?:約)?$")

_COST_WORDS = re.compile(r"コスト|総事業費|事業費(?:の|は)|決算|財源|総額")

_TOGETHER = re.compile(r"(?:合わせ|併せ|あわせ)(?:て|ると)[、 ]?(?:約)?$")

_YEARS_ADDED = re.compile(r"[0-9]年(?:度)?(?:間|分)|累計|通算")

_AND_MORE = re.compile(r"[とや・、](?!も)|など|等の|ほか|及び|および|並びに")
"""Before a sum: what is summed may be more than what is named last."""

_SERIES_BEHIND = re.compile(
    r"(?:以上|以下|程度|未満)?(?:(?:の|という|を)(?P<target>目標)(?!達成率)|(?:の|という)(?P<actual>実績)"
    r"|(?:と|に|を)(?:した|していた|定めた|設定した|掲げた|置いた)"
    r"(?P<set>目標)(?!に?向け|の(?:達成|実現)(?:に向|を目|のため))"
    r"|(?:(?:まで|に|を)?(?:引き?[上下]げる|高める|抑える|減らす|増やす|低減する|する|保つ|維持する)"
    r"(?:とした|とする|という|との|こととした)?|(?:まで|に|へ|を|と)[^、。0-9]{1,12}こと[をが])(?P<aim>目標)"
    r"|(?:を|と|になると|に)?(?P<forecast>見込|推計|予測)"
    r"(?!み?[値数額]?の?(?:約|およそ)?\d|み?[値数額]?(?:さえ|すら|より|と比|も|を(?!立)|に(?:対|比|届|及|達|満))))"
)

_TARGET_NAMED = re.compile(
    rf"(?P<target>{words.TARGET_WORD})(?:である|とする|とした|に掲げる|に掲げた|の){MENTION}+(?:数|額|の)?[ ]?(?:約)?$"
)
"""「目標である設置数72か所の実現」: the name stands between the label and its figure."""

_EACH = re.compile("(?:それぞれ|各々|いずれも|ともに|順に)、?")
"""Between a label and its figures; who they are of is for ``pairing``."""


def figure_claim(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """What a figure states, or None where it states nothing by itself."""
    plain = sentence.plain
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    lead = _EACH.sub("", sentence.bare[before : figure.start].replace(BLANK, ""))
    rest = plain[figure.end :]
    parts = part_words(sentence, figure, lead)
    part = bool(parts)
    taken = _SOFT_AFTER.match(rest) is not None
    year, carried = direct_year(sentence, figure), current_year(sentence, figure.start)
    if figure.unit == "位":
        return Claim("rank", figure.start, figure.end, NOTHING, figure=figure)
    if figure.unit == "％" and (_RATE_LABEL.search(lead) or (lead.endswith("同") and _is_same_rate(sentence, figure))):
        subject = subject_at(sentence, figure.start, record, fitting_ids(record, None))
        return Claim(
            "achievement_rate", figure.start, figure.end, subject, figure=figure, year=year, carried_year=carried
        )
    band = band_claim(sentence, figure, record)
    if band is not None:
        return band
    ratio = ratio_claim(sentence, figure, lead, record, soft=bool(parts - {"年間"}))
    if ratio is not None:
        return ratio
    change = change_claim(sentence, figure, lead, record)
    if change is not None:
        return change
    if figure.unit == "％" and _OTHER_RATE.search(lead):
        return Claim("other", figure.start, figure.end, Subject((), "foreign"), figure=figure)
    claim = _level(sentence, figure, lead, record, year, carried, part or taken)
    rest_is = rest_of(sentence, figure)
    if rest_is is not None:
        return replace(claim, subject=rest_is, soft=False)
    if taken and not part and _is_its_share(figure, lead, rest, claim.subject):
        return replace(claim, soft=False)
    return claim if taken or not is_said_of(parts, claim.subject, lead) else replace(claim, soft=False)


def _is_its_share(figure: Figure, lead: str, rest: str, subject: Subject) -> bool:
    """「教員は4割強を占めています」 of a row that is itself a share; 「全体の4割を占め」 may be another whole's."""
    if figure.unit != "％" or len(subject.rows) != 1 or subject.strength != "sure" or _OF_ANOTHER.search(lead):
        return False
    return _TAKES_UP.match(rest) is not None and _SHARE_NAME.search(subject.rows[0].plain_name) is not None


def _level(
    sentence: Sentence, figure: Figure, lead: str, record: Record, year: Year | None, carried: Year | None, soft: bool
) -> Claim:
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    rest = sentence.plain[figure.end :]
    series: Series = "actual"
    labelled = SERIES_BEFORE.search(lead) or _TARGET_NAMED.search(lead)
    behind = _SERIES_BEHIND.match(rest)
    found = labelled or behind
    if found:
        aim = found.groupdict().get("aim") or found.groupdict().get("set")
        series = "target" if aim else words.series_of(found) or series
    if year is not None and year.behind:
        inside = words.SERIES.search(sentence.plain, year.end, year.end + 6)
        series = (words.series_of(inside) if inside else None) or series
    elif year is not None and year.role == "target" and series != "target":
        year = None
    ahead = year is not None and year.year is not None and year.year > record.fiscal_year
    unsaid = found is None and year is not None and "目標" in sentence.plain
    if unsaid and is_aim(sentence, figure, record, ahead=ahead):
        series = "target"
    same = _SAME.search(sentence.plain[: figure.start])
    if same and labelled is None:
        year, series = _said_before(sentence, figure)
    planned = is_planned(rest.rstrip(), ahead=ahead)
    if planned and rest.startswith(")") and labelled is not None and words.series_of(labelled) == "actual":
        # 「目標95.0％（令和6年度実績93.1％）に向けた」: what is aimed at stands before the brackets
        planned = False
    if year is not None and year.role in ("base", "until") and not year.behind:
        aimed_at = planned and _UNTIL.match(sentence.plain, year.end)
        year = year if aimed_at or _has_value(sentence, year, figure) else None
    added = _over_years(sentence, figure, record)
    if added is not None:
        return added
    total = _TOTAL.search(lead) is not None
    subject = subject_at(sentence, figure.start, record, fitting_ids(record, figure.unit))
    if series == "target":
        subject = or_main(sentence, subject, figure.start, fitting_ids(record, figure.unit))
    if subject.strength in ("none", "foreign") and not subject.rows:
        unit_wrong = named_with_other_unit(sentence, figure, record)
        subject = unit_wrong or subject
    unsaid = not subject.rows or (subject.strength == "open" and not subject.topic)
    if unsaid and (series == "target" or year is not None or total or "累計" in lead):
        subject = hinted(sentence, figure, record, labelled=series == "target") or subject
    if subject.strength in ("none", "foreign", "weak"):
        subject = deed_subject(sentence, figure, record) or subject
    if subject.strength == "weak" and only_of_its_unit(sentence, figure, subject, record):
        subject = Subject(subject.rows, "sure", True)
    if subject.strength == "sure" and is_done_to_some(sentence, figure, subject):
        subject = Subject(subject.rows, "weak")
    beside = BESIDE.search(lead) is not None
    opens_clause = sentence.bare[sentence.segment_start(figure.start) : figure.start].strip() == ""
    behind_it = sentence.bare[figure.end : sentence.segment_end(figure.end)]
    by_unit = subject.strength in ("sure", "open") and not subject.topic and not sentence.carried.rows and not planned
    others = by_unit and _speaks_of_another(sentence, figure, subject)
    if (not figure.unit and opens_clause) or others or (by_unit and content(behind_it, record)):
        subject = Subject((), "foreign")
    of_part = beside and _counts_a_part(sentence, figure, subject)
    itself = states_itself(sentence, figure) or does_as_named(sentence, figure, subject)
    itself = itself or _is_its_share(figure, lead, rest, subject)
    if subject.strength in ("sure", "open") and not itself and (not beside or of_part):
        subject = Subject(subject.rows, "weak") if subject.topic else Subject((), "foreign")
    if _is_cause(sentence, figure) or _is_budget(sentence, figure, subject):
        subject = Subject((), "foreign")
    other_unit = [row for row in subject.rows if not unit_fits(row.unit, figure.unit) and row.takes(figure.unit)]
    if other_unit and not (beside and _names_a_number(sentence, figure.start)):
        subject = Subject(subject.rows, "weak")
    head = sentence.bare[before : figure.start]
    several = head.count(BLANK + "と" + BLANK) > 0 or _YEARS_ADDED.search(head) is not None
    if subject.strength == "sum" and (several or not (states_itself(sentence, figure) or beside)):
        subject = Subject(subject.rows, "sum")
    if total and subject.strength == "sure" and (several or _AND_MORE.search(head)):
        subject = Subject(subject.rows, "weak")
    together = _TOGETHER.search(lead) is not None and subject.strength != "sum"
    if together and (figure.unit != "千円" or len(_parts(sentence, figure)) < 2):
        subject = Subject((), "foreign")
    total = total or (together and subject.strength != "foreign")
    sums = total and figure.unit == "千円" and MENTION not in lead and subject.strength != "sum"
    if sums and not _of_costs(sentence) and len(_parts(sentence, figure)) < 2:
        subject, sums = Subject((), "foreign"), False
    if sums and (subject.strength in ("open", "none") or any(row.kind == "cost" for row in subject.rows)):
        subject = Subject(tuple(row for row in record.rows if row.id in ("cost:program_total", "cost:total")), "open")
    aimed = not labelled and re.match(r"(?:以上|以下|程度)?を目標", rest) is not None
    plan = (series == "actual" and planned) or aimed
    from_before = re.match(r"から(?!の|成|構成)|より|と比|に比", rest) is not None or _leads_to_next(sentence, figure)
    from_before = from_before and series == "actual"
    return Claim(
        "level",
        figure.start,
        figure.end,
        subject,
        series,
        figure,
        year=year,
        carried_year=carried,
        plan=plan,
        soft=soft or (same is not None and year is None and series == "actual"),
        from_before=from_before and year is None,
        any_year=same is not None and year is None,
        total=total or subject.strength == "sum",
        parts=_parts(sentence, figure) if sums else (),
        bound=_limit(sentence, figure, year) if series == "actual" else None,
    )


_OWN_YEAR = re.compile(r"末?(?:時点)?(?:[(][^()]*[)])?(?:の実績)?(?:は|には|において|で|、|も|に|とも?(?=約?\d))")
_REACHED = re.compile(
    r"(?:の大台)?に(?:は)?(?:達し(?!て(?:は)?い?な|な|ず)|到達し?(?!て(?:は)?い?な|な|ず)|乗[っり])|の大台"
)


def _limit(sentence: Sentence, figure: Figure, year: Year | None) -> Bound | None:
    """24: the words behind bound the figure: 「8割を超えた」; 「500人に達した」 of a round number: from it on."""
    own = year is None or year.name == "this" or year.behind
    if year is not None and not own and not _OWN_YEAR.match(sentence.plain, year.end):
        return None
    rounded = figure.decimals == 0 and figure.coarse >= 10 and figure.bound == "exact"
    if rounded and _REACHED.match(sentence.plain, figure.end):
        return "tier"
    return bound_behind(sentence.plain, figure.end)


_IN_BRACKETS = re.compile(r"末?(?:の?(?:実績|調査|結果)値?)?[ ]?\([^()]{0,12}?[: 、]?(?:約|およそ)?")
"""Between a year and its value: 「前年度（73.4％）から」."""
_IN_SAME_BRACKETS = re.compile(
    r"末?(?:時点)?(?:の|は|に)?(?:実績|調査|結果)?(?:値|数)?(?:は|:|、| )*(?:約|およそ)?[ ]?"
)
"""Between them where one pair of brackets holds both: 「前回調査（令和3年度 12.6％）から」."""


def _has_value(sentence: Sentence, year: Year, figure: Figure) -> bool:
    """Whether the figure is the value of a year that is compared with (「令和4年度の80件から」)."""
    if year.start >= figure.end:
        return True
    between = sentence.plain[year.end : figure.start]
    inside = sentence.plain[year.start - 1 : year.start] == "("
    if _IN_BRACKETS.fullmatch(between) or (inside and _IN_SAME_BRACKETS.fullmatch(between)):
        return True
    if re.fullmatch(r"まで(?:は|の)?[ ]?(?:約)?", between):
        return True
    return re.match(r"末?(?:の|は|、|に)", between) is not None and is_base_figure(sentence, figure)


_ARROW = re.compile(r"[ ]?[→⇒➡⇨][ ]?")


def _leads_to_next(sentence: Sentence, figure: Figure) -> bool:
    """「29.6％→24.2％」: the value before; in a longer chain only the last but one is known to be."""
    later = [other for other in sentence.figures if other.start >= figure.end][:2]
    if not later or later[0].unit != figure.unit or not _ARROW.fullmatch(sentence.plain, figure.end, later[0].start):
        return False
    return _ARROW.match(sentence.plain, later[0].end) is None


_UNTIL = re.compile("末?までに")
_SAME = re.compile(r"[(（、]同[ ]?$")
"""「（同45.9％）」: the label of the value before it."""


def _said_before(sentence: Sentence, figure: Figure) -> tuple[Year | None, Series]:
    """The year and series that the sentence has named last before 「同」."""
    years = [year for year in sentence.years if year.end <= figure.start]
    labels = list(words.SERIES.finditer(sentence.plain, 0, figure.start))
    year = years[-1] if years else None
    if labels and (year is None or labels[-1].start() >= year.start):
        return year, words.series_of(labels[-1]) or "actual"
    return year, "actual"


def _is_same_rate(sentence: Sentence, figure: Figure) -> bool:
    """「（達成率82.7％）、…（同93.3％）」: the ％ in the brackets before is an achievement rate."""
    plain = sentence.plain
    if _SAME.search(plain, 0, figure.start) is None:
        return False
    opened = plain.rfind("(", 0, plain.rfind("(", 0, figure.start))
    before = [other for other in sentence.figures if opened < other.start < figure.start and other.unit == "％"]
    return opened >= 0 and bool(before) and _RATE_LABEL.search(plain, opened, before[0].start) is not None


def _parts(sentence: Sentence, figure: Figure) -> tuple[Decimal, ...]:
    """The amounts named before a sum of money in the same sentence."""
    return tuple(other.value for other in sentence.figures if other.end <= figure.start and other.unit == "千円")


_OVER_YEARS = re.compile(
    r"からの?[ ]?(?P<years>\d{1,2})(?:か)?年間(?:で|の)(?:累計|合計|延べ|総計|計)(?:で|は|が)?[ ]?約?$"
)


def _over_years(sentence: Sentence, figure: Figure, record: Record) -> Claim | None:
    """「令和2年度からの4年間で計191人」."""
    head = sentence.plain[: figure.start]
    match = _OVER_YEARS.search(head)
    year = next((year for year in sentence.years if match is not None and year.end == match.start()), None)
    if match is None or year is None:
        return None
    subject = subject_at(sentence, year.start, record, fitting_ids(record, figure.unit))
    return Claim("years_sum", figure.start, figure.end, subject, figure=figure, year=year, period=int(match["years"]))


def _counts_a_part(sentence: Sentence, figure: Figure, subject: Subject) -> bool:
    """「認定農業者9経営体の見直しを支援」: so many of them, not their number."""
    counted = all(row.kind != "cost" and row.unit not in ("％", "千円") for row in subject.rows)
    return counted and not _names_a_number(sentence, figure.start)


def _is_cause(sentence: Sentence, figure: Figure) -> bool:
    """「譲渡により920㎡、解体により1,765㎡が減少」: parts of a change by their causes."""
    plain = sentence.plain
    causes = [other for other in sentence.figures if _BY_CAUSE.search(plain[: other.start])]
    return figure in causes and any(other is not figure and other.unit == figure.unit for other in causes)


_BUDGET = re.compile(
    r"予算(?:現額|総額|額|規模)?(?:\([^()]*\))?(?:として|に計上した|は|が|の|を|も|、|:|で)*[ ]?(?:約|およそ)?$"
)


_OWN_TOPIC = re.compile(r"(?:^|[、。・〇◆])(?P<noun>[^、。はがも・〇◆\s]{2,12})(?:は|が|も)[^、。はがも]*$")
_NEUTRAL = re.compile("[実人件]?[績数]|数値|合計|総数|結果|全体|総額|これ|それ|本市|市内|うち")


def _speaks_of_another(sentence: Sentence, figure: Figure, subject: Subject) -> bool:
    """「通いの場は112か所に広がり」: the topic has no part in the one name that the unit would give."""
    topic = _OWN_TOPIC.search(sentence.bare[: figure.start])
    if topic is None or MENTION in topic["noun"] or BLANK in topic["noun"] or _NEUTRAL.search(topic["noun"]):
        return False
    return not any(topic["noun"] in row.plain_name for row in subject.rows)


def _is_budget(sentence: Sentence, figure: Figure, subject: Subject) -> bool:
    """「予算額（補正後）1,450,000千円」: a budget is none of the costs."""
    if figure.unit != "千円" or any("予算" in row.plain_name for row in subject.rows):
        return False
    return _BUDGET.search(sentence.plain, 0, figure.start) is not None


def _of_costs(sentence: Sentence) -> bool:
    """Whether the sentence, or what it goes on from, speaks of the measure's costs."""
    rows = [row for mention in sentence.mentions for row in mention.rows] + list(sentence.carried.rows)
    return any(row.kind == "cost" for row in rows) or _COST_WORDS.search(sentence.plain) is not None


def _names_a_number(sentence: Sentence, start: int) -> bool:
    """Whether what is named last before ``start`` is called a number (「事務事業数」, not 「事務事業」)."""
    named = [mention for mention in sentence.mentions if mention.rows and mention.end <= start]
    return bool(named) and sentence.plain[named[-1].start : named[-1].end].endswith("数")
