"""The configurations of peers.py: data only.

Each case: `tool`, `name`, `file` and its text (`head`, one of `items` per line, `tail`), the files (`lhrs` names a set of
Lighthouse results; else the build DIST), and `differs`: {item: (the tool, budgetcheck, why that is right)} where the two must
not agree. "none" means no verdict: the tool says nothing, or the import says that it leaves the line out.
"""

DIST = {  # bytes of text
    "dist/index.html": 400, "dist/main.js": 60_000, "dist/vendor.js": 120_000, "dist/assets/index-Ck5Lem5-.js": 90_000,
    "dist/assets/get-discussion-DRniB9A_.js": 20_000, "dist/assets/chunk-B1cD2eF3.js": 15_000,
    "dist/assets/style-CjgPMEug.css": 8_000, "dist/css/site.css": 5_000, "dist/main.js.map": 200_000,
    "dist/main.js.LICENSE.txt": 700,
}
# gzip -9 and brotli 11 of node: main.js 24,764 and 23,458; vendor.js 47,580 and 45,339; assets/index 36,984 and 35,274;
# site.css 2,685 and 2,590. Debian's zlib makes 24,861, 47,713, 37,076 and 2,717: 0.2 to 1.2 % more.

RUNS = [{"lcp": 1900.0, "tbt": 20.0, "tti": 2000.0, "score": 0.93}, {"lcp": 2000.0, "tbt": 60.0, "tti": 2100.0, "score": 0.9},
        {"lcp": 2100.0, "tbt": 100.0, "tti": 2200.0, "score": 0.88}, {"lcp": 2300.0, "tbt": 140.0, "tti": 2300.0, "score": 0.85},
        {"lcp": 2600.0, "tbt": 300.0, "tti": 2500.0, "score": 0.79}]
LHRS = {
    "five": [{"page": "/", **run} for run in RUNS],
    "pages": [{"page": page, "lcp": lcp, "script": script} for page, lcp, script in
              [("/", 2000.0, (3, 100_000)), ("/blog/one", 2900.0, (5, 150_000)), ("/shop", 1500.0, (2, 60_000))]],
    "devices": [{"page": "/", **run} for run in RUNS] + [{"page": "/", "device": "desktop", "lcp": 458.0}],
    "eleven": [{"page": "/", "version": "11.7.1"}],
}

SINGLE = "the score of a single audit is not a metric here, which the import says"


def lhci(name, assertions, keys, lhrs="five", differs=None, options="", **more):
    items = [f'"{key}":{value}' for key, value in assertions]
    return {"tool": "lhci", "name": "lhci: " + name, "file": "lighthouserc.json", "lhrs": lhrs, "items": items,
            "labels": [key for key, _ in assertions], "keys": keys, "differs": differs or {},
            "head": '{"ci":{"assert":{' + options + '"assertions":{', "tail": "}}}}", **more}


def lightwallet(name, section, items, keys, lhrs="pages", path="", differs=None, **more):
    return {"tool": "lightwallet", "name": "LightWallet: " + name, "file": "budget.json", "lhrs": lhrs, "items": items,
            "labels": [item.get("resourceType") or item.get("metric") for item in items], "keys": keys,
            "differs": differs or {}, "head": f'[{{{path}"{section}":[', "tail": "]}]",
            "config": "lighthouserc.json", "more": {"lighthouserc.json": '{"ci":{"assert":{"budgetsFile":"budget.json"}}}'},
            **more}


def sizes(tool, file, head, tail):
    def case(name, items, differs=None, **more):
        labels = [f"{i.get('path')} {i.get('limit', i.get('maxSize', ''))}" for i in items]
        return {"tool": tool, "name": f"{tool}: {name}", "file": file, "head": head, "tail": tail, "items": items,
                "labels": labels, "differs": differs or {}, **more}
    return case


size_limit = sizes("size-limit", ".size-limit.json", "[", "]")
bundlewatch = sizes("bundlewatch", "bundlewatch.config.json", '{"files":[', "]}")
bundlesize = sizes("bundlesize", "bundlesize.config.json", '{"files":[', "]}")


def bundlemon(name, items, differs=None, section="files", base="dist", **more):
    named = [{"friendlyName": f"item {number}", **item} for number, item in enumerate(items)]
    case = sizes("bundlemon", ".bundlemonrc.json", f'{{"baseDir":"{base}","{section}":[', "]}")
    return case(name, named, differs, **more)


ZLIB = "gzip of node's zlib is smaller here than Debian's by less than a percent or two, and the limit lies between"

