"""Writing generated files: all or nothing, and never what the user put there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from apispec import output
from apispec.errors import OutputError

SITE = {"index.html": "<p>one</p>\n", "mcp/index.html": "<p>tools</p>\n", "assets/logo.png": b"\x89PNG\xff"}


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def generated(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(folder).items() if path != output.MANIFEST}


def as_bytes(files: dict[str, str | bytes]) -> dict[str, bytes]:
    return {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}


def test_writes_a_new_folder_with_parents(tmp_path: Path) -> None:
    output.write(SITE, tmp_path / "deep" / "site")
    assert generated(tmp_path / "deep" / "site") == as_bytes(SITE)
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["site"], "nothing is left beside it"


def test_manifest_lists_what_was_generated(tmp_path: Path) -> None:
    output.write({"b.txt": "b", "a.txt": ""}, tmp_path / "site")
    manifest = json.loads((tmp_path / "site" / output.MANIFEST).read_text(encoding="utf-8"))
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert manifest["generator"] == "apispec"
    assert list(manifest["files"]) == ["a.txt", "b.txt"]
    assert manifest["files"]["a.txt"] == empty


def test_replaces_its_own_folder_and_removes_what_is_not_generated_any_more(tmp_path: Path) -> None:
    output.write(SITE, tmp_path / "site")
    output.write({"index.html": "<p>two</p>\n"}, tmp_path / "site")
    assert generated(tmp_path / "site") == {"index.html": b"<p>two</p>\n"}
    assert not (tmp_path / "site" / "mcp").exists()


def test_same_files_give_the_same_bytes_in_another_folder(tmp_path: Path) -> None:
    output.write(SITE, tmp_path / "one")
    output.write(dict(reversed(SITE.items())), tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_keeps_what_the_user_put_beside_the_generated_files(tmp_path: Path) -> None:
    site = tmp_path / "site"
    output.write(SITE, site)
    (site / "CNAME").write_text("api.example.com", encoding="utf-8")
    (site / "mcp" / "notes").mkdir()
    (site / "mcp" / "notes" / "mine.txt").write_text("mine", encoding="utf-8")
    (site / "empty").mkdir()
    (site / "link").symlink_to("mcp")
    output.write({"index.html": "new"}, site)
    assert generated(site) == {"index.html": b"new", "CNAME": b"api.example.com", "mcp/notes/mine.txt": b"mine"}
    assert (site / "empty").is_dir()
    assert (site / "link").readlink() == Path("mcp")


def test_keeps_a_generated_file_that_was_edited_and_is_not_generated_any_more(tmp_path: Path) -> None:
    site = tmp_path / "site"
    output.write({"a.txt": "a", "b.txt": "b"}, site)
    (site / "a.txt").write_text("edited", encoding="utf-8")
    output.write({"c.txt": "c"}, site)
    assert generated(site) == {"a.txt": b"edited", "c.txt": b"c"}


def test_overwrites_a_generated_file_that_was_edited(tmp_path: Path) -> None:
    output.write(SITE, tmp_path / "site")
    (tmp_path / "site" / "index.html").write_text("edited", encoding="utf-8")
    output.write(SITE, tmp_path / "site")
    assert generated(tmp_path / "site") == as_bytes(SITE)


def test_refuses_a_folder_that_it_did_not_write(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    for name in ("thesis.tex", "a", "b", "c"):
        (site / name).write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match=r"was not written by apispec.*a, b, c and 1 more") as raised:
        output.write(SITE, site)
    assert "--out" in raised.value.hint
    assert sorted(tree(site)) == ["a", "b", "c", "thesis.tex"]


@pytest.mark.parametrize("name", [".gitignore", ".gitkeep", ".gitattributes"])
def test_takes_a_folder_that_only_git_needs(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / name).write_text("*\n", encoding="utf-8")
    output.write(SITE, site)
    output.write(SITE, site)
    assert generated(site) == {**as_bytes(SITE), name: b"*\n"}


def test_refuses_to_replace_a_file_that_it_did_not_write(tmp_path: Path) -> None:
    site = tmp_path / "site"
    output.write({"a.txt": "a"}, site)
    (site / "b.txt").write_text("mine", encoding="utf-8")
    before = tree(site)
    with pytest.raises(OutputError, match="did not write"):
        output.write({"a.txt": "a", "b.txt": "generated"}, site)
    assert tree(site) == before
    output.write({"a.txt": "a", "b.txt": "mine"}, site)


def test_never_follows_a_link_out_of_the_folder(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    output.write(SITE, site)
    outside.mkdir()
    (outside / "logo.png").write_bytes(b"mine")
    (site / "assets" / "logo.png").unlink()
    (site / "assets").rmdir()
    (site / "assets").symlink_to(outside)
    output.write(SITE, site)
    assert (outside / "logo.png").read_bytes() == b"mine"
    assert generated(site) == as_bytes(SITE)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to("public", target_is_directory=True)
    output.write(SITE, tmp_path / "site")
    assert (tmp_path / "site").readlink() == Path("public")
    assert generated(tmp_path / "public") == as_bytes(SITE)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../up.txt",
        "a/../../up.txt",
        "c:/x",
        "a\\b",
        "a\0",
        ".gitignore",
        ".git/config",
        output.MANIFEST,
    ],
)
def test_refuses_paths_that_leave_the_folder_or_replace_what_is_kept(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError):
        output.write({path: "x"}, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_refuses_paths_that_differ_in_case_only(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"Pets/index.html and pets/index.html"):
        output.write({"Pets/index.html": "", "pets/index.html": ""}, tmp_path / "site")


def test_refuses_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        output.write(SITE, tmp_path / "site")
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("text", ["no json", "[]", '{"files": 3}', "{}"])
def test_refuses_a_manifest_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / output.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(OutputError, match="can't be read"):
        output.write(SITE, tmp_path / "site")


def test_says_when_a_parent_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="can't be written") as raised:
        output.write(SITE, tmp_path / "file" / "site")
    assert str(tmp_path / "file" / "site") in str(raised.value)


def test_a_failing_write_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    output.write(SITE, tmp_path / "site")
    before = tree(tmp_path / "site")
    with pytest.raises(OutputError):
        output.write({"a": "file", "a/b": "in it"}, tmp_path / "site")
    assert tree(tmp_path / "site") == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_without_an_exchange_the_folder_is_put_aside_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    output.write(SITE, tmp_path / "site")
    output.write({"index.html": "new"}, tmp_path / "site")
    assert generated(tmp_path / "site") == {"index.html": b"new"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]
    # Killed between the two renames, then run again:
    (tmp_path / "site").rename(tmp_path / ".site.apispec-old")
    output.write({"index.html": "newer"}, tmp_path / "site")
    assert generated(tmp_path / "site") == {"index.html": b"newer"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


HALF_WAY = textwrap.dedent(
    """
    import signal
    import sys
    from pathlib import Path
    from apispec import output

    # Where the tests run in the background of a shell, they and their children ignore it from the start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    written = []
    write_bytes = Path.write_bytes

    def slow_write_bytes(self, data):
        written.append(self)
        if len(written) == 50:
            print("half way", flush=True)
            sys.stdin.read()
        return write_bytes(self, data)

    Path.write_bytes = slow_write_bytes
    output.write({f"page-{n}.html": "new" for n in range(100)}, Path(sys.argv[1]))
    """
)


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_write_leaves_the_previous_site(tmp_path: Path, signal_: signal.Signals) -> None:
    output.write(SITE, tmp_path / "site")
    before = tree(tmp_path / "site")
    with subprocess.Popen(
        [sys.executable, "-c", HALF_WAY, str(tmp_path / "site")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(signal_)
        assert process.wait(10) != 0
    assert tree(tmp_path / "site") == before
    output.write(SITE, tmp_path / "site")
    assert [p.name for p in tmp_path.iterdir()] == ["site"], "the next write clears up"


AGAIN_AND_AGAIN = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from apispec import output

    for number in range(30):
        output.write({f"{n}.html": sys.argv[2] for n in range(20)}, Path(sys.argv[1]))
    """
)


