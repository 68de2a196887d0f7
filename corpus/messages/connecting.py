"""Connecting to a language model: what is missing, what failed, what ``shisaku doctor`` says of it."""

from corpus.messages.modelling import where_it_is

MODEL_ENDLESS = "言語モデルの返事が終わらないため、打ち切りました。続くときは、別のモデルを使うことも考えてください。"
MODEL_EMPTY = (
    "言語モデルから空の返事が返りました。考える過程だけを書いて終わったときは、LLM_MAX_TOKENS を大きくしてください。"
)
MODEL_THINKS_ALOUD = (
    "言語モデルが、考える過程を返事に混ぜています。"
    "モデルのサーバーで、考える過程を分ける設定（reasoning parser など）をしてください。"
)
MODEL_UNREACHABLE = (
    "言語モデルのサーバーにつながりません。サーバーが動いているか、LLM_BASE_URL のアドレスとポートが正しいか、"
    "途中の通信が止められていないかを確かめてください。"
)
MODEL_SILENT = "言語モデルが、待ち時間（LLM_WAIT_SECONDS）のうちに返事をしませんでした。"
MODEL_BROKE_OFF = "言語モデルとの接続が、返事の途中で切れました。"
MODEL_CONTEXT_TOO_SHORT = (
    "頼みが、言語モデルの読める長さを超えています。モデルのサーバーの文脈の長さ（--n_ctx、--max-model-len など）を"
    "4,096以上にしてください。"
)
_REFUSALS = {
    400: "頼みの形が受け付けられませんでした。LLM_TEMPERATURE を空にすると通るモデルもあります。",
    401: "鍵が受け付けられませんでした。LLM_API_KEY を確かめてください。",
    403: "鍵に、このモデルを使う権限がありません。",
    404: (
        "その名前のモデルがないか、アドレスが違います。"
        "LLM_MODEL と、LLM_BASE_URL の終わり（多くは /v1）を確かめてください。"
    ),
    413: "頼みが長すぎると断られました。",
    422: "頼みの形が受け付けられませんでした。",
    429: "使える回数を超えたと断られました。しばらく待つか、契約の上限を確かめてください。",
}


def model_refused(status: int, detail: str) -> str:
    """``status``: of HTTP. ``detail``: what the provider's package says."""
    if status < 400:
        why = "別のアドレスへ移るように返されました。移った先を LLM_BASE_URL に書いてください。"
    else:
        why = _REFUSALS.get(status, "サーバーの側で問題が起きています。しばらく待って、もう一度試してください。")
    return f"言語モデルのサーバーに断られました（HTTP {status}）。{why}（{detail}）"


def model_rubbish(detail: str) -> str:
    return (
        "言語モデルの返事として読めないものが返りました。LLM_BASE_URL が、OpenAI 互換のサーバーのアドレス（多くは"
        f" /v1 で終わる）かを確かめてください。（{detail}）"
    )


def model_timeout(seconds: int, *, whole: bool) -> str:
    """``whole``: the call took so long; else nothing came for so long."""
    if whole:
        return f"言語モデルの返事が{seconds}秒のうちに終わりませんでした（LLM_CALL_SECONDS で変えられます）。"
    return f"言語モデルから{seconds}秒のあいだ何も届きませんでした（LLM_WAIT_SECONDS で変えられます）。"


def model_package_missing(provider: str, package: str, extra: str) -> str:
    """``extra``: of this program, "" where it has none for that package."""
    command = f"pip install 'shisaku[{extra}]'" if extra else f"pip install {package}"
    return f"「{provider}」を使うための {package} が入っていません。{command} を実行してください。"


def unknown_provider(provider: str, known: tuple[str, ...]) -> str:
    return (
        f"LLM_MODEL の「{provider}」は、使えるつなぎ先の名前ではありません。"
        f"「つなぎ先:モデル名」の形で書きます。つなぎ先は {'、'.join(known)} などです。"
        "OpenAI 互換のサーバーを使うときは、LLM_BASE_URL にアドレスを書いてください。"
    )


def no_provider(name: str) -> str:
    return (
        f"LLM_MODEL が「{name}」だけでは、どこのモデルか分かりません。「openai:{name}」のように書くか、"
        "OpenAI 互換のサーバーのアドレスを LLM_BASE_URL に書いてください。"
    )


def bad_model_address(address: str) -> str:
    return (
        f"LLM_BASE_URL の「{address}」はアドレスとして読めません。"
        "http://127.0.0.1:8080/v1 のように、http:// か https:// から書いてください。"
    )


def no_model_key(provider: str, names: tuple[str, ...]) -> str:
    return f"「{provider}」を使う鍵がありません。LLM_API_KEY（または環境変数 {'、'.join(names)}）に書いてください。"


def no_azure_endpoint(names: tuple[str, ...]) -> str:
    return (
        "Azure OpenAI のアドレスか API の版がありません。"
        f"アドレスは LLM_BASE_URL（または環境変数 {names[0]}）、版は環境変数 {names[1]} に書いてください。"
    )


def model_not_made(detail: str) -> str:
    return f"言語モデルを用意できませんでした。設定を確かめてください。（{detail}）"


AMAZON_BEDROCK = "Amazon Bedrock"
GOOGLE_GEMINI = "Google Gemini API"


def model_answers(name: str, provider: str, address: str, *, outside: bool, seconds: float) -> str:
    return f"{name}（{provider}、{address}、{where_it_is(outside)}）が{seconds:.1f}秒で答えました"


def model_does_not_answer(name: str, provider: str, address: str, why: str) -> str:
    return f"{name}（{provider}、{address}）は使えません。下書きは組み込みの作文で書きます。{why}"


BASE_URL_WITHOUT_MODEL = (
    "LLM_BASE_URL はありますが LLM_MODEL がないため、使いません。モデルの名前を LLM_MODEL に書いてください。"
)
