"""The words that people are asked for consent, by version. A version that was asked once never changes.

New words get a version of their own here, and ``domain.CONSENT_TEXT`` then names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.i18n import N_
from app.people.domain import CONSENT_TEXT


@dataclass(frozen=True)
class Asked:
    """One question of consent.

    Attributes:
        title: What it is about, in a few words.
        question: What is asked.
        means: What follows from a yes.
        stops: What happens at a no, or when it is taken back.
        choices: What one may answer, code → words.
    """

    title: str
    question: str
    means: str
    stops: str
    choices: Mapping[str, str]


TEXTS: Mapping[str, Mapping[str, Asked]] = {
    "2026-11": {
        "record": Asked(
            N_("Lưu kết quả học"),
            N_("Đồng ý cho Đoàn phường lưu tên gọi, khu phố và kết quả học của %(x)s."),
            N_(
                "Bài đã làm, huy hiệu và điểm được giữ lại, tính cho khu phố. Chỉ %(x)s, người giúp và cán bộ xem được."
            ),
            N_("Từ lúc đó không ghi thêm gì. Bài vẫn làm thử được. Muốn xoá cả phần đã ghi, bấm Xoá dữ liệu của tôi."),
            {"full": N_("Đồng ý lưu"), "no": N_("Không lưu nữa")},
        ),
        "name": Asked(
            N_("Tên trên trang tuyên dương"),
            N_("Cho phép đăng tên %(x)s trên trang tuyên dương?"),
            N_("Khi %(x)s được tuyên dương, tên và khu phố hiện trên trang công khai, ai cũng xem được."),
            N_("Tên được gỡ ở mọi trang ngay. Lời khen vẫn giữ, không nêu tên."),
            {"full": N_("Đăng tên đầy đủ"), "given": N_("Chỉ đăng tên gọi"), "no": N_("Không đăng")},
        ),
        "photo": Asked(
            N_("Ảnh"),
            N_("Cho phép chụp và đăng ảnh %(x)s ở buổi học, buổi tuyên dương?"),
            N_("Ảnh có mặt %(x)s có thể được Đoàn phường đăng kèm tin về buổi học."),
            N_("Ảnh không được đăng nữa; ảnh đã đăng được gỡ."),
            {"full": N_("Đồng ý"), "no": N_("Không đồng ý")},
        ),
    },
}
CURRENT = TEXTS[CONSENT_TEXT]
HOW_WORDS = {
    "screen": N_("trên máy của mình"),
    "spoken": N_("nói trực tiếp"),
    "paper": N_("giấy ký tay"),
    "phone": N_("qua điện thoại"),
    "": N_("không ghi cách"),
}
GIVER_WORDS = {"self": N_("người học"), "guardian": N_("bố mẹ, người giám hộ")}


def words_of(version: str, purpose: str) -> Asked:
    """What was asked under a version; of one that is not known any more, today's words."""
    return TEXTS.get(version, CURRENT)[purpose]
