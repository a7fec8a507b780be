#include "core/desk/qt_audio_out.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QIODevice>
#include <QMediaDevices>
#include <algorithm>
#include <mutex>
#include <utility>

#include "core/base/log.h"
#include "core/base/thread_name.h"
#include "core/desk/workers.h"

namespace guzheng {

namespace {

constexpr int kRate = 48'000, kFrameBytes = 4;
constexpr qsizetype kBuffer = kRate * kFrameBytes * 80 / 1000;       // 80 ms asked for; servers give about as much
constexpr unsigned long kPatienceMs = 3000;

// What both threads touch.
struct Feed {
  std::mutex mutex;
  PcmSource source;                          // under mutex; empty: stopped
  std::function<void(const Status&)> told;   // likewise
  void tell(const Status& status) {
    const std::lock_guard lock(mutex);
    if (told) told(status);
  }
};

// The sink pulls from it. Never ends: silence where there is no source any more.
class Pull final : public QIODevice {
 public:
  explicit Pull(std::shared_ptr<Feed> feed) : feed_(std::move(feed)) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
  void follow(QAudioSink* sink) { sink_ = sink; }
  [[nodiscard]] bool isSequential() const override { return true; }
  [[nodiscard]] qint64 bytesAvailable() const override { return kBuffer; }

 protected:
  qint64 readData(char* data, qint64 most) override {
    const auto frames = most / kFrameBytes;
    const std::span<std::int16_t> out(reinterpret_cast<std::int16_t*>(data), static_cast<std::size_t>(frames) * 2);
    const std::lock_guard lock(feed_->mutex);
    if (feed_->source) feed_->source(out, delay_us());
    else std::fill(out.begin(), out.end(), std::int16_t{0});
    return frames * kFrameBytes;
  }
  qint64 writeData(const char*, qint64) override { return -1; }

 private:
  [[nodiscard]] std::int64_t delay_us() const {
    return sink_ == nullptr ? 0 : std::max<qsizetype>(0, sink_->bufferSize() - sink_->bytesFree()) * 1'000'000 / (kRate * kFrameBytes);
  }
  const std::shared_ptr<Feed> feed_;
  QAudioSink* sink_ = nullptr;
};

// Lives on the thread.
struct Player {
  explicit Player(const std::shared_ptr<Feed>& feed) : pull(feed) {}
  Pull pull;
  std::unique_ptr<QAudioSink> sink;          // goes before what it pulls from
};

QAudioFormat format() {
  QAudioFormat out;
  out.setSampleRate(kRate);
  out.setChannelCount(2);
  out.setSampleFormat(QAudioFormat::Int16);
  return out;
}

Status play(Player& player, const std::shared_ptr<Feed>& feed) {
  const QAudioDevice device = QMediaDevices::defaultAudioOutput();
  if (device.isNull()) return fail(ErrorKind::NotFound, "this computer has no sound device");
  if (!device.isFormatSupported(format())) return fail(ErrorKind::Unsupported, "the sound device takes no 48 kHz stereo");
  player.sink = std::make_unique<QAudioSink>(device, format());
  player.sink->setBufferSize(kBuffer);
  player.pull.follow(player.sink.get());
  QObject::connect(player.sink.get(), &QAudioSink::stateChanged, [feed, sink = player.sink.get()](QAudio::State state) {
    if (state == QAudio::StoppedState && sink->error() != QAudio::NoError) feed->tell(fail(ErrorKind::Io, "the sound device stopped"));
  });
  player.sink->start(&player.pull);
  if (player.sink->error() != QAudio::NoError) return fail(ErrorKind::Io, "the sound device does not open");
  return ok();
}

}  // namespace

class QtAudioOut final : public AudioOut {
 public:
  explicit QtAudioOut(Speakers& speakers) : speakers_(speakers) {}
  ~QtAudioOut() override { QtAudioOut::stop(); }

  void start(PcmSource source, std::function<void(const Status&)> told) override {
    stop();
    feed_ = std::make_shared<Feed>();
    feed_->source = std::move(source);
    feed_->told = std::move(told);
    player_ = std::make_shared<std::unique_ptr<Player>>();
    post(&speakers_.on_thread(), [feed = feed_, player = player_] {
      *player = std::make_unique<Player>(feed);
      const Status done = play(**player, feed);
      if (!done) player->reset();
      feed->tell(done);
    });
  }

  void stop() override {
    if (!feed_) return;
    {
      const std::lock_guard lock(feed_->mutex);
      feed_->source = {};
      feed_->told = {};
    }
    feed_.reset();
    post(&speakers_.on_thread(), [player = std::exchange(player_, nullptr)] { player->reset(); });
  }

 private:
  Speakers& speakers_;
  std::shared_ptr<Feed> feed_;
  std::shared_ptr<std::unique_ptr<Player>> player_;        // what it points to is the thread's
};

std::unique_ptr<AudioOut> Speakers::make() { return std::make_unique<QtAudioOut>(*this); }

QObject& Speakers::on_thread() {
  if (!thread_) {
    thread_ = std::make_unique<QThread>();
    place_ = new QObject;
    place_->moveToThread(thread_.get());
    QObject::connect(thread_.get(), &QThread::started, place_, [] { name_this_thread("speaker"); });
    QObject::connect(thread_.get(), &QThread::finished, place_, &QObject::deleteLater);
    thread_->start();
  }
  return *place_;
}

Speakers::~Speakers() {
  if (!thread_) return;
  post(place_, [thread = thread_.get()] { thread->quit(); });          // after what was asked before
  if (thread_->wait(kPatienceMs)) return;
  log_warn("desk", "a sound server does not answer; its thread is left behind");
  static_cast<void>(thread_.release());      // a QThread that runs must not be destroyed
}

}  // namespace guzheng
