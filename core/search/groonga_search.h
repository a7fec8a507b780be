// Room search. Full-text search by a Groonga elsewhere (search/text_search.h), over HTTP. It has tables of our own in its database (GuzhengText…), of which one program writes at a time:
// who that is must be settled outside (central/leases.h).
// Groonga has no transactions. A batch is put in, then `applied` is written: after a kill of this program the batch comes again and finds its documents there, which are replaced by
// themselves. That a batch was begun, and in which life of the engine, is written before it: an engine that ended in the middle of one, or since the last settle(), may have lost or
// damaged what it had in memory; it gives Tampered then, and is followed from the beginning.
// While an index is made anew, or a batch goes in, searches see parts of it.
#pragma once

#include <memory>

#include "core/search/groonga_client.h"
#include "core/search/text_search.h"

namespace guzheng {

// Does not speak with it yet: an engine that is away costs searches, not the start. `shape` as in search/fts_search.h.
Result<std::unique_ptr<TextSearch>> open_groonga_search(GroongaAddress address, std::int64_t shape);

}  // namespace guzheng
