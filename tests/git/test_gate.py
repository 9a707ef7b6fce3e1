"""A change cannot weaken its own gate in silence: what it does to the settings that judge it is held against the base's."""
import json
import pathlib

from sandbox import Sandbox, samples

BUDGETS = """version: 1
project: {project}
inputs:
{inputs}
{more}
budgets:
  - {{ id: main-js, metric: bundle.gzip, where: {{ entry: main, type: js }}, max: 200 kB{limit} }}
rules:
{rules}
"""
INPUTS = '  - "logs/*.ndjson"\n  - "out/size.json"'
RULE = {"id": "no-drafts", "title": "Drafts are read", "short": "Drafts are not to be read here.", "why": "They are private.",
        "help": "Read posts.", "limits": "None known.", "kind": "pattern", "on": "query", "pattern": "draft", "level": "error",
        "tags": ["database"], "since": "1"}
HEADING = "This change alters its own gate"
REASON = 'loosened:\n  - {{ setting: "{}", owner: "@web", reason: an agreed one{} }}'


def statement(request, sql, params):
    return json.dumps({"level": 30, "time": 1795416837051, "reqId": request, "route": "/api/posts", "component": "prisma",
                       "query": sql, "params": json.dumps(params), "duration": 1})


POSTS = 'SELECT "p"."id" FROM "posts" AS "p" WHERE "p"."author" = $1'
CLEAN_LOG = statement("r1", 'SELECT "p"."id" FROM "posts" AS "p" WHERE "p"."open" = $1', [True])
LOOP_LOG = "\n".join([CLEAN_LOG] + [statement("r1", POSTS, [n]) for n in range(20)])
DRAFT_LOG = CLEAN_LOG + "\n" + statement("r1", 'SELECT "d"."id" FROM "drafts" AS "d" WHERE "d"."id" = $1', [1])


def budgets(project="shop", inputs=INPUTS, rules="  n-plus-one: error", more="", limit=""):
    return BUDGETS.format(project=project, inputs=inputs, rules=rules, more=more, limit=limit)


class Gate(Sandbox):
    """A server whose main passes, and changes that each add what main's gate would not let pass."""

    def main(self, files=None, log=CLEAN_LOG, size=100_000, **gate):
        path = self.dir / "server.git"
        self.git("init", "--quiet", "--bare", "-b", "main", path)
        files = {"budgets.yml": budgets(**gate), ".gitignore": "out/\n", **(files or {})}
        self.git("fast-import", "--quiet", cwd=path, input=self.commit_text("refs/heads/main", 1, 1, "main", files))
        self.server_path, self.url = path, path.as_uri()
        self.commit = self.git("rev-parse", "main", cwd=path)
        self.files = files
        work = self.clone("main")
        self.measured(work, log, size)
        out = self.dir / "main.json"
        run = self.run_program("check", "--output", f"json={out}", "--base", "none", cwd=work)
        self.assertEqual(run.code, 0, run.stdout + run.stderr)
        run = self.run_program("baseline", "push", out, cwd=work)
        self.assertEqual(run.code, 0, run.stdout + run.stderr)

    @staticmethod
    def measured(work, log, size):
        """What the jobs of a run write; git knows nothing of it."""
        for name in ("logs", "out"):
            (work / name).mkdir(exist_ok=True)
        if log is not None:
            (work / "logs" / "app.ndjson").write_text(log + "\n")
        if size is not None:
            (work / "out" / "size.json").write_text(json.dumps(samples(size)))

    def change(self, expect, files=None, log=LOOP_LOG, size=100_000, arguments=(), env=None, drop=(), **gate):
        """A branch with other files, a run of its jobs, and what the program says."""
        changed = {**self.files, "budgets.yml": budgets(**gate), **(files or {})}
        text = self.commit_text("refs/heads/change", 1, 2, "change", changed, [self.commit])
        for name in drop:
            text = text.rstrip("\n") + f"\nD {name}\n\n"
        self.git("fast-import", "--quiet", "--force", cwd=self.server_path, input=text)
        name = f"change{len(list(self.dir.glob('change*')))}"
        work = self.clone(name, "--branch", "change")
        self.measured(work, log, size)
        out = self.dir / f"{name}.json"
        run = self.run_program("check", "--output", "text", "--output", f"json={out}", "--output",
                               f"markdown={self.dir / 'report.md'}", "--output", f"html={self.dir / 'report.html'}",
                               *arguments, cwd=work, env=env)
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        run.report = json.loads(out.read_text())
        run.codes = {verdict["budget"]: verdict["code"] for verdict in run.report["verdicts"]}
        run.rules = [finding["rule"] for finding in run.report["findings"]]
        run.text = " ".join(run.stdout.split())
        return run

    def assert_said(self, run, *words):
        for word in (HEADING, *words):
            self.assertIn(word, run.text)
        self.assertIn(HEADING, (self.dir / "report.md").read_text())
        self.assertIn(HEADING, (self.dir / "report.html").read_text())

    def assert_held(self, run, setting):
        self.assertEqual(run.codes.get(setting), "GATE_LOOSENED_NO_REASON", run.codes)
        self.assert_said(run, "gives no reason", f"loosened: [{{ setting: {setting}")


