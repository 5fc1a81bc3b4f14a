#include "engine/documents.hpp"

#include <algorithm>
#include <map>

#include "engine/json/document.hpp"
#include "engine/reason.hpp"

namespace xiaohao {
namespace {

constexpr std::size_t text_bytes_max = 2000;

using Key = std::pair<DocumentKind, std::optional<UnitId>>;

/// `supervise#2` and `summon-1` are steps of those names.
std::string_view bare(std::string_view step) { return step.substr(0, step.find_first_of("-#0123456789")); }

/// The steps of one item that ask for a paper, for the due date that counts now.
struct Put {
  std::string step;
  std::int64_t entry = -1;  ///< of the last
  int times = 0;
};

std::map<DocumentKind, Put> put_forward(store::Reader const& reader, WorkItem const& item) {
  std::map<DocumentKind, Put> found;
  std::string const due = to_string(*item.status.due);
  for (JournalEntry const& entry : reader.entries_of(item.id())) {
    if (entry.type != "escalation.step" || entry.payload.value("due", "") != due) continue;
    std::string const step(bare(entry.payload.value("step", "")));
    auto const kind = document_of_step(step);
    if (!kind) continue;
    Put& put = found[*kind];
    put.step = step;
    put.entry = entry.index;
    ++put.times;
  }
  return found;
}

/// The last entry of the item that a signed paper of the kind stands on.
using Covered = std::map<std::pair<DocumentKind, std::int64_t>, std::int64_t>;
Covered covered(store::Reader const& reader) {
  Covered last;
  for (FormalDocument const& document : reader.documents(0))
    for (nlohmann::json const& item : document.content.at("items")) {
      std::int64_t& entry = last[{document.kind, item.at("item").get<std::int64_t>()}];
      entry = std::max(entry, item.at("entry").get<std::int64_t>());
    }
  return last;
}

nlohmann::json item_json(WorkItem const& item, Put const& put, Instant now) {
  Date const today = local_date(now);
  return {
      {"item", item.id().value()},
      {"number", item.definition.number},
      {"title", item.definition.title},
      {"unit", item.definition.unit ? nlohmann::json(item.definition.unit->value()) : nlohmann::json()},
      {"due", to_string(*item.status.due)},
      {"original_due", item.definition.schedule.due ? nlohmann::json(to_string(*item.definition.schedule.due))
                                                    : nlohmann::json()},
      {"progress", item.status.progress},
      {"days_late", std::max(0, days_between(*item.status.due, today))},
      {"step", put.step},
      {"times", put.times},
      {"entry", put.entry}};
}

nlohmann::json counts_of(std::vector<WorkItem> const& shares, Instant now) {
  int closed = 0, late = 0;
  for (WorkItem const& share : shares) {
    closed += share.status.closed ? 1 : 0;
    late += share.status.open() && share.status.due && end_of_day(*share.status.due) <= now ? 1 : 0;
  }
  return {{"shares", shares.size()}, {"closed", closed}, {"late", late}};
}

void draft_plan(store::Reader const& reader, Plan const& plan, Covered const& signed_before, Instant now,
                std::map<Key, FormalDocument>& drafts) {
  store::ItemFilter filter;
  filter.plan = plan.year;
  std::vector<WorkItem> const all = reader.items(filter);
  std::vector<WorkItem> shares;
  for (WorkItem const& item : all)
    if (item.definition.kind == ItemKind::Assignment && !item.status.cancelled) shares.push_back(item);
  for (WorkItem const& item : all) {
    if (!item.status.open() || item.status.applied_at || !item.status.due || !item.definition.unit) continue;
    for (auto const& [kind, put] : put_forward(reader, item)) {
      auto const before = signed_before.find({kind, item.id().value()});
      if (before != signed_before.end() && before->second >= put.entry) continue;
      auto const unit = kind == DocumentKind::Bulletin ? std::nullopt : item.definition.unit;
      FormalDocument& draft = drafts[{kind, unit}];
      if (draft.content.is_null())
        draft.content = {
            {"plan", plan.title}, {"items", nlohmann::json::array()}, {"counts", counts_of(shares, now)}};
      draft.kind = kind;
      draft.unit = unit;
      draft.year = static_cast<int>(local_date(now).year());
      draft.content["items"].push_back(item_json(item, put, now));
    }
  }
}

Result<void> check(Signature const& wish, Instant now) {
  if (auto fine = expect_written(wish.demands, "/demands", text_bytes_max); !fine) return fine;
  if (wish.kind == DocumentKind::Summons || !wish.meeting.empty())
    if (auto fine = expect_written(wish.meeting, "/meeting", text_bytes_max); !fine) return fine;
  if (!wish.contact.empty())
    if (auto fine = expect_written(wish.contact, "/contact", text_bytes_max); !fine) return fine;
  if (wish.kind == DocumentKind::Order && !wish.reply_by)
    return refuse(Reason::Malformed, "/reply_by", {"请填写反馈时限", "a day to reply by is needed"});
  if (wish.reply_by && *wish.reply_by < local_date(now))
    return refuse(Reason::Malformed, "/reply_by", {"反馈时限已经过去", "must not be in the past"});
  return {};
}

Result<void> may_sign(Asking const& asking) {
  Participant const* const person = asking.organisation.participant(asking.who);
  if (person && asking.rules.permissions.may_at_large(*person, "document.sign")) return {};
  return refuse(Reason::Forbidden, "", {"只有领导小组可以签发", "only the leadership group signs papers"});
}

nlohmann::json or_null(std::optional<Date> const& date) {
  return date ? nlohmann::json(to_string(*date)) : nlohmann::json();
}

}  // namespace

std::optional<DocumentKind> document_of_step(std::string_view step) {
  if (step == "supervise" || step == "special_letter") return DocumentKind::Order;
  if (step == "circulate") return DocumentKind::Bulletin;
  if (step == "summon") return DocumentKind::Summons;
  return std::nullopt;
}

std::vector<FormalDocument> drafts(store::Reader const& reader, Instant now) {
  std::map<Key, FormalDocument> found;
  Covered const signed_before = covered(reader);
  for (Plan const& plan : reader.plans()) draft_plan(reader, plan, signed_before, now, found);
  std::vector<FormalDocument> list;
  for (auto& [key, draft] : found) list.push_back(std::move(draft));
  std::stable_sort(list.begin(), list.end(),
                   [](FormalDocument const& a, FormalDocument const& b) { return a.kind > b.kind; });
  return list;
}

Result<FormalDocument> sign_document(store::Transaction& transaction, Signature const& wish,
                                     Asking const& asking) {
  if (auto const may = may_sign(asking); !may) return tl::unexpected(may.error());
  if (auto const fine = check(wish, asking.now); !fine) return tl::unexpected(fine.error());
  std::vector<FormalDocument> waiting = drafts(transaction, asking.now);
  auto const draft = std::find_if(waiting.begin(), waiting.end(), [&](FormalDocument const& each) {
    return each.kind == wish.kind && each.unit == wish.unit;
  });
  if (draft == waiting.end())
    return refuse(Reason::NotPossible, "/unit",
                  {"没有待签发的此类文件", "no such paper waits for a signature for this unit"});
  FormalDocument document = std::move(*draft);
  Unit const* const unit = document.unit ? asking.organisation.unit(*document.unit) : nullptr;
  document.content["copy"] =
      unit && unit->supervising_leader ? nlohmann::json(unit->supervising_leader->value()) : nlohmann::json();
  document.content["demands"] = wish.demands;
  document.content["reply_by"] = or_null(wish.reply_by);
  document.content["meeting"] = wish.meeting;
  document.content["contact"] = wish.contact;
  document.signed_by = asking.who;
  document.signed_at = asking.now;
  document.number = transaction.next_document_number(document.kind, document.year);
  document.id = transaction.insert_document(document);
  nlohmann::json payload{{"document", document.id},
                         {"kind", to_string(document.kind)},
                         {"number", number_of(document)},
                         {"content", document.content}};
  if (document.unit) payload["unit"] = document.unit->value();
  transaction.append({0,
                      asking.now,
                      asking.now,
                      Actor::person(asking.who),
                      std::nullopt,
                      signing_event,
                      std::move(payload),
                      nlohmann::json::object(),
                      {}});
  if (asking.rules.escalation)
    for (Notice const& notice :
         asking.rules.escalation->notices_of_document(document, asking.organisation, asking.now))
      transaction.insert_notice(notice);
  return document;
}

}  // namespace xiaohao
