"""The trail's codes in words. One that is new here is shown as it is."""

from collections.abc import Mapping
from typing import Any

from app.core.i18n import N_, say

ACTIONS = {
    "person.add": N_("Ghi tên người học"),
    "people.import": N_("Nhập danh sách"),
    "membership.confirm": N_("Xác nhận người của khu phố"),
    "card.issue": N_("Làm thẻ mới"),
    "pin.reset": N_("Cho đặt lại mã PIN"),
    "consent.record": N_("Ghi ý kiến đồng ý"),
    "role.grant": N_("Giao việc tình nguyện"),
    "role.end": N_("Thôi việc tình nguyện"),
    "group.add": N_("Thêm khu phố, chi đoàn"),
    "group.rename": N_("Đổi tên khu phố, chi đoàn"),
    "group.population": N_("Ghi số dân"),
    "group.contact": N_("Ghi người giúp của khu phố"),
    "ward.set_up": N_("Thiết lập Học Số"),
    "ward.help": N_("Ghi số gọi của Đoàn phường"),
    "help.take": N_("Nhận việc giúp"),
    "help.done": N_("Giúp xong"),
    "quiz.approve": N_("Duyệt bài"),
    "cycle.open": N_("Mở kỳ"),
    "cycle.frozen": N_("Chốt số liệu kỳ"),
    "cycle.propose": N_("Lập danh sách đề nghị"),
    "cycle.review": N_("Bắt đầu xét"),
    "cycle.posted": N_("Lấy ý kiến"),
    "cycle.signed": N_("Ký quyết định"),
    "cycle.announced": N_("Công bố"),
    "cycle.archived": N_("Lưu kỳ"),
    "cycle.returned": N_("Trả lại để xét thêm"),
    "cycle.withdrawn": N_("Rút kỳ"),
    "cycle.revoked": N_("Thu hồi"),
    "cycle.restated": N_("Đính chính"),
    "nomination.approve": N_("Duyệt đề nghị khen"),
    "nomination.ask": N_("Hỏi lại đề nghị khen"),
    "nomination.later": N_("Để đề nghị khen lại sau"),
    "standings.rebuild": N_("Tính lại bảng khu phố"),
}
SUBJECTS = {
    "help_request": N_("việc giúp số %(id)s"),
    "list": N_("tệp %(id)s"),
    "ward": N_("phường"),
    "quiz": N_("bài %(id)s"),
    "cycle": N_("kỳ %(id)s"),
    "nomination": N_("đề nghị số %(id)s"),
}
KEYS = {
    "new": N_("mới"),
    "changed": N_("sửa"),
    "same": N_("không đổi"),
    "broken": N_("để ngoài"),
    "purpose": N_("việc"),
    "choice": N_("trả lời"),
    "giver": N_("người trả lời"),
    "how": N_("cách"),
    "role": N_("vai trò"),
    "kind": N_("loại"),
    "before": N_("trước"),
    "after": N_("sau"),
    "adults": N_("số người"),
    "as_of": N_("ngày"),
    "group_id": N_("ở"),
    "period": N_("kỳ"),
    "from": N_("từ bước"),
}
VALUES = {
    "record": N_("lưu kết quả"),
    "name": N_("đăng tên"),
    "photo": N_("đăng ảnh"),
    "full": N_("đồng ý"),
    "given": N_("chỉ tên gọi"),
    "no": N_("không"),
    "self": N_("người học"),
    "guardian": N_("người giám hộ"),
    "spoken": N_("nói trực tiếp"),
    "paper": N_("giấy ký tay"),
    "phone": N_("qua điện thoại"),
    "volunteer": N_("tình nguyện viên"),
    "officer": N_("cán bộ"),
    "khu_pho": N_("khu phố"),
    "to": N_("tổ"),
    "chi_doan": N_("chi đoàn"),
}
CODED = ("purpose", "choice", "giver", "how", "role", "kind")


def action_words(action: str) -> str:
    """What was done."""
    return say(ACTIONS[action]) if action in ACTIONS else action


def subject_words(kind: str, subject_id: str) -> str:
    """To what, where it is neither a person nor a group."""
    return say(SUBJECTS[kind], id=subject_id) if kind in SUBJECTS else subject_id


def detail_words(detail: Mapping[str, Any], groups: Mapping[str, str]) -> str:
    """The rest, ``mới: 1, sửa: 0``; ``groups`` are names by id."""
    return ", ".join(
        f"{say(KEYS[key]) if key in KEYS else key}: {_value(key, value, groups)}" for key, value in detail.items()
    )


def _value(key: str, value: object, groups: Mapping[str, str]) -> str:
    if key == "group_id":
        return groups.get(str(value), str(value))
    return say(VALUES[str(value)]) if key in CODED and value in VALUES else str(value)
