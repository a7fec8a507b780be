// Room training, screen. The pages: UiState in, element tree out. `limit` receives how far the page scrolls (pixels).
#pragma once

#include "core/training/screen/builder.h"

namespace guzheng::training {

Element mall_home_page(const Builder& b, double& limit);
Element search_page(const Builder& b, double& limit);
Element shop_page(const Builder& b, double& limit);
Element licence_page(const Builder& b, double& limit);
Element product_page(const Builder& b, int number, double& limit);
Element live_page(const Builder& b);
Element chat_page(const Builder& b, double& limit);
Element login_page(const Builder& b);
Element launcher_page(const Builder& b);
Element recents_page(const Builder& b);
Element counter_page(const Builder& b);

Element status_bar(const Builder& b, QColor ink);
Element shade_panel(const Builder& b);
Element toast_bubble(const Builder& b);

// Cards of goods, two or more beside each other; returns the lower edge in units.
double goods_grid(const Builder& b, const std::vector<int>& numbers, double top, std::vector<Element>& out);
// Everything shown, from the page at the back to the shade in front.
Element whole_screen(const UiState& state, double& limit);

}  // namespace guzheng::training
