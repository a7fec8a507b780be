#include "core/desk/phone_list.h"

#include "core/desk/workers.h"

namespace guzheng {

PhoneList::~PhoneList() { stop(); }

void PhoneList::stop() { trackers_.clear(); }

void PhoneList::add_source(const std::string& host, std::uint16_t port, bool practice, bool optional) {
  const std::shared_ptr<Transport> transport = tcp_transport(host, port);
  sources_.push_back({transport->description(), practice, optional, false, std::nullopt, {}});
  transports_.push_back(transport);
  servers_.push_back(std::make_shared<AdbServer>(transport));
  trackers_.push_back(nullptr);
  follow(sources_.size() - 1);
}

void PhoneList::follow(std::size_t source) {
  trackers_[source].reset();
  trackers_[source] = std::make_unique<DeviceTracker>(
      transports_[source], [this, source](const Result<std::vector<AdbDevice>>& list) {
        post(this, [this, source, list] { told(source, list); });      // from the tracker's thread
      });
}

void PhoneList::retry() {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    sources_[i].answered = false;
    follow(i);
  }
  emit changed();
}

void PhoneList::told(std::size_t source, const Result<std::vector<AdbDevice>>& list) {
  auto& entry = sources_[source];
  entry.answered = true;
  entry.error = list ? std::nullopt : std::optional<Error>(list.error());
  const auto before = std::move(entry.phones);
  entry.phones.clear();
  if (list) {
    for (const auto& device : *list) {
      PhoneEntry phone{device.serial, device.model, device.state, source};
      for (const auto& old : before) {
        if (old.serial == phone.serial && phone.model.empty()) phone.model = old.model;
      }
      entry.phones.push_back(std::move(phone));
    }
    ask_models(source);
  }
  emit changed();
}

// The tracker tells serial and state only; models need the long list.
void PhoneList::ask_models(std::size_t source) {
  run_then(pool_, this, [server = servers_[source]] { return server->devices(); },
           [this, source](Result<std::vector<AdbDevice>> list) {
             if (!list) return;
             bool news = false;
             for (auto& phone : sources_[source].phones) {
               for (const auto& device : *list) {
                 if (device.serial != phone.serial || device.model.empty() || device.model == phone.model) continue;
                 phone.model = device.model;
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