def test_concurrent_writers_and_a_reader_see_whole_sites_only(tmp_path: Path) -> None:
    site = tmp_path / "site"
    output.write({f"{n}.html": "start" for n in range(20)}, site)
    command = [sys.executable, "-c", AGAIN_AND_AGAIN, str(site)]
    writers = [subprocess.Popen([*command, name]) for name in ("one", "two")]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        seen.add((site / "7.html").read_text(encoding="utf-8"))
        time.sleep(0.001)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen <= {"start", "one", "two"}
    assert len(set(generated(site).values())) == 1, "one writer's files, not a mixture"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_stale_is_empty_for_what_was_just_written(tmp_path: Path) -> None:
    output.write(SITE, tmp_path / "site")
    (tmp_path / "site" / "CNAME").write_text("mine", encoding="utf-8")
    assert output.stale(SITE, tmp_path / "site") == ""


def test_stale_shows_changed_new_removed_and_binary_files_and_writes_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    output.write({"same.txt": "s\n", "changed.txt": "a\nb\n", "gone.txt": "old\n", "b.bin": b"\xff"}, site)
    before = tree(site)
    diff = output.stale({"same.txt": "s\n", "changed.txt": "a\nc\n", "new.txt": "n", "b.bin": b"\xfe"}, site)
    assert diff == textwrap.dedent(
        """\
        --- a/changed.txt
        +++ b/changed.txt
        @@ -1,2 +1,2 @@
         a
        -b
        +c
        --- /dev/null
        +++ b/new.txt
        @@ -0,0 +1 @@
        +n
        \\ No newline at end of file
        Binary files a/b.bin and b/b.bin differ
        --- a/gone.txt
        +++ /dev/null
        @@ -1 +0,0 @@
        -old
        """
    )
    assert tree(site) == before


