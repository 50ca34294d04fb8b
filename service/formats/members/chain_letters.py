"""Letters about chains: invitations, links, data requests, reviews, questions, reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lca_models.errors import Text
from service.domain.submission import Period


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter in both languages.

    Args:
        subject: What it is about, on one line.
        body: What it says.
    """

    subject: Text
    body: Text

    def in_both(self) -> tuple[str, str]:
        """Subject and body for somebody whose language is not known: Chinese, then English."""
        subject = f"{self.subject.zh} · {self.subject.en}"
        return subject, f"{self.body.zh}\n\n---\n\n{self.body.en}"


def write_invitation(
    inviter: Text, chain: Text, *, code: str, until: date, public_url: str
) -> LetterText:
    """Ask a firm into a chain."""
    return LetterText(
        Text(
            en="{inviter} invites you into its supply chain", zh="{inviter}邀请贵组织加入供应链"
        ).format(inviter=inviter),
        Text(
            en="{inviter} invites your organisation into the supply chain “{chain}”, to work out "
            "product carbon footprints together.\n\n"
            "Answer here: {url}/invitations?code={code}\n"
            "Or give this code once you are signed in: {code}\n\n"
            "The code works once, until {until}. Whoever has it can answer for an organisation: "
            "pass it on inside yours only. Your data stays yours; nobody else reads your bill of "
            "materials.",
            zh="{inviter}邀请贵组织加入供应链“{chain}”，共同核算产品碳足迹。\n\n"
            "请在此答复：{url}/invitations?code={code}\n"
            "或登录后填写邀请码：{code}\n\n"
            "邀请码仅可使用一次，有效期至{until}。持码者即可代表组织答复，请仅在贵组织内部转交。"
            "贵组织的数据归贵组织所有，他人无法查看物料清单。",
        ).format(inviter=inviter, chain=chain, code=code, until=until, url=public_url),
    )


def write_link_proposal(buyer: Text, material: str, url: str) -> LetterText:
    """Ask a supplier to agree to a link."""
    return LetterText(
        Text(en="{buyer} asks you to confirm a supply", zh="{buyer}请贵组织确认供需关系").format(
            buyer=buyer
        ),
        Text(
            en="{buyer} says that it buys “{material}” from you. Say which of your products that "
            "is, or decline: {url}",
            zh="{buyer}表示向贵组织采购“{material}”。请确认对应的产品，或予以拒绝：{url}",
        ).format(buyer=buyer, material=material, url=url),
    )


def write_data_request(asker: Text, product: Text, due_on: date, url: str) -> LetterText:
    """Ask a supplier for the data of a product."""
    return LetterText(
        Text(
            en="{asker} asks for data of {product} by {due_on}",
            zh="{asker}请于{due_on}前提供{product}的数据",
        ).format(asker=asker, product=product, due_on=due_on),
        Text(
            en="{asker} asks for the carbon footprint data of your product {product}, by {due_on}. "
            "It will see the footprint per declared unit, never the data itself.\n\n{url}",
            zh="{asker}请贵组织于{due_on}前提供产品{product}的碳足迹数据。"
            "对方仅能看到单位产品碳足迹，看不到数据明细。\n\n{url}",
        ).format(asker=asker, product=product, due_on=due_on, url=url),
    )


def write_answered_request(asker: Text, product: Text, period: Period, url: str) -> LetterText:
    """Tell a supplier that a buyer asks for what was accepted already."""
    return LetterText(
        Text(
            en="{asker} asks for data of {product} that you gave already",
            zh="{asker}索取{product}的数据，贵组织已提供",
        ).format(asker=asker, product=product),
        Text(
            en="{asker} asks for the carbon footprint data of your product {product}, from {start} "
            "to {end}. Your accepted data answers it: there is nothing to do. It will see the "
            "footprint per declared unit, never the data itself.\n\n{url}",
            zh="{asker}索取贵组织产品{product}{start}至{end}的碳足迹数据。"
            "已接受的数据即为答复，无需操作。对方仅能看到单位产品碳足迹，看不到数据明细。\n\n{url}",
        ).format(asker=asker, product=product, start=period.start, end=period.end, url=url),
    )


def write_review(supplier: Text, product: Text, url: str) -> LetterText:
    """Tell a buyer that a submission waits for its decision."""
    return LetterText(
        Text(
            en="{supplier} submitted data of {product}", zh="{supplier}提交了{product}的数据"
        ).format(supplier=supplier, product=product),
        Text(
            en="It was calculated and checked. Accept or return it: {url}",
            zh="系统已完成计算和检查。请接受或退回：{url}",
        ).format(url=url),
    )


def write_acceptance(reviewer: Text, product: Text, url: str) -> LetterText:
    """Tell a supplier that its submission was accepted."""
    return LetterText(
        Text(
            en="{reviewer} accepted your data of {product}",
            zh="{reviewer}接受了贵组织{product}的数据",
        ).format(reviewer=reviewer, product=product),
        Text(
            en="Footprints that rest on it are calculated anew: {url}",
            zh="相关碳足迹将重新计算：{url}",
        ).format(url=url),
    )


def write_return(reviewer: Text, product: Text, url: str) -> LetterText:
    """Tell a supplier that its submission was returned; the reason stays behind sign-in."""
    return LetterText(
        Text(
            en="{reviewer} returned your data of {product}",
            zh="{reviewer}退回了贵组织{product}的数据",
        ).format(reviewer=reviewer, product=product),
        Text(
            en="Read why, mend it, and submit it again: {url}",
            zh="请查看退回原因，更正后重新提交：{url}",
        ).format(url=url),
    )


def write_decline(supplier: Text, product: Text, url: str) -> LetterText:
    """Tell a buyer that its data request was declined."""
    return LetterText(
        Text(
            en="{supplier} declined your data request", zh="{supplier}拒绝了贵组织的数据请求"
        ).format(supplier=supplier),
        Text(
            en="{supplier} will not give data of {product} now. Its reason: {url}",
            zh="{supplier}目前不提供{product}的数据。原因见：{url}",
        ).format(supplier=supplier, product=product, url=url),
    )


def write_question(author: Text, product: Text, url: str) -> LetterText:
    """Tell one side of a data request that the other wrote; the words stay behind sign-in."""
    return LetterText(
        Text(
            en="{author} wrote to you about {product}", zh="{author}就{product}给贵组织留言"
        ).format(author=author, product=product),
        Text(en="Read and answer: {url}", zh="请查看并答复：{url}").format(url=url),
    )


def write_reminder(
    asker: Text, product: Text, *, due_on: date, overdue: bool, url: str
) -> LetterText:
    """Remind a supplier of a data request."""
    when = (
        Text(en="was due on {day}", zh="已于{day}到期")
        if overdue
        else Text(en="is due on {day}", zh="将于{day}到期")
    ).format(day=due_on)
    return LetterText(
        Text(en="Data of {product} {when}", zh="{product}的数据{when}").format(
            product=product, when=when
        ),
        Text(
            en="What {asker} asked for {when}. Submit it, ask a question, or decline: {url}",
            zh="{asker}索取的数据{when}。请提交数据、提出问题或予以拒绝：{url}",
        ).format(asker=asker, when=when, url=url),
    )
