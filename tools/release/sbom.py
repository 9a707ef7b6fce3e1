"""What is linked into a program, as SPDX 2.3: from the list that tools/static/build.sh writes beside it."""
import datetime
import hashlib
import json
import pathlib
import re

LINE = re.compile(r"^([a-z0-9][a-z0-9.+-]*) (\S+)(?: \((source)\))?$")  # of libraries-ARCH.txt
DEBIAN_ARCH = {"x64": "amd64", "arm64": "arm64"}


def debian_packages(text, arch):
    """[(name, version, purl)]; `(source)` are those that were built from Debian's source packages."""
    found = []
    for line in text.splitlines():
        match = LINE.match(line)
        if match:
            name, version, source = match.groups()
            found.append((name, version, f"pkg:deb/debian/{name}@{version.replace('+', '%2B').replace(':', '%3A')}"
                                         f"?arch={'source' if source else DEBIAN_ARCH[arch]}&distro=debian-12"))
        elif not line.startswith("HTML report"):
            raise ValueError(f"libraries-{arch}.txt: '{line}' is no package and version")
    return found


def npm_packages(lock):
    """What the charts of the HTML report are made of: echarts and what it depends on. The bundler stays out of them."""
    packages = json.loads(lock)["packages"]
    found, wanted = {}, ["echarts"]
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = packages[f"node_modules/{name}"]
            wanted += found[name].get("dependencies", {})
    return [(name, one["version"], f"pkg:npm/{name.replace('@', '%40')}@{one['version']}") for name, one in sorted(found.items())]


def package(spdx_id, name, version, **more):
    return {"SPDXID": spdx_id, "name": name, "versionInfo": version, "downloadLocation": "NOASSERTION", "filesAnalyzed": False,
            "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION", **more}


def document(program, libraries, lock, arch, version, home, epoch):
    """`program` and `libraries` are paths; `home` is where releases are, `epoch` the time of the commit."""
    sha256 = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
    text = pathlib.Path(libraries).read_text(encoding="utf-8")
    linked = debian_packages(text, arch) + (npm_packages(lock) if "HTML report with charts" in text else [])
    if not linked:
        raise ValueError(f"{libraries} lists nothing")
    name = f"budgetcheck-linux-{arch}"
    packages = [package("SPDXRef-Package", "budgetcheck", version, licenseDeclared="Apache-2.0", packageFileName=name,
                        checksums=[{"algorithm": "SHA256", "checksumValue": sha256}])]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Package")]
    for number, (part, part_version, purl) in enumerate(linked):
        spdx_id = f"SPDXRef-Linked-{number}"
        packages.append(package(spdx_id, part, part_version, externalRefs=[
            {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}]))
        relations.append(("SPDXRef-Package", "CONTAINS" if purl.startswith("pkg:npm") else "STATIC_LINK", spdx_id))
    created = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
            "documentNamespace": f"{home}/spdx/{name}-{version}-{sha256}",
            "creationInfo": {"created": created, "creators": ["Tool: tools/release/sbom.py"]}, "packages": packages,
            "relationships": [{"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other}
                              for one, kind, other in relations]}
