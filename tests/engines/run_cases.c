/* Runs the case table on an engine: the host, or a virtual board. Every case runs twice:
 *   inside   inputs and outputs in the activations, where the planner put them; all other bytes are not-a-number;
 *   outside  inputs read from the constants, outputs in memory of their own, everything 4 bytes off an 8-byte border.
 * The outputs are compared with those of LiteRT, and no byte around the activations and the outputs may have changed. */
#include "engine.h"
#include "semihost.h"

#include <math.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, bytes) ((void)(address), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(address, bytes) ((void)(address), (void)(bytes))
#endif

enum { MOST_PORTS = 16 };

static uint32_t failures;

static const uint8_t *values(const engine_port *port) { return (const uint8_t *)engine_data + port->data; }

static void fail(const engine_case *c, const char *where, const char *what) {
  failures++;
  semihost_print("FAILED ");
  semihost_print(c->name);
  semihost_print(" (");
  semihost_print(where);
  semihost_print("): ");
  semihost_print(what);
}

/* ---- Guards: bytes before and behind a block that nobody may touch (a sanitizer notices reads, too). ---- */

static uint8_t guard_byte(uint32_t i) { return (uint8_t)(0x5au ^ (i * 29u)); }

static void set_guards(uint8_t *block, uint32_t bytes) {
  for (uint32_t i = 0; i < ENGINE_GUARD; ++i) block[(int32_t)i - ENGINE_GUARD] = block[bytes + i] = guard_byte(i);
  ASAN_POISON_MEMORY_REGION(block - ENGINE_GUARD, ENGINE_GUARD);
  ASAN_POISON_MEMORY_REGION(block + bytes, ENGINE_GUARD);
}

static bool guards_kept(uint8_t *block, uint32_t bytes) {
  ASAN_UNPOISON_MEMORY_REGION(block - ENGINE_GUARD, ENGINE_GUARD);
  ASAN_UNPOISON_MEMORY_REGION(block + bytes, ENGINE_GUARD);
  for (uint32_t i = 0; i < ENGINE_GUARD; ++i)
    if (block[(int32_t)i - ENGINE_GUARD] != guard_byte(i) || block[bytes + i] != guard_byte(i)) return false;
  return true;
}

/* ---- Comparison: the rules of tests/cases/cases.h ---- */

static float float_at(const uint8_t *bytes, uint32_t i) {
  float value;
  memcpy(&value, bytes + i * sizeof value, sizeof value);
  return value;
}

static float largest_magnitude(const uint8_t *bytes, uint32_t count) {
  float largest = 0.0f;
  for (uint32_t i = 0; i < count; ++i)
    if (isfinite(float_at(bytes, i)) && fabsf(float_at(bytes, i)) > largest) largest = fabsf(float_at(bytes, i));
  return largest;
}

static bool floats_agree(float expected, float actual, float tolerance) {
  if (isnan(expected)) return isnan(actual);
  if (isinf(expected)) return isinf(actual) && signbit(expected) == signbit(actual);
  return isfinite(actual) && fabsf(expected - actual) <= tolerance;
}

static void print_element(const engine_port *port, const uint8_t *bytes, uint32_t i) {
  uint32_t word = bytes[i];
  if (port->is_float) memcpy(&word, bytes + i * sizeof word, sizeof word);
  semihost_print_hex(word);
}

static void compare(const engine_case *c, const char *where, uint32_t index, const uint8_t *actual) {
  const engine_port *port = &c->ports[c->inputs + index];
  const uint8_t *expected = values(port);
  const uint32_t count = port->is_float ? port->bytes / (uint32_t)sizeof(float) : port->bytes;
  const float tolerance = port->is_float ? 1e-5f * largest_magnitude(expected, count) : 0.0f;
  uint32_t different = 0, first = 0;
  for (uint32_t i = 0; i < count; ++i) {
    const bool agree = port->is_float ? floats_agree(float_at(expected, i), float_at(actual, i), tolerance) : expected[i] == actual[i];
    if (!agree && different++ == 0) first = i;
  }
  if (different == 0) return;
  fail(c, where, "output ");
  semihost_print_number(index);
  semihost_print(": ");
  semihost_print_number(different);
  semihost_print(" of ");
  semihost_print_number(count);
  semihost_print(port->is_float ? " floats differ; the first at " : " bytes differ; the first at ");
  semihost_print_number(first);
  semihost_print(": ");
  print_element(port, actual, first);
  semihost_print(", expected ");
  print_element(port, expected, first);
  semihost_print("\n");
}

/* ---- The two ways of running ---- */

