/* Legacy API for tools that look inside a network: versions, tensors of a c-node, the observer. C11 and C++17. */
#ifndef AI_PLATFORM_INTERFACE_H
#define AI_PLATFORM_INTERFACE_H

#include "ai_datatypes_defines.h"
#include "ai_platform.h"
#include "stai.h"

#define AI_INTERFACE_API_MAJOR (1)
#define AI_INTERFACE_API_MINOR (4)
#define AI_INTERFACE_API_MICRO (0)

AI_API_DECLARE_BEGIN

/* ---- Versions --------------------------------------------------------------------------------------------------------- */
AI_API_ENTRY const char* ai_platform_runtime_get_revision(void);
AI_API_ENTRY ai_platform_version ai_platform_runtime_get_version(void);
AI_API_ENTRY ai_platform_version ai_platform_api_get_version(void);
AI_API_ENTRY ai_platform_version ai_platform_interface_api_get_version(void);

/* ---- Tensors ------------------------------------------------------------------------------------------------------------ */
typedef ai_buffer_shape ai_shape;
typedef ai_intq_info_list ai_tensor_quantization;

/* A tensor of the network. It stays in read-only memory: its address is looked up when asked for. */
typedef struct ai_tensor_ {
  ai_shape shape;                /* batch, channel, width, height, ... */
  ai_buffer_format format;
  ai_size size;                  /* elements */
  const ai_intq_info_list* intq; /* NULL for real numbers */
  ai_u8* const* base;            /* the segment, input or output it lives in */
  ai_u32 offset;                 /* bytes from there */
} ai_tensor;

typedef struct ai_tensor_list_ {
  ai_u16 size;
  ai_u16 flags;
  ai_tensor* const* tensor;
} ai_tensor_list;

/* Inputs and outputs of a c-node; the lists behind them, weights and scratch, are not there: the macros below give NULL and size 0 for them. */
typedef struct ai_tensor_chain_ {
  ai_u16 size;                   /* number of lists: 2 */
  ai_u16 flags;
  ai_tensor_list* chain;
} ai_tensor_chain;

#define GET_TENSOR_LIST(chain_, pos_) \
  (((chain_) != NULL && (pos_) < (chain_)->size) ? &(chain_)->chain[pos_] : (ai_tensor_list*)NULL)
#define GET_TENSOR_LIST_IN(chain_) GET_TENSOR_LIST(chain_, 0)
#define GET_TENSOR_LIST_OUT(chain_) GET_TENSOR_LIST(chain_, 1)
#define GET_TENSOR_LIST_WEIGTHS(chain_) GET_TENSOR_LIST(chain_, 2)
#define GET_TENSOR_LIST_WEIGHTS(chain_) GET_TENSOR_LIST(chain_, 2)
#define GET_TENSOR_LIST_SCRATCH(chain_) GET_TENSOR_LIST(chain_, 3)
#define GET_TENSOR_LIST_SIZE(list_) (((list_) != NULL) ? (list_)->size : 0)
#define GET_TENSOR_LIST_ITEM(list_, pos_) (((list_) != NULL && (pos_) < (list_)->size) ? (list_)->tensor[pos_] : (ai_tensor*)NULL)

