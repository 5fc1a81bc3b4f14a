// What a real year left behind, in the words of the plain one; and which promises it broke.

#include "engine/json/document.hpp"
#include "tests/simulation/real_year.hpp"

namespace xiaohao::simulation {
namespace {

Millis millis(Instant at) { return at.time_since_epoch().count(); }

bool is_of_ladder(Notice const& notice) {
  return notice.key.starts_with("item/") && notice.key.find("/event/") == std::string::npos;
}

std::vector<Notice> all_notices(store::Store& store) {
  store::NoticeFilter filter;
  filter.limit = 0;
  return store.read()->notices(filter);
}

/// The events of one item, by what was done.
std::vector<PlainEvent> events_of(store::Reader const& reader, ItemId item) {
  static std::map<std::string, std::string> const deeds{
      {"record_acceptance", "accept"},     {"record_report", "report"},  {"freeze_application", "apply"},
      {"record_return", "return"},         {"record_closing", "close"},  {"record_cancellation", "cancel"},
      {"record_extension_request", "ask"}, {"grant_extension", "grant"}, {"refuse_extension", "refuse"}};
  std::vector<PlainEvent> events;
  for (store::JournalLine const& line : reader.history(item)) {
    auto const entry = nlohmann::json::parse(line.leaf);
    if (!entry.at("outcome").contains("actions")) continue;
    for (auto const& action : entry.at("outcome").at("actions")) {
      auto const deed = deeds.find(action.at("type").get<std::string>());
      if (deed == deeds.end()) continue;
      PlainEvent event{millis(parse_instant(entry.at("at").get<std::string>()).value()), line.index,
                       deed->second, 0, 0};
      if (event.type == "report") event.progress = entry.at("payload").at("progress").get<int>();
      if (event.type == "ask") event.due = day_from(entry.at("payload").at("due").get<std::string>());
      events.push_back(std::move(event));
    }
  }
  return events;
}

bool disturbs(Instant at) {
  Day const day = day_of(millis(at));
  return !works(day) || millis(at) < clock_on(day, 8, 0) || millis(at) >= clock_on(day, 20, 0);
}

}  // namespace

PlainYear RealYear::what_happened() const {
  PlainYear year = plain_;
  auto const reader = store_->read();
  for (PlainItem& item : year.items) item.events = events_of(*reader, ItemId{item.id});
  return year;
}

std::set<std::string> RealYear::lines() const {
  std::set<std::string> lines;
  for (Notice const& notice : all_notices(*store_)) {
    if (!is_of_ladder(notice)) continue;
    std::string const rest = notice.key.substr(notice.key.find('/', 5) + 1);
    std::string const due = rest.substr(0, 10);
    std::string step = rest.substr(11, rest.find('/', 11) - 11);
    if (step.starts_with("bulletin:")) step = step.substr(9);
    std::string fate(to_string(notice.state));
    if (notice.state == NoticeState::Withheld) fate += ":" + notice.withheld;
    if (notice.state == NoticeState::Dead)
      fate = "sent";  // nine refusals: an alarm, which is looked for elsewhere
    lines.insert(std::to_string(notice.item.value()) + " " + due + " " + step + " " +
                 notice.recipient.value() + " " + notice.channel + " " + fate);
  }
  return lines;
}

std::vector<std::string> RealYear::broken_promises() const {
  std::vector<std::string> broken;
  std::map<std::string, Attempt> first;
  std::set<std::string> taken;
  for (Attempt const& attempt : attempts_) {
    auto const [known, is_new] = first.emplace(attempt.message, attempt);
    if (!is_new && known->second.recipient != attempt.recipient)
      broken.push_back("message " + attempt.message + " went to two people");
    if (attempt.taken) taken.insert(attempt.message);
    if (disturbs(attempt.at))
      broken.push_back(attempt.recipient + " was disturbed at " + to_string(attempt.at));
  }
  std::map<std::string, std::set<std::string>> digests;
  std::set<std::string> dead;
  int alarms = 0;
  for (Notice const& notice : all_notices(*store_)) {
    if (notice.step == "undelivered") ++alarms;
    if (notice.state == NoticeState::Planned || notice.state == NoticeState::Sending ||
        notice.state == NoticeState::Failed)
      broken.push_back(notice.key + " is still " + std::string(to_string(notice.state)));
    if (notice.channel != "mail" || notice.delivery.empty()) continue;
    if (notice.state == NoticeState::Dead) dead.insert(notice.delivery);
    if (notice.state == NoticeState::Sent && !taken.contains(notice.delivery))
      broken.push_back(notice.key + " counts as sent, and nobody took it");
    if (!first.contains(notice.delivery)) {
      broken.push_back(notice.key + " was claimed and never tried");
      continue;
    }
    Attempt const& attempt = first.at(notice.delivery);
    if (attempt.recipient != notice.recipient.value())
      broken.push_back(notice.key + " went to " + attempt.recipient);
    // A day that a wrong clock has shown comes again, with what is new by then.
    if (notice.pace == "morning" && !attempt.at_wrong_time)
      digests[attempt.recipient + " " + to_string(local_date(attempt.at))].insert(notice.delivery);
  }
  for (auto const& [who_and_day, messages] : digests)
    if (messages.size() > 1)
      broken.push_back(who_and_day + ": " + std::to_string(messages.size()) + " digests");
  if (!dead.empty() && alarms == 0) broken.push_back("a message died and nobody was told");
  return broken;
}

std::string RealYear::summary() const {
  return std::to_string(attempts_.size()) + " attempts, " + std::to_string(kills_) + " kills, " +
         std::to_string(standstills_) + " standstills, " + std::to_string(jumps_) + " clock jumps, " +
         std::to_string(plain_.runs.size()) + " runs";
}

}  // namespace xiaohao::simulation
