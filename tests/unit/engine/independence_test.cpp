// Random histories: whatever people try, with two roles, for one another, over returns, objections and
// reopenings, nobody signs off his own work. The ledger below is kept from the journal alone.

#include <cstdlib>
#include <gtest/gtest.h>
#include <iostream>
#include <random>
#include <set>

#include "engine/decision/decide.hpp"
#include "engine/json/document.hpp"
#include "workflows/rules.hpp"

namespace xiaohao {
namespace {

using Names = std::set<std::string>;

Names people_of(Actor const& actor) {
  Names names{actor.username.value()};
  if (actor.on_behalf_of) names.insert(actor.on_behalf_of->value());
  return names;
}

bool share_one(Names const& left, Names const& right) {
  return std::any_of(left.begin(), left.end(), [&](std::string const& name) { return right.contains(name); });
}

/// What the entries of one item say, since the last reopening.
class Ledger {
 public:
  /// What `entry` does that it should not have been let do; empty: nothing.
  std::string take(JournalEntry const& entry, Organisation const& organisation, UnitId const& unit) {
    Names const who = people_of(entry.actor);
    std::string const& type = entry.type;
    std::string wrong;
    auto const says = [&](bool is_wrong, char const* what) {
      if (is_wrong && wrong.empty()) wrong = what;
    };
    if (type == "closeout.approve" || type == "confirm")
      says(share_one(who, had_a_part), "reviews his own work");
    if (type == "closeout.verify" || type == "reinspect.pass") {
      says(share_one(who, had_a_part), "verifies his own work");
      says(who.contains(first_reviewer), "verifies what he reviewed");
      for (std::string const& name : who)
        says(organisation.participant(Username{name})->unit == unit, "verifies his own unit's work");
    }
    if (type == "extension.grant") says(share_one(who, asked), "grants what he asked for");
    if (type == "closeout.approve") first_reviewer = entry.actor.username.value();
    if (type == "closeout.apply" || type == "complete") says(pieces.empty(), "closes without evidence");
    for (char const* part : {"report", "measures.extend", "evidence.attach", "evidence.withdraw",
                             "closeout.apply", "complete", "extension.request"})
      if (type == part) had_a_part.insert(who.begin(), who.end());
    if (type == "extension.request") asked = who;
    if (type == "extension.grant" || type == "extension.refuse") asked.clear();
    if (type == "evidence.attach") pieces.insert(entry.payload.at("sha256").get<std::string>());
    if (type == "evidence.withdraw") pieces.erase(entry.payload.at("sha256").get<std::string>());
    if (type == "closeout.return" || type == "closeout.reject") first_reviewer.clear();
    if (type == "reinspect.reopen") {
      had_a_part.clear();
      first_reviewer.clear();
      pieces.clear();
    }
    return wrong;
  }

 private:
  Names had_a_part, asked, pieces;
  std::string first_reviewer;
};

struct Tally {
  int closings = 0, reopenings = 0, grants = 0, for_another = 0, own_work_refused = 0;
};

/// One item and the people around it; everybody tries everything.
class History {
 public:
  History(std::uint32_t seed, ItemKind kind, UnitRole role, decision::Rules const& rules)
      : random_(seed), rules_(rules), leads_{UnitId{"lead"}}, item_{definition(kind, role), {}} {
    add("applicant", "own", {Role::Owner});
    add("colleague", "own", {Role::Owner, Role::Inspector});
    add("head", "own", {Role::Head, Role::Coordinator});
    add("lead-owner", "lead", {Role::Owner});
    add("lead-inspector", "lead", {Role::Owner, Role::Inspector});
    add("coordinator", "", {Role::Coordinator});
    add("both", "", {Role::Coordinator, Role::Inspector});
    add("inspector", "", {Role::Inspector});
    add("leader", "", {Role::Leader, Role::Inspector});
    item_.definition.schedule.due = parse_date("2024-10-31").value();
    item_.status.lifecycle = rules_.lifecycle_of.at(kind);
    item_.status.due = item_.definition.schedule.due;
    item_.status = decision::begin(item_.definition, item_.status, rules_, now_).status;
  }

