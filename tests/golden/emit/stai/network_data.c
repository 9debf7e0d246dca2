/**
  ******************************************************************************
  * @file    network_data.c
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The weights
  ******************************************************************************
  */
#include "network_data.h"

STAI_ALIGNED(8)
const uint64_t g_network_weights_array[4] = {
  0x40000U, 0xc00000400U, 0x21160b000000000cU, 0x63584d42372cU,
};
