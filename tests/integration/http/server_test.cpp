// The server over real sockets: what it must refuse, what it must survive, what it must keep apart.

#include "web/http/server.hpp"

#include <atomic>
#include <future>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <thread>

#include "tests/integration/http/raw_client.hpp"
#include "web/http/event_feed.hpp"
#include "web/http/router.hpp"

namespace xiaohao::web {
namespace {

using namespace std::chrono_literals;
using tests::RawClient;

/// Answers with what it understood, so that a test sees what the server passed on.
class Echo final : public Service {
 public:
  Router router;
  std::atomic<int> asked{0};
  std::shared_ptr<EventFeed> feed;
  std::atomic<bool> allowed{true};
  std::vector<std::thread> threads;
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();

  Echo() {
    auto echo = [this](std::shared_ptr<Request const> request, Respond respond) {
      ++asked;
      std::string text = request->method + " " + request->path + " body=" + request->body;
      for (auto const& [name, value] : request->form) text += " " + name + "=" + value;
      for (Upload const& upload : request->uploads)
        text += " file:" + upload.name + ":" + std::to_string(upload.size) + ":" + upload.sha256.substr(0, 8);
      respond(text_response(200, "text/plain", text));
    };
    router.add("GET", "/echo", Access::Anyone, echo);
    router.add("POST", "/echo", Access::Anyone, echo);
    router.add_upload("/upload", Access::Anyone, echo);
    router.add("GET", "/later", Access::Anyone, [this](std::shared_ptr<Request const>, Respond respond) {
      threads.emplace_back([this, respond] {
        released.wait();
        respond(text_response(200, "text/plain", "later"));
        respond(text_response(200, "text/plain", "twice"));
      });
    });
    router.add("GET", "/never", Access::Anyone, [](std::shared_ptr<Request const>, Respond) {});
    router.add("GET", "/throws", Access::Anyone, [](std::shared_ptr<Request const>, Respond) {
      throw std::runtime_error("a bug, on purpose");
    });
    router.add("GET", "/events", Access::Anyone, [this](std::shared_ptr<Request const>, Respond respond) {
      Response response;
      response.events = feed = std::make_shared<EventFeed>([this] { return allowed.load(); });
      respond(std::move(response));
    });
  }
  ~Echo() override {
    for (std::thread& thread : threads) thread.join();
  }

  Admission admit(Request& request) override {
    Router::Match match = router.find(request.method, request.path);
    if (!match.route) return {text_response(404, "text/plain", "no"), nullptr, false};
    return {std::nullopt, match.route->handler, match.route->takes_files};
  }
  Response refuse(HeadFault const& fault, Request const*) override {
    return text_response(fault.status, "text/plain", fault.detail.en);
  }
  Response refuse(Refusal const& refusal, Request const*) override {
    return text_response(refusal.reason == Reason::TooLarge ? 413 : 400, "text/plain",
                         refusal.first().detail.en);
  }
  void answered(int) override {}
};

class HttpServer : public testing::Test {
 protected:
  Echo echo;
  ServerSettings settings = [] {
    ServerSettings made;
    made.upload_directory = testing::TempDir() + "server-uploads";
    ::mkdir(made.upload_directory.c_str(), 0700);
    made.upload_bytes_max = 3 << 20;
    made.idle_time_max = 400ms;
    made.head_time_max = 400ms;
    made.body_time_max = 400ms;
    made.body_bytes_per_second_min = 100 << 20;
    made.answer_time_max = 500ms;
    made.heartbeat = 100ms;
    made.drain_time_max = 1000ms;
    made.connections_per_address_max = 8;
    return made;
  }();
  std::unique_ptr<Server> server;

  std::uint16_t start() {
    server = std::make_unique<Server>(settings, echo);
    EXPECT_TRUE(server->listen());
    server->start();
    return server->port();
  }
};

std::string post(std::string const& body, std::string const& fields = "", std::string const& path = "/echo") {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         fields + "\r\n" + body;
}
std::string const get = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(HttpServer, AnswersRequestsOfOneConnectionInOrder) {
  RawClient client(start());
  client.send(post("one") + post("two") + get);
  EXPECT_EQ(client.receive()->body, "POST /echo body=one");
  EXPECT_EQ(client.receive()->body, "POST /echo body=two");
  EXPECT_EQ(client.receive()->body, "GET /echo body=");
}

TEST_F(HttpServer, ReadsARequestThatComesByteByByte) {
  RawClient client(start());
  for (char const character : post("slow")) client.send({&character, 1});
  EXPECT_EQ(client.receive()->body, "POST /echo body=slow");
}

TEST_F(HttpServer, ReadsChunks) {
  RawClient client(start());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n" +
      get);
  EXPECT_EQ(client.receive()->body, "POST /echo body=abcde");
  EXPECT_EQ(client.receive()->body, "GET /echo body=");
}

TEST_F(HttpServer, AnswersHeadWithoutABody) {
  RawClient client(start());
  client.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n" + get);
  auto const answer = client.receive(1s, true);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->headers.at("content-length"), "16");
  EXPECT_EQ(client.receive()->body, "GET /echo body=");
}

