/* A QEMU plugin: how often each block of instructions runs between two markers, and on whose behalf.
 *
 *   qemu-system-arm ... -plugin instruction_profile.so,begin=ADDRESS,end=ADDRESS,out=FILE[,callers=FIRST-END]...
 *
 * `begin` and `end` are the addresses of two empty functions that the program calls once each. Counting starts behind the block of the first
 * and stops before that of the second. `callers` are address ranges (END exclusive) of code whose calls are told apart: what runs outside of
 * them is counted under its call site, the address of the last instruction that ran inside.
 *
 * FILE, when the program ends:
 *   markers BEGINS ENDS                     how often each marker was met; a valid profile has 1 and 1
 *   block ADDRESS ADDRESS ...               the instructions of a block, followed by its counts:
 *   count SITE EXECUTED TAKEN               SITE: call site, 0 for code inside `callers`; TAKEN: how often the next block did not follow in memory
 * Addresses are hexadecimal, counts decimal. The plugin knows no instruction set. An instruction skipped by its condition counts as run. */
#include "qemu_plugin_api.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

struct count {
  uint64_t site, executed, taken;
  struct count *next;
};

struct block {
  size_t instructions;
  uint64_t *addresses;
  uint64_t end; /* the address behind the last instruction */
  bool caller;
  struct count *counts; /* the latest first */
  struct block *next;
};

enum { RANGES = 64 };
static struct range {
  uint64_t first, end;
} callers[RANGES];
static int callers_count;
static uint64_t begin_address, end_address;
static FILE *out;

static struct block *blocks;
static bool counting;
static uint64_t begins, ends;
static uint64_t site;           /* the last instruction run inside `callers` */
static struct count *last;      /* what ran before, NULL at the start */
static uint64_t last_end;       /* and where it ended */

static void *allocate(size_t bytes) {
  void *memory = calloc(1, bytes);
  if (memory == NULL) abort();
  return memory;
}

static bool is_caller(uint64_t address) {
  for (int i = 0; i < callers_count; i++)
    if (address >= callers[i].first && address < callers[i].end) return true;
  return false;
}

/* The count of a block for a call site; it moves to the front, where the next look-up finds it. */
static struct count *find_count(struct block *block, uint64_t of_site) {
  struct count **link = &block->counts;
  while (*link != NULL && (*link)->site != of_site) link = &(*link)->next;
  struct count *found = *link;
  if (found == NULL) {
    found = allocate(sizeof *found);
    found->site = of_site;
  } else {
    *link = found->next;
  }
  found->next = block->counts;
  block->counts = found;
  return found;
}

static void on_executed(unsigned int cpu, void *user) {
  struct block *block = user;
  const uint64_t start = block->addresses[0];
  (void)cpu;
  if (start == begin_address) {
    begins++;
    counting = true;
    last = NULL;
    return;
  }
  if (!counting) return;
  if (last != NULL && last_end != start) last->taken++;
  if (start == end_address) {
    ends++;
    counting = false;
    return;
  }
  last = find_count(block, block->caller ? 0 : site);
  last->executed++;
  last_end = block->end;
  if (block->caller) site = block->addresses[block->instructions - 1];
}

static void on_translated(qemu_plugin_id_t id, struct qemu_plugin_tb *translated) {
  struct block *block = allocate(sizeof *block);
  (void)id;
  block->instructions = qemu_plugin_tb_n_insns(translated);
  block->addresses = allocate(block->instructions * sizeof block->addresses[0]);
  for (size_t i = 0; i < block->instructions; i++) {
    const struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(translated, i);
    block->addresses[i] = qemu_plugin_insn_vaddr(instruction);
    block->end = block->addresses[i] + qemu_plugin_insn_size(instruction);
  }
  block->caller = is_caller(block->addresses[0]);
  block->next = blocks;
  blocks = block;
  qemu_plugin_register_vcpu_tb_exec_cb(translated, on_executed, QEMU_PLUGIN_CB_NO_REGS, block);
}

static void on_exit_of_program(qemu_plugin_id_t id, void *user) {
  (void)id, (void)user;
  fprintf(out, "markers %" PRIu64 " %" PRIu64 "\n", begins, ends);
  for (const struct block *block = blocks; block != NULL; block = block->next) {
    if (block->counts == NULL) continue;
    fprintf(out, "block");
    for (size_t i = 0; i < block->instructions; i++) fprintf(out, " %" PRIx64, block->addresses[i]);
    fprintf(out, "\n");
    for (const struct count *count = block->counts; count != NULL; count = count->next)
      fprintf(out, "count %" PRIx64 " %" PRIu64 " %" PRIu64 "\n", count->site, count->executed, count->taken);
  }
  fclose(out);
}

/* Code addresses without the bit that says "Thumb". */
static uint64_t address_of(const char *text) { return strtoull(text, NULL, 0) & ~(uint64_t)1; }

static bool set(const char *name, const char *value) {
  if (strcmp(name, "begin") == 0) {
    begin_address = address_of(value);
  } else if (strcmp(name, "end") == 0) {
    end_address = address_of(value);
  } else if (strcmp(name, "out") == 0) {
    out = fopen(value, "w");
  } else if (strcmp(name, "callers") == 0 && strchr(value, '-') != NULL && callers_count < RANGES) {
    callers[callers_count++] = (struct range){strtoull(value, NULL, 0), strtoull(strchr(value, '-') + 1, NULL, 0)};
  } else {
    fprintf(stderr, "instruction_profile: cannot use %s=%s\n", name, value);
    return false;
  }
  return true;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv) {
  (void)info;
  for (int i = 0; i < argc; i++) {
    char *value = strchr(argv[i], '=');
    if (value == NULL) return -1;
    *value++ = '\0';
    if (!set(argv[i], value)) return -1;
  }
  if (begin_address == 0 || end_address == 0 || out == NULL) {
    fprintf(stderr, "instruction_profile: begin, end and a file that can be written (out) are needed\n");
    return -1;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, on_translated);
  qemu_plugin_register_atexit_cb(id, on_exit_of_program, NULL);
  return 0;
}