  /// Empty, or what went wrong and after which commands.
  std::string play(int tries, Tally& tally) {
    for (int n = 0; n < tries; ++n) {
      if (below(12) == 0) change_absences();
      bool const was_closed = item_.status.closed;
      auto const decided = decision::decide(command(), context());
      if (!decided) {
        if (decided.error().reason == Reason::Forbidden &&
            decided.error().first().detail.en.find("cycle") != std::string::npos)
          ++tally.own_work_refused;
        continue;
      }
      keep(*decided);
      tally.closings += item_.status.closed && !was_closed;
      tally.reopenings += decided->entry.type == "reinspect.reopen";
      tally.grants += decided->entry.type == "extension.grant";
      tally.for_another += decided->entry.actor.on_behalf_of.has_value();
      if (!wrong_.empty()) return wrong_ + story_;
      if (item_.status.cancelled) break;
    }
    return {};
  }

 private:
  std::mt19937 random_;
  decision::Rules const& rules_;
  std::vector<UnitId> leads_;
  Organisation organisation_;
  std::vector<Username> names_;
  std::vector<Absence> absences_;
  std::vector<Evidence> evidence_;
  std::vector<decision::DelayToStart> delays_;
  WorkItem item_;
  Instant now_ = parse_instant("2024-03-01T09:00:00+08:00").value();
  Ledger ledger_;
  std::string wrong_, story_;

  static ItemDefinition definition(ItemKind kind, UnitRole role) {
    bool const share = kind == ItemKind::Assignment;
    return {ItemId{2},
            PlanYear{2024},
            ItemId{1},
            kind,
            10,
            "",
            "",
            {},
            {},
            UnitId{"own"},
            share ? std::optional(role) : std::nullopt,
            {},
            {},
            {},
            {},
            {}};
  }

  std::size_t below(std::size_t end) { return random_() % end; }

  void add(char const* name, char const* unit, std::vector<Role> roles) {
    Participant person{Username{name}, name, std::nullopt, std::move(roles), "", true};
    if (*unit) person.unit = UnitId{unit};
    organisation_.participants.emplace(person.username, person);
    names_.push_back(person.username);
  }

  void change_absences() {
    if (!absences_.empty() && below(2) == 0) {
      absences_.erase(absences_.begin() + static_cast<std::ptrdiff_t>(below(absences_.size())));
      return;
    }
    Absence absence;
    absence.away = names_[below(names_.size())];
    absence.substitute = names_[below(names_.size())];
    if (absence.away != absence.substitute && absences_.size() < 3) absences_.push_back(absence);
  }

  decision::Context context() {
    return {now_, item_, leads_, organisation_, [this] { return evidence_; }, rules_, &absences_};
  }

  /// Mostly what could be sent where the item stands, by anybody; now and then the clock's.
  Command command() {
    now_ += std::chrono::minutes{30};
    if (!delays_.empty() && below(4) == 0) {
      now_ = std::max(now_, delays_.front().due);
      Command timer{item_.id(),     delays_.front().event, nlohmann::json::object(),
                    Actor::clock(), std::nullopt,          ""};
      delays_.erase(delays_.begin());
      return timer;
    }
    static std::vector<std::string> const events{
        "accept",           "measures.extend", "report",           "evidence.attach",   "evidence.withdraw",
        "closeout.apply",   "closeout.apply",  "closeout.approve", "closeout.approve",  "closeout.return",
        "closeout.verify",  "closeout.verify", "closeout.reject",  "closeout.object",   "reinspect.pass",
        "reinspect.reopen", "complete",        "confirm",          "extension.request", "extension.grant",
        "extension.refuse"};
    std::string const& type = events[below(events.size())];
    return {item_.id(),           type, payload_for(type), Actor::person(names_[below(names_.size())]),
            item_.status.version, ""};
  }

