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
static const int8_t pad_row_minus_128[128] = {
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128, -128,
  -128, -128, -128, -128, -128, -128, -128, -128
};

static const int32_t conv2d_0_multiplier[16] = {
  4124882, 2918458, 2796627, 3341706, 2699634, 3628170, 3479077, 6663068, 815108, 4236782, 4878302, 4372193,
  2348474, 994393, 970760, 952057
};

static const int8_t conv2d_0_shift[16] = {
  -89, -94, -75, -89, -114, -84, -128, -59, -122, -71, 26, -41, -123, -128, -118, -120
};

static const int8_t conv2d_1_offset[16] = {
  -68, 109, 94, 11, 8, 20, 46, -122, -58, 88, -113, 51, -34, -121, -120, -12
};

static const int32_t conv2d_1_multiplier[16] = {
  25832383, 30559705, 27279514, 34384572, 38666807, 21978669, 33741326, 24692019, 5234573, 31186358, 27069807, 32868937,
  24971636, 6312261, 7303479, 7357607
};

static const int32_t conv2d_2_multiplier[16] = {
  9930560, 15466080, 16944571, 16907461, 12049861, 17369308, 9526424, 10079995, 14624061, 15290831, 13883463, 20018075,
  12857921, 23024442, 15799730, 23346204
};

static const int8_t conv2d_2_shift[16] = {
  32, 116, -48, -128, 112, -16, -84, -73, -19, -6, 82, 76, 75, 100, -32, -55
};

static const int8_t conv2d_4_offset[16] = {
  58, 114, 96, 70, -116, -68, -25, 27, -21, -59, -77, -100, 66, 17, -128, 50
};

static const int32_t conv2d_4_multiplier[16] = {
  38988121, 29413783, 21327032, 14932624, 21847530, 17691351, 22273703, 24829959, 15133853, 18472214, 16619735, 17607699,
  21383275, 18957909, 33309399, 16345376
};

static const int32_t conv2d_5_multiplier[16] = {
  17051305, 16595945, 19487382, 22725529, 13468202, 12900035, 12734130, 10660108, 18822166, 16277871, 14547868, 11809274,
  18768080, 18036964, 18830604, 19260766
};

static const int8_t conv2d_5_shift[16] = {
  90, 59, -75, -16, -22, -78, -127, 21, -96, 12, -36, -120, -8, -128, -117, -60
};

static const int32_t conv2d_7_multiplier[32] = {
  11076590, 4486877, 13173634, 7702212, 7352013, 6241289, 7756674, 8578259, 6713688, 6824372, 10019657, 9710221,
  -397079458, -2076094954, 6982181, 8211395, 9988118, 9135904, 8716192, 10715041, 7721042, 10261607, 12855498, 7892980,
  10149828, 6881156, 6268307, 12958125, 6853979, 7778041, 9197500, 9551409
};

static const int8_t conv2d_7_shift[32] = {
  -14, -95, 41, 0, 34, 117, -105, -82, 20, 122, -114, 44, 7, 6, 9, 74, -3, 106, 89, -32, -62, 22, 109, 16,
  15, -75, -84, 64, -78, -15, 66, -128
};

static const int32_t dense_9_multiplier[10] = {
  1745785523, 1103469474, 1114188795, 1759827407, 1405576742, 1281063481, 1202958738, 1305370917, 1937335091, 1549341660
};

static const int8_t dense_9_shift[10] = {
  4, 4, 3, 4, 4, 4, 4, 4, 5, 4
};

