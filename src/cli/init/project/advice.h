#pragma once

#include <string>
#include <vector>

#include "cli/init/project/project.h"

namespace budgetcheck {

/// Commands that work in a project of this kind, as it is configured. What is not known is said in words, and no
/// command is made up: one of another framework may replace the build (`vite build` in a React Router app does).

/// What makes the files that a browser loads: "npx nuxt build".
std::string build_command(const Project& project);

/// How the bundler comes to write what pages load first, where it does not by itself and a folder of files does not
/// tell: steps, of which a command stands alone. Empty: nothing does, or nothing needs to.
std::vector<std::string> account_advice(const Project& project);

/// What serves the build, and where.
struct ServeAdvice {
  std::string command;  ///< empty: not known
  std::string url = "http://localhost:3000/";
};
ServeAdvice serve_advice(const Project& project);

}  // namespace budgetcheck
