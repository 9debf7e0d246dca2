/* Versions of the runtime and the interfaces it implements. */
#include "ai_platform_interface.h"
#include "nn_version.h"

const char *ai_platform_runtime_get_revision(void)
{
  return NN_RUNTIME_REVISION;
}

ai_platform_version ai_platform_runtime_get_version(void)
{
  const ai_platform_version version = {NN_RUNTIME_MAJOR, NN_RUNTIME_MINOR, NN_RUNTIME_MICRO, 0};
  return version;
}

ai_platform_version ai_platform_api_get_version(void)
{
  const ai_platform_version version = {AI_PLATFORM_API_MAJOR, AI_PLATFORM_API_MINOR, AI_PLATFORM_API_MICRO, 0};
  return version;
}

ai_platform_version ai_platform_interface_api_get_version(void)
{
  const ai_platform_version version = {AI_INTERFACE_API_MAJOR, AI_INTERFACE_API_MINOR, AI_INTERFACE_API_MICRO, 0};
  return version;
}
