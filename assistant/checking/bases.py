"""What a statement compares with: 「前年度から」, 「目標を」, 「14.8％に比べ」 before a place of a sentence."""

import re

from assistant.checking import words
from assistant.checking.claim_types import Base
from assistant.checking.never_values import BLANK
from assistant.checking.numerals import Bound, Figure
from assistant.checking.sentences import Sentence, Year, direct_year, is_base_figure
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
        if name in (None, "actual") or not words.BASE_NEXT.match(plain, match.end()):
            continue
        if name is not None and (best is None or match.start() > best[0]):
            best = (match.start(), Base(name, _year_before(sentence, match.start())))
    for figure in sentence.figures:
        base_like = figure.unit != "ポイント" and is_base_figure(sentence, figure)
        if figure.end <= place and base_like and (best is None or figure.start > best[0]):
            before = max((other.end for other in sentence.figures if other.end <= figure.start), default=0)
            labelled = SERIES_BEFORE.search(sentence.bare[before : figure.start].replace(BLANK, ""))
            series: Series = (words.series_of(labelled) if labelled else None) or "actual"
            direct = _own_year(sentence, figure)
            foreign = series == "actual" and _OTHERS.search(_clause_before(sentence, figure)) is not None
            limits = bound_behind(plain, figure.end) or re.match("に対し", plain[figure.end :])
            if series == "actual" and direct is None and limits:
                continue
            best = (figure.start, Base(series, direct, figure, foreign and direct is None))
    return best[1] if best else None


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
    rf"(?:{words.SERIES.pattern})(?:に(?:は|も)?|を|より(?:も)?|と(?:は)?|まで(?:は|に|あと|残り)*)[、 ]?"
    r"(?:なお|まだ|依然(?:として)?|わずかに?|約|およそ)?[、 ]?$"
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


def bound_behind(plain: str, place: int) -> Bound | None:
    """「…を超えた」「…に満たない」: the figure is a limit."""
    if re.match(r"を(?:大きく|わずかに)?(?:超え|上回)", plain[place:]):
        return "more_than"
    return "less_than" if re.match(r"を(?:大きく|わずかに)?(?:下回|割)|に満た", plain[place:]) else None
