"""An installation gets what the locks name, whatever newer releases an index offers."""

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def wheel(folder: Path, name: str, version: str, *requires: str) -> Path:
    """A wheel without code, as an index would serve it."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    metadata = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        "Provides-Extra: more",
        *(f"Requires-Dist: {each}" for each in requires),
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{info}/METADATA", "\n".join(metadata) + "\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path):
    """A lock of two packages, and an index with a newer release of one of them."""
    served = tmp_path / "served"
    served.mkdir()
    locked = [
        wheel(served, "upper", "1.0", "lower[more]>=1"),
        wheel(served, "lower", "1.0"),
    ]
    wheel(served, "lower", "2.0")
    lines = [
        f"{each.name.split('-')[0]}==1.0 "
        f"--hash=sha256:{hashlib.sha256(each.read_bytes()).hexdigest()}"
        for each in locked
    ]
    (tmp_path / "lock.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def installed(index: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check"),
            *("install", *options, "-r", str(index / "lock.txt")),
            *("--no-index", "--find-links", str(index / "served"), "--target", str(index / "to")),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_lock_installs_from_an_index_that_has_newer_releases(index):
    options = re.search(r"^LOCKED := install (.+)$", MAKEFILE, re.MULTILINE)
    assert options

    done = installed(index, *options[1].split())

    assert done.returncode == 0, done.stderr
    assert {each.name for each in (index / "to").glob("*.dist-info")} == {
        "upper-1.0.dist-info",
        "lower-1.0.dist-info",
    }


def test_that_index_stops_an_install_that_resolves_anew(index):
    done = installed(index, "--require-hashes")

    assert done.returncode != 0


def test_no_target_resolves_what_a_lock_already_says():
    fixed = ("$(LOCKED)", "--no-deps", "--constraint")
    installs = [
        each
        for each in MAKEFILE.splitlines()
        if re.search(r"pip\b.*\binstall", each, re.IGNORECASE)
    ]

    assert installs
    assert [each for each in installs if not any(how in each for how in fixed)] == []


@pytest.mark.parametrize(
    "lock",
    ["requirements.txt", ".ci/requirements.txt", ".ci/live-requirements.txt"],
    ids=str,
)
def test_every_package_of_a_lock_has_its_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    packages = [each for each in text.splitlines() if each.strip() and not each.startswith("#")]

    assert packages
    assert [each for each in packages if "==" not in each or "--hash=sha256:" not in each] == []
