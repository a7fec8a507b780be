// Room desk. The nodes of this station (A-8.3f, A-8.4): their book, which the command line shares; the trust in their host keys; a look at
// each every ten seconds, kept as history. Their phones are sources of the PhoneList. GUI thread; nothing waits on it.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <optional>
#include <string>
#include <vector>

#include "core/desk/live_desk.h"
#include "core/desk/phone_list.h"
#include "core/desk/station_desk.h"
#include "core/site/history.h"

namespace guzheng {

struct NodeCard {
  Node node;
  std::optional<NodeLook> look;            // the newest; empty: not looked at yet
  std::vector<NodeTrouble> troubles;       // of it, worst first
  bool asking = false;                     // a look is on its way
  std::size_t source = 0;                  // of its phones, in the PhoneList
  [[nodiscard]] const HostKey* key() const { return look && look->key ? &*look->key : nullptr; }
};

class NodeDesk : public QObject {
  Q_OBJECT
 public:
  NodeDesk(StationDesk& station, PhoneList& phones, LiveDesk& live);
  ~NodeDesk() override;

  // In the book's order.
  [[nodiscard]] const std::vector<NodeCard>& nodes() const { return nodes_; }
  [[nodiscard]] const NodeCard* find(const std::string& name) const;
  [[nodiscard]] PhoneList& phones() { return phones_; }
  [[nodiscard]] std::filesystem::path folder() const { return station_.private_folder() / "nodes"; }
  // Somebody who may change the book is at the desk: an officer who is logged in (on the practice desk: always).
  [[nodiscard]] bool may_change() const { return station_.is_open() && !station_.card().officers.empty(); }
  [[nodiscard]] std::string officer() const;

  void refresh();                          // reads the book again and looks at every node
  // Journalled; entered(), removed(), trusted() or refused().
  void enter(const Node& node);
  void remove(const std::string& name);    // refused while a session drives one of its phones
  // The officer has compared `fingerprint` with the one at the node. Only a key that is unknown can be trusted, and only the one that was shown.
  void trust(const std::string& name, const std::string& fingerprint);
  [[nodiscard]] bool may_trust() const;      // whoever sits here may answer for a host key, as the policy says
  // The passphrase of that node's key, once: tried first, kept in memory until the program ends; every node with that key has it. unlocked() or refused().
  void unlock(const std::string& name, Secret passphrase);
  void check(const std::string& name);     // looks now, and asks its adb server again; checked()
  void ask_history(const std::string& name);       // of the last 24 hours; history()
  void stop();                             // no more looks; waits for those on their way. Called before the station is drained

 signals:
  void changed();
  void checked(const std::string& name);
  void entered(const std::string& name);
  void removed(const std::string& name);
  void trusted(const std::string& name);
  void unlocked(const std::string& name);
  void refused(const guzheng::Error& error);
  void history(const std::string& name, const std::vector<guzheng::NodeSample>& samples);
  void history_failed(const guzheng::Error& error);

 private:
  void tick();
  void take_book(const std::vector<Node>& book);
  void look(NodeCard& card, bool told);
  void looked(const std::string& name, std::size_t source, const NodeLook& look, const Status& kept, bool told);
  NodeCard* card_of(const std::string& name);
  // Works on the book on a worker, journals `body` and reads the book again.
  void change_book(std::function<Status()> work, Json body, std::function<void()> done);

  StationDesk& station_;
  PhoneList& phones_;
  LiveDesk& live_;
  const std::shared_ptr<SshKeyRing> ring_ = std::make_shared<SshKeyRing>();
  std::vector<NodeCard> nodes_;
  QTimer every_, soon_;
  bool stopped_ = false, reading_ = false;
  std::string book_problem_;               // why the book could not be read last; "": it could
  int ticks_ = 0;
  QThreadPool ways_;                       // looks: they may hang for seconds
};

}  // namespace guzheng