class Rules(Gate):
    def test_a_rule_is_not_turned_off_made_blind_or_given_exemptions(self):
        self.main()
        self.assertEqual(self.change(1).rules, ["n-plus-one"])
        for rules in ("  n-plus-one: off", "  n-plus-one: note", "  n-plus-one: { min_repeats: 500 }",
                      '  n-plus-one: { ignore: ["*"] }'):
            with self.subTest(rules=rules):
                run = self.change(1, rules=rules)
                self.assertEqual(run.rules, ["n-plus-one"])
                self.assert_held(run, "rules.n-plus-one")

    def test_without_a_finding_too_the_reason_is_asked_for(self):
        self.main()
        self.assert_held(self.change(1, log=CLEAN_LOG, rules="  n-plus-one: off"), "rules.n-plus-one")

    def test_with_owner_and_reason_the_change_s_own_value_holds(self):
        self.main()
        for more in (REASON.format("rules.n-plus-one", ""), REASON.format("rules.n-plus-one", ", expires: 2999-01-01")):
            with self.subTest(more=more):
                run = self.change(0, rules="  n-plus-one: off", more=more)
                self.assertEqual(run.codes["rules.n-plus-one"], "GATE_LOOSENED")
                self.assert_said(run, "@web: an agreed one")
        run = self.change(1, rules="  n-plus-one: off", more=REASON.format("rules.n-plus-one", ", expires: 2020-01-01"))
        self.assertIn("its reason has expired", run.text)

    def test_a_reason_is_of_the_change_that_brings_it(self):
        self.main(more=REASON.format("rules.n-plus-one", ""))
        run = self.change(1, rules="  n-plus-one: off", more=REASON.format("rules.n-plus-one", ""))
        self.assertIn("its reason is that of an earlier change", run.text)

    def test_tightening_needs_nothing(self):
        self.main(rules='  n-plus-one: { level: warning, min_repeats: 50, ignore: ["x"] }')
        run = self.change(1, rules="  n-plus-one: { level: error, min_repeats: 3 }")
        self.assertNotIn(HEADING, run.text)

    def test_a_lower_limit_of_a_parameter_that_counts_the_other_way_is_looser(self):
        rule = "  static-cache-headers: {{ level: warning, min_age: {} s }}"
        self.main(rules=rule.format(100))
        self.assert_held(self.change(0, log=CLEAN_LOG, rules=rule.format(10)), "rules.static-cache-headers")
        self.assertNotIn(HEADING, self.change(0, log=CLEAN_LOG, rules=rule.format(200)).text)

    def test_own_rules_are_neither_dropped_nor_edited(self):
        own = {"perf/no-drafts.json": json.dumps(RULE)}
        self.main(files=own, more="rules_dir: perf")
        self.assertEqual(self.change(1, log=DRAFT_LOG, more="rules_dir: perf").rules, ["no-drafts"])
        edited = {"perf/no-drafts.json": json.dumps({**RULE, "pattern": "^nothing$"})}
        other = {"perf/no-drafts.json": json.dumps({**RULE, "id": "another"})}
        for name, gate in (("dropped", {}), ("edited", {"files": edited, "more": "rules_dir: perf"}),
                           ("renamed", {"files": other, "more": "rules_dir: perf"})):
            with self.subTest(name):
                run = self.change(1, log=DRAFT_LOG, **gate)
                self.assertIn("no-drafts", run.rules)
                self.assert_held(run, "rules.no-drafts")
        run = self.change(0, log=DRAFT_LOG, more=REASON.format("rules_dir", ""))
        self.assertEqual(run.codes["rules.no-drafts"], "GATE_LOOSENED")


