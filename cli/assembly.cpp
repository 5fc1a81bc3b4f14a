#include "cli/assembly.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <sstream>

#include "cli/database.hpp"
#include "cli/demonstration.hpp"
#include "cli/heads_file.hpp"
#include "cli/kept_rules.hpp"
#include "cli/key_files.hpp"
#include "cli/membership_desk.hpp"
#include "cli/openid.hpp"
#include "cli/policy_desk.hpp"
#include "cli/timekeeper.hpp"
#include "engine/engine.hpp"
#include "engine/identity/demonstration.hpp"
#include "engine/identity/identity.hpp"
#include "engine/identity/notice_link.hpp"
#include "engine/json/reader.hpp"
#include "engine/record/keeping.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "notifications/dispatcher.hpp"
#include "notifications/head_notices.hpp"
#include "notifications/heartbeat.hpp"
#include "notifications/settings.hpp"
#include "web/application.hpp"
#include "web/front_door.hpp"
#include "web/http/server.hpp"
#include "web/identity_sign_in.hpp"
#include "web/pages/layout.hpp"
#include "web/pictures.hpp"

namespace xiaohao::cli {
namespace {

constexpr int server_threads = 2;
constexpr int sign_in_threads = 1;  ///< a hash takes a core: two at once would slow the pages of others
constexpr std::size_t sign_ins_waiting_max = 64;
constexpr int worker_threads = 2;
constexpr std::size_t work_waiting_max = 1024;

/// Only the server's own account may look into it.
Result<void> make_private_directory(std::filesystem::path const& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!error) std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
  if (error)
    return refuse(Reason::Unavailable, "",
                  {"无法使用目录 " + directory.string(),
                   "the directory " + directory.string() + " cannot be used (" + error.message() + ")"});
  return {};
}

}  // namespace

struct Assembly::Parts {
  ServeOptions options;
  std::string warning;     ///< empty: none
  std::string public_url;  ///< where people reach this server; empty: at the address it listens on
  SystemClock machine_clock;
  std::optional<VirtualClock> virtual_clock;
  std::unique_ptr<store::Store> store;
  std::atomic<std::shared_ptr<notifications::Ladder const>> ladder;  ///< in force
  std::unique_ptr<Engine> engine;
  std::unique_ptr<identity::Identity> identity;
  std::unique_ptr<web::IdentitySignIn> sign_in;
  std::unique_ptr<web::OpenIdProvider> openid;  ///< null: none is set up
  std::unique_ptr<LivePolicyDesk> policy_desk;
  std::unique_ptr<LiveMembershipDesk> membership_desk;
  std::unique_ptr<notifications::Dispatcher> inner_dispatcher;  ///< the inbox
  std::unique_ptr<notifications::Dispatcher>
      outer_dispatcher;  ///< what goes to other machines, and may take its time
  std::unique_ptr<notifications::HeadPost> head_post;
  std::unique_ptr<notifications::Heartbeat> heartbeat;  ///< null when no monitor watches
  std::optional<HeadsFile> heads_file;                  ///< the second one, when there is one
  std::unique_ptr<Timekeeper> timekeeper;
  std::unique_ptr<Timekeeper>
      postman;  ///< runs the outer one; null with a virtual clock, where one walk does all
  std::unique_ptr<web::Boards> boards;
  std::unique_ptr<web::Live> live;
  std::unique_ptr<web::Workers> sign_in_workers;
  std::unique_ptr<web::Workers> workers;
  web::Pictures pictures;
  std::unique_ptr<web::Application> application;
  web::Router router;
  std::unique_ptr<web::FrontDoor> front_door;
  std::unique_ptr<web::Server> server;

  Clock& clock() { return virtual_clock ? static_cast<Clock&>(*virtual_clock) : machine_clock; }

  Result<void> open();
  Result<void> open_heads(notifications::Settings const& settings);
  Result<void> open_heartbeat(notifications::Settings const& settings);
  void keep_heads(Instant now);
  void keep_beating(std::vector<Duty>& here, Duty& outside);
  Result<void> fill_demonstration();
  void keep_time(notifications::Settings const& settings);
  void serve(std::string const& version, bool behind_tls);
};

Result<void> Assembly::Parts::open() {
  if (options.clock) virtual_clock.emplace(*options.clock);
  auto opened = store::open_sqlite(options.database);
  if (!opened) return tl::unexpected(opened.error());
  store = std::move(*opened);
  Result<InstalledRules> installed = rules_in_force(*store->read());
  if (!installed) return tl::unexpected(installed.error());
  ladder = installed->ladder;
  engine = std::make_unique<Engine>(*store, clock(), std::move(installed->rules));
  if (virtual_clock) virtual_clock->advance_to(engine->now());
  if (Result<void> const lifecycles = keep_lifecycles(*store); !lifecycles) return lifecycles;
  if (Result<void> const secret = identity::keep_link_secret(*store); !secret) return secret;
  // Without its key the server serves, and signs nothing; with another's it would sign what cannot hold.
  Result<void> const kept = keep_key(*store, options.database, {engine->now(), clock().now()});
  if (!kept && store->key()) return kept;
  if (!kept) warning = kept.error().first().detail.en;
  return make_private_directory(std::filesystem::path(evidence_directory(options.database)) / "incoming");
}

