#!/usr/bin/env python3
"""A log of some 50 MB is measured in 8 parts by real engines: GNU parallel and a job array of Slurm. One worker is killed on its
way and run again; what is merged has the bytes that measuring the whole log gives.

engines.py PROGRAM [--megabytes 50] [--engine parallel|slurm]...   exit 75 when none of the engines can run here
"""
import argparse
import getpass
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PARTS = 8
KILLED = 5
CANNOT_RUN = 75


def write_log(path, megabytes):
    """Requests of four routes, interleaved; a third of the log has no ids. The same bytes every time."""
    random_ = random.Random(16)
    at, size = 1_795_416_840_000, megabytes << 20
    with path.open("w") as log:
        request = 0
        while log.tell() < size:
            request += 1
            route, user = random_.choice(["/", "/api/users", "/api/posts/:id", "/api/search"]), random_.randrange(1, 5000)
            ids = {} if request % 3 == 0 else {"reqId": f"req-{request}", "route": route}
            lines = [{"query": 'SELECT "id", "email" FROM "public"."users" WHERE ("public"."users"."id" = $1)', "params": f"[{user}]"}]
            lines += [{"query": 'SELECT "id", "title" FROM "public"."posts" WHERE ("public"."posts"."authorId" = $1) ORDER BY "id" LIMIT $2',
                       "params": f"[{user + n},20]"} for n in range(random_.randrange(0, 12))]
            for line in lines:
                at += random_.randrange(0, 3)
                log.write(json.dumps({"level": 30, "time": at, "pid": 7, **ids, **line, "durationMs": random_.randrange(1, 90) / 10,
                                      "msg": "query"}) + "\n")


def run(command, folder, **more):
    return subprocess.run([str(word) for word in command], cwd=folder, check=False, text=True, capture_output=True, **more)


def merge(program, folder, expected, engine):
    """Whether what the engine's parts give is what the whole log gives."""
    done = run([program, "merge", "part-*.json", "-o", f"{engine}.json"], folder)
    if done.returncode != 0:
        print(f"{engine}: merge gives {done.returncode}\n{done.stderr}")
        return False
    if (folder / f"{engine}.json").read_bytes() != expected:
        print(f"{engine}: merging {PARTS} parts does not give the bytes of the whole log")
        return False
    print(f"{engine}: {PARTS} parts, one of them run twice, give the bytes of the whole log")
    return True


def expect_missing(program, folder, engine):
    """What merge says while the killed worker's part is not there."""
    done = run([program, "merge", "part-*.json", "-o", "torn.json"], folder)
    if done.returncode != 3 or f"part {KILLED} of {PARTS} of 'app.ndjson' is missing" not in done.stderr:
        print(f"{engine}: merge without the part of the killed worker gives {done.returncode}\n{done.stderr}")
        return False
    return True


def clean(folder):
    for part in folder.glob("part-*"):
        part.unlink()


# The worker that is to die says who it is and reads what does not end, so that it is killed on its way and not behind it.
WORKER = """#!/bin/bash
if [[ $1 == %(killed)s && ! -e killed ]]; then
  echo $$ >waits
  exec "%(program)s" measure - --piece "$1/%(parts)s" --of app.ndjson --output "part-$1.json" < <(head -c 1000000 app.ndjson; sleep 60)
fi
exec "%(program)s" measure app.ndjson --part "$1/%(parts)s" --output "part-$1.json"
"""


def kill_waiting(folder):
    """Kills the worker as soon as it waits."""
    for _ in range(600):
        if (folder / "waits").exists() and (folder / "waits").read_text().strip():
            time.sleep(0.5)
            (folder / "killed").touch()
            os.kill(int((folder / "waits").read_text()), signal.SIGKILL)
            return
        time.sleep(0.1)
    raise SystemExit("the worker did not begin")


def with_parallel(program, folder, expected):
    command = ["parallel", "--will-cite", "--joblog", "jobs.log", "--jobs", "2", "./worker.sh", "{}", ":::",
               *range(1, PARTS + 1)]
    first = subprocess.Popen([str(word) for word in command], cwd=folder)
    kill_waiting(folder)
    if first.wait(timeout=300) == 0:
        print("parallel: it did not say that a worker was killed")
        return False
    if not expect_missing(program, folder, "parallel"):
        return False
    again = run(command[:2] + ["--resume-failed"] + command[2:], folder)
    return again.returncode == 0 and merge(program, folder, expected, "parallel")


