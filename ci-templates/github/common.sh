# shellcheck shell=bash
# What the scripts of the actions share. To be sourced.

# A workflow command. Its message may contain anything: what would end or start a command is escaped.
annotate() { # error|warning|notice TEXT
  local text=$2
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  echo "::$1 title=budgetcheck::$text" >&2
}

stop() { # TEXT [EXIT]
  annotate error "$1"
  exit "${2:-2}"
}

random() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# One output of the step. With a delimiter that nobody can guess no value can start a second output.
output() { # NAME VALUE
  local delimiter
  [[ -n ${GITHUB_OUTPUT:-} ]] || return 0
  delimiter=$(random)
  printf '%s<<%s\n%s\n%s\n' "$1" "$delimiter" "$2" "$delimiter" >>"$GITHUB_OUTPUT"
}

# Runs a program whose output may come from a report: the runner takes no line of it as a command.
shielded() { # COMMAND...
  local token rc=0
  token=$(random)
  echo "::stop-commands::$token"
  "$@" || rc=$?
  echo "::$token::"
  return "$rc"
}

trimmed() {
  local text=$1
  text=${text#"${text%%[![:space:]]*}"}
  printf '%s' "${text%"${text##*[![:space:]]}"}"
}

workspace() {
  realpath "${GITHUB_WORKSPACE:-.}"
}

enter_working_directory() {
  cd "$(workspace)/${BC_WORKING_DIRECTORY:-.}" || stop "working-directory: there is no folder '${BC_WORKING_DIRECTORY:-.}'"
}

# A path as later steps see it: from the workspace, or absolute when it is outside.
from_workspace() {
  realpath --relative-base="$(workspace)" "$1"
}

in_workspace() {
  case $1 in
    /*) printf '%s' "$1" ;;
    *) printf '%s/%s' "$(workspace)" "$1" ;;
  esac
}

# In a container the checkout belongs to another user, and git refuses it. For these processes only, no file is changed.
trust_checkout() {
  local n=${GIT_CONFIG_COUNT:-0}
  [[ $n =~ ^[0-9]+$ ]] || n=0
  export "GIT_CONFIG_KEY_$n=safe.directory" "GIT_CONFIG_VALUE_$n=$(workspace)" GIT_CONFIG_COUNT=$((n + 1))
}

# Downloads a file; never over an unprotected connection, not even after a redirection.
fetch() { # URL FILE
  rm -f "$2"
  curl --fail --silent --show-error --location --proto '=https,file' --proto-redir '=https' --retry 3 --connect-timeout 20 \
    --max-time 300 --max-filesize 100000000 --output "$2" -- "$1" ||
    stop "$1 could not be downloaded: the line above says why; binary: takes a program that is already there"
}
