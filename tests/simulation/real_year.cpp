#include "tests/simulation/real_year.hpp"

#include <algorithm>
#include <cstdlib>

#include "engine/creation.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "engine/silencing.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "notifications/settings.hpp"
#include "workflows/rules.hpp"
#include "workflows/shipped.hpp"

namespace xiaohao::simulation {
namespace {

Instant instant(Millis millis) { return Instant{std::chrono::milliseconds{millis}}; }
Millis millis(Instant at) { return at.time_since_epoch().count(); }
Instant local(char const* text) { return parse_instant(std::string(text) + "+08:00").value(); }

std::filesystem::path new_folder() {
  // In memory where there is such a place: what is tested is the order of commits, not the disk.
  std::filesystem::path const memory = "/dev/shm";
  std::error_code error;
  std::filesystem::path const base =
      std::filesystem::is_directory(memory, error) ? memory : std::filesystem::temp_directory_path();
  std::string pattern = (base / "xiaohao-year-XXXXXX").string();
  return ::mkdtemp(pattern.data());
}

}  // namespace

/// Misbehaves at random, and now and then the program is killed while it talks to it.
struct RealYear::MailServer final : notifications::Channel {
  explicit MailServer(RealYear& of) : year(of) {}
  std::string_view name() const override { return "mail"; }
  notifications::Outcome deliver(notifications::Message const& message) override {
    using Kind = notifications::Outcome::Kind;
    Attempt attempt{message.id, message.recipient.username.value(), message.at, false, year.clock_is_wrong_};
    int const luck = year.below(1000);
    bool const takes = luck >= 80 || luck < 6;
    attempt.taken = takes;
    year.attempts_.push_back(attempt);
    if (luck < 6) throw Killed{};   // after it took the mail
    if (luck < 10) throw Killed{};  // before
    if (luck < 60) return {Kind::Deferred, "451 4.3.0 try again later"};
    if (luck < 80) return {Kind::Unreachable, "connection refused"};
    return {Kind::Taken, "250 2.0.0 queued"};
  }
  std::string unreachable(Participant const& person) const override {
    return person.email.empty() ? "no_address" : "";
  }
  RealYear& year;
};

RealYear::RealYear(std::uint64_t seed, int items, int people) : random_(seed), folder_(new_folder()) {
  database_ = (folder_ / "county.db").string();
  rules_ = workflows::shipped_rules().value();
  auto policy =
      notifications::read_policy(json::read(*workflows::shipped("policies/escalation.json")).value());
  ladder_ = std::make_shared<notifications::Ladder>(std::move(*policy), rules_.calendar, rules_.lights);
  rules_.escalation = ladder_;
  clock_.set(local("2024-01-01T00:00:00"));
  plain_.begins = millis(clock_.now());
  store_ = store::create_sqlite(database_).value();
  make_people(people);
  make_items(items);
  open();
}

RealYear::~RealYear() {
  close();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void RealYear::make_people(int count) {
  int const units = std::max(2, count / 4);
  auto const add = [&](std::string name, std::string unit, Role role, char const* plain_role) {
    bool const mail = chance(85);
    Participant person{
        Username{name}, name, std::nullopt, {role}, mail ? name + "@county.example" : "", true};
    if (!unit.empty()) person.unit = UnitId{unit};
    organisation_.participants.emplace(person.username, person);
    plain_.people.push_back({name, unit, plain_role, mail});
  };
  for (int number = 0; number < 3; ++number)
    add("leader-" + std::to_string(number), "", Role::Leader, "leader");
  for (int number = 0; number < 2; ++number)
    add("coordinator-" + std::to_string(number), "fupinban", Role::Coordinator, "coordinator");
  for (int number = 0; number < 2; ++number)
    add("inspector-" + std::to_string(number), "duchashi", Role::Inspector, "inspector");
  for (char const* office : {"fupinban", "duchashi"})
    organisation_.units.emplace(UnitId{office},
                                Unit{UnitId{office}, office, "agency", false, std::nullopt, std::nullopt});
  int left = count - 7;
  for (int number = 0; number < units; ++number) {
    std::string const id = "unit-" + std::to_string(number);
    Unit unit{UnitId{id}, id, "agency", false, std::nullopt, std::nullopt};
    PlainUnit plain;
    if (left > 0 && chance(80)) {
      plain.head = "head-" + std::to_string(number);
      unit.head = Username{plain.head};
      add(plain.head, id, Role::Head, "head");
      --left;
    }
    if (chance(80)) {
      plain.superior = "leader-" + std::to_string(below(3));
      unit.supervising_leader = Username{plain.superior};
    }
    for (int owner = 0; owner < (chance(10) ? 0 : 1 + below(3)) && left > 0; ++owner, --left)
      add("owner-" + std::to_string(number) + "-" + std::to_string(owner), id, Role::Owner, "owner");
    organisation_.units.emplace(unit.id, unit);
    plain_.units.emplace(id, plain);
  }
}

void RealYear::make_items(int count) {
  PlanDraft draft{{PlanYear{2024}, "一年", "", {}, {}}, {}};
  auto const definition = [](ItemKind kind, int number) {
    ItemDefinition d{ItemId{0}, PlanYear{2024}, std::nullopt, kind, number, "事项", "", {},
                     {},        std::nullopt,   std::nullopt, {},   {},     {},     {}, {}};
    return d;
  };
  std::vector<UnitId> units;
  for (auto const& [id, plain] : plain_.units) units.emplace_back(id);
  int const month_ends[]{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::size_t task = 0;
  for (int number = 0; number < count; ++number) {
    if (number % 5 == 0) {
      task = draft.items.size();
      draft.items.push_back({definition(ItemKind::Task, number / 5 + 1), std::nullopt});
    }
    ItemDefinition share = definition(ItemKind::Assignment, number / 5 + 1);
    share.unit = units[static_cast<std::size_t>(below(static_cast<int>(units.size())))];
    share.role = UnitRole::Lead;
    int const luck = below(100);
    int const month = 1 + below(12);
    using namespace std::chrono;
    auto const on = [](int m, int d) {
      return Date{year{2024}, std::chrono::month{static_cast<unsigned>(m)},
                  std::chrono::day{static_cast<unsigned>(d)}};
    };
    if (luck < 30)
      share.schedule.due = on(12, 31);
    else if (luck < 60)
      share.schedule.due = on(month, month_ends[month - 1]);
    else if (luck < 97)
      share.schedule.due = on(month, 1 + below(month_ends[month - 1]));
    draft.items.push_back({std::move(share), task});
  }
  Instant const now = clock_.now();
  auto const made = create_plan(*store_, rules_, draft, organisation_, {}, {now, now});
  if (!made) throw std::runtime_error(made.error().first().detail.en);
  store::ItemFilter filter;
  filter.kind = ItemKind::Assignment;
  for (WorkItem const& item : store_->read()->items(filter)) {
    shares_.push_back(item.id());
    PlainItem plain{item.id().value(), item.definition.unit->value(), std::nullopt, {}};
    if (item.status.due) plain.due = day_from(to_string(*item.status.due));
    plain_.items.push_back(std::move(plain));
  }
}

void RealYear::open() {
  if (!store_) store_ = store::open_sqlite(database_).value();
  engine_ = std::make_unique<Engine>(*store_, clock_, rules_);
  auto const people = [this] { return engine_->organisation(); };
  notifications::Patience patience;
  patience.failures_in_a_row_max = 1'000'000;  // a resting channel is another test's
  inbox_ =
      std::make_unique<notifications::Dispatcher>(*store_, people, notifications::inner_channels(), patience);
  notifications::Dispatcher::Channels channels;
  channels.push_back(std::make_unique<MailServer>(*this));
  post_ = std::make_unique<notifications::Dispatcher>(*store_, people, std::move(channels), patience);
  post_->leave_alone(
      [this](Notice const& notice, Instant from) { return ladder_->waits_until(notice, from); });
}

void RealYear::close() {
  post_.reset();
  inbox_.reset();
  engine_.reset();
  store_.reset();
}

void RealYear::kill_and_reopen() {
  ++kills_;
  close();
  open();
}

void RealYear::run(Instant at) {
  clock_.set(at);
  for (bool done = false; !done;) {
    plain_.runs.push_back({millis(at), millis(std::max(at, engine_->now())), 0});
    if (plain_.runs.size() > 1'000'000) throw std::runtime_error("the year does not end");
    auto const gathered = [&] { plain_.runs.back().entries = store_->read()->journal_head().size; };
    try {
      if (!engine_->advance(at)) throw std::runtime_error("the engine did not advance");
      if (chance(1)) throw Killed{};
      if (!inbox_->deliver(at)) throw std::runtime_error("the inbox was not filled");
      if (chance(1)) throw Killed{};
      gathered();
      if (!post_->deliver(at)) throw std::runtime_error("mail was not worked off");
      done = true;
    } catch (Killed const&) {
      kill_and_reopen();
    }
  }
}

void RealYear::walk(Instant to) {
  while (true) {
    std::optional<Instant> next = store_->read()->next_timer();
    for (auto const& more : {inbox_->next_due(), post_->next_due()})
      if (more && (!next || *more < *next)) next = more;
    if (!next || *next > to) break;
    run(std::max(*next, clock_.now()));
  }
  if (clock_.now() < to) clock_.set(to);
}

bool RealYear::send(WorkItem const& item, Username const& who, char const* event, nlohmann::json payload) {
  Command command{item.id(), event, std::move(payload), Actor::person(who), item.status.version, ""};
  return engine_->submit_and_wait(std::move(command)).has_value();
}

void RealYear::act_on(WorkItem const& item) {
  auto const owners = organisation_.owners_of(*item.definition.unit);
  if (owners.empty() || !item.status.open()) return;
  Username const owner = owners[static_cast<std::size_t>(below(static_cast<int>(owners.size())))]->username;
  Username const coordinator{"coordinator-" + std::to_string(below(2))};
  Username const inspector{"inspector-" + std::to_string(below(2))};
  if (item.status.requested_due && chance(60)) {
    if (chance(70))
      send(item, coordinator, "extension.grant", nlohmann::json::object());
    else
      send(item, coordinator, "extension.refuse", {{"reason", "按期完成"}});
    return;
  }
  if (item.status.stage == "issued") {
    send(item, owner, "accept", nlohmann::json::object());
  } else if (item.status.stage == "in_progress") {
    int const luck = below(100);
    if (luck < 45) {
      send(item, owner, "report", {{"progress", below(101)}});
    } else if (luck < 65) {
      send(item, owner, "evidence.attach",
           {{"sha256", std::string(64, "0123456789abcdef"[below(16)])},
            {"name", "表.pdf"},
            {"size", 1},
            {"media_type", "application/pdf"}});
      send(store_->read()->item(item.id()).value(), owner, "closeout.apply", {{"summary", "完成"}});
    } else if (luck < 85 && item.status.due) {
      Date const later = add_days(*item.status.due, 1 + below(40));
      send(item, owner, "extension.request", {{"due", to_string(later)}, {"reason", "汛期"}});
    } else if (luck < 88) {
      send(item, Username{"leader-0"}, "cancel", {{"reason", "并入其他事项"}});
    } else {
      send(item, coordinator, "urge", {{"text", "请抓紧"}});
    }
  } else if (item.status.stage == "first_review") {
    if (chance(55))
      send(item, coordinator, "closeout.approve", nlohmann::json::object());
    else
      send(item, coordinator, "closeout.return", {{"reason", "缺照片"}});
  } else if (item.status.stage == "verification") {
    if (chance(55))
      send(item, inspector, "closeout.verify", nlohmann::json::object());
    else
      send(item, inspector, "closeout.reject", {{"reason", "现场不符"}});
  }
}

void RealYear::acknowledge_something() {
  auto const& person = plain_.people[static_cast<std::size_t>(below(static_cast<int>(plain_.people.size())))];
  store::NoticeFilter filter;
  filter.recipient = Username{person.name};
  filter.channel = "inbox";
  filter.state = NoticeState::Sent;
  filter.limit = 10;
  Instant const now = engine_->now();
  (void)store_->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    for (Notice& notice : transaction.notices(filter)) {
      if (notice.acknowledged_at || chance(40)) continue;
      notice.acknowledged_at = now;
      transaction.update_notice(notice);
      if (notice.key.find("/event/") != std::string::npos) continue;
      std::string const rest = notice.key.substr(notice.key.find('/', 5) + 1);
      plain_.acknowledgements.push_back(
          {plain_.runs.size(), person.name, notice.item.value(), notice.step, day_from(rest)});
    }
    return {};
  });
}

void RealYear::silence_something() {
  Silence wish;
  wish.reason = "抢险救灾";
  wish.until = engine_->now() + std::chrono::days{1 + below(20)} + std::chrono::milliseconds{below(1000)};
  int const luck = below(3);
  if (luck == 0) wish.item = shares_[static_cast<std::size_t>(below(static_cast<int>(shares_.size())))];
  if (luck == 1)
    wish.unit = UnitId{std::next(plain_.units.begin(), below(static_cast<int>(plain_.units.size())))->first};
  if (luck == 2)
    wish.recipient =
        Username{plain_.people[static_cast<std::size_t>(below(static_cast<int>(plain_.people.size())))].name};
  if (chance(50)) wish.step = chance(50) ? "urge" : "remind";
  (void)store_->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    auto const set =
        set_silence(transaction, wish, {Username{"coordinator-0"}, engine_->now(), rules_, organisation_});
    if (!set) return tl::unexpected(set.error());
    PlainSilence plain{plain_.runs.size(), millis(set->from), millis(set->until), std::nullopt, "", "",
                       set->step};
    if (set->item) plain.item = set->item->value();
    if (set->unit) plain.unit = set->unit->value();
    if (set->recipient) plain.who = set->recipient->value();
    plain_.silences.push_back(std::move(plain));
    return {};
  });
}

