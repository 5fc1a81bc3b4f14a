// What the proofs cost: the tree at each commit against the same commit without it, `verify` against the
// plain rate of SHA-256, a proof at a thousand, a million and ten million entries, the size of a record.
//
//     ./dev bench record [FOLDER [ENTRIES_MAX]]
//
// Times are medians of rounds that take turns; ratios are of one run and hold on a busy machine too.

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>

#include "engine/audit/audit.hpp"
#include "engine/json/document.hpp"
#include "engine/store/sqlite/connection.hpp"
#include "engine/store/sqlite/reader.hpp"
#include "engine/store/sqlite/sqlite_store.hpp"
#include "tests/bench/county.hpp"
#include "tests/bench/median.hpp"
#include "workflows/rules.hpp"

namespace {

using namespace xiaohao;
using bench::median;
using bench::must;
using store::sqlite::Access;
using store::sqlite::Connection;

constexpr std::size_t leaf_bytes = 700;  ///< of an event with its outcome, as the demonstration's are

double seconds_of(std::function<void()> const& work) {
  auto const began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

std::string random_bytes(std::size_t count) {
  static std::mt19937_64 chance(20241020);
  std::string bytes(count, '\0');
  for (char& byte : bytes) byte = static_cast<char>(chance());
  return bytes;
}

/// The statements of one commit, as the store writes them, by hand, so that the tree can be left out: the
/// entry, the register of three rows that changed, the signed seal; then the sync. Items and notices would
/// make a commit dearer and the tree's part smaller.
class Commits {
 public:
  Commits(std::string const& path, bool with_tree) : with_tree_(with_tree) {
    must(store::create_sqlite(path)).reset();
    connection_ = std::make_unique<Connection>(path, Access::Writer);
    connection_->execute("PRAGMA synchronous = FULL");
  }

  void commit(int events) {
    connection_->execute("BEGIN IMMEDIATE");
    for (int event = 0; event < events; ++event) append();
    journal::Hash const root = with_tree_ ? reader().journal_root(size_) : journal::Hash(32, 'r');
    connection_->query("put_seal")
        .bind(":algorithms", "SHA-256 Ed25519")
        .bind(":journal_size", size_)
        .bind_bytes(":journal_root", root)
        .bind(":changes", changes_)
        .bind_bytes(":chain", chain_)
        .bind(":key_id", key_.public_key().id())
        .bind_bytes(":signature", key_.sign(root))
        .run();
    connection_->execute("COMMIT");
  }

 private:
  bool with_tree_;
  std::unique_ptr<Connection> connection_;
  journal::SigningKey key_ = journal::SigningKey::generate(journal::Suite::Sha256Ed25519);
  std::int64_t size_ = 0, changes_ = 0;
  std::string chain_ = random_bytes(32);

  store::sqlite::SqliteReader reader() { return store::sqlite::SqliteReader(*connection_); }

  void append() {
    std::string const leaf = random_bytes(leaf_bytes);
    connection_->query("append")
        .bind(":position", size_)
        .bind(":item", std::int64_t{1})
        .bind_bytes(":leaf", leaf)
        .run();
    if (with_tree_) {
      auto const read = [this](int level, std::int64_t position) {
        store::sqlite::Query query = connection_->query("journal_node");
        query.bind(":level", level).bind(":position", position);
        return query.next() ? query.text(0) : std::string();
      };
      for (journal::Node const& node : journal::nodes_completed_by(leaf, size_, read))
        connection_->query("put_journal_node")
            .bind(":level", node.level)
            .bind(":position", node.position)
            .bind_bytes(":hash", node.hash)
            .run();
    }
    ++size_;
    for (int row = 0; row < 3; ++row) {
      chain_ = journal::sha256(chain_ + std::to_string(row));
      connection_->query("put_row_change")
          .bind(":position", changes_++)
          .bind(":table_name", "item_status")
          .bind(":row_key", std::to_string(row))
          .bind_bytes(":row_hash", chain_)
          .bind_bytes(":chain", chain_)
          .run();
    }
  }
};

void append_cost(std::filesystem::path const& folder) {
  std::printf("append, with the tree against the same commit without it\n");
  for (int const events : {1, 10, 100}) {
    std::string const name = std::to_string(events) + ".db";
    Commits with((folder / ("with" + name)).string(), true),
        without((folder / ("without" + name)).string(), false);
    for (int warm = 0; warm < 20; ++warm) with.commit(100), without.commit(100);
    std::vector<double> tree, plain;
    for (int round = 0; round < 400 / std::min(events, 10) + 20; ++round) {
      tree.push_back(seconds_of([&] { with.commit(events); }));
      plain.push_back(seconds_of([&] { without.commit(events); }));
    }
    double const a = median(tree), b = median(plain);
    std::printf("  %3d events a commit: %.1f µs an event with, %.1f without: %+.1f %%\n", events,
                a * 1e6 / events, b * 1e6 / events, 100 * (a / b - 1));
  }
}

void verify_rate(std::filesystem::path const& folder) {
  constexpr int entries = 30'000;
  std::string const path = (folder / "verify.db").string();
  auto store = must(store::create_sqlite(path));
  std::string const words(leaf_bytes - 250, 'x');
  Instant const at = must(parse_instant("2024-01-02T09:00:00+08:00"));
  for (int done = 0; done < entries; done += 10'000)
    (void)must(store
                   ->write_and_wait([&](store::Transaction& transaction) -> Result<void> {
                     for (int entry = 0; entry < 10'000; ++entry)
                       transaction.append({0,
                                           at,
                                           at,
                                           Actor::engine(),
                                           std::nullopt,
                                           "bench",
                                           {{"words", words}},
                                           nlohmann::json::object()});
                     return {};
                   })
                   .map([] { return true; }));
  std::size_t bytes = 0;
  for (store::JournalLine const& line : store->read()->journal(0, 1000)) bytes += line.leaf.size();
  std::string const leaf = random_bytes(bytes / 1000);
  store.reset();
  decision::Rules const rules = must(workflows::shipped_rules());
  std::vector<double> verify, hash;
  for (int round = 0; round < 3; ++round) {
    verify.push_back(seconds_of([&] { (void)must(audit::audit(path, {path + ".evidence", rules, {}})); }));
    hash.push_back(seconds_of([&] {
      for (int entry = 0; entry < entries; ++entry) {
        auto const left = journal::leaf_hash(leaf);
        (void)journal::node_hash(left, left);
      }
    }));
  }
  std::printf(
      "verify of %d entries of %zu bytes: %.0f entries/s; leaf and node hashed alone: %.0f/s; ratio %.2f\n",
      entries, bytes / 1000, entries / median(verify), entries / median(hash), median(hash) / median(verify));
}

/// A tree of `size` leaves whose hashes are numbers: only the way to the nodes counts.
void fill_nodes(std::string const& path, std::int64_t size) {
  must(store::create_sqlite(path)).reset();
  Connection connection(path, Access::Writer);
  connection.execute("PRAGMA synchronous = OFF");
  connection.execute("BEGIN IMMEDIATE");
  std::vector<std::array<char, 32>> level(static_cast<std::size_t>(size));
  for (std::int64_t leaf = 0; leaf < size; ++leaf)
    journal::leaf_hash(std::to_string(leaf)).copy(level[static_cast<std::size_t>(leaf)].data(), 32);
  for (int height = 0; !level.empty(); ++height) {
    for (std::size_t at = 0; at < level.size(); ++at)
      connection.query("put_journal_node")
          .bind(":level", height)
          .bind(":position", static_cast<std::int64_t>(at))
          .bind_bytes(":hash", std::string_view(level[at].data(), 32))
          .run();
    for (std::size_t at = 0; at + 1 < level.size(); at += 2)
      journal::node_hash(std::string(level[at].data(), 32), std::string(level[at + 1].data(), 32))
          .copy(level[at / 2].data(), 32);
    level.resize(level.size() / 2);
  }
  connection.execute("COMMIT");
}

void proof_cost(std::filesystem::path const& folder, std::int64_t entries_max) {
  double first = 0;
  for (std::int64_t const size : {std::int64_t{1000}, std::int64_t{1'000'000}, std::int64_t{10'000'000}}) {
    if (size > entries_max) break;
    std::string const path = (folder / ("proof" + std::to_string(size) + ".db")).string();
    fill_nodes(path, size);
    Connection connection(path, Access::Reader);
    store::sqlite::SqliteReader const reader(connection);
    journal::Hash const root = reader.journal_root(size);
    std::mt19937_64 chance(7);
    std::vector<double> inclusion, consistency;
    std::size_t steps = 0;
    for (int round = 0; round < 2000; ++round) {
      auto const index = static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(size));
      std::vector<std::string> path_of_index;
      inclusion.push_back(seconds_of([&] { path_of_index = reader.inclusion_proof(index, size); }));
      consistency.push_back(seconds_of([&] { (void)reader.consistency_proof(index + 1, size); }));
      steps = std::max(steps, path_of_index.size());
      if (!journal::proves_inclusion(index, size, journal::leaf_hash(std::to_string(index)), path_of_index,
                                     root)) {
        std::fprintf(stderr, "a proof does not hold\n");
        std::exit(1);
      }
    }
    double const each = median(inclusion) * 1e6;
    if (first == 0) first = each;
    std::printf(
        "proof at %lld entries: inclusion %.1f µs (%zu hashes), consistency %.1f µs; %.2f of the first\n",
        static_cast<long long>(size), each, steps, median(consistency) * 1e6, each / first);
    std::filesystem::remove(path);
  }
}

void record_size() {
  std::ifstream file("tests/data/records/good.json", std::ios::binary);
  nlohmann::json const record = nlohmann::json::parse(file);
  std::size_t leaves = 0, paths = 0;
  for (char const* list : {"events", "keys"})
    for (nlohmann::json const& entry : record[list])
      leaves += entry["leaf"].get_ref<std::string const&>().size();
  for (nlohmann::json const& proof : record["inclusion"]) paths += proof.dump().size();
  std::printf("a record of %zu events, of a journal of %lld: %zu bytes; leaves %zu, proofs %zu\n",
              record["events"].size(), record["tree_head"]["size"].get<long long>(), record.dump().size(),
              leaves, paths);
}

}  // namespace

int main(int count, char** values) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);  // a line is seen when it is measured
  std::filesystem::path const folder =
      std::filesystem::path(count > 1 ? values[1] : std::filesystem::temp_directory_path().string()) /
      "xiaohao-record-bench";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  append_cost(folder);
  verify_rate(folder);
  proof_cost(folder, count > 2 ? std::atoll(values[2]) : 10'000'000);
  record_size();
  std::filesystem::remove_all(folder);
}
