"""Words behind a figure that make it a plan or an expectation (30): 「7割まで高める」「10校とし、連携を強めます」."""

import re

_PLAN_BEHIND = re.compile(
    r"(?:以上|以下|程度|未満|台)?(?:まで|に|へ|を|と|となる|になる)?(?:の[^、。]{0,6})?[^、。目]{0,3}"
    r"(?:目指|めざ|見込(?!み?[値数額]|み?約?\d)|予定|予測(?!値)|想定|高める|高めて|引き上げ|引上げ|増やす|減らす|抑える|"
    r"確保する|維持する|期待|"
    r"する(?:。|$|こと|よう|計画|目標)|なるよう|向け)"
)
_EXPECTED_CHANGE = re.compile(
    r"(?:以上|以下|程度|未満)?への"
    r"(?:縮減|削減|縮小|拡大|拡充|増|減|引き?[上下]げ|向上|改善|上昇|低下|設置|整備|導入|配置|移行|展開)"
)
_PLANNED_VERB = re.compile(
    r"(?:以上|以下|程度|未満|台)?(?:まで|に|へ|を|と)[^、。0-9]{0,10}?[るすくうむ](?:計画|予定|方針|考え|こととし|こととな(?:っている|ります)|見通し)"
)
_EXPECTED = re.compile(
    r"(?:に|まで|へ|を)(?:達|増え|増加|減|減少|上[るり回]|下回|なる|到達|低下|上昇)[^、。]{0,6}?(?:と|が|ことが|ことを)?"
    r"(?:見込|予測|推計|想定|予想|期待)"
)
_PLAN_TO_END = re.compile(
    r"(?:以上|以下|程度|未満)?(?:に|と|まで|への?|まで(?:に|を)?)"
    r"(?:設置|拡大|拡充|増や|広げ|引き?下げ|引き?上げ|高め|抑え|減ら|縮め|短縮|伸ば|延ば|近づけ|配置|し(?=、|ます|て))"
    r"(?!(?:し|さ)?(?:られ|れ)?(?:た|[てで](?:い|お|き(?!たい))))"
    r"(?![^。]*(?:た|だ|ました|でした)(?:。|$))[^。]*(?:ます|[るすくうむぶつ]|予定|方針)(?:。|$)"
)
"""The sentence ends in the present: what is to be (「10校とし、連携を強めます」)."""

_TO_BE = re.compile(
    r"(?:以上|以下|程度|未満)?(?:まで|に|へ|と)(?![^。]*(?:た|だ|ました|でした)(?:。|$))"
    r"[^、。][^。]*(?:ます|[るすくうむぶつ]|予定|方針)(?:。|$)"
)
"""Behind a figure of a year to come: the sentence ends in the present (「令和6年度には8.2分まで縮める」)."""

_PLANS = (_PLAN_BEHIND, _PLANNED_VERB, _PLAN_TO_END, _EXPECTED, _EXPECTED_CHANGE)


def is_planned(rest: str, *, ahead: bool) -> bool:
    """Whether ``rest``, behind a figure, says that it is to be; ``ahead``: the figure is of a year to come."""
    return any(pattern.match(rest) for pattern in _PLANS) or (ahead and _TO_BE.match(rest) is not None)
