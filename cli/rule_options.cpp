#include "cli/rule_options.hpp"

#include <limits>

#include "cli/changed_rules.hpp"
#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"

namespace xiaohao::cli {
namespace {

auto at_fault(std::string where) {
  return [where = std::move(where)](Refusal refusal) { return Refused{where, std::move(refusal)}; };
}

/// `12=10月底`: the number is that of the item's page.
Result<PhraseChange> phrase_change(std::string const& text) {
  std::size_t const equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    return malformed("", "\"" + shown(text) + "\" will not do; write ITEM=PHRASE, such as 12=10月底");
  auto const item = whole_number(text.substr(0, equals), 1, std::numeric_limits<int>::max());
  if (!item) return tl::unexpected(item.error());
  return PhraseChange{ItemId{*item}, text.substr(equals + 1)};
}

}  // namespace

tl::expected<Rulebooks, Refused> read_rulebooks(Arguments const& arguments, InstalledRules in_force,
                                                std::string const& command) {
  Rulebooks books{std::move(in_force), std::nullopt, {}, {}};
  struct Option {
    char const* name;
    Result<InstalledRules> (*change)(InstalledRules, nlohmann::json const&);
    std::map<std::string, nlohmann::json> (*keep)(nlohmann::json const&);
  };
  for (Option const& option :
       {Option{"--calendar", with_calendar, kept_calendar}, Option{"--policy", with_policy, kept_policy}}) {
    auto const file = arguments.option(option.name);
    if (!file) continue;
    InstalledRules const& before = books.changed ? *books.changed : books.in_force;
    auto const document = json::read_file(*file).map_error(at_fault(*file));
    if (!document) return tl::unexpected(document.error());
    auto changed = option.change(before, *document).map_error(at_fault(*file));
    if (!changed) return tl::unexpected(changed.error());
    books.changed = std::move(*changed);
    for (auto& [name, kept] : option.keep(*document)) books.documents.insert_or_assign(name, kept);
  }
  if (auto const text = arguments.option("--phrase")) {
    auto phrase = phrase_change(*text).map_error(at_fault(command + ": --phrase"));
    if (!phrase) return tl::unexpected(phrase.error());
    books.phrases.push_back(std::move(*phrase));
  }
  return books;
}

}  // namespace xiaohao::cli
