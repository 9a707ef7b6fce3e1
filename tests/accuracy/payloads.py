#!/usr/bin/env python3
"""Holds what the program measures of captures against a reading of its own.

payloads.py PROGRAM FOLDER [--table]

Every HAR, every file of curl's -w '%{json}' lines and every access log (pino-http, Fastify, the Common and Combined Log
Format) below FOLDER is read here a second time, with nothing but Python's own library. Compared are requests, bytes on the
wire, bytes of bodies, decoded bytes and times: of each page, of each page and type, of each route, of each route and status.
A value that only one side has is an error too. --table prints a line for each file.
"""
import argparse
import base64
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

MEASURES = ("transfer", "body", "decoded", "time")
TYPES = ("document", "script", "stylesheet", "image", "font", "media", "fetch", "other")
EXTENSIONS = {"js": "script", "mjs": "script", "css": "stylesheet", "html": "document",
              **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico"), "image"),
              **dict.fromkeys(("woff", "woff2", "ttf", "otf"), "font"), **dict.fromkeys(("mp4", "webm"), "media")}
RELATIVE = 1e-9  # of sums of many floating-point numbers


class Skip(Exception):
    """The file is none of these kinds."""


def route_of(method, url):
    """Ids as whole segments: numbers, dates, UUIDs and long hexadecimal words. Enough for the files at hand, and said
    when it is not: then the names of routes differ, and the comparison fails. Names are joined by joined()."""
    path = urllib.parse.urlsplit(url).path
    segments = [":id" if re.fullmatch(r"\d+|\d{4}-\d\d-\d\d|[0-9a-fA-F-]*\d[0-9a-fA-F-]{15,}", s) else s
                for s in path.split("/") if s]
    return f"{method.upper()} /" + "/".join(segments)


def joined(names):
    """Routes that differ in one segment only, which is made of several words in most of 20 or more, are one."""
    final = {name: name for name in names}
    for _ in range(3):
        places = collections.defaultdict(set)
        for name in final.values():
            method, path = name.split(" ", 1)
            parts = path.split("/")
            for i in range(2, len(parts)):
                if not parts[i].startswith(":") and not re.fullmatch(r"api|rpc|trpc|actions|functions|rest|v\d+", parts[i - 1]):
                    places[method, tuple(parts[:i]), tuple(parts[i + 1:])].add(parts[i])
        many = {place for place, found in places.items()
                if len(found) >= 20 and sum(not re.fullmatch(r"[A-Za-z.]+", s) for s in found) >= 0.6 * len(found)}
        for name, now in final.items():
            method, path = now.split(" ", 1)
            parts = path.split("/")
            for i in range(2, len(parts)):
                if (method, tuple(parts[:i]), tuple(parts[i + 1:])) in many:
                    final[name] = method + " " + "/".join([*parts[:i], ":slug", *parts[i + 1:]])
                    break
    return final


