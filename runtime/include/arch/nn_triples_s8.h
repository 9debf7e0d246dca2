/* Sums of four output channels over three columns, for cores that multiply a word at a time (Cortex-M0, M3): a triple of inputs x0, x1, x2
 * travels in two words
 *   A = x0 + x2 * 2^10,  B = x1 + x2 * 2^21
 * so that two products make three. With S0, S1, S2 in [-NN_TRIPLE_OFFSET, 2^21 - NN_TRIPLE_OFFSET) the sums of A and of B modulo 2^32 tell
 * them apart: that of B ends in S1 and begins with the low 11 bits of S2; with these taken out of that of A it ends in S0 and begins with
 * the rest of S2. 64 products of int8 always stay in that range.
 *
 * Four weights of an input element stand in a word, three of them plus 128:
 *   v = (w0 + 128) + (w1 + 128) * 2^8 + (w2 + 128) * 2^16 + w3 * 2^24
 * The sums R0 to R3 of x times v, v >> 8, v >> 16, v >> 24 give S3 = R3 and Sc = Rc - 2^8 * R(c+1) - 128 * (sum of x).
 */
#ifndef NN_TRIPLES_S8_H
#define NN_TRIPLES_S8_H

#include "nn_arch.h"

#define NN_TRIPLE_OFFSET 1044480
#define NN_TRIPLE_MASK 0x1fffffu

#if NN_THUMB
#include "nn_triples_s8_thumb.h"
#else
/* raw[2 * c], raw[2 * c + 1]: the sums Rc of A and of B over n pairs of words at x and n words of weights. */
NN_INLINE void nn_triple_products_s8(const uint32_t *x, const int8_t *w, int32_t n, uint32_t raw[8]) {
  uint32_t sum[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (; n > 0; n--, x += 2, w += 4) {
    const int32_t v = (int32_t)nn_load_s8x4(w);
    for (int32_t c = 0; c < 4; c++) {
      sum[2 * c] += x[0] * (uint32_t)(v >> 8 * c);
      sum[2 * c + 1] += x[1] * (uint32_t)(v >> 8 * c);
    }
  }
  memcpy(raw, sum, sizeof sum);
}
#endif

#if NN_THUMB != 2
/* The sums of A and of B of four channels, NN_TRIPLE_OFFSET added, over n pairs of words; before them stands their chunk's pair. */
NN_INLINE void nn_four_sums_s8(const uint32_t *chunk, const int8_t *w, int32_t n, uint32_t sum[4][2]) {
  uint32_t raw[8];
  nn_triple_products_s8(chunk + 2, w, n, raw);
  const uint32_t a = chunk[0], b = chunk[1];
  for (int32_t c = 0; c < 3; c++) {
    sum[c][0] = raw[2 * c] - (raw[2 * c + 2] << 8) - a;
    sum[c][1] = raw[2 * c + 1] - (raw[2 * c + 3] << 8) - b;
  }
  sum[3][0] = raw[6] + NN_TRIPLE_OFFSET;
  sum[3][1] = raw[7] + NN_TRIPLE_OFFSET;
}
#endif

/* The three sums of a channel in a and b, the sums of A and B plus NN_TRIPLE_OFFSET each. */
NN_INLINE void nn_split_triple_s8(uint32_t a, uint32_t b, int32_t sum[3]) {
  const int32_t low = (int32_t)b >> 21;
  sum[1] = (int32_t)(b & NN_TRIPLE_MASK) - NN_TRIPLE_OFFSET;
  a -= (uint32_t)low << 10;
  sum[0] = (int32_t)(a & NN_TRIPLE_MASK) - NN_TRIPLE_OFFSET;
  sum[2] = low + ((int32_t)a >> 21) * 2048;
}

/* Triples being packed: pairs of words, before every `chunk` of them a pair for the chunk: 128 * (sum of A) - NN_TRIPLE_OFFSET, and of B. */
typedef struct {
  uint32_t *head, *to;                           /* the chunk's pair, the next triple's */
  uint32_t total[2];
  int32_t chunk, room;                           /* triples of a chunk, of this one still to come */
} nn_triples_s8;

NN_INLINE nn_triples_s8 nn_triples_to(uint32_t *to, int32_t chunk) {
  const nn_triples_s8 t = {to, to + 2, {0, 0}, chunk, chunk};
  return t;
}

/* Ends a chunk. */
NN_INLINE void nn_close_chunk_s8(nn_triples_s8 *t) {
  t->head[0] = t->total[0] * 128u - NN_TRIPLE_OFFSET;
  t->head[1] = t->total[1] * 128u - NN_TRIPLE_OFFSET;
  *t = nn_triples_to(t->to, t->chunk);
}

#if NN_THUMB == 2
#define NN_PACK_STEP                                                                                     \
  "ldrsb %[c], [%[x], %[x2]]\n ldrsb %[b], [%[x], %[x1]]\n ldrsb %[a], [%[x]], #1\n"                     \
  "add %[b], %[b], %[c], lsl #21\n add %[a], %[a], %[c], lsl #10\n strd %[a], %[b], [%[to]], #8\n"       \
  "add %[ta], %[ta], %[a]\n add %[tb], %[tb], %[b]\n"
#endif

/* Packs count triples of elements at x, x + to_x1 and x + to_x2. */
NN_INLINE void nn_pack_run_s8(nn_triples_s8 *t, const int8_t *x, ptrdiff_t to_x1, ptrdiff_t to_x2, int32_t count) {
  uint32_t *to = t->to, total_a = t->total[0], total_b = t->total[1];
#if NN_THUMB == 2
  const int8_t *const end = x + (count & ~1);
  uint32_t a, b, c;
  __asm volatile(
      "b 2f\n"
      "1:\n" NN_PACK_STEP NN_PACK_STEP
      "2: cmp %[x], %[end]\n bne 1b\n"
      "lsls %[c], %[count], #31\n beq 3f\n" NN_PACK_STEP
      "3:\n"
      : [x] "+r"(x), [to] "+r"(to), [ta] "+r"(total_a), [tb] "+r"(total_b), [a] "=&r"(a), [b] "=&r"(b), [c] "=&r"(c)
      : [x1] "r"(to_x1), [x2] "r"(to_x2), [end] "r"(end), [count] "r"(count)
      : "cc", "memory");
#else
  for (const int8_t *const end = x + count; x != end; x++) {
    const uint32_t c = (uint32_t)(int32_t)x[to_x2];
    const uint32_t a = (uint32_t)(int32_t)x[0] + (c << 10), b = (uint32_t)(int32_t)x[to_x1] + (c << 21);
    to[0] = a;
    to[1] = b;
    to += 2;
    total_a += a;
    total_b += b;
  }
#endif
  t->to = to;
  t->total[0] = total_a;
  t->total[1] = total_b;
  t->room -= count;
}

/* Appends n triples of elements. */
static NN_NOINLINE void nn_pack_triples_s8(nn_triples_s8 *t, const int8_t *x, ptrdiff_t to_x1, ptrdiff_t to_x2, int32_t n) {
  while (n > 0) {
    const int32_t count = n < t->room ? n : t->room;
    nn_pack_run_s8(t, x, to_x1, to_x2, count);
    x += count;
    n -= count;
    if (t->room == 0) nn_close_chunk_s8(t);
  }
}

#endif
