/* st-ai API: names of codes and formats, assertions. */
#ifndef STAI_DEBUG_H
#define STAI_DEBUG_H

#include "stai.h"

#ifdef HAS_AI_ASSERT
#include <assert.h>
#include <stdio.h>
#define STAI_ASSERT(cond) assert(cond);
#define STAI_PRINT(...) printf(__VA_ARGS__);
#else
#define STAI_ASSERT(cond) do { } while (0);
#define STAI_PRINT(...) do { } while (0);
#endif

STAI_API_DECLARE_BEGIN

/* "STAI_SUCCESS" and so on; "unknown" for other values. */
STAI_API_ENTRY const char* stai_get_return_code_name(const stai_return_code code);
STAI_API_ENTRY const char* stai_get_format_type_name(const stai_format_type type);
STAI_API_ENTRY const char* stai_get_format_name(const stai_format format);

STAI_API_DECLARE_END

#endif
