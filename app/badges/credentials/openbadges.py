"""Open Badges 3.0 documents: badge, achievement, issuer, status list. Pure; in the order in which they are read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

Json = dict[str, Any]
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DID = "https://www.w3.org/ns/did/v1"
MULTIKEY = "https://w3id.org/security/multikey/v1"
LEVELS = ("Biết", "Làm được", "Chỉ lại được")
DIGCOMP = "https://joint-research-centre.ec.europa.eu/digcomp/digcomp-framework_en"  # its areas are our topics'
AREAS = (
    "Tìm, đánh giá và quản lý thông tin", "Giao tiếp và cùng làm việc", "Làm ra nội dung số",
    "An toàn, khoẻ mạnh và dùng có trách nhiệm", "Nhận ra và giải quyết vấn đề",
)  # fmt: skip
SCOPE = "Huy hiệu do Đoàn phường cấp cho việc học ở đây, không thay cho xác nhận kỹ năng số của Nhà nước."


@dataclass(frozen=True)
class Certified:
    """What a badge says someone can do, as the catalogue has it.

    Attributes:
        sentence: With its placeholders ``{X}``, ``{x}``, ``{a}``.
        area: DigComp area 1–5 of a skill's topic; ``None`` without a skill.
    """

    slug: str
    title: str
    sentence: str
    ring: int
    criterion: Mapping[str, Any]
    is_skill: bool
    area: int | None


@dataclass(frozen=True)
class Holder:
    """Who holds it: a hash that only the one who knows the code can match."""

    code: str
    salt: str

    @property
    def identifier(self) -> Json:
        return {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + sha256((self.code + self.salt).encode()).hexdigest(),
            "identityType": "identifier",
            "salt": self.salt,
        }


@dataclass(frozen=True)
class Place:
    """A place in a status list."""

    list_no: int
    index: int


def issuer_id(base: str) -> str:
    return f"{base}/don-vi/phat-hanh"


def credential_id(base: str, serial: str) -> str:
    return f"{base}/huy-hieu-so/{serial}"


def list_id(base: str, number: int) -> str:
    return f"{base}/huy-hieu-so/danh-sach/{number}"


def achievement_id(base: str, slug: str) -> str:
    return f"{base}/huy-hieu/{slug}"


def plain(sentence: str) -> str:
    """A sentence of the catalogue about whoever holds the badge."""
    return sentence.replace("{X}", "Người giữ huy hiệu").replace("{x}", "người giữ huy hiệu").replace("{a}", "")


WAYS = {
    "skill_passed": "Tự làm, không ai giúp, đúng từ 80% câu hỏi ở vòng đầu của một bài thuộc kỹ năng này.",
    "skill_confirmed": "Tự làm trọn phiếu thực hành từ đầu, không ai nhắc, trước mặt một tình nguyện viên.",
    "skill_taught": "Đã chỉ cho một người ở nhà khác, đến khi người ấy tự làm được trước mặt tình nguyện viên.",
    "skills_passed": "Tự làm đạt bài của đủ {count} kỹ năng trong nhóm này.",
    "skills_count": "Tự làm đạt bài của {count} kỹ năng.",
    "lessons": "Học xong {count} bài.",
    "weeks": "Học đều {count} tuần, mỗi tuần ít nhất {days} ngày.",
    "visits": "Là tình nguyện viên, đã ngồi cạnh hướng dẫn {count} người.",
    "went_alone": "Là tình nguyện viên, đã hướng dẫn {count} người mà sau đó họ tự làm được.",
    "contests": "Trả lời đủ mười câu của {count} tuần thi, đúng sai đều tính.",
    "group_share": "Trong một tháng, {count} trên 100 người của khu phố tự làm đạt bài mới.",
}
UNITS = {
    "skills_passed": "Số kỹ năng", "skills_count": "Số kỹ năng", "lessons": "Số bài đã học",
    "weeks": "Số tuần học đều", "visits": "Số người đã hướng dẫn", "went_alone": "Số người tự làm được",
    "contests": "Số tuần thi", "group_share": "Số người trên 100 dân",
}  # fmt: skip


def least(criterion: Mapping[str, Any]) -> int:
    """The figure that a criterion asks for; 1 where it asks for something done once."""
    return int(criterion.get("count") or criterion.get("percent") or len(criterion.get("skills", "x")))


def way(criterion: Mapping[str, Any]) -> str:
    """How it was reached, in words; "" for a criterion that is not known here."""
    return WAYS.get(str(criterion.get("type")), "").format(**{**criterion, "count": least(criterion)})


def narrative(criterion: Mapping[str, Any]) -> str:
    """How it was reached, and what it is not."""
    return f"{way(criterion)} {SCOPE}".strip()


def profile(base: str, name: str) -> Json:
    """The issuer as it stands inside a badge."""
    return {"id": issuer_id(base), "type": ["Profile"], "name": name, "url": base}


def achievement(base: str, certified: Certified) -> Json:
    """What is certified, without its context."""
    here = achievement_id(base, certified.slug)
    found: Json = {
        "id": here,
        "type": ["Achievement"],
        "name": certified.title,
        "description": plain(certified.sentence),
        "achievementType": "Badge",
        "inLanguage": "vi",
        "criteria": {"id": here, "narrative": narrative(certified.criterion)},
        "image": {"id": f"{here}/hinh.png", "type": "Image", "caption": certified.title},
        "resultDescription": [_result_description(here, certified)],
    }
    if certified.area is not None:
        found["alignment"] = [_alignment(certified.area)]
    return found


def _alignment(area: int) -> Json:
    return {
        "type": ["Alignment"],
        "targetName": AREAS[area - 1],
        "targetUrl": DIGCOMP,
        "targetFramework": "DigComp 3.0",
        "targetCode": str(area),
    }


def _result_description(here: str, certified: Certified) -> Json:
    same = {"id": f"{here}#ket-qua", "type": ["ResultDescription"]}
    if certified.is_skill:
        return {**same, "name": "Mức", "resultType": "PerformanceLevel", "allowedValue": list(LEVELS)}
    name = UNITS.get(str(certified.criterion.get("type")), "Kết quả")
    return {**same, "name": name, "resultType": "RawScore", "valueMin": str(least(certified.criterion))}


def credential(
    base: str,
    *,
    serial: str,
    issuer: str,
    certified: Certified,
    holder: Holder,
    place: Place,
    awarded: str,
    issued: str,
) -> Json:
    """One badge, still unsigned. It names nobody.

    Args:
        issuer: The name of the unit that issues.
        awarded: When it was reached; ``issued``: when this document was made. As ``2026-11-24T05:00:00Z``.
    """
    here = achievement_id(base, certified.slug)
    value = LEVELS[certified.ring - 1] if certified.is_skill else str(least(certified.criterion))
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": credential_id(base, serial),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certified.title,
        "issuer": profile(base, issuer),
        "validFrom": issued,
        "awardedDate": awarded,
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [holder.identifier],
            "achievement": achievement(base, certified),
            "result": [{"type": ["Result"], "resultDescription": f"{here}#ket-qua", "value": value}],
        },
        "credentialStatus": {
            "id": f"{list_id(base, place.list_no)}#{place.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(place.index),
            "statusListCredential": list_id(base, place.list_no),
        },
    }


def status_list(base: str, *, number: int, encoded: str, valid_from: str) -> Json:
    """The list of who is revoked, still unsigned."""
    here = list_id(base, number)
    return {
        "@context": [CREDENTIALS],
        "id": here,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer_id(base),
        "validFrom": valid_from,
        "credentialSubject": {
            "id": f"{here}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    }


def issuer_document(base: str, name: str, keys: Iterable[str]) -> Json:
    """What stands at the issuer's address: who issues, and every key it ever signed with."""
    return {**_controller(issuer_id(base), keys, more=(OPEN_BADGES,)), "name": name, "url": base}


def did_document(did: str, base: str, keys: Iterable[str]) -> Json:
    """The same keys under the issuer's ``did:web``."""
    return {**_controller(did, keys), "alsoKnownAs": [issuer_id(base)]}


def _controller(here: str, keys: Iterable[str], more: tuple[str, ...] = ()) -> Json:
    methods = [
        {"id": f"{here}#{key}", "type": "Multikey", "controller": here, "publicKeyMultibase": key} for key in keys
    ]
    return {
        "@context": [DID, MULTIKEY, *more],
        "id": here,
        **({"type": ["Profile"]} if more else {}),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def achievement_document(base: str, certified: Certified) -> Json:
    """What stands at an achievement's address for programs."""
    return {"@context": [CREDENTIALS, OPEN_BADGES], **achievement(base, certified)}
