"""Words of direction, flatness, better and worse (7, 8, 12, 15, 30), and whether they report what has happened.

A word reports by what follows it: 「増加した」「減少に転じ、」「横ばいで推移」. 「増加を図る」「増加する空き家」
「増加が見込まれる」 do not. Source: claims.md, administrative prose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from assistant.checking import words
from assistant.checking.sentences import Sentence
from assistant.checking.subjects import Mention
from assistant.checking.words import Sense, Word

_ALONE = r"(?=[とで。]|に転|基調|傾向|、|$)"
"""Behind 増, 減, プラス standing alone: 「前年度より増となった」."""
_LEXICON: tuple[tuple[Sense, str], ...] = (
    (
        "up",
        r"増加|上昇|急増|微増|増大|漸増|激増|増え|伸び(?!悩|[しろ代率])|延び(?=[たて])|上が(?=[っりる])|高ま(?=[っりる])|右肩上がり|"
        rf"(?:長|多|高)く(?=な[っりる])|膨ら[んむみ]|伸長|増勢|(?<!年)増{_ALONE}|プラス{_ALONE}",
    ),
    (
        "down",
        r"減少|低下|下落|急減|微減|漸減|激減|逓減|減っ|減り|減る(?=こと)|下が(?=[っりる])|落ち込|右肩下がり|下降|"
        r"目減り|短縮|(?:短|少な|低)く(?=な[っりる])|"
        rf"低減|(?<![年増加])減{_ALONE}|マイナス{_ALONE}",
    ),
    ("recover", r"持ち直|戻(?=[っりる])|(?<!疲労)回復|上向(?=[いき])|盛り返"),
    ("better", r"向上|改善|好転|良化|良く(?=な)"),
    ("worse", r"悪化|後退|悪く(?=な)"),
    ("stall", r"伸び悩|頭打ち|足踏み"),
    (
        "same",
        r"(?<=と)[、 ]?(?:全く|まったく)?同(?:じ(?![方傾順理時よくだけ]|水準|程度|規模|レベル)|"
        r"[数額値率](?![一-龠々]))|"
        r"(?:(?<=年度)|(?<=前年))同[数額値率](?![一-龠々])",
    ),
    (
        "flat",
        r"横ばい|横這い|よこばい|同(?:じ|一)?(?:水準|程度|規模|レベル)|(?<=[年度期回例])[ ]?並み?(?=[のとにでを。、]|"
        r"だ)|"
        r"(?<=[とのぼね約])同(?:じ(?![方傾順理時よく])|[数額値](?![一-龠々]))|(?<=水準)を?維持",
    ),
)
_FIRST = "(?=[増上急微漸激伸延高長多右膨プ減低下落逓目短少マ持戻回向改好良悪後頭足、 全ま同横よ並維を])"
"""What a word of ``_LEXICON`` begins with: tried first, as most signs begin none."""
TREND = re.compile(_FIRST + "(?:" + "|".join(f"(?P<{sense}>{pattern})" for sense, pattern in _LEXICON) + ")")

_NONE = (
    r"(?:なし(?!に)|な(?:い(?!よ|ため|限|場)|か|く、)|ありませ|見(?:ら|受けら)れ(?:ず、|な|ませ)|みられ(?:ず、|な|ませ)|"
    r"生じて(?:い|お)(?:な|ら)|なく推移)"
)
STILL = re.compile(
    r"(?P<same>(?<!相)変わ(?:ら(?:ず(?=[、]|[^に、]{0,6}\d|$|推|横)|な(?:かっ|い(?=。|が|もの|状|ま|と(?:な|こ)|$|、)|"
    r"く(?=、))|ぬ)"
    rf"|りは?[がも]?{_NONE})|増減[はがも]?{_NONE}|(?:前年度?|昨年度?)との差[はがも]?{_NONE})"
    rf"|(?P<flat>変わって(?:い(?:ない|なか|ませ)|おら|おりませ)|(?:変化|変動|動き)[はがも]?{_NONE}|(?:の)?(?:大きな|"
    rf"目立った)差[はがも]?{_NONE})"
)
"""「変わらない」「変化はない」: flatness with its predicate, which reports by itself."""
_NEARLY = re.compile(
    r"(?:ほぼ|概ね|おおむね|ほとんど|さほど|あまり|大きく(?:は)?|大きな|目立った|大幅な|顕著な|約|大差)[ ]?$"
)

_NOUN = "(?P<noun>[一-龠々ァ-ヴA-Za-z「『])"
_RELATIVE = re.compile(
    rf"(?:し|[いきみびんっ])?(?:[てで](?:いる|いた|きた|きている|いない)|た|だ|する|る|しない|しなかった|む){_NOUN}"
)
"""The word describes a noun behind it: 「増加している市民」."""
_FACT_NOUN = re.compile(
    r"一方|反面|半面|中(?![学心央小高間])|状[況態]|結果|傾向|局面|要因|原因|理由|背景|影響|模様|年度|反動|形|点(?!検)|"
    r"事態|"
    r"実[態績]|程度|上(?!昇|位)|後(?!期)|数値|値|水準|成果|率|割|ため"
)

_HAPPENED = (
    r"(?:し|[いきみびらんっ])?[てで](?:い(?:る|た|ます|まし|て)|お(?:り|られ)|き(?:た|て|まし|おり)|しま)",
    r"(?:し|[いきみびりんっ])?(?:た|だ(?!け)|まし(?:た|て))",
    r"(?:が)?(?:図)?(?:さ|ら)れ(?:た|て(?:い|お|き)|まし)",
    r"(?:し)?(?:続け|つつ(?:あ|、))",
    r"(?:の?(?:傾向|基調|局面|気味|状態)|の一途)?(?:に(?:あ[るりっ]|転じ|な[っり]|とどま|留ま|止ま(?![らり]))|"
    r"へと?転じ|と(?:な[っりる]|転じ)|"
    r"を(?:たど|続|示|見せ|維持|保|記録)|"
    r"[がも](?:[^、。]{0,6}続(?!け)|著し|顕著|目立|進[んみ]|鮮明|止ま[らり]|見(?:ら|受)|み(?:ら)?|認め|大き|生じ|図られ[たて])|"
    r"で(?:推移|あ[るりっ]|す(?!が、今後)|し[たて]|、)|だ(?:った|。)|に推移|と推移)",
    r"す?る(?:中(?![学心])|なか|一方|とともに|と同時に|ほか|など|のに対|に(?:至|とどま)|こと(?:とな|にな|が?でき|"
    r"が出来)|"
    r"反面|[もが]、|状況|結果|。)",
    r"(?:く|り)?な(?:った|って|り、|りまし)|でき(?:た|て|まし)",
    r"[はがも](?:これで)?(?:\d{1,2}|[二三四五六七八九十])(?:か|カ|ヶ)?[年期回]度?間?(?:連続|続)",
    r"の兆し[がも]?(?:見|み|あ)",
    r"に歯止めが(?:かからな|掛からな|かかって(?:い|お)(?:な|ら))",
)
_STRONG = re.compile("|".join(_HAPPENED))
"""Behind a word: it reports, whatever the clause goes on to ask for."""
_WEAK = re.compile(
    r"(?:の?(?:傾向|基調|局面|気味))?(?:し(?:て)?[、。]|で(?:、|$|(?=[ ]?約?\d))|ながら|"
    r"(?:の|な)?(?:まま|状[態況]|水準)|"
    r"(?:程度)?(?:[。、)」\n]|$)|"
    r"(?:し)?[ ]?(?=約?\d)|[りえいみび](?:[、。]|$)|って、|んで、|く[、な]|は続|の(?=[ ]?約?\d)|す?る(?:実績|数値|値|"
    r"状況|成果|\d)|"
    r"(?:の)?(?:結果|実績|数値|成果)(?:と|で|。|に|$))"
)
"""Behind a word: it reports, unless the clause is of plans."""
_CAUSE = re.compile(
    r"に伴[いうっ]|によ[りるっ]|を受け|を背景|に加え|に[^、。]{1,12}[がも](?:加わ|重な)|(?:など|等|こと)?から[、]|"
    r"が(?:要因|原因|影響|背景)|の(?:影響|要因|原因|背景)"
)
"""「給水人口の減少に伴い」: taken for granted; only right behind a mention and の."""
_CAUSE_LEAD = re.compile(r"(?:数|額|値|件数|人数)?の(?:大幅な|急激な|急速な)?")

_MEANT = re.compile(
    r"(?:る|い|く|た)?(?:こと[がをもで]?|もの?と|とも?|の?が|を|は)?[、 ]?(?:さらに|更に|今後も?)?"
    r"(?:見込(?!み?(?:値|数|額|量)?(?:を|より|に対|と比|の?\(|の[0-9]))|見通し|"
    r"予[想測定]|想定|"
    r"推計|期待|懸念|目指|図[るり]|可能性|おそれ|恐れ|場合|よう(?!や|す)|たい|べき|必要|求め|努|危惧|限[らり]|"
    r"か(?:どうか|否か))|く(?:必要|こと|ため|よう|見|と|ことが)|[けれせ]ば"
)
"""Right behind what would report: it is expected."""
_SAID_BY = re.compile(r"と(?:の|いう|いった)(?:声|意見|指摘|要望|回答|質問|認識|報告|感想)|と(?:回答|答え)")

_DENIED = re.compile(
    r"(?:され|られ)?(?:し|[しきみびんいっ]?[てで]は?|でき|出来|せ|ら|れ|え|び|ま)?(?:い|お)?(?:ない(?!よう|ために|"
    r"限り|場合|か)|なかっ|なく、|なくな|ず(?:[、に(。\n]|推|$)|らず|"
    r"りませ|ません)"
    r"|[^、。]{0,8}?とは(?:言|い)(?:え(?:な|ず|ませ)|いがた|い難)"
    r"|[^、。]{0,4}(?:には?|まで(?:に)?は?)(?:至|いた)(?:ら|って(?:い|お)(?:な|ら))"
    r"|(?:とは|では|とまでは)(?:なら|なって(?:い|お)(?:な|ら)|な[いか])"
    r"|(?:傾向)?(?:は|が|も|まで)?[見み]られ(?:て(?:い|お))?(?:な|ず|ら|ませ)|に転じては?(?:い|お)(?:な|ら)"
    r"|なって(?:は)?(?:い|お)(?:な|ら|りませ|ませ)|なら(?:な|ず)"
    r"|(?:す?る|り|ら)?(?:こと)?[はがも]?な(?:く(?!な|て)|い(?!よ)|かっ)"
)
"""Right behind a word of direction: it did not happen."""

_AHEAD = re.compile("今後|将来|これから|来年度|次年度|翌年度|中長期的")
_MEANT_AT_END = re.compile(r"目指[しす]|を図[るり]|ように(?:する|努|取)|いきたい|ていく(?:。|$)|[をが]期待|が見込")
_AT_VALUE = re.compile(r"(?:程度|余り)?(?:に|まで|へ(?:と)?)[^、。0-9]{0,6}")
"""Between a figure and its word: 「5,286世帯に増加し、…」 reports, whatever stands at the end."""
_LONG = re.compile(r"(?:の)?傾向|基調|の一途|[^、。]{0,4}(?:続け|続い|続き|続く|推移)|し?つつ")
_LONG_BEFORE = re.compile("年々|一貫|毎年|徐々に|右肩|長期")
_PAST = re.compile(
    r"(?:し|[いきみびんっ])?[てで](?:いた|いまし|おりまし)|が続いて(?:い(?:た|まし)|おりまし)|"
    r"傾向[にがで](?:あった|あり?まし|続いていた|推移していた)"
)
_COMPOUND = re.compile(r"率|幅|数|量|額|分|策|社会|対策|抑制|防止|対応|問題|効果|局面(?![にをが])|基調(?![にをがで])")


@dataclass(frozen=True)
class Trend:
    """A word of direction that reports. ``of``: the mention behind it that it describes (「低下していた有収率は」).

    ``past``: it was so until the year before (「…していたが」). ``long``: of several years (傾向, 推移, 続く).
    """

    word: Word
    of: Mention | None = None
    past: bool = False
    long: bool = False


_STILL_SIGN = re.compile("[変差動]|増減")


def read_trends(sentence: Sentence) -> Iterator[Trend]:
    """The words of direction of a sentence that report, left to right."""
    for match in TREND.finditer(sentence.plain):
        trend = _read(sentence, match)
        if trend is not None:
            yield trend
    for match in STILL.finditer(sentence.plain) if _STILL_SIGN.search(sentence.plain) else ():
        rest = sentence.plain[match.end() :]
        if not _is_ahead(sentence, match) and not words.PLAN.match(rest) and not _MEANT.match(rest):
            sense = _softened(sentence.plain, match)
            yield Trend(Word(match.start(), match.end(), sense, False, True))


def _softened(plain: str, match: re.Match[str]) -> Sense:
    """「ほぼ変わらない」 is 横ばい; without ほぼ it is the same."""
    nearly = match.lastgroup == "same" and _NEARLY.search(plain[: match.start()])
    return "flat" if nearly else cast(Sense, match.lastgroup)


def _is_ahead(sentence: Sentence, match: re.Match[str]) -> bool:
    return _AHEAD.search(sentence.plain, sentence.segment_start(match.start()), match.start()) is not None


def _read(sentence: Sentence, match: re.Match[str]) -> Trend | None:
    plain = sentence.plain
    rest = plain[match.end() :]
    if _COMPOUND.match(rest) or _is_ahead(sentence, match) or _SAID_BY.search(rest):
        return None
    denied = _DENIED.match(rest)
    relative = _RELATIVE.match(rest)
    of: Mention | None = None
    if relative is not None:
        at = match.end() + relative.start("noun")
        of = next((mention for mention in sentence.mentions if mention.start == at and mention.rows), None)
        if of is None and (any(year.start == at for year in sentence.years) or not _FACT_NOUN.match(plain, at)):
            return None
    if denied is not None:
        behind = rest[denied.end() :]
        if words.PLAN.match(behind) or _MEANT.match(behind) or _MEANT.match(rest):
            return None
    elif of is None and not _reports(sentence, match, rest):
        return None
    before = plain[sentence.segment_start(match.start()) : match.end()]
    return Trend(
        Word(match.start(), match.end(), _softened(plain, match), denied is not None, True),
        of,
        past=_PAST.match(rest) is not None,
        long=_LONG.match(rest) is not None or _LONG_BEFORE.search(before) is not None,
    )


def _joins(sentence: Sentence, match: re.Match[str], rest: str) -> bool:
    """「国庫支出金が減り一般財源が増えた」: a stem right before the next row that is named."""
    end = match.end() + (rest[:1] == "り")
    return sentence.plain[end - 1] in "りえび" and any(mention.start == end for mention in sentence.mentions)


def _reports(sentence: Sentence, match: re.Match[str], rest: str) -> bool:
    strong = _STRONG.match(rest)
    if strong is not None:
        return _MEANT.match(rest[strong.end() :]) is None
    if _joins(sentence, match, rest):
        return True
    if _CAUSE.match(rest):
        named = (m for m in sentence.mentions if m.rows and m.rows[0].kind != "cost" and m.end <= match.start())
        ends = (mention.end for mention in named)
        return any(_CAUSE_LEAD.fullmatch(sentence.plain, end, match.start()) for end in ends)
    weak = _WEAK.match(rest)
    if weak is None:
        return False
    clause = re.split(r"、|。|が、|ものの", rest, maxsplit=1)[0]
    tenseless = rest[weak.end() - 1 : weak.end()] == "、"
    at_value = any(_AT_VALUE.fullmatch(sentence.plain, one.end, match.start()) for one in sentence.figures)
    own = rest if not at_value else clause
    return not words.PLAN.search(clause) and not (tenseless and _MEANT_AT_END.search(own))
