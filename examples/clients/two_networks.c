/* Two networks in one program: each has its name in every symbol. */
#include "first.h"
#include "first_data.h"
#include "second.h"
#include "second_data.h"

#include "pattern.h"

#define LARGER(a, b) ((a) > (b) ? (a) : (b))

/* One after the other, they may share their activations. */
AI_ALIGNED(32) static ai_u8 activations[LARGER(AI_FIRST_DATA_ACTIVATIONS_SIZE, AI_SECOND_DATA_ACTIVATIONS_SIZE)];
static const ai_handle segments[] = {activations};

int main(void)
{
  ai_handle first = AI_HANDLE_NULL, second = AI_HANDLE_NULL;
  if (ai_first_create_and_init(&first, segments, NULL).type != AI_ERROR_NONE) return 1;
  if (ai_second_create_and_init(&second, segments, NULL).type != AI_ERROR_NONE) return 1;

  ai_buffer *input = ai_first_inputs_get(first, NULL), *output = ai_first_outputs_get(first, NULL);
  fill_pattern(input[0].data, AI_FIRST_IN_1_SIZE, AI_FIRST_IN_1_FORMAT == AI_BUFFER_FORMAT_FLOAT);
  if (ai_first_run(first, input, output) != 1) return 1;
  print_bytes("output", 0, output[0].data, AI_FIRST_OUT_1_SIZE_BYTES);

  input = ai_second_inputs_get(second, NULL);
  output = ai_second_outputs_get(second, NULL);
  fill_pattern(input[0].data, AI_SECOND_IN_1_SIZE, AI_SECOND_IN_1_FORMAT == AI_BUFFER_FORMAT_FLOAT);
  if (ai_second_run(second, input, output) != 1) return 1;
  print_bytes("output", 0, output[0].data, AI_SECOND_OUT_1_SIZE_BYTES);
  return ai_first_run(second, input, output) == 1;   /* the other one's handle is refused */
}
