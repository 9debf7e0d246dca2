/* The st-ai client API's functions of the runtime itself. */
#include "nn_version.h"
#include "stai.h"

#if defined(__ICCARM__)
#define COMPILER_ID STAI_COMPILER_ID_IAR
#define COMPILER_TEXT "IAR"
#elif defined(__ARMCC_VERSION) && __ARMCC_VERSION >= 6000000
#define COMPILER_ID STAI_COMPILER_ID_KEIL_AC6
#define COMPILER_TEXT "AC6"
#elif defined(__CC_ARM)
#define COMPILER_ID STAI_COMPILER_ID_KEIL
#define COMPILER_TEXT "Keil"
#elif defined(__ghs__)
#define COMPILER_ID STAI_COMPILER_ID_GHS
#define COMPILER_TEXT "GHS"
#elif defined(__GNUC__)
#define COMPILER_ID STAI_COMPILER_ID_GCC
#define COMPILER_TEXT "GCC " __VERSION__
#else
#define COMPILER_ID STAI_COMPILER_ID_NONE
#define COMPILER_TEXT ""
#endif

/* The runtime has no state: nothing to start or stop. */
stai_return_code stai_runtime_init(void)
{
  return STAI_SUCCESS;
}

stai_return_code stai_runtime_deinit(void)
{
  return STAI_SUCCESS;
}

stai_return_code stai_runtime_get_info(stai_runtime_info *info)
{
  if (info == NULL) return STAI_ERROR_NETWORK_INVALID_INFO;
  const stai_runtime_info own = {
    .api_version = {STAI_API_VERSION_MAJOR, STAI_API_VERSION_MINOR, STAI_API_VERSION_MICRO, 0},
    .runtime_version = {NN_RUNTIME_MAJOR, NN_RUNTIME_MINOR, NN_RUNTIME_MICRO, 0},
    .tools_version = {STAI_TOOLS_VERSION_MAJOR, STAI_TOOLS_VERSION_MINOR, STAI_TOOLS_VERSION_MICRO, 0},
    .runtime_build = 0,
    .compiler_id = COMPILER_ID,
    .compiler_desc = COMPILER_TEXT
  };
  *info = own;
  return STAI_SUCCESS;
}

stai_return_code stai_runtime_set_callback(const stai_event_cb cb, void *cb_cookie)
{
  (void)cb_cookie;
  return cb != NULL ? STAI_SUCCESS : STAI_ERROR_NETWORK_INVALID_CALLBACK;
}

stai_format stai_init_format(const stai_format_type type, const int8_t sign, const int32_t bits, const int32_t fbits)
{
  const uint32_t word = (((uint32_t)type & 0xF) << 17) | (((uint32_t)sign & 0x1) << 23) | (((uint32_t)bits & 0x7F) << 7) |
                        (((uint32_t)(fbits + 64)) & 0x7F);
  return (stai_format)word;
}