/* ---- The c-nodes ---- */
/* conv2d_0: Conv2D, m_id [0], layer "digits_1/stem_1/Relu;digits_1/stem_1/BiasAdd;digits_1/stem_1/convolution;digits_1/stem_1/Squeeze1"
 *   input   int8[1x16x16x1]  serving_default_pixels_0_output  "serving_default_pixels:0"
 *   weights int8[160]  conv2d_0_weights
 *   weights int32[16]  conv2d_0_bias
 *   scratch int8[103]  conv2d_0_scratch
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
  const int32_t *const conv2d_0_bias_array = (const int32_t *)(net->weights[0] + 160);
  int8_t *const conv2d_0_scratch_array = (int8_t *)(net->activations[0] + 1056);
  uint8_t *const conv2d_0_output_array = net->activations[0];
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(serving_default_pixels_0_output_array, 2 * y + k, 16, 16, pad_row_minus_128);
    nn_conv2d_dsp_s8_row(&conv2d_0_params, rows, conv2d_0_weights_array, conv2d_0_bias_array, conv2d_0_multiplier, conv2d_0_shift,
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
  .out_pitch = 16, .kernel_h = 3, .kernel_w = 3, .stride_w = 1,
  .dilation_w = 1, .pad_left = 1, .in_zero = -128, .weight_zero = 0,
  .out_zero = -128, .clamp_min = -128, .clamp_max = 127
};
static void conv2d_1_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_0_output_array = net->activations[0];
  const int8_t *const conv2d_1_weights_array = (const int8_t *)(net->weights[0] + 224);
  const int32_t *const conv2d_1_bias_array = (const int32_t *)(net->weights[0] + 368);
  uint8_t *const conv2d_1_output_array = net->activations[0] + 1120;
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(conv2d_0_output_array, y + k - 1, 8, 128, pad_row_minus_128);
    nn_dwconv2d_3x3_thirds_affine_dsp_s8_row(&conv2d_1_params, rows, conv2d_1_weights_array, conv2d_1_bias_array, conv2d_1_multiplier,
                                             conv2d_1_offset, (int8_t *)(conv2d_1_output_array + y * 128));
  }
}

/* conv2d_2: Conv2D, m_id [2], layer "digits_1/pointwise_1_1/Relu;digits_1/pointwise_1_1/BiasAdd;digits_1/pointwise_1_1/convolution;digits_1/pointwise_1_1/Squeeze1"
 *   input   int8[1x8x8x16]  conv2d_1_output  "digits_1/depthwise_1_1/Relu;digits_1/depthwise_1_1/BiasAdd;digits_1/depthwise_1_1/depthwise;digits_1/depthwise_1_1/Squeeze1"
 *   weights int8[16x1x1x16]  conv2d_2_weights
 *   weights int32[16]  conv2d_2_bias
 *   scratch int8[96]  conv2d_2_scratch
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
  const uint8_t *const conv2d_1_output_array = net->activations[0] + 1120;
  const int8_t *const conv2d_2_weights_array = (const int8_t *)(net->weights[0] + 432);
  const int32_t *const conv2d_2_bias_array = (const int32_t *)(net->weights[0] + 688);
  int8_t *const conv2d_2_scratch_array = (int8_t *)(net->activations[0] + 1024);
  uint8_t *const conv2d_2_output_array = net->activations[0] + 1248;
  for (int32_t y = 7; y >= 0; --y) {
    const int8_t *rows[1];
    for (int32_t k = 0; k < 1; ++k) rows[k] = (const int8_t *)(conv2d_1_output_array + (y + k) * 128);
    nn_conv2d_dsp_s8_row(&conv2d_2_params, rows, conv2d_2_weights_array, conv2d_2_bias_array, conv2d_2_multiplier, conv2d_2_shift,
                         conv2d_2_scratch_array, (int8_t *)(conv2d_2_output_array + y * 128));
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
  const int8_t *const conv2d_2_output_array = (const int8_t *)(net->activations[0] + 1248);
  const int8_t *const conv2d_0_output_array = (const int8_t *)(net->activations[0]);
  int8_t *const eltwise_3_output_array = (int8_t *)(net->activations[0]);
  nn_add_affine_s8(&eltwise_3_params, conv2d_2_output_array, conv2d_0_output_array, eltwise_3_output_array);
}

/* conv2d_4: Conv2D, m_id [4], layer "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"
 *   input   int8[1x8x8x16]  eltwise_3_output  "digits_1/add_1_1/Add"
 *   weights int8[1x3x3x16]  conv2d_4_weights
 *   weights int32[16]  conv2d_4_bias
 *   output  int8[1x8x8x16]  conv2d_4_output  "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"
 */
