# docker build -t budgetcheck .
# docker run --rm -v "$PWD:/project" budgetcheck check
#
# The image holds the static program, git (finds the base, stores results) and curl (writes comments). `--target program` is
# the program and nothing else, for COPY --from= in images of your own: it judges, with --base none or --base FILE.
FROM debian:12-slim AS build
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends dpkg-dev nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY packages.txt tools/deps.sh ./layer/
RUN mkdir -p layer/tools && mv layer/deps.sh layer/tools/ && layer/tools/deps.sh && rm -rf layer /var/lib/apt/lists/*
COPY . .
ARG SOURCE_DATE_EPOCH=0
RUN arch=$(dpkg --print-architecture | sed s/amd64/x64/) \
 && SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" tools/static/build.sh --out /out --arch "$arch" \
 && mv "/out/budgetcheck-linux-$arch" /out/budgetcheck

FROM scratch AS program
COPY --from=build /out/budgetcheck /budgetcheck
ENTRYPOINT ["/budgetcheck"]

FROM alpine:3.20
RUN apk add --no-cache ca-certificates curl git \
 && git config --system --add safe.directory '*'
COPY --from=build /out/budgetcheck /usr/local/bin/budgetcheck
WORKDIR /project
ENTRYPOINT ["budgetcheck"]
