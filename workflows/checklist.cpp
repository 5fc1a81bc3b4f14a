#include "workflows/checklist.hpp"

#include <algorithm>
#include <set>

#include "engine/calendar/deadline_phrase.hpp"
#include "engine/json/document.hpp"
#include "workflows/reading.hpp"

namespace xiaohao::workflows {
namespace {

constexpr int items_max = 100'000;
constexpr int lines_max = 1'000'000;

class ChecklistReader {
 public:
  explicit ChecklistReader(calendar::BusinessCalendar const& calendar) : calendar_(calendar) {}

  Result<Checklist> read(json::Json const& document) {
    json::Fields top(document, "");
    read_heading(top, "xiaohao-checklist/1");
    checklist_.title = read_name(top, "title");
    checklist_.year = PlanYear{static_cast<int>(top.integer("year", 1, 9999))};
    checklist_.source = read_name(top, "source");
    read_each(top, "campaigns", top.array_or_empty("campaigns"),
              [this](json::Fields& fields) { read_campaign(fields); });
    checklist_.doubts = read_texts(top, "doubts");
    read_each(top, "items", top.array("items"), [this](json::Fields& fields) { read_item(fields); });
    if (checklist_.items.empty() && top.has("items"))
      top.fault("items", Text{"至少要有一项任务", "must hold at least one item"});
    if (Result<void> const finished = top.finish(); !finished) return tl::unexpected(finished.error());
    return std::move(checklist_);
  }

 private:
  calendar::BusinessCalendar const& calendar_;
  Checklist checklist_{"", PlanYear{1}, "", {}, {}, {}};
  std::set<std::string> campaigns_;
  std::set<int> numbers_;

  /// A required phrase that can be read for the checklist's own year.
  std::string read_phrase(json::Fields& fields, std::string_view name) {
    std::string phrase = fields.text(name);
    if (phrase.empty()) return phrase;
    int const year = checklist_.year.value();
    Date const first{std::chrono::year{year} / std::chrono::January / 1};
    auto const reading = calendar::read_deadline(phrase, {year, first, &calendar_});
    if (!reading) fields.fault(name, reading.error().first().detail);
    return phrase;
  }

  void read_campaign(json::Fields& fields) {
    ChecklistCampaign campaign{read_name(fields, "name"), read_text(fields, "focus"),
                               read_phrase(fields, "window"), fields.boolean_or("inferred", false)};
    if (!campaign.name.empty() && !campaigns_.insert(campaign.name).second)
      fields.fault("name", stands_twice(campaign.name));
    checklist_.campaigns.push_back(std::move(campaign));
  }

  void read_item(json::Fields& fields) {
    ChecklistItem item;
    item.number = static_cast<int>(fields.integer("number", 1, items_max));
    if (fields.has("number") && !numbers_.insert(item.number).second)
      fields.fault("number", stands_twice(std::to_string(item.number)));
    item.title = read_name(fields, "title");
    item.content = fields.text_or("content", "");
    item.deadline = read_phrase(fields, "deadline");
    item.units = read_units(fields);
    read_each_text(fields, "campaigns", [&](std::string const& name, std::size_t index) {
      if (!campaigns_.contains(name)) fault_in(fields, "campaigns", index, no_campaign(name));
      item.campaigns.push_back(name);
    });
    read_each(fields, "content_by_campaign", fields.array_or_empty("content_by_campaign"),
              [&](json::Fields& part) {
                item.content_by_campaign.push_back({part.text("campaign"), part.text("text")});
                std::string const& name = item.content_by_campaign.back().campaign;
                if (!name.empty() && !campaigns_.contains(name)) part.fault("campaign", no_campaign(name));
              });
    read_each(fields, "milestones", fields.array_or_empty("milestones"), [&](json::Fields& milestone) {
      std::string title = milestone.has("title") ? read_name(milestone, "title") : "";
      milestone.ignore("title");
      item.milestones.push_back(
          {std::move(title), read_phrase(milestone, "deadline"), milestone.text("text")});
    });
    read_each(fields, "indicators", fields.array_or_empty("indicators"),
              [&](json::Fields& indicator) { item.indicators.push_back(read_indicator(indicator)); });
    item.source_lines = fields.integers("source_lines", 1, lines_max);
    item.doubts = read_texts(fields, "doubts");
    checklist_.items.push_back(std::move(item));
  }

  static Text no_campaign(std::string const& name) {
    return {"没有列出名为“" + name + "”的攻势", "\"" + name + "\" is not one of the checklist's campaigns"};
  }

  /// A unit is written as one text, or as an object where it needs another name or a role.
  static NamedUnit read_unit(json::Fields& fields) {
    NamedUnit unit{read_name(fields, "as_written"), "", UnitRole::Support, false, true};
    unit.name = fields.has("name") ? read_name(fields, "name") : unit.as_written;
    fields.ignore("name");
    std::string const role = fields.text_or("role", "Support");
    if (auto const named = unit_role_named(role))
      unit.role = *named;
    else
      fields.fault("role", Text{"应为 Lead 或 Support", "must be Lead or Support"});
    return unit;
  }

  static std::vector<NamedUnit> read_units(json::Fields& fields) {
    std::vector<NamedUnit> units;
    std::size_t index = 0;
    for (json::Json const& entry : fields.array("units")) {
      std::string const pointer = json::join_pointer(fields.pointer("units"), index++);
      json::Json const written = entry.is_string() ? json::Json{{"as_written", entry}} : entry;
      json::Fields unit(written, pointer);
      units.push_back(read_unit(unit));
      fields.include(unit.finish());
    }
    if (units.empty()) {
      if (fields.has("units"))
        fields.fault("units", Text{"至少要有一个责任单位", "must name at least one unit"});
      return units;
    }
    if (std::none_of(units.begin(), units.end(),
                     [](NamedUnit const& unit) { return unit.role == UnitRole::Lead; })) {
      units.front().role = UnitRole::Lead;
      units.front().role_inferred = true;
    }
    return units;
  }

  static Indicator read_indicator(json::Fields& fields) {
    Indicator indicator{read_name(fields, "name"), fields.integer("target", 0, 1'000'000'000'000),
                        read_name(fields, "unit"), fields.text("comparison"), fields.text_or("text", "")};
    static constexpr std::array<std::string_view, 4> comparisons{">=", "<=", "=", "~"};
    if (!indicator.comparison.empty() &&
        std::find(comparisons.begin(), comparisons.end(), indicator.comparison) == comparisons.end())
      fields.fault("comparison", Text{"应为 >=、<=、= 或 ~", "must be >=, <=, = or ~"});
    return indicator;
  }
};

}  // namespace

Result<Checklist> read_checklist(json::Json const& document, calendar::BusinessCalendar const& calendar) {
  return ChecklistReader(calendar).read(document);
}

}  // namespace xiaohao::workflows