static void conv2d_4_layer(const nn_buffers *net)
{
  const uint8_t *const eltwise_3_output_array = net->activations[0];
  const int8_t *const conv2d_4_weights_array = (const int8_t *)(net->weights[0] + 752);
  const int32_t *const conv2d_4_bias_array = (const int32_t *)(net->weights[0] + 896);
  uint8_t *const conv2d_4_output_array = net->activations[0] + 1248;
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(eltwise_3_output_array, y + k - 1, 8, 128, pad_row_minus_128);
    nn_dwconv2d_3x3_thirds_affine_dsp_s8_row(&conv2d_1_params, rows, conv2d_4_weights_array, conv2d_4_bias_array, conv2d_4_multiplier,
                                             conv2d_4_offset, (int8_t *)(conv2d_4_output_array + y * 128));
  }
}

/* conv2d_5: Conv2D, m_id [5], layer "digits_1/pointwise_2_1/Relu;digits_1/pointwise_2_1/BiasAdd;digits_1/pointwise_2_1/convolution;digits_1/pointwise_2_1/Squeeze1"
 *   input   int8[1x8x8x16]  conv2d_4_output  "digits_1/depthwise_2_1/Relu;digits_1/depthwise_2_1/BiasAdd;digits_1/depthwise_2_1/depthwise;digits_1/depthwise_2_1/Squeeze1"
 *   weights int8[16x1x1x16]  conv2d_5_weights
 *   weights int32[16]  conv2d_5_bias
 *   scratch int8[96]  conv2d_5_scratch
 *   output  int8[1x8x8x16]  conv2d_5_output  "digits_1/pointwise_2_1/Relu;digits_1/pointwise_2_1/BiasAdd;digits_1/pointwise_2_1/convolution;digits_1/pointwise_2_1/Squeeze1"
 */
