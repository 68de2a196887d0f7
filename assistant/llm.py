"""Which language model writes, by the settings, and how it is reached: any chat model that LangChain knows.

What is shown of it costs no import (``language_model``); its package is imported when it is asked (``open_pen``).
Docs: docs/models.md. What each package takes was read in langchain 1.4, langchain-openai 1.7, -anthropic 1.7,
-google-genai 3.2, -ollama 1.1 and -aws 1.9.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from re import compile as pattern
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from assistant.writing.speaking import Limits, speaker, watched
from assistant.writing.values import LanguageModel, Pen
from corpus import messages
from corpus.errors import ShisakuError
from corpus.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI = "https://api.openai.com/v1"
ANTHROPIC = "https://api.anthropic.com"
OLLAMA = "http://127.0.0.1:11434"
NO_KEY = "no-key"
"""Sent to a server that asks for none: the package insists on one."""
CONNECT_SECONDS = 10.0
_INSIDE = [ip_network(net) for net in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128",
                                       "fc00::/7")]  # fmt: skip
_INSIDE_NAMES = (".localhost", ".local", ".lan", ".internal", ".lgwan.jp")
_OLLAMA_CLOUD = ("-cloud", ":cloud")
"""Models of this name an Ollama server does not run itself: it passes on what it gets to its maker's service."""
_SINGLE_LABEL = pattern(r"[a-z]([a-z0-9_-]*[a-z0-9])?")
_SAY_WHY = ("openai", "azure_openai")
"""By the protocol: ``finish_reason`` stands in the last piece of an answer."""
_AZURE_VERSION = "OPENAI_API_VERSION"


class ModelUnavailable(ShisakuError):
    """The model of the settings cannot be asked at all. ``str``: Japanese, with the remedy."""


@dataclass(frozen=True)
class _Connecting:
    """A way to models that this program knows by itself.

    ``extra``: of this program, brings ``package``. ``keys``: environment variables that may hold the key, () where it
    needs none. ``arguments``: settings and address → what the class of LangChain takes.
    """

    extra: str
    package: str
    keys: tuple[str, ...]
    address: Callable[[Settings], str]
    arguments: Callable[[Settings, str], dict[str, Any]]


def language_model(settings: Settings) -> LanguageModel | None:
    """The model that the settings name, None for none; says nothing of whether it can be reached."""
    written = settings.llm_model.strip()
    if not written:
        return None
    provider, name = _provider_and_name(written, with_address=bool(settings.llm_base_url.strip()))
    known = _KNOWN.get(provider)
    address = _shown(known.address(settings) if known else settings.llm_base_url)
    seems = not _is_inside(address) or name.endswith(_OLLAMA_CLOUD)
    outside = {"yes": True, "no": False, "auto": seems}[settings.llm_outside]
    return LanguageModel(name, provider, address, outside)


def open_pen(settings: Settings) -> Pen:
    """The model of the settings, ready to be asked; nothing is sent yet. Imports its package (seconds, the first time).

    Raises ``ModelUnavailable``.
    """
    model = language_model(settings)
    if model is None:
        raise ModelUnavailable(messages.WITHOUT_MODEL)
    known = _KNOWN.get(model.provider)
    if not model.provider:
        raise ModelUnavailable(messages.no_provider(model.name))
    base = settings.llm_base_url.strip()
    if base and not _is_address(base):
        raise ModelUnavailable(messages.bad_model_address(_shown(base)))
    if known and _needs_key(settings, known, model.provider):
        raise ModelUnavailable(messages.no_model_key(model.provider, known.keys))
    if known is _KNOWN["azure_openai"] and not (known.address(settings) and os.environ.get(_AZURE_VERSION)):
        raise ModelUnavailable(messages.no_azure_endpoint(("AZURE_OPENAI_ENDPOINT", _AZURE_VERSION)))
    limits = Limits(wait=settings.llm_wait_seconds, call=settings.llm_call_seconds)
    speak = speaker(_chat_model(settings, model, known), limits, says_why=model.provider in _SAY_WHY)
    return Pen(model, speak)


