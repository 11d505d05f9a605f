"""What the benchmarks compare with still starts: a figure is only looked at now and then."""

from __future__ import annotations

from pathlib import Path

import httpx

from benchmarks.http.serving import free_port, served


def test_the_floor_writes_a_row(tmp_path: Path) -> None:
    port = free_port()
    with served("-m", "benchmarks.http.floor", f"sqlite:///{tmp_path / 'floor.db'}", str(port), port=port):
        assert httpx.post(f"http://127.0.0.1:{port}/floor", timeout=30).status_code == 204
