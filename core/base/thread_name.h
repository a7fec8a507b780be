// Room base. Names for threads, as core/README.md lists them, so that a profiler and the benches can tell them apart.
#pragma once

namespace guzheng {

// Names the calling thread; at most 15 bytes are kept. Never fails visibly: a name is no evidence.
void name_this_thread(const char* name);

}  // namespace guzheng
