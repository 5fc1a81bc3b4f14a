#include "engine/audit/schema_check.hpp"

#include <map>

#include "engine/store/sqlite/migrations.hpp"

namespace xiaohao::audit {
namespace {

using store::sqlite::Connection;
using store::sqlite::Query;

/// By type and name, the words that made it.
std::map<std::string, std::string> schema_of(Connection& connection) {
  std::map<std::string, std::string> made;
  Query rows = connection.query("schema");
  while (rows.next()) made[rows.text(0) + " " + rows.text(1)] = rows.text(2);
  return made;
}

}  // namespace

void check_schema(Connection& connection, Report& report) {
  Connection fresh(":memory:", store::sqlite::Access::Writer, true);
  (void)store::sqlite::migrate(fresh, ":memory:");
  auto const expected = schema_of(fresh), found = schema_of(connection);
  for (auto const& [name, sql] : expected) {
    auto const there = found.find(name);
    if (there == found.end())
      report.add(Kind::Deleted, "schema/" + name,
                 {"数据库结构缺少 " + name, "the database lacks its " + name});
    else if (there->second != sql)
      report.add(Kind::Edited, "schema/" + name,
                 {name + " 的定义不同", "the " + name + " is defined otherwise"});
  }
  for (auto const& [name, sql] : found) {
    if (expected.contains(name)) continue;
    if (name.starts_with("table sqlite_stat"))
      report.notes.push_back({"数据库含查询统计（缓存）",
                              "the database holds statistics of its queries, which are only a cache"});
    else
      report.add(Kind::PutIn, "schema/" + name,
                 {"数据库多出 " + name, "the database has a " + name + " that is not ours"});
  }
  Query integrity = connection.query("integrity");
  while (integrity.next())
    if (std::string const found_damaged = integrity.text(0); found_damaged != "ok")
      report.add(Kind::Damaged, "schema/integrity", {"文件损坏：" + found_damaged, found_damaged});
}

}  // namespace xiaohao::audit
