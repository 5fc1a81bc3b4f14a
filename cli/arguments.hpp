#pragma once

// The words after `xiaohao COMMAND`: options with and without values, and the rest.

#include <iosfwd>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::cli {

inline constexpr int exit_done = 0;
inline constexpr int exit_no = 1;           ///< a check failed, a record does not verify
inline constexpr int exit_usage = 2;        ///< bad usage or bad input
inline constexpr int exit_environment = 3;  ///< disk, network, port taken

/// What a command accepts.
struct Grammar {
  std::set<std::string> flags;    ///< `--json`
  std::set<std::string> options;  ///< `--year`, with a value after it or after `=`
  std::size_t words_min = 0;
  std::size_t words_max = 0;
  std::string words_are;  ///< for the message: `PHRASE`
};

class Arguments {
 public:
  /// Refuses unknown or repeated options, missing values, too few or too many words. `--` ends the options.
  static Result<Arguments> read(std::vector<std::string> const& arguments, Grammar const& grammar);

  bool has(std::string const& flag) const { return flags_.contains(flag); }
  std::optional<std::string> option(std::string const& name) const;
  std::vector<std::string> const& words() const { return words_; }

 private:
  std::set<std::string> flags_;
  std::map<std::string, std::string> options_;
  std::vector<std::string> words_;
};

/// Writes `xiaohao: WHERE: what is wrong; what would be right` and gives the exit code that fits.
int report(std::ostream& err, std::string_view where, Refusal const& refusal);

/// `text` as a part of a message: on one line, cut between characters after sixty of them.
std::string shown(std::string_view text);

/// A whole number in [min, max], or a refusal that names the range.
Result<int> whole_number(std::string const& text, int min, int max);

}  // namespace xiaohao::cli
