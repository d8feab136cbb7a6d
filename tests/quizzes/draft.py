"""A sound draft to change one field in."""

DRAFT = {
    "stem": "Có người lạ gửi {x} đường dẫn nhận quà. {X} nên làm gì?",
    "text_a": "Bấm vào xem thử",
    "reason_a": "Trang lạ có thể lấy mật khẩu.",
    "text_b": "Không bấm, hỏi lại người quen",
    "reason_b": "Hỏi lại thì biết thật hay không.",
    "text_c": "Gửi tiếp cho cả nhà",
    "reason_c": "Cả nhà cùng gặp nguy hiểm.",
    "key": "b",
    "hint": "Quà từ người lạ có thật không?",
    "rationale": "Quà từ người lạ thường là bẫy. Cứ hỏi lại trước khi bấm.",
    "source_title": "Cổng cảnh báo thử",
    "source_url": "https://example.org/canh-bao",
    "source_date": "12/10/2026",
    "difficulty": "1",
}


def draft(**changes: str) -> dict[str, str]:
    return DRAFT | changes
