"""Which model the settings name, where it is, and what is said where it cannot be asked."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.llm import ModelUnavailable, language_model, open_pen
from corpus.settings import Settings
from prompts import Prompted
from tests.modelserver import ModelServer, refuses

ROOT = Path(__file__).parents[3]
ASKED = Prompted("s", "u", "write", 1)
KEYS = ("OPENAI_API_KEY", "OPENAI_API_VERSION", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN", "AZURE_OPENAI_ENDPOINT",
        "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "GEMINI_API_KEY")  # fmt: skip


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in KEYS:
        monkeypatch.delenv(name, raising=False)


def settings_of(model: str, address: str = "", **more: Any) -> Settings:
    return Settings(_env_file=None, llm_model=model, llm_base_url=address, **more)


def test_without_a_model_none_is_named() -> None:
    assert language_model(settings_of("")) is None
    assert language_model(settings_of(" ")) is None
    assert language_model(settings_of("", "http://127.0.0.1:8080/v1")) is None


@pytest.mark.parametrize(
    ("model", "address", "provider", "name", "shown"),
    [
        ("qwen", "http://127.0.0.1:8080/v1", "openai", "qwen", "http://127.0.0.1:8080/v1"),
        ("gemma3:4b", "http://127.0.0.1:11434/v1", "openai", "gemma3:4b", "http://127.0.0.1:11434/v1"),
        ("Qwen/Qwen3-8B", "http://gpu/v1", "openai", "Qwen/Qwen3-8B", "http://gpu/v1"),
        ("openai:gpt-5-mini", "", "openai", "gpt-5-mini", "https://api.openai.com/v1"),
        ("ollama:gemma3:4b", "", "ollama", "gemma3:4b", "http://127.0.0.1:11434"),
        ("ollama:gemma3:4b", "http://gpu01:11434", "ollama", "gemma3:4b", "http://gpu01:11434"),
        ("anthropic:claude-haiku-4-5", "", "anthropic", "claude-haiku-4-5", "https://api.anthropic.com"),
        ("google_genai:gemini-2.5-flash", "", "google_genai", "gemini-2.5-flash", "Google Gemini API"),
        ("bedrock_converse:jp.a.b-v1:0", "", "bedrock_converse", "jp.a.b-v1:0", "Amazon Bedrock"),
        ("azure_openai:dep", "https://x.openai.azure.com", "azure_openai", "dep", "https://x.openai.azure.com"),
        ("groq:llama", "", "groq", "llama", ""),
        ("m", "https://user:secret@gw.example.jp/v1?key=secret", "openai", "m", "https://gw.example.jp/v1"),
    ],
)
def test_the_model_that_is_named(model: str, address: str, provider: str, name: str, shown: str) -> None:
    found = language_model(settings_of(model, address))
    assert found is not None
    assert (found.provider, found.name, found.address) == (provider, name, shown)


@pytest.mark.parametrize(
    ("host", "outside"),
    [
        ("127.0.0.1", False), ("localhost", False), ("127.8.8.8", False), ("[::1]", False), ("llm.localhost", False),
        ("10.1.2.3", False), ("172.16.0.1", False), ("172.31.255.255", False), ("192.168.0.9", False),
        ("[fd12:3456::1]", False), ("[::ffff:192.168.0.1]", False),
        ("gpu01", False), ("GPU-server", False), ("llm.local", False), ("llm.city.lan", False),
        ("llm.internal", False), ("ai.pref.lgwan.jp", False), ("AI.LGWAN.JP", False),
        ("172.32.0.1", True), ("11.0.0.1", True), ("8.8.8.8", True), ("[2001:db8::1]", True), ("169.254.1.1", True),
        ("[::ffff:8.8.8.8]", True), ("134744072", True), ("0x08080808", True), ("ai.", True),
        ("api.openai.com", True), ("llm.city.example.jp", True), ("local", False), ("evil-local.example", True),
        ("lgwan.jp.example.com", True), ("notlgwan.jp", True), ("192.168.0.1.example.com", True),
        ("127.0.0.1@api.example.com", True),
    ],
)  # fmt: skip
def test_where_a_model_is(host: str, outside: bool) -> None:
    for address in (f"http://{host}/v1", f"https://{host}:8443/v1"):
        found = language_model(settings_of("m", address))
        assert found is not None
        assert found.outside is outside, address


@pytest.mark.parametrize("model", ["openai:m", "anthropic:m", "google_genai:m", "bedrock_converse:m", "groq:m", "m"])
def test_a_service_without_an_address_is_outside(model: str) -> None:
    assert language_model(settings_of(model)).outside  # type: ignore[union-attr]


@pytest.mark.parametrize("model", ["ollama:gpt-oss:120b-cloud", "ollama:qwen3:cloud", "gpt-oss:120b-cloud"])
def test_a_model_that_a_server_inside_passes_on_is_outside(model: str) -> None:
    assert language_model(settings_of(model, "http://127.0.0.1:11434")).outside  # type: ignore[union-attr]


def test_the_city_can_say_where_its_model_is() -> None:
    inside = language_model(settings_of("m", "https://llm.city.example.jp/v1", llm_outside="no"))
    outside = language_model(settings_of("m", "http://127.0.0.1:4000/v1", llm_outside="yes"))
    assert inside is not None
    assert not inside.outside
    assert outside is not None
    assert outside.outside


@pytest.mark.parametrize(
    ("model", "address", "more", "words"),
    [
        ("", "", {}, "使わない"),
        ("gpt-5-mini", "", {}, "openai:gpt-5-mini"),
        ("nani:m", "", {}, "つなぎ先の名前ではありません"),
        ("openai:m", "", {}, "LLM_API_KEY"),
        ("m", "https://api.openai.com/v1", {}, "LLM_API_KEY"),
        ("anthropic:m", "", {}, "ANTHROPIC_API_KEY"),
        ("google_genai:m", "", {}, "GOOGLE_API_KEY"),
        ("azure_openai:m", "", {"llm_api_key": "k"}, "OPENAI_API_VERSION"),
        ("azure_openai:m", "https://x.openai.azure.com", {"llm_api_key": "k"}, "OPENAI_API_VERSION"),
        ("m", "127.0.0.1:8080", {}, "http://"),
        ("m", "http://", {}, "http://"),
        ("m", "http://127.0.0.1:99999/v1", {}, "http://"),
        ("m", "ftp://127.0.0.1/v1", {}, "http://"),
        ("m", "http://[::1/v1", {}, "http://"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(model: str, address: str, more: dict[str, Any], words: str) -> None:
    settings = settings_of(model, address, **more)
    with pytest.raises(ModelUnavailable, match=words):
        open_pen(settings)


@pytest.mark.parametrize(
    ("module", "model", "words"),
    [
        ("langchain_openai", "openai:m", r"langchain-openai .*'shisaku\[openai\]'"),
        ("openai", "openai:m", r"langchain-openai .*'shisaku\[openai\]'"),
        ("langchain_openai", "azure_openai:m", r"langchain-openai .*'shisaku\[azure\]'"),
        ("langchain_ollama", "ollama:m", r"langchain-ollama .*'shisaku\[ollama\]'"),
        ("langchain_anthropic", "anthropic:m", r"langchain-anthropic .*'shisaku\[anthropic\]'"),
        ("langchain_google_genai", "google_genai:m", r"langchain-google-genai .*'shisaku\[google\]'"),
        ("botocore", "bedrock_converse:m", r"langchain-aws .*'shisaku\[bedrock\]'"),
        ("langchain_groq", "groq:m", "pip install langchain-groq"),
    ],
)
def test_a_missing_package_is_named(module: str, model: str, words: str) -> None:
    code = (
        f"import sys; sys.modules[{module!r}] = None\n"
        "from assistant.llm import open_pen; from corpus.settings import Settings; from corpus.errors import ShisakuError\n"
        "try: open_pen(Settings(_env_file=None))\n"
        "except ShisakuError as error: print(error)"
    )
    environment = os.environ | {"LLM_MODEL": model, "LLM_API_KEY": "k", "OPENAI_API_VERSION": "x",
                                "AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert re.search(words, done.stdout.decode()), done


def test_naming_a_model_imports_nothing_heavy() -> None:
    code = (
        "import sys; from corpus.settings import Settings; from assistant.llm import language_model\n"
        "assert language_model(Settings(_env_file=None))\n"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " {'langchain', 'langchain_core', 'langchain_openai', 'openai', 'langsmith', 'tiktoken'}])"
    )
    environment = os.environ | {"LLM_MODEL": "m", "LLM_BASE_URL": "http://127.0.0.1/v1"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert done.stdout.decode().strip() == "[]", done


def test_nothing_goes_anywhere_but_to_the_model_of_the_settings(model_server: ModelServer) -> None:
    """Whatever the variables of the packages say: tracing, gateways and other addresses of the same service."""
    with ModelServer(refuses(500)) as elsewhere:
        other = elsewhere.base_url
        environment = os.environ | {
            "LLM_MODEL": "m", "LLM_BASE_URL": model_server.base_url,
            "LANGSMITH_TRACING": "true", "LANGSMITH_TRACING_V2": "true", "LANGCHAIN_TRACING_V2": "true",
            "LANGSMITH_API_KEY": "k", "LANGSMITH_ENDPOINT": other, "LANGSMITH_GATEWAY": other,
            "OPENAI_BASE_URL": other, "OPENAI_API_BASE": other, "OPENAI_PROXY": other, "HTTP_PROXY": other,
        }  # fmt: skip
        code = (
            "import socket; known = socket.getaddrinfo\n"
            "def only_here(host, *rest, **more):\n"
            "    assert host == '127.0.0.1', host\n"
            "    return known(host, *rest, **more)\n"
            "socket.getaddrinfo = only_here\n"
            "from assistant.llm import open_pen; from corpus.settings import Settings; from prompts import Prompted\n"
            "print(''.join(p or '' for p in open_pen(Settings(_env_file=None)).speak(Prompted('s', 'u', 'w', 1))))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, timeout=60)
        assert done.stdout.decode().strip() == "はい。", done.stderr.decode()
        assert elsewhere.requests == []
    assert len(model_server.requests) == 1


@pytest.mark.parametrize("address", ["", "https://api.openai.com/v1", "https://eu.api.openai.com/v1"])
def test_openai_itself_keeps_nothing_and_is_where_it_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    made: dict[str, Any] = {}
    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda *names, **arguments: made.update(arguments))
    monkeypatch.setenv("OPENAI_BASE_URL", "https://elsewhere.example/v1")
    open_pen(settings_of("openai:gpt-5-mini", address, llm_api_key="k", llm_temperature=""))
    assert made["base_url"] == (address or "https://api.openai.com/v1")
    assert made["store"] is False
    assert made["max_retries"] == 0
    assert (made["max_tokens"], made["timeout"].read, made["timeout"].connect) == (1200, 120, 10)
    assert not {"temperature", "extra_body"} & made.keys()


def test_azure_is_asked_at_its_deployment(model_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-10-21")
    address = model_server.base_url.removesuffix("/v1")
    pen = open_pen(settings_of("azure_openai:city-deploy", address, llm_api_key="k"))
    assert "".join(piece or "" for piece in pen.speak(ASKED)) == "はい。"
    assert model_server.requests[0]["path"] == (
        "/openai/deployments/city-deploy/chat/completions?api-version=2024-10-21"
    )
    assert model_server.headers[0]["api-key"] == "k"
