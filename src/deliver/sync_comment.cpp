#include "deliver/sync_comment.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "report/formats/comment.h"

namespace budgetcheck {
namespace {

/// Follows the marker in a comment that was hidden, so that the next failure shows it again.
constexpr std::string_view kHidden = "<!-- hidden -->";

class Sync {
 public:
  Sync(CommentHost& host, const CommentWish& wish) : host_(host), wish_(wish) {}

  Delivered<CommentDone> run() {
    std::size_t last_page = 1;
    auto found = own(1, last_page);
    // When it is unknown whether the comment was created, look for it before creating it again.
    constexpr int kMostTries = 3;
    for (int tries = 0; tries < kMostTries; ++tries) {
      if (!found) {
        return tl::unexpected(found.error());
      }
      if (!found->empty()) {
        auto done = wish_.green ? calm(*found) : update(*found);
        if (done || !done.error().gone) {
          return done;
        }
        // Somebody deleted it in between.
        last_problem_ = done.error();
        found = own(1, last_page);
        continue;
      }
      if (wish_.green) {
        return done_;
      }
      auto created = host_.create(wish_.body);
      if (created) {
        return after_creation(*created, last_page);
      }
      if (!created.error().unknown) {
        return tl::unexpected(created.error());
      }
      last_problem_ = created.error();
      found = own(last_page, last_page);
    }
    return tl::unexpected(last_problem_);
  }

 private:
  /// Of those with the marker the ones that this token wrote.
  Delivered<std::vector<PostedComment>> own(std::size_t first_page, std::size_t& last_page) {
    auto found = host_.find(wish_.marker, first_page, last_page);
    if (!found || found->empty()) {
      return found;
    }
    std::set<std::string> authors;
    bool all_bots = true;
    for (const PostedComment& comment : *found) {
      authors.insert(comment.author);
      all_bots = all_bots && comment.by_bot;
    }
    // People cannot write as a bot, so a single bot with this marker is this one. Asking for the name costs a request
    // or two, and a run's own token may not ask.
    std::string me = name_;
    if (me.empty() && all_bots && authors.size() == 1) {
      return found;
    }
    if (me.empty()) {
      auto name = host_.own_name();
      if (!name) {
        return tl::unexpected(name.error());
      }
      me = name_ = *name;
    }
    std::vector<PostedComment> mine;
    for (PostedComment& comment : *found) {
      // GraphQL calls an app "name", REST calls it "name[bot]".
      const bool same = !me.empty() && (comment.author == me || comment.author == me + "[bot]");
      // Without a name one rule is left: a run's token writes as github-actions.
      if (same || (me.empty() && comment.author == "github-actions[bot]")) {
        mine.push_back(std::move(comment));
      }
    }
    if (mine.size() < found->size()) {
      done_.notes.push_back(fmt::format("{} with this marker by somebody else: left unchanged",
                                        counted(found->size() - mine.size(), "comment")));
    }
    return mine;
  }

  Delivered<CommentDone> update(const std::vector<PostedComment>& mine) {
    const PostedComment& kept = mine.front();
    done_.url = kept.url;
    const bool was_hidden = kept.body.find(kHidden) != std::string::npos;
    if (was_hidden && host_.can_hide()) {
      const auto shown = host_.set_hidden(kept, false);
      if (!shown) {
        done_.notes.push_back(shown.error().message);
      }
    }
    if (comment_substance(kept.body) == comment_substance(wish_.body)) {
      done_.what = CommentDone::What::kUnchanged;
    } else {
      const auto updated = host_.update(kept, wish_.body);
      if (!updated) {
        return tl::unexpected(updated.error());
      }
      done_.what = CommentDone::What::kUpdated;
    }
    drop_rest(mine);
    return done_;
  }

  Delivered<CommentDone> calm(const std::vector<PostedComment>& mine) {
    WhenGreen how = wish_.when_green;
    if (how == WhenGreen::kHide && !host_.can_hide()) {
      done_.notes.emplace_back("this platform cannot hide comments: the comment was edited instead");
      how = WhenGreen::kEdit;
    }
    if (how == WhenGreen::kDelete) {
      const auto removed = host_.remove(mine.front());
      if (!removed) {
        return tl::unexpected(removed.error());
      }
      done_.what = CommentDone::What::kDeleted;
      drop_rest(mine);
      return done_;
    }
    if (how == WhenGreen::kEdit) {
      return update(mine);
    }
    return hide(mine);
  }

  Delivered<CommentDone> hide(const std::vector<PostedComment>& mine) {
    const PostedComment& kept = mine.front();
    done_.url = kept.url;
    std::string body = wish_.body;
    body.insert(std::min(body.size(), wish_.marker.size()), "\n" + std::string(kHidden));
    if (comment_substance(kept.body) == comment_substance(body)) {
      done_.what = CommentDone::What::kUnchanged;
    } else {
      // Hidden first: a comment that says so and is not would never be hidden again.
      const auto hidden = host_.set_hidden(kept, true);
      if (!hidden) {
        done_.notes.push_back(hidden.error().message + "; the comment was edited instead");
        return update(mine);
      }
      const auto updated = host_.update(kept, body);
      if (!updated) {
        return tl::unexpected(updated.error());
      }
      done_.what = CommentDone::What::kHidden;
    }
    drop_rest(mine);
    return done_;
  }

  /// Another run of this job may have created its comment at the same moment: the older one stays, for both.
  Delivered<CommentDone> after_creation(const PostedComment& created, std::size_t last_page) {
    done_.what = CommentDone::What::kCreated;
    done_.url = created.url;
    if (name_.empty() && created.id != 0) {
      name_ = created.author;
    }
    std::size_t page = last_page;
    const auto found = own(last_page, page);
    if (!found || created.id == 0) {
      return done_;
    }
    const bool older = std::any_of(found->begin(), found->end(), [&](const auto& c) { return c.id < created.id; });
    if (!older) {
      return done_;
    }
    const auto removed = host_.remove(created);
    if (!removed) {
      done_.notes.push_back(removed.error().message);
      return done_;
    }
    done_.notes.emplace_back("another run of this job commented at the same time: its comment was updated");
    return update({found->front()});
  }

  void drop_rest(const std::vector<PostedComment>& mine) {
    for (std::size_t i = 1; i < mine.size(); ++i) {
      const auto removed = host_.remove(mine[i]);
      done_.notes.push_back(removed ? "a second comment of this job was deleted" : removed.error().message);
    }
  }

  CommentHost& host_;
  const CommentWish& wish_;
  CommentDone done_;
  DeliveryProblem last_problem_;
  std::string name_;
};

}  // namespace

std::string_view to_string(CommentDone::What what) {
  switch (what) {
    case CommentDone::What::kCreated:
      return "created";
    case CommentDone::What::kUpdated:
      return "updated";
    case CommentDone::What::kUnchanged:
      return "unchanged";
    case CommentDone::What::kDeleted:
      return "deleted";
    case CommentDone::What::kHidden:
      return "hidden";
    case CommentDone::What::kNotNeeded:
      return "not needed";
  }
  return "not needed";
}

Delivered<CommentDone> sync_comment(CommentHost& host, const CommentWish& wish) { return Sync(host, wish).run(); }

}  // namespace budgetcheck
