"""What an error of a provider's package means: each package has its own classes, so they are told by their names.

Sources: langchain_core.exceptions (1.7), and the errors of openai, anthropic, httpx, ollama, botocore, google.api_core.
"""

from dataclasses import dataclass

from assistant.writing.values import CallOutcome
from corpus import messages

_UNREACHED = frozenset(
    {"ConnectError", "ConnectTimeout", "ConnectTimeoutError", "EndpointConnectionError", "ConnectionRefusedError",
     "gaierror", "SSLCertVerificationError", "ServiceUnavailable", "ProxyError", "ProxyConnectionError"}
)  # fmt: skip
_TIMEOUT = frozenset(
    {"ModelTimeoutError", "APITimeoutError", "TimeoutException", "ReadTimeoutError", "TimeoutError", "DeadlineExceeded"}
)
_TOO_LONG = frozenset({"ContextOverflowError"})
_STATUS = {"ModelAuthenticationError": 401, "ModelPermissionDeniedError": 403, "ModelNotFoundError": 404,
           "ModelRateLimitError": 429, "ModelInvalidRequestError": 400, "ModelAPIError": 500,
           "NoCredentialsError": 401}  # fmt: skip


@dataclass(frozen=True)
class Failing:
    """How a call failed, and what a person is told about it."""

    outcome: CallOutcome
    told: str


def failure_of(error: Exception, *, begun: bool) -> Failing:
    """What ``error``, raised by a model while it was read, means; ``begun``: part of the answer was there already."""
    chain = _chain(error)
    names = {kind.__name__ for one in chain for kind in type(one).__mro__}
    status = next((found for one in chain if (found := _status(one)) is not None), None)
    if begun or "CutOff" in names:
        timed_out = names & _TIMEOUT
        return Failing("timeout", messages.MODEL_SILENT) if timed_out else Failing("broken", messages.MODEL_BROKE_OFF)
    if names & _TOO_LONG:
        return Failing("broken", messages.MODEL_CONTEXT_TOO_SHORT)
    if status is not None:
        return Failing("unreachable", messages.model_refused(status, _detail(error)))
    if names & _UNREACHED or any(type(one) is ConnectionError for one in chain):
        return Failing("unreachable", messages.MODEL_UNREACHABLE)
    if names & _TIMEOUT:
        return Failing("timeout", messages.MODEL_SILENT)
    return Failing("broken", messages.model_rubbish(_detail(error)))


def _chain(error: BaseException) -> list[BaseException]:
    """``error`` and what it came from, the newest first."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    return chain


def _status(error: BaseException) -> int | None:
    """The HTTP status that a server refused with."""
    for name in ("status_code", "code"):
        value = getattr(error, name, None)
        if isinstance(value, int) and 300 <= value < 600:
            return int(value)
    response = getattr(error, "response", None)
    if isinstance(response, dict):  # botocore's ClientError
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        return status if isinstance(status, int) else None
    return next((_STATUS[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in _STATUS), None)


def _detail(error: Exception) -> str:
    """The first words of the package's own message, on one line."""
    return " ".join(str(error).split())[:200]
