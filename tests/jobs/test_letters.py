"""Letters are sent by a job, and forgotten when they are."""

import smtplib
from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr

from service.domain.access import SERVICE
from service.domain.job import JobKind
from service.store import claims, jobs, letters
from service.store.letters import Letter
from service.store.session import open_transaction
from service.wiring import InvalidSettingsError, build
from tests.jobs.stand_ins import write_letter
from tests.mail import RecordingMail
from tests.members import Service
from tests.work import do_jobs, list_due, make_runner

LINK = "https://example.com/join#secret"


def mail_of(service: Service) -> RecordingMail:
    mail = service.wiring.members.mail
    assert isinstance(mail, RecordingMail)
    return mail


def read(service: Service, letter_id: UUID) -> Letter:
    with open_transaction(service.wiring.members.engine, SERVICE, reading=True) as session:
        return letters.get(session, letter_id)


def test_a_letter_is_sent_and_its_body_forgotten(service: Service) -> None:
    letter_id = write_letter(service.wiring)
    assert mail_of(service).sent == []
    assert do_jobs(service.wiring) == 1
    (sent,) = mail_of(service).sent
    assert (sent.id, sent.to, sent.body) == (letter_id, "wang@example.com", LINK)
    kept = read(service, letter_id)
    assert (kept.sent_at, kept.body) == (service.clock.now, "")
    assert LINK not in service.dump("letter", "job", "audit_entry")
    assert "letter.send" in service.dump("audit_entry")


def test_a_letter_that_no_server_takes_is_sent_later(service: Service) -> None:
    letter_id = write_letter(service.wiring)
    refused = smtplib.SMTPRecipientsRefused({"wang@example.com": (450, b"busy")})
    mail_of(service).failures.append(refused)
    do_jobs(service.wiring)
    assert read(service, letter_id).body == LINK
    assert "wang@example.com" not in service.dump("job")
    service.clock.pass_by(timedelta(seconds=15))
    do_jobs(service.wiring)
    assert [sent.id for sent in mail_of(service).sent] == [letter_id]


def test_a_letter_that_was_sent_is_not_sent_by_a_second_job(service: Service) -> None:
    letter_id = write_letter(service.wiring)
    do_jobs(service.wiring)
    with open_transaction(service.wiring.members.engine, SERVICE) as session:
        subject, now = {"letter_id": str(letter_id)}, service.clock.now
        jobs.add(session, JobKind.SEND_LETTER, subject, organisation_id=None, now=now)
    do_jobs(service.wiring)
    assert len(mail_of(service).sent) == 1


def test_a_letter_whose_sender_is_thought_dead_is_sent_again_under_its_old_id(
    service: Service,
) -> None:
    letter_id, mail = write_letter(service.wiring), mail_of(service)
    (job_id,) = list_due(service.wiring)

    def be_thought_dead() -> None:
        with make_runner(service.wiring).transaction() as session:
            (claim,) = claims.list_held(session, "tester")
            claims.hand_back(session, claim, service.clock.now)

    mail.while_sending = be_thought_dead
    make_runner(service.wiring).run(job_id)
    assert read(service, letter_id).sent_at is None
    mail.while_sending = None
    do_jobs(service.wiring)
    assert [sent.id for sent in mail.sent] == [letter_id, letter_id]
    assert read(service, letter_id).sent_at is not None


@pytest.mark.parametrize(
    ("variable", "value"), [("mail_url", SecretStr("ftp://host")), ("mail_from", "nobody")]
)
def test_mail_that_cannot_be_sent_so_is_refused_at_start(
    service: Service, variable: str, value: object
) -> None:
    settings = service.wiring.settings.model_copy(update={variable: value})
    with pytest.raises(InvalidSettingsError, match="GREENCHAIN_MAIL_URL"):
        _ = build(settings).members
