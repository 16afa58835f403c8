"""bootstrap.sh on machines with other Pythons: faked by a PATH that holds what the machine would have."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("sh", "cat", "cksum", "cp", "chmod", "dirname", "head", "id", "mkdir", "rm", "sleep", "tr")
BROKEN = "echo 'pyenv: version 3.13 is not installed' >&2; exit 127"

# A Python as far as bootstrap.sh can tell: it gives its rank, makes a .venv around a copy of itself, and keeps a diary.
PYTHON = """
case "$*" in
    -) echo {rank} ;;
    "-m venv .venv")
        mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo "{name} made .venv" >>diary
        printf '#!/bin/sh\\necho "uv $*" >>diary\\n' >.venv/bin/uv && chmod +x .venv/bin/uv ;;
    "-m pip install"*) echo "pip $*" >>diary ;;
esac
"""


class Machine:
    """A checkout, a home and a PATH of its own."""

    def __init__(self, folder: Path) -> None:
        self.checkout, self.home, self.bin = folder / "checkout", folder / "home", folder / "bin"
        for made in (self.checkout, self.home, self.bin):
            made.mkdir()
        for name in ("bootstrap.sh", ".python-version", "pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, self.checkout / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def program(self, path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        return path

    def python(self, path: Path, rank: str = "1") -> Path:
        return self.program(path, PYTHON.format(rank=rank, name=path))

    def bootstrap(self, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.checkout / "bootstrap.sh"],
            env={"PATH": str(self.bin), "HOME": str(self.home), **env},
            capture_output=True,
            text=True,
            timeout=60,
        )

    @property
    def diary(self) -> list[str]:
        path = self.checkout / "diary"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def none_elsewhere() -> None:
    if [*Path("/usr/local/bin").glob("python3.1[2-9]"), *Path("/opt/homebrew/bin").glob("python3.1[2-9]")]:
        pytest.skip("this machine has a Python where bootstrap.sh always looks")


def test_a_recent_python3_is_taken_and_the_second_run_does_nothing(machine: Machine) -> None:
    python = machine.python(machine.bin / "python3")
    first = machine.bootstrap()
    assert first.returncode == 0, first.stderr
    assert machine.diary[0] == f"{python} made .venv"
    assert machine.diary[1].startswith("pip -m pip install --quiet uv")
    assert machine.diary[2] == "uv sync --quiet --locked --python .venv/bin/python"

    second = machine.bootstrap()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert len(machine.diary) == 3


def test_a_changed_lock_file_syncs_into_the_same_venv(machine: Machine) -> None:
    machine.python(machine.bin / "python3")
    machine.bootstrap()
    with (machine.checkout / "uv.lock").open("a") as lock:
        lock.write("\n")
    machine.bootstrap()
    assert [line.split()[0] for line in machine.diary[3:]] == ["pip", "uv"]


def test_a_moved_checkout_gets_a_new_venv(machine: Machine) -> None:
    machine.python(machine.bin / "python3")
    machine.bootstrap()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    machine.bootstrap()
    assert [line for line in machine.diary if "made .venv" in line][1:]


def test_3_13_is_preferred_to_what_python3_is(machine: Machine) -> None:
    machine.python(machine.bin / "python3", rank="3")
    best = machine.python(machine.bin / "python3.13")
    machine.bootstrap()
    assert machine.diary[0] == f"{best} made .venv"


def test_3_12_will_do(machine: Machine) -> None:
    machine.program(machine.bin / "python3", "exit 1")
    python = machine.python(machine.bin / "python3.12", rank="3")
    machine.bootstrap()
    assert machine.diary[0] == f"{python} made .venv"


def test_broken_pyenv_shims_lead_to_pyenvs_own_versions(machine: Machine) -> None:
    machine.program(machine.bin / "python3", BROKEN)
    machine.program(machine.bin / "python3.13", BROKEN)
    machine.program(machine.bin / "uv", BROKEN)
    machine.program(machine.home / ".pyenv/versions/3.11.7/bin/python3", "exit 1")
    python = machine.python(machine.home / ".pyenv/versions/3.13.0/bin/python3")
    machine.bootstrap()
    assert machine.diary[0] == f"{python} made .venv"


def test_a_good_python_behind_a_broken_shim(machine: Machine, tmp_path: Path) -> None:
    machine.program(machine.bin / "python3", BROKEN)
    python = machine.python(tmp_path / "later" / "python3")
    machine.bootstrap(PATH=f"{machine.bin}:{python.parent}")
    assert machine.diary[0] == f"{python} made .venv"


def test_python_names_the_one_to_use(machine: Machine, tmp_path: Path) -> None:
    machine.python(machine.bin / "python3.13")
    mine = machine.python(tmp_path / "mine" / "python", rank="4")
    machine.bootstrap(PYTHON=str(mine))
    assert machine.diary[0] == f"{mine} made .venv"


def test_a_python_that_cannot_make_venvs_gives_way_to_the_next(machine: Machine) -> None:
    machine.python(machine.bin / "python3.13", rank="bare")
    python = machine.python(machine.bin / "python3.12", rank="3")
    machine.bootstrap()
    assert machine.diary[0] == f"{python} made .venv"


def test_only_a_python_that_cannot_make_venvs_says_what_to_install(machine: Machine) -> None:
    none_elsewhere()
    machine.python(machine.bin / "python3", rank="bare")
    refused = machine.bootstrap()
    assert refused.returncode == 1
    assert "install its venv package" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_a_working_uv_finds_a_python_where_we_see_none(machine: Machine) -> None:
    none_elsewhere()
    machine.program(machine.bin / "python3", "exit 1")
    machine.python(machine.checkout / "fetched")
    machine.program(
        machine.bin / "uv",
        'case $1 in --version) ;; venv) echo "uv $*" >>diary; cp fetched python; ./python -m venv .venv ;; esac',
    )
    done = machine.bootstrap()
    assert done.returncode == 0, done.stderr
    assert machine.diary[0] == "uv venv --quiet --seed --python 3.13 .venv"


def test_an_old_python_and_a_uv_shim_that_cannot_be_called_give_one_sentence(machine: Machine) -> None:
    none_elsewhere()
    machine.program(machine.bin / "python3", "exit 1")
    machine.program(machine.bin / "uv", BROKEN)
    refused = machine.bootstrap()
    assert refused.returncode == 1
    assert refused.stderr.startswith("No Python 3.12 or newer was found: install Python 3.13")
    assert len(refused.stderr.splitlines()) == 1
    assert refused.stdout == ""


def test_two_at_once_make_it_once(machine: Machine) -> None:
    machine.python(machine.bin / "python3")
    environ = {"PATH": str(machine.bin), "HOME": str(machine.home)}
    both = [subprocess.Popen([machine.checkout / "bootstrap.sh"], env=environ, stderr=subprocess.DEVNULL) for _ in "12"]
    assert [one.wait(60) for one in both] == [0, 0]
    assert len(machine.diary) == 3
    assert not (machine.checkout / ".venv.lock").exists()


def test_a_killed_bootstrap_leaves_nothing_in_the_way(machine: Machine) -> None:
    machine.python(machine.bin / "python3")
    dead = subprocess.Popen(["true"])
    dead.wait()
    (machine.checkout / ".venv.lock").mkdir()
    (machine.checkout / ".venv.lock" / "pid").write_text(str(dead.pid))
    (machine.checkout / ".venv" / "bin").mkdir(parents=True)
    (machine.checkout / ".venv" / "bin" / "python").symlink_to("/nowhere")
    assert machine.bootstrap().returncode == 0
    assert os.access(machine.checkout / ".venv/bin/uv", os.X_OK)
