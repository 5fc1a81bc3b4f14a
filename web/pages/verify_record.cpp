// /verify-record: whether a close-out record holds, found out in the browser without asking the server; and
// the same as one file to keep, /verify-record.html, for the day when there is no server.

#include "engine/journal/base64.hpp"
#include "engine/journal/merkle.hpp"
#include "web/pages/pages.hpp"
#include "web/pages/parts.hpp"
#include "web/ui/assets.hpp"

namespace xiaohao::web::pages {
namespace {

using namespace html;

/// What the script looks for: the form, and where the verdict goes.
Html check_form(Say const& t) {
  return group(
      form(id("record-check"), cls("record-check"),
           p(cls("field"),
             label(attr("for", "record-file"), t("销号档案（JSON 文件），可直接拖到本页",
                                                 "Close-out record (a JSON file); or drop it on this page")),
             input(type("file"), id("record-file"), attr("accept", ".json,application/json"))),
           p(cls("field"),
             label(attr("for", "record-key"),
                   t("另行取得的密钥指纹或公钥（可不填）",
                     "A key you have from elsewhere: its 64 digits, or PEM (optional)")),
             textarea(id("record-key"), attr("rows", std::int64_t{2}), attr("spellcheck", "false")))),
      section(id("record-verdict"), cls("record-verdict"), attr("aria-live", "polite"),
              attr("tabindex", "-1")));
}

Html explanation(Say const& t) {
  return p(t("核验全部在您的浏览器里完成，不联网，文件不会上传。",
             "Everything is checked in your browser, without the network; the file is not sent anywhere."));
}

Response verify_record_page(Visit const& visit) {
  Say const& t = visit.t;
  return page(visit, {.title = {"核验销号档案", "Verify a record"}, .section = ""},
              article(h1(t("核验销号档案", "Verify a close-out record")), explanation(t), check_form(t),
                      p(cls("no-print"), a(href("/verify-record.html"), flag("download"),
                                           t("下载本页，离线保存使用",
                                             "Keep this page as one file, for use without a server"))),
                      element("script", {src(asset_path("verify_record.js")), flag("defer")})));
}

std::string source_hash(std::string_view text) {
  return "'sha256-" + journal::to_base64(journal::sha256(text)) + "'";
}

/// One file without anything around it. Its policy allows its own script and style by their hashes, and no
/// network at all.
std::string page_in_one_file(Say const& t) {
  std::string const script = asset_text("verify_record.js"), style = asset_text("verify_record.css");
  std::string const policy = "default-src 'none'; script-src " + source_hash(script) + "; style-src " +
                             source_hash(style) + "; base-uri 'none'; form-action 'none'";
  Html const head = element(
      "head",
      {element("meta", {attr("charset", "utf-8")}),
       element("meta", {attr("http-equiv", "Content-Security-Policy"), attr("content", policy)}),
       element("meta", {name("viewport"), attr("content", "width=device-width, initial-scale=1")}),
       title(t("核验销号档案", "Verify a close-out record")), trusted("<style>" + style + "</style>")});
  Html const body = element(
      "body", {main(h1(t("核验销号档案", "Verify a close-out record")), explanation(t), check_form(t)),
               trusted("<script>" + script + "</script>")});
  return "<!doctype html>\n" + element("html", {attr("lang", t("zh-CN", "en")), head, body}).text() + "\n";
}

}  // namespace

void add_verify_record_pages(Router& router, Application& application) {
  router.add("GET", "/verify-record", Access::Anyone,
             [&application](std::shared_ptr<Request const> request, Respond respond) {
               respond(verify_record_page(Visit(application, *request)));
             });
  router.add("GET", "/verify-record.html", Access::Anyone,
             [](std::shared_ptr<Request const> request, Respond respond) {
               Response response =
                   text_response(200, "text/html; charset=utf-8", page_in_one_file(Say(request->language)));
               response.headers.emplace_back("Content-Disposition",
                                             "attachment; filename=\"verify-record.html\"");
               respond(std::move(response));
             });
}

}  // namespace xiaohao::web::pages
