"""As much of GitHub's REST API as the actions use, on 127.0.0.1, with a memory of what was done."""
import http.server
import json
import re
import threading
import urllib.parse


class FakeGithub:
    def __init__(self, repository="o/r"):
        self.repository = repository
        self.comments = []    # of every pull request: {"id", "issue", "body", "user", "edits"}
        self.pulls = {}       # number -> head commit
        self.artifacts = {}   # run id -> [(name, bytes)]
        self.read_only = False
        self.status = None    # answers everything with this
        self.log = []
        self.next_id = 1000
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, value=None, headers=(), raw=None):
                body = raw if raw is not None else b"" if value is None else json.dumps(value).encode()
                outer.log.append(f"{self.command} {self.path} {status}")
                self.send_response(status)
                self.send_header("Content-Type", "application/json" if raw is None else "application/zip")
                self.send_header("Content-Length", str(len(body)))
                for name, content in headers:
                    self.send_header(name, content)
                self.end_headers()
                self.wfile.write(body)

            def handle_one(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if outer.status:
                    return self.answer(outer.status, {"message": "fail injected"})
                if not re.match(r"^(Bearer|token) \S+$", self.headers.get("Authorization") or ""):
                    return self.answer(401, {"message": "Requires authentication"})
                if not self.headers.get("User-Agent"):
                    return self.answer(403, {"message": "no User-Agent"})
                return outer.route(self, json.loads(body) if body else {})

            do_GET = do_POST = do_PATCH = do_DELETE = handle_one

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def people(self, number, count):
        """Comments of people that are there already."""
        for i in range(count):
            self.add(number, f"a person's comment {i}", "alice", "User")

    def add(self, number, body, login="github-actions[bot]", kind="Bot"):
        self.next_id += 1
        self.comments.append({"id": self.next_id, "node_id": f"IC_{self.next_id}", "issue": number, "body": body, "edits": 0,
                              "user": {"login": login, "type": kind},
                              "html_url": f"https://github.com/{self.repository}/pull/{number}#{self.next_id}"})
        return self.comments[-1]

    def ours(self, number):
        return [c for c in self.comments if c["issue"] == number and c["user"]["type"] == "Bot"]

    def route(self, request, body):
        url = urllib.parse.urlsplit(request.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/graphql":
            return request.answer(200, {"data": {"viewer": {"login": "github-actions[bot]"}}})
        if url.path == "/user":
            return request.answer(403, {"message": "Resource not accessible by integration"})
        prefix = f"/repos/{self.repository}"
        if not url.path.startswith(prefix):
            return request.answer(404, {"message": "Not Found"})
        path = url.path[len(prefix):]
        if request.command != "GET" and self.read_only:
            return request.answer(403, {"message": "Resource not accessible by integration"})
        if match := re.fullmatch(r"/pulls/(\d+)", path):
            head = self.pulls.get(int(match[1]))
            return request.answer(200, {"number": int(match[1]), "state": "open", "head": {"sha": head}}) if head else \
                request.answer(404, {"message": "Not Found"})
        if match := re.fullmatch(r"/commits/([0-9a-f]{40})/pulls", path):
            return request.answer(200, [{"number": n, "state": "open", "head": {"sha": sha}}
                                        for n, sha in self.pulls.items() if sha == match[1]])
        if match := re.fullmatch(r"/actions/runs/(\d+)/artifacts", path):
            found = self.artifacts.get(int(match[1]), [])
            return request.answer(200, {"total_count": len(found), "artifacts": [
                {"id": int(match[1]) * 100 + i, "name": name, "expired": False} for i, (name, _) in enumerate(found)]})
        if match := re.fullmatch(r"/actions/artifacts/(\d+)/zip", path):
            run, i = divmod(int(match[1]), 100)
            return request.answer(200, raw=self.artifacts[run][i][1])
        if match := re.fullmatch(r"/issues/(\d+)/comments", path):
            number = int(match[1])
            if request.command == "POST":
                return request.answer(201, self.add(number, body["body"]))
            per, page = min(int(query.get("per_page", 30)), 100), int(query.get("page", 1))
            mine = [c for c in self.comments if c["issue"] == number]
            more = [("Link", f"<{self.url}{url.path}?per_page={per}&page={page + 1}>; rel=\"next\"")] \
                if page * per < len(mine) else []
            return request.answer(200, mine[(page - 1) * per:page * per], more)
        if match := re.fullmatch(r"/issues/comments/(\d+)", path):
            found = [c for c in self.comments if c["id"] == int(match[1])]
            if not found:
                return request.answer(404, {"message": "Not Found"})
            if request.command == "PATCH":
                found[0]["body"] = body["body"]
                found[0]["edits"] += 1
            if request.command == "DELETE":
                self.comments.remove(found[0])
                return request.answer(204)
            return request.answer(200, found[0])
        return request.answer(404, {"message": "Not Found"})
