// What the server asks of a request before anybody is asked who may, and what it shows to whom.

import {of} from './of.mjs';

const table = ['server/permissions.test.mjs'];
const pages = ['web_pages_test'];
const uploads = ['web_pages_test:ItemPage.*', 'server/attack_uploads.test.mjs'];
const sessions = ['server/attack_sessions.test.mjs', 'server/accounts.test.mjs'];

export const checks_of_web = [
  ...of('web/front_door.cpp', ['web_test:FrontDoorTest.*', 'server/accounts.test.mjs', 'server/attack_sessions.test.mjs'], [
    ['if (⟦match.route->access == Access::SignedIn && !request.visitor⟧) {'],
    ['⟦!is_about_own_account(request.path)⟧) {'],
    ['if (⟦comes_from_elsewhere(request)⟧ ||'],
    ['if (⟦token == asked->form.end() || !same_secret(token->second, asked->visitor->csrf_token)⟧)'],
    ['if (⟦content_type.substr(0, content_type.find(\';\')) != wanted⟧)'],
  ]),
  ...of('web/front_door.cpp', ['server/token_scopes.test.mjs'], [['if (⟦!identity::covers(request.visitor->scopes, needed)⟧) {']]),
  ...of('web/sign_in.cpp', ['web_test'], [
    ['"=" + session_token + ⟦"; Path=/; HttpOnly; SameSite=Lax"⟧', '"; Path=/"'],
  ]),
  ...of('web/api/session.cpp', sessions, [['⟦end_session_of(*request, application.sign_in);⟧  // a new']]),
  ...of('web/pages/sign_in.cpp', sessions, [['⟦end_session_of(*request, application.sign_in);⟧  // a new']]),
  ...of('web/http/upload.cpp', ['web_http_test'], [['if (⟦size > bytes_left_⟧)']]),
  ...of('web/http/target.cpp', ['web_http_test'], [
    ['if (⟦value == \'/\' || value == \'\\\\\'⟧)'],
    ['if (⟦text.size() > 1 && (text[1] == \'/\' || text[1] == \'\\\\\')⟧)'],
  ]),
  ...of('web/evidence_intake.cpp', ['server/evidence_policy.test.mjs'], [
    ['⟦!taken⟧)\n    return refused(intake'],
  ]),
  ...of('engine/decision/evidence_policy.cpp', ['decision_test:EvidencePolicy.*'], [
    ['if (⟦bytes > bytes_max⟧)'],
    ['if (⟦takes(media_type)⟧) return {};', 'true'],
  ]),
  ...of('web/evidence_intake.cpp', uploads, [
    ['if (⟦may(who)⟧) return true;', 'true'],
    ['return ⟦absence.substitute == who⟧ && may(absence.away);', 'true'],
    ['if (⟦may_ever_send(application, who, "evidence.attach", item)⟧) return {};', 'true'],
    ['if (⟦attaches⟧)\n    return refuse'],
    ['return ⟦!piece.withdrawn⟧ && piece.cycle', 'true'],
    ['&& ⟦piece.cycle == item->status.cycle⟧ &&', 'true'],
    ['⟦piece.sha256.value() == sha256->get_ref<std::string const&>()⟧;', 'true'],
  ]),
  ...of('web/api/evidence.cpp', ['server/attack_uploads.test.mjs', ...table], [
    ['may_hand_in(application, me, *item); ⟦!may⟧)'],
    ['if (item && ⟦may_read(application, request.visitor->username, "evidence", *item)⟧) return evidence;', 'true'],
  ]),
  ...of('web/work.cpp', [...pages, ...table], [
    ['if (⟦permissions.may_read(*participant, what, subject)⟧) return true;', 'true'],
    ['⟦absence.substitute == username⟧ ? organisation->participant(absence.away)', 'true'],
    ['return away && ⟦permissions.may_read(*away, what, subject)⟧;', 'true'],
  ]),
  ...of('web/api/answers.cpp', table, [['if (⟦!may_read(application, request.visitor->username, what, *item)⟧)']]),
  ...of('web/documents.cpp', table, [['if (⟦may_read_at_large(application, username, "history")⟧) return {};', 'true']]),
  ...of('web/findings.cpp', [...table, 'server/findings.test.mjs'], [['if (⟦may_read_at_large(application, username, "history")⟧) return {};', 'true']]),
  ...of('web/reinspections.cpp', [...table, 'server/reviews.test.mjs'], [['if (⟦may_read_at_large(application, username, "history")⟧) return {};', 'true']]),
  ...of('web/readable_entries.cpp', table, [['if (!item || ⟦!may_read(application, username, "history", *item)⟧) return false;']]),
  ...of('web/found_items.cpp', [...pages, ...table], [['if (⟦may_read(application, username, "item", item)⟧) found', 'true']]),
  ...of('web/calendar_feed.cpp', ['calendar_feed_test', 'server/accounts.test.mjs', 'server/organisation.test.mjs'], [
    ['⟦may_read(application, reader, "item", standing.item)⟧)', 'true'],
    ['|| ⟦!answers(application, *feed)⟧)'],
  ]),
  ...of('web/api/notices.cpp', ['server/attack_sessions.test.mjs'], [
    ['if (⟦!sees_all_notices(organisation->participant(me))⟧) {'],
  ]),
  ...of('web/pages/notices.cpp', ['web_pages_test:WaitingPages.*'], [
    ['if (⟦!may_see_all && !recipient.empty() && recipient != visit.me->username.value()⟧)'],
  ]),
  ...of('web/pages/item/history.cpp', [...pages, 'server/notices.test.mjs'], [['if (⟦!sees_all_notices(visit.me)⟧) {']]),
  ...of('web/pages/item/item_view.cpp', [...pages, ...table], [
    ['if (⟦!may_read(application, me, "item", *item)⟧)'],
    ['if (⟦may_read(application, me, "item", child)⟧)', 'true'],
    ['view.shows_history = ⟦may_read(application, me, "history", view.item)⟧;', 'true'],
    ['view.shows_evidence = ⟦may_read(application, me, "evidence", view.item)⟧;', 'true'],
  ]),
  ...of('web/pages/dashboard.cpp', ['web_pages_test:DashboardTest.*'], [
    ['if (notices == 0 || ⟦!sees_all_notices(visit.me)⟧) return {};'],
  ]),
  ...of('web/time_machine.cpp', ['web_pages_test:LayoutTest.*'], [
    ['if (⟦!participant || !participant->has(Role::SystemAdministrator)⟧)'],
  ]),
  ...of('web/acknowledgement.cpp', ['web_pages_test:WaitingPages.*'], [['if (⟦!notice || notice->recipient != who⟧)', '!notice']]),
  ...of('web/batch_review.cpp', ['server/reviews.test.mjs', 'server/attack_reviews.test.mjs'], [
    ['if (⟦std::find(types.begin(), types.end(), batch.type) == types.end()⟧)'],
    ['if (⟦batch.items.empty() || batch.items.size() > batch_items_max⟧)'],
    ['if (⟦!seen.insert(batch.items[index].item).second⟧)'],
  ]),
  ...of('web/print_queue.cpp', ['server/print_queue.test.mjs', ...table], [
    ['if (⟦!person || !asking.rules.permissions.may_at_large(*person, "notice.print")⟧)'],
  ]),
  ...of('web/organising.cpp', ['server/organisation.test.mjs'], [
    ['⟦!application.engine.rules().permissions.may_administer(*me, "people.change")⟧)'],
  ]),
  ...of('web/calendars.cpp', sessions, [['application.identity->prove_password(who, present_password, request.address);\n      ⟦!proved⟧)']]),
  ...of('web/pages/account.cpp', sessions, [['identity.prove_password(me, request.field("present_password"), request.address);\n      ⟦!proved⟧)']]),
  ...of('web/pages/one_time_codes.cpp', ['openid/openid.test.mjs'], [['if (⟦removed⟧)\n', 'true']]),
  ...of('web/pages/closeout_paper.cpp', ['web_pages_test:ItemPage.*'], [['if (⟦!view->shows_history⟧)']]),
  ...of('web/pages/rehearsal.cpp', ['server/rehearsal.test.mjs', ...table], [['if (⟦!visit.may("rehearse")⟧)']]),
  ...of('web/pages/policy.cpp', ['server/policy.test.mjs', ...table], [
    ['if (visit.application.policy_desk && ⟦(visit.may("rules.change") || visit.may("rehearse"))⟧)', 'true'],
  ]),
  ...of('web/pages/print_queue.cpp', ['server/print_queue.test.mjs', ...table], [['if (⟦!visit.may("notice.print")⟧)']]),
  ...of('web/pages/finding_form.cpp', ['server/findings.test.mjs', ...table], [['if (⟦visit.may("finding.register")⟧)', 'true']]),
  ...of('web/pages/journal.cpp', table, [['if (⟦!may_read_entries(visit.application, visit.me->username, *reader, lines)⟧)']]),
];
