#include "core/central/evidence_log.h"

#include <algorithm>
#include <bit>
#include <vector>

namespace guzheng {

namespace {

// In log_node, (level, place) is the root of the entries place·2^level … (place+1)·2^level − 1; leaves are level 0. None is ever changed.
std::int64_t sql_number(std::uint64_t value) { return static_cast<std::int64_t>(value); }

// The split of RFC 6962: the largest power of two below `count`, which is at least 2.
std::uint64_t split(std::uint64_t count) { return std::bit_floor(count - 1); }

Failure torn(const std::string& what) { return fail(ErrorKind::Tampered, "evidence log: " + what); }

}  // namespace

Result<std::unique_ptr<EvidenceLog>> EvidenceLog::open(Database& database, const std::string& name, const Signer& signer, const Clock& clock) {
  std::unique_ptr<EvidenceLog> log(new EvidenceLog(database, name, signer, clock));
  GZ_TRY(database.together([&]() -> Status {                               // another server may append meanwhile
    GZ_TRY_ASSIGN(const auto size, log->size());
    GZ_TRY_ASSIGN(const auto newest, log->newest());
    if (size == 0 && !newest) return ok();
    if (!newest) return torn("entries without a checkpoint");
    GZ_TRY_ASSIGN(const auto checkpoint, parse_checkpoint(newest->text));
    GZ_TRY_ASSIGN(const auto root, log->range(0, size));
    return checkpoint.size == size && checkpoint.root == root ? ok() : Status(torn("its newest checkpoint is not of the tree that is stored"));
  }));
  return log;
}

Result<std::uint64_t> EvidenceLog::size() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT coalesce(max(number), -1) FROM log_entry"));
  return static_cast<std::uint64_t>(std::get<std::int64_t>(rows.at(0).at(0)) + 1);
}

Result<TreeHash> EvidenceLog::node(unsigned level, std::uint64_t at) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT hash FROM log_node WHERE level = ? AND place = ?", {std::int64_t{level}, sql_number(at)}));
  const auto* bytes = rows.empty() ? nullptr : std::get_if<Bytes>(&rows[0].at(0));
  TreeHash out{};
  if (bytes == nullptr || bytes->size() != out.size()) return torn("a node of the tree is missing");
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

// The root of the entries `from` up to `to`. Splits fall on whole subtrees, so that only the right edge is hashed.
Result<TreeHash> EvidenceLog::range(std::uint64_t from, std::uint64_t to) {
  const std::uint64_t count = to - from;
  if (std::has_single_bit(count)) {
    const auto level = static_cast<unsigned>(std::countr_zero(count));
    return node(level, from >> level);
  }
  const std::uint64_t middle = from + split(count);
  GZ_TRY_ASSIGN(const auto left, range(from, middle));
  GZ_TRY_ASSIGN(const auto right, range(middle, to));
  return tree_node(left, right);
}

Status EvidenceLog::path(std::uint64_t index, std::uint64_t from, std::uint64_t to, TreeProof& proof) {
  if (to - from == 1) return ok();
  const std::uint64_t middle = from + split(to - from);
  const bool left = index < middle;
  GZ_TRY(left ? path(index, from, middle, proof) : path(index, middle, to, proof));
  GZ_TRY_ASSIGN(const auto other, left ? range(middle, to) : range(from, middle));
  proof.push_back(other);
  return ok();
}

// RFC 6962 2.1.2. `whole`: the older tree's root is known to whoever checks.
Status EvidenceLog::subproof(std::uint64_t first, std::uint64_t from, std::uint64_t to, bool whole, TreeProof& proof) {
  if (first == to) {
    if (whole) return ok();
    GZ_TRY_ASSIGN(const auto root, range(from, to));
    proof.push_back(root);
    return ok();
  }
  const std::uint64_t middle = from + split(to - from);
  const bool left = first <= middle;
  GZ_TRY(left ? subproof(first, from, middle, whole, proof) : subproof(first, middle, to, false, proof));
  GZ_TRY_ASSIGN(const auto other, left ? range(middle, to) : range(from, middle));
  proof.push_back(other);
  return ok();
}

Status EvidenceLog::put_node(unsigned level, std::uint64_t at, const TreeHash& hash) {
  return database_.run("INSERT INTO log_node(level, place, hash) VALUES(?, ?, ?)", {std::int64_t{level}, sql_number(at), Bytes(hash.begin(), hash.end())});
}

