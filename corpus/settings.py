"""The settings, once: read from the environment (and a ``.env`` file), typed and validated."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
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
    llm_model: str = Field(
        default="",
        description="言語モデル。「つなぎ先:モデル名」か、LLM_BASE_URL があるときはモデル名だけ。空なら使わない",
    )
    llm_base_url: str = Field(default="", description="OpenAI 互換サーバーなど、言語モデルのアドレス")
    llm_api_key: str = Field(default="", description="言語モデルの鍵", repr=False)
    llm_wait_seconds: float = Field(default=120, gt=0, le=3600, description="言語モデルから何も届かないときに待つ秒数")
    llm_call_seconds: float = Field(default=300, gt=0, le=36000, description="言語モデルの返事1回に待つ秒数")
    llm_max_tokens: int = Field(default=1200, ge=16, le=100_000, description="言語モデルの返事の長さの上限（トークン）")
    llm_temperature: Annotated[float, Field(ge=0, le=2)] | None = Field(
        default=0.2, description="言語モデルの言い方の揺れ。空なら指定しない"
    )
    llm_outside: Literal["auto", "yes", "no"] = Field(
        default="auto", description="言語モデルに送った内容が、市のネットワークの外に出るか（auto、yes、no）"
    )
    llm_keep_contents: bool = Field(default=False, description="言語モデルに送った内容と返事も記録に残すなら true")
    embedding_model: str = Field(
        default="",
        description="sentence-transformers 形式のモデルのフォルダか、取得済みのモデルの名前。空なら組み込みのモデル",
    )
    secret_key: str = Field(default="", description="セッションの署名鍵。空なら SHISAKU_HOME に作って使う", repr=False)
    secure_cookies: bool = Field(default=False, description="HTTPS の後ろで動かすときは true")
    max_upload_mb: int = Field(default=20, ge=1, le=500, description="取り込めるファイルの大きさの上限（MB）")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="記録の細かさ")

    @field_validator("llm_temperature", mode="before")
    @classmethod
    def _nothing_given(cls, value: Any) -> Any:
        return None if value == "" else value

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{(self.home / 'shisaku.db').as_posix()}"

    @cached_property
    def home(self) -> Path:
        """``shisaku_home`` as an absolute path (not created here)."""
        return self.shisaku_home.expanduser().absolute()
