"""Roles in words, and in one line what each is for."""

from collections.abc import Iterable

from app.core.i18n import N_, say

NAMES = {
    "volunteer": N_("Tình nguyện viên"),
    "leader": N_("Phụ trách khu phố, chi đoàn"),
    "author": N_("Người soạn câu hỏi"),
    "reviewer": N_("Người xét"),
    "approver": N_("Người duyệt và ký"),
    "partner": N_("Đơn vị phối hợp"),
    "admin": N_("Quản trị"),
    "officer": N_("Cán bộ"),
}
ABOUT = {
    "volunteer": N_("giúp bà con tại nhà, tại lớp; vào bằng mã PIN"),
    "leader": N_("xem người học, lời hẹn giúp và số liệu của nơi mình phụ trách"),
    "author": N_("xem đáp án, sửa và thêm câu hỏi"),
    "reviewer": N_("xét đề nghị khen"),
    "approver": N_("duyệt bài, ký và công bố"),
    "partner": N_("chỉ xem số liệu chung, không xem tên ai"),
    "admin": N_("lo người học, khu phố, vai trò, cài đặt; không xem bài làm của ai"),
    "officer": N_("làm mọi việc của Đoàn phường"),
}


def role_name(role: str) -> str:
    """The role in words."""
    return say(NAMES[role])


def role_names(roles: Iterable[str]) -> str:
    """Several roles in one line; someone without one is a learner."""
    return ", ".join(say(NAMES[role]) for role in roles) or say(N_("Người học"))


def role_choices(roles: Iterable[str]) -> list[tuple[str, str]]:
    """For a form: the role and what it is for."""
    return [(role, f"{say(NAMES[role])}: {say(ABOUT[role])}") for role in roles]
