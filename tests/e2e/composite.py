"""Runs the steps of a composite action as GitHub's runner does, as far as this repository's actions need it. `uses:` steps
are written down and not run. Reads the subset of YAML that these files keep to, so that no package is needed."""
import json
import os
import pathlib
import re
import subprocess

LINE = re.compile(r"^( *)(- )?(?:([A-Za-z0-9_-]+):(?: (.*))?|(.*))$")


def scalar(text):
    text = re.sub(r"\s#.*$", "", text).strip() if not text.startswith("'") else text.strip()
    return text[1:-1].replace("''", "'") if text.startswith("'") and text.endswith("'") and len(text) > 1 else text


def parse(text):
    """Maps of strings, and lists of maps, by indentation."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    at = 0

    def block(indent):
        nonlocal at
        out = None
        while at < len(lines):
            line = lines[at]
            depth = len(line) - len(line.lstrip())
            if depth < indent:
                break
            assert depth == indent, f"unexpected indentation: {line!r}"
            body = line.lstrip()
            if body.startswith("- "):
                out = [] if out is None else out
                lines[at] = " " * (depth + 2) + body[2:]
                out.append(block(depth + 2))
                continue
            key, _, value = body.partition(":")
            out = {} if out is None else out
            at += 1
            if value.strip():
                out[key] = scalar(value.strip())
            elif at < len(lines) and len(lines[at]) - len(lines[at].lstrip()) > depth:
                out[key] = block(len(lines[at]) - len(lines[at].lstrip()))
            else:
                out[key] = ""
        return out

    return block(0)


class Expressions:
    """The expressions of workflow files: contexts, strings, !, ==, !=, &&, ||, parentheses and always()."""
    TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(==|!=|&&|\|\||[!().])|([A-Za-z_][\w-]*)|$)")

    def __init__(self, contexts):
        self.contexts = contexts

    def value(self, source):
        self.tokens, at = [], 0
        while at < len(source.rstrip()):
            match = self.TOKEN.match(source, at)
            assert match and match.end() > at, f"cannot read {source!r}"
            self.tokens.append(match)
            at = match.end()
        self.at = 0
        out = self.either()
        assert self.at == len(self.tokens), f"cannot read {source!r}"
        return out

    def taken(self, operator):
        if self.at < len(self.tokens) and self.tokens[self.at].group(2) == operator:
            self.at += 1
            return True
        return False

    def either(self):
        left = self.both()
        while self.taken("||"):
            right = self.both()
            left = left or right
        return left

    def both(self):
        left = self.compared()
        while self.taken("&&"):
            right = self.compared()
            left = left and right
        return left

    def compared(self):
        left = self.one()
        for operator, equal in (("==", True), ("!=", False)):
            if self.taken(operator):
                return (self.text(left) == self.text(self.one())) == equal
        return left

    def one(self):
        if self.taken("!"):
            return not self.one()
        if self.taken("("):
            out = self.either()
            assert self.taken(")")
            return out
        token = self.tokens[self.at]
        self.at += 1
        if token.group(1):
            return token.group(1)[1:-1].replace("''", "'")
        name = token.group(3)
        if name == "always":
            assert self.taken("(") and self.taken(")")
            return True
        assert name in self.contexts, f"unknown context {name}"
        out = self.contexts[name]
        while self.taken("."):
            key = self.tokens[self.at].group(3)
            self.at += 1
            out = out.get(key) if isinstance(out, dict) else None
        return out

    @staticmethod
    def text(value):
        return "" if value is None else ("true" if value else "false") if isinstance(value, bool) else str(value)

    def filled(self, text):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: self.text(self.value(match.group(1).strip())), text)


def read_outputs(path):
    """A GITHUB_OUTPUT file by the runner's grammar."""
    out, lines, i = {}, pathlib.Path(path).read_text().split("\n"), 0
    while i < len(lines):
        if lines[i]:
            heredoc = re.match(r"^([^=<]+)<<(.+)$", lines[i])
            if heredoc:
                end = lines.index(heredoc.group(2), i + 1)
                out[heredoc.group(1)] = "\n".join(lines[i + 1:end])
                i = end
            else:
                name, equals, value = lines[i].partition("=")
                assert equals, f"Invalid format '{lines[i]}'"
                out[name] = value
        i += 1
    return out


class ActionRun:
    def __init__(self):
        self.failed = False
        self.log = ""
        self.outputs = {}
        self.steps = {}      # by name: success, failure or skipped
        self.uses = {}       # by name: what a step of another action was given
        self.summary = ""
        self.path = []


def run_action(folder, inputs, github, env, temp, workspace):
    """Runs the action in `folder`. `github` is the github context, `env` the environment of every step."""
    action = parse((pathlib.Path(folder) / "action.yml").read_text())
    unknown = set(inputs) - set(action["inputs"])
    assert not unknown, f"the action has no inputs {unknown}"
    github = {**github, "action_path": str(folder), "workspace": str(workspace)}
    contexts = {"github": github, "steps": {}, "inputs": {}}
    expressions = Expressions(contexts)
    contexts["inputs"] = {name: inputs.get(name, expressions.filled(spec.get("default", "")))
                          for name, spec in action["inputs"].items()}
    run = ActionRun()
    temp = pathlib.Path(temp)
    temp.mkdir(exist_ok=True)
    for number, step in enumerate(action["runs"]["steps"]):
        name = step["name"]
        condition = step.get("if", "")
        wanted = expressions.value(condition) if condition else True
        if not wanted or (run.failed and "always()" not in condition):
            run.steps[name] = "skipped"
            continue
        if "uses" in step:
            run.uses[name] = {key: expressions.filled(value) for key, value in step.get("with", {}).items()}
            run.steps[name] = "success"
            continue
        files = {}
        for kind in ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY", "STATE"):
            files[f"GITHUB_{kind}"] = str(temp / f"{kind.lower()}-{number}")
            pathlib.Path(files[f"GITHUB_{kind}"]).write_text("")
        script = temp / f"step-{number}.sh"
        script.write_text(expressions.filled(step["run"]) + "\n")
        given = {key: expressions.filled(value) for key, value in step.get("env", {}).items()}
        done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", script], cwd=workspace,
                              env={**env, "GITHUB_WORKSPACE": str(workspace), "RUNNER_TEMP": str(temp),
                                   "GITHUB_ACTIONS": "true", "CI": "true", **given, **files},
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
                              stdin=subprocess.DEVNULL)
        outputs = read_outputs(files["GITHUB_OUTPUT"])
        if "id" in step:
            contexts["steps"][step["id"]] = {"outputs": outputs}
        run.log += f"-- {name}\n{done.stdout}"
        run.summary += pathlib.Path(files["GITHUB_STEP_SUMMARY"]).read_text()
        run.path += pathlib.Path(files["GITHUB_PATH"]).read_text().split()
        run.steps[name] = "success" if done.returncode == 0 else "failure"
        run.log += f"-- exit {done.returncode}\n"
        if done.returncode != 0 and step.get("continue-on-error") != "true":
            run.failed = True
            run.code = done.returncode
    run.outputs = {name: expressions.filled(spec["value"]) for name, spec in action.get("outputs", {}).items()}
    run.contexts = json.loads(json.dumps(contexts))
    return run
