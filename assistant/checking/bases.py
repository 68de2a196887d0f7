"""What a statement compares with: 「前年度から」, 「目標を」, 「14.8％に比べ」 before a place of a sentence."""

import re

from assistant.checking import words
from assistant.checking.claim_types import Base, Claim
from assistant.checking.never_values import BLANK, normalise
from assistant.checking.numerals import Bound, Figure, qualifier_end
from assistant.checking.sentences import Sentence, direct_year, is_base_figure
from assistant.checking.years import Year
from corpus.form import Series

_LINK = (
    r"(?:値|数値)?(?:である|としていた|とした|とする|に掲げた|に掲げる|に設定した|で定めた|で掲げた)?"
    r"(?:については|としては|として|は|が|の|も|を|に|では|、|:|=|\(|「|と|各)*[ ]?(?:約|およそ|ほぼ|概ね)?[ ]?$"
)

SERIES_BEFORE = re.compile(rf"(?:{words.SERIES.pattern}){_LINK}")


def base_at(sentence: Sentence, place: int) -> Base | None:
    """What the words before ``place`` compare with: the nearest year, series word or figure marked so."""
    best: tuple[int, Base] | None = None
    plain = sentence.plain
    for year in sentence.years:
        if year.end <= place and year.role == "base":
            best = (year.start, Base("actual", year))
    for match in words.SERIES.finditer(plain, 0, place):
        name = words.series_of(match)
        if name in (None, "actual") or not _is_base(plain, match.end()):
            continue
        if name is not None and (best is None or match.start() > best[0]):
            best = (match.start(), Base(name, _year_before(sentence, match.start())))
    for figure in sentence.figures:
        if figure.end > place:
            break
        base_like = figure.unit != "ポイント" and (is_base_figure(sentence, figure) or _is_limit(sentence, figure))
        if base_like and (best is None or figure.start > best[0]):
            before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
            labelled = SERIES_BEFORE.search(sentence.bare[before : figure.start].replace(BLANK, ""))
            series: Series = (words.series_of(labelled) if labelled else None) or "actual"
            direct = _own_year(sentence, figure)
            foreign = series == "actual" and _OTHERS.search(_clause_before(sentence, figure)) is not None
            limits = bound_behind(plain, figure.end) or re.match("に対し", plain[figure.end :])
            within = direct is None or _IN_THE_YEAR.fullmatch(plain, direct.end, figure.start)
            if series == "actual" and limits and within:
                continue
            best = (figure.start, Base(series, direct, figure, foreign and direct is None))
    return best[1] if best else None


_CONTRAST = re.compile(
    r"(?:は|の(?:いずれ|どちら|双方|両方|両者)(?:も|を|をも)|以[下内上](?:の水準)?に[はも]?)"
    r"(?:大きく|わずかに|辛うじて|何とか)?(?:上回|下回|超え|割り込|収[まめ]|抑え|達[しせ]|届)"
)


def _is_limit(sentence: Sentence, figure: Figure) -> bool:
    """「成り行き値の95.0％は下回った」「目標の93.0％以下に抑えた」: of a series or a year that is named."""
    if _CONTRAST.match(sentence.plain, figure.end) is None:
        return False
    before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
    labelled = SERIES_BEFORE.search(sentence.bare[before : figure.start].replace(BLANK, ""))
    return labelled is not None or _own_year(sentence, figure) is not None


_IN_THE_YEAR = re.compile(r"末?(?:とも?|は|には?|で(?:は)?)、?(?:約|およそ)?")
"""Between a year and a limit of that year's own value (「令和3年度は120人を超えていた」)."""
_BRACKETS = re.compile(r"\([^()]{0,30}\)")


def _is_base(plain: str, place: int) -> bool:
    """Whether what follows a series word makes it a base, brackets left out: 「目標値（46.0％）を下回った」."""
    over = _BRACKETS.match(plain, place)
    return words.BASE_NEXT.match(plain, over.end() if over else place) is not None


_OTHERS = re.compile(r"平均|全国|県内|都内|近隣|類似団体|他市|他の市")
"""Before a figure: it is other cities' (「県内の市の平均である92.7％」)."""


