// What an officer does on one subject's page: each act has its form, its reason, and its line in the changes.
#include "ui/base/message_bar.h"
#include "ui/base/text.h"
#include "ui/subjects/subject_form.h"
#include "ui/subjects/subject_view.h"

namespace guzheng::ui {

void SubjectView::edit() {
  auto* form = new SubjectForm(desk_, sheet_.subject, this);
  connect(form, &FormWindow::saved, this, [this, form] {
    desk_.change(form->subject(), form->why(), form, [this, form](const Status& done) {
      if (!done) return form->show_error(done.error());
      messages_->show_text("green", tr("已保存，记入变更历史。"));
      form->close();
    });
  });
  form->show();
}

void SubjectView::remove() {
  auto* form = new ReasonForm(tr("删除主体"), tr("删除后不再显示，也搜不到；它的店铺账号、记录和变更历史都保留，可以撤销。"), tr("删除"), this);
  connect(form, &FormWindow::saved, this, [this, form] {
    desk_.remove(id_, form->why(), form, [this, form](const Status& done) {
      if (!done) return form->show_error(done.error());
      emit removed(name_->text());
      form->close();
    });
  });
  form->show();
}

void SubjectView::edit_entry(bool fresh) {
  const int at = chosen_entry();
  if (!fresh && at < 0) return;
  auto* form = new EntryForm(desk_, sheet_.subject, fresh ? Entry{} : sheet_.entries[static_cast<std::size_t>(at)], this);
  connect(form, &FormWindow::saved, this, [this, form, fresh] {
    desk_.put_entry(id_, form->entry(), fresh ? "登记" : "修改", form, [this, form](const Result<int>& no) {
      if (!no) return form->show_error(no.error());
      messages_->show_text("green", tr("已保存，记入变更历史。"));
      form->close();
    });
  });
  form->show();
}

void SubjectView::remove_entry() {
  const int at = chosen_entry();
  if (at < 0) return;
  const auto entry = sheet_.entries[static_cast<std::size_t>(at)];
  auto* form = new ReasonForm(tr("删除店铺账号"), tr("将删除“%1”。变更历史保留，可以撤销。").arg(qs(entry.name)), tr("删除"), this);
  connect(form, &FormWindow::saved, this, [this, form, entry] {
    desk_.remove_entry(id_, entry, form->why(), form, [this, form](const Status& done) {
      if (!done) return form->show_error(done.error());
      messages_->show_text("green", tr("已删除，可以撤销。"));
      form->close();
    });
  });
  form->show();
}

void SubjectView::turn_abnormal() {
  const int at = chosen_entry();
  if (at < 0) return;
  const auto entry = sheet_.entries[static_cast<std::size_t>(at)];
  auto* form = new ReasonForm(entry.abnormal ? tr("移出异常库") : tr("移入异常库"),
                              entry.abnormal ? tr("“%1”将回到正常库，按正常周期检查。").arg(qs(entry.name)) : tr("“%1”将移入异常库，按异常库的周期检查。").arg(qs(entry.name)),
                              entry.abnormal ? tr("移出") : tr("移入"), this);
  connect(form, &FormWindow::saved, this, [this, form, entry] {
    desk_.set_abnormal(id_, entry.no, !entry.abnormal, form->why(), form, [this, form, entry](const Status& done) {
      if (!done) return form->show_error(done.error());
      messages_->show_text("green", entry.abnormal ? tr("已移出异常库，可以撤销。") : tr("已移入异常库，可以撤销。"));
      form->close();
    });
  });
  form->show();
}

void SubjectView::add_record() {
  auto* form = new RecordForm(desk_.now(), this);
  connect(form, &FormWindow::saved, this, [this, form] {
    desk_.add_record(id_, form->record(), form, [this, form](const Result<std::int64_t>& number) {
      if (!number) return form->show_error(number.error());
      messages_->show_text("green", tr("已记下。"));
      form->close();
    });
  });
  form->show();
}

// Hidden until somebody asks and says why; the line stands in the operation log before the value is read.
void SubjectView::reveal() {
  auto* form = new ReasonForm(tr("查看敏感信息"), tr("电话和证件号码加密保存。查看的人、时间和原因先记入操作日志，再显示。"), tr("查看"), this);
  connect(form, &FormWindow::saved, this, [this, form] {
    desk_.sensitive(id_, form->why(), form, [this, form, id = id_](const Result<std::vector<SensitiveValue>>& values) {
      if (!values) return form->show_error(values.error());
      form->close();
      if (id != id_) return;
      revealed_ = *values;
      edit_sensitive_->show();
      QStringList words;
      for (const auto& value : *values) words << (value.kind == SensitiveKind::Phone ? tr("电话 %1") : tr("证件 %1")).arg(qs(value.value));
      sensitive_->setText(words.isEmpty() ? tr("没有登记电话和证件号码。") : words.join(QStringLiteral("  ")));
      sensitive_->setAccessibleDescription(sensitive_->text());
    });
  });
  form->show();
}

// Only what was revealed can be changed: nobody writes over what they have not seen.
void SubjectView::edit_sensitive() {
  if (!revealed_) return;
  auto* form = new SensitiveForm(*revealed_, this);
  connect(form, &FormWindow::saved, this, [this, form] {
    desk_.set_sensitive(id_, form->values(), form->why(), form, [this, form](const Status& done) {
      if (!done) return form->show_error(done.error());
      hide_sensitive();
      messages_->show_text("green", tr("已保存，记入变更历史。"));
      form->close();
    });
  });
  form->show();
}

}  // namespace guzheng::ui
