"""What all systems that are asked over HTTP have in common: whom to trust, and what no answer means."""

import ipaddress
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from app.domain.text import one_line
from app.ports.connection import Wire
from app.ports.errors import MalformedAnswer, OutcomeUnknown, SystemFault, TimedOut, Unreachable, Untrusted

_SHORT = httpx.Timeout(connect=5, write=5, read=10, pool=5)


def trust(url: str, system: str) -> ssl.SSLContext | bool:
    """How to verify ``url``: by the system's trust store, or not at all where nothing leaves this machine.

    Raises:
        Untrusted: it is no address, or plain HTTP to another machine, which would show the password to everybody
            between.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise Untrusted(system, detail="this is no address") from None
    if parts.scheme == "https" and host:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if parts.scheme == "http" and _is_loopback(host):
        return False
    raise Untrusted(system, detail="only HTTPS, or HTTP to this machine itself, is safe")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def of_transport(error: httpx.HTTPError, what: str, system: str, *, writing: bool) -> SystemFault:
    """The fault for a request without an answer. ``what`` names the request, without anything a user typed.

    Only what failed before a byte was sent is known not to have happened (``shared/facts/desktop.md``).
    """
    detail = f"{type(error).__name__} for {what}"
    if isinstance(error, httpx.ConnectError) and _is_tls(error):
        return Untrusted(system, detail=f"the server's certificate could not be verified ({detail})")
    never_sent = httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol
    if isinstance(error, never_sent | httpx.ProxyError | httpx.LocalProtocolError):
        return Unreachable(system, detail=detail)
    if writing:
        return OutcomeUnknown(system, detail=detail)
    if isinstance(error, httpx.DecodingError):
        return MalformedAnswer(system, detail=detail)
    return TimedOut(system, detail=detail)


async def examine(http: httpx.AsyncClient, url: str, system: str) -> Wire:
    """What the way to ``url`` is like. Any HTTP answer tells it, also one that refuses the question."""
    try:
        answer = await http.head(url, timeout=_SHORT)
    except httpx.HTTPError as error:
        raise of_transport(error, "examine", system, writing=False) from error
    stream = answer.extensions.get("network_stream")
    tls = stream.get_extra_info("ssl_object") if stream is not None else None
    version, issuer, ends = _certificate(tls) if isinstance(tls, ssl.SSLObject | ssl.SSLSocket) else ("", "", None)
    return Wire(version, issuer, ends, _date(answer.headers.get("Date")))


def _certificate(tls: ssl.SSLObject | ssl.SSLSocket) -> tuple[str, str, datetime | None]:
    certificate = tls.getpeercert() or {}  # empty where the operating system verified it and OpenSSL did not
    ends, issuer = certificate.get("notAfter"), certificate.get("issuer", ())
    names = {pair[0]: pair[1] for part in issuer if isinstance(part, tuple) for pair in part if len(pair) == 2}
    name = names.get("organizationName") or names.get("commonName") or ""
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC) if isinstance(ends, str) else None
    return tls.version() or "", one_line(str(name)), until


def _date(text: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _is_tls(error: BaseException) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False
