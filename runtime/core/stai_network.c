/* The st-ai client API of any network: see nn_stai.h. */
#include "nn_stai.h"

/* The first error is kept until init. Returns the one that is kept. */
static stai_return_code fail(nn_stai_context *context, stai_return_code error)
{
  if (context->error == STAI_SUCCESS) context->error = error;
  return context->error;
}

/* STAI_SUCCESS when `network` is a context of this network; what is wrong with it otherwise. */
static stai_return_code check_context(const nn_stai_network *net, stai_network *network)
{
  if (network == NULL) return STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE;
  if (((uintptr_t)network & 7) != 0) return STAI_ERROR_NETWORK_INVALID_CONTEXT_ALIGNMENT;
  const nn_stai_context *context = (const nn_stai_context *)(const void *)network;
  const bool ours = context->magic == NN_STAI_MAGIC && context->signature == net->signature;
  return ours ? STAI_SUCCESS : STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE;
}

/* What a function returns before it does anything: a wrong context, or the error that is kept. */
static stai_return_code enter(const nn_stai_network *net, stai_network *network, nn_stai_context **context)
{
  const stai_return_code wrong = check_context(net, network);
  if (wrong != STAI_SUCCESS) return wrong;
  *context = (nn_stai_context *)(void *)network;
  return (*context)->error;
}

/* Addresses of one kind in a context. */
static stai_ptr *addresses_of(const nn_stai_network *net, nn_stai_context *context, int kind)
{
  stai_ptr *addresses = context->addresses;
  for (int i = 0; i < kind; ++i) addresses += net->kinds[i].count;
  return addresses;
}

static void mark_ready(const nn_stai_network *net, nn_stai_context *context, int kind)
{
  stai_ptr *addresses = addresses_of(net, context, kind);
  context->flags |= net->kinds[kind].flag;
  for (stai_size i = 0; i < net->kinds[kind].count; ++i) {
    if (addresses[i] == NULL) context->flags &= ~net->kinds[kind].flag;
  }
}

/* Inputs or outputs at their places in the activations; the others stay as they are. */
static void place_in_activations(const nn_stai_network *net, nn_stai_context *context, int kind, const nn_place *places)
{
  stai_ptr *addresses = addresses_of(net, context, kind);
  const stai_ptr *activations = addresses_of(net, context, NN_STAI_ACTIVATIONS);
  for (stai_size i = 0; i < net->kinds[kind].count; ++i) {
    if (places[i].segment >= 0 && activations[places[i].segment] != NULL) addresses[i] = activations[places[i].segment] + places[i].offset;
  }
  mark_ready(net, context, kind);
}

/* ---- Life --------------------------------------------------------------------------------------------------------------- */

stai_return_code nn_stai_init(const nn_stai_network *net, stai_network *network)
{
  if (network == NULL) return STAI_ERROR_NETWORK_INVALID_CONTEXT_HANDLE;
  if (((uintptr_t)network & 7) != 0) return STAI_ERROR_NETWORK_INVALID_CONTEXT_ALIGNMENT;
  nn_stai_context *context = (nn_stai_context *)(void *)network;
  context->magic = NN_STAI_MAGIC;
  context->signature = net->signature;
  context->flags = STAI_FLAG_NONE;
  context->error = STAI_SUCCESS;
  context->callback = NULL;
  context->cookie = NULL;
  for (int kind = 0; kind < NN_STAI_KINDS; ++kind) {
    stai_ptr *addresses = addresses_of(net, context, kind);
    for (stai_size i = 0; i < net->kinds[kind].count; ++i) addresses[i] = kind == NN_STAI_WEIGHTS ? net->default_weights[i] : NULL;
    mark_ready(net, context, kind);
  }
  return STAI_SUCCESS;
}

/* The context is no longer one: every function but init refuses it. */
stai_return_code nn_stai_deinit(const nn_stai_network *net, stai_network *network)
{
  const stai_return_code wrong = check_context(net, network);
  if (wrong != STAI_SUCCESS) return wrong;
  ((nn_stai_context *)(void *)network)->magic = 0;
  return STAI_SUCCESS;
}

stai_return_code nn_stai_get_error(const nn_stai_network *net, stai_network *network)
{
  nn_stai_context *context = NULL;
  return enter(net, network, &context);
}

stai_return_code nn_stai_set_callback(const nn_stai_network *net, stai_network *network, stai_event_cb cb, void *cookie)
{
  nn_stai_context *context = NULL;
  const stai_return_code error = enter(net, network, &context);
  if (error != STAI_SUCCESS) return error;
  context->callback = cb;
  context->cookie = cookie;
  return STAI_SUCCESS;
}

stai_return_code nn_stai_get_info(const nn_stai_network *net, stai_network *network, const stai_network_info *from, stai_network_info *info)
{
  nn_stai_context *context = NULL;
  const stai_return_code error = enter(net, network, &context);
  if (error != STAI_SUCCESS) return error;
  if (info == NULL) return fail(context, STAI_ERROR_NETWORK_INVALID_INFO);
  *info = *from;
  return STAI_SUCCESS;
}

