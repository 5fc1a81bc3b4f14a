// Any bytes as a close-out record, and as what a scanner read from paper: refused with a reason, or read into
// a record that writes itself and is then the same record with the same verdict.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/json/document.hpp"
#include "engine/record/paper.hpp"
#include "engine/record/verification.hpp"

namespace {

using namespace xiaohao;

void expect(bool holds) {
  if (!holds) std::abort();
}

void as_paper(std::string_view text) {
  auto const paper = record::paper_from(text);
  if (!paper) return expect(!paper.error().faults.empty());
  expect(paper->digest.size() == 32 && paper->head.head.root.size() == 32 && paper->head.head.size > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  as_paper(text);
  auto const record = record::read_record(text);
  if (!record) {
    expect(!record.error().faults.empty());
    return 0;
  }
  auto const verdict = record::verify(*record, std::nullopt);
  if (verdict) (void)record::words_of(*record, *verdict);
  if (!verdict) expect(!verdict.error().faults.empty());
  auto const again = record::read_record(record::to_json(*record));
  expect(again.has_value());
  expect(record::digest_of(*again) == record::digest_of(*record));
  auto const second = record::verify(*again, std::nullopt);
  expect(second.has_value() == verdict.has_value());
  if (verdict) expect(agrees(record::paper_from(record::paper_text(*record)).value(), *again).has_value());
  return 0;
}
