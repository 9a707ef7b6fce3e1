#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

const std::vector<ImportRow> kLightWallet{
    {"SizesAreKibibytes",
     "budget.json",
     R"([{"path":"/*","resourceSizes":[{"resourceType":"script","budget":125}]}])",
     {"lighthouse.resource.script.bytes max 125 KiB"},
     ""},
    {"CountsOfAPath",
     "budget.json",
     R"([{"path":"/about","resourceCounts":[{"resourceType":"third-party","budget":0}]}])",
     {"lighthouse.resource.third-party.requests { page: \"/about*\" } max 0"},
     ""},
    {"TimingsOfAWholePath",
     "budget.json",
     R"([{"path":"/a$","timings":[{"metric":"interactive","budget":5000,"tolerance":10}]}])",
     {"lighthouse.tti { page: /a } max 5000 ms"},
     ""},
    {"ShiftHasNoUnit",
     "budget.json",
     R"([{"timings":[{"metric":"cumulative-layout-shift","budget":0.1}]}])",
     {"lighthouse.cls max 0.1"},
     ""},
    {"UnknownType",
     "budget.json",
     R"([{"resourceSizes":[{"resourceType":"scripts","budget":1}]}])",
     {},
     "did you mean 'script'?"},
    {"OneEntryInPlaceOfAList",
     "budget.json",
     R"({"path":"/*","timings":[{"metric":"first-contentful-paint","budget":1800}]})",
     {"lighthouse.fcp max 1800 ms"},
     ""},
    {"UnknownTiming", "budget.json", R"([{"timings":[{"metric":"dom-size","budget":1}]}])", {}, "is not a timing"},
    {"NoNumber",
     "budget.json",
     R"([{"resourceCounts":[{"resourceType":"font","budget":"3"}]}])",
     {},
     "is not a number"},
    {"Hostnames",
     "budget.json",
     R"([{"timings":[],"options":{"firstPartyHostnames":["a.b"]}}])",
     {},
     "firstPartyHostnames"},
};

BUDGETCHECK_IMPORT_TABLE(ImportLightWallet, kLightWallet);

}  // namespace
}  // namespace budgetcheck
