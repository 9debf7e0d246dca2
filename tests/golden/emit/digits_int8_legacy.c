/**
  ******************************************************************************
  * @file    network.c
  * @author  Edgewright
  * @date    2026-11-22T10:00:00+0000
  * @brief   The network
  ******************************************************************************
  */
#include "network.h"

#include "network_data.h"
#include "nn_legacy.h"
#include "nn_network.h"
#include "nn_rows.h"
#include "nn_binary.h"
#include "nn_conv2d.h"
#include "nn_dense.h"
#include "nn_dwconv2d.h"
#include "nn_pool2d.h"
#include "nn_softmax.h"

#define AI_NETWORK_MODEL_SIGNATURE "0x7fbc4f095fb3b6d9d958e63575d667a4"
#ifndef AI_TOOLS_REVISION_ID
#define AI_TOOLS_REVISION_ID ""
#endif

/* ---- Constants ---- */
static const int8_t conv2d_0_pad_row[16] = {
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128
};

static const int32_t conv2d_0_multiplier[16] = {
  2111939669, 1494243627, 1431873425, 1710951903, 1382212815, 1857623152, 1781293510, 1705745297, 1669363810, 1084615763, 1248845498, 1119284053,
  1202417172, 2005169763, 1988103025, 1949804481
};

static const int8_t conv2d_0_shift[16] = {
  -10, -10, -10, -10, -10, -10, -10, -9, -12, -9, -9, -9, -10, -12, -12, -12
};

static const int16_t conv2d_1_offset[16] = {
  -68, 109, -55, 11, 8, 20, 46, -122, -1, -51, 53, 51,
  -34, -1, -7, -12
};

static const int32_t conv2d_1_multiplier[16] = {
  25832371, 30559691, 27279515, 34384614, 38666750, 21978661, 33741324, 24692019, 5234585, 31186364, 27069797, 32868935,
  24971250, 6312336, 7303479, 7357606
};

static const int8_t conv2d_1_pad_row[128] = {
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128
};

static const int32_t conv2d_2_multiplier[16] = {
  1271115648, 1979657905, 1084452599, 1082077379, 1542382063, 1111636317, 1219382507, 1290238693, 1871879486, 1957226271, 1777083781, 1281156779,
  1645813880, 1473564543, 2022365564, 1494157326
};

static const int8_t conv2d_2_shift[16] = {
  -8, -8, -7, -7, -8, -7, -8, -8, -8, -8, -8, -7, -8, -7, -8, -7
};

static const int16_t conv2d_4_offset[16] = {
  58, 114, -62, -60, -116, -68, -25, 27, -21, -59, 125, -100,
  66, 17, 9, -43
};

static const int32_t conv2d_4_multiplier[16] = {
  38988110, 29413777, 21327037, 14932625, 21847533, 17691351, 22273700, 24829958, 15133855, 18472217, 16619734, 17607700,
  21383235, 18957906, 33309450, 16345377
};

static const int32_t conv2d_5_multiplier[16] = {
  1091283550, 2124280252, 1247192627, 1454433177, 1723929689, 1651204740, 1629968942, 1364493987, 1204618369, 2083567513, 1862125064, 1511587562,
  1201156992, 1154365803, 1205158518, 1232688590
};

static const int8_t conv2d_5_shift[16] = {
  -7, -8, -7, -7, -8, -8, -8, -8, -7, -8, -8, -8, -7, -7, -7, -7
};

static const int32_t conv2d_7_multiplier[32] = {
  1417805824, 1148640460, 1686225277, 1971766291, 1882115382, 1597769869, 1985708478, 1098016988, 1718703839, 1747039535, 1282515941, 1242908397,
  1948943919, 1109436171, 1787438418, 2102117021, 1278481907, 1169395769, 1115672567, 1371525073, 1976586883, 1313485615, 1645503690, 2020603767,
  1299177935, 1761575679, 1604686629, 1658639532, 1754618520, 1991178269, 1177280226, 1222584541
};

static const int8_t conv2d_7_shift[32] = {
  -8, -9, -8, -9, -9, -9, -9, -8, -9, -9, -8, -8, -9, -8, -9, -9, -8, -8, -8, -8, -9, -8, -8, -9,
  -8, -9, -9, -8, -9, -9, -8, -8
};

static const int32_t dense_9_multiplier[10] = {
  1745785523, 1103469474, 1114188795, 1759827407, 1405576742, 1281063481, 1202958738, 1305370917, 1937335091, 1549341660
};

static const int8_t dense_9_shift[10] = {
  -6, -6, -5, -6, -6, -6, -6, -6, -7, -6
};

static const int32_t nl_10_exponentials[256] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 3,
  4, 5, 6, 7, 8, 10, 13, 15, 19, 23, 28, 35,
  43, 53, 64, 79, 97, 119, 145, 178, 219, 268, 328, 403,
  493, 605, 742, 910, 1115, 1367, 1676, 2055, 2520, 3090, 3788, 4645,
  5695, 6982, 8560, 10496, 12869, 15778, 19345, 23718, 29080, 35654, 43714, 53597,
  65713, 80569, 98783, 121115, 148495, 182066, 223225, 273690, 335563, 411424, 504434, 618471,
  758289, 929715, 1139896, 1397592, 1713546, 2100927, 2575884, 3158213, 3872190, 4747576, 5820861, 7136783,
  8750194, 10728352, 13153711, 16127370, 19773285, 24243434, 29724141, 36443880, 44682747, 54784176, 67169237, 82354170,
  100971990, 123798728, 151785905, 186100147, 228171848, 279754588, 342998718, 420540436, 515612010, 632176462, 775092448, 950317683,
  1165156001, 1428562809, 1751518038, 2147483647
};

