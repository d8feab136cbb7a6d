"""The words for a setting of the ward that does not fit: one sentence for each field."""

from app.core.i18n import N_

SETTING_MESSAGES: dict[str, str] = {
    "setting_part": N_("Phần cài đặt này không có. Tải lại trang rồi làm lần nữa."),
    "setting_long": N_("Dài quá %(most)s chữ cái. Xin viết ngắn lại."),
    "setting_scheme": N_("Mẫu số văn bản cần có chữ %(place)s ở chỗ ghi số, ví dụ %(place)s-QĐ/ĐTN."),
    "setting_leagues": N_("Ghi mốc số dân tăng dần, nhiều nhất %(most)s mốc, ví dụ 300, 700. Để trống là một nhóm."),
    "setting_adult_age": N_("Tuổi từ %(least)s đến %(most)s. Dưới 16 cần người giám hộ đồng ý nên không hạ hơn."),
    "setting_cushion": N_("Phần đệm là số người, từ %(least)s đến %(most)s."),
    "setting_first_rate": N_("Mức chung của kỳ đầu là phần trăm, từ %(least)s đến %(most)s."),
    "setting_points_cap": N_("Mức trần điểm của một người từ %(least)s đến %(most)s."),
    "setting_comment_days": N_("Số ngày lấy ý kiến từ %(least)s đến %(most)s."),
    "setting_look_one_in": N_("Ghi một số từ %(least)s đến %(most)s: cứ bấy nhiêu lần xác nhận thì gọi lại một lần."),
    "setting_help_wait_days": N_("Số ngày chờ có người nhận từ %(least)s đến %(most)s."),
    "setting_help_hold_days": N_("Số ngày giữ việc đã nhận từ %(least)s đến %(most)s."),
    "setting_help_keep_months": N_("Số tháng giữ tên và số điện thoại sau khi giúp xong từ %(least)s đến %(most)s."),
    "setting_name_months": N_("Số tháng để tên trên trang tuyên dương từ %(least)s đến %(most)s."),
    "setting_keep_months": N_("Số tháng giữ điều đã xong từ %(least)s đến %(most)s."),
    "setting_ack_days": N_("Số ngày làm việc để báo đã nhận từ %(least)s đến %(most)s."),
    "setting_answer_days": N_("Số ngày để trả lời từ %(least)s đến %(most)s."),
    "settings_moved": N_("Người khác vừa đổi cài đặt. Chữ %(x)s gõ vẫn còn: xem lại các lần đổi ở dưới rồi bấm Lưu."),
    "settings_nothing": N_("Không có lần đổi nào để hoàn tác."),
    "settings_private": N_("Lần đổi cuối là người và số gọi; nhật ký không chép số ấy nên hãy ghi lại ở mẫu trên."),
}
