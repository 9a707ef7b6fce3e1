#include "base/platform/output_place.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <deque>

#include "base/path.h"
#include "base/platform/system_error.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr int kMostLinks = 40;

bool is_in(const std::string& path, const std::string& folder) {
  return path == folder || path.starts_with(folder == "/" ? folder : folder + "/");
}

SystemResult<std::string> working_folder() {
  char buffer[PATH_MAX];
  if (::getcwd(buffer, sizeof buffer) == nullptr) {
    return system_error();
  }
  return std::string(buffer);
}

std::string workspace_of(const std::string& folder) {
  for (std::string here = folder; here != "/"; here = folder_of(here)) {
    struct stat stat {};
    if (::lstat((here + "/.git").c_str(), &stat) == 0) {
      return here;
    }
  }
  return folder;
}

tl::unexpected<std::string> error_of(int code) {
  errno = code;
  return system_error();
}

/// Goes along a path part by part, and knows which links it followed.
class Walk {
 public:
  Walk(std::string start, std::string workspace)
      : here_(std::move(start)), workspace_(std::move(workspace)), own_folder_(join_path(workspace_, ".git")) {}

  SystemResult<> go(std::string_view path, Missing missing) {
    put_before(path);
    while (!parts_.empty()) {
      const std::string part = std::move(parts_.front());
      parts_.pop_front();
      if (part == "..") {
        here_ = folder_of(here_);
      } else if (!part.empty() && part != ".") {
        if (SystemResult<> stepped = step(part, missing); !stepped) {
          return stepped;
        }
      }
    }
    return stay();
  }
  const std::string& here() const { return here_; }

 private:
  void put_before(std::string_view path) {
    if (path.starts_with('/')) {
      here_ = "/";
    }
    const std::vector<std::string_view> parts = split(path, '/');
    parts_.insert(parts_.begin(), parts.begin(), parts.end());
  }

  SystemResult<> step(const std::string& part, Missing missing) {
    const std::string next = here_ == "/" ? "/" + part : here_ + "/" + part;
    struct stat stat {};
    if (::lstat(next.c_str(), &stat) != 0) {
      if (errno != ENOENT || missing == Missing::kRefused) {
        return system_error();
      }
      if (SystemResult<> stayed = stay(); !stayed) {
        return stayed;
      }
      constexpr mode_t kMode = 0777;
      if (::mkdir(next.c_str(), kMode) != 0 && errno != EEXIST) {
        return system_error();
      }
      if (::lstat(next.c_str(), &stat) != 0) {
        return system_error();
      }
    }
    if (S_ISLNK(stat.st_mode)) {
      return follow(next);
    }
    if (!S_ISDIR(stat.st_mode)) {
      return error_of(ENOTDIR);
    }
    here_ = next;
    return {};
  }

  SystemResult<> follow(const std::string& link) {
    char target[PATH_MAX];
    const ssize_t length = ::readlink(link.c_str(), target, sizeof target);
    if (length < 0) {
      return system_error();
    }
    if (++links_ > kMostLinks) {
      return error_of(ELOOP);
    }
    if (is_in(here_, workspace_) && !is_in(here_, own_folder_)) {
      followed_ = link;
    }
    put_before(std::string_view(target, static_cast<std::size_t>(length)));
    return {};
  }

  /// Whether writing here is all right.
  SystemResult<> stay() const {
    const bool is_inside = is_in(here_, workspace_) && !is_in(here_, own_folder_);
    if (followed_.empty() || is_inside) {
      return {};
    }
    return tl::unexpected(fmt::format("'{}' is a link that leads out of the workspace, to '{}'; name a real folder",
                                      printable(relative_to(followed_, workspace_)), printable(here_)));
  }

  std::string here_;
  std::string workspace_;
  std::string own_folder_;  ///< git's: no change can bring a link there
  std::deque<std::string> parts_;
  std::string followed_;  ///< the last link of the workspace; empty: none
  int links_ = 0;
};

SystemResult<std::string> real_folder(std::string_view path, Missing missing) {
  SystemResult<std::string> start = working_folder();
  if (!start) {
    return start;
  }
  Walk walk(*start, workspace_of(*start));
  return walk.go(path, missing).map([&] { return walk.here(); });
}

}  // namespace

SystemResult<OutputPlace> find_output_place(std::string_view path, Missing folders) {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (name.empty() || name == "." || name == "..") {
    return error_of(path.empty() ? ENOENT : EISDIR);
  }
  const std::string_view folder = slash == std::string_view::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const SystemResult<std::string> real = real_folder(folder, folders);
  if (!real) {
    return tl::unexpected(real.error());
  }
  Descriptor held(::open(real->c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!held.is_open()) {
    return system_error();
  }
  return OutputPlace{std::move(held), std::string(name)};
}

SystemResult<> make_output_folder(std::string_view path) {
  const SystemResult<std::string> real = real_folder(path, Missing::kMade);
  return real ? SystemResult<>() : tl::unexpected(real.error());
}

}  // namespace budgetcheck