/* ---- The c-nodes ---- */
/* conv2d_0: Conv2D, m_id [0], layer "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 *   input   int8[1x16x16x1]  serving_default_pixels_0_output  "serving_default_pixels:0"
 *   weights int8[16x3x3x1]  conv2d_0_weights
 *   weights int32[16]  conv2d_0_bias
 *   scratch int8[18]  conv2d_0_scratch
 *   output  int8[1x8x8x16]  conv2d_0_output  "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 */
static const nn_conv2d_s8_params conv2d_0_params = {
  .in_width = 16, .in_channels = 1, .in_pitch = 1, .out_width = 8,
  .out_channels = 16, .out_pitch = 16, .kernel_h = 3, .kernel_w = 3,
  .stride_w = 2, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .in_zero = -128, .weight_zero = 0, .out_zero = -128, .clamp_min = -128,
  .clamp_max = 127
};
static void conv2d_0_layer(const nn_buffers *net)
{
  const uint8_t *const serving_default_pixels_0_output_array = net->inputs[0];
  const int8_t *const conv2d_0_weights_array = (const int8_t *)(net->weights[0]);
  const int32_t *const conv2d_0_bias_array = (const int32_t *)(net->weights[0] + 144);
  int8_t *const conv2d_0_scratch_array = (int8_t *)(net->activations[0] + 256);
  uint8_t *const conv2d_0_output_array = net->activations[0] + 1152;
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(serving_default_pixels_0_output_array, 2 * y + k, 16, 16, conv2d_0_pad_row);
    nn_conv2d_s8_row(&conv2d_0_params, rows, conv2d_0_weights_array, conv2d_0_bias_array, conv2d_0_multiplier, conv2d_0_shift,
                     conv2d_0_scratch_array, (int8_t *)(conv2d_0_output_array + y * 128));
  }
}

/* conv2d_1: Conv2D, m_id [1], layer "digits_1/depthwise_1_1/Relu;digits_1/depthwise_1_1/BiasAdd;digits_1/depthwise_1_1/depthwise;digits_1/depthwise_1_1/Squeeze1"
 *   input   int8[1x8x8x16]  conv2d_0_output  "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 *   weights int8[1x3x3x16]  conv2d_1_weights
 *   weights int32[16]  conv2d_1_bias
 *   output  int8[1x8x8x16]  conv2d_1_output  "digits_1/depthwise_1_1/Relu;digits_1/depthwise_1_1/BiasAdd;digits_1/depthwise_1_1/depthwise;digits_1/depthwise_1_1/Squeeze1"
 */
static const nn_dwconv2d_s8_params conv2d_1_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 8,
  .out_pitch = 16, .depth_multiplier = 1, .kernel_h = 3, .kernel_w = 3,
  .stride_w = 1, .dilation_w = 1, .pad_left = 1, .in_zero = -128,
  .weight_zero = 0, .out_zero = -128, .clamp_min = -128, .clamp_max = 127
};
static void conv2d_1_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_0_output_array = net->activations[0] + 1152;
  const int8_t *const conv2d_1_weights_array = (const int8_t *)(net->weights[0] + 208);
  const int32_t *const conv2d_1_bias_array = (const int32_t *)(net->weights[0] + 352);
  uint8_t *const conv2d_1_output_array = net->activations[0];
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(conv2d_0_output_array, y + k - 1, 8, 128, conv2d_1_pad_row);
    nn_dwconv2d_3x3_affine_dsp_s8_row(&conv2d_1_params, rows, conv2d_1_weights_array, conv2d_1_bias_array, conv2d_1_multiplier,
                                      conv2d_1_offset, (int8_t *)(conv2d_1_output_array + y * 128));
  }
}

/* conv2d_2: Conv2D, m_id [2], layer "digits_1/pointwise_1_1/Relu;digits_1/pointwise_1_1/BiasAdd;digits_1/pointwise_1_1/convolution;digits_1/pointwise_1_1/Squeeze1"
 *   input   int8[1x8x8x16]  conv2d_1_output  "digits_1/depthwise_1_1/Relu;digits_1/depthwise_1_1/BiasAdd;digits_1/depthwise_1_1/depthwise;digits_1/depthwise_1_1/Squeeze1"
 *   weights int8[16x1x1x16]  conv2d_2_weights
 *   weights int32[16]  conv2d_2_bias
 *   output  int8[1x8x8x16]  conv2d_2_output  "digits_1/pointwise_1_1/Relu;digits_1/pointwise_1_1/BiasAdd;digits_1/pointwise_1_1/convolution;digits_1/pointwise_1_1/Squeeze1"
 */
