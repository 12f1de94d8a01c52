"""Holds a Nomad job file against models of Nomad's API, and tries its shell.

Nomad itself is in no registry this project uses, so this is not `nomad job
validate`. Checked are the syntax of HCL, and every key, type, duration and word
that Nomad's API restricts, as nomad-pydantic has them. Not checked are the keys
of a driver's `config`, and whether a cluster has the driver and the volume.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import hcl2
from hcl2 import SerializationOptions
from nomad_pydantic import Job

# Blocks and keys that have another name in the API.
BLOCKS = {
    "group": "task_groups",
    "task": "tasks",
    "volume": "volumes",
    "volume_mount": "volume_mounts",
    "restart": "restart_policy",
    "reschedule": "reschedule_policy",
}
KEYS = {"memory": "memory_mb", "memory_max": "memory_max_mb"}


def api(block):
    """A block as the API has it."""
    result = {}
    for key, value in block.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            result[BLOCKS.get(key, key)] = blocks(key, value)
        else:
            result[KEYS.get(key, key)] = value
    return result


def blocks(key, found):
    """The blocks of one kind in a block."""
    if key in {"group", "task"}:
        return [{"name": name, **api(block)} for each in found for name, block in each.items()]
    if key == "volume":
        return {name: api(block) for each in found for name, block in each.items()}
    if key == "volume_mount":
        return [api(each) for each in found]
    if len(found) > 1:
        raise ValueError(f"{key} stands there {len(found)} times")
    return api(found[0])


def resolved(value, known):
    """A value with the file's variables and locals put in."""
    if isinstance(value, dict):
        return {key: resolved(inner, known) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner, known) for inner in value]
    if isinstance(value, str) and (reference := re.fullmatch(r"\$\{((?:var|local)\.\w+)\}", value)):
        return known[reference[1]]
    return value


def try_again(script):
    """Runs the shell that tries again, with a command in accolade's place that
    says a status, and a `sleep` that does not."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "sleep").write_text("#!/bin/sh\n")
        (folder / "accolade").write_text(f'#!/bin/sh\necho >>{folder}/calls\nexit "$1"\n')
        # A part that ends at SIGTERM.
        (folder / "slow").write_text(
            f"#!/bin/sh\ntrap 'echo >>{folder}/ended; exit 75' TERM\necho >>{folder}/started\n"
            "for tick in $(seq 50); do /bin/sleep 0.1; done\n"
        )
        for command in folder.iterdir():
            command.chmod(0o755)
        environment = {"PATH": f"{folder}:{os.environ['PATH']}", "TRIES": "5"}
        shell = ["/bin/sh", "-c", script, "again"]
        for status, calls in [(0, 1), (1, 1), (2, 1), (75, 5)]:
            (folder / "calls").write_text("")
            ended = subprocess.run([*shell, "accolade", str(status)], env=environment)
            seen = len((folder / "calls").read_text().splitlines())
            assert (ended.returncode, seen) == (status, calls), (ended.returncode, seen)
        running = subprocess.Popen([*shell, "slow"], env=environment)
        while not (folder / "started").exists():
            time.sleep(0.05)
        running.terminate()
        assert running.wait(timeout=10) == 75
        assert len((folder / "ended").read_text().splitlines()) == 1
        assert len((folder / "started").read_text().splitlines()) == 1


def main(path):
    options = SerializationOptions(
        with_comments=False, explicit_blocks=False, strip_string_quotes=True, preserve_heredocs=False
    )
    with open(path, encoding="utf-8") as file:
        document = hcl2.load(file, serialization_options=options)
    known = {f"var.{name}": v["default"] for each in document["variable"] for name, v in each.items()}
    for each in document["locals"]:
        # The parser gives a heredoc's quotes escaped.
        known |= {f"local.{name}": text.replace('\\"', '"') for name, text in each.items()}
    (job,) = document["job"]
    ((name, block),) = job.items()
    checked = Job.model_validate({"id": name, **api(resolved(block, known))})
    for group in checked.task_groups:
        for task in group.tasks:
            mounted = {mount.volume for mount in task.volume_mounts}
            assert mounted <= group.volumes.keys(), f"{group.name} has no volume {mounted}"
    try_again(known["local.again"])
    print(f"{path}: job {checked.id}, {sum(group.count for group in checked.task_groups)} allocations")


main(sys.argv[1])
