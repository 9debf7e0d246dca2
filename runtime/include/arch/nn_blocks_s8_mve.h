/* Blocks of four output channels and one or two output pixels for Helium: the dot products of four weight vectors with each pixel's vector.
 * The weights of a block are packed as nn_conv2d.h says: first the k % 16 first elements of the four vectors, one vector after the other, then
 * for every 16 elements more those of the four vectors.
 * In assembly: eight sums take all registers that VMLADAV can add to, and gcc does not find its way through that. Each weight vector is
 * loaded once for two pixels; loads and products alternate, so that a core that overlaps them can.
 */
#ifndef NN_BLOCKS_S8_MVE_H
#define NN_BLOCKS_S8_MVE_H

#include "nn_mve_s8.h"

typedef struct {
  nn_s32x4 first, second;
} nn_two_s32x4;

#if NN_HELIUM

/* 16 elements: 128 products with 14 instructions. */
#define NN_CHUNK_4X2_S8(multiply)                                                          \
  "vldrb.8 %q[x], [%[x0]], #16\n"                                                          \
  "vldrb.8 %q[u], [%[w]], #16\n" multiply ".s8 r0, %q[x], %q[u]\n"                      \
  "vldrb.8 %q[y], [%[x1]], #16\n" multiply ".s8 r2, %q[y], %q[u]\n"                     \
  "vldrb.8 %q[v], [%[w]], #16\n" multiply ".s8 r4, %q[x], %q[v]\n"                      \
  "vldrb.8 %q[u], [%[w]], #16\n" multiply ".s8 r6, %q[y], %q[v]\n"                      \
  multiply ".s8 r8, %q[x], %q[u]\n"                                                     \
  "vldrb.8 %q[v], [%[w]], #16\n" multiply ".s8 r10, %q[y], %q[u]\n"                      \
  multiply ".s8 r12, %q[x], %q[v]\n" multiply ".s8 lr, %q[y], %q[v]\n"

/* lr elements: the lanes of x and y past them are zero, those of u and v are not. `next` ends a load, or `skip` adds lr to what it loaded from. */
#define NN_REST_4X2_S8(next, skip)                                                         \
  "vctp.8 lr\n"                                                                            \
  "vpstt\n"                                                                                \
  "vldrbt.u8 %q[x], [%[x0]]" next "\n"                                                     \
  "vldrbt.u8 %q[y], [%[x1]]" next "\n"                                                     \
  "vldrb.8 %q[u], [%[w]]" next "\n" skip("w") skip("x0")                                   \
  "vmladav.s8 r0, %q[x], %q[u]\n"                                                          \
  "vldrb.8 %q[v], [%[w]]" next "\n" skip("w") skip("x1")                                   \
  "vmladav.s8 r2, %q[y], %q[u]\n"                                                          \
  "vldrb.8 %q[u], [%[w]]" next "\n" skip("w")                                              \
  "vmladav.s8 r4, %q[x], %q[v]\n"                                                          \
  "vmladav.s8 r6, %q[y], %q[v]\n"                                                          \
  "vldrb.8 %q[v], [%[w]]" next "\n" skip("w")                                              \
  "vmladav.s8 r8, %q[x], %q[u]\n"                                                          \
  "vmladav.s8 r10, %q[y], %q[u]\n"                                                         \
  "vmladav.s8 r12, %q[x], %q[v]\n"                                                         \
  "vmladav.s8 lr, %q[y], %q[v]\n"
#define NN_SKIP_REST(pointer) "add %[" pointer "], %[" pointer "], lr\n"
#define NN_NO_SKIP(pointer) ""

/* Four channels, two pixels. */
NN_INLINE nn_two_s32x4 nn_block_4x2_s8(const int8_t *w, const int8_t *x0, const int8_t *x1, int32_t k) {
  int8x16_t u, v;
  mve_pred16_t lanes;
  nn_two_s32x4 sum;
  __asm volatile(
      "ands lr, %[k], #15\n"
      "lsr %[k], %[k], #4\n" /* k counts chunks from here on */
      "beq 1f\n"
      "cmp lr, #8\n"
      "beq 6f\n" NN_REST_4X2_S8("", NN_SKIP_REST)
      "b 2f\n"
      "6:\n" NN_REST_4X2_S8(", #8", NN_NO_SKIP) /* the most frequent rest */
      "b 2f\n"
      "1:\n" NN_CHUNK_4X2_S8("vmladav")
      "sub %[k], %[k], #1\n"
      "2:\n"
      "lsrs %[k], %[k], #1\n"
      "bcc 3f\n" NN_CHUNK_4X2_S8("vmladava")
      "3:\n"
      "cmp %[k], #0\n"
      "beq 5f\n"
      "4:\n" NN_CHUNK_4X2_S8("vmladava") NN_CHUNK_4X2_S8("vmladava")
      "subs %[k], %[k], #1\n"
      "bne 4b\n"
      "5:\n"
      "vmov %e[x], r0, r4\n" /* the halves of x and y */
      "vmov %f[x], r8, r12\n"
      "vmov %e[y], r2, r6\n"
      "vmov %f[y], r10, lr\n"
      : [w] "+r"(w), [x0] "+r"(x0), [x1] "+r"(x1), [k] "+r"(k), [x] "=&w"(sum.first), [y] "=&w"(sum.second), [u] "=&w"(u),
        [v] "=&w"(v), [lanes] "=&Up"(lanes)
      :
      : "r0", "r2", "r4", "r6", "r8", "r10", "r12", "lr", "cc", "memory");
  return sum;
}

