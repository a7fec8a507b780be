// Room tasks. A file that somebody attached: its bytes lie in the book (task_book.h), everything else names it by its digest. Pure value.
#pragma once

#include <string>
#include <vector>

namespace guzheng {

struct Document {
  std::string name;              // as the officer's computer called it
  std::string sha256;            // 64 hex; "" where a description is enough (a picture to look for that nobody has yet)
  bool operator==(const Document&) const = default;
};

}  // namespace guzheng
