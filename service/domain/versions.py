"""Things that change under hands: an edit names the version that it was made on."""

from __future__ import annotations

from lca_models.errors import RuleBrokenError, Text


class ChangedMeanwhileError(RuleBrokenError):
    """Somebody else changed it since it was read."""

    code = "changed-meanwhile"
    title = Text(en="It has changed since you read it", zh="内容已被他人修改")


class NotNowError(RuleBrokenError):
    """Its state does not allow this step."""

    code = "not-now"
    title = Text(en="Not possible in this state", zh="当前状态不允许此操作")


class TakenError(RuleBrokenError):
    """What may stand once stands already."""

    code = "taken"
    title = Text(en="It stands already", zh="已存在")


def refuse_other_version(expected: int | None, found: int) -> None:
    """Make sure that an edit was made on what stands there now.

    Args:
        expected: The version that the edit was made on; None edits whatever stands there.
        found: The version that stands there.

    Raises:
        ChangedMeanwhileError: They differ.
    """
    if expected is not None and expected != found:
        raise ChangedMeanwhileError(
            Text(
                en="It is at version {found}, your edit was made on version {expected}.",
                zh="当前为第{found}版，您的修改基于第{expected}版。",
            ).format(found=found, expected=expected),
            Text(en="Read it again, then edit.", zh="请重新读取后再修改。"),
            value=expected,
        )