class Inputs(Gate):
    def test_an_input_that_is_dropped_is_read_all_the_same(self):
        self.main()
        for inputs in ('  - "out/size.json"', '  - "out/size.json"\n  - "logs/none-*.ndjson"\n'):
            with self.subTest(inputs=inputs):
                run = self.change(1, inputs='  - "out/size.json"')
                self.assertEqual(run.rules, ["n-plus-one"])
                self.assert_held(run, "inputs.logs/*.ndjson")

    def test_an_input_whose_files_are_gone_needs_a_reason(self):
        self.main()
        run = self.change(1, inputs='  - "out/size.json"', log=None)
        self.assert_held(run, "inputs.logs/*.ndjson")
        # That it may go does not feed the rules that looked into it.
        run = self.change(3, inputs='  - "out/size.json"', log=None, more=REASON.format("inputs.logs/*.ndjson", ""))
        self.assertEqual(run.codes["inputs.logs/*.ndjson"], "GATE_LOOSENED")

    def test_another_pattern_for_the_same_files_needs_nothing(self):
        self.main()
        run = self.change(0, log=CLEAN_LOG, inputs='  - "logs/**"\n  - "out/size.json"')
        self.assertNotIn(HEADING, run.text)

    def test_an_input_is_not_made_optional(self):
        self.main()
        run = self.change(1, log=None, inputs='  - { path: "logs/*.ndjson", optional: true }\n  - "out/size.json"')
        self.assert_held(run, "inputs.logs/*.ndjson")

    def test_a_budget_that_goes_with_its_input_is_missed(self):
        self.main()
        without = budgets(inputs='  - "logs/*.ndjson"').replace(
            "  - { id: main-js, metric: bundle.gzip, where: { entry: main, type: js }, max: 200 kB }\n",
            "  - { id: statements, metric: queries.count, max: 900 }\n")
        run = self.change(1, log=CLEAN_LOG, size=900_000, files={"budgets.yml": without})
        self.assertEqual(run.codes["main-js"], "BUDGET_REMOVED_NO_REASON")
        self.assert_held(run, "inputs.out/size.json")

    def test_what_the_change_itself_brings_is_no_measurement(self):
        self.main(files={"kept/size.json": json.dumps(samples(100_000))}, inputs='  - "logs/*.ndjson"\n  - "kept/*.json"')
        inputs = '  - "logs/*.ndjson"\n  - "kept/*.json"'
        self.assertNotIn("INPUT_OF_CHANGE", self.change(0, log=CLEAN_LOG, inputs=inputs).codes.values())
        for name in ("kept/size.json", "kept/another.json"):
            with self.subTest(name):
                measured = samples(50_000)
                measured["samples"][0]["where"]["entry"] = "main" if name in self.files else "another"
                run = self.change(0, log=CLEAN_LOG, inputs=inputs, files={name: json.dumps(measured)})
                self.assertEqual(run.codes["inputs"], "INPUT_OF_CHANGE")
                self.assert_said(run, name)
        run = self.change(1, log=CLEAN_LOG, inputs=inputs, files={"kept/size.json": json.dumps(samples(50_000))},
                          arguments=["--fail-level", "warning"])

    def test_what_a_job_writes_over_a_file_of_git_is_a_measurement(self):
        self.main(files={"out/size.json": json.dumps(samples(1))})
        run = self.change(0, log=CLEAN_LOG, files={"out/size.json": json.dumps(samples(2))})
        self.assertNotIn("INPUT_OF_CHANGE", run.codes.values())


