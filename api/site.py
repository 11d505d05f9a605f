"""The built front end: its files, and its start page for every path that it routes itself."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Flask, Response, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join


def register_site(app: Flask, folder: Path) -> None:
    """Serve `folder` at `/`; a path that is no file, and none of the API's, gets the start page."""

    def site(path: str = "") -> Response:
        if path == "v2" or path.startswith(("v2/", "oauth/")):
            raise NotFound()
        found = safe_join(str(folder), path) if path and "\0" not in path else None
        if found is not None and Path(found).is_file() and path != "index.html":
            hashed = path.startswith("assets/")  # their names change with their content
            response = _packed(folder, path) if hashed else send_from_directory(folder, path)
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
            return response
        if path.startswith("assets/") or not (folder / "index.html").is_file():
            raise NotFound()
        response = send_from_directory(folder, "index.html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    site.krabuan_public = True  # type: ignore[attr-defined]
    app.add_url_rule("/", "site", site)
    app.add_url_rule("/<path:path>", "site", site)


def _packed(folder: Path, path: str) -> Response:
    """A file as it was compressed when the front end was built, for browsers that take that; otherwise as it is."""
    packed = f"{path}.gz"
    there = (folder / packed).is_file()
    if there and request.accept_encodings["gzip"] > 0:
        response = send_from_directory(folder, packed, mimetype=mimetypes.guess_type(path)[0])
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = send_from_directory(folder, path)
    if there:
        response.headers["Vary"] = "Accept-Encoding"
    return response
