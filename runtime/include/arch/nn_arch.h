/* The few operations whose best form differs between cores. The portable definitions state exactly what each one returns; a host
 * build with NN_USE_DSP_SHAPE runs the DSP-shaped kernels on them, under sanitizers too.
 *   NN_MVE  1: Helium (Cortex-M55)      NN_NEON  1: NEON (Cortex-R52)      NN_DSP  1: SMLAD and friends (Cortex-M4, M7, M33), or their portable definitions
 *   NN_THUMB  of the cores with neither: 2 Cortex-M3, 1 Cortex-M0 and M0+, 0 all others
 */
#ifndef NN_ARCH_H
#define NN_ARCH_H

#include <string.h>

#include "nn_requantize.h"

#if defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 1)
#define NN_MVE 1
#include <arm_mve.h>
#else
#define NN_MVE 0
#endif

#ifdef __ARM_NEON
#define NN_NEON 1
#include <arm_neon.h>
#else
#define NN_NEON 0
#endif

#if !NN_MVE && (defined(NN_USE_DSP_SHAPE) || (defined(__ARM_FEATURE_DSP) && defined(__thumb2__)))
#define NN_DSP 1
#else
#define NN_DSP 0
#endif

#if defined(__ARM_FEATURE_DSP) && defined(__thumb2__)
#define NN_ARM_DSP 1
#else
#define NN_ARM_DSP 0
#endif

/* Blocks of assembly that want nearly every register: gcc finds them when it optimises, clang does not. Without, C does the same, with single
 * instructions of the core. */
#if defined(__OPTIMIZE__) && !defined(__clang__)
#define NN_ASSEMBLY 1
#else
#define NN_ASSEMBLY 0
#endif

/* The compiler tells an M7 from an M4 by a unit for doubles only. To one without it say -DNN_CORTEX_M7=1, else it gets the M4's order of
 * instructions, which is right there, too, but slower. */
#if defined(NN_CORTEX_M7)
#elif NN_ARM_DSP && defined(__ARM_ARCH_7EM__) && defined(__ARM_FP) && (__ARM_FP & 8)
#define NN_CORTEX_M7 1
#else
#define NN_CORTEX_M7 0
#endif

#if defined(__thumb2__) && !NN_ARM_DSP && !NN_MVE
#define NN_THUMB 2
#elif defined(__thumb__) && !defined(__thumb2__) && defined(__ARM_ARCH_6M__)
#define NN_THUMB 1
#else
#define NN_THUMB 0
#endif

#define NN_INLINE static inline __attribute__((always_inline))
#if NN_ARM_DSP && NN_ASSEMBLY
/* Of a function with assembly that takes r7 too, or every register: neither part of its caller nor copied for one when linking optimises, where
 * known arguments leave fewer registers than the assembly needs. */
#define NN_ALL_REGISTERS __attribute__((optimize("omit-frame-pointer"), noipa))
#else
#define NN_ALL_REGISTERS
#endif
#define NN_UNUSED __attribute__((unused))
#if defined(__clang__)
#define NN_SMALL
#else
#define NN_SMALL __attribute__((optimize("Os"))) /* of a function on which next to no time is spent */
#endif
#if defined(__clang__)
#define NN_NOINLINE __attribute__((noinline)) /* -O3 would unfold it at every call */
#define NN_NAKED __attribute__((naked, noinline)) /* the body is assembly, which takes arguments and returns as the ABI says */
#define NN_ROLLED _Pragma("clang loop unroll(disable)") /* before a loop that -O3 shall leave as it is */
#define NN_UNROLLED _Pragma("clang loop unroll_count(4)") /* before a short loop */
#else
#define NN_NOINLINE __attribute__((noinline, noclone))
#define NN_NAKED __attribute__((naked, noinline, noipa))
#define NN_ROLLED _Pragma("GCC unroll 1")
#define NN_UNROLLED _Pragma("GCC unroll 4")
#endif

/* A kernel with the constants of one layer: in network.c, which is compiled for size. */
#if defined(__clang__) || !defined(__OPTIMIZE__)
#define NN_INSTANCE static __attribute__((noinline))
#else
#define NN_INSTANCE static __attribute__((noinline, optimize("O2", "omit-frame-pointer")))
#endif
/* The compiler knows the value: true in instances, of what the parameters say. */
#define nn_known(x) __builtin_constant_p(x)

/* Parts of a kernel's body: part of the one function in an instance; the library says how it has them before it includes the body. */
#ifndef NN_PART
#define NN_PART NN_INLINE
#endif

