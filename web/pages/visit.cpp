#include "web/pages/visit.hpp"

#include "web/http/target.hpp"

namespace xiaohao::web::pages {
namespace {

constexpr std::string_view flash_cookie_name = "xiaohao_flash";
constexpr std::size_t flash_bytes_max =
    900;  ///< as text; three times that when encoded, below a cookie's 4 KiB

/// At most `bytes_max` of `text`, cut between two characters.
std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

}  // namespace

Visit::Visit(Application& application_, Request const& request_)
    : application(application_),
      request(request_),
      t(request_.language),
      organisation(application_.boards.organisation()) {
  if (request.visitor) me = organisation->participant(request.visitor->username);
}

bool Visit::may(std::string_view event) const {
  return me && application.engine.rules().permissions.may_at_large(*me, event);
}

bool Visit::may_administer(std::string_view what) const {
  return me && application.engine.rules().permissions.may_administer(*me, what);
}

std::string_view Visit::csrf_token() const {
  return request.visitor ? std::string_view(request.visitor->csrf_token) : std::string_view{};
}

std::shared_ptr<decision::Board const> Visit::board() const {
  int const this_year = static_cast<int>(local_date(application.engine.now()).year());
  std::optional<PlanYear> chosen;
  for (PlanYear const year : application.boards.years()) {  // latest first
    chosen = year;
    if (year.value() <= this_year) break;
  }
  return chosen ? application.boards.current(*chosen) : nullptr;
}

std::string Visit::unit_name(UnitId const& unit) const {
  Unit const* const known = organisation->unit(unit);
  return known ? known->name : unit.value();
}

std::optional<Flash> Visit::flash() const {
  auto const cookie = request.cookie(flash_cookie_name);
  if (!cookie || cookie->size() < 2) return std::nullopt;
  auto const pairs = read_pairs(*cookie, 1);
  if (!pairs || pairs->empty()) return std::nullopt;
  auto const& [kind, text] = *pairs->begin();
  return Flash{kind == "e", text};
}

Response see_other_with(std::string path, Flash const& flash) {
  Response response = see_other(std::move(path));
  response.headers.emplace_back("Set-Cookie", std::string(flash_cookie_name) +
                                                  (flash.is_error ? "=e=" : "=i=") +
                                                  encode_component(cut(flash.text, flash_bytes_max)) +
                                                  "; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
  return response;
}

std::string address_with(Request const& request,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> changes) {
  std::map<std::string, std::string> query = request.query;
  for (auto const& [name, value] : changes) query[std::string(name)] = value;
  std::string address = request.path.empty() || request.path.front() != '/' ? "/" : "";
  // What was decoded is written encoded again, segment by segment.
  std::string_view rest = request.path;
  while (!rest.empty()) {
    auto const end = std::min(rest.find('/'), rest.size());
    address += encode_component(rest.substr(0, end));
    if (end < rest.size()) address += '/';
    rest = rest.substr(std::min(end + 1, rest.size()));
  }
  if (address.size() > 1 && address[1] == '/') address = "/";  // `//host` would lead elsewhere
  char separator = '?';
  for (auto const& [name, value] : query) {
    if (value.empty()) continue;
    address += separator + encode_component(name) + "=" + encode_component(value);
    separator = '&';
  }
  return address;
}

}  // namespace xiaohao::web::pages
