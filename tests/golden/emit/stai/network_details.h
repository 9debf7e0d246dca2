/**
  ******************************************************************************
  * @file    network_details.h
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   Every tensor and node of the network; included once, by network.c
  ******************************************************************************
  */
#ifndef STAI_NETWORK_DETAILS_H
#define STAI_NETWORK_DETAILS_H

#include "stai.h"

static const int32_t g_network_t0_shape[4] = {1, 4, 3, 2};
static const float g_network_t0_scale[1] = {0.5f};
static const int16_t g_network_t0_zero[1] = {-3};
static const int32_t g_network_t1_shape[4] = {1, 4, 3, 2};
static const float g_network_t1_scale[1] = {0.5f};
static const int16_t g_network_t1_zero[1] = {-3};
static const int32_t g_network_t2_shape[4] = {1, 4, 3, 2};
static const float g_network_t2_scale[1] = {0.5f};
static const int16_t g_network_t2_zero[1] = {-3};
static const int32_t g_network_t3_shape[4] = {1, 4, 3, 2};
static const float g_network_t3_scale[1] = {0.5f};
static const int16_t g_network_t3_zero[1] = {-3};
static const int32_t g_network_n0_inputs[1] = {0};
static const int32_t g_network_n0_outputs[1] = {1};
static const int32_t g_network_n1_inputs[1] = {1};
static const int32_t g_network_n1_outputs[1] = {2};
static const int32_t g_network_n2_inputs[1] = {2};
static const int32_t g_network_n2_outputs[1] = {3};

static const stai_tensor g_network_tensors[4] = {
  /* 0 */ {24, STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH|STAI_FLAG_INPUTS, STAI_FORMAT_S8, {4, g_network_t0_shape}, {1, g_network_t0_scale}, {1, g_network_t0_zero}, "input_output"},
  /* 1 */ {24, STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH, STAI_FORMAT_S8, {4, g_network_t1_shape}, {1, g_network_t1_scale}, {1, g_network_t1_zero}, "pool_0_output"},
  /* 2 */ {24, STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH, STAI_FORMAT_S8, {4, g_network_t2_shape}, {1, g_network_t2_scale}, {1, g_network_t2_zero}, "conv2d_1_output"},
  /* 3 */ {24, STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH|STAI_FLAG_OUTPUTS, STAI_FORMAT_S8, {4, g_network_t3_shape}, {1, g_network_t3_scale}, {1, g_network_t3_zero}, "copy_2_output"},
};

static const stai_node_details g_network_nodes[3] = {
  /* pool_0 */ {0, 0x10b, {1, g_network_n0_inputs}, {1, g_network_n0_outputs}},
  /* conv2d_1 */ {1, 0x103, {1, g_network_n1_inputs}, {1, g_network_n1_outputs}},
  /* copy_2 */ {2, 0x100, {1, g_network_n2_inputs}, {1, g_network_n2_outputs}},
};

extern const stai_network_details g_network_details;
const stai_network_details g_network_details = {g_network_tensors, g_network_nodes, 3};

#endif
