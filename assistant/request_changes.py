"""What a message wants changed in the draft made last. Pure, over normalised text."""

import re

from assistant.wishes import Change

_COUNT = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "ひと": 1,
    "ふた": 2,
    "みっ": 3,
    "よっ": 4,
}
_NUMBER = r"(?P<n>1[0-9]|[1-9]|[一二三四五六七八九]|ひと|ふた|みっ|よっ)"
_UNIT = (
    r"(?:つ目|つめ|番目|番め|個目|個め|項目め|項目目|項目|点目|行目|行め|段落目|段落|文目"
    r"|番(?![上下最初前後良大高低多少重近])|こ目|こめ|つ)"
)
_LAST = r"最後(?!に)|末尾(?!に)|ラスト|一番下(?!に)|いちばん下(?!に)|しまいの|(?:一番|いちばん)後ろ(?!に)|末項"
_HEAD = r"(?:最初|先頭|冒頭|一番上|いちばん上)(?!に|へ|の方に|のほうに)|トップ(?!に)"
_FROM_END = r"(?:下|後ろ|うしろ|最後|末尾|終わり|おしり)から"
_SOME_LAST = rf"(?:最後|末尾|ラスト|終わり)の?{_NUMBER.replace('<n>', '<some>')}(?:つ|個|項目|文|行|点)(?!目|め)"
_ITEM = re.compile(
    rf"{_SOME_LAST}|(?P<low>[1-9])(?:{_UNIT})?(?:~|-|から)(?P<high>[1-9]){_UNIT}"
    rf"|(?P<last>(?:{_LAST})(?!から))|(?P<head>{_HEAD})"
    rf"|(?P<back>{_FROM_END})?第?{_NUMBER}(?:{_UNIT})(?!の展開|の方向)"
    rf"|(?<![0-9)〓(])[(](?P<circled>[1-9])[)](?=\s*[はをとも、の])"
)
_PAIR = re.compile(r"(?<![0-9(方向])([1-9])(?:つ目|番目|番|個目)?\s*(?:と|、|・|&)\s*([1-9])(?![0-9年月])")

