"""What a chain must obey before it can be laid out; every breach is found at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from lca_models.errors import AllocationError, Defect, GreenchainError, Place, Text
from service.domain.chain import Chain, refuse_duplicates
from service.domain.errors import (
    CertificateOverspentError,
    DeclarationExpiredError,
    InvalidChainError,
    MissingQuantityError,
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

# Kilowatt hours that were written in decimals may differ by a hair when they are added up.
_ROUNDING = 1 + 1e-9

Rule = tuple[Place, Callable[[], None]]
SHARE_INSTEAD = Text(
    en="Ask its maker to share the run by mass, energy or value.",
    zh="请其生产企业改用质量、能量或经济价值分配。",
)
_FIRM = Text(en="firm", zh="企业")
_PRODUCT = Text(en="product", zh="产品")
_DECLARATION = Text(en="declared footprint", zh="碳足迹声明")
_CERTIFICATE = Text(en="certificate", zh="绿证")


def refuse_contradictions(chain: Chain) -> None:
    """Refuse a chain whose firms, products and runs do not fit together.

    Raises:
        InvalidChainError: Every breach.
    """
    defects = _broken([*_duplicates(chain), *_owners(chain)])
    if defects:
        raise InvalidChainError(*defects)


def find_broken_references(chain: Chain) -> list[Defect]:
    """Lines that are missing, refer to what the chain does not have, or claim what they may not."""
    return _broken([*_empty(chain), *_references(chain), *_certificates(chain)])


def _broken(rules: Iterable[Rule]) -> list[Defect]:
    defects: list[Defect] = []
    for place, rule in rules:
        try:
            rule()
        except GreenchainError as error:
            defects += error.at(place).defects
    return defects


def _duplicates(chain: Chain) -> Iterator[Rule]:
    runs = [
        output.product_id
        for submission in chain.current_submissions()
        for output in (submission.output, *submission.co_products)
    ]
    for ids, what in (
        ([o.id for o in chain.organisations], Text(en="Firm", zh="企业编号")),
        (
            [f"{o.identifier.scheme} {o.identifier.value}" for o in chain.organisations],
            Text(en="Identifier", zh="组织标识"),
        ),
        ([p.id for p in chain.products], Text(en="Product", zh="产品编号")),
        ([d.id for d in chain.declarations], Text(en="Declared footprint", zh="碳足迹声明")),
        ([c.id for c in chain.certificates], Text(en="Certificate", zh="绿证")),
        (runs, Text(en="Activity data of product", zh="产品的活动数据")),
    ):
        yield Place(), partial(refuse_duplicates, ids, what)
    for submission in chain.submissions:
        labels = [line.label for line in submission.lines]
        rule = partial(refuse_duplicates, labels, Text(en="Line", zh="明细"))
        yield chain.place_of(submission.product_id), rule


def _refuse_empty(submission: Submission) -> None:
    if not submission.lines:
        raise MissingQuantityError(
            Text(
                en="The activity data has no line: nothing comes from nothing.",
                zh="活动数据没有任何明细。",
            ),
            Text(
                en="Give what the run takes in and emits, or leave the activity data out.",
                zh="请填写投入与排放；若尚无数据，请不要提交该活动数据。",
            ),
        )


def _empty(chain: Chain) -> Iterator[Rule]:
    for submission in chain.current_submissions():
        yield chain.place_of(submission.product_id), partial(_refuse_empty, submission)


def _owners(chain: Chain) -> Iterator[Rule]:
    firms = {o.id for o in chain.organisations}
    owners = {p.id: p.organisation_id for p in chain.products}
    yield Place(), partial(_known, chain.lead_id, firms, _FIRM)
    for certificate in chain.certificates:
        yield Place(line=certificate.id), partial(_known, certificate.organisation_id, firms, _FIRM)
    for product in chain.products:
        yield Place(product=product.id), partial(_known, product.organisation_id, firms, _FIRM)
    for submission in chain.submissions:
        place = chain.place_of(submission.product_id)
        yield place, partial(_known, submission.product_id, owners, _PRODUCT)
        for output in submission.co_products:
            yield place, partial(_known, output.product_id, owners, _PRODUCT)
            yield place, partial(_same_owner, owners, submission.product_id, output.product_id)


def _references(chain: Chain) -> Iterator[Rule]:
    products = {p.id for p in chain.products}
    for submission in chain.current_submissions():
        for line in submission.lines:
            place = chain.place_of(submission.product_id, line.label)
            yield place, partial(_made_by_the_run, submission, line.notes.serves)
            match line:
                case Input(supply=MemberProduct(product_id)):
                    yield place, partial(_known, product_id, products, _PRODUCT)
                    yield place, partial(refuse_substituted, product_id, chain)
                case Input(supply=DeclaredSupply(declaration_id)):
                    yield place, partial(_valid_declaration, chain, submission, declaration_id)


def _made_by_the_run(submission: Submission, served: str | None) -> None:
    made = [output.product_id for output in submission.outputs]
    if served is not None and served not in made:
        raise UnknownReferenceError(
            Text(
                en="The line serves “{served}”, which this run does not make.",
                zh="该明细归属于“{served}”，但本批次不生产该产品。",
            ).format(served=served),
            Text(
                en="It makes: {made}. Name one of them, or none if all share the line.",
                zh="本批次产出：{made}。请填写其中之一；若各产出共用，请留空。",
            ).format(made=", ".join(made)),
            value=served,
        )


def refuse_substituted(product_id: str, chain: Chain) -> None:
    """Refuse to draw on a co-product that would be free: its run bears all against a credit.

    Raises:
        AllocationError: The product has no footprint of its own.
    """
    if product_id in chain.substituted_products:
        raise AllocationError(why_without_footprint(product_id), SHARE_INSTEAD, value=product_id)


def why_without_footprint(product_id: str) -> Text:
    """Why a substituted co-product has no value."""
    return Text(
        en="“{id}” leaves its run by substitution, against a credit for what it displaces: it has "
        "no footprint of its own.",
        zh="“{id}”以替代法处理，其排放由主产品承担并抵扣所替代的产品，自身没有碳足迹。",
    ).format(id=product_id)


def _valid_declaration(chain: Chain, submission: Submission, declaration_id: str) -> None:
    _known(declaration_id, chain.declarations_by_id, _DECLARATION)
    declaration = chain.declarations_by_id[declaration_id]
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


def _known(key: str, known: Collection[str], what: Text) -> None:
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


def _certificates(chain: Chain) -> Iterator[Rule]:
    claims: dict[str, list[tuple[Place, Electricity]]] = defaultdict(list)
    for submission in chain.submissions:
        for line in submission.lines:
            if isinstance(line, Electricity) and line.source is ElectricitySource.CERTIFIED:
                place = chain.place_of(submission.product_id, line.label)
                claims[line.certificate_id or ""].append((place, line))
                yield place, partial(_own_certificate, chain, submission, line.certificate_id or "")
    for certificate_id, lines in claims.items():
        if certificate_id in chain.certificates_by_id:
            rule = partial(_spent_once, chain, certificate_id, [line for _, line in lines])
            yield lines[-1][0], rule


def _own_certificate(chain: Chain, submission: Submission, certificate_id: str) -> None:
    _known(certificate_id, chain.certificates_by_id, _CERTIFICATE)
    owner = chain.get_product(submission.product_id).organisation_id
    if chain.certificates_by_id[certificate_id].organisation_id != owner:
        raise CertificateOverspentError(
            Text(
                en="The certificate “{id}” is held by another firm.",
                zh="绿证“{id}”由其他企业持有。",
            ).format(id=certificate_id),
            Text(en="Claim a certificate of the firm's own.", zh="请使用本企业持有的绿证。"),
            value=certificate_id,
        )


def _spent_once(chain: Chain, certificate_id: str, claims: Iterable[Electricity]) -> None:
    held = chain.certificates_by_id[certificate_id].energy_kwh
    used = sum(line.quantity.to("kWh") for line in claims)
    if used > held * _ROUNDING:
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
        )
