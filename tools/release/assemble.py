#!/usr/bin/env python3
"""assemble.py DIST OUT --home URL --commit ID [--tag vX.Y.Z]: the files of a release in OUT, from the programs and lists of
libraries in DIST (tools/static/build.sh, both architectures).

  budgetcheck-linux-x64, -arm64   the programs, and SHA256SUMS of all files
  *.spdx.json                     what is linked into each
  ci-templates.tar.gz             the templates, with this repository and this commit filled in
  budgetcheck.gitlab-ci.yml       the GitLab template, with address and sums filled in
  programs.sha256                 what the action's commit has to hold

With --tag it is an error when the version is another one, or when programs.sha256 of the sources says something else: the tagged
commit is what users name, so the sums have to be in it. URL is the repository's page. Exit codes: 1 and a sentence.
"""
import argparse
import gzip
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import sys
import tarfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import sbom  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARCHITECTURES = ("arm64", "x64")
PLACEHOLDER = "0" * 40


def fail(message):
    sys.exit(f"assemble.py: {message}")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def version_of_sources():
    return re.search(r"^project\(budgetcheck VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"), re.M).group(1)


def programs_sha256(dist, version):
    """Comments of the file in the sources, and the two lines of this release."""
    comments = [line for line in (ROOT / "programs.sha256").read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    sums = [f"{sha256(dist / f'budgetcheck-linux-{arch}')}  v{version}/budgetcheck-linux-{arch}" for arch in ARCHITECTURES]
    return "\n".join(comments + sums) + "\n"


def filled_github(text, home, commit):
    own = "/".join(home.split("/")[-2:])
    text = re.sub(r"^# Copy to \.github/workflows/.*?\n#\n", "# Copy to .github/workflows/ and put your own build in, where there is "
                  "one. docs/github.md explains it.\n#\n", text, flags=re.S)
    return text.replace("OWNER/budgetcheck", own).replace(f"@{PLACEHOLDER}", f"@{commit}")


def filled_gitlab(text, home, version, sums):
    for name, value in (("BUDGETCHECK_URL", f"{home}/releases/download/v{version}"), ("BUDGETCHECK_SHA256", " ".join(sums))):
        text, count = re.subn(rf'^  {name}: ""$', f'  {name}: "{value}"', text, flags=re.M)
        if count != 1:
            fail(f"the GitLab template has no empty {name}")
    return text


def archive(members, path):
    """The same members give the same bytes."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, text in sorted(members.items()):
            info = tarfile.TarInfo(f"ci-templates/{name}")
            info.size, info.mode = len(text.encode()), 0o644
            tar.addfile(info, io.BytesIO(text.encode()))
    path.write_bytes(gzip.compress(raw.getvalue(), mtime=0))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("dist", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--home", required=True)
    parser.add_argument("--commit", required=True)
    parser.add_argument("--tag", default="")
    given = parser.parse_args()
    version = version_of_sources()
    if not re.fullmatch(r"https://[A-Za-z0-9.:-]+/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", given.home):
        fail(f"--home: '{given.home}' is not the page of a repository")
    if not re.fullmatch(r"[0-9a-f]{40}", given.commit):
        fail(f"--commit: '{given.commit}' is not a full commit id")
    if given.tag and given.tag != f"v{version}":
        fail(f"the tag is {given.tag}, and CMakeLists.txt says {version}")
    names = [f"budgetcheck-linux-{arch}" for arch in ARCHITECTURES]
    for name in names:
        if not (given.dist / name).is_file():
            fail(f"{given.dist} has no {name}")
    sums = programs_sha256(given.dist, version)
    if given.tag and sums != (ROOT / "programs.sha256").read_text(encoding="utf-8"):
        fail("programs.sha256 of this commit is not that of these programs: run the workflow 'release' by hand, merge the branch that "
             f"it makes, and tag that commit. It would have to be:\n{sums}")

    given.out.mkdir(parents=True, exist_ok=True)
    lock = (ROOT / "src/report/html/charts/package-lock.json").read_text(encoding="utf-8")
    for arch, name in zip(ARCHITECTURES, names):
        shutil.copy2(given.dist / name, given.out / name)
        os.chmod(given.out / name, 0o755)
        made = sbom.document(given.dist / name, given.dist / f"libraries-{arch}.txt", lock, arch, version, given.home,
                             int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
        (given.out / f"{name}.spdx.json").write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    github = {f"github/{path.name}": filled_github(path.read_text(encoding="utf-8"), given.home, given.commit)
              for path in (ROOT / "ci-templates/github").glob("*.yml")}
    gitlab = filled_gitlab((ROOT / "ci-templates/gitlab/budgetcheck.yml").read_text(encoding="utf-8"), given.home, version,
                           [line.split()[0] for line in sums.splitlines() if not line.startswith("#")])
    archive({**github, "gitlab/budgetcheck.yml": gitlab}, given.out / "ci-templates.tar.gz")
    (given.out / "budgetcheck.gitlab-ci.yml").write_text(gitlab, encoding="utf-8")
    (given.out / "programs.sha256").write_text(sums, encoding="utf-8")
    listed = sorted(path for path in given.out.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    (given.out / "SHA256SUMS").write_text("".join(f"{sha256(path)}  {path.name}\n" for path in listed), encoding="utf-8")
    print("\n".join(f"{path.stat().st_size:>10} {path.name}" for path in listed))


if __name__ == "__main__":
    main()
