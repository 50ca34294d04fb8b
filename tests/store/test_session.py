"""A transaction is its viewer's, to the last query; the whole store is seen for a moment only."""

from typing import Any

import pytest
from sqlalchemy import Engine, false, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import col

from service.domain.access import NOBODY, SERVICE, Viewer
from service.store.ids import new_id
from service.store.session import UnguardedQueryError, open_transaction, viewer_of, whole_store
from service.store.tables.identity import PersonRow, SiteRow
from tests.store.population import Population, populate

PEOPLE = PersonRow.metadata.tables["person"]
PERSON_ID, EMAIL, FIRM_ID = col(PersonRow.id), col(PersonRow.email), col(PersonRow.organisation_id)
SITE_ID = col(SiteRow.id)


def fill(engine: Engine) -> Population:
    population = populate(8)
    with open_transaction(engine, SERVICE) as session:
        population.store(session)
    return population


@pytest.mark.parametrize(
    "query",
    [
        text("select email from person"),
        select(PEOPLE),
        select(PersonRow).where(text("1 = 1")),
        select(PersonRow).from_statement(text("select * from person")),
        select(aliased(PersonRow)),
        insert(SiteRow).from_select(["name"], select(EMAIL)),
    ],
)
def test_a_query_that_conditions_cannot_be_laid_on_is_refused(engine: Engine, query: Any) -> None:
    with open_transaction(engine, NOBODY) as session, pytest.raises(UnguardedQueryError):
        session.execute(query)


def test_rows_are_not_changed_by_their_keys_alone(engine: Engine) -> None:
    person = fill(engine).rows["person"][0]
    with open_transaction(engine, NOBODY) as session, pytest.raises(UnguardedQueryError):
        session.execute(update(PersonRow), [{"id": person["id"], "name": "other"}])


@pytest.mark.parametrize(
    "query",
    [
        select(PERSON_ID),
        select(func.count()).select_from(PersonRow).having(func.count() > 0),
        select(select(PERSON_ID).subquery()),
        select(select(PERSON_ID).cte().c.id),
        select(PERSON_ID).union(select(PERSON_ID)),
        select(SITE_ID).where(SITE_ID.in_(select(PERSON_ID))),
        select(select(EMAIL).limit(1).scalar_subquery()).where(false()),
    ],
)
def test_nobody_finds_anybody_by_whatever_query(engine: Engine, query: Any) -> None:
    fill(engine)
    with open_transaction(engine, NOBODY) as session:
        assert session.execute(query).all() == []


def test_a_firm_changes_and_removes_its_own_people_alone(engine: Engine) -> None:
    population = fill(engine)
    firm = population.firms[0]
    own = [row for row in population.rows["person"] if row["organisation_id"] == firm]
    with open_transaction(engine, Viewer(firm)) as session:
        changed = session.execute(update(PersonRow).values(name="other").returning(PERSON_ID))
        assert set(changed.scalars()) == {row["id"] for row in own}


def test_the_whole_store_is_seen_for_a_moment(engine: Engine) -> None:
    population = fill(engine)
    row = population.rows["person"][0]
    other = next(firm for firm in population.firms if firm != row["organisation_id"])
    with open_transaction(engine, Viewer(other)) as session:
        assert session.get(PersonRow, row["id"]) is None
        with whole_store(session) as whole:
            assert whole.get(PersonRow, row["id"]) is not None
        assert session.get(PersonRow, row["id"]) is None
        assert viewer_of(session) == Viewer(other)


def test_what_was_read_before_the_moment_may_still_be_changed(engine: Engine) -> None:
    population = fill(engine)
    row = population.rows["site"][0]
    with open_transaction(engine, Viewer(row["organisation_id"])) as session:
        site = session.get_one(SiteRow, row["id"])
        with whole_store(session):
            pass
        site.name = "renamed"
    with open_transaction(engine, SERVICE) as session:
        assert session.get_one(SiteRow, row["id"]).name == "renamed"


def test_what_fails_in_the_moment_is_told_as_it_failed(engine: Engine) -> None:
    viewer = Viewer(fill(engine).firms[0])
    stranger = SiteRow(id=new_id(), organisation_id=new_id(), name="", province="")
    with (
        pytest.raises(IntegrityError),
        open_transaction(engine, viewer) as session,
        whole_store(session),
    ):
        session.add(stranger)


def test_a_moment_that_is_undone_ends(engine: Engine) -> None:
    population = fill(engine)
    viewer = Viewer(population.firms[0])
    with open_transaction(engine, viewer) as session:
        with pytest.raises(IntegrityError), session.begin_nested(), whole_store(session):
            session.add(SiteRow(id=new_id(), organisation_id=new_id(), name="", province=""))
        assert set(session.scalars(select(FIRM_ID))) <= {viewer.organisation_id}
