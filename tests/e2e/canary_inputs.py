"""Inputs of every family that the program reads, with values planted wherever such a file can hold what is nobody's business:
values of parameters and fields, literals, query strings, headers, bodies, messages, comments."""
import csv
import io
import json
import pathlib
import urllib.parse

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "golden"

# Made up, in the forms of the real ones. No two share a part that is searched for.
VALUES = {
    "email": "zoe.quillfeather81@mailbox.example",
    "phone": "+4915771348206",
    "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI5OTE3MjM0In0.Qm9ndXNTaWduYXR1cmVYNzE",
    "aws-key": "AKIAQZ7LXW3NPT5RVB2K",
    "github-token": "ghp_R7mQ2xV9kL4tZ8wB3nC6yH1jD5sF0gAaTq3e",
    "stripe-key": "sk_live_8Zx2Vb6Nm4Kj1Hg9Fd7Sa3Qw",
    "iban": "DE27100777770209299700",
    "card": "4929-7137-6402-8851",
    "password": "corr3ct!Horse%Staple",
    "cookie": "s%3Aq8Vn2Lk7Tz4Wc9Xb1Rm6Yp3",
    "bearer": "mF_9.B5f-4.1JqMzX7uRw2KtYvN3",
    "user-id": "7b2f9c1e-58d4-4e6a-9b37-c40d1a8e2f65",
    "ip": "198.51.100.173",
    "name": "Wilhelmina Ostergaard",
    "address": "Birkenwerderstr. 118, 16548 Glienicke",
    "single-quoted": "quartz-lantern 'hidden'",
    "double-quoted": "velvet \"harbour\" secret",
    "number": "80316642957",
    "query-string": "nightingale&x=77_orchard",
    "base64": "UGVyc29uYWwgbm90ZTogdGhlIHBpbiBpcyA0NzEx",
    "private-key": "-----BEGIN EC PRIVATE KEY-----MHcCAQEEIBkg4LVWM9nuwNSk",
}
# What can be told from a name by its looks, and so is not shown in a path either.
IN_PATHS = ["email", "phone", "jwt", "aws-key", "github-token", "stripe-key", "iban", "card", "user-id", "ip", "base64"]
# Parts by which a value is found even where it was cut or its quotes are gone.
PARTS = {
    "email": ["quillfeather81", "zoe.quill"], "phone": ["15771348206"], "jwt": ["eyJzdWIiOiI5OTE3MjM0In0", "Qm9ndXNTaWdu"],
    "aws-key": ["QZ7LXW3NPT"], "github-token": ["R7mQ2xV9kL4t"], "stripe-key": ["8Zx2Vb6Nm4"], "iban": ["0077777020929"],
    "card": ["7137-6402"], "password": ["corr3ct", "Horse%Staple"], "cookie": ["q8Vn2Lk7Tz"], "bearer": ["B5f-4", "1JqMzX7u"],
    "user-id": ["7b2f9c1e-58d4", "c40d1a8e2f65"], "ip": ["198.51.100"], "name": ["Wilhelmina", "Ostergaard"],
    "address": ["Birkenwerder", "Glienicke"], "single-quoted": ["quartz-lantern", "lantern"],
    "double-quoted": ["velvet", "harbour"], "number": ["803166", "8.03166"], "query-string": ["nightingale", "77_orchard"],
    "base64": ["UGVyc29uYWwg"], "private-key": ["PRIVATE KEY", "MHcCAQEEIBkg"],
}
ALL = list(VALUES.values())
URL_PATHS = ["/u/" + urllib.parse.quote(VALUES[kind], safe="@+") for kind in IN_PATHS]
QUERY = "?" + "&".join(f"{kind}={urllib.parse.quote(value)}" for kind, value in VALUES.items())


def single(value):
    return "'" + value.replace("'", "''") + "'"


def double(value):
    return '"' + value.replace('"', '""') + '"'


