"""A jobcentre and an a-kasse with their staff; a host of calendars on this machine."""

import datetime as dt
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from accounts.models import User
from partnerships.models import Organisation, Role
from tests.factories import AKasseFactory, JobcentreFactory, UserFactory, moment

TODAY = dt.date(2026, 11, 23)
NOW = moment(TODAY, 10, 12)


@dataclass
class House:
    """Two organisations, each with who plans and who holds interviews."""

    jobcentre: Organisation
    a_kasse: Organisation
    planner: User
    caseworker: User
    colleague: User
    leader: User
    consultant: User


@pytest.fixture
def house(db: None) -> House:
    """A jobcentre and an a-kasse."""
    jobcentre, a_kasse = JobcentreFactory(), AKasseFactory()
    return House(
        jobcentre,
        a_kasse,
        planner=UserFactory(role=Role.BOOKING_COORDINATOR, organisation=jobcentre),
        caseworker=UserFactory(role=Role.CASEWORKER, organisation=jobcentre),
        colleague=UserFactory(role=Role.CASEWORKER, organisation=jobcentre),
        leader=UserFactory(role=Role.COORDINATOR, organisation=a_kasse),
        consultant=UserFactory(role=Role.JOB_CONSULTANT, organisation=a_kasse),
    )


@dataclass
class Host:
    """A web server that speaks HTTPS on loopback; tests say what it answers."""

    port: int = 0
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drip_seconds: float = 0
    asked: list[dict[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where its calendar lies."""
        return f"https://localhost:{self.port}/secret/calendar.ics?key=1"


class Handler(BaseHTTPRequestHandler):
    """Answers what the host says."""

    host: Host

    def do_GET(self) -> None:
        host = self.host
        host.asked.append({"path": self.path, **dict(self.headers)})
        etag = host.headers.get("ETag")
        same = etag and self.headers.get("If-None-Match") == etag
        self.send_response(304 if same else host.status)
        for name, value in host.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self._send(b"" if same else host.body)

    def _send(self, body: bytes) -> None:
        step = 1 if self.host.drip_seconds else len(body) or 1
        for start in range(0, len(body), step):
            self.wfile.write(body[start : start + step])
            self.wfile.flush()
            time.sleep(self.host.drip_seconds)

    def log_message(self, *_said: object) -> None:
        """Nothing on the screen."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A certificate for localhost, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = dt.datetime.now(tz=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("host") / "host.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return str(path)


@pytest.fixture
def host(certificate: str, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Host]:
    """A host of calendars on loopback, whose certificate this process trusts."""
    settings.CALENDARS_FROM_LOOPBACK = True
    monkeypatch.setenv("SSL_CERT_FILE", certificate)
    host = Host()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"host": host}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_asked: None
    host.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield host
    server.shutdown()
    server.server_close()
    thread.join()
