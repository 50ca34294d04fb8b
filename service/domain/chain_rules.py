"""What a chain must obey before it can be laid out; every breach is found at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from lca_models.errors import Defect, GreenchainError, Place, Text
from service.domain.chain import Chain, refuse_duplicates
from service.domain.errors import (
    CertificateOverspentError,
    DeclarationExpiredError,
    InvalidChainError,
    UnknownReferenceError,
)
from service.domain.submission import (
    DeclaredSupply,
    Electricity,
    ElectricitySource,
    Input,
    MemberProduct,
    Submission,
)

_Check = Callable[[], None]


def refuse_broken_rules(chain: Chain) -> None:
    """Refuse a chain that contradicts itself.

    Raises:
        InvalidChainError: Every breach with firm, product and line.
    """
    defects = collect_defects(
        [*_duplicates(chain), *_ownership(chain), *_references(chain), *_certificates(chain)]
    )
    if defects:
        raise InvalidChainError(*defects)


def collect_defects(checks: Iterable[_Check]) -> list[Defect]:
    """Run every check and keep what each complains of."""
    defects: list[Defect] = []
    for check in checks:
        try:
            check()
        except GreenchainError as error:
            defects += error.defects
    return defects


def place_of(chain: Chain, product_id: str, line: str | None = None) -> Place:
    """Firm, product and line in the words of the chain."""
    owners = {product.id: product.organisation_id for product in chain.products}
    names = {o.id: o.name for o in chain.organisations}
    owner = owners.get(product_id)
    if owner is None:
        return Place(product=product_id, line=line)
    name = names.get(owner)
    firm = owner if name is None else f"{name.zh} {name.en}" if name.zh != name.en else name.en
    return Place(organisation=firm, product=product_id, line=line)


def _duplicates(chain: Chain) -> list[_Check]:
    made = [
        output.product_id
        for submission in chain.current_submissions()
        for output in (submission.output, *submission.co_products)
    ]
    uscc = [o.identifier.value for o in chain.organisations]
    checks: list[_Check] = [
        partial(refuse_duplicates, [o.id for o in chain.organisations], Text("Firm", "企业编号")),
        partial(refuse_duplicates, uscc, Text("Firm's identifier", "组织标识")),
        partial(refuse_duplicates, [p.id for p in chain.products], Text("Product", "产品编号")),
        partial(refuse_duplicates, [d.id for d in chain.declarations], Text("Declaration", "声明")),
        partial(refuse_duplicates, [c.id for c in chain.certificates], Text("Certificate", "绿证")),
        partial(refuse_duplicates, made, Text("Activity data of product", "产品的活动数据")),
    ]
    for submission in chain.submissions:
        labels = [line.label for line in submission.lines]
        checks.append(
            partial(
                _at,
                chain,
                submission,
                None,
                partial(refuse_duplicates, labels, Text("Line", "明细")),
            )
        )
    return checks


def _at(chain: Chain, submission: Submission, line: str | None, check: _Check) -> None:
    try:
        check()
    except GreenchainError as error:
        raise error.at(place_of(chain, submission.product_id, line)) from error


def _ownership(chain: Chain) -> Iterator[_Check]:
    firms = {o.id for o in chain.organisations}
    owners = {p.id: p.organisation_id for p in chain.products}
    firm = Text(en="firm", zh="企业")
    product = Text(en="product", zh="产品")
    yield partial(_known, chain.lead_id, firms, firm)
    for certificate in chain.certificates:
        yield partial(_known, certificate.organisation_id, firms, firm)
    for made in chain.products:
        yield partial(_known, made.organisation_id, firms, firm)
    for submission in chain.submissions:
        for output in (submission.output, *submission.co_products):
            known = partial(_known, output.product_id, owners, product)
            yield partial(_at, chain, submission, None, known)
            same = partial(_same_owner, owners, submission.product_id, output.product_id)
            yield partial(_at, chain, submission, None, same)


def _references(chain: Chain) -> Iterator[_Check]:
    products = {p.id for p in chain.products}
    declarations = {d.id: d for d in chain.declarations}
    for submission in chain.submissions:
        for line in submission.lines:
            if not isinstance(line, Input):
                continue
            check: _Check | None = None
            if isinstance(line.supply, MemberProduct):
                known = Text(en="product", zh="产品")
                check = partial(_known, line.supply.product_id, products, known)
            elif isinstance(line.supply, DeclaredSupply):
                check = partial(
                    _valid_declaration, chain, submission, line.supply, set(declarations)
                )
            if check is not None:
                yield partial(_at, chain, submission, line.label, check)


def _valid_declaration(
    chain: Chain, submission: Submission, supply: DeclaredSupply, known: set[str]
) -> None:
    _known(supply.declaration_id, known, Text(en="declared footprint", zh="碳足迹声明"))
    declaration = next(d for d in chain.declarations if d.id == supply.declaration_id)
    if not declaration.covers(submission.period):
        raise DeclarationExpiredError(
            Text(
                en="The declared footprint “{id}” is valid from {start} to {end}, "
                "not in the reporting period.",
                zh="碳足迹声明“{id}”有效期为{start}至{end}，不覆盖报告期。",
            ).format(id=declaration.id, start=declaration.valid_from, end=declaration.valid_until),
            Text(
                en="Ask its owner for a declaration of the period.",
                zh="请向声明方索取覆盖报告期的声明。",
            ),
            value=declaration.id,
        )


def _known(key: str, known: Iterable[str], what: Text) -> None:
    if key not in known:
        raise UnknownReferenceError(
            Text(en="The chain has no {what} “{key}”.", zh="供应链中没有{what}“{key}”。").format(
                what=what, key=key
            ),
            Text(en="Add it, or correct the id.", zh="请补充，或更正编号。"),
            value=key,
        )


def _same_owner(owners: dict[str, str], product_id: str, output_id: str) -> None:
    if owners.get(product_id) != owners.get(output_id, owners.get(product_id)):
        raise UnknownReferenceError(
            Text(
                en="The co-product “{id}” belongs to another firm.", zh="副产品“{id}”属于其他企业。"
            ).format(id=output_id),
            Text(en="A firm can only make its own products.", zh="企业只能产出自己的产品。"),
            value=output_id,
        )


def _certificates(chain: Chain) -> Iterator[_Check]:
    claimed: dict[str, list[tuple[Submission, Electricity]]] = defaultdict(list)
    for submission in chain.submissions:
        for line in submission.lines:
            if isinstance(line, Electricity) and line.source is ElectricitySource.CERTIFIED:
                claimed[line.certificate_id or ""].append((submission, line))
    for certificate_id, claims in claimed.items():
        for submission, line in claims:
            check = partial(_own_certificate, chain, submission, certificate_id)
            yield partial(_at, chain, submission, line.label, check)
        yield partial(_spent_once, chain, certificate_id, claims)


def _own_certificate(chain: Chain, submission: Submission, certificate_id: str) -> None:
    held = {c.id: c.organisation_id for c in chain.certificates}
    _known(certificate_id, held, Text(en="certificate", zh="绿证"))
    owner = chain.get_product(submission.product_id).organisation_id
    if held[certificate_id] != owner:
        raise CertificateOverspentError(
            Text(
                en="The certificate “{id}” is held by another firm.",
                zh="绿证“{id}”由其他企业持有。",
            ).format(id=certificate_id),
            Text(en="Claim a certificate of the firm's own.", zh="请使用本企业持有的绿证。"),
            value=certificate_id,
        )


def _spent_once(
    chain: Chain, certificate_id: str, claims: list[tuple[Submission, Electricity]]
) -> None:
    held = sum(c.energy_kwh for c in chain.certificates if c.id == certificate_id)
    used = sum(line.quantity.to("kWh") for _, line in claims)
    if held and used > held:
        submission, line = claims[-1]
        raise CertificateOverspentError(
            Text(
                en="{used:g} kWh are claimed against the certificate “{id}”, "
                "which stands for {held:g} kWh.",
                zh="绿证“{id}”对应电量{held:g}千瓦时，但共申领{used:g}千瓦时。",
            ).format(id=certificate_id, used=used, held=held),
            Text(
                en="Claim each kilowatt hour once; put the rest down as grid power.",
                zh="每千瓦时只能申领一次，其余电量请填为电网电力。",
            ),
            value=certificate_id,
        ).at(place_of(chain, submission.product_id, line.label))