CASES = [
    # --- lighthouse-ci ---
    lhci("best of the runs", [("largest-contentful-paint", '["error",{"maxNumericValue":1950}]'),
                              ("total-blocking-time", '["error",{"maxNumericValue":19}]'),
                              ("categories:performance", '["error",{"minScore":0.92}]'),
                              ("categories:seo", '["error",{"minScore":1}]')],
         ["largest-contentful-paint", "total-blocking-time", "categories.performance", "categories.seo"]),
    lhci("median", [("largest-contentful-paint", '["error",{"maxNumericValue":2100}]'),
                    ("total-blocking-time", '["error",{"maxNumericValue":99}]'),
                    ("categories:performance", '["error",{"minScore":0.88}]')],
         ["largest-contentful-paint", "total-blocking-time", "categories.performance"],
         options='"aggregationMethod":"median",'),
    lhci("pessimistic", [("largest-contentful-paint", '["error",{"maxNumericValue":2599}]'),
                         ("interactive", '["error",{"maxNumericValue":2500}]'),
                         ("categories:performance", '["error",{"minScore":0.8}]')],
         ["largest-contentful-paint", "interactive", "categories.performance"],
         options='"aggregationMethod":"pessimistic",'),
    lhci("median run", [("largest-contentful-paint", '["error",{"maxNumericValue":2200}]'),
                        ("interactive", '["error",{"maxNumericValue":2100}]')],
         ["largest-contentful-paint", "interactive"], options='"aggregationMethod":"median-run",'),
    lhci("aggregation of each", [("largest-contentful-paint",
                                  '["error",{"maxNumericValue":1950,"aggregationMethod":"median"}]'),
                                 ("speed-index", '["error",{"maxNumericValue":1500}]')],
         ["largest-contentful-paint", "speed-index"]),
    lhci("resources", [("resource-summary:script:size", '["error",{"maxNumericValue":100000}]'),
                       ("resource-summary:image:size", '["error",{"maxNumericValue":39999}]'),
                       ("resource-summary:total:count", '["error",{"maxNumericValue":9}]'),
                       ("resource-summary:third-party:count", '["error",{"maxNumericValue":0}]')],
         ["resource-summary.script.size", "resource-summary.image.size", "resource-summary.total.count",
          "resource-summary.third-party.count"]),
    lhci("user timings", [("user-timings:hero", '["error",{"maxNumericValue":699}]')], ["user-timings.hero"]),
    lhci("warnings do not fail", [("largest-contentful-paint", '["warn",{"maxNumericValue":100}]'),
                                  ("cumulative-layout-shift", '["warn",{"maxNumericValue":0.05}]')],
         ["largest-contentful-paint", "cumulative-layout-shift"]),
    lhci("layout shift", [("cumulative-layout-shift", '["error",{"maxNumericValue":0.049}]'),
                          ("total-byte-weight", '["error",{"maxNumericValue":180000}]')],
         ["cumulative-layout-shift", "total-byte-weight"]),
    lhci("a page by pattern", [("largest-contentful-paint", '["error",{"maxNumericValue":2500}]')],
         ["largest-contentful-paint"], lhrs="pages",
         head='{"ci":{"assert":{"assertMatrix":[{"matchingUrlPattern":"http://[^/]+/blog/.*","assertions":{',
         tail="}}]}}}"),
    lhci("another page by pattern", [("largest-contentful-paint", '["error",{"maxNumericValue":2500}]')],
         ["largest-contentful-paint"], lhrs="pages",
         head='{"ci":{"assert":{"assertMatrix":[{"matchingUrlPattern":"http://localhost:3000/shop","assertions":{',
         tail="}}]}}}"),
    lhci("an audit that is gone", [("first-meaningful-paint", '["error",{"maxNumericValue":2000}]'),
                                   ("speed-index", '["error",{"maxNumericValue":9000}]')],
         ["first-meaningful-paint", "speed-index"]),
    lhci("budgets in Lighthouse 13", [("performance-budget", '"error"'),
                                      ("speed-index", '["error",{"maxNumericValue":9000}]')],
         ["performance-budget", "speed-index"],
         differs={0: ("none", "none", "lighthouse-ci passes without a word; the import says that it is left out")}),
    lhci("scores of single audits", [("is-on-https", '"error"'), ("speed-index", '["error",{"maxNumericValue":9000}]')],
         ["is-on-https", "speed-index"], differs={0: ("fail", "none", SINGLE)}, exit="differs"),
    lhci("a misspelt level", [("largest-contentful-paint", '["eror",{"maxNumericValue":100}]'),
                              ("speed-index", '["error",{"maxNumericValue":9000}]')],
         ["largest-contentful-paint", "speed-index"],
         differs={0: ("fail", "none", "lighthouse-ci shows it as failed and ends with 0; the import says so")}),
    lhci("a misspelt option", [("largest-contentful-paint", '["error",{"maxNumericValu":2500}]'),
                               ("speed-index", '["error",{"maxNumericValue":9000}]')],
         ["largest-contentful-paint", "speed-index"],
         differs={0: ("pass", "none", "lighthouse-ci asks for a score of 0.9 in its place; the import says so")}),
    lhci("phones and desktops", [("largest-contentful-paint", '["error",{"maxNumericValue":500}]'),
                                 ("speed-index", '["error",{"maxNumericValue":9000}]')],
         ["largest-contentful-paint", "speed-index"], lhrs="devices", exit="differs",
         differs={0: ("pass", "fail", "lighthouse-ci takes the one run of a desktop for the best of the phones'")}),
    lhci("off", [("largest-contentful-paint", '"off"'), ("speed-index", '["error",{"maxNumericValue":100}]')],
         ["largest-contentful-paint", "speed-index"],
         differs={0: ("none", "none", "it is off in both")}),
    lhci("camel case", [("firstContentfulPaint", '["error",{"maxNumericValue":999}]')], ["first-contentful-paint"],
         exit="differs", differs={0: ("none", "fail", "lighthouse-ci looks the options up under the name with dashes, finds "
                                      "none and passes without a word")}),
    # --- LightWallet, through lighthouse-ci ---
    lightwallet("sizes", "resourceSizes", [{"resourceType": "script", "budget": 146}, {"resourceType": "image", "budget": 40},
                                           {"resourceType": "total", "budget": 100}],
                ["resource-summary.script.size", "resource-summary.image.size", "resource-summary.total.size"]),
    lightwallet("counts", "resourceCounts", [{"resourceType": "script", "budget": 5}, {"resourceType": "total", "budget": 8},
                                             {"resourceType": "third-party", "budget": 0}],
                ["resource-summary.script.count", "resource-summary.total.count", "resource-summary.third-party.count"]),
    lightwallet("timings", "timings", [{"metric": "interactive", "budget": 2100}, {"metric": "largest-contentful-paint",
                                                                                  "budget": 2899},
                                       {"metric": "speed-index", "budget": 1500}],
                ["interactive", "largest-contentful-paint", "speed-index"]),
    lightwallet("a path", "resourceSizes", [{"resourceType": "script", "budget": 146}, {"resourceType": "image", "budget": 40}],
                ["resource-summary.script.size", "resource-summary.image.size"], path='"path":"/blog/*",'),
    lightwallet("a path and its end", "resourceSizes", [{"resourceType": "script", "budget": 58}],
                ["resource-summary.script.size"], path='"path":"/shop$",'),
    # --- size-limit ---
    size_limit("brotli by default", [{"path": "dist/main.js", "limit": "24 kB"}, {"path": "dist/vendor.js", "limit": "45 kB"}]),
    size_limit("to the byte", [{"name": "exact", "path": "dist/main.js", "limit": "23458 B"},
                               {"name": "one less", "path": "dist/vendor.js", "limit": "45338 B"}]),
    size_limit("gzip", [{"path": "dist/main.js", "limit": "26 kB", "gzip": True},
                        {"path": "dist/vendor.js", "limit": "46 KB", "gzip": True}]),
    size_limit("raw, in kB and KiB", [{"path": "dist/main.js", "limit": "60 kB", "brotli": False},
                                      {"path": "dist/vendor.js", "limit": "117 KiB", "brotli": False},
                                      {"path": "dist/css/site.css", "limit": "5 kB", "brotli": False}]),
    size_limit("a number is bytes", [{"path": "dist/main.js", "limit": 59_999, "brotli": False},
                                     {"path": "dist/vendor.js", "limit": 120_000, "brotli": False}]),
    size_limit("sum of all scripts", [{"path": "dist/**/*.js", "limit": "305 kB", "brotli": False}]),
    size_limit("sum of all scripts, beyond", [{"path": "dist/**/*.js", "limit": "304 kB", "brotli": False}]),
    size_limit("sum of the scripts on top", [{"path": "dist/*.js", "limit": "180 kB", "brotli": False}]),
    size_limit("sum of styles, brotli", [{"path": "dist/assets/*.css", "limit": "3.8 kB"}]),
    size_limit("a hashed name", [{"path": "dist/assets/index-*.js", "limit": "36 kB"}]),
    size_limit("no such file", [{"path": "dist/absent.js", "limit": "36 kB"}]),
    size_limit("a limit that is none", [{"path": "dist/main.js", "limit": "banana"},
                                        {"path": "dist/vendor.js", "limit": "50 kB"}], exit="differs",
               differs={0: ("fail", "none", "size-limit takes it for 0 B; the import says that it is not a size")}),
    # --- bundlewatch ---
    bundlewatch("gzip by default", [{"path": "dist/main.js", "maxSize": "25 kB"}, {"path": "dist/vendor.js", "maxSize": "46 kB"}]),
    bundlewatch("kB is 1024", [{"path": "dist/main.js", "maxSize": "58.6 kB", "compression": "none"},
                               {"path": "dist/vendor.js", "maxSize": "117 kB", "compression": "none"}]),
    bundlewatch("brotli", [{"path": "dist/main.js", "maxSize": "23458 B", "compression": "brotli"},
                           {"path": "dist/vendor.js", "maxSize": "45338", "compression": "brotli"}]),
    bundlewatch("each file of a glob", [{"path": "dist/assets/*.js", "maxSize": "36 kB"}]),
    bundlewatch("each file of all folders", [{"path": "dist/**/*.js", "maxSize": "47 kB"}]),
    bundlewatch("the last entry on a file holds", [{"path": "dist/main.js", "maxSize": "1 kB"},
                                                   {"path": "dist/main.js", "maxSize": "30 kB"}],
                differs={0: ("pass", "none", "the last entry on a file holds in both: the import says so")}),
    bundlewatch("one file, written in two ways", [{"path": "dist/main.js", "maxSize": "1 kB"},
                                                  {"path": "./dist/main.js", "maxSize": "30 kB"}],
                differs={1: ("fail", "none", "both entries hold in bundlewatch; here the stricter one is kept, which is said")}),
    bundlewatch("a file and then a glob on it", [{"path": "dist/main.js", "maxSize": "1 kB"},
                                                 {"path": "dist/*.js", "maxSize": "60 kB"}], exit="differs",
                differs={0: ("pass", "fail", "the last entry that fits holds in bundlewatch, the most specific one here, which "
                             "the import says")}),
    bundlewatch("a glob and then a file of it", [{"path": "dist/*.js", "maxSize": "60 kB"},
                                                 {"path": "dist/main.js", "maxSize": "1 kB"}],
                differs={0: ("fail", "pass", "main.js fails under the second entry, which counts for the glob's files in "
                             "this comparison")}),
    bundlewatch("a page", [{"path": "dist/index.html", "maxSize": "300", "compression": "none"}]),
    bundlewatch("a size that is none", [{"path": "dist/main.js", "maxSize": "garbage"},
                                        {"path": "dist/vendor.js", "maxSize": "60 kB"}],
                differs={0: ("pass", "none", "bundlewatch takes it for no limit; the import says that it is not a size")}),
    bundlewatch("gzip between two zlibs", [{"path": "dist/css/site.css", "maxSize": "2700"}],
                differs={0: ("pass", "fail", ZLIB)}, exit="differs"),
    bundlewatch("no such file", [{"path": "dist/absent.js", "maxSize": "60 kB"}, {"path": "dist/main.js", "maxSize": "60 kB"}]),
    # --- bundlesize ---
    bundlesize("gzip by default", [{"path": "./dist/main.js", "maxSize": "25 kB"}, {"path": "./dist/vendor.js", "maxSize": "46 kB"}]),
    bundlesize("brotli and none", [{"path": "./dist/main.js", "maxSize": "23 kB", "compression": "brotli"},
                                   {"path": "./dist/vendor.js", "maxSize": "117.2 kB", "compression": "none"}]),
    bundlesize("a glob", [{"path": "./dist/assets/*.js", "maxSize": "37 kB"}]),
    bundlesize("no such file", [{"path": "./dist/absent.js", "maxSize": "37 kB"}, {"path": "./dist/main.js", "maxSize": "1 MB"}],
               differs={1: ("none", "pass", "bundlesize stops at the first path that nothing fits")}),
    # --- bundlemon ---
    bundlemon("gzip by default", [{"path": "main.js", "maxSize": "25kb"}, {"path": "vendor.js", "maxSize": "46kb"}]),
    bundlemon("brotli and none", [{"path": "main.js", "maxSize": "23kb", "compression": "brotli"},
                                  {"path": "vendor.js", "maxSize": "117kb", "compression": "none"}]),
    bundlemon("a hash in the name", [{"path": "assets/chunk-<hash>.js", "maxSize": "6kb"}]),
    bundlemon("hashes with - and _", [{"path": "assets/*-<hash>.js", "maxSize": "30kb"}], exit="differs",
              differs={0: ("pass", "fail", "<hash> of bundlemon takes letters and digits only, so index-Ck5Lem5-.js of 36 kB "
                           "is not looked at")}),
    bundlemon("a group is a sum", [{"path": "**/*.css", "maxSize": "6kb"}], section="groups"),
    bundlemon("a group within its sum", [{"path": "**/*.js", "maxSize": "130kb"}], section="groups"),
    bundlemon("no such file", [{"path": "absent.js", "maxSize": "30kb"}, {"path": "main.js", "maxSize": "30kb"}], exit="differs",
              differs={0: ("none", "fail", "bundlemon passes over a path that nothing fits")}),
]