/* 16 elements of one pixel and eight channels, two blocks: 128 products with 17 instructions. */
#define NN_CHUNK_8X1_S8(multiply)                                                          \
  "vldrb.8 %q[x], [%[x0]], #16\n"                                                          \
  "vldrb.8 %q[u], [%[w0]], #16\n" multiply ".s8 r0, %q[x], %q[u]\n"                       \
  "vldrb.8 %q[v], [%[w1]], #16\n" multiply ".s8 r2, %q[x], %q[v]\n"                       \
  "vldrb.8 %q[u], [%[w0]], #16\n" multiply ".s8 r4, %q[x], %q[u]\n"                       \
  "vldrb.8 %q[v], [%[w1]], #16\n" multiply ".s8 r6, %q[x], %q[v]\n"                       \
  "vldrb.8 %q[u], [%[w0]], #16\n" multiply ".s8 r8, %q[x], %q[u]\n"                       \
  "vldrb.8 %q[v], [%[w1]], #16\n" multiply ".s8 r10, %q[x], %q[v]\n"                      \
  "vldrb.8 %q[u], [%[w0]], #16\n" multiply ".s8 r12, %q[x], %q[u]\n"                      \
  "vldrb.8 %q[v], [%[w1]], #16\n" multiply ".s8 lr, %q[x], %q[v]\n"

#define NN_REST_WEIGHTS_8X1_S8(next, skip, a, b)                                           \
  "vldrb.8 %q[u], [%[w0]]" next "\n" skip("w0")                                            \
  "vmladav.s8 " a ", %q[x], %q[u]\n"                                                       \
  "vldrb.8 %q[v], [%[w1]]" next "\n" skip("w1")                                            \
  "vmladav.s8 " b ", %q[x], %q[v]\n"
#define NN_REST_8X1_S8(next, skip)                                                         \
  "vctp.8 lr\n"                                                                            \
  "vpst\n"                                                                                 \
  "vldrbt.u8 %q[x], [%[x0]]" next "\n" skip("x0")                                          \
  NN_REST_WEIGHTS_8X1_S8(next, skip, "r0", "r2") NN_REST_WEIGHTS_8X1_S8(next, skip, "r4", "r6") \
  NN_REST_WEIGHTS_8X1_S8(next, skip, "r8", "r10") NN_REST_WEIGHTS_8X1_S8(next, skip, "r12", "lr")

/* Eight channels, one pixel; moves the weights on. */
NN_INLINE nn_two_s32x4 nn_block_8x1_s8(const int8_t **w, const int8_t *x0, int32_t k) {
  const int8_t *w0 = *w, *w1 = w0 + 4 * k;
  int8x16_t u, v;
  mve_pred16_t lanes;
  nn_two_s32x4 sum;
  __asm volatile(
      "ands lr, %[k], #15\n"
      "lsr %[k], %[k], #4\n" /* k counts chunks from here on */
      "beq 1f\n"
      "cmp lr, #8\n"
      "beq 6f\n" NN_REST_8X1_S8("", NN_SKIP_REST)
      "b 2f\n"
      "6:\n" NN_REST_8X1_S8(", #8", NN_NO_SKIP)
      "b 2f\n"
      "1:\n" NN_CHUNK_8X1_S8("vmladav")
      "sub %[k], %[k], #1\n"
      "2:\n"
      "lsrs %[k], %[k], #1\n"
      "bcc 3f\n" NN_CHUNK_8X1_S8("vmladava")
      "3:\n"
      "cmp %[k], #0\n"
      "beq 5f\n"
      "4:\n" NN_CHUNK_8X1_S8("vmladava") NN_CHUNK_8X1_S8("vmladava")
      "subs %[k], %[k], #1\n"
      "bne 4b\n"
      "5:\n"
      "vmov %e[x], r0, r4\n"
      "vmov %f[x], r8, r12\n"
      "vmov %e[y], r2, r6\n"
      "vmov %f[y], r10, lr\n"
      : [w0] "+r"(w0), [w1] "+r"(w1), [x0] "+r"(x0), [k] "+r"(k), [x] "=&w"(sum.first), [y] "=&w"(sum.second), [u] "=&w"(u),
        [v] "=&w"(v), [lanes] "=&Up"(lanes)
      :
      : "r0", "r2", "r4", "r6", "r8", "r10", "r12", "lr", "cc", "memory");
  *w = w1;
  return sum;
}

