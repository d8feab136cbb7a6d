"""What is sealed can be read again with the same key, for the same purpose and owner, and nowhere else."""

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask

from app.core.sealing import seal, unseal


def test_secret_comes_back_and_two_sealings_differ(app: Flask) -> None:
    with app.app_context():
        first, second = (seal("JBSWY3DPEHPK3PXP", purpose="totp", owner=7) for _ in range(2))

        assert first != second
        assert "JBSWY3DPEHPK3PXP" not in first
        assert unseal(first, purpose="totp", owner=7) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize(("purpose", "owner"), [("totp", 8), ("other", 7)])
def test_sealed_for_another_is_not_opened(app: Flask, purpose: str, owner: int) -> None:
    with app.app_context():
        sealed = seal("secret", purpose="totp", owner=7)

        with pytest.raises(InvalidTag):
            unseal(sealed, purpose=purpose, owner=owner)


def test_with_another_installation_s_key_it_is_not_opened(app: Flask) -> None:
    with app.app_context():
        sealed = seal("secret", purpose="totp", owner=7)
        app.config["PEPPER"] = b"x" * 32

        with pytest.raises(InvalidTag):
            unseal(sealed, purpose="totp", owner=7)