static const nn_conv2d_s8_params conv2d_2_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 8,
  .out_channels = 16, .out_pitch = 16, .kernel_h = 1, .kernel_w = 1,
  .stride_w = 1, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .in_zero = -128, .weight_zero = 0, .out_zero = -128, .clamp_min = -128,
  .clamp_max = 127
};
static void conv2d_2_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_1_output_array = net->activations[0];
  const int8_t *const conv2d_2_weights_array = (const int8_t *)(net->weights[0] + 416);
  const int32_t *const conv2d_2_bias_array = (const int32_t *)(net->weights[0] + 672);
  uint8_t *const conv2d_2_output_array = net->activations[0] + 128;
  for (int32_t y = 7; y >= 0; --y) {
    nn_conv2d_1x1_s8_row(&conv2d_2_params, (const int8_t *)(conv2d_1_output_array + y * 128), conv2d_2_weights_array,
                         conv2d_2_bias_array, conv2d_2_multiplier, conv2d_2_shift, (int8_t *)(conv2d_2_output_array + y * 128));
  }
}

/* eltwise_3: Eltwise/add, m_id [3], layer "digits_1/add_1_1/Add"
 *   input   int8[1x8x8x16]  conv2d_2_output  "digits_1/pointwise_1_1/Relu;digits_1/pointwise_1_1/BiasAdd;digits_1/pointwise_1_1/convolution;digits_1/pointwise_1_1/Squeeze1"
 *   input   int8[1x8x8x16]  conv2d_0_output  "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 *   output  int8[1x8x8x16]  eltwise_3_output  "digits_1/add_1_1/Add"
 */
static const nn_add_affine_s8_params eltwise_3_params = {
  .shape.rank = 1, .shape.size = {1024}, .shape.a_stride = {1}, .shape.b_stride = {1},
  .a_factor = 268435456, .b_factor = 158080820, .constant = 79569454, .low = -128,
  .high = 127
};
static void eltwise_3_layer(const nn_buffers *net)
{
  const int8_t *const conv2d_2_output_array = (const int8_t *)(net->activations[0] + 128);
  const int8_t *const conv2d_0_output_array = (const int8_t *)(net->activations[0] + 1152);
  int8_t *const eltwise_3_output_array = (int8_t *)(net->activations[0] + 1152);
  nn_add_affine_s8(&eltwise_3_params, conv2d_2_output_array, conv2d_0_output_array, eltwise_3_output_array);
}

/* conv2d_4: Conv2D, m_id [4], layer "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"
 *   input   int8[1x8x8x16]  eltwise_3_output  "digits_1/add_1_1/Add"
 *   weights int8[1x3x3x16]  conv2d_4_weights
 *   weights int32[16]  conv2d_4_bias
 *   output  int8[1x8x8x16]  conv2d_4_output  "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"
 */
static const nn_dwconv2d_s8_params conv2d_4_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 8,
  .out_pitch = 16, .depth_multiplier = 1, .kernel_h = 3, .kernel_w = 3,
  .stride_w = 1, .dilation_w = 1, .pad_left = 1, .in_zero = -128,
  .weight_zero = 0, .out_zero = -128, .clamp_min = -128, .clamp_max = 127
};
static void conv2d_4_layer(const nn_buffers *net)
{
  const uint8_t *const eltwise_3_output_array = net->activations[0] + 1152;
  const int8_t *const conv2d_4_weights_array = (const int8_t *)(net->weights[0] + 736);
  const int32_t *const conv2d_4_bias_array = (const int32_t *)(net->weights[0] + 880);
  uint8_t *const conv2d_4_output_array = net->activations[0];
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(eltwise_3_output_array, y + k - 1, 8, 128, conv2d_1_pad_row);
    nn_dwconv2d_3x3_affine_dsp_s8_row(&conv2d_4_params, rows, conv2d_4_weights_array, conv2d_4_bias_array, conv2d_4_multiplier,
                                      conv2d_4_offset, (int8_t *)(conv2d_4_output_array + y * 128));
  }
}

/* conv2d_5: Conv2D, m_id [5], layer "digits_1/pointwise_2_1/Relu;digits_1/pointwise_2_1/BiasAdd;digits_1/pointwise_2_1/convolution;digits_1/pointwise_2_1/Squeeze1"
 *   input   int8[1x8x8x16]  conv2d_4_output  "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"
 *   weights int8[16x1x1x16]  conv2d_5_weights
 *   weights int32[16]  conv2d_5_bias
 *   output  int8[1x8x8x16]  conv2d_5_output  "digits_1/pointwise_2_1/Relu;digits_1/pointwise_2_1/BiasAdd;digits_1/pointwise_2_1/convolution;digits_1/pointwise_2_1/Squeeze1"
 */
static const nn_conv2d_s8_params conv2d_5_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 8,
  .out_channels = 16, .out_pitch = 16, .kernel_h = 1, .kernel_w = 1,
  .stride_w = 1, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .in_zero = -128, .weight_zero = 0, .out_zero = -128, .clamp_min = -128,
  .clamp_max = 127
};
static void conv2d_5_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_4_output_array = net->activations[0];
  const int8_t *const conv2d_5_weights_array = (const int8_t *)(net->weights[0] + 944);
  const int32_t *const conv2d_5_bias_array = (const int32_t *)(net->weights[0] + 1200);
  uint8_t *const conv2d_5_output_array = net->activations[0] + 128;
  for (int32_t y = 7; y >= 0; --y) {
    nn_conv2d_1x1_s8_row(&conv2d_5_params, (const int8_t *)(conv2d_4_output_array + y * 128), conv2d_5_weights_array,
                         conv2d_5_bias_array, conv2d_5_multiplier, conv2d_5_shift, (int8_t *)(conv2d_5_output_array + y * 128));
  }
}

