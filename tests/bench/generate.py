#!/usr/bin/env python3
"""generate.py stats|log|har|dist OUT MEGABYTES: big inputs, the same bytes on every machine (seed 7). dist is a folder of scripts."""
import json
import pathlib
import random
import sys

PACKAGES = ["react", "react-dom", "lodash", "antd", "echarts", "date-fns", "three", "monaco-editor", "@mui/material", "rxjs"]
TABLES = {
    "Post": ["id", "title", "body", "authorId", "createdAt"],
    "User": ["id", "email", "name", "tenantId"],
    "Comment": ["id", "postId", "authorId", "text", "createdAt"],
    "Order": ["id", "userId", "status", "total", "createdAt"],
    "Item": ["id", "orderId", "productId", "quantity", "price"],
    "Product": ["id", "slug", "name", "price", "stock"],
}
SOURCE = ("import { useState, useEffect } from \"react\";\n\nexport function Widget({ items, onSelect }) {\n"
          "  const [open, setOpen] = useState(false);\n  useEffect(() => {\n    if (open) { onSelect(items[0]); }\n  }, [open]);\n"
          "  return <ul className=\"widget\">{items.map((item) => <li key={item.id}>{item.name}</li>)}</ul>;\n}\n")


def module(rng, number):
    package = rng.choice(PACKAGES)
    name = f"./node_modules/{package}/lib/part{number % 97}/file{number}.js"
    importers = [f"./node_modules/{package}/lib/index{rng.randrange(40)}.js" for _ in range(rng.randrange(1, 6))]
    return {
        "type": "module", "moduleType": "javascript/auto", "layer": None, "size": rng.randrange(200, 90_000),
        "sizes": {"javascript": rng.randrange(200, 90_000)}, "built": True, "codeGenerated": True, "buildTimeExecuted": False,
        "cached": False, "identifier": f"babel-loader!{name}|{rng.getrandbits(64):016x}", "name": name,
        "nameForCondition": name, "index": number, "preOrderIndex": number, "postOrderIndex": number + 3, "cacheable": True,
        "optional": False, "orphan": False, "dependent": True, "issuer": importers[0], "issuerName": importers[0],
        "failed": False, "errors": 0, "warnings": 0, "id": number, "issuerId": rng.randrange(5000),
        "chunks": [rng.randrange(1, 12)], "assets": [],
        "reasons": [{"moduleIdentifier": other, "module": other, "moduleName": other, "resolvedModule": other,
                     "type": "harmony import specifier", "active": True, "explanation": "", "userRequest": f"./file{number}",
                     "loc": f"{rng.randrange(1, 400)}:{rng.randrange(0, 40)}-{rng.randrange(40, 90)}",
                     "moduleId": rng.randrange(5000)} for other in importers],
        "usedExports": ["default", "Widget"], "providedExports": ["default", "Widget", "helper"],
        "optimizationBailout": ["ModuleConcatenation bailout: Module is not in strict mode"], "depth": rng.randrange(1, 12),
        "source": SOURCE * rng.randrange(1, 5),
    }


def write_stats(out, limit):
    rng = random.Random(7)
    assets = [{"type": "asset", "name": f"chunk{i}.{rng.getrandbits(32):08x}.js", "size": rng.randrange(5_000, 400_000),
               "emitted": True, "cached": False, "info": {"immutable": True, "minimized": True, "related": {}},
               "chunkNames": ["main"] if i == 1 else [], "auxiliaryChunkNames": [], "chunks": [i], "related": []}
              for i in range(1, 12)]
    entry = [{"name": asset["name"], "size": asset["size"]} for asset in assets[:4]]
    head = {
        "version": "5.99.9", "hash": "f" * 20, "time": 81_234, "publicPath": "/", "outputPath": "dist",
        "assetsByChunkName": {"main": [entry[0]["name"]]}, "errors": [], "errorsCount": 0, "warnings": [], "warningsCount": 0,
        "assets": assets,
        "entrypoints": {"main": {"name": "main", "chunks": [1, 2, 3, 4], "assets": entry, "filteredAssets": 0,
                                 "assetsSize": sum(asset["size"] for asset in entry), "auxiliaryAssets": [],
                                 "auxiliaryAssetsSize": 0, "filteredAuxiliaryAssets": 0, "children": {}}},
    }
    written = out.write(json.dumps(head)[:-1] + ', "modules": [')
    number = 0
    while written < limit:
        written += out.write((",\n" if number else "\n") + json.dumps(module(rng, number)))
        number += 1
    out.write("\n]}\n")


