"""Sentence patterns of real sheets, and the sentences that they make of a sheet's stored figures.

The wording follows 施策マネジメントシート, the sample city's sheets and 行政事業レビューシート. Each sentence is true by the
sheet's figures: a pattern whose slots (``slots``) the figures do not allow makes none.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.checking import slots  # noqa: F401 (fills the table of slots, with those of figures)
from tests.checking.parts import Line, Sentence, View
from tests.checking.scene import PERCENT, Scene

About = Literal["indicator", "pair", "cost", "cost_pair", "sheet"]
Only = Literal["", "counts", "percent", "money"]


@dataclass(frozen=True)
class Pattern:
    """A template, what its subjects are, and to which units it is kept."""

    id: str
    about: About
    template: str
    only: Only = ""


def _patterns(about: About, *given: tuple[str, str] | tuple[str, str, Only]) -> tuple[Pattern, ...]:
    return tuple(Pattern(one[0], about, one[1], one[2] if len(one) == 3 else "") for one in given)


PATTERNS: tuple[Pattern, ...] = (
    *_patterns(
        "indicator",
        ("level", "{name}は{level}である。"),
        ("level-year", "{year}の{name}は{level}となった。"),
        ("level-actual", "{name}の{series:実績値|目標値}は{level}でした。"),
        ("level-noun", "{name}は{level}。"),
        ("level-colon", "・{name}：{level}（{year}実績）"),
        ("level-heading", "{heading}{name}は{level}となった。"),
        ("level-label", "{heading}{label}の実績は{level}で、目標の{target}に対し{diff:target}{up:target=上回った|下回った}。"),
        ("level-kanji", "{name}は{level:kanji}となった。"),
        ("level-about", "{name}は{level:about}であった。"),
        ("level-man", "{year}の{name}は{level:man}となっている。"),
        ("over-bound", "{name}は{level:more_than}を超える水準となった。"),
        ("under-bound", "{name}は{level:less_than}未満にとどまった。"),
        ("earlier", "{then}の{name}は{then_level}であった。"),
        ("change", "{name}は{level}で、{before}から{diff:last}{up:last}した。"),
        ("change-last", "{name}は{level}となり、{before}の{last}から{diff:last}{up:last}した。"),
        ("change-polite", "{name}は{level}で、{before}に比べて{diff:last}{up:last}しました。"),
        ("change-bracket", "{name}は{level}（{before}比{diff:last}{up:last=増|減}）となった。", "counts"),
        ("change-noun", "{name}は{level}となり、{before}から{diff:last}の{up:last=増|減}。", "counts"),
        ("change-attributive", "{name}は、{before}から{diff:last}{up:last=増|減}の{level}となった。", "counts"),
        ("change-native", "{name}は{level}で、{before}の{last}から{diff:last}{up:last=増え|減っ}た。", "counts"),
        ("change-exceeds", "{name}は{level}となり、{before}を{diff:last}{up:last=上回った|下回った}。"),
        ("from-to", "{name}は、{before}の{last}から{level}に{up:last}した。"),
        ("from-to-bare", "{name}は{last}から{level}へと{trend:last}している。"),
        ("carried", "{name}は{level}となった。{before}からは{diff:last}{up:last}している。"),
        ("carried-same", "{name}は{level}である。同割合は{before}の{last}から{diff:last}{up:last}した。", "percent"),
        ("carried-this", "{year}の{name}は{level}となった。これは、{before}を{diff:last}{up:last=上回る|下回る}ものである。"),
        ("carried-target", "{name}は{level}であった。目標値の{target}には{met:達している|達していない}。"),
        ("long", "新型コロナウイルス感染症の影響が続く中、{name}は{level}となり、{before}の{last}から{diff:last}{up:last}したものの、今後も状況を注視する必要がある。"),
        ("since-then", "{name}は{level}となり、{then}の{then_level}から{diff:then}{up:then}した。"),
        ("since-start", "{name}は{start}から{diff:start}{up:start}し、{level}となった。"),
        ("since-start-level", "{start}に{start_level}であった{name}は、{year}には{level}まで{up:start}した。"),
        ("rate", "{name}は{level}で、{prior}比{rate:last}の{up:last=増|減}となった。", "counts"),
        ("rate-from", "{name}は{before}の{last}から{rate:last}{up:last}し、{level}となった。", "counts"),
        ("rate-then", "{name}は、{then}と比べて{rate:then}{up:then}している。", "counts"),
        ("index", "{name}は{level}で、{prior}比{index:last}となった。", "counts"),
        ("times", "{name}は{before}の{times:last}となる{level}であった。", "counts"),
        ("times-then", "{name}は、{then}の{then_level}から{times:then}に{up:then=増加|減少}した。", "counts"),
        ("trend", "{name}は、{before}から{trend:last}した。"),
        ("trend-good", "{name}は{level}となり、{before}から{good:改善|悪化}した。"),
        ("flat", "{name}は{level}で、{before}から{flat:横ばいである|増加している|減少している}。"),
        ("flat-level", "{name}は{level}となり、{before}と{flat:ほぼ同じ水準であった|比べて大きく増加した|比べて大きく減少した}。"),
        ("target", "{name}の{series:目標値|実績値}は{target}である。"),
        ("target-next", "{name}の{next_year}の目標値は{next_target}である。"),
        ("target-gap", "{name}は{level}で、目標値の{target}を{diff:target}{up:target=上回った|下回った}。"),
        ("target-short", "{name}は、目標{target}に対し実績{level}で、目標との差は{diff:target}である。"),
        ("target-over", "目標値{target}に対して実績値は{level}となり、{name}は目標を{against:上回る|下回る}結果となった。"),
        ("target-met", "{name}は{level}となり、目標の{target}を{met:達成した|達成できなかった}。"),
        ("target-flag", "{name}は{level}で、目標{met:を達成した|は未達成である}。"),
        ("target-noun", "{name}は目標{target}に対し{level}。目標{met:達成|未達成}。"),
        ("target-but", "{name}は{level}と{before}から{diff:last}{up:last}したが、目標値の{target}とは{diff:target}の差がある。"),
        ("target-reached", "{name}は、目標を{diff:target}{up:target=上回る|下回る}{level}であった。"),
        ("forecast", "{name}は{level}で、見込み値の{target:forecast}を{diff:forecast}{up:forecast=上回った|下回った}。"),
        ("baseline", "{name}は{level}となり、成り行き値の{target:baseline}を{up:baseline=上回って|下回って}いる。"),
        ("attainment", "{name}は、目標{target}に対し{level}で、達成率は{index:target}であった。", "counts"),
        ("attainment-bracket", "{name}は{level}（達成率{index:target}）であった。", "counts"),
        ("record", "{name}は{level}となり、{record:過去最高|過去最低}となった。"),
        ("record-plan", "{name}は{level}で、計画期間で最も{record:plan=高い|低い}。", "percent"),
        ("record-plan-count", "{name}は計画期間で最も{record:plan=多い|少ない}{level}となった。", "counts"),
        ("streak", "{name}は{streak:年連続で}{step_up}し、{level}となった。"),
        ("streak-going", "{name}は、{streak:年続けて}{step_up}している。"),
        ("streak-met", "{name}は{level}で、{met_streak:年連続で}目標を達成した。"),
        ("list-years", "{name}は、{year_ago:2}が{level_ago:2}、{year_ago:1}が{level_ago:1}、{year}が{level}と推移している。"),
        ("list-arrow", "{name}（{year_ago:1}：{level_ago:1}→{year}：{level}）"),
        ("list-each", "{name}は、{year_ago:1}、{year}にそれぞれ{level_ago:1}、{level}となった。"),
        ("sum-years", "{name}は、{year}までの3年間の合計で{rest:years}となった。"),
        ("mean-years", "{name}は、直近3年間の平均で{rest:mean}である。"),
    ),
    *_patterns(
        "pair",
        ("pair", "{name}は{level}、{name@2}は{level@2}となった。"),
        ("pair-changes", "{name}は{before}から{diff:last}{up:last}して{level}となり、{name@2}は{before@2}から{diff@2:last}{up@2:last}して{level@2}となった。"),
        ("pair-respectively", "{name}及び{name@2}は、それぞれ{level}、{level@2}であった。"),
        ("pair-while", "{name}は{level}と{before}を{up:last=上回った|下回った}一方、{name@2}は{level@2}で目標を{met@2:達成した|達成できなかった}。"),
        ("pair-bullets", "・{name}は{level}で、{before}から{diff:last}{up:last}した。\n・{name@2}は{level@2}で、目標の{target@2}を{met@2:達成した|達成できなかった}。"),
        ("pair-bracket", "{name}（{level}）は目標を{met:達成し|達成できず}、{name@2}（{level@2}）は目標を{met@2:達成した|達成できなかった}。"),
    ),
    *_patterns(
        "cost",
        ("cost", "{name}は{level}である。"),
        ("cost-year", "{year}の{name}は{level}となった。"),
        ("cost-million", "{name}は{level:百万円}であった。", "money"),
        ("cost-hundred-million", "{name}は{level:億円}となった。", "money"),
        ("cost-mixed", "{year}の{name}は{level:億万円}である。", "money"),
        ("cost-change", "{name}は{level}で、{before}に比べて{diff:last}の{up:last=増|減}となった。"),
        ("cost-change-million", "{name}は{before}から{diff:last|百万円}{up:last}し、{level:百万円}となった。", "money"),
        ("cost-rate", "〇{name}は{level}となり、{before}比{rate:last}の{up:last=増|減}となった。"),
        ("cost-rate-bracket", "{name}は{level}で、{before}から{diff:last}（{rate:last}）{up:last}した。"),
        ("cost-times", "{name}は{level}で、{before}の{times:last}となった。", "money"),
        ("cost-share", "{name}は{level}で、事業費の{share:program_total}を占めている。", "money"),
        ("cost-share-tenths", "{name}は事業費の{share:program_total|wari}を占める。", "money"),
        ("cost-share-total", "{name}がトータルコストに占める割合は{share:total}である。", "money"),
        ("cost-streak", "{name}は{streak:年連続で}{step_up}し、{level}となった。", "money"),
    ),
    *_patterns(
        "cost_pair",
        ("cost-pair", "財源は、{name}が{level}、{name@2}が{level@2}である。", "money"),
        ("cost-sum", "{name}と{name@2}の合計は{rest:sum}である。", "money"),
        ("cost-pair-while", "{name}は{before}から{diff:last}{up:last}した一方、{name@2}は{before@2}から{diff@2:last}{up@2:last}した。", "money"),
    ),
    *_patterns(
        "sheet",
        ("whole-met", "成果指標{outcomes:件}のうち{met_count:件}で目標を達成した。"),
        ("whole-missed", "{outcomes:指標}中{met_count:-指標}が目標未達成であった。"),
        ("whole-all", "全ての成果指標で目標を{met_all:達成した|達成できなかった}。"),
        ("grade-overall", "{year}の総合評価は{grade:overall}とした。"),
        ("grade-achievement", "成果実績の目標達成度は「{grade:achievement}」である。"),
        ("grade-trend-words", "時系列比較は「{grade:trend|text}」とした。"),
    ),
)  # fmt: skip


def sentences(view: View, rng: random.Random, *, each: int = 1, share: float = 1.0) -> Iterator[Sentence]:
    """Up to ``each`` sentences of every pattern that the sheet's figures allow, or of a ``share`` of the patterns."""
    for pattern in PATTERNS:
        if rng.random() >= share:
            continue
        made: set[str] = set()
        for subjects in _subjects(view, pattern, rng):
            if len(made) >= each:
                break
            sentence = compose(view, pattern, subjects, rng)
            if sentence is not None and sentence.text not in made:
                made.add(sentence.text)
                yield sentence