class Numbers:
    """{(metric, labels): [values]}; None stands for a value that is not known."""

    def __init__(self):
        self.pages = collections.defaultdict(lambda: collections.defaultdict(list))
        self.routes = collections.defaultdict(list)
        self.statuses = collections.defaultdict(list)
        self.calls, self.own, self.strays = [], "", []

    def route(self, name, status, values, host=""):
        """`host` is told apart where there are several; that of `own` is self."""
        self.calls.append((name, host, status, values))

    def add_routes(self):
        several = len({host for _, host, _, _ in self.calls}) > 1
        for name, host, status, values in self.calls:
            labels = (("route", name),) + ((("host", "self" if host == self.own else host),) if several else ())
            self.routes[labels].append(values)
            self.statuses[labels].append(status)
            if status > 0:
                self.routes[labels + (("status", str(status)),)].append(values)
                self.statuses[labels + (("status", str(status)),)].append(status)

    def table(self):
        self.add_routes()
        out = {}
        routes = collections.defaultdict(list)
        names = joined({dict(labels)["route"] for labels in self.routes})
        statuses = collections.defaultdict(list)
        for labels, requests in self.routes.items():
            final = tuple((key, names[value] if key == "route" else value) for key, value in labels)
            routes[final] += requests
            statuses[final] += self.statuses[labels]
        for labels, requests in routes.items():
            out["payload.requests", labels] = ([len(requests)], False)
            whole = statuses[tuple(label for label in labels if label[0] != "status")]
            if any(status > 0 for status in whole) and all(status <= 0 or status >= 400 for status in whole):
                continue  # answered with errors only: nothing of the route was seen
            for i, measure in enumerate(MEASURES):
                known = [v[i] for v in requests if v[i] is not None]
                if known:
                    out["payload." + measure, labels] = (sorted(known + [0] * (len(requests) - len(known))),
                                                         len(known) < len(requests))
        for page, loads in self.pages.items():
            for kind in (None, *TYPES):
                labels = (("page", page),) if kind is None else (("page", page), ("type", kind))
                per_load = [[v for t, v in load if kind in (None, t)] for load in loads.values()]
                strays = any(kind in (None, t) for t in self.strays)
                out["payload.requests", labels] = (sorted(len(load) for load in per_load), strays)
                for i, measure in enumerate(MEASURES[:3]):
                    whole = [v[i] for load in loads.values() for _, v in load]
                    values = [v[i] for load in per_load for v in load]
                    unknown = sum(v is None for v in values)
                    if (values and unknown == len(values)) or (whole and all(v is None for v in whole)):
                        continue
                    out["payload." + measure, labels] = (
                        sorted(sum(v[i] or 0 for v in load) for load in per_load), unknown > 0 or strays)
        return out


def known(value):
    return value if isinstance(value, (int, float)) and value >= 0 else None


def media(mime):
    mime = mime.split(";")[0].strip().lower()
    for test, kind in ((mime in ("text/html", "application/xhtml+xml"), "document"),
                       (mime.endswith(("javascript", "ecmascript")), "script"), (mime == "text/css", "stylesheet"),
                       (mime.startswith("image/"), "image"), (mime.startswith("font/"), "font"),
                       (mime.startswith(("audio/", "video/")), "media"), (is_json(mime), "fetch")):
        if test:
            return kind
    return ""


def is_json(mime):
    mime = mime.split(";")[0].strip().lower()
    return mime in ("application/json", "text/json") or (mime.endswith("+json") and mime != "application/manifest+json")


def type_of(entry, path):
    word = entry.get("_resourceType", "").lower()
    if word:
        word = {"xhr": "fetch", "texttrack": "media"}.get(word, word)
        return word if word in TYPES else "other"
    kind = media(entry["response"].get("content", {}).get("mimeType", ""))
    return kind or EXTENSIONS.get(path.rsplit(".", 1)[-1].lower(), "other")


def har_values(entry, response):
    headers = {h["name"].lower(): h["value"] for h in response.get("headers", [])}
    content = response.get("content", {})
    transfer, head, body = (known(response.get(k)) for k in ("_transferSize", "headersSize", "bodySize"))
    cached = any(entry.get(k) or response.get(k) for k in ("_fromCache", "fromDiskCache", "_servedFromCache"))
    if "_securityState" in entry and transfer is None and body is not None:  # Firefox
        cached = cached or "afterRequest" in entry.get("cache", {}) or (body == 0 and (known(content.get("size")) or 0) > 0)
        if headers.get("content-length") != str(body):
            transfer, body = body, None if head is None or head > body else body - head
    if cached:
        transfer = body = 0
    elif transfer is None and None not in (head, body):
        transfer = head + body
    elif body is None and None not in (transfer, head) and transfer >= head:
        body = transfer - head
    decoded = known(content.get("size"))
    if decoded is None and isinstance(content.get("text"), str):
        text = content["text"]
        decoded = len(base64.b64decode(text)) if content.get("encoding") == "base64" else len(text.encode())
    encoded = headers.get("content-encoding", "identity") not in ("", "identity")
    if decoded is None or (decoded == 0 and (body or 0) > (31 if encoded else 0)):
        status = response.get("status", 0)
        none = not cached and (status < 200 or status in (204, 304) or body == 0 or entry["request"]["method"] == "HEAD")
        decoded = 0 if none else body if 300 <= status < 400 and status != 304 and not encoded else None
    return [transfer, body, decoded, known(entry.get("time"))]


