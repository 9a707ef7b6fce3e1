#!/usr/bin/env python3
"""merge(split(x)) is measure(x), to the byte: inputs are shared out over parts at random, and logs are cut at random lines.

split_and_merge.py PROGRAM [--seeds N] [--first SEED] [--cases N]

--cases: so many of the golden cases are measured and then judged, which must give what judging them at once gives.
"""
import argparse
import base64
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "fixtures" / "golden"
SECRETS = ["s3cr3t-literal", "s3cr3t-param", "s3cr3t-query", "s3cr3t-text"]
NOON = 1_795_416_840_000

failures = []


class NothingWritten(Exception):
    pass


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = path, folder

    def run(self, *arguments, code=0, cwd=None):
        environment = dict(os.environ, BUDGETCHECK_CACHE_DIR="none")
        done = subprocess.run([self.path, *map(str, arguments)], cwd=cwd or self.folder, env=environment, check=False,
                              capture_output=True, text=True, timeout=120)
        if code is not None and done.returncode != code:
            failures.append(f"{' '.join(map(str, arguments))}: exit {done.returncode}, not {code}\n{done.stderr}")
        return done

    def measured(self, name, *arguments, code=0):
        return self.written(name, "measure", *arguments, "--output", name, code=code)

    def merged(self, name, parts, code=0):
        return self.written(name, "merge", *parts, "-o", name, code=code)

    def written(self, name, *arguments, code):
        (self.folder / name).unlink(missing_ok=True)
        done = self.run(*arguments, code=code)
        if not (self.folder / name).exists():
            raise NothingWritten(f"{' '.join(map(str, arguments))}: wrote no file, exit {done.returncode}\n{done.stderr[:4000]}")
        return (self.folder / name).read_bytes()


def expect_same(what, expected, found):
    if expected != found:
        at = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b), min(len(expected), len(found)))
        failures.append(f"{what}: byte {at} differs\n  {expected[max(0, at - 80):at + 120]}\n  {found[max(0, at - 80):at + 120]}")


def expect_error(what, done, code, *words):
    if done.returncode != code or any(word not in done.stderr for word in words):
        failures.append(f"{what}: exit {done.returncode}, not {code}, or none of {words}:\n{done.stderr}")


# Logs of every kind that can be cut, with what crosses a cut: requests, beginnings and ends, loops without ids.

def statement(random_, with_ids, at, request):
    user = random_.randrange(1, 40)
    shapes = [(f'SELECT "id", "name" FROM "users" WHERE "id" = $1 LIMIT $2', f"[{user},1]"),
              (f'SELECT "id" FROM "posts" WHERE "author_id" = {user}', "[]"),
              (f"UPDATE \"posts\" SET \"title\" = 's3cr3t-literal' WHERE \"id\" = $1", f'[{user}]'),
              ('INSERT INTO "tags" ("a","b") VALUES ($1,$2),($3,$4)', f'[{user},"s3cr3t-param",2,"x"]'),
              ("COMMIT", "[]"), ("BEGIN", "[]")]
    query, params = random_.choice(shapes)
    line = {"level": 30, "time": at, "pid": random_.choice([7, 8]), "msg": "query", "query": query, "params": params,
            "duration": round(random_.random() * 9, random_.choice([0, 1, 3, 9]))}
    if with_ids:
        line["reqId"] = request
        if random_.random() < 0.8:
            line["url"] = f"/api/users/{user}/posts?token=s3cr3t-query"
    if random_.random() < 0.1:
        line["source"] = f"src/orders.ts:{user}:7"
    if random_.random() < 0.05:
        line["traceparent"] = f"00-{user:032x}-00f067aa0ba902b7-01"
    return json.dumps(line)


