"""The form at the door, read in one way wherever it stands: at the desk, in a visit, in a class."""

from collections.abc import Mapping
from typing import TypedDict

from app.core.text import whole_number


class DoorFields(TypedDict):
    """What :func:`app.outreach.service.sign_up_at_door` takes from the form."""

    key: str
    name: str
    address: str
    adult: str
    group_id: int
    branch_id: int | None
    agreed: bool
    guardian: bool


def door_fields(form: Mapping[str, str]) -> DoorFields:
    """The fields as they were typed; a khu phố that is none becomes 0."""
    return {
        "key": form.get("key", ""),
        "name": form.get("name", ""),
        "address": form.get("address", ""),
        "adult": form.get("adult", ""),
        "group_id": whole_number(form.get("group")) or 0,
        "branch_id": whole_number(form.get("branch")),
        "agreed": "agreed" in form,
        "guardian": "guardian" in form,
    }
