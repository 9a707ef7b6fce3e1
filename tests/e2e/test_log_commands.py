"""Whatever a name, a path, a statement or a message says, no line of the log is a command for the program that runs the job.
Every byte of standard output and standard error is read as the runners of GitHub, Gitea, Azure, TeamCity, GitLab, Jenkins and
Buildkite read it."""
import json
import re
import subprocess
import unicodedata

from sandbox import PROGRAM, Sandbox

OUR_COLOURS = re.compile(r"\x1b\[(?:0|1|2|1;31|32|33|36)m")


def overlooked(character):
    """Whether a comparison that knows languages, as .NET's IndexOf and StartsWith are, may pass over it."""
    code = ord(character)
    return unicodedata.category(character) in ("Cc", "Cf", "Cn") or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF or \
        code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0, 0xFFFD)


def commands_in(text):
    """Lines that some runner would obey."""
    found = []
    if re.search("\x1b", OUR_COLOURS.sub("", text)):
        found.append("an escape sequence: " + repr(text[:200]))
    for line in re.split("[\n\r\x0b\x0c\x85\u2028\u2029]", OUR_COLOURS.sub("", text)):
        seen = "".join(c for c in line if not overlooked(c)).lstrip()
        if seen.startswith("::") or re.search(r"##[A-Za-z]*\[", seen) or re.match(r"(?:---|\+\+\+|~~~|\^\^\^)\s", seen):
            found.append(repr(line))
    return found


BLANKS = ["\u00a0", "\u2003", "\u3000", "\u202f"]
HIDDEN = ["\ufeff", "\u200b", "\u00ad", "\u061c", "\u200f", "\u2060", "\U000e0041", "\ufe0f", "\u0085", "\u2028"]
NAMES = ["::error file=x,title=pwned::z", "##vso[task.setvariable variable=GATE]passed", "##teamcity[buildStatus text='ok']",
         "##[error]x", "a ##[group]x", "a\r::error::cr", "a\n::error::lf", "--- folded", "+++ open", "~~~ x", "^^^ +++",
         "section_start:1560896352:x\r\u001b[0Kx", "\u001b[8mha:AAAA\u001b[0m", "\u001b]8;;http://evil.example\u0007x",
         *[f"x {blank}::error::x" for blank in BLANKS], *[f"{h}::error::x" for h in HIDDEN], *[f"a #{h}#[error]x" for h in HIDDEN],
         *[f":{h}:error::x" for h in HIDDEN]]
# Where a line is wrapped, the command moves to its beginning.
WRAPPED = [f"{'a' * n}{blank}::stop-commands::tok{n}" for blank in (" ", *BLANKS) for n in range(58, 70)]


class LogCommandsTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.names = NAMES + WRAPPED
        (self.dir / "samples.json").write_text(json.dumps(self.samples(200_000)))
        (self.dir / "less.json").write_text(json.dumps(self.samples(100_000)))
        budgets = [{"id": f"b{n}", "metric": "bundle.raw", "where": {"asset": name}, "max": "170 kB", "why": name, "owner": name}
                   for n, name in enumerate(self.names)]
        (self.dir / "budgets.json").write_text(json.dumps({"version": 1, "project": "::error::p", "budgets": budgets}))
        (self.dir / "plain.yml").write_text("version: 1\nproject: '##[error]p'\nbudgets:\n"
                                            "  - { id: b, metric: bundle.raw, where: { asset: '*' }, max: 170 kB }\n")
        log = []
        for n, name in enumerate(NAMES):
            table = name.replace('"', "").replace("`", "")
            log += [{"time": "2026-01-01T00:00:00Z", "query": f'SELECT "{table}"."id" FROM "{table}" WHERE "{table}"."id" = $1',
                     "params": f"[{i}]", "duration": 1, "request_id": name} for i in range(12)]
        (self.dir / "queries.ndjson").write_text("\n".join(json.dumps(line) for line in log) + "\n")
        self.said = 0

    def samples(self, value):
        return {"version": 1, "samples": [{"metric": "bundle.raw", "where": {"asset": name}, "unit": "B", "value": value}
                                          for name in self.names]}

    def judged(self, *arguments, env=None, obeys=False):
        done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=self.dir, stdin=subprocess.DEVNULL, capture_output=True,
                              env={**self.env, "LC_ALL": "C.UTF-8", **(env or {})}, timeout=120)
        self.assertNotIn(done.returncode, (70, -6, -11), done.stderr)
        for stream in (done.stdout, done.stderr):
            text = stream.decode()
            self.said += len(text)
            if not obeys:
                self.assertEqual(commands_in(text), [], arguments)
        return done

    def test_the_text_report_at_every_width(self):
        for width in (40, 61, 80, 100, 20000):
            run = self.judged("check", "samples.json", "--base", "none", "--budgets", "budgets.json", env={"COLUMNS": str(width)})
            self.assertIn(b"over by 30 kB", run.stdout)
            self.judged("check", "samples.json", "--base", "none", "--budgets", "plain.yml", env={"COLUMNS": str(width)})
        self.judged("check", "samples.json", "--base", "none", "--budgets", "plain.yml", env={"FORCE_COLOR": "1"})
        self.judged("check", "samples.json", "--base", "none", "--budgets", "plain.yml", env={"LC_ALL": "C"})
        self.assertGreater(self.said, 50_000)

    def test_every_document_on_standard_output(self):
        for name in ("compact", "json", "junit", "sarif", "markdown", "codequality", "openmetrics", "rerun", "html=-"):
            done = self.judged("check", "samples.json", "queries.ndjson", "--base", "none", "--budgets", "plain.yml",
                               "--output", name)
            self.assertGreater(len(done.stdout), 10, name)
            if name == "json":
                assets = [s["where"]["asset"] for s in json.loads(done.stdout)["samples"] if s["metric"] == "bundle.raw"]
                self.assertEqual(sorted(assets), sorted(self.names), "what a program reads is the same")

    def test_annotations_are_commands_and_hold_no_other(self):
        done = self.judged("check", "samples.json", "queries.ndjson", "--base", "none", "--budgets", "plain.yml",
                           "--output", "github=annotations.txt")
        lines = (self.dir / "annotations.txt").read_text().splitlines()
        self.assertGreater(len(lines), 3)
        for line in lines:
            self.assertRegex(line, "^::(error|warning) ")
            self.assertEqual(commands_in(line.replace("::", "", 1)), [])
        self.assertIn(done.returncode, (1, 2, 3))

    def test_queries_of_any_table(self):
        self.judged("check", "queries.ndjson", "--base", "none", "--budgets", "plain.yml")
        self.judged("check", "queries.ndjson", "--base", "none", "--budgets", "plain.yml", env={"COLUMNS": "64"})

    def test_comparisons(self):
        for output in ("text", "markdown", "json"):
            self.judged("compare", "less.json", "samples.json", "--budgets", "plain.yml", "--output", output)

    def test_a_comment_that_is_only_shown(self):
        self.judged("check", "samples.json", "--base", "none", "--budgets", "budgets.json", "--output", "json=results.json")
        self.judged("comment", "results.json", "--dry-run")
        self.judged("comment", "results.json", env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": ""})

    def test_the_budgets_file(self):
        self.judged("validate", "--budgets", "budgets.json")
        self.judged("explain", "--budgets", "budgets.json")
        for name in NAMES[:8]:
            self.judged("explain", name, "--budgets", "budgets.json")
            wrong = self.dir / "wrong.json"
            wrong.write_text(json.dumps({"version": 1, name: 1, "budgets": [{"id": name, "metric": name, "max": name}]}))
            self.judged("validate", "--budgets", "wrong.json")
            self.judged("check", "samples.json", "--budgets", "wrong.json")

    def test_words_of_the_command_line(self):
        (self.dir / "broken.json").write_text('{"samples": [##vso[x]\n::error::x')
        for name in NAMES:
            if "\0" in name:
                continue
            for arguments in ([name], ["check", name], ["check", "--base", name], ["check", "--output", name],
                              ["check", "--output", f"json=no/{name}"], ["check", f"--{name}"], ["help", name],
                              ["compare", name, name], ["comment", name], ["comment", "broken.json", "--job", name],
                              ["schema", name], ["baseline", "show", name], ["history", name], ["init", "--from", name],
                              ["check", "samples.json", "--rerun", name], ["calibrate", name, name],
                              ["update", name, "--reason", name, "--owner", name, "--budgets", "plain.yml"]):
                self.judged(*arguments)
        self.judged("check", "broken.json")

    def test_names_of_files(self):
        for number, name in enumerate(NAMES):
            path = self.dir / f"d{number}" / (name.replace("/", "_").replace("\0", "") + ".json")
            path.parent.mkdir()
            path.write_text((self.dir / "samples.json").read_text() if number % 2 else "{")
        self.judged("check", "d*/*", "--base", "none", "--budgets", "plain.yml")
        self.judged("init")