def query_log(random_, with_ids=True, steps=(0, 1, 1, 3, 40)):
    lines, at, number = [], NOON, 0
    live = []
    for _ in range(random_.randrange(1, 400)):
        at += random_.choice(steps)
        if not live or random_.random() < 0.2:
            number += 1
            live = (live + [f"req-{number}"])[-4:]
        request = random_.choice(live)
        kind = random_.random()
        if kind < 0.75:
            lines.append(statement(random_, with_ids, at, request))
        elif kind < 0.85:
            lines.append(json.dumps({"level": 30, "time": at, "pid": 7, "reqId": request, "msg": "incoming request",
                                     "req": {"method": "GET", "url": f"/api/users/{number}?q=s3cr3t-query"}}))
        elif kind < 0.9:
            lines.append(json.dumps({"level": 30, "time": at, "pid": 7, "reqId": request, "responseTime": number / 7,
                                     "res": {"statusCode": 200}, "msg": "request completed"}))
        elif kind < 0.94:
            lines.append(json.dumps({"level": 30, "time": at, "msg": f"updated s3cr3t-text {number}"}))
        else:
            lines.append(random_.choice(["", "not json {", "{\"broken\": ", "   "]))
    return lines


def access_log(random_, style):
    lines = [f"server starts {i}" for i in range(random_.choice([0, 2, 9]))]
    for i in range(random_.randrange(1, 300)):
        path = random_.choice(["/", f"/api/users/{i}", "/app.js", f"/posts/{random_.choice('abcdefgh')}"])
        took = random_.random()
        if style == "combined":
            lines.append(f'10.0.0.1 - - [29/Nov/2026:10:00:{i % 60:02d} +0000] "GET {path}?t=s3cr3t-query HTTP/1.1" 200 '
                         f'{i * 10} "-" "curl/8" {took:.3f}')
        elif random_.random() < 0.5:
            lines.append(json.dumps({"level": 30, "time": NOON + i * 3, "pid": 1, "reqId": f"r{i // 2}", "msg": "incoming request",
                                     "req": {"method": "GET", "url": path + "?t=s3cr3t-query"}}))
        else:
            lines.append(json.dumps({"level": 30, "time": NOON + i * 3, "pid": 1, "reqId": f"r{i // 2}", "responseTime": took * 9,
                                     "res": {"statusCode": random_.choice([200, 404])}, "msg": "request completed"}))
        if random_.random() < 0.05:
            lines.append("something else")
    return lines


def make_log(random_):
    kind = random_.choice(["ids", "ids", "loose", "combined", "fastify"])
    if kind in ("ids", "loose"):
        lines = query_log(random_, kind == "ids")
        lines[0] = statement(random_, kind == "ids", NOON, "req-0")
    else:
        lines = access_log(random_, kind)
    end = random_.choice(["\n", "\n", "\r\n"])
    mark = random_.choice(["", "", "\ufeff"])
    return mark + end.join(lines) + random_.choice(["", end])


def hides_values(program, part):
    """Nothing captured is in a part, packed or not."""
    document = json.loads((program.folder / part).read_text())
    texts = [json.dumps(document)]
    for one in document["measured"]["inputs"]:
        for name in ("queries", "requests"):
            texts.append(base64.b64decode(one["piece"][name]).decode("utf-8", "replace"))
    for secret in SECRETS:
        if any(secret in text for text in texts):
            failures.append(f"{part} holds {secret}")


def check_cut_log(program, random_, seed):
    (program.folder / "app.log").write_text(make_log(random_), newline="")
    data = (program.folder / "app.log").read_bytes()
    whole = program.measured("whole.json", "app.log", code=None)
    if b'"state": "unreadable"' in whole or b'"state":"unreadable"' in whole:
        return
    count = random_.randrange(1, 10)
    parts = []
    is_file = random_.random() < 0.5
    cuts = sorted(random_.choices([0] + [i + 1 for i, byte in enumerate(data) if byte == 10] + [len(data)], k=count - 1))
    # The first piece shows what the log is.
    first = data.find(b"\n", 0, len(data)) + 1 or len(data)
    cuts = [max(cut, first) for cut in cuts]
    for number, (begin, end) in enumerate(zip([0] + cuts, cuts + [len(data)]), 1):
        name = f"part-{number}.json"
        if is_file:
            (program.folder / "piece").write_bytes(data[begin:end])
            try:
                program.measured(name, "piece", "--piece", f"{number}/{count}", "--of", "app.log", code=None)
            except NothingWritten as why:
                if number == 1 and "exit 3\nbudgetcheck: app.log: " in str(why):
                    return  # it is all banners and broken lines, and refused
                raise
        else:
            program.measured(name, "app.log", "--part", f"{number}/{count}")
        parts.append(name)
        hides_values(program, name)
    random_.shuffle(parts)
    expect_same(f"seed {seed}: {count} {'pieces' if is_file else 'parts'} of a log", whole, program.merged("all.json", parts))


