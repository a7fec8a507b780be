// Room central. What the server answers to stations: tus uploads, receipts, the evidence log, health. core/wire/PROTOCOL.md section 5 and core/wire/openapi.json describe it,
// and tests/program/central_test.py holds the running server to both.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/central/access.h"
#include "core/central/config.h"
#include "core/central/exports.h"
#include "core/central/heads.h"
#include "core/central/ingest.h"
#include "core/central/keeping.h"
#include "core/central/people.h"
#include "core/central/records.h"
#include "core/central/reviews.h"
#include "core/central/stations.h"
#include "core/central/subject_index.h"
#include "core/central/uploads.h"
#include "core/httpd/server.h"

namespace guzheng {

// All must outlive the routes.
struct CentralParts {
  Database* database = nullptr;
  ObjectStore *first = nullptr, *second = nullptr;
  EvidenceLog* log = nullptr;
  HeadBook* heads = nullptr;
  Ingest* ingest = nullptr;
  UploadDesk* uploads = nullptr;
  Stations* stations = nullptr;
  CentralPeople* people = nullptr;
  Exports* exports = nullptr;
  Keeping* keeping = nullptr;
  SubjectIndex* subjects = nullptr;
  CommonRecords* records = nullptr;
  TriggerQueue* triggers = nullptr;
  ReviewInbox* reviews = nullptr;
  AccessBook* access = nullptr;
  const Clock* clock = nullptr;
  UploadLimits limits;
  std::vector<std::string> metrics_from;           // addresses
  std::filesystem::path spool;                     // a folder for pieces whose checksum is awaited, beside the access log
  std::function<int()> connections;                // open now
  std::function<bool()> stopping;
  std::string system_name;
  bool practice = false;
};

HttpRouter central_routes(const CentralParts& parts);

// Who asks, and may they? Stations by their certificate, people by theirs on the paths of central/bureau_api.h; /healthz and /readyz are open to all, /metrics to the addresses that the configuration names.
// Each peer has so many requests a second, and ten times as many at once.
class CentralGate {
 public:
  CentralGate(const CentralParts& parts, int requests_a_second) : parts_(parts), rate_(requests_a_second) {}
  std::optional<HttpAnswer> operator()(HttpRequest& request, const HttpRoute& route);

 private:
  bool within_rate(const std::string& peer);
  static bool of_people(const HttpRoute& route);
  Result<std::string> person(const HttpRequest& request) const;            // the badge
  struct Bucket {
    double left = 0;
    std::int64_t at_us = 0;
  };
  const CentralParts parts_;
  const int rate_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;          // under mutex_
};

}  // namespace guzheng
