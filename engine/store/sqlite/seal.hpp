#pragma once

// The seal: how long the journal and the register of row changes are after one commit and where their hashes
// stand, signed. It lies in the database and, so that a database put back or cut short shows, in `PATH.seal`.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/journal/head.hpp"

namespace xiaohao::store::sqlite {

struct Seal {
  journal::Suite suite = journal::Suite::Sha256Ed25519;
  std::int64_t journal_size = 0;
  journal::Hash journal_root;
  std::int64_t changes = 0;
  journal::Hash chain;
  std::string key_id;  ///< empty: there was no key
  std::string signature;
  friend bool operator==(Seal const&, Seal const&) = default;
};

std::string seal_statement(Seal const& seal);  ///< the bytes that are signed
Seal signed_by(Seal seal, journal::SigningKey const& key);
bool is_signed_by(Seal const& seal, journal::PublicKey const& key);

/// Writes the seal over the last one. Not synced: the database is, before this is called; so the file is
/// never ahead of it, and one that was lost is older, which is true as well.
void write_seal_file(std::string const& path, Seal const& seal);
/// None when there is no file or it is not readable as a seal.
std::optional<Seal> read_seal_file(std::string const& path);

}  // namespace xiaohao::store::sqlite