/* Steps in a turn of a loop of `steps` steps, at most `most`: so many that none are left over, if that makes no short turns. */
NN_INLINE int32_t nn_turn_of(int32_t steps, int32_t most) {
  return steps <= most             ? steps
         : steps % most == 0       ? most
         : steps % (most - 1) == 0 ? most - 1
         : steps % (most - 2) == 0 ? most - 2
         : steps % (most - 3) == 0 ? most - 3
         : steps % (most - 4) == 0 ? most - 4
                                   : most / 2;
}

/* What whole steps of `step` (a power of two) cover of `count`. A loop over the rest begins here, not where the one in steps happened to end: of a known
 * count (in instances, or when linking optimises) gcc 12 else does not see in time that there is no rest, and warns of 2^32 - 1 turns. */
NN_INLINE int32_t nn_whole(int32_t count, int32_t step) { return count & -step; }

/* An element of 4 bytes, whatever its type. */
typedef uint32_t __attribute__((may_alias)) nn_word;

/* Four int8 as a word, the first in the lowest byte; any alignment. */
NN_INLINE uint32_t nn_load_s8x4(const int8_t *p) {
  uint32_t word;
  memcpy(&word, p, sizeof word);
  return word;
}

NN_INLINE void nn_store_s8x4(int8_t *p, uint32_t word) { memcpy(p, &word, sizeof word); }

#if NN_ARM_DSP

NN_INLINE uint32_t nn_sxtb16(uint32_t x) {
  uint32_t r;
  __asm__("sxtb16 %0, %1" : "=r"(r) : "r"(x));
  return r;
}

NN_INLINE uint32_t nn_sxtb16_ror8(uint32_t x) {
  uint32_t r;
  __asm__("sxtb16 %0, %1, ror #8" : "=r"(r) : "r"(x));
  return r;
}

NN_INLINE uint32_t nn_ssub16(uint32_t a, uint32_t b) {
  uint32_t r;
  __asm__("ssub16 %0, %1, %2" : "=r"(r) : "r"(a), "r"(b) : "cc");
  return r;
}

