"""A cache is code: what others could write is never run, and what is damaged is made anew."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import cache, code_files, trust
from sim.engine.code_files import read_code, take_remarks, write_code

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners are a matter of POSIX")

KEY = "0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def no_remarks() -> Iterator[None]:
    take_remarks()
    yield
    take_remarks()


@pytest.fixture
def safe(tmp_path: Path) -> Path:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    for one in (folder, folder.parent):
        one.chmod(0o755)
    return folder


def owned_by_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a path look as if another user owned it: only root could give it away."""
    real = Path.lstat

    def lstat(one: Path) -> Any:
        found = real(one)
        if one != path:
            return found
        return SimpleNamespace(st_mode=found.st_mode, st_uid=os.getuid() + 1)

    monkeypatch.setattr(Path, "lstat", lstat)


Harm = Callable[[Path, pytest.MonkeyPatch], object]
#: What makes a folder one that others could write to, and the words for it.
HARMS: dict[str, tuple[Harm, str]] = {
    "all may write to it": (lambda f, m: f.chmod(0o777), "others can write to"),
    "its group may write to it": (lambda f, m: f.chmod(0o770), "others can write to"),
    "all may write to its parent": (lambda f, m: f.parent.chmod(0o777), "others can write to"),
    "another's": (owned_by_another, "belongs to another user"),
    "its parent is another's": (
        lambda f, m: owned_by_another(f.parent, m),
        "belongs to another user",
    ),
    "a file": (lambda f, m: (f.rmdir(), f.touch()), "is no folder"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_folder_that_others_could_write_to_is_a_danger(
    safe: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    assert trust.danger(safe) is None
    assert trust.danger(safe / "not" / "yet") is None
    act, words = HARMS[harm]
    act(safe, monkeypatch)
    for folder in (safe, safe / "not" / "yet"):
        assert words in str(trust.danger(folder))


def test_where_each_may_remove_only_their_own_there_is_no_danger(safe: Path) -> None:
    safe.parent.chmod(0o1777)
    assert trust.danger(safe) is None


@pytest.mark.parametrize("relative", [False, True])
def test_a_link_is_judged_by_where_it_leads(
    safe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, relative: bool
) -> None:
    link = tmp_path / "link"
    link.symlink_to(os.path.relpath(safe, tmp_path) if relative else safe)
    assert trust.danger(link / "x") is None
    safe.parent.chmod(0o777)
    assert "others can write to" in str(trust.danger(link / "x"))
    safe.parent.chmod(0o755)
    owned_by_another(link, monkeypatch)
    assert "is a link of another user" in str(trust.danger(link / "x"))


def test_links_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    assert "leads nowhere" in str(trust.danger(tmp_path / "one" / "x"))


#: Each way in which a user's environment names a cache, with the folder that is then looked at.
NAMES = {
    "NUMBA_CACHE_DIR": lambda base: base,
    "XDG_CACHE_HOME": lambda base: base,
    "HOME": lambda base: base / ".cache",
    "TMPDIR": lambda base: base / f"escalation-{os.getuid()}",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, Path], None]:
    """Let one variable alone name a cache."""
    monkeypatch.setattr(cache.sys, "platform", "linux")

    def name(variable: str, base: Path) -> None:
        for other in NAMES:
            monkeypatch.setenv(other, "/dev/null/nowhere")
        monkeypatch.delenv("XDG_CACHE_HOME" if variable == "HOME" else "-", raising=False)
        monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
        monkeypatch.setenv(variable, str(base))
        temporary = base if variable == "TMPDIR" else Path("/dev/null/nowhere")
        monkeypatch.setattr(cache.tempfile, "tempdir", str(temporary))

    return name


@pytest.mark.parametrize("variable", NAMES)
def test_every_candidate_takes_the_same_test(
    environment: Callable[[str, Path], None], safe: Path, variable: str
) -> None:
    environment(variable, safe)
    expected = NAMES[variable](safe)
    assert cache.cache_folder(KEY) == expected / "escalation" / KEY
    assert (expected / "escalation" / KEY).stat().st_mode & 0o777 == 0o700
    take_remarks()
    safe.chmod(0o777)
    assert cache.cache_folder(KEY) is None
    told = [text for text in take_remarks() if text.startswith(str(expected))]
    assert told == [
        f"{expected}: machine code is not kept there, because others can write to {safe} "
        "(each start compiles it anew)"
    ]


@pytest.mark.parametrize("variable", ["NUMBA_CACHE_DIR", "XDG_CACHE_HOME"])
@pytest.mark.parametrize("inner", ["escalation", f"escalation/{KEY}"])
def test_what_lies_in_a_candidate_already_takes_it_too(
    environment: Callable[[str, Path], None], safe: Path, variable: str, inner: str
) -> None:
    (safe / inner).mkdir(parents=True)
    (safe / inner).chmod(0o777)
    environment(variable, safe)
    assert cache.cache_folder(KEY) is None


def test_the_next_candidate_stands_in_and_that_is_said(
    environment: Callable[[str, Path], None], safe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment("XDG_CACHE_HOME", safe)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/dev/null/nowhere")
    assert cache.cache_folder(KEY) == safe / "escalation" / KEY
    (told,) = take_remarks()
    assert told.endswith(f"(it is kept in {safe})")


def test_a_cache_that_is_not_absolute_is_not_the_users(
    environment: Callable[[str, Path], None], safe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment("HOME", safe)
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert cache.cache_folder(KEY) == safe / ".cache" / "escalation" / KEY


def test_only_our_own_folders_are_deleted(
    environment: Callable[[str, Path], None], safe: Path
) -> None:
    """Somebody may keep a folder of their own called `escalation` where the cache lies."""
    theirs = [safe / "escalation" / name for name in ("results", "sim", ".git", "a" * 23)]
    for folder in theirs:
        folder.mkdir(parents=True)
    environment("NUMBA_CACHE_DIR", safe)
    keys = [f"{k:024x}" for k in range(6)]
    for k, key in enumerate(keys):
        folder = cache.cache_folder(key)
        assert folder is not None
        os.utime(folder, (k + 1, k + 1))
    assert all(folder.is_dir() for folder in theirs)
    kept = [key for key in keys if (safe / "escalation" / key).is_dir()]
    assert kept == keys[-3:]


def test_a_folder_is_named_by_all_that_moves_machine_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import llvmlite.binding

    before = cache.cache_key()
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/elsewhere")
    assert cache.cache_key() == before
    monkeypatch.setenv("NUMBA_OPT", "1")
    other = cache.cache_key()
    monkeypatch.setattr(llvmlite.binding, "get_host_cpu_features", lambda: _Features())
    assert len({before, other, cache.cache_key()}) == 3


class _Features:
    def flatten(self) -> str:
        return "+none"


LABEL = f"{KEY} sim.engine.loop.run_all ('World',)"
CONTENT = b"{}\n\x7fELF and so on \xff\x00" * 20


def place(folder: Path, label: str = LABEL) -> Path:
    write_code(folder / "x.code", label, CONTENT)
    assert not take_remarks()
    return folder / "x.code"


def test_a_file_comes_back_and_is_its_users_alone(safe: Path) -> None:
    file = place(safe)
    assert read_code(file, LABEL) == CONTENT
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_code(safe / "none.code", LABEL) is None
    assert not take_remarks()


@given(st.data())
def test_no_damage_is_believed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = place(tmp_path_factory.mktemp("damage"))
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["cut", "flip", "zero", "insert", "double"]))
    damage = {
        "cut": whole[:at],
        "flip": whole[:at] + bytes([whole[at] ^ (1 << at % 8)]) + whole[at + 1 :],
        "zero": whole[:at] + bytes(len(whole) - at),
        "insert": whole[:at] + b"\n" + whole[at:],
        "double": whole + whole,
    }[kind]
    file.write_bytes(damage)
    assert read_code(file, LABEL) is None
    assert take_remarks() == [
        f"{file.parent}: holds machine code that is damaged; it is compiled anew"
    ]
    write_code(file, LABEL, CONTENT)
    assert read_code(file, LABEL) == CONTENT


@pytest.mark.parametrize("other", [LABEL.replace("run_all", "begin"), LABEL.replace("0", "f")])
def test_whole_code_of_something_else_is_not_loaded(safe: Path, other: str) -> None:
    file = place(safe, other)
    assert read_code(file, LABEL) is None
    assert take_remarks() == [f"{safe}: holds machine code of something else; it is compiled anew"]


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _link(file: Path) -> None:
    os.replace(file, file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


@pytest.mark.parametrize(
    "harm", [lambda f: f.chmod(0o666), lambda f: f.chmod(0o620), _pipe, _link, "owner"]
)
def test_a_file_that_others_could_have_written_is_not_loaded(
    safe: Path, monkeypatch: pytest.MonkeyPatch, harm: Any
) -> None:
    file = place(safe)
    if harm == "owner":
        user = os.getuid()
        monkeypatch.setattr(trust.os, "getuid", lambda: user + 1)
    else:
        harm(file)
    assert read_code(file, LABEL) is None
    (told,) = take_remarks()
    assert told.startswith(f"{safe}: ")
    assert "compiled anew" in told


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("step", ["mkstemp", "fsync", "replace"])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    safe: Path, monkeypatch: pytest.MonkeyPatch, number: int, step: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    owner = code_files.tempfile if step == "mkstemp" else code_files.os
    monkeypatch.setattr(owner, step, refuse)
    for name in ("x.code", "y.code"):
        write_code(safe / name, LABEL, CONTENT)
    assert take_remarks() == [
        f"{safe}: machine code cannot be kept, each start compiles it anew: {os.strerror(number)}"
    ]
    assert not list(safe.iterdir())


def test_a_lock_that_cannot_be_made_stops_no_work(safe: Path) -> None:
    done = []
    with cache.one_at_a_time(safe / "gone"):
        done.append("work")
    assert done == ["work"]
    assert take_remarks()[0].startswith(f"{safe / 'gone'}: machine code cannot be kept: ")
