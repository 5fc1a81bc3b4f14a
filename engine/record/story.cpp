#include "engine/record/story.hpp"

#include <algorithm>

#include "engine/json/reader.hpp"

namespace xiaohao::record {
namespace {

std::string text_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::int64_t> integer_at(Json const& object, char const* name) {
  auto const found = object.find(name);
  return found != object.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                             : std::nullopt;
}

Json or_null(std::optional<std::string> const& text) { return text ? Json(*text) : Json(nullptr); }

/// Walks the entries and keeps what they change.
class Teller {
 public:
  Result<Story> tell(std::vector<Json> const& entries) {
    if (entries.size() < 2) return malformed("/events", "must begin with plan.created and item.created");
    for (std::size_t at = 0; at < entries.size(); ++at) {
      std::string const pointer = json::join_pointer("/events", at);
      Json const& entry = entries[at];
      for (char const* name : {"type", "actor", "at", "recorded_at"})
        if (text_at(entry, name).empty()) return malformed(pointer + "/entry/" + name, "must be a text");
      for (char const* name : {"payload", "outcome"})
        if (!entry.contains(name) || !entry[name].is_object())
          return malformed(pointer + "/entry/" + name, "must be an object");
      Result<void> const told = at == 0   ? plan_created(entry, pointer)
                                : at == 1 ? item_created(entry, pointer)
                                          : event(entry, pointer);
      if (!told) return tl::unexpected(told.error());
    }
    return std::move(story_);
  }

 private:
  Story story_;
  std::int64_t item_ = 0;
  Json requested_due_;

  Result<void> plan_created(Json const& entry, std::string const& pointer) {
    Json const& payload = entry["payload"];
    if (entry["type"] != "plan.created" || entry.contains("item") || !integer_at(payload, "year") ||
        !payload.contains("title") || !payload.contains("source"))
      return malformed(pointer, "must be the entry plan.created of the item's plan");
    story_.plan = {{"year", payload["year"]}, {"title", payload["title"]}, {"source", payload["source"]}};
    return {};
  }

  Result<void> item_created(Json const& entry, std::string const& pointer) {
    Json const& payload = entry["payload"];
    auto const definition = payload.find("definition");
    auto const status = payload.find("status");
    bool const whole = entry["type"] == "item.created" && definition != payload.end() &&
                       definition->is_object() && status != payload.end() && status->is_object();
    auto const id = integer_at(entry, "item");
    if (!whole || !id || integer_at(*definition, "id") != id ||
        integer_at(*definition, "plan") != integer_at(story_.plan, "year") ||
        integer_at(*status, "version") != 1 || text_at(*status, "lifecycle").empty() ||
        !status->contains("due"))
      return malformed(pointer, "must be the entry item.created of an item of that plan");
    item_ = *id;
    story_.definition = *definition;
    story_.lifecycle = text_at(*status, "lifecycle");
    story_.due = (*status)["due"];
    return {};
  }

  Result<void> event(Json const& entry, std::string const& pointer) {
    if (integer_at(entry, "item") != item_ || entry["type"] == "item.created")
      return malformed(pointer, "is not an event of the item");
    Json const& outcome = entry["outcome"];
    if (outcome.empty()) return {};  // a step of the ladder: it changes nothing
    if (integer_at(outcome, "version") != story_.version + 1)
      return malformed(pointer + "/entry/outcome/version",
                       "must be " + std::to_string(story_.version + 1) + ": an event is missing");
    story_.version += 1;
    auto const actions = outcome.find("actions");
    auto const to = outcome.find("to");
    if (actions == outcome.end() || !actions->is_array() || to == outcome.end())
      return malformed(pointer + "/entry/outcome", "must hold the actions and the state");
    story_.state = *to;
    for (Json const& action : *actions) {
      if (!action.is_object()) return malformed(pointer + "/entry/outcome/actions", "must be objects");
      if (auto done = apply(text_at(action, "type"), entry, pointer); !done) return done;
    }
    return {};
  }

  void contribute(Json const& entry) {
    if (auto const automatic = entry.find("automatic"); automatic != entry.end() && *automatic == true)
      return;
    for (char const* name : {"actor", "on_behalf_of"})
      if (std::string const who = text_at(entry, name);
          !who.empty() &&
          std::find(story_.contributors.begin(), story_.contributors.end(), who) == story_.contributors.end())
        story_.contributors.push_back(who);
  }

  void forget_cycle() {
    story_.applicant.reset();
    story_.first_reviewer.reset();
    story_.verifier.reset();
  }

  Result<void> apply(std::string const& action, Json const& entry, std::string const& pointer) {
    Json const& payload = entry["payload"];
    std::string const actor = text_at(entry, "actor");
    for (char const* name : {"record_report", "attach_evidence", "withdraw_evidence", "freeze_application",
                             "record_extension_request"})
      if (action == name) contribute(entry);
    if (action == "attach_evidence") {
      attach(payload);
    } else if (action == "withdraw_evidence") {
      std::string const sha256 = text_at(payload, "sha256");
      std::erase_if(story_.evidence.get_ref<Json::array_t&>(),
                    [&](Json const& piece) { return piece["sha256"] == sha256; });
    } else if (action == "freeze_application") {
      story_.applicant = actor;
    } else if (action == "record_first_review") {
      story_.first_reviewer = actor;
    } else if (action == "record_verification") {
      for (char const* name : {"actor", "on_behalf_of"})
        if (std::find(story_.contributors.begin(), story_.contributors.end(), text_at(entry, name)) !=
            story_.contributors.end())
          return malformed(pointer + "/entry/" + name, "verified what he had a part in");
      story_.verifier = actor;
    } else if (action == "record_return") {
      forget_cycle();
    } else if (action == "record_closing") {
      story_.closed_at = text_at(entry, "at");
    } else if (action == "record_reopening") {
      story_.closed_at.reset();
    } else if (action == "begin_next_cycle") {
      forget_cycle();
      story_.cycle += 1;
      story_.contributors.clear();
      story_.evidence = Json::array();
      story_.closed_at.reset();
    } else if (action == "record_cancellation") {
      story_.closed_at.reset();
      requested_due_ = nullptr;
    } else if (action == "record_extension_request") {
      requested_due_ = payload.value("due", Json());
    } else if (action == "grant_extension") {
      story_.due = std::exchange(requested_due_, nullptr);
    } else if (action == "refuse_extension") {
      requested_due_ = nullptr;
    } else if (action == "change_due") {
      story_.due = payload.value("due", Json());
    }
    return {};
  }

  /// The same file handed in again after it was withdrawn counts again, at the end.
  void attach(Json const& payload) {
    Json const piece{{"sha256", payload.value("sha256", Json())},
                     {"name", payload.value("name", Json())},
                     {"size", payload.value("size", Json())}};
    for (Json const& known : story_.evidence)
      if (known["sha256"] == piece["sha256"]) return;
    story_.evidence.push_back(piece);
  }
};

}  // namespace

Result<Story> story_of(std::vector<Json> const& entries) { return Teller().tell(entries); }

Json item_of(Story const& story) {
  Json item = story.definition;
  item["lifecycle"] = story.lifecycle;
  item["state"] = story.state;
  item["due"] = story.due;
  item["cycle"] = story.cycle;
  item["closed_at"] = or_null(story.closed_at);
  item["applicant"] = or_null(story.applicant);
  item["first_reviewer"] = or_null(story.first_reviewer);
  item["verifier"] = or_null(story.verifier);
  return item;
}

}  // namespace xiaohao::record
