// Similar problems: proposed by the likeness of their words, grouped by a person.

#include <algorithm>
#include <set>

#include "engine/domain/likeness.hpp"
#include "engine/finding_creation.hpp"
#include "engine/json/document.hpp"

namespace xiaohao {
namespace {

constexpr int percent_min = 25;  ///< less is chance: any two findings share the words of their trade
constexpr std::size_t shared_shown = 3;
constexpr std::size_t group_max = 500;

std::string words_of(store::Reader const& reader, Finding const& finding) {
  auto const item = reader.item(finding.item);
  return (item ? item->definition.title : std::string()) + "。" + finding.problem;
}

/// Writes that `finding` is of `group` now.
void put_in_group(store::Transaction& transaction, Finding& finding, std::optional<ItemId> group,
                  Asking const& asking) {
  if (finding.similar == group) return;
  finding.similar = group;
  transaction.put_finding(finding);
  tell_of_finding(transaction, finding.item, grouping_event,
                  {{"group", group ? nlohmann::json(group->value()) : nlohmann::json()}}, asking);
}

Result<Finding> take_out(store::Transaction& transaction, Finding finding, Asking const& asking) {
  if (!finding.similar) return refuse(Reason::NotPossible, "/with", {"不在任何一组中", "it is in no group"});
  std::vector<Finding> left;
  for (Finding& other : transaction.findings(finding.plan))
    if (other.similar == finding.similar && other.item != finding.item) left.push_back(std::move(other));
  put_in_group(transaction, finding, std::nullopt, asking);
  // One alone is no group, and a group is named by its first.
  std::optional<ItemId> const name = left.size() > 1 ? std::optional(left.front().item) : std::nullopt;
  for (Finding& other : left) put_in_group(transaction, other, name, asking);
  return finding;
}

}  // namespace

std::vector<SimilarFinding> similar_findings(store::Reader const& reader, Finding const& finding,
                                             std::size_t limit) {
  std::vector<SimilarFinding> found;
  if (finding.is_self_check()) return found;
  std::string const words = words_of(reader, finding);
  for (Finding& other : reader.findings(finding.plan)) {
    bool const grouped = finding.similar && other.similar == finding.similar;
    if (other.item == finding.item || other.is_self_check() || grouped) continue;
    int const percent = likeness_percent(words, words_of(reader, other));
    if (percent >= percent_min) found.push_back({std::move(other), percent, {}});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](SimilarFinding const& a, SimilarFinding const& b) { return a.percent > b.percent; });
  if (found.size() > limit) found.resize(limit);
  for (SimilarFinding& each : found)
    each.shared = shared_runs(words, words_of(reader, each.finding), shared_shown);
  return found;
}

Result<Finding> group_findings(store::Transaction& transaction, ItemId item, std::vector<ItemId> const& with,
                               Asking const& asking) {
  if (auto const may = may_about_findings(asking, "finding.group"); !may) return tl::unexpected(may.error());
  std::optional<Finding> const asked = transaction.finding(item);
  if (!asked) return refuse(Reason::NotFound, "", {"没有这个反馈问题", "there is no such finding"});
  if (asked->is_self_check())
    return refuse(Reason::NotPossible, "",
                  {"自查事项随原问题，不另行归类", "a self-check goes with its first finding"});
  if (with.empty()) return take_out(transaction, *asked, asking);
  std::set<ItemId> named{item};
  std::set<ItemId> groups;
  if (asked->similar) groups.insert(*asked->similar);
  std::vector<Fault> faults;
  for (std::size_t at = 0; at < with.size(); ++at) {
    auto const other = transaction.finding(with[at]);
    if (!other || other->plan != asked->plan || other->is_self_check() || !named.insert(with[at]).second)
      faults.push_back(
          {"/with/" + std::to_string(at),
           {"不是本方案中可归并的另一个反馈问题", "is no other finding of this plan that can be grouped"}});
    else if (other->similar)
      groups.insert(*other->similar);
  }
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  std::vector<Finding> members;
  for (Finding& each : transaction.findings(asked->plan))
    if (named.contains(each.item) || (each.similar && groups.contains(*each.similar)))
      members.push_back(std::move(each));
  if (members.size() > group_max)
    return refuse(Reason::TooLarge, "/with", {"一组最多 500 个问题", "a group holds at most 500 findings"});
  ItemId const group = members.front().item;
  if (std::all_of(members.begin(), members.end(),
                  [&](Finding const& member) { return member.similar == group; }))
    return refuse(Reason::NotPossible, "/with", {"已经是同一组", "they are one group already"});
  for (Finding& member : members) put_in_group(transaction, member, group, asking);
  Execution execution(transaction, asking.rules, asking.organisation, asking.written_at());
  for (Finding& member : members) recognise_relapse(transaction, execution, member, asking);
  return *transaction.finding(item);
}

}  // namespace xiaohao
