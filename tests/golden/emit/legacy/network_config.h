/**
  ******************************************************************************
  * @file    network_config.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   Versions of the tool and its interfaces
  ******************************************************************************
  */
#ifndef AI_NETWORK_CONFIG_H
#define AI_NETWORK_CONFIG_H

#undef AI_TOOLS_VERSION_MAJOR
#define AI_TOOLS_VERSION_MAJOR 2
#undef AI_TOOLS_VERSION_MINOR
#define AI_TOOLS_VERSION_MINOR 2
#undef AI_TOOLS_VERSION_MICRO
#define AI_TOOLS_VERSION_MICRO 0
#undef AI_TOOLS_VERSION_EXTRA
#define AI_TOOLS_VERSION_EXTRA "edgewright 0.1.0"
#undef AI_PLATFORM_API_MAJOR
#define AI_PLATFORM_API_MAJOR (1)
#undef AI_PLATFORM_API_MINOR
#define AI_PLATFORM_API_MINOR (1)
#undef AI_PLATFORM_API_MICRO
#define AI_PLATFORM_API_MICRO (0)
#undef AI_TOOLS_API_VERSION_MAJOR
#define AI_TOOLS_API_VERSION_MAJOR (1)
#undef AI_TOOLS_API_VERSION_MINOR
#define AI_TOOLS_API_VERSION_MINOR (5)
#undef AI_TOOLS_API_VERSION_MICRO
#define AI_TOOLS_API_VERSION_MICRO (0)

#endif