def compose(view: View, pattern: Pattern, subjects: list[Line], rng: random.Random) -> Sentence | None:
    """One sentence about these subjects, or None where the figures do not allow it."""
    if "それぞれ" in pattern.template and any(re.search("及び|・|と", line.names[0]) for line in subjects):
        return None
    scene = Scene(view, subjects, rng)
    pieces = scene.pieces(pattern.template)
    if pieces is None:
        return None
    return Sentence(view, pattern.id, pieces, scene.width, scene.years)


def _subjects(view: View, pattern: Pattern, rng: random.Random) -> Iterator[list[Line]]:
    """The subjects that the pattern can be about, in a random order."""
    all_lines = view.costs if pattern.about.startswith("cost") else view.indicators
    lines = [line for line in all_lines if _fits(line, pattern)]
    rng.shuffle(lines)
    if pattern.about == "sheet":
        yield from ([line] for line in view.indicators[:1] or view.costs[:1])
    elif pattern.about in ("pair", "cost_pair"):
        for first in lines:
            for second in lines:
                names = [(one, other) for one in first.names for other in second.names]
                if first is not second and not any(one in other or other in one for one, other in names):
                    yield [first, second]
    else:
        yield from ([line] for line in lines)


def _fits(line: Line, pattern: Pattern) -> bool:
    match pattern.only:
        case "counts":
            return line.unit not in PERCENT
        case "percent":
            return line.unit in PERCENT
        case "money":
            return line.unit == "千円"
        case _:
            return True
