// Room desk, private. Hops: work on a pool's thread, its value back on the GUI thread.
#pragma once

#include <QMetaObject>
#include <QObject>
#include <QThreadPool>
#include <memory>
#include <utility>

namespace guzheng {

// Runs `work` on `pool`, then `then` with its value on `owner`'s thread. The pool must be drained (waitForDone) before
// `owner` dies; a value that arrives for a dead owner is dropped with the owner's event queue.
template <typename Work, typename Then>
void run_then(QThreadPool& pool, QObject* owner, Work work, Then then) {
  auto task = std::make_shared<std::pair<Work, Then>>(std::move(work), std::move(then));
  pool.start([owner, task] {
    using Value = decltype(task->first());
    std::shared_ptr<Value> value;
    {
      auto work_here = std::move(task->first);     // what the work holds dies on this thread, not on the owner's
      value = std::make_shared<Value>(work_here());
    }
    QMetaObject::invokeMethod(owner, [task, value] { task->second(std::move(*value)); }, Qt::QueuedConnection);
  });
}

// Calls `act` on `owner`'s thread, soon, in order.
template <typename Act>
void post(QObject* owner, Act act) {
  QMetaObject::invokeMethod(owner, std::move(act), Qt::QueuedConnection);
}

}  // namespace guzheng