def _chat_model(settings: Settings, model: LanguageModel, known: _Connecting | None) -> "BaseChatModel":
    # no tracing service or gateway is ever told anything, whatever the surroundings say
    os.environ["LANGSMITH_TRACING_V2"] = "false"
    os.environ["LANGSMITH_GATEWAY"] = "false"
    from langchain.chat_models import init_chat_model

    try:
        arguments = known.arguments(settings, known.address(settings)) if known else _common(settings)
        made: BaseChatModel = init_chat_model(model.name, model_provider=model.provider, **arguments)
    except ImportError as error:
        package = known.package if known else _missing_package(error)
        extra = known.extra if known else ""
        raise ModelUnavailable(messages.model_package_missing(model.provider, package, extra)) from error
    except ValueError as error:
        if known is None and str(error).startswith("Unsupported provider"):
            raise ModelUnavailable(messages.unknown_provider(model.provider, tuple(_KNOWN))) from error
        raise ModelUnavailable(messages.model_not_made(_first_words(error))) from error
    except Exception as error:  # a provider's own class of error, not known here: bad credentials, region, model name
        raise ModelUnavailable(messages.model_not_made(_first_words(error))) from error
    return made


def _provider_and_name(written: str, *, with_address: bool) -> tuple[str, str]:
    """「ollama:gemma3:4b」 → ("ollama", "gemma3:4b"); at an address, other names are part of the model's."""
    before, colon, after = written.partition(":")
    if colon and (before in _KNOWN or not with_address):
        return before, after
    return ("openai", written) if with_address else ("", written)


def _needs_key(settings: Settings, known: _Connecting, provider: str) -> bool:
    own_server = provider == "openai" and not _is_openai(known.address(settings))
    given = settings.llm_api_key or any(os.environ.get(name) for name in known.keys)
    return bool(known.keys) and not own_server and not given


def _is_address(written: str) -> bool:
    try:
        parts = urlsplit(written)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _shown(address: str) -> str:
    """An address without a password or a key that may stand in it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip().rpartition("@")[2]
    if not parts.netloc:
        return address.strip()
    return SplitResult(parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "").geturl()


def _is_openai(address: str) -> bool:
    """Whether it is the service of OpenAI itself, which asks for a key and knows the newest names of parameters."""
    return (urlsplit(address).hostname or "").endswith("api.openai.com")


def _is_inside(address: str) -> bool:
    """Whether what is sent there stays on this machine or in the city's own network, as far as the address tells."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return False
    try:
        ip = ip_address(host)
    except ValueError:
        return _SINGLE_LABEL.fullmatch(host) is not None or host.endswith(_INSIDE_NAMES)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return any(ip in net for net in _INSIDE if net.version == ip.version)


def _common(settings: Settings) -> dict[str, Any]:
    """What every chat model of LangChain takes. Nothing is asked again by itself: who asked may be gone by then."""
    arguments: dict[str, Any] = {
        "max_tokens": settings.llm_max_tokens,
        "timeout": settings.llm_wait_seconds,
        "max_retries": 0,
    }
    if settings.llm_temperature is not None:
        arguments["temperature"] = settings.llm_temperature
    if settings.llm_api_key:
        arguments["api_key"] = settings.llm_api_key
    if settings.llm_base_url.strip():
        arguments["base_url"] = settings.llm_base_url.strip()
    return arguments


def _http(address: str) -> dict[str, Any]:
    """For an httpx client: a server inside is asked without a proxy, and cannot send what it gets elsewhere."""
    client: dict[str, Any] = {"event_hooks": {"request": [watched]}}
    if _is_inside(address):
        client |= {"trust_env": False, "follow_redirects": False}
    return client


def _openai_client(settings: Settings, address: str) -> dict[str, Any]:
    """What both classes of langchain-openai take for the way to the server."""
    import openai

    connect = min(CONNECT_SECONDS, settings.llm_wait_seconds)
    return _common(settings) | {
        "timeout": openai.Timeout(settings.llm_wait_seconds, connect=connect),
        "http_client": openai.DefaultHttpxClient(**_http(address)),
        "openai_proxy": None,
        # a connection a call: one that is shut in the middle of an answer is not taken up again
        "default_headers": {"Connection": "close"},
        "stream_usage": False,
    }


