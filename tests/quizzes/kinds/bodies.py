"""One small item of every type, as a revision stores it."""

from typing import Any


def option(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "text": f"Chữ {id}", "reason": f"Lý do {id}", **more}


def part(id: str, role: str, *, suspicious: bool) -> dict[str, Any]:
    return {"id": id, "role": role, "text": f"Chỗ {id}", "suspicious": suspicious, "reason": f"Lý do {id}"}


def turn(text: str, to: str, *, good: bool) -> dict[str, Any]:
    return {"text": text, "to": to, "good": good, "reason": f"Lý do {text}"}


def node(id: str, says: str, *turns: dict[str, Any], end: str = "") -> dict[str, Any]:
    return {"id": id, "says": says, "who": "", "turns": list(turns), "end": end}


BODIES: dict[str, dict[str, Any]] = {
    "single": {"options": [option(one) for one in "abc"], "key": "b"},
    "multiple": {"options": [option(one, right=one in "ac") for one in "abcd"]},
    "true_false": {
        "scene": "Tin nhắn báo trúng thưởng.",
        "key": "scam",
        "reasons": {"scam": "Lý do lừa", "real": "Lý do thật"},
    },
    "ordering": {"steps": [option(f"s{n}") for n in range(1, 5)]},
    "matching": {
        "pairs": [{"id": one, "left": f"Trái {one}", "right": f"Phải {one}", "reason": "Lý do"} for one in "abc"],
        "others": ["Không hợp"],
    },
    "numeric": {
        "answer": 15.0,
        "tolerance": 0.5,
        "unit": "lần",
        "reason": "Lý do 15",
        "misses": [{"value": 20.0, "reason": "Lý do 20"}],
    },
    "text": {
        "accepts": ["hoà bình"],
        "reason": "Lý do đúng",
        "misses": [{"text": "hoà thuận", "reason": "Lý do nhầm"}],
    },
    "spot": {
        "scene": "sms",
        "parts": [
            part("p1", "sender", suspicious=False), part("p2", "body", suspicious=True),
            part("p3", "time", suspicious=False), part("p4", "address", suspicious=True),
        ],
    },
    "scenario": {
        "nodes": [
            node("start", "Chuông reo.", turn("Nghe tiếp", "ask", good=False), turn("Tắt máy", "safe", good=True)),
            node("ask", "Họ đòi mã.", turn("Đọc mã", "risk", good=False), turn("Cúp máy", "safe", good=True)),
            node("safe", "Yên tâm rồi.", end="safe"),
            node("risk", "Gọi ngân hàng ngay.", end="risky"),
        ]
    },
}  # fmt: skip
