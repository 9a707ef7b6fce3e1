#!/usr/bin/env bash
# The second of the two workflows for forks: it may write, so it runs none of the pull request's code. What the first one
# uploaded was made by a stranger and is data: two members of the archive are read by name into files of ours (nothing is
# unpacked, so no path in it matters), bounded in size, and what they say is checked. The comment is rendered again by the
# program from the results; no text of the stranger's making is passed on as it is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=ci-templates/github/common.sh
. "$here/common.sh"
readonly MAX_ARCHIVE=50000000 MAX_RESULTS=50000000

for tool in curl jq unzip; do
  command -v "$tool" >/dev/null || stop "$tool is missing on this runner: ubuntu-latest has it"
done
[[ ${BC_RUN_ID:-} =~ ^[0-9]+$ && ${BC_HEAD_SHA:-} =~ ^[0-9a-f]{40}$ ]] ||
  stop "there is no workflow_run in the event: this action is for 'on: workflow_run' (see docs/github.md)"
[[ -n ${BC_APP:-} ]] || stop "app: name the application here; what the artifact calls itself is not believed"
[[ ${GITHUB_REPOSITORY:-} =~ ^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$ ]] || stop "GITHUB_REPOSITORY is not set"
api=${GITHUB_API_URL:-https://api.github.com}
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/budgetcheck-fork.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The token goes through a file that only this user reads: arguments are seen by everybody on the machine.
(umask 077 && printf 'Authorization: Bearer %s\nAccept: application/vnd.github+json\nUser-Agent: budgetcheck\n' \
  "${GITHUB_TOKEN:-}" >"$work/headers")
get() { # URL FILE; curl does not send the header to another host that it is sent on to
  curl --fail --silent --show-error --location --header "@$work/headers" --retry 3 --connect-timeout 20 --max-time 120 \
    --max-filesize "$MAX_ARCHIVE" --output "$2" -- "$1" || stop "$1 could not be read: the job needs 'permissions: actions: read'"
}

get "$api/repos/$GITHUB_REPOSITORY/actions/runs/$BC_RUN_ID/artifacts?per_page=100" "$work/list.json"
id=$(jq -r --arg name "${BC_ARTIFACT:-budgetcheck}" \
  '[.artifacts[]? | select(.name == $name and .expired != true) | .id] | max // empty' "$work/list.json")
if [[ ! $id =~ ^[0-9]+$ ]]; then
  annotate notice "the run $BC_RUN_ID has no artifact '${BC_ARTIFACT:-budgetcheck}': it did not come to its end, and there is nothing to comment"
  exit 0
fi
get "$api/repos/$GITHUB_REPOSITORY/actions/artifacts/$id/zip" "$work/artifact.zip"

member() { # NAME LIMIT FILE
  { unzip -p "$work/artifact.zip" "$1" 2>/dev/null || true; } | head -c "$(($2 + 1))" >"$3" || true
  [[ -s $3 ]] || stop "the artifact has no $1: it was not made by this action, or by another version"
  [[ $(stat -c %s "$3") -le $2 ]] || stop "$1 of the artifact has more than $2 bytes"
}
member pull-request.txt 20 "$work/number"
member results.json "$MAX_RESULTS" "$work/results.json"
number=$(cat "$work/number")
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || stop "the artifact names no pull request"
jq -e -s 'length == 1 and (.[0] | type == "object" and .version == 1 and (.samples | type == "array"))' "$work/results.json" >/dev/null 2>&1 ||
  stop "results.json of the artifact is not a results file of budgetcheck"

# --head-sha: the results must be of the commit of the run, and the pull request of that number at it, or they are a lie.
# The program takes the run's conclusion from the event and shows it.
shielded "$BC_PROGRAM" comment "$work/results.json" --pull-request "$number" --head-sha "$BC_HEAD_SHA" \
  --repository "$GITHUB_REPOSITORY" "--app=$BC_APP" "--job=${BC_COMMENT_NAME:-budgets}" "--when-green=${BC_WHEN_GREEN:-edit}" --strict-delivery
