#include "core/desk/secret_text.h"

#include <QStringEncoder>

namespace guzheng {

Secret taken_from(QString& text) {
  QStringEncoder encoder(QStringEncoder::Utf8);
  std::string bytes(static_cast<std::size_t>(encoder.requiredSpace(text.size())), '\0');      // once: no buffer is outgrown
  const char* const end = encoder.appendToBuffer(bytes.data(), text);
  bytes.resize(static_cast<std::size_t>(end - bytes.data()));
  auto* letters = const_cast<volatile char16_t*>(reinterpret_cast<const volatile char16_t*>(text.constData()));      // not detached: this very buffer
  for (qsizetype i = 0; i < text.size(); ++i) letters[i] = u'\0';
  text.clear();
  return Secret::taken_from(bytes);
}

}  // namespace guzheng
