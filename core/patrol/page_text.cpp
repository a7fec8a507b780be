#include "core/patrol/page_text.h"

#include <iconv.h>
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace guzheng {

namespace {

struct DocFree {
  void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c); });
  return out;
}

// What a character set is called after "charset=" in `text`; "": it is not.
std::string charset_in(std::string_view text) {
  const std::string all = lower(text);
  const auto at = all.find("charset=");
  if (at == std::string::npos) return "";
  std::string out = all.substr(at + 8, 40);
  std::erase_if(out, [](char c) { return c == '"' || c == '\''; });
  out = out.substr(0, out.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_:"));
  return out == "gbk" || out == "gb2312" ? "gb18030" : out;      // what calls itself the one is often the other, which holds both
}

struct IconvClose {
  void operator()(void* cd) const { iconv_close(static_cast<iconv_t>(cd)); }
};

// A byte that fits nowhere becomes U+FFFD and the rest is read on: one bad byte must not hide what stands behind it.
std::string to_utf8(std::string_view bytes, const std::string& charset) {
  const iconv_t opened = iconv_open("UTF-8", charset.c_str());
  if (opened == reinterpret_cast<iconv_t>(-1)) return std::string(bytes);
  const std::unique_ptr<void, IconvClose> cd(opened);
  std::string out;
  char* in = const_cast<char*>(bytes.data());
  std::size_t left = bytes.size();
  char piece[16'384];
  while (left > 0) {
    char* to = piece;
    std::size_t room = sizeof piece;
    const std::size_t done = iconv(opened, &in, &left, &to, &room);
    out.append(piece, static_cast<std::size_t>(to - piece));
    if (done != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
    out += "\xEF\xBF\xBD";
    ++in, --left;
  }
  return out;
}

// The text in UTF-8, by the set that the answer names, else the page, else what it can be.
std::string decoded(ByteView page, const std::string& content_type) {
  const std::string_view bytes = as_text(page);
  std::string charset = charset_in(content_type);
  if (charset.empty()) charset = charset_in(bytes.substr(0, 4'096));
  if (charset.empty()) charset = is_utf8(bytes) ? "utf-8" : "gb18030";
  return to_utf8(bytes, charset);
}

void put_words(std::string_view text, std::string& out) {
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20;
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
}

bool is_hidden(const xmlNode* node) {
  const std::string_view name = node->name ? reinterpret_cast<const char*>(node->name) : "";
  return name == "script" || name == "style" || name == "noscript" || name == "template";
}

// Without recursion: a page may nest as deep as it likes.
std::string visible(const xmlNode* root) {
  std::string out;
  std::vector<const xmlNode*> waiting{root};
  while (!waiting.empty()) {
    const xmlNode* node = waiting.back();
    waiting.pop_back();
    if (!node) continue;
    if (node->type == XML_TEXT_NODE && node->content) put_words(reinterpret_cast<const char*>(node->content), out);
    waiting.push_back(node->next);
    if (node->type == XML_ELEMENT_NODE && !is_hidden(node)) {
      if (!out.empty() && out.back() != ' ' && node->children && node->children->type != XML_TEXT_NODE) out += ' ';
      waiting.push_back(node->children);
    }
  }
  return out;
}

void say_nothing(void*, const char*, ...) {}

}  // namespace

std::string page_text(ByteView page, const std::string& content_type) {
  const std::string type = lower(content_type);
  std::string out;
  if (type.starts_with("text/plain") || type.starts_with("application/json")) {
    put_words(decoded(page, content_type), out);
    return out;
  }
  if (!type.empty() && !type.starts_with("text/html") && !type.starts_with("application/xhtml")) return "";
  const std::string text = decoded(page.first(std::min<std::size_t>(page.size(), 16u << 20)), content_type);
  xmlSetGenericErrorFunc(nullptr, say_nothing);      // of this thread: a page's faults are no news
  // no network, no entities from files; what the page says of its own set is done with
  const std::unique_ptr<xmlDoc, DocFree> doc(htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                                            HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC));
  return doc ? visible(xmlDocGetRootElement(doc.get())) : "";
}

}  // namespace guzheng
