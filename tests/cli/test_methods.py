"""`greenchain methods`: a table for people in both languages, a document for machines."""

import json

from service.formats.method_document import MethodDocument
from tests.cli.running import SAMPLE, run


def test_methods_stand_side_by_side_and_flips_are_named() -> None:
    shown = run("methods", SAMPLE, COLUMNS="120")
    assert shown.exit_code == 0
    for part in (
        "as each firm chose · AR6",
        "mass · AR5",
        "Qinling Example Motors Co., Ltd. overtakes",
        "Not admissible: physical\n",
        "Some runs keep their own: mass\n",
        "Recycling without other values",
    ):
        assert part in shown.stdout


def test_it_speaks_chinese() -> None:
    shown = run("methods", SAMPLE, "--lang", "zh", COLUMNS="120").stdout
    assert "按各企业所选 · AR6" in shown
    assert "不可采用：其他物理关系\n" in shown


def test_the_document_has_the_products_that_are_asked_for() -> None:
    shown = run("methods", SAMPLE, "--product", "traction-motor", "--json")
    document = MethodDocument.model_validate(json.loads(shown.stdout))
    (motor,) = document.products
    assert motor.product == "traction-motor"
    totals = [t.kg_co2e for t in (motor.base, *motor.alternatives) if t.kg_co2e is not None]
    assert (motor.lowest_kg_co2e, motor.highest_kg_co2e) == (min(totals), max(totals))
    assert {t.choice.characterisation for t in motor.alternatives} == {"AR5", "AR6"}


def test_an_unknown_product_is_refused() -> None:
    shown = run("methods", SAMPLE, "--product", "unicorn")
    assert shown.exit_code == 2
    assert "unicorn" in shown.stderr
