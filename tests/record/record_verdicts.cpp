// The library's verdict on many records: reads frames (four bytes of length, little-endian, then the record)
// from standard input and writes one letter for each: `h` it holds, `n` it does not, `m` it is no record. An
// empty frame has what was written so far sent off. For tests/record/mutants.mjs.

#include <cstdint>
#include <cstdio>
#include <iterator>
#include <string>

#include "engine/record/verification.hpp"

namespace {

using namespace xiaohao;

char verdict_on(std::string const& text) {
  auto const record = record::read_record(text);
  if (!record) return 'm';
  return record::verify(*record, std::nullopt) ? 'h' : 'n';
}

}  // namespace

int main() {
  std::uint8_t length[4];
  std::string text;
  while (std::fread(length, 1, sizeof length, stdin) == sizeof length) {
    std::uint32_t size = 0;  // little-endian
    for (auto byte = std::rbegin(length); byte != std::rend(length); ++byte) size = size << 8 | *byte;
    if (size == 0) {
      std::fflush(stdout);
      continue;
    }
    text.resize(size);
    if (std::fread(text.data(), 1, size, stdin) != size) return 2;
    std::putchar(verdict_on(text));
  }
  return 0;
}
