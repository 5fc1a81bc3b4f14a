#include "cli/token.hpp"

#include <algorithm>
#include <ostream>

#include "cli/account_book.hpp"
#include "cli/arguments.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao token create USERNAME --db URL --name NAME [--scopes LIST] [--days N]\n"
    "xiaohao token revoke USERNAME --db URL --name NAME\n"
    "xiaohao token list [USERNAME] --db URL [--json]\n"
    "Personal access tokens: a script sends one as `Authorization: Bearer TOKEN` and may do what its owner "
    "may,\n"
    "within the token's scopes.\n\n"
    "  --name   what it is for; the name of one that is not revoked is not used twice\n"
    "  --scopes one or more, with commas: read (reads only; every other one reads as well), items (acts on "
    "items),\n"
    "           plan (papers, silences, groups, hand-overs), admin (units, people, accounts); all of them "
    "when "
    "not given\n"
    "  --days   how long it is valid, 1 to 366; 90 when not given\n\n"
    "`create` prints the token once; only its hash is kept. A running server holds its database: stop it "
    "first.\n"
    "`list` reads beside it.\n\n"
    "Example: xiaohao token create coordinator --db var/xiaohao.db --name \"nightly export\" "
    "--scopes read --days 30\n";

Grammar const grammar{
    {"--json", "--help"}, {"--db", "--name", "--scopes", "--days"}, 0, 2, "create, list or revoke"};

/// `read,items`.
Result<std::vector<identity::Scope>> read_scopes(std::string const& text) {
  std::vector<identity::Scope> scopes;
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t const end = std::min(text.find(',', begin), text.size());
    std::string const name = text.substr(begin, end - begin);
    auto const scope = identity::scope_named(name);
    if (!scope)
      return malformed("--scopes", "\"" + shown(name) + "\" is none; there are read, items, plan and admin");
    scopes.push_back(*scope);
    begin = end + 1;
  }
  return scopes;
}

Result<void> create(Username const& username, Arguments const& arguments, std::ostream& out,
                    std::ostream& err) {
  auto const days = whole_number(arguments.option("--days").value_or("90"), 1, 366);
  if (!days) return malformed("--days", days.error().first().detail.en);
  auto const scopes = read_scopes(arguments.option("--scopes").value_or("read,items,plan,admin"));
  if (!scopes) return tl::unexpected(scopes.error());
  auto const book = AccountBook::open(*arguments.option("--db"), "default");
  if (!book) return tl::unexpected(book.error());
  auto const made = (*book)->identity().create_token(username, *arguments.option("--name"), *scopes,
                                                     std::chrono::hours{24} * *days, (*book)->authority());
  if (!made) return tl::unexpected(made.error());
  out << made->token << "\n";
  err << "valid until " << to_string(*made->access_token.expires_at) << "; it is not shown again\n";
  return {};
}

Result<void> revoke(Username const& username, Arguments const& arguments) {
  auto const book = AccountBook::open(*arguments.option("--db"), "default");
  if (!book) return tl::unexpected(book.error());
  return (*book)->identity().revoke_token(username, *arguments.option("--name"), (*book)->authority());
}

std::string state_of(identity::AccessToken const& token, Instant now) {
  if (token.revoked) return "revoked";
  return token.expires_at && now >= *token.expires_at ? "expired" : "valid";
}

Result<void> list(std::optional<Username> const& username, Arguments const& arguments, std::ostream& out) {
  auto const reader = read_accounts(*arguments.option("--db"));
  if (!reader) return tl::unexpected(reader.error());
  if (username && !(*reader)->account(*username))
    return refuse(Reason::NotFound, "/username",
                  {"没有账号 " + username->value(), "there is no account " + username->value()});
  Instant const now = SystemClock().now();
  nlohmann::json items = nlohmann::json::array();
  for (identity::Account const& account : (*reader)->accounts()) {
    if (username && account.username != *username) continue;
    for (identity::AccessToken const& token : (*reader)->access_tokens(account.username)) {
      std::string const expires = token.expires_at ? to_string(*token.expires_at) : "";
      items.push_back({{"username", token.username.value()},
                       {"name", token.name},
                       {"created_at", to_string(token.created_at)},
                       {"expires_at", token.expires_at ? nlohmann::json(expires) : nlohmann::json(nullptr)},
                       {"scopes", token.scopes ? nlohmann::json(identity::text_of(*token.scopes))
                                               : nlohmann::json(nullptr)},
                       {"state", state_of(token, now)}});
      if (!arguments.has("--json"))
        out << token.username.value() << "\t" << token.name << "\t" << state_of(token, now) << "\t"
            << (expires.empty() ? "-" : expires) << "\t"
            << (token.scopes ? identity::text_of(*token.scopes) : "everything") << "\n";
    }
  }
  if (arguments.has("--json")) out << nlohmann::json{{"items", std::move(items)}}.dump() << "\n";
  return {};
}

}  // namespace

int token_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "token", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const usage = [&](std::string const& where, std::string const& detail) {
    return report(err, where, Refusal{Reason::Malformed, {{"", {detail, detail}}}});
  };
  std::string const verb = read->words().empty() ? "" : read->words()[0];
  if (verb != "create" && verb != "list" && verb != "revoke")
    return usage("token", (verb.empty() ? "nothing to do" : "\"" + verb + "\" is not known here") +
                              std::string("; it is create, list or revoke"));
  std::string const where = "token " + verb;
  if (!read->option("--db"))
    return usage(where, "--db is missing; give the database, such as --db var/xiaohao.db");
  std::optional<Username> const username =
      read->words().size() > 1 ? std::optional(Username{read->words()[1]}) : std::nullopt;
  if (verb != "list" && !username) return usage(where, "USERNAME is missing; see --help");
  if ((verb != "list") != read->option("--name").has_value())
    return usage(where, verb == "list" ? "--name does not belong here; see --help"
                                       : "--name is missing; say what the token is for");
  if (verb != "create" && read->option("--scopes"))
    return usage(where, "--scopes belongs to token create; see --help");
  Result<void> const done = verb == "list"     ? list(username, *read, out)
                            : verb == "create" ? create(*username, *read, out, err)
                                               : revoke(*username, *read);
  return done ? exit_done : report(err, where, in_options(done.error()));
}

}  // namespace xiaohao::cli
