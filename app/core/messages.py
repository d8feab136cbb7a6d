"""The words for what was refused: one sentence that says what to do. Codes come from ``core.errors``."""

from app.core.i18n import N_

MESSAGES: dict[str, str] = {
    "not_found": N_("Không thấy trang này. Về Trang chủ nhé."),
    "cross_site": N_(
        "Yêu cầu này đến từ một trang khác nên không được nhận. Mời %(x)s mở lại Học Số rồi làm lại."
    ),
    "expired": N_("Trang mở lâu quá. Bấm Gửi lại, phần đã làm vẫn còn."),
    "busy": N_("Hệ thống bận một lát, không phải lỗi của %(x)s. Bấm thử lại nhé."),
    "too_large": N_("Tệp gửi lên lớn quá 5 MB. Hãy chia nhỏ tệp rồi gửi lại."),
    "server": N_("Hệ thống bận một lát, không phải lỗi của %(x)s. Bấm thử lại nhé."),
    "method": N_("Trang này không nhận cách gửi đó. Về Trang chủ nhé."),
    "bad_request": N_("Yêu cầu gửi lên chưa đủ. Mời %(x)s quay lại trang trước rồi thử lần nữa."),
    "disk_full": N_("Máy chủ tạm hết chỗ ghi. Phần đã lưu vẫn còn; xin báo cán bộ phụ trách."),
    # people
    "name_missing": N_("Nhập họ tên, hoặc tên thường gọi."),
    "name_too_long": N_("Tên dài quá %(most)s chữ. Xin ghi ngắn lại."),
    "address_missing": N_("Chọn cách xưng hô."),
    "adult_missing": N_("Chọn một ý về tuổi."),
    "group_missing": N_("Chọn khu phố đang ở."),
    "record_consent": N_(
        "Cần đồng ý lưu kết quả học thì mới mở thẻ được. Không mở thẻ, %(x)s vẫn học thử thoải mái."
    ),
    "phone_shape": N_("Số điện thoại gồm 10 số, bắt đầu bằng 0."),
    "birth_year": N_("Năm sinh gồm 4 số, ví dụ 1958."),
    "pin_shape": N_("Mã PIN gồm 4 đến 6 chữ số."),
    "pin_easy": N_("Mã PIN này dễ đoán quá. Chọn mã khác, tránh 1111 hay 1234."),
    "pin_repeat": N_("Hai lần nhập mã PIN chưa giống nhau. Nhập lại nhé."),
    "password_length": N_("Mật khẩu cần ít nhất %(least)s ký tự."),
    "sign_in_wrong": N_("Mã chưa khớp. Còn %(left)s lần thử."),
    "sign_in_locked": N_("Tạm nghỉ %(minutes)s phút rồi thử lại, hoặc gọi người giúp."),
    "code_shape": N_("Mã thẻ gồm 6 chữ số in trên thẻ học."),
    "card_unknown": N_("Thẻ này không còn dùng được. Xin tình nguyện viên in thẻ mới giúp."),
    "not_yours": N_("Việc này cần đăng nhập bằng mã PIN."),
    "already_confirmed": N_("Người này đã được xác nhận rồi."),
    "self_confirm": N_("Không tự xác nhận cho chính mình được. Nhờ một người khác giúp."),
    "consent_guardian": N_("Người dưới 16 tuổi cần cả người học và người giám hộ cùng đồng ý."),
    "consent_choice": N_("Chọn một trong các ý đồng ý."),
    "pin_set": N_("Mã PIN đã có rồi. Muốn đổi, mời %(x)s nhập cả mã cũ."),
    "pin_wrong_old": N_("Mã PIN cũ chưa khớp. Còn %(left)s lần thử."),
    "secret_moved": N_("Mã vừa được đổi ở nơi khác. Mời %(x)s đăng nhập lại."),
    "person_reset": N_("Mã PIN của cán bộ, tình nguyện viên do cán bộ Đoàn phường đặt lại."),
    "consent_own": N_("Không ghi ý kiến thay cho chính mình. %(X)s tự chọn ở trang của mình."),
    "consent_how": N_("Chọn cách người học đã trả lời."),
    # lessons
    "choose_first": N_("Chọn một câu đã%(a)s, rồi bấm Trả lời."),
    "attempt_over": N_("Lượt này đã xong. Mời %(x)s bắt đầu lượt mới."),
    "not_yet": N_("Câu này chưa tới lượt. Mời %(x)s làm câu đang mở."),
    "quiz_empty": N_("Bài này đang được rà lại, chưa mở được. Mời %(x)s chọn bài khác."),
    # cycles and awards
    "period_shape": N_("Kỳ viết theo dạng 2026-10."),
    "cycle_state": N_("Kỳ này đang ở bước khác, chưa làm được việc đó. Tải lại trang để xem bước hiện tại."),
    "note_missing": N_("Ghi một câu lý do khi không duyệt ngay."),
    "undecided": N_("Còn %(count)s đề nghị chưa quyết thì chưa công bố được."),
    "publish_word": N_("Gõ đúng “%(word)s” để công bố."),
    "decision_missing": N_("Chọn Duyệt, Hỏi lại hoặc Để sau."),
    "own_decision": N_("Đây là chính %(x)s hoặc khu phố của %(x)s. Nhờ cán bộ khác quyết mục này."),
    "waiver_missing": N_("Không còn cán bộ nào khác quyết được: ghi lý do vào ô miễn trừ."),
    "merit_used": N_("Thành tích này đã được duyệt cho “%(award)s”. Một thành tích chỉ nhận một danh hiệu."),
    "decision_moved": N_("Mục này vừa được quyết ở nơi khác. Xem lại rồi quyết tiếp."),
    # help
    "contact_missing": N_("Cho biết tên hoặc số điện thoại để tình nguyện viên tìm được %(x)s."),
    "help_way": N_("Chọn một cách: gọi lại, hoặc đến tận nhà."),
    "help_phone": N_(
        "Muốn có người gọi lại thì cần số điện thoại. Không có số thì chọn hẹn người đến tận nhà."
    ),
    "help_taken": N_("Người khác vừa nhận việc này rồi. Mời xem việc còn chờ."),
    "help_not_yours": N_("Việc này chưa phải của %(x)s. Bấm Tôi nhận trước, rồi bấm Xong."),
    "card_role": N_("Thẻ của cán bộ, tình nguyện viên do cán bộ Đoàn phường in ở trang Người học."),
    "record_consent_asked": N_("Hỏi người học có đồng ý lưu kết quả học không, rồi đánh dấu vào ô này."),
    # set-up and import
    "already_set_up": N_("Học Số đã được thiết lập. Mời đăng nhập."),
    "not_set_up": N_("Chưa thiết lập phường: mở /thiet-lap, hoặc chạy hocso init."),
    "home_not_listed": N_("Ghi khu phố đang ở đúng như một dòng trong danh sách khu phố."),
    "unit_missing": N_("Nhập tên đơn vị."),
    "ward_missing": N_("Nhập tên phường."),
    "groups_missing": N_("Nhập ít nhất một khu phố, mỗi dòng một tên."),
    "group_exists": N_("Đã có %(name)s trong danh sách."),
    "population_shape": N_("Số dân là số nguyên, không âm."),
    "group_name_missing": N_("Nhập tên khu phố hoặc chi đoàn."),
    "group_kind": N_("Chọn khu phố, tổ hoặc chi đoàn."),
    "group_parent": N_("Tổ thì thuộc một khu phố; khu phố và chi đoàn thì thuộc phường."),
    "source_missing": N_("Ghi nguồn số liệu, ví dụ: Danh sách của UBND phường."),
    "day_shape": N_("Ngày viết theo dạng 24/11/2026."),
    "day_future": N_("Ngày này chưa tới. Ghi ngày của danh sách."),
    "contact_phone": N_("Số điện thoại gồm 10 số bắt đầu bằng 0, hoặc số máy bàn kèm mã vùng."),
    "group_unknown": N_("Chưa có “%(name)s” trong danh sách của phường."),
    "person_twice": N_(
        "Trùng với dòng %(line)s. Nếu là hai người khác nhau, ghi thêm năm sinh hoặc số điện thoại."
    ),
    "address_unknown": N_("Cách xưng hô là một trong: %(known)s."),
    "cell_formula": N_("Ô bắt đầu bằng dấu %(sign)s như công thức. Xoá dấu đó rồi gửi lại."),
    "file_quotes": N_(
        "Tệp có dấu ngoặc kép mở mà không đóng. Mở lại bằng Excel, lưu dạng CSV UTF-8 rồi gửi."
    ),
    "upload_gone": N_("Tệp đã gửi quá lâu nên không còn giữ nữa. Mời %(x)s chọn tệp và gửi lại."),
    "file_missing": N_("Chọn tệp danh sách rồi bấm Gửi."),
    "file_encoding": N_("Không đọc được chữ trong tệp. Lưu lại dạng CSV UTF-8 rồi gửi lần nữa."),
    "file_columns": N_("Tệp thiếu cột %(missing)s. Dòng đầu cần có: họ tên, khu phố."),
    "file_rows": N_("Tệp có hơn %(most)s dòng. Hãy chia thành nhiều tệp."),
    "file_row": N_("Dòng %(line)s, cột %(column)s: %(why)s"),
}
