#include "web/pages/item/event_form.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "web/pages/item/history.hpp"
#include "web/pages/item/sections.hpp"
#include "web/pages/layout.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using decision::Field;
using decision::FieldType;
using Form = std::map<std::string, std::string>;

std::string text_in(Form const& form, std::string const& name) {
  auto const found = form.find(name);
  return found == form.end() ? std::string{} : found->second;
}

nlohmann::json number_or_text(std::string const& text) {
  auto const number = whole_number(text);
  return number ? nlohmann::json(*number) : nlohmann::json(text);
}

std::string indicator_field(std::size_t index) { return "indicators." + std::to_string(index); }
std::string evidence_field(Sha256Hex const& sha256) { return "evidence." + sha256.value(); }

/// What is wrong with a field: faults whose pointer begins with its name.
Html faults_of(Say const& t, Attempt const* attempt, std::string const& field) {
  if (!attempt) return {};
  std::string const pointer = "/" + field;
  Html lines;
  for (Fault const& fault : attempt->refusal.faults)
    if (fault.pointer == pointer || fault.pointer.starts_with(pointer + "/"))
      lines += p(cls("fault"), attr("role", "alert"), t(fault.detail));
  return lines;
}

/// Faults that belong to no field of the form.
Html other_faults(Say const& t, Attempt const* attempt, std::vector<Field> const& fields) {
  if (!attempt) return {};
  Html lines;
  for (Fault const& fault : attempt->refusal.faults) {
    bool const placed = std::any_of(fields.begin(), fields.end(), [&](Field const& field) {
      return fault.pointer == "/" + field.name || fault.pointer.starts_with("/" + field.name + "/");
    });
    if (!placed) lines += p(cls("fault"), attr("role", "alert"), t(fault.detail));
  }
  return lines;
}

/// The fields of one event's form. Ids carry the event and the item, since a page may hold many forms.
class Fields {
 public:
  Fields(ItemView const& view, PossibleAction const& action, Attempt const* attempt)
      : view_(view), t_(view.t()), action_(action), attempt_(attempt) {}

  Html all() const {
    return each(action_.fields, [&](Field const& field) { return one(field); });
  }

 private:
  ItemView const& view_;
  Say const& t_;
  PossibleAction const& action_;
  Attempt const* attempt_;

  std::string id_of(std::string const& name) const {
    return "field-" + std::to_string(view_.item.id().value()) + "-" + action_.type + "-" + name;
  }
  bool has(std::string_view name) const {
    return std::any_of(action_.fields.begin(), action_.fields.end(),
                       [&](Field const& field) { return field.name == name; });
  }
  std::string typed(std::string const& name, std::string otherwise = "") const {
    return attempt_ ? text_in(attempt_->form, name) : std::move(otherwise);
  }

  Html frame(Field const& field, Html const& control, std::string_view hint) const {
    std::string const element_id = id_of(field.name);
    return div(cls("field"),
               label(attr("for", element_id), t_(field.label),
                     when(!field.required, [&] { return small(t_("（可不填）", " (optional)")); })),
               when(!hint.empty(), [&] { return small(cls("hint"), hint); }),
               faults_of(t_, attempt_, field.name), control);
  }

  Html one(Field const& field) const {
    std::string const element_id = id_of(field.name);
    switch (field.type) {
      case FieldType::Percent:
        return frame(field,
                     input(type("number"), cls("percent"), id(element_id), name(field.name), attr("min", 0),
                           attr("max", 100), attr("inputmode", "numeric"),
                           value(typed(field.name, std::to_string(view_.item.status.progress / 100))),
                           flag("required", field.required)),
                     {});
      case FieldType::Text:
        if (field.name == "phrase")
          return frame(
              field,
              input(id(element_id), name(field.name), value(typed(field.name)),
                    attr("placeholder", t_("如：10月底、11月15日前", "as 10月底")), attr("maxlength", 100)),
              t_("不选日期时，可写计划中的时限用语", "Instead of a date, the words of a plan"));
        return frame(field,
                     textarea(id(element_id), name(field.name), attr("rows", 3), attr("maxlength", 1300),
                              flag("required", field.required), typed(field.name)),
                     {});
      case FieldType::Date: {
        auto const& due = view_.item.status.due;
        std::string const hint =
            due ? std::string(t_("现时限 ", "Due now: ")) + day(t_, *due, view_.year()) : "";
        bool const in_words = has("phrase");  // instead, or as well
        Date const earliest =
            field.required && due ? add_days(*due, 1) : local_date(view_.visit.application.engine.now());
        return frame(field,
                     input(type("date"), id(element_id), name(field.name), value(typed(field.name)),
                           attr("min", to_string(earliest)), flag("required", field.required && !in_words)),
                     hint);
      }
      case FieldType::Sha256List:
        return evidence(field);
      case FieldType::Indicators:
        return indicators(field);
      case FieldType::Unit:
        return frame(field, units(field, element_id), {});
      case FieldType::Sha256:
        return frame(field,
                     input(id(element_id), name(field.name), value(typed(field.name)),
                           flag("required", field.required)),
                     {});
      case FieldType::Bytes:
      case FieldType::Count:
        break;
    }
    return frame(field,
                 input(type("number"), id(element_id), name(field.name), value(typed(field.name)),
                       flag("required", field.required)),
                 {});
  }

