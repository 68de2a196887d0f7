"""6.1.issues: the shortfall that an indicator's figures show, worded by its kind. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from assistant.drafting.manner import Manner
from assistant.drafting.phrases import filled, slots_of, taken
from assistant.drafting.results import Told
from assistant.drafting.situations import situation
from assistant.drafting.statements import names
from assistant.fact_history import achievement_rate
from assistant.facts import Standing

_FAR = Decimal(90)
"""Below this achievement rate (％) how far it is from the target is said first."""
_PHRASES: dict[str, tuple[str, ...]] = {
    "far": (
        "{name}は目標値{target}に対する達成率が{rate}にとどまっており、{?対応}が{=課題である}",
        "{name}の実績値は{level}で、目標値{target}に対する達成率は{rate}にとどまることから、{?対応}が{=求められる}",
    ),
    "run": (
        "{name}は{met_streak}目標を達成できておらず、{?対応}が{=課題である}",
        "{name}は{met_streak}目標を達成しておらず、目標値{target}の達成に向けて{?対応}が{=求められる}",
    ),
    "missed_worse": (
        "{name}は{since}から{change}{verb}して{off}っており、{?対応}が{=課題である}",
        "{name}は{off}り、{since}と比べても{verb}していることから、{?対応}が{=求められる}",
        "{name}は{since}の{before}から{verb}し、目標を達成できておらず、{?対応}が{=必要である}",
    ),
    "missed_better": (
        "{name}は改善しているものの{off}っており、{?対応}が{=必要である}",
        "{name}は{since}より改善したが、目標値{target}とはなお{gap}の差があり、{?対応}が{=課題である}",
        "{name}の実績値は{level}で目標値{target}に達しておらず、{?対応}が{=求められる}",
    ),
    "missed_flat": (
        "{name}は{since}からほぼ横ばいで{off}っており、{?対応}が{=課題である}",
        "{name}は横ばいで推移し、目標値{target}とは{gap}の差があることから、{?対応}が{=求められる}",
    ),
    "missed": ("{name}は、{year}の実績値が{level}と{off}っており、{?対応}が{=課題である}",),
    "met_worse": (
        "{name}は目標を達成したものの、{since}からは{change}{verb}しており、{?要因と対応}が{=課題である}",
        "目標を達成した{name}も{since}の{before}から{verb}しており、{?要因の把握}が{=必要である}",
    ),
    "moved": (
        "{name}は{since}から{change}{verb}しており、{?要因と対応}が{=課題である}",
        "{name}は{since}の{before}から{level}に{verb}しており、{?要因の把握}が{=必要である}",
    ),
    "missing": (
        "{name}は{year}の実績値の記録がなく、目標に対する状況を確認{=できない}{?実績値の把握方法}",
        "{year}の実績値の記録がない{name}については、達成状況を確かめる必要が{=ある}{?実績値の把握方法}",
        "{name}については、{year}の実績値を把握できて{=いない}{?把握の時期と方法}",
    ),
}


def issue_kind(stand: Standing) -> str | None:
    """Which phrases fit; None where the figures show no issue."""
    kind = situation(stand)
    if kind in ("missed", "missed_worse", "missed_better", "missed_flat"):
        rate = achievement_rate(stand)
        if rate is not None and rate.value is not None and rate.value < _FAR:
            return "far"
        return "run" if "met_streak" in slots_of(stand) and kind != "missed_worse" else kind
    if kind in ("met_worse", "missing"):
        return kind
    worse = stand.change is not None and stand.change.good is False
    return "moved" if kind == "moved" and worse else None


def issue(stand: Standing, manner: Manner, turn: int = 0) -> Told:
    """The issue that an indicator's figures show: a missed target, a worsening, a missing survey; () if none."""
    kind = issue_kind(stand)
    if kind is None:
        return ()
    slots = slots_of(stand)
    return filled(taken(_PHRASES[kind], slots, turn), slots, manner, good=False, subject=stand.subject)


def missing_issue(stands: Sequence[Standing], manner: Manner) -> Told:
    """One issue of several indicators without a value in the year."""
    slots = {**slots_of(stands[0]), "name": (names(stands),)}
    return filled(_PHRASES["missing"][0], slots, manner, subject=stands[0].subject)
