#include "unit/report/sample_report.h"

#include "json/stream/select.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

Verdict verdict(std::string budget, std::string metric, Labels where, Status status, std::string code, Unit unit) {
  Verdict v;
  v.budget = std::move(budget);
  v.metric = std::move(metric);
  v.where = std::move(where);
  v.status = status;
  v.code = std::move(code);
  v.unit = unit;
  v.location = {"budgets.yml", 12, 5, {}};
  return v;
}

void set_numbers(Verdict& v, double value, double limit, double base) {
  v.value = value;
  v.limit = limit;
  v.base = base;
  v.delta = value - base;
}

Sample sample(std::string metric, Labels where, Unit unit) {
  Sample s;
  s.metric = std::move(metric);
  s.where = std::move(where);
  s.unit = unit;
  s.location = {"reports/input.json", 3, 7, {}};
  return s;
}

Rule rule(std::string id, std::string title, Level level) {
  Rule r;
  r.id = std::move(id);
  r.title = std::move(title);
  r.short_text = "The same statement runs once for each row of another result.";
  r.why = "Each statement costs a round trip, so the request gets slower with every row.";
  r.help = "Load the related rows with the first query, by `include` or a join.";
  r.limits = "A loop over a fixed, small list is harmless: raise min_repeats for it.";
  r.level = level;
  r.tags = {"performance", "database"};
  return r;
}

