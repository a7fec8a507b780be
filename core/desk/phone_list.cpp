#include "core/desk/phone_list.h"

#include <algorithm>

#include "core/desk/workers.h"
#include "core/site/look.h"

namespace guzheng {

Result<bool> is_training_phone(DeviceLink& link) {
  GZ_TRY_ASSIGN(const auto answer, link.shell("getprop ro.guzheng.training", std::chrono::seconds(5)));
  return as_text(answer.out).starts_with("1");
}

PhoneList::PhoneList(QThreadPool& pool) : pool_(pool) { far_.setMaxThreadCount(8); }

PhoneList::~PhoneList() { stop(); }

void PhoneList::stop() {
  for (auto& place : places_) retire(std::move(place.tracker));      // all at once: each may wait for a connection that is being made
  far_.waitForDone();
}

std::size_t PhoneList::add_source(const std::string& host, std::uint16_t port, bool optional) {
  const std::shared_ptr<Transport> transport = tcp_transport(host, port);
  return add({transport->description(), optional, false, std::nullopt, {}}, {std::nullopt, transport, std::make_shared<AdbServer>(transport), nullptr, {}, {}});
}

std::size_t PhoneList::add_node(NodeWay way) {
  PhoneSource source;
  source.name = way.name;
  source.node = source.optional = true;
  const std::shared_ptr<Transport> transport = way.transport;
  return add(std::move(source), {std::move(way), transport, std::make_shared<AdbServer>(transport), nullptr, {}, {}});
}

std::size_t PhoneList::add(PhoneSource source, Place place) {
  sources_.push_back(std::move(source));
  places_.push_back(std::move(place));
  follow(sources_.size() - 1);
  emit changed();
  return sources_.size() - 1;
}

void PhoneList::drop_source(std::size_t source) {
  sources_[source].gone = true;
  sources_[source].phones.clear();
  auto& place = places_[source];
  retire(std::move(place.tracker));
  // the connection's end is waited for by whoever holds it last: not here
  far_.start([place = std::make_shared<Place>(std::move(place))] { (void)place; });
  place = {};
  emit changed();
}

void PhoneList::retire(std::unique_ptr<DeviceTracker> tracker) {
  if (!tracker) return;
  far_.start([old = std::shared_ptr<DeviceTracker>(std::move(tracker))]() mutable { old.reset(); });
}

void PhoneList::follow(std::size_t source) {
  retire(std::move(places_[source].tracker));
  places_[source].tracker = std::make_unique<DeviceTracker>(
      places_[source].transport, [this, source](const Result<std::vector<AdbDevice>>& list) {
        post(this, [this, source, list] { told(source, list); });      // from the tracker's thread
      });
}

void PhoneList::retry() {
  for (std::size_t i = 0; i < sources_.size(); ++i)
    if (!sources_[i].gone) retry(i);
}

void PhoneList::retry(std::size_t source) {
  sources_[source].answered = false;
  follow(source);
  emit changed();
}

void PhoneList::told(std::size_t source, const Result<std::vector<AdbDevice>>& list) {
  auto& entry = sources_[source];
  if (entry.gone) return;                  // said before it was dropped
  entry.answered = true;
  entry.error = list ? std::nullopt : std::optional<Error>(list.error());
  const auto before = std::move(entry.phones);
  entry.phones.clear();
  if (list) {
    for (const auto& device : *list) {
      PhoneEntry phone{device.serial, device.model, device.state, source, false, {}, {}, {}};
      for (const auto& old : before) {
        if (old.serial != phone.serial) continue;
        phone.battery = old.battery;
        if (phone.model.empty()) phone.model = old.model;
        phone.training = old.training && phone.usable();
      }
      entry.phones.push_back(std::move(phone));
    }
    put_holders(source);
    ask_more(source);
  }
  emit changed();
}

void PhoneList::set_leases(std::size_t source, const std::vector<NodeLease>& leases) {
  if (sources_[source].gone) return;
  places_[source].leases = leases;
  const auto before = sources_[source].phones;
  put_holders(source);
  const auto& now = sources_[source].phones;
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (before[i].holder == now[i].holder && before[i].held_since.ms == now[i].held_since.ms) continue;
    emit changed();
    return;
  }
}

