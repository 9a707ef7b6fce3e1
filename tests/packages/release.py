#!/usr/bin/env python3
"""The files of a release, from stand-ins for the two programs: sums, filled-in templates, what is linked in."""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOME, COMMIT = "https://github.example/acme/budgetcheck", "c0ffee" + "1" * 34
LIBRARIES = "libgit2 1.5.1+ds-1+deb12u2 (source)\nlibre2-dev 20220601+dfsg-1+b1\nHTML report with charts\n"


class Release(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.dir = pathlib.Path(self.temporary.name)
        (self.dir / "dist").mkdir()
        self.sums = {}
        for arch in ("x64", "arm64"):
            (self.dir / "dist" / f"budgetcheck-linux-{arch}").write_text(arch)
            (self.dir / "dist" / f"libraries-{arch}.txt").write_text(LIBRARIES)
            self.sums[arch] = hashlib.sha256(arch.encode()).hexdigest()
        self.version = re.search(r"VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text().split("project(", 1)[1]).group(1)

    def assemble(self, out="out", **options):
        given = {"home": HOME, "commit": COMMIT, **options}
        return subprocess.run([sys.executable, ROOT / "tools/release/assemble.py", self.dir / "dist", self.dir / out,
                               *(f"--{name}={content}" for name, content in given.items())], text=True, capture_output=True, check=False)

    def made(self):
        done = self.assemble()
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.dir / "out"

    def refuses(self, says, **options):
        done = self.assemble(**options)
        self.assertEqual(done.returncode, 1)
        self.assertIn(says, done.stderr)

    def test_every_file_has_its_sum(self):
        out = self.made()
        listed = dict(reversed(line.split("  ")) for line in (out / "SHA256SUMS").read_text().splitlines())
        self.assertEqual(set(listed), {path.name for path in out.iterdir()} - {"SHA256SUMS"})
        for name, sum_ in listed.items():
            self.assertEqual(hashlib.sha256((out / name).read_bytes()).hexdigest(), sum_, name)
        self.assertEqual([line for line in (out / "programs.sha256").read_text().splitlines() if not line.startswith("#")],
                         [f"{self.sums[arch]}  v{self.version}/budgetcheck-linux-{arch}" for arch in ("arm64", "x64")])

    def test_templates_name_this_release(self):
        out = self.made()
        with tarfile.open(out / "ci-templates.tar.gz") as tar:
            texts = {name: tar.extractfile(name).read().decode() for name in tar.getnames()}
        self.assertEqual(set(texts), {f"ci-templates/{path.relative_to(ROOT / 'ci-templates')}"
                                      for path in (ROOT / "ci-templates").glob("git*/*.yml")})
        for name, text in texts.items():
            self.assertNotIn("OWNER", text, name)
            self.assertNotIn("0" * 40, text, name)
            self.assertNotIn("zeros", text, name)
            if "/github/" in name:
                self.assertIn(f"acme/budgetcheck{'/ci-templates/github/fork-comment' if 'fork-comment' in name else ''}@{COMMIT} # v{self.version}", text)
        gitlab = (out / "budgetcheck.gitlab-ci.yml").read_text()
        self.assertEqual(gitlab, texts["ci-templates/gitlab/budgetcheck.yml"])
        self.assertIn(f'BUDGETCHECK_URL: "{HOME}/releases/download/v{self.version}"\n', gitlab)
        self.assertIn(f'BUDGETCHECK_SHA256: "{self.sums["arm64"]} {self.sums["x64"]}"\n', gitlab)

    def test_what_is_linked_in_is_listed(self):
        made = json.loads((self.made() / "budgetcheck-linux-arm64.spdx.json").read_text())
        self.assertEqual((made["spdxVersion"], made["packages"][0]["checksums"][0]["checksumValue"]), ("SPDX-2.3", self.sums["arm64"]))
        purls = {package["name"]: package["externalRefs"][0]["referenceLocator"] for package in made["packages"][1:]}
        self.assertEqual(purls["libgit2"], "pkg:deb/debian/libgit2@1.5.1%2Bds-1%2Bdeb12u2?arch=source&distro=debian-12")
        self.assertIn("arch=arm64", purls["libre2-dev"])
        self.assertRegex(purls["echarts"], r"^pkg:npm/echarts@\d")
        self.assertIn("zrender", purls)
        self.assertNotIn("esbuild", purls)
        ids = {package["SPDXID"] for package in made["packages"]} | {"SPDXRef-DOCUMENT"}
        self.assertEqual(len(ids), len(made["packages"]) + 1)
        for relation in made["relationships"]:
            self.assertLessEqual({relation["spdxElementId"], relation["relatedSpdxElement"]}, ids)

    def test_the_same_programs_give_the_same_files(self):
        out = self.made()
        self.assertEqual(self.assemble("again").returncode, 0)
        for path in out.iterdir():
            self.assertEqual(path.read_bytes(), (self.dir / "again" / path.name).read_bytes(), path.name)

    def test_a_tag_whose_commit_holds_other_sums_is_refused(self):
        self.refuses("programs.sha256 of this commit is not that of these programs", tag=f"v{self.version}")
        self.refuses("CMakeLists.txt says", tag="v99.0.0")
        self.assertFalse((self.dir / "out").exists())

    def test_what_is_wrong_is_said(self):
        self.refuses("not the page of a repository", home="acme/budgetcheck")
        self.refuses("not a full commit id", commit="main")
        (self.dir / "dist/libraries-x64.txt").write_text("what is this\n")
        self.assertNotEqual(self.assemble().returncode, 0)
        (self.dir / "dist/budgetcheck-linux-arm64").unlink()
        self.refuses("has no budgetcheck-linux-arm64")


if __name__ == "__main__":
    unittest.main()
