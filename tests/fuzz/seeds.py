#!/usr/bin/env python3
"""seeds.py FOLDER: fills FOLDER/<target>/ with small starting inputs from fixtures/ and from the texts of unit tests."""
import ast
import base64
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAX_BYTES = 64_000
# Target to globs below fixtures/, and bytes that the target wants in front.
FILES = {
    "json_document": (["golden/*/budgets*.json", "shop/*.json"], b"\0"),
    "json_select": (["**/*.json"], b""),
    "budgets": (["**/budgets*.yml"], b"\1"),
    "import": (["golden/init-from-*/*.json"], b"\0"),
    "collect_lighthouse": (["**/lhr*.json", "lighthouse/**/*.json"], b""),
    "collect_lighthouse_flow": (["**/*flow*.json"], b""),
    "collect_rspack": (["**/stats*.json", "**/*rspack*.json"], b""),
    "collect_webpack": (["**/stats*.json", "**/*webpack*.json"], b""),
    "collect_esbuild": (["golden/*esbuild*/*.json"], b""),
    "collect_vite": (["golden/vite-*/**/manifest.json"], b""),
    "collect_visualizer": (["golden/visualizer-*/stats.json"], b""),
    "collect_next": (["golden/next-webpack/**/build-manifest.json"], b""),
    "collect_next_route_stats": (["golden/next-turbopack/**/*.json"], b""),
    "collect_bundle_analyzer": (["golden/bundle-analyzer/*.json"], b""),
    "collect_har": (["**/*.har"], b""),
    "collect_curl": (["golden/curl-*/*.ndjson"], b""),
    "collect_access_log": (["golden/access-log-*/*.log", "golden/access-log-*/*.ndjson"], b""),
    "collect_query_log": (["**/*.log", "**/*.ndjson"], b""),
    "collect_console_log": (["**/console*.log", "golden/input-*/*.log"], b""),
    "collect_otlp": (["**/*otlp*", "golden/trace*/*.jsonl", "shop/**/*traces*"], b""),
    "trace_view": (["**/*otlp*", "golden/trace*/*.jsonl"], b"the slowest\n"),
    "rate_limits": (["golden/access-log-*/*.*", "golden/limits-*/*.ndjson"], b"$http_x_api_key\n"),
    "collect_postgres_log": (["golden/*/postgresql*.log"], b""),
    "collect_mysql_slow_log": (["golden/*/*slow*.log"], b""),
    "collect_pg_stat_statements": (["golden/*/pg_stat*"], b""),
    "collect_table_rows": (["golden/*/*rows*.*"], b""),
    "collect_autocannon": (["shop/load/*.json", "golden/load-*/*.json"], b""),
    "collect_hdr_histogram": (["golden/load-*/*.hgrm"], b""),
    "collect_queue_counts": (["shop/queues/*.ndjson"], b""),
    "collect_samples": (["**/samples*.json", "golden/*/expected.json"], b""),
    "collect_any": (["golden/*/*.json", "**/*.har", "**/*.log"], b""),
    "prisma_schema": (["**/*.prisma"], b""),
    "results": (["golden/*/expected.json", "**/samples*.json"], b""),
    "comment": (["golden/*/expected.json"], b""),
}
# Target to the unit test (below tests/unit/collect) whose texts are captures.
TESTS = {
    "collect_" + name: f"load_test/{name}_test.cpp"
    for name in ("artillery", "autocannon", "bombardier", "fortio", "gatling", "oha", "vegeta")
} | {
    "collect_" + name: f"load_test/text/{name}_test.cpp"
    for name in ("ab", "h2load", "hdr_histogram", "hey", "httperf", "loadtest", "locust", "siege", "vegeta_text", "wrk")
} | {
    "collect_vegeta_results": "load_test/vegeta_test.cpp",
    "collect_jmeter": "load_test/text/jmeter_[cx]*_test.cpp",
    "collect_k6_points": "load_test/k6/points_test.cpp",
    "collect_k6_csv": "load_test/k6/points_test.cpp",
    "collect_k6_summary": "load_test/k6/summary_test.cpp",
    "collect_queue_counts": "queue/polled_counts_test.cpp",
    "collect_queue_series": "queue/queue_series_test.cpp",
    "collect_queue_exposition": "queue/queue_series_test.cpp",
    "collect_cloudwatch": "queue/cloudwatch_test.cpp",
}
LITERAL = r'R"(?P<mark>\w*)\((?P<raw>.*?)\)(?P=mark)"|(?P<plain>"(?:[^"\\\n]|\\.)*")'
SHORTEST_TEXT = 30
# What measure packs of a log of two statements and a request.
QUERIES = (
    "AgMAAAAAAARwaW5vhbrt5YHRAYW67eWB0QEAlCkC4qgBAQGFuu3lgdEBAObAGTK4JaHTBXJlcS0xAH4gZjU2N2M4YjVlOTk0ZTM5MGQ2NWU2MG"
    "Y5ZjA1MDNkN2NMU0VMRUNUICJpZCIsICJlbWFpbCIgRlJPTSAicHVibGljIi4idXNlcnMiIFdIRVJFICgicHVibGljIi4idXNlcnMiLiJpZCIg"
    "PSA/KQV1c2VycwAAg7pThv5NpNIADi9hcGkvcG9zdHMvOmlkAdxeDYwKwtq53XM8gOXsBAHdczyA5ewEAZQpAqK1AQEBAQEBmwEgZWI3MzIwMz"
    "FmOGVlODQxZWQ4MjJjMjBjMWFmMzAzM2NoU0VMRUNUICJpZCIsICJ0aXRsZSIgRlJPTSAicHVibGljIi4icG9zdHMiIFdIRVJFICgicHVibGlj"
    "Ii4icG9zdHMiLiJhdXRob3JJZCIgPSA/KSBPUkRFUiBCWSAiaWQiIExJTUlUID8FcG9zdHMAhgGDpeDRt7qWcAAwNzcDekuDdN1zPIDl7AQB3X"
    "M8gOXsBAE="
)
REQUESTS = (
    "AYG67eWB0QEDAACFuu3lgdEBAwAAALsPAwGBuu3lgdEB/aytGdi6nSwABkdFVCAvYQKhBgAAsm0Dsm0BAQEBAQEBAAxyZXNwb25zZVRpbWU="
)
SPAN = (
    '{"traceId":"000000000000000000000000000000a1","spanId":"b1","parentSpanId":"","name":"GET /a/1?q","kind":2,"startTimeUnixNano":'
    '"1795943038000000000","endTimeUnixNano":"1795943038100000000","attributes":[{"key":"http.route","value":{"stringValue":"/a"}},'
    '{"key":"db.query.text","value":{"stringValue":"SELECT \\"a\\" FROM t WHERE b = $1"}},{"value":{"intValue":200},"key":'
    '"http.response.status_code"},{"key":"url.full","value":{"stringValue":"http://u:8/a/1?k=2"}},{"key":"db.postgresql.values",'
    '"value":{"arrayValue":{"values":[{"stringValue":"1"}]}}}],"events":[{"name":"e"}],"links":[],"status":{"code":2},"flags":257}'
)
JAEGER = (
    '{"data":[{"traceID":"a1","spans":[{"traceID":"a1","spanID":"b1","operationName":"GET /a","references":[{"refType":"CHILD_OF",'
    '"traceID":"a1","spanID":"b0"}],"startTime":1795943038000000,"duration":20,"tags":[{"key":"span.kind","type":"string","value":'
    '"server"},{"key":"http.status_code","type":"int64","value":500}],"processID":"p1"}],"processes":{"p1":{"serviceName":"web",'
    '"tags":[]}}}]}'
)
ZIPKIN = (
    '[{"traceId":"a1","parentId":"b0","id":"b1","kind":"SERVER","name":"get /a","timestamp":1795943038000000,"duration":20,'
    '"localEndpoint":{"serviceName":"web"},"tags":{"http.route":"/a","http.method":"GET","error":"x"}},{"traceId":"a1","parentId":'
    '"b1","id":"b2","kind":"CLIENT","timestamp":1795943038000001,"duration":2,"localEndpoint":{"serviceName":"web"},"tags":'
    '{"db.statement":"SELECT 1","db.system":"mysql"}}]'
)
TEXTS = {
    "measured": [
        '\0{"version":1,"measured":{"program":"0.1.0","settings":"","inputs":[{"piece":{"of":"a","number":1,"count":1,"lines":3,'
        '"format":"query-log","request_line":1,"request_end":9,"queries":"' + QUERIES + '","requests":"' + REQUESTS + '"}},{"facts":{"inputs":[{"path":"b",'
        '"state":1,"message":"m"}],"samples":[{"metric":"m","unit":2,"value":{"min":1,"max":1,"sum":1,"bins":"6AcB"}}],"queries":'
        '{"logs":[{"input":"b","shapes":[{"text":"SELECT ?"}],"repeats":[{"before":[0]}],"span":"AAA="}]}}}]}}',
        b"\1" + base64.b64decode(QUERIES), b"\2" + base64.b64decode(REQUESTS), b"\3" + base64.b64decode(REQUESTS),
    ],
    "collect_otlp": [
        '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"a"}}]},"scopeSpans":[{"scope":'
        '{"name":"s"},"spans":[' + SPAN + ',' + SPAN.replace('"b1","parentSpanId":""', '"b2","parentSpanId":"b1"') + "]}]}]}\n",
        '{"batches":[{"instrumentationLibrarySpans":[{"spans":[{"value":1,"traceId":"q6urq6urq6urq6urq6urqw==","spanId":"q6urq6urq6s=",'
        '"startTimeUnixNano":1.7e18,"kind":"SPAN_KIND_SERVER"}],"instrumentationLibrary":{"name":"x"}}],"resource":{}}]}',
        JAEGER,
        "{\n  resource: { attributes: { 'service.name': 'web' } },\n  traceId: 'a1',\n  id: 'b1',\n  name: 'GET /',\n  kind: 1,\n"
        "  timestamp: 1795943038000000,\n  duration: 20.5,\n  attributes: { 'db.query.text': 'SELECT 1' },\n  status: { code: 0 }\n}\n",
    ],
    "collect_zipkin": [ZIPKIN, ZIPKIN.strip("[]") + "\n"],
    "trace_view": ["id a1\n" + JAEGER, "route /a\n" + ZIPKIN, "service web\n" + ZIPKIN],
    "binary_form": [b"\x28\xb5\x2f\xfd\0\0", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x4b\x04\0\x43\xbe\xb7\xe8\1\0\0\0",
                    b"\x0a\x1a\x0a\x18\x0a\x16\x0a\x0cservice.name\x12\6\x0a\4shop", b"BZh91AY&SY\0\1", b"PK\3\4\x14\0\0"],
    "config_text": ["export default defineConfig({ build: { outDir: path.resolve(__dirname, 'www') } });",
                    "<script type=module src=/a.js></script><link rel=modulepreload href='b.js'>",
                    "import{a}from\"./b.js\";export*from'./c.js';"],
    "record": [
        '{"v":1,"commit":"' + "a" * 40 + '","parents":["' + "b" * 40 + '"],"previous":"' + "c" * 40 + '","time":"2026-11-23T10:00:00Z",'
        '"branch":"main","tool":{"name":"budgetcheck","version":"0.1.0"},"apps":{"shop":{"version":1,"outcome":"fail",'
        '"env":{"key":"k"},"samples":[{"metric":"bundle.gzip","where":{"entry":"main"},"unit":"B","value":1,"history":'
        '{"records":2,"max":3,"last":[1,2]}},{"metric":"m","unit":"ms","runs":[1.5,2]}],"findings":[{"rule":"r","level":'
        '"error","key":"k","magnitude":3}],"parts":[{"of":"bundle.","kind":"package","name":"p","unit":"B","size":9}],'
        '"verdicts":[{"budget":"b","metric":"m","status":"pass","code":"OK"}],"budgets":{"version":1}}}}',
        '{"v":2,"apps":{}}', "Reviewed-by: Ann",
    ],
    "glob": ["*\nabc", "dist/**/*.js\ndist/a/b.js", "{a,b}*c\nbxc", "\\*\n*"],
    "units": ["170 kB", "2.5 s", "10%", "1_000 ms", "15O kB", "-1", "1e308 GB"],
    "routes": ["https://shop.example/users/42?x=1\n/users/:id\n/docs/*", "/a/3f2504e0-4f89-11d3-9a0c-0305e82c3301"],
    "sql_shape": [
        'SELECT "public"."Post"."id" FROM "public"."Post" WHERE "public"."Post"."id" IN ($1,$2,$3) LIMIT $4 OFFSET $5',
        "INSERT INTO `Post` (`title`) VALUES (?),(?) /* traceparent='00-ab' */",
        "UPDATE t SET a = 'it''s', b = E'x\\'y', c = $$z$$ WHERE 1=1 -- end",
    ],
    "statement": [
        "SELECT a FROM t WHERE (t.b = $1 AND 1=1) OR c IN ($2,$3) ORDER BY b DESC NULLS LAST, a LIMIT $4 OFFSET $5",
        "WITH RECURSIVE x AS (SELECT a FROM t UNION ALL SELECT t.a FROM t JOIN x ON t.c = x.a) SELECT a FROM x LIMIT 3",
        "SELECT 1 FROM t LEFT JOIN LATERAL (SELECT COUNT(*) FROM u WHERE u.a = t.c AND u.b LIKE '%x') AS s ON TRUE",
        "UPDATE t AS p SET b = v.n FROM (VALUES (1,2)) AS v(a, n) WHERE p.c = v.a AND EXISTS (SELECT 1 FROM u WHERE x > ?)",
        "SELECT a FROM `m` WHERE lower(b) = ? AND c NOT IN (SELECT a FROM m) AND CAST(d AS text) <> 'x'\n---\n"
        "model m {\n  a Int @id\n  b String @map(\"x\")\n  c Int?\n  @@index([c, b(sort: Desc)])\n}\n",
    ],
    "prisma_schema": [
        'datasource db {\n  provider = "mysql"\n}\n---\nmodel A {\n  id Int @id @map("x")\n  bs B[] @relation("L")\n'
        "  @@index([id(sort: Desc, length: 3)], type: Gin)\n}\nmodel B {\n  id Int @id\n  as A[] @relation(\"L\")\n}\n",
        "view V {\n  a Int @unique(map: \"u\")\n  b V? @relation(\"s\", fields: [a], references: [a])\n  c V[] @relation(\"s\")\n"
        "  @@id([a, a(ops: raw(\"o\"))], where: { a: 1 })\n}\nenum E {\n  X @map(\"y\")\n}\n/* c */ // d\n",
    ],
    "field_sizes": [
        '{"users":[{"id":1,"bio":"x"},{"id":2}],"byId":{"42":{"a":1},"ada@example.com":{"a":[]}}}', "[[1],[{}]]", "eyJhIjoxfQ==",
        "{" + ",".join(f'"k{a}{b}":{{"v":{{"w":1}}}}' for a in "abcdefgh" for b in "abcdefgh") + "}",
    ],
    "collect_postgres_jsonlog": [
        '{"pid":7,"error_severity":"LOG","message":"duration: 2.5 ms  plan:\\nQuery Text: SELECT a FROM t\\n'
        'Seq Scan on t  (cost=0.00..1.20 rows=20 width=15)","detail":"parameters: $1 = \'5\'"}\n',
    ],
    "collect_postgres_csvlog": [
        '2026-11-23 06:53:58.972 UTC,"u","d",7,"[local]",5f.7,1,"SELECT",2026-11-23 06:53:58 UTC,3/4,0,LOG,00000,'
        '"duration: 2 ms  statement: SELECT 1","",,,,,,,,"app","client backend",,0\n',
    ],
    "plan": [
        "SELECT a FROM t WHERE b LIKE ($4 || $1 || $5) AND $6=$7 LIMIT $2 OFFSET $3",
        '((a = 1) AND ("b" = ANY (\'{1,2}\'::integer[])) AND (ROW(c, d) > ROW(1, 2)) AND (lower((e)::text) = x.y))',
        "Query Text: SELECT 1\nLimit  (cost=0.29..1.01 rows=10 width=330) (actual time=0.1..0.2 rows=3 loops=1)\n"
        "  ->  Index Scan Backward using a_b on \"A\" x  (cost=0.29..1.01 rows=10 width=330) (never executed)\n"
        "        Index Cond: (b = 1)\n",
        '{"Query Text":"SELECT 1","Plan":{"Node Type":"Append","Plans":[{"Node Type":"Seq Scan","Relation Name":"t"}]}}',
    ],
    "report": ["\n".join(["shop ]]> |", "\x1b[31m", "@team #1", "<b>&", "a" * 300, "`x`", "'q\""] * 3)],
    "json_document": ["\1version: 1\nbudgets:\n  - { metric: lighthouse.lcp, max: 2500 ms }\n", '\0{"a":[1,{"b":null}]}'],
    "import": ["\4baseDir: dist\nfiles:\n  - path: a.<hash>.js\n    maxSize: 10kb\n"],
    "budgets": ['\0{"version":1,"budgets":[{"metric":"lighthouse.lcp","max":"2500 ms"}]}'],
}