typedef struct memory {
  uint8_t *activations, *weights;
  uint8_t *inputs[MOST_PORTS], *outputs[MOST_PORTS];
} memory;

/* Activations full of `garbage`, between guards, `off` bytes from an 8-byte border. */
static memory prepare(const engine_case *c, int garbage, uint32_t off) {
  memory m = {.activations = (uint8_t *)engine_arena + ENGINE_GUARD + (c->alignment <= off ? off : 0),
              .weights = (uint8_t *)(uintptr_t)c->weights};
  memset(m.activations, garbage, c->activation_bytes);
  return m;
}

static void run(const engine_case *c, const memory *m, const char *where) {
  const nn_buffers net = {&m->activations, &m->weights, m->inputs, m->outputs};
  set_guards(m->activations, c->activation_bytes);
  c->run(&net, NULL);
  if (!guards_kept(m->activations, c->activation_bytes)) fail(c, where, "bytes outside the activations were written\n");
}

static void run_inside(const engine_case *c) {
  memory m = prepare(c, 0xff, 0);
  for (uint32_t i = 0; i < c->inputs; ++i) {
    m.inputs[i] = m.activations + c->ports[i].place;
    memcpy(m.inputs[i], values(&c->ports[i]), c->ports[i].bytes);
  }
  for (uint32_t i = 0; i < c->outputs; ++i) m.outputs[i] = m.activations + c->ports[c->inputs + i].place;
  run(c, &m, "inside");
  for (uint32_t i = 0; i < c->outputs; ++i) compare(c, "inside", i, m.outputs[i]);
}

static void run_outside(const engine_case *c) {
  memory m = prepare(c, 0x5a, 4);
  uint32_t used = c->alignment <= 4 ? 4 : 0;
  for (uint32_t i = 0; i < c->inputs; ++i) m.inputs[i] = (uint8_t *)(uintptr_t)values(&c->ports[i]);
  for (uint32_t i = 0; i < c->outputs; ++i) {
    m.outputs[i] = (uint8_t *)engine_outputs + used + ENGINE_GUARD;
    used += (c->ports[c->inputs + i].bytes + 7) / 8 * 8 + 2 * ENGINE_GUARD;
    memset(m.outputs[i], 0xa5, c->ports[c->inputs + i].bytes);
    set_guards(m.outputs[i], c->ports[c->inputs + i].bytes);
  }
  run(c, &m, "outside");
  for (uint32_t i = 0; i < c->outputs; ++i) {
    if (!guards_kept(m.outputs[i], c->ports[c->inputs + i].bytes)) fail(c, "outside", "bytes around an output were written\n");
    compare(c, "outside", i, m.outputs[i]);
  }
}

/* ---- All cases ---- */

static void list(const char *title, const engine_refusal *refusals, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    semihost_print(title);
    semihost_print(refusals[i].name);
    semihost_print(": ");
    semihost_print(refusals[i].reason);
    semihost_print("\n");
  }
}

/* Names each family before its first case, so that a fault says where it happened. */
static void announce(const char *name, const char *before) {
  const size_t family = strcspn(name, "/");
  if (strncmp(name, before, family + 1) == 0) return;
  char text[64] = {0};
  strncpy(text, name, family < sizeof text ? family : sizeof text - 1);
  semihost_print(text);
  semihost_print("\n");
}

int main(void) {
  uint32_t cases = 0, bad = engine_broken_count;
  const char *before = "";
  for (uint32_t p = 0; p < engine_part_count; ++p) {
    for (uint32_t i = 0; i < engine_parts[p].count; ++i) {
      const engine_case *c = &engine_parts[p].cases[i];
      announce(c->name, before);
      before = c->name;
      const uint32_t so_far = failures;
      if (c->inputs > MOST_PORTS || c->outputs > MOST_PORTS) {
        fail(c, "table", "too many inputs or outputs\n");
      } else {
        run_inside(c);
        run_outside(c);
      }
      cases++;
      bad += failures != so_far;
    }
  }
  list("NOT IMPLEMENTED ", engine_not_implemented, engine_not_implemented_count);
  list("NOT COMPILED ", engine_broken, engine_broken_count);
  semihost_print_number(cases);
  semihost_print(" cases ran, ");
  semihost_print_number(bad);
  semihost_print(" failed, ");
  semihost_print_number(engine_not_implemented_count);
  semihost_print(" not implemented\n");
  if (cases < MINIMUM_CASES) semihost_print("FAILED: fewer cases ran than the number in tests/engines/CMakeLists.txt\n");
  return bad == 0 && cases >= MINIMUM_CASES ? 0 : 1;
}
