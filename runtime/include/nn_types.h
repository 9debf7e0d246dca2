/* Conventions of the kernels.
 *
 * Tensors: channel last, batch first, C order. A "row" is width * channels consecutive elements of an image.
 * Row kernels compute one output row; `rows[k]` points at the input row for kernel row k. For int8 kernels a row outside the
 * image is a constant row of the input's zero point (the caller passes it); for float kernels it is NULL and contributes nothing.
 * int8: real = scale * (q - zero). Multipliers are 31-bit fixed point (2^30 <= m < 2^31, or 0) with a shift: positive shifts left.
 * Folded in advance by the compiler: the input's zero point into the bias (bias - zero * sum of the weights).
 * Pointers are aligned to the element size; weights, bias and scratch to 4 bytes.
 * No kernel allocates, keeps state, or checks its arguments.
 */
#ifndef NN_TYPES_H
#define NN_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define NN_BEGIN extern "C" {
#define NN_END }
#else
#define NN_BEGIN
#define NN_END
#endif

#endif
