/* Reads handwritten digits with the generated network digits_int8: what a firmware would do, as a host program.
 *
 *   stedgeai generate -m examples/models/digits_int8.tflite --target stm32f4 --name digits --with-runtime -o OUT
 *   make -C OUT && cc -I OUT -I OUT/runtime/include examples/digits/app.c OUT/libdigits.a -lm -o app && ./app
 */
#include <stdio.h>
#include <string.h>

#include "digits.h"
#include "digits_data.h"
#include "samples.h"

AI_ALIGNED(32) static ai_u8 activations[AI_DIGITS_DATA_ACTIVATIONS_SIZE];

static void draw(const int8_t *image) {
  for (int y = 0; y < 16; y += 2) {
    for (int x = 0; x < 16; x += 2) fputs(image[y * 16 + x] > 64 ? "##" : image[y * 16 + x] > -64 ? "++" : "  ", stdout);
    putchar('\n');
  }
}

int main(void) {
  ai_handle network = AI_HANDLE_NULL;
  const ai_handle buffers[] = {activations};
  const ai_error error = ai_digits_create_and_init(&network, buffers, NULL);
  if (error.type != AI_ERROR_NONE) {
    fprintf(stderr, "create_and_init: type %02x, code %x\n", (unsigned)error.type, (unsigned)error.code);
    return 1;
  }
  ai_buffer *input = ai_digits_inputs_get(network, NULL);
  ai_buffer *output = ai_digits_outputs_get(network, NULL);
  int right = 0;
  for (int i = 0; i < DIGITS_SAMPLES; ++i) {
    memcpy(input[0].data, digits_images[i], AI_DIGITS_IN_1_SIZE_BYTES);
    if (ai_digits_run(network, input, output) != 1) return 1;
    const int8_t *scores = (const int8_t *)output[0].data;
    int best = 0;
    for (int c = 1; c < AI_DIGITS_OUT_1_SIZE; ++c)
      if (scores[c] > scores[best]) best = c;
    right += best == digits_labels[i];
    if (i == 0) draw(digits_images[i]);
    printf("sample %d: a %d (%d%% sure), labelled %d\n", i, best, (scores[best] + 128) * 100 / 255, digits_labels[i]);
  }
  printf("%d of %d right\n", right, DIGITS_SAMPLES);
  return 0;
}
