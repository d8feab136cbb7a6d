"""The three pictures of a card: its owner knows it again by them and can say them on the telephone.

They follow from the digest of the card's token, so that print, screen and console show the same ones
and nothing has to be kept. They open nothing: what they tell of the token is 14 of its 128 bits, and of
the six digits nothing.
"""

from dataclasses import dataclass
from hashlib import sha256

from app.core import security
from app.core.i18n import N_, say

SYMBOLS = {
    "thuyen": N_("thuyền"),
    "sen": N_("hoa sen"),
    "ca": N_("con cá"),
    "xe-dap": N_("xe đạp"),
    "am": N_("ấm nước"),
    "non": N_("nón lá"),
    "meo": N_("con mèo"),
    "vit": N_("con vịt"),
    "mat-troi": N_("mặt trời"),
    "trang": N_("mặt trăng"),
    "nha": N_("ngôi nhà"),
    "o": N_("cái ô"),
    "chia-khoa": N_("chìa khoá"),
    "chuoi": N_("quả chuối"),
    "bat": N_("bát cơm"),
    "buom": N_("con bướm"),
    "thong": N_("cây thông"),
    "nui": N_("ngọn núi"),
    "trong": N_("cái trống"),
    "den": N_("đèn lồng"),
    "dieu": N_("cái diều"),
    "rua": N_("con rùa"),
    "dong-ho": N_("đồng hồ"),
    "quat": N_("cái quạt"),
}  # the order is part of every card that was printed: add at no place, take none away


@dataclass(frozen=True)
class Symbol:
    """A picture of ``img/card-symbols.svg`` and its word."""

    key: str
    word: str


def symbols_of(token_hash: str) -> tuple[Symbol, Symbol, Symbol]:
    """The three different pictures of a card, in their order."""
    number = int.from_bytes(sha256(f"symbols:{token_hash}".encode()).digest()[:8], "big")
    left = list(SYMBOLS)
    found = []
    for _ in range(3):
        number, place = divmod(number, len(left))
        key = left.pop(place)
        found.append(Symbol(key, say(SYMBOLS[key])))
    return found[0], found[1], found[2]


def symbols_of_token(token: str) -> tuple[Symbol, Symbol, Symbol]:
    """The same for a card at the moment when its token is known."""
    return symbols_of(security.digest(token))
