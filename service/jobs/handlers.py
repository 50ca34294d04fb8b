"""The one table from the kind of a job to what it does."""

from __future__ import annotations

from collections.abc import Mapping

from service.domain.job import JobKind
from service.jobs import cleaning, footprints, letters, password_resets, reminders, reviews
from service.jobs.handling import Handler

HANDLERS: Mapping[JobKind, Handler] = {
    JobKind.CALCULATE_PRODUCT: Handler(footprints.calculate_product),
    JobKind.CALCULATE_CHAIN: Handler(footprints.calculate_chain),
    JobKind.RELEASE_BATCH: Handler(footprints.release_batch),
    JobKind.SEND_LETTER: Handler(letters.send),
    JobKind.REMIND: Handler(reminders.remind),
    JobKind.REVIEW_SUBMISSION: Handler(reviews.review),
    JobKind.CLEAN: Handler(cleaning.clean),
    JobKind.SEND_RESET_LINK: Handler(password_resets.send_link),
}
