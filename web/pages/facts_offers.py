"""Last year's facts as the page of the year's facts offers them again: what became of each is chosen by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.offering import OFFER_GROUPS, Fate, Offer, OfferGroup
from corpus.fiscal import wareki
from corpus.sheetfile import SheetFile
from web.pages.writing import figure

FATE_LABELS: dict[Fate, str] = {
    "done": "行った",
    "not_done": "行わなかった",
    "otherwise": "別の形で行った",
    "planned": "引き続き予定",
    "again": "入れる",
}
GROUP_LABELS: dict[OfferGroup, str] = {
    "planned": "昨年度に予定していた取組",
    "projects": "昨年度の事務事業",
    "next_steps": "昨年度の事務事業の「今後の取組」",
    "opinions": "回答の記録がない意見・要望",
    "other_cities": "昨年度の他自治体の状況",
    "evidence": "昨年度の根拠メモ（今年度の数値を書いて入れます）",
}


@dataclass(frozen=True)
class OfferView:
    """An offer of last year; ``beside``: last year's cost or figure, in words."""

    key: str
    direction: str
    text: str
    beside: str
    fates: tuple[tuple[str, str], ...]
    needs_figure: bool
    unit: str
    fate: str = ""
    words: str = ""
    figure: str = ""


@dataclass(frozen=True)
class OfferGroupView:
    """Offers of one kind."""

    group: OfferGroup
    label: str
    offers: tuple[OfferView, ...]
    open: bool


@dataclass(frozen=True)
class OffersView:
    """What last year offers; ``year`` is last year; ``open``: shown at once, while nothing is noted yet."""

    sheet_id: int
    year: str
    groups: tuple[OfferGroupView, ...]
    open: bool
    message: str = ""
    problem: str = ""

    @property
    def count(self) -> int:
        """How many offers there are."""
        return sum(len(group.offers) for group in self.groups)


def offers_view(
    sheet_id: int, sheet: SheetFile, found: Iterable[Offer], sent: Mapping[str, str] | None = None, **more: str
) -> OffersView:
    """Last year's offers; ``sent``: the form as it was sent, when it could not be carried out."""
    sent = sent or {}
    offered = list(found)
    groups = []
    for group in OFFER_GROUPS:
        views = tuple(_offer_view(offer, sent) for offer in offered if offer.group == group)
        if views:
            is_open = not groups or any(view.fate for view in views)
            groups.append(OfferGroupView(group, GROUP_LABELS[group], views, is_open))
    return OffersView(sheet_id, wareki(sheet.fiscal_year - 1), tuple(groups), not sheet.facts, **more)


def _offer_view(offer: Offer, sent: Mapping[str, str]) -> OfferView:
    unit = getattr(offer.note, "unit", None) or ""
    beside = ""
    if offer.cost is not None:
        beside = f"昨年度の事業費 {figure(offer.cost, None)}千円"
    elif offer.figure is not None:
        beside = f"昨年度 {figure(offer.figure, None)}{unit}"
    return OfferView(
        key=offer.key,
        direction=f"方向{offer.direction}" if offer.direction else "",
        text=offer.text,
        beside=beside,
        fates=tuple((fate, FATE_LABELS[fate]) for fate in offer.fates),
        needs_figure=offer.group == "evidence",
        unit=unit,
        fate=sent.get(f"fate-{offer.key}", ""),
        words=sent.get(f"words-{offer.key}", offer.text),
        figure=sent.get(f"figure-{offer.key}", ""),
    )
