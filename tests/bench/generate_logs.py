#!/usr/bin/env python3
"""generate_logs.py KIND OUT MEGABYTES (kinds: postgres, slow, combined, clients, caddy, caddy_clients, records): big logs of servers, the same bytes on every machine (seed 7)."""
import datetime
import json
import random
import sys

import generate

ROUTES = ["/", "/api/orders/{}", "/api/products?page={}", "/posts/{}", "/admin/users", "/assets/app-{}.js", "/api/carts/{}"]
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
SYSTEMS = ["X11; Linux x86_64", "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7"]
BEGIN = datetime.datetime(2026, 11, 23, 6, 54, tzinfo=datetime.timezone.utc)


def at(ms, form):
    return (BEGIN + datetime.timedelta(milliseconds=ms)).strftime(form)


def postgres(rng, clock):
    """log_min_duration_statement = 0 and log_line_prefix = '%m [%p] '."""
    text, parameters = rng.choice(generate.statements())
    prefix = f"{at(clock, '%Y-%m-%d %H:%M:%S')}.{clock % 1000:03d} UTC [{rng.randrange(100, 116)}] "
    values = ", ".join(f"${i + 1} = '{rng.randrange(1, 100_000)}'" for i in range(parameters))
    return (f"{prefix}LOG:  duration: {rng.lognormvariate(0, 1):.3f} ms  execute <unnamed>: {text}\n"
            f"{prefix}DETAIL:  parameters: {values}\n")


def slow(rng, clock):
    """MariaDB's slow log with log_slow_verbosity = ''."""
    table, columns = rng.choice(list(generate.TABLES.items()))
    column = rng.choice(columns)
    listed = ", ".join(f"`{table}`.`{name}`" for name in columns)
    rows = rng.randrange(1, 20)
    return (f"# Time: {at(clock, '%y%m%d %H:%M:%S')}\n# User@Host: app[app] @ localhost [127.0.0.1]\n"
            f"# Thread_id: {rng.randrange(80, 96)}  Schema: shop  QC_hit: No\n"
            f"# Query_time: {rng.lognormvariate(-7, 1):.6f}  Lock_time: 0.000016  Rows_sent: {rows}  "
            f"Rows_examined: {rows * rng.randrange(1, 50)}\n# Rows_affected: 0  Bytes_sent: {rows * 90}\n"
            f"SET timestamp={int(BEGIN.timestamp()) + clock // 1000};\n"
            f"SELECT {listed} FROM `{table}` WHERE `{table}`.`{column}` = {rng.randrange(1, 100_000)} LIMIT 20;\n")


def answer(rng):
    return (rng.choice(ROUTES).format(rng.randrange(1, 10_000)), rng.choice([200, 200, 200, 200, 304, 404, 500]),
            rng.randrange(200, 60_000), f"10.0.{rng.randrange(256)}.{rng.randrange(256)}")


def client_of_its_own(rng):
    """A public address and one of some hundred browsers, as logs of real users have them."""
    agent = AGENT.replace("X11; Linux x86_64", rng.choice(SYSTEMS)).replace("141", str(rng.randrange(110, 142)))
    return f"80.{rng.randrange(1, 200)}.{rng.randrange(256)}.{rng.randrange(1, 256)}", agent


def clients(rng, clock):
    """combined, with a public address in each line."""
    address, agent = client_of_its_own(rng)
    line = combined(rng, clock)
    return address + line[line.index(" "):].replace(AGENT, agent)


def caddy_clients(rng, clock):
    """caddy, with a public address in each line and headers that differ from line to line."""
    address, agent = client_of_its_own(rng)
    line = caddy(rng, clock).replace(AGENT, agent)
    own = line.index('"client_ip":"') + len('"client_ip":"')
    return line.replace(line[own:line.index('"', own)], address)


def combined(rng, clock):
    url, status, size, client = answer(rng)
    return (f'{client} - - [{at(clock, "%d/%b/%Y:%H:%M:%S +0000")}] "GET {url} HTTP/1.1" {status} {size} '
            f'"https://shop.test/" "{AGENT}"\n')


def caddy(rng, clock):
    url, status, size, client = answer(rng)
    return json.dumps({
        "level": "info", "ts": BEGIN.timestamp() + clock / 1000, "logger": "http.log.access.log0", "msg": "handled request",
        "request": {"remote_ip": client, "remote_port": str(rng.randrange(1024, 65536)), "client_ip": client, "proto": "HTTP/2.0",
                    "method": "GET", "host": "shop.test", "uri": url,
                    "headers": {"User-Agent": [AGENT], "Accept": ["*/*"], "Referer": ["https://shop.test/"]},
                    "tls": {"resumed": False, "version": 772, "cipher_suite": 4865, "proto": "h2", "server_name": "shop.test"}},
        "bytes_read": 0, "user_id": "", "duration": round(rng.lognormvariate(-5, 1), 9), "size": size, "status": status,
        "resp_headers": {"Server": ["Caddy"], "Content-Type": ["application/json"]}}, separators=(",", ":")) + "\n"


def records(rng, clock):
    record = {"level": 30, "time": int(BEGIN.timestamp() * 1000) + clock, "pid": 4242, "hostname": "node-7", "service": "shop",
              "logger": rng.choice(["http", "db", "cron"])}
    if record["logger"] != "cron":
        record |= {"trace_id": f"{rng.getrandbits(128):032x}", "span_id": f"{rng.getrandbits(64):016x}", "trace_flags": "01"}
    record |= {"orderId": str(rng.getrandbits(50)), "ms": round(rng.uniform(1, 90), 3), "msg": rng.choice(["order placed", "cache miss"])}
    return json.dumps(record, separators=(",", ":")) + "\n"


KINDS = {"postgres": postgres, "slow": slow, "combined": combined, "clients": clients, "caddy": caddy,
         "caddy_clients": caddy_clients, "records": records}


def main():
    kind, path, megabytes = sys.argv[1], sys.argv[2], float(sys.argv[3])
    rng = random.Random(7)
    written, clock = 0, 0
    with open(path, "w", encoding="utf-8", buffering=1 << 20) as out:
        while written < megabytes * 1e6:
            clock += rng.randrange(0, 4)
            written += out.write(KINDS[kind](rng, clock))


if __name__ == "__main__":
    main()
