"""Files to take away, with the headers they need; their names say what they are, never of whom."""

from __future__ import annotations

from litestar import Response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "text/plain": ".txt"}


def as_csv(content: bytes, name: str) -> Response[bytes]:
    return as_file(content, "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(content: bytes, name: str) -> Response[bytes]:
    return as_file(content, _XLSX, f"{name}.xlsx")


def as_document(content: bytes, media_type: str, name: str) -> Response[bytes]:
    """A document from the file, to be saved: never shown inside a page of ours.

    Args:
        media_type: As `document_in` told it; any other is answered as bytes that mean nothing.
        name: Without its ending; ours, never the sender's.
    """
    kind = media_type if media_type in ENDINGS else "application/octet-stream"
    return as_file(content, kind, name + ENDINGS.get(kind, ".bin"))


def as_file(content: bytes, kind: str, name: str) -> Response[bytes]:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)