static void conv2d_5_layer(const nn_buffers *net)
{
  const uint8_t *const conv2d_4_output_array = net->activations[0] + 1248;
  const int8_t *const conv2d_5_weights_array = (const int8_t *)(net->weights[0] + 960);
  const int32_t *const conv2d_5_bias_array = (const int32_t *)(net->weights[0] + 1216);
  int8_t *const conv2d_5_scratch_array = (int8_t *)(net->activations[0] + 1024);
  uint8_t *const conv2d_5_output_array = net->activations[0] + 1120;
  for (int32_t y = 0; y < 8; ++y) {
    const int8_t *rows[1];
    for (int32_t k = 0; k < 1; ++k) rows[k] = (const int8_t *)(conv2d_4_output_array + (y + k) * 128);
    nn_conv2d_dsp_s8_row(&conv2d_2_params, rows, conv2d_5_weights_array, conv2d_5_bias_array, conv2d_5_multiplier, conv2d_5_shift,
                         conv2d_5_scratch_array, (int8_t *)(conv2d_5_output_array + y * 128));
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
  const int8_t *const conv2d_5_output_array = (const int8_t *)(net->activations[0] + 1120);
  const int8_t *const eltwise_3_output_array = (const int8_t *)(net->activations[0]);
  int8_t *const eltwise_6_output_array = (int8_t *)(net->activations[0] + 1104);
  nn_add_affine_s8(&eltwise_6_params, conv2d_5_output_array, eltwise_3_output_array, eltwise_6_output_array);
}

/* conv2d_7: Conv2D, m_id [7], layer "digits_1/conv_1/Relu;digits_1/conv_1/BiasAdd;digits_1/conv_1/convolution;digits_1/conv_1/Squeeze1"
 *   input   int8[1x8x8x16]  eltwise_6_output  "digits_1/add_2_1/Add"
 *   weights int8[32x3x3x16]  conv2d_7_weights
 *   weights int32[32]  conv2d_7_bias
 *   scratch int8[976]  conv2d_7_scratch
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
  const uint8_t *const eltwise_6_output_array = net->activations[0] + 1104;
  const int8_t *const conv2d_7_weights_array = (const int8_t *)(net->weights[0] + 1280);
  const int32_t *const conv2d_7_bias_array = (const int32_t *)(net->weights[0] + 5888);
  int8_t *const conv2d_7_scratch_array = (int8_t *)(net->activations[0]);
  uint8_t *const conv2d_7_output_array = net->activations[0] + 976;
  for (int32_t y = 0; y < 4; ++y) {
    const int8_t *rows[3];
    for (int32_t k = 0; k < 3; ++k) rows[k] = nn_row(eltwise_6_output_array, 2 * y + k, 8, 128, pad_row_minus_128);
    nn_conv2d_dsp_s8_row(&conv2d_7_params, rows, conv2d_7_weights_array, conv2d_7_bias_array, conv2d_7_multiplier, conv2d_7_shift,
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
  const uint8_t *const conv2d_7_output_array = net->activations[0] + 976;
  int32_t *const pool_8_sums_array = (int32_t *)(net->activations[0] + 44);
  int8_t *const pool_8_output_array = (int8_t *)(net->activations[0] + 12);
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
  const int8_t *const pool_8_output_array = (const int8_t *)(net->activations[0] + 12);
  const int8_t *const dense_9_weights_array = (const int8_t *)(net->weights[0] + 6016);
  const int32_t *const dense_9_bias_array = (const int32_t *)(net->weights[0] + 6336);
  int8_t *const dense_9_output_array = (int8_t *)(net->activations[0]);
  nn_dense_dsp_s8(&dense_9_params, pool_8_output_array, dense_9_weights_array, dense_9_bias_array, dense_9_multiplier, dense_9_shift,
                  dense_9_output_array);
}

/* nl_10: Nonlinearity, m_id [10], layer "StatefulPartitionedCall_1:0"
 *   input   int8[1x10]  dense_9_output  "digits_1/dense_1/MatMul;digits_1/dense_1/BiasAdd"
 *   output  int8[1x10]  nl_10_output  "StatefulPartitionedCall_1:0"
 */
static const nn_softmax_few_s8_params nl_10_params = {
  .multiplier = 1750748288, .left = 24, .radius = 124
};
static void nl_10_layer(const nn_buffers *net)
{
  const int8_t *const dense_9_output_array = (const int8_t *)(net->activations[0]);
  int8_t *const nl_10_output_array = (int8_t *)(net->outputs[0]);
  nn_softmax_few_s8(&nl_10_params, dense_9_output_array, nl_10_output_array, 1, 10);
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
static const nn_place network_input_places[] = {{0, 800}};

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
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_1, .base = &network_activations[0], .offset = 0
};
static const ai_tensor conv2d_1_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_2, .base = &network_activations[0], .offset = 1120
};
static const ai_tensor conv2d_2_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_3, .base = &network_activations[0], .offset = 1248
};
static const ai_tensor eltwise_3_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_3, .base = &network_activations[0], .offset = 0
};
static const ai_tensor conv2d_4_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_4, .base = &network_activations[0], .offset = 1248
};
static const ai_tensor conv2d_5_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_5, .base = &network_activations[0], .offset = 1120
};
static const ai_tensor eltwise_6_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_1},
  .format = AI_BUFFER_FORMAT_S8, .size = 1024, .intq = &network_intq_5, .base = &network_activations[0], .offset = 1104
};
static const ai_tensor conv2d_7_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_2},
  .format = AI_BUFFER_FORMAT_S8, .size = 512, .intq = &network_intq_6, .base = &network_activations[0], .offset = 976
};
static const ai_tensor pool_8_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_3},
  .format = AI_BUFFER_FORMAT_S8, .size = 32, .intq = &network_intq_6, .base = &network_activations[0], .offset = 12
};
static const ai_tensor dense_9_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_4},
  .format = AI_BUFFER_FORMAT_S8, .size = 10, .intq = &network_intq_7, .base = &network_activations[0], .offset = 0
};
static const ai_tensor nl_10_output_tensor = {
  .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = (ai_shape_dimension *)network_shape_4},
  .format = AI_BUFFER_FORMAT_S8, .size = 10, .intq = &network_intq_8, .base = &network_outputs[0], .offset = 0
};
static ai_tensor *const network_observed_0[] = {(ai_tensor *)&serving_default_pixels_0_output_tensor};
static ai_tensor *const network_observed_1[] = {(ai_tensor *)&conv2d_0_output_tensor};
static ai_tensor *const network_observed_2[] = {(ai_tensor *)&conv2d_1_output_tensor};
static ai_tensor *const network_observed_3[] = {(ai_tensor *)&conv2d_2_output_tensor};
static ai_tensor *const network_observed_4[] = {(ai_tensor *)&conv2d_2_output_tensor, (ai_tensor *)&conv2d_0_output_tensor};
static ai_tensor *const network_observed_5[] = {(ai_tensor *)&eltwise_3_output_tensor};
static ai_tensor *const network_observed_6[] = {(ai_tensor *)&conv2d_4_output_tensor};
static ai_tensor *const network_observed_7[] = {(ai_tensor *)&conv2d_5_output_tensor};
static ai_tensor *const network_observed_8[] = {(ai_tensor *)&conv2d_5_output_tensor, (ai_tensor *)&eltwise_3_output_tensor};
static ai_tensor *const network_observed_9[] = {(ai_tensor *)&eltwise_6_output_tensor};
static ai_tensor *const network_observed_10[] = {(ai_tensor *)&conv2d_7_output_tensor};
static ai_tensor *const network_observed_11[] = {(ai_tensor *)&pool_8_output_tensor};
static ai_tensor *const network_observed_12[] = {(ai_tensor *)&dense_9_output_tensor};
static ai_tensor *const network_observed_13[] = {(ai_tensor *)&nl_10_output_tensor};
static const ai_tensor_list conv2d_0_lists[2] = {{.size = 1, .tensor = network_observed_0}, {.size = 1, .tensor = network_observed_1}};
static const ai_tensor_chain conv2d_0_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_0_lists};
static const ai_tensor_list conv2d_1_lists[2] = {{.size = 1, .tensor = network_observed_1}, {.size = 1, .tensor = network_observed_2}};
static const ai_tensor_chain conv2d_1_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_1_lists};
static const ai_tensor_list conv2d_2_lists[2] = {{.size = 1, .tensor = network_observed_2}, {.size = 1, .tensor = network_observed_3}};
static const ai_tensor_chain conv2d_2_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_2_lists};
static const ai_tensor_list eltwise_3_lists[2] = {{.size = 2, .tensor = network_observed_4}, {.size = 1, .tensor = network_observed_5}};
static const ai_tensor_chain eltwise_3_chain = {.size = 2, .chain = (ai_tensor_list *)eltwise_3_lists};
static const ai_tensor_list conv2d_4_lists[2] = {{.size = 1, .tensor = network_observed_5}, {.size = 1, .tensor = network_observed_6}};
static const ai_tensor_chain conv2d_4_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_4_lists};
static const ai_tensor_list conv2d_5_lists[2] = {{.size = 1, .tensor = network_observed_6}, {.size = 1, .tensor = network_observed_7}};
static const ai_tensor_chain conv2d_5_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_5_lists};
static const ai_tensor_list eltwise_6_lists[2] = {{.size = 2, .tensor = network_observed_8}, {.size = 1, .tensor = network_observed_9}};
static const ai_tensor_chain eltwise_6_chain = {.size = 2, .chain = (ai_tensor_list *)eltwise_6_lists};
static const ai_tensor_list conv2d_7_lists[2] = {{.size = 1, .tensor = network_observed_9}, {.size = 1, .tensor = network_observed_10}};
static const ai_tensor_chain conv2d_7_chain = {.size = 2, .chain = (ai_tensor_list *)conv2d_7_lists};
static const ai_tensor_list pool_8_lists[2] = {{.size = 1, .tensor = network_observed_10}, {.size = 1, .tensor = network_observed_11}};
static const ai_tensor_chain pool_8_chain = {.size = 2, .chain = (ai_tensor_list *)pool_8_lists};
static const ai_tensor_list dense_9_lists[2] = {{.size = 1, .tensor = network_observed_11}, {.size = 1, .tensor = network_observed_12}};
static const ai_tensor_chain dense_9_chain = {.size = 2, .chain = (ai_tensor_list *)dense_9_lists};
static const ai_tensor_list nl_10_lists[2] = {{.size = 1, .tensor = network_observed_12}, {.size = 1, .tensor = network_observed_13}};
static const ai_tensor_chain nl_10_chain = {.size = 2, .chain = (ai_tensor_list *)nl_10_lists};
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
  .signature = 0xc65ff595U,
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
