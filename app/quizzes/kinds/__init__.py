"""Types of items at run time, by the name that files and rows give them."""

from app.quizzes.kinds.choosing import Multiple, Single, TrueFalse
from app.quizzes.kinds.kind import Body, Kind
from app.quizzes.kinds.scenes import Scenario, Spot
from app.quizzes.kinds.sorting import Matching, Ordering
from app.quizzes.kinds.writing import Numeric, Words


def kind_of(type: str, body: Body) -> Kind:
    """The type-specific part of an item, key included."""
    return _MAKERS[type].of(body)


_MAKERS = {
    kind.type: kind for kind in (Single, Multiple, TrueFalse, Ordering, Matching, Numeric, Words, Spot, Scenario)
}
TYPES = tuple(_MAKERS)
