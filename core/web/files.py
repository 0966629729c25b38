"""Files to take away, with the headers they need; their names say what they are, never of whom."""

from __future__ import annotations

from litestar import Response

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(content: bytes, name: str) -> Response[bytes]:
    return as_file(content, "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(content: bytes, name: str) -> Response[bytes]:
    return as_file(content, _XLSX, f"{name}.xlsx")


def as_file(content: bytes, kind: str, name: str) -> Response[bytes]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=headers)
