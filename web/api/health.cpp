// For whoever watches the server: is it alive, can it write, and how much has it done.

#include <array>
#include <mutex>

#include "web/application.hpp"
#include "web/http/router.hpp"

namespace xiaohao::web {
namespace {

constexpr std::array states{NoticeState::Planned, NoticeState::Sending, NoticeState::Sent,
                            NoticeState::Failed,  NoticeState::Dead,    NoticeState::Withheld};

using NoticeCounts = std::map<NoticeState, std::int64_t>;

/// Counted anew only after a commit: whoever asks every second costs nothing while nothing happens.
class Figures {
 public:
  NoticeCounts of(store::Store& store) {
    std::lock_guard const lock(mutex_);
    std::int64_t const commits = store.commits();
    if (commits != commits_) {
      counts_ = store.read()->notice_counts();
      for (NoticeState const state : states) counts_[state];  // those that no notice is in are told, too
      commits_ = commits;
    }
    return counts_;
  }

 private:
  std::mutex mutex_;
  std::int64_t commits_ = -1;
  NoticeCounts counts_;
};

std::string metric(std::string const& name, std::string const& type, std::string const& help) {
  return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

double seconds(Instant instant) { return static_cast<double>(instant.time_since_epoch().count()) / 1000.0; }

std::string metrics(Application& application, Figures& figures) {
  store::Store& store = application.engine.store();
  std::string text = metric("xiaohao_journal_entries", "counter", "Entries of the journal.");
  text += "xiaohao_journal_entries " + std::to_string(store.read()->journal_head().size) + "\n";
  text += metric("xiaohao_store_healthy", "gauge", "1 while commits succeed.");
  text += std::string("xiaohao_store_healthy ") + (store.healthy() ? "1\n" : "0\n");
  text += metric("xiaohao_notices", "gauge", "Notices by state.");
  for (auto const& [state, count] : figures.of(store))
    text +=
        "xiaohao_notices{state=\"" + std::string(to_string(state)) + "\"} " + std::to_string(count) + "\n";
  Instant const now = application.engine.now();
  store::WaitingNotices const waiting = store.read()->waiting_notices(now);
  text += metric("xiaohao_notices_due", "gauge", "Notices that wait although their time has come.");
  text += "xiaohao_notices_due " + std::to_string(waiting.due) + "\n";
  if (waiting.oldest) {
    double const age = seconds(now) - seconds(*waiting.oldest);
    text += metric("xiaohao_notice_oldest_waiting_seconds", "gauge",
                   "How long the oldest unsent notice has been due; negative before its time.");
    text += "xiaohao_notice_oldest_waiting_seconds " + std::to_string(age) + "\n";
  }
  text += metric("xiaohao_http_answers_total", "counter", "Answers by HTTP status.");
  for (auto const& [status, count] :
       application.answers ? application.answers() : std::map<int, std::int64_t>{})
    text += "xiaohao_http_answers_total{status=\"" + std::to_string(status) + "\"} " + std::to_string(count) +
            "\n";
  if (auto const last = application.last_timer_run ? application.last_timer_run() : std::nullopt) {
    text +=
        metric("xiaohao_timers_last_run_timestamp_seconds", "gauge", "When timers were last run to the end.");
    text += "xiaohao_timers_last_run_timestamp_seconds " + std::to_string(seconds(*last)) + "\n";
  }
  return text;
}

}  // namespace

void add_health_routes(Router& router, Application& application) {
  router.add("GET", "/healthz", Access::Anyone, [](std::shared_ptr<Request const>, Respond respond) {
    respond(text_response(200, "text/plain; charset=utf-8", "ok\n"));
  });
  router.add("GET", "/readyz", Access::Anyone,
             [&application](std::shared_ptr<Request const>, Respond respond) {
               bool const ready = application.engine.store().healthy();
               respond(text_response(ready ? 200 : 503, "text/plain; charset=utf-8",
                                     ready ? "ready\n" : "the store cannot be written\n"));
             });
  auto const figures = std::make_shared<Figures>();
  router.add("GET", "/metrics", Access::Anyone,
             [&application, figures](std::shared_ptr<Request const>, Respond respond) {
               respond(text_response(200, "text/plain; version=0.0.4; charset=utf-8",
                                     metrics(application, *figures)));
             });
}

}  // namespace xiaohao::web
