#!/usr/bin/env python3
"""reports.py PROGRAM FOLDER: writes HTML reports of every kind into FOLDER, for those who validate or look at pages.

  shop.html     the demo, without a base
  base.html     the demo against its repaired self, with the history of twenty changes
  green.html    the demo within its budgets
  many.html     5,000 budgets with base and history, some of them broken
  hostile.html  names that try to be markup, scripts or control characters, in every place that an input can fill
"""
import json
import os
import pathlib
import random
import subprocess
import sys

SHOP = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "shop"
HOSTILE = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"'><b>&amp;", "a\u2028b\u2029c",
           "\u202eevil\u2066", "{a|b} ${x} `y`", "--> <!-- ]]>", "x" * 3000, "</style></title>", "javascript:alert(1)"]


def run(program, folder, *arguments):
    environment = {key: value for key, value in os.environ.items() if key not in ("GITHUB_ACTIONS", "GITLAB_CI", "CI")}
    ran = subprocess.run([program, "check", *arguments], cwd=folder, env=environment, capture_output=True, text=True,
                         timeout=300, check=False)
    if ran.returncode not in (0, 1, 3):
        raise SystemExit(f"check {' '.join(arguments)} exits with {ran.returncode}\n{ran.stdout}{ran.stderr}")
    return ran.returncode


