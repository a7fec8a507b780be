// Room desk. 设备与介质登记: what there is, where it is, who took it out; each act by the officer at the desk and into the operation log.
// GUI thread; answers are signals.
#pragma once

#include <QObject>
#include <string>
#include <vector>

#include "core/desk/station_desk.h"
#include "core/site/inventory.h"

namespace guzheng {

class InventoryDesk : public QObject {
  Q_OBJECT
 public:
  explicit InventoryDesk(StationDesk& station);
  [[nodiscard]] const std::vector<Thing>& things() const { return things_; }
  [[nodiscard]] bool may_change() const { return station_.is_open() && !station_.card().officers.empty(); }
  void refresh();                                            // changed() or failed()
  void enter(const Thing& thing, const std::string& place);  // kept() or failed()
  void move(std::int64_t thing, MoveAct act, const std::string& place, const std::string& why);
  void ask_moves(std::int64_t thing);                        // moves()

 signals:
  void changed();
  void kept(const guzheng::Thing& thing);
  void moves(qint64 thing, const std::vector<guzheng::ThingMove>& moves);
  void failed(const guzheng::Error& error);

 private:
  void act(std::function<Result<Thing>(Database&)> work, std::string name);
  [[nodiscard]] std::string officer() const;
  StationDesk& station_;
  std::vector<Thing> things_;
};

}  // namespace guzheng
