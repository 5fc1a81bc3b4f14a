#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/clock/clock.hpp"

namespace xiaohao::cli {

/// `xiaohao key show|rotate|replace --db URL …`: the key that signs the journal's heads.
int key_command(std::vector<std::string> const& arguments, Clock const& clock, std::ostream& out,
                std::ostream& err);

}  // namespace xiaohao::cli
