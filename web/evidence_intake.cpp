#include "web/evidence_intake.hpp"

#include <algorithm>

#include "engine/json/document.hpp"
#include "web/commands.hpp"
#include "web/evidence_files.hpp"
#include "web/work.hpp"

namespace xiaohao::web {
namespace {

constexpr int attempts_max = 5;

struct Intake {
  Application* application;
  HandIn evidence;
  std::function<void(HandedIn)> done;
  HandedIn result;
  std::size_t next = 0;  ///< of the uploads
  std::string media_type;
  int attempts = 0;
};
using IntakePointer = std::shared_ptr<Intake>;

void keep_next(IntakePointer const& intake);

/// By his own right, or as the substitute of one who is away.
bool may_ever_send(Application& application, Username const& who, std::string_view event,
                   WorkItem const& item) {
  auto const organisation = application.boards.organisation();
  auto const board = application.boards.current(item.definition.plan);
  std::vector<UnitId> const leads = board ? leads_of(*board, item) : std::vector<UnitId>{};
  decision::Subject const subject{item, leads};
  auto const may = [&](Username const& username) {
    Participant const* const participant = organisation->participant(username);
    return participant && application.engine.rules().permissions.may_send(*participant, event, subject);
  };
  if (may(who)) return true;
  auto const absences = application.engine.store().read()->absences_at(application.engine.now());
  return std::any_of(absences.begin(), absences.end(),
                     [&](Absence const& absence) { return absence.substitute == who && may(absence.away); });
}

void refused(IntakePointer const& intake, Refusal refusal) {
  intake->result.refusal = std::move(refusal);
  intake->done(std::move(intake->result));
}

Command command_of(Intake const& intake) {
  Upload const& upload = intake.evidence.uploads[intake.next];
  nlohmann::json payload{{"sha256", upload.sha256},
                         {"name", upload.name},
                         {"size", upload.size},
                         {"media_type", intake.media_type}};
  if (!intake.evidence.note.empty()) payload["note"] = intake.evidence.note;
  Command command{intake.evidence.item, "evidence.attach",
                  std::move(payload),   Actor::person(intake.evidence.who),
                  intake.evidence.seen, ""};
  if (intake.next == 0) command.idempotency_key = intake.evidence.idempotency_key;
  if (!command.seen || intake.next > 0) {
    auto const item = intake.application->engine.store().read()->item(command.item);
    command.seen = item ? std::optional(item->status.version) : std::nullopt;
  }
  return command;
}

void send(IntakePointer const& intake) {
  submit(*intake->application, command_of(*intake), [intake](Result<WorkItem> item) {
    bool const given = intake->evidence.seen && intake->next == 0;
    if (!item && item.error().reason == Reason::Stale && !given && ++intake->attempts < attempts_max)
      return send(intake);
    if (!item) return refused(intake, std::move(item.error()));
    intake->result.item = std::move(*item);
    intake->result.media_types.push_back(intake->media_type);
    if (++intake->next == intake->evidence.uploads.size()) return intake->done(std::move(intake->result));
    keep_next(intake);
  });
}

void keep_next(IntakePointer const& intake) {
  Upload const& upload = intake->evidence.uploads[intake->next];
  intake->attempts = 0;
  intake->media_type = media_type_of_file(upload.path);
  if (Result<void> taken =
          intake->application->engine.rules().evidence.check(upload.size, intake->media_type);
      !taken)
    return refused(intake, std::move(taken.error()));
  if (Result<void> kept = keep_evidence(intake->application->settings.evidence_directory, upload); !kept)
    return refused(intake, std::move(kept.error()));
  send(intake);
}

}  // namespace

Result<void> may_hand_in(Application& application, Username const& who, WorkItem const& item) {
  if (may_ever_send(application, who, "evidence.attach", item)) return {};
  return refuse(
      Reason::Forbidden, "",
      {"只有责任单位可以提交佐证材料", "only the unit that answers for the item may hand in evidence"});
}

Result<void> check_event_on_evidence(Application& application, Command const& command) {
  bool const attaches = command.type == "evidence.attach";
  if (!attaches && command.type != "evidence.withdraw") return {};
  auto const reader = application.engine.store().read();
  auto const item = reader->item(command.item);
  // Who may not, and who has an old view of the item, learns that first, from the engine.
  if (!item || !may_ever_send(application, command.actor.username, command.type, *item)) return {};
  if (attaches)
    return refuse(Reason::Malformed, "/type",
                  {"佐证材料须上传文件", "evidence is handed in as a file: POST it to the item's /evidence"});
  auto const sha256 = command.payload.find("sha256");
  if (command.seen != item->status.version || sha256 == command.payload.end() || !sha256->is_string())
    return {};
  std::vector<Evidence> const pieces = reader->evidence_of(command.item);
  bool const there = std::any_of(pieces.begin(), pieces.end(), [&](Evidence const& piece) {
    return !piece.withdrawn && piece.cycle == item->status.cycle &&
           piece.sha256.value() == sha256->get_ref<std::string const&>();
  });
  if (there) return {};
  return refuse(
      Reason::GuardFailed, "/sha256",
      {"本轮没有这份佐证材料，或已撤回", "this is not evidence of the present cycle, or was withdrawn"});
}

void hand_in(Application& application, HandIn evidence, std::function<void(HandedIn)> done) {
  keep_next(
      std::make_shared<Intake>(Intake{&application, std::move(evidence), std::move(done), {}, 0, "", 0}));
}

}  // namespace xiaohao::web
