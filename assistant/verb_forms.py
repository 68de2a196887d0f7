"""Endings of official sentences: a plan as the deed it became, and 常体 as です・ます. Pure.

Only where the verb's form is certain from its letters; every other ending stays as it was written.
"""

import re

_GODAN_I = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり", strict=True))
_GODAN_TA = dict(
    zip("うくぐすつぬぶむる", ("った", "いた", "いだ", "した", "った", "んだ", "んだ", "んだ", "った"), strict=True)
)
_E_ROW = "えけげせぜてでねへべめれ"
_ICHIDAN_KANJI = "見着得経似煮寝出"
_ICHIDAN_I = (
    "(?:用い|率い|講じ|応じ|通じ|感じ|生じ|信じ|命じ|論じ|準じ|でき|出来|起き|生き|過ぎ|試み|顧み|借り|足り|降り|"
    "落ち|満ち|延び|伸び|帯び)"
)
_GODAN = re.compile(r"(?:[一-龠々][うくぐすつぬぶむる]|[かさばまやわ]す|[がまわな]る|かう)$")
_ENDING = re.compile(r"(?P<bracket>(?:（[^（）]*）|\([^()]*\))?)(?P<stop>[。．]?)$")
_PLANNED = re.compile(r"(?:する)?予定(?:です|である)?$")

_TTA_I = "使買会合扱伴担補賄払願習追問争奪養誘失言"
_TTA_CHI = "待立持勝打放保育断"
_NDA_BI = "結学選及呼運並喜遊飛"
_ITA_I = "用率強老悔"


def as_done(sentence: str) -> str:
    """A plan that a person says was carried out: 「…を開設します。」 → 「…を開設しました。」."""
    body, rest = _parted(sentence)
    intended = _PLANNED.search(body)
    if intended:
        polite = intended[0].endswith("です")
        body = body[: intended.start()] + ("する" if intended[0].startswith("する") else "")
        done = past(body)
        return (_courteous_past(done) if polite else done) + rest
    if body.endswith("ます"):
        return body[:-1] + "した" + rest
    return past(body) + rest


def past(body: str) -> str:
    """A verb in its dictionary form in the past: 「開設する」 → 「開設した」; ``body`` itself where unsure."""
    last = body[-1:]
    if body.endswith("する"):
        return body[:-2] + "した"
    if body.endswith(("ている", "でいる")):
        return body
    if re.search(rf"(?:[{_E_ROW}]|[{_ICHIDAN_KANJI}]|{_ICHIDAN_I})る$", body):
        return body[:-1] + "た"
    if _GODAN.search(body):
        return body[:-1] + ("った" if body.endswith("行く") else _GODAN_TA[last])
    return body


def as_polite(body: str) -> str:
    """The verb at the end of ``body`` (no full stop) in ます・ました; ``body`` itself where it is none for certain."""
    done = _courteous_past(body)
    if done != body:
        return done
    if re.search(rf"(?:[{_E_ROW}]|[{_ICHIDAN_KANJI}]|{_ICHIDAN_I})る$", body):
        return body[:-1] + "ます"
    if _GODAN.search(body):
        return body[:-1] + _GODAN_I[body[-1]] + "ます"
    return body


def _courteous_past(body: str) -> str:
    if body.endswith("した"):
        return body[:-2] + "しました"
    if re.search(rf"(?:[{_E_ROW}]|[{_ICHIDAN_KANJI}]|{_ICHIDAN_I})た$", body):
        return body[:-1] + "ました"
    kind = re.search(r"(?P<before>[一-龠々まがわこ])(?P<end>った|んだ|いた|いだ)$", body)
    if kind is None:
        return body
    before, end = kind["before"], kind["end"]
    stem = {
        "った": "い" if before in _TTA_I else "ち" if before in _TTA_CHI else "り",
        "んだ": "び" if before in _NDA_BI else "み",
        "いた": "い" if before in _ITA_I else "き",
        "いだ": "ぎ",
    }[end]
    if end != "った" and before in "まがわこ":
        return body
    return body[: kind.start("end")] + stem + "ました"


def _parted(sentence: str) -> tuple[str, str]:
    tail = _ENDING.search(sentence)
    return (sentence[: tail.start()], tail[0]) if tail else (sentence, "")
