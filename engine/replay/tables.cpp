#include "engine/replay/tables.hpp"

#include "engine/domain/item_json.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::replay {
namespace {

constexpr std::int64_t entries_per_read = 1000;

/// The fields of a status that differ: `stage "closed" for "publicity"`.
std::string differing_fields(ItemStatus const& table, ItemStatus const& played) {
  nlohmann::json const stored = status_to_json(table), follows = status_to_json(played);
  std::string fields;
  for (auto const& [name, value] : follows.items())
    if (auto const found = stored.find(name); found == stored.end() || *found != value)
      fields += (fields.empty() ? "" : ", ") + name + " " +
                (found == stored.end() ? "missing" : found->dump()) + " for " + value.dump();
  return fields;
}

class Comparison {
 public:
  Comparison(Replay const& replay, store::Reader const& reader) : replay_(replay), reader_(reader) {}

  std::vector<Difference> run() {
    for (auto const& [id, played] : replay_.items()) {
      std::optional<WorkItem> const stored = reader_.item(id);
      if (!stored) {
        differ(id, "表中没有该事项", "the tables do not have it");
        continue;
      }
      if (stored->definition != played.item.definition)
        differ(id, "事项内容与下达时不同", "it is not what was issued");
      if (std::string const fields = differing_fields(stored->status, played.item.status); !fields.empty())
        differ(id, "表中状态与日志不符：" + fields,
               "its status in the tables is not the journal's: " + fields);
      compare_timers(id, played);
    }
    for (WorkItem const& item : reader_.items({}))
      if (!replay_.items().contains(item.id()))
        differ(item.id(), "日志中没有该事项", "the journal does not know it");
    return std::move(found_);
  }

 private:
  Replay const& replay_;
  store::Reader const& reader_;
  std::vector<Difference> found_;

  void compare_timers(ItemId id, PlayedItem const& played) {
    std::map<std::string, Instant> timers;
    for (Timer const& timer : reader_.timers_of(id))
      if (timer.kind == "after") timers.emplace(timer.key, timer.due);
    for (auto const& [event, due] : timers) {
      auto const delay = played.delays.find(event);
      if (delay == played.delays.end())
        differ(id, "定时器 " + event + " 没有来由", "nothing began its timer " + event);
      else if (replay_.against() == Against::Everything && delay->second != due)
        differ(id, "定时器 " + event + " 时刻不符",
               "its timer " + event + " is due at " + to_string(due) + " for " + to_string(delay->second));
    }
    // One that has ended, and whose transition was refused by its guard, has left no entry.
    for (auto const& [event, due] : played.delays)
      if (!timers.contains(event) && due > replay_.latest())
        differ(id, "缺少定时器 " + event, "its timer " + event + " is missing");
  }

  void differ(ItemId id, std::string zh, std::string en) {
    if (found_.size() < Replay::differences_max) found_.push_back({-1, id, {std::move(zh), std::move(en)}});
  }
};

}  // namespace

Replay play(store::Reader const& reader, decision::Rules const& rules, Organisation const& organisation,
            Against against) {
  Replay replay(rules, organisation, against);
  std::int64_t const size = reader.journal_head().size;
  for (std::int64_t from = 0; from < size; from += entries_per_read)
    for (store::JournalLine const& line : reader.journal(from, std::min(from + entries_per_read, size)))
      replay.take(entry_of(line).value());
  return replay;
}

std::vector<Difference> differences_from_tables(Replay const& replay, store::Reader const& reader) {
  return Comparison(replay, reader).run();
}

}  // namespace xiaohao::replay
