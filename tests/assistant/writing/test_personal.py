"""Which parts of a text are a person's, and which only look like it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.personal import personal_spans


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind in personal_spans(text, names)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("電話は03-1234-5678へ", "phone", "03-1234-5678"),
        ("０９０－１２３４－５６７８に連絡", "phone", "０９０－１２３４－５６７８"),
        ("フリーダイヤル0120-123-456", "phone", "0120-123-456"),
        ("携帯09012345678", "phone", "09012345678"),
        ("直通(048)123-4567", "phone", "(048)123-4567"),
        ("03 1234 5678", "phone", "03 1234 5678"),
        ("（内線2345）", "phone", "2345"),
        ("ＴＥＬ：４２－１２３４", "phone", "４２－１２３４"),
        ("+81-3-1234-5678", "phone", "+81-3-1234-5678"),
        ("照会先 fukushi@city.example.lg.jp まで", "mail", "fukushi@city.example.lg.jp"),
        ("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐへ", "mail", "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ"),
        ("〒123-4567", "address", "〒123-4567"),
        ("青葉市本町1丁目2番3号に住む", "address", "青葉市本町1丁目2番3号"),
        ("中町２－３－４の住宅", "address", "中町２－３－４"),
        ("大字上野123番地の空き家", "address", "大字上野123番地"),
        ("一丁目二番三号", "address", "一丁目二番三号"),
        ("番号は1234 5678 9012", "number", "1234 5678 9012"),
        ("番号は１２３４５６７８９０１２", "number", "１２３４５６７８９０１２"),
        ("講師に佐藤花子氏を招いた。", "name", "佐藤花子"),
        ("市長 佐藤 太郎", "name", "佐藤 太郎"),
        ("志村　和江", "name", "志村　和江"),
        ("千葉克則さんから申出があった。", "name", "千葉克則"),
        ("自治会の山田会長から要望があった。", "name", "山田"),
        ("鈴木議員から一般質問があった。", "name", "鈴木"),
        ("岡田課長が説明した。", "name", "岡田"),
        ("福島さんから意見があった。", "name", "福島"),
        ("林様より寄附を受けた。", "name", "林"),
        ("髙橋委員から指摘があった。", "name", "髙橋"),
        ("担当：中村", "name", "中村"),
        ("（担当　千葉）", "name", "千葉"),
        ("窓口では田中が対応した。", "name", "田中"),
        ("鴫原氏の講演", "name", "鴫原"),
        ("ジョン・スミス氏の講演", "name", "ジョン・スミス"),
        ("スズキ タロウさん", "name", "スズキ タロウ"),
    ],
)
def test_data_of_persons(text: str, kind: str, part: str) -> None:
    assert found(text) == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "豊田市と福島県、千葉駅、石川地区",
        "松本市民会館、山本公園、長谷川小学校で開催した。",
        "三井住友銀行、安藤建設株式会社、安藤忠雄記念館",
        "農林課長、建設課長、総務部長が出席した。",
        "同氏、両氏、氏名、旧氏、摂氏",
        "市民の皆さん、お客様、患者さん、様式、多様性、同様に",
        "議員から質問があった。委員会、会長会議",
        "本町1丁目地区の整備",
        "令和5年4月1日から令和6年3月31日まで",
        "3～5件、12,345人、1-2-3、2019 2020 2021年度",
        "#7119や188の周知、119番通報",
        "事業費は123456789千円である。",
        "山小屋等の整備、司法等の手続、林種、立木竹",
        "日本選手の活躍",
        "国又は県の計画、川上から川下まで、福島が被災した。",
        "国道16号線、都市計画道路3・4・5号線",
        "100-120件程度で推移した。",
    ],
)
def test_what_is_nobodys(text: str) -> None:
    assert found(text) == []


def test_a_known_person_is_found_without_a_title() -> None:
    assert found("久我の後任と東 花が調べた。", "東　花") == [("name", "東 花")]


def test_a_known_name_of_one_sign_hides_nothing() -> None:
    assert found("東の地区", "東") == []


def test_several_in_a_sentence_in_order() -> None:
    text = "山田会長（電話03-1234-5678、yamada@example.jp）から申出があった。"
    assert found(text) == [("name", "山田"), ("phone", "03-1234-5678"), ("mail", "yamada@example.jp")]


@given(st.text("山田太郎氏さん様 　@a.jp01２-－〒丁目番地号本町（）、。", max_size=40))
def test_spans_are_ordered_and_apart(text: str) -> None:
    spans = personal_spans(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
