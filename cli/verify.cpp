#include "cli/verify.hpp"

#include <ostream>

#include "cli/arguments.hpp"
#include "cli/database.hpp"
#include "cli/file_text.hpp"
#include "cli/rules.hpp"
#include "engine/audit/audit.hpp"
#include "engine/audit/known_heads.hpp"
#include "engine/journal/base64.hpp"
#include "engine/json/document.hpp"

namespace xiaohao::cli {
namespace {

constexpr char const* help =
    "xiaohao verify --db URL [--since HEADFILE] [--json]\n"
    "Recomputes everything a database holds, and names each row that is not what was written: the journal's "
    "tree, the\n"
    "register of rows, items and counters (by replaying the journal), evidence files, keys and signed heads. "
    "Changes\n"
    "nothing, works beside a running server, and on a database that `serve` refuses to open.\n\n"
    "  --since HEADFILE  heads kept elsewhere: a copy of DB.heads, an answer of /api/v1/journal/head, a "
    "close-out record,\n"
    "                    what a scanner read from a QR code of ours, the file of a witness;\n"
    "                    the journal must continue them. Only this finds a history rewritten by who has disk "
    "and key\n"
    "  --json            "
    "{\"agrees\",\"findings\":[{\"kind\",\"where\",\"zh\",\"en\"}],\"notes\",\"checked\",\"size\",\"root\","
    "\"key_id\",\"short_code\"}\n\n"
    "Exit code 0: everything agrees; 1: something does not; 2: no such database, or no head.\n\n"
    "Example: xiaohao verify --db var/xiaohao.db --since /mnt/auditor/xiaohao.heads\n";

constexpr std::size_t heads_bytes_max = 64 << 20;

nlohmann::ordered_json report_json(audit::Report const& report) {
  auto findings = nlohmann::ordered_json::array(), notes = nlohmann::ordered_json::array();
  for (audit::Finding const& finding : report.findings)
    findings.push_back({{"kind", to_string(finding.kind)},
                        {"where", finding.where},
                        {"zh", finding.what.zh},
                        {"en", finding.what.en}});
  for (Text const& note : report.notes) notes.push_back({{"zh", note.zh}, {"en", note.en}});
  return {{"agrees", report.agrees()},
          {"findings", std::move(findings)},
          {"notes", std::move(notes)},
          {"checked",
           {{"entries", report.extent.entries},
            {"rows", report.extent.rows},
            {"items", report.extent.items},
            {"evidence_files", report.extent.evidence_files},
            {"heads", report.extent.heads}}},
          {"size", report.size},
          {"root", journal::to_base64(report.root)},
          {"key_id", report.key_id},
          {"short_code", report.short_code}};
}

void print(std::ostream& out, audit::Report const& report) {
  for (audit::Finding const& finding : report.findings) {
    Text const kind = words_of(finding.kind);
    out << finding.where << "\t" << kind.zh << " " << kind.en << "\t" << finding.what.zh << "；"
        << finding.what.en << "\n";
  }
  for (Text const& note : report.notes) out << "注 note\t" << note.zh << "；" << note.en << "\n";
  out << (report.agrees() ? "全部相符。Everything agrees." : "有不相符之处。Something does not agree.")
      << "  " << report.extent.entries << " entries, " << report.extent.rows << " rows, "
      << report.extent.items << " items, " << report.extent.evidence_files << " evidence files, "
      << report.extent.heads << " heads";
  if (!report.agrees()) out << "; " << report.findings.size() << " findings";
  out << "\n";
  if (!report.key_id.empty()) out << "密钥 key " << report.key_id << "\n";
}

}  // namespace

int verify_command(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  auto const read = Arguments::read(arguments, {{"--json", "--help"}, {"--db", "--since"}, 0, 0, ""});
  if (!read) return report(err, "verify", read.error());
  if (read->has("--help")) {
    out << help;
    return exit_done;
  }
  if (!read->option("--db"))
    return report(err, "verify",
                  Refusal{Reason::Malformed,
                          {{"", {"", "--db is missing; give the database, such as --db var/xiaohao.db"}}}});
  auto const path = database_path(*read->option("--db"));
  if (!path) return report(err, "verify: --db", path.error());
  std::vector<journal::SignedHead> known_heads;
  if (auto const since = read->option("--since")) {
    auto heads = file_text(*since, heads_bytes_max).and_then(audit::heads_in);
    if (!heads) return report(err, "verify: --since " + *since, heads.error());
    known_heads = std::move(*heads);
  }
  auto const installed = installed_rules();
  if (!installed) return report(err, "shipped rules", installed.error());
  auto const audited =
      audit::audit(*path, {evidence_directory(*path), installed->rules, std::move(known_heads)});
  if (!audited) return report(err, "verify: --db", audited.error());
  if (read->has("--json"))
    out << report_json(*audited).dump() << "\n";
  else
    print(out, *audited);
  return audited->agrees() ? exit_done : exit_no;
}

}  // namespace xiaohao::cli