  nlohmann::json payload_for(std::string const& type) {
    std::string const sha256(64, "abc"[below(3)]);
    if (type == "report") return {{"progress", 50}};
    if (type == "measures.extend") return {{"measures", "再加一条"}};
    if (type == "evidence.attach")
      return {{"sha256", sha256}, {"name", "a.png"}, {"size", 1}, {"media_type", "image/png"}};
    if (type == "evidence.withdraw") return {{"sha256", sha256}};
    if (type == "closeout.apply" || type == "complete") return {{"summary", "完成"}};
    if (type == "extension.request")
      return {{"due", to_string(add_days(*item_.status.due, 7))}, {"reason", "雨"}};
    if (type == "closeout.return" || type == "closeout.reject" || type == "closeout.object" ||
        type == "return" || type == "reinspect.reopen" || type == "extension.refuse")
      return {{"reason", "说明"}};
    return nlohmann::json::object();
  }

  void keep(decision::Decision const& decided) {
    JournalEntry const& entry = decided.entry;
    story_ += "\n  " + entry.actor.username.value() +
              (entry.actor.on_behalf_of ? " for " + entry.actor.on_behalf_of->value() : "") + ": " +
              entry.type;
    wrong_ = ledger_.take(entry, organisation_, *item_.definition.unit);
    item_.status = decided.status;
    for (Evidence const& piece : decided.consequences.attached) {
      std::erase_if(evidence_, [&](Evidence const& other) {
        return other.sha256 == piece.sha256 && other.cycle == piece.cycle;
      });
      evidence_.push_back(piece);
    }
    for (Sha256Hex const& sha256 : decided.consequences.withdrawn)
      for (Evidence& piece : evidence_)
        if (piece.sha256 == sha256) piece.withdrawn = true;
    for (std::string const& event : decided.delays_cancelled)
      std::erase_if(delays_, [&](auto const& delay) { return delay.event == event; });
    delays_.insert(delays_.end(), decided.delays.begin(), decided.delays.end());
  }
};

/// More of them: XIAOHAO_SEEDS=1000 independence_test
std::uint32_t seeds_wanted() {
  char const* const wanted = std::getenv("XIAOHAO_SEEDS");
  return wanted ? static_cast<std::uint32_t>(std::strtoul(wanted, nullptr, 10)) : 25;
}

TEST(Independence, HoldsInEveryHistory) {
  std::uint32_t const seeds = seeds_wanted();
  decision::Rules const rules = workflows::shipped_rules().value();
  Tally tally;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed)
    for (auto const& [kind, role] :
         {std::pair{ItemKind::Assignment, UnitRole::Lead}, std::pair{ItemKind::Assignment, UnitRole::Support},
          std::pair{ItemKind::Milestone, UnitRole::Lead}, std::pair{ItemKind::Finding, UnitRole::Lead}}) {
      std::string const wrong = History(seed, kind, role, rules).play(400, tally);
      ASSERT_EQ(wrong, "") << "seed " << seed << ", " << to_string(kind) << ", " << to_string(role);
    }
  // The histories go where it matters, or they show nothing.
  int const least = static_cast<int>(seeds);
  std::cout << seeds << " seeds: " << tally.closings << " closings, " << tally.reopenings << " reopenings, "
            << tally.grants << " extensions, " << tally.for_another << " acts for another, "
            << tally.own_work_refused << " refused as one's own\n";
  EXPECT_GT(tally.closings, 2 * least);
  EXPECT_GT(tally.reopenings, least);
  EXPECT_GT(tally.grants, least);
  EXPECT_GT(tally.for_another, 5 * least);
  EXPECT_GT(tally.own_work_refused, least);
}

}  // namespace
}  // namespace xiaohao