def deal(random_, lines, count, keeps_with):
    """Every line into one of the pieces, by its request, in turns or at random; where `keeps_with`, with the line before it. The
    first one shows what the log is."""
    how = random_.choice(["request", "turns", "random"])
    pieces, last = [[] for _ in range(count)], 0
    for number, line in enumerate(lines, 1):
        request = line.split('"reqId": ')[1][:12] if '"reqId": ' in line else ""
        to = {"request": zlib.crc32(request.encode()), "turns": number - 1, "random": random_.randrange(count)}[how] % count
        last = 0 if number == 1 else last if keeps_with(line) else to
        pieces[last].append((number, line))
    return how, pieces


def check_dealt_log(program, random_, seed):
    """Lines that lie in the pieces in any way."""
    order = random_.choice(["time", "number"])
    lines = query_log(random_, True, (1, 1, 3, 40) if order == "time" else (0, 0, 1, 40))
    lines[0] = statement(random_, True, NOON, "req-0")
    if order == "number" and random_.random() < 0.3:
        lines = access_log(random_, "fastify")
        lines = [line for line in lines if line.startswith("{")] or [statement(random_, True, NOON, "req-0")]
    if order == "time":
        lines = [line for line in lines if "s3cr3t-text" not in line]
    (program.folder / "app.log").write_text("".join(line + "\n" for line in lines))
    whole = program.measured("whole.json", "app.log", code=None)
    count = random_.randrange(1, 7)
    how, pieces = deal(random_, lines, count, lambda line: order == "time" and '"time"' not in line)
    parts = []
    for number, piece in enumerate(pieces, 1):
        (program.folder / "piece").write_text("".join(f"{at}\t{line}\n" if order == "number" else f"{line}\n" for at, line in piece))
        parts.append(f"part-{number}.json")
        program.measured(parts[-1], "piece", "--piece", f"{number}/{count}", "--of", "app.log", "--order", order)
        hides_values(program, parts[-1])
    random_.shuffle(parts)
    expect_same(f"seed {seed}: {count} pieces that hold the lines by {how}, in order by {order}", whole, program.merged("all.json", parts))


def golden_inputs():
    found = []
    for folder in sorted(GOLDEN.iterdir()):
        for file in sorted(folder.iterdir()):
            if file.name.startswith(("expected", "budgets")) or file.name in ("cmd", "exit", "outputs") or not file.is_file():
                continue
            found.append(file)
    return found


def check_whole_files(program, random_, seed, files):
    chosen = random_.sample(files, random_.randrange(1, 12))
    whole = program.measured("whole.json", *chosen, code=None)
    parts = []
    at = 0
    while at < len(chosen):
        size = random_.randrange(1, 4)
        name = f"files-{len(parts)}.json"
        program.measured(name, *chosen[at:at + size], code=None)
        parts.append(name)
        at += size
    merged = program.run("merge", *parts, "-o", "all.json", code=None)
    if merged.returncode == 2 and "are one input together" in merged.stderr:
        return  # files of one build
    expect_same(f"seed {seed}: {len(chosen)} files in {len(parts)} parts", whole, (program.folder / "all.json").read_bytes())


