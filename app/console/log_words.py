"""The trail's codes in words. One that is new here is shown as it is."""

from collections.abc import Mapping
from typing import Any

from app.core.i18n import N_, say

ACTIONS = {
    "person.add": N_("Ghi tên người học"),
    "people.import": N_("Nhập danh sách"),
    "membership.confirm": N_("Xác nhận người của khu phố"),
    "card.issue": N_("Làm thẻ mới"),
    "cards.print": N_("In tờ thẻ học"),
    "household.leave": N_("Ghi là không cùng nhà nữa"),
    "person.merge": N_("Gộp hồ sơ trùng"),
    "person.unmerge": N_("Hoàn tác gộp hồ sơ"),
    "person.distinct": N_("Ghi là hai người khác nhau"),
    "pin.reset": N_("Cho đặt lại mã PIN"),
    "consent.record": N_("Ghi ý kiến đồng ý"),
    "accommodation.set": N_("Chọn cách đọc cho dễ"),
    "role.grant": N_("Giao việc"),
    "role.end": N_("Thôi việc"),
    "factor.set": N_("Bật bước hai"),
    "factor.codes": N_("Làm mã dự phòng mới"),
    "factor.recovery": N_("Vào bằng mã dự phòng"),
    "factor.reset": N_("Đặt lại bước hai"),
    "password.change": N_("Đổi mật khẩu"),
    "signin.link": N_("Tạo đường dẫn đặt mật khẩu"),
    "signin.rescue": N_("Mở đường vào lại từ máy chủ"),
    "signin.link_used": N_("Đặt mật khẩu bằng đường dẫn"),
    "group.add": N_("Thêm khu phố, chi đoàn"),
    "group.rename": N_("Đổi tên khu phố, chi đoàn"),
    "group.population": N_("Ghi số dân"),
    "group.contact": N_("Ghi người giúp của khu phố"),
    "ward.set_up": N_("Thiết lập Học Số"),
    "ward.help": N_("Ghi số gọi của Đoàn phường"),
    "visit.start": N_("Mở buổi đến nhà"),
    "visit.end": N_("Kết thúc buổi đến nhà"),
    "skill.confirm": N_("Xác nhận đã tự làm được"),
    "look.ok": N_("Gọi lại xem: ổn"),
    "look.redo": N_("Gọi lại xem: cần làm lại"),
    "look.unreached": N_("Gọi lại xem: không liên lạc được"),
    "team.accepted": N_("Nhận vào đội tình nguyện"),
    "team.declined": N_("Chưa nhận vào đội tình nguyện"),
    "team.leave": N_("Rời đội tình nguyện"),
    "help.take": N_("Nhận việc giúp"),
    "help.done": N_("Giúp xong"),
    "quiz.approve": N_("Duyệt bài"),
    "item.hide": N_("Ẩn câu hỏi"),
    "item.return": N_("Đưa lại câu hỏi"),
    "report.fixed": N_("Trả lời câu bị báo: đã sửa"),
    "report.kept": N_("Trả lời câu bị báo: giữ nguyên"),
    "proposal.accept": N_("Dùng câu đề xuất"),
    "proposal.decline": N_("Chưa dùng câu đề xuất"),
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
    "request.receive": N_("Nhận yêu cầu về dữ liệu"),
    "request.acknowledge": N_("Báo đã nhận yêu cầu"),
    "request.name": N_("Nhận đúng người gửi yêu cầu"),
    "request.answer": N_("Trả lời yêu cầu"),
    "person.correct": N_("Sửa thông tin người học"),
    "person.export": N_("Tải dữ liệu của một người"),
    "person.erase": N_("Xoá dữ liệu của một người"),
    "person.leave": N_("Đóng hồ sơ"),
    "person.return": N_("Mở lại hồ sơ"),
    "publication.names_down": N_("Gỡ tên khỏi trang tuyên dương cũ"),
    "privacy.restored": N_("Xoá lại sau khi phục hồi bản sao lưu"),
}
SUBJECTS = {
    "help_request": N_("việc giúp số %(id)s"),
    "visit": N_("buổi đến nhà số %(id)s"),
    "confirmation": N_("xác nhận số %(id)s"),
    "list": N_("tệp %(id)s"),
    "ward": N_("phường"),
    "quiz": N_("bài %(id)s"),
    "item": N_("câu %(id)s"),
    "proposal": N_("đề xuất số %(id)s"),
    "cycle": N_("kỳ %(id)s"),
    "nomination": N_("đề nghị số %(id)s"),
    "card_sheet": N_("lần in số %(id)s"),
    "privacy_request": N_("yêu cầu số %(id)s"),
    "publication": N_("bản công bố số %(id)s"),
    "database": N_("cơ sở dữ liệu"),
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
    "reports": N_("số lời báo"),
    "item": N_("câu"),
    "points": N_("điểm"),
    "period": N_("kỳ"),
    "skill": N_("kỹ năng"),
    "practice": N_("phiếu thực hành"),
    "confirmation": N_("số xác nhận"),
    "groups": N_("nơi phụ trách"),
    "from": N_("từ bước"),
    "cards": N_("số thẻ"),
    "ended": N_("thẻ cũ dừng"),
    "sheet": N_("lần in"),
    "gone": N_("hồ sơ đóng"),
    "kept": N_("hồ sơ giữ"),
    "merge": N_("lần gộp"),
    "other": N_("hồ sơ kia"),
    "why": N_("lý do"),
    "columns": N_("mục"),
    "outcome": N_("kết quả"),
    "erased": N_("xoá lại"),
    "withdrawn": N_("rút lại"),
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
    "leader": N_("phụ trách"),
    "author": N_("người soạn câu hỏi"),
    "reviewer": N_("người xét"),
    "approver": N_("người duyệt và ký"),
    "partner": N_("đơn vị phối hợp"),
    "admin": N_("quản trị"),
    "officer": N_("cán bộ"),
    "khu_pho": N_("khu phố"),
    "to": N_("tổ"),
    "chi_doan": N_("chi đoàn"),
    "screen": N_("trên máy của mình"),
    "moved": N_("chuyển đi"),
    "died": N_("đã mất"),
    "own": N_("tự xoá"),
    "request": N_("theo yêu cầu"),
    "clock": N_("đến hạn"),
    "restored": N_("sau khi phục hồi"),
    "done": N_("đã làm"),
    "refused": N_("chưa làm được"),
    "see": N_("xem"),
    "correct": N_("sửa"),
    "restrict": N_("tạm ngừng"),
    "erase": N_("xoá"),
    "object": N_("phản đối"),
}
CODED = ("purpose", "choice", "giver", "how", "role", "kind", "why", "outcome")


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
