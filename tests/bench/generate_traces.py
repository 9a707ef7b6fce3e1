#!/usr/bin/env python3
"""generate_traces.py OUT MEGABYTES: exports of two instrumented services for Node.js, the same bytes on every machine (seed 7).

One export request a line, as the Collector's file exporter and the SDK's own JSON have it: web-api (Express, http, undici) asks
catalogue (Fastify, Prisma on pg). Each service exports 512 spans at a time, by their instrumentation, so that the spans of a
trace lie in neighbouring lines. About 20 spans a trace, children before their parents.
"""
import random
import sys

BATCH = 512
BEGIN = 1_795_943_000_000  # ms
VERSION = "2.12.0"
BOOK = ", ".join(f'\\"public\\".\\"Book\\".\\"{name}\\"' for name in ("id", "title", "authorId", "stock"))
AUTHOR = ", ".join(f'\\"public\\".\\"Author\\".\\"{name}\\"' for name in ("id", "name"))
STATEMENTS = [
    ("SELECT", f'SELECT {BOOK} FROM \\"public\\".\\"Book\\" WHERE \\"public\\".\\"Book\\".\\"id\\" >= $1 ORDER BY '
               f'\\"public\\".\\"Book\\".\\"id\\" ASC LIMIT $2 OFFSET $3'),
    ("SELECT", f'SELECT {AUTHOR} FROM \\"public\\".\\"Author\\" WHERE (\\"public\\".\\"Author\\".\\"id\\" = $1 AND 1=1) LIMIT $2 OFFSET $3'),
    ("SELECT", f'SELECT {AUTHOR} FROM \\"public\\".\\"Author\\" WHERE \\"public\\".\\"Author\\".\\"id\\" IN ($1,$2,$3,$4,$5,$6) OFFSET $7'),
    ("UPDATE", f'UPDATE \\"public\\".\\"Book\\" SET \\"stock\\" = (\\"public\\".\\"Book\\".\\"stock\\" - $1) WHERE '
               f'(\\"public\\".\\"Book\\".\\"id\\" = $2 AND 1=1) RETURNING {BOOK}'),
    ("INSERT", 'INSERT INTO \\"public\\".\\"Loan\\" (\\"bookId\\",\\"member\\") VALUES ($1,$2) RETURNING \\"public\\".\\"Loan\\".\\"id\\"'),
    ("SELECT", 'SELECT COUNT(*) FROM (SELECT \\"public\\".\\"Loan\\".\\"id\\" FROM \\"public\\".\\"Loan\\" WHERE 1=1 OFFSET $1) AS \\"sub\\"'),
]
ROUTES = [("GET", "/books", "/books?page={}"), ("GET", "/books/:id", "/books/{}"), ("GET", "/shelves/:id", "/shelves/{}"),
          ("POST", "/loans", "/loans"), ("GET", "/authors/:id", "/authors/{}"), ("GET", "/stats", "/stats")]
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"


def attributes(*pairs):
    return ",".join(f'{{"key":"{key}","value":{{"{"stringValue" if isinstance(value, str) else "intValue"}":'
                    + (f'"{value}"' if isinstance(value, str) else str(value)) + "}}" for key, value in pairs)


DATABASE = attributes(("db.system.name", "postgresql"), ("db.namespace", "library"), ("server.address", "10.0.3.17"), ("server.port", 5432))
EXPRESS = [(f"middleware - {name}", attributes(("express.name", name), ("express.type", "middleware")))
           for name in ("query", "expressInit", "jsonParser", "authenticate")]


class Service:
    """Collects spans, and writes them as exports."""

    def __init__(self, name, out):
        self.out = out
        self.scopes = {}
        self.count = 0
        self.head = ('{"resourceSpans":[{"resource":{"attributes":[' + attributes(
            ("service.name", name), ("service.version", "4.18.2"), ("deployment.environment.name", "staging"), ("host.name", f"{name}-7c9d"),
            ("process.pid", 4242), ("process.runtime.name", "nodejs"), ("telemetry.sdk.language", "nodejs"),
            ("telemetry.sdk.name", "opentelemetry"), ("telemetry.sdk.version", VERSION)) + ']},"scopeSpans":[')

    def add(self, scope, trace, span, parent, name, kind, start_us, end_us, texts, status="{}"):
        parent_member = f'"parentSpanId":"{parent:016x}",' if parent else ""
        # Clocks of JavaScript: starts are whole milliseconds, ends are exact.
        self.scopes.setdefault(scope, []).append(
            f'{{"traceId":"{trace}","spanId":"{span:016x}",{parent_member}"name":"{name}","kind":{kind},'
            f'"startTimeUnixNano":"{start_us // 1000}000000","endTimeUnixNano":"{end_us}{span % 1000:03d}",'
            f'"attributes":[{texts}],"status":{status},"flags":257}}')
        self.count += 1

    def flush(self):
        self.count = 0
        scopes, self.scopes = self.scopes, {}
        return self.out(self.head + ",".join(
            f'{{"scope":{{"name":"{scope}","version":"0.{200 + len(scope)}.0"}},"spans":[{",".join(spans)}]}}'
            for scope, spans in scopes.items()) + "]}]}\n")


