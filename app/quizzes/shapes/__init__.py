"""Types of items as files hold them: their shape, and what the shape alone cannot tell."""

from app.quizzes.shapes.choosing import MatchingFile, MultipleFile, OrderingFile, SingleFile, TrueFalseFile
from app.quizzes.shapes.item import ItemFile, Name, Strict, Text
from app.quizzes.shapes.scenes import ScenarioFile, SpotFile
from app.quizzes.shapes.writing import NumericFile, TextFile

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

__all__ = ["FILES", "ItemFile", "Name", "Strict", "Text"]
