"""`POST /v1/calculations`: a chain document in, its footprints out; nothing is stored."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query, Request, Response

from lca_models.errors import Text
from service.api.context import HeavyTurns, Wired
from service.api.openapi import CALCULATED_CHAIN
from service.api.routing import make_router
from service.domain.calculation_limits import refuse_large_answer, refuse_large_chain
from service.formats.chain.example import CHAIN_EXAMPLE
from service.formats.chain.reading import read_chain
from service.formats.errors import FileTooLargeError
from service.formats.result_document import ResultDocument
from service.formats.result_writing import choose_footprints, to_result
from service.use_cases.calculate_footprints import calculate_footprints

router = make_router("calculations")

_JSON, _YAML = "application/json", "application/yaml"
_ACCEPTED = {_JSON, _YAML, "application/x-yaml", "text/yaml", "text/x-yaml"}
_CHAIN = {"schema": {"$ref": f"#/components/schemas/{CALCULATED_CHAIN}"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A chain document, `greenchain.chain/1`, in UTF-8.",
        "content": {
            _JSON: {**_CHAIN, "example": CHAIN_EXAMPLE},
            _YAML: {**_CHAIN, "example": CHAIN_EXAMPLE},
        },
    }
}


async def _read_body(request: Request) -> bytes:
    """The body as it is: `service.formats` alone parses it, with its limits."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.replace(" ", "").replace('"', "").partition("charset=")[2]
    packed = request.headers.get("content-encoding", "identity") != "identity"
    if packed or kind.strip() not in _ACCEPTED or charset not in {"", "utf-8", "utf8"}:
        accepted = {"Accept": f"{_JSON}, {_YAML}", "Accept-Encoding": "identity"}
        raise HTTPException(415, headers=accepted)
    return await request.body()


@router.post("/v1/calculations", response_model=ResultDocument, openapi_extra=_BODY)
def calculate(
    wiring: Wired,
    turns: HeavyTurns,
    body: Annotated[bytes, Depends(_read_body)],
    gwp: Annotated[
        str, Query(description="Set of global warming potentials.", examples=["AR6", "AR5", "AR4"])
    ] = "AR6",
    product: Annotated[
        list[str], Query(description="Answer these products only.", max_length=100)
    ] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """Calculate the cradle-to-gate footprints of a chain as one system.

    The answer has the lead firm's products first, each with its splits, its data quality and its
    gaps. A chain that cannot be calculated is refused with every line that is wrong.
    """
    with turns.take():
        _refuse_long_yaml(body, wiring.yaml_bytes)
        chain = read_chain(body)
        for product_id in product:
            chain.get_product(product_id)
        refuse_large_chain(chain, wiring.limits)
        found = calculate_footprints(chain, wiring.library, characterisation=gwp)
        refuse_large_answer(choose_footprints(found, product), wiring.limits)
        answer = to_result(found, product).model_dump_json()
    return Response(answer, media_type=_JSON)


def _refuse_long_yaml(body: bytes, most: int) -> None:
    is_json = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}
    if len(body) > most and not is_json:
        raise FileTooLargeError(
            Text(
                en="A document in YAML may have {most} bytes.", zh="YAML文档不得超过{most}字节。"
            ).format(most=most),
            Text(en="Send it as JSON.", zh="请改用JSON格式提交。"),
            value=len(body),
        )
