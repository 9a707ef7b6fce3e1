#include "collect/trace/request/http_call.h"

#include <algorithm>

#include "model/routes/id_segments.h"

namespace budgetcheck {
namespace {

struct Cut {
  std::string_view host;
  std::string_view path;
  std::string_view query;
};

Cut cut(std::string_view url) {
  Cut parts;
  url = url.substr(0, url.find('#'));
  const std::size_t question = url.find('?');
  if (question != std::string_view::npos) {
    parts.query = url.substr(question + 1);
    url = url.substr(0, question);
  }
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
    const std::size_t slash = std::min(url.find('/'), url.size());
    parts.host = url.substr(0, slash);
    parts.host.remove_prefix(std::min(parts.host.find('@') + 1, parts.host.size()));
    url.remove_prefix(slash);
  }
  parts.path = url;
  return parts;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

CallTarget read_call_target(std::string_view url, const std::vector<std::string_view>& own) {
  const Cut parts = cut(url);
  CallTarget target;
  target.path = std::string(parts.path);
  target.shape = std::string(parts.host);
  std::vector<std::string_view> segments = split(parts.path, '/');
  std::erase(segments, std::string_view());
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool is_id = form_of_segment(segments, i).kind != SegmentKind::kWord ||
                       std::find(own.begin(), own.end(), segments[i]) != own.end();
    target.shape += is_id ? "/:id" : "/" + std::string(segments[i]);
    if (is_id) {
      target.ids.push_back(segments[i]);
    }
  }
  char before = '?';
  for (const std::string_view member : split(parts.query, '&')) {
    const std::size_t equals = std::min(member.find('='), member.size());
    target.shape += before;
    target.shape += member.substr(0, equals);
    before = '&';
    if (equals + 1 < member.size()) {
      target.values.push_back(member.substr(equals + 1));
    }
  }
  return target;
}

std::vector<std::string_view> parameters_of_url(std::string_view route, std::string_view url) {
  std::vector<std::string_view> wanted = split(cut(route).path, '/');
  std::vector<std::string_view> given = split(cut(url).path, '/');
  std::erase(wanted, std::string_view());
  std::erase(given, std::string_view());
  std::vector<std::string_view> parameters;
  if (wanted.size() != given.size()) {
    return parameters;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    // ":id" (Express, Fastify), "{id}" (ASP.NET, Spring, FastAPI), "<int:id>" (Flask), "[id]" (Next.js)
    const bool is_variable = std::string_view(":{<[").find(wanted[i].front()) != std::string_view::npos;
    if (is_variable) {
      parameters.push_back(given[i]);
    } else if (wanted[i] != given[i]) {
      return {};
    }
  }
  return parameters;
}

std::vector<std::string_view> parts_of_url(std::string_view url) {
  const Cut parts = cut(url);
  std::vector<std::string_view> all;
  const auto add = [&](std::string_view text) {
    for (const std::string_view part : split(text, ',')) {
      all.push_back(part);
    }
    all.push_back(text);
  };
  for (const std::string_view segment : split(parts.path, '/')) {
    add(segment);
  }
  for (const std::string_view member : split(parts.query, '&')) {
    add(member.substr(std::min(member.find('='), member.size() - 1) + 1));
  }
  std::erase(all, std::string_view());
  return all;
}

}  // namespace budgetcheck
