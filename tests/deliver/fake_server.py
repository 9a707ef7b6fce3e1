"""A small GitHub and GitLab for tests: comments of one conversation, with pages, authors and the failures of the real ones.

It checks what a client must do right (a token, a user agent, JSON, the length of a body, only own comments changed) and
keeps what went wrong in `violations`.
"""
import json
import re
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "ghs_secretsecretsecret"
LONGEST = 65536


class FakeServer:
    """`kind` is github or gitlab. Use as a context manager."""

    def __init__(self, kind="github", others=0, bot="github-actions[bot]", page_header=True):
        self.kind = kind
        self.bot = bot if kind == "github" else "project_17_bot"
        self.page_header = page_header
        self.lock = threading.Lock()
        self.comments = []
        self.hidden = set()
        self.log = []
        self.violations = []
        self.user = None  # what GET /user says; None: 403, as for the token of a run
        self.viewer = self.bot.removesuffix("[bot]")
        self.pulls = {}  # commit: numbers of pull requests that have it as head
        self.heads = {}  # number: commit
        self.answers = []  # (predicate(method, path), status, headers, body, times)
        self.before_create = None
        self.after_create = None
        self.next_id = 1000
        for i in range(others):
            self.add(f"a person's comment {i}", "alice")

    def add(self, body, author, bot=False, system=False):
        self.next_id += 1
        comment = {"id": self.next_id, "node_id": f"IC_{self.next_id}", "body": body, "system": system,
                   "user": {"login": author, "type": "Bot" if bot else "User"}, "author": {"username": author},
                   "html_url": f"https://github.example/o/r/pull/7#issuecomment-{self.next_id}"}
        self.comments.append(comment)
        return comment

    def fail(self, status, times=1, method=None, headers=None, body=None, applied=False, path=""):
        """The next `times` requests of this method are answered so. `applied`: they take effect all the same."""
        self.answers.append([lambda m, p: method in (None, m) and path in p, status, headers or {}, body, times, applied])

    @property
    def own(self):
        return [c for c in self.comments if c["user"]["login"] == self.bot]

    @property
    def writes(self):
        return [line for line in self.log if not line.startswith("GET ")]

    def env(self, **more):
        url = f"http://127.0.0.1:{self.server.server_address[1]}"
        if self.kind == "github":
            return {"GITHUB_ACTIONS": "true", "GITHUB_API_URL": url, "GITHUB_GRAPHQL_URL": url + "/graphql",
                    "GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": "o/r", "GITHUB_REF": "refs/pull/7/merge",
                    "GITHUB_JOB": "ci", "GITHUB_SERVER_URL": "https://github.example", "GITHUB_RUN_ID": "55", **more}
        return {"GITLAB_CI": "true", "CI_API_V4_URL": url + "/api/v4", "GITLAB_TOKEN": TOKEN, "CI_PROJECT_ID": "17",
                "CI_MERGE_REQUEST_IID": "7", "CI_JOB_NAME": "ci", "CI_JOB_URL": "https://gitlab.example/job/1", **more}

    def __enter__(self):
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self):
                size = int(self.headers.get("content-length") or 0)
                raw = self.rfile.read(size)
                with fake.lock:
                    status, headers, body = fake.handle(self.command, self.path, self.headers, raw)
                    fake.log.append(f"{self.command} {self.path} {status}")
                data = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    # --- the platforms ---

    def handle(self, method, path, headers, raw):
        for answer in self.answers:
            matches, status, more, body, times, applied = answer
            if times > 0 and matches(method, path):
                answer[4] -= 1
                if applied:
                    self.route(method, path, headers, raw)
                return status, more, body if body is not None else {"message": "injected"}
        return self.route(method, path, headers, raw)

    def violation(self, text):
        self.violations.append(text)

    def route(self, method, path, headers, raw):
        token = headers.get("private-token") if self.kind == "gitlab" else headers.get("authorization", "").removeprefix("Bearer ")
        if token != TOKEN:
            self.violation(f"{method} {path}: no token")
            return 401, {}, {"message": "Requires authentication"}
        if not headers.get("user-agent"):
            self.violation("no user agent")
        body = {}
        if raw:
            if "application/json" not in headers.get("content-type", ""):
                self.violation(f"content type {headers.get('content-type')}")
            body = json.loads(raw)
        url = urllib.parse.urlsplit(path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if self.kind == "github":
            return self.github(method, url.path, query, body)
        return self.gitlab(method, url.path, query, body)

    def page(self, query, default):
        per, page = min(int(query.get("per_page", default)), 100), int(query.get("page", 1))
        last = max(1, -(-len(self.comments) // per))
        return self.comments[(page - 1) * per:page * per], page, last

    def written(self, method, body, comment=None):
        text = body.get("body")
        if not isinstance(text, str) or len(text) > LONGEST:
            self.violation(f"{method}: body of {len(text or '')} characters")
            return 422, {}, {"message": "Validation Failed"}
        if comment is None:
            if self.before_create:
                self.before_create(text)
            comment = self.add(text, self.bot, bot=True)
            if self.after_create:
                self.after_create(text)
            return 201, {}, comment
        if comment["user"]["login"] != self.bot:
            self.violation("changed somebody else's comment")
        comment["body"] = text
        return 200, {}, comment

    def one(self, method, id_, body):
        comment = next((c for c in self.comments if c["id"] == int(id_)), None)
        if comment is None:
            return 404, {}, {"message": "Not Found"}
        if method == "DELETE":
            if comment["user"]["login"] != self.bot:
                self.violation("deleted somebody else's comment")
            self.comments.remove(comment)
            return 204, {}, None
        return self.written(method, body, comment)

    def github(self, method, path, query, body):
        if path == "/user":
            return (200, {}, {"login": self.user}) if self.user else (403, {}, {"message": "Resource not accessible by integration"})
        if path == "/graphql":
            if "viewer" in body["query"]:
                return 200, {}, {"data": {"viewer": {"login": self.viewer}}}
            node = body["variables"]["id"]
            (self.hidden.discard if "unminimize" in body["query"] else self.hidden.add)(node)
            return 200, {}, {"data": {}}
        found = re.fullmatch(r"/repos/o/r/commits/([0-9a-f]{40})/pulls", path)
        if found:
            return 200, {}, [{"number": n, "state": "open", "head": {"sha": found[1]}} for n in self.pulls.get(found[1], [])]
        found = re.fullmatch(r"/repos/o/r/pulls/(\d+)", path)
        if found:
            return 200, {}, {"number": int(found[1]), "head": {"sha": self.heads.get(int(found[1]), "f" * 40)}}
        if path == "/repos/o/r/issues/7/comments":
            if method == "POST":
                return self.written(method, body)
            items, page, last = self.page(query, 30)
            link = f'<http://127.0.0.1{path}?page={page + 1}>; rel="next"' if page < last else ""
            return 200, {"Link": link} if link else {}, items
        found = re.fullmatch(r"/repos/o/r/issues/comments/(\d+)", path)
        if found:
            return self.one(method, found[1], body)
        self.violation(f"no route {method} {path}")
        return 404, {}, {"message": "Not Found"}

    def gitlab(self, method, path, query, body):
        if path == "/api/v4/user":
            return 200, {}, {"username": self.bot}
        if path == "/api/v4/projects/17/merge_requests/7/notes":
            if method == "POST":
                return self.written(method, body)
            items, page, last = self.page(query, 20)
            more = {"X-Page": str(page), "X-Next-Page": str(page + 1) if page < last else ""} if self.page_header else {}
            return 200, more, items
        found = re.fullmatch(r"/api/v4/projects/17/merge_requests/7/notes/(\d+)", path)
        if found:
            return self.one(method, found[1], body)
        self.violation(f"no route {method} {path}")
        return 404, {}, {"message": "404 Not Found"}