def statements(dialect):
    """Statements with every value as a literal, in each way that the dialect has to write one."""
    columns = {"mysql": "`{}`", "postgres": '"{}"', "sqlite": '"{}"'}[dialect]
    email, table = columns.format("email"), columns.format("users")
    out = []
    for value in ALL:
        quotes = [single(value)] + ([double(value)] if dialect != "postgres" else [])
        for text in quotes:
            out += [
                f"SELECT * FROM {table} WHERE {email} = {text}",
                f"SELECT * FROM {table} WHERE {email} IN ({text}, {text})",
                f"SELECT * FROM {table} WHERE {email} LIKE {text} OR {email} BETWEEN {text} AND {text}",
                f"SELECT * FROM {table} WHERE lower({email}) = lower({text})",
                f"INSERT INTO {table} ({email}) VALUES ({text}), (concat({text}, 'x'))",
                f"UPDATE {table} SET {email} = {text} WHERE id = 7",
            ]
        out.append(f"SELECT * FROM {table} WHERE id = 5 /* {value.replace('*', '')} */")
        out.append(f"SELECT * FROM {table} WHERE id = 5 -- {value}")
    if dialect == "postgres":
        out += [f"SELECT * FROM {table} WHERE {email} = $tag${value}$tag$" for value in ALL]
        out += [f"SELECT * FROM {table} WHERE {email} = E'{value.replace(chr(39), '')}'" for value in ALL]
    out.append(f"SELECT * FROM {table} WHERE id = {VALUES['number']}")
    out.append(f"SELECT * FROM {table} WHERE {email} = X'{VALUES['email'].encode().hex()}'")
    return out


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


def pino():
    """Query records and requests of one program, values in every field that may hold some."""
    records = []
    for i, path in enumerate(URL_PATHS):
        records.append({"level": 30, "time": 1795416324664 + i, "reqId": f"r{i}", "hostname": VALUES["ip"],
                        "req": {"method": "GET", "url": path + QUERY, "remoteAddress": VALUES["ip"],
                                "headers": {"authorization": "Bearer " + VALUES["bearer"], "cookie": VALUES["cookie"]}},
                        "msg": "incoming request"})
        for statement in statements("sqlite")[i::len(URL_PATHS)]:
            records.append({"level": 30, "time": 1795416324665 + i, "reqId": f"r{i}", "query": statement, "duration": 5,
                            "route": path + QUERY, "params": json.dumps([ALL[i % len(ALL)], i]), "msg": ALL[i % len(ALL)]})
        records.append({"level": 30, "time": 1795416324675 + i, "reqId": f"r{i}", "res": {"statusCode": 200},
                        "responseTime": 11.1, "err": {"message": ALL[i % len(ALL)]}, "msg": "request completed"})
    return lines(records)


def prisma_events():
    return lines({"timestamp": "2026-11-23T06:53:58Z", "query": statement, "params": json.dumps([value, 1]), "duration": 3,
                  "target": "quaint", "requestId": value}
                 for value in ALL[:7] for statement in statements("postgres")[::5])


def console():
    out = ["web-1 | Server listening, admin is " + VALUES["email"]]
    for value in ALL:
        out += [f"web-1 | user {value} signed in", f"web-1 | token={value}"]
    for statement in statements("sqlite") + statements("postgres"):
        out.append(f"web-1 | prisma:query {statement}")
    return "\n".join(out) + "\n"


def fastify_requests():
    records = []
    for i, path in enumerate(URL_PATHS * 4):
        records.append({"level": 30, "time": 1795416342882 + i, "req": {"id": i, "method": "GET", "url": path + QUERY,
                        "headers": {"host": "localhost", "cookie": VALUES["cookie"], "user-agent": VALUES["name"]},
                        "remoteAddress": VALUES["ip"]}, "res": {"statusCode": 200, "headers": {"content-length": "9000",
                        "set-cookie": VALUES["cookie"]}}, "responseTime": 12, "msg": "request completed"})
    return lines(records)


def access_log():
    return "".join(f'{VALUES["ip"]} - {VALUES["email"]} [10/Oct/2026:13:55:36 +0000] "GET {path}{QUERY} HTTP/1.1" 200 90000 '
                   f'"https://ref.example/{QUERY}" "ua {VALUES["name"]} {VALUES["bearer"]}"\n' for path in URL_PATHS * 3)


