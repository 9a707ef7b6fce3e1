#include "collect/personal_data/filter/secret_name.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "collect/personal_data/field_name.h"

namespace budgetcheck::personal {
namespace {

/// Of names made of these words it says what traits_of does, wherever the words are parted.
TEST(PersonalDataSecretName, SaysWhatTheTraitsOfANameSay) {
  const std::vector<std::string> words{"password",   "pwd",    "pass", "secret", "token",        "jwt",
                                       "credential", "cookie", "api",  "key",    "port",         "tls",
                                       "user",       "id",     "to",   "ken",    "client",       "length",
                                       "order",      "access", "auth", "code",   "authorization"};
  const std::vector<std::string> between{"", "_", "-", "."};
  std::size_t secrets = 0;
  for (const std::string& first : words) {
    for (const std::string& second : words) {
      for (const std::string& sign : between) {
        const std::string name = first + sign + second;
        const NameTraits traits = traits_of(name);
        const bool is_secret =
            traits.secret != NameTraits::Secret::kNone || traits.is_authorization || traits.is_cookie;
        const std::string line = "{\"" + name + "\":";
        if (is_secrets_name(line, line.size() - 2)) {
          EXPECT_TRUE(is_secret) << name;
          ++secrets;
        } else if (is_secret) {  // what no name of a secret ends with is passed over
          EXPECT_TRUE(second == "jwt" || second == "user" || second == "id" || second == "api" || second == "to" ||
                      second == "client" || second == "order" || second == "auth")
              << name;
        }
      }
    }
  }
  EXPECT_GT(secrets, 300U);
  EXPECT_FALSE(is_secrets_name("pwd", 2));
  EXPECT_FALSE(is_secrets_name("\"\":", 1));
}

}  // namespace
}  // namespace budgetcheck::personal
