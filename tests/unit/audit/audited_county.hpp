#pragma once

// A county that has lived a while: something stands in every table, and evidence on disk.

#include <fstream>

#include "engine/audit/audit.hpp"
#include "engine/findings.hpp"
#include "engine/journal/base64.hpp"
#include "tests/unit/record/recorded_county.hpp"

namespace xiaohao::audit {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class AuditedCounty : public record::RecordedCounty {
 protected:
  std::string path = folder.file("county.db");

  void SetUp() override {
    RecordedCounty::SetUp();
    live();
  }

  void attach_file(char const* who, ItemId id, std::string const& bytes) {
    std::string const sha256 = journal::to_hexadecimal(journal::sha256(bytes));
    std::string const where = path + ".evidence/" + sha256.substr(0, 2);
    std::filesystem::create_directories(where);
    std::ofstream(where + "/" + sha256, std::ios::binary) << bytes;
    must(who, id, "evidence.attach",
         {{"sha256", sha256},
          {"name", "验收单.pdf"},
          {"size", bytes.size()},
          {"media_type", "application/pdf"},
          {"note", "原件"}});
  }

  void live() {
    must("owner-zhujianju", lead, "accept");
    must("owner-zhujianju", lead, "extension.request", {{"due", "2024-11-29"}, {"reason", "汛期"}});
    attach_file("owner-zhujianju", lead, "the first file");
    attach_file("owner-zhujianju", lead, "another file");
    must("owner-zhujianju", lead, "closeout.apply", {{"summary", "危房改造全部完成"}});
    must("coordinator", lead, "closeout.return", {{"reason", "缺验收单"}});
    must("owner-zhujianju", lead, "closeout.apply", {{"summary", "已补"}});
    must("coordinator", lead, "closeout.approve");
    must("inspector", lead, "closeout.verify");
    clock.advance_to(clock.now() + std::chrono::days{8});
    ASSERT_TRUE(engine->advance(clock.now()));
    must("owner-songshizhen", support, "accept");
    must("owner-songshizhen", support, "report", {{"progress", 40}, {"text", "开工"}});
    Instant const now = clock.now();
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& t) -> Result<void> {
      t.put_account({Username{"inspector"}, "$argon2id$v=19$…", false, now});
      t.put_session(
          {"abc", Username{"inspector"}, "csrf", now, now, now + std::chrono::hours{12}, "127.0.0.1"});
      t.put_access_token({"def", Username{"coordinator"}, "月报", now, now + std::chrono::days{30}, false});
      t.put_calendar_feed({Username{"inspector"}, "123", now});
      t.put_unit_calendar_feed({Username{"inspector"}, UnitId{"songshizhen"}, "456", now});
      t.put_sign_in_failures({"account:leader", 2, now});
      t.put_reply(Username{"coordinator"}, "k1", {"{}", "{\"id\":1}"});
      t.put_group({GroupId{"townships"},
                   "各乡(镇、场)",
                   {},
                   "townships",
                   {UnitId{"songshizhen"}},
                   true,
                   std::nullopt});
      t.put_definition("assignment/2", workflows::shipped_lifecycles().at("assignment/2"));
      return register_two(t, now);
    }));
    clock.advance_to(clock.now() + std::chrono::days{1});
    ASSERT_TRUE(record::keep_daily_head(*store, {clock.now(), clock.now()}));
  }

  /// Two findings of one group, of different units.
  Result<void> register_two(store::Transaction& t, Instant now) const {
    Organisation const organisation = t.organisation();
    Asking const asking{Username{"coordinator"}, now, people.rules, organisation};
    FindingWish wish;
    wish.plan = PlanYear{2024};
    wish.source = "审计";
    wish.title = "台账缺失";
    wish.problem = "资产未登记";
    wish.goal = "账实相符";
    wish.deadline = "12月底";
    for (char const* unit : {"zhujianju", "songshizhen"}) {
      wish.unit = UnitId{unit};
      wish.reference = unit;
      auto const made = register_finding(t, wish, asking);
      if (!made) return tl::unexpected(made.error());
      wish.similar_to = made->item;
    }
    return {};
  }

  Report audited(std::vector<journal::SignedHead> known = {}) const {
    return audited_at(path, std::move(known));
  }
  Report audited_at(std::string const& where, std::vector<journal::SignedHead> known = {}) const {
    auto report = audit(where, {where + ".evidence", people.rules, std::move(known)});
    if (report) return *report;
    Report refused;
    refused.add(Kind::Damaged, "refused", report.error().first().detail);
    return refused;
  }
  static std::vector<std::string> names(Report const& report) {
    std::vector<std::string> found;
    for (Finding const& finding : report.findings)
      found.push_back(std::string(to_string(finding.kind)) + " " + finding.where);
    return found;
  }

  void copy_to(std::string const& name) const {
    for (char const* ending : {"", "-wal", ".seal", ".heads", ".key", ".key.pub"}) {
      std::filesystem::remove(name + ending);
      if (std::filesystem::exists(path + ending)) std::filesystem::copy_file(path + ending, name + ending);
    }
    std::filesystem::remove(name + "-shm");
    std::filesystem::remove_all(name + ".evidence");
    std::filesystem::copy(path + ".evidence", name + ".evidence", std::filesystem::copy_options::recursive);
  }
};

}  // namespace xiaohao::audit
