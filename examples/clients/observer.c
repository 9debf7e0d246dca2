/* The legacy API's observer: what each c-node reads and writes. */
#include "ai_platform_interface.h"
#include "network.h"
#include "network_data.h"

#include "pattern.h"

AI_ALIGNED(32) static ai_u8 activations[AI_NETWORK_DATA_ACTIVATIONS_SIZE];

static ai_u32 on_node(const ai_handle cookie, const ai_u32 flags, const ai_observer_node *node)
{
  if (flags & AI_OBSERVER_PRE_EVT) ++*(int *)cookie;
  if (!(flags & AI_OBSERVER_POST_EVT)) return 0;
  printf("%s%d %s 0x%x m_id %d%s\n", flags & AI_OBSERVER_FIRST_EVT ? "first " : "", (int)node->c_idx, ai_layer_type_name(node->type),
         (unsigned)node->type, (int)node->id, flags & AI_OBSERVER_LAST_EVT ? " last" : "");
  const ai_tensor_list *outputs = GET_TENSOR_LIST_OUT(node->tensors);
  AI_FOR_EACH_TENSOR_LIST_DO(i, tensor, outputs) {
    const ai_shape *shape = AI_TENSOR_SHAPE(tensor);
    printf("  tensor %d: %d elements, h %d w %d c %d, signed %d, scale %g zero %d\n", (int)i, (int)AI_TENSOR_SIZE(tensor),
           (int)AI_SHAPE_H(shape), (int)AI_SHAPE_W(shape), (int)AI_SHAPE_CH(shape), (int)AI_TENSOR_FMT_GET_SIGN(tensor),
           (double)AI_TENSOR_INTEGER_GET_SCALE(tensor, 0), (int)AI_TENSOR_INTEGER_GET_ZEROPOINT_I8(tensor, 0));
    print_bytes("  node", node->c_idx, AI_TENSOR_ARRAY_GET_DATA_ADDR(tensor), AI_TENSOR_BYTE_SIZE(tensor));
  }
  return 0;
}

int main(void)
{
  ai_handle network = AI_HANDLE_NULL;
  const ai_handle segments[] = {activations};
  if (ai_network_create_and_init(&network, segments, NULL).type != AI_ERROR_NONE) return 1;
  ai_buffer *input = ai_network_inputs_get(network, NULL), *output = ai_network_outputs_get(network, NULL);
  fill_pattern(input[0].data, AI_NETWORK_IN_1_SIZE, AI_NETWORK_IN_1_FORMAT == AI_BUFFER_FORMAT_FLOAT);

  int starts = 0;
  if (!ai_platform_observer_register(network, on_node, &starts, AI_OBSERVER_PRE_EVT | AI_OBSERVER_POST_EVT)) return 1;
  if (ai_network_run(network, input, output) != 1) return 1;
  if (!ai_platform_observer_unregister(network, on_node, &starts)) return 1;
  printf("%d of %d nodes started\n", starts, AI_NETWORK_N_NODES);

  ai_observer_node node;
  node.c_idx = AI_NETWORK_N_NODES;
  return ai_platform_observer_node_info(network, &node) ? 1 : 0;
}
