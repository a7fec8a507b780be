#include "app/guzheng-evidence/program.h"

#include <cstdio>

namespace guzheng::evidence {

namespace {

void put(std::FILE* to, std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), to);
  std::fputc('\n', to);
}

struct Advice {
  std::string_view chinese, english;
};

Advice advice_for(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::NotFound: return {"请检查路径是否写对、存储介质是否已接上。", "Check the path, and that the medium is connected."};
    case ErrorKind::Denied: return {"请用有权读写该位置的账户运行，或换一个位置。", "Run as a user who may read and write there, or choose another place."};
    case ErrorKind::Cancelled: return {"请按上面所说处理后重试。", "Do what is said above, then try again."};
    case ErrorKind::NoSpace: return {"请腾出空间或换一个位置后重试。", "Free some space or choose another place, then try again."};
    case ErrorKind::Invalid: return {"请按上面所说改正后重试。", "Put right what is said above, then try again."};
    case ErrorKind::Network:
    case ErrorKind::Timeout: return {"请检查网络和手机连接后重试。", "Check the network and the phone's connection, then try again."};
    case ErrorKind::Exists: return {"请换一个名字，已有的文件不会被覆盖。", "Choose another name; what is there is never overwritten."};
    default: return {"请重试；若再次出现，请保存以上文字并联系系统管理员。", "Try again; if it happens again, keep this text and ask your administrator."};
  }
}

}  // namespace

std::filesystem::path package_folder(const std::string& argument) {
  std::error_code ec;
  const auto path = std::filesystem::absolute(argument, ec).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

void Program::print(std::string_view line) const { put(stdout, line); }
void Program::complain(std::string_view line) const { put(stderr, line); }

void Program::could_not(std::string_view step_chinese, std::string_view step_english, const Error& error) {
  const auto advice = advice_for(error.kind);
  complain(std::string(say(step_chinese, step_english)) + std::string(say("：", ": ")) + error.what);
  complain(say("已有的证据没有被改动。", "No evidence was changed."));
  complain(say(advice.chinese, advice.english));
  exit_code = kCouldNotRun;
}

}  // namespace guzheng::evidence
