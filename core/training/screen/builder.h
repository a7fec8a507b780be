// Room training, screen. Makes elements in design units (1/360 of the short side).
#pragma once

#include "core/training/screen/element.h"
#include "core/training/screen/ui_state.h"

namespace guzheng::training {

inline const QColor kRed(0xd9, 0x47, 0x2b), kRedDark(0xb8, 0x36, 0x1e), kInk(0x1f, 0x23, 0x29), kGrey(0x8a, 0x90, 0x99),
    kPaper(0xf4, 0xf4, 0xf6), kWhite(0xff, 0xff, 0xff), kLine(0xe6, 0xe8, 0xeb), kGold(0xe8, 0xb8, 0x4a);

// Height in pixels of wrapped text.
double text_height(const QString& text, double font_px, bool bold, double width_px, double spacing = 1.0);
double text_width(const QString& text, double font_px, bool bold);

class Builder {
 public:
  explicit Builder(const UiState& shown)
      : state(shown), dp(shown.dp), width(shown.size.width() / shown.dp), height(shown.size.height() / shown.dp) {}
  [[nodiscard]] QRectF rect(double x, double y, double w, double h) const { return {x * dp, y * dp, w * dp, h * dp}; }

  [[nodiscard]] Element box(double x, double y, double w, double h, QColor fill = {}, double radius = 0) const;
  [[nodiscard]] Element label(double x, double y, double w, double h, const QString& text, double size, QColor ink = kInk,
                              bool bold = false, int align = Qt::AlignLeft | Qt::AlignVCenter) const;
  // As high as its wrapped text needs; `bottom` receives its lower edge in units.
  Element paragraph(double x, double y, double w, const QString& text, double size, double& bottom, QColor ink = kInk,
                    bool bold = false, double spacing = 1.25) const;
  [[nodiscard]] Element art(double x, double y, double w, double h, Art what, int variant = 0) const;
  [[nodiscard]] Element button(double x, double y, double w, double h, const QString& text, double size, QColor fill, QColor ink,
                               const QString& id, Action action, double radius = 6) const;
  [[nodiscard]] Element field(double x, double y, double w, double h, const QString& id, const QString& hint,
                              bool password = false) const;
  // The title bar of an inner page: back arrow and title.
  [[nodiscard]] Element title_bar(const QString& title, QColor fill = kRed, QColor ink = kWhite) const;
  // A container below `top` that scrolls its children, which are laid out from y = 0.
  [[nodiscard]] Element scroller(double top, double bottom, std::vector<Element> children, double content_height,
                                 const QString& id, double& limit) const;

  const UiState& state;
  const double dp, width, height;
  static constexpr double kStatusBar = 26, kTitleBar = 48;
};

void shift(Element& element, double dx, double dy);      // pixels, with all children

}  // namespace guzheng::training
