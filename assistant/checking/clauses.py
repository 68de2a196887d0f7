"""What stands between a subject and its figure and changes nothing: reasons, circumstances, a word on the year.

「公共交通に満足している市民の割合は、感染症の流行前である令和元年度の39.7％を上回った」: 感染症 is no other subject.
"""

import re

from assistant.checking.never_values import BLANK

REASON = re.compile(
    r"(?:により|によって|もあり|もあって|ため|ことで|ことから|結果|ものの|なか|中で|一方で?|したが|し、|して(?!い[たるまな])|おり|ほか|に伴い|を受け(?![たる]))"
    r"[、 ]?"
)
"""What closes a reason or circumstance; what stands before it is told aside."""

_OF_THE_YEAR = re.compile(
    rf"[^、。{BLANK}]*(?:[るたいだ]|[きぎしちびみりえけげせてでべめれず]|[前後時下中禍期]の)[ ]?(?={BLANK})"
)
"""Before a year: what that year was (「大規模な火災のあった」前年度)."""

_CAUSE = re.compile(
    r"[^、。]*(?:(?:影響|効果|不足|増加|減少|増|減|普及|拡大|縮小|進展|低迷|回復|高まり|中止|休止|再開|開始|開催|実施|整備|"
    r"導入|見直し|要因|理由|強化|改修|休館|災害|流行|支援|寄与|成果|周知|工夫|向上|低下|充実|推進|活用|老朽化|高齢化|少子化)で(?![のはも])|"
    rf"(?<!{BLANK})から(?!の)|[いきえけげせてねべめれんし][てで](?![いおきの])|(?:順調|着実|大幅|徐々|急速|堅調|確実|一気|急激|"
    r"大き|緩やか|わずか|一時|最終的|結果的)[にく])[、 ]?"
)
"""A cause or manner, in the same breath as the figure (「担い手不足から」213団体)."""

_GOING_ON = re.compile(rf"^[^、。{BLANK}]*[がをに][^、。{BLANK}がをに]*[ぎきしちびみりえけげせてべめれ][、 ]?$")
"""Right before a figure: what went on when it came about (「退店が相次ぎ」9.4％まで上昇)."""
_GOES_ON = re.compile(rf"[^、。{BLANK}はもが]*[いきぎしちびみりえけげせてでべめれくずん](?=[、 ]|[ ]?{BLANK}|$)")
"""A verb in the form that goes on (「…が相次ぎ」): its subject is left behind at the next year or comma."""

_WAS_SO = re.compile(rf"[^、。{BLANK}はもが]*[たい][ ]?{BLANK}+(?:に?は|に|において)、?[ ]?(?:約|およそ)?$")
"""Its verb describes the year that the statement is of (「感染症の影響が大きかった令和2年度は」)."""

_IN_THE_CASE = re.compile(r"[^、。は]*場合の(?=成り?行き|見込|推計|将来)")
"""What a forecast or a course of events is of (「何もしない場合の」成り行き値)."""


def last_clause(text: str) -> str:
    """What stands behind the last reason or circumstance (「…により」) of a clause."""
    cuts = [match.end() for match in REASON.finditer(text)]
    return text[cuts[-1] :] if cuts else text


def own_words(text: str) -> str:
    """``text`` (the blanked words from a subject to its figure) without reasons, causes and words on the year."""
    if "場合の" in text:
        text = _IN_THE_CASE.sub("", text)
    rest = _GOING_ON.sub("", _OF_THE_YEAR.sub("", last_clause(text)))
    cause = _CAUSE.match(rest)
    return rest[cause.end() :] if cause else rest


def is_left_behind(text: str) -> bool:
    """Whether the clause of a subject marked by が ends in ``text`` (blanked), before what follows it."""
    return REASON.search(text) is not None or _GOES_ON.match(text) is not None or _WAS_SO.match(text) is not None
