#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

const std::vector<ImportRow> kSizeLimit{
    {"KiloIsThousand",
     ".size-limit.json",
     R"([{"path":"dist/app.js","limit":"10 KB"}])",
     {"bundle.brotli { asset: app.js } max 10 kB"},
     ""},
    {"KibiIsNot",
     ".size-limit.json",
     R"([{"path":"./dist/js/app.js","limit":"1.5 KiB","gzip":true}])",
     {"bundle.gzip { asset: js/app.js } max 1.5 KiB"},
     ""},
    {"NoCompression",
     ".size-limit.json",
     R"([{"name":"App","path":"app.js","limit":"300 B","brotli":false}])",
     {"App: bundle.raw { asset: app.js } max 300 B"},
     ""},
    {"GlobOfATypeIsASum",
     ".size-limit.json",
     R"([{"path":"build/static/js/*.js","limit":"1 MB"}])",
     {"bundle.brotli { type: js } max 1 MB"},
     ""},
    {"WholeBuild", ".size-limit.json", R"([{"path":"dist/**","limit":"1 MB"}])", {"bundle.brotli max 1 MB"}, ""},
    {"OneOfSeveralPaths",
     ".size-limit.json",
     R"([{"path":["dist/main.*.js"],"limit":"9 kB"}])",
     {"bundle.brotli { asset: \"main.*.js\" } max 9 kB"},
     ""},
    {"SumOfAPartOfTheSite",
     ".size-limit.json",
     R"([{"path":".next/static/chunks/app/(shop)/**/*.js","limit":"80 kB"}])",
     {},
     "adds up the files of one folder"},
    {"AnotherBuild",
     ".size-limit.json",
     R"([{"path":"packages/a/dist/index.js","limit":"8 kB"},{"path":"packages/b/dist/index.js","limit":"9 kB"}])",
     {"bundle.brotli { asset: index.js } max 8 kB"},
     "another build ('packages/b/dist')"},
    {"SeveralPaths", ".size-limit.json", R"([{"path":["a.js","b.js"],"limit":"9 kB"}])", {}, "adds up several paths"},
    {"Time", ".size-limit.json", R"([{"path":"a.js","limit":"300 ms"}])", {}, "is a time"},
    {"Unparsable", ".size-limit.json", R"([{"path":"a.js","limit":"banana"}])", {}, "as 0 B"},
    {"NoLimit", ".size-limit.json", R"([{"path":"a.js"}])", {}, "no limit"},
    {"Import", ".size-limit.json", R"([{"path":"a.js","import":"{ x }","limit":"1 kB"}])", {}, "bundles one import"},
    {"Entry",
     "package.json",
     R"({"size-limit":[{"entry":["main"],"limit":"1 kB"}]})",
     {"bundle.brotli { entry: main } max 1 kB"},
     ""},
};

BUDGETCHECK_IMPORT_TABLE(ImportSizeLimit, kSizeLimit);

}  // namespace
}  // namespace budgetcheck