void RealYear::send_somebody_away() {
  auto const any = [this] {
    return plain_.people[static_cast<std::size_t>(below(static_cast<int>(plain_.people.size())))].name;
  };
  Absence wish;
  wish.away = Username{any()};
  wish.substitute = Username{any()};
  wish.first = add_days(local_date(engine_->now()), 1);
  wish.last = add_days(wish.first, below(15));
  wish.reason = "学习";
  (void)store_->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
    auto const set =
        set_absence(transaction, wish, {Username{"coordinator-0"}, engine_->now(), rules_, organisation_});
    if (!set) return tl::unexpected(set.error());
    plain_.absences.push_back({plain_.runs.size(), day_from(to_string(set->first)),
                               day_from(to_string(set->last)), set->away.value(), set->substitute.value()});
    return {};
  });
}

void RealYear::act(Instant at) {
  walk(at);
  run(at);
  int const luck = below(100);
  if (luck < 70)
    act_on(store_->read()
               ->item(shares_[static_cast<std::size_t>(below(static_cast<int>(shares_.size())))])
               .value());
  else if (luck < 95)
    acknowledge_something();
  else if (luck < 97)
    silence_something();
  else
    send_somebody_away();
}

void RealYear::live() {
  Instant const end = local("2025-01-24T12:00:00");
  std::vector<Instant> instants;
  auto const length = static_cast<std::uint64_t>((local("2024-12-31T23:00:00") - clock_.now()).count());
  for (std::size_t number = 0; number < shares_.size() * 5; ++number)
    instants.push_back(instant(plain_.begins + 1 + static_cast<Millis>(random_() % length)));
  std::sort(instants.begin(), instants.end());
  struct Standstill {
    Instant from, to;
  };
  std::vector<Standstill> standstills;
  for (int number = 0; number < 3; ++number) {
    Instant const from = instant(plain_.begins + static_cast<Millis>(random_() % length));
    standstills.push_back({from, from + std::chrono::hours{1 + below(21 * 24)}});
  }
  for (Instant const at : instants) {
    auto const off = std::find_if(standstills.begin(), standstills.end(),
                                  [&](Standstill const& s) { return s.from <= at && at < s.to; });
    if (off != standstills.end()) {
      if (clock_.now() < off->from) walk(off->from);
      ++standstills_;
      kill_and_reopen();
      clock_.set(std::max(clock_.now(), off->to));
      run(clock_.now());
      off->to = off->from;
      continue;
    }
    if (at < clock_.now()) continue;  // the county slept through it
    act(at);
    if (chance(1)) {  // the clock is set ahead or back, the program works on, and the clock is put right
      ++jumps_;
      Instant const right = clock_.now();
      clock_is_wrong_ = true;
      run(chance(50) ? right + std::chrono::hours{1 + below(72)} : right - std::chrono::hours{1 + below(72)});
      clock_is_wrong_ = false;
      clock_.set(right);
      run(right);
    }
  }
  walk(end);
  run(std::max(end, clock_.now()));
  while (auto const next = post_->next_due()) run(std::max(*next, clock_.now()));
}

}  // namespace xiaohao::simulation
