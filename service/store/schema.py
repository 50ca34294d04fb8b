"""All tables together: what migrations are compared with."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from service.store.tables import chains, footprints, identity, operations, submissions

TABLES = (identity, chains, submissions, footprints, operations)
METADATA: MetaData = SQLModel.metadata
