// Package page 证据库. The subject that a package's order names.
#pragma once

#include "core/desk/vault_desk.h"

namespace guzheng::ui {

// An empty object where the order cannot be read: damaged, or encrypted for others.
inline Json subject_of(const PackageEntry& entry) {
  const bool there = entry.order.is_object() && entry.order.contains("subject") && entry.order.at("subject").is_object();
  return there ? entry.order.at("subject") : Json::object();
}

}  // namespace guzheng::ui
