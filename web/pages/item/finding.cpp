// What an item's page shows of a finding: where it comes from, its like at other units, whether it is back.

#include "engine/findings.hpp"
#include "web/findings.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/layout.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

constexpr std::size_t similar_shown = 5;

/// The finding with those around it, and what the visitor may do about it.
class Section {
 public:
  Section(ItemView const& view, Finding const& finding)
      : view_(view),
        t_(view.t()),
        finding_(finding),
        reader_(view.visit.application.engine.store().read()),
        others_(reader_->findings(finding.plan)),
        path_("/findings/" + std::to_string(finding.item.value())) {}

  Html all() const {
    return section(cls("sheet facts"), id("finding"), h2(t_("问题", "The finding")), relapse(), words(),
                   facts(), self_checks(), group_members(), suggestions(), push_form());
  }

 private:
  ItemView const& view_;
  Say const& t_;
  Finding const& finding_;
  std::shared_ptr<store::Reader const> reader_;
  std::vector<Finding> others_;
  std::string path_;

  Html link_to(ItemId id) const {
    auto const item = reader_->item(id);
    if (!item) return {};
    auto const& unit = item->definition.unit;
    return group(item_link(*item), " ",
                 when(unit.has_value(), [&] { return span(cls("hint"), view_.visit.unit_name(*unit)); }), " ",
                 span(cls("tag"), state_name(t_, view_.visit.application.engine.rules(), item->status)));
  }

  static Html fact(std::string_view term, Html const& description) {
    return when(!description.empty(), [&] { return group(dt(term), dd(description)); });
  }
  Html long_words(std::string_view term, std::string const& text) const {
    return fact(term, when(!text.empty(), [&] { return p(cls("content"), text); }));
  }

  Html relapse() const {
    Html lines;
    if (finding_.relapse_of)
      lines += p(strong(t_("反弹：", "A relapse: ")), t_("同类问题曾经销号 ", "this was closed before, as "),
                 link_to(*finding_.relapse_of));
    for (Finding const& other : others_)
      if (other.relapse_of == finding_.item)
        lines += p(strong(t_("销号后反弹：", "It is back: ")), link_to(other.item));
    return lines.empty() ? Html{} : div(cls("message warning"), lines);
  }

  Html words() const {
    return dl(
        long_words(t_("问题描述", "Problem"), problem_of(*reader_, finding_)),
        long_words(finding_.is_self_check() ? t_("自查要求", "What to look for") : t_("整改目标", "Goal"),
                   finding_.goal),
        long_words(t_("整改措施", "Measures"), finding_.measures));
  }

  Html facts() const {
    Html linked;
    for (ItemId const& id : finding_.linked)
      if (auto const item = reader_->item(id)) linked += li(item->definition.number, " ", item_link(*item));
    return dl(
        fact(t_("来源", "Source"),
             group(span(finding_.source),
                   when(!finding_.reference.empty(), [&] { return small(" ", finding_.reference); }),
                   when(finding_.fed_back.has_value(),
                        [&] { return small(" ", day_mark(t_, *finding_.fed_back, view_.year())); }))),
        fact(t_("类别", "Kind"),
             group(span(in(t_.language(), rectification_name(finding_.rectification))),
                   span(cls("tag"), finding_.common ? t_("共性", "common") : t_("个性", "single")))),
        fact(t_("责任人", "Person"), when(finding_.person.has_value(),
                                          [&] { return span(person_name(view_.visit, *finding_.person)); })),
        fact(t_("关联任务", "Tasks"), when(!linked.empty(), [&] { return ul(cls("plain"), linked); })),
        fact(t_("自查自", "Self-check for"),
             when(finding_.checks.has_value(), [&] { return link_to(*finding_.checks); })),
        fact(t_("深化于", "Deepened in"),
             when(!finding_.deepened.empty(), [&] { return span(listed(t_, finding_.deepened)); })),
        fact(t_("回头看于", "Looked at again in"),
             when(!finding_.rechecked.empty(), [&] { return span(listed(t_, finding_.rechecked)); })),
        fact(t_("登记", "Registered"), group(span(person_name(view_.visit, finding_.registered_by)), " ",
                                             span(moment(t_, finding_.registered_at)))));
  }

