"""Transport over distances that nothing travels."""

from __future__ import annotations

from collections.abc import Iterator

from lca_models.errors import Text
from service.domain.plausibility.examination import Examination, tell_slip
from service.domain.plausibility.finding import Finding, doubt, say
from service.domain.submission import Input, Line, Transport, TransportLeg, Waste

_ON_LAND = ("road", "rail")


def find_strange_legs(examined: Examination) -> Iterator[Finding]:
    """Legs shorter than any way between two firms, or longer than any way on land or at all."""
    for line in examined.submission.lines:
        for leg in _legs_of(line):
            yield from _judge(line.label, leg, examined)


def _legs_of(line: Line) -> tuple[TransportLeg, ...]:
    match line:
        case Transport():
            return (line.leg,)
        case Input() | Waste():
            return line.legs
        case _:
            return ()


def _judge(label: str, leg: TransportLeg, examined: Examination) -> Iterator[Finding]:
    limits, distance_km = examined.facts.limits, leg.distance.to("km")
    on_land = examined.library.find_transport_mode(leg.mode).key.startswith(_ON_LAND)
    longest_km = limits.longest_land_leg_km if on_land else limits.longest_leg_km
    if limits.shortest_leg_km <= distance_km <= longest_km:
        return
    yield doubt(
        "transport-distance",
        label,
        Text(
            en="The leg of {distance} km is not between {least} and {most} km; it looks "
            "like {slip}.",
            zh="运输距离{distance}千米不在{least}至{most}千米之间，疑似{slip}。",
        ).format(
            distance=say(distance_km),
            least=say(limits.shortest_leg_km),
            most=say(longest_km),
            slip=tell_slip(leg.distance.unit, too_large=distance_km > longest_km),
        ),
        Text(en="Check the distance and its unit.", zh="请核对运输距离及其计量单位。"),
        distance_km,
    )