NN_INLINE int32_t nn_smlad(uint32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlad %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE int32_t nn_smlabb(uint32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlabb %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE int32_t nn_smlatt(uint32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlatt %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE int32_t nn_smlabt(uint32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlabt %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE int32_t nn_smlatb(uint32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlatb %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE int32_t nn_smlawb(int32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlawb %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE int32_t nn_smlawt(int32_t a, uint32_t b, int32_t sum) {
  int32_t r;
  __asm__("smlawt %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
}

NN_INLINE uint32_t nn_pack_low(uint32_t a, uint32_t b) {
  uint32_t r;
  __asm__("pkhbt %0, %1, %2, lsl #16" : "=r"(r) : "r"(a), "r"(b));
  return r;
}

NN_INLINE uint32_t nn_pack_high(uint32_t a, uint32_t b) {
  uint32_t r;
  __asm__("pkhtb %0, %1, %2, asr #16" : "=r"(r) : "r"(b), "r"(a));
  return r;
}

NN_INLINE uint32_t nn_word_of(int32_t a, int32_t b, int32_t c, int32_t d) {
  __asm__("bfi %0, %1, #8, #8\n bfi %0, %2, #16, #8\n bfi %0, %3, #24, #8" : "+&r"(a) : "r"(b), "r"(c), "r"(d));
  return (uint32_t)a;
}

NN_INLINE uint32_t *nn_store_pairs(uint32_t *to, uint32_t a, uint32_t b) {
  __asm volatile(
      "pkhbt r4, %[a], %[b], lsl #16\n pkhtb r6, %[b], %[a], asr #16\n"
      "sxtb16 r5, r4, ror #8\n sxtb16 r4, r4\n sxtb16 r8, r6, ror #8\n sxtb16 r6, r6\n"
      "stmia %[to]!, {r4, r5, r6, r8}\n"
      : [to] "+r"(to)
      : [a] "r"(a), [b] "r"(b)
      : "r4", "r5", "r6", "r8", "memory");
  return to;
}

NN_INLINE uint32_t nn_clamp_s8x4(uint32_t x, uint32_t low, uint32_t high) {
  uint32_t difference;
  __asm__("ssub8 %0, %1, %2\n sel %1, %1, %2\n ssub8 %0, %3, %1\n sel %1, %1, %3" : "=&r"(difference), "+r"(x) : "r"(low), "r"(high));
  return x;
}

NN_INLINE uint32_t nn_max_s8x4(uint32_t a, uint32_t b) {
  uint32_t difference;
  __asm__("ssub8 %0, %1, %2\n sel %1, %1, %2" : "=&r"(difference), "+r"(a) : "r"(b));
  return a;
}

#else

/* The four larger ones of the int8 of a and b. */
NN_INLINE uint32_t nn_max_s8x4(uint32_t a, uint32_t b) {
  uint32_t result = 0;
  for (int32_t i = 0; i < 32; i += 8) {
    const int8_t x = (int8_t)(uint8_t)(a >> i), y = (int8_t)(uint8_t)(b >> i);
    result |= (uint32_t)(uint8_t)(x > y ? x : y) << i;
  }
  return result;
}

/* The four int8 of x, each clamped to those of low and high. */
NN_INLINE uint32_t nn_clamp_s8x4(uint32_t x, uint32_t low, uint32_t high) {
  uint32_t result = 0;
  for (int32_t i = 0; i < 32; i += 8)
    result |= (uint32_t)(uint8_t)nn_clamp((int8_t)(uint8_t)(x >> i), (int8_t)(uint8_t)(low >> i), (int8_t)(uint8_t)(high >> i)) << i;
  return result;
}

/* Bytes 0 and 2, sign-extended into the halfwords. */
NN_INLINE uint32_t nn_sxtb16(uint32_t x) {
  return (uint32_t)(uint16_t)(int16_t)(int8_t)(uint8_t)x | ((uint32_t)(uint16_t)(int16_t)(int8_t)(uint8_t)(x >> 16) << 16);
}

/* Bytes 1 and 3, sign-extended into the halfwords. */
NN_INLINE uint32_t nn_sxtb16_ror8(uint32_t x) { return nn_sxtb16(x >> 8); }

/* a - b of both halfwords, modulo 2^16. */
NN_INLINE uint32_t nn_ssub16(uint32_t a, uint32_t b) { return ((a - b) & 0xffffu) | (((a >> 16) - (b >> 16)) << 16); }

/* sum + the products of the two low and the two high halfwords (signed), modulo 2^32. */
NN_INLINE int32_t nn_smlad(uint32_t a, uint32_t b, int32_t sum) {
  const int32_t low = (int32_t)(int16_t)(uint16_t)a * (int16_t)(uint16_t)b;
  const int32_t high = (int32_t)(int16_t)(uint16_t)(a >> 16) * (int16_t)(uint16_t)(b >> 16);
  return (int32_t)((uint32_t)sum + (uint32_t)low + (uint32_t)high);
}

/* sum + the product of the low (high) halfwords. */
NN_INLINE int32_t nn_smlabb(uint32_t a, uint32_t b, int32_t sum) { return sum + (int32_t)(int16_t)(uint16_t)a * (int16_t)(uint16_t)b; }
NN_INLINE int32_t nn_smlatt(uint32_t a, uint32_t b, int32_t sum) { return nn_smlabb(a >> 16, b >> 16, sum); }

/* sum + the low halfword of a times the high one of b; the high one of a times the low one of b. */
NN_INLINE int32_t nn_smlabt(uint32_t a, uint32_t b, int32_t sum) { return nn_smlabb(a, b >> 16, sum); }
NN_INLINE int32_t nn_smlatb(uint32_t a, uint32_t b, int32_t sum) { return nn_smlabb(a >> 16, b, sum); }

/* sum + the upper 32 of the 48 bits of a times the low (high) halfword of b. */
NN_INLINE int32_t nn_smlawb(int32_t a, uint32_t b, int32_t sum) { return sum + (int32_t)(((int64_t)a * (int16_t)(uint16_t)b) >> 16); }
NN_INLINE int32_t nn_smlawt(int32_t a, uint32_t b, int32_t sum) { return nn_smlawb(a, b >> 16, sum); }

/* The low halfwords of a (below) and b (above). */
NN_INLINE uint32_t nn_pack_low(uint32_t a, uint32_t b) { return (a & 0xffffu) | (b << 16); }

/* The high halfwords of a (below) and b (above). */
NN_INLINE uint32_t nn_pack_high(uint32_t a, uint32_t b) { return (a >> 16) | (b & 0xffff0000u); }

/* The low bytes of four words, a's lowest. */
NN_INLINE uint32_t nn_word_of(int32_t a, int32_t b, int32_t c, int32_t d) {
  return (uint32_t)(uint8_t)a | (uint32_t)(uint8_t)b << 8 | (uint32_t)(uint8_t)c << 16 | (uint32_t)(uint8_t)d << 24;
}

/* Writes four words, word i the int8 i of a (below) and of b (above) as halfwords. Returns their end. */
NN_INLINE uint32_t *nn_store_pairs(uint32_t *to, uint32_t a, uint32_t b) {
  const uint32_t low = nn_pack_low(a, b), high = nn_pack_high(a, b);
  to[0] = nn_sxtb16(low);
  to[1] = nn_sxtb16_ror8(low);
  to[2] = nn_sxtb16(high);
  to[3] = nn_sxtb16_ror8(high);
  return to + 4;
}

#endif

/* a * b + sum, rounded once where the core has an instruction for it (a call of fmaf elsewhere would cost far more than it is worth). */
NN_INLINE float nn_multiply_add_f32(float a, float b, float sum) {
#ifdef __ARM_FEATURE_FMA
  return __builtin_fmaf(a, b, sum);
#else
  return a * b + sum;
#endif
}

/* round(x * m / 2^31), ties up, for 2^30 <= m < 2^31 and |x| < 2^30. */
NN_INLINE int32_t nn_scale(int32_t x, int32_t m) {
#if NN_ARM_DSP
  int32_t r; /* x * (2m - 2^32) + x * 2^32, rounded, high word */
  __asm__("smmlar %0, %1, %2, %1" : "=r"(r) : "r"(x), "r"((uint32_t)m << 1));
  return r;
#elif NN_THUMB == 2
  int32_t low, r; /* the same sum; bit 31 of the low word is the half that rounds up */
  __asm__("smull %0, %1, %2, %3\n lsls %0, %0, #1\n adc %1, %1, %2" : "=&r"(low), "=&r"(r) : "r"(x), "r"((uint32_t)m << 1) : "cc");
  return r;
#elif NN_THUMB == 1
  return nn_doubling_high_multiply_halves(x, m);
#else
  return nn_doubling_high_multiply(x, m);
#endif
}

/* round(x * m / 2^31), ties up, for 2^30 <= m < 2^31 given as 2 * m - 2^32, and |x| < 2^30. */
NN_INLINE int32_t nn_scale_doubled(int32_t x, int32_t twice_m) {
#if NN_ARM_DSP
  int32_t r;
  __asm__("smmlar %0, %1, %2, %1" : "=r"(r) : "r"(x), "r"(twice_m));
  return r;
#else
  return nn_doubling_high_multiply(x, (int32_t)((uint32_t)twice_m >> 1));
#endif
}

/* sum + a * b / 2^32, rounded down. */
NN_INLINE int32_t nn_high_multiply_add(int32_t a, int32_t b, int32_t sum) {
#if NN_ARM_DSP
  int32_t r;
  __asm__("smmla %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
#else
  return (int32_t)((uint32_t)sum + (uint32_t)(int32_t)(((int64_t)a * b) >> 32));
#endif
}

/* sum + round(a * b / 2^32), ties up. */
NN_INLINE int32_t nn_rounded_multiply_add(int32_t a, int32_t b, int32_t sum) {
#if NN_ARM_DSP
  int32_t r;
  __asm__("smmlar %0, %1, %2, %3" : "=r"(r) : "r"(a), "r"(b), "r"(sum));
  return r;
#else
  return (int32_t)((uint32_t)sum + (uint32_t)(int32_t)(((int64_t)a * b + (INT64_C(1) << 31)) >> 32));
#endif
}

/* x clamped to [-128, 127]. */
NN_INLINE int32_t nn_saturated_s8(int32_t x) {
#if defined(__ARM_FEATURE_SAT) && defined(__thumb2__)
  int32_t r;
  __asm__("ssat %0, #8, %1" : "=r"(r) : "r"(x));
  return r;
#else
  return nn_clamp(x, -128, 127);
#endif
}

/* x / 2^shift, rounded down, clamped to [-128, 127]; shift: a constant in [1, 31]. */
#if defined(__ARM_FEATURE_SAT) && defined(__thumb2__)
#define nn_shifted_s8(x, shift)                                                           \
  __extension__({                                                                         \
    int32_t nn_shifted;                                                                   \
    __asm__("ssat %0, #8, %1, asr #" #shift : "=r"(nn_shifted) : "r"(x));                 \
    nn_shifted;                                                                           \
  })
#else
#define nn_shifted_s8(x, shift) nn_clamp((x) >> (shift), -128, 127)
#endif

/* x * m / 2^32, rounded down, for 2^30 <= m < 2^31 and |x| < 2^30. */
NN_INLINE int32_t nn_high_product(int32_t x, int32_t m) {
#if NN_THUMB == 1
  return nn_high_product_halves(x, m);
#else
  return (int32_t)(((int64_t)x * m) >> 32);
#endif
}

/* x / 2, rounded down, clamped to [-128, 127]. */
NN_INLINE int32_t nn_half_saturated_s8(int32_t x) {
#if defined(__ARM_FEATURE_SAT) && defined(__thumb2__)
  int32_t r;
  __asm__("ssat %0, #8, %1, asr #1" : "=r"(r) : "r"(x));
  return r;
#else
  return nn_clamp(x >> 1, -128, 127);
#endif
}

#endif
