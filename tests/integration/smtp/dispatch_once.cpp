// dispatch_once DATABASE SMTP_URL: delivers all mail that is due, in a process that a test can kill.

#include <iostream>

#include "engine/store/sqlite/sqlite_store.hpp"
#include "notifications/settings.hpp"

int main(int count, char** words) {
  using namespace xiaohao;
  if (count != 3) return 2;
  auto const store = store::open_sqlite(words[1]);
  if (!store) {
    std::cerr << store.error().first().detail.en << "\n";
    return 3;
  }
  notifications::SmtpSettings smtp;
  smtp.url = words[2];
  smtp.tls = notifications::SmtpSettings::Tls::None;
  smtp.from = {"xiaohao@county.example", "", ""};
  smtp.messages_per_minute_max = 0;
  notifications::Dispatcher dispatcher(
      **store, [&] { return std::make_shared<Organisation const>((*store)->read()->organisation()); },
      notifications::outer_channels({"", smtp}));
  std::cout << "delivering" << std::endl;
  return dispatcher.deliver(parse_instant("2024-03-01T08:37:00+08:00").value()) ? 0 : 1;
}
