"""Index and search."""


def no_lexical_search(database: str) -> str:
    return (
        f"このデータベース（{database}）では全文検索がまだ使えません。"
        "DATABASE_URL を空にすると、組み込みの SQLite を使います。"
    )


EMBEDDING_NOT_INSTALLED = (
    "EMBEDDING_MODEL のモデルを読むには sentence-transformers が必要です。"
    "pip install shisaku[embedding] で入れるか、EMBEDDING_MODEL を空にしてください。"
)
VECTOR_INDEX_IN_USE = (
    "検索の索引は、動いている別の shisaku が使っています。ことばによる検索はこのまま使えます。"
    "意味による検索も要るときは、そちらの画面を使うか、止めてからもう一度実行してください。"
)


def no_embedding_folder(folder: str) -> str:
    return f"EMBEDDING_MODEL のフォルダ「{folder}」がありません。"


def unusable_embedding(folder: str, reason: str) -> str:
    return f"EMBEDDING_MODEL のフォルダ「{folder}」は、モデルとして読めません（{reason[:200]}）。"


def vector_index_broken(reason: str) -> str:
    return f"意味による検索の索引が使えません（{reason[:200]}）。shisaku reindex で作り直せます。"


def vector_index_incomplete(found: int, kept: int) -> str:
    return f"検索の索引が欠けています（{kept}件のうち{found}件しか返りません）。shisaku reindex で作り直せます。"