def read_har(text):
    try:
        log = json.loads(text)["log"]
        entries = log["entries"]
    except (ValueError, KeyError, TypeError) as error:
        raise Skip from error
    numbers = Numbers()
    rows, hosts = [], []
    for entry in entries:
        url = entry["request"]["url"]
        if not url.startswith(("http://", "https://")):
            continue
        response = entry.get("response", {})
        broken = response.get("status", 0) <= 0 or response.get("_failureText") or response.get("_error")
        values = [None] * 4 if broken else har_values(entry, response)
        path = urllib.parse.urlsplit(url).path or "/"
        host = urllib.parse.urlsplit(url).netloc.rsplit("@", 1)[-1].lower()
        rows.append((entry.get("pageref"), type_of(entry, path), path, values))
        hosts.append(host)
        mime = response.get("content", {}).get("mimeType", "")
        if rows[-1][1] in ("document", "fetch") or (rows[-1][1] == "other" and is_json(mime)):
            numbers.route(route_of(entry["request"]["method"], url), 0 if broken else response["status"], values, host)
    answered = [host for host, row in zip(hosts, rows) if row[1] == "document" and None not in row[3][:1]]
    numbers.own = (answered or hosts or [""])[0]
    names = {}
    for ref, kind, path, _ in rows:
        if kind == "document":
            names.setdefault(ref, path)
    documents = [path for ref, kind, path, _ in rows if kind == "document"]
    for page in log.get("pages", []):
        if page["title"].startswith(("http://", "https://")):
            names.setdefault(page["id"], urllib.parse.urlsplit(page["title"]).path or "/")
    paged = any(row[0] is not None for row in rows)
    for ref, kind, path, values in rows:
        page = names.get(ref) if paged and ref is not None else documents[0] if not paged and len(documents) == 1 else None
        if page is not None:
            numbers.pages[page][ref].append((kind, values))
        elif paged and ref is None:
            numbers.strays.append(kind)
    return numbers


def read_curl(text):
    numbers = Numbers()
    for line in filter(str.strip, text.splitlines()):
        try:
            one = json.loads(line)
            url, status = one["url_effective"], one["http_code"]
        except (ValueError, KeyError, TypeError) as error:
            raise Skip from error
        broken = bool(one.get("exitcode")) or bool(one.get("errormsg")) or not status
        values = [None] * 4 if broken else [one["size_header"] + one["size_download"], one["size_download"], None,
                                            one["time_total"] * 1000]
        host = urllib.parse.urlsplit(url).netloc.rsplit("@", 1)[-1].lower()
        numbers.own = numbers.own or host
        numbers.route(route_of(one.get("method", "GET"), url), 0 if broken else status, values, host)
    return numbers


def read_pino(text):
    numbers, began, last = Numbers(), {}, 0
    any_request = False
    for line in filter(str.strip, text.splitlines()):
        try:
            one = json.loads(line)
        except ValueError as error:
            raise Skip from error
        if not isinstance(one, dict):
            raise Skip
        last = max(last, one.get("time", 0) if isinstance(one.get("time"), (int, float)) else 0)
        request = one.get("req", {})
        key = (one.get("pid"), one.get("hostname"), one.get("reqId", request.get("id") if isinstance(request, dict) else None))
        if one.get("msg") == "incoming request":
            began[key] = (request["method"], request["url"], one.get("time", 0))
            any_request = True
        elif isinstance(one.get("res"), dict) and "responseTime" in one:
            any_request = True
            method, url, _ = began.pop(key, (request.get("method"), request.get("url"), 0))
            length = one["res"].get("headers", {}).get("content-length")
            body = int(length) if length is not None else None
            count_logged(numbers, method, url, one["res"]["statusCode"], body, one["responseTime"])
    if not any_request:
        raise Skip
    for method, url, at in began.values():
        if last - at > 1000:
            count_logged(numbers, method, url, 0, None, None)
    return numbers


COMMON = re.compile(r'^\S+ \S+ .*?\[[^\]]*\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-)(?: "(?:[^"\\]|\\.)*" "(?:[^"\\]|\\.)*")?\s*(.*)$')