_DROP = re.compile(
    r"消し|けず|消す|消せ|けして|削|いらない|いらん|要らない|要らん|いりません|要りません|不要|取って|"
    r"とって|取り除|取っ払|落と|除い|除け|外し|はずし|カット|省い|省略|抜い|なくて|無くて|なしで|捨て|"
    r"やめて|ボツ|トル(?:$|[。、 ])|なくてい|けずっ"
)
_SWAP = re.compile(
    r"チェンジ|入れ替|入れ換|入れかえ|いれかえ|入替|逆(?:に|で|$|[。!])|交換|順番(?!に(?:下書|書|作|お願|頼|出|見))|順序"
    r"|ひっくり返|さかさ"
)
_FIRST = re.compile(
    r"(?:先頭|最初|一番上|いちばん上|一番前|いちばん前|冒頭|トップ|頭|1番目?|一番目?|1番上|先|(?<!以)上)(?:に"
    r"|へ)|から(?:始め|はじめ|スタート)"
)
_ORDER = re.compile(
    r"(?:重要|大事|大切|優先|優先度|重要度|影響|数値|達成|時系列|年度|五十音|展開方向|方向|金額|緊急|"
    r"大きい|高い|新しい|古い)[^。、]{0,8}順(?!調)|並べ(?:替|変|換|か|直|なお)|(?:もの|ところ|項目|点|順|"
    r"指標)(?:から|に)(?:並べ|ならべ)|並び(?:替|変|を変|順|を)|順番(?:を|が|も)?(?:変|見直|整|直|考え|"
    r"おかし|かえ)|順序(?:を)?(?:変|見直|整|入れ)|から順に"
)
_PROSE = re.compile(
    r"(?:箇条書き|個条書き|箇条書)[^。、]{0,6}(?:やめ|止め|じゃな|でな|ではな|解除|なし|を外|を取|から|"
    r"をふつう|を普通|を文)|(?:普通|ふつう|通常|一続き|ひと続き|つながった|流れる|地|続き)の(?:文|"
    r"文章)(?:に|で)|文章(?:の形|形式|体)?(?:に(?=し|直|なお|変|かえ|戻|もど|まとめ|つな|お願|[、。]|$)|で(?=書|"
    r"お願|たの|頼|$|。))|文章?でつな|散文|地の文|文でつな"
)
_BULLETS = re.compile(
    r"(?:箇条書き|個条書き|箇条書|カジョウ書き|かじょう書き|リスト(?:形式)?|列挙)(?:っぽく|風|スタイル|形式)?(?:に|で|"
    r"が|へ|の(?:方|ほう)が|する|して|化|お願|\s|$|の形)|「?・」?で(?:並|始|書|列|区切)|項目(?:ごと|別)に分け|ポツ"
)
_PLAIN = re.compile(r"である(?:調|体)|だ・である|だである|常体|「である」|文末[^。]{0,6}である|言い切り|断定調")
_POLITE = re.compile(r"です・?、?ます|ですます|敬体|丁寧(?:語|な(?:言|文|口|表)|に(?:し|直|言|書|変)|調)|ていねい")
_SHORTER = re.compile(
    r"半分の長さ|重複|短(?:く|め|縮|かく)|みじか[くめ]|簡潔|簡略|コンパクト|要約|縮め|圧縮|長い|長すぎ|"
    r"ながすぎ|ながい|長過ぎ|すっきり|スッキリ|シンプル|簡単に(?:し|まと|お)|あっさり|端的|ぎゅっと|"
    r"絞って|しぼって|要点だけ|文字数[^。]{0,4}(?:減|少)|字数[^。]{0,4}(?:減|少|抑)|[0-9]+(?:字|文字|行|"
    r"文)(?:以内|程度|くらい|ぐらい)?(?:に|で)|半分(?:に|くらい|ぐらい)|(?:もっと|少し|ちょっと|もう少し|"
    r"もうちょい|ちょい)(?:削|けず)|減らし(?:て|と)|減らせ|字が多|みじか|量を減"
)
_LONGER = re.compile(
    r"長く|長め|ながく|ながめ|詳し[くめい]|くわし[くめ]|膨らま|ふくらま|肉付け|肉づけ|厚(?:め|く|み)|"
    r"ボリューム|短い|短か?すぎ|みじかすぎ|足りない|物足り|(?:中身|内容)が(?:薄|ない)|具体的に|踏み込"
    r"|増やし(?:て|と)|倍(?=の|くらい|ぐらい|に)|文(?:くらい|ぐらい|"
    r"ほど)?(?:足し|追加|増や)|充実さ|詳細に|丁寧に説明|掘り下げ|書き込んで|もっと書い"
)
_REWORD = re.compile(
    r"別案|ニュアンス|書き(?:直|なお|換え|替え|かえ|変え)|言い(?:換え|替え|かえ|変え|直|回し)|いいまわし|言葉(?:遣い|"
    r"づかい)?を(?:変|かえ|直)|くど|固い|硬い|堅い|かたい|柔らか|やわらか|表現(?:を|が|に)|推敲|読みやす|"
    r"わかりやす|分かりやす|自然(?:な|に)|ぎこちな|整えて|ととのえ|リライト|別の(?:言い|書き|表現|案|文)|"
    r"違う(?:言い|書き|表現|案)|言い方を変|他の言い方|ほかの言い方|役所っぽ|それらしく|格調|文体|"
    r"(?<![やつ作]り)直し(?:て|とい|を|た)|なおして|修正(?:して|しと|を|お)|手直し"
)
_WORDS = r"(?P<words>[^。、「」]{1,40}?|「[^」]{1,40}」)"
_ABOUT = r"(?:の(?:こと|件|話|内容|記述|記載|文言|観点|視点|説明|一文|要素))?(?:について|に関して)?"
_NAMED_WORD = r"(?:という|って(?:いう)?)(?:言葉|文言|一文|ワード|語|単語)(?:も|を|は)?"
_SOMEWHERE = r"(?:どこかに|最後に|末尾に|少し|ちょっと|一言|ひとこと|文中に|中に|さらに|もっと)?"
_PUT_IN = (
    r"(?:(?<!手を)入れ(?!替|換|か)|いれて|書き(?:足|加|添|込)|追記|追加|加え|くわえ|足し|足す|足せ|盛り込|盛込|"
    r"もりこ|含め|載せ|のせて"
    r"|付け(?:足|加)|つけ(?:足|加)|差し込|組み込|記載し|反映|混ぜ|まぜ|触れた(?:文|もの)|絡め)"
)
_MENTIONS = (
    re.compile(
        rf"(?:^|[、。]|〓)?{_WORDS}{_ABOUT}(?:に)?(?:も)?(?:に)?"
        r"(?:触れ(?!て(?:い)?る|た)|ふれて(?!る|い)|言及(?:を?お?願|を?頼|し)(?!て(?:い)?る))"
    ),
    re.compile(
        rf"{_WORDS}(?:{_NAMED_WORD}|{_ABOUT}(?:も|を|は|を?も)|の(?:こと|件|話)(?=入れ|足|加え|追加|追記|盛|載せ|書き[足加込添])){_SOMEWHERE}{_PUT_IN}"
    ),
    re.compile(rf"{_WORDS}{_NAMED_WORD}使(?:って(?!い|る|た)|っと|う(?:よう|こと))"),
    re.compile(
        rf"{_WORDS}{_ABOUT}(?:が|も|に(?:も)?)(?:抜け(?:て|落ち)|漏れて|もれて|入ってい?な|載ってい?な|触れてい?な)"
    ),
    re.compile(rf"{_WORDS}(?<!の)も(?:書いて(?!な|い[なるた]|あ)|書いと|かいて|かいと)"),
    re.compile(rf"{_WORDS}(?:について|に関して|に)も?(?:一言|ひとこと|一文)"),
    re.compile(r"(?P<words>「[^」]{1,40}」)に触れた"),
    re.compile(rf"{_WORDS}(?:{_NAMED_WORD})?[ 、]+(?:入れて|入れと|足して|足しと)"),
)
_MORE_ABOUT = re.compile(
    rf"{_WORDS}(?:のこと|について)(?:を|も)?(?:もっと|もう少し|もうちょっと)(?:詳しく|くわしく)?(?:書|触|説明|ふれ)"
)
_LEAD = re.compile(
    r"^(?:(?:(?:いま|今|さっき|先ほど|先程|前に)?(?:出|作|書|つく)[^、。]{1,3}(?:くれ|もら|いただい|頂い"
    r"|くださっ)[^、。]{0,3}(?=下書|案|文)|あと|それと|それから|できれば|ついでに|すみませんが?|ちょっと"
    r"|もう少し|この|その|今の(?:案|"
    r"文|下書き)|さっきの(?:案|文|下書き)|先ほどの(?:案|文章?|下書き)|下書き|案|文章?|ここ|そこ|本文|最後|"
    r"末尾|いまの|今の|さっきの|〓+)(?:の(?:ほう|方|文案|下書き|案|文章?))?(?:の中|の最後|の末尾)?(?:に(?:は)?"
    r"|へ(?:は)?|で(?:は)?|は|、)?\s*)+"
)
_KEEP = re.compile(r"そのまま(?:で(?:いい|よい|良い|OK)|にし)")


