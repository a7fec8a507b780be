#include "ui/people/login_words.h"

#include "ui/base/text.h"

namespace guzheng::ui {

QString LoginWords::problem(const LoginAnswer& answer, const QString& badge) {
  const auto who = answer.name.empty() ? badge : qs(answer.name) + ' ' + badge;
  const auto day = day_clock_text(answer.valid_until).left(10);
  switch (answer.problem) {
    case LoginProblem::None: return {};
    case LoginProblem::UnknownOfficer: return tr("%1：策略的人员文件夹中没有这个执法证号。请把证书交给管理员放入人员文件夹。").arg(who);
    case LoginProblem::NoKey: return tr("%1：密钥不在本机，不能在这里登录。证据不受影响。").arg(who);
    case LoginProblem::NotYetValid: return tr("%1：证书尚未生效，不能登录。请检查本机日期，或等到生效之日。").arg(who);
    case LoginProblem::Expired: return tr("%1：证书已于 %2 过期，不能登录。已封存的证据不受影响；请管理员续签证书。").arg(who, day);
    case LoginProblem::Revoked: return tr("%1：证书已被吊销，不能登录。请联系管理员。").arg(who);
    case LoginProblem::Untrusted: return tr("%1：证书不是本单位根证书签发的，不能登录。请联系管理员。").arg(who);
    case LoginProblem::NoList: return tr("%1：吊销列表已过期或不属于本单位根证书，现在谁也不能登录。请管理员取得新的吊销列表。").arg(who);
    case LoginProblem::Wait: return tr("%1：口令输错过，还须等待。").arg(who);
    case LoginProblem::WrongPassphrase: return tr("%1：口令错误。没有打开任何证据；这次尝试已记入操作日志。").arg(who);
    case LoginProblem::Broken: break;
  }
  return tr("%1：没有成功，密钥没有打开。请把下面的说明交给管理员：%2").arg(who, qs(answer.what));
}

QString LoginWords::warning(const LoginAnswer& answer, int days_left) {
  QStringList out;
  if (days_left >= 0) out << tr("%1 的证书还有 %2 天到期，请及时续签；到期后不能登录和签名。").arg(qs(answer.name)).arg(days_left);
  if (!answer.opens) out << tr("%1 可以签名，但没有能打开的加密密钥，看不到已加密的证据。").arg(qs(answer.name));
  return out.join('\n');
}

QString LoginWords::standing(Standing standing) {
  switch (standing) {
    case Standing::Good: return tr("有效");
    case Standing::NotYetValid: return tr("尚未生效");
    case Standing::Expired: return tr("已过期");
    case Standing::Revoked: return tr("已吊销");
    case Standing::Untrusted: return tr("不受信任");
    case Standing::NoList: return tr("吊销列表过期");
  }
  return {};
}

}  // namespace guzheng::ui
