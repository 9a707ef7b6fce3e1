#!/usr/bin/env python3
"""unity_groups.py ROOT LINES FILE...: which sources are compiled together. Prints "GROUP FILE" for each source that shares its run
of the compiler with others; those that are not named are compiled alone. LINES is the length at which a group is full.

Sources that are compiled together share their unnamed namespaces, and each sees the headers of those before it. It must make no
difference to what they mean. So a file joins a group only if
- no name that is local to one of the two occurs in the other: two functions of one name would be no error, but overloads;
- no word of one is declared by a header that only the other includes;
- what one brings in by a using declaration the other does not use for something else, and both have the same using directives.

It reads what clang-format wrote: declarations of a namespace begin at the first column, and its end is commented. Where that is
not so, the compiler says "redefinition" or "ambiguous"."""
import itertools
import pathlib
import re
import sys

OPEN_GROUPS = 20  # a file joins one of the last groups only, so that neighbours stay together

NOISE = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//(?! namespace)[^\n]*|/\*.*?\*/', re.DOTALL)
ARGUMENTS = re.compile(r"<[^<>(){};]*(?:\([^<>(){};]*\))?[^<>(){};]*>")
WORD = re.compile(r"[A-Za-z_]\w*")
INCLUDE = re.compile(r'^#include "(.*)"', re.MULTILINE)
NAMESPACE = re.compile(r"namespace ([\w:]+ )?\{")
DIRECTIVE = re.compile(r"using namespace ([\w:]+);")
BORROWED = re.compile(r"using (?:[\w:]*::)?(\w+);|namespace (\w+) = [\w:]+;")
MACRO = re.compile(r"#define (\w+)")
NO_NAME = re.compile(r"(TEST|TYPED_TEST|INSTANTIATE|MATCHER|BENCHMARK|static_assert|extern|friend)")
IS_TYPE = re.compile(r"(template )?(struct|class|enum|union) \w")
TYPE = re.compile(r"(?:struct|class|enum class|enum|union) (\w+)(?= *(?:final )?[:{;])")
ALIAS = re.compile(r"using (\w+) =")
NAME = re.compile(r"(\w+) ?(?:\(|=|\{|\[|;)")


class Scan:
    """What a file says: all its words; the names that it declares, public ones and local ones (in unnamed namespaces, and macros);
    borrowed, {name: the using declaration}; its using directives; the namespaces that it opens."""

    def __init__(self, path):
        text = path.read_text(encoding="utf-8")
        self.includes = INCLUDE.findall(text)
        lines = NOISE.sub(lambda match: '""' if match[0][0] in "R\"'" else "", text).split("\n")
        self.length, self.words = len(lines), set(WORD.findall("\n".join(lines)))
        self.public, self.local, self.borrowed, self.directives, self.opened = set(), set(), {}, set(), set()
        around = []
        for number, line in enumerate(lines):
            if opened := NAMESPACE.match(line):
                if not line.endswith("}"):
                    around.append(opened[1])
                    self.opened.update(WORD.findall(opened[1] or ""))  # budgetcheck::testing hides ::testing
            elif line.startswith("}  // namespace"):
                del around[-1:]
            elif found := MACRO.match(line):
                self.local.add(found[1])
            elif found := DIRECTIVE.match(line):
                self.directives.add(found[1])
            elif found := BORROWED.match(line):
                self.borrowed[found[1] or found[2]] = line
            elif WORD.match(line) and not NO_NAME.match(line):
                self.declare(" ".join(lines[number:number + 3]), around)

    def declared(self):
        return self.public | self.local | self.opened

    def declare(self, text, around):
        length = 0
        while length != len(text):
            length, text = len(text), ARGUMENTS.sub("", text)
        found = TYPE.search(text) if IS_TYPE.match(text) else None
        found = found or ALIAS.search(text.split(";")[0]) or NAME.search(text)
        if found:
            (self.local if None in around else self.public).add(found[1])


class Group:
    """Files that are compiled together; at first it is one file."""

    def __init__(self, path, headers):
        scan = Scan(path)
        self.files, self.length = [path], scan.length
        self.local, self.borrowed, self.words, self.directives = scan.local, scan.borrowed, scan.words, scan.directives
        included, to_do = set(), list(scan.includes)
        while to_do:
            name = to_do.pop()
            if name in headers and name not in included:
                included.add(name)
                to_do += headers[name].includes
        self.public = scan.opened.union(*(headers[name].declared() for name in included))

    def may_join(self, other):
        return self.directives == other.directives and not self.clashes(other) and not other.clashes(self)

    def clashes(self, other):
        return (self.local & other.words or self.words & (other.public - self.public)
                or any(name in other.words and other.borrowed.get(name) != line for name, line in self.borrowed.items()))

    def join(self, other):
        self.files += other.files
        self.length += other.length
        self.local, self.borrowed, self.words = self.local | other.local, self.borrowed | other.borrowed, self.words | other.words
        self.public = self.public | other.public


def groups_of(paths, headers, full):
    groups = []
    for path in paths:
        file = Group(path, headers)
        for group in groups[-OPEN_GROUPS:]:
            if group.length + file.length <= full and group.may_join(file):
                group.join(file)
                break
        else:
            groups.append(file)
    return groups


def room(path):
    """Groups stay within a room, so that a new file of one room leaves the groups of the others as they are."""
    below = path.parts[path.parts.index("unit") + 1:] if "unit" in path.parts else path.parts[1:]
    return below[0]


def grouping(root, full, names):
    """(group, file) of each file that is not alone. A group is called by its first file: numbers would change, and with them what is
    built again, with every new file."""
    headers = {str(path.relative_to(base)): Scan(path)
               for base in (root / "src", root / "tests") for path in sorted(base.glob("**/*.h"))}
    paths = sorted(pathlib.Path(name).relative_to(root) for name in names)
    for _, of_room in itertools.groupby(paths, room):
        for group in groups_of([root / path for path in of_room], headers, full):
            name = re.sub(r"\W", "_", str(group.files[0].relative_to(root).with_suffix("")))
            yield from ((name, path) for path in group.files if len(group.files) > 1)


if __name__ == "__main__":
    for row in grouping(pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]):
        print(*row)
