"""Set up and run Học Số on a fresh machine: ``python3 run.py demo`` or ``python3 run.py test``.

Standard library only. Makes ``.venv`` from a hashed lock (wheels only), stamps the lock's
hash so that later runs start at once, then hands over to the program inside it.
"""

import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
USAGE = "Cách dùng: python3 run.py demo [tuỳ chọn] | test [tuỳ chọn của pytest] | <lệnh hocso>"


def lock_digest(lock: Path) -> str:
    parts = (lock.read_bytes(), sys.version.encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q", *arguments]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        sys.exit("Chưa cài được thư viện. Kiểm tra mạng rồi chạy lại lệnh vừa rồi: phần đã tải vẫn còn.")


def install(lock_name: str) -> None:
    """Bring ``.venv`` to the state of the lock; nothing to do when the stamp agrees."""
    lock = ROOT / lock_name
    digest = lock_digest(lock)
    stamp = VENV / f".{lock_name}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    started = time.monotonic()
    if not PYTHON.exists():
        print("[1/3] Tạo môi trường .venv …", file=sys.stderr, flush=True)
        venv.create(VENV, with_pip=True)
    print(f"[2/3] Cài thư viện theo {lock_name} (lần đầu mất chừng một phút) …", file=sys.stderr, flush=True)
    pip("install", "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock))
    print("[3/3] Nối lệnh hocso …", file=sys.stderr, flush=True)
    link_project()
    stamp.write_text(digest)
    print(f"      Xong sau {time.monotonic() - started:.0f} giây.", file=sys.stderr, flush=True)


def link_project() -> None:
    """Put the checkout on the path and write the ``hocso`` command; no build step, no download."""
    query = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    site = subprocess.check_output([str(PYTHON), "-c", query], text=True).strip()
    (Path(site) / "hocso.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    script = BIN / "hocso"
    script.write_text(f"#!{PYTHON}\nfrom app.shell.cli import main\nmain()\n", encoding="utf-8")
    script.chmod(0o755)


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Học Số cần Python 3.11 trở lên.")
    if len(sys.argv) < 2:
        print(USAGE, file=sys.stderr)
        sys.exit(2)
    if sys.argv[1] in ("-h", "--help"):
        print(USAGE)
        return
    command, *rest = sys.argv[1:]
    if command == "test":
        install("requirements-dev.lock")
        os.execv(PYTHON, [str(PYTHON), "-m", "pytest", *rest])
    install("requirements.lock")
    os.execv(PYTHON, [str(PYTHON), "-m", "app.shell.cli", command, *rest])


if __name__ == "__main__":
    main()