_BEHIND_ITEMS = re.compile(r"(?:[りてし]|って|いで|んで)(?:から)?[、。]\s*(.+)$")
_OF_ALL = ("prose", "bullets", "plain", "polite", "shorter", "longer")


def changes_in(text: str) -> list[Change]:
    """The changes that ``text`` asks for, in the order of the text, each once; [] where it asks for none.

    ``text`` may have its sections hidden (``〓``).
    """
    if _KEEP.search(text):
        return []
    items = _items(text)
    structural = _of_items(text, items)
    if structural is not None:
        rest = _BEHIND_ITEMS.search(text)
        # 「1つ目を削り、残りを文章の形に」
        more = [change for change in changes_in(rest[1]) if change.kind in _OF_ALL] if rest else []
        return [structural, *more]
    found: list[tuple[int, Change]] = []
    prose, bullets = _PROSE.search(text), _BULLETS.search(text)
    if prose:
        found.append((prose.start(), Change(kind="prose")))
    elif bullets:
        found.append((bullets.start(), Change(kind="bullets")))
    plain, polite = _PLAIN.search(text), _POLITE.search(text)
    if plain and polite:
        # 「ですます調をやめてである調に」: what is named last is wanted
        later = max((plain.start(), "plain"), (polite.start(), "polite"))
        found.append((later[0], Change(kind="plain" if later[1] == "plain" else "polite")))
    elif plain:
        found.append((plain.start(), Change(kind="plain")))
    elif polite:
        found.append((polite.start(), Change(kind="polite")))
    order = _ORDER.search(text)
    if order:
        found.append((order.start(), Change(kind="order")))
    elif not prose and not bullets and _SWAP.search(text) and re.search("順", text):
        found.append((0, Change(kind="order")))
    mention = _mention(text)
    if mention:
        found.append((0, mention))
    length = _length(text)
    if length and not mention:
        found.append(length)
    reword = _REWORD.search(text)
    if reword and not found:
        found.append((reword.start(), Change(kind="reword")))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def speaks_of_items(text: str) -> bool:
    """Whether ``text`` changes items of a draft or its form, so that 「2つ目は不要」 is no refusal of a wish."""
    return any(change.kind in ("drop", "swap", "first", "prose", "plain", "polite") for change in changes_in(text))


