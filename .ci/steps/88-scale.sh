#!/usr/bin/env bash
# 8 parts of one log under GNU parallel and as a job array of Slurm; a worker is killed and run again.
# limit: 6
# needs: 2
# tools: parallel
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
if [[ $(id -u) -eq 0 ]]; then # without Slurm the other engine says enough
  (need_tools sbatch=slurm-client slurmctld slurmd munged=munge) || true
fi
log=$ci/scale-engines.log
tests/e2e/engines.py "$program" 2>&1 | tee "$log" || exit $?
if grep -q '^NOT RUN' "$log"; then
  shortened "$(sed -n 's/^NOT RUN: //p' "$log" | head -n 1)"
fi
