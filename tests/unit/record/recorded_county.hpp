#pragma once

// A county whose lead share has gone the whole way, and its record.

#include "engine/record/closeout_record.hpp"
#include "engine/record/keeping.hpp"
#include "engine/record/verification.hpp"
#include "tests/unit/engine/county.hpp"

namespace xiaohao::record {

class RecordedCounty : public County {
 protected:
  void SetUp() override {
    County::SetUp();
    ASSERT_TRUE(keep_key(*store, nullptr, {clock.now(), clock.now()}));
  }
  void close_lead() { close_out("owner-zhujianju", "coordinator", lead); }
  CloseOutRecord record() const { return record_of(*store->read(), lead, store->key().get()).value(); }
  std::string key_id() const { return store->key()->public_key().id(); }

  /// The verdict as a verifier without the database gives it: `holds`, or the pointers of what does not.
  static std::vector<std::string> faults(std::string const& text,
                                         std::optional<std::string> const& known = std::nullopt) {
    std::vector<std::string> pointers;
    auto const read = read_record(text);
    auto const verdict = read ? verify(*read, known) : Result<Verdict>(tl::unexpected(read.error()));
    if (!verdict)
      for (Fault const& fault : verdict.error().faults) pointers.push_back(fault.pointer);
    return pointers;
  }
};

}  // namespace xiaohao::record
