#pragma once

#include <string>
#include <vector>

#include "deliver/comment_host.h"

namespace budgetcheck {

/// What happens to the comment when everything passes again.
enum class WhenGreen { kEdit, kDelete, kHide };

struct CommentWish {
  std::string marker;
  std::string body;    ///< begins with the marker
  bool green = false;  ///< then no comment is created
  WhenGreen when_green = WhenGreen::kEdit;
};

struct CommentDone {
  enum class What { kCreated, kUpdated, kUnchanged, kDeleted, kHidden, kNotNeeded };
  What what = What::kNotNeeded;
  std::string url;
  std::vector<std::string> notes;  ///< what else was found or done
};
std::string_view to_string(CommentDone::What what);

/// Leaves one comment of this marker and this author: creates it, edits it in place where its substance differs
/// (report/formats/comment.h), and deletes own duplicates, as two runs at once may leave them. A comment that somebody
/// else wrote is never touched, whatever its first line says.
Delivered<CommentDone> sync_comment(CommentHost& host, const CommentWish& wish);

}  // namespace budgetcheck