Result<void> Assembly::Parts::open_heads(notifications::Settings const& settings) {
  std::string const path = options.heads.value_or(settings.heads_file);
  if (path.empty()) return {};
  Result<HeadsFile> opened = HeadsFile::open(path, *store->read());
  if (!opened) return tl::unexpected(opened.error());
  heads_file = std::move(*opened);
  return {};
}

Result<void> Assembly::Parts::open_heartbeat(notifications::Settings const& settings) {
  if (!settings.heartbeat) return {};
  heartbeat = std::make_unique<notifications::Heartbeat>(*settings.heartbeat, machine_clock);
  return heartbeat->check();
}

/// The last duty of each walk: it beats when the others before it left nothing undone, and the one who talks
/// to other machines tells of it. A clock that stands still brings no next beat.
void Assembly::Parts::keep_beating(std::vector<Duty>& here, Duty& outside) {
  if (!heartbeat) return;
  bool const time_passes = !virtual_clock;
  here.push_back({"heartbeat",
                  [this, others = here](Instant now) {
                    bool const done = std::none_of(others.begin(), others.end(), [&](Duty const& duty) {
                      auto const due = duty.next();
                      return due && *due <= now;
                    });
                    if (done) heartbeat->beat(now);
                  },
                  [this, time_passes] { return time_passes ? heartbeat->next_beat() : std::nullopt; }});
  outside.run = [this, deliver = outside.run](Instant now) {
    deliver(now);
    heartbeat->tell();
  };
  outside.next = [this, time_passes, next_message = outside.next] {
    auto const message = next_message(), tell = time_passes ? heartbeat->next_tell() : std::nullopt;
    return message && tell ? std::min(message, tell) : message ? message : tell;
  };
}

/// Once a day the head is signed and told; whenever one was kept, the second file is brought up to it. What
/// fails is tried again at the next commit.
void Assembly::Parts::keep_heads(Instant now) {
  (void)record::keep_daily_head(*store, {now, clock().now()});
  (void)head_post->tell(now);
  if (heads_file) (void)heads_file->bring_up(*store->read());
}

Result<void> Assembly::Parts::fill_demonstration() {
  if (!options.demonstration) return {};
  Moment const moment{engine->now(), clock().now()};
  if (Result<void> const filled = cli::fill_demonstration(*store, engine->rules(), moment); !filled)
    return tl::unexpected(filled.error());
  engine->reload_organisation();
  Result<int> const made = identity::demonstration_accounts(*store, *engine->organisation(), clock());
  return made.map([](int) {});
}

void Assembly::Parts::keep_time(notifications::Settings const& settings) {
  auto const people = [this] { return engine->organisation(); };
  inner_dispatcher =
      std::make_unique<notifications::Dispatcher>(*store, people, notifications::inner_channels());
  outer_dispatcher =
      std::make_unique<notifications::Dispatcher>(*store, people, notifications::outer_channels(settings));
  outer_dispatcher->leave_alone(
      [this](Notice const& notice, Instant from) { return ladder.load()->waits_until(notice, from); });
  head_post = std::make_unique<notifications::HeadPost>(
      *store, [this] { return ladder.load()->policy(); }, engine->rules().calendar, people);
  std::vector<Duty> here{{"timers", [this](Instant now) { (void)engine->advance(now); },
                          [this] { return store->read()->next_timer(); }},
                         {"inbox", [this](Instant now) { (void)inner_dispatcher->deliver(now); },
                          [this] { return inner_dispatcher->next_due(); }},
                         {"head", [this](Instant now) { keep_heads(now); },
                          [this] { return end_of_day(local_date(clock().now())); }}};
  Duty outside{"messages", [this](Instant now) { (void)outer_dispatcher->deliver(now); },
               [this] { return outer_dispatcher->next_due(); }};
  keep_beating(here, outside);
  if (virtual_clock) {  // one walk, so that a message goes out at the instant it was planned for
    here.push_back(std::move(outside));
    timekeeper = std::make_unique<Timekeeper>(clock(), &*virtual_clock, std::move(here));
    return;
  }
  timekeeper = std::make_unique<Timekeeper>(clock(), nullptr, std::move(here));
  postman = std::make_unique<Timekeeper>(clock(), nullptr, std::vector<Duty>{std::move(outside)});
}

