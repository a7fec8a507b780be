#include "core/desk/code_desk.h"

namespace guzheng {
namespace {

Result<CodePreview> preview_of(const std::filesystem::path& folder, const std::string& name, const std::string& file) {
  CodePreview out{file, name, {}, {}};
  GZ_TRY_ASSIGN(out.read, read_code_file(file));
  const auto tables = load_code_tables(folder);          // a table that cannot be read is what this one may mend
  const auto now = tables ? tables->find(name) : CodeTables::const_iterator();
  out.changes = code_changes(tables && now != tables->end() ? now->second.get() : nullptr, out.read.entries);
  return out;
}

}  // namespace

CodeDesk::CodeDesk(SubjectDesk& desk) : desk_(desk) { working_.setMaxThreadCount(1); }

template <typename Work, typename Then>
void CodeDesk::work(Work work, Then then) {
  if (busy_ || desk_.stopped() || !desk_.is_open()) return;
  busy_ = true;
  emit busy_changed();
  run_then(working_, this, std::move(work), [this, then = std::move(then)](const auto& value) {
    busy_ = false;
    emit busy_changed();
    if (value) then(value);
    else emit failed(value.error());
  });
}

void CodeDesk::ask_tables() {
  if (!desk_.is_open()) return;
  run_then(working_, this, [folder = desk_.folder()] { return code_table_cards(folder); }, [this](const std::vector<CodeTableCard>& tables) { emit tables_read(tables); });
}

void CodeDesk::preview(const std::string& name, const std::string& file) {
  work([folder = desk_.folder(), name, file] { return preview_of(folder, name, file); }, [this](const Result<CodePreview>& preview) { emit previewed(*preview); });
}

void CodeDesk::import(const std::string& name, const std::string& file) {
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  const auto at = desk_.now();
  work([folder = desk_.folder(), name, file, who = desk_.act("").who, at]() -> Result<std::int64_t> {
    GZ_TRY_ASSIGN(const auto table, import_code_table(folder, name, file, who, at));
    return static_cast<std::int64_t>(table.entries().size());
  }, [this, name, file, at](const Result<std::int64_t>& codes) {
    keep_undo(name, at);
    desk_.station().record("op.subjects", Json{{"act", "code-table"}, {"name", name}, {"file", std::filesystem::path(file).filename().string()}, {"codes", *codes}});
    ask_tables();
    emit imported(name, *codes);
  });
}

void CodeDesk::remove(const std::string& name) {
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  const auto at = desk_.now();
  work([folder = desk_.folder(), name, at] { return remove_code_table(folder, name, at); }, [this, name, at](const Status&) {
    keep_undo(name, at);
    desk_.station().record("op.subjects", Json{{"act", "code-table-removed"}, {"name", name}});
    ask_tables();
    emit removed(name);
  });
}

void CodeDesk::keep_undo(const std::string& name, WallTime at) {
  desk_.keep_undo([folder = desk_.folder(), name, at](SubjectStore& store, const Act&) { return restore_code_table(folder, name, at, store.now()); });
}

}  // namespace guzheng