/* 16 elements of one pixel: 64 products with 9 instructions. */
#define NN_CHUNK_4X1_S8(multiply)                                                          \
  "vldrb.8 %q[x], [%[x0]], #16\n"                                                          \
  "vldrb.8 %q[u], [%[w]], #16\n" multiply ".s8 %[a0], %q[x], %q[u]\n"                      \
  "vldrb.8 %q[v], [%[w]], #16\n" multiply ".s8 %[a1], %q[x], %q[v]\n"                      \
  "vldrb.8 %q[u], [%[w]], #16\n" multiply ".s8 %[a2], %q[x], %q[u]\n"                      \
  "vldrb.8 %q[v], [%[w]], #16\n" multiply ".s8 %[a3], %q[x], %q[v]\n"

#define NN_REST_4X1_S8                                                                     \
  "vctp.8 lr\n"                                                                       \
  "vpst\n"                                                                                 \
  "vldrbt.u8 %q[x], [%[x0]]\n"                                                             \
  "add %[x0], %[x0], lr\n"                                                            \
  "vldrb.8 %q[u], [%[w]]\n"                                                                \
  "add %[w], %[w], lr\n"                                                              \
  "vmladav.s8 %[a0], %q[x], %q[u]\n"                                                       \
  "vldrb.8 %q[v], [%[w]]\n"                                                                \
  "add %[w], %[w], lr\n"                                                              \
  "vmladav.s8 %[a1], %q[x], %q[v]\n"                                                       \
  "vldrb.8 %q[u], [%[w]]\n"                                                                \
  "add %[w], %[w], lr\n"                                                              \
  "vmladav.s8 %[a2], %q[x], %q[u]\n"                                                       \
  "vldrb.8 %q[v], [%[w]]\n"                                                                \
  "add %[w], %[w], lr\n"                                                              \
  "vmladav.s8 %[a3], %q[x], %q[v]\n"

/* Four channels, one pixel. */
NN_INLINE nn_s32x4 nn_block_4x1_s8(const int8_t *w, const int8_t *x0, int32_t k) {
  int32_t a0, a1, a2, a3;
  int8x16_t u, v;
  mve_pred16_t lanes;
  nn_s32x4 sum;
  __asm volatile(
      "ands lr, %[k], #15\n"
      "lsr %[k], %[k], #4\n"
      "beq 1f\n" NN_REST_4X1_S8
      "b 2f\n"
      "1:\n" NN_CHUNK_4X1_S8("vmladav")
      "sub %[k], %[k], #1\n"
      "2:\n"
      "wls lr, %[k], 4f\n"
      "3:\n" NN_CHUNK_4X1_S8("vmladava")
      "le lr, 3b\n"
      "4:\n"
      "vmov %e[x], %[a0], %[a1]\n"
      "vmov %f[x], %[a2], %[a3]\n"
      : [a0] "=&Te"(a0), [a1] "=&Te"(a1), [a2] "=&Te"(a2), [a3] "=&Te"(a3), [w] "+r"(w), [x0] "+r"(x0), [k] "+r"(k),
        [x] "=&w"(sum), [u] "=&w"(u), [v] "=&w"(v), [lanes] "=&Up"(lanes)
      :
      : "lr", "cc", "memory");
  return sum;
}

#else

NN_INLINE nn_s32x4 nn_block_4x1_s8(const int8_t *w, const int8_t *x, int32_t k) {
  nn_s32x4 sum = {{0, 0, 0, 0}};
  for (int32_t done = 0; done < k;) {
    const int32_t length = done == 0 && (k & 15) != 0 ? k & 15 : 16;
    for (int32_t i = 0; i < 4; i++, w += length) sum.lane[i] += nn_dot_s8(w, x + done, length);
    done += length;
  }
  return sum;
}

NN_INLINE nn_two_s32x4 nn_block_4x2_s8(const int8_t *w, const int8_t *x0, const int8_t *x1, int32_t k) {
  const nn_two_s32x4 sum = {nn_block_4x1_s8(w, x0, k), nn_block_4x1_s8(w, x1, k)};
  return sum;
}

NN_INLINE nn_two_s32x4 nn_block_8x1_s8(const int8_t **w, const int8_t *x, int32_t k) {
  const nn_two_s32x4 sum = {nn_block_4x1_s8(*w, x, k), nn_block_4x1_s8(*w + 4 * k, x, k)};
  *w += 8 * k;
  return sum;
}

#endif

#endif