def judged(document):
    """What judging gave, without when and how, and without the file that stands for the inputs."""
    report = json.loads(document)
    report["inputs"] = [one for one in report["inputs"] if one["format"] != "measured"]
    return {key: report[key] for key in ("outcome", "exit", "env", "inputs", "samples", "parts", "verdicts", "findings",
                                         "problems", "notes", "unbudgeted") if key in report}


def check_golden_case(program, folder):
    words = (folder / "cmd").read_text().split()
    if words[0] != "check" or any(word.startswith("--") for word in words) or "-" in words:
        return False
    at_once = program.run(*words, "--base", "none", "--output", "json=-", code=None, cwd=folder)
    measured = program.run("measure", *words[1:], "--output", program.folder / "all.json", code=None, cwd=folder)
    if measured.returncode not in (0, 3) or not at_once.stdout.startswith("{") or '"inputs": []' in at_once.stdout:
        return False
    later = program.run("check", program.folder / "all.json", "--base", "none", "--output", "json=-", code=None, cwd=folder)
    if judged(at_once.stdout) != judged(later.stdout):
        before, after = judged(at_once.stdout), judged(later.stdout)
        keys = [key for key in before if before[key] != after.get(key)]
        failures.append(f"golden {folder.name}: {keys} differ\n  {str(before[keys[0]])[:600]}\n  {str(after.get(keys[0]))[:600]}")
    return True


TRACE_BUDGETS = {
    "version": 1, "project": "parts", "telemetry": {"required": [{"on": "server", "attributes": ["http.route", "tenant.id"]}]},
    "budgets": [{"metric": "trace.duration", "stat": "p95", "max": "60 ms"}, {"metric": "trace.http_calls", "max": 2},
                {"metric": "trace.spans", "stat": "median", "max": 3}]}


def trace_lines(random_, number):
    """The exports of one whole trace: a request with calls one after the other, and a span with an id in its name."""
    trace, root = f"{number + 1:032x}", f"{number * 100 + 1:016x}"
    service = random_.choice(["web", "shop"])

    def span(place, parent, name, kind, begin, end, **attributes):
        return {"traceId": trace, "spanId": f"{number * 100 + place:016x}", "parentSpanId": parent, "name": name, "kind": kind,
                "startTimeUnixNano": str(NOON * 1_000_000 + begin * 1_000_000), "endTimeUnixNano": str(NOON * 1_000_000 + end * 1_000_000),
                "attributes": [{"key": key.replace("_", "."), "value": {"stringValue": value}} for key, value in attributes.items()]}

    route = random_.choice(["/page/:id", "/cart"])
    tenant = {"tenant_id": "t1"} if random_.random() < 0.8 else {}
    calls = random_.choice([["http://s/a", "http://s/b", "http://s/c"], ["http://s/a"], [],
                            [f"http://s/users/{random_.randrange(100, 900) ** 2}" for _ in range(random_.randrange(5, 9))]])
    length = 5 + 12 * len(calls) + random_.randrange(40)
    spans = [span(1, "", f"GET {route}", 2, 0, length, http_route=route, **tenant)]
    spans += [span(2 + i, root, "GET", 3, 1 + 11 * i, 10 + 11 * i, http_request_method="GET", url_full=url) for i, url in enumerate(calls)]
    spans.append(span(40, root, f"load chart {random_.randrange(300, 340)}", 1, 1, 2))
    random_.shuffle(spans)
    return [json.dumps({"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]},
                                           "scopeSpans": [{"scope": {"name": "s"}, "spans": [one]}]}]}) for one in spans]