std::vector<Verdict> sample_verdicts() {
  std::vector<Verdict> out;
  Verdict lcp = verdict("home-lcp", "lighthouse.lcp", {{"page", "/"}, {"device", "mobile"}}, Status::kFail,
                        "LIMIT_EXCEEDED", Unit::kMilliseconds);
  set_numbers(lcp, 2810, 2500, 2410);
  lcp.runs = 5;
  lcp.message = "lighthouse.lcp is 2.81 s, over its limit of 2.5 s";
  lcp.owner = "@web";
  lcp.why = "conversion drops above 2.5 s";
  lcp.sample_location = Location::of("reports/lhr-mobile-1.json");
  out.push_back(lcp);

  Verdict js =
      verdict("home-js", "bundle.gzip", {{"entry", "main"}, {"type", "js"}}, Status::kFail, "REGRESSED", Unit::kBytes);
  set_numbers(js, 168'200, 170'000, 151'300);
  js.message = "grew by 16.9 kB, and 3 kB are allowed";
  js.hint = "see what entered the bundle with your bundle analyzer, or allow it with max_increase and a reason";
  out.push_back(js);

  Verdict typo = verdict("prodcts-payload", "payload.decoded", {{"route", "GET /api/prodcts"}}, Status::kError,
                         "NO_MATCH", Unit::kBytes);
  typo.message = "nothing that was measured matches route=GET /api/prodcts";
  typo.hint = "did you mean 'GET /api/products'?";
  typo.location.line = 20;
  out.push_back(typo);

  Verdict unclear =
      verdict("cls", "lighthouse.cls", {{"page", "/cart"}}, Status::kInconclusive, "LIMIT_STRADDLED", Unit::kNone);
  set_numbers(unclear, 0.11, 0.1, 0.09);
  unclear.runs = 3;
  unclear.message = "the limit of 0.1 lies inside the noise of 3 runs";
  out.push_back(unclear);

  Verdict warn = verdict("orders-time", "queries.time", {{"route", "/api/orders"}}, Status::kWarn, "LIMIT_EXCEEDED",
                         Unit::kMilliseconds);
  set_numbers(warn, 52, 40, 52);
  warn.stat = Stat::kP95;
  warn.runs = 1200;
  out.push_back(warn);

  Verdict waived =
      verdict("vendor-js", "bundle.brotli", {{"entry", "vendor"}}, Status::kWaived, "WAIVED", Unit::kBytes);
  set_numbers(waived, 401'000, 380'000, 401'000);
  waived.message = "over its limit by 21 kB, accepted until 2026-12-31 (PERF-398)";
  out.push_back(waived);

  Verdict score =
      verdict("a11y", "lighthouse.score.accessibility", {{"page", "/"}}, Status::kPass, "OK", Unit::kPoints);
  set_numbers(score, 97, 90, 95);
  score.limit_is_min = true;
  score.higher_is_better = true;
  out.push_back(score);

  Verdict files = verdict("files", "bundle.files", {}, Status::kPass, "NO_BASE", Unit::kCount);
  files.value = 12;
  files.limit = 40;
  out.push_back(files);

  Verdict css = verdict("css", "bundle.gzip", {{"entry", "main"}, {"type", "css"}}, Status::kPass, "OK", Unit::kBytes);
  set_numbers(css, 20'100, 24'000, 20'100);
  out.push_back(css);
  return out;
}

std::vector<Finding> sample_findings() {
  Finding loop;
  loop.rule = "n-plus-one";
  loop.level = Level::kError;
  loop.message = "GET /api/posts runs one statement 30 times in one request, once for each post";
  loop.subject = "GET /api/posts User.findUnique";
  loop.location = {"prisma/schema.prisma", 40, 3, {}};
  loop.evidence.sql =
      "SELECT \"public\".\"User\".\"id\", \"public\".\"User\".\"email\", \"public\".\"User\".\"name\" FROM "
      "\"public\".\"User\" WHERE (\"public\".\"User\".\"id\" = ? AND ? = ?) LIMIT ? OFFSET ?";
  loop.evidence.count = 30;
  loop.evidence.distinct_params = 30;
  loop.evidence.scope = "req-00001";
  loop.evidence.route = "GET /api/posts";
  loop.evidence.parent_sql = "SELECT \"public\".\"Post\".\"id\" FROM \"public\".\"Post\" WHERE ? = ?";
  loop.evidence.input = "logs/app.ndjson";
  loop.evidence.line = 12;
  loop.fix = {"Load the author with the posts: findMany({ include: { author: true } })", "Post", {}};
  loop.magnitude = 30;
  loop.key = finding_key("n-plus-one", {"GET /api/posts", "User"});

  Finding second = loop;
  second.message = "GET /api/orders runs one statement 12 times in one request";
  second.subject = "GET /api/orders Item.findMany";
  second.state = FindingState::kWorse;
  second.magnitude = 12;
  second.key = finding_key("n-plus-one", {"GET /api/orders", "Item"});

  Finding copies;
  copies.rule = "duplicate-package";
  copies.level = Level::kWarning;
  copies.message = "lodash is bundled 2 times, 71.2 kB of source each";
  copies.subject = "lodash";
  copies.location = {"dist/stats.json", 0, 0, "/chunks/0/modules/17"};
  copies.evidence.details = {{"copy", "node_modules/lodash 4.17.21"},
                             {"copy", "node_modules/a/node_modules/lodash 3.10.1"}};
  copies.magnitude = 71'200;
  copies.key = finding_key("duplicate-package", {"lodash"});

  Finding known = copies;
  known.state = FindingState::kSame;
  known.subject = "react";
  known.message = "react is bundled 2 times";
  known.key = finding_key("duplicate-package", {"react"});

  Finding waived = loop;
  waived.state = FindingState::kWaived;
  waived.subject = "GET /admin";
  waived.key = finding_key("n-plus-one", {"GET /admin"});
  return {loop, second, copies, known, waived};
}

std::vector<Sample> sample_samples() {
  Sample bytes = sample("bundle.gzip", {{"entry", "main"}, {"type", "js"}}, Unit::kBytes);
  bytes.value = 168'200.0;
  Sample runs = sample("lighthouse.lcp", {{"page", "/"}, {"device", "mobile"}}, Unit::kMilliseconds);
  runs.value = Runs{2800.5, 2810, 2820.25, 2790, 2999.125};
  Sample rate = sample("api.error_rate", {}, Unit::kRatio);
  rate.value = Rate{2, 2000};
  Sample few = sample("queries.time", {{"route", "/api/few"}}, Unit::kMilliseconds);
  Distribution exact;
  exact.add(1.5);
  exact.add(2.25);
  few.value = exact;
  Sample many = sample("queries.time", {{"route", "/api/orders"}}, Unit::kMilliseconds);
  Distribution histogram;
  for (int i = 0; i < 1000; ++i) {
    histogram.add(0.1 * i * i);
  }
  many.value = histogram;
  Sample bound = sample("payload.transfer", {{"page", "/"}}, Unit::kBytes);
  bound.value = 1'234'567.0;
  bound.lower_bound = true;
  bound.lower_bound_reason = "2 of 14 responses have no size";
  return {bytes, runs, rate, few, many, bound};
}

}  // namespace

json::Value read_back(const std::string& text) {
  json::Selector all;
  all.keep("*");
  return *json::select_text("output", text, all);
}

Report sample_report() {
  Report r;
  r.tool_version = "0.1.0";
  r.project = "shop";
  r.app = "storefront";
  r.commit = "0123456789abcdef0123456789abcdef01234567";
  r.parents = {"9efa7e50000000000000000000000000000000aa"};
  r.measured_at = "2026-11-23T10:00:00Z";
  r.env = {"ci-large", false, {1760}, {}};
  r.base = {"file", "9efa7e50000000000000000000000000000000aa", "--base base.json", 0};
  r.inputs = {
      {"reports/lhr-mobile-1.json", "lighthouse", 412'000, InputState::kRead, "", "", {}},
      {"logs/app.ndjson", "prisma-event", 91'000, InputState::kRead, "3 of 900 lines are no JSON", "", {}},
      {"captures/home.har",
       "har",
       5000,
       InputState::kIncomplete,
       "2 of 14 responses have no size",
       "record it with content: 'attach'",
       {"payload."}},
      {"dist/stats.json",
       "",
       0,
       InputState::kUnreadable,
       "the file is empty",
       "let the build write it: webpack --json=dist/stats.json",
       {}},
  };
  r.samples = sample_samples();
  r.verdicts = sample_verdicts();
  r.findings = sample_findings();
  r.rules.add(rule("n-plus-one", "One query for each row", Level::kError));
  r.rules.add(rule("duplicate-package", "A package is bundled more than once", Level::kWarning));
  r.rules.add(rule("failed-build", "The build failed", Level::kError));
  r.rules.add(rule("switched-off", "Not looked for", Level::kOff));
  r.problems = {{ErrorKind::kUsage,
                 "the key 'max_increse' is unknown",
                 {"budgets.yml", 14, 7, {}},
                 "did you mean 'max_increase'?"}};
  r.notes = {"routes were inferred from 3 paths: name them under routes"};
  r.unbudgeted = 41;
  r.budgets = read_back(R"({"version":1,"budgets":[{"metric":"bundle.gzip","max":"170 kB"}]})");
  r.budgets_path = "budgets.yml";
  r.outcome = Outcome::kError;
  r.exit_code = kExitUsage;
  return r;
}

Report green_report() {
  Report r = sample_report();
  std::erase_if(r.verdicts, [](const Verdict& v) { return v.status != Status::kPass; });
  r.findings.clear();
  r.problems.clear();
  r.notes.clear();
  r.inputs.resize(1);
  r.base = {};
  r.outcome = Outcome::kPass;
  r.exit_code = kExitPass;
  return r;
}

std::string hostile_text() {
  return std::string("a\x01\x1b[31mred\x1b[0m") + "]]>\"'<b>&amp;|`x`\\|" +
         "\n## head\r\n\t@everyone #12 !3 *b* _i_ ~~s~~ "
         "[l](http://x.test) <!-- --> -->" +
         "\xE2\x80\xAE"
         "rtl\xE2\x81\xA6" +
         "\xFF\xC3(" + "\x7F" +
         "\xC2\x9B"
         "31m{0}";
}

Report hostile_report() {
  Report r = sample_report();
  const std::string text = hostile_text();
  const std::string is_long = text + std::string(10'000, 'n') + "end";
  r.project = r.app = r.measured_at = r.commit = text;
  r.parents = {text};
  r.base.how = r.base.commit = text;
  for (Input& i : r.inputs) {
    i.path = i.format = i.message = i.hint = text;
  }
  for (Sample& s : r.samples) {
    s.where = {{"page", text}, {text, is_long}};
    s.location.file = text;
  }
  for (Verdict& v : r.verdicts) {
    v.budget = v.metric = v.message = v.hint = v.owner = v.why = text;
    v.where = {{"page", is_long}, {text, text}};
    v.location.file = is_long;
    v.sample_location.file = v.location.pointer = text;
    v.causes = {{Cause::Change::kNew, "package", is_long, Unit::kBytes, 0, 5, text},
                {Cause::Change::kBigger, text, text, Unit::kCount, 1, 2, is_long, true},
                {Cause::Change::kGone, "query", "SELECT " + is_long, Unit::kNone, 9, 0, text}};
  }
  for (Finding& f : r.findings) {
    f.rule = f.message = f.subject = f.location.file = text;
    f.evidence.sql = is_long;
    f.evidence.scope = f.evidence.route = f.evidence.parent_sql = f.evidence.input = text;
    f.evidence.details = {{text, is_long}};
    f.fix.text = f.fix.model = text;
    f.fix.index = {text};
  }
  RuleSet rules;
  for (Rule shipped : r.rules.all()) {
    shipped.title = shipped.short_text = shipped.why = shipped.help = shipped.limits = is_long;
    shipped.tags = {text};
    rules.add(shipped);
  }
  r.rules = rules;
  r.problems = {{ErrorKind::kInput, text, {text, 1, 1, {}}, text}};
  r.notes = {text, is_long};
  r.budgets_path = text;
  return r;
}

Report big_report(std::size_t count) {
  const Report small = sample_report();
  Report r = small;
  r.verdicts.clear();
  r.findings.clear();
  for (std::size_t i = 0; i < count; ++i) {
    Verdict v = small.verdicts[i % small.verdicts.size()];
    v.where.set("page", "/page/" + std::to_string(i));
    v.budget += "-" + std::to_string(i);
    r.verdicts.push_back(v);
    Finding f = small.findings[i % small.findings.size()];
    f.subject = "subject " + std::to_string(i);
    f.key = finding_key(f.rule, {f.subject});
    r.findings.push_back(f);
  }
  return r;
}

}  // namespace budgetcheck
