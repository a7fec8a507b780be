#include "core/device/node_book.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "core/base/file.h"
#include "core/base/json.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostNodes = 500, kMostBook = 1u << 20, kMostName = 60, kMostField = 400;
constexpr std::int64_t kBookFormat = 1;

fs::path book_of(const fs::path& folder) { return folder / "nodes.json"; }

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}
// A name or an address: what ssh could take for an option or a second word is none.
bool is_host(const std::string& text) {
  return !text.empty() && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '_'; });
}
bool is_user(const std::string& text) {
  return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_'; });
}

// Why a node cannot be in the book, or "".
std::string problem_of_node(const Node& node) {
  for (const auto* text : {&node.name, &node.place, &node.host, &node.user})
    if (text->size() > kMostField || !is_one_line(*text) || !is_utf8(*text)) return "a field is longer than 400 bytes or holds a control character";
  if (node.name.empty() || node.name.size() > kMostName) return "\"name\" is missing or longer than 60 bytes";
  if (!is_host(node.host)) return "\"host\" is no host name or address";
  if (!is_user(node.user)) return "\"user\" is no user name";
  if (node.port == 0 || node.adb_port == 0) return "\"port\" and \"adb_port\" are whole numbers from 1 to 65535";
  if (node.key.empty()) return "\"key\" is missing: the file of the station's ssh key";
  return {};
}

std::uint16_t port_at(const Json& json, const char* name, std::uint16_t fallback) {
  if (!json.contains(name)) return fallback;
  const auto value = integer_at(json, name, 0);
  return value >= 1 && value <= 65535 ? static_cast<std::uint16_t>(value) : 0;
}

Failure wrong_node(std::size_t number, const std::string& what) {
  return fail(ErrorKind::Invalid, "node " + std::to_string(number) + ": " + what);
}

Status check_nodes(const std::vector<Node>& nodes) {
  if (nodes.size() > kMostNodes) return fail(ErrorKind::Invalid, "more than 500 nodes");
  std::set<std::string> names;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (const auto problem = problem_of_node(nodes[i]); !problem.empty()) return wrong_node(i + 1, problem);
    if (!names.insert(nodes[i].name).second) return wrong_node(i + 1, "the name \"" + nodes[i].name + "\" is another node's already");
  }
  return ok();
}

Result<std::vector<Node>> parse_nodes(std::string_view text) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || integer_at(json, "format") != kBookFormat || !json.contains("nodes") || !json["nodes"].is_array())
    return fail(ErrorKind::Invalid, "no list of nodes of format 1");
  static const std::set<std::string> known{"name", "place", "host", "user", "port", "adb_port", "key", "certificate"};
  std::vector<Node> nodes;
  for (const auto& one : json["nodes"]) {
    if (!one.is_object()) return wrong_node(nodes.size() + 1, "is no object");
    for (const auto& [name, value] : one.items())
      if (!known.contains(name)) return wrong_node(nodes.size() + 1, "\"" + name + "\" is no field of a node");
    nodes.push_back({text_at(one, "name"), text_at(one, "place"), text_at(one, "host"), text_at(one, "user"), port_at(one, "port", 22),
                     port_at(one, "adb_port", 5037), text_at(one, "key"), text_at(one, "certificate")});
  }
  GZ_TRY(check_nodes(nodes));
  return nodes;
}

Status make_book_folder(const fs::path& folder) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (ec) return fail(error_from_errno(ec.value(), "make " + folder.string()));
  fs::permissions(folder, fs::perms::owner_all, ec);
  return ok();
}

// Held while a change is read, made and written; closing the file unlocks it.
Result<UniqueFd> lock_book(const fs::path& folder) {
  GZ_TRY(make_book_folder(folder));
  const auto file = folder / "nodes.lock";
  UniqueFd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("open " + file.string());
  while (::flock(fd.get(), LOCK_EX) != 0)
    if (errno != EINTR) return fail_errno("lock " + file.string());
  return fd;
}

}  // namespace

Result<std::vector<Node>> read_nodes(const fs::path& folder) {
  const auto text = read_text(book_of(folder), kMostBook);
  if (!text && text.error().kind == ErrorKind::NotFound) return std::vector<Node>{};
  if (!text) return fail(text.error());
  auto nodes = parse_nodes(*text);
  if (!nodes) return fail(nodes.error().in(book_of(folder).string()));
  return nodes;
}

Status write_nodes(const fs::path& folder, const std::vector<Node>& nodes) {
  GZ_TRY(check_nodes(nodes));
  GZ_TRY(make_book_folder(folder));
  Json list = Json::array();
  for (const auto& node : nodes)
    list.push_back({{"name", node.name}, {"place", node.place}, {"host", node.host}, {"user", node.user}, {"port", node.port},
                    {"adb_port", node.adb_port}, {"key", node.key.string()}, {"certificate", node.certificate.string()}});
  GZ_TRY_ASSIGN(const auto text, canonical_json({{"format", kBookFormat}, {"nodes", list}}));
  return write_text(book_of(folder), text + "\n");
}

Status enter_node(const fs::path& folder, const Node& node, bool replace) {
  GZ_TRY_ASSIGN(const auto held, lock_book(folder));
  GZ_TRY_ASSIGN(auto nodes, read_nodes(folder));
  const auto known = std::find_if(nodes.begin(), nodes.end(), [&](const auto& n) { return n.name == node.name; });
  if (known == nodes.end()) nodes.push_back(node);
  else if (replace) *known = node;
  else return fail(ErrorKind::Exists, "the station knows a node \"" + node.name + "\" already");
  return write_nodes(folder, nodes);
}

Status forget_node(const fs::path& folder, const std::string& name) {
  GZ_TRY_ASSIGN(const auto held, lock_book(folder));
  GZ_TRY_ASSIGN(auto nodes, read_nodes(folder));
  if (std::erase_if(nodes, [&](const auto& n) { return n.name == name; }) == 0)
    return fail(ErrorKind::NotFound, "the station knows no node \"" + name + "\"");
  return write_nodes(folder, nodes);
}

Result<Node> find_node(const fs::path& folder, const std::string& name) {
  GZ_TRY_ASSIGN(const auto nodes, read_nodes(folder));
  std::string known;
  for (const auto& node : nodes) {
    if (node.name == name) return node;
    known += (known.empty() ? "" : ", ") + node.name;
  }
  return fail(ErrorKind::NotFound, "the station knows no node \"" + name + "\" (" + (known.empty() ? "none yet" : known) + ")");
}

SshAddress address_of(const Node& node, const fs::path& folder, std::shared_ptr<const SshKeyRing> ring) {
  SshAddress out;
  out.host = node.host;
  out.port = node.port;
  out.user = node.user;
  out.key = folder / node.key;
  if (!node.certificate.empty()) out.certificate = folder / node.certificate;
  out.known_hosts = folder / "known_hosts";
  out.ring = std::move(ring);
  return out;
}

}  // namespace guzheng
