// For whoever watches the server: is it alive, can it write, and how much has it done.

#include <array>
#include <mutex>

#include "web/application.hpp"
#include "web/http/router.hpp"

namespace xiaohao::web {
namespace {

constexpr std::array states{NoticeState::Planned, NoticeState::Sending, NoticeState::Sent,
                            NoticeState::Failed,  NoticeState::Dead,    NoticeState::Withheld};

struct NoticeFigures {
  std::map<NoticeState, std::int64_t> by_state;
  std::optional<Instant> oldest_waiting;  ///< when the one that waits longest was to go out
};

NoticeFigures figures_of(store::Reader const& reader) {
  NoticeFigures figures;
  for (NoticeState const state : states) {
    store::NoticeFilter filter;
    filter.state = state;
    filter.limit = 1000;
    while (true) {
      auto const notices = reader.notices(filter);
      figures.by_state[state] += static_cast<std::int64_t>(notices.size());
      for (Notice const& notice : notices)
        if (state == NoticeState::Planned || state == NoticeState::Failed)
          if (!figures.oldest_waiting || notice.planned_for < *figures.oldest_waiting)
            figures.oldest_waiting = notice.planned_for;
      if (static_cast<int>(notices.size()) < filter.limit) break;
      filter.before = notices.back().id;
    }
  }
  return figures;
}

/// Counted anew only after a commit: whoever asks every second costs nothing while nothing happens.
class Figures {
 public:
  NoticeFigures of(store::Store& store) {
    std::lock_guard const lock(mutex_);
    std::int64_t const commits = store.commits();
    if (commits != commits_) {
      figures_ = figures_of(*store.read());
      commits_ = commits;
    }
    return figures_;
  }

 private:
  std::mutex mutex_;
  std::int64_t commits_ = -1;
  NoticeFigures figures_;
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
  NoticeFigures const notices = figures.of(store);
  text += metric("xiaohao_notices", "gauge", "Notices by state.");
  for (auto const& [state, count] : notices.by_state)
    text +=
        "xiaohao_notices{state=\"" + std::string(to_string(state)) + "\"} " + std::to_string(count) + "\n";
  if (notices.oldest_waiting) {
    double const age = seconds(application.engine.now()) - seconds(*notices.oldest_waiting);
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
