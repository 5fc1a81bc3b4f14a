#include "cli/user.hpp"

#include <ostream>

#include "cli/account_book.hpp"
#include "cli/arguments.hpp"
#include "cli/password_input.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao user add USERNAME --db URL --name NAME --role ROLE[,ROLE…] [--unit UNIT] [--email ADDRESS]\n"
    "xiaohao user password USERNAME --db URL\n"
    "xiaohao user disable|enable USERNAME --db URL\n"
    "xiaohao user forget-codes USERNAME --db URL\n"
    "xiaohao user list --db URL [--json]\n"
    "Who may sign in. A password is read from standard input: asked for on a terminal, else the first "
    "line.\n\n"
    "  --name, --role   of a new person; one whom the organisation knows already needs neither\n"
    "  --role           Leader, Coordinator, Head, Owner, Inspector; or, alone, one of SystemAdministrator,\n"
    "                   SecurityAdministrator, Auditor\n"
    "  --unit           id of the unit the person acts for; an Owner or Head needs one\n"
    "  --rules          which passwords will do: default (OWASP ASVS 5.0) or 等保三级\n\n"
    "A running server holds its database: stop it first. `list` reads beside it. Disabling ends the "
    "person's\n"
    "sessions and revokes their tokens. `forget-codes` is for someone who has lost the phone with the "
    "authenticator app:\n"
    "signing in asks for no one-time code until they are set up again.\n\n"
    "Example: printf '%s\\n' \"$PASSWORD\" | xiaohao user add zhangsan --db var/xiaohao.db --name 张三 "
    "--role "
    "Owner --unit zhujianju\n";

Grammar const grammar{{"--json", "--help"},
                      {"--db", "--name", "--role", "--unit", "--email", "--rules"},
                      0,
                      2,
                      "add, list, disable, enable, password or forget-codes"};

/// The person as the organisation knows them, changed to what the options say.
Result<Participant> read_participant(Arguments const& arguments, Username const& username,
                                     Organisation const& organisation) {
  Participant const* known = organisation.participant(username);
  Participant person = known ? *known : Participant{username, "", std::nullopt, {}, "", true};
  person.active = true;
  if (auto const name = arguments.option("--name")) person.name = *name;
  if (auto const unit = arguments.option("--unit")) person.unit = UnitId{*unit};
  if (auto const email = arguments.option("--email")) person.email = *email;
  if (auto const text = arguments.option("--role")) {
    Result<std::vector<Role>> roles = roles_in(*text);
    if (!roles) return tl::unexpected(roles.error());
    person.roles = std::move(*roles);
  }
  return person;
}

/// Everything but `list`: opens the database for itself, and changes one account.
Result<void> change(std::string const& verb, Username const& username, Arguments const& arguments,
                    std::istream& in, std::ostream& err) {
  auto const book =
      AccountBook::open(*arguments.option("--db"), arguments.option("--rules").value_or("default"));
  if (!book) return tl::unexpected(book.error());
  identity::Identity& identity = (*book)->identity();
  identity::Authority const authority = (*book)->authority();
  if (verb == "disable") return identity.disable(username, authority);
  if (verb == "enable") return identity.enable(username, authority);
  if (verb == "forget-codes") return identity.remove_one_time_codes(username, authority);
  Result<Participant> const person =
      verb == "add" ? read_participant(arguments, username, (*book)->organisation())
                    : Result<Participant>(Participant{username, "", std::nullopt, {}, "", true});
  if (!person) return tl::unexpected(person.error());
  Result<std::string> const password = read_password(in, err, "password for " + username.value());
  if (!password) return tl::unexpected(password.error());
  return verb == "add" ? identity.add_account(*person, *password, authority)
                       : identity.set_password(username, *password, authority);
}

nlohmann::json to_json(Participant const& person, std::optional<identity::Account> const& account) {
  nlohmann::json roles = nlohmann::json::array();
  for (Role const role : person.roles) roles.push_back(to_string(role));
  return {{"username", person.username.value()},
          {"name", person.name},
          {"unit", person.unit ? nlohmann::json(person.unit->value()) : nlohmann::json(nullptr)},
          {"roles", std::move(roles)},
          {"email", person.email},
          {"active", person.active},
          {"account", !account            ? nlohmann::json(nullptr)
                      : account->disabled ? nlohmann::json("disabled")
                                          : nlohmann::json("enabled")},
          {"password_changed_at",
           account ? nlohmann::json(to_string(account->changed_at)) : nlohmann::json(nullptr)}};
}

void print(std::ostream& out, Participant const& person, std::optional<identity::Account> const& account) {
  out << person.username.value() << "\t" << person.name << "\t" << (person.unit ? person.unit->value() : "-")
      << "\t";
  for (std::size_t at = 0; at < person.roles.size(); ++at)
    out << (at ? "," : "") << to_string(person.roles[at]);
  out << "\t"
      << (!person.active      ? "left"
          : !account          ? "no account"
          : account->disabled ? "disabled"
                              : "enabled")
      << "\n";
}

Result<void> list(Arguments const& arguments, std::ostream& out) {
  auto const reader = read_accounts(*arguments.option("--db"));
  if (!reader) return tl::unexpected(reader.error());
  Organisation const organisation = (*reader)->organisation();
  nlohmann::json items = nlohmann::json::array();
  for (auto const& [username, person] : organisation.participants) {
    auto const account = (*reader)->account(username);
    if (arguments.has("--json"))
      items.push_back(to_json(person, account));
    else
      print(out, person, account);
  }
  if (arguments.has("--json")) out << nlohmann::json{{"items", std::move(items)}}.dump() << "\n";
  return {};
}

}  // namespace

int user_command(std::vector<std::string> const& arguments, std::istream& in, std::ostream& out,
                 std::ostream& err) {
  auto const read = Arguments::read(arguments, grammar);
  if (!read) return report(err, "user", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  auto const usage = [&](std::string const& where, std::string const& detail) {
    return report(err, where, Refusal{Reason::Malformed, {{"", {detail, detail}}}});
  };
  std::string const verb = read->words().empty() ? "" : read->words()[0];
  bool const lists = verb == "list";
  if (!lists && verb != "add" && verb != "disable" && verb != "enable" && verb != "password" &&
      verb != "forget-codes")
    return usage("user", (verb.empty() ? "nothing to do" : "\"" + verb + "\" is not known here") +
                             std::string("; it is add, list, disable, enable, password or forget-codes"));
  std::string const where = "user " + verb;
  if (!read->option("--db"))
    return usage(where, "--db is missing; give the database, such as --db var/xiaohao.db");
  if (lists != (read->words().size() == 1))
    return usage(where, lists ? "list takes no user name; see --help" : "USERNAME is missing; see --help");
  if (verb != "add")
    for (char const* option : {"--name", "--role", "--unit", "--email"})
      if (read->option(option)) return usage(where, std::string(option) + " belongs to user add; see --help");
  Result<void> const done =
      lists ? list(*read, out) : change(verb, Username{read->words()[1]}, *read, in, err);
  return done ? exit_done : report(err, where, in_options(done.error()));
}

}  // namespace xiaohao::cli
