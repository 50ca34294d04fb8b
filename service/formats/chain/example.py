"""The smallest chain that shows what a chain document can say; also the example of the API."""

from __future__ import annotations

from collections.abc import Mapping

CHAIN_EXAMPLE: Mapping[str, object] = {
    "format": "greenchain.chain/1",
    "id": "bracket-2025",
    "name": {"zh": "支架示例供应链", "en": "Bracket (example)"},
    "lead": "maker",
    "period": {"start": "2025-01-01", "end": "2025-12-31"},
    "organisations": [
        {
            "id": "maker",
            "name": {"zh": "示例支架公司", "en": "Example Brackets"},
            "identifier": {"scheme": "other", "value": "1"},
        },
        {
            "id": "mill",
            "name": {"zh": "示例钢厂", "en": "Example Mill"},
            "identifier": {"scheme": "other", "value": "2"},
        },
    ],
    "products": [
        {
            "id": "bracket",
            "organisation": "maker",
            "name": {"zh": "支架", "en": "Bracket"},
            "declared_unit": "piece",
            "mass": "2 kg",
        },
        {
            "id": "sheet",
            "organisation": "mill",
            "name": {"zh": "钢板", "en": "Steel sheet"},
            "declared_unit": "kilogram",
        },
    ],
    "processes": [
        {
            "product": "bracket",
            "output": {"quantity": "1000 piece"},
            "inputs": [
                {
                    "id": "sheet",
                    "name": "钢板",
                    "quantity": "2.2 t",
                    "product": "sheet",
                    "transport": [{"mode": "road", "distance": "120 km"}],
                },
                {
                    "id": "copper rivets",
                    "name": "铜铆钉",
                    "quantity": "20 kg",
                    "material": "铜",
                },
            ],
            "electricity": [{"id": "power", "quantity": "900 kWh"}],
        },
        {
            "product": "sheet",
            "output": {"quantity": "1 t"},
            "inputs": [
                {
                    "id": "pig iron",
                    "name": "炼钢生铁",
                    "quantity": "1.05 t",
                    "material": "炼钢生铁",
                }
            ],
            "fuels": [{"id": "gas", "fuel": "natural_gas", "quantity": "60 m3"}],
        },
    ],
}
