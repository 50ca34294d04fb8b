"""Who decides on a submission: the buyer who asked for it, or its owner where nobody did."""

from __future__ import annotations

from uuid import UUID

from lca_models.errors import Text
from service.domain.access import not_there
from service.domain.review import Review, ReviewState
from service.domain.versions import NotNowError


def refuse_owners_decision(review: Review | None) -> None:
    """Make sure that no buyer decides on a submission.

    Args:
        review: Its open review, if there is one.

    Raises:
        NotNowError: A buyer does.
    """
    if review is not None:
        raise NotNowError(
            Text(en="Who asked for the data decides on it.", zh="由索取数据的买方审核。"),
            Text(en="Wait for its decision.", zh="请等待其审核结果。"),
        )


def refuse_other_reviewer(review: Review, firm_id: UUID) -> None:
    """Make sure that a firm is the one that decides; its supplier sees the review, too.

    Raises:
        NotThereError: It is not.
    """
    if review.reviewer_id != firm_id:
        raise not_there(Text(en="review to decide on", zh="待审核事项"))


def refuse_closed(review: Review) -> None:
    """Make sure that a review is not decided yet.

    Raises:
        NotNowError: It is.
    """
    if review.state is not ReviewState.OPEN:
        raise NotNowError(
            Text(en="The review is {state} already.", zh="该审核{state}。").format(
                state=Text(en=review.state.value, zh=_STATES[review.state])
            ),
            Text(en="Nothing is left to decide.", zh="无需再次审核。"),
            value=review.state.value,
        )


_STATES = {
    ReviewState.OPEN: "待审核",
    ReviewState.ACCEPTED: "已接受",
    ReviewState.RETURNED: "已退回",
}
