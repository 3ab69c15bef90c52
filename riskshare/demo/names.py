"""Who lives in the made-up province: parties with fixed names, and as many invented enterprises as are asked for."""

from __future__ import annotations

from itertools import product
from random import Random

PROVINCE = {"zh": "松澜省", "en": "Songlan Province"}
"""There is no such province, and none of these banks, guarantors, insurers and funds."""

BANKS = ("松澜银行", "镜泽银行", "云杉银行", "霁川银行", "岚江银行", "穗原银行")
GUARANTORS = ("松澜科技融资担保", "云杉融资担保", "霁川融资担保")
REGUARANTOR = "松澜省再担保"
INSURERS = ("镜泽财产保险", "岚江财产保险")
POOL = "松澜省风险补偿资金池"
FINANCE = "松澜省财政厅"
FUND = "松澜科创引导基金"
INVESTORS = ("松澜财政出资平台", "云杉产业投资", "霁川创业投资")

CLASSES = ("科技型中小企业", "高新技术企业", "专精特新企业")

_PLACES = ("松澜", "镜泽", "云杉", "霁川", "岚江", "穗原", "砚湖", "桐屿", "栖岭", "望汀", "沐野", "澄渡")
_FIRST = "启澈屹蓝朔砺叙映聆沄珩弈芷栎晟湛昱翊霖珏"
_SECOND = "芯禾源图维码擎坤帆曜序格岑联衍微野航石木"
_TRADES = (
    "生物",
    "新材料",
    "智能装备",
    "软件",
    "光电",
    "半导体",
    "新能源",
    "环保",
    "农业",
    "医疗器械",
    "机器人",
    "数据",
)


def enterprises(rng: Random, count: int) -> list[str]:
    """`count` different names such as 松澜启芯智能装备科技有限公司; fewer where the parts do not make so many."""
    parts = list(product(_PLACES, _FIRST, _SECOND, _TRADES))
    chosen = rng.sample(parts, min(count, len(parts)))
    return [f"{place}{first}{second}{trade}科技有限公司" for place, first, second, trade in chosen]
