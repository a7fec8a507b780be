#include "core/base/thread_name.h"

#include <pthread.h>

#include <string>

namespace guzheng {

void name_this_thread(const char* name) { (void)::pthread_setname_np(::pthread_self(), std::string(name).substr(0, 15).c_str()); }

}  // namespace guzheng
