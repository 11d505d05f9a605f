"""What would start something, lead out of the folder, or fill memory is refused with a code, and nothing of it happens."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

import pytest

from engine.adapters.git import GitFolder
from engine.adapters.git.refusals import (
    GitDamaged,
    GitForeignLink,
    GitFormat,
    GitHooks,
    GitLinkInside,
    GitMissing,
    GitName,
    GitRefused,
    GitTooLarge,
)
from tests.git.hostile import MEGABYTE, PLACE, committed, costs_little, raw, refused, taken
from tests.repositories import FILE, LINK, MODULE, Content, Repository


def test_what_does_no_harm_is_read(source: Repository) -> None:
    (source.inside / "hooks").mkdir(exist_ok=True)
    (source.inside / "hooks" / "pre-commit.sample").write_text("#!/bin/sh", encoding="utf-8")
    (source.inside / "config").write_text('[core]\n\tbare = true\n[remote "origin"]\n url = x\n', encoding="utf-8")
    assert taken(source.folder) == [(f"{PLACE}/leave.bpmn", b"<x/>")]


def test_a_hook_is_not_run_and_the_source_refused(source: Repository, tmp_path: Path) -> None:
    hook, mark = source.inside / "hooks" / "post-checkout", tmp_path / "it ran"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch '{mark}'\n", encoding="utf-8")
    hook.chmod(0o755)
    refused(source.folder, GitHooks)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("[core]\n\thooksPath = /tmp/hooks", GitHooks),
        ("[CORE] HooksPath=/tmp/hooks", GitHooks),
        ("[core]\nfsmonitor = ./evil", GitHooks),
        ("[core]\nsshCommand = ./evil", GitHooks),
        ('[filter "evil"]\nsmudge = ./evil', GitHooks),
        ('[diff "evil"]\ntextconv = ./evil', GitHooks),
        ('[merge "evil"]\ndriver = ./evil', GitHooks),
        ("[include]\npath = ../../elsewhere", GitForeignLink),
        ('[includeIf "gitdir:/"]\npath = ../../elsewhere', GitForeignLink),
        ("[core]\nworktree = /etc", GitForeignLink),
        ("[extensions]\nobjectFormat = sha256", GitFormat),
        ("[extensions]\nrefStorage = reftable", GitFormat),
        ("[core]\n\u0e01 = \ud800", GitDamaged),
    ],
)
@pytest.mark.parametrize("name", ["config", "config.worktree"])
def test_settings_that_start_programs_or_lead_elsewhere(
    source: Repository, name: str, settings: str, why: type[GitRefused]
) -> None:
    (source.inside / name).write_bytes(settings.encode("utf-8", "surrogatepass"))
    refused(source.folder, why)


def _file(folder: Path, path: str, content: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(content, encoding="utf-8")


@pytest.mark.parametrize("path", ["objects/info/alternates", "objects/info/http-alternates", "commondir", "gitdir"])
def test_objects_of_another_folder(source: Repository, tmp_path: Path, path: str) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"secret": b"s"})
    _file(source.inside, path, f"{other.inside / 'objects'}\n")
    refused(source.folder, GitForeignLink)


@pytest.mark.parametrize(
    "path", ["HEAD", "config", "packed-refs", "objects", "objects/pack", "refs", "refs/heads", "hooks", "refs/heads/main"]
)
def test_links_in_the_repository(source: Repository, tmp_path: Path, path: str) -> None:
    """A link is refused even where it leads to what would be right."""
    place, moved = source.inside / path, tmp_path / "moved"
    if place.exists():
        place.rename(moved)
    else:
        moved.mkdir()
    place.symlink_to(moved)
    refused(source.folder, GitForeignLink)


def test_a_linked_pack_and_a_linked_object(source: Repository, tmp_path: Path) -> None:
    folder = next((source.inside / "objects").glob("??"))
    moved = folder.rename(tmp_path / "moved")
    folder.symlink_to(moved)
    refused(source.folder, GitForeignLink)
    folder.unlink()
    moved.rename(folder)
    source.pack()
    pack = source.inside / "objects" / "pack" / "pack-0a.pack"
    pack.symlink_to(pack.rename(tmp_path / "x.pack"))
    refused(source.folder, GitForeignLink)


def test_a_pipe_is_not_waited_for(source: Repository) -> None:
    head = source.inside / "HEAD"
    head.unlink()
    os.mkfifo(head)
    refused(source.folder, GitForeignLink)


def test_a_work_tree_whose_repository_is_elsewhere(source: Repository, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / ".git").write_text(f"gitdir: {source.folder}\n", encoding="utf-8")
    refused(tree, GitForeignLink)
    (tree / ".git").unlink()
    (tree / ".git").symlink_to(source.folder)
    refused(tree, GitForeignLink)


def test_no_repository(tmp_path: Path) -> None:
    refused(tmp_path, GitMissing)
    refused(tmp_path / "nowhere", GitMissing)
    (tmp_path / "file").write_bytes(b"")
    refused(tmp_path / "file", GitMissing)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({f"{PLACE}/a.bpmn": (LINK, b"/etc/passwd")}, GitLinkInside),
        ({f"{PLACE}/below/a.md": (LINK, b"../../../secret")}, GitLinkInside),
        ({f"{PLACE}/module": (MODULE, b"1" * 40)}, GitLinkInside),
        ({"processes": (LINK, b"elsewhere")}, GitLinkInside),
        ({PLACE: (MODULE, b"1" * 40)}, GitLinkInside),
        ({f"{PLACE}/..": (FILE, b"x")}, GitName),
        ({f"{PLACE}/.": (FILE, b"x")}, GitName),
        ({f"{PLACE}/../a.bpmn": b"x"}, GitName),
        ({f"{PLACE}/.git/config": b"x"}, GitName),
        ({f"{PLACE}/.GIT": (FILE, b"x")}, GitName),
        ({f"{PLACE}/a\\b.bpmn": b"x"}, GitName),
        ({f"{PLACE}/x": (0o160755, b"1" * 40)}, GitDamaged),
        ({f"{PLACE}/{n}.md": b"x" for n in range(1_001)}, GitTooLarge),
        ({PLACE + "/d" * 12 + "/a.md": b"x"}, GitTooLarge),
        ({f"{PLACE}/a.bpmn": b"x" * (2 * MEGABYTE + 1)}, GitTooLarge),
        ({f"{PLACE}/{n}.bpmn": b"%d" % n + b"x" * (2 * MEGABYTE - 9) for n in range(17)}, GitTooLarge),
    ],
)
def test_what_stands_in_the_folder(source: Repository, files: dict[str, Content], why: type[GitRefused]) -> None:
    source.commit(files)
    refused(source.folder, why)


@pytest.mark.parametrize(
    ("tree", "why"),
    [
        (b"100644 a/../../b.md\0" + bytes(20), GitName),
        (b"100644 /etc/passwd\0" + bytes(20), GitName),
        (b"100644 \0" + bytes(20), GitName),
        (b"100644 \xff.md\0" + bytes(20), GitName),
        (b"100644 a.md\0" + bytes(20) + b"100644 a.md\0" + bytes(20), GitName),
        (b"100644 a.md\0" + bytes(19), GitDamaged),
        (b"100644 a.md", GitDamaged),
        (b"100644 a.md\0" + bytes(20), GitDamaged),  # there is no such file
        (b"40000 x\0" + bytes(20), GitDamaged),
    ],
)
def test_folders_that_git_would_not_write(source: Repository, tree: bytes, why: type[GitRefused]) -> None:
    committed(source, raw(source, "tree", tree))
    refused(source.folder, why)


def test_a_commit_that_is_none(source: Repository) -> None:
    for content in (b"", b"tree x\n\n", b"author a <b> 1 +0000\n\n", b"tree " + b"1" * 40 + b"\nparent y\n\n"):
        source.point("refs/heads/main", raw(source, "commit", content))
        refused(source.folder, GitDamaged)


def test_a_moment_that_there_is_not_is_left_open(source: Repository) -> None:
    empty = raw(source, "tree", b"")
    for moment in ("999999999999999 +0000", "never", "-999999999999 +9999"):
        id_ = raw(source, "commit", f"tree {empty}\nauthor a <b> {moment}\ncommitter a <b> {moment}\n\nx".encode())
        with GitFolder(source.folder).open() as reading:
            assert next(reading.history(id_)).committed_at is None


def test_an_object_that_is_not_what_its_id_says(source: Repository) -> None:
    blob = source.blob(b"<x/>")
    raw(source, "blob", b"<y/>", named=blob)
    refused(source.folder, GitDamaged)
    raw(source, "tree", b"", named=blob)
    refused(source.folder, GitDamaged)


def test_a_broken_file_in_the_place_of_an_object(source: Repository) -> None:
    blob = source.blob(b"<x/>")
    file = source.inside / "objects" / blob[:2] / blob[2:]
    whole = file.read_bytes()
    for content in (b"", whole[:-6], b"\0" * 100, zlib.compress(b"blob 4 <x/>"), zlib.compress(b"blob 5\0<x/>")):
        file.unlink()
        file.write_bytes(content)
        refused(source.folder, GitDamaged)


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
def test_a_bomb_by_itself_costs_no_memory(source: Repository, kind: str) -> None:
    """A hundred megabytes that are a hundred kilobytes on the disk."""
    squeezer = zlib.compressobj(1)
    bomb = squeezer.compress(f"{kind} {100 * MEGABYTE}\0".encode())
    bomb += b"".join(squeezer.compress(b" " * MEGABYTE) for _ in range(100)) + squeezer.flush()
    id_ = "ab" * 20
    (source.inside / "objects" / "ab").mkdir(exist_ok=True)
    (source.inside / "objects" / "ab" / id_[2:]).write_bytes(bomb)
    if kind == "commit":
        source.point("refs/heads/main", id_)
    else:
        committed(source, id_ if kind == "tree" else raw(source, "tree", b"100644 a.md\0" + bytes.fromhex(id_)))
    costs_little(lambda: refused(source.folder, GitTooLarge))


def test_references_that_name_no_object(source: Repository) -> None:
    main = source.inside / "refs" / "heads" / "main"
    for content, why in (
        ("x", GitDamaged), ("../../../etc/passwd", GitDamaged), ("a" * 64, GitFormat), ("1" * 40, GitDamaged),
        ("a" * 2_000, GitTooLarge),
    ):  # fmt: skip
        main.write_text(content, encoding="utf-8")
        refused(source.folder, why)


def test_tags_in_a_circle_name_nothing(source: Repository) -> None:
    tag = raw(source, "tag", f"object {source.commits[0]}\ntype commit\ntag v1\n".encode())
    for _ in range(6):
        tag = raw(source, "tag", f"object {tag}\ntype tag\ntag v1\n".encode())
    source.point("refs/tags/deep", tag)
    source.point("refs/tags/v1", raw(source, "tag", f"object {source.commits[0]}\ntype commit\ntag v1\n".encode()))
    with GitFolder(source.folder).open() as reading:
        assert [(one.name, one.commit_id) for one in reading.references()] == [
            ("main", source.commits[0]), ("v1", source.commits[0]),
        ]  # fmt: skip


def test_too_many_references(source: Repository) -> None:
    lines = "".join(f"{source.commits[0]} refs/heads/b{n}\n" for n in range(1_000))
    (source.inside / "packed-refs").write_text(lines, encoding="utf-8")
    refused(source.folder, GitTooLarge)


def test_reftables_are_another_format(source: Repository) -> None:
    (source.inside / "reftable").mkdir()
    refused(source.folder, GitFormat)


def test_nothing_is_left_open(source: Repository) -> None:
    before = len(os.listdir("/proc/self/fd"))
    source.pack()
    taken(source.folder)
    _file(source.inside, "objects/info/alternates", "x")
    refused(source.folder, GitForeignLink)
    assert len(os.listdir("/proc/self/fd")) <= before