class Project(Gate):
    def test_another_name_does_not_escape_the_base(self):
        self.main(limit=", max_increase: 5 kB")
        run = self.change(1, project="shop2", log=CLEAN_LOG, size=150_000, limit=", max_increase: 5 kB")
        self.assertEqual(run.codes["main-js"], "REGRESSED")
        self.assert_said(run, "'shop2'", "'shop'")


class TableRows(Gate):
    ROWS = "table,rows\nposts,40000\n"
    SCAN = "\n".join([CLEAN_LOG])

    def test_an_edited_size_does_not_hide_a_table(self):
        files = {"rows.csv": self.ROWS, "schema.prisma": 'model posts {\n  id Int @id\n  author Int\n  open Boolean\n}\n'}
        inputs = '  - { path: "logs/*.ndjson", schema: schema.prisma }\n  - "out/size.json"'
        gate = {"inputs": inputs, "more": "table_rows: rows.csv", "rules": "  full-scan: error"}
        log = statement("r1", 'SELECT "posts"."id" FROM "posts" WHERE "posts"."id" = $1', [1])
        scan = log + "\n" + statement("r1", 'SELECT "posts"."id" FROM "posts" WHERE "posts"."author" = $1', [1])
        self.main(files=files, log=log, **gate)
        self.assertIn("full-scan", self.change(1, log=scan, **gate).rules)
        run = self.change(1, log=scan, files={"rows.csv": "table,rows\nposts,4\n"}, **gate)
        self.assertIn("full-scan", run.rules)
        self.assert_held(run, "table_rows")
        run = self.change(1, log=scan, **{**gate, "more": ""})
        self.assertIn("full-scan", run.rules)
        self.assert_held(run, "table_rows")
        run = self.change(0, log=scan, files={"rows.csv": "table,rows\nposts,4\nusers,90000\n"},
                          **{**gate, "more": gate["more"] + "\n" + REASON.format("table_rows", "")})
        self.assertEqual(run.codes["table_rows"], "GATE_LOOSENED")
        self.assertNotIn(HEADING, self.change(1, log=scan, files={"rows.csv": "table,rows\nposts,39000\n"}, **gate).text)


class Waivers(Gate):
    def test_a_new_waiver_is_said(self):
        self.main()
        waiver = 'waivers:\n  - { budget: main-js, owner: "@web", reason: the sale, expires: 2999-01-01 }'
        run = self.change(0, log=CLEAN_LOG, size=300_000, more=waiver)
        self.assertEqual(run.codes["main-js"], "WAIVED")
        self.assert_said(run, "adds the waiver for 'main-js'", "@web: the sale")


class Growth(Gate):
    def test_without_a_base_growth_is_not_kept(self):
        self.main(limit=", max_increase: 5 kB")
        gate = {"log": CLEAN_LOG, "limit": ", max_increase: 5 kB"}
        run = self.change(0, arguments=["--base", "none"], **gate)
        self.assertEqual((run.codes["main-js"], run.report["verdicts"][0]["status"]), ("GROWTH_NOT_JUDGED", "warn"))
        run = self.change(3, arguments=["--base", "none", "--require-base"], **gate)
        self.assertEqual(run.codes["main-js"], "GROWTH_NOT_JUDGED")
        run = self.change(3, arguments=["--base", "none"], env={"CI": "true", "GITHUB_ACTIONS": "true",
                                                                "GITHUB_EVENT_NAME": "pull_request"}, **gate)
        self.assertEqual(run.codes["main-js"], "GROWTH_NOT_JUDGED")

    def test_a_limit_alone_needs_no_base(self):
        self.main()
        run = self.change(0, log=CLEAN_LOG, arguments=["--base", "none"],
                          env={"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request"})
        self.assertEqual(run.codes["main-js"], "NO_BASE")