  /// Every unit but the one that has the item.
  Html units(Field const& field, std::string const& element_id) const {
    auto const organisation = view_.visit.application.boards.organisation();
    std::string const chosen = typed(field.name);
    Html options = option(value(""), t_("请选择单位", "Choose a unit"));
    for (auto const& [unit_id, unit] : organisation->units)
      if (view_.item.definition.unit != unit_id)
        options += option(value(unit_id.value()), flag("selected", unit_id.value() == chosen), unit.name);
    return select(id(element_id), name(field.name), flag("required", field.required), options);
  }

  /// All that counts is relied on unless it is taken out.
  Html evidence(Field const& field) const {
    auto const pieces = view_.counting_evidence();
    if (pieces.empty()) return {};
    return fieldset(cls("field choices"), legend(t_(field.label)), faults_of(t_, attempt_, field.name),
                    each(pieces, [&](Evidence const* piece) {
                      std::string const name_ = evidence_field(piece->sha256);
                      bool const chosen = !attempt_ || attempt_->form.contains(name_);
                      return label(
                          cls("choice"),
                          input(type("checkbox"), name(name_), value("yes"), flag("checked", chosen)), " ",
                          piece->name);
                    }));
  }

  Html indicators(Field const& field) const {
    auto const& known = view_.item.definition.indicators;
    if (known.empty()) return {};
    Html lines;
    for (std::size_t index = 0; index < known.size(); ++index) {
      std::string const name_ = indicator_field(index), element_id = id_of(name_);
      lines += div(cls("field"),
                   label(attr("for", element_id), known[index].name, small(t_("（可不填）", " (optional)"))),
                   small(cls("hint"), known[index].text),
                   input(type("number"), cls("percent"), id(element_id), name(name_), value(typed(name_)),
                         attr("inputmode", "numeric")),
                   " ", known[index].unit);
    }
    return group(faults_of(t_, attempt_, field.name), lines);
  }
};

bool is_grave(std::string_view type) {
  return type == "cancel" || type.ends_with(".reopen") || type.ends_with(".reject") ||
         type.ends_with("return");
}

std::string events_path(ItemView const& view) { return item_path(view.item.id()) + "/events"; }

Html hidden(std::string_view name_, std::string_view text) {
  return input(type("hidden"), name(name_), value(text));
}

Html hidden_fields(ItemView const& view, std::string_view type_, std::string_view back) {
  return group(hidden("type", type_), hidden("version", std::to_string(view.item.status.version)),
               when(!back.empty(), [&] { return hidden("back", back); }));
}

/// What the event asks for, in one line: 需要：进展情况、进度.
std::string needs_of(Say const& t, PossibleAction const& action) {
  std::vector<std::string> needs;
  for (Field const& field : action.fields)
    if (field.required) needs.push_back(t(field.label));
  return listed(t, needs);
}

/// For whoever applies, so that he explains it, and for whoever decides on the application.
Html what_is_unfinished(ItemView const& view, PossibleAction const& action) {
  static constexpr std::string_view about_close_out[]{"closeout.apply", "closeout.approve",
                                                      "closeout.verify"};
  bool const asked = std::find(std::begin(about_close_out), std::end(about_close_out), action.type) !=
                     std::end(about_close_out);
  if (!asked || view.unfinished.empty()) return {};
  Say const& t = view.t();
  return div(
      cls("message warning"),
      p(action.type == "closeout.apply"
            ? t("以下尚未完成，请在“完成情况”中说明：", "Not finished yet; explain it in the summary:")
            : t("以下尚未完成，请看申请中的说明：", "Not finished; see what the application says of it:")),
      ul(each(view.unfinished, [&](Text const& one) { return li(t(one)); })));
}

