#include "ui/subjects/intake_words.h"

#include <QLocale>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/subjects/subject_words.h"

namespace guzheng::ui {
namespace {

QString word_of_reason(const std::string& reason) {
  const auto word = IntakeWords::is_english() ? note_english(reason) : note_chinese(reason);
  return word.empty() ? qs(reason) : qs(word);
}

QString word_of_named_field(const std::string& name) {
  const auto& names = intake_fields();
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? qs(name) : IntakeWords::word_of_field(static_cast<std::size_t>(found - names.begin()));
}

// Codes that files hold, in words.
QString word_of_value(const NoteItem& item, const std::string& value) {
  if (item.field == "sensitivity") { if (const auto one = sensitivity_of(value)) return SubjectWords::word(*one); }
  if (item.field == "kind") { if (const auto one = subject_kind(value)) return SubjectWords::word(*one); }
  if (item.field == "state") { if (const auto one = subject_state(value)) return SubjectWords::word(*one); }
  return qs(value);
}

QString item_text(const NoteItem& item) {
  QString out = item.field.empty() ? QString() : word_of_named_field(item.field) + QStringLiteral("：");
  out += word_of_reason(item.reason);
  const auto before = word_of_value(item, item.before), after = word_of_value(item, item.after);
  if (!item.doubt && item.before != item.after) out += before.isEmpty() ? QStringLiteral("  → “%1”").arg(after) : QStringLiteral("  “%1” → “%2”").arg(before, after);
  else if (!before.isEmpty()) out += QStringLiteral("  “%1”").arg(before);
  return out;
}

}  // namespace

bool IntakeWords::is_english() { return IntakeWords::tr("导入主体") != QStringLiteral("导入主体"); }

QString IntakeWords::word_of_field(std::size_t field) { return qs(IntakeWords::is_english() ? english_name(static_cast<IntakeField>(field)) : chinese_name(static_cast<IntakeField>(field))); }

QStringList IntakeWords::item_lines(const std::vector<NoteItem>& items, std::size_t most) {
  QStringList out;
  for (const auto& item : items) {
    if (out.size() + 1 == static_cast<qsizetype>(most) && items.size() > most) {
      out << IntakeWords::tr("另有 %1 处").arg(items.size() - most + 1);
      break;
    }
    out << item_text(item);
  }
  return out;
}

QString IntakeWords::counts_text(const ImportCounts& counts) {
  const QLocale words;
  return IntakeWords::tr("共 %1 行：新增 %2，合并 %3，丢弃 %4；改正 %5，存疑 %6").arg(words.toString(static_cast<qlonglong>(counts.rows)), words.toString(static_cast<qlonglong>(counts.added)),
             words.toString(static_cast<qlonglong>(counts.merged)), words.toString(static_cast<qlonglong>(counts.dropped)), words.toString(static_cast<qlonglong>(counts.corrected)),
             words.toString(static_cast<qlonglong>(counts.doubted)));
}

bool IntakeWords::is_corrected(const RowNote& note) {
  return note.outcome != RowOutcome::Dropped && std::any_of(note.items.begin(), note.items.end(), [](const NoteItem& item) { return !item.doubt; });
}

bool IntakeWords::is_doubted(const RowNote& note) {
  return note.outcome != RowOutcome::Dropped && std::any_of(note.items.begin(), note.items.end(), [](const NoteItem& item) { return item.doubt; });
}

}  // namespace guzheng::ui
