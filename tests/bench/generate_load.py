#!/usr/bin/env python3
"""generate_load.py OUT MEGABYTES: points of a run of k6, the same bytes on every machine (seed 7).

As `k6 run --out json` writes them: each request gives nine points with the same tags, each iteration four more, and every second
the virtual users. Two of a hundred requests fail.
"""
import random
import sys

BEGIN = 1_795_912_345.0
ROUTES = [("GET", "http://shop.test/events"), ("GET", "http://shop.test/events/{}"), ("POST", "http://shop.test/pay"),
          ("GET", "http://shop.test/seats?page={}")]
PHASES = [("blocked", 0.004), ("connecting", 0), ("tls_handshaking", 0), ("sending", 0.02), ("waiting", 0.95), ("receiving", 0.03)]


def time_text(seconds):
    """RFC 3339 with nanoseconds; a run of less than a day that begins at 00:32:25."""
    whole = int(seconds)
    at = 32 * 60 + 25 + whole - int(BEGIN)
    return f"2026-11-29T{at // 3600 % 24:02d}:{at // 60 % 60:02d}:{at % 60:02d}.{int((seconds - whole) * 1e9):09d}Z"


def point(metric, time, value, tags):
    return f'{{"metric":"{metric}","type":"Point","data":{{"time":"{time}","value":{value},"tags":{tags}}}}}\n'


def request(rng, now):
    method, url = rng.choice(ROUTES)
    url = url.format(rng.randrange(1, 10_000))
    failed = rng.random() < 0.02
    took = rng.lognormvariate(3 if method == "GET" else 4.2, 0.5)
    status = "503" if failed else "200"
    error = '"error_code":"1503",' if failed else ""
    tags = (f'{{{error}"expected_response":"{"false" if failed else "true"}","group":"","method":"{method}","name":"{url}",'
            f'"proto":"HTTP/1.1","scenario":"default","status":"{status}","url":"{url}"}}')
    now += took / 1000
    time = time_text(now)
    out = [point("http_reqs", time, 1, tags), point("http_req_duration", time, f"{took:.6f}", tags)]
    out += [point(f"http_req_{phase}", time, f"{took * share:.6f}", tags) for phase, share in PHASES]
    out.append(point("http_req_failed", time, int(failed), tags))
    check = '{"check":"status is 2xx","group":"","scenario":"default"}'
    out.append(point("checks", time, int(not failed), check))
    return out, now, took


def main():
    path, megabytes = sys.argv[1], float(sys.argv[2])
    rng = random.Random(7)
    users = [BEGIN + i / 7 for i in range(20)]
    left, second = int(megabytes * 1e6), int(BEGIN)
    with open(path, "w") as out:
        for name, kind, contains in [("http_reqs", "counter", "default"), ("http_req_duration", "trend", "time"),
                                     ("http_req_failed", "rate", "default"), ("checks", "rate", "default"), ("vus", "gauge", "default")]:
            left -= out.write(f'{{"type":"Metric","data":{{"name":"{name}","type":"{kind}","contains":"{contains}","thresholds":[],'
                              f'"submetrics":null}},"metric":"{name}"}}\n')
        while left > 0:
            user = min(range(len(users)), key=users.__getitem__)
            while second < users[user]:
                left -= out.write(point("vus", time_text(second), len(users), '{}'))
                second += 1
            lines, end, took = request(rng, users[user])
            time, tags = time_text(end), '{"group":"","scenario":"default"}'
            lines += [point("data_sent", time, 84, tags), point("data_received", time, 812, tags),
                      point("iteration_duration", time, f"{took + 5:.6f}", tags), point("iterations", time, 1, tags)]
            left -= out.write("".join(lines))
            users[user] = end + 0.005


if __name__ == "__main__":
    main()