def statements():
    shapes = []
    for table, columns in TABLES.items():
        listed = ", ".join(f'"public"."{table}"."{column}"' for column in columns)
        key = f'"public"."{table}"."id"'
        for column in columns:
            where = f'"public"."{table}"."{column}"'
            shapes.append((f'SELECT {listed} FROM "public"."{table}" WHERE {where} = $1 LIMIT $2 OFFSET $3', 3))
            shapes.append((f'SELECT {listed} FROM "public"."{table}" WHERE ({where} = $1 AND {key} > $2) '
                           f'ORDER BY {where} DESC LIMIT $3 OFFSET $4', 4))
        shapes.append((f'SELECT {listed} FROM "public"."{table}" WHERE {key} IN ($1,$2,$3,$4,$5) OFFSET $6', 6))
        shapes.append((f'UPDATE "public"."{table}" SET "{columns[1]}" = $1 WHERE ({key} = $2 AND 1=1)', 2))
    return shapes


def write_log(out, limit):
    rng = random.Random(7)
    shapes = statements()
    # A request has one trace, as OpenTelemetry gives it.
    live = [[number, rng.choice(["/orders", "/posts/:id", "/products", "/admin/users"]), rng.randrange(3, 25),
             f"{rng.getrandbits(128):032x}"] for number in range(16)]
    next_request = len(live)
    clock = 1_795_416_840_000
    written = 0
    while written < limit:
        slot = rng.randrange(len(live))
        request, route, left, trace = live[slot]
        text, parameters = rng.choice(shapes)
        clock += rng.randrange(0, 3)
        written += out.write(json.dumps({
            "level": 30, "time": clock, "service": "web-api", "pid": 1, "reqId": f"req-{request:09d}",
            "traceId": trace, "spanId": f"{rng.getrandbits(64):016x}", "route": route,
            "method": "GET", "component": "prisma", "query": text,
            "params": json.dumps([rng.randrange(1, 100_000) for _ in range(parameters)], separators=(",", ":")),
            "durationMs": round(rng.lognormvariate(0, 1), 3), "target": "quaint::connector::metrics", "msg": "prisma query",
        }, separators=(",", ":")) + "\n")
        if left == 0:
            live[slot] = [next_request, rng.choice(["/orders", "/posts/:id", "/products"]), rng.randrange(3, 25),
                          f"{rng.getrandbits(128):032x}"]
            next_request += 1
        else:
            live[slot][2] = left - 1