void PhoneList::put_holders(std::size_t source) {
  for (auto& phone : sources_[source].phones) {
    phone.holder.clear();
    phone.held_since = {};
    for (const auto* leases : {&places_[source].leases, &places_[source].here})
      for (const auto& lease : *leases) {
        if (lease.serial != phone.serial) continue;
        phone.holder = lease.holder.empty() ? "?" : lease.holder;
        phone.held_since = {lease.since_ms};
      }
  }
}

void PhoneList::use_here(std::size_t source, const std::string& serial, const std::string& what, WallTime since) {
  NodeLease lease;
  lease.serial = serial;
  lease.holder = what;
  lease.since_ms = since.ms;
  places_[source].here.push_back(std::move(lease));
  put_holders(source);
  emit changed();
}

void PhoneList::give_back(std::size_t source, const std::string& serial) {
  std::erase_if(places_[source].here, [&](const NodeLease& one) { return one.serial == serial; });
  put_holders(source);
  emit changed();
}

bool PhoneList::used_here(std::size_t source, const std::string& serial) const {
  const auto& here = places_[source].here;
  return std::any_of(here.begin(), here.end(), [&](const NodeLease& one) { return one.serial == serial; });
}

void PhoneList::ask_batteries(std::size_t source) {
  std::vector<std::string> serials;
  for (const auto& phone : sources_[source].phones)
    if (phone.free()) serials.push_back(phone.serial);
  if (serials.empty()) return;
  run_then(far_, this,
           [server = places_[source].server, serials = std::move(serials)] {
             std::vector<std::pair<std::string, std::optional<int>>> out;
             for (const auto& serial : serials) {
               const auto said = server->shell(serial, "dumpsys battery", std::chrono::seconds(5));
               out.emplace_back(serial, said ? battery_level(as_text(said->out)) : std::nullopt);
             }
             return out;
           },
           [this, source](const std::vector<std::pair<std::string, std::optional<int>>>& answers) {
             bool news = false;
             for (auto& phone : sources_[source].phones)
               for (const auto& [serial, level] : answers) {
                 if (phone.serial != serial || !level || phone.battery == level) continue;
                 phone.battery = level;
                 news = true;
               }
             if (news) emit changed();
           });
}

// The tracker tells serial and state only; models need the long list, and what a phone is only it can say.
void PhoneList::ask_more(std::size_t source) {
  run_then(pool_of(source), this,
           [server = places_[source].server] {
             std::vector<PhoneEntry> out;
             const auto list = server->devices();
             if (!list) return out;
             for (const auto& device : *list) {
               PhoneEntry phone{device.serial, device.model, device.state, 0, false, {}, {}, {}};
               if (phone.usable()) {
                 const auto training = is_training_phone(*adb_link(server, device.serial));
                 phone.training = training && *training;
               }
               out.push_back(std::move(phone));
             }
             return out;
           },
           [this, source](const std::vector<PhoneEntry>& answers) {
             bool news = false;
             for (auto& phone : sources_[source].phones) {
               for (const auto& answer : answers) {
                 if (answer.serial != phone.serial || (answer.model == phone.model && answer.training == phone.training)) continue;
                 if (!answer.model.empty()) phone.model = answer.model;
                 phone.training = answer.training;
                 news = true;
               }
             }
             if (news) emit changed();
           });
}

std::vector<PhoneEntry> PhoneList::phones() const {
  std::vector<PhoneEntry> all;
  for (const auto& source : sources_) all.insert(all.end(), source.phones.begin(), source.phones.end());
  return all;
}

}  // namespace guzheng
