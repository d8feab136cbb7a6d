"""Refusals of lists that are brought in or taken out: a file, its columns, its rows."""

from app.core.i18n import N_

LIST_MESSAGES: dict[str, str] = {
    "cell_formula": N_("Ô bắt đầu bằng dấu %(sign)s như công thức. Xoá dấu đó rồi gửi lại."),
    "file_quotes": N_("Tệp có dấu ngoặc kép mở mà không đóng. Mở lại bằng Excel, lưu dạng CSV UTF-8 rồi gửi."),
    "upload_gone": N_("Tệp đã gửi quá lâu nên không còn giữ nữa. Mời %(x)s chọn tệp và gửi lại."),
    "file_missing": N_("Chọn tệp danh sách rồi bấm Gửi."),
    "file_encoding": N_("Không đọc được chữ trong tệp. Lưu lại dạng CSV UTF-8 rồi gửi lần nữa."),
    "file_columns": N_("Tệp thiếu cột %(missing)s. Chọn cột nào là %(missing)s rồi thử lại."),
    "file_kind": N_("Tệp này không phải danh sách. Gửi tệp Excel (.xlsx) hoặc CSV."),
    "file_old": N_("Tệp Excel đời cũ (.xls) hoặc có mật khẩu. Mở bằng Excel, lưu lại dạng .xlsx không đặt mật khẩu."),
    "file_broken": N_("Tệp Excel hỏng hoặc có phần lạ. Mở bằng Excel, lưu lại dạng .xlsx rồi gửi lần nữa."),
    "file_empty": N_("Tệp không có dòng nào. Kiểm tra lại tệp rồi gửi."),
    "file_wide": N_("Bảng rộng quá %(most)s cột hoặc có ô ghi ở rất xa. Xoá các cột thừa rồi gửi lại."),
    "file_unzipped": N_("Tệp mở ra lớn quá %(mb)s MB. Giữ lại một trang tính, nhiều nhất %(most)s dòng, rồi gửi lại."),
    "column_twice": N_("Hai cột cùng được chọn là %(column)s. Để một cột thôi."),
    "gender_unknown": N_("Giới tính ghi nam hoặc nữ."),
    "person_code_shape": N_("Mã có dạng HS-12, hoặc 6 số trên thẻ học. Không có thì để trống."),
    "person_code": N_("Không ai có mã %(code)s. Để trống ô mã nếu là người mới."),
    "person_other": N_("Mã %(code)s là của người khác: tên, năm sinh, điện thoại đều không khớp. Xem lại dòng này."),
    "person_maybe": N_("Có thể là %(codes)s đã có. Đúng thì ghi mã ấy vào cột mã; là người khác thì thêm riêng."),
    "person_gone": N_("Người này đã rời. Mở lại hồ sơ ở trang Người đã rời, rồi nhập lại."),
    "group_kind_word": N_("Loại ghi là khu phố hoặc tổ."),
    "group_twice": N_("Trùng với dòng %(line)s. Xoá một trong hai dòng."),
    "export_format": N_("Chọn tệp Excel (.xlsx) hoặc CSV."),
    "group_code": N_("Không có khu phố, tổ hay chi đoàn nào mang mã %(code)s. Để trống ô mã nếu là mới."),
    "file_rows": N_("Tệp có hơn %(most)s dòng. Hãy chia thành nhiều tệp."),
    "file_row": N_("Dòng %(line)s, cột %(column)s: %(why)s"),
}
