/* The part of QEMU's plugin interface (API version 1, QEMU 4.2 and later) that instruction_profile.c uses, declared here because
 * distributions do not package QEMU's header. QEMU's documentation: "QEMU TCG Plugins". The functions live in the emulator itself. */
#ifndef QEMU_PLUGIN_API_H
#define QEMU_PLUGIN_API_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t qemu_plugin_id_t;
struct qemu_plugin_tb;   /* a translated block: instructions that run from the first to the last */
struct qemu_plugin_insn; /* an instruction of a block */
typedef struct qemu_info qemu_info_t;
enum qemu_plugin_cb_flags { QEMU_PLUGIN_CB_NO_REGS = 0 };

#define QEMU_PLUGIN_EXPORT __attribute__((visibility("default")))

/* Called by QEMU; arguments are those behind the plugin's file name, as "name=value". Not 0: QEMU stops. */
QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, void (*translated)(qemu_plugin_id_t id, struct qemu_plugin_tb *block));
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block, void (*executed)(unsigned int cpu, void *user), enum qemu_plugin_cb_flags flags,
                                          void *user);
void qemu_plugin_register_atexit_cb(qemu_plugin_id_t id, void (*exiting)(qemu_plugin_id_t id, void *user), void *user);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *instruction);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *instruction);

#endif