def exchange(rng, page, clock, number):
    """One entry of a page load: its document, files with hashes in their names, and calls of an API."""
    load, page = page, page % 50
    kind = "document" if number == 0 else rng.choice(["script", "script", "stylesheet", "image", "font", "fetch", "fetch"])
    mime = {"document": "text/html; charset=utf-8", "script": "application/javascript", "stylesheet": "text/css",
            "image": "image/webp", "font": "font/woff2", "fetch": "application/json"}[kind]
    path = {"document": f"/products/{page}", "fetch": f"/api/{rng.choice(['items', 'users', 'orders', 'carts'])}/{rng.randrange(10**6)}"
            }.get(kind, f"/assets/{kind}-{rng.randrange(400)}-{rng.getrandbits(32):08x}.{mime.split('/')[1][:4]}")
    size = rng.randrange(300, 90_000)
    took = {"blocked": 0.4, "dns": -1, "connect": -1, "send": 0.1, "wait": round(rng.lognormvariate(3, 1), 3), "receive": 1.2}
    sent = [("Host", "shop.test"), ("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate, br"), ("Accept-Language", "en-US"),
            ("Referer", f"https://shop.test/products/{page}"), ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/141"),
            ("Cookie", f"session={rng.getrandbits(128):032x}")]
    got = [("date", "Mon, 23 Nov 2026 06:45:42 GMT"), ("content-type", mime), ("content-encoding", "br"), ("vary", "Accept-Encoding"),
           ("cache-control", "public, max-age=31536000, immutable"), ("etag", f'"{rng.getrandbits(64):016x}"'), ("server", "nginx"),
           ("x-request-id", f"{rng.getrandbits(128):032x}"), ("strict-transport-security", "max-age=63072000; includeSubDomains")]
    return {
        "startedDateTime": f"2026-11-23T{clock // 3_600_000 % 24:02d}:{clock // 60_000 % 60:02d}:{clock // 1000 % 60:02d}.{clock % 1000:03d}Z",
        "time": round(sum(t for t in took.values() if t > 0), 3), "pageref": f"page_{load}", "_resourceType": kind,
        "request": {"method": "GET", "url": f"https://shop.test{path}?v={rng.randrange(99)}", "httpVersion": "HTTP/2.0", "cookies": [],
                    "headers": [{"name": name, "value": value} for name, value in sent], "queryString": [], "headersSize": -1,
                    "bodySize": 0},
        "response": {"status": 200, "statusText": "", "httpVersion": "HTTP/2.0", "cookies": [],
                     "headers": [{"name": name, "value": value} for name, value in got],
                     "content": {"size": size * 3, "mimeType": mime, "compression": size * 2}, "headersSize": 400,
                     "bodySize": size, "redirectURL": "", "_transferSize": size + 400},
        "cache": {}, "timings": took, "serverIPAddress": "127.0.0.1", "_securityDetails": {"protocol": "TLS 1.3", "issuer": "test"},
    }


def write_har(out, limit):
    rng = random.Random(7)
    head = {"version": "1.2", "creator": {"name": "Playwright", "version": "1.56.0"}, "pages": []}
    written = out.write('{"log": ' + json.dumps(head)[:-1] + ', "entries": [')
    page, number, clock = 0, 0, 0
    while written < limit:
        written += out.write((",\n" if page or number else "\n") + json.dumps(exchange(rng, page, clock, number)))
        clock += rng.randrange(0, 12)
        number = (number + 1) % 60
        page += number == 0
    out.write("\n]}}\n")


def write_dist(folder, limit):
    """Scripts as a minifier leaves them: some big, most small. Names and strings repeat as they do in code."""
    rng = random.Random(7)
    words = ["".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randrange(3, 12))) for _ in range(3000)]
    short = list("abcdefghijklmnopqrstuvwxyz") + [a + b for a in "abcdefgh" for b in "tnreos"]
    shapes = ["function {0}({1},{2}){{return {1}.{3}({2})}}", "const {0}=()=>{1}.{3}?{2}:null;", "{0}.{3}=\"{4}\",",
              "if({0}!==void 0&&{1}.{3}.{4}){{{2}({0})}}", "{0}({1},{{{3}:{2},{4}:!0}});", "case {5}:{0}={1}+{2};break;"]
    folder.mkdir(parents=True)
    written, number = 0, 0
    while written < limit:
        size = min(int(rng.lognormvariate(12.3, 1.2)) + 500, 4_000_000, int(limit - written) + 500)
        text, length = [], 0
        while length < size:
            piece = rng.choice(shapes).format(rng.choice(short), rng.choice(short), rng.choice(short), rng.choice(words),
                                              rng.choice(words), rng.randrange(1000))
            text.append(piece)
            length += len(piece)
        (folder / f"chunk{number}-{rng.getrandbits(32):08x}.js").write_text("".join(text))
        written += length
        number += 1


def main():
    kind, path, megabytes = sys.argv[1], sys.argv[2], float(sys.argv[3])
    if kind == "dist":
        write_dist(pathlib.Path(path), megabytes * 1e6)
        return
    with open(path, "w", encoding="utf-8", buffering=1 << 20) as out:
        {"stats": write_stats, "log": write_log, "har": write_har}[kind](out, megabytes * 1e6)


if __name__ == "__main__":
    main()
