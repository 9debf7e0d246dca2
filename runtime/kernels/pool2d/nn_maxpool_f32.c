/* float maximum pooling: pixel by pixel over all channels, the maxima kept in the output row. */
#include "nn_pool2d.h"

#include "arch/nn_clamp_f32.h"
#include "nn_window.h"

/* Whether keep_larger compares the floats' bits as int32. Their order is that of the floats, but turned round where both are negative. */
#if NN_MVE || (defined(__ARM_ARCH_8M_MAIN__) && defined(__ARM_FP))
#define NN_MAX_BY_BITS 0
#else
#define NN_MAX_BY_BITS 1
#endif

/* out[c] = the larger of out[c] and in[c]. */
static void keep_larger(const float *in, int32_t channels, float *out) {
  int32_t c = channels;
#if NN_MVE
  for (; c >= 4; c -= 4, in += 4, out += 4) vst1q_f32(out, vmaxnmq_f32(vld1q_f32(out), vld1q_f32(in)));
#elif defined(__thumb2__) && !NN_MAX_BY_BITS
  for (; c >= 4; c -= 4)
    __asm__ volatile(
        "vldmia %0!, {s0-s3}\n vldmia %1, {s4-s7}\n"
        "vmaxnm.f32 s0, s0, s4\n vmaxnm.f32 s1, s1, s5\n vmaxnm.f32 s2, s2, s6\n vmaxnm.f32 s3, s3, s7\n"
        "vstmia %1!, {s0-s3}\n"
        : "+r"(in), "+r"(out)
        :
        : "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "memory");
#elif defined(__thumb2__)
#define NN_KEEP(most, x) "cmp " most ", " x "\n it lt\n movlt " most ", " x "\n"
  for (; c >= 4; c -= 4)
    __asm__ volatile(
        "ldmia %0!, {r2, r3, r4, r5}\n ldmia %1, {r6, r8, r9, r10}\n"
        NN_KEEP("r6", "r2") NN_KEEP("r8", "r3") NN_KEEP("r9", "r4") NN_KEEP("r10", "r5")
        "stmia %1!, {r6, r8, r9, r10}\n"
        : "+r"(in), "+r"(out)
        :
        : "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "cc", "memory");
#endif
  for (; c > 0; c--, in++, out++)
#if NN_MAX_BY_BITS
    *out = nn_bits_of_f32(*in) > nn_bits_of_f32(*out) ? *in : *out;
#else
    *out = *in > *out ? *in : *out;
#endif
}

#if NN_MAX_BY_BITS
/* Where only negative values were compared by their bits, the least was kept. */
static void mend_negative(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, nn_window window, float *out) {
  int32_t c = 0;
  for (; c + 4 <= p->channels; c += 4) /* none of four, mostly */
    if ((nn_bits_of_f32(out[c]) | nn_bits_of_f32(out[c + 1]) | nn_bits_of_f32(out[c + 2]) | nn_bits_of_f32(out[c + 3])) < 0) break;
  for (; c < p->channels; c++) {
    if (nn_bits_of_f32(out[c]) >= 0) continue;
    for (int32_t r = 0; r < row_count; r++)
      for (int32_t x = window.first; x < window.last; x++) {
        const float value = rows[r][x * p->in_pitch + c];
        if (nn_bits_of_f32(value) < nn_bits_of_f32(out[c])) out[c] = value;
      }
  }
}
#endif

void nn_maxpool_f32_row(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, float *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    memcpy(out, rows[0] + window.first * p->in_pitch, (size_t)p->channels * sizeof *out);
    for (int32_t r = 0; r < row_count; r++)
      for (int32_t i = window.first + (r == 0); i < window.last; i++) keep_larger(rows[r] + i * p->in_pitch, p->channels, out);
#if NN_MAX_BY_BITS
    mend_negative(p, rows, row_count, window, out);
#endif
    nn_clamp_row_f32(out, p->channels, p->clamp_min, p->clamp_max);
  }
}
