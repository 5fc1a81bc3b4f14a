#pragma once

// Which passwords may be chosen: a profile that is data (`workflows/passwords/`), since the two standards
// that a county may be held to contradict each other on composition and rotation.

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/result.hpp"

namespace xiaohao::identity {

/// The default is OWASP ASVS 5.0, chapter V6.2: long, of any composition, not among those known to attackers,
/// valid until changed.
struct PasswordRules {
  std::string name = "default";
  int length_min = 15;                    ///< in characters, not bytes
  int length_min_with_second_factor = 8;  ///< for accounts that also ask for a one-time code
  int classes_min = 0;                    ///< of lower case, upper case, digits, others (等保三级: 3)
  int valid_days_max = 0;                 ///< then it must be changed (等保三级: 90); 0: never

  /// Reads `{"$schema": "xiaohao-passwords/1", …}`.
  static Result<PasswordRules> read(nlohmann::json const& document);
};

/// Refuses a password that `rules` do not allow, at `/password`, and names every reason at once. `words` are
/// those that anybody would guess for this account: its user name, the person's and the unit's name.
Result<void> check_password(std::string_view password, PasswordRules const& rules, bool second_factor,
                            std::vector<std::string> const& words);

}  // namespace xiaohao::identity