def _openai(settings: Settings, address: str) -> dict[str, Any]:
    # the address is given even where it is the usual one, lest OPENAI_BASE_URL lead elsewhere than is shown
    arguments = _openai_client(settings, address) | {"base_url": address}
    if _is_openai(address):
        return arguments | {"store": False}
    # the newer max_completion_tokens that ChatOpenAI sends is unknown to llama-cpp-python and others
    arguments |= {"extra_body": {"max_tokens": arguments.pop("max_tokens")}, "use_responses_api": False}
    return {"api_key": NO_KEY} | arguments


def _azure(settings: Settings, address: str) -> dict[str, Any]:
    arguments = _openai_client(settings, address) | {"azure_endpoint": address, "use_responses_api": False}
    arguments.pop("base_url", None)
    return arguments


def _ollama(settings: Settings, address: str) -> dict[str, Any]:
    headers = {"Connection": "close"}
    if settings.llm_api_key:
        headers["Authorization"] = f"Bearer {settings.llm_api_key}"
    arguments: dict[str, Any] = {
        "base_url": address,
        "num_predict": settings.llm_max_tokens,
        "client_kwargs": {"headers": headers, "timeout": settings.llm_wait_seconds},
        "sync_client_kwargs": _http(address),
    }
    if settings.llm_temperature is not None:
        arguments["temperature"] = settings.llm_temperature
    return arguments


def _anthropic(settings: Settings, address: str) -> dict[str, Any]:
    return _common(settings) | {"base_url": address}


def _google(settings: Settings, address: str) -> dict[str, Any]:
    # this package counts attempts, not repetitions; over gRPC it would go on trying long after its timeout
    return _common(settings) | {"max_retries": 1, "transport": "rest"}


def _bedrock(settings: Settings, address: str) -> dict[str, Any]:
    from botocore.config import Config

    arguments = {key: value for key, value in _common(settings).items() if key in {"max_tokens", "temperature"}}
    arguments["config"] = Config(
        connect_timeout=CONNECT_SECONDS, read_timeout=settings.llm_wait_seconds, retries={"total_max_attempts": 1}
    )
    if settings.llm_base_url.strip():
        arguments["endpoint_url"] = address
    return arguments


def _at(default: str) -> Callable[[Settings], str]:
    return lambda settings: settings.llm_base_url.strip() or default


def _azure_address(settings: Settings) -> str:
    return settings.llm_base_url.strip() or os.environ.get("AZURE_OPENAI_ENDPOINT", "")


_KNOWN: dict[str, _Connecting] = {
    "openai": _Connecting("openai", "langchain-openai", ("OPENAI_API_KEY",), _at(OPENAI), _openai),
    "ollama": _Connecting("ollama", "langchain-ollama", (), _at(OLLAMA), _ollama),
    "azure_openai": _Connecting(
        "azure", "langchain-openai", ("AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN"), _azure_address, _azure
    ),
    "anthropic": _Connecting("anthropic", "langchain-anthropic", ("ANTHROPIC_API_KEY",), _at(ANTHROPIC), _anthropic),
    "google_genai": _Connecting(
        "google", "langchain-google-genai", ("GOOGLE_API_KEY", "GEMINI_API_KEY"), _at(messages.GOOGLE_GEMINI), _google
    ),
    "bedrock_converse": _Connecting("bedrock", "langchain-aws", (), _at(messages.AMAZON_BEDROCK), _bedrock),
}
"""By the names that ``init_chat_model`` gives them; others that it knows work with what is common to all."""


def _missing_package(error: ImportError) -> str:
    """The package that ``init_chat_model`` tells to install (「… requires the langchain-groq package. …」)."""
    found = pattern(r"requires the (\S+) package").search(str(error))
    return found[1] if found else str(error.name or error)


def _first_words(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