def curl():
    return lines({"http_code": 200, "method": "GET", "size_download": 6812, "size_header": 215, "time_total": 0.0026,
                  "content_type": "application/json; who=" + VALUES["email"], "exitcode": 0 if i % 3 else 28,
                  "errormsg": VALUES["password"], "filename_effective": VALUES["name"], "remote_ip": VALUES["ip"],
                  "referer": "https://r.example/" + QUERY, "redirect_url": "https://r.example/" + QUERY,
                  "url": f"https://{urllib.parse.quote(VALUES['name'])}:{VALUES['base64']}@shop.example{path}{QUERY}#{VALUES['bearer']}",
                  "url_effective": f"https://shop.example{path}{QUERY}", "scheme": "HTTPS"}
                 for i, path in enumerate(URL_PATHS))


def har():
    headers = [{"name": name, "value": value} for name, value in
               [("Authorization", "Bearer " + VALUES["bearer"]), ("Cookie", VALUES["cookie"]), ("X-Forwarded-For", VALUES["ip"])]]
    entries = []
    for i, path in enumerate(URL_PATHS * 4):
        body = json.dumps([{"id": n, "owner": value, "note": {"text": value}, value: n} for n, value in enumerate(ALL)])
        entries.append({
            "startedDateTime": f"2026-01-01T00:00:00.{i:03}Z", "time": 5, "pageref": "page_1", "serverIPAddress": VALUES["ip"],
            "comment": VALUES["password"], "_resourceType": "document" if i % 11 == 0 else "fetch",
            "request": {"method": "POST" if i % 5 == 1 else "GET", "httpVersion": "h2", "headers": headers, "cookies": [],
                        "url": f"https://{urllib.parse.quote(VALUES['name'])}:{VALUES['base64']}@shop.example/api{path}{QUERY}#{VALUES['bearer']}",
                        "queryString": [{"name": k, "value": v} for k, v in VALUES.items()], "headersSize": 200, "bodySize": 0,
                        "postData": {"mimeType": "application/json", "text": body}},
            "response": {"status": 200 if i % 9 else 0, "statusText": VALUES["password"], "httpVersion": "h2", "cookies": [],
                         "headers": [{"name": "set-cookie", "value": VALUES["cookie"]},
                                     {"name": "content-type", "value": "application/json; u=" + VALUES["email"]}],
                         "redirectURL": "https://shop.example/" + QUERY, "headersSize": 100, "bodySize": 300000,
                         "_transferSize": 300100,
                         "content": {"size": 500000, "mimeType": "application/json", "text": body}},
            "timings": {"send": 0, "wait": 1, "receive": 1}, "cache": {}})
    pages = [{"startedDateTime": "2026-01-01T00:00:00Z", "id": "page_1", "title": "https://shop.example/" + QUERY,
              "pageTimings": {}}]
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "pages": pages, "entries": entries}})


def otlp():
    def attributes(**values):
        return [{"key": key.replace("_", "."), "value": {"stringValue": value}} for key, value in values.items()]

    out = []
    for i, path in enumerate(URL_PATHS):
        server = f"{i:016x}"
        spans = [{"traceId": f"{i + 1:032x}", "spanId": server, "name": "GET " + path + QUERY, "kind": 2,
                  "startTimeUnixNano": "1795416837000000000", "endTimeUnixNano": "1795416837900000000",
                  "attributes": attributes(http_target=path + QUERY, url_full="https://s.example" + path + QUERY,
                                           url_path=path, http_route=path, enduser_id=VALUES["user-id"],
                                           client_address=VALUES["ip"], user_email=VALUES["email"]),
                  "events": [{"name": "exception", "attributes": attributes(exception_message=VALUES["password"])}],
                  "status": {"message": VALUES["name"]}}]
        for n, statement in enumerate((statements("sqlite") + statements("postgres"))[i::len(URL_PATHS)]):
            spans.append({"traceId": f"{i + 1:032x}", "spanId": f"{1000 + n:016x}", "parentSpanId": server, "kind": 3,
                          "name": "pg.query:SELECT " + VALUES["name"], "startTimeUnixNano": f"17954168370{n:02}000000",
                          "endTimeUnixNano": f"17954168371{n:02}000000",
                          "attributes": attributes(db_query_text=statement, db_user=VALUES["name"],
                                                   db_query_parameter_0=VALUES["password"])})
        out.append({"resourceSpans": [{"resource": {"attributes": attributes(service_name="web-api", host_ip=VALUES["ip"])},
                                       "scopeSpans": [{"scope": {"name": "prisma"}, "spans": spans}]}]})
    return lines(out)