/* eltwise_6: Eltwise/add, m_id [6], layer "digits_1/add_2_1/Add"
 *   input   int8[1x8x8x16]  conv2d_5_output  "digits_1/pointwise_2_1/Relu;digits_1/pointwise_2_1/BiasAdd;digits_1/pointwise_2_1/convolution;digits_1/pointwise_2_1/Squeeze1"
 *   input   int8[1x8x8x16]  eltwise_3_output  "digits_1/add_1_1/Add"
 *   output  int8[1x8x8x16]  eltwise_6_output  "digits_1/add_2_1/Add"
 */
static const nn_add_affine_s8_params eltwise_6_params = {
  .shape.rank = 1, .shape.size = {1024}, .shape.a_stride = {1}, .shape.b_stride = {1},
  .a_factor = 268435456, .b_factor = 143498168, .constant = 72272220, .low = -128,
  .high = 127
};
static void eltwise_6_layer(const nn_buffers *net)
{
  const int8_t *const conv2d_5_output_array = (const int8_t *)(net->activations[0] + 128);
  const int8_t *const eltwise_3_output_array = (const int8_t *)(net->activations[0] + 1152);
  int8_t *const eltwise_6_output_array = (int8_t *)(net->activations[0] + 128);
  nn_add_affine_s8(&eltwise_6_params, conv2d_5_output_array, eltwise_3_output_array, eltwise_6_output_array);
}

/* conv2d_7: Conv2D, m_id [7], layer "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 *   input   int8[1x8x8x16]  eltwise_6_output  "digits_1/add_2_1/Add"
 *   weights int8[32x3x3x16]  conv2d_7_weights
 *   weights int32[32]  conv2d_7_bias
 *   scratch int8[288]  conv2d_7_scratch
 *   output  int8[1x4x4x32]  conv2d_7_output  "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 */
static const nn_conv2d_s8_params conv2d_7_params = {
  .in_width = 8, .in_channels = 16, .in_pitch = 16, .out_width = 4,
  .out_channels = 32, .out_pitch = 32, .kernel_h = 3, .kernel_w = 3,
  .stride_w = 2, .dilation_w = 1, .pad_left = 0, .groups = 1,
  .in_zero = -128, .weight_zero = 0, .out_zero = -128, .clamp_min = -128,
  .clamp_max = 127
};
static void conv2d_7_layer(const nn_buffers *net)
{
  const uint8_t *const eltwise_6_output_array = net->activations[0] + 128;
  const int8_t *const conv2d_7_weights_array = (const int8_t *)(net->weights[0] + 1264);
  const int32_t *const conv2d_7_bias_array = (const int32_t *)(net->weights[0] + 5872);
  int8_t *const conv2d_7_scratch_array = (int8_t *)(net->activations[0] + 1152);
  uint8_t *const conv2d_7_output_array = net->activations[0];
  for (int32_t y = 0; y < 4; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(eltwise_6_output_array, 2 * y + k, 8, 128, conv2d_1_pad_row);
    nn_conv2d_s8_row(&conv2d_7_params, rows, conv2d_7_weights_array, conv2d_7_bias_array, conv2d_7_multiplier, conv2d_7_shift,
                     conv2d_7_scratch_array, (int8_t *)(conv2d_7_output_array + y * 128));
  }
}

/* pool_8: Pool, m_id [8], layer "digits_1/pool_1/AvgPool"
 *   input   int8[1x4x4x32]  conv2d_7_output  "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 *   scratch int8[128]  pool_8_sums
 *   output  int8[1x1x1x32]  pool_8_output  "digits_1/pool_1/AvgPool"
 */
static const nn_global_avgpool_s8_params pool_8_params = {
  .width = 4, .height = 4, .channels = 32, .in_pitch = 32,
  .clamp_min = -128, .clamp_max = 127
};
static void pool_8_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_7_output_array = net->activations[0];
  int32_t *const pool_8_sums_array = (int32_t *)(net->activations[0] + 512);
  int8_t *const pool_8_output_array = (int8_t *)(net->activations[0] + 640);
  for (int32_t y = 0; y < 4; ++y) {
    nn_global_avgpool_s8_row(&pool_8_params, (const int8_t *)(conv2d_7_output_array + y * 128), y, pool_8_sums_array,
                             pool_8_output_array);
  }
}

/* dense_9: Dense, m_id [9], layer "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 *   input   int8[1x1x1x32]  pool_8_output  "digits_1/pool_1/AvgPool"
 *   weights int8[10x32]  dense_9_weights
 *   weights int32[10]  dense_9_bias
 *   output  int8[1x10]  dense_9_output  "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 */
static const nn_dense_s8_params dense_9_params = {
  .rows = 1, .in_channels = 32, .out_channels = 10, .multiplier = 0,
  .shift = 0, .weight_zero = 0, .out_zero = 41, .clamp_min = -128,
  .clamp_max = 127
};
static void dense_9_layer(const nn_buffers *net)
{
  const int8_t *const pool_8_output_array = (const int8_t *)(net->activations[0] + 640);
  const int8_t *const dense_9_weights_array = (const int8_t *)(net->weights[0] + 6000);
  const int32_t *const dense_9_bias_array = (const int32_t *)(net->weights[0] + 6320);
  int8_t *const dense_9_output_array = (int8_t *)(net->activations[0]);
  nn_dense_s8(&dense_9_params, pool_8_output_array, dense_9_weights_array, dense_9_bias_array, dense_9_multiplier, dense_9_shift,
              dense_9_output_array);
}