def _own_year(sentence: Sentence, figure: Figure) -> Year | None:
    """The year that stands with a figure compared with; not one with a comparison of its own."""
    year = direct_year(sentence, figure)
    apart = year is not None and year.role in ("base", "until") and not year.behind
    if year is None or (apart and not re.match("[のはに、(]", sentence.plain[year.end :])):
        return None
    return year


def _clause_before(sentence: Sentence, figure: Figure) -> str:
    """The clause that leads to a figure, what stands in brackets left out."""
    return re.split("[、。]", re.sub(r"[(（][^)）]*[)）]", "", sentence.bare[: figure.start]))[-1]


_BESIDE_SERIES = re.compile(
    rf"(?:{words.SERIES.pattern})(?:の?達成)?"
    r"(?:(?:に|との間に)(?:は|も|対し(?:て)?)?|を|も|より(?:も)?|と(?:は)?|まで(?:は|に)*)[、 ]?"
    r"(?:なお|まだ|いまだ|あと|残り|依然(?:として)?|わずかに?|さらに|ちょうど|大きく|約|およそ|ほぼ)*[、 ]?$"
)


def base_beside(sentence: Sentence, place: int, lead: str) -> Base | None:
    """The target or forecast that a change right behind ``lead`` is measured by (「目標には」1.8ポイント及ばない)."""
    match = _BESIDE_SERIES.search(lead)
    name = words.series_of(match) if match else None
    if name is None or name == "actual":
        return None
    said = max(found.start() for found in words.SERIES.finditer(sentence.plain, 0, place))
    return Base(name, _year_before(sentence, said))


def _year_before(sentence: Sentence, place: int) -> Year | None:
    """The year right before a series word (「令和9年度の目標」)."""
    return next(
        (year for year in sentence.years if year.end <= place <= year.end + 6 and year.role in ("target", "base")), None
    )


_SLIGHTLY = r"(?:大きく|大幅に|わずかに|僅かに|やや|若干|優に|はるかに|ついに|初めて|いずれも|依然として|なお)*、?"
_LIMIT = re.compile(
    rf"(?:程度|余り)?(?:の大台|の水準)?(?:(?P<more>を{_SLIGHTLY}(?:超[えす過]|越え|上回|突破|オーバー))"
    rf"|(?P<less>を{_SLIGHTLY}(?:下回|割[りるっ]|切[りるっ]))|に(?:は|も)?{_SLIGHTLY}(?P<short>満た|届か|達し(?=て(?:は)?い?な|な|ず)|及ば))"
)
_NOT_SO = re.compile(
    r"[えらっりし]?(?:て(?:は)?い?(?:ない|なか|なく|ません|おらず)|ておらず|な(?:い|か|く)|ず|ません|(?:こと|もの)は?(?:な|あ(?:り|っ)))"
)


_SAY_BOUND: dict[str, str] = {
    "more_than": "超", "less_than": "未満", "at_least": "以上", "at_most": "以下", "tier": "台",
}  # fmt: skip


def as_bounded(text: str, claim: Claim) -> str:
    """The claim's slice with what bounds it: 「8万4千人余り」, 「約500人」; 「8割超」 for 8割を超えた."""
    if claim.bound is not None:
        return text[claim.start : claim.end] + _SAY_BOUND[claim.bound]
    plain = normalise(text)
    before = re.search(r"(?:約|およそ|ほぼ|概ね|おおむね)$", plain[max(0, claim.start - 4) : claim.start])
    start = claim.start - (len(before.group()) if before else 0)
    return text[start : qualifier_end(plain, claim.end)]


def bound_behind(plain: str, place: int) -> Bound | None:
    """24: 「…を超えた」「…に満たない」「…を下回らなかった」: the figure is a limit."""
    match = _LIMIT.match(plain, place)
    if match is None:
        return None
    if match["short"]:
        return "less_than"
    denied = _NOT_SO.match(plain, match.end()) is not None
    if match["more"]:
        return "at_most" if denied else "more_than"
    return "at_least" if denied else "less_than"
