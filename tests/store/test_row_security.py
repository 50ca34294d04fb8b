"""What PostgreSQL itself lets the application read and write, whatever the code asks for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session

from service.domain.access import NOBODY, SERVICE, Viewer
from service.store.ids import new_id
from service.store.schema import METADATA
from service.store.session import open_engine, open_transaction
from service.store.tables.footprints import AppointmentRow, ConsentRow, DisclosureRow
from service.store.tables.identity import OrganisationRow, SiteRow
from service.store.tables.operations import AuditEntryRow, JobRow, LetterRow
from tests.databases import Database
from tests.store.population import NOW, Population, populate

GUARDED = text(
    "select relname from pg_class where relrowsecurity and relforcerowsecurity"
    " and relnamespace = 'public'::regnamespace"
)
POLICIES = text("select tablename, string_agg(cmd, ' ' order by cmd) from pg_policies group by 1")
RIGHTS = text(
    "select table_name, string_agg(lower(privilege_type), ' ' order by privilege_type)"
    " from information_schema.role_table_grants where grantee = 'greenchain_app' group by 1"
)


@pytest.fixture
def application(postgresql: Database) -> Iterator[Engine]:
    engine = open_engine(postgresql.url)
    yield engine
    engine.dispose()


@pytest.fixture
def population(application: Engine) -> Population:
    made = populate(8)
    with open_transaction(application, SERVICE) as session:
        made.store(session)
    return made


def refuse_adding(engine: Engine, viewer: Viewer, row: Any) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        open_transaction(engine, viewer) as session,
    ):
        session.add(row)


def add(engine: Engine, viewer: Viewer, row: Any) -> None:
    with open_transaction(engine, viewer) as session:
        session.add(row)


def test_every_table_is_guarded_for_its_owner_too(application: Engine) -> None:
    with application.connect() as connection:
        guarded = set(connection.execute(GUARDED).scalars())
        policies = dict(map(tuple, connection.execute(POLICIES)))
    assert guarded >= set(METADATA.tables)
    assert {policies[table] for table in METADATA.tables} == {"DELETE INSERT SELECT UPDATE"}


def test_the_application_has_no_right_to_change_what_is_kept(application: Engine) -> None:
    with application.connect() as connection:
        rights = dict(map(tuple, connection.execute(RIGHTS)))
    assert rights["audit_entry"] == rights["disclosure"] == "insert select"
    assert rights["verification"] == "insert select"
    assert rights["audit_head"] == "select update"
    assert rights["footprint"] == "insert select update"
    assert rights["alembic_version"] == "select"
    assert rights["site"] == "delete insert select update"


def test_a_firm_writes_rows_of_its_own_and_of_no_other(
    application: Engine, population: Population
) -> None:
    own, other = population.firms[:2]
    add(application, Viewer(own), SiteRow(id=new_id(), organisation_id=own, name="", province=""))
    foreign = SiteRow(id=new_id(), organisation_id=other, name="", province="")
    refuse_adding(application, Viewer(own), foreign)
    refuse_adding(application, NOBODY, SiteRow(**foreign.model_dump()))


def test_a_firm_causes_jobs_and_letters_for_others(
    application: Engine, population: Population
) -> None:
    own, other = population.firms[:2]

    def make_letter() -> LetterRow:
        return LetterRow(
            id=new_id(), organisation_id=other, to="", subject="", body="", written_at=NOW
        )

    job = JobRow(id=new_id(), kind="", subject={}, state="", run_after=NOW, created_at=NOW)
    for row in (make_letter(), job):
        add(application, Viewer(own), row)
    refuse_adding(application, NOBODY, make_letter())


def test_a_reader_leaves_a_disclosure_in_its_own_name_alone(
    application: Engine, population: Population
) -> None:
    supplier, reader, other = population.firms[:3]
    product_id = population.rows["product"][0]["id"]

    def make_disclosure() -> DisclosureRow:
        return DisclosureRow(
            id=new_id(),
            supplier_id=supplier,
            viewer_id=reader,
            product_id=product_id,
            subject="",
            subject_id=product_id,
            at=NOW,
        )

    add(application, Viewer(reader), make_disclosure())
    refuse_adding(application, Viewer(other), make_disclosure())


def test_nobody_lets_itself_see_what_is_another_firms(
    application: Engine, population: Population
) -> None:
    owner, reader = population.firms[:2]
    consent: dict[str, Any] = {
        "supplier_id": owner,
        "buyer_id": reader,
        "significant_digits": 17,
    }
    appointment: dict[str, Any] = {"owner_id": owner, "verifier_id": reader}

    def make_rows() -> list[Any]:
        return [
            ConsentRow(id=new_id(), granted_at=NOW, **consent),
            AppointmentRow(id=new_id(), appointed_at=NOW, **appointment),
        ]

    for row in make_rows():
        refuse_adding(application, Viewer(reader), row)
    for row in make_rows():
        add(application, Viewer(owner), row)


def test_nobody_but_the_service_writes_the_log(application: Engine, population: Population) -> None:
    entry = AuditEntryRow(**(population.rows["audit_entry"][0] | {"number": 10**6}))
    for viewer in (Viewer(entry.organisation_id), Viewer(population.firms[0], operator=True)):
        refuse_adding(application, viewer, AuditEntryRow(**entry.model_dump()))


@pytest.mark.parametrize("table", ["product", "chain", "submission", "evidence"])
def test_a_firm_changes_nothing_that_it_only_sees(
    application: Engine, population: Population, table: str
) -> None:
    owner = "lead_id" if table == "chain" else "organisation_id"
    for firm in population.firms:
        with open_transaction(application, Viewer(firm)) as session:
            changed = _change_all(session, table, owner)
        own = [row for row in population.rows[table] if row[owner] == firm]
        assert changed <= {row["id"] for row in own}


def _change_all(session: Session, table: str, column: str) -> set[Any]:
    found = METADATA.tables[table]
    seen = found.update().values({column: found.c[column]}).returning(found.c.id)
    if table == "submission":
        seen = seen.where(found.c.state.not_in(["accepted", "superseded"]))
    return set(session.connection().execute(seen).scalars())


def test_a_firm_renames_itself_and_the_operator_any(
    application: Engine, population: Population
) -> None:
    firm = population.firms[0]
    table = METADATA.tables[str(OrganisationRow.__tablename__)]
    rename = table.update().values(created_at=NOW + timedelta(days=1)).returning(table.c.id)
    for viewer, changed in (
        (Viewer(firm), {firm}),
        (Viewer(firm, operator=True), set(population.firms)),
        (NOBODY, set()),
    ):
        with open_transaction(application, viewer) as session:
            assert set(session.connection().execute(rename).scalars()) == changed
