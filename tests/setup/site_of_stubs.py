"""A web server that answers whatever it is asked, with a child of its own, for tests of the supervisor."""

import http.server
import os
import subprocess


class Answer(http.server.BaseHTTPRequestHandler):
    """Says 200 to everything, in silence."""

    def do_GET(self) -> None:
        """Answer a request."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"stub")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    subprocess.Popen(["sleep", "1000"])
    http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
