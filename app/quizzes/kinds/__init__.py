"""Types of items as files hold them: their shape, and what the shape alone cannot tell."""

from app.quizzes.kinds.choosing import MatchingFile, MultipleFile, OrderingFile, SingleFile, TrueFalseFile
from app.quizzes.kinds.item import ItemFile
from app.quizzes.kinds.scenes import ScenarioFile, SpotFile
from app.quizzes.kinds.writing import NumericFile, TextFile

FILES: dict[str, type[ItemFile]] = {
    "single": SingleFile,
    "multiple": MultipleFile,
    "true_false": TrueFalseFile,
    "ordering": OrderingFile,
    "matching": MatchingFile,
    "numeric": NumericFile,
    "text": TextFile,
    "spot": SpotFile,
    "scenario": ScenarioFile,
}
