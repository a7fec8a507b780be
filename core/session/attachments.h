// Room session. The JSON files of data/attach that say who, what and for whom (A-7.3d, FORMAT.md 6), and values.json. Pure.
#pragma once

#include "core/session/gap_book.h"
#include "core/session/record_book.h"
#include "core/session/session.h"

namespace guzheng {

struct People {
  CertificateInfo officer1, officer2, station;
};
Result<People> people_of(const SessionSetup& setup);         // Invalid when two different officers are not there

struct OrderContext {
  const SessionSetup& setup;
  const People& people;
  bool practice = false;
  WallTime issued_at;
  std::string issued_from, executed_on;      // host; phone and the way to it
};
Json order_json(const OrderContext& context);
Json people_json(const People& people, bool practice);

struct ValuesContext {
  std::string package, maker;
  bool practice = false;
  WallTime opened_at, closed_at;
  int zone_minutes = 480;
};
Json values_json(const ValuesContext& context, const std::vector<CaptureItem>& items, const RecordBook& record, const GapBook& gaps);

}  // namespace guzheng