Result<LogPlace> EvidenceLog::append_within(std::string_view entry) {
  GZ_TRY_ASSIGN(const std::uint64_t index, size());
  GZ_TRY(database_.run("INSERT INTO log_entry(number, entry) VALUES(?, ?)", {sql_number(index), std::string(entry)}));
  TreeHash hash = tree_leaf(as_bytes(entry));
  GZ_TRY(put_node(0, index, hash));
  for (unsigned level = 0; ((index >> level) & 1) != 0; ++level) {         // every subtree that this entry completes
    GZ_TRY_ASSIGN(const auto left, node(level, (index >> level) - 1));
    hash = tree_node(left, hash);
    GZ_TRY(put_node(level + 1, index >> (level + 1), hash));
  }
  Checkpoint checkpoint{name_, index + 1, {}, clock_.wall()};
  GZ_TRY_ASSIGN(checkpoint.root, range(0, index + 1));
  LogPlace out{index, {}, {}};
  GZ_TRY_ASSIGN(out.checkpoint.text, write_checkpoint(checkpoint));
  GZ_TRY_ASSIGN(out.checkpoint.signature, signer_.sign_detached(as_bytes(out.checkpoint.text)));
  GZ_TRY(database_.run("INSERT INTO log_checkpoint(size, text, signature) VALUES(?, ?, ?)", {sql_number(index + 1), out.checkpoint.text, out.checkpoint.signature}));
  GZ_TRY(path(index, 0, index + 1, out.proof));
  return out;
}

Result<LogPlace> EvidenceLog::append(std::string_view entry) {
  LogPlace out;
  GZ_TRY(database_.together([&]() -> Status {
    GZ_TRY_ASSIGN(out, append_within(entry));
    return ok();
  }));
  return out;
}

Result<SignedCheckpoint> EvidenceLog::checkpoint_of(std::uint64_t size) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT text, signature FROM log_checkpoint WHERE size = ?", {sql_number(size)}));
  if (rows.empty()) return torn("the checkpoint of " + std::to_string(size) + " entries is missing");
  return SignedCheckpoint{std::get<std::string>(rows[0].at(0)), std::get<Bytes>(rows[0].at(1))};
}

Result<LogPlace> EvidenceLog::place(std::uint64_t index) {
  GZ_TRY_ASSIGN(const auto now, size());
  if (index >= now) return fail(ErrorKind::NotFound, "the evidence log has no entry " + std::to_string(index));
  LogPlace out{index, {}, {}};
  GZ_TRY_ASSIGN(out.checkpoint, checkpoint_of(now));
  GZ_TRY(path(index, 0, now, out.proof));
  return out;
}

Result<std::string> EvidenceLog::entry(std::uint64_t index) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT entry FROM log_entry WHERE number = ?", {sql_number(index)}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "the evidence log has no entry " + std::to_string(index));
  return std::get<std::string>(rows[0].at(0));
}

Result<std::optional<SignedCheckpoint>> EvidenceLog::newest() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT text, signature FROM log_checkpoint ORDER BY size DESC LIMIT 1"));
  if (rows.empty()) return std::optional<SignedCheckpoint>();
  return std::optional(SignedCheckpoint{std::get<std::string>(rows[0].at(0)), std::get<Bytes>(rows[0].at(1))});
}

Result<TreeProof> EvidenceLog::consistency(std::uint64_t first, std::uint64_t second) {
  GZ_TRY_ASSIGN(const auto now, size());
  if (first > second || second > now) return fail(ErrorKind::Invalid, "the evidence log has no such sizes");
  TreeProof proof;
  if (first > 0 && first < second) GZ_TRY(subproof(first, 0, second, true, proof));
  return proof;
}

Status EvidenceLog::audit(const std::function<bool()>& go_on) {
  GZ_TRY_ASSIGN(const auto total, size());
  GZ_TRY_ASSIGN(const auto last, newest());
  if (const auto read = last ? parse_checkpoint(last->text) : Result<Checkpoint>(Checkpoint{}); !read || read->size != total) return torn("its newest checkpoint is of another size than the log");
  std::vector<std::pair<unsigned, TreeHash>> edge;                         // whole subtrees from the left, each smaller than the one before
  for (std::uint64_t number = 0; number < total; ++number) {
    if (go_on && !go_on()) return fail(ErrorKind::Cancelled, "the audit was called off");
    const auto text = entry(number);
    if (!text) return text.error().kind == ErrorKind::NotFound ? torn("entry " + std::to_string(number) + " is missing") : fail(text.error());
    unsigned level = 0;
    TreeHash hash = tree_leaf(as_bytes(*text));
    const auto stored = [&]() -> Status {
      GZ_TRY_ASSIGN(const auto kept, node(level, number >> level));
      return kept == hash ? ok() : Status(torn("entry " + std::to_string(number) + " or what was hashed over it was changed"));
    };
    GZ_TRY(stored());
    for (; !edge.empty() && edge.back().first == level; edge.pop_back()) {
      hash = tree_node(edge.back().second, hash);
      ++level;
      GZ_TRY(stored());
    }
    edge.emplace_back(level, hash);
    TreeHash root = edge.back().second;
    for (auto it = edge.rbegin() + 1; it != edge.rend(); ++it) root = tree_node(it->second, root);
    GZ_TRY_ASSIGN(const auto signed_one, checkpoint_of(number + 1));
    const auto checkpoint = parse_checkpoint(signed_one.text);
    if (!checkpoint || checkpoint->size != number + 1 || checkpoint->root != root) return torn("the checkpoint of " + std::to_string(number + 1) + " entries is of another log");
  }
  return ok();
}

}  // namespace guzheng
