"""The queue that wakes workers: tables of procrastinate, on PostgreSQL alone.

Its own steps are replayed up to a named one, so that a new and an old database get the same tables
whichever release of procrastinate is installed. Where one brings further steps a test says so, and
a further step of ours replays those.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0008"
down_revision = "0007"

LAST_REPLAYED = "03.04.00_50_post_add_retry_failed_job_procedure.sql"

_DROP = """
do $$
declare dropped text;
begin
    for dropped in
        select format('table if exists %I', tablename) from pg_tables
        where schemaname = current_schema and starts_with(tablename, 'procrastinate_')
        union all
        select format('function if exists %s', oid::regprocedure) from pg_proc
        where pronamespace = current_schema::regnamespace and starts_with(proname, 'procrastinate_')
        union all
        select format('type if exists %I', typname) from pg_type
        where typnamespace = current_schema::regnamespace and typtype in ('c', 'e')
            and starts_with(typname, 'procrastinate_job_')
            and typname not in (select tablename from pg_tables)
    loop
        execute 'drop ' || dropped || ' cascade';
    end loop;
end $$
"""

_GRANT = """
do $$
declare granted text;
begin
    for granted in
        select format('select, insert, update, delete on %I', tablename) from pg_tables
        where schemaname = current_schema and starts_with(tablename, 'procrastinate_')
        union all
        select format('usage on sequence %I', sequencename) from pg_sequences
        where schemaname = current_schema and starts_with(sequencename, 'procrastinate_')
    loop
        execute 'grant ' || granted || ' to greenchain_app';
    end loop;
end $$
"""


def upgrade() -> None:
    """Make the queue, and let the application's role use it."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for file in sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql")):
        if file.name <= LAST_REPLAYED:
            connection.exec_driver_sql(file.read_text(encoding="utf-8").replace("%", "%%"))
    op.execute(_GRANT)


def downgrade() -> None:
    """Drop the queue; the jobs themselves stay."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute(_DROP)