def check_traces(program, random_, seed):
    """Files of whole traces, each measured by itself, are judged as if they were read at once."""
    (program.folder / "traces.json").write_text(json.dumps(TRACE_BUDGETS))
    files, parts = [], []
    for number in range(random_.randrange(2, 5)):
        files.append(f"traces-{number}.jsonl")
        (program.folder / files[-1]).write_text("".join(
            line + "\n" for i in range(random_.randrange(1, 60)) for line in trace_lines(random_, number * 100 + i)))
        parts.append(f"traces-{number}.part")
        program.measured(parts[-1], files[-1], "--budgets", "traces.json")
    program.merged("traces.all", parts)
    options = ["--budgets", "traces.json", "--base", "none", "--output", "json=-"]
    at_once, later = (program.run("check", *what, *options, code=None).stdout for what in (files, ["traces.all"]))
    if not at_once.startswith("{") or not later.startswith("{"):
        failures.append(f"seed {seed}: traces were not judged: {at_once[:200]} {later[:200]}")
        return
    before, after = judged(at_once), judged(later)
    for key in before:
        if before[key] != after.get(key):
            failures.append(f"seed {seed}: {key} of traces in {len(files)} parts differ\n  {str(before[key])[:900]}\n  "
                            f"{str(after.get(key))[:900]}")


def check_short_first_piece(program):
    """The first request may stand in a later piece than the first, and shows what the log is as long as it is among the first
    lines of the whole log."""
    def request(i):
        began = {"level": 30, "time": NOON + i, "pid": 7, "reqId": f"r{i}", "msg": "incoming request", "req": {"method": "GET", "url": "/a"}}
        return json.dumps(began) + "\n" + json.dumps({"level": 30, "time": NOON + i + 2, "pid": 7, "reqId": f"r{i}", "responseTime": 2,
                                                      "res": {"statusCode": 200}, "msg": "request completed"}) + "\n"

    for statements, seen in ((1, True), (199, True), (200, False)):
        lines = [statement(random.Random(1), True, NOON, f"q{i}") + "\n" for i in range(statements)]
        text = "".join(lines) + request(1) + request(2)
        (program.folder / "app.log").write_text(text)
        whole = program.measured("whole.json", "app.log")
        if (b"payload.time" in whole) != seen:
            failures.append(f"requests behind {statements} statements are {'not ' if seen else ''}read")
        pieces = [lines[0], "".join(lines[1:]), request(1) + request(2)]
        for number, piece in enumerate(pieces, 1):
            (program.folder / "piece").write_text(piece)
            program.measured(f"part-{number}.json", "piece", "--piece", f"{number}/3", "--of", "app.log")
        expect_same(f"requests behind {statements} statements", whole,
                    program.merged("all.json", [f"part-{number}.json" for number in (3, 1, 2)]))