PLAN = {"Node Type": "Seq Scan", "Relation Name": "users", "Alias": "users", "Plan Rows": 40000, "Actual Rows": 4,
        "Actual Loops": 1, "Rows Removed by Filter": 39996}


def postgres_messages():
    """(message, detail) of a server with auto_explain."""
    out = []
    for n, statement in enumerate(statements("postgres")):
        value = ALL[n % len(ALL)]
        parameters = f"Parameters: $1 = {single(value)}, $2 = '7'"
        plan = {"Query Text": statement, "Query Parameters": f"$1 = {single(value)}",
                "Plan": {**PLAN, "Filter": f"((email)::text = {single(value)}::text)", "Index Cond": f"(name = {single(value)})"}}
        text_plan = (f"Query Text: {statement}\nQuery Parameters: $1 = {single(value)}\nSeq Scan on users  (cost=0.00..1.75 "
                     f"rows=32000 width=21) (actual rows=3 loops=1)\n  Filter: ((email)::text = {single(value)}::text)\n"
                     f"  Rows Removed by Filter: 39996")
        out += [("duration: 2.450 ms  plan:\n" + json.dumps(plan, indent=2), ""), ("duration: 3 ms  plan:\n" + text_plan, ""),
                (f"duration: 1 ms  execute <unnamed>: {statement}", parameters), (f"duration: 1 ms  statement: {statement}", "")]
    return out


def postgres_log():
    out = []
    for message, detail in postgres_messages():
        head = f"2026-11-23 06:53:58.972 UTC [{31213}] {VALUES['ip']} LOG:  "
        out.append(head + message.replace("\n", "\n\t"))
        if detail:
            out.append(head.replace("LOG", "DETAIL") + detail)
    for value in ALL:
        out.append(f"2026-11-23 06:53:58.972 UTC [31213] ERROR:  duplicate key ({value})")
        out.append(f"2026-11-23 06:53:58.972 UTC [31213] STATEMENT:  SELECT {double(value)}")
    return "\n".join(out) + "\n"


def postgres_jsonlog():
    out = [{"timestamp": "2026", "pid": 7, "user": VALUES["name"], "remote_host": VALUES["ip"], "error_severity": "LOG",
            "message": message, "detail": detail} for message, detail in postgres_messages()]
    return lines(out + [{"pid": 7, "error_severity": "ERROR", "message": value, "statement": value} for value in ALL])


def postgres_csvlog():
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for message, detail in postgres_messages():
        writer.writerow(["2026-11-23 06:53:58.972 UTC", VALUES["name"], "d", 7, VALUES["ip"], "5f.7", 1, "SELECT",
                         "2026-11-23 06:53:58 UTC", "3/4", 0, "LOG", "00000", message, detail, "", "", "", "", "", "", "", "app",
                         "client backend", "", 0])
    return out.getvalue()


def slow_log():
    out = []
    for statement in statements("mysql"):
        out.append(f"# Time: 261123  6:54:02\n# User@Host: {VALUES['name'].split()[0]}[x] @ [{VALUES['ip']}]\n"
                   "# Thread_id: 90  Schema: cms  QC_hit: No\n"
                   "# Query_time: 0.003120  Lock_time: 0.000065  Rows_sent: 0  Rows_examined: 20000\n"
                   "# explain: id\tselect_type\ttable\ttype\tpossible_keys\tkey\tkey_len\tref\trows\tr_rows\tfiltered\t"
                   "r_filtered\tExtra\n"
                   f"# explain: 1\tSIMPLE\tusers\tALL\tNULL\tNULL\tNULL\tNULL\t19585\t20000.00\t100.00\t0.00\tUsing where "
                   f"{ALL[len(out) % len(ALL)]}\n#\nSET timestamp=1795416842;\n{statement};\n")
    return "".join(out)


