"""The search index: the embedding model, the vectors, and bringing them in step."""

EMBEDDING_NOT_INSTALLED = (
    "EMBEDDING_MODEL のモデルを読むには sentence-transformers が必要です。"
    "pip install shisaku[embedding] で入れるか、EMBEDDING_MODEL を空にしてください。"
)
LOADING_SENTENCE_TRANSFORMERS = "sentence-transformers を読み込んでいます。"
LOADING_MODEL_FILES = "埋め込みモデルのファイルを読み込んでいます。"
VECTOR_INDEX_IN_USE = (
    "検索の索引は、動いている別の shisaku が使っています。ことばによる検索はこのまま使えます。"
    "意味による検索も要るときは、そちらの画面を使うか、止めてからもう一度実行してください。"
)
VECTOR_INDEX_INTERRUPTED = (
    "前の shisaku が、意味による検索の索引を書いている途中で終わりました。索引のファイルを捨てて入れ直します。"
)
WITHOUT_EMBEDDING = "埋め込みモデルがないので、使えません。ことばによる検索は使えます。"
MADE_BY_OWNER = "ことばの索引を作り直しました。意味による検索の索引は、動いている shisaku が次の検索から入れ直します。"


def no_embedding_folder(folder: str) -> str:
    return f"EMBEDDING_MODEL のフォルダ「{folder}」がありません。"


def no_cached_embedding(name: str) -> str:
    return (
        f"EMBEDDING_MODEL の「{name}」は、フォルダとしても、このパソコンに取得済みのモデルとしても見つかりません。"
        "モデルは自動では取得しません。"
        "別のパソコンで取得したフォルダを置き、その場所を EMBEDDING_MODEL に書いてください。"
    )


def unusable_embedding(folder: str, reason: str) -> str:
    return f"埋め込みモデル「{folder}」は、モデルとして読めません（{reason[:200]}）。"


def vector_index_broken(reason: str) -> str:
    return f"意味による検索の索引が使えません（{reason[:200]}）。shisaku reindex で作り直せます。"


def vector_index_incomplete(found: int, kept: int) -> str:
    return f"検索の索引が欠けています（{kept}件のうち{found}件しか返りません）。shisaku reindex で作り直せます。"


def vectors_missing(missing: int, stored: int) -> str:
    return (
        f"意味による検索の索引に、{stored:,}文のうち{missing:,}文がまだ入っていません"
        "（埋め込みモデルを替えたあとなど）。shisaku reindex で入れられます。"
    )


def loading_embedding(step: str, seconds: int) -> str:
    return f"意味による検索の準備中です（{step.rstrip('。')}、{seconds}秒経過）。今は、ことばだけで探しています。"


def filling_index(done: int, total: int) -> str:
    return (
        f"意味による検索の索引に文を入れています（{total:,}文のうち{done:,}文）。入るまでは、ことばでだけ見つかります。"
    )


def without_meaning(reason: str) -> str:
    return f"今は、ことばだけで探しています。{reason}"


def words_progress(done: int, total: int) -> str:
    return f"ことばの索引: シート{total:,}枚のうち{done:,}枚"


def vectors_progress(done: int, total: int, rate: float, seconds_left: int) -> str:
    if not rate:
        return f"意味による検索の索引: {total:,}文のうち{done:,}文"
    left = f"残り{seconds_left // 60}分{seconds_left % 60}秒ほど" if seconds_left >= 60 else f"残り{seconds_left}秒ほど"
    return f"意味による検索の索引: {total:,}文のうち{done:,}文（毎秒{rate:,.0f}文、{left}）"


def reindexed(sheets: int, sentences: int) -> str:
    return f"索引を作り直しました（シート{sheets:,}枚、異なる文{sentences:,}件）。"


def index_state(stored: int, missing: int, notes: int) -> str:
    kept = f"{stored - missing:,}文が入っています"
    if missing == notes == 0:
        return f"使えます（{kept}）"
    waiting = f"、取り込みや編集のあと待っているシート{notes:,}枚（次の検索のときに入ります）" if notes else ""
    lacking = f"、入っていない文{missing:,}件" if missing else ""
    ask = "。shisaku reindex で入れられます" if missing and not notes else ""
    return f"使えます（{kept}{lacking}{waiting}{ask}）"


def index_owned(notes: int) -> str:
    waiting = f"待っているシート{notes:,}枚は、次の検索のときに入ります" if notes else "待っているシートはありません"
    return f"動いている shisaku が使っています（{waiting}）"


def embedding_state(wanted: str, name: str, dims: int) -> str:
    return f"{wanted or '組み込み'}（{name}、{dims}次元）"
