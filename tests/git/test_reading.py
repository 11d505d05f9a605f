"""A Git source is read as Git wrote it: loose or packed, with a work tree or without."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.adapters.git import GitFolder
from engine.adapters.git.refusals import GitDamaged
from engine.model.git import MOST_COMMITS
from tests.repositories import Repository

LONG = b"".join(b"line %d of a long text\n" % n for n in range(2_000))


@pytest.fixture(params=["loose", "packed", "work tree"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    """Three commits of two processes."""
    made = Repository(tmp_path / "source", bare=request.param != "work tree")
    made.commit({"processes/leave/leave.bpmn": LONG, "README": b"x"}, "เริ่ม\n\nรายละเอียด")
    made.commit({"processes/leave/leave.bpmn": LONG + b"more\n", "README": b"x"})
    made.commit({"processes/leave/leave.bpmn": LONG[20:] + b"more\n", "processes/order/a/b.md": b"b", "README": b"y"})
    if request.param == "packed":
        made.pack()
    return made


def test_commits_have_author_time_and_message(repository: Repository) -> None:
    with GitFolder(repository.folder).open() as reading:
        (main,) = reading.references()
        assert (main.name, main.kind, main.commit_id, main.chosen) == ("main", "BRANCH", repository.commits[2], True)
        history = list(reading.history(main.commit_id))
    assert [commit.id for commit in history] == repository.commits[::-1]
    first = history[-1]
    assert (first.author, first.message, first.parents) == ("Process owner", "เริ่ม\n\nรายละเอียด", ())
    assert first.committed_at is not None and first.committed_at.isoformat() == "2025-10-09T08:53:20+00:00"


def test_files_are_those_of_the_commit(repository: Repository) -> None:
    with GitFolder(repository.folder).open() as reading:
        newest, middle, oldest = reading.history(repository.commits[2])
        assert reading.files(newest, "processes/leave") == [("processes/leave/leave.bpmn", LONG[20:] + b"more\n")]
        assert reading.files(middle, "processes/leave") == [("processes/leave/leave.bpmn", LONG + b"more\n")]
        assert reading.files(oldest, "processes/leave") == [("processes/leave/leave.bpmn", LONG)]
        assert reading.files(newest, "processes/order") == [("processes/order/a/b.md", b"b")]
        assert reading.files(oldest, "processes/order") == reading.files(newest, "processes/nowhere/at all") == []
        assert set(reading.folders(newest, "processes")) == {"leave", "order"}
        assert reading.folders(newest, "README") == {}


def test_what_did_not_change_is_the_same(repository: Repository) -> None:
    again = repository.commit({"processes/leave/leave.bpmn": LONG, "other": b"z"})
    with GitFolder(repository.folder).open() as reading:
        commits = list(reading.history(again))
        trees = [reading.folders(commit, "processes")["leave"] for commit in commits]
    assert trees[0] == trees[3] and len(set(trees)) == 3


def test_a_pack_is_made_of_differences(tmp_path: Path) -> None:
    """Otherwise these tests would not have read any."""
    made = Repository(tmp_path / "source")
    for n in range(30):
        made.commit({"processes/leave/leave.bpmn": LONG + b"%d" % n})
    made.pack()
    assert (made.inside / "objects/pack/pack-0a.pack").stat().st_size < 40_000
    assert not list((made.inside / "objects").glob("??/*"))
    with GitFolder(made.folder).open() as reading:
        found = [reading.files(commit, "processes/leave")[0][1] for commit in reading.history(made.commits[-1])]
    assert found == [LONG + b"%d" % n for n in range(29, -1, -1)]


def test_references_are_branches_and_tags_packed_or_not(tmp_path: Path) -> None:
    made = Repository(tmp_path / "source")
    first, second = made.commit({"a": b"1"}), made.commit({"a": b"2"})
    made.point("refs/tags/v1", first)
    made.point("refs/tags/a-file", made.blob(b"no commit"))
    made.point("refs/heads/งาน/ใหม่", first)
    made.point("refs/remotes/origin/main", first)
    packed = f"# pack-refs with: peeled fully-peeled sorted\n{first} refs/heads/main\n{first} refs/heads/old\n^{first}\n"
    (made.inside / "packed-refs").write_text(packed, encoding="utf-8")
    with GitFolder(made.folder).open() as reading:
        found = [(one.name, one.kind, one.commit_id, one.chosen) for one in reading.references()]
    assert found == [
        ("main", "BRANCH", second, True), ("old", "BRANCH", first, False), ("งาน/ใหม่", "BRANCH", first, False),
        ("v1", "TAG", first, False),
    ]  # fmt: skip


def test_history_ends_where_a_shallow_repository_does(tmp_path: Path) -> None:
    made = Repository(tmp_path / "source")
    tip = made.commit({"a": b"1"}, parents=["1" * 40])
    with GitFolder(made.folder).open() as reading:
        assert [commit.id for commit in reading.history(tip)] == [tip]
        with pytest.raises(GitDamaged, match="missing"):
            next(reading.history("1" * 40))


def test_a_merge_is_one_commit_of_the_branch(tmp_path: Path) -> None:
    made = Repository(tmp_path / "source")
    base = made.commit({"a": b"1"})
    beside = made.commit({"a": b"2"}, reference="refs/heads/beside")
    merge = made.commit({"a": b"2"}, parents=[base, beside])
    with GitFolder(made.folder).open() as reading:
        assert [commit.id for commit in reading.history(merge)] == [merge, base]


def test_history_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_COMMITS == 2_000
    monkeypatch.setattr("engine.adapters.git.source.MOST_COMMITS", 2)
    made = Repository(tmp_path / "source")
    for n in range(4):
        made.commit({"a": b"%d" % n})
    with GitFolder(made.folder).open() as reading:
        assert [one.id for one in reading.history(made.commits[-1])] == made.commits[:1:-1]


def test_what_an_author_typed_is_only_words(tmp_path: Path) -> None:
    made = Repository(tmp_path / "source")
    tip = made.commit({"a": b"1"}, "<b>x</b>\x1b[31m\u202eออก", author="‮ก\x07 ข <a@b>")
    with GitFolder(made.folder).open() as reading:
        commit = next(reading.history(tip))
    assert (commit.author, commit.message) == ("ก ข", "<b>x</b>[31mออก")
