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
            "mass": {"amount": 2, "unit": "kg"},
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
            "output": {"quantity": {"amount": 1000, "unit": "piece"}},
            "inputs": [
                {
                    "id": "sheet",
                    "name": "钢板",
                    "quantity": {"amount": 2.2, "unit": "t"},
                    "product": "sheet",
                    "transport": [{"mode": "road", "distance": {"amount": 120, "unit": "km"}}],
                },
                {
                    "id": "copper rivets",
                    "name": "铜铆钉",
                    "quantity": {"amount": 20, "unit": "kg"},
                    "material": "铜",
                },
            ],
            "electricity": [{"id": "power", "quantity": {"amount": 900, "unit": "kWh"}}],
        },
        {
            "product": "sheet",
            "output": {"quantity": {"amount": 1, "unit": "t"}},
            "inputs": [
                {
                    "id": "pig iron",
                    "name": "炼钢生铁",
                    "quantity": {"amount": 1.05, "unit": "t"},
                    "material": "炼钢生铁",
                }
            ],
            "fuels": [
                {"id": "gas", "fuel": "natural_gas", "quantity": {"amount": 60, "unit": "m3"}}
            ],
        },
    ],
}
