#include "workflows/finding_list.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "engine/json/document.hpp"
#include "engine/json/reader.hpp"
#include "workflows/csv_reader.hpp"

namespace xiaohao::workflows {
namespace {

constexpr std::size_t rows_max = 10'000;

struct Column {
  std::string_view field, zh;
  bool required;
};

/// What is read; and what the ledger's export has besides, which follows from the item and is passed over.
constexpr std::array<Column, 13> columns{{{"source", "问题来源", true},
                                          {"reference", "编号", true},
                                          {"fed_back", "反馈日期", false},
                                          {"title", "问题名称", true},
                                          {"problem", "问题描述", true},
                                          {"rectification", "类别", false},
                                          {"common", "个性/共性", false},
                                          {"goal", "整改目标", false},
                                          {"measures", "整改措施", false},
                                          {"unit", "责任单位", true},
                                          {"person", "责任人", false},
                                          {"deadline", "整改时限", true},
                                          {"linked", "关联任务", false}}};
constexpr std::array<std::string_view, 11> passed_over{"序号",         "责任领导", "现时限",   "进展情况",
                                                       "完成比例",     "是否销号", "销号日期", "佐证材料",
                                                       "举一反三情况", "备注",     "牵头单位"};

Column const* column_named(std::string_view name) {
  for (Column const& column : columns)
    if (column.field == name || column.zh == name) return &column;
  return nullptr;
}

using Cells = std::map<std::string_view, std::string>;

/// `2024/3/5`, as spreadsheets write a date, in full: `2024-03-05`. Anything else comes back as it is.
std::string in_full(std::string const& day) {
  std::string full, digits;
  for (char const c : day + "-") {
    if (c != '-' && c != '/') {
      digits += c;
      continue;
    }
    full += (full.empty() ? "" : "-") + std::string(digits.size() == 1 ? "0" : "") + digits;
    digits.clear();
  }
  return full;
}

/// One row's words as a wish; what cannot be one, as faults.
class Row {
 public:
  Row(Cells const& cells, std::string place, PlanYear plan, Organisation const& organisation,
      TaskOf const& task_of, std::vector<Fault>& faults)
      : cells_(cells),
        place_(std::move(place)),
        plan_(plan),
        organisation_(organisation),
        task_of_(task_of),
        faults_(faults) {}

  ListedFinding read() {
    FindingWish wish;
    wish.plan = plan_;
    wish.source = cell("source");
    wish.reference = cell("reference");
    if (wish.reference.empty())
      fault("reference", "请填写编号：再次导入时据此识别",
            "must be written: by it the same finding is known when it is imported again");
    wish.title = cell("title");
    wish.problem = cell("problem");
    wish.goal = cell("goal");
    wish.measures = cell("measures");
    wish.deadline = cell("deadline");
    wish.unit = unit();
    wish.person = person(wish.unit);
    wish.fed_back = fed_back();
    wish.rectification = rectification();
    wish.common = common();
    wish.linked = linked();
    return {place_, std::move(wish)};
  }

 private:
  Cells const& cells_;
  std::string place_;
  PlanYear plan_;
  Organisation const& organisation_;
  TaskOf const& task_of_;
  std::vector<Fault>& faults_;

  std::string cell(std::string_view field) const {
    auto const found = cells_.find(field);
    return found == cells_.end() ? std::string() : found->second;
  }
  void fault(std::string_view field, std::string zh, std::string en) {
    faults_.push_back({place_ + "/" + std::string(field), {std::move(zh), std::move(en)}});
  }

  UnitId unit() const {
    std::string const name = cell("unit");
    for (auto const& [id, unit] : organisation_.units)
      if (unit.name == name || id.value() == name) return id;
    return UnitId{name};  // registering names it as unknown
  }

  std::optional<Username> person(UnitId const& unit) const {
    std::string const name = cell("person");
    if (name.empty()) return std::nullopt;
    for (auto const& [username, person] : organisation_.participants)
      if (person.unit == unit && (person.name == name || username.value() == name)) return username;
    return Username{name};
  }

  std::optional<Date> fed_back() {
    std::string const day = cell("fed_back");
    if (day.empty()) return std::nullopt;
    auto const date = parse_date(in_full(day));
    if (!date) fault("fed_back", "不是日期，应如 2024-03-15", "must be a date, as 2024-03-15");
    return date ? std::optional(*date) : std::nullopt;
  }

  std::optional<Rectification> rectification() {
    std::string const name = cell("rectification");
    if (name.empty()) return std::nullopt;
    if (name == "立行立改") return Rectification::Immediate;
    if (name == "限期整改" || name == "限期") return Rectification::Dated;
    if (name == "长期坚持" || name == "长期") return Rectification::LongTerm;
    auto const named = rectification_named(name);
    if (!named)
      fault("rectification", "应为 立行立改、限期整改 或 长期坚持",
            "must be immediate (立行立改), dated (限期整改) or long_term (长期坚持)");
    return named;
  }

  bool common() {
    std::string const name = cell("common");
    if (name == "共性" || name == "common" || name == "true") return true;
    if (!name.empty() && name != "个性" && name != "single" && name != "false")
      fault("common", "应为 共性 或 个性", "must be common (共性) or single (个性)");
    return false;
  }

