/**
  ******************************************************************************
  * @file    network_data.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The weights
  ******************************************************************************
  */
#ifndef STAI_NETWORK_DATA_H
#define STAI_NETWORK_DATA_H

#include "stai.h"

STAI_API_DECLARE_BEGIN

STAI_ALIGNED(8)
extern const uint64_t g_network_weights_array[4];

STAI_API_DECLARE_END

#endif
