// ui. Colours and drawn icons. Icons are single-colour SVG resources, tinted here; sharp at every scale.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>

namespace guzheng::ui {

namespace colour {
inline const QColor text{"#15243b"}, quiet{"#52627a"}, line{"#d3dce8"}, blue{"#1f5fb0"}, green{"#14713a"}, amber{"#8a5200"},
    red{"#b5201d"}, white{"#ffffff"}, nav_text{"#d5dfec"}, selected{"#e7effa"}, grey{"#7a8aa0"}, bright_amber{"#e0a030"},
    sky{"#4a9eff"};
}  // namespace colour

QPixmap tinted(const QString& name, const QColor& colour, int size, qreal ratio = 1.0);
QIcon icon(const QString& name, const QColor& colour = colour::text);

}  // namespace guzheng::ui
