"""What can go wrong in a use case: a code and values, no words. ``core.web`` finds the words."""


class HocSoError(Exception):
    """A refusal that the person can act on.

    Args:
        code: A key of ``core.messages.MESSAGES``.
        values: What the sentence mentions, by name.
    """

    status = 400

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Invalid(HocSoError):
    """The input does not fit; ``field`` (a value) says which one where there is a form."""

    status = 422


class NotFound(HocSoError):
    """There is no such thing, or this person may not know of it."""

    status = 404

    def __init__(self, code: str = "not_found", **values: object) -> None:
        super().__init__(code, **values)


class Conflict(HocSoError):
    """The state has moved on; what was asked for no longer applies."""

    status = 409


class Busy(HocSoError):
    """Too many at once, or the store refuses writes for now; trying again later is right."""

    status = 503


class Locked(HocSoError):
    """Too many wrong tries; ``minutes`` (a value) says how long to rest."""

    status = 429
