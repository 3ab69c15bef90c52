"""`python -m benchmarks.mutation`: change the engine in small ways, one at a time, and count the changes no test notices.

Cosmic Ray makes the changes, in an environment and a copy of the tree of its own (build/mutation). A sample with a seed,
because all changes together take a night; the ones that survived are listed for somebody to look at.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "mutation"
COSMIC_RAY = "cosmic-ray==8.7.0"
MODULES = ("kernel", "evaluating", "layout", "program", "columns", "rounding", "choosing", "counting", "fuse", "paying")
TESTS = ("test_cases", "test_counting", "test_fuse", "test_paying", "test_allocate", "test_properties")
LONGEST = 180.0
"""Seconds after which a change has plainly made a loop that never ends: it is noticed."""


def main() -> int:
    """0 when the run is done, whatever the score."""
    words = _words()
    tree, env = PLACE / "tree", PLACE / "env"
    _environment(env)
    _copy(tree)
    session, config = PLACE / "session.sqlite", PLACE / "cosmic-ray.toml"
    session.unlink(missing_ok=True)
    config.write_text(_config(words.modules), encoding="utf-8")
    cosmic_ray = str(env / "bin" / "cosmic-ray")
    subprocess.run([cosmic_ray, "init", str(config), str(session)], cwd=tree, check=True)
    kept = _sample(session, words.keep, words.seed)
    if subprocess.run(_command(), cwd=tree, check=False, shell=True).returncode:  # noqa: S602 - our own words
        print("The tests fail as they are: nothing to learn from changes.", file=sys.stderr)
        return 1
    print(f"{kept} changes, seed {words.seed}; each runs the tests of the engine once.", flush=True)
    subprocess.run([cosmic_ray, "exec", str(config), str(session)], cwd=tree, check=True)
    return _report(session)


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutation", description=__doc__)
    parser.add_argument("--keep", type=int, default=300, help="how many changes to try")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("modules", nargs="*", default=MODULES, help="modules of riskshare")
    return parser.parse_args()


def _environment(env: Path) -> None:
    if not (env / "bin" / "cosmic-ray").exists():
        venv.create(env, with_pip=True, clear=True)
        subprocess.run([str(env / "bin" / "pip"), "install", "--quiet", COSMIC_RAY], check=True)


def _copy(tree: Path) -> None:
    """What git knows, as it stands on disk: changes are made on files, never on the checkout."""
    shutil.rmtree(tree, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in listed.splitlines():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)


def _config(modules: Sequence[str]) -> str:
    paths = ", ".join(f'"riskshare/{name}.py"' for name in modules)
    return (
        f"[cosmic-ray]\nmodule-path = [{paths}]\ntimeout = {LONGEST}\nexcluded-modules = []\n"
        f'test-command = "{_command()}"\n[cosmic-ray.distributor]\nname = "local"\n'
    )


def _command() -> str:
    tests = " ".join(f"tests/{name}.py" for name in TESTS if (ROOT / "tests" / f"{name}.py").exists())
    return f"env PYTHONPATH=. GONGJI_EXAMPLES=quick NUMBA_DISABLE_JIT=1 {sys.executable} -m pytest -x -q -p no:cacheprovider {tests}"


def _sample(session: Path, keep: int, seed: int) -> int:
    """Leave so many changes to try and mark the rest as skipped."""
    with sqlite3.connect(session) as database:
        order = database.execute("SELECT job_id FROM mutation_specs ORDER BY module_path, operator_name, occurrence")
        jobs = list(dict.fromkeys(job for (job,) in order))  # ids are random; the changes themselves are not
        chosen = set(random.Random(seed).sample(jobs, min(keep, len(jobs))))
        rest = [(job,) for job in jobs if job not in chosen]
        database.executemany("DELETE FROM mutation_specs WHERE job_id = ?", rest)
        database.executemany("DELETE FROM work_items WHERE job_id = ?", rest)
    print(f"{len(jobs)} possible changes.", flush=True)
    return len(chosen)


def _report(session: Path) -> int:
    with sqlite3.connect(session) as database:
        rows = database.execute(
            "SELECT m.module_path, m.start_pos_row, m.operator_name, r.test_outcome, r.diff"
            " FROM mutation_specs m JOIN work_results r USING (job_id) ORDER BY 1, 2"
        ).fetchall()
    outcomes = Counter(str(outcome).rpartition(".")[2].lower() for *_, outcome, _ in rows)
    survived = [row for row in rows if str(row[3]).lower().endswith("survived")]
    for path, line, operator, _, diff in survived:
        print(f"\nsurvived: {path}, line {line}, {operator}\n{diff}")
    score = (len(rows) - len(survived)) / len(rows) if rows else 0
    print(f"\n{len(rows)} changes: {len(rows) - len(survived)} noticed, {len(survived)} not; score {score:.1%}")
    said = {"changes": len(rows), "survived": len(survived), "outcomes": dict(outcomes)}
    (PLACE / "result.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
