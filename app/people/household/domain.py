"""Rules of a phone that several people learn on. Pure."""

from collections.abc import Collection

PROOFS = ("card", "pin")
MOST = 8  # names on one device: more is a class, not a family


def locks(setting: bool | None, people: int) -> bool:
    """Whether a device asks "who goes on?" after a lesson.

    Args:
        setting: What its people chose; ``None`` where nobody chose: it asks as soon as there are two.
        people: How many names are on it.
    """
    return people > 1 and setting is not False


def is_strange(own: int | None, here: Collection[int], sizes: dict[int, int]) -> bool:
    """Whether someone belongs to another household than the people of a device.

    A household of one is no household yet: whoever shared a phone with nobody can still join.

    Args:
        own: The household of the one who is to be added.
        here: The households of the people on the device.
        sizes: How many people each household has.
    """
    if own is None or own in here or sizes.get(own, 0) < 2:
        return False
    return any(sizes.get(one, 0) > 1 for one in here)
