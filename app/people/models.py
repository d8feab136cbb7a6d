"""People, how they enter, where they belong, what they may do and what they agreed to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, one_of
from app.core.i18n import SIZES
from app.people.domain import ADDRESSES, ADULT, CHOICES, CONTRASTS, GIVERS, LEVELS, LINKS, PURPOSES, WAYS
from app.people.roles import ROLES

OPEN = text("ended_at IS NULL")
HERE = text("closed_at IS NULL")
WAITING = text("ended_at IS NULL AND confirmed_at IS NULL")


class Person(Base):
    """Someone who learns or works here. The only table, with consents' notes, that holds names."""

    __tablename__ = "person"
    __table_args__ = (
        one_of("address", ADDRESSES, "address"),
        one_of("adult", ADULT, "adult"),
        UniqueConstraint("import_key"),
        Index("ix_person_name", "name_key", "id"),
        Index("ix_person_here", "name_key", "id", "folded", sqlite_where=HERE, postgresql_where=HERE),  # lists, search
        Index("ix_person_folded", "folded"),
        Index("ix_person_phone", "phone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]  # for search
    name_key: Mapped[bytes]  # for sorting by given name
    address: Mapped[str]  # bác, cô, anh …
    adult: Mapped[str]  # yes | no | unsaid; unsaid counts as a minor
    birth_year: Mapped[int | None]
    phone: Mapped[str | None]
    import_key: Mapped[str | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Membership(Base):
    """Belonging to a group for a time. Counted once a leader or volunteer has confirmed it."""

    __tablename__ = "membership"
    __table_args__ = (
        one_of("kind", ("home", "branch"), "kind"),
        Index("uq_membership_open", "person_id", "kind", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_membership_group", "group_id"),
        Index("ix_membership_waiting", "person_id", "kind", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    kind: Mapped[str]  # home: khu phố or tổ; branch: chi đoàn
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RoleGrant(Base):
    """A role held in a branch of the tree, once in each. Everyone is a learner without a grant."""

    __tablename__ = "role_grant"
    __table_args__ = (
        one_of("role", ROLES, "role"),
        Index(
            "uq_role_grant_open", "person_id", "role", "group_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    group_id: Mapped[int] = mapped_column(ForeignKey("group.id"))
    granted_at: Mapped[datetime]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]


class Authenticator(Base):
    """A secret that proves who someone is: a PIN (learners) or a password (officers)."""

    __tablename__ = "authenticator"
    __table_args__ = (one_of("kind", ("pin", "password"), "kind"), UniqueConstraint("person_id", "kind"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    secret: Mapped[str]  # argon2id over an HMAC with a key outside the database
    set_at: Mapped[datetime]


class Card(Base):
    """The printed card: a QR with a 128-bit token, and six digits that work only with the PIN."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("length(code) = 6", "code_length"),
        Index("uq_card_code_open", "code", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("uq_card_person_open", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code: Mapped[str]
    token_hash: Mapped[str]
    issued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("card_sheet.id"))  # None: shown on a screen alone


class Device(Base):
    """A browser that someone has signed in on before; known by a cookie, nothing is measured."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    locks: Mapped[bool | None]  # whether it asks who goes on after a lesson; None: as soon as it has two names


class DeviceUse(Base):
    """Who has signed in on a device: these may enter there with the PIN alone."""

    __tablename__ = "device_use"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    used_at: Mapped[datetime]


class SignIn(Base):
    """A session. Deleting the row ends it, whoever holds a copy of the cookie."""

    __tablename__ = "sign_in"
    __table_args__ = (
        one_of("level", LEVELS, "level"),
        UniqueConstraint("token_hash"),
        Index("ix_sign_in_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    level: Mapped[str]  # card: learn only; pin: own matters; password: an officer's work
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SecondFactor(Base):
    """The key that an officer's authenticator app and we share. Sealed: whoever reads the table reads no key."""

    __tablename__ = "second_factor"
    __table_args__ = (CheckConstraint("(sealed IS NULL) = (set_at IS NULL)", "set_when_in_use"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sealed: Mapped[str | None]  # in use: proved with a code once
    sealed_next: Mapped[str | None]  # shown, and waiting for its first code
    last_step: Mapped[int]  # the half minute of the newest code taken: none is taken twice
    set_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """One of ten codes on paper, for the day when the phone is lost; each works once."""

    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("place BETWEEN 0 AND 9", "place"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)  # the code's first digit: one hash to check, not ten
    secret: Mapped[str]  # argon2id over an HMAC with a key outside the database
    used_at: Mapped[datetime | None]


class HalfSignIn(Base):
    """The password fitted, the second step is still to come. It is no session: it opens nothing."""

    __tablename__ = "half_sign_in"
    __table_args__ = (UniqueConstraint("token_hash"), Index("ix_half_sign_in_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class EntryLink(Base):
    """A link that works once: its holder chooses a password; a rescue also begins the second step anew."""

    __tablename__ = "entry_link"
    __table_args__ = (
        one_of("kind", LINKS, "kind"),
        UniqueConstraint("token_hash"),
        Index("uq_entry_link_open", "person_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str]
    kind: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: on the server's console
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # used, or replaced by a newer one


class FailureCount(Base):
    """Wrong tries, counted before any hashing; shared by all processes because it is a row."""

    __tablename__ = "failure_count"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class Consent(Base):
    """One answer to one question of consent. Append-only: the last of each giver is in force."""

    __tablename__ = "consent"
    __table_args__ = (
        one_of("purpose", PURPOSES, "purpose"),
        one_of("choice", CHOICES, "choice"),
        one_of("giver", GIVERS, "giver"),
        one_of("how", WAYS, "how"),
        Index("ix_consent_person", "person_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]  # record | name | photo
    choice: Mapped[str]  # full | given | no  (record and photo: full means yes)
    giver: Mapped[str]  # self | guardian
    text_version: Mapped[str]
    given_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: on their own screen
    how: Mapped[str | None]  # screen | spoken | paper | phone; None where nobody noted it


class Accommodation(Base):
    """What makes reading and answering easier for someone: it goes with them to any phone."""

    __tablename__ = "accommodation"
    __table_args__ = (
        one_of("text_size", SIZES, "text_size"),
        one_of("contrast", CONTRASTS, "contrast"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    text_size: Mapped[str]
    contrast: Mapped[str]
    fewer_options: Mapped[bool]
    read_first: Mapped[bool]
    updated_at: Mapped[datetime]