def value_of(sample):
    if "runs" in sample:
        return sorted(sample["runs"])[len(sample["runs"]) // 2]
    return sample.get("value")


def with_history(results, count=10):
    """Earlier values of each sample, as stored records have them."""
    chance = random.Random(7)
    for sample in results["samples"]:
        value = value_of(sample)
        if isinstance(value, (int, float)):
            last = [round(value * (0.86 + 0.014 * i + chance.uniform(-0.02, 0.02)), 2) for i in range(count)]
            sample["history"] = {"records": count * 2, "last": last}
    return results


def shop(program, out):
    fixed = out / "fixed.json"
    budgets = (SHOP / "budgets-passing.yml").read_text()
    run(program, SHOP, "--budgets", "budgets.yml", "--base", "none", "--output", f"html={out}/shop.html")
    run(program, SHOP, "--budgets", "budgets-passing.yml", "--base", "none", "--output", f"html={out}/green.html",
        "--output", f"json={fixed}")
    if "dist-fixed" not in budgets:
        raise SystemExit("budgets-passing.yml no longer measures the repaired build")
    fixed.write_text(json.dumps(with_history(json.loads(fixed.read_text()))))
    run(program, SHOP, "--budgets", "budgets.yml", "--base", str(fixed), "--output", f"html={out}/base.html")


def many(program, out):
    chance = random.Random(11)
    budgets, samples, base = [], [], []
    metrics = [("bundle.gzip", "entry", "B", 90_000), ("bundle.brotli", "entry", "B", 70_000),
               ("payload.decoded", "route", "B", 40_000), ("lighthouse.lcp", "page", "ms", 1900),
               ("queries.count", "route", "1", 12)]
    for i in range(5000):
        metric, label, unit, size = metrics[i % len(metrics)]
        name = f"/shop/area-{i % 40}/page-{i}" if label != "entry" else f"area-{i % 40}/entry-{i}"
        where = {label: f"GET {name}" if label == "route" else name}
        usual = max(1, round(size * chance.uniform(0.4, 1.6)))
        now = round(usual * (chance.uniform(1.2, 1.5) if i % 97 == 0 else chance.choice([1, 1, 1, 0.98, 1.01])))
        limit = round(usual * 1.15) + 1
        budgets.append({"id": f"{metric.split('.')[1]}-of-{name.strip('/').replace('/', '-')}", "metric": metric,
                        "where": where, "max": f"{limit}{' ' + unit if unit != '1' else ''}",
                        "owner": f"@team-{i % 12}", "why": "agreed with the people of this area"})
        one = {"metric": metric, "where": where, "unit": unit}
        runs = unit == "ms"
        samples.append({**one, **({"runs": [now - 9, now, now + 7]} if runs else {"value": now})})
        base.append({**one, **({"runs": [usual - 8, usual, usual + 9]} if runs else {"value": usual})})
    (out / "many.json").write_text(json.dumps({"version": 1, "samples": samples}))
    (out / "many-base.json").write_text(json.dumps(with_history({"version": 1, "samples": base})))
    (out / "many-budgets.json").write_text(json.dumps({"version": 1, "project": "storefront", "budgets": budgets}))
    run(program, out, "--budgets", "many-budgets.json", "--base", "many-base.json", "many.json", "--output", "html=many.html")


def hostile(program, out):
    samples, budgets, entries, parts = [], [], [], []
    for i, name in enumerate(HOSTILE):
        samples.append({"metric": "bundle.gzip", "where": {"entry": name}, "unit": "B", "value": 1000 + i})
        budgets.append({"id": f"{i}{name[:150]}", "metric": "bundle.gzip", "where": {"entry": name}, "max": f"{700 + 100 * i} B",
                        "owner": name[:60], "why": name})
        parts.append({"of": "bundle.", "where": {"entry": name}, "kind": "module", "name": name, "unit": "B", "size": 900})
        entries.append({"startedDateTime": f"2026-11-23T10:00:0{i}.000Z", "time": 300 + 10 * i,
                        "request": {"method": "GET", "url": f"https://x.test/{name}?token=SECRET-TOKEN", "headers": [],
                                    "queryString": [], "cookies": [], "headersSize": 10, "bodySize": 0, "httpVersion": "h2"},
                        "response": {"status": 200, "statusText": name, "headers": [{"name": name[:30], "value": name}],
                                     "cookies": [], "content": {"size": 900, "mimeType": name}, "redirectURL": "",
                                     "headersSize": 10, "bodySize": 900, "httpVersion": "h2"},
                        "cache": {}, "timings": {"send": 1, "wait": 2, "receive": 3}})
    outputs = {f"out/{name}.js": {"bytes": 2000, "imports": [], "exports": [], "entryPoint": f"src/{name}",
                                  "inputs": {f"src/{name}": {"bytesInOutput": 800}, f"node_modules/{name}/i.js": {"bytesInOutput": 900}}}
               for name in HOSTILE}
    inputs = {path: {"bytes": 1000, "imports": []} for output in outputs.values() for path in output["inputs"]}
    (out / "hostile-meta.json").write_text(json.dumps({"inputs": inputs, "outputs": outputs}))
    log = {"log": {"version": "1.2", "creator": {"name": HOSTILE[0], "version": "1"}, "entries": entries}}
    (out / "hostile.har").write_text(json.dumps(log))
    (out / "hostile.json").write_text(json.dumps({"version": 1, "samples": samples}))
    base = with_history({"version": 1, "samples": [dict(sample, value=900) for sample in samples], "parts": parts})
    (out / "hostile-base.json").write_text(json.dumps(base))
    (out / "hostile-budgets.json").write_text(json.dumps({"version": 1, "project": HOSTILE[0], "budgets": budgets}))
    run(program, out, "--budgets", "hostile-budgets.json", "--base", "hostile-base.json", "hostile.json", "hostile.har",
        "hostile-meta.json",
        "--output", "html=hostile.html")
    page = (out / "hostile.html").read_text()
    for bad in ("<img", "<b>&", "SECRET-TOKEN", "</script><script>alert", "\u2028", "\u202e"):
        if bad in page:
            raise SystemExit(f"hostile.html holds {bad!r}")


def main():
    program, out = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).resolve()
    out.mkdir(parents=True, exist_ok=True)
    for make in (shop, many, hostile):
        make(program, out)
    for page in sorted(out.glob("*.html")):
        print(f"{page.name}: {page.stat().st_size} bytes")


if __name__ == "__main__":
    main()
