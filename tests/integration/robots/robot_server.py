"""The robots of three messengers, as their vendors' documents describe them: each checks token, signature, time, keyword, shape and size
by itself, and refuses with HTTP 200 and a code.

Arguments: file for what was taken (JSON lines), token, secret, keyword, the robots' clock in seconds, messages it takes before it says "too
fast". Prints `listening PORT`. A path that begins with /broken answers HTTP 500, with /portal the page of a captive portal, with /busy 429,
with /unheard-of/N HTTP 200 and the code N.
"""
import base64
import hashlib
import hmac
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

received, token, secret, keyword = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4]
clock, taken_max = int(sys.argv[5]), int(sys.argv[6])
taken = {"wecom": 0, "dingtalk": 0, "feishu": 0}


def signature(key, text):
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def wecom(url, body):
    if url.path != "/cgi-bin/webhook/send" or parse_qs(url.query).get("key") != [token]:
        return 93000, "invalid webhook url", None
    kind = body.get("msgtype")
    limits = {"markdown": 4096, "text": 2048}
    if kind not in limits:
        return 40008, "invalid message type", None
    text = body[kind]["content"]
    if not text:
        return 44004, "empty content", None
    if len(text.encode()) > limits[kind]:
        return 45002, "content size out of limit", None
    if kind == "text" and body[kind].get("mentioned_list") != ["@all"]:
        return 40058, "invalid mentioned_list", None
    return 0, "ok", text


def dingtalk(url, body):
    query = parse_qs(url.query)
    if url.path != "/robot/send" or query.get("access_token") != [token]:
        return 300001, "token is not exist", None
    if secret:
        stamp = query.get("timestamp", [""])[0]
        if not stamp.isdigit() or abs(int(stamp) - clock * 1000) > 3600 * 1000:
            return 310000, "invalid timestamp", None
        if query.get("sign") != [signature(secret, stamp + "\n" + secret)]:
            return 310000, "sign not match", None
    if body.get("msgtype") != "markdown" or not body["markdown"]["title"] or body["at"]["isAtAll"] not in (True, False):
        return 400105, "unsupported msgtype", None
    text = body["markdown"]["text"]
    if keyword not in text:
        return 310000, "keywords not in content", None
    return 0, "ok", text


def feishu(url, body):
    if url.path != "/open-apis/bot/v2/hook/" + token:
        return 19001, "param invalid: incoming webhook access token invalid", None
    if secret:
        stamp = body.get("timestamp")
        if not isinstance(stamp, str) or not stamp.isdigit() or abs(int(stamp) - clock) > 3600:
            return 19021, "sign match fail or timestamp is not within one hour from current time", None
        if body.get("sign") != signature(stamp + "\n" + secret, ""):
            return 19021, "sign match fail or timestamp is not within one hour from current time", None
    if body.get("msg_type") != "text":
        return 9499, "Bad Request", None
    text = body["content"]["text"]
    if keyword not in text:
        return 19024, "Key Words Not Found", None
    return 0, "success", text


class Robot(BaseHTTPRequestHandler):
    def answer(self, status, text, kind="application/json"):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        url = urlsplit(self.path)
        if url.path.startswith("/broken"):
            return self.answer(500, "Internal Server Error", "text/plain")
        if url.path.startswith("/portal"):
            return self.answer(200, "<html>Please sign in to the network</html>", "text/html")
        if url.path.startswith("/busy"):
            return self.answer(429, "")
        if url.path.startswith("/unheard-of/"):
            code = url.path.split("/")[2]
            return self.answer(200, '{"errcode": %s, "code": %s, "errmsg": "?", "msg": "?"}' % (code, code))
        name = "wecom" if "/cgi-bin/" in url.path else "dingtalk" if "/robot/" in url.path else "feishu"
        try:
            body = json.loads(raw)
            assert self.headers["Content-Type"].startswith("application/json")
            assert len(raw) <= 20000
            code, words, text = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu}[name](url, body)
        except (ValueError, KeyError, TypeError, AssertionError):
            if name == "feishu":  # which says it with a status as well
                return self.answer(400, '{"code": 9499, "msg": "Bad Request", "data": {}}')
            return self.answer(200, '{"errcode": 40035, "errmsg": "invalid parameter"}')
        if code == 0 and taken[name] == taken_max:
            code, words = {"wecom": (45009, "api freq out of limit"), "dingtalk": (130101, "send too fast, exceed 20 times per minute"),
                           "feishu": (11232, "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]")}[name]
        if code == 0:
            taken[name] += 1
            with open(received, "a", encoding="utf-8") as file:
                file.write(json.dumps({"robot": name, "text": text, "body": body}) + "\n")
        if name == "feishu":
            done = {"StatusCode": 0, "StatusMessage": "success"} if code == 0 else {}
            return self.answer(200, json.dumps({**done, "code": code, "msg": words, "data": {}}))
        return self.answer(200, json.dumps({"errcode": code, "errmsg": words}))

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
print("listening", server.server_port, flush=True)
server.serve_forever()
