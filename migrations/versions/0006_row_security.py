"""Row-level security on PostgreSQL: what `service.store.visibility` says, a second time.

Each transaction tells who reads (`service.store.session.tell_viewer`); one that told nothing finds
nothing and writes nothing. Policies of objects look at tables of relations, whose own policies
look at nothing but their columns, so that none goes in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable

from alembic import op

revision = "0006"
down_revision = "0005"

# Asked as `(select …)`, a function runs once a query, not once a row.
_VIEWER = "(select greenchain_viewer())"
_WHOLE = "(select greenchain_whole())"
_OPERATES = "(select greenchain_operates())"
_LED = f"(lead_id = {_VIEWER} and seen_by_lead)"

_FUNCTIONS = {
    "greenchain_viewer": (
        "uuid",
        "nullif(current_setting('greenchain.organisation', true), '')::uuid",
    ),
    "greenchain_whole": ("boolean", "current_setting('greenchain.whole', true) = 'yes'"),
    "greenchain_operates": (
        "boolean",
        "current_setting('greenchain.operator', true) = 'yes' and greenchain_viewer() is not null",
    ),
}

# Tables whose rows the firms in these columns see.
_BY_COLUMNS = {
    "site": ["organisation_id"],
    "person": ["organisation_id"],
    "signed_in": ["organisation_id"],
    "one_time_link": ["organisation_id"],
    "client": ["organisation_id"],
    "answered_post": ["organisation_id"],
    "chain_product": ["lead_id"],
    "invitation": ["inviter_id", "invitee_id"],
    "data_request": ["asker_id", "supplier_id"],
    "question": ["asker_id", "supplier_id"],
    "submission_input": ["organisation_id"],
    "review": ["supplier_id", "reviewer_id"],
    "certificate": ["organisation_id"],
    "certificate_spend": ["organisation_id"],
    "release": ["supplier_id", "buyer_id"],
    "consent": ["supplier_id", "buyer_id"],
    "appointment": ["owner_id", "verifier_id"],
    "verification": ["organisation_id", "verifier_id"],
    "disclosure": ["supplier_id"],
    "letter": ["organisation_id"],
}


def _seen_by(columns: Iterable[str]) -> str:
    return " or ".join(f"{column} = {_VIEWER}" for column in columns)


def _exists(table: str, *conditions: str) -> str:
    return f"exists (select from {table} where {' and '.join(conditions)})"


def _verifies(table: str, product: str) -> str:
    return _exists(
        "appointment",
        f"verifier_id = {_VIEWER}",
        f"owner_id = {table}.organisation_id",
        "ended_at is null",
        f"(product_id is null or product_id = {table}.{product})",
    )


_OWN = _seen_by(["organisation_id"])
_ORGANISATION = (
    f"id = {_VIEWER}",
    _OPERATES,
    _exists(
        "membership",
        "organisation_id = organisation.id",
        f"({_LED} or invited_by_id = {_VIEWER})",
    ),
    _exists(
        "membership", f"organisation_id = {_VIEWER}", "organisation.id in (lead_id, invited_by_id)"
    ),
    _exists("link", "supplier_id = organisation.id", f"(buyer_id = {_VIEWER} or {_LED})"),
    _exists("link", "buyer_id = organisation.id", f"(supplier_id = {_VIEWER} or {_LED})"),
    _exists(
        "link",
        "lead_id = organisation.id",
        "seen_by_lead",
        f"{_VIEWER} in (buyer_id, supplier_id)",
    ),
    _exists("invitation", "inviter_id = organisation.id", f"invitee_id = {_VIEWER}"),
    _exists("invitation", "invitee_id = organisation.id", f"inviter_id = {_VIEWER}"),
    _exists("appointment", "owner_id = organisation.id", f"verifier_id = {_VIEWER}"),
    _exists("appointment", "verifier_id = organisation.id", f"owner_id = {_VIEWER}"),
)
_PRODUCT = (
    _OWN,
    _exists("link", "supplier_product_id = product.id", f"(buyer_id = {_VIEWER} or {_LED})"),
    _exists("link", "buyer_product_id = product.id", f"(supplier_id = {_VIEWER} or {_LED})"),
    _verifies("product", "id"),
)
_CHAIN = (
    f"lead_id = {_VIEWER}",
    _exists("membership", "chain_id = chain.id", f"organisation_id = {_VIEWER}", "left_at is null"),
)

_SEEN = {table: _seen_by(columns) for table, columns in _BY_COLUMNS.items()} | {
    "organisation": " or ".join(_ORGANISATION),
    "product": " or ".join(_PRODUCT),
    "chain": " or ".join(_CHAIN),
    "membership": f"{_seen_by(['organisation_id', 'invited_by_id'])} or {_LED}",
    "link": f"{_seen_by(['buyer_id', 'supplier_id'])} or {_LED}",
    "submission": f"{_OWN} or {_verifies('submission', 'product_id')}",
    "evidence": f"{_OWN} or {_verifies('evidence', 'product_id')}",
    "footprint": f"{_OWN} or {_verifies('footprint', 'product_id')}",
    "job": f"{_OWN} or {_OPERATES}",
    "audit_entry": f"{_OWN} or {_OPERATES}",
    "attempt": "false",
    "audit_head": "false",
}

# What others see of a firm, it alone changes.
_CHANGED = {
    "organisation": f"id = {_VIEWER} or {_OPERATES}",
    "product": _OWN,
    "chain": f"lead_id = {_VIEWER}",
    "submission": _OWN,
    "evidence": _OWN,
    "footprint": _OWN,
    "consent": f"supplier_id = {_VIEWER}",
    "appointment": f"owner_id = {_VIEWER}",
    "verification": f"verifier_id = {_VIEWER}",
    "release": "false",
    "audit_entry": "false",
}

# What a firm causes for others, or may not read itself.
_SOMEBODY = f"{_VIEWER} is not null"
_ADDED = {
    "job": _SOMEBODY,
    "letter": _SOMEBODY,
    "answered_post": _SOMEBODY,
    "attempt": _SOMEBODY,
    "disclosure": f"viewer_id = {_VIEWER} or supplier_id = {_VIEWER}",
}

# What the application never takes back, or never changes.
_NEVER_REMOVED = {
    "organisation",
    "footprint",
    "consent",
    "appointment",
    "certificate_spend",
    "verification",
    "disclosure",
    "audit_entry",
    "audit_head",
}
_NEVER_CHANGED = {"verification", "disclosure", "audit_entry"}


def upgrade() -> None:
    """Guard every table, and let the application's role in as far as it needs."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for name, (kind, body) in _FUNCTIONS.items():
        op.execute(
            f"create function {name}() returns {kind} language sql stable parallel safe "
            f"return {body}"
        )
    for table, seen in _SEEN.items():
        _guard(table, seen)
    op.execute("grant usage on schema public to greenchain_app")
    op.execute("grant select on alembic_version to greenchain_app")


