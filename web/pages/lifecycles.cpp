// The procedures that items run, drawn from the files they run by.

#include "engine/json/document.hpp"
#include "web/lifecycle/labels.hpp"
#include "web/pages/lifecycle_picture.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;
using statechart::Definition;

std::string path_of(std::string const& name) { return "/lifecycles/" + name; }

std::string title_of(Say const& t, Definition const& definition) {
  return in(t.language(), lifecycle::label_of(definition.state(0)));
}

/// What kinds of items begin it now.
std::string kinds_of(Say const& t, decision::Rules const& rules, std::string const& name) {
  std::vector<std::string> kinds;
  for (auto const& [kind, lifecycle] : rules.lifecycle_of)
    if (lifecycle == name) kinds.emplace_back(kind_name(t, kind));
  return listed(t, kinds);
}

Result<Response> list(Visit const& visit) {
  Say const& t = visit.t;
  decision::Rules const& rules = visit.application.engine.rules();
  Html const rows = each(rules.lifecycles, [&](auto const& entry) {
    auto const& [name, definition] = entry;
    std::string const kinds = kinds_of(t, rules, name);
    return li(a(href(path_of(name)), title_of(t, definition)), " ", small(name),
              when(!kinds.empty(), [&] { return group(" · ", t("用于：", "for: "), kinds); }));
  });
  return page(
      visit, {.title = {"办理流程", "Lifecycles"}, .section = ""},
      article(cls("prose"), h1(t("办理流程", "Lifecycles")),
              p(t("每类事项从下达到销号按哪些步骤走。流程是数据文件，图和程序读的是同一份。",
                  "The steps from issue to close-out. The picture is drawn from the file that runs.")),
              ul(rows)));
}

Result<Response> one(Visit const& visit) {
  Say const& t = visit.t;
  decision::Rules const& rules = visit.application.engine.rules();
  auto const& parameters = visit.request.path_parameters;
  std::string const& wanted = parameters.at("name");
  auto const version = parameters.find("version");
  std::string name;
  // Without a version, the latest: names with the same prefix stand in order.
  for (auto const& [known, definition] : rules.lifecycles)
    if (version == parameters.end() ? known.substr(0, known.find('/')) == wanted
                                    : known == wanted + "/" + version->second)
      name = known;
  Definition const* const definition = rules.lifecycle(name);
  if (!definition) return refuse(Reason::NotFound, "", {"没有这个流程", "there is no such lifecycle"});
  std::string const kinds = kinds_of(t, rules, name);
  return page(visit, {.title = lifecycle::label_of(definition->state(0)), .section = "", .wide = true},
              group(p(cls("crumbs"), a(href("/lifecycles"), t("办理流程", "Lifecycles"))),
                    h1(title_of(t, *definition), t(" 办理流程", ": lifecycle")),
                    p(cls("hint"), name,
                      when(!kinds.empty(), [&] { return group(" · ", t("用于：", "for: "), kinds); })),
                    div(cls("sheet"), lifecycle_picture(t, *definition, nullptr, "lifecycle"))));
}

}  // namespace

void add_lifecycle_pages(Router& router, Application& application) {
  add_page(router, application, "/lifecycles", list);
  add_page(router, application, "/lifecycles/{name}", one);
  add_page(router, application, "/lifecycles/{name}/{version}", one);
}

}  // namespace xiaohao::web::pages
