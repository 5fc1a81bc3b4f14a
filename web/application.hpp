#pragma once

// What every handler is given: the engine, who people are, and the boards that pages share.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "engine/clock/clock.hpp"
#include "engine/engine.hpp"
#include "engine/identity/identity.hpp"
#include "web/boards.hpp"
#include "web/http/router.hpp"
#include "web/live.hpp"
#include "web/sign_in.hpp"
#include "web/workers.hpp"

namespace xiaohao::web {

struct Settings {
  bool demonstration = false;             ///< offers the demonstration accounts on the first page
  VirtualClock* virtual_clock = nullptr;  ///< with --demo --clock only
  std::string evidence_directory;         ///< exists; files that come in wait in its folder `incoming`
  std::string version;
  std::int64_t upload_bytes_max =
      20 << 20;                 ///< of all files of one form; the policy says how much one may have
  bool secure_cookies = false;  ///< behind TLS
};

class OpenIdProvider;
class PolicyDesk;
class MembershipDesk;
class Pictures;

struct Application {
  Engine& engine;
  SignIn& sign_in;
  Boards& boards;
  Live& live;
  Workers& sign_in_workers;  ///< few, with a short queue: each hashes a password
  Workers& workers;          ///< finish answers to commands off the writer's thread
  Settings settings;
  std::function<void(Instant)> advance;  ///< runs timers and deliveries up to then, before it returns
  std::function<std::map<int, std::int64_t>()> answers;    ///< of the server, by status, for /metrics
  std::function<std::optional<Instant>()> last_timer_run;  ///< for /metrics; may be empty
  PolicyDesk* policy_desk = nullptr;  ///< for the page that changes the policy; null: it cannot be changed
  OpenIdProvider* openid = nullptr;   ///< null: people sign in with passwords only
  identity::Identity* identity = nullptr;     ///< for the pages about accounts; null: there are none
  MembershipDesk* membership_desk = nullptr;  ///< who is in a group; null: it cannot be changed
  Pictures* pictures = nullptr;               ///< of evidence; null: none is shown
};

void add_api_routes(Router& router, Application& application);   ///< web/api
void add_page_routes(Router& router, Application& application);  ///< web/pages
void add_asset_routes(Router& router);  ///< web/ui: embedded, fingerprinted, cached for ever
void add_health_routes(Router& router, Application& application);   ///< /healthz, /readyz, /metrics
void add_calendar_route(Router& router, Application& application);  ///< /calendar/{secret}.ics

}  // namespace xiaohao::web