def check_errors(program):
    random_ = random.Random(1)
    log = "".join(statement(random_, True, NOON + i, f"r{i // 5}") + "\n" for i in range(60))
    (program.folder / "app.log").write_text(log)
    for number in range(1, 5):
        program.measured(f"p{number}.json", "app.log", "--part", f"{number}/4")
    expect_error("the same part twice", program.run("merge", "p1.json", "p2.json", "p2.json", "p3.json", "p4.json", code=None),
                 2, "part 2 of 4 of 'app.log' is in 'p2.json' and in 'p2.json'")
    missing = program.run("merge", "p1.json", "p3.json", "-o", "torn.json", code=None)
    expect_error("a part is missing", missing, 3, "parts 2 and 4 of 4 of 'app.log' are missing")
    torn = program.run("check", "torn.json", "--base", "none", code=3)
    if "parts 2 and 4 of 4 of 'app.log' are missing" not in " ".join(torn.stdout.split()):
        failures.append(f"a torn log is not said:\n{torn.stdout}")
    expect_error("the first part is missing", program.run("merge", "p2.json", "-o", "torn.json", code=None), 3, "shows in its first part")
    program.measured("other.json", "app.log", "--part", "2/5")
    expect_error("other numbers of parts", program.run("merge", "p1.json", "other.json", code=None), 2, "is part 2 of 5")
    (program.folder / "other.yml").write_text("version: 1\nbudgets:\n  - metric: queries.count\n    max: 3\n")
    program.measured("others.json", "app.log", "--part", "2/4", "--budgets", "other.yml")
    expect_error("other budgets", program.run("merge", "p1.json", "others.json", code=None), 2, "measured with different budgets")
    program.measured("whole.json", "app.log")
    expect_error("the same file twice", program.run("merge", "whole.json", "whole.json", code=None), 2, "'app.log' is in 'whole.json'")
    expect_error("judged with other budgets", program.run("check", "whole.json", "--budgets", "other.yml", code=None), 3)
    expect_error("a part is judged", program.run("check", "p1.json", "--base", "none", code=None), 3)
    text = (program.folder / "p2.json").read_text()
    (program.folder / "version.json").write_text(text.replace('"program": "', '"program": "9'))
    expect_error("another version", program.run("merge", "p1.json", "version.json", code=None), 3, "it was measured by version 9")
    at = text.index('"queries":"') + 40
    (program.folder / "damaged.json").write_text(text[:at] + "!!" + text[at + 2:])
    expect_error("damaged", program.run("merge", "p1.json", "damaged.json", code=None), 3, "damaged")
    (program.folder / "grown.log").write_text(log)
    program.measured("g1.json", "grown.log", "--part", "1/2")
    (program.folder / "grown.log").write_text(log + log)
    program.measured("g2.json", "grown.log", "--part", "2/2")
    expect_error("a log that grew", program.run("merge", "g1.json", "g2.json", code=None), 2, "do not lie side by side")
    (program.folder / "iis.log").write_text("#Software: Microsoft IIS\n#Fields: date time cs-method cs-uri-stem sc-status time-taken\n"
                                            + "2026-11-29 10:00:00 GET /a 200 5\n" * 20)
    expect_error("a log with a heading", program.run("measure", "iis.log", "--part", "1/2", code=None), 2, "cannot be read in parts")
    (program.folder / "page.har").write_bytes((GOLDEN / "har-page-load" / "shop.har").read_bytes())
    expect_error("no log", program.run("measure", "page.har", "--part", "1/2", code=None), 2, "cannot be read in parts")
    expect_error("lines without numbers", program.run("measure", "app.log", "--piece", "1/2", "--of", "x", "--order", "number", code=None), 2,
                 "line 1 of 'x' has no number before it")
    for number in (1, 2):
        (program.folder / "piece").write_text(json.dumps({"level": 30, "time": NOON, "reqId": "r1", "query": f"SELECT {number} FROM users"}))
        program.measured(f"t{number}.json", "piece", "--piece", f"{number}/2", "--of", "x", "--order", "time")
    expect_error("lines of one time", program.run("merge", "t1.json", "t2.json", "-o", "ties.json", code=None), 0, "order is not known")
    if "order is not known" not in (program.folder / "ties.json").read_text():
        failures.append("two statements of one request and one time in two pieces are not said")
    for arguments in (["app.log", "--part", "5/4"], ["app.log", "--part", "0/4"], ["app.log", "--piece", "1/4"],
                      ["app.log", "--of", "x"], ["app.log", "page.har", "--part", "1/2"],
                      ["app.log", "--part", "1/2", "--order", "time"]):
        expect_error(f"measure {arguments}", program.run("measure", *arguments, code=None), 2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--cases", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        program = Program(options.program.resolve(), pathlib.Path(folder).resolve())
        files = golden_inputs()
        for seed in range(options.first, options.first + options.seeds):
            try:
                check_cut_log(program, random.Random(seed), seed)
                check_dealt_log(program, random.Random(seed), seed)
                check_traces(program, random.Random(seed), seed)
                if seed % 2 == 0:
                    check_whole_files(program, random.Random(seed), seed, files)
            except NothingWritten as why:
                failures.append(f"seed {seed}: {why}")
        check_short_first_piece(program)
        check_errors(program)
        folders = sorted(path.parent for path in GOLDEN.glob("*/cmd"))
        random.Random(options.first).shuffle(folders)
        judged_cases = 0
        for case in folders:
            if judged_cases < options.cases:
                judged_cases += check_golden_case(program, case)
    for failure in failures:
        print(failure)
    print(f"{options.seeds} seeds, {judged_cases} golden cases, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
