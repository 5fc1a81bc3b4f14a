// `/`: what is red, whose, since when, and what comes next. For a leader on a phone, in five seconds.
//
// What everybody sees alike is made once for each board and language. What is one person's is made once for
// that person; a request then copies the two and writes its own header.

#include "web/pages/dashboard.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "web/pages/duties.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using decision::Board;

constexpr std::size_t people_kept = 2'000;
constexpr std::size_t waiting_shown = 5;
constexpr int undelivered_shown_max = 99;
constexpr std::chrono::days undelivered_stand_for{30};

/// What waits for the reader himself; nothing when nothing does.
Html waiting_for(Visit const& visit) {
  Say const& t = visit.t;
  WaitingItems const waiting = work_of(visit.application, visit.me->username);
  if (waiting.items.empty()) return {};
  Instant const now = visit.application.engine.now();
  Html rows;
  for (std::size_t place = 0; place < std::min(waiting_shown, waiting.items.size()); ++place)
    rows += duty_row(visit, waiting.items[place], now);
  return section(cls("sheet waiting"), id("waiting"), data("live", ""),
                 div(cls("heading"), h2(t("等您办理", "Waiting for you"), " ", waiting.items.size()),
                     a(cls("aside"), href("/desk"), t("全部待办", "My desk"))),
                 ul(cls("duties"), rows));
}

/// That somebody was not reached, for those who answer for everybody's being told.
Html not_reached(Visit const& visit, int notices) {
  if (notices == 0 || !sees_all_notices(visit.me)) return {};
  Say const& t = visit.t;
  std::string const count =
      notices > undelivered_shown_max ? std::to_string(undelivered_shown_max) + "+" : std::to_string(notices);
  return section(
      cls("sheet waiting"), id("undelivered"), data("live", ""),
      div(cls("heading"), h2(t("未送达的通知", "Notices that reached nobody"), " ", count),
          a(cls("aside"), href("/notices?state=dead"), t("查看", "See them"))),
      p(t("多次尝试后仍未送达，请用其他方式告知本人，并核对联系方式。",
          "Given up after many tries: tell these people some other way, and check their addresses.")));
}

class Dashboard {
 public:
  explicit Dashboard(Application& application) : application_(application) {}

  Result<Response> show(Visit const& visit) {
    PageHead const head{.title = {"总览", "Overview"}, .section = "/", .live = true};
    std::shared_ptr<Board const> const board = visit.board();
    if (!board) return page(visit, head, p(cls("lead"), visit.t("还没有方案。", "There is no plan yet.")));
    Personal const personal = personal_of(visit, board);
    std::string body = not_reached(visit, undelivered()).text() + *personal.part;
    body += personal.reads_all ? *shared_of(visit.t, board) : *personal.filtered;
    return page(visit, head, body);
  }

 private:
  using Kept = std::shared_ptr<std::string const>;
  struct Personal {
    std::shared_ptr<Board const> board;  ///< held, so that no later board has its address
    std::shared_ptr<Organisation const> organisation;
    Kept part;
    bool reads_all = false;
    Kept filtered;  ///< the body without the names of items that this person may not read
  };
  struct Shared {
    std::shared_ptr<Board const> board;
    Kept body;
  };
  Application& application_;
  std::mutex mutex_;
  std::map<Language, Shared> shared_;
  std::map<std::pair<Username, Language>, Personal> personal_;
  std::int64_t undelivered_commits_ = -1;
  int undelivered_ = 0;

  /// Notices of the last weeks that exhausted their tries; looked for anew only after a commit.
  int undelivered() {
    std::lock_guard const lock(mutex_);
    std::int64_t const commits = application_.engine.store().commits();
    if (commits == undelivered_commits_) return undelivered_;
    store::NoticeFilter filter;
    filter.state = NoticeState::Dead;
    filter.limit = undelivered_shown_max + 1;
    Instant const since = application_.engine.now() - undelivered_stand_for;
    auto const dead = application_.engine.store().read()->notices(filter);
    undelivered_ = static_cast<int>(std::count_if(
        dead.begin(), dead.end(), [&](Notice const& notice) { return notice.decided_at >= since; }));
    undelivered_commits_ = commits;
    return undelivered_;
  }

  std::vector<CampaignFindings> findings_of(Board const& board) const {
    return findings_by_campaign(*application_.engine.store().read(), board.plan);
  }

  Kept shared_of(Say const& t, std::shared_ptr<Board const> const& board) {
    {
      std::lock_guard const lock(mutex_);
      if (auto const found = shared_.find(t.language());
          found != shared_.end() && found->second.board == board)
        return found->second.body;
    }
    auto body = std::make_shared<std::string const>(
        dashboard_body(t, *board, findings_of(*board), [](WorkItem const&) { return true; }).text());
    std::lock_guard const lock(mutex_);
    shared_[t.language()] = {board, body};
    return body;
  }

  Personal personal_of(Visit const& visit, std::shared_ptr<Board const> const& board) {
    std::pair const key(visit.me->username, visit.t.language());
    {
      std::lock_guard const lock(mutex_);
      auto const found = personal_.find(key);
      if (found != personal_.end() && found->second.board == board &&
          found->second.organisation == visit.organisation)
        return found->second;
    }
    Personal made{board, visit.organisation, nullptr, true, nullptr};
    MayRead const readable = [&](WorkItem const& item) {
      return application_.engine.rules().permissions.may_read(*visit.me, "item",
                                                              {item, leads_of(*board, item)});
    };
    made.reads_all = std::all_of(board->standings.begin(), board->standings.end(),
                                 [&](decision::Standing const& standing) { return readable(standing.item); });
    if (!made.reads_all)
      made.filtered = std::make_shared<std::string const>(
          dashboard_body(visit.t, *board, findings_of(*board), readable).text());
    Html const head = div(cls("heading"), h1(board->plan.title),
                          span(cls("hint"), visit.t("截至 ", "as of "), moment(visit.t, board->at)));
    made.part = std::make_shared<std::string const>(group(head, waiting_for(visit)).text());
    std::lock_guard const lock(mutex_);
    if (personal_.size() >= people_kept) personal_.clear();
    personal_[key] = made;
    return made;
  }
};

}  // namespace

void add_dashboard_page(Router& router, Application& application) {
  auto const dashboard = std::make_shared<Dashboard>(application);
  add_page(router, application, "/", [dashboard](Visit const& visit) { return dashboard->show(visit); });
}

}  // namespace xiaohao::web::pages