def downgrade() -> None:
    """Take the guards away, and shut the application's role out; the role itself stays."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _SEEN:
        op.execute(f"revoke all on {table} from greenchain_app")
        for policy in ("see", "add", "change", "remove"):
            op.execute(f"drop policy {policy} on {table}")
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"alter table {table} disable row level security")
    op.execute("revoke all on alembic_version from greenchain_app")
    op.execute("revoke usage on schema public from greenchain_app")
    for name in reversed(_FUNCTIONS):
        op.execute(f"drop function {name}()")


def _guard(table: str, seen: str) -> None:
    changed = _CHANGED.get(table, seen)
    added = _ADDED.get(table, changed)
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    for policy in (
        f"see on {table} for select using ({_WHOLE} or {seen})",
        f"add on {table} for insert with check ({_WHOLE} or {added})",
        f"change on {table} for update using ({_WHOLE} or {changed})",
        f"remove on {table} for delete using ({_WHOLE} or {changed})",
    ):
        op.execute(f"create policy {policy}")
    op.execute(f"grant {', '.join(_rights_on(table))} on {table} to greenchain_app")


def _rights_on(table: str) -> Iterable[str]:
    yield "select"
    if table != "audit_head":
        yield "insert"
    if table not in _NEVER_CHANGED:
        yield "update"
    if table not in _NEVER_REMOVED:
        yield "delete"
