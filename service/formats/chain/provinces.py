"""Provinces of China by ISO 3166-2, under the names that people write."""

from __future__ import annotations

from collections.abc import Mapping

from lca_models.errors import Text
from lca_models.facts.names import fold

# ISO 3166-2:CN, codes of 2017 and later.
PROVINCES: Mapping[str, Text] = {
    "CN-SN": Text("Shaanxi", "陕西"),
    "CN-AH": Text("Anhui", "安徽"),
    "CN-BJ": Text("Beijing", "北京"),
    "CN-CQ": Text("Chongqing", "重庆"),
    "CN-FJ": Text("Fujian", "福建"),
    "CN-GS": Text("Gansu", "甘肃"),
    "CN-GD": Text("Guangdong", "广东"),
    "CN-GX": Text("Guangxi", "广西"),
    "CN-GZ": Text("Guizhou", "贵州"),
    "CN-HI": Text("Hainan", "海南"),
    "CN-HE": Text("Hebei", "河北"),
    "CN-HL": Text("Heilongjiang", "黑龙江"),
    "CN-HA": Text("Henan", "河南"),
    "CN-HK": Text("Hong Kong", "香港"),
    "CN-HB": Text("Hubei", "湖北"),
    "CN-HN": Text("Hunan", "湖南"),
    "CN-NM": Text("Inner Mongolia", "内蒙古"),
    "CN-JS": Text("Jiangsu", "江苏"),
    "CN-JX": Text("Jiangxi", "江西"),
    "CN-JL": Text("Jilin", "吉林"),
    "CN-LN": Text("Liaoning", "辽宁"),
    "CN-MO": Text("Macao", "澳门"),
    "CN-NX": Text("Ningxia", "宁夏"),
    "CN-QH": Text("Qinghai", "青海"),
    "CN-SD": Text("Shandong", "山东"),
    "CN-SH": Text("Shanghai", "上海"),
    "CN-SX": Text("Shanxi", "山西"),
    "CN-SC": Text("Sichuan", "四川"),
    "CN-TW": Text("Taiwan", "台湾"),
    "CN-TJ": Text("Tianjin", "天津"),
    "CN-XZ": Text("Tibet", "西藏"),
    "CN-XJ": Text("Xinjiang", "新疆"),
    "CN-YN": Text("Yunnan", "云南"),
    "CN-ZJ": Text("Zhejiang", "浙江"),
}
_ENDINGS = ("", "省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")
_BY_NAME = {
    fold(word): code
    for code, name in PROVINCES.items()
    for word in (code, name.en, *(name.zh + ending for ending in _ENDINGS))
}


def find_province(text: str) -> str:
    """The code of a province by its name; any other text as it is, for others to judge."""
    return _BY_NAME.get(fold(text), text)
