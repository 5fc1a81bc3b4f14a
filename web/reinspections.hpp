#pragma once

// Draws 回头看抽查 for whoever is signed in, from pages and API alike.

#include "engine/reinspection.hpp"
#include "web/asked_change.hpp"

namespace xiaohao::web {

/// Whoever may read the history of items may read draws: they name items of every unit. Forbidden otherwise.
Result<void> may_read_draws(Application& application, Username const& username);

void draw_reinspections(Application& application, DrawWish const& wish, Username const& who,
                        Written<Draw> answer);

enum class DrawnState {
  Waiting,   ///< nobody has looked at it again
  Stands,    ///< 巩固
  Reopened,  ///< 重新整改
};
std::string_view word_of(DrawnState state);  ///< `waiting`, `stands`, `reopened`

/// What has become of an item that was drawn: by its cycle, and what its journal says of a reinspection.
DrawnState state_of(store::Reader const& reader, Drawn const& drawn);

}  // namespace xiaohao::web
