"""Index and search."""


def no_lexical_search(database: str) -> str:
    return (
        f"このデータベース（{database}）では全文検索がまだ使えません。"
        "DATABASE_URL を空にすると、組み込みの SQLite を使います。"
    )


SEARCH_TITLE = "検索"
SEARCH_SECTION, SEARCH_DIVISION, SEARCH_DIRECTION = "欄", "施策統括課", "展開方向"
SEARCH_MEASURE, SEARCH_YEARS, SEARCH_APART = "施策", "年度", "除くもの"
MEANING_SILENT = (
    "意味による検索が応えませんでした。準備の途中のことがあるので、少し待って、もう一度探してください"
    "（続くときは、管理者が shisaku doctor で調べられます）。"
)
APART_NONE = "除かない"
EXAMPLE_QUERIES = (
    "担い手の確保が課題になっている",
    "目標を達成できなかった理由",
    "関係機関と連携して取り組んだこと",
    "相談件数が増えた背景",
)


def apart_measure(measure: str) -> str:
    return f"全年度：{measure}"


def apart_sheet(measure: str, year: str) -> str:
    return f"{year}だけ：{measure}"


def from_year_to_year(first: str, last: str) -> str:
    return first if first == last else f"{first}〜{last}"


def in_direction(number: int) -> str:
    return f"展開方向{number}"


def sheet_of_year(year: str) -> str:
    return f"{year}のシート"


def rank_of(rank: int) -> str:
    return f"{rank}位"


def found_passages(count: int, *, more: bool, weak: bool) -> str:
    if not count:
        return "見つかりませんでした。"
    found = f"{count}件まで表示しました。" if more else f"{count}件見つかりました。"
    return found + ("はっきり似ている文はありません。" if weak else "")
