// The part of `Identity` that sets up and takes away one-time codes, each change with its journal entry.

#include "engine/identity/sign_in_attempt.hpp"
#include "engine/identity/totp.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::identity {
namespace {

constexpr char const* issuer = "销号台 Xiaohao";

nlohmann::json about(Username const& username) { return {{"username", username.value()}}; }

CodeSetup setup_of(OneTimeCodes const& codes) {
  return {provisioning_uri(Totp{codes.secret}, issuer, codes.username.value()), base32(codes.secret)};
}

}  // namespace

bool Identity::has_one_time_codes(Username const& username) const {
  auto const codes = store_.read()->one_time_codes(username);
  return codes && codes->since;
}

std::optional<CodeSetup> Identity::begun_one_time_codes(Username const& username) const {
  auto const codes = store_.read()->one_time_codes(username);
  return codes && !codes->since ? std::optional(setup_of(*codes)) : std::nullopt;
}

Result<CodeSetup> Identity::begin_one_time_codes(Username const& username) {
  OneTimeCodes const begun{username, new_totp_secret(), std::nullopt, 0};
  Result<void> const written = change([&](store::Transaction& transaction) -> Result<void> {
    if (!transaction.account(username))
      return refuse(Reason::NotFound, "/username", {"没有这个账号", "there is no such account"});
    if (auto const codes = transaction.one_time_codes(username); codes && codes->since)
      return refuse(Reason::NotPossible, "",
                    {"动态口令已启用；要换手机，请先停用", "one-time codes are in use; remove them first"});
    transaction.put_one_time_codes(begun);
    return {};
  });
  if (!written) return tl::unexpected(written.error());
  return setup_of(begun);
}

Result<void> Identity::confirm_one_time_codes(Username const& username, std::string const& code,
                                              std::string const& address, Authority const& authority) {
  auto const attempt = begin_attempt(username.value(), address);
  if (!attempt) return tl::unexpected(attempt.error().refusal);
  return change([&](store::Transaction& transaction) -> Result<void> {
    std::optional<OneTimeCodes> codes = transaction.one_time_codes(username);
    if (!codes || codes->since)
      return refuse(Reason::NotPossible, "",
                    {"请先开始设置动态口令", "begin to set up one-time codes first"});
    auto const step = accepted_step(Totp{codes->secret}, code, clock_.now(), std::nullopt);
    if (!step)
      return refuse(
          Reason::Malformed, "/code",
          {"动态口令不正确；请核对手机时间，输入现在显示的六位数字",
           "this is not the code of now; check the phone's clock and give the six digits that it shows"});
    codes->since = clock_.now();
    codes->last_step = *step;
    transaction.put_one_time_codes(*codes);
    take_back(transaction, *attempt);
    record(transaction, authority, "account.codes_set_up", about(username));
    return {};
  });
}

Result<void> Identity::remove_one_time_codes(Username const& username, Authority const& authority) {
  return change([&](store::Transaction& transaction) -> Result<void> {
    auto const codes = transaction.one_time_codes(username);
    if (!codes || !codes->since)
      return refuse(Reason::NotFound, "/username",
                    {username.value() + " 没有启用动态口令", username.value() + " has no one-time codes"});
    transaction.delete_one_time_codes(username);
    transaction.delete_sessions_of(username);
    record(transaction, authority, "account.codes_removed", about(username));
    return {};
  });
}

}  // namespace xiaohao::identity
