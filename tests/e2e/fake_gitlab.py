"""As much of GitLab's API as the note on a merge request needs, on 127.0.0.1."""
import http.server
import json
import re
import threading
import urllib.parse


class FakeGitlab:
    def __init__(self):
        self.notes = []
        self.log = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, value=None, headers=()):
                body = b"" if value is None else json.dumps(value).encode()
                outer.log.append(f"{self.command} {self.path} {status}")
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, content in headers:
                    self.send_header(name, content)
                self.end_headers()
                self.wfile.write(body)

            def handle_one(self):
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                if not (self.headers.get("PRIVATE-TOKEN") or
                        (self.headers.get("Authorization") or "").startswith("Bearer ")):
                    return self.answer(401, {"message": "401 Unauthorized"})
                json_body = "json" in (self.headers.get("Content-Type") or "")
                body = json.loads(raw or "{}") if json_body else dict(urllib.parse.parse_qsl(raw))
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query))
                if url.path == "/api/v4/user":
                    return self.answer(200, {"id": 99, "username": "project_17_bot"})
                if re.fullmatch(r"/api/v4/projects/[^/]+/merge_requests/3/notes", url.path):
                    if self.command == "POST":
                        outer.notes.append({"id": 500 + len(outer.notes), "body": body["body"], "system": False, "edits": 0,
                                            "author": {"id": 99, "username": "project_17_bot"}})
                        return self.answer(201, outer.notes[-1])
                    page, per = int(query.get("page", 1)), min(int(query.get("per_page", 20)), 100)
                    more = page + 1 if page * per < len(outer.notes) else ""
                    return self.answer(200, outer.notes[(page - 1) * per:page * per], [("X-Next-Page", str(more))])
                if match := re.fullmatch(r"/api/v4/projects/[^/]+/merge_requests/3/notes/(\d+)", url.path):
                    found = [note for note in outer.notes if note["id"] == int(match[1])]
                    if found and self.command == "PUT":
                        found[0]["body"] = body["body"]
                        found[0]["edits"] += 1
                    return self.answer(200, found[0]) if found else self.answer(404, {"message": "404 Not found"})
                return self.answer(404, {"error": "404 Not Found"})

            do_GET = do_POST = do_PUT = do_DELETE = handle_one

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.api = f"http://127.0.0.1:{self.server.server_port}/api/v4"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