  Html self_checks() const {
    Html lines;
    for (Finding const& other : others_)
      if (other.checks == finding_.item) lines += li(link_to(other.item));
    return lines.empty() ? Html{} : group(h3(t_("举一反三自查", "Self-checks")), ul(cls("plain"), lines));
  }

  Html group_members() const {
    if (!finding_.similar) return {};
    Html lines;
    for (Finding const& other : others_)
      if (other.similar == finding_.similar && other.item != finding_.item) lines += li(link_to(other.item));
    return group(h3(t_("同类问题", "Similar problems")), ul(cls("plain"), lines),
                 when(view_.visit.may("finding.group"), [&] {
                   return post_form(
                       view_.visit, path_ + "/group", cls("one-press"),
                       button(type("submit"), cls("quiet"), t_("移出本组", "Take it out of the group")));
                 }));
  }

  /// By the likeness of the words, with the words; a person decides.
  Html suggestions() const {
    if (!view_.visit.may("finding.group")) return {};
    Html lines;
    for (SimilarFinding const& each_ : similar_findings(*reader_, finding_, similar_shown))
      lines += li(
          link_to(each_.finding.item), " ",
          small(cls("hint"), t_("相似 ", "alike "), each_.percent, "%",
                when(!each_.shared.empty(), [&] { return group(t_("：", ": "), listed(t_, each_.shared)); })),
          " ",
          post_form(view_.visit, path_ + "/group", cls("one-press"),
                    input(type("hidden"), name("with"), value(std::to_string(each_.finding.item.value()))),
                    button(type("submit"), cls("quiet"), t_("归为同类", "Group them"))));
    return lines.empty() ? Html{}
                         : group(h3(t_("可能同类", "May be similar")),
                                 p(cls("hint"), t_("按题目和描述中相同的双字比例提示，由人决定。",
                                                   "By the share of character pairs that titles and problems "
                                                   "have in common; a person decides.")),
                                 ul(cls("plain"), lines));
  }

  Html push_form() const {
    if (!view_.visit.may("finding.push") || finding_.is_self_check()) return {};
    auto const units = [&](std::string_view kind) {
      return each(view_.visit.organisation->units, [&](auto const& entry) {
        bool const sister = entry.second.kind == kind && entry.first != view_.item.definition.unit;
        return when(sister, [&] {
          return label(cls("choice"),
                       input(type("checkbox"), name("unit." + entry.first.value()), value("yes")), " ",
                       entry.second.name);
        });
      });
    };
    return details(
        cls("action"), summary(t_("举一反三：推送自查", "Send a self-check to sister units")),
        post_form(
            view_.visit, path_ + "/self-checks", cls("stacked"),
            fieldset(legend(t_("县直单位", "Agencies")), div(cls("choices many"), units("agency"))),
            fieldset(legend(t_("乡（镇、场）", "Townships")), div(cls("choices many"), units("township"))),
            label(span(t_("自查时限", "Deadline")),
                  input(name("deadline"), flag("required"), attr("maxlength", 80),
                        attr("placeholder", t_("如：15日内、6月底", "such as 6月底")))),
            label(span(t_("自查要求", "What to look for")),
                  textarea(name("text"), flag("required"), attr("rows", 3), attr("maxlength", 1300))),
            button(type("submit"), cls("primary"), t_("推送", "Send"))));
  }
};

}  // namespace

Html finding_section(ItemView const& view) {
  if (!view.shows_history || view.item.definition.kind != ItemKind::Finding) return {};
  auto const finding = view.visit.application.engine.store().read()->finding(view.item.id());
  return finding ? Section(view, *finding).all() : Html{};
}

}  // namespace xiaohao::web::pages