/* Declares the index and the tensor itself; `break` and `continue` work as in any loop. */
#define AI_FOR_EACH_TENSOR_LIST_DO(idx_, t_ptr_, list_)                                                  \
  for (ai_u32 idx_ = 0, idx_##_once = 1; idx_##_once != 0; idx_##_once = 0)                              \
    for (ai_tensor* t_ptr_ = GET_TENSOR_LIST_ITEM(list_, idx_); t_ptr_ != NULL; ++idx_, t_ptr_ = GET_TENSOR_LIST_ITEM(list_, idx_))

#define AI_TENSOR_SHAPE(tensor_) (&(tensor_)->shape)
#define AI_TENSOR_SIZE(tensor_) ((tensor_)->size)
#define AI_TENSOR_GET_FMT(tensor_) ((tensor_)->format)
#define AI_TENSOR_FMT_GET_TYPE(tensor_) AI_BUFFER_FMT_GET_TYPE((tensor_)->format)
#define AI_TENSOR_FMT_GET_SIGN(tensor_) AI_BUFFER_FMT_GET_SIGN((tensor_)->format)
#define AI_TENSOR_FMT_GET_BITS(tensor_) AI_BUFFER_FMT_GET_BITS((tensor_)->format)
#define AI_TENSOR_FMT_GET_FBITS(tensor_) AI_BUFFER_FMT_GET_FBITS((tensor_)->format)
#define AI_TENSOR_BYTE_SIZE(tensor_) ai_buffer_get_byte_size((tensor_)->size, (tensor_)->format)
#define AI_TENSOR_HAS_INTQ_INFO AI_BUFFER_META_HAS_INTQ_INFO
#define AI_TENSOR_INTEGER_GET_SIZE(tensor_) (((tensor_)->intq != NULL) ? (tensor_)->intq->size : 0)
#define AI_TENSOR_INTEGER_GET_SCALE(tensor_, pos_) AI_INTQ_INFO_LIST_SCALE((tensor_)->intq, ai_float, pos_)
#define AI_TENSOR_INTEGER_GET_ZEROPOINT_I8(tensor_, pos_) AI_INTQ_INFO_LIST_ZEROPOINT((tensor_)->intq, ai_i8, pos_)
#define AI_TENSOR_INTEGER_GET_ZEROPOINT_U8(tensor_, pos_) AI_INTQ_INFO_LIST_ZEROPOINT((tensor_)->intq, ai_u8, pos_)
#define AI_TENSOR_ARRAY_GET_DATA_ADDR(tensor_) AI_HANDLE_PTR((*(tensor_)->base == NULL) ? NULL : *(tensor_)->base + (tensor_)->offset)
#define AI_TENSOR_ARRAY_BYTE_SIZE(tensor_) AI_TENSOR_BYTE_SIZE(tensor_)

#define AI_SHAPE_ELEM(shape_, pos_) ((shape_)->data[pos_])
#define AI_SHAPE_SIZE(shape_) ((shape_)->size)
#define AI_SHAPE_CH(shape_) AI_SHAPE_ELEM(shape_, AI_SHAPE_CHANNEL)
#define AI_SHAPE_W(shape_) AI_SHAPE_ELEM(shape_, AI_SHAPE_WIDTH)
#define AI_SHAPE_H(shape_) AI_SHAPE_ELEM(shape_, AI_SHAPE_HEIGHT)

/* ---- Observer: a callback around each c-node ------------------------------------------------------------------------------ */
#define AI_OBSERVER_NONE_EVT (0)
#define AI_OBSERVER_INIT_EVT (1 << 0)   /* for every c-node when the network is initialised */
#define AI_OBSERVER_PRE_EVT (1 << 1)
#define AI_OBSERVER_POST_EVT (1 << 2)
#define AI_OBSERVER_FIRST_EVT (1 << 8)  /* added for the first c-node */
#define AI_OBSERVER_LAST_EVT (1 << 9)   /* added for the last c-node */
#define AI_OBSERVER_REGISTERED (1 << 24)
#define AI_OBSERVER_MASK_EVT (0xFF)

struct ai_node_s;

typedef struct ai_observer_node_s {
  ai_u16 c_idx;                         /* position among the c-nodes */
  ai_u16 type;                          /* AI_LAYER_..._TYPE */
  ai_u16 id;                            /* operator of the user's model */
  ai_u16 unused;
  const ai_tensor_chain* inner_tensors; /* NULL */
  const ai_tensor_chain* tensors;
} ai_observer_node;

typedef ai_u32 (*ai_observer_node_cb)(const ai_handle cookie, const ai_u32 flags, const ai_observer_node* node);

typedef struct ai_observer_exec_ctx_s {
  ai_observer_node_cb on_node;
  ai_handle cookie;
  ai_u32 flags;                         /* which events are wanted */
  ai_u16 c_idx;                         /* the c-node that runs */
  ai_u16 n_nodes;
  struct ai_node_s* cur;                /* unused: NULL */
} ai_observer_exec_ctx;

/* `network`: the handle of ai_<name>_create. One observer at a time: registering again replaces it. False on a NULL handle, callback or
   context; unregistering also when it is not the one that is registered. The context of the `_s` forms stays the client's and must live on. */
AI_API_ENTRY ai_bool ai_platform_observer_register(ai_handle network, ai_observer_node_cb cb, ai_handle cookie, ai_u32 flags);
AI_API_ENTRY ai_bool ai_platform_observer_register_s(ai_handle network, ai_observer_exec_ctx* ctx);
AI_API_ENTRY ai_bool ai_platform_observer_unregister(ai_handle network, ai_observer_node_cb cb, ai_handle cookie);
AI_API_ENTRY ai_bool ai_platform_observer_unregister_s(ai_handle network, ai_observer_exec_ctx* ctx);

/* Fills `node` for the c-node whose position stands in node->c_idx. False when there is none. */
AI_API_ENTRY ai_bool ai_platform_observer_node_info(ai_handle network, ai_observer_node* node);

/* The reports' word for a layer type: "Conv2D" for 0x103; "unknown" otherwise. */
AI_API_ENTRY const char* ai_layer_type_name(const int type);

AI_API_DECLARE_END

#endif
