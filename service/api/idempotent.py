"""`Idempotency-Key`: a POST that is sent again is answered again, and done once.

The key is claimed first in the transaction of the work, and the answer kept last in it: so there is
an answer if and only if the work was committed, and whoever comes second waits for the first.
What is refused has done nothing, is not kept, and will be judged anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from email.message import Message

from fastapi import Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from lca_models.errors import Text
from service.domain.access import Caller
from service.domain.answered_post import NamedPost, PostAnswer, name_post, refuse_other_request
from service.domain.versions import NotNowError
from service.gateways.keyring import Keyring
from service.store import answered_posts
from service.wiring import Wiring

Handler = Callable[[Request], Awaitable[Response]]
_HEADER = "idempotency-key"
_UNKEPT_HEADERS = {"content-length"}  # written anew
_BYTES = "latin-1"  # every byte a character, and back


class AnsweredBeforeError(Exception):
    """The request was done before: carries its answer past what would do it again."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


async def answer_once(handle: Handler, request: Request) -> Response:
    """Handle a POST once, if it names itself and its caller has a token."""
    key = request.headers.get(_HEADER)
    if key is None or "authorization" not in request.headers:
        return await handle(request)
    request.state.named = name_post(key, _list_parts(request, await request.body()))
    try:
        response = await handle(request)
    except AnsweredBeforeError as before:
        return before.response
    if getattr(request.state, "claimed", False):
        await run_in_threadpool(_keep, request, response)
    return response


def claim_key(request: Request, session: Session, wiring: Wiring, caller: Caller) -> None:
    """Claim the key of a request, if it has one, as the first thing in its transaction.

    Raises:
        AnsweredBeforeError: The request was done before; carries the answer.
        IdempotencyKeyError: The key stands for another request.
        NotNowError: The answer was sealed with a secret that the service no longer has.
    """
    named: NamedPost | None = getattr(request.state, "named", None)
    if named is None:
        return
    members = wiring.members
    answered = answered_posts.find_or_claim(session, named, caller, now=members.clock())
    if answered is None:
        request.state.claimed = True
        return
    refuse_other_request(named, answered)
    raise AnsweredBeforeError(_answer_again(answered, members.keyring))


def _list_parts(request: Request, body: bytes) -> Iterator[bytes]:
    """What a request asks; the boundary between parts of a form is drawn anew by every client."""
    yield request.method.encode()
    yield request.url.path.encode()
    yield request.url.query.encode()
    header = Message()
    header["content-type"] = request.headers.get("content-type", "")
    yield header.get_content_type().encode()
    boundary = header.get_boundary()
    yield from body.split(b"--" + boundary.encode(_BYTES)) if boundary else [body]


def _keep(request: Request, response: Response) -> None:
    wiring: Wiring = request.app.state.wiring
    named: NamedPost = request.state.named
    headers = {
        name: value for name, value in response.headers.items() if name not in _UNKEPT_HEADERS
    }
    sealed = wiring.members.keyring.seal(bytes(response.body).decode(_BYTES)).encode()
    answer = PostAnswer(named.request_hash, response.status_code, headers, sealed)
    answered_posts.keep(request.state.session, named, request.state.caller, answer)


def _answer_again(answered: PostAnswer, keyring: Keyring) -> Response:
    body = keyring.unseal(answered.body.decode())
    if body is None:
        raise NotNowError(
            Text(
                en="It was done, but its answer can no longer be opened.",
                zh="该请求已完成，但其结果无法再次解密。",
            ),
            Text(en="Read what it made.", zh="请直接读取其创建的对象。"),
        )
    return Response(
        body.encode(_BYTES), status_code=answered.status, headers=dict(answered.headers)
    )
