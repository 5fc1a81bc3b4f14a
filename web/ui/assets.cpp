#include "web/ui/assets.hpp"

#include <map>
#include <memory>
#include <openssl/sha.h>
#include <stdexcept>

#include "ui_files.embedded.hpp"
#include "web/application.hpp"

namespace xiaohao::web {
namespace {

struct Asset {
  std::string path;
  std::string content_type;
  std::shared_ptr<std::string const> bytes;
};

bool ends(std::string_view text, std::string_view with) {
  return text.size() >= with.size() && text.substr(text.size() - with.size()) == with;
}

std::string content_type_of(std::string_view name) {
  if (ends(name, ".css")) return "text/css; charset=utf-8";
  if (ends(name, ".js")) return "text/javascript; charset=utf-8";
  if (ends(name, ".svg")) return "image/svg+xml";
  throw std::logic_error("no content type is known for " + std::string(name));
}

/// The first 16 hexadecimal digits of its SHA-256: enough to tell one release from the next.
std::string fingerprint(std::string const& bytes) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), hash);
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (int place = 0; place < 8; ++place) {
    text += digits[hash[place] >> 4];
    text += digits[hash[place] & 15];
  }
  return text;
}

/// By name. Stylesheets are one file to a browser and one per component to whoever changes them.
std::map<std::string, Asset, std::less<>> make_assets() {
  std::map<std::string, std::string> files;
  for (embedded::EmbeddedFile const& file : embedded::ui_files()) {
    if (ends(file.path, ".css"))
      files["xiaohao.css"].append(file.bytes);
    else
      files.emplace(file.path, file.bytes);
  }
  std::map<std::string, Asset, std::less<>> made;
  for (auto& [name, bytes] : files) {
    auto const dot = name.rfind('.');
    Asset asset{"/assets/" + name.substr(0, dot) + "." + fingerprint(bytes) + name.substr(dot),
                content_type_of(name), std::make_shared<std::string const>(std::move(bytes))};
    made.emplace(name, std::move(asset));
  }
  return made;
}

std::map<std::string, Asset, std::less<>> const& assets() {
  static auto const made = make_assets();
  return made;
}

}  // namespace

std::string const& asset_path(std::string_view name) {
  auto const found = assets().find(name);
  if (found == assets().end()) throw std::logic_error("there is no asset " + std::string(name));
  return found->second.path;
}

std::string asset_text(std::string_view name) {
  for (embedded::EmbeddedFile const& file : embedded::ui_files())
    if (file.path == name) return std::string(file.bytes);
  throw std::logic_error("there is no asset " + std::string(name));
}

void add_asset_routes(Router& router) {
  for (auto const& [name, asset] : assets())
    router.add("GET", asset.path, Access::Anyone,
               [&asset = asset](std::shared_ptr<Request const>, Respond respond) {
                 Response response;
                 response.content_type = asset.content_type;
                 response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
                 response.body = asset.bytes;
                 respond(std::move(response));
               });
  // Browsers ask for this one by themselves, whatever a page says.
  router.add("GET", "/favicon.ico", Access::Anyone, [](std::shared_ptr<Request const>, Respond respond) {
    respond(see_other(asset_path("icon.svg")));
  });
}

}  // namespace xiaohao::web
