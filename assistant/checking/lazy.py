"""A value that an object reads at its first use and keeps."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 (used like ``property``)
    """``functools.cached_property`` without the lock that Python 3.11 takes at each first use.

    Two threads may read the same value twice; both get the same, as what it is read from never changes.
    """

    def __init__(self, read: Callable[[Any], Value]) -> None:
        self._read = read
        self._name = read.__name__
        self.__doc__ = read.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> "lazy[Value]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object | None, owner: type) -> "Value | lazy[Value]":
        if instance is None:
            return self
        value: Value = self._read(instance)
        instance.__dict__[self._name] = value
        return value