Html blocked(ItemView const& view, PossibleAction const& action) {
  Say const& t = view.t();
  return div(cls("action blocked"), button(type("button"), flag("disabled"), t(action.label)),
             ul(cls("reasons"), each(action.blocked_by, [&](Text const& reason) { return li(t(reason)); })),
             what_is_unfinished(view, action));
}

}  // namespace

nlohmann::json payload_of(Form const& form, std::vector<Field> const& fields,
                          ItemDefinition const& definition) {
  nlohmann::json payload = nlohmann::json::object();
  for (Field const& field : fields) {
    std::string const typed = text_in(form, field.name);
    switch (field.type) {
      case FieldType::Sha256List: {
        nlohmann::json chosen = nlohmann::json::array();
        std::string const prefix = field.name + ".";
        for (auto entry = form.lower_bound(prefix); entry != form.end() && entry->first.starts_with(prefix);
             ++entry)
          chosen.push_back(entry->first.substr(prefix.size()));
        if (!chosen.empty()) payload[field.name] = std::move(chosen);
        break;
      }
      case FieldType::Indicators: {
        nlohmann::json values = nlohmann::json::object();
        for (std::size_t index = 0; index < definition.indicators.size(); ++index)
          if (std::string const value = text_in(form, indicator_field(index)); !value.empty())
            values[definition.indicators[index].name] = number_or_text(value);
        if (!values.empty()) payload[field.name] = std::move(values);
        break;
      }
      case FieldType::Percent:
      case FieldType::Bytes:
      case FieldType::Count:
        if (!typed.empty()) payload[field.name] = number_or_text(typed);
        break;
      case FieldType::Text:
      case FieldType::Date:
      case FieldType::Unit:
      case FieldType::Sha256:
        if (!typed.empty()) payload[field.name] = typed;
        break;
    }
  }
  if (std::string const note = text_in(form, "note"); !note.empty()) payload["note"] = note;
  return payload;
}

Html event_button(ItemView const& view, std::string_view type_, std::string_view words, Form const& values,
                  std::string_view classes, std::string_view back) {
  return post_form(view.visit, events_path(view), cls("one-press"), hidden_fields(view, type_, back),
                   each(values, [](auto const& entry) { return hidden(entry.first, entry.second); }),
                   button(type("submit"), cls(classes), words));
}

Html event_form(ItemView const& view, PossibleAction const& action, FormShape shape, Attempt const* attempt,
                std::string_view back) {
  Say const& t = view.t();
  if (attempt && attempt->type != action.type) attempt = nullptr;
  if (!action.blocked_by.empty() && !attempt) return blocked(view, action);
  std::string_view const classes = is_grave(action.type) ? "danger" : "primary";
  if (action.fields.empty() && !attempt)
    return div(cls("action"), event_button(view, action.type, t(action.label), {}, classes, back));
  Html const form_ = post_form(
      view.visit, events_path(view), hidden_fields(view, action.type, back), what_is_unfinished(view, action),
      when(action.type.starts_with("reinspect."), [&] { return verified_by(view); }),
      other_faults(t, attempt, action.fields), Fields(view, action, attempt).all(),
      div(cls("buttons"),
          button(type("submit"), cls(classes),
                 action.type == "cancel"
                     ? data("confirm", t("终止后不能恢复，确定吗？", "This cannot be undone. Cancel it?"))
                     : flag("data-confirm", false),
                 t(action.label))));
  std::string const element_id = "action-" + std::to_string(view.item.id().value()) + "-" + action.type;
  if (shape == FormShape::Open && !attempt)
    return div(cls("action open"), id(element_id), h3(t(action.label)), form_);
  std::string const needs = needs_of(t, action);
  return details(
      cls("action"), id(element_id), flag("open", attempt != nullptr || shape == FormShape::Open),
      summary(t(action.label), when(!needs.empty(), [&] { return small(t("需要：", "needs "), needs); })),
      form_);
}

Html typed_words(Say const& t, Attempt const& attempt) {
  Html lines;
  for (char const* field : {"summary", "text", "reason", "note"})
    if (std::string const words = text_in(attempt.form, field); !words.empty())
      lines += element("blockquote", {words});
  if (lines.empty()) return {};
  return group(
      p(t("您填写的内容没有提交，留在这里供您复制：", "What you wrote was not sent; copy it from here:")),
      lines);
}

}  // namespace xiaohao::web::pages