/* nl_10: Nonlinearity, m_id [10], layer "StatefulPartitionedCall_1:0"
 *   input   int8[1x10]  dense_9_output  "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 *   output  int8[1x10]  nl_10_output  "StatefulPartitionedCall_1:0"
 */
static void nl_10_layer(const nn_buffers *net)
{
  const int8_t *const dense_9_output_array = (const int8_t *)(net->activations[0]);
  int8_t *const nl_10_output_array = (int8_t *)(net->outputs[0]);
  nn_softmax_s8(dense_9_output_array, nl_10_exponentials, nl_10_output_array, 1, 10);
}

/* ---- The run over all of them ---- */
static void network_run_nodes(const nn_buffers *net, const nn_listener *listener)
{
  nn_before(listener, 0);
  conv2d_0_layer(net);
  nn_after(listener, 0);
  nn_before(listener, 1);
  conv2d_1_layer(net);
  nn_after(listener, 1);
  nn_before(listener, 2);
  conv2d_2_layer(net);
  nn_after(listener, 2);
  nn_before(listener, 3);
  eltwise_3_layer(net);
  nn_after(listener, 3);
  nn_before(listener, 4);
  conv2d_4_layer(net);
  nn_after(listener, 4);
  nn_before(listener, 5);
  conv2d_5_layer(net);
  nn_after(listener, 5);
  nn_before(listener, 6);
  eltwise_6_layer(net);
  nn_after(listener, 6);
  nn_before(listener, 7);
  conv2d_7_layer(net);
  nn_after(listener, 7);
  nn_before(listener, 8);
  pool_8_layer(net);
  nn_after(listener, 8);
  nn_before(listener, 9);
  dense_9_layer(net);
  nn_after(listener, 9);
  nn_before(listener, 10);
  nl_10_layer(net);
  nn_after(listener, 10);
}

/* ---- The client API ---- */

/* The addresses of the only instance. */
static ai_u8 *network_activations[AI_NETWORK_DATA_ACTIVATIONS_COUNT];
static ai_u8 *network_weights[AI_NETWORK_DATA_WEIGHTS_COUNT];
static ai_u8 *network_inputs[AI_NETWORK_IN_NUM];
static ai_u8 *network_outputs[AI_NETWORK_OUT_NUM];

static ai_shape_dimension network_input_1_shape[] = {1, 1, 16, 16};
static const ai_float network_input_1_intq_scale[] = {0.00392156886f};
static const ai_i8 network_input_1_intq_zero[] = {-128};
static const ai_intq_info network_input_1_intq_info = {.scale = network_input_1_intq_scale, .zeropoint = (ai_handle)network_input_1_intq_zero};
static const ai_intq_info_list network_input_1_intq = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_input_1_intq_info};
static ai_buffer_meta_info network_input_1_meta = {.flags = AI_BUFFER_META_HAS_INTQ_INFO, .intq_info = (ai_intq_info_list *)&network_input_1_intq};
static ai_buffer network_input_buffers[] = {
  {.format = AI_BUFFER_FORMAT_S8, .meta_info = &network_input_1_meta, .size = 256, .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = network_input_1_shape}},
};
static const nn_place network_input_places[] = {{0, 0}};

static ai_shape_dimension network_output_1_shape[] = {1, 10, 1, 1};
static const ai_float network_output_1_intq_scale[] = {0.00390625f};
static const ai_i8 network_output_1_intq_zero[] = {-128};
static const ai_intq_info network_output_1_intq_info = {.scale = network_output_1_intq_scale, .zeropoint = (ai_handle)network_output_1_intq_zero};
static const ai_intq_info_list network_output_1_intq = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_output_1_intq_info};
static ai_buffer_meta_info network_output_1_meta = {.flags = AI_BUFFER_META_HAS_INTQ_INFO, .intq_info = (ai_intq_info_list *)&network_output_1_intq};
static ai_buffer network_output_buffers[] = {
  {.format = AI_BUFFER_FORMAT_S8, .meta_info = &network_output_1_meta, .size = 10, .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = network_output_1_shape}},
};
static const nn_place network_output_places[] = {{0, 0}};

