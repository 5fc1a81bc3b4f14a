// Who somebody is: accounts, signing in, sessions, tokens, links, an OpenID Connect provider's word.

import {of} from './of.mjs';

const identity = ['identity_test'];
const accounts = ['identity_test', 'cli_test:AccountsByCommand.*', 'server/accounts.test.mjs', 'server/attack_sessions.test.mjs'];
const provider = ['openid/openid.test.mjs'];
const links = ['identity_test:Invitations.*', 'server/set_up.test.mjs'];

export const checks_of_identity = [
  ...of('engine/identity/people.cpp', [...identity, 'cli_test:AccountsByCommand.*'], [
    ['if (⟦!is_username(participant.username.value())⟧)'],
    ['if (⟦is_no_person(participant.username.value())⟧)'],
    ['if (!character || ⟦is_invisible(*character)⟧ ||'],
    ['|| ⟦++characters > name_characters_max⟧)'],
    ['if (⟦participant.roles.empty()⟧)'],
    ['⟦if (auto const conflict = conflict_between(participant.roles)) fault("/roles", *conflict);⟧'],
    ['if (⟦acts_for_unit && !participant.unit⟧)'],
    ['if (⟦participant.unit && !organisation.unit(*participant.unit)⟧)'],
    ['if (⟦!participant.email.empty() && !is_email(participant.email)⟧)'],
  ]),
  ...of('engine/identity/identity.cpp', accounts, [
    ['std::max(⟦wait_after(of_account, settings_.of_account, settings_, now).value_or(wait)⟧,', 'wait'],
    ['⟦wait_after(of_address, settings_.of_address, settings_, now).value_or(wait)⟧);', 'wait'],
    ['if (⟦attempt.address_before⟧)'],
    ['attempt.account && ⟦!attempt.account->disabled⟧ &&', 'true'],
    ['participant && ⟦participant->active⟧ &&', 'true'],
    ['⟦!is_public⟧ &&', 'true'],
    ['if (!usable || ⟦!matches⟧)'],
    ['if (⟦expired(*account)⟧)'],
    ['if (⟦codes && codes->since⟧) {'],
    ['⟦used.last_step = accepted_step;⟧'],
    ['if (⟦!step⟧) return tl::unexpected(refusal_of(wrong_code()));'],
    ['if (⟦!prove(username.value(), password, *attempt)⟧)'],
    ['⟦transaction.delete_session(hash);⟧'],
    ['if (⟦!session || session->username != username⟧)', '!session'],
  ]),
  ...of('engine/identity/accounts.cpp', accounts, [
    ['check_password(password, settings_.passwords, false, words_about(participant));\n      ⟦!good⟧)'],
    ['check_password(password, settings_.passwords, has_codes, words_about(*participant));\n      ⟦!good⟧)'],
    ['if (⟦hasher_.matches(account->password_hash, password)⟧)'],
    ['⟦transaction.delete_sessions_of(username);⟧'],
    ['if (⟦is_last_security_administrator(transaction, username)⟧)'],
    ['⟦end_access(transaction, username);⟧'],
    ['if (⟦lifetime <= lifetime.zero() || lifetime > settings_.access_token_lifetime_max⟧)'],
    ['if (⟦scopes.empty()⟧)'],
    ['if (!account || ⟦account->disabled⟧) return no_account(username);'],
    ['if (⟦token.name == name && !token.revoked⟧)'],
  ]),
  ...of('engine/identity/access_end.cpp', [...identity, 'engine_test:Organising.*:UnitCalendars.*', 'server/organisation.test.mjs'], [
    ['⟦transaction.delete_sessions_of(username);⟧'],
    ['⟦transaction.put_access_token(token);⟧'],
    ['⟦transaction.delete_calendar_feed(username);⟧'],
    ['⟦transaction.delete_unit_calendar_feed(username, feed.unit);⟧'],
  ]),
  ...of('engine/identity/recognition.cpp', accounts, [
    ['known != cache.end() && ⟦known->second.people == people⟧ &&', 'true'],
    ['return ⟦!codes || !codes->since⟧;'],
    ['if (!session || ⟦now >= session->expires_at⟧ ||'],
    ['|| ⟦now - session->last_seen_at >= settings_.session_idle_max⟧ ||'],
    ['⟦!may_sign_in(session->username)⟧)'],
    ['if (!known || ⟦known->revoked⟧ ||'],
    ['|| ⟦(known->expires_at && now >= *known->expires_at)⟧ ||'],
    ['⟦!may_sign_in(known->username)⟧)'],
  ]),
  ...of('engine/identity/invitations.cpp', links, [
    ['if (!link || ⟦link->at("hash").get<std::string>() != hash_of_secret(secret)⟧)'],
    ['if (⟦!expires_at || now >= *expires_at⟧)'],
    ['if (⟦username ? reader.account(*username).has_value() : !reader.accounts().empty()⟧)'],
    ['if (⟦!transaction.accounts().empty()⟧)'],
    ['if (⟦!person || !person->active⟧)', '!person'],
    ['if (⟦transaction.account(username)⟧)'],
    ['if (⟦!known || !known->active⟧)', '!known'],
    ['check_password(password, settings_.passwords, false, words_about(person)); ⟦!fine⟧)'],
  ]),
  ...of('engine/identity/one_time_codes.cpp', accounts, [
    ['transaction.one_time_codes(username); ⟦codes && codes->since⟧)'],
    ['if (⟦!codes || codes->since⟧)', '!codes'],
    ['std::nullopt);\n    if (⟦!step⟧)'],
    ['⟦transaction.delete_sessions_of(username);⟧'],
  ]),
  ...of('engine/identity/totp.cpp', identity, [['(⟦!last_accepted || step > *last_accepted⟧)', 'true']]),
  ...of('engine/identity/sign_in_failures.cpp', identity, [
    ['⟦std::min<Duration>(failures->last_at + wait - now, wait)⟧', 'failures->last_at + wait - now'],
  ]),
  ...of('engine/identity/password_rules.cpp', identity, [
    ['if (⟦characters_in(password) < length_min⟧)'],
    ['if (⟦password.size() > length_bytes_max⟧)'],
    ['if (⟦classes_in(password) < rules.classes_min⟧)'],
    ['if (⟦is_known(low)⟧ ||'],
    ['|| ⟦is_repetition(low)⟧ ||'],
    ['|| ⟦is_sequence(low)⟧ ||'],
    ['|| ⟦left_without(low, guessed) < 6⟧)'],
  ]),
  ...of('engine/identity/notice_link.cpp', identity, [
    ['|| ⟦CRYPTO_memcmp(mac.data(), pieces->mac.data(), mac.size()) != 0⟧)'],
    ['return ⟦over⟧ ?'],
  ]),
  ...of('engine/identity/recognised_elsewhere.cpp', provider, [
    ['if (⟦!account || account->disabled || !participant || !participant->active⟧)'],
  ]),
  ...of('engine/identity/scope.cpp', ['server/token_scopes.test.mjs'], [
    ['return ⟦std::find(scopes->begin(), scopes->end(), needed) != scopes->end()⟧;', 'true'],
  ]),
  ...of('engine/identity/id_token.cpp', provider, [
    ['|| ⟦BN_num_bits(modulus.get()) < rsa_bits_min⟧)'],
    ['of_kind && ⟦is_or_absent("use", "sig")⟧ &&', 'true'],
    ['&& ⟦is_or_absent("alg", algorithm)⟧ &&', 'true'],
    ['if (⟦found.size() != 1⟧)', 'found.empty()'],
    ['if (⟦holds⟧) return {};', 'true'],
    ['if (audience->is_string()) return ⟦*audience == client_id⟧;', 'true'],
    ['return audience->size() == 1 || ⟦text_at(claims, "azp") == client_id⟧;', 'true'],
    ['|| ⟦text_at(claims, "iss") != terms.issuer⟧)'],
    ['if (⟦terms.nonce.empty() || text_at(claims, "nonce") != terms.nonce⟧)'],
    ['if (⟦!expires || *expires + difference_forgiven <= terms.now⟧)'],
    ['if (⟦!issued || *issued > terms.now + difference_forgiven⟧)'],
    ['if (⟦text_at(claims, "sub").empty()⟧)'],
    ['|| ⟦header->contains("crit")⟧)'],
  ]),
  ...of('web/openid.cpp', provider, [
    ['|| ⟦asked(query, "state") != memory->state⟧)'],
    ['asked(query, "iss"); ⟦!issuer.empty() && issuer != settings_.issuer⟧)'],
    ['whole = ⟦text_at(*document, "issuer") == settings_.issuer⟧ &&', 'true'],
  ]),
  ...of('web/pages/openid.cpp', provider, [
    ['if (⟦identity.has_one_time_codes(recognised.username) && !recognised.second_factor⟧)'],
    ['⟦end_session_of(request, application.sign_in);⟧'],
  ]),
];
