#pragma once

// What every handler is given: the engine, who people are, and the board that pages share.

#include <memory>
#include <string>

#include "engine/clock/clock.hpp"
#include "engine/decision/board.hpp"
#include "engine/engine.hpp"
#include "engine/identity/identity.hpp"
#include "web/http/router.hpp"

namespace xiaohao::web {

struct Settings {
  bool demonstration = false;             ///< offers the demonstration accounts on the first page
  VirtualClock* virtual_clock = nullptr;  ///< with --demo --clock only
  std::string evidence_directory;
  std::string version;
  std::int64_t upload_bytes_max = 20 << 20;
};

/// Serves boards: the same one to everybody until a commit or a light makes it untrue. Safe from any thread.
class Boards {
 public:
  explicit Boards(Engine& engine) : engine_(engine) {}
  std::shared_ptr<decision::Board const> current(PlanYear year);
  /// Rises whenever `current` gives another board, so that a page made from it knows when it is old.
  std::int64_t generation() const;

 private:
  Engine& engine_;
};

struct Application {
  Engine& engine;
  identity::Identity& identity;
  Boards& boards;
  Settings settings;
  std::function<void(Instant)> advance;  ///< runs timers and deliveries up to then, before it returns
};

void add_api_routes(Router& router, Application& application);    ///< web/api
void add_page_routes(Router& router, Application& application);   ///< web/pages
void add_asset_routes(Router& router);                            ///< web/ui: embedded, fingerprinted, cached for ever
void add_health_routes(Router& router, Application& application); ///< /healthz, /readyz, /metrics

}  // namespace xiaohao::web