def test_stale_of_a_missing_folder_is_everything(tmp_path: Path) -> None:
    assert output.stale({"a.txt": "a\n"}, tmp_path / "site") == "--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1 @@\n+a\n"
    assert not (tmp_path / "site").exists()


def test_write_file_replaces_in_one_step_and_keeps_mode_and_links(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "openapi.json"
    output.write_file("{}\n", path)
    path.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to(path)
    output.write_file('{"openapi": "3.1.0"}\n', link)
    assert path.read_text(encoding="utf-8") == '{"openapi": "3.1.0"}\n'
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert [p.name for p in path.parent.iterdir()] == ["openapi.json"]


@pytest.mark.skipif(os.name == "nt", reason="modes of Unix")
def test_folders_that_are_kept_stay_as_private_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    output.write({"a/index.html": "1", "index.html": "1"}, site)
    for name in ("private/inner", "a/mine", "empty"):
        (site / name).mkdir(parents=True)
        (site / name / "secret").write_text("s", encoding="utf-8")
    (site / "empty" / "secret").unlink()
    modes = {"private/inner": 0o500, "private": 0o711, "a/mine": 0o2770, "a": 0o750, "empty": 0o700, ".": 0o751}
    for name, mode in modes.items():
        (site / name).chmod(mode)
    seen: list[int] = []
    link = output.os.link
    monkeypatch.setattr(
        output.os, "link",
        lambda *a, **more: (seen.append((tmp_path / ".site.apispec-new").stat().st_mode & 0o777), link(*a, **more)),
    )  # fmt: skip
    for content in ("2", "3"):
        output.write({"a/index.html": content, "index.html": content}, site)
        assert {name: (site / name).stat().st_mode & 0o7777 for name in modes} == modes
        assert (site / "private" / "inner" / "secret").read_text(encoding="utf-8") == "s"
        assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert set(seen) == {0o700}, "nobody else reads what is being brought along"


def test_a_folder_that_cannot_be_read_is_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    output.write({"index.html": "1"}, site)
    (site / "mine").mkdir()
    scandir = output.os.scandir

    def refusing(path: object) -> object:
        if isinstance(path, (str, Path)) and Path(path).name == "mine" and Path(path).parent == site:
            raise PermissionError(13, "Permission denied", path)  # as for all but root
        return scandir(path)

    monkeypatch.setattr(output.os, "scandir", refusing)
    with pytest.raises(OutputError, match="Permission denied"):
        output.write({"index.html": "2"}, site)
    assert (site / "mine").is_dir() and (site / "index.html").read_text(encoding="utf-8") == "1"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_write_file_writes_into_pipes_and_devices(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        output.write_file("text", pipe)
        assert os.read(reader, 10) == b"text"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    output.write_file("text", Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_write_file_says_when_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="can't be written"):
        output.write_file("x", tmp_path / "folder")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_stale_file(tmp_path: Path) -> None:
    path = tmp_path / "openapi.json"
    assert output.stale_file("a\n", path) == "--- /dev/null\n+++ b/openapi.json\n@@ -0,0 +1 @@\n+a\n"
    output.write_file("a\n", path)
    assert output.stale_file("a\n", path) == ""
    assert output.stale_file("b\n", path) == "--- a/openapi.json\n+++ b/openapi.json\n@@ -1 +1 @@\n-a\n+b\n"


def test_the_root_of_a_file_system_is_no_folder_for_a_site() -> None:
    with pytest.raises(OutputError, match="the root of a file system can't be replaced"):
        output.write({"index.html": "x"}, Path("/"))


def test_line_ends_of_windows_are_no_difference(tmp_path: Path) -> None:
    """Git gives checkouts on Windows CRLF where it was told nothing else."""
    folder = tmp_path / "site"
    output.write({"a.txt": "1\n2\n", "old.txt": "x\ny\n", "b.bin": b"\0\r\n"}, folder)
    for name in ("a.txt", "old.txt"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert output.stale({"a.txt": "1\n2\n", "old.txt": "x\ny\n", "b.bin": b"\0\r\n"}, folder) == ""
    assert output.stale({"a.txt": "1\n2\n", "old.txt": "x\ny\n", "b.bin": b"\0\n"}, folder) != "", "no text"
    changed = output.stale({"a.txt": "1\n3\n", "b.bin": b"\0\r\n"}, folder)
    assert "-2\n+3\n" in changed and "\n-1\n" not in changed
    assert "a/old.txt" in changed, "what is no longer made is ours, whatever its line ends"
    output.write({"a.txt": "1\n3\n", "b.bin": b"\0\r\n"}, folder)
    assert not (folder / "old.txt").exists()
    assert output.stale_file("1\n3\n", folder / "a.txt") == ""
