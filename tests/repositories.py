"""Git repositories for tests, made by dulwich: an implementation that shares no line with what reads them here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dulwich.object_format import SHA1
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.pack import write_pack
from dulwich.refs import Ref
from dulwich.repo import Repo

MAIN = "refs/heads/main"
BEGAN = 1_760_000_000  # seconds; each commit is an hour after the one before
FILE, FOLDER, LINK, MODULE = 0o100644, 0o40000, 0o120000, 0o160000
Content = bytes | tuple[int, bytes]  # or a mode, and a file's content or an id


class Repository:
    """A repository whose commits are written one after the other, the newest at `main`."""

    def __init__(self, folder: Path, *, bare: bool = True) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._repo = Repo.init_bare(str(folder)) if bare else Repo.init(str(folder))
        self._repo.refs.set_symbolic_ref(Ref(b"HEAD"), Ref(MAIN.encode()))
        self.inside = Path(self._repo.controldir())
        self.commits: list[str] = []

    def commit(
        self, files: Mapping[str, Content], message: str = "เปลี่ยน", *, reference: str = MAIN,
        parents: Sequence[str] | None = None, author: str = "Process owner <owner@example.org>",
    ) -> str:  # fmt: skip
        """Write a commit that has exactly these files (by path); its id. Without parents that are named, after the one
        before."""
        made = Commit()
        made.tree = self._tree(files)
        before = self.commits[-1:] if parents is None else parents
        made.parents = [ObjectID(one.encode()) for one in before]
        made.author = made.committer = author.encode()
        made.author_time = made.commit_time = BEGAN + 3600 * len(self.commits)
        made.author_timezone = made.commit_timezone = 7 * 3600
        made.encoding, made.message = b"UTF-8", message.encode()
        self._repo.object_store.add_object(made)
        self.commits.append(made.id.decode())
        self.point(reference, made.id.decode())
        return made.id.decode()

    def point(self, reference: str, id_: str) -> None:
        """Let a reference name an object."""
        self._repo.refs[Ref(reference.encode())] = ObjectID(id_.encode())

    def pack(self) -> None:
        """Put all objects into one pack, made of each other where that is shorter, and leave none by itself."""
        store = self._repo.object_store
        objects = [store[id_] for id_ in store]
        write_pack(str(self.inside / "objects" / "pack" / "pack-0a"), objects, SHA1, deltify=True, delta_window_size=50)
        for file in (self.inside / "objects").glob("??/*"):
            file.unlink()

    def blob(self, content: bytes) -> str:
        """Write a file by itself; its id."""
        blob = Blob.from_string(content)
        self._repo.object_store.add_object(blob)
        return blob.id.decode()

    def _tree(self, files: Mapping[str, Content]) -> ObjectID:
        tree, below = Tree(), dict[str, dict[str, Content]]()
        for path, content in files.items():
            first, slash, rest = path.partition("/")
            if slash:
                below.setdefault(first, {})[rest] = content
            elif isinstance(content, bytes):
                tree.add(first.encode(), FILE, ObjectID(self.blob(content).encode()))
            else:
                mode, what = content
                id_ = what if mode == MODULE else self.blob(what).encode()
                tree.add(first.encode(), mode, ObjectID(id_))
        for name, inside in below.items():
            tree.add(name.encode(), FOLDER, self._tree(inside))
        self._repo.object_store.add_object(tree)
        return tree.id
