"""Writes the template of a chain sheet, with a small example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lca_models.errors import Language, Text
from service.domain.organisation import Role
from service.formats.chain.provinces import PROVINCES
from service.formats.chain.sheet_columns import ROLE_NAMES, SECTIONS
from service.formats.sheets.template_book import Cell, TemplateBook

_NOTES_SHEET = Text(en="Notes", zh="说明")
_TITLE = Text(en="Chain sheet: how to fill it in", zh="供应链表填写说明")
_SENTENCES = (
    Text(
        "The rows are an invented example: overwrite them with your chain.",
        "各表中的数据为虚构示例，请替换为贵司供应链的数据。",
    ),
    Text(
        "Put the bills of materials beside this file and name each in the table of products.",
        "物料清单文件与本表放在同一文件夹，并在产品表中填写文件名。",
    ),
    Text(
        "A product without a file has not answered: its screening value stands in, flagged.",
        "未填文件名的产品视为尚未填报，以筛选替代值计算并标注。",
    ),
)
_TABLE_HEADING = (
    Text(en="Table: column", zh="表：列"),
    Text(en="Required", zh="是否必填"),
    Text(en="Meaning", zh="填写内容"),
)
_YES, _NO = Text(en="yes", zh="必填"), Text(en="no", zh="选填")
_EXAMPLE: Mapping[str, Sequence[Mapping[str, Cell | Text]]] = {
    "chain": (
        {
            "id": "EXAMPLE-CHAIN",
            "name_zh": "示例供应链",
            "name_en": "Example chain",
            "lead": "LEAD",
            "period_start": date(2025, 1, 1),
            "period_end": date(2025, 12, 31),
            "remark": Text("Invented example", "虚构示例"),
        },
    ),
    "organisations": (
        {
            "id": "LEAD",
            "name_zh": "示例链主企业",
            "name_en": "Example lead firm",
            "scheme": Text("other", "其他"),
            "number": "EXAMPLE-1",
            "roles": ROLE_NAMES[Role.LEAD],
            "site": Text("Main plant", "总厂"),
            "province": PROVINCES["CN-SN"],
        },
        {
            "id": "SUPPLIER",
            "name_zh": "示例供应商",
            "name_en": "Example supplier",
            "scheme": Text("other", "其他"),
            "number": "EXAMPLE-2",
            "roles": ROLE_NAMES[Role.SUPPLIER],
            "province": PROVINCES["CN-SC"],
        },
    ),
    "products": (
        {
            "id": "FRAME",
            "organisation": "LEAD",
            "name_zh": "电池包框架",
            "name_en": "Battery pack frame",
            "declared_unit": "piece",
            "mass_kg": 28.5,
            "bom_file": "frame.xlsx",
        },
        {
            "id": "AL-CROSS-MEMBER",
            "organisation": "SUPPLIER",
            "name_zh": "铝合金横梁",
            "name_en": "Aluminium cross member",
            "declared_unit": "kg",
            "screening": Text("primary aluminium", "原铝"),
        },
    ),
    "declarations": (
        {
            "id": "WIRE-2025",
            "owner": Text("Example wire works", "示例焊材厂"),
            "name_zh": "焊丝",
            "name_en": "Welding wire",
            "unit": "kg",
            "kg_co2e": 2.4,
            "gwp_basis": "AR6",
            "valid_from": date(2025, 1, 1),
            "valid_until": date(2026, 12, 31),
            "primary_percent": 40.0,
            "statement": Text("Declaration EX-17 (invented)", "声明EX-17（虚构）"),
            "verification": Text("third party", "第三方核查"),
            "technological": 2.0,
            "geographical": 1.0,
            "temporal": 2.0,
            "uncertainty_gsd": 1.1,
        },
    ),
    "certificates": (
        {
            "id": "GEC-2025-000123",
            "organisation": "LEAD",
            "energy": 150.0,
            "energy_unit": "MWh",
            "technology": Text("wind power", "风力发电"),
        },
    ),
}


def write_chain_template(language: Language) -> bytes:
    """The template of a chain sheet as a workbook, filled with an example that can be read."""
    book = TemplateBook(language)
    for section in SECTIONS:
        rows = [
            {k: v.to(language) if isinstance(v, Text) else v for k, v in row.items()}
            for row in _EXAMPLE[section.key]
        ]
        book.add_table(section.name.to(language), section.columns, rows)
    book.add_notes(
        _NOTES_SHEET.to(language),
        _TITLE.to(language),
        [sentence.to(language) for sentence in _SENTENCES],
        _notes_table(language),
    )
    return book.to_bytes()


def _notes_table(language: Language) -> list[tuple[str, ...]]:
    rows = [
        (
            f"{section.name.to(language)}: {column.heading.to(language)}",
            (_YES if column.required else _NO).to(language),
            column.note.to(language),
        )
        for section in SECTIONS
        for column in section.columns
    ]
    return [tuple(text.to(language) for text in _TABLE_HEADING), *rows]
