#!/bin/sh
# Makes .venv: the right Python, uv inside it, and the packages of uv.lock. Instant when nothing has changed.
#
# A Python or uv counts only after it has been run: a pyenv shim may lead to no Python, a uv may belong to a Python that
# is not the selected one, and Debian's python3 may lack what makes a virtual environment.
# Set PYTHON to name the one to use.
set -eu
cd "$(dirname "$0")"
unset PYTHONHOME PYTHONPATH VIRTUAL_ENV UV_FROZEN UV_PYTHON
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PROJECT_ENVIRONMENT=.venv

say() { printf '%s\n' "$*" >&2; }

# What .venv is made from. The folder counts too: the scripts in .venv hold their own path.
state() { pwd -P && cksum bootstrap.sh .python-version pyproject.toml uv.lock; }

fresh() { [ -f .venv/.made-from ] && [ "$(state)" = "$(cat .venv/.made-from)" ] && .venv/bin/python -c ''; }

# rank PYTHON: how well it suits, 1 is best; fails where it does not run or does not suit. 3.13 is what we test with most.
rank() {
    "$1" - 2>/dev/null <<'EOF'
import sys, sysconfig
order = {(3, 13): 1, (3, 14): 2, (3, 12): 3}
if sys.version_info < (3, 12) or sys.implementation.name != "cpython" or sysconfig.get_config_var("Py_GIL_DISABLED"):
    sys.exit(1)
try:
    import ensurepip, venv
except ImportError:
    print("bare")
else:
    print(order.get(sys.version_info[:2], 4))
EOF
}

# Every Python in sight, one per line: each folder of PATH is looked at, since a broken shim may hide a good one.
pythons() {
    [ -z "${PYTHON:-}" ] || { command -v "$PYTHON" || printf '%s\n' "$PYTHON"; return 0; }
    printf '%s\n' "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
        for name in python3.13 python3.14 python3.12 python3; do
            [ ! -x "$folder/$name" ] || printf '%s\n' "$folder/$name"
        done
    done
    for found in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/3.*/bin/python3 /opt/homebrew/bin/python3.1[2-9] \
        /usr/local/bin/python3.1[2-9] "${HOME:-}"/.local/bin/python3.1[2-9]; do
        [ ! -x "$found" ] || printf '%s\n' "$found"
    done
}

# Leaves the best one in $best, and in $bare one that is recent enough but cannot make a virtual environment.
choose_python() {
    best= bare= best_rank=9
    list=$(pythons)
    while IFS= read -r python; do
        [ -n "$python" ] && found=$(rank "$python") || continue
        if [ "$found" = bare ]; then
            bare=$python
        elif [ "$found" -lt "$best_rank" ]; then
            best=$python best_rank=$found
            [ "$best_rank" -gt 1 ] || break
        fi
    done <<EOF
$list
EOF
}

# A uv that runs may find or fetch a Python that we do not see.
make_with_uv() {
    for uv in $(command -v uv || :) "${HOME:-}/.local/bin/uv" "${HOME:-}/.cargo/bin/uv" /opt/homebrew/bin/uv; do
        "$uv" --version >/dev/null 2>&1 || continue
        say "No suitable Python is installed; asking $uv for one"
        rm -rf .venv
        "$uv" venv --quiet --seed --python 3.13 .venv >&2 && return 0
    done
    return 1
}

make_venv() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 && rank .venv/bin/python >/dev/null &&
        [ "$(pwd -P)" = "$(head -n 1 .venv/.made-in 2>/dev/null)" ] && return 0
    choose_python
    if [ -n "$best" ]; then
        say "Making .venv with $best"
        rm -rf .venv
        "$best" -m venv .venv
    elif ! make_with_uv; then
        if [ -n "$bare" ]; then
            say "$bare cannot make a virtual environment: install its venv package (on Debian and Ubuntu: sudo apt install python3-venv)."
        elif [ -n "${PYTHON:-}" ]; then
            say "PYTHON=$PYTHON is not a CPython 3.12 or newer that runs."
        else
            say "No Python 3.12 or newer was found: install Python 3.13 (from your system's packages, from https://www.python.org/downloads/, or with 'pyenv install 3.13')."
        fi
        exit 1
    fi
    pwd -P >.venv/.made-in
}

! fresh || exit 0
[ -w . ] || { say "$(pwd) cannot be written by $(id -un): run this as its owner."; exit 1; }

# Two commands at once, in a fresh clone: the second one waits.
waits=0
until mkdir .venv.lock 2>/dev/null; do
    if holder=$(cat .venv.lock/pid 2>/dev/null) && ! kill -0 "$holder" 2>/dev/null; then
        rm -rf .venv.lock
    elif [ "$waits" -eq 5 ]; then
        say "Waiting for another start in this checkout (process ${holder:-unknown}); if there is none, remove $(pwd)/.venv.lock"
    fi
    waits=$((waits + 1))
    sleep 1
done
echo $$ >.venv.lock/pid
trap 'rm -rf .venv.lock' EXIT
trap 'exit 130' HUP INT TERM
! fresh || exit 0

rm -f .venv/.made-from
make_venv
say "Installing the packages of uv.lock"
.venv/bin/python -m pip install --quiet 'uv>=0.9,<1'
# The .venv decides which Python it is, not .python-version: 3.12 and 3.14 do as well.
.venv/bin/uv sync --quiet --locked --python .venv/bin/python
state >.venv/.made-from