def texts_of_tests(pattern):
    """Literals that stand side by side in C++ are one text; short ones are no captures."""
    for path in sorted((ROOT / "tests/unit/collect").glob(pattern)):
        text, end = "", 0
        source = path.read_text()
        for found in re.finditer(LITERAL, source, re.DOTALL):
            if source[end:found.start()].strip():
                if len(text) >= SHORTEST_TEXT:
                    yield text
                text = ""
            raw = found.group("raw")
            text += ast.literal_eval(found.group("plain")) if raw is None else raw
            end = found.end()
        if len(text) >= SHORTEST_TEXT:
            yield text


def main():
    target = pathlib.Path(sys.argv[1])
    for name in sorted(set(FILES) | set(TEXTS) | set(TESTS)):
        folder = target / name
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for text in TEXTS.get(name, []):
            (folder / f"text-{count}").write_bytes(text if isinstance(text, bytes) else text.encode())
            count += 1
        if name in TESTS:
            found = sorted(set(texts_of_tests(TESTS[name])))
            if not found:
                raise SystemExit(f"{TESTS[name]} has no texts")
            for text in found:
                (folder / f"test-{count}").write_bytes(text.encode())
                count += 1
        globs, front = FILES.get(name, ([], b""))
        for path in sorted({path for pattern in globs for path in (ROOT / "fixtures").glob(pattern) if path.is_file()}):
            if path.stat().st_size <= MAX_BYTES:
                (folder / f"file-{count}").write_bytes(front + path.read_bytes())
                count += 1


if __name__ == "__main__":
    main()
