"""The texts that the bundled embedding model is trained with: national programme reviews, from the JUDGIT! files."""

import gzip
import hashlib
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

YEARLY_FILES = ("judgit-2021.jsonl.gz", "judgit-2020.jsonl.gz", "judgit-2019.jsonl.gz")
OLDER_FILE = "judgit-text-2015-2018.jsonl.gz"
_SENTENCE_END = re.compile(r"(?<=[。\n])")
_SHORTEST_SENTENCE = 5


@dataclass(frozen=True)
class Programme:
    """One programme's texts of one year; ``key`` is shared by its years. ``ministry`` is empty in the oldest file."""

    key: str
    ministry: str
    name: str
    purpose: str
    overview: str
    outcomes: tuple[str, ...]


def data_digest(folder: Path) -> str:
    """SHA-256 over the unpacked training files, in the order they are read."""
    digest = hashlib.sha256()
    for name in (*YEARLY_FILES, OLDER_FILE):
        digest.update(gzip.decompress((folder / name).read_bytes()))
    return digest.hexdigest()


def read_programmes(folder: Path) -> list[Programme]:
    """The programmes of all files, newest first, word-for-word the same ones once."""
    yearly = [row for name in YEARLY_FILES for row in _lines(folder / name)]
    ministries: dict[str, set[str]] = defaultdict(set)
    for row in yearly:
        ministries[_squeezed(row["name"])].add(row["ministry"])
    found: dict[tuple[str, ...], Programme] = {}
    for row in (*yearly, *_lines(folder / OLDER_FILE)):
        programme = _programme(row, shared_name=len(ministries[_squeezed(row["name"])]) > 1)
        texts = (programme.purpose, programme.overview, *programme.outcomes)
        found.setdefault((programme.key, *map(_squeezed, texts)), programme)
    return list(found.values())


def _programme(row: Mapping[str, Any], *, shared_name: bool) -> Programme:
    ministry = row.get("ministry") or ""
    outcomes = row.get("outcomes") or [
        f"{indicator.get('objective') or ''}。{indicator.get('name') or ''}"
        for indicator in row.get("indicators") or []
    ]
    return Programme(
        # 「施設整備に必要な経費」 of two ministries are two programmes
        key=f"{ministry if shared_name else ''}:{_squeezed(row['name'])}",
        ministry=ministry,
        name=_clean(row["name"]),
        purpose=_clean(row["purpose"]),
        overview=_clean(row["overview"]),
        outcomes=tuple(text for text in map(_clean, outcomes) if len(text) >= _SHORTEST_SENTENCE),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _clean(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", _clean(text)).lower()


def sentences(text: str) -> list[str]:
    """The sentences of a text; very short ones are left out, unless there is nothing else."""
    return [part for part in _SENTENCE_END.split(text) if len(part.strip()) >= _SHORTEST_SENTENCE] or [text]
