"""Where two sheets of one identity say different things, as an import names it."""

from typing import Any

from corpus.sheetfile import SheetFile


def differing_fields(stored: SheetFile, incoming: SheetFile) -> list[str]:
    """Paths at which two sheets say different things (``costs.2023.general``); absent and null are the same.

    An indicator, direction or note that only one of them has is one path.
    """
    before, after = _flat(stored.canonical()), _flat(incoming.canonical())
    names = {path for path in before.keys() ^ after.keys() if path.endswith((".id", ".number"))}
    alone = tuple(path.rpartition(".")[0] + "." for path in names)
    paths = (path for path in sorted(before.keys() | after.keys()) if before.get(path) != after.get(path))
    wholes = (next((entry[:-1] for entry in alone if path.startswith(entry)), path) for path in paths)
    return list(dict.fromkeys([*wholes, *_reordered(list(before), list(after))]))


def _reordered(before: list[str], after: list[str]) -> list[str]:
    """The lists (``indicators``, ``facts.done``) whose common entries stand in another order."""
    both = {path for path in {*before} & {*after} if path.endswith((".id", ".number"))}
    lists: dict[str, tuple[list[str], list[str]]] = {}
    for place, paths in enumerate((before, after)):
        for path in (path for path in paths if path in both):
            parts = path.split(".")
            name = ".".join(parts[: 2 if parts[0] == "facts" else 1])
            lists.setdefault(name, ([], []))[place].append(path)
    return [name for name, (first, second) in lists.items() if first != second]


def _flat(value: Any, path: str = "") -> dict[str, Any]:
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        parts = {str(entry.get("id") or entry.get("number")): entry for entry in value}.items()
    else:
        return {path: value}
    flat: dict[str, Any] = {}
    for key, entry in parts:
        flat |= _flat(entry, f"{path}.{key}" if path else str(key))
    return flat