/* The tensors of each c-node, for observers (ai_platform_interface.h). */
#ifndef NN_NO_OBSERVER
static const ai_shape_dimension network_shape_0[] = {1, 1, 16, 16};
static const ai_shape_dimension network_shape_1[] = {1, 16, 8, 8};
static const ai_shape_dimension network_shape_2[] = {1, 32, 4, 4};
static const ai_shape_dimension network_shape_3[] = {1, 32, 1, 1};
static const ai_shape_dimension network_shape_4[] = {1, 10, 1, 1};
static const ai_float network_intq_0_scale[] = {0.00392156886f};
static const ai_i8 network_intq_0_zero[] = {-128};
static const ai_intq_info network_intq_0_info = {.scale = network_intq_0_scale, .zeropoint = (ai_handle)network_intq_0_zero};
static const ai_intq_info_list network_intq_0 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_0_info};
static const ai_float network_intq_1_scale[] = {0.0257356577f};
static const ai_i8 network_intq_1_zero[] = {-128};
static const ai_intq_info network_intq_1_info = {.scale = network_intq_1_scale, .zeropoint = (ai_handle)network_intq_1_zero};
static const ai_intq_info_list network_intq_1 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_1_info};
static const ai_float network_intq_2_scale[] = {0.0224556848f};
static const ai_i8 network_intq_2_zero[] = {-128};
static const ai_intq_info network_intq_2_info = {.scale = network_intq_2_scale, .zeropoint = (ai_handle)network_intq_2_zero};
static const ai_intq_info_list network_intq_2 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_2_info};
static const ai_float network_intq_3_scale[] = {0.0437014624f};
static const ai_i8 network_intq_3_zero[] = {-128};
static const ai_intq_info network_intq_3_info = {.scale = network_intq_3_scale, .zeropoint = (ai_handle)network_intq_3_zero};
static const ai_intq_info_list network_intq_3 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_3_info};
static const ai_float network_intq_4_scale[] = {0.0444217548f};
static const ai_i8 network_intq_4_zero[] = {-128};
static const ai_intq_info network_intq_4_info = {.scale = network_intq_4_scale, .zeropoint = (ai_handle)network_intq_4_zero};
static const ai_intq_info_list network_intq_4 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_4_info};
static const ai_float network_intq_5_scale[] = {0.0817503259f};
static const ai_i8 network_intq_5_zero[] = {-128};
static const ai_intq_info network_intq_5_info = {.scale = network_intq_5_scale, .zeropoint = (ai_handle)network_intq_5_zero};
static const ai_intq_info_list network_intq_5 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_5_info};
static const ai_float network_intq_6_scale[] = {0.253832549f};
static const ai_i8 network_intq_6_zero[] = {-128};
static const ai_intq_info network_intq_6_info = {.scale = network_intq_6_scale, .zeropoint = (ai_handle)network_intq_6_zero};
static const ai_intq_info_list network_intq_6 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_6_info};
static const ai_float network_intq_7_scale[] = {0.203813925f};
static const ai_i8 network_intq_7_zero[] = {41};
static const ai_intq_info network_intq_7_info = {.scale = network_intq_7_scale, .zeropoint = (ai_handle)network_intq_7_zero};
static const ai_intq_info_list network_intq_7 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_7_info};
static const ai_float network_intq_8_scale[] = {0.00390625f};
static const ai_i8 network_intq_8_zero[] = {-128};
static const ai_intq_info network_intq_8_info = {.scale = network_intq_8_scale, .zeropoint = (ai_handle)network_intq_8_zero};
static const ai_intq_info_list network_intq_8 = {.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_S8, .size = 1,
  .info = &network_intq_8_info};