TEST_F(HttpServer, SaysGoOnToWhoeverAsks) {
  RawClient client(start());
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 100);
  client.send("ab");
  EXPECT_EQ(client.receive()->body, "POST /echo body=ab");
}

struct Attack {
  std::string name;
  std::string bytes;
  int status;
};
class Attacked : public HttpServer, public testing::WithParamInterface<Attack> {};

/// Each attack is followed by a good request: a server that took the attack for two requests, or half of one,
/// would answer it.
TEST_P(Attacked, AnswersOnceAndCloses) {
  RawClient client(start());
  client.send(GetParam().bytes + get);
  auto const answer = client.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, GetParam().status) << answer->body;
  EXPECT_EQ(answer->headers.at("connection"), "close");
  client.finish_sending();
  EXPECT_FALSE(client.receive(2s));
  EXPECT_EQ(echo.asked, 0);
}

std::string chunked(std::string const& body) {
  return "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}
INSTANTIATE_TEST_SUITE_P(
    Bytes, Attacked,
    testing::Values(
        Attack{"smuggled_by_gzip",
               "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 501},
        Attack{"smuggled_by_xchunked",
               "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
        Attack{"length_and_chunks",
               "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: "
               "chunked\r\n\r\n0\r\n\r\n",
               400},
        Attack{"two_lengths",
               "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 4\r\n\r\n", 400},
        Attack{"trailer_with_cookie", chunked("1\r\na\r\n0\r\nCookie: a=b\r\n\r\n"), 400},
        Attack{"bad_chunk_size", chunked("zz\r\na\r\n0\r\n\r\n"), 400},
        Attack{"huge_chunk_size", chunked("fffffffffffffffff\r\na\r\n0\r\n\r\n"), 400},
        Attack{"chunk_without_end", chunked("1\r\nabc\r\n0\r\n\r\n"), 400},
        Attack{"endless_extension", chunked("1;" + std::string(200'000, 'x') + "\r\na\r\n0\r\n\r\n"), 400},
        Attack{"no_host", "GET /echo HTTP/1.1\r\n\r\n", 400},
        Attack{"absolute_target", "GET http://b/echo HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Attack{"folded_header", "GET /echo HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400},
        Attack{"newlines_only", "GET /echo HTTP/1.1\nHost: a\n\n", 400},
        Attack{"tls_greeting", "\x16\x03\x01\x02\x01", 400},
        Attack{"large_header", "GET /echo HTTP/1.1\r\nHost: a\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n",
               431},
        Attack{"declared_too_large", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n",
               413},
        Attack{"declared_huge", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999999\r\n\r\n",
               413},
        Attack{"files_where_none_go", post("--X--", "Content-Type: multipart/form-data; boundary=X\r\n"),
               415},
        Attack{"multipart_cut_short",
               post("--X\r\n", "Content-Type: multipart/form-data; boundary=X\r\n", "/upload"), 400},
        Attack{"form_with_bad_percent", post("a=%zz", "Content-Type: application/x-www-form-urlencoded\r\n"),
               400},
        Attack{"form_with_invalid_utf8", post("a=%ff", "Content-Type: application/x-www-form-urlencoded\r\n"),
               400}),
    [](auto const& one) { return one.param.name; });

TEST_F(HttpServer, RefusesABadTargetAndStaysInStep) {
  RawClient client(start());
  client.send("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n" + get);
  EXPECT_EQ(client.receive()->status, 400);
  EXPECT_EQ(client.receive()->body, "GET /echo body=");
}

TEST_F(HttpServer, RefusesABodyThatGrowsTooLargeByChunks) {
  RawClient client(start());
  std::string bytes = chunked("");
  for (int chunk = 0; chunk < 20; ++chunk) bytes += "10000\r\n" + std::string(65536, 'a') + "\r\n";
  client.send(bytes + "0\r\n\r\n");
  EXPECT_EQ(client.receive()->status, 413);
}

TEST_F(HttpServer, StreamsFilesAndLeavesNoneBehind) {
  RawClient client(start());
  std::string const body =
      "--X\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n照片\r\n--X\r\nContent-Disposition: "
      "form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n" +
      std::string(2'000'000, 'a') + "\r\n--X--\r\n";
  auto const answer = client.ask(post(body, "Content-Type: multipart/form-data; boundary=X\r\n", "/upload"));
  ASSERT_TRUE(answer);
  EXPECT_THAT(answer->body, testing::HasSubstr("note=照片 file:a.jpg:2000000:"));
  std::this_thread::sleep_for(50ms);
  EXPECT_NE(::rmdir(settings.upload_directory.c_str()), -1) << "the folder is not empty";
}

TEST_F(HttpServer, RefusesAFileOverTheLimitAndTheClientHearsIt) {
  RawClient client(start());
  std::string const body = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" +
                           std::string(6'000'000, 'a') + "\r\n--X--";
  EXPECT_TRUE(client.send(post(body, "Content-Type: multipart/form-data; boundary=X\r\n", "/upload")))
      << "the answer must not be lost to a reset";
  EXPECT_EQ(client.receive()->status, 413);
}

TEST_F(HttpServer, AnswersFromAnotherThreadOnce) {
  RawClient client(start());
  client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n" + get);
  std::this_thread::sleep_for(50ms);
  echo.release.set_value();
  EXPECT_EQ(client.receive()->body, "later");
  EXPECT_EQ(client.receive()->body, "GET /echo body=");
}

TEST_F(HttpServer, SurvivesAHandlerThatThrowsOrNeverAnswers) {
  RawClient client(start());
  EXPECT_EQ(client.ask("GET /throws HTTP/1.1\r\nHost: a\r\n\r\n")->status, 500);
  EXPECT_EQ(client.ask("GET /never HTTP/1.1\r\nHost: a\r\n\r\n")->status, 503);
  EXPECT_EQ(client.ask(get)->status, 200);
}

TEST_F(HttpServer, DropsWhoSaysNothing) {
  RawClient client(start());
  EXPECT_TRUE(client.closed_by_server(2s));
}

TEST_F(HttpServer, DropsWhoStopsInTheMiddle) {
  auto const port = start();
  RawClient head(port);
  head.send("GET /echo HTTP/1.1\r\nHost");
  EXPECT_TRUE(head.closed_by_server(2s));
  RawClient body(port);
  body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
  EXPECT_TRUE(body.closed_by_server(2s));
}

TEST_F(HttpServer, DropsWhoTricklesBytesForEver) {
  RawClient client(start());
  client.send("GET /echo HTTP/1.1\r\nHost: a\r\n");
  bool open = true;
  for (int second_tenths = 0; open && second_tenths < 20; ++second_tenths) {
    std::this_thread::sleep_for(100ms);
    open = client.send("X-A: b\r\n");
  }
  EXPECT_FALSE(open);
}

TEST_F(HttpServer, TurnsAwayTheNinthConnectionOfOneAddressOnly) {
  auto const port = start();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int number = 0; number < 8; ++number) clients.push_back(std::make_unique<RawClient>(port));
  EXPECT_EQ(clients.back()->ask(get)->status, 200);
  EXPECT_EQ(RawClient(port).receive()->status, 503);
  EXPECT_EQ(RawClient(port, "127.0.0.2").ask(get)->status, 200);
}

TEST_F(HttpServer, StreamsEventsUntilTheRightIsGone) {
  RawClient client(start());
  client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_THAT(client.receive_until(": open"), testing::HasSubstr("text/event-stream"));
  echo.feed->push("event: item\ndata: {\"id\":7}\n\n");
  EXPECT_THAT(client.receive_until("{\"id\":7}"), testing::HasSubstr("event: item"));
  EXPECT_THAT(client.receive_until(": still here"), testing::HasSubstr(": still here"));
  echo.allowed = false;
  echo.feed->push("event: item\ndata: secret\n\n");
  EXPECT_THAT(client.receive_until("secret", 1s), testing::Not(testing::HasSubstr("secret")));
  EXPECT_TRUE(client.closed_by_server(1s));
}

TEST_F(HttpServer, FinishesWhatRunsWhenItIsStopped) {
  auto const port = start();
  RawClient idle(port);
  idle.ask(get);
  RawClient busy(port);
  busy.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  auto stopping = std::async(std::launch::async, [&] { server->stop(); });
  EXPECT_TRUE(idle.closed_by_server(1s));
  echo.release.set_value();
  auto const answer = busy.receive();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "later");
  EXPECT_EQ(answer->headers.at("connection"), "close");
  EXPECT_EQ(stopping.wait_for(2s), std::future_status::ready);
  EXPECT_THROW(RawClient{port}, std::runtime_error);
}

TEST_F(HttpServer, StopsInTimeAlthoughAHandlerHangs) {
  settings.answer_time_max = 60s;
  settings.drain_time_max = 200ms;
  RawClient client(start());
  client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
  std::this_thread::sleep_for(50ms);
  auto const before = std::chrono::steady_clock::now();
  server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  server.reset();
  echo.release.set_value();  // the handler answers a server that is gone
}

TEST_F(HttpServer, SaysWhoHasThePort) {
  settings.port = start();
  Server second(settings, echo);
  auto const listening = second.listen();
  ASSERT_FALSE(listening);
  EXPECT_THAT(listening.error().first().detail.en, testing::HasSubstr("the port is in use"));
}

}  // namespace
}  // namespace xiaohao::web
