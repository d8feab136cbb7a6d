"""The town that these stories happen in."""

import pytest
from flask import Flask

from tests.town import Town, make_town


@pytest.fixture
def town(app: Flask) -> Town:
    return make_town(app)