static const ai_tensor serving_default_pixels_0_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_0},
  .format = AI_BUFFER_FORMAT_S8, .size = 256, .intq = &network_intq_0, .base = &network_inputs[0], .offset = 0
};
static const ai_tensor conv2d_0_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_1, .base = &network_activations[0], .offset = 1152
};
static const ai_tensor conv2d_1_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_2, .base = &network_activations[0], .offset = 0
};
static const ai_tensor conv2d_2_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_3, .base = &network_activations[0], .offset = 128
};
static const ai_tensor eltwise_3_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_3, .base = &network_activations[0], .offset = 1152
};
static const ai_tensor conv2d_4_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_4, .base = &network_activations[0], .offset = 0
};
static const ai_tensor conv2d_5_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_5, .base = &network_activations[0], .offset = 128
};
static const ai_tensor eltwise_6_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_5, .base = &network_activations[0], .offset = 128
};
static const ai_tensor conv2d_7_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_2},
  .format = AI_BUFFER_FORMAT_S8, .size = 512, .intq = &network_intq_6, .base = &network_activations[0], .offset = 0
};
static const ai_tensor pool_8_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_3},
  .format = AI_BUFFER_FORMAT_S8, .size = 32, .intq = &network_intq_6, .base = &network_activations[0], .offset = 640
};
static const ai_tensor dense_9_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_4},
  .format = AI_BUFFER_FORMAT_S8, .size = 10, .intq = &network_intq_7, .base = &network_activations[0], .offset = 0
};
static const ai_tensor nl_10_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_4},
  .format = AI_BUFFER_FORMAT_S8, .size = 10, .intq = &network_intq_8, .base = &network_outputs[0], .offset = 0
};
static ai_tensor *const conv2d_0_observed_inputs[] = {(ai_tensor *)&serving_default_pixels_0_output_tensor};
static ai_tensor *const conv2d_0_observed_outputs[] = {(ai_tensor *)&conv2d_0_output_tensor};
static const ai_tensor_list conv2d_0_lists[4] = {{.size = 1, .tensor = conv2d_0_observed_inputs}, {.size = 1, .tensor = conv2d_0_observed_outputs}, {0}, {0}};
static const ai_tensor_chain conv2d_0_chain = {.size = 4, .chain = (ai_tensor_list *)conv2d_0_lists};
static ai_tensor *const conv2d_1_observed_inputs[] = {(ai_tensor *)&conv2d_0_output_tensor};
static ai_tensor *const conv2d_1_observed_outputs[] = {(ai_tensor *)&conv2d_1_output_tensor};
static const ai_tensor_list conv2d_1_lists[4] = {{.size = 1, .tensor = conv2d_1_observed_inputs}, {.size = 1, .tensor = conv2d_1_observed_outputs}, {0}, {0}};
static const ai_tensor_chain conv2d_1_chain = {.size = 4, .chain = (ai_tensor_list *)conv2d_1_lists};
static ai_tensor *const conv2d_2_observed_inputs[] = {(ai_tensor *)&conv2d_1_output_tensor};
static ai_tensor *const conv2d_2_observed_outputs[] = {(ai_tensor *)&conv2d_2_output_tensor};
static const ai_tensor_list conv2d_2_lists[4] = {{.size = 1, .tensor = conv2d_2_observed_inputs}, {.size = 1, .tensor = conv2d_2_observed_outputs}, {0}, {0}};
static const ai_tensor_chain conv2d_2_chain = {.size = 4, .chain = (ai_tensor_list *)conv2d_2_lists};
static ai_tensor *const eltwise_3_observed_inputs[] = {(ai_tensor *)&conv2d_2_output_tensor, (ai_tensor *)&conv2d_0_output_tensor};
static ai_tensor *const eltwise_3_observed_outputs[] = {(ai_tensor *)&eltwise_3_output_tensor};
static const ai_tensor_list eltwise_3_lists[4] = {{.size = 2, .tensor = eltwise_3_observed_inputs}, {.size = 1, .tensor = eltwise_3_observed_outputs}, {0}, {0}};
static const ai_tensor_chain eltwise_3_chain = {.size = 4, .chain = (ai_tensor_list *)eltwise_3_lists};
static ai_tensor *const conv2d_4_observed_inputs[] = {(ai_tensor *)&eltwise_3_output_tensor};
static ai_tensor *const conv2d_4_observed_outputs[] = {(ai_tensor *)&conv2d_4_output_tensor};
static const ai_tensor_list conv2d_4_lists[4] = {{.size = 1, .tensor = conv2d_4_observed_inputs}, {.size = 1, .tensor = conv2d_4_observed_outputs}, {0}, {0}};
static const ai_tensor_chain conv2d_4_chain = {.size = 4, .chain = (ai_tensor_list *)conv2d_4_lists};
static ai_tensor *const conv2d_5_observed_inputs[] = {(ai_tensor *)&conv2d_4_output_tensor};
static ai_tensor *const conv2d_5_observed_outputs[] = {(ai_tensor *)&conv2d_5_output_tensor};
static const ai_tensor_list conv2d_5_lists[4] = {{.size = 1, .tensor = conv2d_5_observed_inputs}, {.size = 1, .tensor = conv2d_5_observed_outputs}, {0}, {0}};
static const ai_tensor_chain conv2d_5_chain = {.size = 4, .chain = (ai_tensor_list *)conv2d_5_lists};
static ai_tensor *const eltwise_6_observed_inputs[] = {(ai_tensor *)&conv2d_5_output_tensor, (ai_tensor *)&eltwise_3_output_tensor};
static ai_tensor *const eltwise_6_observed_outputs[] = {(ai_tensor *)&eltwise_6_output_tensor};
static const ai_tensor_list eltwise_6_lists[4] = {{.size = 2, .tensor = eltwise_6_observed_inputs}, {.size = 1, .tensor = eltwise_6_observed_outputs}, {0}, {0}};
static const ai_tensor_chain eltwise_6_chain = {.size = 4, .chain = (ai_tensor_list *)eltwise_6_lists};
static ai_tensor *const conv2d_7_observed_inputs[] = {(ai_tensor *)&eltwise_6_output_tensor};
static ai_tensor *const conv2d_7_observed_outputs[] = {(ai_tensor *)&conv2d_7_output_tensor};
static const ai_tensor_list conv2d_7_lists[4] = {{.size = 1, .tensor = conv2d_7_observed_inputs}, {.size = 1, .tensor = conv2d_7_observed_outputs}, {0}, {0}};
static const ai_tensor_chain conv2d_7_chain = {.size = 4, .chain = (ai_tensor_list *)conv2d_7_lists};
static ai_tensor *const pool_8_observed_inputs[] = {(ai_tensor *)&conv2d_7_output_tensor};
static ai_tensor *const pool_8_observed_outputs[] = {(ai_tensor *)&pool_8_output_tensor};
static const ai_tensor_list pool_8_lists[4] = {{.size = 1, .tensor = pool_8_observed_inputs}, {.size = 1, .tensor = pool_8_observed_outputs}, {0}, {0}};
static const ai_tensor_chain pool_8_chain = {.size = 4, .chain = (ai_tensor_list *)pool_8_lists};
static ai_tensor *const dense_9_observed_inputs[] = {(ai_tensor *)&pool_8_output_tensor};
static ai_tensor *const dense_9_observed_outputs[] = {(ai_tensor *)&dense_9_output_tensor};
static const ai_tensor_list dense_9_lists[4] = {{.size = 1, .tensor = dense_9_observed_inputs}, {.size = 1, .tensor = dense_9_observed_outputs}, {0}, {0}};
static const ai_tensor_chain dense_9_chain = {.size = 4, .chain = (ai_tensor_list *)dense_9_lists};
static ai_tensor *const nl_10_observed_inputs[] = {(ai_tensor *)&dense_9_output_tensor};
static ai_tensor *const nl_10_observed_outputs[] = {(ai_tensor *)&nl_10_output_tensor};
static const ai_tensor_list nl_10_lists[4] = {{.size = 1, .tensor = nl_10_observed_inputs}, {.size = 1, .tensor = nl_10_observed_outputs}, {0}, {0}};
static const ai_tensor_chain nl_10_chain = {.size = 4, .chain = (ai_tensor_list *)nl_10_lists};
static const ai_observer_node network_nodes[] = {
  {.c_idx = 0, .type = 0x103, .id = 0, .tensors = &conv2d_0_chain},
  {.c_idx = 1, .type = 0x103, .id = 1, .tensors = &conv2d_1_chain},
  {.c_idx = 2, .type = 0x103, .id = 2, .tensors = &conv2d_2_chain},
  {.c_idx = 3, .type = 0x114, .id = 3, .tensors = &eltwise_3_chain},
  {.c_idx = 4, .type = 0x103, .id = 4, .tensors = &conv2d_4_chain},
  {.c_idx = 5, .type = 0x103, .id = 5, .tensors = &conv2d_5_chain},
  {.c_idx = 6, .type = 0x114, .id = 6, .tensors = &eltwise_6_chain},
  {.c_idx = 7, .type = 0x103, .id = 7, .tensors = &conv2d_7_chain},
  {.c_idx = 8, .type = 0x10b, .id = 8, .tensors = &pool_8_chain},
  {.c_idx = 9, .type = 0x104, .id = 9, .tensors = &dense_9_chain},
  {.c_idx = 10, .type = 0x10c, .id = 10, .tensors = &nl_10_chain},
};
#endif