SLURM_CONF = """ClusterName=ci
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmctldPort={port}
SlurmdPort={port_of_node}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class Slurm:
    """One node with its controller, in a folder of its own, without systemd."""

    def __init__(self, folder):
        self.folder, self.environment = folder, dict(os.environ, SLURM_CONF=str(folder / "slurm.conf"))

    def __enter__(self):
        for name in ("munge", "state", "spool"):
            (self.folder / name).mkdir(mode=0o700)
        (self.folder / "munge" / "key").write_bytes(os.urandom(1024))
        (self.folder / "munge" / "key").chmod(0o400)
        (self.folder / "slurm.conf").write_text(SLURM_CONF.format(
            host=socket.gethostname().split(".")[0], user=getpass.getuser(), folder=self.folder, port=free_port(),
            port_of_node=free_port()))
        munge = self.folder / "munge"
        self.start(["munged", f"--key-file={munge}/key", f"--socket={munge}/socket", f"--pid-file={munge}/pid",
                    f"--log-file={munge}/log", f"--seed-file={munge}/seed", "--force"])
        self.start(["slurmctld"])
        self.start(["slurmd"])
        for _ in range(60):
            if "idle" in self.run(["sinfo", "--noheader", "--format=%T"]).stdout:
                return self
            time.sleep(0.5)
        raise OSError("its node does not come up")

    def start(self, command):
        done = self.run(command, timeout=60)
        if done.returncode != 0:
            raise OSError(f"{command[0]} does not start: {done.stderr.strip()[-300:]}")

    def run(self, command, **more):
        return run(command, self.folder, env=self.environment, **more)

    def __exit__(self, *_):
        for name in ("slurmd.pid", "slurmctld.pid", "munge/pid"):
            file = self.folder / name
            if file.exists() and file.read_text().strip():
                try:
                    os.kill(int(file.read_text()), signal.SIGTERM)
                except ProcessLookupError:
                    pass
        time.sleep(1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def with_slurm(program, folder, expected, slurm):
    (folder / "job.sh").write_text('#!/bin/bash\nexec ./worker.sh "$SLURM_ARRAY_TASK_ID"\n')

    def array(tasks):
        return subprocess.Popen(["sbatch", "--parsable", "--wait", f"--array={tasks}", f"--chdir={folder}", "--output=/dev/null",
                                 "job.sh"], cwd=folder, env=slurm.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    first = array(f"1-{PARTS}")
    kill_waiting(folder)
    said = first.communicate(timeout=600)
    if first.returncode == 0:
        print(f"slurm: it did not say that a worker was killed: {said}")
        return False
    if not expect_missing(program, folder, "slurm"):
        return False
    again = array(str(KILLED))
    said = again.communicate(timeout=600)
    if again.returncode != 0:
        print(f"slurm: the worker does not run again: {said}")
        return False
    return merge(program, folder, expected, "slurm")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--megabytes", type=int, default=50)
    parser.add_argument("--engine", action="append", choices=["parallel", "slurm"])
    options = parser.parse_args()
    program, failures, ran = options.program.resolve(), 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        write_log(folder / "app.ndjson", options.megabytes)
        whole = run([program, "measure", "app.ndjson", "-o", "whole.json"], folder)
        if whole.returncode != 0:
            raise SystemExit(f"measure gives {whole.returncode}\n{whole.stderr}")
        expected = (folder / "whole.json").read_bytes()
        (folder / "worker.sh").write_text(WORKER % {"killed": KILLED, "program": program, "parts": PARTS})
        (folder / "worker.sh").chmod(0o755)
        for engine in options.engine or ["parallel", "slurm"]:
            clean(folder)
            for mark in ("waits", "killed"):
                (folder / mark).unlink(missing_ok=True)
            if engine == "parallel":
                if shutil.which("parallel"):
                    ran, failures = ran + 1, failures + (not with_parallel(program, folder, expected))
                else:
                    print("NOT RUN: parallel is not installed")
                continue
            if not all(shutil.which(tool) for tool in ("munged", "slurmctld", "slurmd", "sbatch")):
                print("NOT RUN: slurm is not installed")
                continue
            (folder / "slurm").mkdir()
            try:
                with Slurm(folder / "slurm") as slurm:
                    ran, failures = ran + 1, failures + (not with_slurm(program, folder, expected, slurm))
            except (OSError, subprocess.TimeoutExpired) as error:
                print(f"NOT RUN: slurm does not start here: {error}")
    if failures == 0 and ran == 0:
        return CANNOT_RUN
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
