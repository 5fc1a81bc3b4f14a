#pragma once

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>

#include "engine/json/document.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"

namespace xiaohao::store {

inline Instant at(char const* text) { return parse_instant(text).value(); }

/// A folder of its own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "xiaohao-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string file(char const* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline Plan plan_2024() { return {PlanYear{2024}, "XX县2024年度脱贫攻坚工作任务清单", "附件1", {}, {}}; }

inline WorkItem visits(ItemId id) {
  WorkItem item{{id,
                 PlanYear{2024},
                 std::nullopt,
                 ItemKind::Task,
                 1,
                 "开展走访慰问",
                 "春节前后开展走访慰问",
                 {},
                 {"春季整改"},
                 std::nullopt,
                 std::nullopt,
                 {},
                 {},
                 {},
                 {55, 56},
                 {}},
                {}};
  item.definition.schedule.due = parse_date("2024-02-29").value();
  item.status.lifecycle = "task/1";
  item.status.configuration = "{}";
  item.status.stage = "open";
  item.status.due = item.definition.schedule.due;
  return item;
}

inline JournalEntry entry(char const* type, std::optional<ItemId> item = std::nullopt) {
  return {0,    at("2024-01-02T08:00:00+08:00"), at("2024-01-02T08:00:00+08:00"), Actor::engine(), item,
          type, nlohmann::json::object(),        nlohmann::json::object()};
}

}  // namespace xiaohao::store
