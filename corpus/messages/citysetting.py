"""The city's own settings: manner, preferred words, 記入要領, what grades ask for."""

WORDS_NO_TABLE = "貼り付けた内容を表として読めません。Excel の2列（避ける語・使う語）をそのままコピーしてください。"
WORDS_TWO_TABLES = "貼り付けとファイルの両方があります。どちらか1つにしてください。何も保存していません。"
SETTING_SAVED = "保存しました。"
SETTING_UNCHANGED = "変更はありません。保存済みの設定と同じです。"
UNNAMED = "（課の名前が未記入）"
SETTING_NONE = "（なし）"
NOT_A_SETTING = "選べない値が送られました。画面を読み込み直してください。何も保存していません。"
BOUNDS_NOT_DESCENDING = (
    "割合はA、B、C、Dの順に同じか小さくしてください（例：A すべて、B 3分の2、C 3分の1、D 0％）。何も保存していません。"
)
DIVISION_WITHOUT_NAME = "課の名前が空のまま書きぶりが選ばれています。名前を入れるか、選択を戻してください。"


def too_many_words(most: int) -> str:
    return f"用語は{most}語までです。何も保存していません。"


def word_for_itself(word: str) -> str:
    return f"「{word}」の言い換えが同じ語になっています。どちらかを直してください。何も保存していません。"


def word_twice(avoid: str, one: str, other: str) -> str:
    return (
        f"「{avoid}」の言い換えが2つあります（「{one}」と「{other}」）。"
        "どちらか1つにしてください。何も保存していません。"
    )


def word_chain(word: tuple[str, str], chained: tuple[str, str]) -> str:
    return (
        f"「{word[0]}→{word[1]}」と「{chained[0]}→{chained[1]}」がつながっていて、言い換えた語がまた避ける語になります。"
        "どちらかを直してください。何も保存していません。"
    )


def words_row_short(number: int) -> str:
    return f"表の{number}行目は、避ける語と使う語の2列になっていません。何も保存していません。"


def word_unfit(word: str) -> str:
    return f"「{word}」の行を保存できません。避ける語は空にできず、どの語も60文字までです。何も保存していません。"


def words_saved(count: int, added: int) -> str:
    return f"保存しました。用語は{count}語です" + (f"（表から{added}語を追加）。" if added else "。")


def not_a_share(place: str, written: str) -> str:
    return (
        f"{place}：「{written[:20]}」を割合として読めません。"
        "「3分の2」「66.7％」「すべて」のように書いてください。何も保存していません。"
    )


def not_a_threshold(unit: str, written: str, most: str) -> str:
    return (
        f"横ばいとする変化の「{written[:20]}」を読めません。0から{most}までの数を{unit}で書いてください"
        "（小数は2桁まで）。何も保存していません。"
    )


def division_twice(name: str) -> str:
    return f"「{name}」の書きぶりが2つあります。どちらか1つにしてください。何も保存していません。"


def guideline_too_long(label: str, most: int) -> str:
    return f"{label}の記入要領が長すぎます（{most}文字まで）。何も保存していません。"


def stale_setting(author: str) -> str:
    who = f"{author}さんが" if author else "別の人が"
    return (
        f"画面を開いたあとに、{who}この設定を保存しました。まだ上書きしていません。"
        "下に違うところを並べました。入力を確かめて、よければもう一度保存してください。"
    )


def manner_follows(labels: list[str]) -> str:
    return f"{'、'.join(labels)}は、その課の昨年度の文章に合わせます。"


MANNER_FIXED = "すべての項目を指定しています。"