def read_common(text):
    numbers, lines = Numbers(), [line for line in text.splitlines() if line.strip()]
    matches = [COMMON.match(line) for line in lines]
    if not lines or sum(m is not None for m in matches) * 2 < len(lines):
        raise Skip
    for match in filter(None, matches):
        parts = match[1].split(" ")
        if len(parts) < 2 or not re.fullmatch(r"[A-Z_-]{1,20}", parts[0]) or not re.match(r"/|.*://", parts[1]):
            continue
        status, rest, time = int(match[2]), match[4], None
        if found := re.match(r"(?:rt|request_time|time)=([\d.]+)", rest):
            time = float(found[1]) * 1000
        elif found := re.match(r"([\d.]+) ?ms\b", rest):
            time = float(found[1])
        elif found := re.match(r"(\d+\.\d+)(?:\s|$)", rest):
            time = float(found[1]) * 1000
        empty = 0 if status in (204, 304) or parts[0] == "HEAD" else None
        count_logged(numbers, parts[0], parts[1], status, empty if match[3] == "-" else int(match[3]), time)
    return numbers


def count_logged(numbers, method, url, status, body, time):
    kind = EXTENSIONS.get(urllib.parse.urlsplit(url).path.rsplit(".", 1)[-1].lower(), "other")
    if kind in ("other", "document"):
        numbers.route(route_of(method, url), status, [None, body, None, time])


def ours(program, path):
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        (work / "budgets.json").write_text(json.dumps(
            {"version": 1, "project": "accuracy", "inputs": [str(path)],
             "budgets": [{"metric": "payload.requests", "max": 100000000}]}))
        subprocess.run([program, "check", "--budgets", "budgets.json", "--base", "none", "--output", "json=out.json"],
                       cwd=work, capture_output=True, check=False)
        out = json.loads((work / "out.json").read_text())
    return out["inputs"][0]["format"], {
        (s["metric"], tuple(sorted(s["where"].items()))): s for s in out["samples"] if s["metric"].startswith("payload.")}


def close(a, b):
    return abs(a - b) <= RELATIVE * max(abs(a), abs(b), 1)


def same(sample, values, partly):
    if bool(sample.get("lower_bound")) != partly:
        return False
    if "value" in sample:
        return len(values) == 1 and close(sample["value"], values[0])
    if "runs" in sample:
        return len(values) == len(sample["runs"]) and all(map(close, sorted(sample["runs"]), values))
    # Many values are kept as bins: count, sum and ends are exact but for the step of a thousandth.
    return (sample["n"] == len(values) and close(sample["min"], values[0]) and close(sample["max"], values[-1])
            and abs(sample["sum"] - sum(values)) <= 1e-3 * len(values))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--table", action="store_true")
    options = arguments.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    files = equal = wrong = 0
    with tempfile.TemporaryDirectory() as copy:
        for path in sorted(options.folder.rglob("*")):
            if not path.is_file() or path.suffix not in (".har", ".ndjson", ".log", ".jsonl"):
                continue
            text = path.read_text(errors="replace")
            theirs = None
            for read in (read_har, read_curl, read_pino, read_common):
                try:
                    theirs = read(text).table()
                    break
                except Skip:
                    continue
            if theirs is None:
                continue
            files += 1
            work = pathlib.Path(copy) / path.name
            shutil.copyfile(path, work)
            form, mine = ours(program, work)
            theirs = {(metric, tuple(sorted(labels))): value for (metric, labels), value in theirs.items()}
            bad = [f"{metric} {dict(labels)}: {mine.get((metric, labels))}, and {theirs.get((metric, labels))} here"
                   for metric, labels in sorted(set(mine) | set(theirs))
                   if (metric, labels) not in mine or (metric, labels) not in theirs
                   or not same(mine[metric, labels], *theirs[metric, labels])]
            for line in bad:
                print(f"WRONG {path.name}: {line}", file=sys.stderr)
            wrong += len(bad)
            equal += len(set(mine) | set(theirs)) - len(bad)
            if options.table:
                print(f"| {path.name} | {form} | {len(theirs)} | {len(bad)} |")
    print(f"payloads: {equal} of {equal + wrong} numbers of {files} files are equal")
    return 1 if wrong or not equal else 0


if __name__ == "__main__":
    sys.exit(main())
