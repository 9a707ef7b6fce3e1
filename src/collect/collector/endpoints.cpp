#include "collect/collector/endpoints.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "collect/collector/settings.h"

namespace budgetcheck::collector {
namespace {

constexpr std::size_t kMaxDepth = 16;

struct Address {
  std::string_view scheme;  ///< "http"; empty: none is written
  std::string_view host;    ///< without brackets
  std::string_view port;
};

Address address_of(std::string_view text) {
  Address address;
  if (const std::size_t end = text.find("://"); end != std::string_view::npos) {
    address.scheme = text.substr(0, end);
    text.remove_prefix(end + 3);
  }
  text = text.substr(0, text.find_first_of("/?#"));
  if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
    text.remove_prefix(at + 1);
  }
  if (text.starts_with('[')) {
    const std::size_t end = std::min(text.find(']'), text.size());
    address.host = text.substr(1, end - 1);
    text.remove_prefix(std::min(end + 1, text.size()));
    address.port = text.starts_with(':') ? text.substr(1) : std::string_view();
    return address;
  }
  const std::size_t colon = text.rfind(':');
  const bool is_ip6 = colon != std::string_view::npos && text.find(':') != colon;
  address.host = is_ip6 || colon == std::string_view::npos ? text : text.substr(0, colon);
  address.port = is_ip6 || colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  return address;
}

bool is_local(const Address& address) {
  const std::string host = lower(address.host);
  return host.empty() || host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "::1" || address.scheme == "unix" || address.scheme == "npipe";
}

/// Whether a mapping of a server asks its clients for something: TLS with a certificate, or authentication.
bool asks_its_clients(const json::Value& server) {
  const json::Value* tls = server.find("tls");
  const json::Value* auth = server.find("auth");
  return (tls != nullptr && !tls->is_null()) || (auth != nullptr && !auth->is_null()) ||
         server.find("tls_settings") != nullptr;
}

void search(const std::string& file, const std::string& receiver, const json::Value& at, std::size_t depth,
            std::vector<CollectorListener>& open) {
  if (depth > kMaxDepth) {
    return;
  }
  if (const json::Array* entries = at.array()) {
    for (const json::Value& entry : *entries) {
      search(file, receiver, entry, depth + 1, open);
    }
    return;
  }
  const json::Object* members = at.object();
  if (members == nullptr) {
    return;
  }
  for (const json::Member& member : *members) {
    const std::string_view text = text_of(&member.value);
    if (text.empty() || (member.key != "endpoint" && member.key != "listen_address")) {
      search(file, receiver, member.value, depth + 1, open);
      continue;
    }
    const Address address = address_of(text);
    const bool is_open = address.host == "0.0.0.0" || address.host == "::" || address.host == "0:0:0:0:0:0:0:0" ||
                         (address.host.empty() && !address.port.empty());
    if (is_open && address.scheme != "unix" && !asks_its_clients(at)) {
      open.push_back({receiver, printable(address.port), json::location_of(file, member)});
    }
  }
}

/// Where an exporter sends to, as members of its settings.
constexpr std::array<std::string_view, 7> kTargets{
    "endpoint", "traces_endpoint", "metrics_endpoint", "logs_endpoint", "profiles_endpoint", "url", "server_endpoint"};

struct Target {
  const json::Value* value = nullptr;
  Location location;
};

std::vector<Target> targets_of(const std::string& file, const json::Value& settings) {
  std::vector<Target> targets;
  const json::Object* members = settings.object();
  for (const json::Member& member : members == nullptr ? json::Object() : *members) {
    if (std::find(kTargets.begin(), kTargets.end(), member.key) != kTargets.end()) {
      targets.push_back({settings.find(member.key), json::location_of(file, member)});
    }
  }
  for (const json::Value& entry : entries_of(settings.find("endpoints"))) {
    targets.push_back({&entry, json::location_of(file, entry)});
  }
  return targets;
}

}  // namespace

void add_open_endpoints(const std::string& file, const std::string& receiver, const json::Value& settings,
                        std::vector<CollectorListener>& open) {
  search(file, receiver, settings, 0, open);
}

std::optional<CollectorSink> insecure_sink(const std::string& file, const std::string& exporter,
                                           const json::Value& settings, const Location& key) {
  using Fault = CollectorSink::Fault;
  static const json::Value kEmpty;
  const json::Value* found = settings.find("tls");
  const json::Value& tls = found == nullptr ? kEmpty : *found;
  // Before 0.22 both stood beside the endpoint.
  const bool was_before = settings.find("insecure") != nullptr;
  const json::Value& of_insecure = was_before ? settings : tls;
  const bool insecure = truth_of(of_insecure.find("insecure"), false).value_or(false);
  const bool unverified = truth_of(tls.find("insecure_skip_verify"), false).value_or(false);
  for (const Target& target : targets_of(file, settings)) {
    const std::string_view text = text_of(target.value);
    const Address address = address_of(text);
    if (text.empty() || is_local(address)) {
      continue;
    }
    const std::string scheme = lower(address.scheme);
    CollectorSink sink;
    sink.exporter = exporter;
    sink.is_near = address.host.find_first_of(".:") == std::string_view::npos;
    if (scheme == "http") {
      sink.fault = Fault::kPlainHttp;
      sink.location = target.location;
      return sink;
    }
    if (insecure && scheme != "https") {
      sink.fault = Fault::kInsecure;
      sink.location = place_of(file, of_insecure, "insecure", key);
      return sink;
    }
    if (unverified) {
      sink.fault = Fault::kUnverified;
      sink.location = place_of(file, tls, "insecure_skip_verify", key);
      return sink;
    }
  }
  return std::nullopt;
}

}  // namespace budgetcheck::collector
