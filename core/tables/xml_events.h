// Room tables. XML as events, over expat: names without their namespace prefix, no document types (so no entities), pausable. One thread.
#pragma once

#include <memory>
#include <string_view>

#include "core/tables/zip_parts.h"

struct XML_ParserStruct;

namespace guzheng {

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** list) : list_(list) {}
  // "" when it misses. Prefixes do not count: "id" is also r:id, unless there is a plain one.
  [[nodiscard]] std::string_view operator[](std::string_view name) const;

 private:
  const char** list_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
};

class XmlEvents {
 public:
  XmlEvents(std::unique_ptr<ZipPart> part, XmlHandler& handler);
  ~XmlEvents();
  XmlEvents(const XmlEvents&) = delete;
  XmlEvents& operator=(const XmlEvents&) = delete;
  // Until the handler calls pause() (true) or the document ends (false). Invalid: not well-formed, with its place.
  Result<bool> run();
  void pause();
  [[nodiscard]] const ZipPart& part() const { return *part_; }

 private:
  struct Callbacks;
  Result<bool> outcome(int status);
  std::unique_ptr<ZipPart> part_;
  XmlHandler& handler_;
  XML_ParserStruct* parser_;
  bool paused_ = false, last_ = false, has_type_ = false;
};

// A whole part of a few MiB.
Status read_xml(std::unique_ptr<ZipPart> part, XmlHandler& handler);

}  // namespace guzheng
