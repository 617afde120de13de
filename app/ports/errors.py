"""What can go wrong between us and a system, as the user can act on it.

::

    SystemFault
     ├─ NoAnswer
     │   ├─ Unreachable        it never reached the server: nothing happened there
     │   ├─ TimedOut           a question (not a write) was not answered in time
     │   └─ OutcomeUnknown     a write was sent and not answered: it may have landed
     ├─ NotSignedIn
     │   ├─ WrongPassword
     │   ├─ TooManyAttempts    the system makes us wait
     │   └─ AccessEnded        the sign-in was ended there; the user must sign in again
     ├─ NoRights               this user may not
     ├─ NotFound
     ├─ Conflict               somebody changed it since it was read
     ├─ Refused                a rule of the system's, in its own words
     │   └─ Question           it goes on when the user says yes
     ├─ MalformedAnswer        an answer we do not understand
     └─ Untrusted              TLS could not be verified, or plain HTTP to another machine

A system's folder translates its own errors into these; nothing above it knows an HTTP status. A bug is no
SystemFault: it is left to rise and is reported as a bug.
"""


class SystemFault(Exception):
    """Something between us and a system that the user can be told of.

    Attributes:
        system: The name of the connection it happened on, e.g. ``tryton``.
        words: The system's own words for the user, or empty. Never a traceback.
        detail: Technical, for the fold-out under a message; holds no secret and no customer data.
    """

    def __init__(self, system: str, words: str = "", *, detail: str = "") -> None:
        super().__init__(f"{system}: {words or detail or type(self).__name__}")
        self.system = system
        self.words = words
        self.detail = detail


class NoAnswer(SystemFault):
    """The system did not answer."""


class Unreachable(NoAnswer):
    """The request never reached the server, so nothing happened there."""


class TimedOut(NoAnswer):
    """A question that changes nothing was not answered in time."""


class OutcomeUnknown(NoAnswer):
    """A write was sent and its answer lost: it may have landed. Read back before anything else is written."""


class NotSignedIn(SystemFault):
    """The system does not know who asks."""


class WrongPassword(NotSignedIn):
    """User name or password is wrong."""


class TooManyAttempts(NotSignedIn):
    """The system refuses sign-ins for a while after several wrong passwords."""


class AccessEnded(NotSignedIn):
    """The sign-in was ended or revoked at the system and cannot be renewed without the user."""


class NoRights(SystemFault):
    """The user may not do or see this."""


class NotFound(SystemFault):
    """There is no such thing, or not for this user."""


class ServerFault(SystemFault):
    """The system's own program failed on what it was asked."""


class Conflict(SystemFault):
    """Somebody changed it since it was read; nothing was written."""


class Refused(SystemFault):
    """A rule of the system said no, in ``words``; nothing was written."""


class Question(Refused):
    """The system warns and goes on only when the user agrees; nothing was written yet.

    Attributes:
        name: The system's own name of the warning, sent back with the yes.
    """

    def __init__(self, system: str, words: str, *, name: str, detail: str = "") -> None:
        super().__init__(system, words, detail=detail)
        self.name = name


class MalformedAnswer(SystemFault):
    """The answer to a question could not be understood."""


class Untrusted(SystemFault):
    """The connection is not safe: TLS could not be verified, or plain HTTP would leave this machine."""