def _count(written: str) -> int:
    return int(written) if written.isdigit() else _COUNT[written]


def _items(text: str) -> list[tuple[int, int]]:
    """(place, item) of the items named; -1 is the last."""
    found = []
    for match in _ITEM.finditer(text):
        if match["some"]:
            found += [(match.start(), -at) for at in range(_count(match["some"]), 0, -1)]
            continue
        if match["low"]:
            found += [(match.start(), at) for at in range(int(match["low"]), int(match["high"]) + 1)]
            continue
        if match["circled"]:
            number = int(match["circled"])
        elif match["last"]:
            number = -1
        elif match["head"]:
            number = 1
        else:
            number = -_count(match["n"]) if match["back"] else _count(match["n"])
        found.append((match.start(), number))
    return found


def _of_items(text: str, items: list[tuple[int, int]]) -> Change | None:
    numbers = tuple(dict.fromkeys(number for _, number in items))
    pair = _PAIR.search(text)
    if _SWAP.search(text):
        both = numbers if len(numbers) == 2 else (int(pair[1]), int(pair[2])) if pair else ()
        if len(both) == 2:
            return Change(kind="swap", items=both)
    first = _FIRST.search(text)
    if first:
        moved = [number for at, number in items if not first.start() <= at < first.end()]
        if moved and (moved != [1] or len(items) == 1):
            return Change(kind="first", items=(moved[0],))
    if _DROP.search(text) and (numbers or (pair and re.search("つ|番|個|項", text))):
        dropped = numbers if len(numbers) > 1 or not pair else tuple(dict.fromkeys((int(pair[1]), int(pair[2]))))
        return Change(kind="drop", items=dropped)
    return None


def _length(text: str) -> tuple[int, Change] | None:
    """The direction of a change of length; of a reason and a wish (「短いのでもっと長く」) the wish, which is last."""
    marks = [(match.start(), "shorter") for match in _SHORTER.finditer(text)]
    marks += [(match.start(), "longer") for match in _LONGER.finditer(text)]
    if not marks:
        return None
    place, kind = max(marks)
    return place, Change(kind="shorter" if kind == "shorter" else "longer")


def _mention(text: str) -> Change | None:
    for pattern in (*_MENTIONS, _MORE_ABOUT):
        match = pattern.search(text)
        if match:
            words = _LEAD.sub("", match["words"].strip(" 、「」は")).strip(" 、「」はに")
            words = re.sub(r"(?:のこと|について|の件|の話|の観点|の視点|という(?:言葉|文言))$", "", words)
            if (
                words.strip("〓")
                and not words.startswith("〓")
                and not re.fullmatch(
                    r"(?:展開)?方向[0-9]?|[0-9]|文章?|それ|これ|ここ|あと|残り|続き|次|他|ほか|全部|(?:も"
                    r"|を)?う?(?:片方|一方)|.*(?:年度?|年|分|版|ほう|方)|[0-9一二三]+文(?:くらい|ぐらい|ほど)?",
                    words,
                )
            ):
                return Change(kind="mention", words=words)
    return None