  std::vector<ItemId> linked() {
    std::vector<ItemId> items;
    std::string numbers = cell("linked");
    for (std::string_view const mark : {"、", "，", ";", "；"})
      for (std::size_t at = numbers.find(mark); at != std::string::npos; at = numbers.find(mark))
        numbers.replace(at, mark.size(), ",");
    std::size_t from = 0;
    while (!numbers.empty() && from <= numbers.size()) {
      std::size_t const to = std::min(numbers.find(',', from), numbers.size());
      int number = 0;
      auto const read = std::from_chars(numbers.data() + from, numbers.data() + to, number);
      auto const item =
          read.ec == std::errc() && read.ptr == numbers.data() + to ? task_of_(number) : std::nullopt;
      if (item)
        items.push_back(*item);
      else
        fault("linked", "本方案没有序号为 " + numbers.substr(from, to - from) + " 的任务",
              "\"" + numbers.substr(from, to - from) + "\" is the number of no task of the plan");
      from = to + 1;
    }
    return items;
  }
};

Result<std::vector<std::pair<std::string, Cells>>> cells_of_csv(std::string_view text) {
  Result<std::vector<CsvRow>> const rows = read_csv(text);
  if (!rows) return tl::unexpected(rows.error());
  if (rows->empty())
    return refuse(Reason::Malformed, "", {"是空文件", "is empty; its first row names columns"});
  std::vector<Column const*> heads;
  std::vector<Fault> faults;
  std::set<std::string_view> seen;
  for (std::string const& name : rows->front().cells) {
    Column const* const column = column_named(name);
    heads.push_back(column);
    bool const known = column || name.empty() ||
                       std::find(passed_over.begin(), passed_over.end(), name) != passed_over.end();
    if (!known)
      faults.push_back(
          {"row 1", {"没有“" + name + "”这一列", "\"" + name + "\" is not a column of the list"}});
    if (column && !seen.insert(column->field).second)
      faults.push_back({"row 1", {"“" + name + "”列出现两次", "the column \"" + name + "\" stands twice"}});
  }
  for (Column const& column : columns)
    if (column.required && !seen.contains(column.field))
      faults.push_back(
          {"row 1",
           {"缺少“" + std::string(column.zh) + "”列",
            "the column " + std::string(column.zh) + " (" + std::string(column.field) + ") is missing"}});
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  std::vector<std::pair<std::string, Cells>> found;
  for (std::size_t at = 1; at < rows->size(); ++at) {
    CsvRow const& row = (*rows)[at];
    Cells cells;
    for (std::size_t place = 0; place < std::min(heads.size(), row.cells.size()); ++place)
      if (heads[place]) cells[heads[place]->field] = row.cells[place];
    found.emplace_back("row " + std::to_string(row.line), std::move(cells));
  }
  return found;
}

Result<std::vector<std::pair<std::string, Cells>>> cells_of_json(std::string_view text) {
  Result<json::Json> const document = json::read(text, {16 << 20, 16});
  if (!document) return tl::unexpected(document.error());
  json::Fields top(*document, "");
  if (top.text("$schema") != "xiaohao-findings/1") top.fault("$schema", "must be xiaohao-findings/1");
  top.ignore("description");
  std::vector<std::pair<std::string, Cells>> found;
  std::vector<Fault> faults;
  std::size_t index = 0;
  for (json::Json const& entry : top.array("findings")) {
    std::string const place = "/findings/" + std::to_string(index++);
    json::Fields fields(entry, place);
    Cells cells;
    for (Column const& column : columns)
      if (column.required)
        cells[column.field] = fields.text(column.field);
      else
        cells[column.field] = fields.text_or(column.field, "");
    if (auto finished = fields.finish(); !finished)
      faults.insert(faults.end(), finished.error().faults.begin(), finished.error().faults.end());
    found.emplace_back(place, std::move(cells));
  }
  if (auto finished = top.finish(); !finished)
    faults.insert(faults.end(), finished.error().faults.begin(), finished.error().faults.end());
  if (!faults.empty()) return tl::unexpected(Refusal{Reason::Malformed, std::move(faults)});
  return found;
}

}  // namespace

Result<FindingList> read_finding_list(std::string_view text, PlanYear plan, Organisation const& organisation,
                                      TaskOf const& task_of) {
  std::size_t const first = text.find_first_not_of(" \t\r\n");
  bool const is_json = first != std::string_view::npos && text[first] == '{';
  auto const rows = is_json ? cells_of_json(text) : cells_of_csv(text);
  if (!rows) return tl::unexpected(rows.error());
  if (rows->size() > rows_max)
    return refuse(Reason::TooLarge, "", {"最多 10000 行", "has more than 10,000 findings"});
  FindingList list;
  for (auto const& [place, cells] : *rows)
    list.findings.push_back(Row(cells, place, plan, organisation, task_of, list.faults).read());
  return list;
}

std::string column_of(std::string_view pointer) {
  if (pointer.starts_with("/")) pointer.remove_prefix(1);
  Column const* const column = column_named(pointer.substr(0, pointer.find('/')));
  return column ? std::string(column->zh) : std::string(pointer);
}

}  // namespace xiaohao::workflows
