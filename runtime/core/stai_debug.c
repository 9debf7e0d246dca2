/* Names of the st-ai client API's codes and formats. */
#include "stai_debug.h"

typedef struct name_of { int32_t value; const char *name; } name_of;

#define NAME(constant) {(int32_t)(constant), #constant}

static const name_of return_codes[] = {
  NAME(STAI_SUCCESS), NAME(STAI_RUNNING_NO_WFE), NAME(STAI_RUNNING_WFE), NAME(STAI_DONE), NAME(STAI_ERROR_GENERIC),
  NAME(STAI_ERROR_NETWORK_INVALID_API_ARGUMENTS), NAME(STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE),
  NAME(STAI_ERROR_NETWORK_INVALID_CONTEXT_SIZE), NAME(STAI_ERROR_NETWORK_INVALID_CONTEXT_ALIGNMENT),
  NAME(STAI_ERROR_NETWORK_INVALID_INFO), NAME(STAI_ERROR_NETWORK_INVALID_RUN), NAME(STAI_ERROR_NETWORK_INVALID_RUNTIME),
  NAME(STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_PTR), NAME(STAI_ERROR_NETWORK_INVALID_ACTIVATIONS_NUM),
  NAME(STAI_ERROR_NETWORK_INVALID_IN_PTR), NAME(STAI_ERROR_NETWORK_INVALID_IN_NUM), NAME(STAI_ERROR_NETWORK_INVALID_OUT_PTR),
  NAME(STAI_ERROR_NETWORK_INVALID_OUT_NUM), NAME(STAI_ERROR_NETWORK_INVALID_STATES_PTR), NAME(STAI_ERROR_NETWORK_INVALID_STATES_NUM),
  NAME(STAI_ERROR_NETWORK_INVALID_WEIGHTS_PTR), NAME(STAI_ERROR_NETWORK_INVALID_WEIGHTS_NUM),
  NAME(STAI_ERROR_NETWORK_INVALID_CALLBACK), NAME(STAI_ERROR_NOT_IMPLEMENTED), NAME(STAI_ERROR_INVALID_BUFFER_ALIGNMENT),
  NAME(STAI_ERROR_NETWORK_STILL_RUNNING), NAME(STAI_ERROR_STAI_INIT_FAILED), NAME(STAI_ERROR_STAI_DEINIT_FAILED)
};

static const name_of format_types[] = {
  NAME(STAI_FORMAT_TYPE_NONE), NAME(STAI_FORMAT_TYPE_FLOAT), NAME(STAI_FORMAT_TYPE_Q), NAME(STAI_FORMAT_TYPE_BOOL)
};

static const name_of formats[] = {
  NAME(STAI_FORMAT_NONE), NAME(STAI_FORMAT_FLOAT32), NAME(STAI_FORMAT_FLOAT64), NAME(STAI_FORMAT_U1), NAME(STAI_FORMAT_U4),
  NAME(STAI_FORMAT_U8), NAME(STAI_FORMAT_U16), NAME(STAI_FORMAT_U32), NAME(STAI_FORMAT_U64), NAME(STAI_FORMAT_S1), NAME(STAI_FORMAT_S4),
  NAME(STAI_FORMAT_S8), NAME(STAI_FORMAT_S16), NAME(STAI_FORMAT_S32), NAME(STAI_FORMAT_S64), NAME(STAI_FORMAT_Q), NAME(STAI_FORMAT_Q3),
  NAME(STAI_FORMAT_Q7), NAME(STAI_FORMAT_Q15), NAME(STAI_FORMAT_UQ), NAME(STAI_FORMAT_UQ3), NAME(STAI_FORMAT_UQ7),
  NAME(STAI_FORMAT_UQ15), NAME(STAI_FORMAT_BOOL)
};

static const char *find(const name_of *names, size_t count, int32_t value)
{
  for (size_t i = 0; i < count; ++i) {
    if (names[i].value == value) return names[i].name;
  }
  return "unknown";
}

const char *stai_get_return_code_name(const stai_return_code code)
{
  return find(return_codes, sizeof(return_codes) / sizeof(return_codes[0]), (int32_t)code);
}

const char *stai_get_format_type_name(const stai_format_type type)
{
  return find(format_types, sizeof(format_types) / sizeof(format_types[0]), (int32_t)type);
}

const char *stai_get_format_name(const stai_format format)
{
  return find(formats, sizeof(formats) / sizeof(formats[0]), (int32_t)format);
}
