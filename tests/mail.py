"""Mail for tests: remembers what was sent, and may fail on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field

from service.gateways.mail import Envelope


@dataclass
class RecordingMail:
    """Mail that goes nowhere; what it is told to raise, it raises once each."""

    sent: list[Envelope] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    while_sending: Callable[[], None] | None = None

    def send(self, envelope: Envelope) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(envelope)
        if self.while_sending is not None:
            self.while_sending()
