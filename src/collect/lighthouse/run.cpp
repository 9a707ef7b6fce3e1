#include "collect/lighthouse/run.h"

#include <charconv>

#include "base/number.h"
#include "base/text.h"
#include "collect/http/page_identity.h"
#include "collect/http/page_label.h"
#include "collect/lighthouse/values.h"

namespace budgetcheck {
namespace {

int major_version(std::string_view version) {
  int major = 0;
  const char* const last = version.data() + version.size();
  const auto [end, error] = std::from_chars(version.data(), last, major);
  return error == std::errc() && major > 0 && (end == last || *end == '.') ? major : 0;
}

/// Never finalUrl first: a run that failed has chrome-error:// there, and a redirected one another page.
std::string_view url_of(const json::Value& lhr) {
  for (const std::string_view key : {"requestedUrl", "finalDisplayedUrl", "finalUrl"}) {
    const std::string_view url = lhr.string_or(key, "");
    if (!url.empty() && !url.starts_with("chrome-error:")) {
      return url;
    }
  }
  return {};
}

/// Where the page's own files come from.
std::string origin_of(const json::Value& lhr) {
  for (const std::string_view key : {"mainDocumentUrl", "finalDisplayedUrl", "finalUrl", "requestedUrl"}) {
    std::string origin = url_origin(lhr.string_or(key, ""));
    if (!origin.empty() && !origin.starts_with("chrome-error:")) {
      return origin;
    }
  }
  return {};
}

Labels labels_of(const json::Value& lhr, std::string_view mode, const std::string& step) {
  Labels labels;
  const std::string_view url = url_of(lhr);
  if (!url.empty()) {
    labels.set("page", page_label(url));
    if (std::string host = host_label_of(url); !host.empty()) {
      labels.set("host", std::move(host));
    }
  }
  if (std::string device = lighthouse_device(lhr); !device.empty()) {
    labels.set("device", std::move(device));
  }
  if (const json::Value* settings = lhr.find("configSettings")) {
    const std::string_view throttling = settings->string_or("throttlingMethod", "");
    if (!throttling.empty() && throttling != "simulate") {
      labels.set("throttling", shown_name(throttling));
    }
  }
  if (mode != "navigation") {
    labels.set("mode", shown_name(mode));
  }
  if (!step.empty()) {
    labels.set("step", step);
  }
  return labels;
}

std::string source_of(const json::Value& lhr, int major) {
  std::string source = url_origin(url_of(lhr)) + " Lighthouse " + std::to_string(major);
  for (const std::string_view key : {"rttMs", "throughputKbps", "requestLatencyMs", "downloadThroughputKbps",
                                     "uploadThroughputKbps", "cpuSlowdownMultiplier"}) {
    const double* number = finite_number(lhr.at({"configSettings", "throttling", key}));
    source += number == nullptr ? " -" : " " + format_number(*number);
  }
  return source;
}

/// The major version behind "Chrome/" (or "HeadlessChrome/") in the browser's own name.
std::string browser_of(const json::Value& lhr) {
  constexpr std::string_view kChrome = "Chrome/";
  const json::Value* agent = lhr.at({"environment", "hostUserAgent"});
  const std::string_view text =
      agent == nullptr || agent->string() == nullptr ? "" : std::string_view(*agent->string());
  const std::size_t at = text.find(kChrome);
  const int major = at == std::string_view::npos ? 0 : major_version(text.substr(at + kChrome.size(), 8));
  return major == 0 ? std::string() : "Chrome " + std::to_string(major);
}

Environment environment_of(const json::Value& lhr, const LighthouseRun& run) {
  Environment env;
  if (run.major != 0) {
    env.parts["lighthouse"] = std::to_string(run.major);
  }
  if (std::string browser = browser_of(lhr); !browser.empty()) {
    env.parts["browser"] = std::move(browser);
  }
  if (const json::Value* settings = lhr.find("configSettings")) {
    const std::string_view method = settings->string_or("throttlingMethod", "");
    const double* slowdown = finite_number(lhr.at({"configSettings", "throttling", "cpuSlowdownMultiplier"}));
    const std::string_view device = settings->string_or("formFactor", "");
    if (!method.empty()) {
      // Each device has settings of its own, and one report may hold both.
      const std::string name = "throttling" + (device.empty() ? "" : " " + shown_name(device));
      env.parts[name] = shown_name(method) + (slowdown == nullptr ? "" : ", CPU " + format_number(*slowdown) + "x");
    }
  }
  if (const double* index = finite_number(lhr.at({"environment", "benchmarkIndex"})); index != nullptr && *index > 0) {
    env.benchmark_index.push_back(*index);
  }
  return env;
}

}  // namespace

std::string lighthouse_device(const json::Value& lhr) {
  for (const std::string_view key : {"formFactor", "emulatedFormFactor"}) {
    const json::Value* device = lhr.at({"configSettings", key});
    if (device != nullptr && device->string() != nullptr && !device->string()->empty()) {
      return shown_name(*device->string());
    }
  }
  const json::Value* emulated = lhr.at({"configSettings", "screenEmulation", "mobile"});
  if (const bool* is_mobile = emulated == nullptr ? nullptr : emulated->boolean()) {
    return *is_mobile ? "mobile" : "desktop";
  }
  const json::Value* agent = lhr.at({"environment", "networkUserAgent"});
  if (const std::string* text = agent == nullptr ? nullptr : agent->string(); text != nullptr && !text->empty()) {
    return text->find("Mobile") != std::string::npos ? "mobile" : "desktop";
  }
  return {};
}

LighthouseRun read_lighthouse_run(const json::Value& lhr, const std::string& step) {
  LighthouseRun run;
  const std::string_view version = lhr.string_or("lighthouseVersion", "");
  run.version = shown_name(version);
  run.major = major_version(version);
  run.mode = lhr.string_or("gatherMode", "navigation");
  if (const json::Value* settings = lhr.find("configSettings")) {
    run.only_audits = strings_of(settings->find("onlyAudits"));
    run.skip_audits = strings_of(settings->find("skipAudits"));
    run.only_categories = strings_of(settings->find("onlyCategories"));
  }
  const json::Value* audits = lhr.find("audits");
  if (const json::Object* members = audits == nullptr ? nullptr : audits->object()) {
    for (const json::Member& audit : *members) {
      run.audits[audit.key] = &audit.value;
    }
  }
  run.labels = labels_of(lhr, run.mode, step);
  run.origin = origin_of(lhr);
  run.source = source_of(lhr, run.major);
  run.env = environment_of(lhr, run);
  return run;
}

}  // namespace budgetcheck
