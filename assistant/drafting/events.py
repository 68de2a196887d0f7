"""Telling a one-off deed or event of a year, or a plan for one, from what a division does every year.

「令和5年度に発覚した誤り」 happened once: when its year moves, a person must look at it. 「令和5年度は相談会を
実施した」 is what the section tells each year. The grammar decides: a point in time (「…年度に」) with any verb but one
of steady activity, a clause in the past that describes a noun, or, beside any other particle, a change of state.
"""

import re

_PART_OF_YEAR = (
    r"(?:[（(][^（()）]*[）)]|[）)])?"
    r"(?:中|内|末|当初|早々|[前後]半|[上下](?:半)?期|第[0-9０-９一二三四]四半期|[春夏秋冬])?"
)
_POINT_IN_TIME = re.compile(
    _PART_OF_YEAR + r"(?:に(?:は|も)?|までに(?:は)?|まで|で|をもって|限りで|から|より|以降(?:に)?)、?"
    r"(?!引き?続|続[きいけ]|比[べし較]|対[しす]|向[けか]|入[りっ]|お[いけ]|当た|係[るりっ]|かけ|わた|渡|関[しす]|つい|ついて|応じ|よ[りる]|"
    r"至る|あって|の)"
)
_STEADY = re.compile(
    r"実施|開催|行[いうっわ]|おこな|取り?組|推進|進め|努め|図[りるっ]|継続|続け|検討|支援|運営|運用|周知|啓発|把握|調査|検証|点検|"
    r"強化|拡充|促進|提供|発信|配布|派遣|対応|受け付け|受付|(?:相談|意見|要望)を受け|増[加えや]|減[少らっ]|上昇|低下|向上|改善|"
    r"目指|働きかけ|呼びか|活用|協議|連携|参加|利用|巡回|訪問|指導|助成|補助|交付|作成|回収|収集"
)
_ONCE = re.compile(
    r"完了|完成|締結|制定|発覚|発生|導入|施行|公布|成立|採択|可決|開設|新設|増設|設立|創設|創立|設置|設け|発足|結成|策定|開始|"
    r"改[定正訂称]|改組|改修|改築|新築|建設|建替|建て替|更新|着[工手]|竣工|供用|開[館園校業所通]|閉[館園校鎖所]|廃止|終了|解散|"
    r"休止|移[行転管]|統合|合併|編入|認定|指定|取得|選定|決定|公表|刊行|稼働|始ま[りるっ]|始め[たてる、]|立ち?上げ|切り?替え|"
    r"引き?上げ|引き?下げ|見直[しす]|オープン|リニューアル|スタート|新たに|新規に|初めて"
)
_DESCRIBES_A_NOUN = re.compile(r"(?:[しっいえきけせてねべめれりぎじちびみ]|ん)[ただ](?=[一-龠々ァ-ヶー「『A-ZＡ-Ｚ])")
_CLAUSE = re.compile(r"[、。]")
_BEHIND_OBJECT = re.compile("[をにへがは、]")
_SETTLES = re.compile("定め|まとめ|取りまとめ|移[すし]|終え|済ま")


def is_one_off(text: str, year_end: int, next_year: int) -> bool:
    """Whether the year that ends at ``year_end`` dates a one-off deed or event of ``text``, as far as ``next_year``."""
    point = _POINT_IN_TIME.match(text, year_end, next_year)
    if point is None:
        stop = text.find("。", year_end, next_year)
        return _ONCE.search(text, year_end, next_year if stop < 0 else stop) is not None
    clause = _CLAUSE.search(text, point.end(), next_year)
    told = text[point.end() : clause.start() if clause else next_year]
    return bool(_DESCRIBES_A_NOUN.search(told) or _ONCE.search(told) or not _STEADY.search(told))


def ends_at_once(sentence: str) -> bool:
    """Whether a plan's predicate is a single act (「協議会を設立する。」), not an activity that goes on."""
    bare = re.sub(r"(?:【[^】]*】|（[^（）]*）|[。\s])*$", "", sentence)
    predicate = _BEHIND_OBJECT.split(bare)[-1]
    return (_ONCE.search(predicate) or _SETTLES.match(predicate)) is not None and _STEADY.search(predicate) is None
