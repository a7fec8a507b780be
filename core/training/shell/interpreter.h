// Room training, shell. Runs parsed lines as the phone's shell user would see them run.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/training/phone.h"
#include "core/training/shell/line.h"

namespace guzheng::training {

// Where a run's bytes go. Calls come from the thread that runs the line.
struct ShellIo {
  std::function<void(std::string_view)> out, err;
  std::function<std::string()> read;                        // more of the input, empty at its end; null: no input
  std::function<void(std::function<void()>)> on_stop;       // registers what ends a lasting command; null: nothing can
  std::function<bool()> stopped;                            // null: never
};

// What one command sees.
struct Call {
  Phone& phone;
  const std::vector<std::string>& args;                     // args[0] is the command's name
  const std::map<std::string, std::string>& variables;
  const std::string* piped = nullptr;                       // what the command before it in the pipe printed
  const ShellIo& io;
  std::function<void(std::string_view)> out, err;

  [[nodiscard]] const std::string& arg(std::size_t i) const {
    static const std::string none;
    return i < args.size() ? args[i] : none;
  }
};
using Command = int (*)(Call&);                             // the exit code
using CommandTable = std::map<std::string, Command, std::less<>>;

const CommandTable& all_commands();
void add_file_commands(CommandTable& table);
void add_system_commands(CommandTable& table);
void add_dumpsys_commands(CommandTable& table);
void add_screen_commands(CommandTable& table);

class Interpreter {
 public:
  Interpreter(Phone& phone, ShellIo io) : phone_(phone), io_(std::move(io)) {}
  int run(std::string_view line);                           // the last exit code
  [[nodiscard]] bool exited() const { return exited_; }

 private:
  int run_pipeline(const Pipeline& pipeline);
  int run_command(const SimpleCommand& command, const std::string* piped, const std::function<void(std::string_view)>& out);

  Phone& phone_;
  const ShellIo io_;
  std::map<std::string, std::string> variables_ = {{"HOME", "/"}, {"USER", "shell"}, {"PATH", "/system/bin"}, {"?", "0"}};
  bool exited_ = false;
};

}  // namespace guzheng::training
