#include "core/patrol/page_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

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

std::string charset_of(const std::string& content_type) {
  const std::string type = lower(content_type);
  const auto at = type.find("charset=");
  if (at == std::string::npos) return "";
  std::string out = type.substr(at + 8, type.find_first_of("; ", at + 8) - at - 8);
  std::erase_if(out, [](char c) { return c == '"' || c == '\''; });
  return out == "gbk" || out == "gb2312" ? "gb18030" : out;      // what calls itself the one is often the other, which holds both
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

}  // namespace

std::string page_text(ByteView page, const std::string& content_type) {
  const std::string type = lower(content_type);
  std::string out;
  if (type.starts_with("text/plain") || type.starts_with("application/json")) {
    put_words(as_text(page), out);
    return out;
  }
  if (!type.empty() && !type.starts_with("text/html") && !type.starts_with("application/xhtml")) return "";
  const std::string charset = charset_of(content_type);
  // no network, no entities from files, no messages on stderr
  const std::unique_ptr<xmlDoc, DocFree> doc(htmlReadMemory(reinterpret_cast<const char*>(page.data()), static_cast<int>(std::min<std::size_t>(page.size(), 16u << 20)), nullptr,
                                                            charset.empty() ? nullptr : charset.c_str(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET));
  return doc ? visible(xmlDocGetRootElement(doc.get())) : "";
}

}  // namespace guzheng
