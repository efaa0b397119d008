"""A school next door with a calendar on a real server: TLS, a certificate of its own, every kind of answer."""

import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "localhost"
OTHER_HOST = "nobody.example"


class School:
    """Its server: `gives` says what the next visitors get, `asked` what they asked for."""

    def __init__(self, folder: Path, host: str = HOST) -> None:
        self.asked: list[str] = []
        self._answers: list[Sequence[bytes | float]] = []
        self._lines: list[socket.socket] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder, host))
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where its calendar lies."""
        return f"https://{HOST}:{self.port}/gym.ics"

    def gives(self, body: bytes, status: str = "200 OK", **headers: str) -> None:
        """Answer with a body, from now on."""
        said = {"Content-Type": "text/calendar", "Content-Length": str(len(body))}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in said.items())]
        self.answers(["\r\n".join(lines).encode() + b"\r\n\r\n" + body])

    def answers(self, *answers: Sequence[bytes | float]) -> None:
        """Write these pieces, one answer after the other, the last one for ever; a number is a rest."""
        self._answers = list(answers)

    def close(self) -> None:
        """Nobody is there any more."""
        with suppress(OSError):  # Somebody may have closed it already.
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            line.close()

    def _serve(self) -> None:
        while True:
            try:
                raw, _whose = self._listener.accept()
            except OSError:
                return
            Thread(target=self._talk, args=(raw,), daemon=True).start()

    def _talk(self, raw: socket.socket) -> None:
        raw.settimeout(20)
        self._lines.append(raw)
        with suppress(OSError), self._context.wrap_socket(raw, server_side=True) as line:
            self._lines.append(line)
            question = b""
            while b"\r\n\r\n" not in question:
                piece = line.recv(4096)
                if not piece:
                    return
                question += piece
            self.asked.append(question.decode())
            answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
            for piece in answer:
                if isinstance(piece, bytes):
                    line.sendall(piece)
                else:
                    time.sleep(piece)
            line.unwrap()


@contextmanager
def a_school(folder: Path, host: str = HOST) -> Iterator[School]:
    """A school that is open until the test is done."""
    school = School(folder, host)
    try:
        yield school
    finally:
        school.close()


@cache
def _authority() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Who signs certificates in tests, and is trusted by nobody else."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _signed("Signs for tests", key, key, issuer="Signs for tests", is_authority=True)


def trusted(folder: Path) -> Path:
    """A file for SSL_CERT_FILE that names who signed the school's certificate."""
    file = folder / "authority.pem"
    file.write_bytes(_authority()[1].public_bytes(serialization.Encoding.PEM))
    return file


def _certificate(folder: Path, host: str) -> Path:
    authority, paper = _authority()
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = paper.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    own = _signed(host, key, authority, issuer=str(issuer), is_authority=False)
    file = folder / f"{host}.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + own.public_bytes(serialization.Encoding.PEM)
    )
    return file


def _signed(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    by: ec.EllipticCurvePrivateKey,
    *,
    issuer: str,
    is_authority: bool,
) -> x509.Certificate:
    began = datetime(2020, 1, 1, tzinfo=UTC)
    signing = x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=36_500))
        .add_extension(x509.BasicConstraints(is_authority, path_length=None), critical=True)
        .add_extension(signing, critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name.replace(" ", "-"))]), False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False
        )
        .sign(by, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