static const nn_legacy_info network_info = {
  .model_name = AI_NETWORK_MODEL_NAME,
  .model_signature = AI_NETWORK_MODEL_SIGNATURE,
  .model_datetime = "2026-11-22T10:00:00+0000",
  .compile_datetime = __DATE__ " " __TIME__,
  .tool_revision = AI_TOOLS_REVISION_ID,
  .tool_version = {AI_TOOLS_VERSION_MAJOR, AI_TOOLS_VERSION_MINOR, AI_TOOLS_VERSION_MICRO, 0},
  .tool_api_version = {AI_TOOLS_API_VERSION_MAJOR, AI_TOOLS_API_VERSION_MINOR, AI_TOOLS_API_VERSION_MICRO, 0},
  .api_version = {AI_PLATFORM_API_MAJOR, AI_PLATFORM_API_MINOR, AI_PLATFORM_API_MICRO, 0},
  .n_macc = 137296U,
  .signature = 0x42791c11U,
  .n_nodes = AI_NETWORK_N_NODES,
  .n_inputs = AI_NETWORK_IN_NUM,
  .n_outputs = AI_NETWORK_OUT_NUM,
  .n_activations = AI_NETWORK_DATA_ACTIVATIONS_COUNT,
  .n_weights = AI_NETWORK_DATA_WEIGHTS_COUNT,
  .input_places = network_input_places,
  .output_places = network_output_places,
  .data_params_get = ai_network_data_params_get,
  .map_weights = g_network_data_map_weights,
  .map_activations = g_network_data_map_activations,
  .weights_table = g_network_weights_table,
  .activations_table = g_network_activations_table,
  .run = network_run_nodes,
#ifndef NN_NO_OBSERVER
  .nodes = network_nodes
#endif
};

static nn_legacy_network network_instance = {
  .info = &network_info,
  .activations = network_activations,
  .weights = network_weights,
  .input_addresses = network_inputs,
  .output_addresses = network_outputs,
  .inputs = network_input_buffers,
  .outputs = network_output_buffers
};

AI_API_ENTRY ai_bool ai_network_get_info(ai_handle network, ai_network_report *report)
{
  return nn_legacy_get_report(&network_instance, network, report);
}

AI_API_ENTRY ai_bool ai_network_get_report(ai_handle network, ai_network_report *report)
{
  return nn_legacy_get_report(&network_instance, network, report);
}

AI_API_ENTRY ai_error ai_network_get_error(ai_handle network)
{
  return nn_legacy_get_error(&network_instance, network);
}

AI_API_ENTRY ai_error ai_network_create(ai_handle *network, const ai_buffer *network_config)
{
  (void)network_config;
  return nn_legacy_create(&network_instance, network);
}

AI_API_ENTRY ai_handle ai_network_destroy(ai_handle network)
{
  return nn_legacy_destroy(&network_instance, network);
}

AI_API_ENTRY ai_bool ai_network_init(ai_handle network, const ai_network_params *params)
{
  return nn_legacy_init(&network_instance, network, params);
}

AI_API_ENTRY ai_error ai_network_create_and_init(ai_handle *network, const ai_handle activations[], const ai_handle weights[])
{
  return nn_legacy_create_and_init(&network_instance, network, activations, weights);
}

AI_API_ENTRY ai_buffer *ai_network_inputs_get(ai_handle network, ai_u16 *n_buffer)
{
  return nn_legacy_inputs_get(&network_instance, network, n_buffer);
}

AI_API_ENTRY ai_buffer *ai_network_outputs_get(ai_handle network, ai_u16 *n_buffer)
{
  return nn_legacy_outputs_get(&network_instance, network, n_buffer);
}

AI_API_ENTRY ai_i32 ai_network_run(ai_handle network, const ai_buffer *input, ai_buffer *output)
{
  return nn_legacy_run(&network_instance, network, input, output);
}

AI_API_ENTRY ai_i32 ai_network_forward(ai_handle network, const ai_buffer *input)
{
  return nn_legacy_run(&network_instance, network, input, NULL);
}
