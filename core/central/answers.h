// Room central. How refusals and troubles are said to whoever asks.
#pragma once

#include <string>

#include "core/base/json.h"
#include "core/httpd/http.h"

namespace guzheng {

HttpAnswer json_answer(int status, const Json& body);
// `error`: a word for programs; `why`: a sentence for whoever looks into it.
HttpAnswer refused(int status, const char* error, const std::string& why);
HttpAnswer later(int status, const char* error, const std::string& why, int seconds);
// Troubles of this side: the client may come again.
HttpAnswer trouble(const Error& error);

}  // namespace guzheng
