"""Appointments of verifiers in the store."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.appointment import Appointment
from service.domain.paging import Page, PageAsked
from service.store.paging import read_page
from service.store.tables.footprints import AppointmentRow

_WHAT = Text(en="appointment", zh="核查委托")


def add(session: Session, appointment: Appointment) -> None:
    """Keep a new appointment."""
    session.add(AppointmentRow(**asdict(appointment)))
    session.flush()


def get(session: Session, appointment_id: UUID) -> Appointment:
    """One appointment.

    Raises:
        NotThereError: There is none that the viewer gave or was given.
    """
    row = session.get(AppointmentRow, appointment_id)
    if row is None:
        raise not_there(_WHAT)
    return _to_appointment(row)


def get_given(session: Session, appointment_id: UUID, owner_id: UUID) -> Appointment:
    """One appointment that a firm gave, locked.

    Raises:
        NotThereError: There is none that it gave.
    """
    row = session.get(AppointmentRow, appointment_id, with_for_update=True, populate_existing=True)
    if row is None or row.owner_id != owner_id:
        raise not_there(_WHAT)
    return _to_appointment(row)


def end(session: Session, appointment_id: UUID, now: datetime) -> None:
    """Let an appointment end."""
    session.get_one(AppointmentRow, appointment_id).ended_at = now
    session.flush()


def list_seen(session: Session, asked: PageAsked) -> Page[Appointment]:
    """Appointments that the viewer gave or was given."""
    page = read_page(
        session,
        select(AppointmentRow),
        asked,
        sorts={"appointed_at": AppointmentRow.appointed_at},
        key=AppointmentRow.id,
    )
    return page.map(_to_appointment)


def _to_appointment(row: AppointmentRow) -> Appointment:
    return Appointment(**row.model_dump())
