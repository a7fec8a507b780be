#include "core/desk/phone_list.h"

#include "core/desk/workers.h"

namespace guzheng {

Result<bool> is_training_phone(DeviceLink& link) {
  GZ_TRY_ASSIGN(const auto answer, link.shell("getprop ro.guzheng.training", std::chrono::seconds(5)));
  return as_text(answer.out).starts_with("1");
}

PhoneList::~PhoneList() { stop(); }

void PhoneList::stop() { trackers_.clear(); }

void PhoneList::add_source(const std::string& host, std::uint16_t port, bool optional) {
  const std::shared_ptr<Transport> transport = tcp_transport(host, port);
  sources_.push_back({transport->description(), optional, false, std::nullopt, {}});
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
      PhoneEntry phone{device.serial, device.model, device.state, source, false};
      for (const auto& old : before) {
        if (old.serial != phone.serial) continue;
        if (phone.model.empty()) phone.model = old.model;
        phone.training = old.training && phone.usable();
      }
      entry.phones.push_back(std::move(phone));
    }
    ask_more(source);
  }
  emit changed();
}

// The tracker tells serial and state only; models need the long list, and what a phone is only it can say.
void PhoneList::ask_more(std::size_t source) {
  run_then(pool_, this,
           [server = servers_[source]] {
             std::vector<PhoneEntry> out;
             const auto list = server->devices();
             if (!list) return out;
             for (const auto& device : *list) {
               PhoneEntry phone{device.serial, device.model, device.state, 0, false};
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
