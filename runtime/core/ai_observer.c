/* The observer of the legacy client API: a callback around each c-node. */
#include "ai_platform_interface.h"
#include "nn_legacy.h"

void nn_legacy_observe(const nn_legacy_network *net, ai_u32 index, ai_u32 event)
{
  const nn_legacy_info *info = net->info;
  ai_observer_exec_ctx *observer = net->observer;
  if (observer == NULL || info->nodes == NULL || (observer->flags & event) == 0) return;
  if (index == 0) event |= AI_OBSERVER_FIRST_EVT;
  if (index + 1 == info->n_nodes) event |= AI_OBSERVER_LAST_EVT;
  observer->c_idx = (ai_u16)index;
  (void)observer->on_node(observer->cookie, event, &info->nodes[index]);
}

ai_bool ai_platform_observer_register_s(ai_handle network, ai_observer_exec_ctx *ctx)
{
  nn_legacy_network *net = (nn_legacy_network *)network;
  if (net == NULL || ctx == NULL || ctx->on_node == NULL || net->info->nodes == NULL) return false;
  ctx->c_idx = 0;
  ctx->n_nodes = (ai_u16)net->info->n_nodes;
  ctx->cur = NULL;
  ctx->flags |= AI_OBSERVER_REGISTERED;
  net->observer = ctx;
  return true;
}

ai_bool ai_platform_observer_register(ai_handle network, ai_observer_node_cb cb, ai_handle cookie, ai_u32 flags)
{
  nn_legacy_network *net = (nn_legacy_network *)network;
  if (net == NULL || cb == NULL) return false;
  net->own_observer.on_node = cb;
  net->own_observer.cookie = cookie;
  net->own_observer.flags = flags;
  return ai_platform_observer_register_s(network, &net->own_observer);
}

ai_bool ai_platform_observer_unregister_s(ai_handle network, ai_observer_exec_ctx *ctx)
{
  nn_legacy_network *net = (nn_legacy_network *)network;
  if (net == NULL || ctx == NULL || net->observer != ctx) return false;
  ctx->flags &= ~(ai_u32)AI_OBSERVER_REGISTERED;
  net->observer = NULL;
  return true;
}

ai_bool ai_platform_observer_unregister(ai_handle network, ai_observer_node_cb cb, ai_handle cookie)
{
  nn_legacy_network *net = (nn_legacy_network *)network;
  if (net == NULL || net->own_observer.on_node != cb || net->own_observer.cookie != cookie) return false;
  return ai_platform_observer_unregister_s(network, &net->own_observer);
}

ai_bool ai_platform_observer_node_info(ai_handle network, ai_observer_node *node)
{
  const nn_legacy_network *net = (const nn_legacy_network *)network;
  if (net == NULL || node == NULL || net->info->nodes == NULL || node->c_idx >= net->info->n_nodes) return false;
  *node = net->info->nodes[node->c_idx];
  return true;
}

/* Layer types: 0x100 + index. */
static const char *const layer_names[] = {
    "Base", "Add", "BN", "Conv2D", "Dense", "unknown", "LRN", "Nonlinearity", "Normalization", "Conv2dPool", "Transpose", "Pool",
    "Softmax", "Split", "TimeDelay", "TimeDistributed", "Concat", "Gemm", "Upsample", "Eltwise", "EltwiseInteger",
    "InstanceNormalization", "Pad", "Slice", "Tile", "Reduce", "RNN", "Resize", "Gather", "Pack", "Unpack", "ArgMinMax", "unknown",
    "Cast", "iForest", "SVMRegressor", "ArrayFeatureExtractor", "SVC", "ZipMap", "Where", "LinearClassifier", "TreeEnsembleClassifier",
    "TopK", "ReduceLogSumExp", "ReduceL1", "LiteGraph", "TreeEnsembleRegressor", "unknown", "Conv2D_DQNN", "Pool_DQNN", "Dense_DQNN",
    "Reverse", "TFLiteWrapper"};

/* 0x143 and on. */
static const char *const late_layer_names[] = {"GatherND", "MatMul", "ScatterND", "GatherElements"};

/* Layers with a state: 0x180 + index. */
static const char *const stateful_layer_names[] = {"Stateful", "LSTM", "Custom", "GRU"};

const char *ai_layer_type_name(const int type)
{
  const int number = type & 0x7FFF;   /* bit 15: inside a time-distributed layer */
  const struct { int first; size_t count; const char *const *names; } ranges[] = {
      {0x100, sizeof(layer_names) / sizeof(layer_names[0]), layer_names},
      {0x143, sizeof(late_layer_names) / sizeof(late_layer_names[0]), late_layer_names},
      {0x180, sizeof(stateful_layer_names) / sizeof(stateful_layer_names[0]), stateful_layer_names}};
  for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); ++i) {
    if (number >= ranges[i].first && (size_t)(number - ranges[i].first) < ranges[i].count) return ranges[i].names[number - ranges[i].first];
  }
  return "unknown";
}
