#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/variables.h"

namespace budgetcheck {

/// What git may need of this process's variables, "GIT_*" for all that begin so: its own settings, the way to the
/// network, and what ssh, gpg, Kerberos and the keyrings of desktops are found by.
inline constexpr std::string_view kGitVariables[] = {"GIT_*",
                                                     "GCM_*",
                                                     "SSH_AUTH_SOCK",
                                                     "SSH_AGENT_PID",
                                                     "SSH_ASKPASS",
                                                     "SSH_ASKPASS_REQUIRE",
                                                     "GNUPGHOME",
                                                     "KRB5*",
                                                     "NETRC",
                                                     "http_proxy",
                                                     "https_proxy",
                                                     "HTTPS_PROXY",
                                                     "all_proxy",
                                                     "ALL_PROXY",
                                                     "no_proxy",
                                                     "NO_PROXY",
                                                     "SSL_CERT_FILE",
                                                     "SSL_CERT_DIR",
                                                     "NIX_SSL_CERT_FILE",
                                                     "CURL_CA_BUNDLE",
                                                     "OPENSSL_CONF",
                                                     "OPENSSL_MODULES",
                                                     "DBUS_SESSION_BUS_ADDRESS",
                                                     "DISPLAY",
                                                     "WAYLAND_DISPLAY"};

/// The settings of git that name programs which hand out credentials, for `git config --get-regexp`.
inline constexpr std::string_view kHelperSettings = "^(credential(\\..*)?\\.helper|core\\.(askpass|sshcommand))$";

/// Names of the variables that those programs need, a job's tokens among them: those that occur in the command of one
/// ("$CI_JOB_TOKEN"), those that a known one reads (gh, glab, aws), and those that BUDGETCHECK_GIT_VARIABLES lists.
/// `settings` is what git answered about kHelperSettings; GIT_ASKPASS and the like of `variables` are looked at too.
std::vector<std::string> variables_of_helpers(std::string_view settings, const Variables& variables);

}  // namespace budgetcheck
