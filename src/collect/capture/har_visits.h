#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "collect/capture/har_entry.h"
#include "collect/http/payload_samples.h"

namespace budgetcheck {

/// The page loads of one capture: which entries belong to which, what they are called, and whether they show what was
/// asked for.
class HarVisits {
 public:
  static constexpr std::uint32_t kNone = PageLoads::kNone;
  static constexpr double kNever = 1e300;

  /// What has the same pageref.
  struct Visit {
    std::string page;   ///< path of its first document; empty as long as there is none
    std::string host;   ///< of the document that was reached
    std::string asked;  ///< path of the first document
    std::string reached;
    std::string target;             ///< where the last redirect leads to, when the capture says so
    std::string frame;              ///< of the first document
    int status = 0;                 ///< of the document that was reached
    bool redirecting = false;       ///< the last document is a redirect
    std::uint32_t load = 0;         ///< the page load that is going on: Exchange::visit
    std::uint32_t sums = kNone;     ///< index of its sums in PageLoads
    double first_ms = kNever;       ///< when its first request was sent
    std::uint32_t navigations = 0;  ///< of the frame of the first document, a chain of redirects counted once
    std::string first_failed;       ///< path of its first request, when nothing answered that
    std::size_t requests = 0;       ///< counted by whoever reads the entries
    bool answered = false;          ///< one of its requests has an answer
    bool repeat_view = false;
  };

  /// A page of log.pages, which come before or after the entries. A title is a page's name when it is a URL.
  void add_page(std::string_view id, std::string_view title, bool cached);
  /// The index of the entry's visit, or kNone when it has no pageref.
  std::uint32_t visit_of(const HarEntry& entry);
  /// A visit that all entries of a capture without pages belong to.
  std::uint32_t add_only(const std::string& page, const Visit& document);

  /// To be called when all entries are known.
  void name_pages();

  std::vector<Visit>& visits() { return visits_; }
  const std::vector<Visit>& visits() const { return visits_; }
  /// A visit that begins with this document.
  static void navigate(Visit& visit, const HarEntry& entry, std::uint32_t& loads);
  /// What is wrong with the document of a visit: "is an error (500)", "failed", "led to '/login'"; empty: nothing.
  static std::string wrong_document(const Visit& visit);

 private:
  struct Title {
    std::string path;
    std::string host;
    bool repeat_view = false;
  };
  std::vector<Visit> visits_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::unordered_map<std::string, Title> titles_;
  std::uint32_t loads_ = 0;
};

}  // namespace budgetcheck
