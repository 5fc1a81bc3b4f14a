#pragma once

// A real store with notices to send, and the people they are for.

#include "notifications/settings.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::notifications {

inline Participant person(std::string const& username, std::string const& email, Role role = Role::Owner) {
  return {Username{username}, username, std::nullopt, {role}, email, true};
}

/// 第1项《开展走访慰问》, open, a unit's share of it due on 29 February 2024.
inline WorkItem share(std::int64_t id) {
  WorkItem item = store::visits(ItemId{id});
  item.definition.kind = ItemKind::Assignment;
  return item;
}

inline Notice notice_to(std::string const& username, std::int64_t item, std::string const& channel = "mail") {
  Notice notice;
  notice.key = "item/" + std::to_string(item) + "/2024-02-29/urge/" + username + "/" + channel;
  notice.item = ItemId{item};
  notice.recipient = Username{username};
  notice.channel = channel;
  notice.step = "urge";
  notice.subject = {"催办：第1项《开展走访慰问》已逾期1天",
                    "Overdue: item 1 “开展走访慰问” is 1 day(s) late"};
  notice.body = {"县民政局承担的第1项《开展走访慰问》，完成时限2024年2月29日，已逾期1天。",
                 "Item 1 “开展走访慰问” of 县民政局 was due on 2024-02-29."};
  notice.decided_at = store::at("2024-03-01T08:37:00+08:00");
  notice.planned_for = notice.decided_at;
  return notice;
}

class Outbox {
 public:
  explicit Outbox(std::string const& path) : store(store::create_sqlite(path).value()) {
    write([](store::Transaction& transaction) {
      transaction.put_plan(store::plan_2024());
      for (std::int64_t id = 1; id <= 30; ++id) transaction.insert_item(share(id), {"issued"});
      transaction.put_participant(person("coordinator", "", Role::Coordinator));
    });
  }

  template <class Writes>
  void write(Writes writes) {
    ASSERT_TRUE(store->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
      writes(transaction);
      return {};
    }));
  }

  void add(std::string const& username, std::string const& email, std::int64_t item = 1) {
    write([&](store::Transaction& transaction) {
      transaction.put_participant(person(username, email));
      transaction.insert_notice(notice_to(username, item));
    });
  }

  Dispatcher::People people() const {
    return [this] { return std::make_shared<Organisation const>(store->read()->organisation()); };
  }

  std::vector<Notice> notices(std::string const& username, std::string const& channel = "mail") const {
    store::NoticeFilter filter;
    filter.recipient = Username{username};
    filter.channel = channel;
    filter.limit = 1000;
    return store->read()->notices(filter);
  }

  std::unique_ptr<store::Store> store;
};

}  // namespace xiaohao::notifications
