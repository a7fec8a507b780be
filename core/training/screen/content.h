// Room training, screen. The make-believe mall's goods, shops, licence and talk. Nothing here is a real name.
#pragma once

#include <QString>
#include <vector>

#include "core/training/screen/element.h"
#include "core/training/switches.h"

namespace guzheng::training {

struct Product {
  QString name, slogan, price, was, sold;
  Art art;
  int variant;                       // colours of its picture
  std::vector<QString> claims;       // paragraphs of the long detail
};
struct LicenceField {
  QString label, value;
};
struct ChatLine {
  bool mine;
  QString text;
};

// Whom prices and lists are for. Once, before anything is shown.
void show_to(Persona persona);
const std::vector<Product>& products();
std::vector<int> all_products();                           // numbers into products(), as the mall lists them
const QString& shop_name();
const std::vector<LicenceField>& licence_fields();
const std::vector<QString>& live_comments();
const std::vector<QString>& hot_words();
std::vector<ChatLine> first_chat();
QString chat_answer(const QString& question);
std::vector<int> find_products(const QString& query);      // numbers into products()

}  // namespace guzheng::training
