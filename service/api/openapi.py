"""The description of the API: bodies and problems that FastAPI does not see in the signatures."""

from __future__ import annotations

from typing import Any

from lca_models.errors import Text
from service.formats.chain.document import ChainDocument
from service.formats.problem_document import MEDIA_TYPE, ProblemDocument

_REFERENCE = "#/components/schemas/{model}"
_PROBLEM = ProblemDocument.__name__
CALCULATED_CHAIN = "CalculatedChain"  # members draw chains of another kind
_ROOMS = {
    "calculations": Text(
        en="A chain in, footprints out. Nothing is stored.",
        zh="提交供应链，返回碳足迹，不保存数据。",
    ),
    "background": Text(
        en="Published emission factors with their citations.", zh="带出处的排放因子。"
    ),
    "bills of materials": Text(
        en="Templates for suppliers, and their check.", zh="供应商模板与核查。"
    ),
    "sessions": Text(en="People sign in and out.", zh="人员登录与退出。"),
    "machines": Text(en="Machines of an organisation get tokens.", zh="机器客户端与令牌。"),
    "organisations": Text(en="Who takes part, and where it works.", zh="参与组织及其场所。"),
    "people": Text(en="Who signs in for an organisation.", zh="组织的人员。"),
    "products": Text(en="What organisations make.", zh="组织的产品。"),
    "chains": Text(
        en="Chains, invitations, links and data requests.", zh="供应链、邀请、供需关系与数据请求。"
    ),
    "reviews": Text(
        en="What buyers see of a submission before it is accepted.", zh="提交接受前的审核。"
    ),
    "audit": Text(en="The log of every change of state.", zh="操作日志。"),
    "submissions": Text(
        en="Activity data that suppliers draft, hand in and correct.", zh="供应商活动数据的填报。"
    ),
    "evidence": Text(en="Files that show where numbers come from.", zh="数据佐证文件。"),
    "certificates": Text(en="Green-power certificates, each spent once.", zh="绿证登记与使用。"),
    "footprints": Text(
        en="Calculated footprints, and what is released of them.", zh="碳足迹结果及其披露。"
    ),
    "disclosure": Text(
        en="Who may see how much, and who saw what.", zh="披露授权、核查委托与披露记录。"
    ),
    "jobs": Text(en="Work under way, and how far it is.", zh="后台任务及其进度。"),
    "formats": Text(en="JSON Schemas and kinds of problems.", zh="数据格式与错误类型。"),
    "health": Text(en="For whoever runs the service.", zh="运行状态。"),
}
TAGS = [{"name": name, "description": f"{told.en} {told.zh}"} for name, told in _ROOMS.items()]
DESCRIPTION = """
Product carbon footprints of whole supply chains, cradle to gate (ISO 14067:2018).

Errors are problem documents by RFC 9457 in English or Chinese, as `Accept-Language` asks.
Their `type` is stable and can be read: `GET /problems`.

A token goes into `Authorization: Bearer …`. What you may not see is answered as what is not there.
Lists go page by page, edits name their version by `If-Match`, POSTs may be repeated under an
`Idempotency-Key`, every answer has an `X-Request-ID`.

错误按RFC 9457返回，按`Accept-Language`使用中文或英文。无权查看的对象与不存在的对象返回相同结果。
列表分页返回；修改须以`If-Match`指明版本；POST可凭`Idempotency-Key`安全重发。
"""


def describe_problem(description: str) -> dict[str, Any]:
    """A problem document as a described answer."""
    schema = {"$ref": _REFERENCE.format(model=_PROBLEM)}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    "4XX": describe_problem("What is wrong with the request, where, and what would mend it."),
    "5XX": describe_problem("The service is busy, or something went wrong on our side."),
}


def document_chain(schema: dict[str, Any]) -> None:
    """Add the documents that routes read or answer outside FastAPI's view."""
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    for name, model in ((CALCULATED_CHAIN, ChainDocument), (_PROBLEM, ProblemDocument)):
        described = model.model_json_schema(ref_template=_REFERENCE)
        for part, schema_of_part in {**described.pop("$defs", {}), name: described}.items():
            schemas.setdefault(part, schema_of_part)  # those of FastAPI stand
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