void Assembly::Parts::serve(std::string const& version, bool behind_tls) {
  identity::Settings identity_settings;
  identity_settings.demonstration = options.demonstration;
  identity = std::make_unique<identity::Identity>(
      *store, machine_clock, [this] { return engine->organisation(); }, identity_settings);
  sign_in = std::make_unique<web::IdentitySignIn>(*identity);
  boards = std::make_unique<web::Boards>(*engine);
  live = std::make_unique<web::Live>(*store);
  sign_in_workers = std::make_unique<web::Workers>(sign_in_threads, sign_ins_waiting_max);
  workers = std::make_unique<web::Workers>(worker_threads, work_waiting_max);

  web::Settings settings;
  settings.demonstration = options.demonstration;
  settings.virtual_clock = virtual_clock ? &*virtual_clock : nullptr;
  settings.evidence_directory = evidence_directory(options.database);
  settings.version = version;
  settings.secure_cookies = behind_tls;
  settings.upload_bytes_max = std::max(settings.upload_bytes_max, engine->rules().evidence.bytes_max);
  policy_desk = std::make_unique<LivePolicyDesk>(
      *engine, clock(),
      [this](std::shared_ptr<notifications::Ladder const> adopted) { ladder = std::move(adopted); });
  membership_desk = std::make_unique<LiveMembershipDesk>(*engine, clock());
  application = std::make_unique<web::Application>(
      web::Application{*engine, *sign_in, *boards, *live, *sign_in_workers, *workers, settings,
                       [this](Instant to) { timekeeper->advance(to); },
                       [this] { return front_door->answers(); }, [this] { return timekeeper->last_run(); },
                       policy_desk.get(), openid.get(), identity.get(), membership_desk.get(), &pictures});
  web::add_api_routes(router, *application);
  web::add_page_routes(router, *application);
  web::add_asset_routes(router);
  web::add_health_routes(router, *application);
  web::add_calendar_route(router, *application);
  front_door = std::make_unique<web::FrontDoor>(
      router, *sign_in, [this](web::Request const& request, int status, Text const& detail) {
        return web::pages::error_page(*application, request, status, detail);
      });
  store->on_commit([this] {
    live->committed();
    timekeeper->committed();
    if (postman) postman->committed();
  });

  web::ServerSettings server_settings;
  server_settings.host = options.host;
  server_settings.port = options.port;
  server_settings.threads = server_threads;
  server_settings.upload_directory = settings.evidence_directory + "/incoming";
  server_settings.upload_bytes_max = settings.upload_bytes_max;
  server = std::make_unique<web::Server>(server_settings, *front_door);
}

Assembly::Assembly(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Assembly::~Assembly() { stop(); }

Result<std::unique_ptr<Assembly>> Assembly::make(ServeOptions const& options, std::string const& version) {
  notifications::Settings settings;
  auto parts = std::make_unique<Parts>();
  if (options.config) {
    Result<json::Json> const document = json::read_file(*options.config);
    if (!document) return tl::unexpected(document.error());
    Result<notifications::Settings> read = notifications::read_settings(*document);
    if (!read) return tl::unexpected(read.error());
    settings = std::move(*read);
    auto openid = read_openid(*document, parts->machine_clock);
    if (!openid) return tl::unexpected(openid.error());
    parts->openid = std::move(*openid);
  }
  parts->options = options;
  if (Result<void> const opened = parts->open(); !opened) return tl::unexpected(opened.error());
  if (auto const heads = parts->open_heads(settings); !heads) return tl::unexpected(heads.error());
  if (auto const heartbeat = parts->open_heartbeat(settings); !heartbeat)
    return tl::unexpected(heartbeat.error());
  if (Result<void> const filled = parts->fill_demonstration(); !filled) return tl::unexpected(filled.error());
  parts->public_url = settings.public_url;
  parts->keep_time(settings);
  parts->serve(version, settings.public_url.starts_with("https://"));
  return std::unique_ptr<Assembly>(new Assembly(std::move(parts)));
}

Result<void> Assembly::listen() { return parts_->server->listen(); }
std::string Assembly::address() const { return parts_->server->address(); }

std::string const& Assembly::warning() const { return parts_->warning; }

std::string Assembly::accounts() const {
  if (!parts_->options.demonstration) return {};
  std::ostringstream text;
  text << "演示账号 demonstration accounts (password: demo-USERNAME):\n ";
  auto const organisation = parts_->engine->organisation();
  int owners = 0;
  for (auto const& [username, participant] : organisation->participants) {
    bool const of_unit = participant.has(Role::Owner) || participant.has(Role::Head);
    if (of_unit) ++owners;
    if (!of_unit || (participant.has(Role::Owner) && owners <= 6)) text << " " << username.value();
  }
  text << " … (" << owners << " owner-UNIT and head-UNIT accounts)\n";
  return text.str();
}

Result<std::string> Assembly::first_set_up() const {
  if (parts_->options.demonstration || parts_->identity->has_accounts()) return {};
  return parts_->identity->offer_first_set_up().map([&](std::string const& secret) {
    std::string const& public_url = parts_->public_url;
    return (public_url.empty() ? "http://" + address() : public_url) + "/set-up/" + secret;
  });
}

void Assembly::start() {
  parts_->timekeeper->start();
  if (parts_->postman) parts_->postman->start();
  parts_->server->start();
}

void Assembly::stop() {
  parts_->server->stop();
  parts_->outer_dispatcher->stop();
  if (parts_->postman) parts_->postman->stop();
  parts_->timekeeper->stop();
}

}  // namespace xiaohao::cli
