#!/usr/bin/env python3
"""Shows that run.py fails when it should: a runner that cannot fail proves nothing."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUN = pathlib.Path(__file__).with_name("run.py")
PROGRAM = """#!/usr/bin/env python3
import sys
if "--bad-json" in sys.argv:
    open(sys.argv[-1].split("=")[1], "w").write("{")
elif "--output" in sys.argv:
    open(sys.argv[-1].split("=")[1], "w").write('{"ok": true}')
if "--read" in sys.argv:
    print(open("made").read(), end="")
open("litter", "w").write("x")
print("hello")
sys.exit(3)
"""


class GoldenRunner(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.temporary.name)
        self.program = self.root / "program"
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)
        self.case = self.root / "cases" / "one"
        self.case.mkdir(parents=True)
        self.write("cmd", "check")
        self.write("exit", "3")
        self.write("expected.txt", "hello\n")

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, name, text):
        (self.case / name).write_text(text)

    def run_cases(self, *arguments):
        return subprocess.run([sys.executable, str(RUN), "--program", str(self.program), "--cases",
                               str(self.root / "cases"), *arguments], capture_output=True, text=True)

    def test_right_expectations_pass_and_leave_no_litter(self):
        self.assertEqual(self.run_cases().returncode, 0)
        self.assertFalse((self.case / "litter").exists())

    def test_wrong_exit_code_fails(self):
        self.write("exit", "0")
        ran = self.run_cases()
        self.assertEqual(ran.returncode, 1)
        self.assertIn("exit code 3, expected 0", ran.stdout)

    def test_wrong_text_fails_with_a_diff(self):
        self.write("expected.txt", "good bye\n")
        ran = self.run_cases()
        self.assertEqual(ran.returncode, 1)
        self.assertIn("-good bye\n+hello", ran.stdout)

    def test_missing_expectation_fails(self):
        (self.case / "expected.txt").unlink()
        self.assertEqual(self.run_cases().returncode, 1)

    def test_malformed_report_fails_even_when_updating(self):
        self.write("outputs", "json")
        self.write("cmd", "check --bad-json")
        self.assertEqual(self.run_cases("--update").returncode, 1)

    def test_update_writes_what_then_passes(self):
        self.write("expected.txt", "old\n")
        self.write("outputs", "json")
        self.write("expected.md", "stale\n")
        self.assertEqual(self.run_cases("--update").returncode, 0)
        self.assertEqual((self.case / "expected.json").read_text(), '{"ok": true}')
        self.assertFalse((self.case / "expected.md").exists())
        self.assertEqual(self.run_cases().returncode, 0)

    def test_update_never_blesses_a_wrong_exit_code(self):
        self.write("exit", "0")
        self.assertEqual(self.run_cases("--update").returncode, 1)
        self.assertEqual((self.case / "exit").read_text(), "0")

    def test_setup_makes_files_before_the_run(self):
        self.write("setup", "printf 'made\\n' >made")
        self.write("cmd", "check --read")
        self.write("expected.txt", "made\nhello\n")
        self.assertEqual(self.run_cases().returncode, 0)

    def test_further_runs_are_compared_with_their_exit_codes(self):
        self.write("then", "again --read\n")
        self.write("setup", "printf 'made\\n' >made")
        expected = "hello\n\n$ budgetcheck again --read\nmade\nhello\n(exit code 3)\n"
        self.write("expected.txt", expected)
        self.assertEqual(self.run_cases().returncode, 0)
        self.write("expected.txt", expected.replace("code 3", "code 0"))
        self.assertEqual(self.run_cases().returncode, 1)

    def test_written_files_are_compared(self):
        self.write("writes", "litter\n")
        self.write("expected.litter", "x")
        self.assertEqual(self.run_cases().returncode, 0)
        self.write("expected.litter", "y")
        self.assertEqual(self.run_cases().returncode, 1)

    def test_a_crashing_setup_fails(self):
        self.write("setup", "exit 1")
        self.assertEqual(self.run_cases().returncode, 1)

    def test_no_cases_is_a_failure(self):
        (self.case / "cmd").unlink()
        self.assertNotEqual(self.run_cases().returncode, 0)


if __name__ == "__main__":
    unittest.main()
