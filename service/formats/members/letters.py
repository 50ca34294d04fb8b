"""Letters to people: how they join, and how they set a new password; each in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from lca_models.errors import Text
from service.domain.one_time_link import LIFETIMES, LinkPurpose

# Pages of the portal: each shows a form first, so that a scanner of mail that follows links uses
# none of them up.
_PAGES = {LinkPurpose.JOIN: "/join", LinkPurpose.RESET: "/password"}
_SUBJECTS = {
    LinkPurpose.JOIN: Text(en="Join {organisation} on greenchain", zh="加入{organisation}"),
    LinkPurpose.RESET: Text(en="Set a new greenchain password", zh="重置密码"),
}
_BODIES = {
    LinkPurpose.JOIN: Text(
        en="{organisation} invites you to work on product carbon footprints.\n"
        "Open this link within {hours} hours and choose a password:",
        zh="{organisation}邀请您参与产品碳足迹核算。\n请在{hours}小时内打开链接并设置密码：",
    ),
    LinkPurpose.RESET: Text(
        en="Somebody, we hope you, asked for a new password at {organisation}.\n"
        "Open this link within {hours} hours. If it was not you, do nothing:",
        zh="有人（应为您本人）申请重置在{organisation}的密码。\n"
        "请在{hours}小时内打开链接；如非本人操作，请忽略本邮件：",
    ),
}
_HOUR_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """What a letter says."""

    subject: str
    body: str


def write_link_letter(
    purpose: LinkPurpose, *, organisation: Text, public_url: str, token: str
) -> LinkLetter:
    """The letter that brings a link: Chinese first, then English, for who reads is not known."""
    hours = int(LIFETIMES[purpose].total_seconds()) // _HOUR_SECONDS
    link = f"{public_url}{_PAGES[purpose]}?{urlencode({'token': token})}"
    subject = _SUBJECTS[purpose].format(organisation=organisation)
    body = _BODIES[purpose].format(organisation=organisation, hours=hours)
    return LinkLetter(
        subject=f"{subject.zh} · {subject.en}",
        body=f"{body.zh}\n\n{link}\n\n{body.en}\n\n{link}\n",
    )