def server(method, route, path, port, status, rng):
    return attributes(("http.request.method", method), ("url.scheme", "http"), ("server.address", "127.0.0.1"),
                      ("network.peer.address", "10.0.0.9"), ("network.peer.port", rng.randrange(32768, 61000)),
                      ("network.protocol.version", "1.1"), ("user_agent.original", AGENT), ("url.path", path),
                      ("client.address", f"10.0.{rng.randrange(256)}.{rng.randrange(256)}"), ("server.port", port),
                      ("tenant.id", f"t{rng.randrange(40)}"), ("http.response.status_code", status), ("http.route", route))


def request(rng, clock, web, catalogue):
    """A request of web-api with one to three calls of catalogue, of which each runs one to three statements."""
    method, route, url = rng.choice(ROUTES)
    path, _, query = url.format(rng.randrange(1, 100_000)).partition("?")
    trace = f"{rng.getrandbits(128):032x}"
    root = rng.getrandbits(63) + 1
    now = clock + 400
    for name, texts in EXPRESS:
        took = rng.randrange(5, 300)
        web.add("@opentelemetry/instrumentation-express", trace, rng.getrandbits(63) + 1, root, name, 1, now, now + took, texts)
        now += took
    handler = rng.getrandbits(63) + 1
    began = now
    for _ in range(rng.randrange(1, 4)):
        call, inner, operation = rng.getrandbits(63) + 1, rng.getrandbits(63) + 1, rng.getrandbits(63) + 1
        number = rng.randrange(1, 100_000)
        asked, called = now, now + 300
        now += 900
        for _ in range(rng.randrange(1, 4)):
            verb, text = rng.choice(STATEMENTS)
            query_span = rng.getrandbits(63) + 1
            took = rng.randrange(300, 4_000)
            catalogue.add("@opentelemetry/instrumentation-pg", trace, rng.getrandbits(63) + 1, query_span, f"pg.query:{verb} library", 3,
                          now + 100, now + took, DATABASE + "," + attributes(("db.query.text", text)))
            catalogue.add("prisma", trace, query_span, operation, "prisma:client:db_query", 3, now, now + took + 50,
                          attributes(("db.query.text", text), ("db.system.name", "postgresql")))
            now += took + 60
        catalogue.add("prisma", trace, operation, inner, "prisma:client:operation", 1, called + 200, now,
                      attributes(("method", "findMany"), ("model", "Book"), ("name", "Book.findMany")))
        now += 200
        catalogue.add("@opentelemetry/instrumentation-http", trace, inner, call, "GET /v1/items/:id", 2, called, now,
                      server("GET", "/v1/items/:id", f"/v1/items/{number}", 14101, 200, rng))
        now += 150
        web.add("@opentelemetry/instrumentation-undici", trace, call, handler, "GET", 3, asked, now, attributes(
            ("http.request.method", "GET"), ("http.request.method_original", "GET"),
            ("url.full", f"http://catalogue.internal:14101/v1/items/{number}"), ("url.path", f"/v1/items/{number}"), ("url.query", ""),
            ("url.scheme", "http"), ("server.address", "catalogue.internal"), ("server.port", 14101), ("user_agent.original", "node"),
            ("network.peer.address", "10.0.2.4"), ("network.peer.port", 14101), ("network.protocol.version", "1.1"),
            ("http.response.status_code", 200)))
        now += rng.randrange(5, 200)
    web.add("@opentelemetry/instrumentation-express", trace, handler, root, f"request handler - {route}", 1, began, now,
            attributes(("http.route", route), ("express.name", route), ("express.type", "request_handler")))
    failed = rng.random() < 0.01
    texts = server(method, route, path, 14102, 500 if failed else 200, rng)
    texts += "," + attributes(("url.query", query)) if query else ""
    web.add("@opentelemetry/instrumentation-http", trace, root, 0, f"{method} {route}", 2, clock, now + 300, texts,
            '{"code":2}' if failed else "{}")


def main():
    path, megabytes = sys.argv[1], float(sys.argv[2])
    rng = random.Random(7)
    written, clock = 0, BEGIN * 1000
    with open(path, "w", encoding="utf-8", buffering=1 << 20) as out:
        services = [Service(name, out.write) for name in ("web-api", "catalogue")]
        while written < megabytes * 1e6:
            clock += rng.randrange(0, 4_000)
            request(rng, clock, *services)
            written += sum(service.flush() for service in services if service.count >= BATCH)
        for service in services:
            service.flush()


if __name__ == "__main__":
    main()
