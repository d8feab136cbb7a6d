"""How the demo's people answer: a form that is right, or one that is not, for an item of any type."""

from random import Random

from app.quizzes.kinds.choosing import Multiple, Single, TrueFalse
from app.quizzes.kinds.kind import LETTERS, Kind, Order
from app.quizzes.kinds.scenes import Scenario, Spot
from app.quizzes.kinds.sorting import Matching, Ordering
from app.quizzes.kinds.writing import Numeric, Words


def right_form(kind: Kind, order: Order, path: str = "") -> dict[str, list[str]]:
    """The form that earns all the credit. ``path``: the turns of a story taken so far."""
    match kind:
        case Single() | TrueFalse():
            return {"choice": [LETTERS[order.index(kind.key)]]}
        case Multiple():
            right = {option.id for option in kind.options if option.right}
            return {"choice": [LETTERS[n] for n, one in enumerate(order) if one in right]}
        case Spot():
            return {"choice": [LETTERS[n] for n, part in enumerate(kind.parts) if part.suspicious]}
        case Ordering():
            return {"order": ["".join(LETTERS[order.index(step.id)] for step in kind.steps)]}
        case Matching():
            return {f"pair{n}": [LETTERS[order.index(pair.id)]] for n, pair in enumerate(kind.pairs)}
        case Numeric():
            return {"choice": [repr(kind.answer)]}
        case Words():
            return {"choice": [kind.accepts[0]]}
        case Scenario():
            return {"choice": [_turn(kind, order, path, good=True)]}
    raise TypeError(kind)


def wrong_form(kind: Kind, order: Order, chance: Random, path: str = "") -> dict[str, list[str]]:
    """A form that does not earn all of it, as people really answer."""
    match kind:
        case Single() | TrueFalse():
            return {"choice": [chance.choice([LETTERS[n] for n, one in enumerate(order) if one != kind.key])]}
        case Multiple():
            return {"choice": [chance.choice(LETTERS[: len(order)])]}
        case Spot():
            innocent = [LETTERS[n] for n, part in enumerate(kind.parts) if not part.suspicious]
            return {"choice": [chance.choice(innocent)]}
        case Ordering():
            letters = right_form(kind, order)["order"][0]
            return {"order": [letters[1] + letters[0] + letters[2:]]}
        case Matching():
            pairs = right_form(kind, order)
            return dict(zip(pairs, [*list(pairs.values())[1:], pairs["pair0"]], strict=True))
        case Numeric():
            return {"choice": [repr(kind.misses[0][0])]}
        case Words():
            return {"choice": [kind.misses[0].value]}
        case Scenario():
            return {"choice": [_turn(kind, order, path, good=False)]}
    raise TypeError(kind)


def _turn(story: Scenario, order: Order, path: str, *, good: bool) -> str:
    """The letter of a turn that is good or not; any where there is no such turn."""
    here = story.walk(path)[1]
    ways = [way for way in order if way.rpartition("/")[0] == here.id]
    fits = [n for n, way in enumerate(ways) if here.turns[int(way.rpartition("/")[2])].good is good]
    return LETTERS[fits[0] if fits else 0]
