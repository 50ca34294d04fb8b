"""The client: one attribute for each room; written by `service.api.client_source`."""

from __future__ import annotations

from service.client.connection import Connection
from service.client.operations.appointments import Appointments
from service.client.operations.audit import Audit
from service.client.operations.background import Background
from service.client.operations.bom import Bom
from service.client.operations.calculations import Calculations
from service.client.operations.certificates import Certificates
from service.client.operations.chains import Chains
from service.client.operations.clients import Clients
from service.client.operations.consents import Consents
from service.client.operations.data_requests import DataRequests
from service.client.operations.decisions import Decisions
from service.client.operations.disclosures import Disclosures
from service.client.operations.evidence import Evidence
from service.client.operations.footprints import Footprints
from service.client.operations.formats import Formats
from service.client.operations.invitations import Invitations
from service.client.operations.jobs import Jobs
from service.client.operations.joining import Joining
from service.client.operations.links import Links
from service.client.operations.members import Members
from service.client.operations.people import People
from service.client.operations.products import Products
from service.client.operations.releases import Releases
from service.client.operations.reviews import Reviews
from service.client.operations.sessions import Sessions
from service.client.operations.sites import Sites
from service.client.operations.submissions import Submissions
from service.client.operations.templates import Templates
from service.client.operations.tokens import Tokens


class Client:
    """Every operation of the service, by its room."""

    def __init__(self, connection: Connection) -> None:
        """Take the connection that all rooms share."""
        self.appointments = Appointments(connection)
        self.audit = Audit(connection)
        self.background = Background(connection)
        self.bom = Bom(connection)
        self.calculations = Calculations(connection)
        self.certificates = Certificates(connection)
        self.chains = Chains(connection)
        self.clients = Clients(connection)
        self.consents = Consents(connection)
        self.data_requests = DataRequests(connection)
        self.decisions = Decisions(connection)
        self.disclosures = Disclosures(connection)
        self.evidence = Evidence(connection)
        self.footprints = Footprints(connection)
        self.formats = Formats(connection)
        self.invitations = Invitations(connection)
        self.jobs = Jobs(connection)
        self.joining = Joining(connection)
        self.links = Links(connection)
        self.members = Members(connection)
        self.people = People(connection)
        self.products = Products(connection)
        self.releases = Releases(connection)
        self.reviews = Reviews(connection)
        self.sessions = Sessions(connection)
        self.sites = Sites(connection)
        self.submissions = Submissions(connection)
        self.templates = Templates(connection)
        self.tokens = Tokens(connection)
