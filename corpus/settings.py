"""The settings, once: read from the environment (and a ``.env`` file), typed and validated."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting of the program; names are the environment variables in lower case.

    The defaults need nothing but the install: SQLite and Chroma in files under ``shisaku_home``, the built-in
    embedding, the composer.
    """

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore")

    shisaku_home: Path = Field(default=Path("data"), description="データの置き場所（データベース・索引・秘密鍵）")
    database_url: str = Field(default="", description="データベース。空なら SHISAKU_HOME の SQLite")
    chroma_url: str = Field(default="", description="Chroma サーバー。空なら SHISAKU_HOME の組み込み Chroma")
    llm_model: str = Field(default="", description="言語モデル名。空なら使わない")
    llm_base_url: str = Field(default="", description="OpenAI 互換サーバーのアドレス")
    llm_api_key: str = Field(default="", description="言語モデルの鍵", repr=False)
    embedding_model: str = Field(
        default="",
        description="sentence-transformers 形式のモデルのフォルダか、取得済みのモデルの名前。空なら組み込みのモデル",
    )
    secret_key: str = Field(default="", description="セッションの署名鍵。空なら SHISAKU_HOME に作って使う", repr=False)
    secure_cookies: bool = Field(default=False, description="HTTPS の後ろで動かすときは true")
    max_upload_mb: int = Field(default=20, ge=1, le=500, description="取り込めるファイルの大きさの上限（MB）")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="記録の細かさ")

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{(self.home / 'shisaku.db').as_posix()}"

    @cached_property
    def home(self) -> Path:
        """``shisaku_home`` as an absolute path (not created here)."""
        return self.shisaku_home.expanduser().absolute()
