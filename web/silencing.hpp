#pragma once

// Setting and ending silences and absences for whoever is signed in, from pages and API alike. `answer` is
// called once it is durable, or refused.

#include "web/asked_change.hpp"

namespace xiaohao::web {

void set_silence(Application& application, Silence wish, Username const& who, Written<Silence> answer);
void end_silence(Application& application, std::int64_t id, Username const& who, Written<Silence> answer);
void set_absence(Application& application, Absence wish, Username const& who, Written<Absence> answer);
void end_absence(Application& application, std::int64_t id, Username const& who, Written<Absence> answer);

}  // namespace xiaohao::web
