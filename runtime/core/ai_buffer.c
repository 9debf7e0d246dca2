/* Buffers of the legacy client API. */
#include "ai_platform.h"

ai_size ai_buffer_get_size(const ai_buffer *buffer, const ai_bool with_padding)
{
  if (buffer == NULL) return 0;
  if (buffer->shape.data == NULL) return buffer->size;
  ai_size count = 1;
  for (ai_u32 i = 0; i < buffer->shape.size; ++i) {
    ai_size dimension = buffer->shape.data[i];
    if (with_padding && i == AI_SHAPE_CHANNEL) dimension = AI_PAD_CHANNELS(buffer->format, dimension);
    count *= dimension;
  }
  return count;
}

ai_size ai_buffer_get_byte_size(const ai_size count, const ai_buffer_format fmt)
{
  const ai_u32 bits = AI_BUFFER_FMT_GET_BITS(fmt);
  if (bits == 1) return AI_PBITS_PADDED_WORDS_COUNT(count) * (ai_size)sizeof(ai_pbits);
  return (ai_size)(((ai_u64)count * bits + 7) >> 3);
}

ai_bool ai_buffer_array_sane(const ai_buffer_array *array)
{
  return array != NULL && array->buffer != NULL && array->size > 0;
}

ai_bool ai_buffer_array_is_empty(const ai_buffer_array *array)
{
  return !ai_buffer_array_sane(array);
}

ai_bool ai_buffer_array_is_valid(const ai_buffer_array *array)
{
  if (!ai_buffer_array_sane(array)) return false;
  for (ai_u32 i = 0; i < array->size; ++i) {
    if (array->buffer[i].data == NULL) return false;
  }
  return true;
}

ai_size ai_buffer_array_get_byte_size(const ai_buffer_array *array)
{
  if (!ai_buffer_array_sane(array)) return 0;
  ai_size bytes = 0;
  for (ai_u32 i = 0; i < array->size; ++i) {
    const ai_buffer *buffer = &array->buffer[i];
    bytes += ai_buffer_get_byte_size(ai_buffer_get_size(buffer, true), buffer->format);
  }
  return bytes;
}

ai_bool ai_buffer_array_item_set_address(ai_buffer_array *array, const ai_u32 pos, ai_handle address)
{
  if (!ai_buffer_array_sane(array) || pos >= array->size) return false;
  array->buffer[pos].data = address;
  return true;
}
