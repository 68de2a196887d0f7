"""Words that a model may use in official prose though the composer's line has others. Sudachi's normalised forms.

Source: the words in most texts of the published 行政事業レビュー sheets and of the sample city, those left out that
carry subject matter, a deed, a judgement, a degree, a cause or a time.
"""

_GENERAL = """
    為る 成る 有る 無い 居る おる 因る 於く 付く 就く 行う 図る 出来る 言う 対する 関する 係る 比べる 比する 向ける 渡る
    通じる 通ずる 見る 見せる 示す 得る 取る 掛ける 来る 行く 致す 置く 取り組む 取り組み 進める 努める 実施
    推進 遂行 実行 取り進める 至る 当たる 占める 含む 含める 加える 加わる 併せる 合わせる 応じる 要する 資する
    繋げる 繋がる 務める 用いる 状態 数値 値 数 率 量 額 こと 物 為 よう 様 所 中 上 際 時 点 面 旨 通り 他 共 方 者
    等 類 形 一方 反面 半面 同様 同時 更に 又 尚 猶 且つ 加えて それぞれ 其々 状況 現状 内容 取組 施策 事業 事項
    観点 おく つく よる うち みる 組む より とも 受ける 寄せる 当該 該当 同 市 本市 当市 済み 済む 的 性 化 目 度 用
    向け
    """
GENERAL: frozenset[str] = frozenset(_GENERAL.split())

POLITE_ENDS = "(?:です|ます|でした|ました|ません|ましょう|でしょう)"
"""Ends of sentences in です・ます, as a pattern."""

PLANNING: frozenset[str] = frozenset({"今後", "此れから", "予定", "目指す", "努力", "努める", "考え", "方針"})
"""Words that may be added to a line that only tells what is to be done."""

LASTING: frozenset[str] = frozenset({"引き続き", "引く", "継続", "続ける", "続く", "今後", "更に", "引き続く", "依然"})
"""「引き続き」 in other words: each may stand for another."""

SAME_DEED: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "設置 設ける 置く 開設 設立",
        "開催 開く 催す 行う 実施",
        "配布 配る 配付",
        "配置 置く",
        "作成 作る 策定 纏める",
        "策定 定める 纏める 作る",
        "開始 始める 始まる",
        "継続 続ける 続く 引き続き",
        "周知 知らせる",
        "知らせる 伝える",
        "提出 出す 寄せる 出る",
        "寄せる 出る",
        "要望 求める 要請 声",
        "指摘 意見 声",
        "質問 質疑 問う",
        "答弁 答える 回答",
        "用いる 使う 活用 生かす",
        "検証 確かめる",
        "確認 確かめる",
        "見直し 見直す 見直",
        "導入 取り入れる 入れる",
        "整備 整える",
        "構築 築く",
        "支援 支える",
        "必要 求める 要する 欠く 課題 不可欠",
        "完了 終える 終わる 終了",
        "移行 移る 移す",
        "前年度 昨年度",
        "拡大 広げる 広がる",
        "参加 加わる",
        "連携 協力",
        "取り組む 取り組み 進める 努める 推進 実施 行う 図る",
        "考える 思う 見る 推察",
        "不足 足りる 欠く 十分",
        "十分 不十分 足りる",
        "理由 要因 背景 原因",
        "立ち上げる 設立 発足",
        "訪ねる 訪問",
        "以下 次",
        "聴く 聴取 聞く",
        "恐れ 懸念 可能",
        "戻る 戻す 復する",
        "知る 知れる 認知",
    )
)
"""Words that tell the same deed in official prose: one in the composer's line lets the others stand."""

KANJI_IDIOMS = (
    "第一に|一方(?:で|、)|一方|一層|一部|一定|一体|一元|一環|一貫|一般|一律|一斉|一括|一助|一因|一覧|一致|一連|一旦|一時|一過性|一途|一歩|"
    "一つ一つ|一人一人|一人ひとり|統一|唯一|単一|均一|同一|随一|万全|十分|三位一体|二次的|二の次|百貨|四季|万一|千差万別|多種多様|"
    "一新|一丸|一手|一目|一員|一翼|一端|一角|一例|一角|一堂|八百屋|半面|一進一退|一本化|一体的|一緒|一挙"
)
"""Words with a 漢数字 that state no figure."""
