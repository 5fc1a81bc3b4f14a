#include "web/silencing.hpp"

namespace xiaohao::web {

void set_silence(Application& application, Silence wish, Username const& who, Written<Silence> answer) {
  auto const change = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::set_silence(transaction, wish, asking);
  };
  write_as<Silence>(application, who, change, std::move(answer));
}

void end_silence(Application& application, std::int64_t id, Username const& who, Written<Silence> answer) {
  auto const change = [id](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::end_silence(transaction, id, asking);
  };
  write_as<Silence>(application, who, change, std::move(answer));
}

void set_absence(Application& application, Absence wish, Username const& who, Written<Absence> answer) {
  auto const change = [wish](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::set_absence(transaction, wish, asking);
  };
  write_as<Absence>(application, who, change, std::move(answer));
}

void end_absence(Application& application, std::int64_t id, Username const& who, Written<Absence> answer) {
  auto const change = [id](store::Transaction& transaction, Asking const& asking) {
    return xiaohao::end_absence(transaction, id, asking);
  };
  write_as<Absence>(application, who, change, std::move(answer));
}

}  // namespace xiaohao::web
