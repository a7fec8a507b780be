// Room training, services. What an OPEN can name, and what then runs behind the stream.
#pragma once

#include "core/training/adb/connection.h"
#include "core/training/phone.h"

namespace guzheng::training {

// "shell,v2,…:", "shell:", "exec:", "sync:", "localabstract:", "reverse:", "tcp:"; empty for everything else.
ServiceOpener make_services(Phone& phone);

ServiceRun shell_service(Phone& phone, std::string_view name);       // shell… and exec:
void run_sync(Phone& phone, AdbStream& stream);
std::string answer_reverse(Phone& phone, AdbConnection& connection, std::string_view request);

}  // namespace guzheng::training
