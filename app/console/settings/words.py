"""The settings in words: on the page, and in the trail."""

from collections.abc import Mapping

from app.core.formats import number
from app.core.i18n import N_, say
from app.groups.settings import BY_NAME, league_ranges, parse_leagues

LABELS = {
    "unit": N_("Tên đơn vị"),
    "superior": N_("Đơn vị cấp trên"),
    "name": N_("Tên phường"),
    "place": N_("Địa danh ghi trước ngày tháng"),
    "number_scheme": N_("Mẫu số văn bản"),
    "sign_title": N_("Dòng đầu chỗ ký"),
    "sign_post": N_("Dòng chức vụ chỗ ký"),
    "adult_age": N_("Tuổi bắt đầu tính điểm"),
    "cushion": N_("Phần đệm m (số người)"),
    "first_rate": N_("Mức chung p0 của kỳ đầu (%%)"),
    "points_cap": N_("Trần điểm thi đua một người"),
    "leagues": N_("Mốc số dân chia nhóm khu phố"),
    "comment_days": N_("Lấy ý kiến bao nhiêu ngày"),
    "look_one_in": N_("Bao nhiêu lần xác nhận thì gọi lại một lần"),
    "help_wait_days": N_("Chờ giúp quá mấy ngày thì báo chờ lâu"),
    "help_hold_days": N_("Nhận việc giúp quá mấy ngày chưa xong thì trả về bàn"),
    "help_keep_months": N_("Giữ tên, số điện thoại sau khi giúp xong (tháng)"),
    "name_months": N_("Tên ở trang tuyên dương (tháng)"),
    "keep_months": N_("Giữ điều đã xong, người đã rời đi (tháng)"),
    "ack_days": N_("Báo đã nhận yêu cầu dữ liệu (ngày làm việc)"),
    "answer_days": N_("Trả lời yêu cầu dữ liệu (ngày)"),
    "help_name": N_("Người hoặc đơn vị nghe máy"),
    "help_phone": N_("Số điện thoại"),
    "help_hours": N_("Giờ nghe máy"),
}
HINTS = {
    "superior": N_("Dòng trên cùng bên trái văn bản. Để trống thì không in."),
    "name": N_("Chỉ tên, ví dụ Uông Bí."),
    "place": N_("Ví dụ Uông Bí. Để trống thì dùng tên phường."),
    "number_scheme": N_("{so} là chỗ ghi số, ví dụ {so}-QĐ/ĐTN."),
    "sign_title": N_("Ví dụ TM. BAN THƯỜNG VỤ. Tên người ký ghi khi ký, không ghi ở đây."),
    "sign_post": N_("Ví dụ BÍ THƯ."),
    "adult_age": N_("Câu hỏi tuổi khi ghi tên đổi ngay; số dân các khu phố cũng ghi lại theo tuổi mới."),
    "cushion": N_("Khu nào cũng cộng như nhau, để khu ít dân không nhảy thất thường."),
    "first_rate": N_("Chỉ dùng khi chưa có tháng nào trước đó."),
    "leagues": N_("Ví dụ 300, 700. Để trống thì các khu phố chung một nhóm."),
    "look_one_in": N_("Công bố cùng dấu vân của mã rút từ đầu tháng."),
    "help_keep_months": N_("Hết hạn là xoá tên và cách liên hệ; số lần giúp thì còn."),
    "name_months": N_("Hết hạn, trang còn nhưng tên được gỡ."),
    "ack_days": N_("Luật định: 2 ngày làm việc."),
    "answer_days": N_("Luật định: 15 ngày."),
}
PARTS = {
    "don-vi": N_("Tên đơn vị và giấy tờ"),
    "tinh-diem": N_("Cách tính điểm"),
    "thoi-han": N_("Ngày và thời hạn"),
    "tro-giup": N_("Số gọi của Đoàn phường"),
}


def as_typed(name: str, value: object) -> str:
    """A stored value as it stands in its field."""
    if value is None:
        return ""
    if BY_NAME[name].kind == "percent" and isinstance(value, int | float):
        return f"{value * 100:.1f}".removesuffix(".0").replace(".", ",")
    if BY_NAME[name].kind == "leagues":
        return str(value).replace(",", ", ")
    return str(value)


def changed_words(values: Mapping[str, object]) -> str:
    """Settings with their values, ``Phần đệm m (số người): 100``."""
    told = ((name, as_typed(name, value) or "–") for name, value in values.items() if name in LABELS)
    return ", ".join(f"{say(LABELS[name])}: {value}" for name, value in told)


def league_words(text: str) -> list[str]:
    """Each league in words, the smallest groups' first; nothing where all play in one."""
    ranges = league_ranges(parse_leagues(text))
    if len(ranges) < 2:
        return []
    return [_range(least, most, league > 1) for league, (least, most) in enumerate(ranges)]


def _range(least: int | None, most: int | None, above: bool) -> str:
    if most is None and above:
        return say(N_("trên %(n)s dân"), n=number((least or 0) - 1))
    if least is None:
        return say(N_("dưới %(n)s dân"), n=number((most or 0) + 1))
    if most is None:
        return say(N_("từ %(n)s dân"), n=number(least))
    return say(N_("%(least)s đến %(most)s dân"), least=number(least), most=number(most))
