// Who is told of a paper that was signed: the unit that it goes to, its head, and who has a copy; of a
// bulletin every unit.

#include <algorithm>

#include "notifications/copies.hpp"
#include "notifications/ladder.hpp"
#include "notifications/values.hpp"

namespace xiaohao::notifications {
namespace {

constexpr char const* occasion = "document";

Text name_of(FormalDocument const& document) {
  std::string const number = number_of(document);
  switch (document.kind) {
    case DocumentKind::Order:
      return {"督办单 " + number, "Supervision order " + number};
    case DocumentKind::Bulletin:
      return {"通报 " + number, "Bulletin " + number};
    case DocumentKind::Summons:
      return {"约谈通知 " + number, "Summons " + number};
  }
  return {number, number};
}

std::string text_in(nlohmann::json const& content, char const* name) {
  auto const found = content.find(name);
  return found != content.end() && found->is_string() ? found->get<std::string>() : "";
}

/// One line for each fact; a line without its fact is left out.
Text body_of(FormalDocument const& document) {
  Text body;
  auto const add = [&](std::string const& zh, std::string const& en) {
    body.zh += (body.zh.empty() ? "" : "\n") + zh;
    body.en += (body.en.empty() ? "" : "\n") + en;
  };
  nlohmann::json const& items = document.content.at("items");
  for (std::size_t at = 0; at < std::min<std::size_t>(items.size(), 10); ++at) {
    std::string const number = std::to_string(items[at].value("number", 0)),
                      title = text_in(items[at], "title");
    std::string const due = text_in(items[at], "due");
    add("第" + number + "项《" + title + "》，时限" + due, "Item " + number + " “" + title + "”, due " + due);
  }
  if (items.size() > 10)
    add("共 " + std::to_string(items.size()) + " 项", std::to_string(items.size()) + " items in all");
  if (auto const demands = text_in(document.content, "demands"); !demands.empty())
    add("要求：" + demands, "Demanded: " + demands);
  if (auto const day = text_in(document.content, "reply_by"); !day.empty())
    add("反馈时限：" + day, "Reply by " + day);
  if (auto const meeting = text_in(document.content, "meeting"); !meeting.empty())
    add("时间地点：" + meeting, "When and where: " + meeting);
  std::string const path = "/documents/" + std::to_string(document.id);
  add("全文：" + path, "In full: " + path);
  return body;
}

std::vector<Participant const*> addressees_of(FormalDocument const& document,
                                              Organisation const& organisation) {
  std::vector<Participant const*> people;
  auto const add = [&](Participant const* person) {
    if (person && person->active && std::find(people.begin(), people.end(), person) == people.end())
      people.push_back(person);
  };
  for (auto const& [id, unit] : organisation.units) {
    if (document.unit && *document.unit != id) continue;
    if (unit.head) add(organisation.participant(*unit.head));
    if (!document.unit) continue;
    for (Participant const* owner : organisation.owners_of(id)) add(owner);
    if (unit.supervising_leader) add(organisation.participant(*unit.supervising_leader));
  }
  for (Participant const* coordinator : organisation.with_role(Role::Coordinator)) add(coordinator);
  return people;
}

}  // namespace

std::vector<Notice> Ladder::notices_of_document(FormalDocument const& document,
                                                Organisation const& organisation, Instant now) const {
  std::vector<Notice> notices;
  OccasionRule const& rule = policy_.occasion(occasion);
  Copies const copies{ItemId{0},
                      false,  // a paper is of several items
                      "document/" + std::to_string(document.id) + "/",
                      occasion,
                      policy_.texts.find(rule.text)->second,
                      rule.channels,
                      rule.pace,
                      now,
                      now};
  Values values;
  for (std::string_view const name : placeholders()) values.emplace(name, Text{});
  values["item"] = name_of(document);
  values["words"] = body_of(document);
  for (Participant const* recipient : addressees_of(document, organisation))
    add_copies(notices, copies, *recipient, values, {}, "", policy_.quiet, calendar_);
  // What goes to one unit is no business of a group's.
  if (document.kind == DocumentKind::Bulletin)
    add_group_copies(notices, copies, values, {}, "", policy_.quiet, calendar_);
  return notices;
}

}  // namespace xiaohao::notifications
