// Room sql. A Database that lives in MariaDB (10.3 or later) or speaks as it does, through libmariadb: several servers may share it. What a statement
// waits for: five seconds for another's transaction (Timeout), a minute for the network.
// A connection is made anew when it was lost; what was only being prepared is then done as if nothing had happened, and so is a SELECT. Any other statement
// whose answer was lost is told (Network): whoever asked looks what became of it, or does it again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/secret.h"
#include "core/sql/database.h"

namespace guzheng {

struct MariaDbAddress {
  std::string host;                                // over TLS 1.2 at least, with a certificate for this name
  std::uint16_t port = 3306;
  std::filesystem::path roots;                     // PEM: who may be the server
  std::filesystem::path socket;                    // in place of host, port and roots: a socket of this machine
  std::string database, user;
  Secret password;
};

// Brings it to the newest version; of several programs at their first start one does, the others wait. MariaDB takes no step back that makes or changes a
// table: a step that was interrupted goes on at the statement where it stood. Unsupported: a newer program made it. NotFound: no such database. Denied: user,
// password, rights, or a certificate that is not by `roots`.
Result<std::unique_ptr<Database>> open_mariadb(MariaDbAddress address, const SqlMigrations& migrations);

// For who only reads, such as a backup: together() holds nobody up, and all that is read within it is of the moment at which it began, whatever others write meanwhile. Writing is refused (Io). The database must
// have the newest version already (else Unsupported).
Result<std::unique_ptr<Database>> open_mariadb_reader(MariaDbAddress address, const SqlMigrations& migrations);

}  // namespace guzheng
