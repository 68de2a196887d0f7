"""What a message takes back in its middle, out of it (「課題、いや成果を」「5(2)じゃなかった5(3)」). Pure."""

import re
from itertools import pairwise

from assistant.request_place_words import DIRECTION
from assistant.request_targets import named_sections
from corpus.sheetfile import SheetFile

_TAKEN_BACK = re.compile(
    r"(?:の(?:ほう|方|とこ(?:ろ)?|欄|分))?(?:を|で|は)?(?:書いて|お願い|たのむ|頼む)?[\s、。…・.!?ー]*"
    r"(?:えっと|あっ?|お?っと|すみません|すまん|ごめん(?:なさい)?)?[\s、。…・.!]*"
    r"(?:いや(?!な)|いえ|違(?:う|った|います|いました)|ちがう|ちがった|じゃな(?:い|かった|くて?)|ではな(?:い|かった|くて?)|もとい"
    r"|訂正|間違え(?:た|ました)|まちがえた|待って|まって|ごめん(?:なさい)?|やっぱ(?:り|し)?|やはり)"
    r"[\s、。…・.!]*(?:やっぱり?|やはり)?[\s、。…]*(?:だ|です)?[\s、。]*(?:令和?[0-9]+年度?の?)?"
)
"""What stands between what is taken back and what is meant instead."""


def corrected(text: str, sheet: SheetFile) -> str:
    """``text`` (normalised) without the sections and directions that it takes back in favour of the next ones."""
    spans = [[(one.start, one.end) for one in named_sections(text, sheet)]]
    spans.append([match.span() for match in DIRECTION.finditer(text)])
    cuts = [
        (start, following)
        for named in spans
        for (start, end), (following, stop) in pairwise(named)
        # 「やっぱり成果も」 takes nothing back
        if _TAKEN_BACK.fullmatch(text[end:following]) and not text[stop:].startswith("も")
    ]
    for start, following in sorted(cuts, reverse=True):
        text = text[:start] + text[following:]
    return text
