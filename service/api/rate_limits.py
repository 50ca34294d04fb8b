"""How often one client may ask: each has a bucket that empties by requests and fills with time.

Kept in memory, for one process: several processes let through as many times as much.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import HTTPException, Request

_MINUTE_S = 60.0
_MOST_CLIENTS = 20_000  # about 4 MB
_NETWORK_BITS = 64  # what one subscriber gets of IPv6: RFC 6177


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left.

    Args:
        most: Requests of a full bucket.
        left: Requests that may follow at once; below zero when this one was too many.
        full_in_s: Seconds until the bucket is full again.
    """

    most: int
    left: int
    full_in_s: int

    def to_headers(self) -> dict[str, str]:
        """As the client reads it. Source: draft-ietf-httpapi-ratelimit-headers-07."""
        return {
            "RateLimit-Limit": str(self.most),
            "RateLimit-Remaining": str(max(self.left, 0)),
            "RateLimit-Reset": str(self.full_in_s),
        }


@dataclass(slots=True)
class Buckets:
    """A bucket for every client; one event loop alone touches them.

    Args:
        per_minute: Requests that fill a bucket, and that flow in within a minute.
        clock: Seconds since some moment.
    """

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    _full_at: dict[str, float] = field(default_factory=dict)

    def take(self, client: str) -> Allowance:
        """Count a request of a client; one too many is not counted."""
        now, each_s = self.clock(), _MINUTE_S / self.per_minute
        full_at = max(self._full_at.pop(client, now), now) + each_s
        left = math.floor((now + _MINUTE_S - full_at) / each_s + 1e-6)
        if left < 0:
            full_at -= each_s
        self._full_at[client] = full_at  # the last of the dictionary: whoever asked last
        if len(self._full_at) > _MOST_CLIENTS:
            self._full_at.pop(next(iter(self._full_at)))
        return Allowance(self.per_minute, left, math.ceil(full_at - now))


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Buckets of those who signed in, by who they are, and of all others, by their address."""

    signed_in: Buckets
    others: Buckets

    def take(self, request: Request, actor: str | None) -> None:
        """Count a request; its answer tells what is left.

        Raises:
            HTTPException: 429, the bucket is empty.
        """
        if actor is None:
            allowance = self.others.take(find_network(request))
        else:
            allowance = self.signed_in.take(actor)
        headers = allowance.to_headers()
        request.state.headers = headers
        if allowance.left < 0:
            wait_s = math.ceil(_MINUTE_S / allowance.most)
            raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait_s)})


def find_network(request: Request) -> str:
    """Where a request comes from: its address, or of IPv6 the network of its subscriber."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:  # noqa: PLR2004 - of the protocol
        return host
    return str(ipaddress.ip_network((int(address), _NETWORK_BITS), strict=False))