/* ---- Buffers ------------------------------------------------------------------------------------------------------------ */

stai_return_code nn_stai_get(const nn_stai_network *net, stai_network *network, int kind, stai_ptr *addresses, stai_size *count)
{
  nn_stai_context *context = NULL;
  const stai_return_code error = enter(net, network, &context);
  if (error != STAI_SUCCESS) return error;
  if (count == NULL) return fail(context, STAI_ERROR_NETWORK_INVALID_API_ARGUMENTS);
  *count = net->kinds[kind].count;
  const stai_ptr *own = addresses_of(net, context, kind);
  for (stai_size i = 0; addresses != NULL && i < *count; ++i) addresses[i] = own[i];
  return STAI_SUCCESS;
}

stai_return_code nn_stai_set(const nn_stai_network *net, stai_network *network, int kind, const stai_ptr *addresses, stai_size count)
{
  nn_stai_context *context = NULL;
  const stai_return_code error = enter(net, network, &context);
  if (error != STAI_SUCCESS) return error;
  const nn_stai_kind *rules = &net->kinds[kind];
  if (addresses == NULL) return fail(context, STAI_ERROR_NETWORK_INVALID_API_ARGUMENTS);
  if (count != rules->count) return fail(context, rules->invalid_num);
  for (stai_size i = 0; i < count; ++i) {
    if (addresses[i] == NULL) return fail(context, rules->invalid_ptr);
    if ((uintptr_t)addresses[i] % rules->alignments[i] != 0) return fail(context, STAI_ERROR_INVALID_BUFFER_ALIGNMENT);
  }
  stai_ptr *own = addresses_of(net, context, kind);
  for (stai_size i = 0; i < count; ++i) own[i] = addresses[i];
  mark_ready(net, context, kind);
  if (kind == NN_STAI_ACTIVATIONS) {
    place_in_activations(net, context, NN_STAI_INPUTS, net->input_places);
    place_in_activations(net, context, NN_STAI_OUTPUTS, net->output_places);
  }
  return STAI_SUCCESS;
}

stai_return_code nn_stai_get_states(const nn_stai_network *net, stai_network *network, stai_size *count)
{
  nn_stai_context *context = NULL;
  const stai_return_code error = enter(net, network, &context);
  if (error != STAI_SUCCESS) return error;
  if (count == NULL) return fail(context, STAI_ERROR_NETWORK_INVALID_API_ARGUMENTS);
  *count = 0;
  return STAI_SUCCESS;
}

stai_return_code nn_stai_set_states(const nn_stai_network *net, stai_network *network)
{
  nn_stai_context *context = NULL;
  return enter(net, network, &context);
}

/* ---- Run ------------------------------------------------------------------------------------------------------------------ */

typedef struct stai_listener {
  nn_listener base;                /* first: a pointer to it is a pointer to the whole */
  const nn_stai_network *net;
  const nn_stai_context *context;
} stai_listener;

static void on_node(const nn_listener *listener, uint32_t index, bool done)
{
  const stai_listener *self = (const stai_listener *)listener;
  if (self->context->callback == NULL) return;   /* removed by an event of this run */
  const nn_stai_node *node = &self->net->nodes[index];
  const nn_stai_slot *slots = done ? node->buffers + node->n_inputs : node->buffers;
  stai_size count = done ? node->n_outputs : node->n_inputs;
  if (count > NN_STAI_EVENT_BUFFERS) count = NN_STAI_EVENT_BUFFERS;
  stai_ptr buffers[NN_STAI_EVENT_BUFFERS];
  for (stai_size i = 0; i < count; ++i) buffers[i] = self->context->addresses[slots[i].address] + slots[i].offset;
  const stai_event_node_start_stop payload = {node->id, {count, buffers}};
  self->context->callback(self->context->cookie, done ? STAI_EVENT_NODE_STOP : STAI_EVENT_NODE_START, &payload);
}

stai_return_code nn_stai_run(const nn_stai_network *net, stai_network *network, stai_run_mode mode)
{
  static const uint8_t order[] = {NN_STAI_ACTIVATIONS, NN_STAI_INPUTS, NN_STAI_OUTPUTS, NN_STAI_WEIGHTS};
  (void)mode;                      /* without an accelerator a run always ends before it returns */
  nn_stai_context *context = NULL;
  const stai_return_code error = enter(net, network, &context);
  if (error != STAI_SUCCESS) return error;
  for (size_t i = 0; i < sizeof(order); ++i) {
    const nn_stai_kind *kind = &net->kinds[order[i]];
    if ((context->flags & kind->flag) == 0) return fail(context, kind->invalid_ptr);
  }
  const nn_buffers buffers = {addresses_of(net, context, NN_STAI_ACTIVATIONS), addresses_of(net, context, NN_STAI_WEIGHTS),
                              addresses_of(net, context, NN_STAI_INPUTS), addresses_of(net, context, NN_STAI_OUTPUTS)};
  const stai_listener listener = {{on_node}, net, context};
  net->run(&buffers, context->callback != NULL ? &listener.base : NULL);
  return STAI_SUCCESS;
}
