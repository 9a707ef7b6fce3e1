#!/usr/bin/env python3
"""init on real builds of many frameworks, recorded by record_build.py, most with a folder renamed in the configuration.

recorded_builds.py PROGRAM FOLDER [NAME...]

For each recording: init names the framework, finds the browser's folder and writes budgets that check keeps; what it says of
each page is what a browser loads of it (gzip of these files, within 1 %), and the sum of scripts is that of the client folder;
150 kB more in a script of the browser break a budget; no command of another framework is printed.
"""
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import zlib

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 (){};=.,"
COMMANDS = {"Vite": r"npx vite (build|preview)", "SvelteKit": r"npx vite (build|preview)"}
failures = []


def fill(name, recorded, is_told):
    """A file of the recorded size, or of a part of it where no bundler tells the size: the imports at its beginning, then what
    compresses as little as minified code."""
    if isinstance(recorded, str):
        return recorded
    head = recorded.get("head", "")
    rest = (recorded["size"] if is_told else recorded["size"] // 8) - len(head.encode()) - 2
    return head + "\n" + "".join(random.Random(name).choices(LETTERS, k=max(rest, 0))) + ";"


def gzip_size(text):
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    return len(compressor.compress(text.encode()) + compressor.flush())


class Build:
    def __init__(self, program, folder, path):
        self.program, self.folder, self.name = program, folder, path.stem
        self.recording = json.loads(path.read_text())
        for name, recorded in self.recording["files"].items():
            self.write(name, fill(name, recorded, self.recording.get("has_sizes", False)))
        # A repository of its own, or that around the work folder would be taken for it.
        (folder / ".git").mkdir()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
                              stdin=subprocess.DEVNULL)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def expect(self, is_right, what):
        if not is_right:
            failures.append(f"{self.name}: {what}")

    def client_files(self, suffixes):
        client = self.folder / self.recording["client"]
        return {path.relative_to(client).as_posix(): path for path in sorted(client.rglob("*")) if path.suffix in suffixes}

    def check_numbers(self):
        samples = json.loads((self.folder / "results.json").read_text())["samples"]
        gzips = [sample for sample in samples if sample["metric"] == "bundle.gzip"]

        def value(**labels):
            found = [sample["value"] for sample in gzips if sample["where"] == labels]
            return found[0] if found else None

        scripts = self.client_files({".js", ".mjs", ".cjs"})
        sizes = {name: gzip_size(path.read_text()) for name, path in scripts.items()}
        for page, names in self.recording["first"].items():
            label = "route" if page.startswith("/") else "entry"
            wanted = sum(sizes[name] for name in names)
            measured = value(**{label: page, "type": "js"})
            self.expect(measured is not None and abs(measured - wanted) <= wanted / 100,
                        f"{label} {page}: {measured} and not {wanted}")
        if self.recording.get("total", True):
            total = value(type="js")
            self.expect(total is not None and abs(total - sum(sizes.values())) <= total / 100,
                        f"all scripts: {total} and not {sum(sizes.values())}")

    def test(self):
        framework, client = self.recording["framework"], self.recording["client"]
        code, text = self.run("init")
        self.expect(code == 0, f"init: exit {code}: {text}")
        self.expect(re.search(rf"found: {re.escape(framework)}, (the browser's|its) files in {re.escape(client)} ", text),
                    f"init does not find {client}: {text}")
        for other in re.findall(r"npx vite \w+", text):
            self.expect(re.fullmatch(COMMANDS.get(framework, "never"), other), f"init prints '{other}'")
        code, text = self.run("check", "--base", "none", "--output", "text", "--output", "json=results.json")
        self.expect(code == 0, f"check: exit {code}: {text}")
        self.check_numbers()
        first = self.recording["first"]
        grown = next(iter(first.values()))[-1] if first else next(iter(self.client_files({".js"})))
        path = self.folder / client / grown
        more = "".join(random.Random("more").choices(LETTERS, k=150_000))
        path.write_text(path.read_text() + more)
        code, text = self.run("check", "--base", "none")
        self.expect(code in (1, 3) if self.recording.get("has_sizes") else code == 1, f"150 kB more: exit {code}: {text}")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    recordings = sorted(pathlib.Path(sys.argv[2]).glob("*.json"))
    if len(sys.argv) > 3:
        recordings = [path for path in recordings if path.stem in sys.argv[3:]]
    for path in recordings:
        with tempfile.TemporaryDirectory() as folder:
            Build(program, pathlib.Path(folder), path).test()
    for line in failures:
        print(f"WRONG {line}")
    names = ", ".join(path.stem for path in recordings)
    print(f"init on {len(recordings)} recorded builds ({names}): {len(failures)} wrong")
    return 1 if failures or not recordings else 0


if __name__ == "__main__":
    sys.exit(main())