def pg_stat_statements():
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("queryid,query,calls,total_exec_time,mean_exec_time,max_exec_time,rows,shared_blks_hit,shared_blks_read".split(","))
    for n, statement in enumerate(statements("postgres")):
        writer.writerow([n, statement, 1000, 7.1, 7.1, 7.1, 50, 154, 0])
    return out.getvalue()


def table_rows():
    return "table,rows\nusers,20000\nposts,5\n"


def samples():
    return json.dumps({"version": 1, "note": VALUES["email"], "samples": [
        {"metric": "api.cold-start", "where": {}, "unit": "ms", "runs": [310, 305, 330], "comment": VALUES["password"]}]})


def planted(value, depth=0):
    """A document of a tool with values beside its own: unknown keys, and texts that people write."""
    if isinstance(value, list):
        return [planted(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    out = {key: planted(item, depth + 1) for key, item in value.items()}
    for kind, text in list(VALUES.items())[depth % 3::3]:
        out["x-" + kind] = text
    for key in ("message", "moduleName", "details", "stack", "source", "snippet", "nodeLabel", "explanation", "errorMessage"):
        if isinstance(out.get(key), str):
            out[key] += " " + " ".join(VALUES[kind] for kind in IN_PATHS)
    return out


def lighthouse():
    page = "https://shop.example" + URL_PATHS[2] + QUERY + "#" + VALUES["bearer"]
    audits = {"first-contentful-paint": {"id": "first-contentful-paint", "numericValue": 900, "numericUnit": "millisecond",
                                         "score": 0.9},
              "total-byte-weight": {"id": "total-byte-weight", "numericValue": 90000, "numericUnit": "byte", "score": 0.5,
                                    "explanation": VALUES["name"]},
              "network-requests": {"id": "network-requests", "details": {"type": "table", "items": [
                  {"url": "https://shop.example" + path + QUERY, "transferSize": 90000, "resourceSize": 190000,
                   "resourceType": "Fetch", "mimeType": "application/json", "statusCode": 200, "entity": "Shop"}
                  for path in URL_PATHS]}},
              "errors-in-console": {"id": "errors-in-console", "score": 0, "details": {"type": "table", "items": [
                  {"description": value, "sourceLocation": {"url": "https://shop.example/" + QUERY}} for value in ALL]}},
              "largest-contentful-paint-element": {"id": "largest-contentful-paint-element", "details": {"type": "list", "items": [
                  {"type": "table", "items": [{"node": {"snippet": VALUES["name"], "nodeLabel": VALUES["address"],
                                                        "selector": "main > img"}}]}]}},
              "render-blocking-resources": {"id": "render-blocking-resources", "score": 0, "details": {"type": "opportunity",
                  "overallSavingsMs": 900, "items": [{"url": "https://shop.example/a.css" + QUERY, "totalBytes": 9000,
                                                      "wastedMs": 900}]}}}
    return json.dumps({"lighthouseVersion": "12.6.0", "requestedUrl": page, "mainDocumentUrl": page, "finalUrl": page,
                       "finalDisplayedUrl": page, "fetchTime": "2026-11-23T07:00:00.000Z", "userAgent": VALUES["name"],
                       "runWarnings": ["The page " + page + " was slow for " + VALUES["email"]],
                       "configSettings": {"formFactor": "mobile", "extraHeaders": {"Cookie": VALUES["cookie"]}},
                       "environment": {"benchmarkIndex": 1500, "hostUserAgent": VALUES["name"]},
                       "categories": {"performance": {"id": "performance", "title": "Performance", "score": 0.9, "auditRefs": []}},
                       "audits": audits})


def lighthouse_error():
    document = json.loads(lighthouse())
    document["runtimeError"] = {"code": "ERRORED_DOCUMENT_REQUEST",
                                "message": "could not load https://shop.example" + URL_PATHS[0] + QUERY}
    return json.dumps(document)


def lighthouse_flow():
    return json.dumps({"name": VALUES["email"], "steps": [{"name": "Open https://shop.example" + path + QUERY,
                                                           "lhr": json.loads(lighthouse())} for path in URL_PATHS[:3]]})


def fixture(*names):
    """Of the golden cases, with values planted into the JSON."""
    return json.dumps(planted(json.loads(FIXTURES.joinpath(*names).read_text())))


SCHEMA = """datasource db { provider = "PROVIDER"
  url = "postgresql://%s:%s@db.example/shop" }
model users { id Int @id
  email String
  // %s
}
""" % (VALUES["base64"], VALUES["stripe-key"], VALUES["email"])


def inputs():
    """Name, text, and options of the program for each input."""
    schemas = {"postgres": SCHEMA.replace("PROVIDER", "postgresql"), "sqlite": SCHEMA.replace("PROVIDER", "sqlite"),
               "mysql": SCHEMA.replace("PROVIDER", "mysql")}
    plain = {
        "lhr.json": lighthouse(), "lhr-error.json": lighthouse_error(), "flow.json": lighthouse_flow(),
        "samples.json": samples(),
        "webpack.json": fixture("webpack-minimal", "stats.json"),
        "webpack-failed.json": fixture("webpack-failed-build", "stats.json"),
        "rspack.json": fixture("rspack-no-stats", "stats.json"),
        "esbuild.json": fixture("esbuild-metafile", "meta.json"),
        "visualizer.json": fixture("visualizer-raw-data", "stats.json"),
        "analyzer.json": fixture("bundle-analyzer", "client.json"),
        "route-bundle-stats.json": fixture("next-turbopack", ".next", "diagnostics", "route-bundle-stats.json"),
        "build-manifest.json": (FIXTURES / "next-webpack/.next/build-manifest.json").read_text(),
        "manifest.json": fixture("vite-manifest", "dist", ".vite", "manifest.json"),
        "main.js": "".join(f"// {value}\nconst k = {json.dumps(value)};\n" for value in ALL),
        "shop.har": har(), "curl.ndjson": curl(), "pino.ndjson": pino(), "events.ndjson": prisma_events(),
        "fastify.ndjson": fastify_requests(), "access.log": access_log(), "console.log": console(), "spans.ndjson": otlp(),
        "postgres.log": postgres_log(), "postgres.json.log": postgres_jsonlog(), "postgres.csv": postgres_csvlog(),
        "slow.log": slow_log(), "statements.csv": pg_stat_statements(),
    }
    for name, text in plain.items():
        yield name, text, {}
    for dialect, name in [("postgres", "pino.ndjson"), ("sqlite", "pino.ndjson"), ("mysql", "slow.log"),
                          ("postgres", "postgres.log"), ("sqlite", "console.log")]:
        yield name, plain[name], {"--schema": ("schema.prisma", schemas[dialect])}
    yield "pino.ndjson", plain["pino.ndjson"], {"--table-rows": ("rows.csv", table_rows())}


def broken(text):
    """The same text, wrong in ways that a message may want to quote."""
    value = " ".join(ALL)
    yield "cut", text[:len(text) * 2 // 3]
    for kind in ("email", "jwt", "password", "name", "private-key", "number"):
        needle = text.find(VALUES[kind])
        if needle > 0:
            yield f"cut in {kind}", text[:needle + len(VALUES[kind]) - 3]
    yield "begins with values", value + "\n" + text
    yield "ends with values", text + value
    yield "a word without quotes", text.replace(": ", ": " + VALUES["password"] + " ", 3).replace('":"', '":' + VALUES["name"], 2)
    yield "numbers are words", text.replace("90000", VALUES["name"]).replace("20000", VALUES["email"]).replace("1000", VALUES["jwt"])
    middle = text.find("\n", len(text) // 2)
    yield "a line of values", text[:middle + 1] + ",".join(ALL) + "\n" + text[middle + 1:]
    yield "values in a row that is too long", text + ",".join(double(item) for item in ALL) + "\n"
    yield "keys are values", text.replace('"level"', json.dumps(VALUES["email"]), 1).replace('"version"', json.dumps(VALUES["jwt"]), 1)
    yield "only values", value + "\n"
    yield "an object of values", json.dumps({item: item for item in ALL})
    yield "an escape", text.replace(VALUES["email"][:12], VALUES["email"][:12] + "\\q", 1)
