#!/bin/sh
# Make .venv: the locked dependencies with their hashes, then the package itself. Run by make from the root.
set -u

stop() { printf 'parley: %s\n' "$1" >&2; exit 1; }

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; }
python=
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if command -v "$candidate" >/dev/null 2>&1 && suits "$candidate"; then python=$candidate; break; fi
done

rm -f .venv/ready
if command -v uv >/dev/null 2>&1; then
    printf 'Setting up .venv with uv (about half a minute, once) …\n'
    uv venv --quiet --clear --python "${python:-3.11}" .venv ||
        stop 'uv could not make .venv: install Python 3.11 to 3.14 and try again.'
    # Compiled now, since otherwise every kernel of the first report would compile what it imports.
    install() { VIRTUAL_ENV=$PWD/.venv uv pip install --quiet --compile-bytecode "$@"; }
else
    [ -n "$python" ] || stop 'no Python 3.11 to 3.14 was found: install one, or name it with PYTHON=/path/to/python3.'
    printf 'Setting up .venv with pip (about two minutes, once) …\n'
    "$python" -m venv --clear .venv ||
        stop "$python could not make .venv: its venv module is missing (on Debian and Ubuntu: apt-get install python3-venv)."
    install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
fi

install --require-hashes -r requirements.txt ||
    stop 'the locked packages could not be installed (see above): is the package index reachable from here?'
install --no-deps --no-build-isolation --editable . ||
    stop 'the package in lib/ could not be installed (see above).'
touch .venv/ready
