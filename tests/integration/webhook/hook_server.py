"""A receiver of webhooks as another office would write one, which misbehaves when its path says so.

Arguments: file for what was taken (JSON lines), secret. Prints `listening PORT`.
Paths: /take verifies and takes; /status/N answers N; /redirect points to /take; /endless never stops answering;
/headers sends headers without end; /hang says nothing; /cut ends in the middle of the answer.
"""
import hashlib
import hmac
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

received, secret = sys.argv[1], sys.argv[2].encode()


class Hook(BaseHTTPRequestHandler):
    def answer(self, status, text=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            self.treat(body)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def treat(self, body):
        if self.path.startswith("/status/"):
            return self.answer(int(self.path[8:]), b'{"errcode": 0}')
        if self.path == "/redirect":
            return self.answer(307, headers=[("Location", "/take")])
        if self.path == "/hang":
            return time.sleep(30)
        if self.path == "/cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            return None
        if self.path == "/endless":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                self.wfile.write(b"x" * 65536)
        if self.path == "/headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while True:
                self.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")
        stamp = self.headers["X-Xiaohao-Timestamp"]
        expected = "v1=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, self.headers["X-Xiaohao-Signature"]):
            return self.answer(401)
        with open(received, "a", encoding="utf-8") as file:
            file.write(json.dumps({"message": self.headers["X-Xiaohao-Message"], "timestamp": stamp,
                                   "type": self.headers["Content-Type"], "body": json.loads(body)}) + "\n")
        return self.answer(200, b"thanks")

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
print("listening", server.server_port, flush=True)
server.serve_forever()
