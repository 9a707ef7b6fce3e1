#include "collect/personal_data/search.h"

#include <gtest/gtest.h>

#include "unit/base/growth.h"

namespace budgetcheck::personal {
namespace {

/// "kind sample" of each value, in order.
std::vector<std::string> found(std::string_view field, std::string_view value,
                               const PersonalDataSettings& settings = {}) {
  const Search search(settings);
  std::vector<Found> all;
  search.look(search.field(field), value, all);
  std::vector<std::string> out;
  for (const Found& one : all) {
    out.push_back(std::string(to_string(one.kind)) + " " + one.sample);
  }
  return out;
}

using List = std::vector<std::string>;

TEST(PersonalDataSearch, FindsAddressesOfMail) {
  const List ann{"email a***@***"};
  EXPECT_EQ(found("user.email", "ann@firma.de"), ann);
  EXPECT_EQ(found("msg", "sent to <ann.b+c@mail.firma.co.uk>."), ann);
  EXPECT_EQ(found("req.url", "/u?e=ann%40firma.de&x=1"), ann);
  EXPECT_EQ(found("err.message", "(email)=(ann@firma.de) already exists"), ann);
  EXPECT_EQ(found("raw", R"({"mail":"ann\u0040firma.de"})"), ann);
  EXPECT_EQ(found("link", "mailto:ann@firma.de"), ann);
  EXPECT_EQ(found("msg", "ann@firma.de,ann@firma.de").size(), 2U);
}

TEST(PersonalDataSearch, IsSilentOnWhatOnlyLooksLikeMail) {
  for (const char* text : {"jane@example.com", "x@mail.example.org", "a@b.test", "ann@db.internal", "user@1.0.0",
                           "@scope/name@1.2.3", "/img/logo@2x.png", "git@github.com:shop/orders.git",
                           "postgres://shop@db.firma.de/x", "https://u:REDACTED@host.firma.de/", "a***@firma.de",
                           "a***@***.de", "no-reply@firma.de", "com.shop.Order@1b6d3586", "@media (min-width:40em)",
                           "postmaster@localhost", "{{user}}@firma.de", "@ann@social.de", "'%@%.%'"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
  EXPECT_EQ(found("messageId", "<5f4d@mail.firma.de>"), List());
}

TEST(PersonalDataSearch, FindsPublicAddressesOfMachines) {
  const List one{"ip *.*.*.*"};
  EXPECT_EQ(found("client.ip", "80.234.90.242"), one);
  EXPECT_EQ(found("msg", "rate limited 80.234.90.242 for 60 s"), one);
  EXPECT_EQ(found("headers.x-forwarded-for", "80.234.90.242, 10.0.0.1"), one);
  EXPECT_EQ(found("url", "http://80.234.90.242:8080/x"), one);
  EXPECT_EQ(found("peer", "::ffff:80.234.90.242"), one);
  EXPECT_EQ(found("peer", "[2a02:3c8:e112::9]:51514"), List{"ip *:*"});
  EXPECT_EQ(found("peer", "2A0C:E240:C6F0:616B:A439:6359:6D93:38DD"), List{"ip *:*"});
}

TEST(PersonalDataSearch, IsSilentOnOtherAddressesAndVersions) {
  for (const char* text : {"10.0.0.1",
                           "192.168.4.20",
                           "172.20.1.9",
                           "127.0.0.1:80",
                           "169.254.1.1",
                           "100.64.3.9",
                           "192.0.2.44",
                           "198.51.100.7",
                           "203.0.113.9",
                           "239.255.255.250",
                           "255.255.255.0",
                           "0.0.0.0",
                           "8.8.8.8",
                           "Chrome/120.0.0.7 Safari/537.36",
                           "updated to version 12.4.0.17",
                           "v12.4.0.17",
                           "x@12.4.0.17",
                           "1.2.3.4.5",
                           "80.234.90.0",
                           "80.234.90.256",
                           "1.2.3.4",
                           "2001:db8:85a3::8a2e:370:7334",
                           "fe80::1",
                           "::1",
                           "08:20:32:123",
                           "aa:bb:cc:dd:ee:ff",
                           "libfoo-80.234.90.242",
                           "oid 1.3.6.1.4.1",
                           "/a.js?v=80.2.3.4",
                           "80.234.90.242-beta",
                           "80.234.90.***"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
  EXPECT_EQ(found("user_agent.original", "okhttp (80.234.90.242)"), List());
  EXPECT_EQ(found("serverIPAddress", "80.234.90.242"), List());
  EXPECT_EQ(found("version", "80.234.90.242"), List());
}

TEST(PersonalDataSearch, FindsCardsByPrefixLengthAndSum) {
  const List card{"card ***"};
  EXPECT_EQ(found("payment.pan", "4242424242424242"), card);
  EXPECT_EQ(found("msg", "card 5555 5555 5555 4444 declined"), card);
  EXPECT_EQ(found("memo", "paid with 2223-0031-2200-3222"), card);
  EXPECT_EQ(found("card_number", "3782 822463 10005"), card);
  EXPECT_EQ(found("msg", "charge 6011111111111117 12.00 EUR"), card);
  EXPECT_EQ(found("body", R"({"card": {"exp": "12/27", "number": "4242424242424242"}})"), card);
  EXPECT_EQ(found("req.url", "/pay?pan=4242424242424242"), card);
}

TEST(PersonalDataSearch, IsSilentOnNumbersThatAreNoCards) {
  for (const char* text : {"4242424242424241", "1512486616810107", "x4242424242424242", "42424242424242424242",
                           "0.4242424242424242", "4242.4242 4242.4242", "4242********4242", "/orders/4242424242424242",
                           "order 4242424242424242", "id=4242424242424242", R"({"order_id": "4242424242424242"})",
                           "4242 4242 4242 4241", "1795942254443", "a-4242424242424242"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
  for (const char* field :
       {"orderId", "span_id", "shipment_id", "documentNo", "startedAt", "ts_us", "tracking.number", "etag"}) {
    EXPECT_EQ(found(field, "4242424242424242"), List()) << field;
  }
}

TEST(PersonalDataSearch, FindsAccountsAndPhones) {
  EXPECT_EQ(found("msg", "payout to FR76 3000 6000 0112 3456 7890 189 queued"), List{"iban FR***"});
  EXPECT_EQ(found("csv", "EUR;DE02120300000000202051;12,50"), List{"iban DE***"});
  for (const char* text : {"DE02120300000000202052", "DE0212030000000020205", "XDE02120300000000202051",
                           "DE** **** **** 3000", "de02120300000000202051", "DE89370400440532013000"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
  EXPECT_EQ(found("msg", "sms to +493023125143 failed"), List{"phone +***"});
  EXPECT_EQ(found("req.url", "/otp?to=%2B14155550151"), List{"phone +***"});
  EXPECT_EQ(found("customer.phone", "+49 30 231-25143"), List{"phone +***"});
  for (const char* text : {"+49 30 231-25143", "offset +1000 of +12", "+1.5s", "+49*****88", "a+493023125143",
                           "+0930231251", "2026-11-29T08:20:32+0100", "+1415555015"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
}

TEST(PersonalDataSearch, FindsNationalIdsByTheirSum) {
  const List id{"national-id ***"};
  EXPECT_EQ(found("customer.doc", "12345678Z"), id);
  EXPECT_EQ(found("row.nie", "X1234567L"), id);
  EXPECT_EQ(found("msg", "codice fiscale RSSMRA85T10A562S not accepted"), id);
  EXPECT_EQ(found("msg", "529.982.247-25 rejected"), id);
  EXPECT_EQ(found("msg", "756.9217.0769.85"), id);
  EXPECT_EQ(found("msg", "131052-308T"), id);
  for (const char* text :
       {"12345678A", "X1234567A", "RSSMRA85T10A562T", "529.982.247-26", "131052-308A", "756.9217.0769.86"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
}

TEST(PersonalDataSearch, DigitsAreAnIdOnlyWhereSomethingSaysSo) {
  struct Case {
    const char* field;
    const char* text;
  };
  for (const Case& one :
       {Case{"merge_vars.pesel", "44051401359"}, Case{"msg", "pesel 44051401359"}, Case{"req.url", "/x?bsn=111222333"},
        Case{"row.bsn", "111222333"}, Case{"payer.steuer_id", "86095742719"}, Case{"msg", "tax id 86095742719"},
        Case{"user.cpf", "52998224725"}, Case{"payer.numero_securite_sociale", "255081416802538"},
        Case{"msg",
             "num\xC3\xA9ro de s\xC3\xA9"
             "curit\xC3\xA9 sociale 255081416802538"}}) {
    EXPECT_EQ(found(one.field, one.text), List{"national-id ***"}) << one.field << " " << one.text;
  }
  for (const char* digits : {"44051401359", "111222333", "86095742719", "52998224725", "255081416802538"}) {
    EXPECT_EQ(found("batch", digits), List()) << digits;
    EXPECT_EQ(found("msg", std::string("batch ") + digits), List()) << digits;
  }
  EXPECT_EQ(found("row.bsn", "111222334"), List());
}

constexpr std::string_view kJwt =
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmIzM2M3MSJ9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

TEST(PersonalDataSearch, FindsTokens) {
  EXPECT_EQ(found("msg", "link /u/" + std::string(kJwt) + " clicked"), List{"jwt eyJ***"});
  EXPECT_EQ(found("authorization", "Bearer " + std::string(kJwt)), List{"jwt eyJ***"});
  EXPECT_EQ(found("headers.authorization", "Bearer pFfvH7XccePZB5LdcEl5MTvp"), List{"bearer ***"});
  EXPECT_EQ(found("headers.authorization", "Basic c3ZjOkR1ZmEta3JlZ2xhNDQy"), List{"basic ***"});
  EXPECT_EQ(found("git_token", "ghp_3jvXqXpjJFUSd9ozu24mRICJOoDLgzYqCMi0"), List{"token ghp_***"});
  EXPECT_EQ(found("msg", "key AKIA5VGJH24A3JQKBBCN is used"), List{"token AKIA***"});
  EXPECT_EQ(found("tls.key", "-----BEGIN PRIVATE KEY-----\nW6iImgQLum5k1pVdqtCTYdsj\n-----END PRIVATE KEY-----\n"),
            List{"private-key -----BEGIN ***"});
  EXPECT_EQ(found("", "-----BEGIN RSA PRIVATE KEY-----"), List{"private-key -----BEGIN ***"});
  for (const char* text :
       {"Bearer ***", "Bearer [REDACTED]", "bearer authentication failed", "unexpected token } in JSON",
        "sk_live_****************", "AKIAIOSFODNN7EXAMPLE", "Basic access", "eyJhbGciOiJIUzI1NiJ9",
        "-----BEGIN PUBLIC KEY-----\nW6iImgQLum5k1pVdqtCTYdsj", "-----BEGIN PRIVATE KEY-----\n[REDACTED]", "ghp_short",
        "npm_config_registry"}) {
    EXPECT_EQ(found("msg", text), List()) << text;
  }
}

TEST(PersonalDataSearch, FindsSecretsByTheirNames) {
  const List secret{"secret-field ***"};
  EXPECT_EQ(found("body.password", "Tiapleo-neocu692"), secret);
  EXPECT_EQ(found("oauth.client_secret", "6xqtZr8Gu5siSiqoZlRqdp9A"), secret);
  EXPECT_EQ(found("req.headers.x-api-key[]", "hF0i5xColwe7CxhZphPavb8s"), secret);
  EXPECT_EQ(found("session.refresh_token", "fdVA3v5i0JAkBVDF4Y2NxNqa"), secret);
  EXPECT_EQ(found("req.url", "/login?user=u7&password=hunter"), secret);
  EXPECT_EQ(found("body", R"({"password": "Natrai-brepo553"})"), secret);
  EXPECT_EQ(found("dsn", "postgres://shop:Fodreo!zeve387@db.internal:5432/shop"), secret);
  EXPECT_EQ(found("", "LOG:  statement: ALTER ROLE shop_rw PASSWORD 'Gaitreo.glenu896'"), secret);
}

TEST(PersonalDataSearch, WhatIsNamedLikeASecretAndIsNoneIsSilent) {
  struct Case {
    const char* field;
    const char* text;
  };
  for (const Case& one : {Case{"password", ""},
                          Case{"password", "****"},
                          Case{"password", "[Filtered]"},
                          Case{"apiKey", "${STRIPE_KEY}"},
                          Case{"apiKey", "{{ vault.stripe }}"},
                          Case{"apiKey", "sk_live_****"},
                          Case{"password_length", "14"},
                          Case{"token_type", "Bearer"},
                          Case{"usage.total_tokens", "4096"},
                          Case{"nextPageToken", "CAUQAA12345678"},
                          Case{"secret_id", "abc123def456"},
                          Case{"msg", "WHERE email = $1 AND password = $2"},
                          Case{"msg", "password = %(password)s"},
                          Case{"req.url", "/form?field=password"},
                          Case{"req.url", "/login?password="},
                          Case{"msg", "env STRIPE_SECRET_KEY is set"},
                          Case{"msg", "password: must be longer"},
                          Case{"errors.password", "must be at least 8 characters"},
                          Case{"msg", "https://REDACTED:REDACTED@host/"},
                          Case{"msg", "SELECT \"User\".\"password\" FROM \"User\""},
                          Case{"secret", "256d83d9-eaf4-47b1-a476-678450256368"}}) {
    EXPECT_EQ(found(one.field, one.text), List()) << one.field << ": " << one.text;
  }
}

TEST(PersonalDataSearch, AllowsValuesRangesAndFields) {
  PersonalDataSettings settings;
  settings.allow = {"*@corp.de", "62.141.7.0/24", "2a02:3c8::/32"};
  settings.ignore_fields = {"user.display_name", "*.note"};
  EXPECT_EQ(found("msg", "ann@CORP.de and bob@other.de", settings), List{"email b***@***"});
  EXPECT_EQ(found("ip", "62.141.7.255", settings), List());
  EXPECT_EQ(found("ip", "62.141.8.1", settings).size(), 1U);
  EXPECT_EQ(found("ip", "2a02:3c8:1::1", settings), List());
  EXPECT_EQ(found("ip", "2a02:3c9:1::1", settings).size(), 1U);
  EXPECT_EQ(found("user.display_name", "ann@firma.de", settings), List());
  EXPECT_EQ(found("attributes.user.display_name", "ann@firma.de", settings), List());
  EXPECT_EQ(found("admin.display_name", "ann@firma.de", settings).size(), 1U);
  EXPECT_EQ(found("order.note", "ann@firma.de", settings), List());
}

TEST(PersonalDataSearch, MasksWhatShowsByItselfAndLeavesTheRest) {
  const Search search({});
  EXPECT_EQ(search.masked("route /u/ann@firma.de from 80.234.90.242 in 4242424242424242 ms, 1.5", ""),
            "route /u/a***@*** from *.*.*.* in 4242424242424242 ms, 1.5");
  EXPECT_EQ(search.masked("owner ann@firma.de", "owner: ann@firma.de"), "owner ann@firma.de");
  EXPECT_EQ(search.masked("nothing", ""), "nothing");
}

TEST(PersonalDataSearch, TakesLinearTime) {
  for (const char* part :
       {"a@b.c", "eyJ-", "bearer ", "password=\"", "+49", "-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAAAAAA", "1.1.1.",
        "4242 ", "AKIA-", "://a:", "xoxb-", "12:", "{\"a\":"}) {
    constexpr std::size_t kSize = 16'000;
    const double times = growth(kSize, [&](std::size_t size) {
      std::string text;
      while (text.size() < size) {
        text += part;
      }
      return [text] { found("msg", text); };
    });
    EXPECT_LT(times, kLinear) << part;
  }
}

}  // namespace
}  // namespace budgetcheck::personal
