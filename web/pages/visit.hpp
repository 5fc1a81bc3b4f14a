#pragma once

// One look at one page: who is looking, in which language, at which plan.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/application.hpp"
#include "web/pages/html.hpp"

namespace xiaohao::web::pages {

/// Picks the language of a sentence whose two forms stand beside each other in the code: `t("通知",
/// "Notices")`.
class Say {
 public:
  explicit Say(Language language) : language_(language) {}
  std::string_view operator()(std::string_view zh, std::string_view en) const {
    return language_ == Language::Chinese ? zh : en;
  }
  std::string const& operator()(Text const& text) const { return in(language_, text); }
  std::string const& operator()(Text&&) const = delete;  // it would outlive its text
  bool english() const { return language_ == Language::English; }
  Language language() const { return language_; }

 private:
  Language language_;
};

/// Something that the page before wants to be said on the next one.
struct Flash {
  bool is_error = false;
  std::string text;
};

struct Visit {
  Visit(Application& application, Request const& request);

  Application& application;
  Request const& request;
  Say t;
  std::shared_ptr<Organisation const> organisation;
  Participant const* me = nullptr;  ///< null: nobody is signed in, or the account belongs to nobody

  bool is(Role role) const { return me && me->has(role); }
  bool may(std::string_view event) const;  ///< what is about no single item: `rehearse`, `silence` …
  bool may_administer(std::string_view what) const;  ///< `units.change`, `people.change`
  std::string_view csrf_token() const;
  /// The plan of this year, or the latest before it, or the first to come; null when there is none.
  std::shared_ptr<decision::Board const> board() const;
  std::string unit_name(UnitId const& unit) const;
  std::optional<Flash> flash() const;
};

/// 303 to `path`, where `text` is shown once. Kept in a cookie, so that it needs no script and no state here.
Response see_other_with(std::string path, Flash const& flash);

/// The path and query of this request, as a link gives it, with some parameters set or (empty) taken out.
std::string address_with(Request const& request,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> changes);

}  // namespace xiaohao::web::pages
