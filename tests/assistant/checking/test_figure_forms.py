"""Numerals in every style of claims.md: value, unit, bound, range; written in each style and read back; never-values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking import check_text
from assistant.checking.digits import in_kanji, read_numeral
from assistant.checking.numerals import base_unit, find_figures
from assistant.checking.tolerance import fits
from corpus.fiscal import HALF_WIDTH_DIGITS
from corpus.sheetfile import SheetFile

OWN = """
館 g/人日 t-CO2 市町村 都道府県 兆円 万トン 万PV 千台 ヶ国 種類 分析手法 億トンキロ
万人泊 千㌧ 万ｋｌ 事業者 百万㎥ 県
"""
FORMS = [
    ("1,460万PV", "14600000", "PV", "exact"),
    ("1,460万", "14600000", "", "exact"),
    ("4.5兆円", "4500000000", "千円", "exact"),
    ("340万トン", "3400000", "t", "exact"),
    ("3.2億トンキロ", "320000000", "トンキロ", "exact"),
    ("120万人泊", "1200000", "人泊", "exact"),
    ("56千㌧", "56000", "t", "exact"),
    ("12万ｋｌ", "120000", "kl", "exact"),
    ("12千台", "12000", "台", "exact"),
    ("2.5百万㎥", "2500000", "㎥", "exact"),
    ("35t-CO2", "35", "t-CO2", "exact"),
    ("122市町村", "122", "市町村", "exact"),
    ("1,631市町村", "1631", "市町村", "exact"),
    ("57都道府県", "57", "都道府県", "exact"),
    ("47県", "47", "県", "exact"),
    ("9ヶ国", "9", "か国", "exact"),
    ("17カ国", "17", "か国", "exact"),
    ("7種類", "7", "種類", "exact"),
    ("8分析手法", "8", "分析手法", "exact"),
    ("592グラム", "592", "g", "exact"),
    ("12キログラム", "12", "kg", "exact"),
    ("3.5キロメートル", "3.5", "km", "exact"),
    ("15平方キロメートル", "15", "km2", "exact"),
    ("４２ヘクタール", "42", "ha", "exact"),
    ("120立方メートル", "120", "㎥", "exact"),
    ("360キロワット時", "360", "kWh", "exact"),
    ("2.7％pt", "2.7", "ポイント", "exact"),
    ("六館", "6", "館", "exact"),
    ("十一館", "11", "館", "exact"),
    ("十二団体", "12", "団体", "exact"),
    ("四十一件", "41", "件", "exact"),
    ("百二十三団体", "123", "団体", "exact"),
    ("三十二万四千四百五十冊", "324450", "冊", "exact"),
    ("五百九十二グラム", "592", "g", "exact"),
    ("三事業者", "3", "事業者", "exact"),
    ("一二三件", "123", "件", "exact"),
    ("六三・六パーセント", "63.6", "％", "exact"),
    ("十二・五％", "12.5", "％", "exact"),
    ("一・二倍", "1.2", "倍", "exact"),
    ("二ポイント", "2", "ポイント", "exact"),
    ("三億六千八百四万五千円", "368045", "千円", "exact"),
    ("三千二百万円", "32000", "千円", "exact"),
    ("五千円", "5", "千円", "exact"),
    ("3億6千8百万円", "368000", "千円", "exact"),
    ("36,804万5千円", "368045", "千円", "exact"),
    ("368,045,000円", "368045", "千円", "exact"),
    ("0.4億円", "40000", "千円", "exact"),
    ("3億円余", "300000", "千円", "over"),
    ("約4.7億円", "470000", "千円", "about"),
    ("4億円台後半", "400000", "千円", "tier_high"),
    ("二割四分", "24", "％", "exact"),
    ("四割四分五厘", "44.5", "％", "exact"),
    ("八割二厘", "80.2", "％", "exact"),
    ("十割", "100", "％", "exact"),
    ("２割８分５厘", "28.5", "％", "exact"),
    ("約6割", "60", "％", "about"),
    ("3割強", "30", "％", "over"),
    ("3割弱", "30", "％", "under"),
    ("3割台", "30", "％", "tier"),
    ("4割台前半", "40", "％", "tier_low"),
    ("80％台", "80", "％", "tier"),
    ("2万人台", "20000", "人", "tier"),
    ("半数", "50", "％", "exact"),
    ("半数以下", "50", "％", "at_most"),
    ("ほぼ半数", "50", "％", "nearly"),
    ("半数近く", "50", "％", "under"),
    ("半分程度", "50", "％", "about"),
    ("過半数", "50", "％", "more_than"),
    ("過半", "50", "％", "more_than"),
    ("大半", "50", "％", "more_than"),
    ("3分の1", "33.3333", "％", "exact"),
    ("３分の１以下", "33.3333", "％", "at_most"),
    ("三分の二", "66.6667", "％", "exact"),
    ("4分の3強", "75", "％", "over"),
    ("約3分の1", "33.3333", "％", "about"),
    ("10分の1", "10", "％", "exact"),
    ("500人余り", "500", "人", "over"),
    ("500余人", "500", "人", "over"),
    ("500余りの団体", "500", "団体", "over"),
    ("28万3千冊余り", "283000", "冊", "over"),
    ("500人ほど", "500", "人", "about"),
    ("500人内外", "500", "人", "about"),
    ("少なくとも500人", "500", "人", "at_least"),
    ("延べ約1,200人", "1200", "人", "about"),
    ("500人以内", "500", "人", "at_most"),
    ("500人超", "500", "人", "more_than"),
    ("500人超過", "500", "人", "exact"),
    ("3億\n6,804万5千円", "368045", "千円", "exact"),
    ("5,600\n万円", "56000", "千円", "exact"),
    ("12\n.1％", "12.1", "％", "exact"),
    ("１，\n２３４人", "1234", "人", "exact"),
    ("76, 182人", "76182", "人", "exact"),
    ("1 2.1％", "12.1", "％", "exact"),
]
RANGES = [
    ("3～5件", "3", "5"),
    ("3-5件", "3", "5"),
    ("10－15人", "10", "15"),
    ("3ないし5件", "3", "5"),
    ("30人から40人程度", "30", "40"),
    ("168件から191件の間で推移", "168", "191"),
    ("89.6～94.1％の幅", "89.6", "94.1"),
    ("10人以上15人未満", "10", "15"),
    ("3割～4割", "30", "40"),
    ("十数件", "11", "19"),
    ("20数件", "21", "29"),
    ("168件から191件に増加", "168", None),
]
NEVER = """
四月一日 第三四半期 二人三脚 三位一体 三者協議会 二次避難所 千代田区 八王子市 四日市市 第十二回
一事業者 一企業 一市民 35人学級 10人乗り 21世紀 50周年 国道16号 3・4・7号線
健康日本21 2級河川 6年生 三本の矢 六本木 八戸市 十人十色 二部制 三点 二通り 三回忌
一橋大学 百貨店 二学期 一石二鳥 7,234市 万人 十分 数十件 百万円 後半 前半 四季 七夕
一斉 第三セクター 24時間365日 補助率10/10 一人一台 3点セット 二十四節気 上半分
半数ずつ
"""


@pytest.mark.parametrize(("text", "value", "unit", "bound"), FORMS)
def test_forms_are_read(text: str, value: str, unit: str, bound: str) -> None:
    (figure,) = find_figures(f"実績は{text}", OWN.split())
    assert (figure.value, figure.unit, figure.bound) == (Decimal(value), unit, bound)


@pytest.mark.parametrize(("text", "low", "high"), RANGES)
def test_ranges_are_read(text: str, low: str, high: str | None) -> None:
    figure = find_figures(text)[0]
    assert figure.value == Decimal(low)
    assert figure.upper == (Decimal(high) if high else None)


@pytest.mark.parametrize("text", NEVER.split())
def test_words_with_numerals_are_no_figures(text: str) -> None:
    assert find_figures(f"この施策では{text}を進める") == []


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("兆円", "千円", 10**9),
        ("万トン", "t", 10**4),
        ("億トンキロ", "トンキロ", 10**8),
        ("千両", "両", 1000),
        ("万PV", "PV", 10**4),
    ],
)
def test_scaled_units_are_split(unit: str, base: str, factor: int) -> None:
    assert base_unit(unit) == (base, factor)


@pytest.mark.parametrize(
    ("written", "right", "wrong"),
    [
        ("約500人", 549, 551),
        ("500人程度", 450, 449),
        ("3割強", "34.9", "35"),
        ("3割弱", "29.9", "30"),
        ("500人余り", 549, 550),
        ("500人以上", 500, 499),
        ("500人以下", 500, 501),
        ("500人超", 501, 500),
        ("500人未満", 499, 500),
        ("80％台", "89.9", "90"),
        ("80％台前半", "84.9", "85"),
        ("80％台後半", "85", "84.9"),
        ("500人台", 599, 600),
        ("3～5件", 5, 6),
        ("10人以上15人未満", 10, 15),
        ("30人から40人程度", 45, 46),
        ("89.6～94.1％", "94.1", "94.2"),
        ("3分の1", "33.9", "37"),
        ("約3分の1", "36", "40"),
        ("半数", "49.8", "55"),
        ("ほぼ半数", "46", "40"),
        ("過半数", "50.1", "50"),
        ("76,182人", 76182, 76183),
        ("3.2万人", 32499, 33000),
        ("3億円", 349999, 400000),
        ("12.1％", "12.14", "12.2"),
        ("六三・六％", "63.6", "63.7"),
        ("四割四分五厘", "44.5", "44.6"),
    ],
)
def test_the_edges_of_what_a_figure_says(written: str, right: str | int, wrong: str | int) -> None:
    figure = find_figures(written)[0]
    assert fits(figure, Decimal(right))
    assert not fits(figure, Decimal(wrong))


@given(st.integers(min_value=1, max_value=10**12))
def test_kanji_numerals_are_read_back(number: int) -> None:
    assert read_numeral(in_kanji(Decimal(number)))[0] == number
    assert read_numeral(in_kanji(Decimal(number), positional=True))[0] == number


def _mixed(number: int) -> str:
    parts = []
    for scale, factor in (("億", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, factor)
        parts.append(f"{section:,}{scale}" if section else "")
    return "".join(parts)


@given(st.integers(min_value=1, max_value=10**11), st.booleans())
def test_amounts_are_read_back_from_every_style(yen: int, wide: bool) -> None:
    thousands = yen * 1000
    for written in (
        f"{yen:,}千円",
        f"{yen}千円",
        f"{thousands:,}円",
        _mixed(thousands) + "円",
        in_kanji(Decimal(thousands)) + "円",
    ):
        if written in ("千円", "百万円", "千万円"):  # the unit of a table, not an amount
            continue
        text = written.translate(HALF_WIDTH_DIGITS).replace(",", "，") if wide else written
        (figure,) = find_figures(f"事業費は{text}である")
        assert (figure.value, figure.unit, figure.text) == (yen, "千円", text)


@given(st.integers(min_value=2, max_value=10**7), st.sampled_from(["人", "件", "団体", "か所", "世帯", "施設"]))
def test_counts_are_read_back_from_every_style(number: int, unit: str) -> None:
    for written in (f"{number:,}", f"{number}", _mixed(number), in_kanji(Decimal(number))):
        (figure,) = find_figures(f"実績は{written}{unit}となった")
        assert (figure.value, figure.unit) == (number, unit)


@given(st.integers(min_value=10, max_value=1000), st.booleans())
def test_percentages_are_read_back_from_every_style(tenths: int, kanji: bool) -> None:
    value = Decimal(tenths) / 10
    wari, bu, rin = tenths // 100, tenths // 10 % 10, tenths % 10
    digits = [in_kanji(Decimal(part)) if kanji else str(part) for part in (wari, bu, rin)]
    forms = [f"{value}％", f"{value}パーセント", f"{in_kanji(value)}％" if value % 1 else f"{value}％"]
    if wari:
        forms.append(digits[0] + "割" + (digits[1] + "分" if bu else "") + (digits[2] + "厘" if rin else ""))
    for written in forms:
        (figure,) = find_figures(f"割合は{written}となった")
        assert (figure.value, figure.unit) == (value, "％")


@pytest.mark.parametrize(
    ("sheet", "right", "wrong"),
    [
        ("welfare", "人口は七万六千三百七十一人である。", "人口は七万六千七百三十一人である。"),
        ("welfare", "人口は7万6千人台である。", "人口は7万7千人台である。"),
        ("welfare", "人口は7万6千人余りである。", "人口は7万7千人余りである。"),
        ("welfare", "人口は7万7千人に満たない。", "人口は7万6千人に満たない。"),
        ("welfare", "人口は7万6千人を超えている。", "人口は7万7千人を超えている。"),
        ("welfare", "人口は7万人の大台を保っており、7万6千人を下回っていない。", "人口は7万7千人を下回っていない。"),
        ("welfare", "令和3年度以降、人口は7万6千人台で推移している。", "令和3年度以降、人口は7万5千人台で推移している。"),
        ("welfare", "令和3年度から令和5年度まで、人口は76,182人から76,371人の間で推移した。", "令和3年度から令和5年度まで、人口は76,300人から76,400人の間で推移した。"),
        ("welfare", "地域活動に参加していない市民の割合は六割六分一厘である。", "地域活動に参加していない市民の割合は六割一分六厘である。"),
        ("welfare", "地域活動に参加していない市民の割合は3分の2程度である。", "地域活動に参加していない市民の割合は4分の3程度である。"),
        ("welfare", "地域活動に参加していない市民の割合は過半数となった。", "地域活動に参加していない市民の割合は半数以下となった。"),
        ("welfare", "地域活動に参加していない市民の割合は60～70％である。", "地域活動に参加していない市民の割合は70～80％である。"),
        ("welfare", "事業費は三億六千八百四万五千円である。", "事業費は三億八千六百四万五千円である。"),
        ("welfare", "事業費は3億円台後半である。", "事業費は3億円台前半である。"),
        ("welfare", "事業費は368百万円である。", "事業費は368,045円である。"),
        ("tourism", "観光消費額は43億6,800万円である。", "観光消費額は4億3,680万円である。"),
        ("tourism", "観光入込客数は100万人を超えた。", "観光入込客数は110万人を超えた。"),
        ("tourism", "観光入込客数は百二万四千人である。", "観光入込客数は百二十万四千人である。"),
    ],
)  # fmt: skip
def test_right_and_wrong_beside_each_other(sheets: dict[str, SheetFile], sheet: str, right: str, wrong: str) -> None:
    assert {found.verdict for found in check_text(right, "6.1.results", sheets[sheet])} == {"match"}
    assert "mismatch" in {found.verdict for found in check_text(wrong, "6.1.results", sheets[sheet])}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("人口は七万六千七百三十一人である。", "七万六千三百七十一人"),
        ("人口は七六七三一人である。", "七六三七一人"),
        ("地域活動に参加していない市民の割合は六割一分六厘である。", "六割六分一厘"),
        ("地域活動に参加していない市民の割合は六一・六パーセントである。", "六六・一パーセント"),
        ("地域活動に参加していない市民の割合は4分の1である。", "66.1％"),
        ("事業費は三億八千六百四万五千円である。", "三億六千八百四万五千円"),
    ],
)
def test_suggestions_are_written_like_the_writers(sheets: dict[str, SheetFile], text: str, suggestion: str) -> None:
    (found,) = check_text(text, "6.1.results", sheets["welfare"])
    assert found.suggestion == suggestion
