"""Invented people: names put together from syllables, ages, forms of address. Nobody real is meant."""

from dataclasses import dataclass
from random import Random

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Mai",
)
FAMILY_WEIGHTS = (30, 13, 11, 10, 7, 7, 5, 5, 4, 3, 2, 1, 1, 1)
MIDDLE_WOMEN = ("Thị", "Thị", "Thị", "Thị Thu", "Thị Kim", "Thị Ngọc", "Thị Minh", "Thanh", "Thuỳ", "Bích")
MIDDLE_MEN = ("Văn", "Văn", "Văn", "Đức", "Hữu", "Quang", "Công", "Minh", "Xuân", "Đình")
GIVEN_WOMEN = (
    "Hoa", "Lan", "Mận", "Tươi", "Hằng", "Nga", "Thảo", "Yến", "Hiền", "Loan", "Oanh", "Dung", "Nhàn", "Phượng",
    "Hương", "Bình", "Liên", "Thắm", "Vân", "Hạnh", "Xuyến", "Quyên", "Trang", "Chi", "Ánh", "Diệp", "Đào", "Ngân",
)  # fmt: skip
GIVEN_MEN = (
    "Sơn", "Hùng", "Dũng", "Thắng", "Tiến", "Khánh", "Bảo", "Nam", "Long", "Toàn", "Vinh", "Quý", "Lộc", "Thịnh",
    "Đạt", "Hải", "Kiên", "Phúc", "Tùng", "Cường", "Ân", "Đông", "Giang", "Hoà", "Lâm", "Nghĩa", "Phong", "Trung",
)  # fmt: skip
AGES = ((12, 15, 6), (16, 24, 12), (25, 39, 16), (40, 54, 22), (55, 64, 22), (65, 74, 15), (75, 86, 7))
AGES_OF_YOUTH = ((14, 15, 1), (16, 22, 5), (23, 29, 5))


@dataclass(frozen=True)
class Invented:
    """A person as the demo makes them up."""

    name: str
    address: str
    age: int

    @property
    def adult(self) -> bool:
        return self.age >= 16


def invent(chance: Random, *, ages: tuple[tuple[int, int, int], ...] = AGES) -> Invented:
    """Someone of a random age out of weighted bands ``(from, to, weight)``."""
    low, high, _ = chance.choices(ages, [weight for _, _, weight in ages])[0]
    age = chance.randint(low, high)
    woman = chance.random() < 0.54
    middle = chance.choice(MIDDLE_WOMEN if woman else MIDDLE_MEN)
    given = chance.choice(GIVEN_WOMEN if woman else GIVEN_MEN)
    family = chance.choices(FAMILY, FAMILY_WEIGHTS)[0]
    return Invented(f"{family} {middle} {given}", form_of_address(age, woman=woman), age)


def form_of_address(age: int, *, woman: bool) -> str:
    """How someone of that age is spoken to."""
    if age >= 70:
        return "bà" if woman else "ông"
    if age >= 55:
        return "bác"
    if age >= 42:
        return "cô" if woman else "chú"
    if age >= 24:
        return "chị" if woman else "anh"
    return "bạn"
